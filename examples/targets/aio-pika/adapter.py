"""aio-pika's Pool as `resource_pool.pool`, of channels that reach nobody."""

from aio_pika.pool import Pool as Channels
from pooling import Pool


class Channel:
    """As much of one as the pool asks for."""

    async def close(self):
        pass


async def channel():
    return Channel()


class Adapter(Pool):
    """A pool of channels."""

    async def make(self, capacity):
        self.pool = Channels(channel, max_size=capacity)

    async def acquire(self, agent):
        return await self.pool.acquire().__aenter__()

    def release(self, agent, lent):
        self.pool.put(lent)
