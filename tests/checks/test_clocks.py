"""Clocks: each goes on by a move of its own, no further ahead of another than the skew; time never rests, and no path stops it for good."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.situations import Situation, walked
from concordant.checks.exploration.why_not import why_not
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Crash, Move, Process, Recover, SetBack, Step, System, Tick, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Clocks,
    Crashed,
    Fair,
    Fault,
    Faults,
    NoHistory,
    Recovered,
    Reply,
    Seen,
    Send,
    Ticked,
    addresses,
    always,
    always_possible,
    at_rest,
    case,
    eventually,
    infinitely_often,
)
from tests.checks.toys import ANN, A, B, Do, Done, Kept, Listener, Log, Note, Noticed, Silent, Toy
from tests.checks.walks import counts, kept, log, moves

A1, B1, A2, B2 = (f"the clock of {who}0 shows {now}" for now in (1, 2) for who in "ab")
DOWN, UP = "b0 crashes; Kept(()) survives", "b0 recovers; its clock shows 1"


class Timed(Toy):
    """Keeps all that its clock has shown."""

    def tick(self, state: Kept, now: int) -> Step[Kept] | None:
        return step(state.plus(now))

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state.plus(-1))


class Punctual(Toy):
    """Takes notice of one reading only, and announces it."""

    def tick(self, state: Kept, now: int) -> Step[Kept] | None:
        return step(state.plus(now), Announce(Noticed(now))) if now == 2 else None


def timed(clocks: Clocks = Clocks(2), faults: Faults = Faults()) -> System[NoHistory]:
    return System({A: Timed(), B: Timed()}, NoHistory(), (), faults=faults, clocks=clocks)


def logged(system: System[NoHistory]) -> System[Log]:
    return System(system.processes, Log(), (), faults=system.faults, clocks=system.clocks)


CRASHES = Faults(crashes=1, recoveries=1, who=(B,))


# ---- how clocks go on


def test_each_clock_goes_on_by_a_move_of_its_own_and_none_leaves_another_further_behind_than_the_skew() -> None:
    assert moves(timed()) == [A1, B1]
    assert moves(timed(), A1) == [B1]
    assert moves(timed(), A1, B1) == [A2, B2]
    assert moves(timed(Clocks(2, skew=2)), A1) == [A2, B1]
    assert kept(timed(), A1, B1, B2) == {A: (1,), B: (1, 2)}


def test_no_clock_goes_on_beyond_the_horizon() -> None:
    assert moves(timed(), A1, B1, A2, B2) == []
    # both show 0, 1 or 2, or one of them one more; each way leads to a state of its own
    assert counts(timed(Clocks(1))) == (4, 4, 3)


def test_on_a_dial_the_first_reading_comes_after_the_last() -> None:
    dial = timed(Clocks(2, wraps=True))

    assert moves(dial, A1, B1, A2, B2, "the clock of a0 shows 0") == ["the clock of b0 shows 0"]
    assert moves(dial, A1, B1, A2, B2) == ["the clock of a0 shows 0", "the clock of b0 shows 0"]


def test_a_clock_goes_on_where_its_process_takes_no_notice() -> None:
    system = System({A: Punctual(), B: Toy()}, NoHistory(), (), clocks=Clocks(2))

    assert log(logged(system), A1, A2) == [(A, A, Ticked(1)), (A, A, Ticked(2)), (A, A, Noticed(2))]
    assert counts(system) == (3, 2, 3)


def test_a_clock_goes_on_while_its_process_is_down_and_who_recovers_reads_it_in_the_same_step() -> None:
    system = timed(faults=CRASHES)

    assert B1 in moves(system, A1, DOWN)
    assert kept(system, A1, DOWN, B1, UP) == {A: (1,), B: (-1, 1)}
    assert log(logged(system), DOWN, B1, UP) == [(B, B, Crashed()), (B, B, Ticked(1)), (B, B, Recovered()), (B, B, Ticked(1))]


def test_who_recovers_answers_nobody_twice_in_one_step() -> None:
    class Answers(Silent):
        def tick(self, state: Kept, now: int) -> Step[Kept] | None:  # noqa: ARG002
            return step(state, Reply(ANN, Done(1))) if state.notes == (-1,) else None

        def recover(self, state: Kept) -> Step[Kept]:
            return step(state.plus(-1), Reply(ANN, Done(1)))

    user = User(ANN, (B,), ((Do(1),),))
    with pytest.raises(BrokenProcess, match=r"answers ann0 twice in one step[^\n]*\n  input: Recover\(b0, \d\)"):
        explore(System({B: Answers()}, NoHistory(), (), faults=CRASHES, users=(user,), clocks=Clocks(1)))


def test_a_crash_may_cut_what_a_process_does_when_its_clock_goes_on() -> None:
    class Sends(Toy):
        def tick(self, state: Kept, now: int) -> Step[Kept] | None:
            return step(state, Send(A, Note(now)))

    system = System({A: Listener(), B: Sends()}, NoHistory(), (), faults=evolve(CRASHES, recoveries=0, mid_step=True), clocks=Clocks(1))

    assert moves(system) == [
        DOWN,
        B1,
        f"b0 crashes after 0 of the sends of: {B1}; Kept(()) survives",
        f"b0 crashes after 1 of the sends of: {B1}; Kept(()) survives",
    ]


def test_in_a_synchronous_system_time_passes_only_while_nothing_is_under_way() -> None:
    class Starts(Timed):
        def start(self) -> Step[Kept]:
            return step(Kept(), Send(B, Note(7)))

    system = System({A: Starts(), B: Listener()}, NoHistory(), (), faults=Faults(synchronous=True), clocks=Clocks(1))

    assert moves(system) == ["b0 receives Note(7) from a0"]
    assert moves(system, "b0 receives Note(7) from a0") == [A1]
    assert moves(evolve(system, faults=Faults())) == ["b0 receives Note(7) from a0", A1]


# ---- setting back


def test_a_clock_is_set_back_to_anything_that_it_has_shown_as_often_as_is_allowed() -> None:
    system = timed(Clocks(2, setbacks=1))
    back = [f"the clock of a0 is set back to {now}" for now in (0, 1)]

    assert moves(system, A1, B1, A2) == [*back, B2, "the clock of b0 is set back to 0"]
    assert moves(system, A1, B1, A2, back[0]) == [B2]
    assert kept(system, A1, B1, A2, back[0], B2)[A] == (1, 2, 0)


def test_a_clock_that_was_set_back_holds_up_no_other() -> None:
    system = timed(Clocks(3, setbacks=1))

    later = moves(system, A1, "the clock of a0 is set back to 0", B1, A1, B2, "the clock of a0 shows 2")

    assert later[-1] == "the clock of b0 shows 3"


# ---- what is a fault


def test_only_clocks_that_differ_by_two_or_more_are_a_fault() -> None:
    for engine in (explore, explore_tabulated):
        assert engine(timed()).occurred is Fault.NONE
        assert engine(timed(Clocks(2, skew=2))).occurred is Fault.SKEW
        assert engine(timed(Clocks(2, setbacks=1))).occurred is Fault.SETBACK
        assert engine(timed(Clocks(2, skew=2, setbacks=1))).allowed == Fault.SKEW | Fault.SETBACK


def test_one_clock_alone_has_no_skew() -> None:
    assert explore(System({A: Timed(), B: Toy()}, NoHistory(), (), clocks=Clocks(2, skew=2))).allowed is Fault.NONE


@always(under=Fault.SKEW)
def nobody_ticks_five_times(seen: Seen[Any]) -> Cases:
    """Nobody ticks five times."""
    for view in seen.views(Kept).values():
        yield case(len(view.notes) < 5)


@always()
def without_faults(seen: Seen[Any]) -> Cases:
    """The same, without faults."""
    yield from nobody_ticks_five_times.cases(seen)


def test_a_clause_is_judged_under_skew_where_clocks_were_apart_and_not_promised_where_they_are_set_back() -> None:
    both: tuple[Clause, ...] = (nobody_ticks_five_times, without_faults)
    for engine in (explore, explore_tabulated):
        apart = engine(timed(Clocks(2, skew=2)), both)
        back = engine(timed(Clocks(2, setbacks=1)), both)

        assert apart.verdict(nobody_ticks_five_times).judged_under is Fault.SKEW
        assert [verdict.status for verdict in apart.verdicts] == [Status.HOLDS, Status.NOT_PROMISED]
        assert [verdict.status for verdict in back.verdicts] == [Status.NOT_PROMISED, Status.NOT_PROMISED]


# ---- time and what happens for ever


@frozen
class Wakes(Process[Kept]):
    """Knows only the hour; one clock is what it lives by."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def view(self, state: Kept) -> Kept:
        return state

    def tick(self, state: Kept, now: int) -> Step[Kept] | None:  # noqa: ARG002
        return step(Kept((now,)))


