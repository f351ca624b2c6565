"""Sealed-bid auctions of one good: what is bid, what comes of it, and what such an auction may promise.

In a forward auction the highest bid wins and its bidder pays; in a reverse auction the lowest wins and is paid. A bid is
the bidder's value of the good, or its cost of delivering it. Values are private. Source: Vickrey, "Counterspeculation,
Auctions, and Competitive Sealed Tenders", 1961; Krishna, "Auction Theory", 2009, chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import combinations, pairwise, permutations
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import (
    Amount,
    Cases,
    Domain,
    Draw,
    Flaws,
    Rejected,
    case,
    for_all,
    is_amount,
    rejection,
    relates,
)


class Direction(Enum):
    """Who pays whom."""

    FORWARD = "forward"
    REVERSE = "reverse"


@frozen
class Bid:
    """What one bidder bids; None declines."""

    bidder: str
    amount: Amount | None


@frozen
class Profile:
    """All bids, in the order in which they came. `reserve`: the least that is taken, or in a reverse auction the most that is paid."""

    bids: tuple[Bid, ...]
    reserve: Amount
    direction: Direction = Direction.FORWARD


@frozen
class Sale:
    """Who wins, what the winner pays or is paid, and all who bid as well as the winner, sorted, the winner among them."""

    winner: str
    price: Amount
    tied: tuple[str, ...]


@frozen
class NoSale:
    """No bid was as good as the reserve."""


Outcome: TypeAlias = Sale | NoSale | Rejected
Rule: TypeAlias = Callable[[Profile], Outcome]

NO_BIDDERS = Rejected("there is no bidder")
DUPLICATE_BIDDER = Rejected("a bidder bids twice")
NOT_EXACT = Rejected("a bid or the reserve is no exact amount")
NEGATIVE = Rejected("a bid or the reserve is negative")
NO_DIRECTION = Rejected("the direction is neither forward nor reverse")

REJECTED: Flaws[Profile] = (
    (NO_BIDDERS, lambda profile: profile.bids == ()),
    (DUPLICATE_BIDDER, lambda profile: any(one.bidder == other.bidder for one, other in combinations(profile.bids, 2))),
    (NOT_EXACT, lambda profile: not all(map(is_amount, (profile.reserve, *made(profile).values())))),
    (NEGATIVE, lambda profile: any(amount < 0 for amount in (profile.reserve, *made(profile).values()))),
    (NO_DIRECTION, lambda profile: profile.direction not in tuple(Direction)),
)
"""What is rejected, and why."""


def made(profile: Profile) -> dict[str, Amount]:
    """Return the bids that are made, by bidder."""
    return {bid.bidder: bid.amount for bid in profile.bids if bid.amount is not None}


def as_good(one: Amount, other: Amount, direction: Direction) -> bool:
    """Tell whether one amount is at least as good as another for the auctioneer."""
    return one >= other if direction is Direction.FORWARD else one <= other


# ---- clauses about one run


@for_all
def sold_to_the_best(profile: Profile, outcome: Outcome) -> Cases:
    """Nobody bid better than the winner: with honest bids the good goes to the bidder to whom it is worth most."""
    if isinstance(outcome, Sale):
        won = made(profile).get(outcome.winner)
        for rival, bid in made(profile).items():
            yield case(won is not None and as_good(won, bid, profile.direction), winner=outcome.winner, rival=rival)


@for_all
def sold_if_the_reserve_is_met(profile: Profile, outcome: Outcome) -> Cases:
    """The good is sold if, and only if, a bid is as good as the reserve."""
    if not isinstance(outcome, Rejected):
        met = any(as_good(bid, profile.reserve, profile.direction) for bid in made(profile).values())
        yield case(isinstance(outcome, Sale) == met, outcome=outcome)


@for_all
def reserve_respected(profile: Profile, outcome: Outcome) -> Cases:
    """The auctioneer never sells below the reserve, nor buys above it."""
    if isinstance(outcome, Sale):
        yield case(is_amount(outcome.price) and as_good(outcome.price, profile.reserve, profile.direction), price=outcome.price)


@for_all
def individually_rational(profile: Profile, outcome: Outcome) -> Cases:
    """The price is no worse for the winner than its own bid; a loser pays nothing."""
    if isinstance(outcome, Sale):
        bid = made(profile).get(outcome.winner)
        fair = bid is not None and is_amount(outcome.price) and as_good(bid, outcome.price, profile.direction)
        yield case(fair, bid=bid, price=outcome.price)


@for_all
def ties_are_told_and_broken_by_name(profile: Profile, outcome: Outcome) -> Cases:
    """All who bid as well as the winner are named, in the order of their names, and the first of them wins."""
    if isinstance(outcome, Sale):
        won = made(profile).get(outcome.winner)
        for bidder, bid in made(profile).items():
            yield case((bidder in outcome.tied) == (bid == won), bidder=bidder, bid=bid, tied=outcome.tied)
        in_order = all(one < other for one, other in pairwise(outcome.tied))
        yield case(outcome.tied[:1] == (outcome.winner,) and in_order, winner=outcome.winner, tied=outcome.tied)


@for_all
def malformed_profiles_are_rejected(profile: Profile, outcome: Outcome) -> Cases:
    """A profile is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, profile, outcome)


# ---- clauses about several runs


