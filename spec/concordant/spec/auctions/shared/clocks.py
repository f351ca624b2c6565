"""Clock auctions of one good: a clock shows one price after another, and bidders say whether they would pay it.

The prices are a list, so that a clock has a first and a last one and may go in any steps; it counts exactly. What a bidder
would pay at most is its value. Source: Krishna, "Auction Theory", 2009, chapters 1 and 2; of the ascending clock, Milgrom and
Weber, "A Theory of Auctions and Competitive Bidding", 1982; as processes, FIPA XC00031 and XC00032.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise, permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Clock:
    """The most that each bidder would pay, in the order in which they came, and the prices that the clock can show, ascending.

    The first price is the reserve. A clock that goes down starts at the last.
    """

    bids: tuple[Bid, ...]
    prices: tuple[Amount, ...]


@frozen
class Sold:
    """Who wins, what it pays, all who would pay that, sorted, the winner among them; and how many prices were shown."""

    winner: str
    price: Amount
    tied: tuple[str, ...]
    shown: int


@frozen
class Unsold:
    """Nobody would pay the reserve."""


@frozen
class Unresolved:
    """The clock has come to its end, and these, sorted, would still pay."""

    active: tuple[str, ...]


Outcome: TypeAlias = Sold | Unsold | Unresolved | Rejected
Rule: TypeAlias = Callable[[Clock], Outcome]

NO_BIDDERS = Rejected("there is no bidder")
DUPLICATE_BIDDER = Rejected("a bidder bids twice")
NO_PRICES = Rejected("the clock shows no price")
NOT_EXACT = Rejected("a bid or a price is no exact amount")
NEGATIVE = Rejected("a bid or a price is negative")
NOT_ASCENDING = Rejected("a price is no higher than the one before it")

REJECTED: Flaws[Clock] = (
    (NO_BIDDERS, lambda clock: clock.bids == ()),
    (DUPLICATE_BIDDER, lambda clock: any(one.bidder == other.bidder for one, other in combinations(clock.bids, 2))),
    (NO_PRICES, lambda clock: clock.prices == ()),
    (NOT_EXACT, lambda clock: not all(map(is_amount, (*clock.prices, *made(clock).values())))),
    (NEGATIVE, lambda clock: any(amount < 0 for amount in (*clock.prices, *made(clock).values()))),
    (NOT_ASCENDING, lambda clock: not all(one < other for one, other in pairwise(clock.prices))),
)
"""What is rejected, and why."""


def made(clock: Clock) -> dict[str, Amount]:
    """Return the bids that are made, by bidder."""
    return {bid.bidder: bid.amount for bid in clock.bids if bid.amount is not None}


def would_pay(clock: Clock, price: Amount) -> tuple[str, ...]:
    """List who would pay a price, sorted."""
    return tuple(sorted(bidder for bidder, bid in made(clock).items() if not bid < price))


# ---- clauses about one run


@for_all
def unsold_only_if_nobody_would_pay_the_reserve(clock: Clock, outcome: Outcome) -> Cases:
    """The good goes unsold if, and only if, nobody would pay the first price."""
    if not isinstance(outcome, Rejected):
        yield case(isinstance(outcome, Unsold) == (would_pay(clock, clock.prices[0]) == ()), outcome=outcome)


@for_all
def price_is_on_the_clock(clock: Clock, outcome: Outcome) -> Cases:
    """The price is one that the clock shows."""
    if isinstance(outcome, Sold):
        yield case(is_amount(outcome.price) and outcome.price in clock.prices, price=outcome.price)


@for_all
def individually_rational(clock: Clock, outcome: Outcome) -> Cases:
    """The winner would pay the price; a loser pays nothing."""
    if isinstance(outcome, Sold):
        bid = made(clock).get(outcome.winner)
        yield case(bid is not None and bid >= outcome.price, bid=bid, price=outcome.price)


@for_all
def ties_are_told_and_broken_by_name(clock: Clock, outcome: Outcome) -> Cases:
    """All who would pay the price are named, in the order of their names, and the first of them wins."""
    if isinstance(outcome, Sold):
        willing = would_pay(clock, outcome.price)
        yield case(outcome.tied == willing and willing[:1] == (outcome.winner,), willing=willing, tied=outcome.tied)


@for_all
def nobody_bids_a_step_more_than_the_winner(clock: Clock, outcome: Outcome) -> Cases:
    """The clock shows no price that another would pay and the winner would not: the good is worth most to the winner, up to a step."""
    if isinstance(outcome, Sold):
        for price in clock.prices:
            willing = would_pay(clock, price)
            yield case(willing == () or outcome.winner in willing, price=price, willing=willing)


@for_all
def malformed_clocks_are_rejected(clock: Clock, outcome: Outcome) -> Cases:
    """A clock is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, clock, outcome)


# ---- clauses about several runs


