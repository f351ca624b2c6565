"""Prefetch execution: stages run one after the other, and what those next in line need is fetched while one runs.

Source: Patterson et al., "Informed Prefetching and Caching" (1995), who fetch what is sure to be read; Kung and Robinson, "On Optimistic
Methods for Concurrency Control" (1981): what was read early is validated before it counts.
Assumes: what a stage fetches depends on a store alone, which only a stage that runs changes, and it is known when it ends whether it did.
Chosen: a stage has two parts, to fetch, which may be early, and to run, which waits for the stage before. What was fetched before the store
changed is discarded and fetched again. Up to `window` stages beyond the next are fetched for; with a window of 0 this is sequential
execution, and whatever the window, each stage runs on what it would have had there. A stage that fails ends the run. So does a fetch that
has failed, but not before its stage is next: in sequence it would not have been made, and what was fetched anew may be there. Who cancels a
run is answered at once, whatever hangs, and nothing is fetched for it any more.
Does not promise: that anything is quicker; that a run ends in which something hangs.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.common.refinement import rests_as_specified, shows_no_more
from concordant.spec.vocabulary import (
    Address,
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

# ---- requests and answers


@frozen
class Run:
    """Run so many stages, which are numbered from 0. Answered by `Done` or `Failed`, or by the `Rejected` `BUSY` or `CANCELLED`."""

    stages: int


@frozen
class Done:
    """All stages have run: the version of the store that each had, by number."""

    had: tuple[int, ...]


@frozen
class Failed:
    """This stage, or what was fetched for it, has failed: the version of the store that each had that began, by number."""

    stage: int
    had: tuple[int, ...]


BUSY = Rejected("other stages are under way")
CANCELLED = Rejected("the run was cancelled")

# ---- triggers


@frozen
class Fetched(Completion):
    """What a stage needs has been fetched."""

    stage: int


@frozen
class Missed(Completion):
    """What a stage needs could not be fetched."""

    stage: int


@frozen
class Ran(Completion):
    """The stage that runs ends, and has changed the store or not."""

    changes: bool


@frozen
class Broke(Completion):
    """The stage that runs fails."""


# ---- events


@frozen
class Fetching:
    """What a stage needs is being fetched from this version of the store."""

    stage: int
    version: int


@frozen
class Began:
    """A stage runs, on what was fetched from this version of the store."""

    stage: int
    version: int


# ---- views


@frozen
class PrefetchView:
    """The stage that runs, or else None; and from which version of the store what others need is being or has been fetched, by stage."""

    running: int | None
    fetches: Map[int, int]


# ---- history


@frozen
class Course:
    """What is known of the run under way. `window` is fixed: for how many stages beyond the next may be fetched.

    `owner`: who waits for it. `version`: how often stages have changed the store. `had`: the version on which each stage ran, by number.
    `fetches`: the latest for each stage that has not begun; `there`: those that have ended, and `missed`, that have failed. `wasted`: how
    many fetches were of no use, up to one more than may be. `broke`: a stage has failed; `leaving`: its client wants the run no more.
    """

    window: int
    calls: Calls = Calls()
    owner: Address | None = None
    stages: int = 0
    version: int = 0
    had: tuple[int, ...] = ()
    running: int | None = None
    fetches: Map[int, int] = Map()
    there: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()
    wasted: int = 0
    broke: bool = False
    leaving: bool = False

    def after(self, at: Address, by: Address, happening: object) -> Course:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Run(stages) if self.owner is None:
                return Course(self.window, seen.calls, by, stages)
            case Fetching(stage, version):
                again = seen.wasting(stage in self.fetches)
                there, missed = self.there - {stage}, self.missed - {stage}
                return evolve(again, fetches=self.fetches.put(stage, version), there=there, missed=missed)
            case Fetched(stage):
                return evolve(seen, there=self.there | {stage})
            case Missed(stage):
                return evolve(seen, missed=self.missed | {stage})
            case Began(stage, version):
                left = evolve(seen, fetches=self.fetches.drop(stage), there=self.there - {stage})
                return evolve(left, running=stage, had=(*self.had, version)[: self.stages + 1])
            case Ran(changes):
                return evolve(seen.changed if changes else seen, running=None)
            case Broke():
                return evolve(seen, broke=True)
            case CancelAsked() if by == self.owner:
                return evolve(seen, leaving=True)
            case Reply(to) if to == self.owner:
                return Course(self.window, seen.calls)
            case _:
                return seen

    @property
    def changed(self) -> Course:
        """The run after the store was changed: all that was fetched is of no use."""
        return evolve(self.wasting(len(self.fetches)), version=self.version + 1, fetches=Map(), there=frozenset(), missed=frozenset())

    def wasting(self, more: int) -> Course:
        """Return the run with more fetches of no use."""
        return evolve(self, wasted=min(self.wasted + more, self.window * self.version + self.window + 1))

    @property
    def failed(self) -> int | None:
        """The stage that has failed, or is next and cannot begin, since the fetch for it has failed; None where there is none."""
        if self.broke:
            return self.running
        following = len(self.had)
        return following if self.running is None and following in self.missed else None

    @property
    def ahead(self) -> range:
        """The stages for which may be fetched: the next, if none runs, and as many beyond as the window has places."""
        following = len(self.had)
        return range(following, min(following + self.window + (self.running is None), self.stages))


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Began, under=ALL)
def one_after_the_other(before: Course, by: Address, event: Began) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A stage begins when the one before has ended, and each once, in the order of their numbers."""
    following = len(before.had) if before.running is None else None
    yield case(event.stage == following, begins=event.stage, runs=before.running, had=before.had)


