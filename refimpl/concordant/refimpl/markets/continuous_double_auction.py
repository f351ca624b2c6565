"""An exchange in which orders trade as they come."""

from __future__ import annotations

from functools import partial
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Mechanism, Process, Step, System, User, step
from concordant.spec.common.ledgers import Ledger
from concordant.spec.markets.continuous_double_auction import (
    ANOTHER,
    NOT_COVERED,
    NOT_SOUND,
    UNKNOWN,
    Account,
    Cancel,
    Cancelled,
    Enter,
    Entered,
    ExchangeView,
    History,
    Order,
    Report,
    Request,
    SetAside,
    Settled,
    Side,
    Traded,
    steps,
)
from concordant.spec.markets.continuous_double_auction import clauses as spec
from concordant.spec.markets.continuous_double_auction.steps import Asked, Done, Rule, requests
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Malformed, Map, Rejected, Reply, is_amount

Fill: TypeAlias = tuple[Entered, Amount]
"""A resting order, and how much of it an arriving one takes."""


@frozen
class Trading:
    """What each trader has besides what is set aside, and all orders, in the order in which they came."""

    accounts: Map[Address, Account]
    orders: tuple[Entered, ...] = ()


@frozen
class Exchange(Process[Trading, Never, Request, Never]):
    """Lets each order trade when it comes, and keeps what is left of it; the accounts are what traders have in the beginning."""

    accounts: Map[Address, Account]

    def start(self) -> Step[Trading]:
        return step(Trading(self.accounts))

    def request(self, state: Trading, client: Address, request: Request) -> Step[Trading]:
        match request:
            case Enter(order):
                reason = self.refused(state, client, order)
                following = step(state) if reason or self.known(state, client, order.name) else self.enter(state, client, order)
                return self.answered(following, client, order.name, reason)
            case Cancel(name):
                known = self.known(state, client, name)
                following = self.cancel_rest(state, known) if known is not None and open_of(known) > 0 else step(state)
                return self.answered(following, client, name, UNKNOWN if known is None else None)
            case _:
                assert_never(request)

    def known(self, state: Trading, trader: Address, name: str) -> Entered | None:
        """Return an order; None where there is none."""
        return next((each for each in state.orders if id_of(each) == (trader, name)), None)

    def refused(self, state: Trading, trader: Address, order: Order) -> Rejected | None:
        """Return why an order is refused; None where it is not, or was entered before."""
        known = self.known(state, trader, order.name)
        if not self.is_sound(order):
            return NOT_SOUND
        if known is not None:
            return None if known.order == order else ANOTHER
        return None if self.is_covered(state, trader, order) else NOT_COVERED

    def is_sound(self, order: Order) -> bool:
        priced = order.price is None or (is_amount(order.price) and order.price >= 0)
        return is_amount(order.quantity) and order.quantity > 0 and priced

    def is_covered(self, state: Trading, trader: Address, order: Order) -> bool:
        """Tell whether a trader has what an order may cost: all that it orders at its limit, or without one, all that it takes now."""
        if order.price is None:
            money = sum(quantity * price_of(rival) for rival, quantity in self.fills(state, trader, order))
            units = sum(quantity for _, quantity in self.fills(state, trader, order))
        else:
            money, units = order.price * order.quantity, order.quantity
        has = account_of(state, trader)
        return money <= has.money if order.side is Side.BUY else units <= has.units

    def enter(self, state: Trading, trader: Address, order: Order) -> Step[Trading]:
        """Set aside what an order may cost, let it trade with what rests, and keep what is left, or cancel it."""
        entered, fills = Entered(trader, order), self.fills(state, trader, order)
        following = Step(Trading(state.accounts, (*state.orders, entered)), (Announce(entered),))
        following = following.then(lambda now: self.set_aside(now, entered, order.quantity))
        for rival, quantity in fills:
            following = following.then(lambda now, rival=rival, quantity=quantity: self.trade(now, entered, rival, quantity))  # type: ignore[misc]
        left = following.state.orders[-1]
        if open_of(left) > 0 and not self.may_rest(state, order, fills):
            return following.then(lambda now: self.cancel_rest(now, left))
        return following

    def may_rest(self, state: Trading, order: Order, fills: tuple[Fill, ...]) -> bool:
        """Tell whether what is left of an order is kept."""
        # The hard step. An order rests that has a price, and has traded with all that it reaches. Where there is more, the next was
        # of its own trader: kept, it would leave the book crossed, and traded, the trader would pay itself.
        return order.price is not None and len(fills) == len(self.rivals(state, order))

    def fills(self, state: Trading, trader: Address, order: Order) -> tuple[Fill, ...]:
        """List with which resting orders an arriving one trades, and how much, up to the first of its own."""
        found: tuple[Fill, ...] = ()
        left = order.quantity
        for rival in self.rivals(state, order):
            if left == 0 or self.is_own(trader, rival):
                break
            found = (*found, (rival, min(left, open_of(rival))))
            left -= found[-1][1]
        return found

    def is_own(self, trader: Address, rival: Entered) -> bool:
        return rival.trader == trader

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        """List the resting orders that an arriving one reaches, the best price first, and of equal ones the earliest."""
        opposite = [each for each in state.orders if open_of(each) > 0 and each.order.side != order.side]
        reached = [each for each in opposite if reaches(order, price_of(each))]
        return tuple(sorted(reached, key=price_of if order.side is Side.BUY else lambda each: -price_of(each)))

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:
        """Let two orders trade, at the price of the one that rests."""
        price = self.price(arriving, resting)
        buyer, seller = (arriving, resting) if arriving.order.side is Side.BUY else (resting, arriving)
        orders = tuple(
            evolve(each, filled=each.filled + quantity) if id_of(each) in (id_of(arriving), id_of(resting)) else each
            for each in state.orders
        )
        return (
            Step(Trading(state.accounts, orders), (Announce(Traded(id_of(arriving), id_of(resting), quantity, price)),))
            .then(lambda now: self.set_aside(now, arriving, -quantity))
            .then(lambda now: self.set_aside(now, resting, -quantity))
            .then(lambda now: self.settle(now, buyer.trader, -price * quantity, quantity))
            .then(lambda now: self.settle(now, seller.trader, price * quantity, -quantity))
        )

    def price(self, arriving: Entered, resting: Entered) -> Amount:  # noqa: ARG002  # whoever comes does not move it
        return price_of(resting)

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return moved(state, trader, Settled(trader, money, units))

    def set_aside(self, state: Trading, entered: Entered, quantity: Amount) -> Step[Trading]:
        """Set aside what so much more of an order may cost; an order without a limit is settled at once."""
        if entered.order.price is None:
            return step(state)
        buys = entered.order.side is Side.BUY
        return moved(
            state,
            entered.trader,
            SetAside(entered.trader, entered.order.price * quantity if buys else 0, 0 if buys else quantity),
        )

    def cancel_rest(self, state: Trading, entered: Entered) -> Step[Trading]:
        """Cancel what is open of an order, and release what was set aside for it."""
        orders = tuple(
            evolve(each, cancelled=each.cancelled + open_of(each)) if id_of(each) == id_of(entered) else each for each in state.orders
        )
        cancelled = step(Trading(state.accounts, orders), Announce(Cancelled(id_of(entered))))
        return cancelled.then(lambda now: self.set_aside(now, entered, -open_of(entered)))

    def answered(self, following: Step[Trading], client: Address, name: str, reason: Rejected | None) -> Step[Trading]:
        """Answer with what is so of an order now, or with the reason why not."""
        answers = (Report(each.filled, open_of(each), each.cancelled) for each in following.state.orders if id_of(each) == (client, name))
        return Step(following.state, (*following.effects, Reply(client, reason or next(answers))))

    def view(self, state: Trading) -> ExchangeView:
        return ExchangeView(state.accounts, state.orders)


