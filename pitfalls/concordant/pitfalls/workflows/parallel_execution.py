"""Wrong forks: the documents' shared context and lost siblings, and what else goes wrong between a fork and its join."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.parallel_execution import Endings, Fork, Idle, Phase, Running, State, flaw, system
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Rejected, Reply
from concordant.spec.workflows import parallel_execution as spec
from concordant.spec.workflows.parallel_execution import AskedToStop, Context, End, Fails, ForkView, Joined, OnFailure, Run
from concordant.spec.workflows.shared.stages import Stage

A, B, C, B_AFTER_A = Stage("a"), Stage("b"), Stage("c"), Stage("b", ("a",))
AB = Run((A, B))

# ---- the context


@frozen
class SharesTheContext(Fork):
    """Gives all stages one context, into which each puts what it returns."""

    def sees(self, state: Running) -> Context:
        return Map.of((*state.given.items(), *state.returned.items()))


@frozen
class LosesWhatSucceeded(Fork):
    """Raises the first failure, and gives back what it was given."""

    def joined(self, state: Running) -> Joined:
        after = super().joined(state)
        return evolve(after, context=state.given) if End.FAILED in after.ends.values() else after


@frozen
class TheLastWins(Fork):
    """Takes several stages of one name."""

    def refuses(self, run: Run) -> str | None:
        return flaw(evolve(run, stages=tuple({stage.name: stage for stage in run.stages}.values())))


@frozen
class IgnoresDependencies(Fork):
    """Runs stages side by side that depend on each other."""

    def refuses(self, run: Run) -> str | None:
        return flaw(evolve(run, stages=tuple(Stage(stage.name) for stage in run.stages)))


@frozen
class RefusesNothingToDo(Fork):
    """Turns away a run without stages."""

    def refuses(self, run: Run) -> str | None:
        return super().refuses(run) if run.stages else "there is nothing to run"


@frozen
class LeavesTheFirstToOthers(Fork):
    """Begins with one stage less than was asked for."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        return super().request(state, client, evolve(request, stages=request.stages[1:]))


