"""`execute_with_partial_failure` of the documents, defect by defect: a list of what has not failed, and nobody who decides."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.recovery.partial_failure.made import ANY, wrong
from concordant.refimpl.machine import Step, step
from concordant.refimpl.recovery.partial_failure import Gatherer, Gathering, State
from concordant.spec.recovery import partial_failure as spec
from concordant.spec.recovery.partial_failure import (
    Cancelled,
    Continued,
    Failed,
    Result,
    RunAll,
    Succeeded,
)
from concordant.spec.vocabulary import Address, Map, Rejected, Reply


@frozen
class AsWritten(Gatherer):
    """Keeps a list of the values of what has not failed, and goes on with that: whoever wants to know whose they are goes by their places."""

    def is_enough(self, task: Gathering) -> bool:  # noqa: ARG002  # nothing is decided
        return True

    def go_on(self, state: State, task: Gathering) -> Step[State]:
        after = super().go_on(state, task)
        if self.running(task):
            return after
        values = [task.results[stage] for stage in task.stages if task.results[stage] != Failed()]
        return step(State(context=state.context), Reply(task.client, Continued(Map.of(zip(task.stages, values, strict=False)))))


@frozen
class TakesNothingForAnything(Gatherer):
    """Runs no stages as it runs any."""

    def flaw(self, stages: tuple[str, ...]) -> Rejected | None:
        return None if stages == () else super().flaw(stages)

    def begin(self, state: State, client: Address, stages: tuple[str, ...]) -> Step[State]:
        return super().begin(state, client, stages) if stages else step(state, Reply(client, Continued(Map())))


@frozen
class CountsWhatWasCancelled(Gatherer):
    """Takes for a success what is no error: what cancelling leaves is none."""

    def is_enough(self, task: Gathering) -> bool:
        cancelled = tuple(stage for stage, result in task.results.items() if result == Cancelled())
        return super().is_enough(evolve(task, succeeded=(*task.succeeded, *cancelled)))


@frozen
class LooksAtValues(Gatherer):
    """Takes for a failure whatever is an error, also one that a stage has returned."""

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        return super().ended(state, task, stage, Failed() if result == Succeeded(Failed()) else result)


@frozen
class KeepsNothing(Gatherer):
    """Hands the values to who asked, and leaves the context as it is."""

    def go_on(self, state: State, task: Gathering) -> Step[State]:
        after = super().go_on(state, task)
        return step(evolve(after.state, context=state.context), *after.effects)


@frozen
class AlwaysGoesOn(Gatherer):
    """Decides nothing: what to do when some have failed is a comment."""

    def is_enough(self, task: Gathering) -> bool:  # noqa: ARG002  # that is the mistake
        return True


AS_WRITTEN = wrong(
    AsWritten,
    "The first stage fails and the second succeeds: what comes back is one value, which by its place is the first one's.",
    spec.every_stage_has_its_own_result,
    3,
    policy=ANY,
    id="PFL-1",
)
TAKES_NOTHING_FOR_ANYTHING = wrong(
    TakesNothingForAnything,
    "Of no stages the outcome is the same as of stages that have all failed: an empty list.",
    spec.is_rejected_for_a_reason,
    1,
    RunAll(()),
    id="PFL-2",
)
ALL_FAILED = wrong(
    AsWritten,
    "All stages have failed, and what comes back is an empty list, as of none.",
    spec.the_policy_decides,
    2,
    policy=ANY,
    id="PFL-2/failed",
)
COUNTS_WHAT_WAS_CANCELLED = wrong(
    CountsWhatWasCancelled,
    "That a stage was cancelled is an exception of another class than errors are: it is counted as a success.",
    spec.the_policy_decides,
    2,
    id="PFL-3",
)
LOOKS_AT_VALUES = wrong(
    LooksAtValues, "A stage returns an error as its value, and is counted as failed.", spec.every_stage_has_its_own_result, 3, id="PFL-4"
)
KEEPS_NOTHING = wrong(
    KeepsNothing, "What has succeeded is not put into the context: nothing that comes later finds it.", spec.the_view_is_true, 3, id="PFL-5"
)
ALWAYS_GOES_ON = wrong(AlwaysGoesOn, "It goes on, whatever has failed: nobody decides.", spec.the_policy_decides, 2, id="PFL-6")
