"""generic-connection-pool as `resource_pool.pool`. Each agent has an endpoint of its own; there are so many connections in all."""

from generic_connection_pool.asyncio import BaseConnectionManager, ConnectionPool
from pooling import ShownPool


class Connections(BaseConnectionManager):
    """Connects to nobody."""

    async def create(self, endpoint):
        return object()

    async def dispose(self, endpoint, conn):
        pass


class Adapter(ShownPool):
    """ConnectionPool with `total_max_size`."""

    def endpoint(self, agent):
        return agent

    async def make(self, capacity):
        self.pool = ConnectionPool(Connections(), max_size=capacity, total_max_size=capacity)

    def acquire(self, agent):
        return self.pool.acquire(self.endpoint(agent))

    def release(self, agent, connection):
        return self.pool.release(connection, self.endpoint(agent))


class OneEndpoint(Adapter):
    """The same, with one endpoint for all."""

    def endpoint(self, agent):
        return "one"
