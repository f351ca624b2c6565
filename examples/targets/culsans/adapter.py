"""culsans.PriorityQueue, with the units in it, beside `resource_pool.pool`."""

import culsans
from pooling import Pool


class Adapter(Pool):
    """culsans.PriorityQueue."""

    async def make(self, capacity):
        self.queue = culsans.PriorityQueue()
        for unit in range(capacity):
            self.queue.put_nowait(unit)

    def unit_of(self, unit):
        return unit

    async def acquire(self, agent):
        return await self.queue.async_get()

    def release(self, agent, unit):
        self.queue.put_nowait(unit)