@frozen
class TakesOnMore(Fork):
    """Begins a run while another is under way, and forgets that."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:  # noqa: ARG002  # that is the mistake
        return super().request(Idle(), client, request)


# ---- what starts


@frozen
class OneByOne(Fork):
    """Runs one stage after the other."""

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        return Fork.go_on(evolve(self, width=1), state, *before)


@frozen
class CountsNoWorkers(Fork):
    """Starts all at once."""

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        return Fork.go_on(evolve(self, width=len(state.stages) or 1), state, *before)


@frozen
class FirstWins(Fork):
    """Leaves out what waits once a stage has succeeded."""

    def ended(self, state: Running, name: str, end: End) -> Running:
        after = super().ended(state, name, end)
        return evolve(after, stages=Map.of({n: End.LEFT_OUT if phase is Phase.WAITS else phase for n, phase in after.stages.items()}))


@frozen
class StartsAgain(Fork):
    """Lets a stage that has succeeded start again while others run, so that nothing is old."""

    def ended(self, state: Running, name: str, end: End) -> Running:
        again = end is End.SUCCEEDED and len(state.names(*Phase)) > 1
        return evolve(state, stages=state.stages.put(name, Phase.WAITS)) if again else super().ended(state, name, end)


# ---- who is stopped


@frozen
class LeavesNothingOut(Fork):
    """Asks what runs to stop, and starts what waits."""

    def stop(self, state: Running) -> Step[State]:
        asked = state.names(Phase.RUNS)
        stages = Map.of({name: Phase.STOPS if name in asked else phase for name, phase in state.stages.items()})
        return self.go_on(evolve(state, stages=stages), *(Announce(AskedToStop(name)) for name in asked))


@frozen
class AlwaysStops(Fork):
    """Stops the others at a failure, also where they are to go on."""

    def fire(self, state: State, trigger: Endings) -> Step[State]:
        return Fork.fire(evolve(self, on_failure=OnFailure.STOP), state, trigger)


@frozen
class AsksNobody(Fork):
    """Starts nothing more after a failure, and lets what runs go on."""

    def stop(self, state: Running) -> Step[State]:
        waiting = state.names(Phase.WAITS)
        return self.go_on(evolve(state, stages=Map.of({n: End.LEFT_OUT if n in waiting else phase for n, phase in state.stages.items()})))


@frozen
class AsksWhoHasEnded(Fork):
    """Asks all to stop, those that have ended, too."""

    def stop(self, state: Running) -> Step[State]:
        after = super().stop(state)
        return Step(after.state, (*(Announce(AskedToStop(name)) for name in state.names(End.SUCCEEDED)), *after.effects))


@frozen
class AsksAgain(Fork):
    """Asks all that have not ended to stop whenever one fails."""

    def stop(self, state: Running) -> Step[State]:
        after = super().stop(state)
        return Step(after.state, (*(Announce(AskedToStop(name)) for name in state.names(Phase.STOPS)), *after.effects))


@frozen
class HidesWhoWaits(Fork):
    """Shows what runs alone."""

    def view(self, state: State) -> ForkView:
        return evolve(super().view(state), waiting=())


@frozen
class HidesWhoWasAsked(Fork):
    """Shows what runs, and not that it is to stop."""

    def view(self, state: State) -> ForkView:
        return evolve(super().view(state), asked=())


@frozen
class HidesWhoStops(Fork):
    """Counts a stage that was asked to stop as ended."""

    def view(self, state: State) -> ForkView:
        shown = super().view(state)
        return evolve(shown, running=tuple(name for name in shown.running if name not in shown.asked))


# ---- the join


@frozen
class ReturnsAtOnce(Fork):
    """Answers at the first failure, as the documents do, while the others still run."""

    def fire(self, state: State, trigger: Endings) -> Step[State]:
        after = super().fire(state, trigger)
        if not isinstance(trigger, Fails) or isinstance(after.state, Idle):
            return after
        return step(Idle(), *after.effects, Reply(after.state.client, self.joined(after.state)))


@frozen
class AnswersWhoCancels(Fork):
    """Tells who cancels that this was done, and what became of it, too."""

    def cancel(self, state: State, client: Address) -> Step[State] | None:
        after = super().cancel(state, client)
        return after and step(after.state, *after.effects, Reply(client, Rejected("it was cancelled")))


@frozen
class WaitsForTheLast(Fork):
    """Joins when a stage has ended and none is left, and so never where there was none."""

    def is_over(self, state: Running) -> bool:
        return bool(state.stages) and super().is_over(state)


SHARED = Pitfall(
    "PAR-1",
    "All stages have one context: what a stage sees depends on which others have ended, and one overwrites what another has counted.",
    breaks=spec.all_see_the_same,
    subject=system(AB, width=1, fork=SharesTheContext),
    length=2,
)
RETURNS_AT_ONCE = Pitfall(
    "PAR-2",
    "When a stage fails the others are left behind: they run on after the client was told that it is over.",
    breaks=spec.the_join_waits_for_all,
    subject=system(AB, failing=("a",), fork=ReturnsAtOnce),
    length=2,
)
LOSES_WHAT_SUCCEEDED = Pitfall(
    "PAR-2/lost",
    "When a stage fails, what the others have returned is lost.",
    breaks=spec.the_outcome_is_determinate,
    subject=system(AB, failing=("a",), fork=LosesWhatSucceeded),
    length=3,
)
THE_LAST_WINS = Pitfall(
    "PAR-3",
    "Of several stages of one name the last in the list wins.",
    breaks=spec.only_what_is_independent_runs_side_by_side,
    subject=system(Run((A, A)), fork=TheLastWins),
    length=1,
)
IGNORES_DEPENDENCIES = Pitfall(
    "PAR-4",
    "A stage runs beside one on which it depends.",
    breaks=spec.only_what_is_independent_runs_side_by_side,
    subject=system(Run((A, B_AFTER_A)), fork=IgnoresDependencies),
    length=1,
)
REFUSES_NOTHING_TO_DO = Pitfall(
    "parallel_execution.RefusesNothingToDo",
    "A run without stages is turned away, though nothing is wrong with it.",
    breaks=spec.a_rejection_is_true,
    subject=system(Run(()), fork=RefusesNothingToDo),
    length=1,
)
ONE_BY_ONE = Pitfall(
    "parallel_execution.OneByOne",
    "Stages run one after the other, while workers are idle.",
    breaks=spec.nobody_is_idle,
    subject=system(AB, fork=OneByOne),
    length=1,
)
LEAVES_ONE = Pitfall(
    "parallel_execution.LeavesTheFirstToOthers",
    "Not all stages run that were asked for.",
    breaks=spec.only_what_is_independent_runs_side_by_side,
    subject=system(AB, fork=LeavesTheFirstToOthers),
    length=1,
)
TAKES_ON_MORE = Pitfall(
    "parallel_execution.TakesOnMore",
    "A run takes the place of another, whose client is forgotten.",
    breaks=spec.only_what_is_independent_runs_side_by_side,
    subject=system(AB, rival=(AB,), fork=TakesOnMore),
    length=2,
)
COUNTS_NO_WORKERS = Pitfall(
    "parallel_execution.CountsNoWorkers",
    "More stages run than there are workers.",
    breaks=spec.nobody_is_idle,
    subject=system(AB, width=1, fork=CountsNoWorkers),
    length=1,
)
FIRST_WINS = Pitfall(
    "parallel_execution.FirstWins",
    "A stage is left out although nothing has failed.",
    breaks=spec.the_outcome_is_determinate,
    subject=system(AB, width=1, fork=FirstWins),
    length=2,
)
STARTS_AGAIN = Pitfall(
    "parallel_execution.StartsAgain",
    "A stage that has ended is started again while another runs.",
    breaks=spec.each_starts_once,
    subject=system(AB, fork=StartsAgain),
    length=2,
)
NEVER_READY = Pitfall(
    "parallel_execution.StartsAgain/ends",
    "Two stages that are started again by turns run for ever.",
    breaks=spec.every_run_is_joined,
    subject=system(AB, fork=StartsAgain),
    length=5,
)
LEAVES_NOTHING_OUT = Pitfall(
    "parallel_execution.LeavesNothingOut",
    "After a failure what waits is started all the same.",
    breaks=spec.nothing_starts_that_is_to_be_stopped,
    subject=system(AB, width=1, failing=("a",), fork=LeavesNothingOut),
    length=2,
)
ALWAYS_STOPS = Pitfall(
    "parallel_execution.AlwaysStops",
    "A failure stops the others, although all are to be waited for.",
    breaks=spec.nobody_is_stopped_without_need,
    subject=system(AB, on_failure=OnFailure.WAIT, failing=("a",), fork=AlwaysStops),
    length=2,
)
ASKS_NOBODY = Pitfall(
    "parallel_execution.AsksNobody",
    "After a failure what runs is waited for, however long it takes, although it is of no use any more.",
    breaks=spec.all_others_are_stopped,
    subject=system(AB, failing=("a",), fork=AsksNobody),
    length=2,
)
ASKS_WHO_HAS_ENDED = Pitfall(
    "parallel_execution.AsksWhoHasEnded",
    "A stage is asked to stop that has ended.",
    breaks=spec.nobody_is_stopped_without_need,
    subject=system(AB, failing=("a",), fork=AsksWhoHasEnded),
    length=3,
)
ASKS_AGAIN = Pitfall(
    "parallel_execution.AsksAgain",
    "A stage is asked to stop again, since another fails.",
    breaks=spec.nobody_is_stopped_without_need,
    subject=system(Run((A, B, C)), width=3, failing=("a", "b"), fork=AsksAgain),
    length=3,
)
HIDES_WHO_WAITS = Pitfall(
    "parallel_execution.HidesWhoWaits",
    "Nobody sees what is yet to run.",
    breaks=spec.the_view_is_true,
    subject=system(AB, width=1, fork=HidesWhoWaits),
    length=1,
)
HIDES_WHO_WAS_ASKED = Pitfall(
    "parallel_execution.HidesWhoWasAsked",
    "Nobody sees that a stage is to stop.",
    breaks=spec.the_view_is_true,
    subject=system(AB, failing=("a",), fork=HidesWhoWasAsked),
    length=2,
)
HIDES_WHO_STOPS = Pitfall(
    "parallel_execution.HidesWhoStops",
    "A stage that was asked to stop is taken for one that has ended.",
    breaks=spec.the_view_is_true,
    subject=system(AB, failing=("a",), fork=HidesWhoStops),
    length=2,
)
ANSWERS_WHO_CANCELS = Pitfall(
    "parallel_execution.AnswersWhoCancels",
    "Who cancels is answered at once, and once more by the join.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(AB, faults=Faults(cancellations=1), fork=AnswersWhoCancels),
    length=4,
)
CANCEL_ABANDONS = Pitfall(
    "parallel_execution.AnswersWhoCancels/orphans",
    "Who cancels is answered at once, while stages run that have yet to stop.",
    breaks=spec.the_join_waits_for_all,
    subject=system(AB, faults=Faults(cancellations=1), fork=AnswersWhoCancels),
    length=2,
)
WAITS_FOR_THE_LAST = Pitfall(
    "parallel_execution.WaitsForTheLast",
    "A run without stages has no last stage that ends: its join never comes.",
    breaks=spec.no_deadlock,
    subject=system(Run(()), fork=WaitsForTheLast),
    length=1,
)
WAITS_FOR_EVER = Pitfall(
    "parallel_execution.WaitsForTheLast/waits",
    "Who asks for a run without stages waits for ever.",
    breaks=spec.every_run_is_joined,
    subject=system(Run(()), fork=WaitsForTheLast),
    length=1,
)
NO_WAY_OUT = Pitfall(
    "parallel_execution.WaitsForTheLast/stuck",
    "A run without stages can never end any more.",
    breaks=spec.a_run_can_be_joined,
    subject=system(Run(()), fork=WaitsForTheLast),
    length=1,
)
