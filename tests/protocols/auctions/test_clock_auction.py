"""The clock auction, input in and step out."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.refimpl.auctions.clock_auction import AUCTIONEER, Auctioneer, Bidder, Calling, Listening, Over, Told, system
from concordant.refimpl.auctions.dutch_auction import descending
from concordant.refimpl.auctions.english_auction import ascending
from concordant.refimpl.machine import Step, step
from concordant.spec.auctions.clock_auction import (
    AuctioneerView,
    BidderView,
    Called,
    CallForBids,
    Counted,
    Ended,
    GoOn,
    History,
    Propose,
    Proposed,
    Result,
    Way,
    best,
    heard,
    in_order,
    runs,
)
from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import Clock, Sold, Unresolved, Unsold
from concordant.spec.vocabulary import Address, Amount, Announce, Map, Send, addresses

STRANGER = Address("stranger")
B0, B1 = BIDDERS = addresses("bidder", 2)
PRICES = (1, 2, 3)
UP, DOWN = Auctioneer(BIDDERS, PRICES, Way.UP, ascending), Auctioneer(BIDDERS, PRICES, Way.DOWN, descending)
BIDDER = Bidder(2)


def bids(*amounts: Amount | None) -> Map[Address, Amount]:
    return Map.of({bidder: amount for bidder, amount in zip(BIDDERS, amounts, strict=True) if amount is not None})


def calling(place: int, *amounts: Amount | None) -> Calling:
    return Calling(place, BIDDERS, bids(*amounts) if amounts else Map())


def called(state: Calling, price: Amount, *asked: Address) -> Step[Any]:
    return step(state, Announce(Called(price)), *(Send(bidder, CallForBids(price)) for bidder in asked))


def ended(rule: Any, *amounts: Amount | None) -> Step[Any]:
    clock = Clock(tuple(Bid(str(bidder), amount) for bidder, amount in zip(BIDDERS, amounts, strict=True)), PRICES)
    outcome = rule(clock)
    return step(Over(), Announce(Ended(clock, outcome)), Send(B0, Result(outcome)), Send(B1, Result(outcome)))


class TestAuctioneer:
    def test_calls_the_first_price_of_its_way(self) -> None:
        assert UP.start() == called(calling(0), 1, *BIDDERS)
        assert DOWN.start() == called(calling(0), 3, *BIDDERS)

    def test_counts_a_proposal_of_the_price_that_it_shows_once_and_of_bidders_only(self) -> None:
        assert UP.receive(calling(0), B1, Propose(1)) == step(calling(0, None, 1), Announce(Counted(B1, 1)))
        assert UP.receive(calling(0, None, 1), B1, Propose(1)) is None
        assert UP.receive(calling(0), B1, Propose(2)) is None
        assert UP.receive(calling(0), STRANGER, Propose(1)) is None

    def test_counts_no_proposal_that_comes_when_the_clock_has_gone_on_or_stopped(self) -> None:
        assert DOWN.receive(calling(1), B0, Propose(3)) is None
        assert DOWN.receive(Over(), B0, Propose(3)) is None

    def test_counts_nobody_that_has_dropped_out_unless_the_clock_goes_down(self) -> None:
        left = Calling(1, (B0,), bids(1, None))

        assert UP.receive(left, B1, Propose(2)) is None
        assert DOWN.receive(calling(1), B1, Propose(2)) == step(calling(1, None, 2), Announce(Counted(B1, 2)))

    def test_goes_up_as_soon_as_all_that_it_has_asked_would_pay_and_asks_them_alone(self) -> None:
        first = UP.receive(calling(0, None, 1), B0, Propose(1))
        third = Auctioneer((*BIDDERS, STRANGER), PRICES, Way.UP, ascending)

        assert first == Step(calling(1, 1, 1), (Announce(Counted(B0, 1)), *called(calling(1), 2, *BIDDERS).effects))
        start = Calling(0, third.bidders, bids(1, 1))
        assert third.fire(start, GoOn()) == called(calling(1, 1, 1), 2, *BIDDERS)

    def test_goes_up_while_two_would_pay_and_sells_to_who_is_left(self) -> None:
        assert UP.fire(calling(1, 2, 1), GoOn()) == ended(ascending, 2, 1)
        assert ended(ascending, 2, 1).effects[1] == Send(B0, Result(Sold("bidder0", 2, ("bidder0",), 2)))

    def test_sells_at_the_price_before_where_all_drop_out_and_not_at_all_where_there_is_none(self) -> None:
        assert UP.fire(calling(1, 1, 1), GoOn()) == ended(ascending, 1, 1)
        assert ended(ascending, 1, 1).effects[1] == Send(B0, Result(Sold("bidder0", 1, ("bidder0", "bidder1"), 2)))
        assert UP.fire(calling(0), GoOn()) == ended(ascending, None, None)
        assert ended(ascending, None, None).effects[1] == Send(B0, Result(Unsold()))

    def test_leaves_it_open_who_buys_where_two_would_pay_the_last_price(self) -> None:
        last = UP.receive(calling(2, 3, 2), B1, Propose(3))

        assert last == Step(Over(), (Announce(Counted(B1, 3)), *ended(ascending, 3, 3).effects))
        assert ended(ascending, 3, 3).effects[1] == Send(B0, Result(Unresolved(("bidder0", "bidder1"))))

    def test_goes_down_while_nobody_takes_and_sells_when_the_time_is_over(self) -> None:
        assert DOWN.fire(calling(0), GoOn()) == called(calling(1), 2, *BIDDERS)
        assert DOWN.fire(calling(1, None, 2), GoOn()) == ended(descending, None, 2)
        assert DOWN.fire(calling(2), GoOn()) == ended(descending, None, None)

    def test_has_a_deadline_until_it_is_over(self) -> None:
        states = (calling(0), Over())

        assert [UP.armed(state) for state in states] == [(GoOn(),), ()]
        assert UP.fire(Over(), GoOn()) == step(Over())
        assert [UP.view(state) for state in states] == [AuctioneerView(over=False), AuctioneerView(over=True)]
        assert [tuple(UP.survives(state)) for state in states] == [(state,) for state in states]


class TestBidder:
    def test_proposes_what_is_called_as_long_as_it_would_pay_it(self) -> None:
        assert BIDDER.start() == step(Listening())
        assert BIDDER.receive(Listening(), AUCTIONEER, CallForBids(2)) == step(
            Listening(), Announce(Proposed(2)), Send(AUCTIONEER, Propose(2))
        )
        assert BIDDER.receive(Listening(), AUCTIONEER, CallForBids(3)) is None

    def test_is_told_once_and_proposes_nothing_from_then_on(self) -> None:
        assert BIDDER.receive(Listening(), AUCTIONEER, Result(Unsold())) == step(Told(Unsold()))
        assert BIDDER.receive(Told(Unsold()), AUCTIONEER, Result(Unresolved(()))) is None
        assert BIDDER.receive(Told(Unsold()), AUCTIONEER, CallForBids(1)) is None

    def test_shows_what_it_was_told_also_when_it_has_stopped(self) -> None:
        states = (Listening(), Told(Unsold()))

        assert [BIDDER.view(state) for state in states] == [BidderView(), BidderView(Unsold())]
        assert [tuple(BIDDER.survives(state)) for state in states] == [(state,) for state in states]


class TestRecord:
    def test_keeps_what_was_called_proposed_and_counted_and_two_ends_at_most(self) -> None:
        start = History(Map.of({B0: 2, B1: 1}), (1, 2), Way.DOWN, Unsold())
        end = Ended(Clock((), (1, 2)), Unsold())

        busy = start.after(AUCTIONEER, AUCTIONEER, Called(2)).after(B0, B0, Proposed(2)).after(AUCTIONEER, AUCTIONEER, Counted(B0, 2))
        twice = busy.after(AUCTIONEER, AUCTIONEER, end).after(AUCTIONEER, AUCTIONEER, end).after(AUCTIONEER, AUCTIONEER, end)

        assert busy == evolve(start, called=(2,), proposed=frozenset({(B0, 2)}), counted=frozenset({(B0, 2)}))
        assert twice == evolve(busy, ends=(end, end))
        assert busy.after(AUCTIONEER, AUCTIONEER, Send(B0, Result(Unsold()))) is busy
        assert (in_order(busy), heard(busy, 2), best(busy, B0), best(busy, B1)) == ((2, 1), (B0,), Bid("bidder0", 2), Bid("bidder1", None))
        assert tuple(runs(twice)) == ((end.clock, end.outcome),) * 2

    def test_keeps_one_price_more_than_there_are(self) -> None:
        history = History(Map(), (1,), Way.UP, Unsold())
        for price in (1, 2, 3):
            history = history.after(AUCTIONEER, AUCTIONEER, Called(price))

        assert history.called == (1, 2)


@pytest.mark.parametrize(("way", "rule"), [(Way.UP, ascending), (Way.DOWN, descending)])
def test_what_is_due_is_what_the_rule_of_its_way_makes_of_all_limits(way: Way, rule: Any) -> None:
    for limits in product(range(4), repeat=2):
        clock = Clock((Bid("bidder0", limits[0]), Bid("bidder1", limits[1])), PRICES)
        history = system(*limits, way=way, prices=PRICES).history

        assert history.due == rule(clock)


def test_one_bidder_alone_is_sold_to_or_not_in_every_order_of_messages() -> None:
    report = explore(system(1, prices=(1, 2)))

    assert (report.states, report.transitions) == (11, 12)
