"""The call double auction, orders in and trades out, and which promise each of its four rules keeps."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import Enumeration
from concordant.checks.mechanisms.refute import replay_draws
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.proofs.markets.call_double_auction.claim import KEPT, REFUTED
from concordant.refimpl.machine import KnownViolation
from concordant.refimpl.markets import call_double_auction as refimpl
from concordant.refimpl.markets.call_double_auction import (
    MCAFEE_RULE,
    MIDPOINT_RULE,
    UNIFORM_PRICE_RULE,
    VICKREY_RULE,
    midpoint,
    trade_reduction,
    uniform_price,
    vickrey,
)
from concordant.spec.markets import call_double_auction as spec
from concordant.spec.markets.shared.books import (
    BOOKS,
    UNIT_BOOKS,
    malformed,
    orders_for_several_units_and_resources,
    truthful_orders,
    unit_orders,
    with_any_k,
)
from concordant.spec.markets.shared.markets import (
    budget_balanced,
    efficient,
    gain,
    goods_are_conserved,
    individually_rational,
    utility,
    what_is_not_traded_is_left,
)
from concordant.spec.markets.shared.orders import (
    NEGATIVE,
    NO_UNITS,
    NOT_A_PART,
    NOT_BACKED,
    NOT_EXACT,
    NOT_ONE_UNIT,
    TWO_ORDERS,
    Book,
    Cleared,
    Order,
    Rule,
    Side,
    Trade,
)
from concordant.spec.vocabulary import Recorded, Rejected, RuleClause

RULES = (midpoint, uniform_price, trade_reduction, vickrey)
HALF, A_LITTLE = Fraction(1, 2), Fraction(1, 1000)


def bid(trader: str, price: Any, quantity: Any = 1, resource: str = "cpu", backing: Any = None) -> Order:
    return Order(trader, Side.BUY, price, quantity, resource, backing)


def ask(trader: str, price: Any, quantity: Any = 1, resource: str = "cpu", backing: Any = None) -> Order:
    return Order(trader, Side.SELL, price, quantity, resource, backing)


def trade(buyer: str, seller: str, pays: Any, gets: Any = None, quantity: int = 1, resource: str = "cpu") -> Trade:
    return Trade(resource, buyer, seller, quantity, pays, pays if gets is None else gets)


TWO_PAIRS = Book((bid("ann", 10), bid("bob", 6), ask("cay", 2), ask("dan", 4)))
LEFT_OUT = Book((*TWO_PAIRS.orders, bid("eve", 5), ask("fay", 7)))


class TestPrices:
    @pytest.mark.parametrize(
        ("rule", "trades"),
        [
            (midpoint, (trade("ann", "cay", 6), trade("bob", "dan", 5))),
            (uniform_price, (trade("ann", "cay", 5), trade("bob", "dan", 5))),
            (trade_reduction, (trade("ann", "cay", 6, 4),)),
            (vickrey, (trade("ann", "cay", 4, 6), trade("bob", "dan", 4, 6))),
        ],
    )
    def test_differ_by_rule_where_everybody_can_trade(self, rule: Rule, trades: tuple[Trade, ...]) -> None:
        left = tuple(order for order in TWO_PAIRS.orders if order.trader in ("bob", "dan")) if rule is trade_reduction else ()

        assert rule(TWO_PAIRS) == Cleared(trades, left)

    @pytest.mark.parametrize(
        ("rule", "prices"),
        [(midpoint, {6, 5}), (uniform_price, {Fraction(11, 2)}), (trade_reduction, {6}), (vickrey, {5, 6})],
    )
    def test_look_at_those_who_are_left_out(self, rule: Rule, prices: set[Fraction]) -> None:
        outcome = rule(LEFT_OUT)

        assert isinstance(outcome, Cleared)
        assert {each.buyer for each in outcome.trades} == {"ann", "bob"}
        assert {price for each in outcome.trades for price in (each.pays, each.gets)} == prices
        assert outcome.left == (bid("eve", 5), ask("fay", 7))

    @pytest.mark.parametrize(("k", "price"), [(0, 5), (HALF, Fraction(11, 2)), (1, 6)])
    def test_rise_with_k(self, k: Any, price: Any) -> None:
        outcome = uniform_price(evolve(LEFT_OUT, k=k))

        assert isinstance(outcome, Cleared)
        assert {each.pays for each in outcome.trades} == {price}

    def test_of_mcafee_are_those_of_the_last_pair_where_the_next_one_does_not_suit_it(self) -> None:
        book = Book((bid("ann", 10), bid("bob", 5), bid("eve", 4), ask("cay", 2), ask("dan", 4), ask("fay", 9)))

        assert trade_reduction(book) == Cleared((trade("ann", "cay", 5, 4),), (bid("bob", 5), bid("eve", 4), ask("dan", 4), ask("fay", 9)))

    @pytest.mark.parametrize("rule", RULES)
    @pytest.mark.parametrize(
        "orders", [(), (bid("ann", 1),), (bid("ann", 1), ask("bob", 2)), (bid("ann", 2), ask("bob", 1, resource="memory"))]
    )
    def test_are_asked_of_nobody_where_no_orders_meet(self, rule: Rule, orders: tuple[Order, ...]) -> None:
        assert rule(Book(orders)) == Cleared((), orders)


class TestUnits:
    def test_are_traded_in_parts_and_the_rest_keeps_its_place_and_its_backing(self) -> None:
        book = Book((bid("ann", 4, 3, backing=20), ask("bob", 2, 1), ask("cay", 2, 5, backing=5)))
        trades = (trade("ann", "bob", 3), trade("ann", "cay", 3, quantity=2))

        assert midpoint(book) == Cleared(trades, (ask("cay", 2, 3, backing=3),))

    def test_of_one_ask_go_to_several_bids(self) -> None:
        book = Book((bid("ann", 4), bid("bob", 2, 2, backing=4), ask("cay", 2, 2)))

        assert midpoint(book) == Cleared((trade("ann", "cay", 3), trade("bob", "cay", 2)), (bid("bob", 2, backing=2),))

    def test_of_each_resource_are_cleared_by_themselves(self) -> None:
        book = Book((bid("ann", 4, resource="memory"), bid("ann", 2), ask("bob", 2, resource="memory"), ask("bob", 2)))

        assert uniform_price(book) == Cleared((trade("ann", "bob", 2), trade("ann", "bob", 3, resource="memory")), ())

    def test_of_equal_orders_go_to_the_earlier_one(self) -> None:
        assert midpoint(Book((bid("zoe", 2), bid("ann", 2), ask("bob", 2)))) == Cleared((trade("zoe", "bob", 2),), (bid("ann", 2),))

    @pytest.mark.parametrize("rule", [trade_reduction, vickrey])
    def test_are_single_where_the_rule_is_for_one(self, rule: Rule) -> None:
        assert rule(Book((bid("ann", 2, 2), ask("bob", 1)))) == NOT_ONE_UNIT
        assert rule(Book((bid("ann", 2, 0), ask("bob", 1)))) == NO_UNITS


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("book", "reason"),
    [
        (Book((bid("ann", None),)), NOT_EXACT),
        (Book((bid("ann", float("nan")),)), NOT_EXACT),
        (Book((bid("ann", 1, backing=0.5),)), NOT_EXACT),
        (Book((), k=True), NOT_EXACT),
        (Book((ask("ann", -1),)), NEGATIVE),
        (Book((), k=2), NOT_A_PART),
        (Book((bid("ann", 1, 0),)), NO_UNITS),
        (Book((bid("ann", 1, HALF),)), NO_UNITS),
        (Book((bid("ann", 1, Fraction(2)),)), NO_UNITS),
        (Book((bid("ann", 1, True),)), NO_UNITS),
        (Book((bid("ann", 1), bid("ann", 2))), TWO_ORDERS),
        (Book((bid("ann", 1), ask("ann", 1))), TWO_ORDERS),
        (Book((bid("ann", 3, 2, backing=5),)), NOT_BACKED),
        (Book((ask("ann", 3, 2, backing=1),)), NOT_BACKED),
    ],
)
def test_each_rule_of_a_book_has_its_reason(rule: Rule, book: Book, reason: Rejected) -> None:
    assert rule(book) == reason


@pytest.mark.parametrize(
    ("draws", "orders", "k"),
    [
        ({"flaw": "the price", "it is": "nothing"}, (bid("buyer0", 1), ask("seller0", None)), HALF),
        ({"flaw": "the backing", "it is": "a text"}, (bid("buyer0", 1, backing="1"), ask("seller0", 1)), HALF),
        ({"flaw": "the first price", "it is": "negative"}, (bid("buyer0", -A_LITTLE), ask("seller0", 1)), HALF),
        ({"flaw": "the last backing", "it is": "a text"}, (bid("buyer0", 1), ask("seller0", 1, backing="1")), HALF),
        ({"flaw": "k", "it is": "negative"}, (bid("buyer0", 1), ask("seller0", 1)), -A_LITTLE),
        ({"flaw": "the first quantity", "it is": "zero"}, (bid("buyer0", 1, 0), ask("seller0", 1)), HALF),
        ({"flaw": "the quantity", "it is": "zero"}, (bid("buyer0", 1), ask("seller0", 1, 0)), HALF),
        ({"flaw": "two bids"}, (bid("buyer0", 1), ask("seller0", 1), bid("buyer0", 1)), HALF),
        ({"flaw": "a bid and an ask"}, (bid("buyer0", 1), ask("buyer0", 1)), HALF),
        ({"flaw": "too little backing"}, (bid("buyer0", 1), ask("seller0", 1, 2, backing=1)), HALF),
        ({"flaw": "too little backing first"}, (bid("buyer0", 1, 2, backing=1), ask("seller0", 1)), HALF),
    ],
)
def test_malformed_books_have_one_flaw(draws: dict[str, object], orders: tuple[Order, ...], k: Any) -> None:
    record = {"buyers": 1, "sellers": 1, "buyer0": 1, "seller0": 1, **draws}

    assert malformed(Recorded(record)) == Book(orders, k)


def test_clauses_notice_trades_that_nobody_has_ordered_and_orders_that_vanish() -> None:
    book, outcome = Book((bid("ann", 2), ask("bob", 1))), Cleared((trade("ann", "eve", 2),), ())

    for clause, holds in (
        (goods_are_conserved, [False]),
        (individually_rational, [True, False]),
        (what_is_not_traded_is_left, [True, False, False]),
    ):
        assert [each.holds for each in clause.cases(book, outcome)] == holds
    assert gain(book, outcome.trades[0]) == 0


def test_a_trade_is_worth_what_its_price_is_better_than_the_limit_and_a_rejection_nothing() -> None:
    outcome = midpoint(TWO_PAIRS)

    assert [utility(TWO_PAIRS, trader, outcome) for trader in ("ann", "bob", "cay", "dan")] == [4, 1, 4, 1]
    assert utility(TWO_PAIRS, "ann", NOT_EXACT) == 0


@pytest.mark.parametrize(
    "clause",
    dict.fromkeys((*spec.MIDPOINT, *spec.UNIFORM, *spec.MCAFEE, *spec.VICKREY, *spec.CARELESS, *spec.BACKED)),
    ids=lambda clause: clause.id,
)
def test_a_rule_that_rejects_everything_trades_nothing_that_a_clause_could_be_about_but_that_on_what_is_rejected(
    clause: RuleClause,
) -> None:
    rejecting = MIDPOINT_RULE.replaced_by(lambda _: NOT_EXACT).promising(clause).on(2)
    rejections = (BOOKS.rejection, UNIT_BOOKS.rejection)
    status = Status.VIOLATED if clause in rejections else Status.VACUOUS

    assert Enumeration(rejecting, (0, 1), (clause,)).run().tallies[0].verdict(complete=True).status is status


# ---- the table of the specification

PROPERTIES: dict[str, RuleClause] = {
    "balanced": budget_balanced,
    "rational": individually_rational,
    "efficient": efficient,
    "truthful": truthful_orders,
}
ANY_K = UNIFORM_PRICE_RULE.over(partial(with_any_k, most=2))
MARKETS = {
    "midpoint of each pair": MIDPOINT_RULE.on(2),
    "uniform price, every k": ANY_K,
    "trade reduction (McAfee)": MCAFEE_RULE.on(2),
    "Vickrey, Clarke, Groves": VICKREY_RULE.on(2),
}
TRUTHS = [each for each in vars(refimpl).values() if isinstance(each, KnownViolation)]


def cells() -> list[tuple[str, str, bool]]:
    """Read the table: rule, property, whether it is kept."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in (spec.__doc__ or "").splitlines() if line.startswith("|")]
    header, _, *body = rows
    return [(row[0], name, cell == "yes") for row in body for name, cell in zip(header[1:], row[1:], strict=True)]


