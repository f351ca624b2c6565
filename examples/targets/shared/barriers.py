"""What adapters of barriers share. Barriers count who comes; the names of parties are kept here."""

import asyncio

from settling import Settling


class Barrier(Settling):
    """Lets all go on when the last has come. Whoever has waited long enough breaks it by `abort`."""

    stem, role, control, observe = "barrier", "barrier", ("cancel", "triggers"), ("broken",)
    on_withdrawal = ""
    broken_error = RuntimeError

    def start(self, at, config):
        if config["on_withdrawal"] != self.on_withdrawal:
            return {"unsupported": "what becomes of the others when a wait is cancelled"}
        self.parties, self.waiting, self.rounds, self.was_broken = config["parties"], {}, 0, False
        self.barrier = self.make(len(self.parties))
        return self.settled()

    def request(self, at, user, request):
        party = request.get("party")
        if request["type"] == "Reset":
            self.loop.run_until_complete(self.reset())
            self.reply(user, {"type": "Ready"})
        elif party not in self.parties:
            self.reject(user, "no party of this barrier has this name")
        elif party in self.waiting:
            self.reject(user, "the party waits already")
        else:
            self.waiting[party] = user
            self.call_of(user, self.come(party, user))
        return self.settled()

    async def come(self, party, user):
        try:
            position = await self.wait()
        except self.broken_error:
            self.reject(user, "the barrier is broken")
        except asyncio.CancelledError:
            self.reject(user, "the wait was cancelled")
        else:
            # What the positions are for, in its documentation: one of the tasks, known by its position, does what is done once.
            self.rounds += position == 0
            self.reply(user, {"type": "Passed"})
        del self.waiting[party]

    def settled(self):
        answer = super().settled()
        for effect in answer["effects"]:
            if effect["reply"] == {"type": "Passed"}:
                effect["reply"]["round"] = self.rounds
        if self.barrier.broken and not self.was_broken:
            answer["effects"].append({"announce": {"type": "Broke"}})
        self.was_broken = self.barrier.broken
        return answer

    def armed(self):
        return [{"type": "TimeOut"}] if self.waiting else []

    def fire(self, at, trigger):
        self.loop.run_until_complete(self.abort())
        return self.settled()

    def view(self):
        return {"broken": self.barrier.broken}
