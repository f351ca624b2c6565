"""Negotiated settlement: agents that want other values of one variable bid for the right to set it, and the winner pays for that.

Source: the auctions are `first_price_sealed_bid`, `vickrey_auction` and `english_auction`; what is added is what becomes of them here.
Assumes: the variable matters to whoever sets it, and to nobody else. Where it matters to all, a winner that takes all harms the others,
and the right rule is that of `clarke_mechanism`.
Chosen: an agent bids for itself, no more than it has, and pays what the auction says out of what it has. All auctions end in the same
kind of outcome. The least that is taken is the first price; if nobody bids that much, or the clock ends with several still willing,
nothing is settled, for whoever asks to try something else.
Does not promise: that honesty pays, but where the price is the second bid.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import combinations, pairwise
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import (
    Amount,
    Cases,
    Draw,
    Flaws,
    Map,
    Rejected,
    case,
    for_all,
    is_amount,
    rejection,
    relates,
    truthful,
)


class Auction(Enum):
    """What the winner pays: what it bids, the best of the other bids, or the price at which a rising clock stops."""

    FIRST_PRICE = "first price"
    SECOND_PRICE = "second price"
    RISING_CLOCK = "rising clock"


@frozen
class Claim:
    """To which value an agent would set the variable, what that is worth to it, and what it has."""

    agent: str
    value: str
    bid: Amount
    budget: Amount


@frozen
class Dispute:
    """All claims, in the order in which they came; the auction, and the prices that its clock shows, of which the first is the least that is taken."""

    claims: tuple[Claim, ...]
    auction: Auction
    prices: tuple[Amount, ...]


@frozen
class Settled:
    """The variable has this value; the winner has paid for it. `tied`: all who bid as well, by name. `left`: what each has now."""

    value: str
    winner: str
    payment: Amount
    tied: tuple[str, ...]
    left: Map[str, Amount]


@frozen
class Unsettled:
    """Nobody bid the first price; or, where `willing` names some, the clock ended and they would have paid more."""

    willing: tuple[str, ...] = ()


Outcome: TypeAlias = Settled | Unsettled | Rejected
Rule: TypeAlias = Callable[[Dispute], Outcome]

NO_DISPUTE = Rejected("there are not two claims or more")
DUPLICATE = Rejected("an agent claims twice")
NOT_EXACT = Rejected("a bid, a budget or a price is no exact amount")
NEGATIVE = Rejected("a bid, a budget or a price is negative")
OVER_BUDGET = Rejected("an agent bids more than it has")
NO_CLOCK = Rejected("there is no price, or one that is no higher than the one before it")

REJECTED: Flaws[Dispute] = (
    (NO_DISPUTE, lambda dispute: len(dispute.claims) < 2),
    (DUPLICATE, lambda dispute: any(one.agent == other.agent for one, other in combinations(dispute.claims, 2))),
    (NOT_EXACT, lambda dispute: not all(is_amount(amount) for amount in amounts(dispute))),
    (NEGATIVE, lambda dispute: any(amount < 0 for amount in amounts(dispute))),
    (OVER_BUDGET, lambda dispute: any(claim.bid > claim.budget for claim in dispute.claims)),
    (NO_CLOCK, lambda dispute: dispute.prices == () or any(later <= earlier for earlier, later in pairwise(dispute.prices))),
)
"""What is rejected, and why."""


def amounts(dispute: Dispute) -> list[Amount]:
    """List all amounts in a dispute."""
    return [*dispute.prices, *(amount for claim in dispute.claims for amount in (claim.bid, claim.budget))]


def bid_of(dispute: Dispute, agent: str) -> Amount:
    """Return what an agent bids, less than nothing where it has no claim."""
    return next((claim.bid for claim in dispute.claims if claim.agent == agent), -1)


# ---- clauses about one dispute


@for_all
def the_winner_sets_the_value(dispute: Dispute, outcome: Outcome) -> Cases:
    """The value is the one that the winner claims."""
    if isinstance(outcome, Settled):
        claimed = tuple(claim.value for claim in dispute.claims if claim.agent == outcome.winner)
        yield case(outcome.value in claimed, claimed=claimed, value=outcome.value)


@for_all
def the_payment_is_collected(dispute: Dispute, outcome: Outcome) -> Cases:
    """The winner has less by what it pays, and everybody else has what it had."""
    if isinstance(outcome, Settled):
        pays = {outcome.winner: outcome.payment}
        left = Map.of({claim.agent: claim.budget - pays.get(claim.agent, 0) for claim in dispute.claims})
        yield case(outcome.left == left, told=outcome.left, left=left)


@for_all
def nobody_pays_more_than_it_bids(dispute: Dispute, outcome: Outcome) -> Cases:
    """The payment is no more than the winner's bid, hence than it has, and no less than the first price."""
    if isinstance(outcome, Settled):
        bid = bid_of(dispute, outcome.winner)
        yield case(dispute.prices[0] <= outcome.payment <= bid, bid=bid, payment=outcome.payment)


