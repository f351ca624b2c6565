"""Semaphores, limiters and queues of Python as pools beside `resource_pool.pool`. Who holds which unit is kept here where they do not."""

import asyncio

from settling import Settling


class Pool(Settling):
    """Lends units by a coroutine. A library that lends without numbers lends the lowest that is free."""

    stem, role, control, observe = "resource_pool", "pool", ("cancel", "triggers"), ()

    def start(self, at, config):
        self.units, self.held, self.waiting, self.why = set(range(config["capacity"])), {}, [], {}
        self.loop.run_until_complete(self.make(config["capacity"]))
        return self.settled()

    def lowest(self):
        return min(self.units - set(self.held.values()))

    def request(self, at, user, request):
        if request["type"] == "Failed":
            self.fail(request["agent"])
        elif request["type"] == "Release" and user not in self.held:
            self.reject(user, "the agent holds no unit")
        elif request["type"] == "Release":
            self.reply(user, {"type": "Released"})
            self.give_back(user)
        elif user in self.held:
            self.reject(user, "the agent holds a unit already")
        else:
            self.waiting.append(user)
            self.call_of(user, self.take(user))
        return self.settled()

    def give_back(self, agent):
        unit = self.held.pop(agent)
        self.release(agent, unit)

    async def take(self, agent):
        try:
            unit = await self.acquire(agent)
        except asyncio.CancelledError:
            self.reject(agent, self.why.pop(agent))
        else:
            self.held[agent] = self.lowest() if unit is None else unit
            self.reply(agent, {"type": "Granted", "unit": self.held[agent]})
        self.waiting.remove(agent)

    def fail(self, agent):
        if agent in self.held:
            self.give_back(agent)
        elif agent in self.waiting:
            self.stop(agent, "the agent is said to have failed")

    def stop(self, agent, why):
        self.why[agent] = why
        self.calls[agent].cancel()

    def cancel(self, at, user):
        self.stop(user, "the wait was cancelled")
        return self.settled()

    def armed(self):
        return [{"type": "TimeOut", "agent": agent} for agent in self.waiting]

    def fire(self, at, trigger):
        self.stop(trigger["agent"], "no unit became free in time")
        return self.settled()

    def view(self):
        return {}


class AsyncioSemaphore(Pool):
    """asyncio.Semaphore."""

    async def make(self, capacity):
        self.semaphore = asyncio.Semaphore(capacity)

    async def acquire(self, agent):
        await self.semaphore.acquire()

    def release(self, agent, unit):
        self.semaphore.release()


class AsyncioQueue(Pool):
    """asyncio.Queue, with the units in it."""

    kind = asyncio.Queue

    async def make(self, capacity):
        self.queue = self.kind()
        for unit in range(capacity):
            self.queue.put_nowait(unit)

    async def acquire(self, agent):
        return await self.queue.get()

    def release(self, agent, unit):
        self.queue.put_nowait(unit)


class AsyncioPriorityQueue(AsyncioQueue):
    """asyncio.PriorityQueue, with the units in it."""

    kind = asyncio.PriorityQueue


class AnyioLimiter(Pool):
    """anyio.CapacityLimiter."""

    async def make(self, capacity):
        import anyio

        self.limiter = anyio.CapacityLimiter(capacity)

    async def acquire(self, agent):
        await self.limiter.acquire_on_behalf_of(agent)

    def release(self, agent, unit):
        self.limiter.release_on_behalf_of(agent)


class AnyioSemaphore(AsyncioSemaphore):
    """anyio.Semaphore."""

    async def make(self, capacity):
        import anyio

        self.semaphore = anyio.Semaphore(capacity)


class AiologicSemaphore(Pool):
    """aiologic.Semaphore."""

    async def make(self, capacity):
        import aiologic

        self.semaphore = aiologic.Semaphore(capacity)

    async def acquire(self, agent):
        await self.semaphore.async_acquire()

    def release(self, agent, unit):
        self.semaphore.async_release()


class CulsansPriorityQueue(Pool):
    """culsans.PriorityQueue, with the units in it."""

    async def make(self, capacity):
        import culsans

        self.queue = culsans.PriorityQueue()
        for unit in range(capacity):
            self.queue.put_nowait(unit)

    async def acquire(self, agent):
        return await self.queue.async_get()

    def release(self, agent, unit):
        self.queue.put_nowait(unit)


class RedisBlockingPool(Pool):
    """redis.asyncio.BlockingConnectionPool, with connections that reach nobody."""

    async def make(self, capacity):
        from redis.asyncio import BlockingConnectionPool
        from redis.asyncio.connection import AbstractConnection

        class Nowhere(AbstractConnection):
            numbers = iter(range(capacity))

            def __init__(self, **options):
                super().__init__(**options)
                self.unit = next(self.numbers)

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

        self.pool = BlockingConnectionPool(max_connections=capacity, timeout=None, connection_class=Nowhere)
        self.connections = {}

    async def acquire(self, agent):
        connection = await self.pool.get_connection()
        self.connections[agent] = connection
        return connection.unit

    def release(self, agent, unit):
        self.loop.run_until_complete(self.pool.release(self.connections.pop(agent)))


class SqlalchemyQueuePool(Pool):
    """sqlalchemy.pool.AsyncAdaptedQueuePool, with connections that reach nobody."""

    async def make(self, capacity):
        from sqlalchemy.pool import AsyncAdaptedQueuePool

        numbers = iter(range(capacity))

        class Nowhere:
            def __init__(self):
                self.unit = next(numbers)

            def rollback(self):
                pass

            def close(self):
                pass

        self.pool = AsyncAdaptedQueuePool(Nowhere, pool_size=capacity, max_overflow=0, timeout=3600, reset_on_return=None)
        self.connections = {}

    async def acquire(self, agent):
        from sqlalchemy.util import greenlet_spawn

        connection = await greenlet_spawn(self.pool.connect)
        self.connections[agent] = connection
        return connection.driver_connection.unit

    def release(self, agent, unit):
        from sqlalchemy.util import greenlet_spawn

        self.loop.run_until_complete(greenlet_spawn(self.connections.pop(agent).close))