def open_of(entered: Entered) -> Amount:
    """Return how much of an order can still be traded."""
    return entered.order.quantity - entered.filled - entered.cancelled


def id_of(entered: Entered) -> tuple[Address, str]:
    """Return by what an order is known."""
    return entered.trader, entered.order.name


def price_of(resting: Entered) -> Amount:
    """Return the price of an order that rests, which has one."""
    return 0 if resting.order.price is None else resting.order.price


def reaches(order: Order, price: Amount) -> bool:
    """Tell whether an order trades at a price."""
    if order.price is None:
        return True
    return order.price >= price if order.side is Side.BUY else order.price <= price


def account_of(state: Trading, trader: Address) -> Account:
    """Return what a trader has besides what is set aside, which is nothing where it has no account."""
    return state.accounts.get(trader, Account(0, 0))


def moved(state: Trading, trader: Address, event: SetAside | Settled) -> Step[Trading]:
    """Change an account by what is set aside, or settled."""
    has = account_of(state, trader)
    sign = -1 if isinstance(event, SetAside) else 1
    account = Account(has.money + sign * event.money, has.units + sign * event.units)
    return step(evolve(state, accounts=state.accounts.put(trader, account)), Announce(event))


# ---- together

PROMISES: tuple[Clause, ...] = (
    spec.nothing_is_made_or_lost,
    spec.nobody_has_less_than_nothing,
    spec.open_orders_are_covered,
    spec.no_more_is_set_aside_than_needed,
    spec.trades_are_settled_once,
    spec.accounts_and_orders_are_as_announced,
    spec.trades_follow_price_and_time,
    spec.at_the_price_of_the_resting_order,
    spec.nobody_trades_with_itself,
    spec.the_book_is_never_crossed,
    spec.no_order_is_filled_beyond_its_quantity,
    spec.what_has_no_price_does_not_rest,
    spec.orders_are_entered_once_as_asked_and_if_covered,
    spec.nothing_is_cancelled_without_a_reason,
    spec.an_answer_is_true,
    spec.what_is_cancelled_is_not_open,
    spec.nobody_is_answered_twice,
    spec.nobody_waits_for_an_answer,
)
EXCHANGE = Address("exchange")
ENOUGH = Account(100, 100)


