"""Sealed-bid auctions of one good: what is bid, what comes of it, and what such an auction may promise.

In a forward auction the highest bid wins and its bidder pays; in a reverse auction the lowest wins and is paid. A bid is
the bidder's value of the good, or its cost of delivering it. Values are private. Source: Vickrey, "Counterspeculation,
Auctions, and Competitive Sealed Tenders", 1961; Krishna, "Auction Theory", 2009, chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Draw, Rejected, case, for_all, is_amount, relates, truthful


class Direction(Enum):
    """Who pays whom."""

    FORWARD = "forward"
    REVERSE = "reverse"

    def beats(self, one: Amount, other: Amount) -> bool:
        """Tell whether one bid is strictly better than another."""
        return one > other if self is Direction.FORWARD else one < other

    def best(self, bids: Iterable[Amount]) -> Amount:
        """Return the best of some bids; of none, a ValueError."""
        return max(bids) if self is Direction.FORWARD else min(bids)


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

    def taken(self) -> dict[str, Amount]:
        """Return the bids that are made and as good as the reserve, by bidder."""
        made = ((bid.bidder, bid.amount) for bid in self.bids)
        return {bidder: bid for bidder, bid in made if bid is not None and not self.direction.beats(self.reserve, bid)}


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

NO_BIDDERS = Rejected("there is no bidder")
DUPLICATE_BIDDER = Rejected("a bidder bids twice")
NOT_EXACT = Rejected("a bid or the reserve is no exact amount")
NEGATIVE = Rejected("a bid or the reserve is negative")
NO_DIRECTION = Rejected("the direction is neither forward nor reverse")


def fault(profile: Profile) -> Rejected | None:
    """Return why a profile is refused; None where it is not."""
    bidders = [bid.bidder for bid in profile.bids]
    amounts = [profile.reserve, *(bid.amount for bid in profile.bids if bid.amount is not None)]
    if not bidders:
        return NO_BIDDERS
    if len(set(bidders)) < len(bidders):
        return DUPLICATE_BIDDER
    if not all(is_amount(amount) for amount in amounts):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if not isinstance(profile.direction, Direction):
        return NO_DIRECTION
    return None


# ---- clauses about one run


@for_all
def sold_to_the_best(profile: Profile, outcome: Outcome) -> Cases:
    """Nobody bid better than the winner: with honest bids the good goes to whom it is worth most."""
    if isinstance(outcome, Sale):
        taken = profile.taken()
        for rival, bid in taken.items():
            better = outcome.winner not in taken or profile.direction.beats(bid, taken[outcome.winner])
            yield case(not better, winner=outcome.winner, rival=rival)


@for_all
def sold_if_the_reserve_is_met(profile: Profile, outcome: Outcome) -> Cases:
    """The good is sold if, and only if, a bid is as good as the reserve."""
    yield case(isinstance(outcome, Sale) == bool(profile.taken()), outcome=outcome)


@for_all
def reserve_respected(profile: Profile, outcome: Outcome) -> Cases:
    """The auctioneer never sells below the reserve, nor buys above it."""
    if isinstance(outcome, Sale):
        yield case(is_amount(outcome.price) and not profile.direction.beats(profile.reserve, outcome.price), price=outcome.price)


@for_all
def individually_rational(profile: Profile, outcome: Outcome) -> Cases:
    """The price is no worse for the winner than its own bid; who does not win pays nothing."""
    if isinstance(outcome, Sale):
        bid = profile.taken().get(outcome.winner)
        fair = bid is not None and is_amount(outcome.price) and not profile.direction.beats(outcome.price, bid)
        yield case(fair, bid=bid, price=outcome.price)


@for_all
def ties_are_told_and_broken_by_name(profile: Profile, outcome: Outcome) -> Cases:
    """All who bid as well as the winner are named, and the first by name wins."""
    if isinstance(outcome, Sale):
        taken = profile.taken()
        tied = tuple(sorted(bidder for bidder, bid in taken.items() if bid == taken.get(outcome.winner)))
        yield case(outcome.tied == tied and outcome.winner == tied[0], tied=tied)


@for_all
def malformed_profiles_are_rejected(profile: Profile, outcome: Outcome) -> Cases:
    """A profile that breaks a rule is rejected, with the reason of that rule."""
    reason = fault(profile)
    if reason is not None:
        yield case(outcome == reason, reason=reason, outcome=outcome)


# ---- clauses about several runs


@relates
def order_of_bids_is_irrelevant(rule: Callable[[Profile], Outcome], profile: Profile, draw: Draw) -> Cases:
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
def a_second_name_gains_nothing(rule: Callable[[Profile], Outcome], profile: Profile, draw: Draw) -> Cases:
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


truthful_bidding = truthful(bidders, misreport, utility)


# ---- profiles


def profiles(draw: Draw, most: int, directions: tuple[Direction, ...] = tuple(Direction)) -> Profile:
    """Draw a profile of 1 to so many bidders, in one of these directions, each of whom bids or declines."""
    return profile_of(draw, draw.one_of("bidders", range(1, most + 1)), draw.one_of("direction", directions))


def profile_of(draw: Draw, count: int, direction: Direction) -> Profile:
    """Draw a profile of so many bidders."""
    names = [f"bidder{number}" for number in range(count)]
    bids = tuple(Bid(name, draw.amount(name) if draw.one_of(f"{name} bids", (True, False)) else None) for name in names)
    return Profile(bids, draw.amount("reserve"), direction)


FLAWS = ("nobody bids", "one bids twice", "a bid", "the reserve", "the direction")
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
        case "a bid":
            kind = draw.one_of("it is", tuple(kind for kind in kinds if kind != "nothing"))  # who bids nothing declines
            return evolve(sound, bids=(evolve(first, amount=NO_AMOUNTS[kind]), second))
        case "the reserve":
            return evolve(sound, reserve=NO_AMOUNTS[draw.one_of("it is", kinds)])
        case _:
            return evolve(sound, direction=SIDEWAYS)


SIDEWAYS: Any = "sideways"
"""No direction."""
