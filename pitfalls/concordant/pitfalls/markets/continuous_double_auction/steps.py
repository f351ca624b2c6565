"""Which promise about one request each breaks, whatever the exchange held before."""

from __future__ import annotations

from functools import partial

from concordant.pitfalls.markets.continuous_double_auction.machines import (
    FillsItAll,
    FillsItAllOfBoth,
    GivesABonus,
    KeepsWhatMeetsItself,
    NeverSettles,
    OwesTheGoods,
    ReleasesNothing,
    TakesAFee,
    TrustsBuyers,
    TrustsSellers,
)
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.refimpl.markets.continuous_double_auction import Exchange, asked_of, step_by_step
from concordant.spec.markets.continuous_double_auction import steps as spec
from concordant.spec.markets.continuous_double_auction.steps import Asked, Done


def of(kind: type[Exchange]) -> Mechanism[Asked, Done]:
    """Return what an exchange of this kind makes of a request, with an order that rests or without one."""
    return step_by_step(1, partial(asked_of, kind))


FEE_KEPT = Pitfall(
    "continuous_double_auction.TakesAFee/step",
    "The same, of one request.",
    breaks=spec.all_that_was_there_is_there,
    subject=of(TakesAFee),
    length=12,
)
BONUS_KEPT = Pitfall(
    "continuous_double_auction.GivesABonus/step",
    "The same, of one request.",
    breaks=spec.all_that_was_there_is_there,
    subject=of(GivesABonus),
    length=12,
    quick=False,
)
NEVER_SETTLED_IN_STEPS = Pitfall(
    "continuous_double_auction.NeverSettles/step",
    "The same, of one request.",
    breaks=spec.each_has_what_it_traded,
    subject=of(NeverSettles),
    length=12,
)
BUYERS_TRUSTED = Pitfall(
    "continuous_double_auction.TrustsBuyers",
    "Who has too little money for a bid owes what nobody lent it.",
    breaks=spec.nobody_falls_below_zero,
    subject=of(TrustsBuyers),
    length=8,
    quick=False,
)
SELLERS_TRUSTED = Pitfall(
    "continuous_double_auction.TrustsSellers",
    "Who sells what it has not owes it.",
    breaks=spec.nobody_falls_below_zero,
    subject=of(TrustsSellers),
    length=8,
)
OVERFILLED_IN_STEPS = Pitfall(
    "continuous_double_auction.FillsItAllOfBoth/step",
    "The same, of one request.",
    breaks=spec.no_order_is_overfilled,
    subject=of(FillsItAllOfBoth),
    length=12,
)
CROSSED_IN_STEPS = Pitfall(
    "continuous_double_auction.KeepsWhatMeetsItself/step",
    "The same, of one request.",
    breaks=spec.no_book_becomes_crossed,
    subject=of(KeepsWhatMeetsItself),
    length=13,
)
OWED_IN_STEPS = Pitfall(
    "continuous_double_auction.OwesTheGoods/step",
    "The same, of one request.",
    breaks=spec.each_has_what_it_traded,
    subject=of(OwesTheGoods),
    length=12,
)
NOT_RELEASED_IN_STEPS = Pitfall(
    "continuous_double_auction.ReleasesNothing/step",
    "The same, of one request.",
    breaks=spec.all_that_was_there_is_there,
    subject=of(ReleasesNothing),
    length=9,
    quick=False,
)
FEE_OF_EACH = Pitfall(
    "continuous_double_auction.TakesAFee/each",
    "The same, for the buyer: it has the unit, and pays more than its price.",
    breaks=spec.each_has_what_it_traded,
    subject=of(TakesAFee),
    length=12,
)
OVERFILLED_BY_WHO_ARRIVES = Pitfall(
    "continuous_double_auction.FillsItAll/step",
    "An order takes more than the one that rests is open for.",
    breaks=spec.no_order_is_overfilled,
    subject=of(FillsItAll),
    length=12,
    quick=False,
)
