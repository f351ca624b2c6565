"""What goes wrong with market sessions: the documents' market, a mistake at a time, and slips in ours."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.markets.call_double_auction import midpoint
from concordant.refimpl.markets.market_session import CLOSED, LEADS, OPEN, OPERATOR, Market, Session, of, system
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import (
    Answer,
    Clear,
    Close,
    Create,
    Created,
    Mechanism,
    Noted,
    Open,
    Opened,
    Phase,
    Request,
    Result,
    Submit,
    TimeIsUp,
    Withdraw,
    Withdrawn,
)
from concordant.spec.markets.shared.orders import Book, Cleared, Side, Trade
from concordant.spec.vocabulary import Address, Announce, Reply, addresses

A, B, C = addresses("trader", 3)
BUY, SELL = Side

# ---- markets


@frozen
class IsAlwaysOpen(Market):
    """Has one state, and takes what comes also after the close."""

    def leads(self, state: Session, request: Request) -> Phase | None:
        return LEADS.get((OPEN if state.phase is CLOSED else state.phase, type(request)))


@frozen
class AsksNobody(Market):
    """Has a list of participants, and does not look at it."""

    def takes_part(self, state: Session, client: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class KeepsNoHistory(Market):
    """Has a list of trades, and writes nothing on it."""

    def clear(self, state: Session) -> Step[Session]:
        cleared = super().clear(state)
        return Step(evolve(cleared.state, trades=state.trades), cleared.effects)


@frozen
class TakesAnyMechanism(Market):
    """Finds out how a market is cleared when it is."""

    def is_known(self, mechanism: str) -> bool:  # noqa: ARG002  # that is the mistake
        return True

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        if isinstance(request, Create) and not super().is_known(request.mechanism):
            unknown: Any = request.mechanism
            return step(evolve(state, participants=request.participants), Announce(Created(unknown, request.participants)))
        return super().follow(state, client, request)


@frozen
class NeedsNobody(Market):
    """Creates a market for nobody."""

    def may(self, state: Session, client: Address, request: Request) -> bool:
        return self.is_known(request.mechanism) if isinstance(request, Create) else super().may(state, client, request)


@frozen
class BeginsAnew(Market):
    """Begins its history anew with every epoch."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        followed = super().follow(state, client, request)
        return Step(evolve(followed.state, trades=()), followed.effects) if isinstance(request, Open) else followed


@frozen
class TakesBackTheFirst(Market):
    """Takes back the order that came first."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        if not isinstance(request, Withdraw):
            return super().follow(state, client, request)
        (first,) = (trader for trader in sorted(state.participants) if str(trader) == state.orders[0].trader)
        return step(evolve(state, orders=state.orders[1:]), Announce(Withdrawn(first)))


@frozen
class KeepsOrders(Market):
    """Keeps the orders that it has cleared."""

    def clear(self, state: Session) -> Step[Session]:
        cleared = super().clear(state)
        return Step(evolve(cleared.state, orders=state.orders), cleared.effects)


@frozen
class DoesNotCount(Market):
    """Calls every epoch the first."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        if not isinstance(request, Open):
            return super().follow(state, client, request)
        return step(evolve(state, epoch=1), Announce(Opened(1)))


@frozen
class TakesAnother(Market):
    """Takes a second order of a trader."""

    def may(self, state: Session, client: Address, request: Request) -> bool:
        known = evolve(state, orders=()) if isinstance(request, Submit) else state
        return super().may(known, client, request)


@frozen
class TakesAnything(Market):
    """Takes any price and quantity."""

    def is_sound(self, submitted: Submit) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class Changes(Market):
    """Makes something else of what was matched."""

    def match(self, state: Session, book: Book) -> Cleared:
        cleared = super().match(state, book)
        return evolve(cleared, trades=tuple(self.other(trade, book) for trade in cleared.trades))

    def other(self, trade: Trade, book: Book) -> Trade:
        raise NotImplementedError


@frozen
class NamesNobody(Changes):
    """Does not say who sells."""

    def other(self, trade: Trade, book: Book) -> Trade:  # noqa: ARG002  # whatever was ordered
        return evolve(trade, seller="nobody")


@frozen
class TakesAFee(Changes):
    """Takes 1 from the seller."""

    def other(self, trade: Trade, book: Book) -> Trade:  # noqa: ARG002  # whatever was ordered
        return evolve(trade, gets=trade.gets - 1)


@frozen
class IsDear(Changes):
    """Lets the buyer pay more than it would."""

    def other(self, trade: Trade, book: Book) -> Trade:
        most = max(order.price for order in book.orders) + 1
        return evolve(trade, pays=most, gets=most)


