"""Symbols, paths and theorems by running: what they prove, what they refute with which numbers, and what they will not touch."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import z3

from concordant.proofs.kernel.paths import Paths, Unrepeatable, running
from concordant.proofs.kernel.reals import Symbolic
from concordant.proofs.kernel.solving import Limits
from concordant.proofs.kernel.symbolic import ClauseFindings, Counterexample, RuleTheorem, by_running, parts, run
from concordant.proofs.kernel.theorems import Finding, ProofStatus
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


def theorem(rule: Rule, clause: ForAll[Any, Any] = is_the_larger, **more: Any) -> RuleTheorem:
    return by_running("pairs.larger", clause, Mechanism(rule, pair, ()), "all pairs of amounts", **more)


# ---- what is proved and refuted


def test_a_clause_is_proved_on_every_path_of_the_rule() -> None:
    outcome = theorem(max).prove()

    assert (outcome.standing, outcome.detail) == (ProofStatus.PROVED, "2 paths, 2 cases")


def test_a_wrong_rule_is_refuted_by_small_numbers_with_the_facts_of_a_run_without_symbols() -> None:
    found = judged(min, is_the_larger).refuted

    assert found == Counterexample({"a": 0, "b": 1}, {"outcome": 0}) or found == Counterexample({"a": 1, "b": 0}, {"outcome": 0})


def test_a_counterexample_in_whole_numbers_is_told_though_one_in_fractions_comes_first() -> None:
    def between(draw: Draw) -> Pair:
        first = draw.one_of("which", ("a", "b"))
        return draw.amount("a", at_most=Fraction(1, 2)) if first == "a" else draw.amount("b"), 0

    @for_all
    def small(profile: Pair, outcome: object) -> Cases:  # noqa: ARG001
        """It is 0, or more than two."""
        yield case(profile[0] == 0 or profile[0] > 2)

    @for_all
    def nothing(profile: Pair, outcome: object) -> Cases:  # noqa: ARG001
        """It is 0, or more than a half."""
        yield case(profile[0] == 0 or profile[0] > Fraction(1, 2))

    assert run(small, Mechanism(max, between, ())).refuted == Counterexample({"which": "b", "b": 1}, {})
    assert run(nothing, Mechanism(max, between, ())).refuted == Counterexample({"which": "a", "a": Fraction(1, 2)}, {}, whole=False)


def test_what_must_fail_and_does_is_shown_by_an_example() -> None:
    wrong = by_running("pairs.smaller", is_the_larger, Mechanism(min, pair, ()), claim="It may be the smaller.", holds=False)

    assert wrong.prove().standing is ProofStatus.SHOWN
    assert wrong.example


def test_what_must_fail_and_holds_has_failed() -> None:
    outcome = by_running("pairs.larger", is_the_larger, Mechanism(max, pair, ()), claim="It may be the smaller.", holds=False).prove()

    assert (outcome.standing, outcome.detail) == (
        ProofStatus.FAILED,
        "not refuted: it holds on 2 paths, 2 cases of test_symbolic.is_the_larger",
    )


def test_what_must_hold_and_fails_has_failed_with_its_numbers() -> None:
    outcome = theorem(min).prove()

    assert outcome.standing is ProofStatus.FAILED
    assert outcome.detail.startswith("refuted by a = ")


def test_a_theorem_without_a_case_is_vacuous() -> None:
    @for_all
    def never(profile: Pair, outcome: Amount) -> Cases:  # noqa: ARG001
        """Nothing is claimed."""
        return ()

    outcome = theorem(max, never).prove()

    assert (outcome.standing, outcome.detail) == (ProofStatus.FAILED, "vacuous: no case on any of 2 paths")


@pytest.mark.parametrize(
    ("rule", "raises"),
    [
        (lambda pair: ratio(pair[0], pair[1]), "ZeroDivisionError('an amount is divided by zero')"),
        (lambda pair: {"x": 1}["y" if pair[0] > pair[1] else "x"], "KeyError('y')"),
        (lambda pair: [1][1 if pair[0] > pair[1] else 0], "IndexError('list index out of range')"),
        (lambda pair: max([], default=pair[0]) if pair[0] <= pair[1] else max([]), "ValueError('max() arg is an empty sequence')"),
        (lambda pair: pair + 1 if pair[0] > pair[1] else 0, "TypeError('can only concatenate tuple (not \"int\") to tuple')"),
        (lambda pair: pair.amount if pair[0] > pair[1] else 0, "AttributeError(\"'tuple' object has no attribute 'amount'\")"),
    ],
    ids=["zero divisor", "key", "index", "value", "type", "attribute"],
)
def test_a_rule_that_raises_is_refuted(rule: Rule, raises: str) -> None:
    found = judged(rule).refuted

    assert found is not None
    expected = raises.replace("an amount is divided by zero", f"Fraction({found.draws['a']}, 0)")
    assert found.facts == {"raises": expected}


def test_every_side_of_truth_and_of_a_zero_divisor_is_taken() -> None:
    def rule(profile: Pair) -> Amount:
        a, b = profile
        return ratio(a, b) if b else 0

    nothing, both = {"a": frozenset[str](), "b": frozenset[str]()}, frozenset({"a", "b"})
    assert judged(rule) == ClauseFindings(2, 2, queries=1, drawn=("a", "b"), options=nothing, amounts=both, found=both)


def test_a_draw_is_bounded_by_what_was_drawn_before() -> None:
    def profiles(draw: Draw) -> Pair:
        most = draw.amount("most")
        return most, draw.amount("part", at_most=most)

    @for_all
    def part_of_it(profile: Pair, outcome: Amount) -> Cases:
        """What is left is not negative."""
        yield case(0 <= outcome <= profile[0])

    assert run(part_of_it, Mechanism(lambda pair: pair[0] - pair[1], profiles, ())).refuted is None


@pytest.mark.parametrize(
    ("profiles", "says"),
    [
        (lambda draw: draw.one_of("one", ()), "draw 'one' has nothing to choose from"),
        (lambda draw: draw.amount("a", at_most=draw.amount("b") - 1), "draw 'a' has nothing to choose from"),
        (lambda draw: (draw.amount("a"), draw.amount("a")), "draw 'a' was drawn before; give each choice a name of its own"),
    ],
    ids=["no option", "negative bound", "drawn twice"],
)
def test_profiles_that_cannot_be_drawn_so_are_an_error_and_refute_no_rule(profiles: Callable[[Draw], Any], says: str) -> None:
    with pytest.raises(ValueError, match=rf"test_symbolic\.py:\d+: {says}"):
        run(anything, Mechanism(lambda _: 0, profiles, ()))


# ---- misuse


def test_a_symbol_is_asked_only_while_its_proof_lasts() -> None:
    with running(Paths()):
        symbol = Symbolic().amount("a")

    with pytest.raises(ValueError, match="a symbol is asked something after the proof that made it has ended"):
        assert symbol < 1


def test_what_a_theorem_ranges_over_must_be_said_and_an_example_ranges_over_nothing() -> None:
    with pytest.raises(ValueError, match=r"pairs\.larger: a theorem that holds says over what it ranges"):
        by_running("pairs.larger", is_the_larger, Mechanism(max, pair, ()))
    with pytest.raises(
        ValueError, match=r"pairs\.larger: a theorem that holds says over what it ranges, and one that fails is 'an example'"
    ):
        theorem(min, holds=False)


def test_an_example_needs_a_claim_of_its_own_since_what_the_clause_says_fails() -> None:
    with pytest.raises(ValueError, match=r"pairs\.smaller: what an example shows is not what the clause says; give it a claim of its own"):
        by_running("pairs.smaller", is_the_larger, Mechanism(min, pair, ()), holds=False)


# ---- giving up


def test_a_limit_of_paths_or_of_queries_leaves_a_theorem_unknown() -> None:
    assert theorem(max, limits=Limits(paths=1)).prove().standing is ProofStatus.UNKNOWN
    asked = theorem(max, limits=Limits(queries=0)).prove()

    assert asked.standing is ProofStatus.UNKNOWN
    assert asked.detail.startswith("not finished after 0 paths and 0 queries")


def test_where_the_solver_gives_up_on_a_branch_a_theorem_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    check, asked = z3.Solver.check, list[int]()

    def gives_up(solver: z3.Solver) -> Any:
        asked.append(1)
        return check(solver) if len(asked) < 3 else z3.unknown

    monkeypatch.setattr(z3.Solver, "check", gives_up)
    outcome = theorem(lambda pair: max(pair) if sum(pair) < 1 else max(*pair)).prove()

    assert outcome.standing is ProofStatus.UNKNOWN
    assert outcome.detail.startswith("the solver gave up on ")


# ---- paths and parts


def chooses(draw: Draw) -> tuple[int, str, Amount]:
    count, name = draw.one_of("count", (1, 2, 3)), draw.one_of("name", "xy")
    return count, name, draw.amount("a")


def test_parts_are_the_finite_choices_before_the_first_comparison_and_together_make_the_whole() -> None:
    several = Mechanism(lambda profile: profile[2] < profile[0], chooses, ())
    whole, cut = run(anything, several), parts(anything, several)

    assert cut == tuple(((3, count), (2, name)) for count in range(3) for name in range(2))
    assert parts(anything, several, most=5) == (((3, 0),), ((3, 1),), ((3, 2),))
    assert parts(anything, several, most=2) == ((),)
    together = sum((run(anything, several, part) for part in cut), ClauseFindings())
    assert (together.paths, together.cases) == (whole.paths, whole.cases) == (12, 12)


def test_a_part_of_something_else_is_an_error() -> None:
    with pytest.raises(Unrepeatable, match="it asked for one of 3 options where it had asked for one of 4 options"):
        run(anything, Mechanism(lambda profile: profile[0], chooses, ()), ((4, 1),))


def test_outcomes_are_judged_in_order_and_the_first_counterexample_is_the_one_told() -> None:
    first, second = (Counterexample({"a": number}, {}) for number in (1, 2))
    split = theorem(max).split
    assert split is not None

    outcome = split.judge(iter([ClauseFindings(1, 1, refuted=first), ClauseFindings(1, 1, refuted=second)]))

    assert outcome == Finding(ProofStatus.FAILED, "refuted by a = 1")
