"""The subset of Python in which rules of mechanisms are written: what symbols do as numbers do, what fails aloud, what is found in the source."""

from __future__ import annotations

import importlib.util
import re
import sys
import textwrap
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import z3

from concordant.proofs.kernel.lint import picked, traps
from concordant.proofs.kernel.paths import Paths, Unrepeatable, every_path
from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.symbolic import ClauseFindings, RuleTheorem, by_running, run
from concordant.proofs.kernel.theorems import GaveUp, collected
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


def judged(rule: Rule, clause: ForAll[Any, Any] = anything) -> ClauseFindings:
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
        (lambda pair: hasattr(pair[0], "bit_length"), "its bit_length"),
        (lambda pair: pair[0].as_integer_ratio(), "its as_integer_ratio"),
        (lambda pair: pair[0].real, "its real"),
        (lambda pair: pair[0] & 1, "its bits"),
        (lambda pair: ~pair[0], "its bits"),
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
            return profile[0] * profile[1] < profile[1]  # which order alone does not tell
        except Exception:  # noqa: BLE001  # that is what is wrong
            return False

    with pytest.raises(GaveUp, match="the solver gave up on an example"):
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

HEAD = """
from __future__ import annotations
import enum, functools, itertools, math, numbers, operator, statistics, typing
from fractions import Fraction
from attrs import define, frozen
from concordant.spec.auctions.shared.auctions import Direction, Sale
from concordant.spec.vocabulary import Amount, identity, is_amount, ratio
from concordant.spec.voting.shared import voting

whole = int
asked = isinstance
HALF, SEEN, KINDS = Fraction(1, 2), [], {"whole": int}

class Kind(type):
    def __instancecheck__(cls, value): return True

class Every(metaclass=Kind): pass

class Whole(int): pass

@define
class Counter:
    calls: int = 0

COUNTER = Counter()
"""


def function(body: str, folder: Path, name: str = "rule") -> Callable[..., Any]:
    """Make a module with a function of this body, and return the function."""
    file = folder / "rules.py"
    file.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("rules_of_a_test", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["rules_of_a_test"] = module  # where a class looks for its module
    spec.loader.exec_module(module)
    found: Callable[..., Any] = getattr(module, name)
    return found


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("bid is other", "compare by =="),
        ("bid is not HALF", "compare by =="),
        ("isinstance(bid, int)", "int tells numbers apart by how they are represented"),
        ("isinstance(bid, whole)", "whole tells numbers apart"),
        ("isinstance(bid, (Sale, Fraction))", "write a Fraction of two whole numbers, and nothing else"),
        ("isinstance(bid, Amount)", "Amount is not on the list"),
        ("isinstance(bid, numbers.Integral)", r"numbers\.Integral tells numbers apart"),
        ("isinstance(bid, typing.SupportsIndex)", r"typing\.SupportsIndex decides by itself"),
        ("isinstance(bid, Every)", "Every decides by itself what its instances are"),
        ("isinstance(bid, Whole)", "Whole tells numbers apart"),
        ("isinstance(bid, object)", "object tells numbers apart"),
        ("isinstance(bid, KINDS['whole'])", "KINDS tells numbers apart"),
        ("isinstance(bid, *[int])", "int tells numbers apart"),
        ("[check for check in [asked] if check(bid, whole)]", "whole tells numbers apart"),
        ("issubclass(type(bid), int)", "issubclass is not on the list"),
        ("type(bid)", "type is not on the list"),
        ("hasattr(bid, 'bit_length')", "hasattr is not on the list"),
        ("getattr(bid, 'numerator')", "getattr is not on the list"),
        ("dir(bid)", "dir is not on the list"),
        ("id(bid)", "id is not on the list"),
        ("hash(bid)", "hash is not on the list"),
        ("float('0.5')", "float tells numbers apart"),
        ("math.floor(bid)", r"math\.floor is not on the list"),
        ("operator.index(bid)", r"operator\.index is not on the list"),
        ("statistics.median([bid])", r"statistics\.median is not on the list"),
        ("functools.singledispatch(max)", r"functools\.singledispatch is not on the list"),
        ("identity(bid)", "identity tells how a value is represented"),
        ("__import__('numbers')", "__import__ is not on the list"),
        ("eval('1')", "eval is not on the list"),
        ("numbers", "numbers is a module"),
        ("bid.__class__", "looks at `__class__`"),
        ("bid.numerator", "looks at `numerator`"),
        ("bid.bit_length()", "looks at `bit_length`"),
        ("'{0.__class__}'.format(bid)", "looks at `format`"),
        ("(each for each in ()).gi_frame", "looks at `gi_frame`"),
        ("bid & 1", "use `and`, `or` and `not`"),
        ("~bid", "use `and`, `or` and `not`"),
        ("bid / 2", "divide by `ratio`"),
        ("bid + 0.5", "write a Fraction: a float is not exact"),
        ("Fraction(bid)", "write a Fraction of two whole numbers"),
        ("SEEN.append(bid)", "SEEN is a list that may change: keep nothing between two runs"),
        ("COUNTER.calls", "COUNTER is of a class that is not frozen"),
        ("next(itertools.count())", r"itertools\.count is not on the list"),
        ("(lambda isinstance: whole)(bid)", "whole tells numbers apart"),
    ],
)
def test_what_is_not_on_the_list_is_found_in_the_source_by_what_it_stands_for(expression: str, says: str, tmp_path: Path) -> None:
    rule = function(f"def rule(bid, other):\n    return {expression}\n", tmp_path)

    assert any(re.match(rf"{re.escape(str(tmp_path))}/rules\.py:\d+: {says}", found) for found in traps(rule))


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ("match bid:\n        case int(): return 1", "int tells numbers apart"),
        ("match bid:\n        case numbers.Integral(): return 1", r"numbers\.Integral tells numbers apart"),
        ("match bid:\n        case Sale(price=whole()): return 1", "whole tells numbers apart"),
        ("match bid:\n        case Sale(__class__=kind): return kind", "looks at `__class__`"),
        ("bid /= 2", "divide by `ratio`"),
        ("bid |= 2", "use `and`, `or` and `not`"),
        ("import numbers as n", "import at the head of the module"),
        ("global HALF", "keep nothing between two runs"),
        ("KINDS['seen'] = bid", "keep nothing between two runs"),
        ("rule.calls = 1", "keep nothing between two runs"),
        ("while bid < other: bid += 1", "let the profile bound the loop"),
        ("while going and bid < other: bid += 1", "let the profile bound the loop"),
    ],
)
def test_what_a_statement_does_that_is_not_on_the_list_is_found(statements: str, says: str, tmp_path: Path) -> None:
    rule = function(f"def rule(bid, other, going=True):\n    {statements}\n", tmp_path)

    assert any(re.match(rf".*rules\.py:\d+: {says}", found) for found in traps(rule))


