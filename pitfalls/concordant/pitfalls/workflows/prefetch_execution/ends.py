"""Wrong ends of prefetching: what fails, who cancels, and what is told and shown."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.prefetch_execution import Idle, Prefetcher, Running, State, Trigger, as_in_sequence, system
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Reply
from concordant.spec.workflows import prefetch_execution as spec
from concordant.spec.workflows.prefetch_execution import BUSY, Began, Broke, Done, PrefetchView, Ran, Run

# ---- what fails, and what is cancelled


@frozen
class FailsTooEarly(Prefetcher):
    """Ends a run as soon as a fetch has failed, also one that it would not have made in sequence."""

    def go_on(self, state: Running) -> Step[State]:
        return self.failed(state, min(state.missed)) if state.missed else super().go_on(state)


@frozen
class FetchesNoMore(Prefetcher):
    """Waits for what could not be fetched."""

    def cannot_begin(self, state: Running) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class GoesOnAfterAFailure(Prefetcher):
    """Takes a stage that has failed for one that has ended."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return super().fire(state, Ran(changes=False) if isinstance(trigger, Broke) else trigger)


@frozen
class EndsTheStageFirst(Prefetcher):
    """Who cancels a run waits until it has ended by itself."""

    def cancel(self, state: State, client: Address) -> Step[State]:  # noqa: ARG002  # that is the mistake
        return step(state)


# ---- what is told


@frozen
class ReturnsNothing(Prefetcher):
    """Runs all stages, and returns nothing."""

    def told(self, state: Running) -> Done:  # noqa: ARG002  # that is the mistake
        return Done(())


@frozen
class TakesTheFirst(Prefetcher):
    """Looks at the first stage before it looks whether there is one."""

    def is_over(self, state: Running) -> bool:
        return state.stages > 0 and super().is_over(state)


@frozen
class EndsWithTheFirst(Prefetcher):
    """Ends when a stage has run."""

    def is_over(self, state: Running) -> bool:
        return state.following > 0 and not state.is_busy


@frozen
class TellsTheRival(Prefetcher):
    """Tells another client how far it is."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        return step(state, Reply(client, Done(state.had))) if isinstance(state, Running) else super().request(state, client, request)


@frozen
class EndsWithTheLast(Prefetcher):
    """Ends when the last stage has begun."""

    def go_on(self, state: Running) -> Step[State]:
        after = super().go_on(state)
        if isinstance(after.state, Running) and after.state.following == after.state.stages:
            return step(Idle(), *after.effects, Reply(after.state.client, self.told(after.state)))
        return after


@frozen
class TurnsAway(Prefetcher):
    """Turns away a run without stages."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        return step(state, Reply(client, BUSY)) if request.stages == 0 else super().request(state, client, request)


