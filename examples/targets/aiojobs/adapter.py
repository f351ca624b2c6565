"""aiojobs.Scheduler with a limit beside `resource_pool.pool`: who holds a unit is a job that runs, and who waits one that is pending."""

import asyncio

import aiojobs
from pooling import Pool


class Adapter(Pool):
    """Scheduler. A wait is ended by closing the pending job."""

    async def make(self, capacity):
        self.scheduler = aiojobs.Scheduler(limit=capacity)

    async def acquire(self, agent):
        runs, may_end = asyncio.Event(), asyncio.Event()
        job = await self.scheduler.spawn(self.job(runs, may_end))
        try:
            await runs.wait()
        except asyncio.CancelledError:
            await job.close()
            raise
        return may_end

    async def job(self, runs, may_end):
        runs.set()
        await may_end.wait()

    def release(self, agent, may_end):
        may_end.set()
