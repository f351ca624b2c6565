"""Rules that depend on what bidders are called, or on who was listed first, were proved to depend on their names: profiles of a proof have a few, in order."""

from __future__ import annotations

from attrs import frozen

from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all


@frozen
class Bid:
    name: str
    amount: Amount


@frozen
class Sale:
    winner: str
    price: Amount


Bids = tuple[Bid, ...]
THREE = "for three bidders and all real bids not below 0"


def three_bids(draw: Draw) -> Bids:
    return tuple(Bid(name, draw.amount(name)) for name in ("ann", "bob", "cho"))


@for_all
def the_first_by_name_of_the_best_wins(bids: Bids, sale: Sale) -> Cases:
    """The highest bid wins, of equal ones that of the first by name."""
    best = max(bid.amount for bid in bids)
    yield case(sale.winner == min(bid.name for bid in bids if bid.amount == best))


@for_all
def ann_wins_by_a_best_bid_alone(bids: Bids, sale: Sale) -> Cases:
    """Ann wins only where nobody bids more."""
    [ann] = [bid for bid in bids if bid.name == "ann"]
    yield case(sale.winner != ann.name or all(bid.amount <= ann.amount for bid in bids))


def sold(ranked: list[Bid]) -> Sale:
    return Sale(ranked[0].name, ranked[1].amount)


def of_equals_the_first_by_name(bids: Bids) -> Sale:
    return sold(sorted(bids, key=lambda bid: (-bid.amount, bid.name)))


def of_equals_the_first_listed(bids: Bids) -> Sale:
    return sold(sorted(bids, key=lambda bid: -bid.amount))


def of_equals_the_shortest_name(bids: Bids) -> Sale:
    return sold(sorted(bids, key=lambda bid: (-bid.amount, len(bid.name), bid.name)))


def test_that_the_first_by_name_wins_is_not_proved_of_a_rule_that_takes_the_first_listed() -> None:
    wrong = Mechanism(of_equals_the_first_listed, three_bids, (the_first_by_name_of_the_best_wins,))
    finding = by_running("auction.first", the_first_by_name_of_the_best_wins, wrong, THREE).prove()

    assert finding.standing is ProofStatus.FAILED
    assert "fails where ann is called 'cho', bob is called 'bob', cho is called 'ann'" in finding.detail


def test_that_the_first_by_name_wins_is_not_proved_of_a_rule_that_takes_the_shortest() -> None:
    wrong = Mechanism(of_equals_the_shortest_name, three_bids, (the_first_by_name_of_the_best_wins,))

    assert by_running("auction.first", the_first_by_name_of_the_best_wins, wrong, THREE).prove().standing is ProofStatus.FAILED


def test_that_the_first_by_name_wins_is_proved_of_a_rule_that_takes_the_first_by_name() -> None:
    right = Mechanism(of_equals_the_first_by_name, three_bids, (the_first_by_name_of_the_best_wins,))

    assert by_running("auction.first", the_first_by_name_of_the_best_wins, right, THREE).prove().standing is ProofStatus.PROVED


def test_who_is_named_in_the_clause_is_not_called_otherwise() -> None:
    right = Mechanism(of_equals_the_first_by_name, three_bids, (ann_wins_by_a_best_bid_alone,))

    assert by_running("auction.ann", ann_wins_by_a_best_bid_alone, right, THREE).prove().standing is ProofStatus.PROVED