def shows_one(seen: Seen[Any]) -> Cases:
    """A clock shows one, again and again."""
    yield case(any(view.notes == (1,) for view in seen.views(Kept).values()))


def after_midnight(seen: Seen[Any]) -> Cases:
    """Something was heard of a clock, for good."""
    yield case(any(view.notes for view in seen.views(Kept).values()))


OFTEN, FROM_THEN_ON = infinitely_often(Fair.TIME)(shows_one), eventually(Fair.TIME)(after_midnight)
ANYWAY = evolve(infinitely_often(Fair.DELIVERY | Fair.CHOICES)(shows_one), id="test_clocks.anyway")
DIAL = System({A: Wakes(), B: Wakes()}, NoHistory(), (), clocks=Clocks(2, wraps=True))


def test_time_must_pass_for_what_comes_with_it() -> None:
    for engine in (explore, explore_tabulated):
        report = engine(DIAL, (OFTEN, FROM_THEN_ON, ANYWAY))

        assert [verdict.status for verdict in report.verdicts] == [Status.HOLDS, Status.HOLDS, Status.VIOLATED]
        assert report.verdict(ANYWAY).cycle == 0  # nothing happens any more, and time stands still


def test_nobody_is_owed_that_a_clock_leaves_another_behind() -> None:
    for engine in (explore, explore_tabulated):
        report = engine(evolve(DIAL, clocks=Clocks(4, skew=2, wraps=True)), (evolve(OFTEN, under=Fault.SKEW),))

        assert report.verdicts[0].status is Status.HOLDS


