"""Stages one after the other, fetched for ahead, as one machine; fetches and the stage that runs are its environment."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Specification, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Reply
from concordant.spec.workflows import prefetch_execution as spec
from concordant.spec.workflows.prefetch_execution import (
    BUSY,
    CANCELLED,
    Began,
    Broke,
    Course,
    Done,
    Failed,
    Fetched,
    Fetching,
    Missed,
    PrefetchView,
    Ran,
    Run,
)


@frozen
class Idle:
    """Nothing is under way."""


@frozen
class Running:
    """A run: for whom, of how many stages, on which version each has run, and whether the last of these still does.

    `fetches`: for each stage that is fetched for, from which version; `there`: those for which that has ended, also of those that have
    begun; `missed`: those for which it has failed.
    """

    client: Address
    stages: int
    version: int = 0
    had: tuple[int, ...] = ()
    is_busy: bool = False
    fetches: Map[int, int] = Map()
    there: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()

    @property
    def following(self) -> int:
        """The stage that is to begin next."""
        return len(self.had)


State: TypeAlias = Idle | Running
Trigger: TypeAlias = Fetched | Missed | Ran | Broke


@frozen
class Prefetcher(Process[State, Never, Run, Trigger]):
    """Runs stages one after the other. `window`: for how many beyond the next is fetched, a ValueError below 0.

    `can_fail`: whether fetches and stages may fail.
    """

    window: int = field(validator=ge(0))
    can_fail: bool = False

    def start(self) -> Step[State]:
        return step(Idle())

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        return step(state, Reply(client, BUSY)) if isinstance(state, Running) else self.go_on(Running(client, request.stages))

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if isinstance(state, Idle):
            return ()
        fails: tuple[Trigger, ...] = (Broke(),) if self.can_fail else ()
        runs = (Ran(changes=False), Ran(changes=True), *fails) if state.is_busy else ()
        open = tuple(stage for stage in state.fetches if stage not in state.there | state.missed)
        return (*runs, *map(Fetched, open), *(map(Missed, open) if self.can_fail else ()))

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        if isinstance(state, Idle):
            raise ValueError(f"{trigger!r}: nothing is under way; only what is armed may fire")
        match trigger:
            case Fetched(stage):
                return self.go_on(self.arrived(state, stage))
            case Missed(stage):
                return self.go_on(evolve(state, missed=state.missed | {stage}))
            case Ran(changes):
                after = evolve(state, is_busy=False)
                return self.go_on(self.changed(after) if changes else after)
            case Broke():
                return self.failed(state, state.following - 1)
            case _:
                assert_never(trigger)

    def failed(self, state: Running, stage: int) -> Step[State]:
        return step(Idle(), Reply(state.client, Failed(stage, state.had)))

    def cancel(self, state: State, client: Address) -> Step[State]:  # noqa: ARG002  # one alone waits
        return step(Idle(), Reply(client, CANCELLED))

    def arrived(self, state: Running, stage: int) -> Running:
        return evolve(state, there=state.there | {stage})

    def changed(self, state: Running) -> Running:
        """Discard what was fetched, all of it."""
        # The hard step. What was fetched is of a version that is over, whoever it was for. What is still under way is forgotten
        # with it, so that it cannot arrive and be taken for what is fetched anew.
        return evolve(state, version=state.version + 1, fetches=Map(), there=frozenset(), missed=frozenset())

    def go_on(self, state: Running) -> Step[State]:
        """End when all have run; else begin the next stage, if it may, and fetch for all in the window."""
        if self.is_over(state):
            return step(Idle(), Reply(state.client, self.told(state)))
        if self.cannot_begin(state):
            return self.failed(state, state.following)
        begun = self.begin(state) if self.may_begin(state) else step(state)
        after = begun.then(self.fetch)
        return step(after.state, *after.effects)

    def cannot_begin(self, state: Running) -> bool:
        return not state.is_busy and state.following in state.missed

    def may_begin(self, state: Running) -> bool:
        return not state.is_busy and state.following in state.there

    def begin(self, state: Running) -> Step[Running]:
        stage, version = state.following, state.fetches[state.following]
        after = evolve(state, had=(*state.had, version), is_busy=True, fetches=state.fetches.drop(stage))
        return step(after, Announce(Began(stage, version)))

    def fetch(self, state: Running) -> Step[Running]:
        wanted = [stage for stage in self.ahead(state) if stage not in state.fetches]
        fetches = Map.of((*state.fetches.items(), *((stage, state.version) for stage in wanted)))
        return step(evolve(state, fetches=fetches), *(Announce(Fetching(stage, state.version)) for stage in wanted))

    def ahead(self, state: Running) -> range:
        beyond = self.window if state.is_busy else self.window + 1
        return range(state.following, min(state.following + beyond, state.stages))

    def is_over(self, state: Running) -> bool:
        return state.following == state.stages and not state.is_busy

    def told(self, state: Running) -> Done:
        return Done(state.had)

    def view(self, state: State) -> PrefetchView:
        if isinstance(state, Idle):
            return PrefetchView(None, Map())
        return PrefetchView(state.following - 1 if state.is_busy else None, state.fetches)


PROMISES: tuple[Clause, ...] = (
    spec.one_after_the_other,
    spec.it_runs_on_what_is_current,
    spec.nothing_is_fetched_far_ahead,
    spec.waste_is_bounded,
    spec.nothing_in_the_window_waits,
    spec.the_view_is_true,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.a_failure_ends_the_run,
    spec.who_cancels_goes_at_once,
    spec.no_deadlock,
    spec.every_run_ends,
    spec.a_run_can_end,
)
AS_IN_SEQUENCE: tuple[Clause, ...] = (
    spec.it_shows_what_the_sequential_run_may_show,
    spec.it_rests_where_the_sequential_run_may_rest,
)

PREFETCHER, CLIENT, RIVAL = Address("prefetcher"), Address("client"), Address("client", 1)


def system(
    window: int,
    *runs: Run,
    rival: tuple[Run, ...] = (),
    can_fail: bool = False,
    faults: Faults = Faults(),
    prefetcher: type[Prefetcher] = Prefetcher,
    examples: tuple[Clause, ...] = (),
) -> System[Course]:
    """Put a prefetcher together with a client that asks for these runs, and a rival that does for others."""
    scripts = {CLIENT: runs, RIVAL: rival}
    users = tuple(User(name, (PREFETCHER,), tuple((run,) for run in script)) for name, script in scripts.items() if script)
    return System({PREFETCHER: prefetcher(window, can_fail)}, Course(window), (*PROMISES, *examples), faults=faults, users=users)


def as_in_sequence(window: int, *runs: Run, can_fail: bool = False, prefetcher: type[Prefetcher] = Prefetcher) -> System[Course]:
    """Compare a prefetcher with one that fetches nothing ahead, under the same requests."""
    ahead = system(window, *runs, can_fail=can_fail, prefetcher=prefetcher)
    return evolve(ahead, promises=AS_IN_SEQUENCE, refines=Specification(system(0, *runs, can_fail=can_fail), spec.what_counts))
