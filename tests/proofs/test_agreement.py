"""Every theorem by running agrees with enumeration: what holds of all reals holds on grids of whole numbers and of fractions, and what fails fails there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import Enumeration
from concordant.checks.mechanisms.refute import smallest_counterexample
from concordant.proofs.kernel.symbolic import RuleTheorem
from concordant.proofs.kernel.theorems import collected
from concordant.spec.vocabulary import Amount, outcomes_are_exact

THEOREMS = tuple(theorem for theorem in collected(RuleTheorem) if not theorem.large)
MANY = "continuous_double_auction."
"""Of two amounts there are too many profiles of two orders that rest: its grid `one_request` judges the same clauses with one."""
LARGE = tuple(each for each in collected(RuleTheorem) if each.large and each.holds and not each.id.startswith(MANY))
HOLDING = tuple(theorem for theorem in THEOREMS if theorem.holds)
FAILING = tuple(theorem for theorem in THEOREMS if not theorem.holds)
TWO: tuple[Amount, ...] = (0, 1)
FRACTIONS: tuple[Amount, ...] = (Fraction(1, 2), Fraction(1))
INTS: tuple[Amount, ...] = (0, 1, 2)
GRIDS = {"two": TWO, "fractions": FRACTIONS, "ints": INTS}
"""By name. Grids of three amounts take long: `make test` judges clauses on those of the scopes, `make test-all` what is proved on these too."""
ON_GRIDS = [
    pytest.param(
        theorem,
        amounts,
        id=f"{theorem.id}-{name}",
        marks=pytest.mark.thorough if amounts is INTS or theorem.id.endswith("_of_4_weights") else (),
    )
    for theorem in HOLDING
    for name, amounts in GRIDS.items()
]


@pytest.mark.parametrize(("theorem", "amounts"), ON_GRIDS)
def test_what_is_proved_holds_on_a_grid_with_exact_outcomes(theorem: RuleTheorem, amounts: tuple[Amount, ...]) -> None:
    done = Enumeration(theorem.mechanism, amounts, (theorem.clause, outcomes_are_exact)).run()

    assert [tally.found for tally in done.tallies] == [None, None]
    if amounts == INTS:  # where all others are half a voter or more, say, nothing is unanimous
        assert all(tally.cases for tally in done.tallies)


@pytest.mark.thorough
@pytest.mark.parametrize("theorem", LARGE, ids=lambda theorem: theorem.id)
def test_what_is_proved_only_when_asked_for_holds_on_a_grid_of_two_amounts(theorem: RuleTheorem) -> None:
    done = Enumeration(theorem.mechanism, TWO, (theorem.clause, outcomes_are_exact)).run()

    assert [tally.found for tally in done.tallies] == [None, None]


@pytest.mark.parametrize("theorem", FAILING, ids=lambda theorem: theorem.id)
def test_what_must_fail_fails_on_a_grid_too(theorem: RuleTheorem) -> None:
    assert smallest_counterexample(theorem.mechanism, theorem.clause).status is Status.VIOLATED


@pytest.mark.parametrize("theorem", FAILING, ids=lambda theorem: theorem.id)
def test_what_must_fail_is_shown_by_whole_numbers(theorem: RuleTheorem) -> None:
    assert theorem.split is not None

    assert any(ran.refuted is not None and ran.refuted.whole for ran in map(theorem.split.run, theorem.split.parts()))
