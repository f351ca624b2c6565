"""What a combinatorial auction promises, and what it cannot."""

from __future__ import annotations

from itertools import chain, combinations

from attrs import evolve

from concordant.spec.auctions.combinatorial_auction import (
    REJECTED,
    Allocation,
    Bid,
    Outcome,
    Rule,
    Sale,
    bidders,
    every_allocation,
    fits,
    in_short,
    most,
    named,
    without,
    worth,
)
from concordant.spec.vocabulary import Amount, Cases, Draw, Rejected, case, for_all, is_amount, rejection, relates

# ---- clauses about one run


@for_all
def allocated_or_rejected(sale: Sale, outcome: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """Whatever is not rejected is allocated, even if to nobody."""
    if not isinstance(outcome, Rejected):
        yield case(isinstance(outcome, Allocation), outcome=outcome)


@for_all
def no_unit_is_sold_twice(sale: Sale, outcome: Outcome) -> Cases:
    """No more units of a good are sold than there are."""
    if isinstance(outcome, Allocation):
        yield case(fits(sale, outcome.won), won=outcome.won, supply=sale.supply)


@for_all
def one_package_each_as_bid(sale: Sale, outcome: Outcome) -> Cases:
    """Only what was bid for is sold, to whoever bid for it, and to nobody more than one package; by the names of the bidders."""
    if isinstance(outcome, Allocation):
        winners = [bid.bidder for bid in outcome.won]
        yield case(winners == sorted(set(winners)) and all(bid in sale.bids for bid in outcome.won), won=outcome.won)


@for_all
def sold_for_the_most(sale: Sale, outcome: Outcome) -> Cases:
    """No allocation is worth more than the one chosen, among all that there are."""
    if isinstance(outcome, Allocation):
        yield case(worth(outcome.won) == most(sale), won=outcome.won, most=most(sale))


@for_all
def ties_are_counted_and_broken_by_name(sale: Sale, outcome: Outcome) -> Cases:
    """Of allocations worth as much the one with the fewest packages is chosen, then the first by names; how many there are is told."""
    if isinstance(outcome, Allocation):
        tied = [each for each in every_allocation(sale) if worth(each) == worth(outcome.won)]
        fewest = [each for each in tied if len(each) == min(map(len, tied))]
        first = min(fewest, key=lambda each: [named(bid) for bid in each])
        yield case(outcome.won == first and outcome.tied == len(tied), won=outcome.won, first=first, tied=len(tied))


@for_all
def payments_are_what_the_others_lose(sale: Sale, outcome: Outcome) -> Cases:
    """Each pays what the others could have had without it, less what they get; who wins nothing pays nothing."""
    if isinstance(outcome, Allocation):
        yield case(outcome.payments.keys() == bidders(sale), payments=outcome.payments)
        for bidder, payment in outcome.payments.items():
            others = worth(tuple(bid for bid in outcome.won if bid.bidder != bidder))
            yield case(payment + others == most(without(sale, bidder)), bidder=bidder, payment=payment, others=others)


@for_all
def individually_rational(sale: Sale, outcome: Outcome) -> Cases:  # noqa: ARG001  # as above
    """Nobody pays more than it bid for what it gets, or is paid anything."""
    if isinstance(outcome, Allocation):
        for bidder, payment in outcome.payments.items():
            bid = sum(bid.amount for bid in outcome.won if bid.bidder == bidder)
            yield case(is_amount(payment) and 0 <= payment <= bid, bidder=bidder, payment=payment, bid=bid)


@for_all
def winners_pay_what_they_bid(sale: Sale, outcome: Outcome) -> Cases:
    """Each pays what it bid for what it gets."""
    if isinstance(outcome, Allocation):
        for bidder in bidders(sale):
            bid = sum(bid.amount for bid in outcome.won if bid.bidder == bidder)
            yield case(outcome.payments.get(bidder) == bid, bidder=bidder, bid=bid, payments=outcome.payments)


@for_all
def nobody_is_passed_over(sale: Sale, outcome: Outcome) -> Cases:
    """A bid loses only to bids that come before it, by amount over the root of the number of units, then by name: they leave too little, or are its bidder's."""
    if isinstance(outcome, Allocation):
        for bid in sale.bids:
            if bid not in outcome.won:
                before = tuple(each for each in outcome.won if comes_before(each, bid))
                lost = bid.bidder in [each.bidder for each in before] or not fits(sale, (*before, bid))
                yield case(lost, bid=bid, before=before)


def comes_before(one: Bid, other: Bid) -> bool:
    """Tell which of two bids is more for the root of its number of units; of equal ones the first by name. Squares are exact."""
    left, right = (
        one.amount * one.amount * sum(other.package.values()),
        other.amount * other.amount * sum(one.package.values()),
    )
    return named(one) < named(other) if left == right else left > right


@for_all
def within_the_root_of_the_number_of_goods(sale: Sale, outcome: Outcome) -> Cases:
    """For m goods, of one unit each, and bidders of one package each, the best allocation is worth at most √m times as much."""
    if isinstance(outcome, Allocation) and set(sale.supply.values()) == {1} and len(bidders(sale)) == len(sale.bids):
        found, best = worth(outcome.won), most(sale)
        yield case(best * best <= len(sale.supply) * found * found, found=found, best=best)


@for_all
def in_the_core(sale: Sale, outcome: Outcome) -> Cases:
    """No group of bidders could offer the seller more than it gets, and be better off: nobody would want to go round the auction."""
    if isinstance(outcome, Allocation):
        revenue = sum(outcome.payments.values())
        everybody = bidders(sale)
        for group in chain.from_iterable(combinations(everybody, size) for size in range(1, len(everybody) + 1)):
            among = most(evolve(sale, bids=tuple(bid for bid in sale.bids if bid.bidder in group)))
            gains = sum(utility(sale, bidder, outcome) for bidder in group)
            yield case(among <= revenue + gains, group=group, could_offer=among - gains, revenue=revenue)


@for_all
def malformed_sales_are_rejected(sale: Sale, outcome: Outcome) -> Cases:
    """A sale is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, sale, outcome)


# ---- clauses about several runs


@relates
def order_of_bids_is_irrelevant(rule: Rule, sale: Sale, draw: Draw) -> Cases:
    """Whoever bids earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(sale.bids)))
    moved = (sale.bids[place], *sale.bids[:place], *sale.bids[place + 1 :])
    yield case(rule(evolve(sale, bids=moved)) == rule(sale), moved=sale.bids[place])


