"""Pools of asyncio beside `resource_pool.pool`."""

import asyncio

from pooling import Pool


class Semaphore(Pool):
    """asyncio.Semaphore."""

    async def make(self, capacity):
        self.semaphore = asyncio.Semaphore(capacity)

    async def acquire(self, agent):
        await self.semaphore.acquire()

    def release(self, agent, nothing):
        self.semaphore.release()


class Queue(Pool):
    """asyncio.Queue, with the units in it."""

    kind = asyncio.Queue

    async def make(self, capacity):
        self.queue = self.kind()
        for unit in range(capacity):
            self.queue.put_nowait(unit)

    def unit_of(self, unit):
        return unit

    async def acquire(self, agent):
        return await self.queue.get()

    def release(self, agent, unit):
        self.queue.put_nowait(unit)


class PriorityQueue(Queue):
    """asyncio.PriorityQueue, with the units in it: it lends the lowest."""

    kind = asyncio.PriorityQueue
