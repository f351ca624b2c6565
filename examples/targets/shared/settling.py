"""What adapters of asyncio libraries share: calls that wait are tasks, and a step ends when none of them can go on."""

import asyncio

from concordant.checks import Adapter

PASSES = 50
"""How often everything that is ready is run; none of these libraries needs ten."""


class Settling(Adapter):
    """Keeps the open call of each client as a task. `effects`: what the step has come to so far."""

    stem, role, control, observe = "", "", (), ()

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.calls = {}
        self.effects = []

    def hello(self):
        supports = {"stem": self.stem, "roles": [self.role], "control": list(self.control), "observe": {self.role: list(self.observe)}}
        return {"protocol": 1, "impl": {"name": type(self).__name__, "language": "Python"}, "supports": [supports]}

    def reply(self, client, answer):
        self.effects.append({"reply": answer, "to": client})

    def reject(self, client, reason):
        self.reply(client, {"type": "Rejected", "reason": reason})

    def call_of(self, client, coroutine):
        self.calls[client] = self.loop.create_task(coroutine)

    def settled(self):
        self.loop.run_until_complete(self.run_what_is_ready())
        for client in [client for client, task in self.calls.items() if task.done()]:
            self.calls.pop(client).result()
        answer = {"effects": self.effects, "armed": self.armed(), "view": self.view()}
        self.effects = []
        return answer

    async def run_what_is_ready(self):
        for _ in range(PASSES):
            await asyncio.sleep(0)

    def armed(self):
        return []

    def view(self):
        return {}

    def cancel(self, at, user):
        self.calls[user].cancel()
        return self.settled()

    def end(self):
        for task in self.calls.values():
            task.cancel()
        self.loop.run_until_complete(self.ended())
        self.calls, self.effects = {}, []

    async def ended(self):
        await asyncio.gather(*self.calls.values(), return_exceptions=True)