def test_what_happens_for_ever_is_unknown_where_time_ends_with_the_scope() -> None:
    for engine in (explore, explore_tabulated):
        report = engine(evolve(DIAL, clocks=Clocks(2)), (OFTEN, FROM_THEN_ON))

        assert [verdict.status for verdict in report.verdicts] == [Status.INCONCLUSIVE, Status.INCONCLUSIVE]


def test_what_stays_possible_is_unknown_where_time_ends_and_known_before() -> None:
    @always_possible()
    def one_is_shown(seen: Seen[Any]) -> Cases:
        """One can be shown."""
        yield from shows_one(seen)

    @always_possible()
    def never_shown(seen: Seen[Any]) -> Cases:
        """Seven can be shown."""
        yield case(any(view.notes == (7,) for view in seen.views(Kept).values()))

    for engine in (explore, explore_tabulated):
        ends = engine(evolve(DIAL, clocks=Clocks(2)), (one_is_shown, never_shown))
        goes_on = engine(DIAL, (one_is_shown, never_shown))

        assert [verdict.status for verdict in ends.verdicts] == [Status.INCONCLUSIVE, Status.INCONCLUSIVE]
        assert [verdict.status for verdict in goes_on.verdicts] == [Status.HOLDS, Status.VIOLATED]


def test_nothing_is_at_rest_while_there_are_clocks() -> None:
    @at_rest()
    def rests(seen: Seen[Any]) -> Cases:
        """It rests."""
        yield case(False, seen=seen.waiting())

    for engine in (explore, explore_tabulated):
        report = engine(timed(Clocks(1)), (rests,))

        assert (report.at_rest, report.verdicts[0].status) == (0, Status.VACUOUS)
    with pytest.raises(ValueError, match=r"^clause test_clocks.rests is about rest, .*; say it by eventually\(Fair.TIME\)$"):
        evolve(timed(), promises=(rests,))