@relates
def order_of_bids_is_irrelevant(rule: Rule, clock: Clock, draw: Draw) -> Cases:
    """Whoever comes earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(clock.bids)))
    moved = (clock.bids[place], *clock.bids[:place], *clock.bids[place + 1 :])
    yield case(rule(evolve(clock, bids=moved)) == rule(clock), moved=clock.bids[place])


def bidders(clock: Clock) -> tuple[str, ...]:
    """List who has a value: those who do not decline."""
    return tuple(made(clock))


def utility(clock: Clock, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a bidder whose value is its bid on the clock; without one it has no use for the good."""
    return made(clock).get(agent, 0) - outcome.price if isinstance(outcome, Sold) and outcome.winner == agent else 0


def misreport(clock: Clock, agent: str, draw: Draw) -> Clock:
    """Draw another bid of one bidder, which may decline instead."""
    bid = draw.amount("the lie") if draw.one_of("the liar bids", (True, False)) else None
    return evolve(clock, bids=tuple(Bid(agent, bid) if each.bidder == agent else each for each in clock.bids))


# ---- clocks


def clocks(draw: Draw, bidders: int, prices: int) -> Clock:
    """Draw a clock of up to so many prices, in steps of 1 or more, and up to so many bidders, each of whom bids or declines."""
    return clock_of(draw, draw.one_of("bidders", range(1, bidders + 1)), draw.one_of("prices", range(1, prices + 1)))


def clock_of(draw: Draw, bidders: int, prices: int) -> Clock:
    """Draw a clock of so many prices, in steps of 1 or more, and so many bidders."""
    names = tuple(f"bidder{number}" for number in range(bidders))
    bids = tuple(Bid(name, draw.amount(name) if draw.one_of(f"{name} bids", (True, False)) else None) for name in names)
    return Clock(bids, prices_of(draw, prices))


def prices_of(draw: Draw, count: int) -> tuple[Amount, ...]:
    """Draw ascending prices, in steps of 1 or more."""
    prices = [draw.amount("the first price")]
    for step in range(1, count):
        prices.append(prices[-1] + 1 + draw.amount(f"step {step}, beyond 1"))
    return tuple(prices)


def steady_clocks(draw: Draw, bidders: int) -> Clock:
    """Draw a clock that goes from 0 or 1 up to 4, in steps of 1 or 2, and so many bidders, all of whom bid."""
    bids = tuple(Bid(name, draw.amount(name)) for name in (f"bidder{number}" for number in range(bidders)))
    return Clock(bids, tuple(range(draw.one_of("the first price", (0, 1)), 5, draw.one_of("the step", (1, 2)))))


def clocks_in_any_order(draw: Draw, bidders: int, prices: int) -> Clock:
    """Draw a clock whose bidders came in any order of their names."""
    clock = clocks(draw, bidders, prices)
    order = draw.one_of("order", tuple(permutations(range(len(clock.bids)))))
    return evolve(clock, bids=tuple(clock.bids[place] for place in order))


def clocks_at_large(draw: Draw) -> Clock:
    """Draw a clock of up to six prices and eight bidders of any names, in the order in which they came."""
    names, seldom = some_names(draw, "bidder", 1, 8), (*(False for _ in range(8)), True)
    bids = tuple(Bid(name, None if draw.one_of(f"{name} declines", seldom) else draw.amount(f"{name} bids")) for name in names)
    return Clock(bids, prices_of(draw, draw.one_of("prices", range(1, 7))))


FLAWS = ("nobody bids", "one bids twice", "a bid", "the only bid", "no price", "a price", "the only price", "no step", "downward")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = tuple(NO_AMOUNTS)) -> Clock:
    """Draw a clock of two prices and two bidders with one of these flaws; where an amount is none, one of these kinds."""
    sound = clock_of(draw, 2, 2)
    first, second = sound.bids
    match draw.one_of("flaw", flaws):
        case "nobody bids":
            return evolve(sound, bids=())
        case "one bids twice":
            return evolve(sound, bids=(first, second, first))
        case "a bid" | "the only bid" as which:
            kind = draw.one_of("it is", tuple(kind for kind in kinds if kind != "nothing"))  # who bids nothing declines
            wrong = evolve(second, amount=NO_AMOUNTS[kind])
            return evolve(sound, bids=(first, wrong) if which == "a bid" else (wrong,))
        case "no price":
            return evolve(sound, prices=())
        case "a price" | "the only price" as which:
            wrong_price = NO_AMOUNTS[draw.one_of("it is", kinds)]
            return evolve(sound, prices=(sound.prices[0], wrong_price) if which == "a price" else (wrong_price,))
        case "no step":
            return evolve(sound, prices=(sound.prices[0], sound.prices[0]))
        case _:
            return evolve(sound, prices=sound.prices[::-1])


def careless(draw: Draw) -> Clock:
    """Draw a clock with any flaws, or none: what is told is the first."""
    count = draw.one_of("bids", range(4))
    bids = tuple(Bid(draw.one_of(f"bidder {place}", ("ann", "bob", "cid")), perhaps(draw, f"bid {place}")) for place in range(count))
    return Clock(bids, tuple(perhaps(draw, f"price {place}") for place in range(draw.one_of("prices", range(3)))))


CLOCKS = Domain(clocks, malformed, malformed_clocks_are_rejected, bidders, misreport, utility)
truthful_bidding = CLOCKS.truthful
