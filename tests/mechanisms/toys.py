"""A rule of two lines for the tests: a pot is shared among those who claim, and what does not divide is kept."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, RuleClause, case, for_all, ratio, relates, truthful


@frozen
class Claims:
    """What each claims, by place."""

    claims: tuple[Amount, ...]


@frozen
class Shares:
    """What each gets, by place."""

    shares: tuple[Amount, ...]


Rule = Callable[[Claims], Shares]


def halves(profile: Claims) -> Shares:
    """Give everybody half of the claim."""
    return Shares(tuple(ratio(claim, 2) for claim in profile.claims))


def what_is_claimed(profile: Claims) -> Shares:
    """Give everybody what is claimed: a rule to lie to."""
    return Shares(profile.claims)


@for_all
def nobody_gets_more_than_claimed(profile: Claims, outcome: Shares) -> Cases:
    """Nobody gets more than it claims."""
    for place, (claim, share) in enumerate(zip(profile.claims, outcome.shares, strict=True)):
        yield case(share <= claim, place=place, share=share)


@for_all
def two_get_the_same(profile: Claims, outcome: Shares) -> Cases:
    """Of three claims, two get the same."""
    if len(profile.claims) == 3:
        yield case(len(set(outcome.shares)) < 3, outcome=outcome)


@relates
def order_is_irrelevant(rule: Rule, profile: Claims, draw: Draw) -> Cases:
    """Whoever claims first gains nothing by it."""
    if draw.one_of("reversed", (False, True)):
        yield case(rule(Claims(profile.claims[::-1])).shares[::-1] == rule(profile).shares)


def worth(profile: Claims, agent: int, outcome: Shares) -> Amount:
    """Value a share up to what is needed, and mind the rest."""
    return min(outcome.shares[agent] - profile.claims[agent], profile.claims[agent] - outcome.shares[agent])


def claiming_otherwise(profile: Claims, agent: int, draw: Draw) -> Claims:
    """Draw another claim."""
    return Claims((*profile.claims[:agent], draw.amount("the lie"), *profile.claims[agent + 1 :]))


honest_claims = truthful(lambda profile: range(len(profile.claims)), claiming_otherwise, worth)


def claims(draw: Draw) -> Claims:
    """Draw one or two claims."""
    return Claims(tuple(draw.amount(f"claim {number}") for number in range(draw.one_of("claimants", (1, 2)))))


def mechanism(rule: Callable[[Claims], object] = halves, *promises: RuleClause) -> Mechanism[Claims, object]:
    return Mechanism(rule, claims, promises or (nobody_gets_more_than_claimed, order_is_irrelevant))


HALF = Fraction(1, 2)
