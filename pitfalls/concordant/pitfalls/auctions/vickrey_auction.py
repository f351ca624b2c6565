"""What goes wrong with the second price: the documents' two auctions as written, and other prices that look like it.

SPA-5, where what is sold is a decision that concerns everybody, is about `clarke_mechanism`; SPA-8, bids that nobody is
bound to, about `sealed_bid_auction`.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from concordant.pitfalls.auctions.shared.auctions import among_those_who_bid, highest_second, lowest_second
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.shared.auctions import award, best, taken
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.shared import auctions as family
from concordant.spec.auctions.shared.auctions import Direction, NoSale, Outcome, Profile, Sale
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import Amount, ratio

FORWARD, REVERSE = (Direction.FORWARD,), (Direction.REVERSE,)

# ---- other prices


def average_of_the_losers(profile: Profile) -> Outcome:
    """Let the winner pay what the losers bid on average, or the reserve where there is none."""

    def price(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:
        others = [bid for bidder, bid in taken.items() if bidder != winner]
        return ratio(sum(others), len(others)) if others else profile.reserve

    return award(profile, price)


def third_price(profile: Profile) -> Outcome:
    """Let the winner pay the third best bid, counted from the best, or the reserve where there are fewer."""

    def price(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:  # noqa: ARG001  # that is the mistake
        return sorted((*taken.values(), profile.reserve, profile.reserve), reverse=profile.direction is Direction.FORWARD)[2]

    return award(profile, price)


def best_of_the_others_alone(profile: Profile) -> Outcome:
    """Let the winner pay the best losing bid, and forget that the reserve stands; alone, it pays nothing."""

    def price(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:
        others = [bid.amount for bid in profile.bids if bid.amount is not None and bid.bidder != winner]
        return best(profile.direction, others) if others else 0 * taken[winner]

    return award(profile, price)


# ---- other winners


def second_to_the_second(profile: Profile) -> Outcome:
    """Award to who bids the second price."""
    outcome = second_price(profile)
    if not isinstance(outcome, Sale):
        return outcome
    seconds = sorted(bidder for bidder, bid in taken(profile).items() if bid == outcome.price)
    return evolve(outcome, winner=seconds[0], tied=tuple(seconds)) if seconds else outcome


def lowest_whatever_the_direction(profile: Profile) -> Outcome:
    """Award to the lowest bid, at the second lowest, in forward auctions too."""
    ascending = sorted(taken(profile).items(), key=lambda pair: pair[1])
    return Sale(ascending[0][0], ascending[1][1], (ascending[0][0],)) if len(ascending) > 1 else second_price(profile)


def needs_a_rival(profile: Profile) -> Outcome:
    """Sell only where there is a second bid to set the price."""
    return second_price(profile) if len(taken(profile)) > 1 else NoSale()


# ---- the pitfalls

NO_AGENTS = Pitfall(
    "SPA-1",
    "The documents' reverse auction takes the first of no bids.",
    breaks=family.malformed_profiles_are_rejected,
    subject=SECOND_PRICE_AUCTION.replaced_by(lowest_second).on_malformed(REVERSE, ("nobody bids",)),
    length=5,
    raises=True,
)
ALONE_WITHOUT_RESERVE = Pitfall(
    "SPA-2",
    "A lone seller is paid its own ask: without a reserve nothing else sets the price.",
    breaks=family.truthful_bidding,
    subject=SECOND_PRICE_AUCTION.replaced_by(among_those_who_bid(lowest_second)).on(1, REVERSE),
    length=8,
)
TEXT_WINS = Pitfall(
    "SPA-3",
    "A bid that is a text is sorted above every number, and wins.",
    breaks=family.malformed_profiles_are_rejected,
    subject=SECOND_PRICE_AUCTION.replaced_by(highest_second).on_malformed(FORWARD, ("a bid",), ("a text",)),
    length=6,
)
ALONE_PAYS_ITS_BID = Pitfall(
    "SPA-4",
    "A lone bidder pays its own bid.",
    breaks=family.truthful_bidding,
    subject=SECOND_PRICE_AUCTION.replaced_by(among_those_who_bid(highest_second)).on(1, FORWARD),
    length=8,
)
ITS_OWN_RIVAL = Pitfall(
    "SPA-6",
    "A bidder that bids twice is its own rival, and pays its own second bid.",
    breaks=family.malformed_profiles_are_rejected,
    subject=SECOND_PRICE_AUCTION.replaced_by(highest_second).on_malformed(FORWARD, ("one bids twice",)),
    length=6,
)
DECLINED_IS_SECOND = Pitfall(
    "SPA-7",
    "A bidder that declines is sorted among those that bid: None is compared, and the auction crashes.",
    breaks=family.sold_to_the_best,
    subject=SECOND_PRICE_AUCTION.replaced_by(lowest_second).on(2, REVERSE),
    length=5,
    raises=True,
)
NOT_A_NUMBER_IS_SECOND = Pitfall(
    "SPA-7/not_a_number",
    "A bid that is not a number is never found to be worse: it wins if it comes first, and becomes the price if it comes second.",
    breaks=family.malformed_profiles_are_rejected,
    subject=SECOND_PRICE_AUCTION.replaced_by(lowest_second).on_malformed(REVERSE, ("a bid",)),
    length=6,
)
AVERAGE_OF_THE_LOSERS = Pitfall(
    "vickrey_auction.AverageOfTheLosers",
    "The winner pays the average of the losing bids, which is the best of them where there is one: with two bidders all is well.",
    breaks=family.truthful_bidding,
    subject=SECOND_PRICE_AUCTION.replaced_by(average_of_the_losers).on(3),
    length=12,
)
AVERAGE_WITH_A_SECOND_NAME = Pitfall(
    "vickrey_auction.AverageOfTheLosers/second_name",
    "The same among two bidders: a bidder that bids low under a second name lowers the average that it pays.",
    breaks=family.a_second_name_gains_nothing,
    subject=SECOND_PRICE_AUCTION.replaced_by(average_of_the_losers).on(2),
    length=9,
)
THIRD_PRICE = Pitfall(
    "vickrey_auction.ThirdPrice",
    "The list of bids is counted from 0, and the third taken for the second.",
    breaks=price_is_the_best_of_the_others,
    subject=SECOND_PRICE_AUCTION.replaced_by(third_price).on(3),
    length=7,
)
FIRST_PRICE = Pitfall(
    "vickrey_auction.FirstPrice",
    "The winner pays what it bid.",
    breaks=family.truthful_bidding,
    subject=SECOND_PRICE_AUCTION.replaced_by(first_price).on(3),
    length=8,
)
RESERVE_FORGOTTEN = Pitfall(
    "vickrey_auction.BestOfTheOthersAlone",
    "The reserve decides who takes part, and is forgotten in the price.",
    breaks=family.reserve_respected,
    subject=SECOND_PRICE_AUCTION.replaced_by(best_of_the_others_alone).on(2),
    length=5,
)
FIRST_COME = Pitfall(
    "vickrey_auction.FirstCome",
    "Of equal bids the one that came first wins.",
    breaks=family.order_of_bids_is_irrelevant,
    subject=SECOND_PRICE_AUCTION.replaced_by(among_those_who_bid(highest_second)).on(2, FORWARD),
    length=8,
)
TIES_UNTOLD = Pitfall(
    "vickrey_auction.TiesUntold",
    "Nobody is told that there was a tie.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=SECOND_PRICE_AUCTION.replaced_by(among_those_who_bid(highest_second)).on(2, FORWARD),
    length=7,
)
SECOND_WINS = Pitfall(
    "vickrey_auction.SecondToTheSecond",
    "*The second price wins*: the good goes to the one who bid it.",
    breaks=family.sold_to_the_best,
    subject=SECOND_PRICE_AUCTION.replaced_by(second_to_the_second).on(2),
    length=7,
)
LOWEST_WINS = Pitfall(
    "vickrey_auction.LowestWhateverTheDirection",
    "One rule for both directions: in a forward auction the lowest bid wins, and pays more than it bid.",
    breaks=family.individually_rational,
    subject=SECOND_PRICE_AUCTION.replaced_by(lowest_whatever_the_direction).on(2),
    length=7,
)
NEEDS_A_RIVAL = Pitfall(
    "vickrey_auction.NeedsARival",
    "Nothing is sold to a lone bidder, although the reserve would be the price.",
    breaks=family.sold_if_the_reserve_is_met,
    subject=SECOND_PRICE_AUCTION.replaced_by(needs_a_rival).on(1),
    length=5,
)
