"""asyncio_connection_pool's ConnectionPool beside `resource_pool.pool`, with connections that reach nobody. That of an agent that fails is closed."""

from asyncio_connection_pool import ConnectionPool, ConnectionStrategy
from pooling import Pool


class Nowhere:
    """A connection as far as the pool asks for it."""

    closed = False


class Strategy(ConnectionStrategy):
    """Makes and closes them."""

    async def make_connection(self):
        return Nowhere()

    def connection_is_closed(self, connection):
        return connection.closed

    async def close_connection(self, connection):
        connection.closed = True


class Adapter(Pool):
    """ConnectionPool. What is lent is the block in which its connection is used."""

    async def make(self, capacity):
        self.pool, self.blocks = ConnectionPool(strategy=Strategy(), max_size=capacity), {}

    async def acquire(self, agent):
        block = self.pool.get_connection()
        connection = await block.__aenter__()
        self.blocks[connection] = block
        return connection

    def release(self, agent, connection):
        return self.blocks.pop(connection).__aexit__(None, None, None)

    def spoil(self, connection):
        connection.closed = True
