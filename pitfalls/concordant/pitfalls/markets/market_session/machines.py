"""Sessions that go wrong: the documents' market, a mistake at a time, and slips in ours."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.machine import Step, step
from concordant.refimpl.markets.call_double_auction import midpoint
from concordant.refimpl.markets.market_session import CLOSED, LEADS, OPEN, OPERATOR, Market, Session, of
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
class ClearsOnce(Market):
    """Matches orders in the first epoch, and in later ones says only which there are."""

    def match(self, state: Session, book: Book) -> Cleared:
        return super().match(state, book) if state.epoch == 1 else Cleared((), book.orders)


@frozen
class ServesTheLastFirst(Market):
    """Matches orders as if the last had come first, and tells what is left of them in their order."""

    def match(self, state: Session, book: Book) -> Cleared:
        cleared = super().match(state, Book(book.orders[::-1]))
        return evolve(cleared, left=cleared.left[::-1])


@frozen
class LetsBuyersPayLess(Changes):
    """Lets all trade at the lowest price that clears the market."""

    def other(self, trade: Trade, book: Book) -> Trade:
        lowest = max(order.price for order in book.orders if order.side is SELL)
        return evolve(trade, pays=lowest, gets=lowest)


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
class KeepsWhatIsTakenBack(Market):
    """Says that an order is taken back, and matches it all the same."""

    def request(self, state: Session, client: Address, request: Request) -> Step[Session]:
        if isinstance(request, Withdraw) and of(state, client):
            return step(state, Reply(client, Noted()))
        return super().request(state, client, request)


@frozen
class NeverCloses(Market):
    """Says that it is not the time to close, and waits until time has run out."""

    def leads(self, state: Session, request: Request) -> Phase | None:
        return None if isinstance(request, Close) else super().leads(state, request)


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


# ---- who asks


def created(*participants: Address, mechanism: Mechanism = Mechanism.MIDPOINT) -> tuple[Request, ...]:
    """Return the place of a script in which a market is created."""
    return (Create(mechanism.value, frozenset(participants)),)


PAIR = ((Submit(BUY, 5, 1),),), ((Submit(SELL, 1, 1),),)
"""The scripts of two who would trade."""
ONE_EPOCH = (created(A, B), (Open(),), (Clear(),))
