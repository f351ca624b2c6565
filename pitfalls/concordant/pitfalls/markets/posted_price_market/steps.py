"""Which promise about one thing that comes each breaks, whatever the shop had reserved and sold before."""

from __future__ import annotations

from functools import partial

from attrs import evolve, frozen

from concordant.pitfalls.markets.posted_price_market.shops import (
    ChecksThenSells,
    FirstPrice,
    KeepsOneBack,
    Reminds,
    ReservesAnew,
    TodaysPrice,
)
from concordant.refimpl.machine import Mechanism, Pitfall, Step
from concordant.refimpl.markets.posted_price_market import Offered, Selling, Shop, asked_of, step_by_step
from concordant.spec.markets.posted_price_market import Confirm, Decline, Post, Reserve
from concordant.spec.markets.posted_price_market import steps as spec
from concordant.spec.markets.posted_price_market.steps import Asked, Books
from concordant.spec.vocabulary import Address


@frozen
class RaisesThePrice(Shop):
    """Asks for one more from the next buyer when a unit is reserved."""

    def reserve(self, state: Selling, buyer: Address) -> Step[Selling]:
        following = super().reserve(state, buyer)
        return Step(evolve(following.state, price=state.price + 1), following.effects)


@frozen
class KeepsWhatIsDeclined(Shop):
    """Keeps a unit for whoever has declined it."""

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        return None if isinstance(message, Decline) else super().receive(state, source, message)


@frozen
class NeverDearer(Shop):
    """Says that a higher price is posted, and goes on at the lower one."""

    def request(self, state: Selling, client: Address, request: Post) -> Step[Selling]:
        posted = super().request(state, client, request)
        return Step(evolve(posted.state, price=min(state.price, posted.state.price)), posted.effects)


@frozen
class AsMuchAsOthers(Shop):
    """Quotes no less than anybody else has been quoted whose unit is reserved."""

    def reserve(self, state: Selling, buyer: Address) -> Step[Selling]:
        quoted = max([state.price, *(order.price for order in state.orders.values() if isinstance(order, Offered))])
        reserved = super().reserve(evolve(state, price=quoted), buyer)
        return Step(evolve(reserved.state, price=state.price), reserved.effects)


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
    breaks=spec.what_is_over_stays_over,
    subject=of(ReservesAnew),
    length=5,
)
SALE_UNDONE_IN_STEPS = Pitfall(
    "posted_price_market.ReservesAnew/sale",
    "The same: who has bought has a unit reserved instead.",
    breaks=spec.whoever_confirms_pays_what_was_quoted,
    subject=of(ReservesAnew),
    length=6,
)
KEPT_BACK_IN_STEPS = Pitfall(
    "posted_price_market.KeepsOneBack/step",
    "The same, of one thing that comes.",
    breaks=spec.whoever_comes_has_what_is_left,
    subject=of(KeepsOneBack),
    length=5,
)
REMINDED_IN_STEPS = Pitfall(
    "posted_price_market.Reminds/step",
    "The same, of one thing that comes: the reservation does not end.",
    breaks=spec.what_is_declined_or_lapses_is_over,
    subject=of(Reminds),
    length=6,
)
RAISED = Pitfall(
    "posted_price_market.RaisesThePrice",
    "The price goes up with what is reserved, though the seller has posted no other.",
    breaks=spec.only_the_seller_changes_the_price,
    subject=of(RaisesThePrice),
    length=5,
)
RESERVED_WITHOUT_A_UNIT = Pitfall(
    "posted_price_market.ChecksThenSells/reserved",
    "The same: a unit is reserved for whoever comes when the last one is.",
    breaks=spec.whoever_comes_has_what_is_left,
    subject=of(ChecksThenSells),
    length=6,
)
DECLINED_AND_KEPT = Pitfall(
    "posted_price_market.KeepsWhatIsDeclined",
    "A unit stays reserved for a buyer that has declined it, until its time has run out.",
    breaks=spec.what_is_declined_or_lapses_is_over,
    subject=of(KeepsWhatIsDeclined),
    length=6,
)
NEVER_DEARER = Pitfall(
    "posted_price_market.NeverDearer",
    "The seller is told that a higher price is posted, and the shop goes on at the lower one.",
    breaks=spec.only_the_seller_changes_the_price,
    subject=of(NeverDearer),
    length=6,
)
AS_MUCH_AS_OTHERS = Pitfall(
    "posted_price_market.AsMuchAsOthers",
    "A buyer is quoted what another was before the price went down.",
    breaks=spec.a_reservation_keeps_its_price,
    subject=of(AsMuchAsOthers),
    length=6,
)
