"""A market session, one machine with its table of phases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Never, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.refimpl.markets.call_double_auction import midpoint, uniform_price
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import (
    NO_MECHANISM,
    NO_PARTICIPANTS,
    NOT_A_PARTICIPANT,
    NOT_NOW,
    NOT_SOUND,
    ONE_EACH,
    Answer,
    Clear,
    Close,
    Closed,
    Create,
    Created,
    History,
    Matched,
    Mechanism,
    Noted,
    Open,
    Opened,
    Phase,
    Request,
    Result,
    SessionView,
    Submit,
    Submitted,
    TimeIsUp,
    Withdraw,
    Withdrawn,
)
from concordant.spec.markets.shared.orders import Book, Cleared, Order, Outcome, Trade
from concordant.spec.vocabulary import Address, Announce, Clause, Malformed, Reply, is_amount

VACANT, CREATED, OPEN, CLEARED, CLOSED = Phase

LEADS: Mapping[tuple[Phase, type[Request]], Phase] = MappingProxyType(
    {
        (VACANT, Create): CREATED,
        (CREATED, Open): OPEN,
        (CLEARED, Open): OPEN,
        (OPEN, Submit): OPEN,
        (OPEN, Withdraw): OPEN,
        (OPEN, Clear): CLEARED,
        (CREATED, Close): CLOSED,
        (OPEN, Close): CLOSED,
        (CLEARED, Close): CLOSED,
    }
)
"""The table: where a request leads to. What is not here is refused."""

RULES: Mapping[Mechanism, Callable[[Book], Outcome]] = MappingProxyType({Mechanism.MIDPOINT: midpoint, Mechanism.UNIFORM: uniform_price})


@frozen
class Session:
    """How far it is, how it is cleared, who takes part, which epoch it is, the orders, in their order, and all trades so far."""

    phase: Phase = VACANT
    mechanism: Mechanism = Mechanism.MIDPOINT
    participants: frozenset[Address] = frozenset()
    epoch: int = 0
    orders: tuple[Order, ...] = ()
    trades: tuple[Trade, ...] = ()
    last: tuple[Trade, ...] = ()


@frozen
class Market(Process[Session, Never, Request, TimeIsUp]):
    """Does what the table has for its phase, and refuses the rest."""

    def start(self) -> Step[Session]:
        return step(Session())

    def request(self, state: Session, client: Address, request: Request) -> Step[Session]:
        leads = self.leads(state, request)
        if leads is None or not self.may(state, client, request):
            return step(state, Reply(client, self.answer(state, client, request)))
        following = self.follow(evolve(state, phase=leads), client, request)
        return Step(following.state, (*following.effects, Reply(client, self.answer(following.state, client, request))))

    def leads(self, state: Session, request: Request) -> Phase | None:
        """Return the phase to which a request leads; None where it is not the time for it."""
        return LEADS.get((state.phase, type(request)))

    def may(self, state: Session, client: Address, request: Request) -> bool:
        """Tell whether something may be done for which it is the time."""
        match request:
            case Create(mechanism, participants):
                return self.is_known(mechanism) and bool(participants)
            case Submit():
                return self.takes_part(state, client) and self.is_sound(request) and not of(state, client)
            case Withdraw():
                return bool(of(state, client))
            case Open() | Clear() | Close():
                return True
            case _:
                assert_never(request)

    def is_known(self, mechanism: str) -> bool:
        return mechanism in [each.value for each in Mechanism]

    def takes_part(self, state: Session, client: Address) -> bool:
        return client in state.participants

    def is_sound(self, submitted: Submit) -> bool:
        price, quantity = submitted.price, submitted.quantity
        return is_amount(price) and price >= 0 and type(quantity) is int and quantity >= 1

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        """Do what is asked, in the phase to which it leads."""
        match request:
            case Create(mechanism, participants):
                found = Mechanism(mechanism)
                return step(evolve(state, mechanism=found, participants=participants), Announce(Created(found, participants)))
            case Open():
                return step(evolve(state, epoch=state.epoch + 1), Announce(Opened(state.epoch + 1)))
            case Submit():
                order = Order(str(client), request.side, request.price, request.quantity)
                return step(evolve(state, orders=(*state.orders, order)), Announce(Submitted(client, request)))
            case Withdraw():
                left = tuple(order for order in state.orders if order not in of(state, client))
                return step(evolve(state, orders=left), Announce(Withdrawn(client)))
            case Clear():
                return self.clear(state)
            case Close():
                return self.close(state)
            case _:
                assert_never(request)

    def clear(self, state: Session) -> Step[Session]:
        """Match the orders; what is left of them is gone."""
        book = Book(state.orders)
        cleared = self.match(state, book)
        traded = evolve(state, orders=(), trades=(*state.trades, *cleared.trades), last=cleared.trades)
        return step(traded, Announce(Matched(state.epoch, book, cleared)))

    def match(self, state: Session, book: Book) -> Cleared:
        # Only sound orders are taken, and one of a trader: no rule refuses such a book.
        cleared = RULES[state.mechanism](book)
        return cleared if isinstance(cleared, Cleared) else Cleared((), book.orders)

    def close(self, state: Session) -> Step[Session]:
        return step(evolve(state, phase=CLOSED, orders=()), Announce(Closed()))

    def answer(self, state: Session, client: Address, request: Request) -> Answer:
        """Return what is so, now that it was done what was asked, or was not."""
        match request:
            case Create(_, participants) if not participants:
                return NO_PARTICIPANTS
            case Create(mechanism, _) if not self.is_known(mechanism):
                return NO_MECHANISM
            case Create(mechanism, participants):
                same = (state.phase, state.mechanism.value, state.participants) == (CREATED, mechanism, participants)
                return Noted() if same else NOT_NOW
            case Open():
                return Noted() if state.phase is OPEN else NOT_NOW
            case Clear():
                return Result(state.last) if state.phase is CLEARED else NOT_NOW
            case Close():
                return Noted() if state.phase is CLOSED else NOT_NOW
            case Submit() | Withdraw() if state.phase is not OPEN:
                return NOT_NOW
            case Submit() | Withdraw() if not self.takes_part(state, client):
                return NOT_A_PARTICIPANT
            case Submit() if not self.is_sound(request):
                return NOT_SOUND
            case Submit(side, price, quantity):
                return Noted() if of(state, client) == (Order(str(client), side, price, quantity),) else ONE_EACH
            case Withdraw():
                return Noted()
            case _:
                assert_never(request)

    def armed(self, state: Session) -> tuple[TimeIsUp, ...]:
        return () if state.phase in (VACANT, CLOSED) else (TimeIsUp(),)

    def fire(self, state: Session, trigger: TimeIsUp) -> Step[Session]:  # noqa: ARG002  # there is one
        return self.close(state)

    def view(self, state: Session) -> SessionView:
        return SessionView(state.phase, state.trades)


def of(state: Session, trader: Address) -> tuple[Order, ...]:
    """Return the order of a trader, if it has one."""
    return tuple(order for order in state.orders if order.trader == str(trader))


# ---- together

PROMISES: tuple[Clause, ...] = (
    spec.phases_follow_the_table,
    spec.what_was_traded_stays_traded,
    spec.what_is_shown_is_what_was_announced,
    spec.there_is_somebody_to_trade,
    spec.orders_are_taken_only_of_participants_while_open,
    spec.only_its_trader_withdraws_an_order,
    spec.an_epoch_is_cleared_once_with_all_its_orders,
    spec.epochs_are_counted,
    spec.goods_conserved,
    spec.balanced,
    spec.rational,
    spec.left,
    spec.gains,
    spec.in_turn,
    spec.at_midpoints,
    spec.at_one_price,
    spec.at_the_price_set_by_k,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.nobody_waits_for_an_answer,
    spec.every_session_ends,
)
MARKET, OPERATOR = Address("market"), Address("operator")


def system(
    operator: tuple[tuple[Request | Malformed, ...], ...],
    *traders: tuple[tuple[Request | Malformed, ...], ...],
    market: type[Market] = Market,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a market together with its operator and its traders: the script of each."""
    users = (User(Address("trader", number), (MARKET,), script) for number, script in enumerate(traders))
    return System({MARKET: market()}, History(), promises, users=(User(OPERATOR, (MARKET,), operator), *users))
