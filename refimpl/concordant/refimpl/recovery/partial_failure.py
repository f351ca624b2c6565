"""Partial failure: a gatherer, which runs stages, waits for all of them, and does what its policy says."""

from __future__ import annotations

from typing import Never, TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.recovery import partial_failure as spec
from concordant.spec.recovery.partial_failure import (
    BUSY,
    NO_STAGES,
    TWICE,
    Aborted,
    Began,
    Cancelled,
    Continued,
    Ended,
    Failed,
    GathererView,
    History,
    Left,
    Policy,
    Result,
    Results,
    RunAll,
    Succeeded,
    TimeOut,
    Undoes,
    Undone,
    Value,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Rejected, Reply


@frozen
class Gathering:
    """Stages are running. `succeeded`: which have, in this order; `left`: how often each may be begun again."""

    client: Address
    stages: tuple[str, ...]
    left: Map[str, int]
    results: Results = Map()
    succeeded: tuple[str, ...] = ()


@frozen
class Undoing:
    """All stages have ended, and what has succeeded is being undone. `undone`: what is, in this order; `left`: what is not, the next first."""

    client: Address
    results: Results
    left: tuple[str, ...]
    undone: tuple[str, ...] = ()


@frozen
class State:
    """What is going on, if anything, and the values of what was ever kept."""

    task: Gathering | Undoing | None = None
    context: Map[str, Value] = Map()


Trigger: TypeAlias = Ended | Undone | TimeOut


@frozen
class Gatherer(Process[State, Never, RunAll, Trigger]):
    """Runs all stages that it is asked for, those of one user at a time."""

    policy: Policy

    def start(self) -> Step[State]:
        return step(State())

    def request(self, state: State, client: Address, request: RunAll) -> Step[State]:
        reason = self.flaw(request.stages) or (BUSY if state.task else None)
        return step(state, Reply(client, reason)) if reason else self.begin(state, client, request.stages)

    def flaw(self, stages: tuple[str, ...]) -> Rejected | None:
        if not stages:
            return NO_STAGES
        return TWICE if len(set(stages)) < len(stages) else None

    def begin(self, state: State, client: Address, stages: tuple[str, ...]) -> Step[State]:
        left = Map.of((stage, self.policy.again) for stage in stages)
        return step(evolve(state, task=Gathering(client, stages, left)), *(Announce(Began(stage)) for stage in stages))

    def armed(self, state: State) -> tuple[Trigger, ...]:
        match state.task:
            case Gathering() as task:
                ends = tuple(Ended(stage, result) for stage in self.running(task) for result in self.possible(stage))
                return (*ends, TimeOut())
            case Undoing(left=left):
                return (Undone(left[0]),)
            case _:
                return ()

    def running(self, task: Gathering) -> tuple[str, ...]:
        return tuple(stage for stage in task.stages if stage not in task.results)

    def possible(self, stage: str) -> tuple[Result, ...]:
        """List how a stage may end, as far as this machine tells values apart."""
        return (Succeeded(f"value of {stage}"), Succeeded(Failed()), Failed(), Cancelled())

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        match trigger, state.task:
            case Ended(stage, result), Gathering() as task:
                return self.ended(state, task, stage, result)
            case TimeOut(), Gathering() as task:
                return self.leave(state, task)
            case Undone(stage), Undoing() as task:
                return self.undo(state, evolve(task, left=task.left[1:], undone=(*task.undone, stage)))
            case _:
                raise ValueError(f"{trigger} of {state.task}: nothing is armed but what is under way")

    def ended(self, state: State, task: Gathering, stage: str, result: Result) -> Step[State]:
        if result == Failed() and task.left[stage]:
            again = evolve(task, left=task.left.put(stage, task.left[stage] - 1))
            return step(evolve(state, task=again), Announce(Began(stage)))
        succeeded = (*task.succeeded, stage) if isinstance(result, Succeeded) else task.succeeded
        return self.go_on(state, evolve(task, results=task.results.put(stage, result), succeeded=succeeded))

    def leave(self, state: State, task: Gathering) -> Step[State]:
        """Cancel what still runs, and decide by what there is."""
        running = self.running(task)
        results: Results = Map.of((*task.results.items(), *((stage, Cancelled()) for stage in running)))
        left = step(state, Announce(Left(running)))
        return left.then(lambda state: self.go_on(state, evolve(task, results=results)))

    def cancel(self, state: State, client: Address) -> Step[State] | None:  # noqa: ARG002  # there is one call at most
        return self.leave(state, state.task) if isinstance(state.task, Gathering) else None

    def go_on(self, state: State, task: Gathering) -> Step[State]:
        # The hard step: nothing is decided before all have ended, and then by what each has become: not by what is in a list of
        # values, in which a stage is a place, and what was cancelled or returned an error passes for what it is not.
        if self.running(task):
            return step(evolve(state, task=task))
        if self.is_enough(task):
            values = ((stage, result.value) for stage, result in task.results.items() if isinstance(result, Succeeded))
            context = Map.of((*state.context.items(), *values))
            return step(State(None, context), Reply(task.client, Continued(task.results)))
        left = task.succeeded[::-1] if self.policy.undoes else ()
        return self.undo(state, Undoing(task.client, task.results, left))

    def is_enough(self, task: Gathering) -> bool:
        needed = len(task.stages) if self.policy.needed is None else self.policy.needed
        return len(task.succeeded) >= needed

    def undo(self, state: State, task: Undoing) -> Step[State]:
        if task.left:
            return step(evolve(state, task=task), Announce(Undoes(task.left[0])))
        return step(evolve(state, task=None), Reply(task.client, Aborted(task.results, task.undone)))

    def view(self, state: State) -> GathererView:
        return GathererView(state.context, self.running(state.task) if isinstance(state.task, Gathering) else ())


PROMISES: tuple[Clause, ...] = (
    spec.is_run_as_often_as_it_may,
    spec.is_run_again_while_it_may,
    spec.every_stage_has_its_own_result,
    spec.the_policy_decides,
    spec.is_undone_in_reverse,
    spec.all_is_undone,
    spec.is_rejected_for_a_reason,
    spec.the_view_is_true,
    spec.what_is_cancelled_runs_no_more,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
    spec.every_call_ends,
)

GATHERER = Address("gatherer")
PAIR = RunAll(("draft", "figures"))
THREE = RunAll(("draft", "figures", "index"))


def system(
    *scripts: tuple[RunAll, ...],
    policy: Policy = Policy(),
    faults: Faults = Faults(),
    gatherer: type[Gatherer] = Gatherer,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put a gatherer and one user for each script together; by default one who wants two stages run."""
    examples = (
        spec.all_succeed,
        spec.the_others_run_on,
        spec.time_runs_out,
        *((spec.what_succeeded_is_undone,) if policy.undoes else ()),
        *((spec.a_stage_is_run_again,) if policy.again else ()),
        *((spec.some_succeed_and_some_fail,) if policy.needed == 1 else ()),
    )
    return System(
        {GATHERER: gatherer(policy)},
        History(policy),
        (*PROMISES, *examples) if promises is None else promises,
        faults=faults,
        users=tuple(
            User(Address("user", number), (GATHERER,), tuple((each,) for each in script))
            for number, script in enumerate(scripts or ((PAIR,),))
        ),
    )
