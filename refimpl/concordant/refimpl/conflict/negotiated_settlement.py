"""Settlement by auction: a pure function from claims to the value of a variable and what the winner has paid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.auctions.english_auction import ascending
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.spec.auctions.shared.auctions import Bid, NoSale, Profile, Sale
from concordant.spec.auctions.shared.clocks import Clock, Sold, Unresolved, Unsold
from concordant.spec.conflict.negotiated_settlement import (
    CLAUSES,
    DUPLICATE,
    NEGATIVE,
    NO_CLOCK,
    NO_DISPUTE,
    NOT_EXACT,
    OVER_BUDGET,
    Auction,
    Claim,
    Dispute,
    Outcome,
    Rule,
    Settled,
    Unsettled,
    disputes,
    malformed,
    malformed_disputes_are_rejected,
    the_auction_is_fixed,
    truthful_bidding,
)
from concordant.spec.vocabulary import Amount, Draw, Map, Rejected, RuleClause, is_amount


@frozen
class Won:
    """What all auctions come to when the right to set the variable is sold."""

    winner: str
    price: Amount
    tied: tuple[str, ...]


Result: TypeAlias = Won | Unsettled


def settle(dispute: Dispute) -> Outcome:
    """Sell the right to set the variable, and let the winner pay for it."""
    reason = flaw(dispute)
    if reason is not None:
        return reason
    result = sold(dispute)
    if isinstance(result, Unsettled):
        return result
    left = {claim.agent: claim.budget - (result.price if claim.agent == result.winner else 0) for claim in dispute.claims}
    value = next(claim.value for claim in dispute.claims if claim.agent == result.winner)
    return Settled(value, result.winner, result.price, result.tied, Map.of(left))


def sold(dispute: Dispute) -> Result:
    """Run the auction, and say what has come of it in words that are the same for all."""
    bids = tuple(Bid(claim.agent, claim.bid) for claim in dispute.claims)
    match dispute.auction:
        case Auction.RISING_CLOCK:
            return of_clock(ascending(Clock(bids, dispute.prices)))
        case Auction.FIRST_PRICE:
            return of_seal(first_price(Profile(bids, dispute.prices[0])))
        case Auction.SECOND_PRICE:
            return of_seal(second_price(Profile(bids, dispute.prices[0])))
        case _:
            assert_never(dispute.auction)


def of_seal(outcome: Sale | NoSale | Rejected) -> Result:
    """Translate what comes of sealed bids. None is refused here that was not refused before."""
    return Won(outcome.winner, outcome.price, outcome.tied) if isinstance(outcome, Sale) else Unsettled()


def of_clock(outcome: Sold | Unsold | Unresolved | Rejected) -> Result:
    """Translate what comes of a clock."""
    match outcome:
        case Sold(winner, price, tied):
            return Won(winner, price, tied)
        case Unresolved(active):
            return Unsettled(active)
        case _:
            return Unsettled()


def flaw(dispute: Dispute) -> Rejected | None:
    """Return why a dispute is refused; None where it is not."""
    amounts = [*dispute.prices, *(amount for claim in dispute.claims for amount in (claim.bid, claim.budget))]
    if len(dispute.claims) < 2:
        return NO_DISPUTE
    if len({claim.agent for claim in dispute.claims}) < len(dispute.claims):
        return DUPLICATE
    if not all(is_amount(amount) for amount in amounts):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if not all(map(can_pay, dispute.claims)):
        return OVER_BUDGET
    return NO_CLOCK if not dispute.prices or any(later <= earlier for earlier, later in pairwise(dispute.prices)) else None


def can_pay(claim: Claim) -> bool:
    """Tell whether an agent has what it bids."""
    return claim.bid <= claim.budget


FIXED: tuple[RuleClause, ...] = (*CLAUSES, the_auction_is_fixed)
"""What is promised where the price is always the bid."""
HONEST: tuple[RuleClause, ...] = (*FIXED, truthful_bidding)
"""What is promised where the price is always the second bid."""


def settling(disputes: Callable[[Draw], Dispute], rule: Rule = settle) -> Mechanism[Dispute, Outcome]:
    """Return a rule on some disputes."""
    return Mechanism(rule, disputes, CLAUSES)


def at_second_price(dispute: Dispute) -> Outcome:
    """Settle a dispute by the second price, where honesty pays, whichever auction it asks for."""
    return settle(evolve(dispute, auction=Auction.SECOND_PRICE))


def at_first_price(dispute: Dispute) -> Outcome:
    """Settle a dispute by the first price, whichever auction it asks for."""
    return settle(evolve(dispute, auction=Auction.FIRST_PRICE))


def second_price_alone(rule: Rule = at_second_price, most: int = 2) -> Mechanism[Dispute, Outcome]:
    """Return a rule on disputes of up to `most` agents that bid for the second price."""
    return Mechanism(rule, partial(disputes, most=most, auctions=(Auction.SECOND_PRICE,)), HONEST)


def first_price_alone(rule: Rule = at_first_price) -> Mechanism[Dispute, Outcome]:
    """Return a rule on disputes of two agents that bid for the first price."""
    return Mechanism(rule, partial(disputes, most=2, auctions=(Auction.FIRST_PRICE,)), FIXED)


def on_malformed(rule: Rule = settle) -> Mechanism[Dispute, Outcome]:
    """Return a rule on disputes with a flaw."""
    return Mechanism(rule, malformed, (malformed_disputes_are_rejected,))


# ---- what the rule does not promise

HIGHER_THAN_NEEDED = KnownViolation(
    truthful_bidding,
    "Of two that bid 1 and 0 at the first price, the first pays 1; a bid of 0 wins too, by name, and costs nothing.",
    first_price_alone(),
    witness={
        "agents": 2,
        "auction": Auction.FIRST_PRICE,
        "agent0": 1,
        "agent0 has more by": 0,
        "agent1": 0,
        "agent1 has more by": 0,
        "the first price": 0,
        "steps": 0,
        "who lies": "agent0",
        "the lie": 0,
    },
)
