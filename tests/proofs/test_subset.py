"""The subset of Python in which rules of mechanisms are written: what symbols do as numbers do, what fails aloud, what is found in the source."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import z3

from concordant.proofs.kernel.lint import traps, traps_in
from concordant.proofs.kernel.paths import Paths, Unrepeatable, every_path
from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.symbolic import Ran, RuleTheorem, by_running, run
from concordant.proofs.kernel.theorems import Undecided, collected
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, ForAll, case, for_all, ratio

Pair = tuple[Amount, Amount]
Rule = Callable[[Pair], Any]


def pair(draw: Draw) -> Pair:
    return draw.amount("a"), draw.amount("b")


@for_all
def is_the_larger(profile: Pair, outcome: Amount) -> Cases:
    """The outcome is one of the two, and neither is larger."""
    a, b = profile
    yield case(outcome in (a, b) and outcome >= a and outcome >= b, outcome=outcome)


@for_all
def anything(profile: Pair, outcome: object) -> Cases:  # noqa: ARG001
    """There is an outcome."""
    yield case(True)


def judged(rule: Rule, clause: ForAll[Any, Any] = anything) -> Ran:
    return run(clause, Mechanism(rule, pair, ()))


# ---- what is in it


def test_arithmetic_on_symbols_is_that_of_fractions() -> None:
    def rule(profile: Pair) -> bool:
        a, b = profile
        half = Fraction(1, 2)
        sums = a + b - a == b and 2 * a + half == half + a * 2 and 1 - a == -(a - 1) and +a == a and sum([a, b, 1]) == 1 + b + a
        quotients = not b or (ratio(1, b) * b == 1 and a / b == ratio(a, b))
        return bool(sums and abs(a - b) == abs(b - a) and ratio(a * b, 1) == b * a and quotients)

    @for_all
    def true(profile: Pair, outcome: bool) -> Cases:  # noqa: ARG001
        """It is true."""
        yield case(outcome)

    assert judged(rule, true).refuted is None


def test_a_product_of_which_the_model_says_nothing_definite_is_asked_both_ways() -> None:
    seen = []
    a, b = z3.Reals("a b")
    quotient = z3.Function("made up", z3.RealSort(), z3.RealSort())

    def branches(paths: Paths) -> None:
        seen.append((paths.branch(a / b == quotient(a)), paths.branch(b > 0)))

    every_path(branches, [a * a == 2])

    assert sorted(seen) == [(False, False), (False, True), (True, False), (True, True)]


# ---- what leaves the subset


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (lambda pair: {pair[0]: 1}, r"a set, as a key of a dict, in a Counter or in a cache \(hash\); use names as keys"),
        (lambda pair: int(pair[0]), "an int, a float or an index; keep it exact"),
        (lambda pair: float(pair[0]), "an int, a float or an index"),
        (lambda pair: range(pair[0]), "an int, a float or an index"),
        (lambda pair: round(pair[0]), "a rounded amount"),
        (lambda pair: pair[0] // 2, r"a whole quotient, a remainder or a power; divide exactly by `ratio\(a, b\)`"),
        (lambda pair: 7 % pair[0], "a whole quotient, a remainder or a power"),
        (lambda pair: pair[0] ** 2, "a whole quotient, a remainder or a power"),
        (lambda pair: f"{pair[0]}", "text; compare amounts, not their texts"),
        (lambda pair: repr(pair), "text"),
        (lambda pair: pair[0].numerator, "its numerator; compare amounts as they are"),
        (lambda pair: Fraction(pair[0]), "its numerator"),
        (lambda pair: pair[0] + 0.5, r"mixes an amount with 0\.5; write an int, or a Fraction"),
        (lambda pair: pair[0] < 0.5, r"mixes an amount with 0\.5"),
        (lambda pair: pair[0] == 0.5, r"mixes an amount with 0\.5"),
        (lambda pair: pair[0] * True, "computes with True as if it were an amount; write 1 or 0"),
    ],
)
def test_what_looks_inside_an_amount_is_an_error_that_says_where_and_what_to_write(rule: Rule, says: str) -> None:
    with pytest.raises(LeavesSubset, match=rf"test_subset\.py:\d+: the rule .*{says}"):
        judged(rule)


def test_a_rule_that_catches_the_error_does_not_hide_it() -> None:
    def rule(profile: Pair) -> int:
        try:
            return len({*profile})
        except TypeError:
            return 0

    with pytest.raises(LeavesSubset, match="the rule makes of an amount a set"):
        judged(rule)


def test_a_rule_that_catches_everything_does_not_hide_that_the_solver_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(profile: Pair) -> bool:
        monkeypatch.setattr(z3.Solver, "check", lambda _: z3.unknown)
        try:
            return profile[0] < profile[1]
        except Exception:  # noqa: BLE001  # that is what is wrong
            return False

    with pytest.raises(Undecided, match=r"the solver gave up on .*b <= a"):
        judged(rule)


def test_a_rule_that_tells_a_symbol_from_a_number_is_found_when_the_counterexample_is_run_without_symbols() -> None:
    with pytest.raises(LeavesSubset, match="is refuted on symbols, and not on the numbers that they stand for"):
        judged(lambda pair: max(pair) if type(pair[0]) in (int, Fraction) else min(pair), is_the_larger)
    with pytest.raises(LeavesSubset, match=r"test_subset\.py:\d+: the rule raises KeyError\(.*\) of a symbol, and not of the number"):
        judged(lambda pair: {"int": 0, "Fraction": 1}[type(pair[0]).__name__])


def test_a_rule_that_does_not_run_the_same_way_twice_is_an_error_that_says_where() -> None:
    asked: list[int] = []

    def rule(profile: Pair) -> bool:
        asked.append(1)
        return profile[0] < len(asked)

    with pytest.raises(Unrepeatable, match=r"test_subset\.py:\d+: the run did not go the same way twice: it asked .* where it had asked"):
        judged(rule)


def test_a_rule_that_ends_early_the_second_time_is_an_error() -> None:
    asked: list[int] = []

    def rule(profile: Pair) -> bool:
        asked.append(1)
        return len(asked) == 1 and profile[0] < 1

    with pytest.raises(Unrepeatable, match="the run did not go the same way twice: it ended where it had asked"):
        judged(rule)


# ---- what is found in the source


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("same = bid is other", "compare amounts by =="),
        ("same = bid is not profile.reserve", "compare amounts by =="),
        ("exact = isinstance(bid, int)", "use `is_amount`"),
        ("exact = isinstance(bid, (int, str))", "use `is_amount`"),
        ("exact = type(bid) == int", "use `is_amount`"),
        ("match bid:\n    case int(): pass", "use `is_amount`"),
        ("mean = total / 2", "divide by `ratio`"),
        ("mean /= 2", "divide by `ratio`"),
        ("half = 0.5", "write a Fraction"),
        ("half = float('0.5')", "write a Fraction"),
        ("from statistics import median", "sort and pick"),
        ("import statistics", "sort and pick"),
        ("key = id(bid)", "the address of an object"),
        ("while price < best: price += 1", "let the profile bound the loop"),
        ("while going and price < best: price += 1", "let the profile bound the loop"),
    ],
)
def test_a_silent_trap_is_found_in_the_source(source: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(f"first = 1\n{source}\n", encoding="utf-8")

    (found,) = traps_in(str(file))

    assert found.startswith(f"{file}:{3 if 'match' in source else 2}: {says}")


def test_what_is_no_trap_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(
        textwrap.dedent("""
            class Order:
                side: Side
            def of(side: Side, bids, bid, rank):
                none = bid is None or self is Direction.FORWARD or order.side is side
                exact = isinstance(bid, int | Fraction) or isinstance(bid, Sale)
                place = isinstance(rank, int)  # no amount
                listed = [clause for clause in ALL if clause is not other]
                for each in (Side.BUY, Side.SELL):
                    chosen = each is picked
                while bids and bids[0] > bid: bids = bids[1:]
                while len(bids) > 1: bids = bids[1:]
                while bids: bids = bids[1:]
                return round
        """),
        encoding="utf-8",
    )

    assert traps_in(str(file)) == ()


@pytest.mark.parametrize("theorem", collected(RuleTheorem), ids=lambda theorem: theorem.id)
def test_no_rule_or_clause_that_is_proved_holds_a_trap(theorem: RuleTheorem) -> None:
    assert traps(theorem.mechanism.rule, theorem.mechanism.profiles, theorem.clause.cases) == []


def test_a_theorem_about_a_module_with_a_trap_is_an_error_that_says_where() -> None:
    here = by_running("pairs.larger", is_the_larger, Mechanism(max, pair, ()), "all pairs of amounts")

    with pytest.raises(LeavesSubset, match=r"test_subset\.py:\d+: write a Fraction; a float is not exact"):
        here.prove()


def test_the_modules_of_everything_that_a_rule_names_are_looked_through() -> None:
    found = traps(is_the_larger.cases)

    assert any("test_subset.py" in each and "write a Fraction" in each for each in found)