@relates
def order_of_bids_is_irrelevant(rule: Rule, profile: Profile, draw: Draw) -> Cases:
    """Whoever bids earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(profile.bids)))
    moved = (profile.bids[place], *profile.bids[:place], *profile.bids[place + 1 :])
    yield case(rule(evolve(profile, bids=moved)) == rule(profile), moved=profile.bids[place])


def utility(profile: Profile, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a bidder whose value, or cost, is its bid in the profile."""
    if not isinstance(outcome, Sale) or outcome.winner != agent:
        return 0
    value = next(bid.amount for bid in profile.bids if bid.bidder == agent)
    if value is None:  # who has declined has no use for the good, and no way to deliver it
        return 0 - outcome.price
    return value - outcome.price if profile.direction is Direction.FORWARD else outcome.price - value


def misreport(profile: Profile, agent: str, draw: Draw) -> Profile:
    """Draw another bid of one bidder, which may decline instead."""
    bid = draw.amount("the lie") if draw.one_of("the liar bids", (True, False)) else None
    return evolve(profile, bids=tuple(Bid(agent, bid) if each.bidder == agent else each for each in profile.bids))


@relates
def a_second_name_gains_nothing(rule: Rule, profile: Profile, draw: Draw) -> Cases:
    """No honest bidder gains by bidding once more under another name."""
    if bidders(profile):
        agent = draw.one_of("who bids under two names", bidders(profile))
        outcome = rule(evolve(profile, bids=(*profile.bids, Bid(SECOND_NAME, draw.amount("bid under a second name")))))
        won = evolve(outcome, winner=agent) if isinstance(outcome, Sale) and outcome.winner == SECOND_NAME else outcome
        would_gain = utility(profile, agent, won)
        gains = utility(profile, agent, rule(profile))
        yield case(gains >= would_gain, agent=agent, two_names=outcome, gains=gains, would_gain=would_gain)


SECOND_NAME = "a second name"


def bidders(profile: Profile) -> tuple[str, ...]:
    """List who has a value: those who do not decline."""
    return tuple(bid.bidder for bid in profile.bids if bid.amount is not None)


# ---- profiles


def profiles(draw: Draw, most: int, directions: tuple[Direction, ...] = tuple(Direction)) -> Profile:
    """Draw a profile of up to `most` bidders, in one of these directions, each of whom bids or declines."""
    return profile_of(draw, draw.one_of("bidders", range(1, most + 1)), draw.one_of("direction", directions))


def profile_of(draw: Draw, count: int, direction: Direction) -> Profile:
    """Draw a profile of `count` bidders."""
    names = [f"bidder{number}" for number in range(count)]
    bids = tuple(Bid(name, draw.amount(name) if draw.one_of(f"{name} bids", (True, False)) else None) for name in names)
    return Profile(bids, draw.amount("reserve"), direction)


def profiles_in_any_order(draw: Draw, most: int) -> Profile:
    """Draw a profile whose bids came in any order of the bidders' names."""
    profile = profiles(draw, most)
    order = draw.one_of("order", tuple(permutations(range(len(profile.bids)))))
    return evolve(profile, bids=tuple(profile.bids[place] for place in order))


def profiles_at_large(draw: Draw) -> Profile:
    """Draw a profile of up to eight bidders of any names, in the order in which they came; and a reserve, which may be none."""
    names, seldom = some_names(draw, "bidder", 1, 8), (*(False for _ in range(8)), True)
    bids = tuple(Bid(name, None if draw.one_of(f"{name} declines", seldom) else draw.amount(f"{name} bids")) for name in names)
    direction = draw.one_of("direction", tuple(Direction))
    if draw.one_of("is there a reserve", (False, True)):
        return Profile(bids, draw.amount("reserve"), direction)
    return Profile(bids, 0 if direction is Direction.FORWARD else sum(bid.amount or 0 for bid in bids), direction)


FLAWS = ("nobody bids", "one bids twice", "a bid", "the last bid", "the only bid", "the reserve", "the direction")
KINDS = tuple(NO_AMOUNTS)


def malformed(
    draw: Draw, directions: tuple[Direction, ...] = tuple(Direction), flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = KINDS
) -> Profile:
    """Draw a profile of two bidders with one of these flaws; where an amount is none, one of these kinds."""
    first, second = Bid("bidder0", draw.amount("bidder0")), Bid("bidder1", draw.amount("bidder1"))
    sound = Profile((first, second), draw.amount("reserve"), draw.one_of("direction", directions))
    match draw.one_of("flaw", flaws):
        case "nobody bids":
            return evolve(sound, bids=())
        case "one bids twice":
            return evolve(sound, bids=(first, second, Bid(first.bidder, draw.amount("bids again"))))
        case "a bid" | "the last bid" | "the only bid" as which:
            kind = draw.one_of("it is", tuple(kind for kind in kinds if kind != "nothing"))  # who bids nothing declines
            wrong = evolve(first, amount=NO_AMOUNTS[kind])
            bids = {"a bid": (wrong, second), "the last bid": (second, wrong), "the only bid": (wrong,)}
            return evolve(sound, bids=bids[which])
        case "the reserve":
            return evolve(sound, reserve=NO_AMOUNTS[draw.one_of("it is", kinds)])
        case _:
            return evolve(sound, direction=SIDEWAYS)


SIDEWAYS: Any = "sideways"
"""No direction."""


def careless(draw: Draw) -> Profile:
    """Draw a profile with any flaws, or none: what is told is the first."""
    count = draw.one_of("bids", range(4))
    bids = tuple(Bid(draw.one_of(f"bidder {place}", ("ann", "bob", "cid")), perhaps(draw, f"bid {place}")) for place in range(count))
    return Profile(bids, perhaps(draw, "reserve"), draw.one_of("direction", (*Direction, SIDEWAYS)))


AUCTIONS = Domain(profiles, malformed, malformed_profiles_are_rejected, bidders, misreport, utility)
truthful_bidding = AUCTIONS.truthful