def test_the_table_has_a_cell_for_each_rule_and_property() -> None:
    assert [cell[:2] for cell in cells()] == [(rule, name) for rule in MARKETS for name in PROPERTIES]


@pytest.mark.parametrize(("rule", "name", "kept"), cells())
@pytest.mark.parametrize("amounts", [(0, 1, 2), (0, Fraction(1, 3), 1)], ids=["ints", "fractions"])
def test_every_cell_of_the_table_is_judged_on_a_grid(rule: str, name: str, kept: bool, amounts: tuple[Any, ...]) -> None:
    market, clause = MARKETS[rule], PROPERTIES[name]
    done = Enumeration(market, amounts, (clause,)).run()

    assert done.tallies[0].verdict(complete=True).status is (Status.HOLDS if kept else Status.VIOLATED)
    assert (clause in market.promises) is kept


@pytest.mark.parametrize(("rule", "name"), [cell[:2] for cell in cells() if not cell[2]])
def test_every_cell_that_is_not_kept_has_a_witness(rule: str, name: str) -> None:
    shown = [each for each in TRUTHS if each.clause is PROPERTIES[name] and each.subject.promises is MARKETS[rule].promises]

    assert [replay_draws(each).status for each in shown] == [Status.VIOLATED]


@pytest.mark.parametrize(("rule", "name", "kept"), cells())
def test_every_cell_is_proved_or_refuted_for_all_prices(rule: str, name: str, kept: bool) -> None:
    market = MARKETS[rule]
    about = [each for each in (*KEPT, *REFUTED) if each.clause is PROPERTIES[name] and each.mechanism.promises is market.promises]

    assert [each.holds for each in about] == [kept]
    assert about[0].prove().standing is (ProofStatus.PROVED if kept else ProofStatus.SHOWN)


