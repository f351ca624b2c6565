"""Buyers that go wrong."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.markets.posted_price_market import Asking, Buyer, Buying, Done, Taking, system
from concordant.spec.markets import posted_price_market as spec
from concordant.spec.markets.posted_price_market import (
    SOLD_OUT,
    Bought,
    Buy,
    GiveUp,
    NoSale,
    Quote,
    Receipt,
    Reserve,
    TooDear,
)
from concordant.spec.vocabulary import Address, Amount, Network, Reply, Send, Unknown

# ---- buyers


@frozen
class TakesAnyPrice(Buyer):
    """Takes a unit, whatever it costs."""

    def takes(self, value: Amount, price: Amount) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class WantsABargain(Buyer):
    """Leaves a unit that costs just what it is worth."""

    def takes(self, value: Amount, price: Amount) -> bool:
        return price < value


@frozen
class TakesItForSold(Buyer):
    """Tells its user that the unit is bought when it has said that it takes it."""

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:
        following = super().receive(state, source, message)
        if following is None or not isinstance(message, Quote) or not isinstance(following.state, Taking):
            return following
        done = self.done(following.state.client, Bought(message.price))
        return Step(done.state, (*following.effects, *done.effects))


@frozen
class TakesItForLost(Buyer):
    """Tells its user that it came too late when it has heard nothing for long."""

    def fire(self, state: Buying, trigger: GiveUp) -> Step[Buying]:
        given_up = super().fire(state, trigger)
        effects = (Reply(each.to, SOLD_OUT) if isinstance(each, Reply) and each.answer == Unknown() else each for each in given_up.effects)
        return Step(given_up.state, tuple(effects))


@frozen
class TellsAgain(Buyer):
    """Tells its user whenever it hears that the unit is bought."""

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:
        if isinstance(message, Receipt) and isinstance(state, Done):
            return self.done(Address("user", 0), state.answer)
        return super().receive(state, source, message)


@frozen
class ForgetsWhatItKnows(Buyer):
    """Tells a user that asks again that it does not know, though it has told it before."""

    def request(self, state: Buying, client: Address, request: Buy) -> Step[Buying]:
        return step(state, Reply(client, Unknown())) if isinstance(state, Done) else super().request(state, client, request)


@frozen
class ForgetsThatItHasBought(Buyer):
    """Tells a user that asks again that it does not know, if it has bought."""

    def request(self, state: Buying, client: Address, request: Buy) -> Step[Buying]:
        bought = isinstance(state, Done) and isinstance(state.answer, Bought)
        return step(state, Reply(client, Unknown())) if bought else super().request(state, client, request)


@frozen
class ForgetsThatItWasTooDear(Buyer):
    """Tells a user that asks again that it does not know, if the price was too high."""

    def request(self, state: Buying, client: Address, request: Buy) -> Step[Buying]:
        dear = isinstance(state, Done) and isinstance(state.answer, TooDear)
        return step(state, Reply(client, Unknown())) if dear else super().request(state, client, request)


@frozen
class TakesEveryNoForSoldOut(Buyer):
    """Takes every no for the one that comes most often."""

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:
        return super().receive(state, source, NoSale(SOLD_OUT) if isinstance(message, NoSale) else message)


@frozen
class NamesItsValue(Buyer):
    """Names what the unit is worth to its user where it should name the price."""

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:
        if isinstance(message, Quote) and isinstance(state, Asking) and not self.takes(state.value, message.price):
            return self.done(state.client, TooDear(state.value))
        return super().receive(state, source, message)


@frozen
class HearsNothingMore(Buyer):
    """Hears nothing more once its user has given up."""

    def receive(self, state: Buying, source: Address, message: Quote | Receipt | NoSale) -> Step[Buying] | None:
        return None if state == Taking(None) else super().receive(state, source, message)


@frozen
class WaitsForEver(Buyer):
    """Waits for the shop, however long that takes."""

    def armed(self, state: Buying) -> tuple[GiveUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class AsksForEver(Buyer):
    """Asks the shop again when its user has waited long enough, and lets it wait."""

    def fire(self, state: Buying, trigger: GiveUp) -> Step[Buying]:  # noqa: ARG002  # there is one
        return step(state, Send(self.shop, Reserve()))


# ---- the pitfalls

REPEATING = Network(duplicating=True)

TAKES_ANY_PRICE = Pitfall(
    "posted_price_market.TakesAnyPrice",
    "A buyer takes what costs more than it is worth.",
    breaks=spec.nobody_pays_more_than_its_value,
    subject=system(1, wants=(Buy(0),), buyer=TakesAnyPrice),
    length=4,
)
WANTS_A_BARGAIN = Pitfall(
    "posted_price_market.WantsABargain",
    "A buyer leaves what costs just what it is worth, though its user has asked for it.",
    breaks=spec.who_would_pay_does_not_leave,
    subject=system(1, wants=(Buy(1),), buyer=WantsABargain),
    length=4,
)
TAKES_IT_FOR_SOLD = Pitfall(
    "posted_price_market.TakesItForSold",
    "A buyer takes what it has only agreed to buy for bought, and tells its user so.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system(1, buyer=TakesItForSold),
    length=3,
)
TAKES_IT_FOR_LOST = Pitfall(
    "posted_price_market.TakesItForLost",
    "Who has heard nothing is told that it came too late, and may have bought.",
    breaks=spec.an_answer_is_true,
    subject=system(1, buyer=TakesItForLost),
    length=2,
)
TELLS_AGAIN = Pitfall(
    "posted_price_market.TellsAgain",
    "A user is told again that it has bought when the receipt comes again.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, network=REPEATING, buyer=TellsAgain),
    length=6,
)
TELLS_AGAIN_LEARNS = Pitfall(
    "posted_price_market.TellsAgain/learns",
    "The same: what it knew it takes for news.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system(1, network=REPEATING, buyer=TellsAgain),
    length=6,
)
FORGETS_WHAT_IT_KNOWS = Pitfall(
    "posted_price_market.ForgetsWhatItKnows",
    "A user that asks again is told that nothing is known, though it was told what has become of its order.",
    breaks=spec.an_answer_is_true,
    subject=system(1, asks=2, buyer=ForgetsWhatItKnows),
    length=5,
)
FORGETS_THAT_IT_HAS_BOUGHT = Pitfall(
    "posted_price_market.ForgetsThatItHasBought",
    "A user that has bought asks again, and is told that nothing is known.",
    breaks=spec.an_answer_is_true,
    subject=system(1, asks=2, buyer=ForgetsThatItHasBought),
    length=6,
)
FORGETS_THAT_IT_WAS_TOO_DEAR = Pitfall(
    "posted_price_market.ForgetsThatItWasTooDear",
    "A user for which the price was too high asks again, and is told that nothing is known.",
    breaks=spec.an_answer_is_true,
    subject=system(1, wants=(Buy(0),), asks=2, buyer=ForgetsThatItWasTooDear),
    length=4,
)
TAKES_EVERY_NO_FOR_SOLD_OUT = Pitfall(
    "posted_price_market.TakesEveryNoForSoldOut",
    "A user whose reservation has lapsed is told that there was no unit.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system(1, buyer=TakesEveryNoForSoldOut),
    length=4,
)
NAMES_ITS_VALUE = Pitfall(
    "posted_price_market.NamesItsValue",
    "A user is told as the price what the unit is worth to it.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system(1, wants=(Buy(0),), buyer=NamesItsValue),
    length=3,
)
HEARS_NOTHING_MORE = Pitfall(
    "posted_price_market.HearsNothingMore",
    "Once its user has given up, a buyer no longer hears that it has bought.",
    breaks=spec.every_buyer_knows_in_the_end,
    subject=system(1, buyer=HearsNothingMore),
    length=6,
)
WAITS_FOR_EVER = Pitfall(
    "posted_price_market.WaitsForEver",
    "A user waits for an answer that was lost.",
    breaks=spec.nobody_waits,
    subject=system(1, network=Network(losses=1), buyer=WaitsForEver),
    length=2,
)
WAITS_FOR_EVER_AND_EVER = Pitfall(
    "posted_price_market.WaitsForEver/ever",
    "The same: nothing more happens.",
    breaks=spec.every_wait_ends,
    subject=system(1, network=Network(losses=1), buyer=WaitsForEver),
    length=1,
)
ASKS_FOR_EVER = Pitfall(
    "posted_price_market.AsksForEver",
    "A buyer that has heard nothing for long asks again, and then again, and its user waits.",
    breaks=spec.every_wait_ends,
    subject=system(1, network=REPEATING, buyer=AsksForEver),
    length=2,
)
