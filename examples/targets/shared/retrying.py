"""What adapters of libraries that try again share: how often, and how long to wait, is theirs; what becomes of an attempt is kept here."""

import asyncio
from functools import partial

from settling import Settling

SLEEP = asyncio.sleep


class MissedError(Exception):
    """An attempt has failed, or was not heard of; `again`: whether another may be made."""

    def __init__(self, again):
        self.again = again


class HeardLateError(Exception):
    """An attempt that was not waited for any more has been carried out after all."""


class Execution:
    """What a user waits for. `awaited`: what comes next: how an attempt ends, how long the wait is, or its end."""

    def __init__(self, user, asked, job):
        self.user, self.asked, self.attempt, self.in_doubt, self.result = user, asked, {"job": job, "number": 0}, False, None

    async def come(self, **phase):
        self.phase, self.awaited = phase, asyncio.get_running_loop().create_future()
        return await self.awaited


class Executor(Settling):
    """Executes by `retried`, a coroutine that makes attempts. Whatever the library sleeps is drawn, between its half and all of it, and counted in ticks."""

    stem, role, observe = "retry_recovery", "executor", ("phases",)
    control = ("triggers", "outcomes", "cancel", "suspect", "clock")

    def start(self, at, config):
        self.policy, self.open, self.jobs = config["policy"], {}, {}
        asyncio.sleep = self.sleep
        return self.settled()

    def tell(self, kind, content, **to):
        self.effects.append({kind: content, **to})

    def request(self, at, user, request):
        agent = request["agent"]
        if agent in self.open:
            self.reject(user, "the agent carries out a stage already")
        else:
            self.jobs[agent] = self.jobs.get(agent, 0) + 1
            self.open[agent] = Execution(user, request, self.jobs[agent])
            self.call_of(user, self.execute(self.open[agent]))
        return self.settled()

    async def execute(self, execution):
        try:
            await self.retried(partial(self.attempt, execution), **self.policy)
        except MissedError:
            gave_up = {"type": "GaveUp", "attempt": execution.attempt}
            self.reply(execution.user, {"type": "Unknown"} if execution.in_doubt else gave_up)
        except asyncio.CancelledError:
            if execution.phase["type"] == "Running":
                self.stop(execution)
            self.reply(execution.user, {"type": "Unknown"} if execution.in_doubt else {"type": "Rejected", "reason": "cancelled"})
        except HeardLateError:
            self.reply(execution.user, {"type": "Done", "attempt": execution.attempt, "result": execution.result})
        else:
            self.reply(execution.user, {"type": "Done", "attempt": execution.attempt, "result": execution.result})
        del self.open[execution.asked["agent"]]

    async def attempt(self, execution):
        asked = execution.asked
        execution.attempt = {**execution.attempt, "number": execution.attempt["number"] + 1}
        perform = {"type": "Perform", "attempt": execution.attempt, "given": asked["given"], "key": asked["key"]}
        self.tell("send", perform, to=asked["agent"])
        heard = await execution.come(type="Running")
        if heard == "Performed":
            return
        missed = {"agent": asked["agent"], "attempt": execution.attempt, "has_failed": heard == "Failed"}
        self.tell("announce", {"type": "Missed", **missed})
        if heard is None:
            self.stop(execution)
        raise MissedError(asked["key"] is not None or not execution.in_doubt)

    def stop(self, execution):
        execution.in_doubt = True
        self.tell("send", {"type": "Stop", "attempt": execution.attempt}, to=execution.asked["agent"])

    async def sleep(self, seconds):
        """Wait in place of asyncio."""
        if not seconds:
            return await SLEEP(0)
        execution = next(each for each in self.open.values() if self.calls[each.user] is asyncio.current_task())
        ticks = await execution.come(type="Drawing", low=(int(seconds) + 1) // 2, high=int(seconds))
        self.tell("announce", {"type": "Waits", "agent": execution.asked["agent"], "ticks": ticks})
        return await execution.come(type="Waiting", left=ticks)

    def receive(self, at, source, message):
        execution = self.open.get(source)
        if execution is not None and message["attempt"] == execution.attempt:
            execution.result = message.get("result")
            if execution.phase["type"] == "Running":
                execution.awaited.set_result(message["type"])
            elif message["type"] == "Performed":
                execution.awaited.set_exception(HeardLateError())
        return self.settled()

    def suspect(self, at, peer):
        if peer in self.open and self.open[peer].phase["type"] == "Running":
            self.open[peer].awaited.set_result(None)
        return self.settled()

    def armed(self):
        return [{"type": "TimeOut", "agent": agent} for agent, each in self.open.items() if each.phase["type"] == "Running"]

    def fire(self, at, trigger):
        self.open[trigger["agent"]].awaited.set_result(trigger.get("ticks"))
        return self.settled()

    def tick(self, at, now):
        for each in self.open.values():
            if each.phase["type"] == "Waiting":
                each.phase["left"] -= 1
                if not each.phase["left"]:
                    each.awaited.set_result(None)
        return self.settled()

    def view(self):
        return {"phases": {agent: dict(each.phase) for agent, each in self.open.items()}}
