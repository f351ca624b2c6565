"""Random walks visit reachable states only, find what is wrong there, and never say that anything holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.minimise import minimised
from concordant.checks.exploration.replay import replay
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.registry import find, protocol
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import LOT, draws, walk
from concordant.refimpl.machine import Crash, Move, Pitfall, Receive, System
from concordant.spec.vocabulary import (
    AlwaysPossible,
    Cases,
    Eventually,
    Fault,
    Faults,
    InfinitelyOften,
    Network,
    NoHistory,
    Seen,
    always,
    at_rest,
    case,
)
from tests.checks.toys import A, B, C, Kept, Listener, Note, Resender, Teller, Toy
from tests.tabulated.random_systems import random_system


@always(under=~Fault.NONE)
def three_is_never_heard(seen: Seen[Any]) -> Cases:
    """Nobody hears of three."""
    for view in seen.views(Kept).values():
        yield case(3 not in view.notes)


@always(under=~Fault.NONE)
def one_and_five_never_meet(seen: Seen[Any]) -> Cases:
    """Nobody hears of one and of five."""
    for view in seen.views(Kept).values():
        yield case(not {1, 5} <= set(view.notes))


@at_rest(under=~Fault.NONE)
def three_is_not_heard_in_the_end(seen: Seen[Any]) -> Cases:
    """At rest, nobody has heard of three."""
    for view in seen.views(Kept).values():
        yield case(3 not in view.notes)


TELLING = System({A: Teller(B, (1, 2, 3, 4, 5)), B: Listener()}, NoHistory(), (three_is_never_heard,))


def moves(verdict: Verdict) -> tuple[Move, ...]:
    return tuple(frame.move for frame in verdict.trace or ())


def timeless(report: Report) -> Report:
    return evolve(report, seconds=0)


@pytest.mark.parametrize("seed", [0, 1, 6, 13, 20, 25, 30, 34])
def test_what_walks_find_in_random_systems_a_full_search_finds_too(seed: int) -> None:
    system = random_system(seed)
    whole, walked = explore_tabulated(system), walk(system, walks=500, moves=40, seed=seed)

    assert walked.states <= whole.states
    assert walked.at_rest <= whole.at_rest
    assert walked.beyond <= whole.beyond
    assert walked.occurred | whole.occurred == whole.occurred
    for found, real in zip(walked.verdicts, whole.verdicts, strict=True):
        if found.trace is None:
            assert found.status in (Status.INCONCLUSIVE, Status.NOT_PROMISED, Status.NOT_DECIDED)
        else:
            assert found.status is real.status
            assert len(found.trace) >= (real.length or 0)
            assert replay(system, moves(found)) == found.trace


@pytest.mark.parametrize("seed", [5, 9, 18, 24, 27, 31])
def test_many_walks_visit_every_state_of_a_small_system_and_find_all_that_is_wrong(seed: int) -> None:
    system = random_system(seed)
    whole, walked = explore_tabulated(system), walk(system, walks=2_000, moves=40)

    assert (walked.states, walked.at_rest, walked.occurred) == (whole.states, whole.at_rest, whole.occurred)
    on_the_whole = (Eventually, InfinitelyOften, AlwaysPossible)  # which walks do not decide
    assert [each.clause for each in walked.verdicts if each.trace] == [
        each.clause for each in whole.verdicts if each.trace and not isinstance(each.clause, on_the_whole)
    ]


def test_nothing_holds_and_the_report_says_how_many_walks_were_made() -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "learning")
    report = walk(scope.system, walks=LOT + 1, moves=20, seed=7)

    assert report.sampled
    assert not report.complete
    assert report.stopped == "4,097 random walks of at most 20 moves, seed 7"
    assert {each.status for each in report.verdicts if not each.trace} <= {
        Status.INCONCLUSIVE,
        Status.NOT_PROMISED,
        Status.NOT_DECIDED,
    }


def test_a_budget_ends_walks_and_the_report_says_how_many_were_left() -> None:
    report = walk(TELLING, walks=10, moves=20, budget=Budget(states=5))

    assert report.stopped == "0 of 10 random walks of at most 20 moves, seed 0 (budget of 5 states spent)"


def test_walks_that_a_budget_ends_say_what_lies_beyond_the_bound() -> None:
    report = walk(random_system(30), walks=50, moves=30, budget=Budget(states=30))

    assert (report.states, report.beyond) == (30, 5)


def test_the_same_seed_gives_the_same_report_and_another_seed_another() -> None:
    system = random_system(6)
    first, second, other = (timeless(walk(system, walks=3, moves=20, seed=seed)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


@pytest.mark.parametrize("seed", range(4))
def test_faults_and_dropped_messages_are_those_of_all_moves_that_were_possible_on_the_way(seed: int) -> None:
    system = System({A: Resender(B), B: Toy()}, NoHistory(), (), Network(copies=1, losses=None))

    report = walk(system, walks=1, moves=2, seed=seed)  # a note is sent; then it is received, or lost, or a second one dropped

    assert (report.transitions, report.occurred, report.dropped) == (2, Fault.LOSS, 1)


def test_a_draw_depends_on_seed_walk_and_move_alone() -> None:
    walks = np.array([0, 1, 7], np.uint64)

    assert draws(3, walks[1:], 5).tolist() == draws(3, walks, 5).tolist()[1:]
    assert draws(0, walks, 0).tolist() == [15692330873030102559, 14379244902999774486, 8499894151593246470]
    assert len({int(word) for seed in (0, 1) for move in (0, 1) for word in draws(seed, walks, move)}) == 12


@pytest.mark.parametrize("id", ["PAX-1/strict", "PAX-2", "PAX-6"])
def test_walks_find_pitfalls_by_traces_from_which_no_move_can_be_left_out(id: str) -> None:
    _, pitfall = find(id)
    assert isinstance(pitfall, Pitfall)
    verdict = walk(pitfall.system, (pitfall.breaks,), walks=2_000, moves=60).verdict(pitfall.breaks)

    assert verdict.status is Status.VIOLATED
    assert verdict.length == pitfall.length


def test_what_does_not_matter_is_left_out_of_a_trace() -> None:
    long = tuple(Receive(B, A, Note(number)) for number in (1, 2, 4, 3))
    verdict = Verdict(three_is_never_heard, Status.VIOLATED, 5, replay(TELLING, long))

    assert moves(minimised(TELLING, verdict)) == long[3:]


def test_moves_on_both_sides_of_what_matters_are_left_out() -> None:
    long = tuple(Receive(B, A, Note(number)) for number in (1, 2, 4, 5, 3))

    assert moves(minimised(TELLING, Verdict(one_and_five_never_meet, Status.VIOLATED, 5, replay(TELLING, long)))) == (long[0], long[3])


def test_what_does_not_lead_to_rest_is_left_out() -> None:
    system = System({A: Teller(B, (3,)), B: Listener(), C: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(C,)))
    long = (Crash(C, Kept()), Receive(B, A, Note(3)))

    assert moves(minimised(system, Verdict(three_is_not_heard_in_the_end, Status.VIOLATED, 1, replay(system, long)))) == long[1:]


@pytest.mark.parametrize(("walks", "length"), [(0, 5), (5, 0)])
def test_walks_of_nothing_are_refused(walks: int, length: int) -> None:
    with pytest.raises(ValueError, match=f"{walks} walks of {length} moves show nothing; make at least one walk of one move"):
        walk(TELLING, walks=walks, moves=length)
