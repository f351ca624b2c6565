"""What goes wrong with the first price: the documents' two auctions as written, and rules that are close to right.

FPA-13 is about collecting bids: `sealed_bid_auction`.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.pitfalls.auctions.shared.auctions import among_those_who_bid, defaulting_to_nothing, highest_first, lowest_first
from concordant.refimpl.auctions.first_price_sealed_bid import FIRST_PRICE_AUCTION, first_price
from concordant.refimpl.auctions.shared.auctions import award, taken
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions.first_price_sealed_bid import price_is_the_winners_bid
from concordant.spec.auctions.shared import auctions as family
from concordant.spec.auctions.shared.auctions import DUPLICATE_BIDDER, NEGATIVE, Direction, Outcome, Profile, Sale

FORWARD, REVERSE = (Direction.FORWARD,), (Direction.REVERSE,)


# ---- rules


def the_winner_pays(profile: Profile) -> Outcome:
    """Let the winner pay its bid, whatever the direction: what it is paid is less than nothing."""
    outcome = first_price(profile)
    if isinstance(outcome, Sale) and profile.direction is Direction.REVERSE:
        return evolve(outcome, price=0 - outcome.price)
    return outcome


def by_the_name_of_the_option(profile: Profile) -> Outcome:
    """Choose by a table that has no line for other options."""
    rule = {Direction.FORWARD: first_price, Direction.REVERSE: first_price}[profile.direction]
    return rule(profile)


def above_the_reserve(profile: Profile) -> Outcome:
    """Take only bids that are better than the reserve."""
    bids = tuple(evolve(bid, amount=None) if bid.amount == profile.reserve else bid for bid in profile.bids)
    return first_price(evolve(profile, bids=bids))


def highest_whatever_the_direction(profile: Profile) -> Outcome:
    """Award to the highest bid in reverse auctions too."""
    bids = taken(profile)
    if not bids:
        return first_price(profile)
    best = max(bids.values())
    tied = tuple(sorted(bidder for bidder, bid in bids.items() if bid == best))
    return Sale(tied[0], best, tied)


def at_the_reserve(profile: Profile) -> Outcome:
    """Let the winner pay the reserve, as if it were a price."""
    return award(profile, lambda profile, taken, winner: profile.reserve)  # noqa: ARG005  # that is the mistake


def ties_hidden(profile: Profile) -> Outcome:
    """Name the winner only."""
    outcome = first_price(profile)
    return evolve(outcome, tied=(outcome.winner,)) if isinstance(outcome, Sale) else outcome


def to_the_last_by_name(profile: Profile) -> Outcome:
    """Keep the last of equal bids, going through them by name with a `>=` where a `>` belongs."""
    outcome = first_price(profile)
    return evolve(outcome, winner=outcome.tied[-1]) if isinstance(outcome, Sale) else outcome


def ties_refused(profile: Profile) -> Outcome:
    """Send everybody home where two bid the same."""
    outcome = first_price(profile)
    return DUPLICATE_BIDDER if isinstance(outcome, Sale) and len(outcome.tied) > 1 else outcome


def takes_negative_amounts(profile: Profile) -> Outcome:
    """Look whether amounts are amounts, and not whether they are negative."""
    outcome = first_price(profile)
    if outcome != NEGATIVE:
        return outcome
    raised = tuple(evolve(bid, amount=None if bid.amount is None else bid.amount + 1) for bid in profile.bids)
    above = first_price(evolve(profile, bids=raised, reserve=profile.reserve + 1))
    return evolve(above, price=above.price - 1) if isinstance(above, Sale) else above


def whatever_the_reserve(profile: Profile) -> Outcome:
    """Sell to whoever bids."""
    return first_price(evolve(profile, reserve=0))


def winner_named_twice(profile: Profile) -> Outcome:
    """Add the winner to those who are tied, among whom it is already."""
    outcome = first_price(profile)
    return evolve(outcome, tied=(outcome.winner, *outcome.tied)) if isinstance(outcome, Sale) else outcome


def tied_in_any_order(profile: Profile) -> Outcome:
    """Name the winner, and then the others from the last to the first."""
    outcome = first_price(profile)
    return evolve(outcome, tied=(outcome.tied[0], *outcome.tied[:0:-1])) if isinstance(outcome, Sale) else outcome


def in_binary(profile: Profile) -> Outcome:
    """Compute the price as a binary fraction."""
    outcome = first_price(profile)
    if not isinstance(outcome, Sale):
        return outcome
    binary: Any = outcome.price / 1
    return evolve(outcome, price=binary)


# ---- the pitfalls

NO_AGENTS = Pitfall(
    "FPA-1",
    "The documents' reverse auction takes the least of no bids.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on_malformed(REVERSE, ("nobody bids",)),
    length=5,
    raises=True,
)
ONE_DECLINES = Pitfall(
    "FPA-2",
    "Of two bidders one or both decline: None is compared, and the auction crashes.",
    breaks=family.sold_to_the_best,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on(2, REVERSE),
    length=5,
    raises=True,
)
DECLINES_AND_WINS = Pitfall(
    "FPA-3",
    "A lone bidder that declines wins, at a price of None.",
    breaks=family.individually_rational,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on(1, REVERSE),
    length=4,
)
NOT_A_NUMBER = Pitfall(
    "FPA-4",
    "A bid that is not a number is never found to be worse, and wins if it comes first.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on_malformed(REVERSE, ("a bid",)),
    length=6,
)
NO_RESERVE = Pitfall(
    "FPA-5",
    "There is no reserve: what is worth 0 to the buyer is bought at 1.",
    breaks=family.reserve_respected,
    subject=FIRST_PRICE_AUCTION.replaced_by(among_those_who_bid(lowest_first)).on(1, REVERSE),
    length=5,
)
LAST_BID_COUNTS = Pitfall(
    "FPA-6",
    "Bids are kept by bidder: a second one of the same bidder overwrites the first.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on_malformed(REVERSE, ("one bids twice",)),
    length=6,
)
NIL_BEATS_NUMBERS = Pitfall(
    "FPA-8",
    "A bid of nil is there, so the default is not used, and Erlang orders atoms after all numbers: nil wins and pays nil.",
    breaks=family.sold_to_the_best,
    subject=FIRST_PRICE_AUCTION.replaced_by(highest_first).on(2, FORWARD),
    length=6,
)
NO_BID_IS_NOTHING = Pitfall(
    "FPA-9",
    "A bidder that made no bid is taken to bid 0, and can win without having agreed to anything.",
    breaks=family.individually_rational,
    subject=FIRST_PRICE_AUCTION.replaced_by(defaulting_to_nothing(highest_first)).on(1, FORWARD),
    length=4,
)
FIRST_COME = Pitfall(
    "FPA-10",
    "Of equal bids the one that came first wins, and nobody can tell which did.",
    breaks=family.order_of_bids_is_irrelevant,
    subject=FIRST_PRICE_AUCTION.replaced_by(among_those_who_bid(highest_first)).on(2, FORWARD),
    length=8,
)
FIRST_COME_UNTOLD = Pitfall(
    "FPA-10/untold",
    "Nobody is told that there was a tie.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=FIRST_PRICE_AUCTION.replaced_by(ties_hidden).on(2),
    length=7,
)
LAST_BY_NAME = Pitfall(
    "first_price_sealed_bid.ToTheLastByName",
    "Of equal bids the last by name wins: a `>=` where a `>` belongs.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=FIRST_PRICE_AUCTION.replaced_by(to_the_last_by_name).on(2),
    length=7,
)
TIES_REFUSED = Pitfall(
    "first_price_sealed_bid.TiesRefused",
    "A tie is refused, as if somebody had done something wrong.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(ties_refused).on(2),
    length=7,
)
TAKES_NEGATIVE_AMOUNTS = Pitfall(
    "first_price_sealed_bid.TakesNegativeAmounts",
    "A negative bid is a number like any other: in a reverse auction it wins, and its bidder pays for the work that it does.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(takes_negative_amounts).on_malformed(flaws=("a bid",), kinds=("negative",)),
    length=6,
)
UNKNOWN_OPTION = Pitfall(
    "FPA-11",
    "An option that is none of those expected raises an error instead of being rejected.",
    breaks=family.malformed_profiles_are_rejected,
    subject=FIRST_PRICE_AUCTION.replaced_by(by_the_name_of_the_option).on_malformed(flaws=("the direction",)),
    length=5,
    raises=True,
)
WHO_PAYS_WHOM = Pitfall(
    "FPA-12",
    "*Winner pays their bid*, say the documents of a reverse auction: the winner works, and pays for it.",
    breaks=family.individually_rational,
    subject=FIRST_PRICE_AUCTION.replaced_by(the_winner_pays).on(1, REVERSE),
    length=5,
)
EQUAL_IS_NOT_ENOUGH = Pitfall(
    "first_price_sealed_bid.AboveTheReserve",
    "A bid as good as the reserve is turned down.",
    breaks=family.sold_if_the_reserve_is_met,
    subject=FIRST_PRICE_AUCTION.replaced_by(above_the_reserve).on(1),
    length=5,
)
HIGHEST_ANYWAY = Pitfall(
    "first_price_sealed_bid.HighestWhateverTheDirection",
    "In a reverse auction too the highest bid wins.",
    breaks=family.sold_to_the_best,
    subject=FIRST_PRICE_AUCTION.replaced_by(highest_whatever_the_direction).on(2),
    length=7,
)
AT_THE_RESERVE = Pitfall(
    "first_price_sealed_bid.AtTheReserve",
    "The winner pays the reserve.",
    breaks=price_is_the_winners_bid,
    subject=FIRST_PRICE_AUCTION.replaced_by(at_the_reserve).on(1),
    length=5,
)
SECOND_PRICE = Pitfall(
    "first_price_sealed_bid.SecondPrice",
    "The winner pays the second price, and not the one that was announced.",
    breaks=price_is_the_winners_bid,
    subject=FIRST_PRICE_AUCTION.replaced_by(second_price).on(1),
    length=5,
)
UNDEFINED = Unmodelled(
    "FPA-14",
    Reason.NO_CODE,
    "`calculate_auction_efficiency` is called and defined nowhere: how efficient an auction was, nothing says how to compute.",
)
WHATEVER_THE_RESERVE = Pitfall(
    "first_price_sealed_bid.WhateverTheReserve",
    "The reserve is forgotten: the good is sold although no bid is as good.",
    breaks=family.sold_if_the_reserve_is_met,
    subject=FIRST_PRICE_AUCTION.replaced_by(whatever_the_reserve).on(1, FORWARD),
    length=5,
)
IN_BINARY = Pitfall(
    "first_price_sealed_bid.InBinary",
    "The price is a binary fraction, which is no exact amount even where it happens to be right.",
    breaks=family.reserve_respected,
    subject=FIRST_PRICE_AUCTION.replaced_by(in_binary).on(1),
    length=5,
)
IN_BINARY_FOR_THE_WINNER = Pitfall(
    "first_price_sealed_bid.InBinary/winner",
    "The same: nobody can tell what the winner owes.",
    breaks=family.individually_rational,
    subject=FIRST_PRICE_AUCTION.replaced_by(in_binary).on(1),
    length=5,
)
WINNER_NAMED_TWICE = Pitfall(
    "first_price_sealed_bid.WinnerNamedTwice",
    "The winner is named twice among those who bid the same.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=FIRST_PRICE_AUCTION.replaced_by(winner_named_twice).on(1),
    length=5,
)
TIED_IN_ANY_ORDER = Pitfall(
    "first_price_sealed_bid.TiedInAnyOrder",
    "Of those who bid the same the first is named first, and the others in some other order.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=FIRST_PRICE_AUCTION.replaced_by(tied_in_any_order).on(3, FORWARD),
    length=9,
)
DECLINES_AND_PAYS_NOTHING = Pitfall(
    "first_price_sealed_bid.DeclinesAndWins/price",
    "A lone bidder that declines wins, at no price.",
    breaks=price_is_the_winners_bid,
    subject=FIRST_PRICE_AUCTION.replaced_by(lowest_first).on(1, REVERSE),
    length=4,
)
AT_THE_RESERVE_IN_REVERSE = Pitfall(
    "first_price_sealed_bid.AtTheReserve/reverse",
    "In a reverse auction the winner is paid the reserve, which is more than it asked.",
    breaks=price_is_the_winners_bid,
    subject=FIRST_PRICE_AUCTION.replaced_by(at_the_reserve).on(1, REVERSE),
    length=5,
)
