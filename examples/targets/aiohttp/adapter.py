"""aiohttp's connector beside `resource_pool.pool`, with connections that reach nobody. Who fails closes its connection."""

from types import SimpleNamespace

from aiohttp import BaseConnector, ClientTimeout
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from pooling import Pool

TO_ONE_SERVER = SimpleNamespace(connection_key=ConnectionKey("nowhere", 80, False, True, None, None, None), proxy=None)


class Nowhere(ResponseHandler):
    """A connection as far as the connector asks for it."""

    open = True

    def is_connected(self):
        return self.open

    def close(self):
        self.open = False


class Connector(BaseConnector):
    """What aiohttp has for a server: where the connections come from is left to each kind."""

    async def _create_connection(self, request, traces, _timeout):
        return Nowhere(self._loop)


class Adapter(Pool):
    """BaseConnector, with a limit."""

    async def make(self, capacity):
        self.connector = Connector(limit=capacity)

    async def acquire(self, agent):
        return await self.connector.connect(TO_ONE_SERVER, [], ClientTimeout())

    def release(self, agent, connection):
        connection.release()

    def spoil(self, connection):
        connection.protocol.force_close()
