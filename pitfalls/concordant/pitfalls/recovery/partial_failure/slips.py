"""Slips in our own gatherer, one for each part of a clause that nothing else breaks."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.recovery.partial_failure.made import ALL_OR_UNDO, ANY, wrong
from concordant.refimpl.machine import Step, step
from concordant.refimpl.recovery.partial_failure import THREE, Gatherer, Gathering, State, Trigger, Undoing
from concordant.spec.recovery import partial_failure as spec
from concordant.spec.recovery.partial_failure import (
    NO_STAGES,
    Aborted,
    Began,
    Cancelled,
    Failed,
    GathererView,
    Policy,
    Result,
    RunAll,
    Succeeded,
    Undoes,
    Undone,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Rejected, Reply


@frozen
class DecidesAtOnce(Gatherer):
    """Does not wait for what still runs once enough have succeeded."""

    def running(self, task: Gathering) -> tuple[str, ...]:
        return () if self.is_enough(task) else super().running(task)


@frozen
class UndoesInOrder(Gatherer):
    """Undoes what succeeded first, first."""

    def undo(self, state: State, task: Undoing) -> Step[State]:
        return super().undo(state, task if task.undone else evolve(task, left=task.left[::-1]))


@frozen
class UndoesAll(Gatherer):
    """Undoes what has succeeded whatever the policy says."""

    def go_on(self, state: State, task: Gathering) -> Step[State]:
        if self.running(task) or self.is_enough(task):
            return super().go_on(state, task)
        return self.undo(state, Undoing(task.client, task.results, task.succeeded[::-1]))


@frozen
class UndoesOne(Gatherer):
    """Undoes what succeeded last, and nothing else."""

    def undo(self, state: State, task: Undoing) -> Step[State]:
        return super().undo(state, evolve(task, left=()) if task.undone else task)


@frozen
class SaysThatNothingWasUndone(Gatherer):
    """Undoes what has succeeded, and does not say so."""

    def undo(self, state: State, task: Undoing) -> Step[State]:
        after = super().undo(state, task)
        return after if task.left else step(after.state, Reply(task.client, Aborted(task.results, ())))


@frozen
class KeepsWhatIsAborted(Gatherer):
    """Puts values into the context as they come."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        context = state.context.put(stage, result.value) if isinstance(result, Succeeded) else state.context
        return super().ended(evolve(state, context=context), task, stage, result)


@frozen
class RunsAgainForEver(Gatherer):
    """Begins again whatever has failed."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        return super().ended(state, evolve(task, left=task.left.put(stage, 1)), stage, result)


@frozen
class RunsTwice(Gatherer):
    """Runs a stage twice that is named twice."""

    def flaw(self, stages: tuple[str, ...]) -> Rejected | None:
        return None if stages else NO_STAGES


@frozen
class RunsAgainWhatWasCancelled(Gatherer):
    """Takes for a failure that a stage was cancelled."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        return super().ended(state, task, stage, Failed() if result == Cancelled() and task.left[stage] else result)


@frozen
class RunsTwiceAtOnce(Gatherer):
    """Begins every stage twice, in case one attempt fails."""

    def begin(self, state: State, client: Address, stages: tuple[str, ...]) -> Step[State]:
        begun = super().begin(state, client, stages)
        return step(begun.state, *begun.effects, *begun.effects)


@frozen
class RunsWhatNobodyAskedFor(Gatherer):
    """Begins a stage of its own."""

    def begin(self, state: State, client: Address, stages: tuple[str, ...]) -> Step[State]:
        begun = super().begin(state, client, stages)
        return step(begun.state, *begun.effects, Announce(Began("log")))


@frozen
class FailsFast(Gatherer):
    """Undoes what has succeeded as soon as one stage has failed."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        if result == Failed() and task.succeeded:
            return self.undo(state, Undoing(task.client, task.results.put(stage, result), task.succeeded[::-1]))
        return super().ended(state, task, stage, result)


@frozen
class UndoesThoughEnough(Gatherer):
    """Undoes what has succeeded whenever something has failed."""

    def go_on(self, state: State, task: Gathering) -> Step[State]:
        if self.running(task) or Failed() not in task.results.values():
            return super().go_on(state, task)
        return self.undo(state, Undoing(task.client, task.results, task.succeeded[::-1]))


@frozen
class UndoesAllAtOnce(Gatherer):
    """Begins to undo all that has succeeded at once."""

    def undo(self, state: State, task: Undoing) -> Step[State]:
        after = super().undo(state, task)
        return step(after.state, *after.effects, *(Announce(Undoes(stage)) for stage in task.left[1:]))


@frozen
class UndoesEachTwice(Gatherer):
    """Undoes what has succeeded, and makes sure."""

    def undo(self, state: State, task: Undoing) -> Step[State]:
        if len(task.undone) % 2 == 0:
            return super().undo(state, task)
        return step(evolve(state, task=evolve(task, left=(task.undone[-1], *task.left))))


@frozen
class NeverGoesOn(Gatherer):
    """Aborts unless all stages succeed, whatever the policy needs."""

    def is_enough(self, task: Gathering) -> bool:
        return len(task.succeeded) == len(task.stages)


@frozen
class ShowsNothing(Gatherer):
    """Shows that nothing runs."""

    def view(self, state: State) -> GathererView:
        return GathererView(state.context, ())


@frozen
class LetsItRun(Gatherer):
    """Lets what runs come to its end, whoever cancels it."""

    def cancel(self, state: State, client: Address) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class AnswersWhoCancels(Gatherer):
    """Answers at once who cancels, and again when all is undone."""

    def cancel(self, state: State, client: Address) -> Step[State] | None:
        after = super().cancel(state, client)
        if after is None or any(isinstance(each, Reply) for each in after.effects):
            return after
        return step(after.state, *after.effects, Reply(client, Aborted(Map(), ())))


@frozen
class ForgetsToUndo(Gatherer):
    """Says that it undoes what has succeeded, and does not."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return tuple(each for each in super().armed(state) if not isinstance(each, Undone))


