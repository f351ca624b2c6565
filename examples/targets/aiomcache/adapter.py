"""aiomcache's pool beside `resource_pool.pool`, with connections that reach nobody. A command that fails leaves its exception in its connection."""

import asyncio

from aiomcache.pool import MemcachePool
from pooling import ShownPool


class Writer:
    """The side of a connection that the pool only closes."""

    def close(self):
        pass


async def open_connection(*_rest, **_options):
    return asyncio.StreamReader(), Writer()


class Adapter(ShownPool):
    """As `Client(pool_size=capacity)` makes it: it is to have all its connections at all times."""

    async def make(self, capacity):
        asyncio.open_connection = open_connection
        self.pool = MemcachePool("", 0, minsize=self.smallest(capacity), maxsize=capacity)

    def smallest(self, capacity):
        return capacity

    async def acquire(self, agent):
        return await self.pool.acquire()

    def release(self, agent, connection):
        self.pool.release(connection)

    def spoil(self, connection):
        connection.reader.set_exception(ValueError("what the server said cannot be read"))


class Growing(Adapter):
    """As `Client(pool_size=capacity, pool_minsize=1)` makes it: it may have one, and grow."""

    def smallest(self, capacity):
        return 1
