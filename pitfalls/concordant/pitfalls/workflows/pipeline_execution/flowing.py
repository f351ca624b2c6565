"""Composition as the documents have it, and what goes wrong with stages, buffers and failures."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.pipeline_execution import AtWork, Endings, Flow, Pipeline, parts, system
from concordant.spec.vocabulary import Announce
from concordant.spec.workflows.pipeline_execution import (
    Began,
    Fails,
    Finishes,
    PipelineView,
    Yields,
)
from concordant.spec.workflows.pipeline_execution import clauses as spec

# ---- stages and buffers


@frozen
class Composes(Pipeline):
    """Applies one stage after the other to an item, as the documents do, and then turns to the next."""

    def may_begin(self, state: Flow, stage: int) -> bool:
        return not any(state.stages) and not any(state.buffers[stage + 1 :])


@frozen
class FeedsNothingOn(Pipeline):
    """Takes what a stage returns for an item, also where it returns nothing."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        work = state.stages[trigger.stage]
        if isinstance(trigger, Yields) or work is None or work.made > 0:
            return super().fire(state, trigger)
        return super().fire(state, Yields(trigger.stage)).then(lambda after: super(FeedsNothingOn, self).fire(after, trigger))


@frozen
class TakesTheNewest(Pipeline):
    """Uses buffers as stacks."""

    def with_last_first(self, state: Flow, place: int) -> Flow:
        return state.with_buffer(place, (*state.buffers[place][-1:], *state.buffers[place][:-1]))

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        return super().hand_out(self.with_last_first(state, len(state.buffers) - 1))


@frozen
class BeginsTheNewest(TakesTheNewest):
    """Gives a stage what came last."""

    def begin(self, state: Flow) -> Step[Flow] | None:
        return super().begin(self.with_last_first(state, 0))

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        return Pipeline.hand_out(self, state)


@frozen
class LeavesACopy(Pipeline):
    """Hands out an item, and leaves it in the buffer."""

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        after = super().hand_out(state)
        return after and Step(evolve(after.state, buffers=state.buffers), after.effects)


@frozen
class DoesNotWaitForTheStage(Pipeline):
    """Gives a stage the next item whether or not it has ended the one before."""

    def may_begin(self, state: Flow, stage: int) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class KnowsNoBounds(Pipeline):
    """Lets buffers grow."""

    def has_room(self, state: Flow, place: int) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class HidesWhatIsHeld(Pipeline):
    """Shows what is in buffers alone."""

    def view(self, state: Flow) -> PipelineView:
        return evolve(super().view(state), held=(None,) * len(state.stages))


# ---- failures


@frozen
class ForgetsFailures(Pipeline):
    """Drops an item on which a stage fails."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        return super().fire(state, Finishes(trigger.stage) if isinstance(trigger, Fails) else trigger)


@frozen
class TriesForEver(Pipeline):
    """Lets a stage that fails begin again, until it succeeds."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        work = state.stages[trigger.stage]
        if not isinstance(trigger, Fails) or work is None:
            return super().fire(state, trigger)
        again = AtWork(work.item)
        return step(state.with_stage(trigger.stage, again), Announce(Began(trigger.stage, again.item)))


COMPOSES = Pitfall(
    "PIP-1",
    "An item goes through all stages before the next begins: no two stages ever work at the same time.",
    breaks=spec.nothing_waits_without_need,
    subject=system(1, 1, 1, pipeline=Composes),
    length=2,
)


FEEDS_NOTHING_ON = Pitfall(
    "PIP-2",
    "A stage that makes nothing of an item passes nothing on, as if it were an item.",
    breaks=spec.every_stage_works_in_turn,
    subject=system(1, 1, 1, items=1, made=parts(0, 1), pipeline=FeedsNothingOn),
    length=2,
)


FORGETS_FAILURES = Pitfall(
    "PIP-3",
    "An item on which a stage fails is gone, and nobody is told which it was.",
    breaks=spec.the_end_tells_what_did_not_come_out,
    subject=system(1, 1, items=1, made=parts(1, 1, failures=1), pipeline=ForgetsFailures),
    length=3,
)


TAKES_THE_NEWEST = Pitfall(
    "pipeline_execution.TakesTheNewest",
    "Of what has come out the last is taken first.",
    breaks=spec.order_is_kept,
    subject=system(1, 2, pipeline=TakesTheNewest),
    length=7,
)


BEGINS_THE_NEWEST = Pitfall(
    "pipeline_execution.BeginsTheNewest",
    "A stage begins what came last.",
    breaks=spec.every_stage_works_in_turn,
    subject=system(2, 1, items=3, pipeline=BeginsTheNewest),
    length=5,
)


LEAVES_A_COPY = Pitfall(
    "pipeline_execution.LeavesACopy",
    "What was taken out can be taken out again.",
    breaks=spec.what_is_taken_was_made,
    subject=system(1, 1, items=1, pipeline=LeavesACopy),
    length=4,
)


DOES_NOT_WAIT_FOR_THE_STAGE = Pitfall(
    "pipeline_execution.DoesNotWaitForTheStage",
    "A stage is given an item while it works on another.",
    breaks=spec.one_item_at_a_time,
    subject=system(1, 1, pipeline=DoesNotWaitForTheStage),
    length=2,
)


KNOWS_NO_BOUNDS = Pitfall(
    "pipeline_execution.KnowsNoBounds",
    "Buffers have no bounds: whoever is quicker fills them.",
    breaks=spec.buffers_are_bounded,
    subject=system(1, 1, items=3, pipeline=KnowsNoBounds),
    length=3,
)


HIDES_WHAT_IS_HELD = Pitfall(
    "pipeline_execution.HidesWhatIsHeld",
    "What a stage cannot pass on is shown nowhere.",
    breaks=spec.the_view_is_true,
    subject=system(1, 1, pipeline=HidesWhatIsHeld),
    length=5,
)


TRIES_FOR_EVER = Pitfall(
    "pipeline_execution.TriesForEver",
    "A stage that fails begins again: an item on which it always fails keeps all that is behind it for ever.",
    breaks=spec.who_takes_is_served,
    subject=system(1, 1, items=1, takes=1, made=parts(1, 0, failures=2), pipeline=TriesForEver),
    length=4,
)
