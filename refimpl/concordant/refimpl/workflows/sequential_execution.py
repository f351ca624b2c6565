"""A sequence as one machine, with the context in which it runs; the stage that runs is its environment."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Rejected, Reply, Seen
from concordant.spec.workflows import sequential_execution as spec
from concordant.spec.workflows.sequential_execution import (
    BUSY,
    CANCELLED,
    Begun,
    Completed,
    Context,
    Failed,
    Fails,
    Read,
    Run,
    Sequence,
    SequenceView,
    Started,
    Succeeds,
)
from concordant.spec.workflows.shared.stages import Stage


@frozen
class Idle:
    """Nothing is under way."""

    context: Context


@frozen
class Running:
    """A sequence: for whom, what is left of it, the one that runs first, and the copy into which its results go."""

    context: Context
    client: Address
    stages: tuple[Stage, ...]
    copy: Context
    leaving: bool = False


State: TypeAlias = Idle | Running


def flaw(stages: tuple[Stage, ...], context: Context) -> str | None:
    """Say why stages cannot run in this order on this context; None if they can.

    >>> flaw((Stage("b", ("a",)), Stage("a")), Map())
    'b depends on a, which is not there yet'
    """
    known = set(context)
    for stage in stages:
        if stage.name in context:
            return f"the context has {stage.name} already"
        if stage.name in known:
            return f"two stages are named {stage.name}"
        for other in stage.after:
            if other not in known:
                return f"{stage.name} depends on {other}, which is not there yet"
        known.add(stage.name)
    return None


@frozen
class Sequencer(Process[State, Never, Run | Read, Succeeds | Fails]):
    """Runs one sequence at a time. `context`: what is there before the first."""

    context: Context = Map()

    def start(self) -> Step[State]:
        return step(Idle(self.context))

    def request(self, state: State, client: Address, request: Run | Read) -> Step[State]:
        match request:
            case Read():
                return step(state, Reply(client, self.shown(state)))
            case Run(stages):
                return self.run(state, client, stages)
            case _:
                assert_never(request)

    def shown(self, state: State) -> Context:
        return state.context

    def run(self, state: State, client: Address, stages: tuple[Stage, ...]) -> Step[State]:
        if isinstance(state, Running):
            return step(state, Reply(client, BUSY))
        reason = self.refuses(stages, state.context)
        if reason is not None:
            return step(state, Reply(client, Rejected(reason)))
        return self.go_on(Running(state.context, client, stages, state.context), Announce(Begun(client, stages)))

    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        return flaw(stages, context)

    def cancel(self, state: State, client: Address) -> Step[State] | None:  # noqa: ARG002  # nobody else has an open call
        return step(evolve(state, leaving=True)) if isinstance(state, Running) else None

    def armed(self, state: State) -> tuple[Succeeds | Fails, ...]:
        return (Succeeds(state.stages[0].name), Fails(state.stages[0].name)) if isinstance(state, Running) else ()

    def fire(self, state: State, trigger: Succeeds | Fails) -> Step[State]:
        if isinstance(state, Idle):
            raise ValueError(f"{trigger!r}: nothing is under way; only what is armed may fire")
        if state.leaving:
            return step(Idle(state.context), Reply(state.client, CANCELLED))
        match trigger:
            case Succeeds(name):
                copy = state.copy.put(name, trigger.returned)
                return self.go_on(evolve(state, stages=state.stages[1:], copy=copy))
            case Fails(name):
                return step(self.undone(state), Reply(state.client, Failed(name)))
            case _:
                assert_never(trigger)

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        """Start what is next; where nothing is, all that was returned comes to count."""
        # The hard step. Results go into a copy, which comes to count in one step with the answer, when nothing is left to run. So a
        # failure on the way has nothing to take back, and nobody sees a part.
        if not state.stages:
            return step(Idle(state.copy), *before, Reply(state.client, Completed(state.copy)))
        return step(state, *before, Announce(Started(state.stages[0].name, self.sees(state))))

    def sees(self, state: Running) -> Context:
        return state.copy

    def undone(self, state: Running) -> Idle:
        return Idle(state.context)

    def view(self, state: State) -> SequenceView:
        return SequenceView(self.shown(state), state.stages[0].name if isinstance(state, Running) else None)


PROMISES: tuple[Clause, ...] = (
    spec.only_what_can_run_in_this_order_begins,
    spec.one_after_the_other,
    spec.nothing_starts_after_a_failure,
    spec.each_sees_what_went_before,
    spec.all_or_nothing,
    spec.the_view_is_true,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.no_deadlock,
    spec.every_sequence_ends,
    spec.a_sequence_can_end,
)

SEQUENCER, CLIENT, READER = Address("sequencer"), Address("client"), Address("reader")


def system(
    *requests: Run | Read,
    others: tuple[Run | Read, ...] = (),
    failures: int = 1,
    faults: Faults = Faults(),
    sequencer: type[Sequencer] = Sequencer,
    examples: tuple[Clause, ...] = (),
) -> System[Sequence]:
    """Put a sequencer together with a client that asks for these, and another that asks for others whenever it likes.

    `failures`: how many stages may fail.
    """

    def bad_luck_is_bounded(move: Move, seen: Seen[Sequence]) -> bool:
        return not (isinstance(move, Fire) and isinstance(move.trigger, Fails)) or seen.history.failures < failures

    scripts = {CLIENT: requests, READER: others}
    return System(
        {SEQUENCER: sequencer()},
        Sequence(),
        (*PROMISES, *examples),
        faults=faults,
        users=tuple(User(name, (SEQUENCER,), tuple((each,) for each in script)) for name, script in scripts.items() if script),
        assume=(bad_luck_is_bounded,),
    )
