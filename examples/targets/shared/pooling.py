"""What adapters of pools share. A pool lends something to an agent; which unit that is, is counted here where the pool does not say."""

import asyncio

from settling import Settling


class Pool(Settling):
    """Lends by a coroutine. `why`: what to tell who waits no more; `held`: the unit of each agent, and `lent`: what it has of the pool."""

    stem, role, control, observe = "resource_pool", "pool", ("cancel", "triggers"), ()

    def start(self, at, config):
        self.units, self.held, self.lent, self.waiting, self.why = range(config["capacity"]), {}, {}, [], {}
        self.loop.run_until_complete(self.make(config["capacity"]))
        return self.settled()

    def unit_of(self, thing):
        """Return the unit of who has this already, or else the lowest that is free; where none is, 0 is lent once more."""
        same = (self.held[agent] for agent, other in self.lent.items() if other is thing is not None)
        return next(same, min(set(self.units) - set(self.held.values()), default=0))

    def request(self, at, user, request):
        if request["type"] == "Failed":
            self.fail(request["agent"])
        elif request["type"] == "Release" and user not in self.held:
            self.reject(user, "the agent holds no unit")
        elif request["type"] == "Release":
            self.reply(user, {"type": "Released"})
            self.run(self.release(*self.taken_from(user)))
        elif user in self.held:
            self.reject(user, "the agent holds a unit already")
        else:
            self.waiting.append(user)
            self.call_of(user, self.take(user))
        return self.settled()

    def taken_from(self, agent):
        del self.held[agent]
        return agent, self.lent.pop(agent)

    def run(self, returned):
        """Wait for what releasing has returned, where that can be waited for."""
        if asyncio.iscoroutine(returned):
            self.loop.run_until_complete(returned)

    async def take(self, agent):
        try:
            thing = await self.acquire(agent)
        except asyncio.CancelledError:
            self.reject(agent, self.why.pop(agent))
        else:
            self.held[agent], self.lent[agent] = self.unit_of(thing), thing
            self.reply(agent, {"type": "Granted", "unit": self.held[agent]})
        self.waiting.remove(agent)

    def fail(self, agent):
        if agent in self.held:
            agent, thing = self.taken_from(agent)
            self.spoil(thing)
            self.run(self.release(agent, thing))
        elif agent in self.waiting:
            self.stop(agent, "the agent is said to have failed")

    def spoil(self, thing):
        """Do to what an agent has what befalls it when the agent fails: nothing."""

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


class ShownPool(Pool):
    """Shows who waits and what is free, as it is counted here: what is promised of those who wait is then judged at each moment.

    What the pool itself remembers is not seen in this. So one that is not known to break such a promise is a plain `Pool`: where
    nothing is shown, more cases are driven to tell its states apart.
    """

    observe = ("free", "waiting")

    def view(self):
        return {"free": sorted(set(self.units) - set(self.held.values())), "waiting": list(self.waiting)}
