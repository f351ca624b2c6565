"""A search that is divided over several workers finds what one process finds, and says so where a worker is lost."""

from __future__ import annotations

import os
import signal
from collections import Counter
from contextlib import closing

import numpy as np
import pytest
from attrs import evolve

from concordant.checks.answers import Answer, exit_code
from concordant.checks.cluster.dividing import search, working
from concordant.checks.cluster.dividing.explore import explore_divided
from concordant.checks.cluster.dividing.marks import marks_of
from concordant.checks.cluster.passport import Passport
from concordant.checks.exit_codes import OK, UNDECIDED
from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.registry import protocol
from concordant.checks.reports.words import note_lines, unjudged_lines
from concordant.checks.tabulated.kernel.parting import owned_by
from concordant.checks.tabulated.kernel.words import width_of
from concordant.checks.tabulated.numbers import Unsuited
from concordant.checks.tabulated.placing import placed
from tests.cluster.equality import differing, differing_in_parts, divided, of_safety, without_faults
from tests.cluster.near import Near
from tests.cluster.within import Within
from tests.hostile.systems import MANY_MOVES, TINY
from tests.oracles.two_phase import two_phase
from tests.tabulated.late_reading import late_reading_system
from tests.tabulated.smallest import cut_into_the_smallest_pieces

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


def scope_of(stem: str, name: str) -> Scope:
    return next(scope for scope in protocol(stem).scopes if scope.name == name)


BLOCK = 30
"""How many random systems of all kinds are tried by one test; `make equality` asks it of thousands."""


@pytest.mark.parametrize("first", range(0, 4 * BLOCK, BLOCK))
def test_searches_in_parts_find_in_random_systems_what_one_in_one_go_finds(first: int) -> None:
    found = [differing(number, most=300) for number in range(first, first + BLOCK)]

    assert not "\n".join(each for _, differences in found for each in differences)
    assert sum(compared for compared, _ in found) >= BLOCK // 4


def test_searches_in_the_smallest_parts_find_the_same_of_much_that_is_read_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are more clauses than readings for which there would be room: a search that finds none for those of one state does not end."""
    cut_into_the_smallest_pieces(monkeypatch)
    compared = 0

    for seed in range(12):
        system = late_reading_system(seed)
        safety, budget = of_safety(system, Reductions()), Budget(seconds=60)
        reference = explore(system, safety, budget=Budget(states=200))
        if reference.complete:
            compared += 1
            assert without_faults(divided(system, 1 + seed % 3, safety, budget=budget)) == without_faults(reference), seed

    assert compared > 6


@pytest.mark.parametrize(("stem", "name"), SCOPES)
def test_a_search_of_a_scope_in_parts_finds_what_one_in_one_go_finds(stem: str, name: str) -> None:
    assert differing_in_parts(scope_of(stem, name), 2, most=3_000) == (1, [])


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_processes_finds_the_same(workers: int) -> None:
    scope = scope_of("paxos_synod", "one_loss")
    with closing(Near(workers)) as near:
        report = explore_divided(scope.system, carrier=near, passport=evolve(Passport.here(), own={}).written())

    assert scope.expected is not None
    assert report.stopped is None
    assert (report.states, report.transitions, report.depth) == (scope.expected.states, scope.expected.transitions, scope.expected.depth)


def test_a_search_that_is_satisfied_ends_with_a_shortest_trace() -> None:
    system = scope_of("two_phase_commit", "one_loss").system
    clause = next(clause for clause in system.promises if clause.id == "two_phase_commit.commits")

    report = divided(system, 2, until=clause)

    assert report.stopped == "found"
    assert report.verdict(clause).length == explore(system, until=clause).verdict(clause).length


def answered(stem: str, name: str) -> Answer:
    return ScopeQuestion(stem, scope_of(stem, name)).answer(Means(divided=lambda system, **options: divided(system, 2, **options)))


UNTOLD = "it is not told under which faults clauses were judged; leave out --divide"


def test_liveness_is_left_undecided_with_a_sentence() -> None:
    answer = answered("two_phase_commit", "one_loss")

    open_ones = [verdict.clause.name for verdict in answer.verdicts if verdict.status is Status.INCONCLUSIVE]
    assert open_ones == ["every_participant_decides"]
    assert answer.stopped is None
    assert f"no worker saw the whole graph, so that every_participant_decides cannot be decided, and {UNTOLD}" in note_lines(answer)
    assert exit_code([answer]) == UNDECIDED


def test_under_which_faults_clauses_were_judged_is_said_to_be_untold_rather_than_never() -> None:
    answer = answered("paxos_synod", "one_acceptor_and_recovery")

    assert f"no worker saw the whole graph, so that {UNTOLD}" in note_lines(answer)
    assert (exit_code([answer]), exit_code([answer], whole=True)) == (OK, UNDECIDED)
    (line,) = unjudged_lines([answer])
    assert line.startswith("paxos_synod: a divided search does not tell under which faults clauses were judged, so that it is not known")


def test_where_there_is_no_fault_and_no_liveness_nothing_is_left_open() -> None:
    report = divided(TINY, 2)

    assert report.complete
    assert not report.divided


def test_a_budget_ends_a_search_and_what_was_found_until_then_is_judged() -> None:
    report = divided(scope_of("request_response", "anything").system, 2, budget=Budget(states=100))

    assert report.stopped == "budget of 100 states spent"
    assert 100 <= report.states < 1_270
    assert report.grew


def test_a_state_that_two_workers_name_is_counted_once_for_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", 4)

    report = divided(scope_of("request_response", "anything").system, 2, budget=Budget(states=100))

    assert report.stopped == "budget of 100 states spent"
    assert report.states >= 100


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
