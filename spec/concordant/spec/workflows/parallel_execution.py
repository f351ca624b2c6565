"""Parallel execution: fork into stages that run side by side on one snapshot, and join when every one of them has ended.

Source: van der Aalst et al., "Workflow Patterns" (2003), parallel split and synchronization; Brent, "The Parallel Evaluation of General
Arithmetic Expressions" (1974): a worker is idle only where nothing waits; Sústrik, "Structured Concurrency" (2016), and
`asyncio.TaskGroup`: whoever forks returns after all that it has forked.
Assumes: a stage that is asked to stop ends, in whatever way: it may succeed or fail in that moment.
Chosen: stages see what was given and nothing of each other, so that the outcome does not depend on which is quicker; what a stage
returns stands under its name, in a copy. What becomes of the others when one fails is a plan: all are asked to stop, and what waits is left
out; or all go on. To cancel a run is to ask all of it to stop.
Does not promise: an order among stages: those that depend on each other are rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)
from concordant.spec.workflows.shared.stages import Stage

Context: TypeAlias = Map[str, str]
"""What stages have returned, by their names."""


class OnFailure(Enum):
    """What becomes of the others when a stage fails."""

    STOP = "stop the others"
    """Those that run are asked to stop, and those that wait are left out."""
    WAIT = "wait for all"
    """They go on."""


class End(Enum):
    """How a stage has ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"
    LEFT_OUT = "left out"


# ---- requests and answers


@frozen
class Run:
    """Run these side by side, on what is given. Answered by `Joined` once all have ended, or by a `Rejected` before any has begun."""

    stages: tuple[Stage, ...]
    given: Context = Map()


@frozen
class Joined:
    """What was given and what stages that succeeded have returned; and how each has ended."""

    context: Context
    ends: Map[str, End]


BUSY = Rejected("other stages are under way")


def wrong(run: Run) -> Iterator[Rejected]:
    """Yield every reason for which stages cannot run side by side."""
    names = [stage.name for stage in run.stages]
    for stage in run.stages:
        if names.count(stage.name) > 1:
            yield Rejected(f"two stages are named {stage.name}")
        if stage.name in run.given:
            yield Rejected(f"{stage.name} is given already")
        yield from (Rejected(f"{stage.name} depends on {other}") for other in stage.after if other in names)


# ---- triggers


@frozen
class Succeeds(Completion):
    """A stage ends, and returns something."""

    stage: str

    @property
    def returned(self) -> str:
        """What it returns."""
        return f"result of {self.stage}"


@frozen
class Fails(Completion):
    """A stage ends badly."""

    stage: str


@frozen
class Stops(Completion):
    """A stage ends since it was asked to."""

    stage: str


# ---- events


@frozen
class Forked:
    """A run begins."""

    client: Address
    run: Run


@frozen
class Started:
    """A stage begins, and sees this."""

    stage: str
    sees: Context


@frozen
class AskedToStop:
    """A stage that runs is asked to stop."""

    stage: str


# ---- views


@frozen
class ForkView:
    """Which stages wait, which run, and which of these were asked to stop, each by name."""

    waiting: tuple[str, ...]
    running: tuple[str, ...]
    asked: tuple[str, ...]


# ---- history


@frozen
class Record:
    """What is known of the run under way. `width`, how many may run at once, and `plan` are fixed.

    `owner`: who waits for it. `running`: what has started and not ended. `ends`: how stages have. `cancelled`: the owner wants no more
    of it. `started`: what has started, whatever became of it.
    """

    width: int
    plan: OnFailure
    calls: Calls = Calls()
    owner: Address | None = None
    run: Run = Run(())
    started: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    ends: Map[str, End] = Map()
    cancelled: bool = False

    def after(self, at: Address, by: Address, happening: object) -> Record:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Forked(client, run):
                return Record(self.width, self.plan, seen.calls, client, run)
            case Started(stage):
                return evolve(seen, started=self.started | {stage}, running=self.running | {stage})
            case AskedToStop(stage):
                return evolve(seen, asked=self.asked | {stage})
            case Succeeds(stage):
                return seen.ended(stage, End.SUCCEEDED)
            case Fails(stage):
                return seen.ended(stage, End.FAILED)
            case Stops(stage):
                return seen.ended(stage, End.STOPPED)
            case CancelAsked() if by == self.owner:
                return evolve(seen, cancelled=True)
            case Reply(to) if to == self.owner:
                return evolve(seen, owner=None)
            case _:
                return seen

    def ended(self, stage: str, end: End) -> Record:
        """Fold the end of a stage."""
        return evolve(self, running=self.running - {stage}, ends=self.ends.put(stage, end))

    @property
    def is_stopping(self) -> bool:
        """Whether nothing more is to start: it was cancelled, or something failed and that stops the others."""
        return self.cancelled or (self.plan is OnFailure.STOP and End.FAILED in self.ends.values())

    @property
    def due(self) -> Joined:
        """What is to be told if it ends now: a function of how each stage ended, in which no order occurs."""
        ends = {stage.name: self.ends.get(stage.name, End.LEFT_OUT) for stage in self.run.stages}
        returned = {name: Succeeds(name).returned for name, end in ends.items() if end is End.SUCCEEDED}
        return Joined(Map.of({**dict(self.run.given.items()), **returned}), Map.of(ends))


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Forked, under=ALL)
def only_what_is_independent_runs_side_by_side(before: Record, by: Address, event: Forked) -> Cases:
    """A run begins for a client that has asked for it, alone, and only if no stage needs or overwrites what another returns."""
    asked = before.calls.open.get(Call(event.client, by))
    reasons = tuple(wrong(event.run))
    yield case(
        asked == event.run and before.owner is None and not reasons, asked=asked, begins=event.run, wrong=reasons, owner=before.owner
    )


