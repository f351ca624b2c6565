"""Sessions that go from phase to phase, take orders, count and answer in other ways, and which promise each breaks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from attrs import evolve, frozen

from concordant.pitfalls.markets.market_session.machines import (
    BUY,
    ONE_EPOCH,
    PAIR,
    A,
    IsAlwaysOpen,
    NeedsNobody,
    created,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.markets.market_session import CLEARED, CLOSED, CREATED, OPEN, VACANT, Market, Session, system
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import (
    NOT_NOW,
    Answer,
    Clear,
    Close,
    Closed,
    Create,
    Matched,
    Mechanism,
    Noted,
    Open,
    Opened,
    Phase,
    Request,
    Submit,
    TimeIsUp,
    Withdraw,
)
from concordant.spec.vocabulary import Address, Announce

# ---- markets


@frozen
class DoesMore(Market):
    """Does what is in the table, and more."""

    MORE: ClassVar[Mapping[tuple[Phase, type[Request]], Phase]]

    def leads(self, state: Session, request: Request) -> Phase | None:
        return self.MORE.get((state.phase, type(request)), super().leads(state, request))


@frozen
class IsOpenAtOnce(DoesMore):
    """Is open as soon as it is created."""

    MORE = MappingProxyType({(VACANT, Create): OPEN})


@frozen
class ClosesNothing(DoesMore):
    """Closes a session that there is not."""

    MORE = MappingProxyType({(VACANT, Close): CLOSED})


@frozen
class ClearsBeforeItOpens(DoesMore):
    """Clears a market that has not opened."""

    MORE = MappingProxyType({(CREATED, Clear): CLEARED})


@frozen
class TakesOrdersEarly(DoesMore):
    """Takes orders as soon as it is created."""

    MORE = MappingProxyType({(CREATED, Submit): CREATED})


@frozen
class TakesOrdersBetween(DoesMore):
    """Takes orders until it opens again."""

    MORE = MappingProxyType({(CLEARED, Submit): CLEARED})


@frozen
class IsCreatedAgain(DoesMore):
    """Is created again, with nothing traded, while it is there."""

    MORE = MappingProxyType({(OPEN, Create): CREATED, (CLEARED, Create): CREATED})

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        return super().follow(evolve(state, trades=()) if isinstance(request, Create) else state, client, request)


@frozen
class Forgets(Market):
    """Is as if it had never been when its time has run out."""

    def fire(self, state: Session, trigger: TimeIsUp) -> Step[Session]:  # noqa: ARG002  # whatever there was
        return step(Session(), Announce(Closed()))


@frozen
class KeepsTheLast(Market):
    """Has on its list what the last epoch traded."""

    def clear(self, state: Session) -> Step[Session]:
        cleared = super().clear(state)
        return Step(evolve(cleared.state, trades=cleared.state.last), cleared.effects)


@frozen
class TradesAtTheClose(Market):
    """Clears the market once more when it is closed."""

    def close(self, state: Session) -> Step[Session]:
        return self.clear(state).then(super().close)


@frozen
class SaysNothing(Market):
    """Announces nothing."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        return Step(super().follow(state, client, request).state)