@frozen
class PaysWhatIsAsked(Changes):
    """Trades at what the seller asks."""

    def other(self, trade: Trade, book: Book) -> Trade:
        (price,) = (order.price for order in book.orders if order.trader == trade.seller)
        return evolve(trade, pays=price, gets=price)


@frozen
class DropsTheRest(Market):
    """Says nothing of what was not traded."""

    def match(self, state: Session, book: Book) -> Cleared:
        return evolve(super().match(state, book), left=())


@frozen
class HasOneMechanism(Market):
    """Clears every market at midpoints."""

    def match(self, state: Session, book: Book) -> Cleared:
        cleared = midpoint(book)
        return cleared if isinstance(cleared, Cleared) else super().match(state, book)


@frozen
class TellsNoTrades(Market):
    """Says that a market is cleared, and not what was traded."""

    def answer(self, state: Session, client: Address, request: Request) -> Answer:
        told = super().answer(state, client, request)
        return Result(()) if isinstance(told, Result) else told


@frozen
class TellsTheEnd(Market):
    """Tells the operator when time has run out."""

    def fire(self, state: Session, trigger: TimeIsUp) -> Step[Session]:
        fired = super().fire(state, trigger)
        return Step(fired.state, (*fired.effects, Reply(OPERATOR, Noted())))


@frozen
class LetsTradersWait(Market):
    """Answers an order when it is cleared, if anybody still knows of it."""

    def request(self, state: Session, client: Address, request: Request) -> Step[Session]:
        following = super().request(state, client, request)
        taken = isinstance(request, Submit) and bool(of(following.state, client))
        return Step(following.state, following.effects[:-1]) if taken else following


