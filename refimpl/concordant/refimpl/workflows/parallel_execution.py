"""A fork and its join as one machine; the stages that run are its environment."""

from __future__ import annotations

from enum import Enum
from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Rejected, Reply, Seen
from concordant.spec.workflows import parallel_execution as spec
from concordant.spec.workflows.parallel_execution import (
    BUSY,
    AskedToStop,
    Context,
    End,
    Fails,
    Forked,
    ForkView,
    Joined,
    OnFailure,
    Record,
    Run,
    Started,
    Stops,
    Succeeds,
)


class Phase(Enum):
    """What a stage that has not ended does."""

    WAITS = "waits"
    RUNS = "runs"
    STOPS = "stops"


Endings: TypeAlias = Succeeds | Fails | Stops


@frozen
class Idle:
    """Nothing is under way."""


@frozen
class Running:
    """A run: for whom, on what, how far each stage is, and what those that succeeded have returned."""

    client: Address
    given: Context
    stages: Map[str, Phase | End]
    returned: Context = Map()

    def names(self, *phases: Phase | End) -> tuple[str, ...]:
        """The stages that are so far, by name."""
        return tuple(name for name, phase in self.stages.items() if phase in phases)


State: TypeAlias = Idle | Running


def flaw(run: Run) -> str | None:
    """Say why stages cannot run side by side, such as 'b depends on a'; None if they can."""
    names = [stage.name for stage in run.stages]
    for place, stage in enumerate(run.stages):
        if stage.name in names[:place]:
            return f"two stages are named {stage.name}"
        if stage.name in run.given:
            return f"{stage.name} is given already"
        for other in stage.after:
            if other in names:
                return f"{stage.name} depends on {other}"
    return None


@frozen
class Fork(Process[State, Never, Run, Endings]):
    """Runs stages side by side, at most `width` at once, a ValueError below 1. `on_failure`: what becomes of the others."""

    width: int = field(validator=ge(1))
    on_failure: OnFailure = OnFailure.STOP

    def start(self) -> Step[State]:
        return step(Idle())

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        if isinstance(state, Running):
            return step(state, Reply(client, BUSY))
        reason = self.refuses(request)
        if reason is not None:
            return step(state, Reply(client, Rejected(reason)))
        run = Running(client, request.given, Map.of({stage.name: Phase.WAITS for stage in request.stages}))
        return self.go_on(run, Announce(Forked(client, request)))

    def refuses(self, run: Run) -> str | None:
        return flaw(run)

    def cancel(self, state: State, client: Address) -> Step[State] | None:  # noqa: ARG002  # nobody else has an open call
        return self.stop(state) if isinstance(state, Running) else None

    def armed(self, state: State) -> tuple[Endings, ...]:
        if isinstance(state, Idle):
            return ()
        running, stopping = state.names(Phase.RUNS, Phase.STOPS), state.names(Phase.STOPS)
        return (*(ending(name) for name in running for ending in (Succeeds, Fails)), *map(Stops, stopping))

    def fire(self, state: State, trigger: Endings) -> Step[State]:
        if isinstance(state, Idle):
            raise ValueError(f"{trigger!r}: nothing is under way; only what is armed may fire")
        match trigger:
            case Succeeds(name):
                kept = evolve(state, returned=state.returned.put(name, trigger.returned))
                return self.go_on(self.ended(kept, name, End.SUCCEEDED))
            case Fails(name):
                after = self.ended(state, name, End.FAILED)
                return self.stop(after) if self.on_failure is OnFailure.STOP else self.go_on(after)
            case Stops(name):
                return self.go_on(self.ended(state, name, End.STOPPED))
            case _:
                assert_never(trigger)

    def ended(self, state: Running, name: str, end: End) -> Running:
        return evolve(state, stages=state.stages.put(name, end))

    def stop(self, state: Running) -> Step[State]:
        """Leave out what waits, and ask what runs to stop."""
        # The hard step. What runs cannot be ended from outside. Each that is asked to stop has yet to end, and may still succeed or
        # fail meanwhile: the join waits for all of them, so that nothing runs on behind it.
        asked = state.names(Phase.RUNS)
        to: dict[Phase | End, Phase | End] = {Phase.WAITS: End.LEFT_OUT, Phase.RUNS: Phase.STOPS}
        stages = Map.of({name: to.get(phase, phase) for name, phase in state.stages.items()})
        return self.go_on(evolve(state, stages=stages), *(Announce(AskedToStop(name)) for name in asked))

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        """Join when all have ended; else start as many as there are workers for."""
        if self.is_over(state):
            return step(Idle(), *before, Reply(state.client, self.joined(state)))
        starting = state.names(Phase.WAITS)[: self.width - len(state.names(Phase.RUNS))]
        stages = Map.of({name: Phase.RUNS if name in starting else phase for name, phase in state.stages.items()})
        return step(evolve(state, stages=stages), *before, *(Announce(Started(name, self.sees(state))) for name in starting))

    def sees(self, state: Running) -> Context:
        return state.given

    def is_over(self, state: Running) -> bool:
        return not state.names(*Phase)

    def joined(self, state: Running) -> Joined:
        ends = {name: end for name, end in state.stages.items() if isinstance(end, End)}
        return Joined(Map.of((*state.given.items(), *state.returned.items())), Map.of(ends))

    def view(self, state: State) -> ForkView:
        if isinstance(state, Idle):
            return ForkView((), (), ())
        return ForkView(state.names(Phase.WAITS), state.names(Phase.RUNS, Phase.STOPS), state.names(Phase.STOPS))


PROMISES: tuple[Clause, ...] = (
    spec.only_what_is_independent_runs_side_by_side,
    spec.all_see_the_same,
    spec.each_starts_once,
    spec.nothing_starts_that_is_to_be_stopped,
    spec.nobody_is_stopped_without_need,
    spec.all_others_are_stopped,
    spec.nobody_is_idle,
    spec.the_view_is_true,
    spec.the_join_waits_for_all,
    spec.the_outcome_is_determinate,
    spec.a_rejection_is_true,
    spec.nobody_is_answered_twice,
    spec.no_deadlock,
    spec.every_run_is_joined,
    spec.a_run_can_be_joined,
)

FORK, CLIENT, RIVAL = Address("fork"), Address("client"), Address("client", 1)


def system(
    *runs: Run,
    rival: tuple[Run, ...] = (),
    width: int = 2,
    on_failure: OnFailure = OnFailure.STOP,
    failing: tuple[str, ...] = (),
    faults: Faults = Faults(),
    fork: type[Fork] = Fork,
    examples: tuple[Clause, ...] = (),
) -> System[Record]:
    """Put a fork together with a client that asks for these runs, and a rival that does for others. `failing`: the stages that may fail."""

    def others_succeed(move: Move, seen: Seen[Record]) -> bool:  # noqa: ARG001  # the signature of an assumption
        return not (isinstance(move, Fire) and isinstance(move.trigger, Fails) and move.trigger.stage not in failing)

    scripts = {CLIENT: runs, RIVAL: rival}
    return System(
        {FORK: fork(width, on_failure)},
        Record(width, on_failure),
        (*PROMISES, *examples),
        faults=faults,
        users=tuple(User(name, (FORK,), tuple((run,) for run in script)) for name, script in scripts.items() if script),
        assume=(others_succeed,),
    )
