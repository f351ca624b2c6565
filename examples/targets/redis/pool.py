"""redis.asyncio.BlockingConnectionPool beside `resource_pool.pool`, with connections that reach nobody. An agent that fails is cut off."""

from pooling import Pool
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.connection import AbstractConnection


class Nowhere(AbstractConnection):
    """A connection as far as the pool asks for it."""

    def repr_pieces(self):
        return []

    async def connect(self):
        pass

    async def disconnect(self, nowait=False):
        pass

    async def can_read_destructive(self, *rest, **options):
        return False

    can_read = can_read_destructive

    async def _connect(self):
        pass

    def _host_error(self):
        return "nowhere"


class Adapter(Pool):
    """BlockingConnectionPool."""

    async def make(self, capacity):
        self.pool = BlockingConnectionPool(max_connections=capacity, timeout=None, connection_class=Nowhere)

    async def acquire(self, agent):
        return await self.pool.get_connection()

    def release(self, agent, connection):
        return self.pool.release(connection)

    def spoil(self, connection):
        connection.mark_for_reconnect()
