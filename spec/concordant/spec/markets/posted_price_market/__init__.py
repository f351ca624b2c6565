"""Posted-price market: a seller posts a price and has so many units; buyers take one at that price or leave it, first come, first served.

Source: Chawla, Hartline, Malec and Sivan, "Multi-parameter Mechanism Design and Sequential Posted Pricing", 2010; that a price which
nobody can influence leaves nothing to lie about is Li, "Obviously Strategy-Proof Mechanisms", 2017.
Assumes: the shop does not fail; messages are lost, duplicated and late; a buyer may fail. Each buyer has one order, for one unit.
Chosen: who asks first has a unit reserved at the price of that moment, which then holds for it, whatever is posted later. A
reservation that is not confirmed in time lapses for good, and every order ends once: whoever asks again is told the same again.
So a message that is repeated buys nothing twice. To look at the stock, and to count when the money is there, sells what is sold.
Does not promise: a unit to everybody who comes while one is reserved and may yet come free; an answer in time, for it may be lost.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Deadline,
    Fair,
    Fault,
    Malformed,
    Map,
    Rejected,
    Reply,
    Seen,
    Unknown,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Reserve:
    """A buyer wants a unit."""


@frozen
class Quote:
    """A unit is reserved for you, at this price."""

    price: Amount


@frozen
class Confirm:
    """I take it."""


@frozen
class Decline:
    """I do not take it."""


@frozen
class Receipt:
    """You have bought it, at this price."""

    price: Amount


@frozen
class NoSale:
    """You have not bought it, and your order is over."""

    why: Rejected


# ---- requests and answers


@frozen
class Post:
    """The seller sets the price from now on. Answered by `Posted`, or by `NO_PRICE`."""

    price: Amount


@frozen
class Posted:
    """The price is set. An event, and an answer."""

    price: Amount


@frozen
class Buy:
    """A user wants a unit that is worth so much to it; asked again, it asks about the same order.

    Answered by `Bought`, `TooDear`, `SOLD_OUT`, `EXPIRED`, `Unknown`, or by `NO_VALUE`.
    """

    value: Amount


@frozen
class Bought:
    """The unit is the user's, at this price."""

    price: Amount


@frozen
class TooDear:
    """The price was more than the unit is worth to the user, which has not bought it."""

    price: Amount


Answer: TypeAlias = Bought | TooDear | Rejected
"""What can become of an order."""

NO_PRICE = Rejected("what is posted is no exact amount of 0 or more")
NO_VALUE = Rejected("what a unit is worth is no exact amount of 0 or more")
SOLD_OUT = Rejected("all units were sold or reserved")
EXPIRED = Rejected("the reservation was not confirmed in time")

# ---- triggers


@frozen
class Expire(Deadline):
    """A reservation has lasted long enough."""

    buyer: Address


@frozen
class GiveUp(Deadline):
    """A user has waited long enough for the shop."""


# ---- events, of the shop


@frozen
class Held:
    """A unit is reserved for a buyer."""

    buyer: Address
    price: Amount


@frozen
class Sold:
    """A buyer has bought the unit that was reserved for it."""

    buyer: Address
    price: Amount


@frozen
class Released:
    """A unit is reserved no more: its buyer has left it (`lapsed` is False), or its time has run out."""

    buyer: Address
    lapsed: bool


@frozen
class Refused:
    """A buyer came when there was no unit left."""

    buyer: Address


# ---- events, of a buyer


@frozen
class Learned:
    """A buyer knows what has become of its order: its answer from now on, whether its user still waits or not."""

    answer: Answer


# ---- views and history


@frozen
class ShopView:
    """How many units are neither sold nor reserved, and the price that is posted."""

    free: int
    price: Amount


@frozen
class BuyerView:
    """What has become of the order, as its buyer knows; None as long as it does not."""

    answer: object