@on_event(Began, under=ALL)
def it_runs_on_what_is_current(before: Course, by: Address, event: Began) -> Cases:  # noqa: ARG001
    """A stage runs on what has been fetched for it, whole, and from the version of the store that the stage before has left."""
    fetched = before.fetches.get(event.stage) if event.stage in before.there else None
    yield case(event.version == fetched == before.version, begins=event, fetched=fetched, version=before.version)


@on_event(Fetching, under=ALL)
def nothing_is_fetched_far_ahead(before: Course, by: Address, event: Fetching) -> Cases:  # noqa: ARG001
    """Nothing is fetched for a stage beyond the window, or for one that has begun."""
    yield case(event.stage in before.ahead, fetches=event.stage, may=tuple(before.ahead))


@always(under=ALL)
def waste_is_bounded(seen: Seen[Course]) -> Cases:
    """No more fetches are of no use than the window has places, for each time that the store was changed."""
    course = seen.history
    yield case(course.wasted <= course.window * course.version, wasted=course.wasted, window=course.window, changes=course.version)


@always_each(PrefetchView, under=ALL)
def nothing_in_the_window_waits(view: PrefetchView, prefetcher: Address, history: Course) -> Cases:  # noqa: ARG001
    """While a stage runs, what those in the window need is being fetched or is there."""
    yield case(tuple(view.fetches) == tuple(history.ahead), fetches=view.fetches, window=tuple(history.ahead))


@always_each(PrefetchView, under=ALL)
def the_view_is_true(view: PrefetchView, prefetcher: Address, history: Course) -> Cases:  # noqa: ARG001
    """An outsider sees what runs, and from which version of the store is fetched for which stage."""
    yield case(view == PrefetchView(history.running, history.fetches), view=view, runs=history.running, fetches=history.fetches)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Course, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """A client is told on which version of the store each stage ran, once all have; or else what is so: failed, cancelled, others under way."""
    if event.to == before.owner:
        over = before.running is None and len(before.had) >= before.stages
        so: dict[object, bool] = {
            Done(before.had): over,
            CANCELLED: before.leaving,
            **({} if before.failed is None else {Failed(before.failed, before.had): True}),
        }
        yield case(so.get(event.answer, False), told=event.answer, had=before.had, stages=before.stages, failed=before.failed)
    else:
        yield case(event.answer == BUSY, told=event.answer, owner=before.owner)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Course]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@always(under=ALL)
def a_failure_ends_the_run(seen: Seen[Course]) -> Cases:
    """A run ends at once when a stage fails, or when the next one cannot begin, since the fetch for it has failed."""
    yield case(seen.history.failed is None, failed=seen.history.failed)


@always(under=ALL)
def who_cancels_goes_at_once(seen: Seen[Course]) -> Cases:
    """A run ends at once when its client cancels it, whatever is being fetched or runs."""
    yield case(not seen.history.leaving, owner=seen.history.owner)


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Course]) -> Cases:
    """At rest every run has ended."""
    return common.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_run_ends(seen: Seen[Course]) -> Cases:
    """Every run ends, if every fetch and every stage does."""
    return common.nobody_waits(seen)


@always_possible(under=ALL)
def a_run_can_end(seen: Seen[Course]) -> Cases:
    """Whatever was changed, every run can still end."""
    return common.nobody_waits(seen)


# ---- beside the sequential run, which has a window of 0


def what_counts(at: Address, by: Address, happening: object) -> object:  # noqa: ARG001  # of whom it is
    """Show what is asked for, which stage begins on what, how it ends, and what is told; not what was fetched when."""
    return happening if isinstance(happening, Run | Began | Ran | Broke | Reply) else None


it_shows_what_the_sequential_run_may_show = shows_no_more(what_counts)
it_rests_where_the_sequential_run_may_rest = rests_as_specified(what_counts)


# ---- what can happen


@sometimes
def it_is_there_before_it_is_needed(seen: Seen[Course]) -> Cases:
    """What a stage needs has been fetched while another runs."""
    yield case(seen.history.running is not None and bool(seen.history.there))


@sometimes
def something_is_fetched_in_vain(seen: Seen[Course]) -> Cases:
    """A stage changes the store, and what was fetched for another is of no use."""
    yield case(seen.history.wasted > 0)


@sometimes
def a_fetch_has_failed_too_early(seen: Seen[Course]) -> Cases:
    """What a stage needs could not be fetched, and the run goes on, since another runs. Of what can fail."""
    yield case(bool(seen.history.missed))
