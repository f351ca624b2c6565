"""Exchanges that go wrong: what the documents would have to do with what they keep, a matching engine's slips, and ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Step, step
from concordant.refimpl.markets.continuous_double_auction import (
    Exchange,
    Fill,
    Trading,
    id_of,
    open_of,
    price_of,
    reaches,
)
from concordant.spec.markets.continuous_double_auction import (
    Cancel,
    Enter,
    Entered,
    Order,
    Report,
    Request,
    Side,
    Traded,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Rejected, Reply, ratio

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
        named = Trading(state.accounts, tuple(sorted(state.orders, key=id_of, reverse=True)))
        return super().rivals(named, order)


@frozen
class TakesTheEarliest(Exchange):
    """Takes the earliest order that can trade, whatever its price."""

    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        opposite = (each for each in state.orders if open_of(each) > 0 and each.order.side != order.side)
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
class TrustsBuyers(Exchange):
    """Takes every bid that is sound."""

    def is_covered(self, state: Trading, trader: Address, order: Order) -> bool:
        return order.side is BUY or super().is_covered(state, trader, order)


@frozen
class TrustsSellers(Exchange):
    """Takes every ask that is sound."""

    def is_covered(self, state: Trading, trader: Address, order: Order) -> bool:
        return order.side is SELL or super().is_covered(state, trader, order)


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
        return known if known is not None and open_of(known) > 0 else None


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
        told = (Reply(client, Report(each.order.quantity, 0, 0)) for each in following.state.orders if id_of(each) == (client, name))
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
        return answered if known is None or open_of(known) == 0 else following


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


@frozen
class SaysWhoRestsArrives(Exchange):
    """Takes the order that rests for the one that arrives."""

    def trade(self, state: Trading, arriving: Entered, resting: Entered, quantity: Amount) -> Step[Trading]:
        return super().trade(state, resting, arriving, quantity)


@frozen
class ReplacesWhatRests(Exchange):
    """Has one order at most: cancels what rests when another comes."""

    def enter(self, state: Trading, trader: Address, order: Order) -> Step[Trading]:
        following = super().enter(state, trader, order)
        for each in (each for each in state.orders if open_of(each) > 0):
            following = following.then(lambda now, each=each: self.cancel_rest(now, each))  # type: ignore[misc]
        return following


@frozen
class CancelsTheEarlier(Exchange):
    """Cancels the earlier of two orders of one trader that would trade."""

    def cancel_rest(self, state: Trading, entered: Entered) -> Step[Trading]:
        earliest = next(each for each in state.orders if each.trader == entered.trader and open_of(each) > 0)
        return super().cancel_rest(state, earliest)


@frozen
class CancelsAgain(Exchange):
    """Cancels an order whether anything of it is open or not."""

    def request(self, state: Trading, client: Address, request: Request) -> Step[Trading]:
        known = self.known(state, client, request.name) if isinstance(request, Cancel) else None
        if known is None:
            return super().request(state, client, request)
        return self.answered(self.cancel_rest(state, known), client, known.order.name, None)


@frozen
class NeverSettles(Exchange):
    """Fills orders, releases what was set aside for them, and moves nothing."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class SettlesTwice(Exchange):
    """Settles a trade for each of its orders."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return super().settle(state, trader, 2 * money, 2 * units)


@frozen
class SettlesTheOtherWay(Exchange):
    """Takes the money from who sells, and the units from who buys."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return super().settle(state, trader, -money, -units)


@frozen
class PaysForOne(Exchange):
    """Moves the price of one unit, however many are traded."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:
        return super().settle(state, trader, ratio(money, max(units, -units)), units)


@frozen
class OwesTheGoods(Exchange):
    """Moves money, and leaves the units to the traders."""

    def settle(self, state: Trading, trader: Address, money: Amount, units: Amount) -> Step[Trading]:  # noqa: ARG002  # that is the mistake
        return super().settle(state, trader, money, 0)


@frozen
class TradesNothing(Exchange):
    """Goes on with the next order after what arrives is filled, and takes nothing of it."""

    def fills(self, state: Trading, trader: Address, order: Order) -> tuple[Fill, ...]:
        found = super().fills(state, trader, order)
        return (*found, *((rival, 0) for rival in self.rivals(state, order)[len(found) :]))