@frozen
class History:
    """What the shop and buyers have announced, and what users want. `stock` is fixed; `price` is the one that is posted.

    `quoted`: at which price a unit was reserved for a buyer. `learned`: what a buyer knows of its order.
    """

    stock: int
    price: Amount
    calls: Calls = Calls()
    values: Map[Address, Amount] = Map()
    held: Map[Address, Amount] = Map()
    sold: Map[Address, Amount] = Map()
    left: frozenset[Address] = frozenset()
    lapsed: frozenset[Address] = frozenset()
    refused: frozenset[Address] = frozenset()
    quoted: Map[Address, Amount] = Map()
    learned: Map[Address, Answer] = Map()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Buy(value) if at not in self.values:
                return evolve(after, values=self.values.put(at, value))
            case Posted(price):
                return evolve(after, price=price)
            case Held(buyer, price):
                return evolve(after, held=self.held.put(buyer, price), quoted=self.quoted.put(buyer, price))
            case Sold(buyer, price):
                return evolve(after, held=self.held.drop(buyer), sold=self.sold.put(buyer, price))
            case Released(buyer, lapsed):
                gone = evolve(after, held=self.held.drop(buyer))
                return evolve(gone, lapsed=self.lapsed | {buyer}) if lapsed else evolve(gone, left=self.left | {buyer})
            case Refused(buyer):
                return evolve(after, refused=self.refused | {buyer})
            case Learned(answer):
                return evolve(after, learned=self.learned.put(at, answer))
            case _:
                return after


def ended(history: History, buyer: Address) -> bool:
    """Whether the shop has said what became of an order."""
    return buyer in history.sold or buyer in history.left | history.lapsed | history.refused


def truths(history: History, buyer: Address) -> tuple[Answer, ...]:
    """List what a buyer can have learned of its order by now."""
    price = history.quoted.get(buyer)
    return (
        *((Bought(history.sold[buyer]),) if buyer in history.sold else ()),
        *((TooDear(price),) if price is not None and history.values[buyer] < price else ()),
        *((SOLD_OUT,) if buyer in history.refused else ()),
        *((EXPIRED,) if buyer in history.lapsed else ()),
    )


def taken(history: History) -> int:
    """How many units are sold or reserved."""
    return len(history.sold) + len(history.held)


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.MALFORMED


@always(under=ALL)
def never_oversold(seen: Seen[History]) -> Cases:
    """No more units are sold and reserved than there are."""
    if taken(seen.history):
        yield case(taken(seen.history) <= seen.history.stock, sold=seen.history.sold, held=seen.history.held, stock=seen.history.stock)


