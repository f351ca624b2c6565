"""SQLAlchemy's AsyncAdaptedQueuePool beside `resource_pool.pool`, with connections that reach nobody. That of an agent that fails is invalid."""

from pooling import Pool
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import greenlet_spawn


class Nowhere:
    """A connection as far as the pool asks for it."""

    def rollback(self):
        pass

    def close(self):
        pass


class Adapter(Pool):
    """AsyncAdaptedQueuePool."""

    async def make(self, capacity):
        self.pool = AsyncAdaptedQueuePool(Nowhere, pool_size=capacity, max_overflow=0, timeout=3600, reset_on_return=None)

    async def acquire(self, agent):
        return await greenlet_spawn(self.pool.connect)

    def release(self, agent, connection):
        return greenlet_spawn(connection.close)

    def spoil(self, connection):
        self.run(greenlet_spawn(connection.invalidate))