@for_all
def the_payment_is_that_of_the_auction(dispute: Dispute, outcome: Outcome) -> Cases:
    """The winner pays its bid; or the best of the other bids and the first price; or the price at which the clock leaves one, or else nobody."""
    if isinstance(outcome, Settled):
        others = [claim.bid for claim in dispute.claims if claim.agent != outcome.winner]
        match dispute.auction:
            case Auction.FIRST_PRICE:
                right = outcome.payment == bid_of(dispute, outcome.winner)
            case Auction.SECOND_PRICE:
                right = outcome.payment == max(dispute.prices[0], *others)
            case Auction.RISING_CLOCK:
                right = any(stops_at(dispute, place) and price == outcome.payment for place, price in enumerate(dispute.prices))
            case _:
                assert_never(dispute.auction)
        yield case(right, auction=dispute.auction, payment=outcome.payment, others=tuple(others))


def stops_at(dispute: Dispute, place: int) -> bool:
    """Tell whether a clock stops at a price: one alone would pay it, and more the one before; or several, and none the next."""
    willing = [sum(claim.bid >= price for claim in dispute.claims) for price in dispute.prices]
    before, after = willing[place - 1 : place] if place else [], willing[place + 1 : place + 2]
    return (willing[place] == 1 and before != [1]) or (willing[place] > 1 and after == [0])


@for_all
def settled_if_somebody_bids_enough(dispute: Dispute, outcome: Outcome) -> Cases:
    """Something is settled if, and only if, somebody bids the first price and no clock ends too early; who was still willing then is named."""
    if not isinstance(outcome, Rejected):
        enough = any(claim.bid >= dispute.prices[0] for claim in dispute.claims)
        last = tuple(sorted(claim.agent for claim in dispute.claims if claim.bid >= dispute.prices[-1]))
        early = dispute.auction is Auction.RISING_CLOCK and len(last) > 1
        yield case(isinstance(outcome, Settled) == (enough and not early), outcome=outcome, last=last)
        if isinstance(outcome, Unsettled):
            yield case(outcome.willing == (last if early else ()), outcome=outcome, last=last)


@for_all
def ties_are_told_and_go_by_name(dispute: Dispute, outcome: Outcome) -> Cases:
    """All who bid as well as the winner are named, by name, and the first of them wins."""
    if isinstance(outcome, Settled):
        bids = [claim.bid for claim in dispute.claims]
        least = outcome.payment if dispute.auction is Auction.RISING_CLOCK else max(bids)
        tied = tuple(sorted(claim.agent for claim in dispute.claims if claim.bid >= least))
        yield case(outcome.tied == tied and tied[:1] == (outcome.winner,), outcome=outcome, tied=tied)


@for_all
def malformed_disputes_are_rejected(dispute: Dispute, outcome: Outcome) -> Cases:
    """A dispute is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, dispute, outcome)


# ---- clauses about several disputes


@relates
def order_of_claims_is_irrelevant(rule: Rule, dispute: Dispute, draw: Draw) -> Cases:
    """Whoever claims earlier gains nothing by it."""
    if dispute.claims:
        place = draw.one_of("moved to the front", range(len(dispute.claims)))
        moved = (dispute.claims[place], *dispute.claims[:place], *dispute.claims[place + 1 :])
        yield case(rule(evolve(dispute, claims=moved)) == rule(dispute), moved=dispute.claims[place])


@relates
def the_auction_is_fixed(rule: Rule, dispute: Dispute, draw: Draw) -> Cases:
    """Whichever auction is asked for, the outcome is the same. Only a rule that has an auction of its own promises that."""
    other = evolve(dispute, auction=draw.one_of("another auction", tuple(Auction)))
    yield case(rule(other) == rule(dispute), other=other.auction)


def utility(dispute: Dispute, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent to which its value is worth what it bids in the dispute."""
    return bid_of(dispute, agent) - outcome.payment if isinstance(outcome, Settled) and outcome.winner == agent else 0


