"""A posted-price market: a shop with so many units at a price, and buyers that take one or leave it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Mechanism, Process, Step, System, User, step
from concordant.spec.markets import posted_price_market as spec
from concordant.spec.markets.posted_price_market import (
    EXPIRED,
    NO_PRICE,
    NO_VALUE,
    SOLD_OUT,
    Answer,
    Bought,
    Buy,
    BuyerView,
    Confirm,
    Decline,
    Expire,
    GiveUp,
    Held,
    History,
    Learned,
    NoSale,
    Post,
    Posted,
    Quote,
    Receipt,
    Refused,
    Released,
    Reserve,
    ShopView,
    Sold,
    TooDear,
    queues,
    steps,
)
from concordant.spec.markets.posted_price_market.queues import Queue
from concordant.spec.markets.posted_price_market.queues import Rule as RuleOfQueues
from concordant.spec.markets.posted_price_market.steps import Asked, Books, Rule, requests
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Announce,
    Clause,
    Faults,
    Malformed,
    Map,
    Network,
    Reply,
    Send,
    Unknown,
    addresses,
    is_amount,
)

# ---- shop


@frozen
class Offered:
    """A unit is reserved at this price."""

    price: Amount


@frozen
class Ended:
    """What has become of an order: this is what its buyer is told, however often it asks. None is told to a buyer that has left."""

    told: Receipt | NoSale | None


Order: TypeAlias = Offered | Ended


@frozen
class Selling:
    """The price, and all orders so far."""

    price: Amount
    orders: Map[Address, Order] = Map()


@frozen
class Shop(Process[Selling, Reserve | Confirm | Decline, Post, Expire]):
    """Sells so many units, one to a buyer; a negative stock is a ValueError."""

    stock: int = field(validator=ge(0))
    price: Amount

    def start(self) -> Step[Selling]:
        return step(Selling(self.price))

    def request(self, state: Selling, client: Address, request: Post) -> Step[Selling]:
        if not is_price(request.price):
            return step(state, Reply(client, NO_PRICE))
        posted = Posted(request.price)
        return step(evolve(state, price=request.price), Announce(posted), Reply(client, posted))

    def receive(self, state: Selling, source: Address, message: Reserve | Confirm | Decline) -> Step[Selling] | None:
        match message, state.orders.get(source):
            case Reserve(), None:
                return self.reserve(state, source)
            case Reserve(), Offered(price):
                return step(state, Send(source, Quote(price)))
            case Confirm(), Offered(price):
                return step(self.ended(state, source, Receipt(price)), Announce(Sold(source, price)), Send(source, Receipt(price)))
            case Decline(), Offered():
                return step(self.ended(state, source, None), Announce(Released(source, lapsed=False)))
            case Reserve() | Confirm(), Ended(Receipt() | NoSale() as told):
                # The hard step: an order ends once. Who asks again, or whose message comes again, is told the same again.
                return step(state, Send(source, told))
            case _:
                return None

    def reserve(self, state: Selling, buyer: Address) -> Step[Selling]:
        if self.free(state) < 1:
            told = NoSale(SOLD_OUT)
            return step(self.ended(state, buyer, told), Announce(Refused(buyer)), Send(buyer, told))
        held = evolve(state, orders=state.orders.put(buyer, Offered(state.price)))
        return step(held, Announce(Held(buyer, state.price)), Send(buyer, Quote(state.price)))

    def ended(self, state: Selling, buyer: Address, told: Receipt | NoSale | None) -> Selling:
        return evolve(state, orders=state.orders.put(buyer, Ended(told)))

    def free(self, state: Selling) -> int:
        """Count the units that are neither sold nor reserved."""
        return self.stock - sum(isinstance(order, Offered) or isinstance(order.told, Receipt) for order in state.orders.values())

    def armed(self, state: Selling) -> tuple[Expire, ...]:
        return tuple(Expire(buyer) for buyer, order in state.orders.items() if isinstance(order, Offered))

    def fire(self, state: Selling, trigger: Expire) -> Step[Selling]:
        told = NoSale(EXPIRED)
        return step(self.ended(state, trigger.buyer, told), Announce(Released(trigger.buyer, lapsed=True)), Send(trigger.buyer, told))

    def view(self, state: Selling) -> ShopView:
        return ShopView(self.free(state), state.price)


# ---- buyer


@frozen
class Idle:
    """Wants nothing yet."""


@frozen
class Asking:
    """Has asked for a unit that is worth so much to its user, who waits or has given up."""

    value: Amount
    client: Address | None


@frozen
class Taking:
    """Has said that it takes the unit."""

    client: Address | None


@frozen
class Done:
    """Knows what has become of its order."""

    answer: Answer


Buying: TypeAlias = Idle | Asking | Taking | Done


@frozen
class Buyer(Process[Buying, Quote | Receipt | NoSale, Buy, GiveUp]):
    """Buys at most one unit, if it costs no more than it is worth."""

    shop: Address

    def start(self) -> Step[Buying]:
        return step(Idle())

    def request(self, state: Buying, client: Address, request: Buy) -> Step[Buying]:
        match state:
            case _ if not is_price(request.value):
                return step(state, Reply(client, NO_VALUE))
            case Idle():
                return step(Asking(request.value, client), Send(self.shop, Reserve()))
            case Asking():
                return step(evolve(state, client=client), Send(self.shop, Reserve()))
            case Taking():
                return step(Taking(client), Send(self.shop, Confirm()))
            case Done(answer):
                return step(state, Reply(client, answer))
            case _:
                assert_never(state)

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:  # noqa: ARG002  # the shop
        match message, state:
            case Quote(price), Asking(value, client):
                if self.takes(value, price):
                    return step(Taking(client), Send(self.shop, Confirm()))
                done = self.done(client, TooDear(price))
                return Step(done.state, (*done.effects, Send(self.shop, Decline())))
            case Receipt(price), Taking(client):
                return self.done(client, Bought(price))
            case NoSale(why), Asking(_, client) | Taking(client):
                return self.done(client, why)
            case _:
                return None

    def takes(self, value: Amount, price: Amount) -> bool:
        return price <= value

    def done(self, client: Address | None, answer: Answer) -> Step[Buying]:
        return step(Done(answer), Announce(Learned(answer)), *((Reply(client, answer),) if client is not None else ()))

    def armed(self, state: Buying) -> tuple[GiveUp, ...]:
        match state:
            case Asking(_, client) | Taking(client) if client is not None:
                return (GiveUp(),)
            case _:
                return ()

    def fire(self, state: Buying, trigger: GiveUp) -> Step[Buying]:  # noqa: ARG002  # there is one
        match state:
            case Asking(_, client) | Taking(client) if client is not None:
                return step(evolve(state, client=None), Reply(client, Unknown()))
            case _:
                return step(state)

    def survives(self, state: Buying) -> Iterable[Buying]:
        return (state,)  # it does not come back

    def view(self, state: Buying) -> BuyerView:
        return BuyerView(state.answer if isinstance(state, Done) else None)


def is_price(amount: object) -> bool:
    """Tell whether something is a price, or what a unit may be worth."""
    return is_amount(amount) and amount >= 0


# ---- together

PROMISES: tuple[Clause, ...] = (
    spec.never_oversold,
    spec.a_unit_is_reserved_at_the_posted_price,
    spec.the_quoted_price_holds,
    spec.nobody_pays_more_than_its_value,
    spec.first_come_first_served,
    spec.only_what_is_reserved_is_released,
    spec.who_would_pay_does_not_leave,
    spec.what_is_learned_is_true_and_final,
    spec.an_answer_is_true,
    spec.every_buyer_knows_in_the_end,
    spec.the_shop_shows_what_is_left,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
    spec.nothing_stays_reserved,
    spec.every_reservation_ends,
    spec.every_wait_ends,
)
SHOP, SELLER = Address("shop"), Address("seller")


def system(
    buyers: int = 2,
    stock: int = 1,
    *,
    wants: tuple[Buy | Malformed, ...] = (Buy(2),),
    asks: int = 1,
    posts: tuple[Post | Malformed, ...] = (),
    network: Network = Network(),
    faults: Faults = Faults(),
    shop: type[Shop] = Shop,
    buyer: type[Buyer] = Buyer,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a shop, which starts at a price of 1, its seller, buyers and their users together. `asks`: how often each user asks for one of `wants`."""
    names = addresses("buyer", buyers)
    seller = (User(SELLER, (SHOP,), tuple((post,) for post in posts)),) if posts else ()
    return System(
        {SHOP: shop(stock, 1), **{name: buyer(SHOP) for name in names}},
        History(stock, 1),
        promises,
        network,
        faults,
        users=(*(User(Address("user", name.number), (name,), (wants,) * asks) for name in names), *seller),
    )


