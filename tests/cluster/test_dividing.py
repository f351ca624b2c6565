"""A search that is divided over several workers finds what one process finds, and says so where a worker is lost."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from concordant.checks.cluster.dividing import working
from concordant.checks.cluster.dividing.explore import explore_divided
from concordant.checks.cluster.dividing.marks import marks_of
from concordant.checks.cluster.passport import Passport
from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.judge import decided
from concordant.checks.exploration.report import Report, Status
from concordant.checks.exploration.scope import Scope
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.kernel.parting import owned_by
from concordant.checks.tabulated.kernel.words import width_of
from concordant.checks.tabulated.numbers import Unsuited
from concordant.checks.tabulated.placing import placed
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import AtRest, Clause, Fault
from tests.cluster.near import Near
from tests.cluster.within import Within
from tests.hostile.systems import MANY_MOVES
from tests.oracles.two_phase import two_phase
from tests.tabulated.equality import TUNINGS, Found, found
from tests.tabulated.naming_systems import naming_system
from tests.tabulated.random_systems import leaves_ignored, random_system
from tests.tabulated.symmetric_systems import symmetric_system
from tests.tabulated.timed_systems import timed_system

SCOPES = (
    ("unanimous_consent", "two_users_and_faults"),
    ("two_phase_commit", "one_loss"),
    ("two_phase_commit", "stopped_in_a_step"),
    ("paxos_synod", "one_acceptor_and_recovery"),
    ("paxos_synod", "recovery"),
    ("bully_election", "everything"),
    ("pbft", "lying_primary"),
    ("raft", "stable_majority"),
    ("raft_lease_read", "recovery"),
    ("lease", "crashes"),
    ("request_response", "anything"),
    ("guaranteed_delivery", "restarts"),
    ("dsm_strong", "restart"),
    ("ballot_box", "rankings_and_faults"),
)
"""Among them faults of every kind, liars, clocks, assumptions, bounds, and reductions."""


def of_safety(system: AnySystem, reductions: Reductions) -> tuple[Clause, ...]:
    """Return the promises of a system that are judged state by state."""
    safety, _ = decided(system.promises)
    return tuple(clause for clause in safety if not (reductions.leave_ignored and isinstance(clause, AtRest)))


def without_faults(report: Report) -> Found:
    """Return what a report says, but for the faults under which clauses were judged: these are known of the whole graph."""
    said = found(report)
    return evolve(said, judged=tuple(evolve(each, judged_under=Fault.NONE) for each in said.judged))


def divided(system: AnySystem, workers: int, clauses: tuple[Clause, ...] | None = None, **options: Any) -> Report:
    with closing(Within(workers)) as within:
        return explore_divided(system, clauses, carrier=within, passport=b"", **options)


def assert_equal(system: AnySystem, reductions: Reductions, workers: int, most: int, tuning: Tuning | None = None) -> bool:
    """Explore a system by one process and by several workers; return whether it has so few states that this was done."""
    clauses = of_safety(system, reductions)
    reference = explore(system, clauses, reductions=reductions, budget=Budget(states=most))
    if reference.complete:
        assert without_faults(divided(system, workers, clauses, reductions=reductions, tuning=tuning)) == without_faults(reference)
    return reference.complete


def scope_of(stem: str, name: str) -> Scope:
    return next(scope for scope in protocol(stem).scopes if scope.name == name)


FEW, MANY = 20, 400
"""How many random systems of each kind are compared by `make test`, and by `make test-all`."""


@pytest.mark.parametrize("make", [random_system, timed_system])
@pytest.mark.parametrize("first", [pytest.param(low, marks=() if low < FEW else pytest.mark.thorough) for low in range(0, MANY, 20)])
def test_workers_find_in_random_systems_what_one_process_finds(make: Callable[[int], AnySystem], first: int) -> None:
    compared = 0
    for seed in range(first, first + 20):
        system = make(seed)
        reductions = Reductions(leave_ignored=seed % 2 == 0 and leaves_ignored(system))
        compared += assert_equal(system, reductions, 1 + seed % 3, 1_000, TUNINGS[seed % len(TUNINGS)])

    assert compared >= 5


@pytest.mark.parametrize(
    ("make", "seeds"),
    [
        (symmetric_system, range(10)),
        (naming_system, (2, 5, 10, 11, 18, 19)),
        pytest.param(symmetric_system, range(10, 60), marks=pytest.mark.thorough),
        pytest.param(naming_system, range(20, 80), marks=pytest.mark.thorough),
    ],
)
def test_workers_find_up_to_symmetry_what_one_process_finds(make: Callable[[int], AnySystem], seeds: Iterable[int]) -> None:
    compared = 0
    for seed in seeds:
        with suppress(UntrueSymmetry):  # the first steps tell nodes apart
            compared += assert_equal(make(seed), Reductions(symmetry=True), 2 + seed % 2, 600, TUNINGS[seed % len(TUNINGS)])

    assert compared >= 3


@pytest.mark.parametrize(("stem", "name"), SCOPES)
def test_two_workers_find_in_a_scope_what_one_process_finds(stem: str, name: str) -> None:
    scope = scope_of(stem, name)

    assert assert_equal(scope.system, scope.reductions, 2, 3_000)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_processes_finds_the_same(workers: int) -> None:
    scope = scope_of("paxos_synod", "one_loss")
    with closing(Near(workers)) as near:
        report = explore_divided(scope.system, carrier=near, passport=evolve(Passport.here(), own={}).written())

    assert scope.expected is not None
    assert (report.states, report.transitions, report.depth) == (scope.expected.states, scope.expected.transitions, scope.expected.depth)
    assert report.complete


def test_a_search_that_is_satisfied_ends_with_a_shortest_trace() -> None:
    system = scope_of("two_phase_commit", "one_loss").system
    clause = next(clause for clause in system.promises if clause.id == "two_phase_commit.commits")

    report = divided(system, 2, until=clause)

    assert report.stopped == "found"
    assert report.verdict(clause).length == explore(system, until=clause).verdict(clause).length


def test_what_the_whole_graph_shows_is_left_undecided() -> None:
    report = divided(scope_of("two_phase_commit", "one_loss").system, 2)

    assert report.complete
    assert {each.clause.id for each in report.verdicts if each.status is Status.INCONCLUSIVE} == {
        "two_phase_commit.every_participant_decides"
    }


def test_a_budget_ends_a_search_and_what_was_found_until_then_is_judged() -> None:
    report = divided(scope_of("request_response", "anything").system, 2, budget=Budget(states=100))

    assert report.stopped == "budget of 100 states spent"
    assert 100 <= report.states < 1_270
    assert report.grew


def test_workers_without_memory_end_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "there_is", lambda: 8 << 20)

    report = divided(scope_of("request_response", "anything").system, 2)

    assert report.stopped == "budget of 3 MiB spent, which is the part of a worker"
    assert report.states < 1_270


def test_a_search_that_loses_a_worker_is_begun_anew() -> None:
    scope = scope_of("two_phase_commit", "one_loss")
    clauses = of_safety(scope.system, scope.reductions)
    with closing(Within(2, lost=40)) as within:
        report = explore_divided(scope.system, clauses, carrier=within, passport=b"")

    assert without_faults(report) == without_faults(explore(scope.system, clauses))
    assert within.started == 4


def test_a_search_that_loses_two_workers_is_undecided() -> None:
    with closing(Within(2, lost=40, always=True)) as within:
        report = explore_divided(scope_of("two_phase_commit", "one_loss").system, carrier=within, passport=b"")

    assert report.stopped is not None
    assert report.stopped.startswith("2 times a worker was lost: it is lost, then it is lost")
    assert {each.status for each in report.verdicts} <= {Status.INCONCLUSIVE, Status.NOT_DECIDED, Status.NOT_PROMISED}


def test_a_process_that_is_killed_is_noticed_and_the_search_begun_anew() -> None:
    scope = scope_of("two_phase_commit", "one_loss")
    near = Near(2)
    killed: list[int] = []

    def kill_once(_news: Progress) -> None:
        if not killed:
            killed.append(near.couriers[1]._process.pid)
            os.kill(killed[0], signal.SIGKILL)

    with closing(near):
        report = explore_divided(scope.system, carrier=near, passport=evolve(Passport.here(), own={}).written(), progress=kill_once)

    assert killed
    assert scope.expected is not None
    assert (report.states, report.transitions, report.depth) == (scope.expected.states, scope.expected.transitions, scope.expected.depth)


def test_what_cannot_be_tabulated_or_divided_is_refused_as_elsewhere() -> None:
    with pytest.raises(Unsuited, match="a process may do 4,096 things at once"):
        divided(MANY_MOVES, 2)
    with pytest.raises(Misuse, match="cannot be divided; leave out the reduction, or --divide"):
        divided(two_phase(7), 2, reductions=Reductions(symmetry=True))


def test_who_owns_a_state_does_not_depend_on_its_layout() -> None:
    bits = (3, 5, 1, 7, 20)
    units = [[place] for place in range(len(bits))]
    layouts = [placed(bits, units), placed([2 + each for each in bits], units), placed(bits, units[::-1], word_bits=24)]
    owners: Counter[int] = Counter()
    for number in range(100):
        values = [number * 7919 >> place & (1 << width) - 1 for place, width in enumerate(bits)]
        (owner,) = {owned_by(width_of(layout.width), marks_of(layout), np.array(layout.joined(values), np.uint64), 3) for layout in layouts}
        owners[owner] += 1

    assert {layout.width for layout in layouts} == {1, 2}
    assert min(owners.values()) > 20
