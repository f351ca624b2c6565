"""The sales on which combinatorial auctions are judged."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, permutations
from types import MappingProxyType
from typing import Any

from attrs import evolve

from concordant.spec.auctions.combinatorial_auction import Bid, Sale, bidders, in_short
from concordant.spec.auctions.combinatorial_auction import clauses as spec
from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Domain, Draw, Map

Goods = tuple[Map[str, int], tuple[Map[str, int], ...]]

GOODS: Map[str, Goods] = Map.of(
    {
        "two goods": (Map.of({"A": 1, "B": 1}), (Map.of({"A": 1}), Map.of({"B": 1}), Map.of({"A": 1, "B": 1}))),
        "two units": (Map.of({"A": 2}), (Map.of({"A": 1}), Map.of({"A": 2}), Map.of({"A": 3}))),
    }
)
"""What is for sale, and the packages for which one may bid, by name."""


def sales(draw: Draw, most: int, packages: int, goods: str = "two goods") -> Sale:
    """Draw a sale with up to so many bidders, each of whom bids for up to so many packages."""
    return sale_of(draw, draw.one_of("bidders", range(1, most + 1)), packages, goods)


def sale_of(draw: Draw, count: int, packages: int, goods: str = "two goods") -> Sale:
    """Draw a sale with so many bidders, each of whom bids for up to so many packages."""
    supply, offered = GOODS[goods]
    several = tuple(each for size in range(1, packages + 1) for each in combinations(offered, size))
    bids = (
        Bid(bidder, package, draw.amount(f"{in_short(package)} to {bidder}"))
        for bidder in (f"bidder{number}" for number in range(count))
        for package in draw.one_of(f"packages of {bidder}", several)
    )
    return Sale(supply, tuple(bids))


def sales_in_any_order(draw: Draw, most: int) -> Sale:
    """Draw a sale whose bids came in any order."""
    sale = sales(draw, most, 1)
    order = draw.one_of("order", tuple(permutations(range(len(sale.bids)))))
    return evolve(sale, bids=tuple(sale.bids[place] for place in order))


def single_goods(draw: Draw, most: int, names: tuple[str, ...] = ("A", "B", "C")) -> Sale:
    """Draw a sale of goods of one unit each, with up to so many bidders, each of whom bids for one package."""
    packages = [tuple(name for place, name in enumerate(names) if mask >> place & 1) for mask in range(1, 2 ** len(names))]
    bids = (
        Bid(
            f"bidder{number}", Map.of(dict.fromkeys(draw.one_of(f"package of bidder{number}", packages), 1)), draw.amount(f"bidder{number}")
        )
        for number in range(draw.one_of("bidders", range(1, most + 1)))
    )
    return Sale(Map.of(dict.fromkeys(names, 1)), tuple(bids))


def single_goods_at_large(draw: Draw) -> Sale:
    """Draw such a sale of four goods with up to six bidders."""
    return single_goods(draw, 6, ("A", "B", "C", "D"))


def three_in_a_ring(draw: Draw) -> Sale:
    """Draw a sale of three goods with three bidders, each of whom bids for one of them, and for it and the next."""
    bids = (
        Bid(f"bidder{place}", package, draw.amount(f"{in_short(package)} to bidder{place}"))
        for place, (good, following) in enumerate((("A", "B"), ("B", "C"), ("C", "A")))
        for package in (Map.of({good: 1}), Map.of({good: 1, following: 1}))
    )
    return Sale(Map.of({"A": 1, "B": 1, "C": 1}), tuple(bids))


def sales_at_large(draw: Draw) -> Sale:
    """Draw a sale of three goods, of up to two units each, with up to four bidders of any names and one or two packages each."""
    supply = Map.of({good: draw.one_of(f"units of {good}", (1, 2)) for good in "ABC"})
    bids: dict[tuple[str, Map[str, int]], Bid] = {}
    for name in some_names(draw, "bidder", 1, 4):
        for place in range(draw.one_of(f"packages of {name!r}", (1, 2))):
            units = {good: draw.one_of(f"{good} in {place} of {name!r}", range(3)) for good in "ABC"}
            package = Map.of({good: count for good, count in units.items() if count} or {"A": 1})
            bids[name, package] = Bid(name, package, draw.amount(f"bid {place} of {name!r}"))
    return Sale(supply, tuple(bids.values()))


FLAWS = ("no bid", "one bids twice", "an empty package", "what is not for sale", "units", "a supply", "a bid")
NO_UNITS: Mapping[str, Any] = MappingProxyType({"none": 0, "less than none": -1, "a truth": True, "nothing": None, "a text": "1"})


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = tuple(NO_AMOUNTS)) -> Sale:
    """Draw a sale to two bidders, of a package each, with one of these flaws; where an amount is none, one of these kinds."""
    sound = sale_of(draw, 2, 1)
    first, second = sound.bids
    match draw.one_of("flaw", flaws):
        case "no bid":
            return evolve(sound, bids=())
        case "one bids twice":
            return evolve(sound, bids=(first, second, evolve(first, amount=draw.amount("the second bid"))))
        case "a supply":
            return evolve(sound, supply=sound.supply.put("A", NO_UNITS[draw.one_of("it is", NO_UNITS)]))
        case flaw:
            wrong = with_a_flaw(draw, first, flaw, kinds)
            return evolve(sound, bids=(wrong, second) if draw.one_of("it comes first", (True, False)) else (second, wrong))


def with_a_flaw(draw: Draw, bid: Bid, flaw: str, kinds: tuple[str, ...]) -> Bid:
    """Draw a bid with a flaw."""
    match flaw:
        case "an empty package":
            return evolve(bid, package=Map())
        case "what is not for sale":
            return evolve(bid, package=Map.of({"C": 1}))
        case "units":
            return evolve(bid, package=Map.of({"A": NO_UNITS[draw.one_of("they are", NO_UNITS)]}))
        case _:
            return evolve(bid, amount=NO_AMOUNTS[draw.one_of("it is", kinds)])


def careless(draw: Draw) -> Sale:
    """Draw a sale with any flaws, or none: what is told is the first."""
    bids = tuple(
        Bid(
            draw.one_of(f"bidder {place}", ("ann", "bob", "cid")),
            Map.of(draw.one_of(f"package {place}", ({"A": 1}, {"A": 1, "B": 1}, {"B": 2}, {"C": 1}, {}))),
            perhaps(draw, f"bid {place}"),
        )
        for place in range(draw.one_of("bids", range(4)))
    )
    return Sale(Map.of({"A": 1, "B": draw.one_of("units of B", (1, 1, 0))}), bids)


SALES = Domain(sales, malformed, spec.malformed_sales_are_rejected, bidders, spec.misreport, spec.utility)
truthful_bidding = SALES.truthful

FEASIBLE = (
    spec.malformed_sales_are_rejected,
    spec.allocated_or_rejected,
    spec.no_unit_is_sold_twice,
    spec.one_package_each_as_bid,
    spec.individually_rational,
    spec.order_of_bids_is_irrelevant,
)
EFFICIENT = (*FEASIBLE, spec.sold_for_the_most, spec.ties_are_counted_and_broken_by_name)
PAY_AS_BID = (*EFFICIENT, spec.winners_pay_what_they_bid)
VICKREY_CLARKE_GROVES = (*EFFICIENT, spec.payments_are_what_the_others_lose, truthful_bidding)
GREEDY = (*FEASIBLE, spec.nobody_is_passed_over, spec.winners_pay_what_they_bid, spec.within_the_root_of_the_number_of_goods)