@relates
def one_more_bidder_brings_no_less(rule: Rule, sale: Sale, draw: Draw) -> Cases:
    """Without a bidder the seller gets no more: it need not fear that somebody comes."""
    if len(bidders(sale)) > 1:
        missing = draw.one_of("who stays away", bidders(sale))
        with_all, less = rule(sale), rule(without(sale, missing))
        yield case(revenue(less) <= revenue(with_all), missing=missing, with_all=with_all, less=less)


def revenue(outcome: Outcome) -> Amount:
    """Return what all pay together."""
    return sum(outcome.payments.values()) if isinstance(outcome, Allocation) else 0


def utility(sale: Sale, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a bidder to whom its packages are worth what it bids for them in the sale."""
    if not isinstance(outcome, Allocation):
        return 0
    got = {named(bid) for bid in outcome.won if bid.bidder == agent}
    return sum(bid.amount for bid in sale.bids if named(bid) in got) - outcome.payments.get(agent, 0)


def misreport(sale: Sale, agent: str, draw: Draw) -> Sale:
    """Draw other amounts for the packages of one bidder."""
    return evolve(sale, bids=tuple(other(bid, draw) if bid.bidder == agent else bid for bid in sale.bids))


def other(bid: Bid, draw: Draw) -> Bid:
    """Draw another amount for a package."""
    return evolve(bid, amount=draw.amount(f"the lie about {in_short(bid.package)}"))
