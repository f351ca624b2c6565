"""Wrong prefetching: the documents' loop that fetches nothing ahead, and what goes wrong with what was fetched too early."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.prefetch_execution import Prefetcher, Running, State, Trigger, as_in_sequence, system
from concordant.spec.vocabulary import Announce, Map
from concordant.spec.workflows import prefetch_execution as spec
from concordant.spec.workflows.prefetch_execution import Began, Ran, Run

# ---- what is fetched


@frozen
class FetchesNothingAhead(Prefetcher):
    """Waits for a stage before it fetches for the next, as the documents do."""

    def ahead(self, state: Running) -> range:
        return Prefetcher.ahead(evolve(self, window=0), state)


@frozen
class FetchesForAll(Prefetcher):
    """Fetches for all stages at once."""

    def ahead(self, state: Running) -> range:
        return range(state.following, state.stages)


@frozen
class FetchesAgain(Prefetcher):
    """Fetches anew for all in the window whenever a stage has ended."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        if isinstance(state, Running) and isinstance(trigger, Ran):
            return super().fire(evolve(state, fetches=Map(), there=frozenset()), trigger)
        return super().fire(state, trigger)


@frozen
class FetchesForEver(Prefetcher):
    """Fetches once more when something is there, so that it is fresh."""

    def arrived(self, state: Running, stage: int) -> Running:
        return evolve(state, fetches=state.fetches.drop(stage))


# ---- what is run


@frozen
class UsesWhatItHas(Prefetcher):
    """Keeps what was fetched before the store changed."""

    def changed(self, state: Running) -> Running:
        return evolve(state, version=state.version + 1)


@frozen
class DoesNotWaitForIt(Prefetcher):
    """Begins a stage while what it needs is still being fetched."""

    def may_begin(self, state: Running) -> bool:
        return not state.is_busy and state.following in state.fetches


@frozen
class RunsBeside(Prefetcher):
    """Begins a stage as soon as what it needs is there."""

    def may_begin(self, state: Running) -> bool:
        return state.following in state.there


@frozen
class RunsWhatItLikes(Prefetcher):
    """Begins a stage on any version, and says that it is the present one."""

    def changed(self, state: Running) -> Running:
        after = evolve(state, version=state.version + 1)
        return evolve(after, fetches=Map.of(dict.fromkeys(state.fetches, after.version)))


@frozen
class FetchesWhatWas(Prefetcher):
    """Fetches from the store as it was before."""

    def fetch(self, state: Running) -> Step[Running]:
        after = super().fetch(evolve(state, version=max(0, state.version - 1)))
        return Step(evolve(after.state, version=state.version), after.effects)


@frozen
class NamesTheFirst(Prefetcher):
    """Says of each stage that it runs on the store as it was at first."""

    def begin(self, state: Running) -> Step[Running]:
        return step(super().begin(state).state, Announce(Began(state.following, 0)))


NOTHING_AHEAD = Pitfall(
    "PRE-1",
    "A stage is awaited before anything is done for the next: nothing ever overlaps.",
    breaks=spec.nothing_in_the_window_waits,
    subject=system(1, Run(2), prefetcher=FetchesNothingAhead),
    length=1,
)
USES_WHAT_IT_HAS = Pitfall(
    "PRE-4",
    "A stage is run on what was read before the one before it had written.",
    breaks=spec.it_runs_on_what_is_current,
    subject=system(1, Run(2), prefetcher=UsesWhatItHas),
    length=4,
)
SHOWS_IT = Pitfall(
    "PRE-4/shown",
    "A stage is run on what it would not have had in sequence.",
    breaks=spec.it_shows_what_the_sequential_run_may_show,
    subject=as_in_sequence(1, Run(2), prefetcher=UsesWhatItHas),
    length=4,
)
FETCHES_FOR_ALL = Pitfall(
    "prefetch_execution.FetchesForAll",
    "All that any stage may need is fetched at once.",
    breaks=spec.nothing_is_fetched_far_ahead,
    subject=system(1, Run(3), prefetcher=FetchesForAll),
    length=1,
)
FETCHES_AGAIN = Pitfall(
    "prefetch_execution.FetchesAgain",
    "What was fetched is fetched again, though nothing has changed.",
    breaks=spec.waste_is_bounded,
    subject=system(1, Run(3), prefetcher=FetchesAgain),
    length=3,
)
FETCHES_FOR_EVER = Pitfall(
    "prefetch_execution.FetchesForEver",
    "What is there is fetched once more, and so for ever.",
    breaks=spec.every_run_ends,
    subject=system(1, Run(1), prefetcher=FetchesForEver),
    length=4,
)
DOES_NOT_WAIT = Pitfall(
    "prefetch_execution.DoesNotWaitForIt",
    "A stage begins while what it needs is being fetched.",
    breaks=spec.it_runs_on_what_is_current,
    subject=system(1, Run(2), prefetcher=DoesNotWaitForIt),
    length=2,
)
RUNS_BESIDE = Pitfall(
    "prefetch_execution.RunsBeside",
    "A stage begins while the one before it runs.",
    breaks=spec.one_after_the_other,
    subject=system(1, Run(2), prefetcher=RunsBeside),
    length=3,
)
RUNS_WHAT_IT_LIKES = Pitfall(
    "prefetch_execution.RunsWhatItLikes",
    "What was fetched is called current, and is not.",
    breaks=spec.it_runs_on_what_is_current,
    subject=system(1, Run(2), prefetcher=RunsWhatItLikes),
    length=4,
)
FETCHES_WHAT_WAS = Pitfall(
    "prefetch_execution.FetchesWhatWas",
    "What is fetched after a change is what was there before.",
    breaks=spec.it_runs_on_what_is_current,
    subject=system(0, Run(2), prefetcher=FetchesWhatWas),
    length=4,
)
NAMES_THE_FIRST = Pitfall(
    "prefetch_execution.NamesTheFirst",
    "A stage is said to run on another version than it does.",
    breaks=spec.it_runs_on_what_is_current,
    subject=system(0, Run(2), prefetcher=NamesTheFirst),
    length=4,
)
