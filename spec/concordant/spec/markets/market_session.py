"""Market session: a market is created, opens for orders, is cleared all at once, perhaps opens again, and is closed for good.

Source: Friedman and Rust (editors), "The Double Auction Market", 1993; FIX, states of a trading session. How a market is cleared is
the rule of `call_double_auction` that it was created with. Assumes: requests come one at a time.

| | create | open | submit, withdraw | clear | close |
|---|---|---|---|---|---|
| vacant | created | | | | |
| created | | open | | | closed |
| open | | | open | cleared | closed |
| cleared | | open | | | closed |
| closed | | | | | |

What is not in the table is refused, and changes nothing. Chosen: a trader has one order at a time; what was not traded is gone when
the market is cleared or closed, and nobody trades at a close. Each opening begins an epoch, which is cleared once at most. A
session that nobody closes is closed when its time has run out. Who may open and close is for others to say.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.markets.call_double_auction import law_of_one_price, price_is_set_by_k, price_is_the_middle_of_each_pair
from concordant.spec.markets.shared.markets import (
    budget_balanced,
    efficient,
    goods_are_conserved,
    individually_rational,
    price_time_priority,
    what_is_not_traded_is_left,
)
from concordant.spec.markets.shared.orders import Book, Cleared, Order, Side, Trade, is_whole
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Deadline,
    Fair,
    Fault,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    every_step,
    is_amount,
    obeys,
    on_event,
    sometimes,
)


class Phase(Enum):
    """How far a session is."""

    VACANT = "vacant"
    CREATED = "created"
    OPEN = "open"
    CLEARED = "cleared"
    CLOSED = "closed"


class Mechanism(Enum):
    """How a market is cleared: each pair at the middle between its prices, or all at one price."""

    MIDPOINT = "midpoint"
    UNIFORM = "uniform"


# ---- requests and answers; whatever is asked again is answered as before, if it is still so


@frozen
class Create:
    """A market is to be, with this mechanism, by name, and these participants. Answered by `Noted`, or by a reason why not."""

    mechanism: str
    participants: frozenset[Address]


@frozen
class Open:
    """Orders are to be taken from now on. Answered by `Noted`, or by `NOT_NOW`."""


@frozen
class Submit:
    """A trader's order. Answered by `Noted`, or by a reason why not."""

    side: Side
    price: Amount
    quantity: int


@frozen
class Withdraw:
    """A trader takes its order back. Answered by `Noted`, or by a reason why not."""


@frozen
class Clear:
    """The orders are to be matched. Answered by `Result`, or by `NOT_NOW`."""


@frozen
class Close:
    """The session is over. Answered by `Noted`, or by `NOT_NOW`."""


@frozen
class Noted:
    """It is so."""


@frozen
class Result:
    """What was traded."""

    trades: tuple[Trade, ...]


Request: TypeAlias = Create | Open | Submit | Withdraw | Clear | Close
Answer: TypeAlias = Noted | Result | Rejected

NOT_NOW = Rejected("the session is not so far, or too far for that")
NO_PARTICIPANTS = Rejected("there are no participants")
NO_MECHANISM = Rejected("there is no such mechanism")
NOT_A_PARTICIPANT = Rejected("the trader is no participant")
NOT_SOUND = Rejected("a price is no exact amount of 0 or more, or a quantity no whole number of units")
ONE_EACH = Rejected("the trader has another order")


@frozen
class TimeIsUp(Deadline):
    """The session has lasted long enough."""


@frozen
class Created:
    """There is a market."""

    mechanism: Mechanism
    participants: frozenset[Address]


@frozen
class Opened:
    """An epoch begins, with this number, from 1."""

    epoch: int


@frozen
class Submitted:
    """An order is taken."""

    trader: Address
    submitted: Submit


@frozen
class Withdrawn:
    """A trader's order is taken back."""

    trader: Address


@frozen
class Matched:
    """An epoch is cleared: these were the orders, and that comes of them."""

    epoch: int
    book: Book
    cleared: Cleared


@frozen
class Closed:
    """The session is over."""


@frozen
class SessionView:
    """How far the session is, and all that was traded, the earliest first."""

    phase: Phase
    trades: tuple[Trade, ...]