def test_what_is_on_the_list_is_left_alone(tmp_path: Path) -> None:
    rule = function(
        """
        def rule(profile, bids, bid: int, rank) -> int | None:
            half = Fraction(1, 2)
            none = bid is None or profile.direction is Direction.FORWARD
            exact = is_amount(bid) or isinstance(bid, Sale | str)
            place = isinstance(rank, int)  # no amount
            while bids and bids[0] > bid: bids = bids[1:]
            while len(bids) > 1: bids = bids[1:]
            kept = {name: amount for name, amount in bids}
            kept["best"] = max(kept.values(), default=HALF)
            match profile:
                case Sale(price=price): return voting.tied(price)
            return sorted(kept, key=lambda name: (-kept[name], name))
        """,
        tmp_path,
    )

    assert traps(rule) == []


def test_all_that_a_rule_reaches_is_read_not_only_its_own_module(tmp_path: Path) -> None:
    made = """
    def helper(bid): return hasattr(bid, "bit_length")
    def through(bid, how=helper): return how(bid)
    @frozen
    class Asks:
        def ask(self, bid): return helper(bid)
    def closes_over(found): return lambda bid: found(bid)
    by_table = {"how": helper}
    def a_table(bid): return by_table["how"](bid)
    def a_default(bid): return through(bid)
    def a_class(bid): return Asks().ask(bid)
    a_closure = closes_over(helper)
    a_partial = functools.partial(through, how=helper)
    a_method = Asks().ask
    """

    for name in ("a_table", "a_default", "a_class", "a_closure", "a_partial", "a_method"):
        assert [found.partition(": ")[2][:28] for found in traps(function(made, tmp_path, name))] == ["hasattr is not on the list o"], name


def test_a_function_without_a_source_is_refused() -> None:
    made: dict[str, Any] = {}
    exec("def rule(bid): return bid", made)  # noqa: S102  # that is what is refused

    assert [found.partition(": ")[2][:35] for found in traps(made["rule"])] == ["rule is not on the list of what a r"]


@pytest.mark.parametrize("theorem", collected(RuleTheorem), ids=lambda theorem: theorem.id)
def test_no_rule_or_clause_that_is_proved_holds_a_trap(theorem: RuleTheorem) -> None:
    assert traps(theorem.mechanism.rule, theorem.mechanism.profiles, theorem.clause.cases) == []
    assert picked(theorem.mechanism.rule) == []


def half_of_the_larger(profile: Pair) -> float:
    return max(profile) * 0.5


def test_a_theorem_about_a_rule_with_a_trap_is_an_error_that_says_where() -> None:
    here = by_running("pairs.larger", is_the_larger, Mechanism(half_of_the_larger, pair, ()), "all pairs of amounts")

    with pytest.raises(LeavesSubset, match=r"test_subset\.py:\d+: write a Fraction: a float is not exact"):
        here.prove()
