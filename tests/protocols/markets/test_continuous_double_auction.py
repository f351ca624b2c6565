"""A continuous double auction, request in and step out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.markets.continuous_double_auction.orders import NO_TIME
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.markets.continuous_double_auction import EXCHANGE, Exchange, Trading, one_request, opened
from concordant.spec.markets.continuous_double_auction import (
    ANOTHER,
    NOT_COVERED,
    NOT_SOUND,
    UNKNOWN,
    Account,
    Cancel,
    Cancelled,
    Enter,
    Entered,
    ExchangeView,
    Order,
    Report,
    Request,
    SetAside,
    Settled,
    Side,
    Traded,
    clauses,
    traded,
)
from concordant.spec.markets.continuous_double_auction.steps import Asked, Done
from concordant.spec.vocabulary import Address, Announce, Malformed, Map, Reply, addresses

BUY, SELL = Side
A, B, C = addresses("trader", 3)
HAS = Map.of({A: Account(10, 10), B: Account(10, 10)})
ONE = Exchange(HAS)
ASK = Order("s", SELL, 2, 3)
RESTS = Entered(A, ASK)
ASKED = Trading(Map.of({A: Account(10, 8), B: Account(10, 10)}), (RESTS,))


def of(state: Trading, *orders: Entered) -> tuple[Entered, ...]:
    return (*state.orders, *orders)


def test_an_order_that_reaches_nothing_rests_and_what_it_may_cost_is_set_aside() -> None:
    assert ONE.start() == step(Trading(HAS))
    assert ONE.request(Trading(HAS), A, Enter(ASK)) == step(ASKED, Announce(RESTS), Announce(SetAside(A, 0, 2)), Reply(A, Report(0, 2, 0)))
    bid = Order("b", BUY, 2, 2)
    assert ONE.request(ASKED, B, Enter(bid)) == step(
        Trading(Map.of({A: Account(10, 8), B: Account(6, 10)}), of(ASKED, Entered(B, bid))),
        Announce(Entered(B, bid)),
        Announce(SetAside(B, 4, 0)),
        Reply(B, Report(0, 2, 0)),
    )
    assert ONE.view(ASKED) == ExchangeView(ASKED.accounts, (RESTS,))


def test_an_order_trades_at_the_price_of_the_one_that_rests_and_the_rest_of_it_rests() -> None:
    bid = Order("b", BUY, 3, 3)
    traded = Trading(Map.of({A: Account(16, 8), B: Account(1, 12)}), (Entered(A, ASK, 2), Entered(B, bid, 2)))

    assert ONE.request(ASKED, B, Enter(bid)) == step(
        traded,
        Announce(Entered(B, bid)),
        Announce(SetAside(B, 9, 0)),
        Announce(Traded((B, "b"), (A, "s"), 2, 3)),
        Announce(SetAside(B, -6, 0)),
        Announce(SetAside(A, 0, -2)),
        Announce(Settled(B, -6, 2)),
        Announce(Settled(A, 6, -2)),
        Reply(B, Report(2, 1, 0)),
    )


def test_an_order_without_a_price_takes_what_is_there_and_the_rest_is_cancelled() -> None:
    bid = Order("b", BUY, 3, None)
    traded = Trading(Map.of({A: Account(16, 8), B: Account(4, 12)}), (Entered(A, ASK, 2), Entered(B, bid, 2, 1)))

    assert ONE.request(ASKED, B, Enter(bid)) == step(
        traded,
        Announce(Entered(B, bid)),
        Announce(Traded((B, "b"), (A, "s"), 2, 3)),
        Announce(SetAside(A, 0, -2)),
        Announce(Settled(B, -6, 2)),
        Announce(Settled(A, 6, -2)),
        Announce(Cancelled((B, "b"))),
        Reply(B, Report(2, 0, 1)),
    )


def test_what_would_trade_with_ones_own_order_is_cancelled() -> None:
    bid = Order("b", BUY, 1, 3)
    cancelled = Trading(ASKED.accounts, of(ASKED, Entered(A, bid, 0, 1)))

    assert ONE.request(ASKED, A, Enter(bid)) == step(
        cancelled,
        Announce(Entered(A, bid)),
        Announce(SetAside(A, 3, 0)),
        Announce(Cancelled((A, "b"))),
        Announce(SetAside(A, -3, 0)),
        Reply(A, Report(0, 0, 1)),
    )


def test_the_best_price_comes_first_and_of_equal_ones_the_earliest() -> None:
    def asks(*prices: int) -> Trading:
        return Trading(HAS, tuple(Entered(A, Order(f"s{place}", SELL, 1, price)) for place, price in enumerate(prices)))

    def bids(*prices: int) -> Trading:
        return Trading(HAS, tuple(Entered(A, Order(f"b{place}", BUY, 1, price)) for place, price in enumerate(prices)))

    def names(state: Trading, order: Order) -> list[str]:
        return [rival.order.name for rival, _ in ONE.fills(state, B, order)]

    assert names(asks(3, 2, 3, 2), Order("b", BUY, 3, 3)) == ["s1", "s3", "s0"]
    assert names(asks(3, 2, 3, 2), Order("b", BUY, 3, 2)) == ["s1", "s3"]
    assert names(bids(2, 3, 2, 3), Order("s", SELL, 3, None)) == ["b1", "b3", "b0"]
    assert names(bids(2, 3, 2, 3), Order("s", SELL, 9, 3)) == ["b1", "b3"]


def test_what_is_cancelled_is_released_and_a_second_time_changes_nothing() -> None:
    cancelled = Trading(HAS, (Entered(A, ASK, 0, 2),))

    assert ONE.request(ASKED, A, Cancel("s")) == step(
        cancelled, Announce(Cancelled((A, "s"))), Announce(SetAside(A, 0, -2)), Reply(A, Report(0, 0, 2))
    )
    assert ONE.request(cancelled, A, Cancel("s")) == step(cancelled, Reply(A, Report(0, 0, 2)))


@pytest.mark.parametrize(
    ("trader", "asked", "answer"),
    [
        (A, Enter(ASK), Report(0, 2, 0)),
        (A, Enter(Order("s", SELL, 2, 4)), ANOTHER),
        (A, Enter(Order("s", SELL, 0, 4)), NOT_SOUND),
        (A, Enter(Order("t", SELL, 1, -1)), NOT_SOUND),
        (B, Enter(Order("b", BUY, 2, 6)), NOT_COVERED),
        (B, Enter(Order("s", SELL, 11, 6)), NOT_COVERED),
        (C, Enter(Order("b", BUY, 1, None)), NOT_COVERED),
        (B, Cancel("s"), UNKNOWN),
    ],
)
def test_what_is_asked_again_or_wrongly_changes_nothing(trader: Address, asked: Request, answer: Any) -> None:
    assert ONE.request(ASKED, trader, asked) == step(ASKED, Reply(trader, answer))


def test_a_market_order_must_be_covered_for_what_it_takes_now() -> None:
    assert ONE.is_covered(ASKED, C, Order("s", SELL, 5, None))
    bids = Trading(HAS, (Entered(A, Order("b", BUY, 5, 1)),))
    assert not Exchange(HAS).is_covered(bids, C, Order("s", SELL, 1, None))
    assert ONE.is_covered(bids, B, Order("s", SELL, 99, None))


def test_who_has_no_account_has_nothing_and_may_bid_that() -> None:
    free = Order("b", BUY, 1, 0)

    assert ONE.request(ASKED, C, Enter(free)) == step(
        Trading(ASKED.accounts.put(C, Account(0, 0)), of(ASKED, Entered(C, free))),
        Announce(Entered(C, free)),
        Announce(SetAside(C, 0, 0)),
        Reply(C, Report(0, 1, 0)),
    )


def test_of_one_request_it_is_told_what_is_held_then_and_what_was_traded() -> None:
    bid = Order("b", BUY, 1, 4)
    holds = ExchangeView(ASKED.accounts, ASKED.orders)

    assert one_request(Asked(holds, B, Enter(bid))) == Done(
        ExchangeView(Map.of({A: Account(13, 8), B: Account(7, 11)}), (Entered(A, ASK, 1), Entered(B, bid, 1))),
        (Traded((B, "b"), (A, "s"), 1, 3),),
    )
    assert one_request(Asked(holds, A, Cancel("s"))) == Done(ExchangeView(HAS, (Entered(A, ASK, 0, 2),)), ())


def test_what_is_due_to_each_is_its_own_after_a_trade_and_nothing_of_a_trade_with_oneself() -> None:
    bid, own = Entered(B, Order("b", BUY, 1, 4)), Entered(A, Order("o", BUY, 1, 4))

    assert traded(HAS, (RESTS, bid), 1, 3) == Map.of({A: Account(13, 9), B: Account(7, 11)})
    assert traded(HAS, (RESTS, own), 1, 3) == HAS
    assert traded(Map(), (bid,), 2, 3) == Map.of({B: Account(-6, 2)})


def test_who_asks_first_is_passed_over_where_time_is_not_kept() -> None:
    trace = explore(NO_TIME.system).verdict("continuous_double_auction.trades_follow_price_and_time").trace
    ask, bid = Enter(Order("s", SELL, 1, 1)), Enter(Order("b", BUY, 1, 1))

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(EXCHANGE, A, ask),
        Ask(EXCHANGE, B, ask),
        Ask(EXCHANGE, C, bid),
    ]


def test_what_nobody_has_asked_for_is_judged_as_an_answer_to_nobody_and_orders_that_are_not_there_by_what_is_shown() -> None:
    history = opened(HAS)
    traded = Traded((A, "a"), (B, "b"), 1, 1)

    assert list(clauses.an_answer_is_true.cases(history, EXCHANGE, Reply(A, UNKNOWN))) == []
    assert list(clauses.trades_follow_price_and_time.cases(history, EXCHANGE, traded)) == []
    assert list(clauses.at_the_price_of_the_resting_order.cases(history, EXCHANGE, traded)) == []
    assert list(clauses.nothing_is_cancelled_without_a_reason.cases(history, EXCHANGE, Cancelled((A, "a")))) == []
    assert clauses.truth(history, A, Malformed(Enter(ASK))) == NOT_SOUND
    assert clauses.truth(history, A, Enter(ASK)) is None
