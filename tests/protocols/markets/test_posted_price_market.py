"""A posted-price market, input in and step out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.markets.posted_price_market.shops import CHECKS_THEN_SELLS
from concordant.refimpl.machine import Ask, Receive, Step, step
from concordant.refimpl.markets.posted_price_market import (
    PROMISES,
    SHOP,
    Asking,
    Buyer,
    Buying,
    Done,
    Ended,
    Idle,
    Offered,
    Selling,
    Shop,
    Taking,
    one_after_another,
    system,
)
from concordant.spec.markets import posted_price_market as spec
from concordant.spec.markets.posted_price_market import (
    EXPIRED,
    NO_PRICE,
    NO_VALUE,
    SOLD_OUT,
    Bought,
    Buy,
    BuyerView,
    Confirm,
    Decline,
    Expire,
    GiveUp,
    Held,
    History,
    Learned,
    NoSale,
    Post,
    Posted,
    Quote,
    Receipt,
    Refused,
    Released,
    Reserve,
    ShopView,
    Sold,
    TooDear,
)
from concordant.spec.markets.posted_price_market.queues import Queue
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, Unknown, addresses

A, B, C = addresses("buyer", 3)
USER, SELLER = Address("user"), Address("seller")
ONE = Shop(1, 5)
HELD = Selling(7, Map.of({A: Offered(5)}))
SOLD = Selling(7, Map.of({A: Ended(Receipt(5))}))
BUYER = Buyer(SHOP)


def test_who_comes_first_has_a_unit_reserved_at_the_posted_price_and_who_comes_later_is_sent_away() -> None:
    assert ONE.receive(Selling(7), A, Reserve()) == step(HELD_AT_7, Announce(Held(A, 7)), Send(A, Quote(7)))
    away = Selling(7, HELD.orders.put(B, Ended(NoSale(SOLD_OUT))))
    assert ONE.receive(HELD, B, Reserve()) == step(away, Announce(Refused(B)), Send(B, NoSale(SOLD_OUT)))


HELD_AT_7 = Selling(7, Map.of({A: Offered(7)}))


def test_what_was_quoted_is_sold_at_that_price_and_told_again_to_who_asks_again() -> None:
    assert ONE.receive(HELD, A, Confirm()) == step(SOLD, Announce(Sold(A, 5)), Send(A, Receipt(5)))
    assert ONE.receive(HELD, A, Reserve()) == step(HELD, Send(A, Quote(5)))
    assert [ONE.receive(SOLD, A, message) for message in (Reserve(), Confirm())] == [step(SOLD, Send(A, Receipt(5)))] * 2


def test_a_unit_that_is_left_or_lapses_is_free_again() -> None:
    left = Selling(7, Map.of({A: Ended(None)}))
    lapsed = Selling(7, Map.of({A: Ended(NoSale(EXPIRED))}))

    assert ONE.receive(HELD, A, Decline()) == step(left, Announce(Released(A, lapsed=False)))
    assert ONE.fire(HELD, Expire(A)) == step(lapsed, Announce(Released(A, lapsed=True)), Send(A, NoSale(EXPIRED)))
    assert [ONE.free(state) for state in (HELD, SOLD, left, lapsed)] == [0, 0, 1, 1]
    assert [ONE.armed(state) for state in (HELD, SOLD)] == [(Expire(A),), ()]


@pytest.mark.parametrize(
    ("state", "message"),
    [(SOLD, Decline()), (Selling(7), Confirm()), (Selling(7), Decline()), (Selling(7, Map.of({A: Ended(None)})), Reserve())],
)
def test_the_shop_does_not_heed_what_comes_too_late_or_too_early(state: Selling, message: Any) -> None:
    assert ONE.receive(state, A, message) is None


def test_the_seller_posts_another_price() -> None:
    assert ONE.start() == step(Selling(5))
    assert ONE.request(HELD, SELLER, Post(9)) == step(Selling(9, HELD.orders), Announce(Posted(9)), Reply(SELLER, Posted(9)))
    assert ONE.view(HELD) == ShopView(0, 7)


@pytest.mark.parametrize("wrong", [-1, None, 0.5, True])
def test_what_is_no_price_is_neither_posted_nor_a_value(wrong: Any) -> None:
    assert ONE.request(HELD, SELLER, Post(wrong)) == step(HELD, Reply(SELLER, NO_PRICE))
    assert BUYER.request(Idle(), USER, Buy(wrong)) == step(Idle(), Reply(USER, NO_VALUE))


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (Idle(), step(Asking(3, USER), Send(SHOP, Reserve()))),
        (Asking(2, None), step(Asking(2, USER), Send(SHOP, Reserve()))),
        (Taking(None), step(Taking(USER), Send(SHOP, Confirm()))),
        (Done(SOLD_OUT), step(Done(SOLD_OUT), Reply(USER, SOLD_OUT))),
    ],
)
def test_a_buyer_asks_again_for_what_its_user_wanted_first(state: Buying, following: Step[Buying]) -> None:
    assert BUYER.start() == step(Idle())
    assert BUYER.request(state, USER, Buy(3)) == following


def test_a_buyer_takes_what_costs_no_more_than_it_is_worth() -> None:
    dear = TooDear(4)

    assert BUYER.receive(Asking(3, USER), SHOP, Quote(3)) == step(Taking(USER), Send(SHOP, Confirm()))
    assert BUYER.receive(Asking(3, USER), SHOP, Quote(4)) == step(
        Done(dear), Announce(Learned(dear)), Reply(USER, dear), Send(SHOP, Decline())
    )
    assert BUYER.receive(Taking(USER), SHOP, Receipt(3)) == step(Done(Bought(3)), Announce(Learned(Bought(3))), Reply(USER, Bought(3)))


def test_a_buyer_learns_what_has_become_of_its_order_also_when_its_user_has_given_up() -> None:
    assert BUYER.receive(Taking(None), SHOP, Receipt(3)) == step(Done(Bought(3)), Announce(Learned(Bought(3))))
    expired = step(Done(EXPIRED), Announce(Learned(EXPIRED)))
    assert [BUYER.receive(state, SHOP, NoSale(EXPIRED)) for state in (Asking(3, None), Taking(None))] == [expired] * 2


@pytest.mark.parametrize(
    ("state", "message"), [(Idle(), Quote(1)), (Taking(None), Quote(1)), (Asking(3, None), Receipt(1)), (Done(EXPIRED), NoSale(SOLD_OUT))]
)
def test_a_buyer_does_not_heed_what_it_has_not_asked_for(state: Buying, message: Any) -> None:
    assert BUYER.receive(state, SHOP, message) is None


def test_a_user_that_waits_gives_up_and_is_told_that_it_may_yet_have_bought() -> None:
    assert [BUYER.armed(state) for state in (Idle(), Asking(3, USER), Taking(USER), Taking(None), Done(EXPIRED))] == [
        (),
        (GiveUp(),),
        (GiveUp(),),
        (),
        (),
    ]
    assert BUYER.fire(Asking(3, USER), GiveUp()) == step(Asking(3, None), Reply(USER, Unknown()))
    assert BUYER.fire(Taking(USER), GiveUp()) == step(Taking(None), Reply(USER, Unknown()))
    assert BUYER.fire(Idle(), GiveUp()) == step(Idle())
    assert [BUYER.view(state) for state in (Taking(None), Done(EXPIRED))] == [BuyerView(None), BuyerView(EXPIRED)]
    assert tuple(BUYER.survives(Taking(None))) == (Taking(None),)


def test_less_than_no_stock_is_refused() -> None:
    with pytest.raises(ValueError, match="'stock' must be >= 0: -1"):
        Shop(-1, 5)


def test_a_buyer_is_sent_away_as_soon_as_the_one_unit_is_sold() -> None:
    promises = (*PROMISES, spec.all_is_sold_and_somebody_sent_away)
    trace = explore(system(promises=promises)).verdict("posted_price_market.all_is_sold_and_somebody_sent_away").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(A, Address("user", 0), Buy(2)),
        Receive(SHOP, A, Reserve()),
        Receive(A, SHOP, Quote(1)),
        Receive(SHOP, A, Confirm()),
        Ask(B, Address("user", 1), Buy(2)),
        Receive(SHOP, B, Reserve()),
    ]


def test_who_only_looks_at_the_stock_sells_one_unit_twice() -> None:
    trace = explore(CHECKS_THEN_SELLS.system).verdict("posted_price_market.never_oversold").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(A, Address("user", 0), Buy(2)),
        Receive(SHOP, A, Reserve()),
        Ask(B, Address("user", 1), Buy(2)),
        Receive(SHOP, B, Reserve()),
    ]


def test_what_nobody_has_asked_for_is_judged_as_an_answer_to_nobody_alone() -> None:
    assert list(spec.an_answer_is_true.cases(History(1, 1), A, Reply(USER, Unknown()))) == []


def test_buyers_who_come_in_turn_buy_if_a_unit_is_worth_its_price_until_all_are_sold() -> None:
    assert one_after_another(Queue(1, 2, (1, 2, 3))) == (TooDear(2), Bought(2), SOLD_OUT)
    assert one_after_another(Queue(2, 2, (3, 1, 2))) == (Bought(2), TooDear(2), Bought(2))
    assert one_after_another(Queue(0, 0, (0,))) == (SOLD_OUT,)
    assert one_after_another(Queue(1, 0, ())) == ()
