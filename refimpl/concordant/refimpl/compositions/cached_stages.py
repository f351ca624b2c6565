"""Results that are computed by stages which are tried again, and kept: `result_cache` over `retry_recovery`."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.compositions.shared.effects import taken
from concordant.refimpl.compositions.shared.waiting import Elapses, elapsing
from concordant.refimpl.machine import Process, Step, System, step
from concordant.refimpl.memory import result_cache
from concordant.refimpl.memory.result_cache import CACHE, PROMISES, Cache, Caching
from concordant.refimpl.recovery.retry_recovery import AGENT, TWICE, Agent, Executing, Executor
from concordant.spec.memory.result_cache import CacheView, Called, Fails, Get, History, Invalidate, Key, Returns
from concordant.spec.recovery.retry_recovery import Done, Drawn, Execute, Failed, Performed, TimeOut
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Reply

CALL = "call"
"""The role of a call of the cache, which asks the executor."""


@frozen
class Computing:
    """The state of the cache, and that of the executor."""

    caching: Caching
    executing: Executing


@frozen
class CachedStages(Process[Computing, Performed | Failed, Get | Invalidate, TimeOut | Drawn | Elapses]):
    """Makes each call of the cache an execution, whose result is that of the call."""

    cache: Cache
    executor: Executor = Executor(TWICE)

    # ---- inputs

    def start(self) -> Step[Computing]:
        return step(Computing(self.cache.start().state, self.executor.start().state))

    def request(self, state: Computing, client: Address, request: Get | Invalidate) -> Step[Computing]:
        return self.cached(state, self.cache.request(state.caching, client, request))

    def cancel(self, state: Computing, client: Address) -> Step[Computing]:
        return self.cached(state, self.cache.cancel(state.caching, client))

    def receive(self, state: Computing, source: Address, message: Performed | Failed) -> Step[Computing] | None:
        heard = self.executor.receive(state.executing, source, message)
        return None if heard is None else self.executed(state, heard)

    def armed(self, state: Computing) -> tuple[TimeOut | Drawn | Elapses, ...]:
        return (*self.executor.armed(state.executing), *elapsing(state.executing))

    def fire(self, state: Computing, trigger: TimeOut | Drawn | Elapses) -> Step[Computing]:
        if isinstance(trigger, Elapses):
            return self.executed(state, self.executor.tick(state.executing, 0))
        return self.executed(state, self.executor.fire(state.executing, trigger))

    # ---- from one to the other

    def cached(self, state: Computing, done: Step[Caching]) -> Step[Computing]:
        """Make a step of the cache, and have executed what it calls for."""
        return taken(evolve(state, caching=done.state), done.effects, self.call)

    def call(self, effect: Effect, state: Computing) -> Step[Computing]:
        match effect:
            case Announce(Called(call, key)):
                asked = Execute(AGENT, key.inputs, str(call))
                return step(state, effect).then(
                    lambda now: self.executed(now, self.executor.request(now.executing, Address(CALL, call), asked))
                )
            case _:
                return step(state, effect)

    def executed(self, state: Computing, done: Step[Executing]) -> Step[Computing]:
        """Make a step of the executor, and let calls come back whose executions have ended."""
        return taken(evolve(state, executing=done.state), done.effects, self.come_back)

    def come_back(self, effect: Effect, state: Computing) -> Step[Computing]:
        match effect:
            case Reply(Address(_, call), Done(_, result)):
                return self.ended(self.computed(state, call, result), Returns(call))
            case Reply(Address(_, call)):
                return self.ended(state, Fails(call))
            case _:
                return step(state, effect)

    def computed(self, state: Computing, call: int, result: int) -> Computing:
        """Note of what the result is: a stage leaves one more than it was given."""
        flight = state.caching.running[call]
        of = evolve(flight, key=Key(flight.key.stage, result - 1))
        return evolve(state, caching=evolve(state.caching, running=state.caching.running.put(call, of)))

    def ended(self, state: Computing, ending: Returns | Fails) -> Step[Computing]:
        return step(state, Announce(ending)).then(lambda now: self.cached(now, self.cache.fire(now.caching, ending)))

    def view(self, state: Computing) -> CacheView:
        return self.cache.view(state.caching)


def system(
    *scripts: tuple[Any, ...], agent: type[Agent] = Agent, faults: Faults = Faults(), promises: tuple[Clause, ...] = PROMISES
) -> System[History]:
    """Put a cache, the agent of all its stages, and readers together: one for each script, which asks what that says."""
    right = result_cache.system(*scripts, faults=faults, promises=promises)
    return evolve(right, processes={CACHE: CachedStages(Cache(1)), AGENT: agent(CACHE)})
