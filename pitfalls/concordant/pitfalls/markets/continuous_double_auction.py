"""What goes wrong with orders that trade as they come: what the documents would have to do with what they keep, a matching engine's slips, and ours."""

from __future__ import annotations

from functools import partial

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.refimpl.markets.continuous_double_auction import (
    Exchange,
    Fill,
    Trading,
    one_after_the_other,
    price_of,
    reaches,
    system,
    trading,
)
from concordant.spec.markets.continuous_double_auction import (
    Account,
    Cancel,
    Enter,
    Entered,
    Order,
    Report,
    Request,
    Side,
    Traded,
    sequences,
)
from concordant.spec.markets.continuous_double_auction import clauses as spec
from concordant.spec.vocabulary import Address, Amount, Announce, Malformed, Rejected, Reply, ratio

BUY, SELL = Side


def enters(*orders: Order) -> tuple[tuple[Enter, ...], ...]:
    """Return the script of a trader that enters orders, one after the other."""
    return tuple((Enter(order),) for order in orders)


def bid(price: Amount | None, quantity: Amount = 1) -> Order:
    """Return a bid."""
    return Order("b", BUY, quantity, price)


def ask(price: Amount | None, quantity: Amount = 1) -> Order:
    """Return an ask."""
    return Order("s", SELL, quantity, price)


# ---- exchanges


@frozen
class GoesByName(Exchange):
    """Keeps orders in no order of time, and of equal ones takes the last by name."""

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        named = Trading(state.accounts, tuple(sorted(state.orders, key=lambda each: each.known, reverse=True)))
        return super().rivals(named, order)


@frozen
class TakesTheEarliest(Exchange):
    """Takes the earliest order that can trade, whatever its price."""

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        opposite = (each for each in state.orders if each.open > 0 and each.order.side is not order.side)
        return tuple(each for each in opposite if reaches(order, price_of(each)))


@frozen
class MeetsHalfway(Exchange):
    """Trades at the price between the two limits."""

    def price(self, arriving: Entered, resting: Entered) -> Amount:
        return price_of(resting) if arriving.order.price is None else ratio(price_of(arriving) + price_of(resting), 2)


@frozen
class KeepsWhatHasNoPrice(Exchange):
    """Lets what is left of an order without a price rest, for nothing."""

    def may_rest(self, state: Trading, order: Order, fills: tuple[Fill, ...]) -> bool:
        return order.price is None or super().may_rest(state, order, fills)


@frozen
class KeepsWhatMeetsItself(Exchange):
    """Lets what is left of an order rest, also where it reaches another of its trader."""

    def may_rest(self, state: Trading, order: Order, fills: tuple[Fill, ...]) -> bool:  # noqa: ARG002  # that is the mistake
        return order.price is not None


@frozen
class KeepsNothing(Exchange):
    """Cancels what does not trade at once."""

    def may_rest(self, state: Trading, order: Order, fills: tuple[Fill, ...]) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class KnowsNobody(Exchange):
    """Does not ask whose the orders are that trade."""

    def is_own(self, trader: Address, rival: Entered) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class FillsItAll(Exchange):
    """Takes all that an order asks for from the first that it reaches."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:  # noqa: ARG002  # that is the mistake
        return super().trade(state, arriving, resting, arriving.order.quantity)


@frozen
class FillsItAllOfBoth(Exchange):
    """Takes all that either asks for."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:  # noqa: ARG002  # that is the mistake
        return super().trade(state, arriving, resting, max(arriving.order.quantity, resting.order.quantity))


@frozen
class TakesAFee(Exchange):
    """Takes 1 from the buyer for its trouble, and forgets to whom it goes."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return super().settle(state, trader, money - 1 if units > 0 else money, units)


@frozen
class Trusts(Exchange):
    """Takes every order that is sound."""

    def is_covered(self, state: Trading, trader: Address, order: Order) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class CoversWithAll(Exchange):
    """Looks whether the trader has enough, and sets nothing aside."""

    def set_aside(self, state: Trading, entered: Entered, quantity: Amount) -> Step[Trading]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class ReleasesNothing(Exchange):
    """Keeps what was set aside for an order that is cancelled."""

    def cancel_rest(self, state: Trading, entered: Entered) -> Step[Trading]:
        cancelled = super().cancel_rest(state, entered)
        return Step(Trading(state.accounts, cancelled.state.orders), cancelled.effects[:1])


@frozen
class TradesInSilence(Exchange):
    """Settles what is traded, and does not say by which orders."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:
        traded = super().trade(state, arriving, resting, quantity)
        said = (each for each in traded.effects if not (isinstance(each, Announce) and isinstance(each.event, Traded)))
        return Step(traded.state, tuple(said))


@frozen
class ForgetsWhatIsDone(Exchange):
    """Knows an order as long as something of it is open."""

    def known(self, state: Trading, trader: Address, name: str) -> Entered | None:
        known = super().known(state, trader, name)
        return known if known is not None and known.open > 0 else None


@frozen
class TakesAnyQuantity(Exchange):
    """Takes an order of any quantity."""

    def is_sound(self, order: Order) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TellsWhatWasAsked(Exchange):
    """Tells every trader that its order is filled."""

    def answered(self, following: Step[Trading], client: Address, name: str, reason: Rejected | None) -> Step[Trading]:
        answered = super().answered(following, client, name, reason)
        told = (Reply(client, Report(each.order.quantity, 0, 0)) for each in following.state.orders if each.known == (client, name))
        return Step(answered.state, (*answered.effects[:-1], next(told, answered.effects[-1])))