def misreport(dispute: Dispute, agent: str, draw: Draw) -> Dispute:
    """Draw another bid of one agent, of what it has at most."""
    claims = (
        evolve(claim, bid=draw.amount("the lie", at_most=claim.budget)) if claim.agent == agent else claim for claim in dispute.claims
    )
    return evolve(dispute, claims=tuple(claims))


def agents(dispute: Dispute) -> tuple[str, ...]:
    """List who claims."""
    return tuple(claim.agent for claim in dispute.claims)


truthful_bidding = truthful(agents, misreport, utility)

CLAUSES = (
    malformed_disputes_are_rejected,
    the_winner_sets_the_value,
    the_payment_is_collected,
    nobody_pays_more_than_it_bids,
    the_payment_is_that_of_the_auction,
    settled_if_somebody_bids_enough,
    ties_are_told_and_go_by_name,
    order_of_claims_is_irrelevant,
)

# ---- disputes

VALUES = ("cold", "mild", "warm")


def disputes(draw: Draw, most: int, auctions: tuple[Auction, ...] = tuple(Auction), steps: int = 1) -> Dispute:
    """Draw a dispute of two to `most` agents, each of which has what it bids or more, and a clock of none to so many steps, also where none is used."""
    names = [f"agent{number}" for number in range(draw.one_of("agents", range(2, most + 1)))]
    return dispute_of(draw, tuple(names), auctions, steps)


def dispute_of(draw: Draw, names: tuple[str, ...], auctions: tuple[Auction, ...], steps: int) -> Dispute:
    """Draw a dispute of some agents."""
    auction = draw.one_of("auction", auctions)
    claims = []
    for place, name in enumerate(names):
        bid = draw.amount(name)
        claims.append(Claim(name, VALUES[place % len(VALUES)], bid, bid + draw.amount(f"{name} has more by")))
    prices = [draw.amount("the first price")]
    for step in range(draw.one_of("steps", range(steps + 1))):
        prices.append(prices[-1] + 1 + draw.amount(f"step {step}, beyond 1"))
    return Dispute(tuple(claims), auction, tuple(prices))


def disputes_at_large(draw: Draw) -> Dispute:
    """Draw a dispute of two to five agents of any names, and a clock of up to four prices."""
    return dispute_of(draw, some_names(draw, "agent", 2, 5), tuple(Auction), 3)


FLAWS = ("one claim", "an agent twice", "a value twice", "a bid", "a budget", "a price", "too much", "no price", "a price twice")
"""That two agents claim one value is no flaw."""


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Dispute:
    """Draw a dispute of two agents with one of these flaws, of what comes first or of what comes last."""
    bid = draw.amount("bid")
    first, second = (Claim(name, value, bid, bid) for name, value in zip(("agent0", "agent1"), VALUES, strict=False))
    dispute = Dispute((first, second), draw.one_of("auction", tuple(Auction)), (0, 1))
    match draw.one_of("flaw", flaws):
        case "one claim":
            return evolve(dispute, claims=(first,))
        case "an agent twice":
            return evolve(dispute, claims=(first, second, first))
        case "a value twice":
            return evolve(dispute, claims=(first, evolve(second, value=first.value)))
        case "no price":
            return evolve(dispute, prices=())
        case "a price twice":
            return evolve(dispute, prices=draw.one_of("prices", ((0, 1, 1), (0, 0, 1))))
        case "too much":
            return with_claim(draw, dispute, evolve(second, bid=bid + 1))
        case which:
            wrong = NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]
            if which == "a price":
                return evolve(dispute, prices=(wrong, 1))
            return with_claim(draw, dispute, evolve(second, bid=wrong) if which == "a bid" else evolve(second, budget=wrong))


def with_claim(draw: Draw, dispute: Dispute, claim: Claim) -> Dispute:
    """Draw whether a claim comes after the first of a dispute, or before it."""
    first = dispute.claims[0]
    return evolve(dispute, claims=(first, claim) if draw.one_of("it comes last", (True, False)) else (claim, first))