# ---- one thing that comes


def one_request(asked: Asked) -> Books:
    """Let a shop with these books take what comes, and return its books."""
    return asked_of(Shop, asked)


def asked_of(kind: type[Shop], asked: Asked) -> Books:
    """Let a shop of a kind take what comes."""
    books, shop = asked.before, kind(asked.stock, 0)  # type: ignore[arg-type]  # any amount of units; with which price it opened is past
    orders: dict[Address, Order] = {
        **{buyer: Offered(price) for buyer, price in books.reserved.items()},
        **{buyer: Ended(Receipt(price)) for buyer, price in books.sold.items()},
        **{buyer: Ended(NoSale(EXPIRED)) for buyer in sorted(books.over)},
    }
    state = Selling(books.price, Map.of(orders))
    following = answered(shop, state, asked)
    return read(state if following is None else following.state)


def answered(shop: Shop, state: Selling, asked: Asked) -> Step[Selling] | None:
    """Let a shop take a message, a price or a trigger; None where it takes no notice."""
    match asked.what:
        case Post():
            return shop.request(state, SELLER, asked.what)
        case Expire():
            return shop.fire(state, asked.what)
        case message:
            return shop.receive(state, asked.buyer, message)


def read(state: Selling) -> Books:
    """Return the books of a shop."""
    reserved = {buyer: order.price for buyer, order in state.orders.items() if isinstance(order, Offered)}
    ended = {buyer: order.told for buyer, order in state.orders.items() if isinstance(order, Ended)}
    sold = {buyer: told.price for buyer, told in ended.items() if isinstance(told, Receipt)}
    return Books(state.price, Map.of(reserved), Map.of(sold), frozenset(ended) - frozenset(sold))


