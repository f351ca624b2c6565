"""A machine that is asked through an executor, which asks again: a retry on top of whatever answers a request."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.compositions.shared.effects import taken
from concordant.refimpl.compositions.shared.waiting import Elapses, elapsing
from concordant.refimpl.machine import AnyProcess, Process, Step, step
from concordant.refimpl.recovery.retry_recovery import Executing, Executor
from concordant.spec.recovery.retry_recovery import Drawn, Execute, Perform, Performed, Policy, Running, Stop, TimeOut
from concordant.spec.vocabulary import Address, Effect, Map, Reply, Send, Unknown


@frozen
class Trying:
    """The state of the executor, that of the machine, and what the machine has answered of late, by client."""

    executing: Executing
    machine: Any
    answers: Map[Address, object] = Map()


@frozen
class Retried(Process[Trying, Any, Any, Any]):
    """Asks a machine for its clients by way of an executor. Each client is an agent of that, whose stage is to ask."""

    machine: AnyProcess
    executor: Executor = Executor(Policy(2))

    @abstractmethod
    def asks(self, client: Address) -> object:
        """Return what a client asks."""

    @abstractmethod
    def hides(self, trigger: object) -> bool:
        """Tell whether a trigger of one of the two never fires, since that of the other stands for it."""

    def perform(self, state: Any, client: Address) -> Step[Any] | None:
        """Ask the machine, for the first time or again."""
        return self.machine.request(state, client, self.asks(client))

    def stop(self, state: Any, client: Address) -> Step[Any] | None:  # noqa: ARG002  # a machine may let it be
        """Let the machine know that nobody waits for an attempt any more; it need not."""
        return None

    # ---- inputs

    def start(self) -> Step[Trying]:
        begun = self.machine.start()
        return step(Trying(self.executor.start().state, begun.state), *begun.effects)

    def request(self, state: Trying, client: Address, request: object) -> Step[Trying]:  # noqa: ARG002  # what `asks` says
        return self.executed(state, self.executor.request(state.executing, client, Execute(client, 0, "it")))

    def receive(self, state: Trying, source: Address, message: Any) -> Step[Trying] | None:
        done = self.machine.receive(state.machine, source, message)
        return None if done is None else self.asked(state, done)

    def armed(self, state: Trying) -> tuple[Any, ...]:
        triggers = (*self.executor.armed(state.executing), *self.machine.armed(state.machine))
        return (*(each for each in triggers if not self.hides(each)), *elapsing(state.executing))

    def fire(self, state: Trying, trigger: Any) -> Step[Trying]:
        match trigger:
            case Elapses():
                return self.executed(state, self.executor.tick(state.executing, 0))
            case TimeOut() | Drawn():
                return self.executed(state, self.executor.fire(state.executing, trigger))
            case _:
                return self.asked(state, self.machine.fire(state.machine, trigger))

    # ---- from one to the other

    def executed(self, state: Trying, done: Step[Executing]) -> Step[Trying]:
        """Make a step of the executor, and what it has the machine do."""
        return taken(evolve(state, executing=done.state), done.effects, self.carry)

    def carry(self, effect: Effect, state: Trying) -> Step[Trying]:
        match effect:
            case Send(client, Perform()):
                return self.asked(state, self.perform(state.machine, client))
            case Send(client, Stop()):
                return self.asked(state, self.stop(state.machine, client))
            case Reply(client, answer):
                told = answer if isinstance(answer, Unknown) else state.answers[client]
                return step(evolve(state, answers=state.answers.drop(client)), Reply(client, told))
            case _:
                return step(state, effect)

    def asked(self, state: Trying, done: Step[Any] | None) -> Step[Trying]:
        """Make a step of the machine, and let the executor know what it has answered."""
        return step(state) if done is None else taken(evolve(state, machine=done.state), done.effects, self.hear)

    def hear(self, effect: Effect, state: Trying) -> Step[Trying]:
        match effect:
            case Reply(client, answer):
                return self.answered(state, client, answer)
            case _:
                return step(state, effect)

    def answered(self, state: Trying, client: Address, answer: object) -> Step[Trying]:
        execution = state.executing.open.get(client)
        if execution is None or execution.phase != Running():
            return step(state)  # of an attempt for which nobody waits any more
        if isinstance(answer, Unknown):
            return self.executed(state, self.executor.fire(state.executing, TimeOut(client)))
        ended = self.executor.receive(state.executing, client, Performed(execution.attempt, 0))
        return self.executed(evolve(state, answers=state.answers.put(client, answer)), ended or step(state.executing))