@on_event(Started, under=ALL)
def all_see_the_same(before: Record, by: Address, event: Started) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Whenever a stage starts, it sees what was given to the run, and nothing that another has returned."""
    yield case(event.sees == before.run.given, stage=event.stage, sees=event.sees, given=before.run.given)


@on_event(Started, under=ALL)
def each_starts_once(before: Record, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts at most once in a run."""
    yield case(event.stage not in before.started, stage=event.stage, started=before.started)


@on_event(Started, under=ALL)
def nothing_starts_that_is_to_be_stopped(before: Record, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """Nothing starts any more once the run was cancelled, or, where that stops the others, once a stage has failed."""
    yield case(not before.is_stopping, stage=event.stage, ends=before.ends, cancelled=before.cancelled)


@on_event(AskedToStop, under=ALL)
def nobody_is_stopped_without_need(before: Record, by: Address, event: AskedToStop) -> Cases:  # noqa: ARG001
    """A stage is asked to stop only while it runs, once, in a run that was cancelled or is stopped by a failure."""
    right = before.is_stopping and event.stage in before.running - before.asked
    yield case(right, stage=event.stage, running=before.running, asked=before.asked, ends=before.ends, cancelled=before.cancelled)


@always_each(ForkView, under=ALL)
def all_others_are_stopped(view: ForkView, fork: Address, history: Record) -> Cases:  # noqa: ARG001
    """As soon as a run is to be stopped, all of it that runs has been asked to."""
    if view.running and history.is_stopping:
        yield case(history.running <= history.asked, running=history.running, asked=history.asked)


@always_each(ForkView, under=ALL)
def nobody_is_idle(view: ForkView, fork: Address, history: Record) -> Cases:  # noqa: ARG001
    """As many stages run as there are workers, or as there are stages left; never more."""
    left = len(view.running) + len(view.waiting)
    yield case(len(view.running) == min(history.width, left), waiting=view.waiting, running=view.running, workers=history.width)


@always_each(ForkView, under=ALL)
def the_view_is_true(view: ForkView, fork: Address, history: Record) -> Cases:  # noqa: ARG001
    """An outsider sees what waits, what runs, and what was asked to stop, as it is: after the end of a run, nothing."""
    unstarted = () if history.owner is None or history.is_stopping else (stage.name for stage in history.run.stages)
    so = ForkView(
        tuple(sorted(set(unstarted) - history.started)),
        tuple(sorted(history.running)),
        tuple(sorted(history.running & history.asked)),
    )
    yield case(view == so, view=view, so=so)


@on_event(Reply, under=ALL)
def the_join_waits_for_all(before: Record, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """When a client is answered none of its stages runs any more: not those that were asked to stop, either."""
    if event.to == before.owner:
        yield case(not before.running, running=before.running, asked=before.asked)


@on_event(Reply, under=ALL)
def the_outcome_is_determinate(before: Record, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """A client is told how each stage ended, and what all that succeeded have returned, whichever was quicker and whatever failed."""
    if event.to == before.owner:
        everyone = set(before.ends) == {stage.name for stage in before.run.stages}
        yield case(event.answer == before.due and (everyone or before.is_stopping), told=event.answer, due=before.due)


@on_event(Reply, under=ALL)
def a_rejection_is_true(before: Record, by: Address, event: Reply) -> Cases:
    """A client whose run does not begin is told why, and that is true."""
    call = Call(event.to, by)
    asked = before.calls.open.get(call)
    if event.to != before.owner and isinstance(asked, Run):
        true = (*wrong(asked), *((BUSY,) if before.owner is not None else ()))
        yield case(event.answer in true, told=event.answer, true=true)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Record]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Record]) -> Cases:
    """At rest every run has been joined."""
    return common.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_run_is_joined(seen: Seen[Record]) -> Cases:
    """Every run ends, if every stage does."""
    return common.nobody_waits(seen)


@always_possible(under=ALL)
def a_run_can_be_joined(seen: Seen[Record]) -> Cases:
    """Whatever has happened, every run can still end."""
    return common.nobody_waits(seen)


# ---- what can happen


@sometimes
def all_run_at_once(seen: Seen[Record]) -> Cases:
    """All stages of a run are at work at the same time."""
    yield case(len(seen.history.running) == len(seen.history.run.stages) > 1)


@sometimes
def one_succeeds_all_the_same(seen: Seen[Record]) -> Cases:
    """A stage that was asked to stop succeeds."""
    yield case(any(seen.history.ends.get(name) is End.SUCCEEDED for name in seen.history.asked))


@sometimes
def some_are_left_out(seen: Seen[Record]) -> Cases:
    """A run ends with a stage that never started."""
    yield case(seen.history.owner is None and len(seen.history.started) < len(seen.history.run.stages))


@sometimes
def one_stops(seen: Seen[Record]) -> Cases:
    """A stage stops since it was asked to."""
    yield case(End.STOPPED in seen.history.ends.values())


@sometimes
def one_is_cancelled(seen: Seen[Record]) -> Cases:
    """A run is cancelled that would have gone on."""
    yield case(seen.history.cancelled and End.FAILED not in seen.history.ends.values())
