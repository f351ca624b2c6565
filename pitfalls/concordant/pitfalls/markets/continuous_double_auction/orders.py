"""Which promise each breaks, order by order."""

from __future__ import annotations

from concordant.pitfalls.markets.continuous_double_auction.machines import (
    AnswersWhenItIsDone,
    CancelsAgain,
    CancelsLater,
    CancelsTheEarlier,
    CoversWithAll,
    EntersOneMore,
    FillsItAll,
    FillsItAllOfBoth,
    ForgetsWhatIsDone,
    GivesABonus,
    GoesByName,
    KeepsNothing,
    KeepsWhatHasNoPrice,
    KeepsWhatMeetsItself,
    KnowsNobody,
    KnowsNoLimits,
    MeetsHalfway,
    NeverSettles,
    OwesTheGoods,
    PaysForOne,
    PaysWhatIsAsked,
    ReleasesNothing,
    ReplacesWhatRests,
    SaysWhoRestsArrives,
    SettlesInSilence,
    SettlesTheOtherWay,
    SettlesTwice,
    TakesAFee,
    TakesAnyQuantity,
    TakesTheEarliest,
    TakesWhatIsBid,
    TellsBoth,
    TellsWhatWasAsked,
    TradesHalf,
    TradesInSilence,
    TradesNothing,
    Trusts,
    WantsToGain,
    ask,
    bid,
    enters,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.refimpl.markets.continuous_double_auction import (
    system,
)
from concordant.spec.markets.continuous_double_auction import (
    Account,
    Cancel,
    Enter,
)
from concordant.spec.markets.continuous_double_auction import clauses as spec
from concordant.spec.vocabulary import Malformed

NO_CODE = Unmodelled("CDA-1", Reason.NO_CODE, "how orders are cleared as they come is named, and nowhere written")
NO_TIME = Pitfall(
    "CDA-2",
    "Orders are kept without their time: of two that ask for the same, the later is served first.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(1)), enters(ask(1)), enters(bid(1)), exchange=GoesByName),
    length=3,
)
MIDPOINT = Pitfall(
    "CDA-3",
    "A trade is at the price between the two limits: who bids more pays more, though somebody asks for less.",
    breaks=spec.at_the_price_of_the_resting_order,
    subject=system(enters(ask(3)), enters(bid(9)), exchange=MeetsHalfway),
    length=2,
)
THE_EARLIEST = Pitfall(
    "continuous_double_auction.TakesTheEarliest",
    "An order trades with the first that it reaches, and a better one stays in the book.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(2)), enters(ask(1)), enters(bid(2)), exchange=TakesTheEarliest),
    length=3,
)
RESTS_AT_NOTHING = Pitfall(
    "continuous_double_auction.KeepsWhatHasNoPrice",
    "An order without a price finds nobody, and rests: lightmatchingengine 2019.1.4 sells it later for nothing.",
    breaks=spec.what_has_no_price_does_not_rest,
    subject=system(enters(ask(None)), exchange=KeepsWhatHasNoPrice),
    length=1,
)
LEFT_CROSSED = Pitfall(
    "continuous_double_auction.KeepsWhatMeetsItself",
    "A trader's ask rests beside its own bid for as much: the book is crossed.",
    breaks=spec.the_book_is_never_crossed,
    subject=system(enters(bid(1), ask(1)), exchange=KeepsWhatMeetsItself),
    length=2,
)
KEEPS_NOTHING = Pitfall(
    "continuous_double_auction.KeepsNothing",
    "An order that finds nobody is cancelled, and nobody asked for that.",
    breaks=spec.nothing_is_cancelled_without_a_reason,
    subject=system(enters(bid(1)), exchange=KeepsNothing),
    length=1,
)
WITH_ITSELF = Pitfall(
    "continuous_double_auction.KnowsNobody",
    "A trader buys from itself, and makes a price.",
    breaks=spec.nobody_trades_with_itself,
    subject=system(enters(bid(1), ask(1)), exchange=KnowsNobody),
    length=2,
)
OVERFILLED = Pitfall(
    "continuous_double_auction.FillsItAllOfBoth",
    "An order for one unit is filled with two, since the other is for two.",
    breaks=spec.no_order_is_filled_beyond_its_quantity,
    subject=system(enters(ask(1)), enters(bid(1, 2)), exchange=FillsItAllOfBoth),
    length=2,
)
OVERFILLED_BY_THE_LAST = Pitfall(
    "continuous_double_auction.FillsItAll",
    "An order takes from the first that it reaches all that it is for, also what that does not have.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(1)), enters(bid(1, 2)), exchange=FillsItAll),
    length=2,
)
FEE = Pitfall(
    "continuous_double_auction.TakesAFee",
    "The buyer pays more than the seller gets, and nobody has the rest.",
    breaks=spec.nothing_is_made_or_lost,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=TakesAFee),
    length=2,
)
FEE_UNASKED = Pitfall(
    "continuous_double_auction.TakesAFee/settled",
    "The same for the buyer: there is no fee.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=TakesAFee),
    length=2,
)
TRUSTS = Pitfall(
    "continuous_double_auction.Trusts",
    "A trader bids more than it has: it would owe what nobody lent it.",
    breaks=spec.nobody_has_less_than_nothing,
    subject=system(enters(bid(1)), has=(Account(0, 0),), exchange=Trusts),
    length=1,
)
TRUSTS_ENTERED = Pitfall(
    "continuous_double_auction.Trusts/entered",
    "The same: the order should have been refused.",
    breaks=spec.orders_are_entered_once_as_asked_and_if_covered,
    subject=system(enters(bid(1)), has=(Account(0, 0),), exchange=Trusts),
    length=1,
)
COVERS_WITH_ALL = Pitfall(
    "continuous_double_auction.CoversWithAll",
    "One amount of money covers any number of orders.",
    breaks=spec.open_orders_are_covered,
    subject=system(enters(bid(1)), exchange=CoversWithAll),
    length=1,
)
RELEASES_NOTHING = Pitfall(
    "continuous_double_auction.ReleasesNothing",
    "What was set aside for an order that is cancelled stays set aside.",
    breaks=spec.no_more_is_set_aside_than_needed,
    subject=system((*enters(bid(1)), (Cancel("b"),)), exchange=ReleasesNothing),
    length=2,
)
IN_SILENCE = Pitfall(
    "continuous_double_auction.TradesInSilence",
    "Money and units change hands, and it is not said between which orders.",
    breaks=spec.accounts_and_orders_are_as_announced,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=TradesInSilence),
    length=2,
)
ENTERED_AGAIN = Pitfall(
    "continuous_double_auction.ForgetsWhatIsDone",
    "An order that is filled is entered again when its message comes again.",
    breaks=spec.orders_are_entered_once_as_asked_and_if_covered,
    subject=system(enters(ask(1)), enters(bid(1), bid(1)), exchange=ForgetsWhatIsDone),
    length=3,
)
CANCELLED_TOO_LATE = Pitfall(
    "continuous_double_auction.ForgetsWhatIsDone/cancelled",
    "Who cancels what is filled is told that there was no such order; lightmatchingengine 2019.1.4 raises an error.",
    breaks=spec.an_answer_is_true,
    subject=system(enters(ask(1)), (*enters(bid(1)), (Cancel("b"),)), exchange=ForgetsWhatIsDone),
    length=3,
)
ANY_QUANTITY = Pitfall(
    "continuous_double_auction.TakesAnyQuantity",
    "An order of less than nothing is taken, as by lightmatchingengine 2019.1.4.",
    breaks=spec.orders_are_entered_once_as_asked_and_if_covered,
    subject=system(((Malformed(Enter(bid(1, -1))),),), exchange=TakesAnyQuantity),
    length=1,
)
TELLS_WHAT_WAS_ASKED = Pitfall(
    "continuous_double_auction.TellsWhatWasAsked",
    "A trader is told that its order is filled, which rests.",
    breaks=spec.an_answer_is_true,
    subject=system(enters(bid(1)), exchange=TellsWhatWasAsked),
    length=1,
)
CANCELS_LATER = Pitfall(
    "continuous_double_auction.CancelsLater",
    "Who cancels an order is answered, and the order is still open.",
    breaks=spec.what_is_cancelled_is_not_open,
    subject=system((*enters(bid(1)), (Cancel("b"),)), exchange=CancelsLater),
    length=2,
)
TELLS_BOTH = Pitfall(
    "continuous_double_auction.TellsBoth",
    "A trader whose order rests was answered, and is answered once more when it is filled.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=TellsBoth),
    length=2,
)
ANSWERS_WHEN_IT_IS_DONE = Pitfall(
    "continuous_double_auction.AnswersWhenItIsDone",
    "A trader waits for an answer as long as its order rests.",
    breaks=spec.nobody_waits_for_an_answer,
    subject=system(enters(bid(1)), exchange=AnswersWhenItIsDone),
    length=1,
)
BONUS = Pitfall(
    "continuous_double_auction.GivesABonus",
    "The seller gets more than the buyer pays, from nobody.",
    breaks=spec.nothing_is_made_or_lost,
    subject=system(enters(ask(1)), enters(bid(3)), exchange=GivesABonus),
    length=2,
)
AS_BID = Pitfall(
    "continuous_double_auction.TakesWhatIsBid",
    "Who bids pays what it bid, though somebody asks for less.",
    breaks=spec.at_the_price_of_the_resting_order,
    subject=system(enters(ask(1)), enters(bid(3)), exchange=TakesWhatIsBid),
    length=2,
)
AS_ASKED = Pitfall(
    "continuous_double_auction.PaysWhatIsAsked",
    "Who asks gets what it asked, though somebody bids more.",
    breaks=spec.at_the_price_of_the_resting_order,
    subject=system(enters(bid(3)), enters(ask(1)), exchange=PaysWhatIsAsked),
    length=2,
)
NO_LIMITS = Pitfall(
    "continuous_double_auction.KnowsNoLimits",
    "A buyer pays more than its limit.",
    breaks=spec.at_the_price_of_the_resting_order,
    subject=system(enters(ask(2)), enters(bid(1)), exchange=KnowsNoLimits),
    length=2,
)
WANTS_TO_GAIN = Pitfall(
    "continuous_double_auction.WantsToGain",
    "A bid and an ask at the same price rest beside each other.",
    breaks=spec.the_book_is_never_crossed,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=WantsToGain),
    length=2,
)
HALF = Pitfall(
    "continuous_double_auction.TradesHalf",
    "Two orders that could trade a unit trade half of it.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=TradesHalf),
    length=2,
)
SETTLED_IN_SILENCE = Pitfall(
    "continuous_double_auction.SettlesInSilence",
    "Money and units change hands, and only the orders are told.",
    breaks=spec.accounts_and_orders_are_as_announced,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=SettlesInSilence),
    length=2,
)
ONE_MORE = Pitfall(
    "continuous_double_auction.EntersOneMore",
    "An order is entered for more than its trader asked for.",
    breaks=spec.orders_are_entered_once_as_asked_and_if_covered,
    subject=system(enters(bid(1)), exchange=EntersOneMore),
    length=1,
)
WHO_RESTS_ARRIVES = Pitfall(
    "continuous_double_auction.SaysWhoRestsArrives",
    "An order that rests is said to arrive, so that the last to come makes the price.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=SaysWhoRestsArrives),
    length=2,
)
REPLACED = Pitfall(
    "continuous_double_auction.ReplacesWhatRests",
    "A bid is cancelled since another trader bids, too.",
    breaks=spec.nothing_is_cancelled_without_a_reason,
    subject=system(enters(bid(1)), enters(bid(2)), exchange=ReplacesWhatRests),
    length=2,
)
EARLIER_CANCELLED = Pitfall(
    "continuous_double_auction.CancelsTheEarlier",
    "A trader's order would trade with its own, and the one that rests is cancelled, which has its place in the queue.",
    breaks=spec.nothing_is_cancelled_without_a_reason,
    subject=system(enters(bid(1), ask(1)), exchange=CancelsTheEarlier),
    length=2,
)
CANCELLED_AGAIN = Pitfall(
    "continuous_double_auction.CancelsAgain",
    "An order is cancelled that is filled.",
    breaks=spec.nothing_is_cancelled_without_a_reason,
    subject=system(enters(ask(1)), (*enters(bid(1)), (Cancel("b"),)), exchange=CancelsAgain),
    length=3,
)
LESS_THAN_NOTHING_OPEN = Pitfall(
    "continuous_double_auction.FillsItAllOfBoth/cancelled",
    "The trader of an order that is filled with too much cancels it: less than nothing is open.",
    breaks=spec.what_is_cancelled_is_not_open,
    subject=system((*enters(ask(1)), (Cancel("s"),)), enters(bid(1, 2)), exchange=FillsItAllOfBoth),
    length=3,
)
NEVER_SETTLED = Pitfall(
    "continuous_double_auction.NeverSettles",
    "Two orders are filled, and each trader has what it had.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=NeverSettles),
    length=2,
)
SETTLED_TWICE = Pitfall(
    "continuous_double_auction.SettlesTwice",
    "A trade is settled when either of its orders is filled: twice.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=SettlesTwice),
    length=2,
)
SETTLED_THE_OTHER_WAY = Pitfall(
    "continuous_double_auction.SettlesTheOtherWay",
    "Who sells pays, and who buys gives the unit: the two are mistaken for each other.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=SettlesTheOtherWay),
    length=2,
)
PAID_FOR_ONE = Pitfall(
    "continuous_double_auction.PaysForOne",
    "Two units are sold for the price of one.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1, 2)), enters(bid(1, 2)), exchange=PaysForOne),
    length=2,
)
OWED = Pitfall(
    "continuous_double_auction.OwesTheGoods",
    "The buyer has paid, and has nothing for it.",
    breaks=spec.trades_are_settled_once,
    subject=system(enters(ask(1)), enters(bid(1)), exchange=OwesTheGoods),
    length=2,
)
NOTHING_TRADED = Pitfall(
    "continuous_double_auction.TradesNothing",
    "An order that is filled by the first ask trades nothing with the second, and that is told as a trade.",
    breaks=spec.trades_follow_price_and_time,
    subject=system(enters(ask(1)), enters(ask(1)), enters(bid(1)), exchange=TradesNothing),
    length=3,
)