def step_by_step(buyers: int, rule: Rule = one_request) -> Mechanism[Asked, Books]:
    """Return what a shop makes of what comes when so many buyers have orders or none, with all that is kept."""
    return Mechanism(rule, partial(requests, buyers=buyers), steps.CLAUSES)


# ---- buyers in turn


def one_after_another(queue: Queue) -> tuple[Answer, ...]:
    """Let buyers come to a shop one after another, and tell what becomes of each order."""
    return served(Shop(queue.stock, queue.price), Buyer(SHOP), queue.values)


def served(shop: Shop, buyer: Buyer, values: tuple[Amount, ...]) -> tuple[Answer, ...]:
    """Let a shop serve buyers of one kind, one after another."""
    selling, answers = shop.start().state, []
    for name, value in zip(addresses("buyer", len(values)), values, strict=True):
        selling, buying = visit(shop, selling, buyer, name, value)
        answers += [buying.answer] if isinstance(buying, Done) else []
    return tuple(answers)


def visit(shop: Shop, selling: Selling, buyer: Buyer, name: Address, value: Amount) -> tuple[Selling, Buying]:
    """Let a buyer come, and carry what both say until one says nothing."""
    asked = buyer.request(buyer.start().state, Address("user", name.number), Buy(value))
    buying, said = asked.state, sent(asked)
    while said:
        heard = shop.receive(selling, name, said[0]) or step(selling)
        selling = heard.state
        replied = buyer.receive(buying, SHOP, sent(heard)[0]) if sent(heard) else None
        buying, said = (replied.state, sent(replied)) if replied else (buying, ())
    return selling, buying


def sent(taken: Step[Any]) -> tuple[Any, ...]:
    """List the messages that are sent in a step."""
    return tuple(effect.message for effect in taken.effects if isinstance(effect, Send))


def in_turn(buyers: int, rule: RuleOfQueues = one_after_another) -> Mechanism[Queue, tuple[Answer, ...]]:
    """Return what becomes of the orders of so many buyers who come in turn, with what is promised of that."""
    return Mechanism(rule, partial(queues.queues, buyers=buyers), queues.CLAUSES)
