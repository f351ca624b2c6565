"""Packages of goods, bids in and allocation out; and what a general solver of integer programs makes of the same bids."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from scipy.optimize import Bounds, LinearConstraint, milp

from concordant.checks.mechanisms.refute import replay_draws
from concordant.pitfalls.auctions.combinatorial_auction.paying import best_losing_overlap
from concordant.pitfalls.auctions.combinatorial_auction.selling import any_number_of_packages, by_amount, good_by_good
from concordant.refimpl.auctions.combinatorial_auction import (
    BRINGS_LESS,
    OUTSIDE_THE_CORE,
    greedy,
    pay_as_bid,
    vickrey_clarke_groves,
    worth,
)
from concordant.spec.auctions.combinatorial_auction import (
    DUPLICATE_PACKAGE,
    EMPTY_PACKAGE,
    NEGATIVE,
    NO_BIDS,
    NOT_EXACT,
    NOT_WHOLE,
    UNKNOWN_GOOD,
    Allocation,
    Bid,
    Sale,
    in_short,
)
from concordant.spec.auctions.combinatorial_auction import clauses as spec
from concordant.spec.auctions.combinatorial_auction.sales import GREEDY, VICKREY_CLARKE_GROVES, three_in_a_ring
from concordant.spec.vocabulary import ForAll, Map, Recorded, Rejected


def sale(*bids: tuple[str, str, Any], **supply: Any) -> Sale:
    """Put a sale together of bids such as ("ann", "AAB", 5); by default there is one unit each of A and B."""
    listed = (Bid(name, Map.of({good: goods.count(good) for good in goods}), amount) for name, goods, amount in bids)
    return Sale(Map.of(supply or {"A": 1, "B": 1}), tuple(listed))


def sold(given: Sale, *places: int, tied: int | None = 1, **payments: Any) -> Allocation:
    """Name the bids that win by their places in the sale."""
    return Allocation(tuple(given.bids[place] for place in places), Map.of(payments), tied)


CROWD = sale(("ann", "AB", 10), ("bob", "A", 7), ("cay", "B", 7))
LITTLE = sale(("ann", "AB", 2), ("bob", "A", 2), ("cay", "B", 2))
EITHER = sale(("ann", "A", 5), ("ann", "B", 4), ("bob", "A", 3))
UNITS = sale(("ann", "AA", 5), ("bob", "A", 3), ("cay", "A", 1), A=2)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (CROWD, sold(CROWD, 1, 2, ann=0, bob=3, cay=3)),
        (LITTLE, sold(LITTLE, 1, 2, ann=0, bob=0, cay=0)),
        (EITHER, sold(EITHER, 1, 2, ann=0, bob=1)),
        (UNITS, sold(UNITS, 0, ann=4, bob=0, cay=0)),
    ],
)
def test_what_is_worth_most_together_is_sold_and_each_pays_what_the_others_lose(given: Sale, outcome: Allocation) -> None:
    assert vickrey_clarke_groves(given) == outcome
    assert vickrey_clarke_groves(evolve(given, bids=given.bids[::-1])) == outcome


def test_who_pays_as_it_bids_gets_the_same() -> None:
    assert pay_as_bid(CROWD) == sold(CROWD, 1, 2, ann=0, bob=7, cay=7)


def test_of_equal_allocations_the_fewest_packages_are_sold_then_the_first_by_name() -> None:
    equal = sale(("bob", "AB", 4), ("ann", "A", 2), ("cay", "B", 2), ("dan", "AB", 4), ("eve", "B", 0))

    assert vickrey_clarke_groves(equal) == sold(equal, 0, tied=3, ann=0, bob=4, cay=0, dan=0, eve=0)
    assert vickrey_clarke_groves(sale(("ann", "A", 0))) == Allocation((), Map.of({"ann": 0}), 2)


def test_the_greedy_rule_ranks_by_amount_over_the_root_of_the_units() -> None:
    tight, loose = sale(("ann", "AB", 3), ("bob", "A", 2), ("cay", "B", 2)), sale(("ann", "AB", 4), ("bob", "A", 3), ("cay", "B", 1))

    assert greedy(tight) == sold(tight, 0, tied=None, ann=3, bob=0, cay=0)
    assert greedy(loose) == sold(loose, 1, 2, tied=None, ann=0, bob=3, cay=1)
    assert greedy(EITHER) == sold(EITHER, 0, tied=None, ann=5, bob=0)
    assert greedy(sale()) == NO_BIDS


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (sale(), NO_BIDS),
        (sale(("ann", "A", 1), ("ann", "A", 2)), DUPLICATE_PACKAGE),
        (sale(("ann", "", 1)), EMPTY_PACKAGE),
        (sale(("ann", "C", 1)), UNKNOWN_GOOD),
        (sale(("ann", "A", 1), A=0), NOT_WHOLE),
        (sale(("ann", "A", 1), A=True), NOT_WHOLE),
        (sale(("ann", "A", 1), A=Fraction(3, 2)), NOT_WHOLE),
        (sale(("ann", "A", 0.5)), NOT_EXACT),
        (sale(("ann", "A", None)), NOT_EXACT),
        (sale(("ann", "A", -1)), NEGATIVE),
    ],
)
def test_a_malformed_sale_is_rejected_with_the_reason_of_its_rule(given: Sale, reason: Rejected) -> None:
    assert [rule(given) for rule in (vickrey_clarke_groves, pay_as_bid, greedy)] == [reason] * 3


def test_only_one_promise_is_about_a_rejection() -> None:
    clauses = [each for each in (*VICKREY_CLARKE_GROVES, *GREEDY, spec.in_the_core) if isinstance(each, ForAll)]

    assert {clause.name for clause in clauses if list(clause.cases(CROWD, NO_BIDS))} == {"malformed_sales_are_rejected"}
    assert [spec.utility(CROWD, "ann", NO_BIDS), spec.revenue(NO_BIDS)] == [0, 0]


def test_the_bound_is_about_goods_of_one_unit_and_bidders_of_one_package() -> None:
    bound = spec.within_the_root_of_the_number_of_goods

    judged = [list(bound.cases(given, sold(given, 0, tied=None))) for given in (CROWD, UNITS, EITHER)]
    assert [[each.holds for each in cases] for cases in judged] == [[True], [], []]


def test_two_get_for_nothing_what_a_loser_would_have_paid_for() -> None:
    assert replay_draws(OUTSIDE_THE_CORE).facts["revenue"] == 0
    less: Any = replay_draws(BRINGS_LESS).facts
    assert [spec.revenue(less[name]) for name in ("with_all", "less")] == [0, 1]


def test_where_all_pay_what_they_bid_nobody_would_go_round_the_auction_and_one_bidder_alone_is_not_missed() -> None:
    assert {each.holds for each in spec.in_the_core.cases(CROWD, pay_as_bid(CROWD))} == {True}
    nothing_is_drawn: Any = None
    assert list(spec.one_more_bidder_brings_no_less.cases(vickrey_clarke_groves, sale(("ann", "A", 1)), nothing_is_drawn)) == []


def test_readings_of_the_documents_go_wrong() -> None:
    wants_either = sale(("ann", "A", 1), ("ann", "B", 1))
    needs_both = sale(("ann", "AB", 4), ("bob", "A", 5))

    assert by_amount(CROWD) == sold(CROWD, 0, tied=1, ann=14, bob=0, cay=0)
    assert any_number_of_packages(wants_either) == sold(wants_either, 0, 1, ann=2)
    assert good_by_good(needs_both) == Allocation(
        (Bid("ann", Map.of({"B": 1}), 4), Bid("bob", Map.of({"A": 1}), 5)), Map.of({"ann": 4, "bob": 5}), 1
    )
    assert [best_losing_overlap(LITTLE, LITTLE.bids[1:], name) for name in ("ann", "bob", "cay")] == [0, 2, 2]


@pytest.mark.parametrize("seed", range(25))
def test_a_solver_of_integer_programs_finds_nothing_worth_more(seed: int) -> None:
    choose = Random(seed)  # noqa: S311  # a test that repeats
    goods = "ABC"
    packages = {(choose.choice("vwxyz"), tuple(choose.randrange(3) for _ in goods)) for _ in range(8)}
    bids = [(name, units, choose.randrange(20)) for name, units in sorted(packages) if any(units)]
    supply = [choose.randrange(1, 4) for _ in goods]
    given = Sale(
        Map.of(zip(goods, supply, strict=True)),
        tuple(
            Bid(name, Map.of({good: count for good, count in zip(goods, units, strict=True) if count}), amount)
            for name, units, amount in bids
        ),
    )
    names = sorted({name for name, _, _ in bids})
    taken = np.array([[units[place] for _, units, _ in bids] for place in range(3)] + [[name == bid[0] for bid in bids] for name in names])
    solved = milp(
        -np.array([amount for _, _, amount in bids]),
        integrality=np.ones(len(bids)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(taken, -np.inf, np.array([*supply, *(1 for _ in names)])),
    )
    outcome = vickrey_clarke_groves(given)

    assert isinstance(outcome, Allocation)
    assert worth(outcome.won) == round(-solved.fun)


def test_three_bidders_in_a_ring_bid_each_for_a_good_and_for_it_with_the_next() -> None:
    packages = ("A", "AB", "B", "BC", "C", "CA")
    bids = [(f"bidder{place // 2}", package, place) for place, package in enumerate(packages)]
    ring = sale(*bids, A=1, B=1, C=1)

    assert three_in_a_ring(Recorded({f"{in_short(bid.package)} to {bid.bidder}": bid.amount for bid in ring.bids})) == ring