def system(
    *scripts: tuple[tuple[Request | Malformed, ...], ...],
    has: tuple[Account, ...] = (),
    exchange: type[Exchange] = Exchange,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put an exchange and its traders together: the script of each, and what each has, which is enough where that is said of none.

    The last traders have no account where `has` is shorter.
    """
    traders = [Address("trader", number) for number in range(len(scripts))]
    accounts = Map.of(dict(zip(traders, has or (ENOUGH,) * len(traders), strict=False)))
    users = tuple(User(trader, (EXCHANGE,), script) for trader, script in zip(traders, scripts, strict=True))
    return System({EXCHANGE: exchange(accounts)}, opened(accounts), promises, users=users)


def opened(accounts: Map[Address, Account]) -> History:
    """Return the history before anything happens: all that traders have came into being with them."""
    money: Ledger[Address] = Ledger()
    units: Ledger[Address] = Ledger()
    for trader, account in accounts.items():
        money = money.mint(account.money).credit(trader, account.money)
        units = units.mint(account.units).credit(trader, account.units)
    return History(money, units, accounts)


# ---- one request


def one_request(asked: Asked) -> Done:
    """Let an exchange that holds this answer a request, and say what has come of it."""
    return asked_of(Exchange, asked)


def asked_of(kind: type[Exchange], asked: Asked) -> Done:
    """Let an exchange of a kind answer a request."""
    before = asked.before
    following = kind(before.accounts).request(Trading(before.accounts, before.orders), asked.trader, asked.request)
    events = (each.event for each in following.effects if isinstance(each, Announce))
    trades = tuple(event for event in events if isinstance(event, Traded))
    return Done(ExchangeView(following.state.accounts, following.state.orders), trades)


def step_by_step(most: int, rule: Rule = one_request, *, alike: bool = True) -> Mechanism[Asked, Done]:
    """Return what an exchange makes of a request when up to so many orders rest, with all that it keeps.

    If `alike`, all traders have the same besides what is set aside for their orders.
    """
    return Mechanism(rule, partial(requests, most=most, alike=alike), steps.CLAUSES)
