"""aiologic.RBarrier beside `barrier.barrier`: a wait that is cancelled breaks it."""

import aiologic
from barriers import Barrier


class Adapter(Barrier):
    """aiologic.RBarrier."""

    on_withdrawal = "break"
    broken_error = aiologic.BrokenBarrierError

    def make(self, parties):
        return aiologic.RBarrier(parties)

    async def wait(self):
        return await self.barrier

    async def reset(self):
        self.barrier.reset()

    async def abort(self):
        self.barrier.abort()
