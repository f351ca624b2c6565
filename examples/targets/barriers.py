"""Barriers of Python beside `barrier.barrier`. They count who comes; the names of parties are kept here."""

import asyncio
import threading

import aiologic
from settling import Settling


class AsyncioBarrier(Settling):
    """asyncio.Barrier: a wait that is cancelled withdraws that party alone. It has no deadlines."""

    stem, role, control, observe = "barrier", "barrier", ("cancel",), ("round", "waiting", "broken")
    make, broken_error = asyncio.Barrier, asyncio.BrokenBarrierError

    def start(self, at, config):
        if config["on_withdrawal"] != "remove":
            return {"unsupported": "a cancelled wait breaks nothing"}
        self.parties, self.waiting, self.rounds = config["parties"], {}, 0
        self.barrier = type(self).make(len(self.parties))
        return self.settled()

    def request(self, at, user, request):
        party = request.get("party")
        if request["type"] == "Reset":
            self.reset()
            self.settled_first(user)
        elif party not in self.parties:
            self.reject(user, "no party of this barrier has this name")
        elif party in self.waiting:
            self.reject(user, "the party waits already")
        else:
            self.waiting[party] = user
            self.call_of(user, self.come(party, user))
        return self.settled()

    def reset(self):
        self.call_of("reset", self.barrier.reset())

    def settled_first(self, user):
        self.loop.run_until_complete(self.run_what_is_ready())
        self.reply(user, {"type": "Ready"})

    async def come(self, party, user):
        try:
            position = await self.barrier.wait()
        except self.broken_error:
            self.reject(user, "the barrier is broken")
        except asyncio.CancelledError:
            self.reject(user, "the wait was cancelled")
        else:
            # As the documentation has it: "each task receives a unique integer", by which one of them is chosen for what is done once.
            if position == 0:
                self.rounds += 1
            self.reply(user, position)
        del self.waiting[party]

    def settled(self):
        answer = super().settled()
        for effect in answer["effects"]:
            if isinstance(effect["reply"], int):
                effect["reply"] = {"type": "Passed", "round": self.rounds}
        return answer

    def cancel(self, at, user):
        self.calls[user].cancel()
        return self.settled()

    def view(self):
        return {"round": self.rounds + 1, "waiting": sorted(self.waiting), "broken": self.barrier.broken}


class AiologicBarrier(AsyncioBarrier):
    """aiologic.RBarrier: a wait that is cancelled withdraws that party alone, and it can be reset."""

    make, broken_error = aiologic.RBarrier, aiologic.BrokenBarrierError

    async def come(self, party, user):
        await super().come(party, user)

    def reset(self):
        self.barrier.reset()
