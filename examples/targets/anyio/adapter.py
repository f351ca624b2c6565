"""anyio's limiter and semaphore, on asyncio, beside `resource_pool.pool`."""

import anyio
from pooling import Pool


class Limiter(Pool):
    """anyio.CapacityLimiter."""

    async def make(self, capacity):
        self.limiter = anyio.CapacityLimiter(capacity)

    async def acquire(self, agent):
        await self.limiter.acquire_on_behalf_of(agent)

    def release(self, agent, nothing):
        self.limiter.release_on_behalf_of(agent)


class Semaphore(Pool):
    """anyio.Semaphore."""

    async def make(self, capacity):
        self.semaphore = anyio.Semaphore(capacity)

    async def acquire(self, agent):
        await self.semaphore.acquire()

    def release(self, agent, nothing):
        self.semaphore.release()
