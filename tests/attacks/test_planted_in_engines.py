"""Engines and organisers with a defect that somebody might make, by hand: each was refuted by no clause in any small scope of its stem."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, fields, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.registry import protocol
from concordant.refimpl.hierarchies.adaptive_hierarchy import Idle, Organiser, Organising, State
from concordant.refimpl.machine import Step, step
from concordant.refimpl.workflows.orchestrator import Orchestrating, Orchestrator
from concordant.refimpl.workflows.workflow_engine import Ending, Engaged, Engine, Workflow
from concordant.spec.vocabulary import Effect, Map, Rejected
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.workflow_engine import TAKEN, Created, Fails, Job


@frozen
class TakesAnotherOrderForTheSame(Engine):
    def again(self, known: Workflow, tasks: tuple[Stage, ...]) -> Created | Rejected:
        return Created() if set(known.tasks) == set(tasks) else TAKEN


@frozen
class GoesOnWithWhatHasFailed(Engine):
    def fire(self, state: Engaged, trigger: Ending) -> Step[Engaged]:
        if isinstance(trigger, Fails):
            return self.go_on(evolve(state, busy=state.busy.drop(trigger.job)), trigger.job.workflow)
        return super().fire(state, trigger)


@frozen
class LetsNothingRunBesideIt(Engine):
    def may_join(self, state: Engaged, name: str, task: Stage) -> bool:
        running = [each for other, one in state.workflows.items() for each in one.tasks if Job(other, each.name) in state.busy]
        return not (running and task.exclusive) and super().may_join(state, name, task)


@frozen
class GivesUpOnceAllHadIt(Orchestrator):
    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        all_had_it = len(state.gone.get(stage.name, ())) >= len(self.able(stage))
        return StageStatus.FAILED if all_had_it else super().hopeless(state, stage)


@frozen
class CountsAgents(Orchestrator):
    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        gone = Map.of((name, tuple(dict.fromkeys(agents))) for name, agents in state.gone.items())
        return super().hopeless(evolve(state, gone=gone), stage)


@frozen
class ForgetsWhoHadIt(Orchestrator):
    def survives(self, state: Orchestrating) -> tuple[Orchestrating, ...]:
        return (evolve(state, client=None, gone=Map()),)


@frozen
class ForgetsWhoIsDown(Organiser):
    def go_on(self, state: Organising, *effects: Effect) -> Step[State]:
        after = super().go_on(state, *effects)
        return step(evolve(after.state, down=frozenset()), *after.effects) if isinstance(after.state, Idle) else after


@frozen
class HurriesAfterALoss(Organiser):
    def reconsider(self, state: Organising) -> Step[State]:
        return Organiser.reconsider(evolve(self, margin=1), state) if state.lasting.down else super().reconsider(state)


def alike(wrong: Any, right: Any) -> Any:
    """Return a wrong process that holds what the right one does."""
    return wrong(*(getattr(right, each.name) for each in fields(type(right))))


@pytest.mark.parametrize(
    ("stem", "scope", "wrong", "clause"),
    [
        pytest.param("workflow_engine", "one_id", TakesAnotherOrderForTheSame, "an_answer_is_true", id="tasks in another order"),
        pytest.param(
            "workflow_engine", "side_by_side", GoesOnWithWhatHasFailed, "nothing_ready_waits_beside_a_free_agent", id="a failure elsewhere"
        ),
        pytest.param(
            "workflow_engine",
            "exclusive_beside_another",
            LetsNothingRunBesideIt,
            "nothing_ready_waits_beside_a_free_agent",
            id="exclusive in all workflows",
        ),
        pytest.param("orchestrator", "again", GivesUpOnceAllHadIt, "a_stage_ends_as_it_did", id="an attempt that is left"),
        pytest.param("orchestrator", "again", CountsAgents, "a_stage_has_one_agent", id="agents are counted for attempts"),
        pytest.param("orchestrator", "again", ForgetsWhoHadIt, "a_stage_has_one_agent", id="attempts before a crash"),
        pytest.param("adaptive_hierarchy", "errs", ForgetsWhoIsDown, "the_hierarchy_is_well_formed", id="who was down in the last task"),
        pytest.param(
            "adaptive_hierarchy",
            "load_and_mistake",
            HurriesAfterALoss,
            "nothing_is_reorganised_without_a_reason",
            id="less than the margin",
        ),
    ],
)
def test_a_small_scope_refutes_an_engine_that_is_wrong_about(stem: str, scope: str, wrong: Any, clause: str) -> None:
    (right,) = (each.system for each in protocol(stem).scopes if each.name == scope)
    (kind,) = wrong.__bases__
    put = {who: alike(wrong, it) if type(it) is kind else it for who, it in right.processes.items()}

    (promised,) = (each for each in right.promises if each.name == clause)

    report = explore(evolve(right, processes=put), until=promised)  # who never gives up has no end of states

    assert clause in {each.clause.name for each in report.verdicts if each.status is Status.VIOLATED}
