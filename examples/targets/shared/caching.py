"""What adapters of caches share. A cache calls for what it lacks; the calls are numbered here, and end when the kit says so."""

import asyncio

from settling import Settling


class CallFailedError(Exception):
    """A call has failed."""


class Cache(Settling):
    """Looks up by a coroutine. `running`: the calls that have not come back."""

    stem, role, control, observe = "result_cache", "cache", ("outcomes",), ()

    def start(self, at, config):
        if "lifetime" in config:
            return {"unsupported": "results that are too old by a clock that may be set back"}
        self.made, self.running = 0, {}
        self.make(config["capacity"])
        return self.settled()

    def request(self, at, user, request):
        key = request["key"]["stage"], request["key"]["inputs"]
        if request["type"] == "Invalidate":
            self.loop.run_until_complete(self.invalidate(*key))
            self.reply(user, {"type": "Invalidated", "last": self.made})
        elif request["has_effects"]:
            self.reject(user, "a stage with effects is not kept")
        else:
            self.call_of(user, self.get(user, *key))
        return self.settled()

    async def get(self, user, stage, inputs):
        try:
            call = await self.look_up(stage, inputs)
        except CallFailedError:
            self.reject(user, "the call has failed")
        except asyncio.CancelledError:
            self.reject(user, "the wait was cancelled")
        else:
            self.reply(user, {"type": "Value", "key": {"stage": stage, "inputs": inputs}, "call": call})

    async def compute(self, stage, inputs):
        """Call for a result, which is the number of the call."""
        self.made += 1
        call, self.running[self.made] = self.made, self.loop.create_future()
        self.effects.append({"announce": {"type": "Called", "call": call, "key": {"stage": stage, "inputs": inputs}}})
        try:
            return await self.running[call]
        finally:
            del self.running[call]

    def evicted(self, call):
        self.effects.append({"announce": {"type": "Evicted", "call": call}})

    def fire(self, at, trigger):
        call = trigger["call"]
        if trigger["type"] == "Returns":
            self.running[call].set_result(call)
        else:
            self.running[call].set_exception(CallFailedError())
        return self.settled()

    def end(self):
        for outcome in self.running.values():
            outcome.cancel()
        super().end()


class Shelf(Cache):
    """A mapping with room for so much, `kept`, and a task for each key that is called for: asyncio's own single flight."""

    control = ("outcomes", "cancel")

    def make(self, capacity):
        self.kept, self.flights = self.mapping(capacity), {}

    async def look_up(self, *key):
        if key in self.kept:
            return self.kept[key]
        if key not in self.flights:
            self.flights[key] = self.loop.create_task(self.fill(key))
        return await asyncio.shield(self.flights[key])

    async def fill(self, key):
        flight = asyncio.current_task()
        try:
            call = await self.compute(*key)
            if self.flights.get(key) is flight:
                self.kept[key] = call
            return call
        finally:
            if self.flights.get(key) is flight:
                del self.flights[key]

    async def invalidate(self, *key):
        self.kept.pop(key, None)
        self.flights.pop(key, None)
