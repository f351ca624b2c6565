"""Shops that go wrong: the natural reading of the documents, which hold no code, and slips in ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.refimpl.markets.posted_price_market import Ended, Offered, Selling, Shop, system
from concordant.spec.markets import posted_price_market as spec
from concordant.spec.markets.posted_price_market import (
    NO_PRICE,
    SOLD_OUT,
    Confirm,
    Decline,
    Expire,
    NoSale,
    Post,
    Posted,
    Quote,
    Receipt,
    Reserve,
    ShopView,
    Sold,
)
from concordant.spec.vocabulary import Address, Announce, Malformed, Network, Reply, Send

# ---- shops


@frozen
class ChecksThenSells(Shop):
    """Looks whether a unit is there, waits for the buyer, and counts it when it is paid for."""

    def free(self, state: Selling) -> int:
        return self.stock - sum(isinstance(order, Ended) and isinstance(order.told, Receipt) for order in state.orders.values())


@frozen
class TodaysPrice(Shop):
    """Sells at the price that is posted when a buyer confirms."""

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        order = state.orders.get(source)
        if isinstance(message, Confirm) and isinstance(order, Offered):
            return super().receive(evolve(state, orders=state.orders.put(source, Offered(state.price))), source, message)
        return super().receive(state, source, message)


@frozen
class FirstPrice(Shop):
    """Quotes the price with which the shop has opened."""

    def reserve(self, state: Selling, buyer: Address) -> Step[Selling]:
        opened = super().reserve(evolve(state, price=self.price), buyer)
        return Step(evolve(opened.state, price=state.price), opened.effects)


@frozen
class ReservesAnew(Shop):
    """Takes a repeated message for a new order."""

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        if isinstance(message, Reserve) and isinstance(state.orders.get(source), Ended):
            return self.reserve(state, source)
        return super().receive(state, source, message)


@frozen
class ReservesAgain(Shop):
    """Takes a repeated message for a new order while the first is open."""

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        if isinstance(message, Reserve) and isinstance(state.orders.get(source), Offered):
            return self.reserve(state, source)
        return super().receive(state, source, message)


@frozen
class SellsAgain(Shop):
    """Takes a repeated confirmation for another."""

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        match message, state.orders.get(source):
            case Confirm(), Ended(Receipt(price)):
                return step(state, Announce(Sold(source, price)), Send(source, Receipt(price)))
            case _:
                return super().receive(state, source, message)


@frozen
class KeepsOneBack(Shop):
    """Sends buyers away while there is a unit left, in case somebody else comes."""

    def reserve(self, state: Selling, buyer: Address) -> Step[Selling]:
        return super().reserve(state, buyer) if self.free(state) != 1 else Shop(0, self.price).reserve(state, buyer)


@frozen
class NeverExpires(Shop):
    """Keeps a unit for a buyer, however long it takes."""

    def armed(self, state: Selling) -> tuple[Expire, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class Reminds(Shop):
    """Reminds a buyer when its time has run out, again and again, and keeps the unit for it."""

    def fire(self, state: Selling, trigger: Expire) -> Step[Selling]:
        order = state.orders.get(trigger.buyer)
        return step(state, Send(trigger.buyer, Quote(order.price))) if isinstance(order, Offered) else step(state)


@frozen
class ExpiresWhatIsSold(Shop):
    """Looks at all orders when their time has run out."""

    def armed(self, state: Selling) -> tuple[Expire, ...]:
        return tuple(
            Expire(buyer) for buyer, order in state.orders.items() if isinstance(order, Offered) or isinstance(order.told, Receipt)
        )


@frozen
class LosesWhatLapses(Shop):
    """Does not put back what was reserved."""

    def free(self, state: Selling) -> int:
        return self.stock - sum(order != Ended(NoSale(SOLD_OUT)) for order in state.orders.values())


@frozen
class ShowsTheFirstPrice(Shop):
    """Shows the price with which it has opened."""

    def view(self, state: Selling) -> ShopView:
        return evolve(super().view(state), price=self.price)


@frozen
class PaysForTaking(Shop):
    """Posts whatever the seller says."""

    def request(self, state: Selling, client: Address, request: Post) -> Step[Selling]:
        posted = Posted(request.price)
        return step(evolve(state, price=request.price), Announce(posted), Reply(client, posted))


@frozen
class TurnsAPriceDown(Shop):
    """Tells the seller that what it posts is no price, though it is one."""

    def request(self, state: Selling, client: Address, request: Post) -> Step[Selling]:
        posted = Posted(request.price)
        return step(evolve(state, price=request.price), Announce(posted), Reply(client, NO_PRICE))


# ---- the pitfalls

REPEATING = Network(duplicating=True)

UNDEFINED = Unmodelled("PST-1", Reason.NO_CODE, "Clearing at a posted price is called and defined nowhere.")
NO_FIELD = Unmodelled("PST-2", Reason.NO_CODE, "The record of a market has no price: there is nothing to post one in.")
CHECKS_THEN_SELLS = Pitfall(
    "PST-3",
    "Two buyers find the one unit there, and both pay for it.",
    breaks=spec.never_oversold,
    subject=system(shop=ChecksThenSells),
    length=4,
)
TODAYS_PRICE = Pitfall(
    "posted_price_market.TodaysPrice",
    "The seller raises the price after it was quoted, and the buyer, who has agreed to another, pays that.",
    breaks=spec.the_quoted_price_holds,
    subject=system(1, posts=(Post(3),), shop=TodaysPrice),
    length=5,
)
TODAYS_PRICE_LOSS = Pitfall(
    "posted_price_market.TodaysPrice/loss",
    "The same: it is more than the unit is worth to it.",
    breaks=spec.nobody_pays_more_than_its_value,
    subject=system(1, posts=(Post(3),), shop=TodaysPrice),
    length=5,
)
FIRST_PRICE = Pitfall(
    "posted_price_market.FirstPrice",
    "The price that is quoted is the one with which the shop has opened.",
    breaks=spec.a_unit_is_reserved_at_the_posted_price,
    subject=system(1, posts=(Post(3),), shop=FirstPrice),
    length=3,
)
RESERVES_ANEW = Pitfall(
    "posted_price_market.ReservesAnew",
    "A message that comes again reserves a unit again, for a buyer whose order is over.",
    breaks=spec.a_unit_is_reserved_at_the_posted_price,
    subject=system(1, 2, network=REPEATING, shop=ReservesAnew),
    length=4,
)
FIRST_PRICE_DEARER = Pitfall(
    "posted_price_market.FirstPrice/dearer",
    "The same, where the seller has lowered the price.",
    breaks=spec.a_unit_is_reserved_at_the_posted_price,
    subject=system(1, posts=(Post(0),), shop=FirstPrice),
    length=3,
)
RESERVES_ANEW_REFUSES = Pitfall(
    "posted_price_market.ReservesAnew/refuses",
    "The same: a buyer that has bought the last unit is sent away.",
    breaks=spec.first_come_first_served,
    subject=system(1, network=REPEATING, shop=ReservesAnew),
    length=5,
)
RESERVES_AGAIN = Pitfall(
    "posted_price_market.ReservesAgain",
    "A message that comes again reserves a unit again, for who has one reserved.",
    breaks=spec.a_unit_is_reserved_at_the_posted_price,
    subject=system(1, 2, network=REPEATING, shop=ReservesAgain),
    length=3,
)
RESERVES_AGAIN_REFUSES = Pitfall(
    "posted_price_market.ReservesAgain/refuses",
    "The same: a buyer that has the last unit reserved is sent away.",
    breaks=spec.first_come_first_served,
    subject=system(1, network=REPEATING, shop=ReservesAgain),
    length=3,
)
SELLS_AGAIN = Pitfall(
    "posted_price_market.SellsAgain",
    "A confirmation that comes again is charged again.",
    breaks=spec.the_quoted_price_holds,
    subject=system(1, network=REPEATING, shop=SellsAgain),
    length=5,
)
KEEPS_ONE_BACK = Pitfall(
    "posted_price_market.KeepsOneBack",
    "Who comes first is sent away, in case somebody comes later.",
    breaks=spec.first_come_first_served,
    subject=system(1, shop=KeepsOneBack),
    length=2,
)
NEVER_EXPIRES = Pitfall(
    "posted_price_market.NeverExpires",
    "A buyer whose message was lost keeps its unit from all others for ever.",
    breaks=spec.nothing_stays_reserved,
    subject=system(1, network=Network(losses=1), shop=NeverExpires),
    length=4,
)
NEVER_EXPIRES_ENDS = Pitfall(
    "posted_price_market.NeverExpires/ends",
    "The same: it waits for a message that does not come.",
    breaks=spec.every_reservation_ends,
    subject=system(1, network=Network(losses=1), shop=NeverExpires),
    length=3,
)
REMINDS = Pitfall(
    "posted_price_market.Reminds",
    "When the time has run out the buyer is reminded, and then again.",
    breaks=spec.every_reservation_ends,
    subject=system(1, network=REPEATING, shop=Reminds),
    length=5,
)
EXPIRES_WHAT_IS_SOLD = Pitfall(
    "posted_price_market.ExpiresWhatIsSold",
    "The time of a reservation runs out although the unit is sold, and it is put back.",
    breaks=spec.only_what_is_reserved_is_released,
    subject=system(1, shop=ExpiresWhatIsSold),
    length=5,
)
LOSES_WHAT_LAPSES = Pitfall(
    "posted_price_market.LosesWhatLapses",
    "A unit that was reserved and not bought is not put back.",
    breaks=spec.the_shop_shows_what_is_left,
    subject=system(1, shop=LosesWhatLapses),
    length=3,
)
LOSES_WHAT_LAPSES_REFUSES = Pitfall(
    "posted_price_market.LosesWhatLapses/refuses",
    "The same: the next buyer is sent away.",
    breaks=spec.first_come_first_served,
    subject=system(shop=LosesWhatLapses),
    length=5,
)
SHOWS_THE_FIRST_PRICE = Pitfall(
    "posted_price_market.ShowsTheFirstPrice",
    "Another price is posted, and the old one shown.",
    breaks=spec.the_shop_shows_what_is_left,
    subject=system(1, posts=(Post(3),), shop=ShowsTheFirstPrice),
    length=1,
)
PAYS_FOR_TAKING = Pitfall(
    "posted_price_market.PaysForTaking",
    "The seller posts a price below nothing.",
    breaks=spec.an_answer_is_true,
    subject=system(1, posts=(Malformed(Post(-1)),), shop=PaysForTaking),
    length=1,
)
TURNS_A_PRICE_DOWN = Pitfall(
    "posted_price_market.TurnsAPriceDown",
    "The seller is told that what it has posted is no price.",
    breaks=spec.an_answer_is_true,
    subject=system(1, posts=(Post(3),), shop=TurnsAPriceDown),
    length=1,
)