@pytest.mark.parametrize("k", [0, HALF, 1])
def test_a_uniform_price_is_not_truthful_whatever_k(k: Any) -> None:
    def with_k(draw: Any) -> Book:
        return evolve(unit_orders(draw, 2), k=k)

    clauses: tuple[RuleClause, ...] = (truthful_orders,)
    done = Enumeration(evolve(ANY_K, profiles=with_k), (0, 1, 2), clauses).run()

    assert done.tallies[0].found is not None
    assert done.tallies[0].found.draws["who lies"] == ("seller0" if k == 0 else "buyer0")


def test_a_price_says_nothing_of_orders_for_another_resource() -> None:
    trade = Trade("cpu", "ann", "bob", 1, 2, 2)
    elsewhere = Order("cleo", Side.BUY, 9, resource="memory")

    assert list(spec.price_clears_the_market.cases(Book(()), Cleared((trade,), (elsewhere,)))) == []


def test_books_of_several_units_and_resources_have_every_mixture_of_both() -> None:
    draw, books = Exhaustive((1,)), list[Book]()
    while not books or draw.advance():
        books.append(orders_for_several_units_and_resources(draw, 1))

    mixtures = {tuple((order.quantity, order.resource) for order in book.orders) for book in books}
    assert mixtures == set(product(product((1, 2), ("cpu", "memory")), repeat=2))
