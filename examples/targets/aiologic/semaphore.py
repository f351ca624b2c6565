"""aiologic.Semaphore beside `resource_pool.pool`."""

import aiologic
from pooling import Pool


class Adapter(Pool):
    """aiologic.Semaphore."""

    async def make(self, capacity):
        self.semaphore = aiologic.Semaphore(capacity)

    async def acquire(self, agent):
        await self.semaphore.async_acquire()

    def release(self, agent, nothing):
        self.semaphore.async_release()
