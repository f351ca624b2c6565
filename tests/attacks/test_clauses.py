"""A clause that says less than it seems to, and a search for what nobody judges, are refused by name."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk
from concordant.refimpl.machine import KnownViolation, Mechanism, System
from concordant.spec.vocabulary import Case, Cases, Fault, NoHistory, Seen, always, case, for_all, sometimes
from tests.checks.toys import A, Counter, Kept

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated, walk])
COUNTER = System({A: Counter()}, NoHistory(), ())


def says(holds: Any) -> Any:
    @always(under=~Fault.NONE)
    def nothing_is_kept(seen: Seen[NoHistory]) -> Cases:
        """Nothing is kept."""
        yield case(holds(seen.views(Kept)[A].notes))

    return nothing_is_kept


# ---- a case that is no bool


@ENGINES
@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (lambda notes: (not note for note in notes), "case(<generator object"),
        (lambda notes: len(notes) + 1, "case(1)"),
        (lambda notes: 0 * len(notes), "case(0)"),
        (lambda notes: None, "case(None)"),  # noqa: ARG005
    ],
)
def test_a_case_that_is_no_bool_is_an_error_of_its_clause(engine: Callable[..., Any], holds: Any, said: str) -> None:
    with pytest.raises(BrokenClause) as found:
        engine(COUNTER, (says(holds),))

    assert str(found.value).startswith(f"clause test_clauses.nothing_is_kept raised TypeError: {said}")
    assert str(found.value).endswith(": say whether it holds as a bool, such as case(all(…))")


def test_a_case_is_not_made_around_the_check_either() -> None:
    with pytest.raises(TypeError, match=r"^case\(1\): say whether it holds as a bool"):
        Case(1)  # type: ignore[arg-type]  # the mistake
    with pytest.raises(TypeError, match=r"^case\(1\): "):
        evolve(case(True), holds=1)  # type: ignore[arg-type]  # the mistake


@ENGINES
def test_a_case_of_a_class_of_ones_own_is_no_case(engine: Callable[..., Any]) -> None:
    class Loose(Case):
        """Takes anything."""

        def __attrs_post_init__(self) -> None:
            pass

    @always()
    def nothing_is_kept(seen: Seen[NoHistory]) -> Cases:
        """Nothing is kept."""
        yield Loose(int(not seen.views(Kept)[A].notes))  # type: ignore[arg-type]  # the mistake

    with pytest.raises(BrokenClause, match=r"^clause test_clauses\.nothing_is_kept yielded .*Loose\(holds=1.*; yield case\(holds"):
        engine(COUNTER, (nothing_is_kept,))


def test_a_case_of_a_rule_that_is_no_bool_is_an_error_of_its_clause() -> None:
    @for_all
    def something(profile: int, outcome: int) -> Cases:
        """Something is true."""
        yield case(each > 0 for each in (profile, outcome))  # type: ignore[arg-type]  # the mistake

    with pytest.raises(BrokenClause, match=r"^clause test_clauses\.something raised TypeError: case\(<generator object"):
        judge_grid(Grid("one", "one profile", Mechanism(lambda profile: profile, lambda _: 1, (something,)), examples=0))


@ENGINES
def test_an_assumption_or_a_bound_that_returns_nothing_forbids_nothing_silently(engine: Callable[..., Any]) -> None:
    def forgets(*given: object) -> None:
        """Return nothing."""

    said = r" forgets of the system returned None; return True or False$"
    with pytest.raises(ValueError, match=f"^the assumption{said}"):
        engine(evolve(COUNTER, assume=(forgets,)))  # type: ignore[arg-type]  # the mistake
    with pytest.raises(ValueError, match=f"^the bound{said}"):
        engine(evolve(COUNTER, within=(forgets,)))  # type: ignore[arg-type]  # the mistake


# ---- what is never judged


@ENGINES
def test_of_two_clauses_with_one_id_neither_hides_the_other(engine: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match=r"^two clauses are called test_clauses\.nothing_is_kept; give one of them a function of its own"):
        engine(COUNTER, (says(lambda notes: True), says(lambda notes: not notes)))  # noqa: ARG005


def test_of_two_clauses_made_in_one_line_neither_stands_for_the_other_when_it_comes_from_another_process() -> None:
    both = [says(each) for each in (lambda notes: len(notes) >= 0, lambda notes: len(notes) < 1)]

    assert [next(place for place, one in enumerate(both) if one is each) for each in pickle.loads(pickle.dumps(both))] == [0, 1]  # noqa: S301  # our own


def test_of_two_promises_of_a_rule_with_one_id_neither_hides_the_other() -> None:
    def promise(least: int) -> Any:
        @for_all
        def enough(profile: int, outcome: int) -> Cases:  # noqa: ARG001
            """It is enough."""
            yield case(outcome >= least)

        return enough

    with pytest.raises(ValueError, match=r"^clause test_clauses\.enough is promised twice; list it once, or rename one of the two"):
        Mechanism(lambda profile: profile, lambda _: 1, (promise(0), promise(2)))


@pytest.mark.parametrize("engine", [explore, explore_tabulated])
def test_a_search_until_a_clause_that_is_not_judged_is_refused(engine: Callable[..., Any]) -> None:
    said = r"^until=test_clauses\.nothing_is_kept, which is not judged here: it is not among the clauses, or not promised"
    kept = says(lambda notes: not notes)

    with pytest.raises(ValueError, match=said):
        engine(COUNTER, (), until=kept)
    with pytest.raises(ValueError, match=said):
        engine(COUNTER, (says(lambda notes: True),), until=kept)  # noqa: ARG005  # another of that name


# ---- known truths that show nothing


@sometimes
def something_is_kept(seen: Seen[NoHistory]) -> Cases:
    """Something is kept."""
    yield case(bool(seen.views(Kept)[A].notes))


def test_that_something_is_never_reached_is_not_shown_by_a_run() -> None:
    with pytest.raises(ValueError, match=r"^test_clauses\.something_is_kept fails: no run shows that something is never reached"):
        KnownViolation(something_is_kept, "it is kept", COUNTER, ())


@for_all
def outcomes_are_small(profile: int, outcome: int) -> Cases:  # noqa: ARG001
    """No outcome is large."""
    yield case(outcome < 2)


def test_a_rule_that_merely_raises_does_not_show_that_a_clause_fails() -> None:
    def raises(profile: int) -> int:
        raise ValueError(profile)

    known = KnownViolation(
        outcomes_are_small, "it is large", Mechanism(raises, lambda draw: draw.one_of("n", (1, 3)), (outcomes_are_small,)), {"n": 3}
    )

    with pytest.raises(
        ValueError, match=r"^the witness of test_clauses\.outcomes_are_small shows no failing case: the rule raised ValueError: 3"
    ):
        replay_known_violation(known)


# ---- exact outcomes


@dataclass(frozen=True)
class Price:
    amount: object


class Plain:
    def __init__(self, amount: object) -> None:
        self.amount = amount


class Slotted:
    __slots__ = ("amount",)

    def __init__(self, amount: object) -> None:
        self.amount = amount


class Lot(NamedTuple):
    amount: object


@pytest.mark.parametrize("amount", [0.5, float("nan"), Decimal("0.5"), Decimal("NaN"), 1j])
@pytest.mark.parametrize(
    "hide",
    [
        Price,
        Plain,
        Slotted,
        Lot,
        lambda amount: amount,
        lambda amount: {"a": [amount]},
        lambda amount: {amount: 1},
        lambda amount: iter((amount,)),
        lambda amount: lambda: amount,
    ],
    ids=["dataclass", "object", "slots", "named tuple", "bare", "list in a dict", "key", "iterator", "closure"],
)
def test_an_outcome_with_something_inexact_in_it_is_refused_wherever_that_hides(amount: object, hide: Callable[[object], object]) -> None:
    mechanism = Mechanism(lambda _: hide(amount), lambda _: 1, ())

    (verdict,) = judge_grid(Grid("one", "one profile", mechanism, examples=0)).verdicts

    assert (verdict.clause.id, verdict.status.value) == ("mechanisms.outcomes_are_exact", "violated")


@pytest.mark.parametrize(
    "hide", [Price, Plain, Slotted, Lot, lambda amount: {"a": [amount]}, lambda amount: frozenset({amount, "x", None, True})]
)
def test_an_outcome_of_exact_amounts_passes_wherever_they_are(hide: Callable[[object], object]) -> None:
    mechanism = Mechanism(lambda _: hide(Fraction(1, 2)), lambda _: 1, ())

    (verdict,) = judge_grid(Grid("one", "one profile", mechanism, examples=0)).verdicts

    assert verdict.status.value == "holds"


@ENGINES
def test_a_clause_that_looks_at_what_is_not_recorded_is_broken_and_not_taken_for_the_same_in_all_states(engine: Callable[..., Any]) -> None:
    @always()
    def few_notes(seen: Any) -> Cases:
        """Few notes."""
        yield case(seen.state.locals[0] < 2)

    with pytest.raises(
        BrokenClause, match=r"clause test_clauses\.few_notes raised AttributeError: 'Snapshot' object has no attribute 'state'"
    ):
        engine(COUNTER, (few_notes,))