# ---- symmetry


def test_states_that_differ_by_whose_clock_is_ahead_are_one_up_to_symmetry() -> None:
    twins = addresses("twin", 2)
    symmetric = System({twin: Timed() for twin in twins}, NoHistory(), (), clocks=Clocks(2), symmetric=(tuple((twin,) for twin in twins),))

    for engine in (explore, explore_tabulated):
        assert engine(symmetric).states == 3 * 3 - 2
        assert engine(symmetric, reductions=Reductions(symmetry=True)).states == 5


def test_a_process_with_a_clock_is_not_interchangeable_with_one_without() -> None:
    first, second = addresses("twin", 2)
    system = System({first: Timed(), second: Toy()}, NoHistory(), (), clocks=Clocks(1), symmetric=(((first,), (second,)),))

    with pytest.raises(UntrueSymmetry, match="the first state: tells them apart, by its clocks"):
        explore(system, reductions=Reductions(symmetry=True))


# ---- slips


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda: Clocks(0), r"^horizon=0: no clock would ever go on; use horizon=1 or more$"),
        (lambda: Clocks(1, skew=0), r"^skew=0: two clocks that go on one after the other differ by 1 in between; use skew=1 or more$"),
        (lambda: Clocks(1, setbacks=-1), r"^setbacks=-1: an allowance is not negative$"),
        (lambda: Clocks(2, setbacks=1, wraps=True), r"^setbacks=1 with wraps=True: on a dial, back is also forward; choose one$"),
        (lambda: Clocks(1, wraps=True), r"^wraps=True with horizon=1 and skew=1: .*; use horizon=2 or more$"),
        (lambda: System({A: Timed()}, NoHistory(), ()), r"^a0 defines tick\(state, now\) in a system without clocks, where no time passes"),
        (lambda: System({A: Toy()}, NoHistory(), (), clocks=Clocks(1)), r"that nobody reads: define tick\(state, now\)"),
    ],
)
def test_clocks_without_meaning_are_refused(wrong: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        wrong()


@pytest.mark.parametrize(
    ("clocks", "past", "move", "guard"),
    [
        (Clocks(2), (), Tick(B, 2), "the clock shows this next"),
        (Clocks(2), (Tick(A, 1),), Tick(A, 2), "no other clock is left too far behind, and the scope does not end"),
        (Clocks(1), (Tick(A, 1), Tick(B, 1)), Tick(A, 2), "no other clock is left too far behind, and the scope does not end"),
        (Clocks(2), (Tick(A, 1),), SetBack(A, 0), "a clock may still be set back"),
        (Clocks(2, setbacks=1), (Tick(A, 1),), SetBack(A, 1), "it is set back to what it has shown"),
        (Clocks(2), (Crash(B, Kept()), Tick(B, 1)), Recover(B), "its clock shows this"),
    ],
)
def test_why_a_clock_cannot_move_is_told(clocks: Clocks, past: tuple[object, ...], move: Move, guard: str) -> None:
    semantics = Semantics(timed(clocks, CRASHES))
    _, path = walked(semantics, Situation("here", "", semantics.system, past))
    failed = why_not(semantics, path[-1][1] if path else semantics.initial()[0], move)

    assert failed is not None
    assert failed.guard == guard


def test_an_assumption_may_hold_a_clock_back() -> None:
    def b_is_slow(move: Move, seen: Seen[Any]) -> bool:  # noqa: ARG001  # the signature of an assumption
        return not (isinstance(move, Tick) and move.at == Address("b") and move.now > 1)

    system = evolve(timed(), assume=(b_is_slow,))

    assert explore(system).states == explore_tabulated(system).states == 5