@frozen
class CancelsLater(Exchange):
    """Takes note that an order is cancelled, and leaves it in the book."""

    def request(self, state: Trading, client: Address, request: Request) -> Step[Trading]:
        return (
            self.answered(step(state), client, request.name, None)
            if isinstance(request, Cancel)
            else super().request(state, client, request)
        )


@frozen
class TellsBoth(Exchange):
    """Tells also the trader whose order rested that it is filled."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:
        traded = super().trade(state, arriving, resting, quantity)
        return Step(traded.state, (*traded.effects, Reply(resting.trader, Report(quantity, 0, 0))))


@frozen
class AnswersWhenItIsDone(Exchange):
    """Answers when nothing of an order is open any more."""

    def answered(self, following: Step[Trading], client: Address, name: str, reason: Rejected | None) -> Step[Trading]:
        answered = super().answered(following, client, name, reason)
        known = super().known(following.state, client, name)
        return answered if known is None or known.open == 0 else following


@frozen
class GivesABonus(Exchange):
    """Gives the seller 1 for its trouble, from nobody."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return super().settle(state, trader, money + 1 if units < 0 else money, units)


@frozen
class TakesWhatIsBid(Exchange):
    """Trades at what the buyer would pay at most."""

    def price(self, arriving: Entered, resting: Entered) -> Amount:
        return price_of(resting) if arriving.order.price is None else max(price_of(arriving), price_of(resting))


@frozen
class PaysWhatIsAsked(Exchange):
    """Trades at what the seller would take at least."""

    def price(self, arriving: Entered, resting: Entered) -> Amount:
        return price_of(resting) if arriving.order.price is None else min(price_of(arriving), price_of(resting))


@frozen
class KnowsNoLimits(Exchange):
    """Trades with the best that there is, whatever it costs."""

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        return super().rivals(state, evolve(order, price=None))


@frozen
class WantsToGain(Exchange):
    """Does not trade where both would take the same price."""

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        return tuple(each for each in super().rivals(state, order) if price_of(each) != order.price)


@frozen
class TradesHalf(Exchange):
    """Trades half of what it could."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:
        return super().trade(state, arriving, resting, ratio(quantity, 2))


@frozen
class SettlesInSilence(Exchange):
    """Changes accounts, and does not say so."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return Step(super().settle(state, trader, money, units).state)


@frozen
class EntersOneMore(Exchange):
    """Enters an order of one unit more."""

    def enter(self, state: Trading, trader: Address, order: Order) -> Step[Trading]:
        return super().enter(state, trader, evolve(order, quantity=order.quantity + 1))


def ruled(kind: type[Exchange]) -> sequences.Rule:
    """Return what another exchange makes of a sequence of orders."""
    return partial(one_after_the_other, kind=kind)


TWO = partial(sequences.any_prices, count=2)
TWO_QUANTITIES = partial(sequences.any_quantities, count=2)

# ---- the pitfalls

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
FEE_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.TakesAFee/sequence",
    "The same after any orders.",
    breaks=sequences.all_that_was_there_is_there,
    subject=trading(TWO, ruled(TakesAFee)),
    length=6,
)
FEE_OF_EACH = Pitfall(
    "continuous_double_auction.TakesAFee/each",
    "The same for who pays it.",
    breaks=sequences.each_has_what_it_traded,
    subject=trading(TWO, ruled(TakesAFee)),
    length=6,
)
OVERFILLED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.FillsItAllOfBoth/sequence",
    "The same after any orders.",
    breaks=sequences.no_order_is_overfilled,
    subject=trading(TWO_QUANTITIES, ruled(FillsItAllOfBoth)),
    length=7,
)
CROSSED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.KeepsWhatMeetsItself/sequence",
    "The same after any orders.",
    breaks=sequences.no_book_is_left_crossed,
    subject=trading(TWO, ruled(KeepsWhatMeetsItself)),
    length=7,
)
MIDPOINT_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.MeetsHalfway/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(MeetsHalfway)),
    length=7,
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
BONUS_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.GivesABonus/sequence",
    "The same after any orders.",
    breaks=sequences.all_that_was_there_is_there,
    subject=trading(TWO, ruled(GivesABonus)),
    length=6,
)
BONUS_OF_EACH_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.GivesABonus/each",
    "The same for who gets it.",
    breaks=sequences.each_has_what_it_traded,
    subject=trading(TWO, ruled(GivesABonus)),
    length=6,
)
AS_BID_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.TakesWhatIsBid/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(TakesWhatIsBid)),
    length=7,
)
AS_ASKED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.PaysWhatIsAsked/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(PaysWhatIsAsked)),
    length=7,
)
NO_LIMITS_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.KnowsNoLimits/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(KnowsNoLimits)),
    length=7,
)
WANTS_TO_GAIN_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.WantsToGain/sequence",
    "The same after any orders.",
    breaks=sequences.no_book_is_left_crossed,
    subject=trading(TWO, ruled(WantsToGain)),
    length=7,
)
