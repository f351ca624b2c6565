"""Which promise about one thing that comes each breaks, whatever the shop had reserved and sold before."""

from __future__ import annotations

from functools import partial

from concordant.pitfalls.markets.posted_price_market.shops import ChecksThenSells, FirstPrice, ReservesAnew, TodaysPrice
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.refimpl.markets.posted_price_market import Shop, asked_of, step_by_step
from concordant.spec.markets.posted_price_market import steps as spec
from concordant.spec.markets.posted_price_market.steps import Asked, Books


def of(kind: type[Shop]) -> Mechanism[Asked, Books]:
    """Return what a shop of this kind makes of what comes, with two buyers."""
    return step_by_step(2, partial(asked_of, kind))


OVERSOLD_IN_STEPS = Pitfall(
    "posted_price_market.ChecksThenSells/step",
    "The same, of one thing that comes.",
    breaks=spec.nothing_becomes_oversold,
    subject=of(ChecksThenSells),
    length=6,
)
TODAYS_PRICE_IN_STEPS = Pitfall(
    "posted_price_market.TodaysPrice/step",
    "The same, of one thing that comes.",
    breaks=spec.whoever_confirms_pays_what_was_quoted,
    subject=of(TodaysPrice),
    length=6,
)
FIRST_PRICE_IN_STEPS = Pitfall(
    "posted_price_market.FirstPrice/step",
    "The same, of one thing that comes.",
    breaks=spec.a_reservation_keeps_its_price,
    subject=of(FirstPrice),
    length=5,
)
RESERVED_ANEW_IN_STEPS = Pitfall(
    "posted_price_market.ReservesAnew/step",
    "The same, of one thing that comes.",
    breaks=spec.what_has_ended_stays_so,
    subject=of(ReservesAnew),
    length=6,
)
SALE_UNDONE_IN_STEPS = Pitfall(
    "posted_price_market.ReservesAnew/sale",
    "The same: who has bought has a unit reserved instead.",
    breaks=spec.whoever_confirms_pays_what_was_quoted,
    subject=of(ReservesAnew),
    length=6,
)
