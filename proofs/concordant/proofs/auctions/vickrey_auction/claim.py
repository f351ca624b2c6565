"""The second-price auction is truthful: the shipped function up to five bidders, and for any number every rule that meets its specification.

Claim: `second_price` keeps each of its clauses, for all real bids and reserves. What determines a rule for any number of
bidders is its specification: sold if, and only if, the reserve is met, to a best bidder, at the best of the reserve and the
other bids. The function meets it, by running it with one to six bidders; and whatever meets it is truthful, with any number of
bidders, by one proof about two profiles that differ in one bid.
Assumes: private values, no collusion, as the clauses do.
Not covered: that the function meets its specification with seven bidders and more, which running cannot show.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import z3
from attrs import evolve

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.shared.auctions import (
    Bid,
    Direction,
    Outcome,
    Profile,
    Sale,
    individually_rational,
    sold_to_the_best,
    truthful_bidding,
)
from concordant.spec.auctions.vickrey_auction import CLAUSES, price_is_the_best_of_the_others
from concordant.spec.vocabulary import Amount, Draw, ratio

And, Not, Implies, If = z3.And, z3.Not, z3.Implies, z3.If
REALS = "all real amounts that are not negative"
ALL_BID = "who all bid, each as good as the reserve; both directions"

# ---- the shipped function


def everybody(draw: Draw, least: int, most: int, directions: tuple[Direction, ...] = tuple(Direction)) -> Profile:
    """Draw a profile in which everybody bids, and every bid is as good as the reserve; who does not bid might as well be absent."""
    count, direction = draw.one_of("bidders", range(least, most + 1)), draw.one_of("direction", directions)
    bids = tuple(Bid(f"bidder{number}", draw.amount(f"bidder{number}")) for number in range(count))
    amounts = (bid.amount for bid in bids if bid.amount is not None)
    reserve = 0 if direction is Direction.FORWARD else sum(amounts, draw.amount("the buyer could pay besides"))
    return Profile(bids, reserve, direction)


def among(least: int, most: int, rule: Callable[[Profile], Outcome] = second_price, *directions: Direction) -> Mechanism[Profile, Outcome]:
    """Return the auction with so many bidders, all of whom bid."""
    return SECOND_PRICE_AUCTION.replaced_by(rule).over(
        partial(everybody, least=least, most=most, directions=directions or tuple(Direction))
    )


OF_THREE = tuple(
    by_running(
        f"vickrey_auction.{clause.name}",
        clause,
        SECOND_PRICE_AUCTION.on(3),
        f"{REALS}; one to three bidders, each of whom may decline; any reserve, both directions",
    )
    for clause in CLAUSES
)
OF_FIVE = tuple(
    by_running(f"vickrey_auction.{clause.name}_up_to_five", clause, among(2, 5), f"{REALS}; two to five bidders, {ALL_BID}")
    for clause in (truthful_bidding, individually_rational, sold_to_the_best)
)
MEETS_ITS_SPECIFICATION = tuple(
    by_running(f"vickrey_auction.{clause.name}_up_to_six", clause, among(1, 6), f"{REALS}; one to six bidders, {ALL_BID}")
    for clause in (sold_to_the_best, price_is_the_best_of_the_others)
)

# ---- every rule, any number of bidders

BIDDER = z3.DeclareSort("Bidder")
LIAR = z3.Const("the liar", BIDDER)
BID = z3.Function("bid", BIDDER, z3.RealSort())
BIDS = z3.Function("bids", BIDDER, z3.BoolSort())
RESERVE = z3.Real("the reserve")


class AnyRun:
    """One run of any rule: a sealed profile, and what came of it. Those that bid as well as the winner are in no order."""

    def __init__(self, name: str, bid: Callable[[Term], Term], bids: Callable[[Term], Term], direction: Direction) -> None:
        self.sold, self.price = z3.Bool(f"sold, {name}"), z3.Real(f"price, {name}")
        self.winner, self.runner_up = z3.Const(f"winner, {name}", BIDDER), z3.Const(f"runner-up, {name}", BIDDER)
        self._bid, self._bids, self._forward = bid, bids, direction is Direction.FORWARD

    def beats(self, one: Term, other: Term) -> Term:
        """State that one bid is strictly better than another."""
        return one > other if self._forward else one < other

    def taken(self, bidder: Term) -> Term:
        """State that a bid is made, and is as good as the reserve."""
        return And(self._bids(bidder), Not(self.beats(RESERVE, self._bid(bidder))))

    def sale(self) -> list[Term]:
        """State that it is sold to a best bidder if, and only if, the reserve is met."""
        best = forall(
            BIDDER, lambda other: Implies(And(self.sold, self.taken(other)), Not(self.beats(self._bid(other), self._bid(self.winner))))
        )
        return [
            Implies(self.sold, self.taken(self.winner)),
            forall(BIDDER, lambda other: Implies(Not(self.sold), Not(self.taken(other)))),
            best,
        ]

    def pricing(self) -> list[Term]:
        """State that the price is the best of the reserve and the other bids."""
        rival = And(self.taken(self.runner_up), self.runner_up != self.winner)
        attained = z3.Or(self.price == RESERVE, And(rival, self.price == self._bid(self.runner_up)))
        no_better = forall(
            BIDDER,
            lambda other: Implies(And(self.sold, other != self.winner, self.taken(other)), Not(self.beats(self._bid(other), self.price))),
        )
        return [Implies(self.sold, And(attained, Not(self.beats(RESERVE, self.price)))), no_better]

    def gain(self, bidder: Term, value: Term) -> Term:
        """Return what the outcome is worth to a bidder."""
        surplus = value - self.price if self._forward else self.price - value
        return If(And(self.sold, self.winner == bidder), surplus, z3.RealVal(0))


def _two_runs(direction: Direction) -> tuple[AnyRun, AnyRun]:
    """Return an honest run and one in which the liar bids something else, or declines."""
    lie, made = z3.Real("the lie"), z3.Bool("the liar bids")
    honest = AnyRun("honest", BID, BIDS, direction)
    return honest, AnyRun("lying", lambda one: If(one == LIAR, lie, BID(one)), lambda one: If(one == LIAR, made, BIDS(one)), direction)


def _truthful(direction: Direction, *, priced: bool = True) -> tuple[list[Term], Term]:
    honest, lying = _two_runs(direction)
    specified = [fact for run in (honest, lying) for fact in (*run.sale(), *(run.pricing() if priced else ()))]
    return [BIDS(LIAR), *specified], honest.gain(LIAR, BID(LIAR)) >= lying.gain(LIAR, BID(LIAR))


def _rational(direction: Direction) -> tuple[list[Term], Term]:
    honest, _ = _two_runs(direction)
    return [BIDS(LIAR), *honest.sale(), *honest.pricing()], honest.gain(LIAR, BID(LIAR)) >= 0


ANY_NUMBER = "any number of bidders, any of whom may decline; all real bids and reserves; every tie-break"
WHATEVER_MEETS_IT = tuple(
    theorem(f"vickrey_auction.{name}_{direction.value}", claim, ANY_NUMBER, partial(state, direction), why=why)
    for direction in Direction
    for name, claim, state, why in (
        (
            "specification_is_truthful",
            f"Whatever rule meets the specification is truthful ({direction.value}).",
            _truthful,
            "what the liar would pay does not depend on what it bids, and honesty wins exactly where winning is worth that.",
        ),
        (
            "specification_is_rational",
            f"Whatever rule meets the specification never costs an honest bidder anything ({direction.value}).",
            _rational,
            "the price is the reserve, which the winner's bid meets, or the bid of another, which does not beat it.",
        ),
    )
)
PRICE_MATTERS = theorem(
    "vickrey_auction.winners_alone_do_not_make_it_truthful",
    "Selling to the best bidder at any other price is not truthful.",
    EXAMPLE,
    partial(_truthful, Direction.FORWARD, priced=False),
    holds=False,
)

# ---- wrong prices


def priced(price: Callable[[Profile, Sale], Amount]) -> Callable[[Profile], Outcome]:
    """Return the auction with another price."""

    def rule(profile: Profile) -> Outcome:
        outcome = second_price(profile)
        return evolve(outcome, price=price(profile, outcome)) if isinstance(outcome, Sale) else outcome

    return rule


def own_bid(profile: Profile, sale: Sale) -> Amount:
    """Return what the winner bid."""
    return taken(profile)[sale.winner]


def average_of_the_losers(profile: Profile, sale: Sale) -> Amount:
    """Return the average of the losing bids, which with two bidders is the second price."""
    losing = [bid for bidder, bid in taken(profile).items() if bidder != sale.winner]
    return ratio(sum(losing), len(losing)) if losing else profile.reserve


def own_bid_where_alone(profile: Profile, sale: Sale) -> Amount:
    """Return the second price, and where nobody else bids the only bid there is."""
    return sale.price if len(taken(profile)) > 1 else own_bid(profile, sale)


FIRST_PRICE = tuple(
    by_running(
        f"vickrey_auction.first_price_is_not_truthful_{direction.value}",
        truthful_bidding,
        among(2, 2, priced(own_bid), direction),
        claim=f"Who pays its own bid gains by a worse one ({direction.value}).",
        holds=False,
    )
    for direction in Direction
)
AVERAGE_OF_THE_LOSERS = (
    by_running(
        "vickrey_auction.average_of_the_losers_passes_two",
        truthful_bidding,
        among(2, 2, priced(average_of_the_losers)),
        f"{REALS}; two bidders, {ALL_BID}",
        claim="At the average of the losing bids honesty is best, as long as only two bid: small scopes do not show everything.",
    ),
    by_running(
        "vickrey_auction.average_of_the_losers_fails_three",
        truthful_bidding,
        among(3, 3, priced(average_of_the_losers)),
        claim="At the average of the losing bids a third bidder makes it pay to lie.",
        holds=False,
    ),
)
ALONE = by_running(
    "vickrey_auction.alone_at_its_own_bid",
    truthful_bidding,
    among(1, 1, priced(own_bid_where_alone)),
    claim="Who is priced at its own bid where nobody else bids gains by bidding less (SPA-2, SPA-4).",
    holds=False,
)