@on_event(Held, under=ALL)
def a_unit_is_reserved_at_the_posted_price(before: History, by: Address, event: Held) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A unit is reserved at the price that is posted then, for a buyer whose order is new."""
    new = event.buyer not in before.held and not ended(before, event.buyer)
    yield case(event.price == before.price and new, buyer=event.buyer, price=event.price, posted=before.price)


@on_event(Sold, under=ALL)
def the_quoted_price_holds(before: History, by: Address, event: Sold) -> Cases:  # noqa: ARG001
    """Only a unit that is reserved is sold, once, and at the price at which it was reserved, whatever has been posted since."""
    yield case(before.held.get(event.buyer) == event.price, buyer=event.buyer, price=event.price, held=before.held)


@on_event(Sold, under=ALL)
def nobody_pays_more_than_its_value(before: History, by: Address, event: Sold) -> Cases:  # noqa: ARG001
    """Nobody buys for more than the unit is worth to it."""
    value = before.values.get(event.buyer, -1)
    yield case(value >= event.price, buyer=event.buyer, price=event.price, value=value)


@on_event(Refused, under=ALL)
def first_come_first_served(before: History, by: Address, event: Refused) -> Cases:  # noqa: ARG001
    """A buyer is sent away only if all units are sold or reserved, and its order is new: what is there goes to whoever comes."""
    new = event.buyer not in before.held and not ended(before, event.buyer)
    yield case(taken(before) >= before.stock and new, buyer=event.buyer, sold=before.sold, held=before.held)


@on_event(Released, under=ALL)
def only_what_is_reserved_is_released(before: History, by: Address, event: Released) -> Cases:  # noqa: ARG001
    """A reservation ends once: what is sold is not released, nor what is released again."""
    yield case(event.buyer in before.held, buyer=event.buyer, held=before.held)


@on_event(Released, under=ALL)
def who_would_pay_does_not_leave(before: History, by: Address, event: Released) -> Cases:  # noqa: ARG001
    """A buyer leaves a unit only if it costs more than it is worth to it."""
    if not event.lapsed:
        value, price = before.values.get(event.buyer, 0), before.held.get(event.buyer, 0)
        yield case(value < price, buyer=event.buyer, value=value, price=price)


@on_event(Learned, under=ALL)
def what_is_learned_is_true_and_final(before: History, by: Address, event: Learned) -> Cases:
    """A buyer that learns that it has bought has bought, at that price; one that learns that it has not has not, and will not, for that reason; and each learns it once."""
    true = truths(before, by)
    yield case(event.answer in true and by not in before.learned, buyer=by, answer=event.answer, truths=true)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what its buyer has learned, and that it is unknown only before that; a seller, that its price is posted."""
    match event.answer, before.calls.open.get(Call(event.to, by)):
        case answer, Malformed(asked):
            yield case(answer == (NO_PRICE if isinstance(asked, Post) else NO_VALUE), answer=answer, asked=asked)
        case answer, Post(price):
            yield case(answer == Posted(price), answer=answer, asked=price)
        case answer, Buy():
            learned = before.learned.get(by, Unknown())
            yield case(answer == learned, buyer=by, answer=answer, learned=learned)


@at_rest(under=Fault.DUPLICATION | Fault.MALFORMED)
def every_buyer_knows_in_the_end(seen: Seen[History]) -> Cases:
    """At rest every buyer whose order is over knows what has become of it, whether its user still waits or not, where nothing is lost and nobody fails."""
    for buyer, view in seen.views(BuyerView).items():
        if ended(seen.history, buyer):
            yield case(view.answer in truths(seen.history, buyer), buyer=buyer, answer=view.answer, truths=truths(seen.history, buyer))


@always_each(ShopView, under=ALL)
def the_shop_shows_what_is_left(view: ShopView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one shop
    """The shop shows as free exactly what is neither sold nor reserved; and it shows the price that was posted last."""
    yield case(view == ShopView(history.stock - taken(history), history.price), view=view, taken=taken(history), price=history.price)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits, since time runs out."""
    return calls.nobody_waits(seen)


@at_rest(under=ALL)
def nothing_stays_reserved(seen: Seen[History]) -> Cases:
    """At rest nothing is reserved: it is sold, or there for others, even if its buyer has failed or its message was lost."""
    yield case(not seen.history.held, held=seen.history.held)


@eventually(Fair.TRIGGERS, under=ALL)
def every_reservation_ends(seen: Seen[History]) -> Cases:
    """Every reservation ends, since time runs out."""
    yield case(not seen.history.held, held=seen.history.held)


@eventually(Fair.TRIGGERS, under=ALL)
def every_wait_ends(seen: Seen[History]) -> Cases:
    """Every wait ends, since time runs out."""
    return calls.nobody_waits(seen)


@sometimes
def all_is_sold_and_somebody_sent_away(seen: Seen[History]) -> Cases:
    """All units are sold, and somebody came too late."""
    yield case(len(seen.history.sold) == seen.history.stock and bool(seen.history.refused))


@sometimes
def sold_below_what_is_posted(seen: Seen[History]) -> Cases:
    """A unit is sold at the price of its reservation, and another is posted."""
    yield case(any(price != seen.history.price for price in seen.history.sold.values()))
