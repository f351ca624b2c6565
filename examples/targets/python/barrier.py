"""asyncio.Barrier beside `barrier.barrier`: a wait that is cancelled withdraws that party alone."""

import asyncio

from barriers import Barrier


class Adapter(Barrier):
    """asyncio.Barrier."""

    on_withdrawal = "remove"
    broken_error = asyncio.BrokenBarrierError

    def make(self, parties):
        return asyncio.Barrier(parties)

    async def wait(self):
        return await self.barrier.wait()

    async def reset(self):
        await self.barrier.reset()

    async def abort(self):
        await self.barrier.abort()