@frozen
class History:
    """What was announced: how far the session is, with whom, by which mechanism, the orders of this epoch, and what each was cleared to."""

    calls: Calls = Calls()
    phase: Phase = Phase.VACANT
    mechanism: Mechanism = Mechanism.MIDPOINT
    participants: frozenset[Address] = frozenset()
    epoch: int = 0
    orders: tuple[Order, ...] = ()
    matched: tuple[Matched, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Created(mechanism, participants):
                return evolve(after, phase=Phase.CREATED, mechanism=mechanism, participants=participants)
            case Opened(epoch):
                return evolve(after, phase=Phase.OPEN, epoch=epoch, orders=())
            case Submitted(trader, submitted):
                return evolve(after, orders=(*self.orders, order_of(trader, submitted)))
            case Withdrawn(trader):
                return evolve(after, orders=tuple(order for order in self.orders if order.trader != str(trader)))
            case Matched():
                return evolve(after, phase=Phase.CLEARED, orders=(), matched=(*self.matched, happening))
            case Closed():
                return evolve(after, phase=Phase.CLOSED, orders=())
            case _:
                return after


def order_of(trader: Address, submitted: Submit) -> Order:
    """Return the order that a trader submits."""
    return Order(str(trader), submitted.side, submitted.price, submitted.quantity)


def trades(history: History) -> tuple[Trade, ...]:
    """List all that was traded, the earliest first."""
    return tuple(trade for matched in history.matched for trade in matched.cleared.trades)


# ---- clauses

ALL = Fault.MALFORMED

TABLE = frozenset(
    {
        *pairwise((Phase.VACANT, Phase.CREATED, Phase.OPEN, Phase.CLEARED, Phase.OPEN)),
        *((phase, Phase.CLOSED) for phase in (Phase.CREATED, Phase.OPEN, Phase.CLEARED)),
    }
)
"""From which phase a session comes to which."""


@every_step(SessionView, under=ALL)
def phases_follow_the_table(before: SessionView, after: SessionView) -> Cases:
    """A session goes from phase to phase as the table says."""
    if before.phase != after.phase:
        yield case((before.phase, after.phase) in TABLE, before=before.phase, after=after.phase)


@every_step(SessionView, under=ALL)
def what_was_traded_stays_traded(before: SessionView, after: SessionView) -> Cases:
    """The list of trades only gets longer, and only when a market is cleared."""
    kept = after.trades[: len(before.trades)] == before.trades
    yield case(kept and (len(after.trades) == len(before.trades) or after.phase is Phase.CLEARED), before=before, after=after)


@always_each(SessionView, under=ALL)
def what_is_shown_is_what_was_announced(view: SessionView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one session
    """The session shows the phase that it has announced, and exactly the trades of what it has cleared."""
    announced = SessionView(history.phase, trades(history))
    yield case(view == announced, shown=view, announced=announced)


@on_event(Created, under=ALL)
def there_is_somebody_to_trade(before: History, by: Address, event: Created) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A market has participants, and a mechanism that there is."""
    yield case(event.participants != frozenset() and event.mechanism in tuple(Mechanism), event=event)


@on_event(Submitted, under=ALL)
def orders_are_taken_only_of_participants_while_open(before: History, by: Address, event: Submitted) -> Cases:
    """An order is taken as its trader submits it, if the trader takes part and has no other, if it is sound, and while the market is open."""
    asked = before.calls.open.get(Call(event.trader, by))
    another = any(order.trader == str(event.trader) for order in before.orders)
    yield case(before.phase is Phase.OPEN and asked == event.submitted and not another, event=event, asked=asked, phase=before.phase)
    yield case(event.trader in before.participants and is_sound(event.submitted), event=event, participants=before.participants)


@on_event(Withdrawn, under=ALL)
def only_its_trader_withdraws_an_order(before: History, by: Address, event: Withdrawn) -> Cases:
    """An order is taken back if its trader asks for it, and if there is one."""
    asked = before.calls.open.get(Call(event.trader, by))
    there = any(order.trader == str(event.trader) for order in before.orders)
    yield case(asked == Withdraw() and there, trader=event.trader, asked=asked, orders=before.orders)


@on_event(Matched, under=ALL)
def an_epoch_is_cleared_once_with_all_its_orders(before: History, by: Address, event: Matched) -> Cases:  # noqa: ARG001
    """A market is cleared while it is open, once in an epoch, with exactly the orders that were submitted and not withdrawn."""
    now = before.phase is Phase.OPEN and event.epoch == before.epoch
    yield case(now and event.book == Book(before.orders), event=event, phase=before.phase, epoch=before.epoch, orders=before.orders)


@on_event(Opened, under=ALL)
def epochs_are_counted(before: History, by: Address, event: Opened) -> Cases:  # noqa: ARG001
    """Each opening begins the next epoch."""
    yield case(event.epoch == before.epoch + 1, event=event, before=before.epoch)


def runs(history: History) -> tuple[tuple[Book, Cleared], ...]:
    """List the orders of all epochs that were cleared, with what came of them."""
    return tuple((each.book, each.cleared) for each in history.matched)


def midpoint_runs(history: History) -> tuple[tuple[Book, Cleared], ...]:
    """List the same of a market that is cleared at midpoints."""
    return runs(history) if history.mechanism is Mechanism.MIDPOINT else ()


def uniform_runs(history: History) -> tuple[tuple[Book, Cleared], ...]:
    """List the same of a market that is cleared at one price."""
    return runs(history) if history.mechanism is Mechanism.UNIFORM else ()


goods_conserved = obeys(goods_are_conserved, runs, under=ALL)
balanced = obeys(budget_balanced, runs, under=ALL)
rational = obeys(individually_rational, runs, under=ALL)
left = obeys(what_is_not_traded_is_left, runs, under=ALL)
gains = obeys(efficient, runs, under=ALL)
in_turn = obeys(price_time_priority, runs, under=ALL)
at_midpoints = obeys(price_is_the_middle_of_each_pair, midpoint_runs, under=ALL)
at_one_price = obeys(law_of_one_price, uniform_runs, under=ALL)
at_the_price_set_by_k = obeys(price_is_set_by_k, uniform_runs, under=ALL)


def is_sound(submitted: Submit) -> bool:
    """Tell whether an order's price and quantity are such."""
    price, quantity = submitted.price, submitted.quantity
    return is_amount(price) and price >= 0 and is_amount(quantity) and is_whole(quantity) and quantity >= 1


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Everybody is told the truth: that what was asked for is done, or why not; and when a market is cleared, what was traded."""
    asked = before.calls.open.get(Call(event.to, by))
    if asked is not None:
        true = truth(before, event.to, asked)
        yield case(event.answer == true, asked=asked, answer=event.answer, true=true)


def truth(history: History, client: Address, asked: object) -> Answer | None:
    """Return what is to be answered, after all that has been announced; None where what was asked for should have been done."""
    own = tuple(order for order in history.orders if order.trader == str(client))
    leads = {Create: Phase.CREATED, Open: Phase.OPEN, Clear: Phase.CLEARED, Close: Phase.CLOSED}.get(type(asked))
    match asked:
        case Create(_, participants) if participants == frozenset():
            return NO_PARTICIPANTS
        case Create(mechanism) if mechanism not in [each.value for each in Mechanism]:
            return NO_MECHANISM
        case Create(mechanism, participants) if history.phase == leads:
            return Noted() if (history.mechanism.value, history.participants) == (mechanism, participants) else NOT_NOW
        case Clear() if history.phase == leads:
            return Result(history.matched[-1].cleared.trades)
        case Open() | Close() if history.phase == leads:
            return Noted()
        case _ if leads or history.phase is not Phase.OPEN:
            return None if (history.phase, leads) in TABLE else NOT_NOW
        case _ if client not in history.participants:
            return NOT_A_PARTICIPANT
        case Submit():
            return (Noted() if order_of(client, asked) in own else ONE_EACH) if own else None
        case Withdraw():
            return None if own else Noted()
        case _:
            return NOT_SOUND


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and at once."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def nobody_waits_for_an_answer(seen: Seen[History]) -> Cases:
    """Nobody waits for an answer."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_session_ends(seen: Seen[History]) -> Cases:
    """Every session is closed, since time runs out."""
    yield case(seen.history.phase in (Phase.VACANT, Phase.CLOSED), phase=seen.history.phase)


@sometimes
def two_epochs_are_cleared(seen: Seen[History]) -> Cases:
    """A market is cleared in two epochs, in one of which something is traded."""
    yield case(len(seen.history.matched) == 2 and trades(seen.history) != ())
