"""A sum divided between two: each gets a half, and nobody is envious.

What must hold comes first, then the rule, then the profiles on which it is judged, and last a mistake that the check must find.
Change it into a rule of your own, piece by piece, and run the check after each.
"""

from __future__ import annotations

from attrs import frozen

from concordant.checks import Grid, Profiles
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.spec.vocabulary import Amount, Cases, Draw, Rejected, case, for_all, ratio

# ---- what must hold


@frozen
class Sum:
    """What is divided; it may not be negative."""

    amount: Amount


@frozen
class Shares:
    """What the first and the second get."""

    first: Amount
    second: Amount


NEGATIVE = Rejected("the sum is negative")


@for_all
def only_negative_sums_are_rejected(profile: Sum, outcome: Shares | Rejected) -> Cases:
    """A sum is rejected if, and only if, it is negative."""
    yield case(isinstance(outcome, Rejected) == (profile.amount < 0), outcome=outcome)


@for_all
def everything_is_given_away(profile: Sum, outcome: Shares | Rejected) -> Cases:
    """The shares add up to the sum."""
    if isinstance(outcome, Shares):
        yield case(outcome.first + outcome.second == profile.amount, shares=outcome)


@for_all
def nobody_is_envious(profile: Sum, outcome: Shares | Rejected) -> Cases:
    """Both get the same."""
    del profile
    if isinstance(outcome, Shares):
        yield case(outcome.first == outcome.second, shares=outcome)


# ---- the rule


def halves(profile: Sum) -> Shares | Rejected:
    """Give each a half."""
    if profile.amount < 0:
        return NEGATIVE
    half = ratio(profile.amount, 2)
    return Shares(half, half)


# ---- what is checked

CLAUSES = (only_negative_sums_are_rejected, everything_is_given_away, nobody_is_envious)


def sums(draw: Draw) -> Sum:
    """Draw a sum, and whether it is a debt. What is drawn has a name, so that a counterexample can be read and replayed."""
    amount = draw.amount("amount")
    return Sum(draw.one_of("which sign", (amount, -amount)))


SMALL = Grid("small", "sums from 0 to 2, and debts", Mechanism(halves, sums, CLAUSES), (0, 1, 2), Profiles(6, 5, 20))

# ---- a mistake


def first_takes_all(profile: Sum) -> Shares | Rejected:
    """Give the first everything: that is the mistake."""
    return NEGATIVE if profile.amount < 0 else Shares(profile.amount, 0)


MISTAKE = Pitfall("halves.FirstTakesAll", "The first gets everything.", nobody_is_envious, Mechanism(first_takes_all, sums, CLAUSES), 2)