@frozen
class UndoesAgain(Gatherer):
    """Does not know that something is undone, and undoes it again."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return step(state) if isinstance(trigger, Undone) else super().fire(state, trigger)


DECIDES_AT_ONCE = wrong(
    DecidesAtOnce,
    "One stage has succeeded, which is enough: what becomes of the other is told to nobody.",
    spec.every_stage_has_its_own_result,
    2,
    policy=ANY,
)
UNDOES_IN_ORDER = wrong(
    UndoesInOrder,
    "Of two that have succeeded the first is undone first, while the second still builds on it.",
    spec.is_undone_in_reverse,
    4,
    THREE,
    policy=ALL_OR_UNDO,
)
UNDOES_ALL = wrong(UndoesAll, "What has succeeded is undone though the policy leaves it alone.", spec.is_undone_in_reverse, 3)
UNDOES_ONE = wrong(UndoesOne, "Of two that have succeeded one is undone.", spec.all_is_undone, 5, THREE, policy=ALL_OR_UNDO)
SAYS_THAT_NOTHING_WAS_UNDONE = wrong(
    SaysThatNothingWasUndone, "What succeeded was undone, and its user is told that it was not.", spec.all_is_undone, 4, policy=ALL_OR_UNDO
)
KEEPS_WHAT_IS_ABORTED = wrong(KeepsWhatIsAborted, "Values are in the context before it is decided to keep them.", spec.the_view_is_true, 2)
RUNS_AGAIN_FOR_EVER = wrong(
    RunsAgainForEver, "A stage that fails is run again, however often it has failed.", spec.is_run_as_often_as_it_may, 2
)
RUNS_TWICE = wrong(
    RunsTwice, "One stage is named twice and run twice, and has one result.", spec.is_run_as_often_as_it_may, 1, RunAll(("draft", "draft"))
)
RUNS_AGAIN_WHAT_WAS_CANCELLED = wrong(
    RunsAgainWhatWasCancelled, "A stage is cancelled, and run again.", spec.is_run_as_often_as_it_may, 2, policy=Policy(again=1)
)
RUNS_TWICE_AT_ONCE = wrong(
    RunsTwiceAtOnce, "A stage is begun again that has not failed yet.", spec.is_run_as_often_as_it_may, 1, policy=Policy(again=1)
)
RUNS_WHAT_NOBODY_ASKED_FOR = wrong(RunsWhatNobodyAskedFor, "A stage is run that nobody has asked for.", spec.is_run_as_often_as_it_may, 1)
FAILS_FAST = wrong(
    FailsFast,
    "A stage has failed, and what succeeded is undone while others still run.",
    spec.is_undone_in_reverse,
    3,
    THREE,
    policy=ALL_OR_UNDO,
)
UNDOES_THOUGH_ENOUGH = wrong(
    UndoesThoughEnough,
    "Enough have succeeded, and are undone since another has failed.",
    spec.is_undone_in_reverse,
    3,
    policy=Policy(1, undoes=True),
)
UNDOES_ALL_AT_ONCE = wrong(
    UndoesAllAtOnce, "All that has succeeded is undone at once, in any order.", spec.is_undone_in_reverse, 4, THREE, policy=ALL_OR_UNDO
)
UNDOES_EACH_TWICE = wrong(
    UndoesEachTwice, "What has succeeded is undone twice before the next.", spec.is_undone_in_reverse, 6, THREE, policy=ALL_OR_UNDO
)
NEVER_GOES_ON = wrong(NeverGoesOn, "One success is enough, and not enough.", spec.the_policy_decides, 3, policy=ANY)
SHOWS_NOTHING = wrong(ShowsNothing, "What runs is not shown.", spec.the_view_is_true, 1)
LETS_IT_RUN = wrong(LetsItRun, "Stages that are cancelled run on.", spec.what_is_cancelled_runs_no_more, 2, faults=Faults(cancellations=1))
ANSWERS_WHO_CANCELS = wrong(
    AnswersWhoCancels,
    "Who cancels is answered at once, and again when what had succeeded is undone.",
    spec.nobody_is_answered_twice,
    4,
    policy=ALL_OR_UNDO,
    faults=Faults(cancellations=1),
)
FORGETS_TO_UNDO = wrong(
    ForgetsToUndo, "Nobody undoes what has succeeded, and its user waits for that.", spec.nobody_waits, 3, policy=ALL_OR_UNDO
)
WAITS_FOR_EVER = wrong(
    ForgetsToUndo,
    "Nobody undoes what has succeeded, and its user is never answered.",
    spec.every_call_ends,
    3,
    policy=ALL_OR_UNDO,
    id="partial_failure.ForgetsToUndo/ever",
)
UNDOES_AGAIN = wrong(UndoesAgain, "One stage is undone again and again.", spec.every_call_ends, 6, policy=ALL_OR_UNDO)


@frozen
class OneBudget(Gatherer):
    """Counts for all stages together how often one may be begun again."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        if result != Failed():
            return super().ended(state, task, stage, result)
        left = Map.of((other, times if other == stage else max(0, times - 1)) for other, times in task.left.items())
        return super().ended(state, evolve(task, left=left), stage, result)


ONE_BUDGET = wrong(
    OneBudget,
    "What one stage has failed is taken from the attempts of another, which has failed too early.",
    spec.is_run_again_while_it_may,
    4,
    policy=Policy(again=1),
)
