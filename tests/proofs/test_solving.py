"""When Z3 gives up: by what it has done, never by the clock; and what is then said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations, count, product

import pytest
import z3

from concordant.proofs.effort import main, measured
from concordant.proofs.kernel import solving
from concordant.proofs.kernel.obligations import Obligation, ask, decide
from concordant.proofs.kernel.paths import Choice, Paths
from concordant.proofs.kernel.solving import DEAREST, EFFORT, LateSolver, SolverAnswer, model_of, settled
from concordant.proofs.kernel.theorems import GaveUp

TIMES_AS_MUCH_AS_IT_MAY = 20


def pigeons(holes: int) -> Iterator[z3.BoolRef]:
    """Yield that one pigeon too many finds a hole of its own, which takes long to refute."""
    sits = [[z3.Bool(f"{pigeon} in {hole}") for hole in range(holes)] for pigeon in range(holes + 1)]
    yield from map(z3.Or, sits)
    yield from (z3.Not(z3.And(one[hole], other[hole])) for (one, other), hole in product(combinations(sits, 2), range(holes)))


def test_what_takes_more_than_z3_may_do_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    with measured() as effort:
        assert ask([*pigeons(5)])[0] is SolverAnswer.UNSAT

    monkeypatch.setattr(solving, "EFFORT", effort.dearest // TIMES_AS_MUCH_AS_IT_MAY)
    assert ask([*pigeons(5)])[0] is SolverAnswer.UNKNOWN
    assert (
        decide(Obligation("sit", "one is left over", {str(each): each for each in pigeons(5)}, z3.BoolVal(True))).answer
        is SolverAnswer.UNKNOWN
    )
    with pytest.raises(GaveUp, match="the solver gave up on the assumptions"):
        Paths([*pigeons(5)])


def test_a_solver_knows_of_a_path_what_it_was_told_and_keeps_no_more_of_it_than_it_is_let() -> None:
    a, b, c = z3.Bools("a b c")
    trail = [Choice(a, 1, open=False, new=True), Choice(b, 1, open=False, new=False), Choice(c, 0, open=False, new=True)]
    told = LateSolver(z3.SimpleSolver())

    told.tell(trail[:1])
    told.tell(trail)
    assert list(told.solver.assertions()) == [a, z3.Not(c)]
    told.keep(1)
    assert list(told.solver.assertions()) == [a]
    told.keep(5)
    told.tell([*trail[:2], Choice(c, 1, open=False, new=True)])
    assert list(told.solver.assertions()) == [a, c]


class Muddled:
    """A solver whose context is full of other questions, so that it gives up on this one early."""

    def __init__(self, *formulas: z3.BoolRef) -> None:
        self._solver = z3.SimpleSolver()
        self._solver.add(*formulas)

    def check(self) -> z3.CheckSatResult:
        return z3.unknown

    def reason_unknown(self) -> str:
        return "(incomplete (theory arithmetic))"

    def translate(self, context: z3.Context) -> z3.Solver:
        return self._solver.translate(context)


def test_what_is_given_up_early_is_asked_in_a_context_of_its_own_and_answered_in_that_of_all() -> None:
    x = z3.Real("x")

    assert settled(Muddled(x * x < 0))[0] is SolverAnswer.UNSAT
    answer, whoever = settled(Muddled(x * x == 4, x > 0))
    assert answer is SolverAnswer.SAT
    assert model_of(whoever).eval(x).eq(z3.RealVal(2))


def test_what_is_asked_anew_may_do_no_more_than_it_is_let() -> None:
    assert settled(Muddled(*pigeons(6)), 100)[0] is SolverAnswer.UNKNOWN


def test_a_verdict_does_not_depend_on_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = count(0, 3_600)
    monkeypatch.setattr(time, "monotonic", lambda: next(hours))

    assert ask([*pigeons(4)])[0] is SolverAnswer.UNSAT  # decided, however late


def test_the_guard_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "EFFORT", 1)
    monkeypatch.setattr(solving, "GUARD_SECONDS", 0)

    with pytest.raises(GaveUp, match="stopped after 0 s by the clock, a guard that tells nothing of the claim"):
        ask([*pigeons(4)])


def test_a_theorem_takes_what_is_written_down(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["two_phase_commit.agreement"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].startswith("two_phase_commit.agreement  proved, by 34 queries, the dearest of ")
    assert lines[1] == f"{DEAREST:,} are written down as what the dearest takes, and {EFFORT:,} are allowed"

    monkeypatch.setattr("concordant.proofs.effort.DEAREST", 1)
    assert main(["two_phase_commit.agreement"]) == 1