@frozen
class TellsHowFarItIs(Prefetcher):
    """Tells its client of each stage that begins, and of the end."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        began = any(isinstance(each, Announce) and isinstance(each.event, Began) for each in after.effects)
        if began and isinstance(after.state, Running):
            return step(after.state, *after.effects, Reply(after.state.client, Done(after.state.had)))
        return after


@frozen
class HidesTheRest(Prefetcher):
    """Shows what runs alone."""

    def view(self, state: State) -> PrefetchView:
        return evolve(super().view(state), fetches=Map())


@frozen
class HidesWhatRuns(Prefetcher):
    """Shows what is fetched alone."""

    def view(self, state: State) -> PrefetchView:
        return evolve(super().view(state), running=None)


RETURNS_NOTHING = Pitfall(
    "PRE-2",
    "All stages run, and their client is told nothing of it.",
    breaks=spec.an_answer_is_true,
    subject=system(1, Run(1), prefetcher=ReturnsNothing),
    length=3,
)
TAKES_THE_FIRST = Pitfall(
    "PRE-3",
    "A run without stages fails on the first one, and its client hears nothing.",
    breaks=spec.no_deadlock,
    subject=system(1, Run(0), prefetcher=TakesTheFirst),
    length=1,
)
NEVER_OVER = Pitfall(
    "PRE-3/waits",
    "Who asks for a run without stages waits for ever.",
    breaks=spec.every_run_ends,
    subject=system(1, Run(0), prefetcher=TakesTheFirst),
    length=1,
)
NO_WAY_OUT = Pitfall(
    "PRE-3/stuck",
    "A run without stages can never end.",
    breaks=spec.a_run_can_end,
    subject=system(1, Run(0), prefetcher=TakesTheFirst),
    length=1,
)
RESTS_TOO_EARLY = Pitfall(
    "PRE-3/rests",
    "Nothing is done for a run without stages, which in sequence ends.",
    breaks=spec.it_rests_where_the_sequential_run_may_rest,
    subject=as_in_sequence(1, Run(0), prefetcher=TakesTheFirst),
    length=1,
)
FAILS_TOO_EARLY = Pitfall(
    "prefetch_execution.FailsTooEarly",
    "A run fails of what is fetched ahead, while a stage runs that may change the store.",
    breaks=spec.an_answer_is_true,
    subject=system(1, Run(2), can_fail=True, prefetcher=FailsTooEarly),
    length=2,
)
SHOWS_A_FAILURE = Pitfall(
    "prefetch_execution.FailsTooEarly/shown",
    "A run fails where it would not have done so in sequence.",
    breaks=spec.it_shows_what_the_sequential_run_may_show,
    subject=as_in_sequence(1, Run(2), can_fail=True, prefetcher=FailsTooEarly),
    length=2,
)
FETCHES_NO_MORE = Pitfall(
    "prefetch_execution.FetchesNoMore",
    "A fetch fails, and the stage for which it was waits for it.",
    breaks=spec.a_failure_ends_the_run,
    subject=system(0, Run(1), can_fail=True, prefetcher=FetchesNoMore),
    length=2,
)
GOES_ON = Pitfall(
    "prefetch_execution.GoesOnAfterAFailure",
    "A stage fails, and the next one begins.",
    breaks=spec.a_failure_ends_the_run,
    subject=system(0, Run(2), can_fail=True, prefetcher=GoesOnAfterAFailure),
    length=3,
)
WAITS_FOR_THE_END = Pitfall(
    "prefetch_execution.EndsTheStageFirst",
    "A run is cancelled, and its client waits for whatever is being fetched.",
    breaks=spec.who_cancels_goes_at_once,
    subject=system(0, Run(1), faults=Faults(cancellations=1), prefetcher=EndsTheStageFirst),
    length=2,
)
ENDS_WITH_THE_FIRST = Pitfall(
    "prefetch_execution.EndsWithTheFirst",
    "A client is told that all have run when one has.",
    breaks=spec.an_answer_is_true,
    subject=system(0, Run(2), prefetcher=EndsWithTheFirst),
    length=3,
)
TELLS_THE_RIVAL = Pitfall(
    "prefetch_execution.TellsTheRival",
    "Another client is told of a run that is not its own.",
    breaks=spec.an_answer_is_true,
    subject=system(0, Run(1), rival=(Run(1),), prefetcher=TellsTheRival),
    length=2,
)
ENDS_WITH_THE_LAST = Pitfall(
    "prefetch_execution.EndsWithTheLast",
    "A client is told that all have run when the last has begun.",
    breaks=spec.an_answer_is_true,
    subject=system(1, Run(1), prefetcher=EndsWithTheLast),
    length=2,
)
TURNS_AWAY = Pitfall(
    "prefetch_execution.TurnsAway",
    "Who wants nothing is told that others are under way.",
    breaks=spec.an_answer_is_true,
    subject=system(1, Run(0), prefetcher=TurnsAway),
    length=1,
)
TELLS_HOW_FAR_IT_IS = Pitfall(
    "prefetch_execution.TellsHowFarItIs",
    "A client is answered for each stage that begins.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, Run(1), prefetcher=TellsHowFarItIs),
    length=3,
)
HIDES_THE_REST = Pitfall(
    "prefetch_execution.HidesTheRest",
    "Nobody sees what is being fetched.",
    breaks=spec.the_view_is_true,
    subject=system(1, Run(1), prefetcher=HidesTheRest),
    length=1,
)
HIDES_WHAT_RUNS = Pitfall(
    "prefetch_execution.HidesWhatRuns",
    "Nobody sees which stage runs.",
    breaks=spec.the_view_is_true,
    subject=system(1, Run(1), prefetcher=HidesWhatRuns),
    length=2,
)
