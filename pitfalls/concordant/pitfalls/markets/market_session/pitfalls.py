"""Which promise each breaks."""

from __future__ import annotations

from concordant.pitfalls.markets.market_session.machines import (
    BUY,
    ONE_EPOCH,
    PAIR,
    SELL,
    A,
    AsksNobody,
    B,
    BeginsAnew,
    C,
    ClearsOnce,
    DoesNotCount,
    DropsTheRest,
    HasOneMechanism,
    HasTime,
    IsAlwaysOpen,
    IsDear,
    IsExtended,
    KeepsNoHistory,
    KeepsOrders,
    KeepsWhatIsTakenBack,
    LetsBuyersPayLess,
    LetsTradersWait,
    NamesNobody,
    NeedsNobody,
    NeverCloses,
    PaysWhatIsAsked,
    ServesTheLastFirst,
    TakesAFee,
    TakesAnother,
    TakesAnyMechanism,
    TakesAnything,
    TakesBackTheFirst,
    TellsNoTrades,
    TellsTheEnd,
    created,
)
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.market_session import system
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import (
    Clear,
    Close,
    Create,
    Mechanism,
    Open,
    Submit,
    Withdraw,
)

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
CLEARS_ONCE = Pitfall(
    "market_session.ClearsOnce",
    "In the second epoch two would trade, and do not.",
    breaks=spec.gains,
    subject=system((*ONE_EPOCH, (Open(),), (Clear(),)), *PAIR, market=ClearsOnce),
    length=7,
)
LAST_FIRST = Pitfall(
    "market_session.ServesTheLastFirst",
    "Of two that ask as much, the one that came later sells.",
    breaks=spec.in_turn,
    subject=system(
        (created(A, B, C), (Open(),), (Clear(),)),
        ((Submit(BUY, 5, 1),),),
        ((Submit(SELL, 1, 1),),),
        ((Submit(SELL, 1, 1),),),
        market=ServesTheLastFirst,
    ),
    length=6,
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
BUYERS_PAY_LESS = Pitfall(
    "market_session.LetsBuyersPayLess",
    "All trade at what the dearest seller asks, and not between that and what is bid.",
    breaks=spec.at_the_price_set_by_k,
    subject=system((created(A, B, mechanism=Mechanism.UNIFORM), (Open(),), (Clear(),)), *PAIR, market=LetsBuyersPayLess),
    length=5,
)
TELLS_NO_TRADES = Pitfall(
    "market_session.TellsNoTrades",
    "Who clears a market is told that nothing was traded.",
    breaks=spec.an_answer_is_true,
    subject=system(ONE_EPOCH, *PAIR, market=TellsNoTrades),
    length=5,
)
KEPT = Pitfall(
    "market_session.KeepsWhatIsTakenBack",
    "A trader is told that its order is taken back, and the order is still there, and may be traded.",
    breaks=spec.an_answer_is_true,
    subject=system((created(A), (Open(),)), ((Submit(BUY, 5, 1),), (Withdraw(),)), market=KeepsWhatIsTakenBack),
    length=4,
)
NEVER_CLOSES = Pitfall(
    "market_session.NeverCloses",
    "A market that could be closed is not, and whoever asks is told that it is not the time.",
    breaks=spec.an_answer_is_true,
    subject=system((created(A), (Close(),)), market=NeverCloses),
    length=2,
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