@frozen
class HasTime(Market):
    """Stays open until somebody closes it."""

    def armed(self, state: Session) -> tuple[TimeIsUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class IsExtended(Market):
    """Goes on for as long again when its time has run out."""

    def fire(self, state: Session, trigger: TimeIsUp) -> Step[Session]:  # noqa: ARG002  # that is the mistake
        return step(state)


# ---- the pitfalls


def created(*participants: Address, mechanism: Mechanism = Mechanism.MIDPOINT) -> tuple[Request, ...]:
    """Return the place of a script in which a market is created."""
    return (Create(mechanism.value, frozenset(participants)),)


PAIR = ((Submit(BUY, 5, 1),),), ((Submit(SELL, 1, 1),),)
"""The scripts of two who would trade."""
ONE_EPOCH = (created(A, B), (Open(),), (Clear(),))

AFTER_THE_CLOSE = Pitfall(
    "MKS-1",
    "A market has one state: it is closed, and cleared after that.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A), (Open(),), (Close(),), (Clear(),)), market=IsAlwaysOpen),
    length=4,
)
NOT_ASKED = Pitfall(
    "MKS-2",
    "Somebody who does not take part submits an order, and it is taken.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(B), (Open(),)), ((Submit(BUY, 5, 1),),), market=AsksNobody),
    length=3,
)
NO_HISTORY = Pitfall(
    "MKS-3",
    "What was traded is on no list.",
    breaks=spec.what_is_shown_is_what_was_announced,
    subject=system(ONE_EPOCH, *PAIR, market=KeepsNoHistory),
    length=5,
)
ANY_MECHANISM = Pitfall(
    "MKS-4",
    "A market is created with a mechanism that there is not, which comes out when it is cleared.",
    breaks=spec.there_is_somebody_to_trade,
    subject=system(((Create("posted", frozenset({A})),),), market=TakesAnyMechanism),
    length=1,
)
FOR_NOBODY = Pitfall(
    "MKS-5",
    "A market is created for nobody.",
    breaks=spec.there_is_somebody_to_trade,
    subject=system((created(),), market=NeedsNobody),
    length=1,
)
BEGINS_ANEW = Pitfall(
    "market_session.BeginsAnew",
    "With the next epoch what was traded in the last is forgotten.",
    breaks=spec.what_was_traded_stays_traded,
    subject=system((*ONE_EPOCH, (Open(),)), *PAIR, market=BeginsAnew),
    length=6,
)
TAKEN_BACK_FOR_ANOTHER = Pitfall(
    "market_session.TakesBackTheFirst",
    "A trader takes its order back, and another's is gone.",
    breaks=spec.only_its_trader_withdraws_an_order,
    subject=system((created(A, B), (Open(),)), ((Submit(BUY, 5, 1),),), ((Submit(SELL, 1, 1),), (Withdraw(),)), market=TakesBackTheFirst),
    length=5,
)
CLEARED_AGAIN = Pitfall(
    "market_session.KeepsOrders",
    "An order that was traded is there again in the next epoch, and is traded again.",
    breaks=spec.an_epoch_is_cleared_once_with_all_its_orders,
    subject=system((*ONE_EPOCH, (Open(),), (Clear(),)), ((Submit(BUY, 5, 1),),), market=KeepsOrders),
    length=6,
)
DOES_NOT_COUNT = Pitfall(
    "market_session.DoesNotCount",
    "Two epochs have the same number.",
    breaks=spec.epochs_are_counted,
    subject=system((*ONE_EPOCH, (Open(),)), market=DoesNotCount),
    length=4,
)
TAKES_ANOTHER = Pitfall(
    "market_session.TakesAnother",
    "A trader has two orders, and could trade with itself.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A), (Open(),)), ((Submit(BUY, 5, 1),), (Submit(SELL, 1, 1),)), market=TakesAnother),
    length=4,
)
TAKES_ANYTHING = Pitfall(
    "market_session.TakesAnything",
    "An order of no units is taken.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A), (Open(),)), ((Submit(BUY, 5, 0),),), market=TakesAnything),
    length=3,
)
NAMES_NOBODY = Pitfall(
    "market_session.NamesNobody",
    "A unit is bought that nobody has sold.",
    breaks=spec.goods_conserved,
    subject=system(ONE_EPOCH, *PAIR, market=NamesNobody),
    length=5,
)
FEE = Pitfall(
    "market_session.TakesAFee",
    "The seller gets less than the buyer pays.",
    breaks=spec.balanced,
    subject=system(ONE_EPOCH, *PAIR, market=TakesAFee),
    length=5,
)
DEAR = Pitfall(
    "market_session.IsDear",
    "A buyer pays more than it would.",
    breaks=spec.rational,
    subject=system(ONE_EPOCH, *PAIR, market=IsDear),
    length=5,
)
REST_DROPPED = Pitfall(
    "market_session.DropsTheRest",
    "It is not said what was not traded.",
    breaks=spec.left,
    subject=system(ONE_EPOCH, ((Submit(BUY, 5, 1),),), market=DropsTheRest),
    length=4,
)
AS_ASKED = Pitfall(
    "market_session.PaysWhatIsAsked",
    "A market that is cleared at midpoints trades at what is asked.",
    breaks=spec.at_midpoints,
    subject=system(ONE_EPOCH, *PAIR, market=PaysWhatIsAsked),
    length=5,
)
ONE_MECHANISM = Pitfall(
    "market_session.HasOneMechanism",
    "A market that is cleared at one price has two.",
    breaks=spec.at_one_price,
    subject=system(
        (created(A, B, C, mechanism=Mechanism.UNIFORM), (Open(),), (Clear(),)),
        ((Submit(BUY, 5, 2),),),
        ((Submit(SELL, 1, 1),),),
        ((Submit(SELL, 3, 1),),),
        market=HasOneMechanism,
    ),
    length=6,
)
TELLS_NO_TRADES = Pitfall(
    "market_session.TellsNoTrades",
    "Who clears a market is told that nothing was traded.",
    breaks=spec.an_answer_is_true,
    subject=system(ONE_EPOCH, *PAIR, market=TellsNoTrades),
    length=5,
)
TELLS_THE_END = Pitfall(
    "market_session.TellsTheEnd",
    "The operator, who has asked nothing, is told that time has run out.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((created(A),), market=TellsTheEnd),
    length=2,
)
LETS_TRADERS_WAIT = Pitfall(
    "market_session.LetsTradersWait",
    "A trader waits for an answer as long as its order is in the book.",
    breaks=spec.nobody_waits_for_an_answer,
    subject=system((created(A), (Open(),)), ((Submit(BUY, 5, 1),),), market=LetsTradersWait),
    length=3,
)
HAS_TIME = Pitfall(
    "market_session.HasTime",
    "Nobody closes a session, and it is never closed.",
    breaks=spec.what_is_created_is_closed,
    subject=system((created(A),), market=HasTime),
    length=1,
)
HAS_TIME_FOR_EVER = Pitfall(
    "market_session.HasTime/ever",
    "The same: nothing more happens.",
    breaks=spec.every_session_ends,
    subject=system((created(A),), market=HasTime),
    length=1,
)
IS_EXTENDED = Pitfall(
    "market_session.IsExtended",
    "A session is extended whenever its time has run out, and never ends.",
    breaks=spec.every_session_ends,
    subject=system((created(A),), market=IsExtended),
    length=2,
)
