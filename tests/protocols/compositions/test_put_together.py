"""Systems that are put together: the wrong ones are pitfalls, refuted by the paths pinned here; the right ones hold, and are as large as pinned."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Counts
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.registry import find
from concordant.checks.semantics.texts import move_text
from concordant.pitfalls.allocation.adaptive_scheduler.rules import least_important_first
from concordant.pitfalls.workflows.coordination_metrics.measures import pure_execution, timed
from concordant.refimpl.allocation.adaptive_scheduler import by_priority, with_aging
from concordant.refimpl.compositions import (
    balanced_tasks,
    cached_stages,
    leaders_tasks,
    planned_pool,
    retried_arrival,
    retried_contract,
    supervised_stages,
)
from concordant.refimpl.machine import Pitfall, System
from concordant.refimpl.synchronization.barrier import BARRIER
from concordant.refimpl.synchronization.resource_pool import Pool
from concordant.refimpl.workflows.coordination_metrics import measure
from concordant.spec.allocation.adaptive_scheduler import NEGATIVE, Plan, Run, Start, Task, Workload
from concordant.spec.allocation.capacity_planning import Plan as Stages
from concordant.spec.allocation.capacity_planning import plans
from concordant.spec.memory.result_cache import Get, Invalidate, Key
from concordant.spec.recovery.partial_failure import Policy
from concordant.spec.recovery.retry_recovery import TimeOut
from concordant.spec.synchronization import resource_pool
from concordant.spec.synchronization.barrier import Arrive, BarrierView
from concordant.spec.vocabulary import Address, Draw, Faults, Map, Network, Recorded
from concordant.spec.workflows.coordination_metrics import Metrics, Rule
from concordant.spec.workflows.coordination_metrics.logs import rivals
from concordant.spec.workflows.shared.stages import Stage

A = Key("a", 5)
CANCELLED = Faults(cancellations=1)


@pytest.mark.parametrize(
    ("system", "counts", "of_nothing"),
    [
        pytest.param(retried_arrival.system(), Counts(33, 51, 11), (), id="X-3"),
        pytest.param(retried_contract.system(), Counts(773, 2_089, 15), ("who_can_proposes", "who_cancels_is_heeded"), id="X-4"),
        pytest.param(
            retried_contract.system(network=Network(losses=1)),
            Counts(1_700, 5_028, 16),
            ("who_can_proposes",),
            id="X-4, a loss",
        ),
        pytest.param(supervised_stages.system("draft", "figures"), Counts(37, 61, 8), ("is_undone_in_reverse",), id="X-5"),
        pytest.param(
            supervised_stages.system("draft", "figures", policy=Policy(again=1, undoes=True)), Counts(164, 287, 15), (), id="X-5, again"
        ),
        pytest.param(
            cached_stages.system((Get(A), Get(A))), Counts(11_750, 56_918, 25), ("the_least_recently_used_makes_room",), id="X-12"
        ),
        pytest.param(
            cached_stages.system((Get(A), Invalidate(A)), faults=CANCELLED),
            Counts(560, 1_694, 15),
            ("the_least_recently_used_makes_room",),
            id="X-12, cancelled",
        ),
        pytest.param(balanced_tasks.system(Stage("a", needs="x"), Stage("b", ("a",), needs="y")), Counts(15, 24, 7), (), id="X-13"),
    ],
)
def test_what_is_put_together_right_keeps_what_its_parts_promise(system: System[Any], counts: Counts, of_nothing: tuple[str, ...]) -> None:
    report = explore(system)

    assert Counts(report.states, report.transitions, report.depth) == counts
    assert {each.status for each in report.verdicts} <= {Status.HOLDS, Status.VACUOUS, Status.NOT_PROMISED}
    assert [each.clause.name for each in report.verdicts if each.status is Status.VACUOUS] == list(of_nothing)


@pytest.mark.parametrize(
    ("id", "moves"),
    [
        pytest.param(
            "X-3",
            (
                "party0 asks barrier0: Arrive(party0)",
                "barrier0: TimeOut(party0)",
                "barrier0: Drawn(party0, 1)",
                "barrier0: Elapses()",
                "barrier0: Wake(party0)",
            ),
            id="X-3",
        ),
        pytest.param(
            "X-4",
            (
                "user0 asks manager0: Contract()",
                "contractor0 receives CallForProposals() from manager0",
                "contractor1 receives CallForProposals() from manager0",
                "manager0 receives Propose(1) from contractor0",
                "manager0: Close()",
                "contractor0 receives Accept() from manager0",
                "manager0: GiveUp()",
                "manager0: Drawn(user0, 1)",
                "manager0: Elapses()",
                "manager0 receives Propose(1) from contractor1",
                "manager0: Close()",
                "contractor1 receives Accept() from manager0",
            ),
            id="X-4",
        ),
        pytest.param(
            "X-5",
            (
                "user0 asks gatherer0: RunAll(('draft', 'figures'))",
                "agent0 receives Run(1, 'draft') from gatherer0",
                "agent1 receives Run(2, 'figures') from gatherer0",
                "agent0: Fails(Run(1, 'draft'))",
                "gatherer0 receives Over(1, Failed()) from agent0",
                "agent1: Succeeds(Run(2, 'figures'))",
                "gatherer0 receives Over(2, Done('result 2 of figures')) from agent1",
            ),
            id="X-5",
        ),
        pytest.param("X-7", ("stage0 asks pool0: Acquire()",), id="X-7"),
        pytest.param(
            "X-12",
            (
                "reader0 asks cache0: Get(Key('a', 5), False)",
                "cache0: TimeOut(agent0)",
                "cache0: Drawn(agent0, 1)",
                "cache0: Elapses()",
                "agent0 receives Perform(Attempt(1, 2), 5, '1') from cache0",
                "agent0: Ended(True)",
                "cache0 receives Performed(Attempt(1, 2), 7) from agent0",
            ),
            id="X-12",
        ),
        pytest.param(
            "X-13",
            (
                "user0 asks engine0: Create('w', (a,))",
                "user0 asks engine0: Execute('w')",
                "worker0 asks engine0: Join({'any'})",
                "worker0 asks engine0: Complete('w/a')",
            ),
            id="X-13",
        ),
    ],
)
def test_what_is_put_together_wrong_goes_wrong_by_this_path(id: str, moves: tuple[str, ...]) -> None:
    _, pitfall = find(id)
    assert isinstance(pitfall, Pitfall)
    trace = explore(pitfall.system, clauses=(pitfall.breaks,)).verdicts[0].trace

    assert tuple(move_text(frame.move) for frame in trace or ()) == moves


def test_who_waits_at_the_barrier_is_seen_and_whoever_has_withdrawn_is_not() -> None:
    process = retried_arrival.system().processes[BARRIER]
    party = Address("party")
    waits = process.request(process.start().state, party, Arrive(party))
    assert waits is not None

    assert process.view(waits.state) == BarrierView(1, frozenset({party}), broken=False)
    assert process.view(process.fire(waits.state, TimeOut(party)).state) == BarrierView(1, frozenset(), broken=False)


# ---- a pool for a plan


def test_with_as_many_units_as_a_plan_is_wide_no_stage_ever_waits_for_one() -> None:
    def systems(draw: Draw) -> System[Any]:
        whole = planned_pool.system(plans(draw, 3))
        return evolve(whole, promises=(*whole.promises, resource_pool.somebody_waits_for_another))

    report = explore_family(Family("plans", "every plan of up to three stages", systems))

    assert Counts(report.states, report.transitions, report.depth, report.members) == Counts(187, 289, 7, 11)
    assert {each.clause.name: each.status for each in report.verdicts if each.status is not Status.HOLDS} == {
        "nobody_waits_while_a_unit_is_free": Status.VACUOUS,
        "somebody_waits_for_another": Status.VIOLATED,  # it is never reached
    }


def test_a_pool_of_no_units_is_refused() -> None:
    with pytest.raises(ValueError, match="'capacity' must be >= 1: 0"):
        Pool(0)


def test_of_a_plan_that_is_rejected_there_is_no_pool() -> None:
    with pytest.raises(ValueError, match="has no capacity, since there is no stage"):
        planned_pool.system(Stages((), frozenset()))


# ---- the tasks of a leader


@pytest.mark.parametrize("priorities", [(0, 1), (1, 0), (5, 2)])
def test_the_tasks_of_the_leader_run_first_and_last_where_the_scheduler_takes_the_larger_for_the_less_important(
    priorities: tuple[int, int],
) -> None:
    ranks = Map.of(zip(leaders_tasks.MEMBERS, priorities, strict=True))
    right, wrong = (rule(leaders_tasks.tasks(ranks.items())) for rule in (by_priority, least_important_first))

    assert isinstance(right, Plan)
    assert isinstance(wrong, Plan)
    assert right.starts[0].task == wrong.starts[-1].task == str(leaders_tasks.leader(ranks))


def test_a_scheduler_of_the_tasks_of_members_starts_the_more_important_first() -> None:
    report = judge_grid(Grid("members", "two members", leaders_tasks.scheduling(), (0, 1, 2)))

    assert (report.profiles, {each.status for each in report.verdicts}) == (9, {Status.HOLDS})


# ---- a scheduler that goes by overhead


def by_overhead(rule: Rule) -> object:
    """Return what the scheduler makes of two plans of which it knows what overhead they had: it starts first what had less."""
    outcome = rule(rivals(Recorded({"each stage takes": 2, "joining takes": 1, "handing over takes": 0})))
    assert isinstance(outcome, Metrics)
    runs = tuple(Run(plan, times.overhead) for plan, times in outcome.times.items())
    return with_aging(Workload(tuple(Task(run.kind, run.kind, 0, 0, frozenset()) for run in runs), runs, 0))


def test_a_scheduler_prefers_the_faster_plan_by_its_overhead_and_rejects_one_that_is_negative() -> None:
    assert by_overhead(measure) == Plan((Start("chain", 0, 0), Start("fork", 0, 1)))
    assert by_overhead(timed(pure_execution)) == NEGATIVE