@frozen
class TakesOneMore(Market):
    """Takes an order for one unit more."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        more = evolve(request, quantity=request.quantity + 1) if isinstance(request, Submit) else request
        return super().follow(state, client, more)


@frozen
class TakesBackNothing(Market):
    """Takes an order back that there is not."""

    def may(self, state: Session, client: Address, request: Request) -> bool:
        return isinstance(request, Withdraw) or super().may(state, client, request)


@frozen
class Misreports(Market):
    """Announces something else than what it has cleared."""

    def clear(self, state: Session) -> Step[Session]:
        cleared = super().clear(state)
        announced = (each.event for each in cleared.effects if isinstance(each, Announce))
        return Step(cleared.state, tuple(Announce(self.other(each)) for each in announced if isinstance(each, Matched)))

    def other(self, matched: Matched) -> Matched:
        raise NotImplementedError


@frozen
class NamesTheNext(Misreports):
    """Says that the next epoch is cleared."""

    def other(self, matched: Matched) -> Matched:
        return evolve(matched, epoch=matched.epoch + 1)


@frozen
class CountsFromNothing(Misreports):
    """Says of the first epoch that it is none."""

    def other(self, matched: Matched) -> Matched:
        return evolve(matched, epoch=matched.epoch - 1)


@frozen
class SidesWithSellers(Misreports):
    """Says that prices were to be as high as they may be."""

    def other(self, matched: Matched) -> Matched:
        return evolve(matched, book=evolve(matched.book, k=1))


@frozen
class CountsByTwo(Market):
    """Passes over every other number."""

    def follow(self, state: Session, client: Address, request: Request) -> Step[Session]:
        if not isinstance(request, Open):
            return super().follow(state, client, request)
        return step(evolve(state, epoch=state.epoch + 2), Announce(Opened(state.epoch + 2)))


@frozen
class SaysYes(Market):
    """Tells everybody that it is so."""

    def answer(self, state: Session, client: Address, request: Request) -> Answer:  # noqa: ARG002  # that is the mistake
        return Noted()


@frozen
class SaysNo(Market):
    """Tells everybody that it is not the time for it."""

    def answer(self, state: Session, client: Address, request: Request) -> Answer:  # noqa: ARG002  # that is the mistake
        return NOT_NOW


# ---- which promise each breaks

OPEN_AT_ONCE = Pitfall(
    "market_session.IsOpenAtOnce",
    "A market is created, and is open before anybody has opened it.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A),), market=IsOpenAtOnce),
    length=1,
)
CLOSES_NOTHING = Pitfall(
    "market_session.ClosesNothing",
    "A session is closed that was never created.",
    breaks=spec.phases_follow_the_table,
    subject=system(((Close(),),), market=ClosesNothing),
    length=1,
)
CLEARED_UNOPENED = Pitfall(
    "market_session.ClearsBeforeItOpens",
    "A market is cleared that has not opened.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A), (Clear(),)), market=ClearsBeforeItOpens),
    length=2,
)
NO_EPOCH = Pitfall(
    "market_session.ClearsBeforeItOpens/epoch",
    "The same: there is no epoch of which these are the orders.",
    breaks=spec.an_epoch_is_cleared_once_with_all_its_orders,
    subject=system((created(A), (Clear(),)), market=ClearsBeforeItOpens),
    length=2,
)
CREATED_WHILE_OPEN = Pitfall(
    "market_session.IsCreatedAgain",
    "An open market is created again, and is not open any more.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A), (Open(),), created(A)), market=IsCreatedAgain),
    length=3,
)
CREATED_AFTER_CLEARING = Pitfall(
    "market_session.IsCreatedAgain/cleared",
    "A market that is cleared is created again, though it has begun.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A), (Open(),), (Clear(),), created(A)), market=IsCreatedAgain),
    length=4,
)
CREATED_WITHOUT_TRADES = Pitfall(
    "market_session.IsCreatedAgain/trades",
    "The same: what was traded before is on no list.",
    breaks=spec.what_was_traded_stays_traded,
    subject=system((*ONE_EPOCH, ONE_EPOCH[0]), *PAIR, market=IsCreatedAgain),
    length=6,
)
FORGETS = Pitfall(
    "market_session.Forgets",
    "When its time has run out a session is not closed, but could be created again.",
    breaks=spec.phases_follow_the_table,
    subject=system((created(A),), market=Forgets),
    length=2,
)
FORGETS_TRADES = Pitfall(
    "market_session.Forgets/trades",
    "The same: what was traded is forgotten with the session.",
    breaks=spec.what_was_traded_stays_traded,
    subject=system(ONE_EPOCH, *PAIR, market=Forgets),
    length=6,
)
KEEPS_THE_LAST = Pitfall(
    "market_session.KeepsTheLast",
    "An epoch in which nothing is traded takes what was traded before off the list.",
    breaks=spec.what_was_traded_stays_traded,
    subject=system((*ONE_EPOCH, (Open(),), (Clear(),)), *PAIR, market=KeepsTheLast),
    length=7,
)
TRADES_AT_THE_CLOSE = Pitfall(
    "market_session.TradesAtTheClose",
    "What is in the book is traded when the session is closed.",
    breaks=spec.what_was_traded_stays_traded,
    subject=system(ONE_EPOCH[:2], *PAIR, market=TradesAtTheClose),
    length=5,
)
SAYS_NOTHING = Pitfall(
    "market_session.SaysNothing",
    "A market is created, and nobody hears of it.",
    breaks=spec.what_is_shown_is_what_was_announced,
    subject=system((created(A),), market=SaysNothing),
    length=1,
)
FOR_NOBODY_AT_ONE_PRICE = Pitfall(
    "market_session.NeedsNobody/uniform",
    "A market at one price is created for nobody.",
    breaks=spec.there_is_somebody_to_trade,
    subject=system((created(mechanism=Mechanism.UNIFORM),), market=NeedsNobody),
    length=1,
)
TAKEN_EARLY = Pitfall(
    "market_session.TakesOrdersEarly",
    "An order is taken before the market opens.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A),), ((Submit(BUY, 5, 1),),), market=TakesOrdersEarly),
    length=2,
)
TAKEN_BETWEEN = Pitfall(
    "market_session.TakesOrdersBetween",
    "An order is taken between two epochs.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A), (Open(),), (Clear(),)), ((Submit(BUY, 5, 1),),), market=TakesOrdersBetween),
    length=4,
)
TAKEN_LATE = Pitfall(
    "market_session.IsAlwaysOpen/order",
    "An order is taken after the session is closed.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A),), ((Submit(BUY, 5, 1),),), market=IsAlwaysOpen),
    length=3,
)
ONE_MORE = Pitfall(
    "market_session.TakesOneMore",
    "An order is taken for more than its trader wants.",
    breaks=spec.orders_are_taken_only_of_participants_while_open,
    subject=system((created(A), (Open(),)), ((Submit(BUY, 5, 1),),), market=TakesOneMore),
    length=3,
)
TAKEN_BACK_UNSUBMITTED = Pitfall(
    "market_session.TakesBackNothing",
    "An order is taken back that was never there.",
    breaks=spec.only_its_trader_withdraws_an_order,
    subject=system((created(A), (Open(),)), ((Withdraw(),),), market=TakesBackNothing),
    length=3,
)
NAMES_THE_NEXT = Pitfall(
    "market_session.NamesTheNext",
    "An epoch is cleared that has not begun.",
    breaks=spec.an_epoch_is_cleared_once_with_all_its_orders,
    subject=system((created(A), (Open(),), (Clear(),)), market=NamesTheNext),
    length=3,
)
COUNTS_FROM_NOTHING = Pitfall(
    "market_session.CountsFromNothing",
    "An epoch is cleared under the number of the one before.",
    breaks=spec.an_epoch_is_cleared_once_with_all_its_orders,
    subject=system((created(A), (Open(),), (Clear(),)), market=CountsFromNothing),
    length=3,
)
SIDES_WITH_SELLERS = Pitfall(
    "market_session.SidesWithSellers",
    "The orders of an epoch are said to be cleared for the sellers, though no price was to favour anybody.",
    breaks=spec.an_epoch_is_cleared_once_with_all_its_orders,
    subject=system((created(A), (Open(),), (Clear(),)), market=SidesWithSellers),
    length=3,
)
COUNTS_BY_TWO = Pitfall(
    "market_session.CountsByTwo",
    "The first epoch is called the second.",
    breaks=spec.epochs_are_counted,
    subject=system((created(A), (Open(),)), market=CountsByTwo),
    length=2,
)
SAYS_YES = Pitfall(
    "market_session.SaysYes",
    "Who opens a market that there is not is told that it is open.",
    breaks=spec.an_answer_is_true,
    subject=system(((Open(),),), market=SaysYes),
    length=1,
)
SAYS_NO = Pitfall(
    "market_session.SaysNo",
    "Who has created a market is told that it is too late for that.",
    breaks=spec.an_answer_is_true,
    subject=system((created(A),), market=SaysNo),
    length=1,
)
