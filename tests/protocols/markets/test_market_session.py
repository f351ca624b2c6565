"""A market session, request in and step out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.markets.market_session.pitfalls import AFTER_THE_CLOSE
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.markets.market_session import (
    CLEARED,
    CLOSED,
    CREATED,
    LEADS,
    MARKET,
    OPEN,
    OPERATOR,
    VACANT,
    Market,
    Session,
)
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import (
    NO_MECHANISM,
    NO_PARTICIPANTS,
    NOT_A_PARTICIPANT,
    NOT_NOW,
    NOT_SOUND,
    ONE_EACH,
    Clear,
    Close,
    Closed,
    Create,
    Created,
    History,
    Matched,
    Mechanism,
    Noted,
    Open,
    Opened,
    Phase,
    Request,
    Result,
    SessionView,
    Submit,
    Submitted,
    TimeIsUp,
    Withdraw,
    Withdrawn,
)
from concordant.spec.markets.shared.orders import Book, Cleared, Order, Side, Trade
from concordant.spec.vocabulary import Address, Announce, Malformed, Reply, addresses

A, B, C = addresses("trader", 3)
BUY, SELL = Side
BOTH = frozenset({A, B})
ONE = Market()
BID, ASK = Order("trader0", BUY, 5), Order("trader1", SELL, 1)
CALLED = Session(CREATED, Mechanism.MIDPOINT, BOTH)
TAKING = Session(OPEN, Mechanism.MIDPOINT, BOTH, 1)
FULL = Session(OPEN, Mechanism.MIDPOINT, BOTH, 1, (BID, ASK))
TRADE = Trade("cpu", "trader0", "trader1", 1, Fraction(3), Fraction(3))
DONE = Session(CLEARED, Mechanism.MIDPOINT, BOTH, 1, (), (TRADE,), (TRADE,))


def test_a_market_is_created_opened_and_takes_an_order_of_each_trader() -> None:
    assert ONE.start() == step(Session())
    assert ONE.request(Session(), OPERATOR, Create("midpoint", BOTH)) == step(
        CALLED, Announce(Created(Mechanism.MIDPOINT, BOTH)), Reply(OPERATOR, Noted())
    )
    assert ONE.request(CALLED, OPERATOR, Open()) == step(TAKING, Announce(Opened(1)), Reply(OPERATOR, Noted()))
    taken = Session(OPEN, Mechanism.MIDPOINT, BOTH, 1, (BID,))
    assert ONE.request(TAKING, A, Submit(BUY, 5, 1)) == step(taken, Announce(Submitted(A, Submit(BUY, 5, 1))), Reply(A, Noted()))
    assert ONE.request(taken, A, Withdraw()) == step(TAKING, Announce(Withdrawn(A)), Reply(A, Noted()))


def test_a_market_is_cleared_once_and_opens_again_without_orders() -> None:
    matched = Matched(1, Book((BID, ASK)), Cleared((TRADE,), ()))

    assert ONE.request(FULL, OPERATOR, Clear()) == step(DONE, Announce(matched), Reply(OPERATOR, Result((TRADE,))))
    assert ONE.request(DONE, OPERATOR, Clear()) == step(DONE, Reply(OPERATOR, Result((TRADE,))))
    again = Session(OPEN, Mechanism.MIDPOINT, BOTH, 2, (), (TRADE,), (TRADE,))
    assert ONE.request(DONE, OPERATOR, Open()) == step(again, Announce(Opened(2)), Reply(OPERATOR, Noted()))
    assert ONE.view(DONE) == SessionView(CLEARED, (TRADE,))


def test_a_market_at_one_price_has_one() -> None:
    orders = (Order("trader0", BUY, 5, 2), ASK, Order("trader2", SELL, 3))
    cleared = ONE.match(Session(OPEN, Mechanism.UNIFORM, BOTH, 1, orders), Book(orders))

    assert {trade.pays for trade in cleared.trades} == {4}
    assert ONE.match(Session(OPEN), Book((BID, BID))) == Cleared((), (BID, BID))


def test_a_session_is_closed_by_request_or_when_its_time_has_run_out() -> None:
    closed = Session(CLOSED, Mechanism.MIDPOINT, BOTH, 1)

    assert ONE.request(FULL, OPERATOR, Close()) == step(closed, Announce(Closed()), Reply(OPERATOR, Noted()))
    assert ONE.fire(FULL, TimeIsUp()) == step(closed, Announce(Closed()))
    assert [ONE.armed(Session(phase)) for phase in Phase] == [(), (TimeIsUp(),), (TimeIsUp(),), (TimeIsUp(),), ()]


@pytest.mark.parametrize(
    ("state", "client", "asked", "answer"),
    [
        (Session(), OPERATOR, Create("midpoint", frozenset()), NO_PARTICIPANTS),
        (Session(), OPERATOR, Create("posted", BOTH), NO_MECHANISM),
        (Session(), OPERATOR, Open(), NOT_NOW),
        (Session(), A, Withdraw(), NOT_NOW),
        (CALLED, OPERATOR, Create("midpoint", BOTH), Noted()),
        (CALLED, OPERATOR, Create("uniform", BOTH), NOT_NOW),
        (CALLED, OPERATOR, Clear(), NOT_NOW),
        (CALLED, A, Submit(BUY, 5, 1), NOT_NOW),
        (TAKING, OPERATOR, Open(), Noted()),
        (TAKING, C, Submit(BUY, 5, 1), NOT_A_PARTICIPANT),
        (TAKING, C, Withdraw(), NOT_A_PARTICIPANT),
        (TAKING, A, Withdraw(), Noted()),
        (TAKING, A, Submit(BUY, -1, 1), NOT_SOUND),
        (TAKING, A, Submit(BUY, 1, 0), NOT_SOUND),
        (FULL, A, Submit(BUY, 5, 1), Noted()),
        (FULL, A, Submit(SELL, 5, 1), ONE_EACH),
        (Session(CLOSED), OPERATOR, Close(), Noted()),
        (Session(CLOSED), OPERATOR, Open(), NOT_NOW),
        (Session(), OPERATOR, Close(), NOT_NOW),
    ],
)
def test_what_is_asked_again_or_at_the_wrong_time_changes_nothing_and_is_answered_by_what_is_so(
    state: Session, client: Address, asked: Request, answer: Any
) -> None:
    assert ONE.request(state, client, asked) == step(state, Reply(client, answer))


def test_the_machine_and_the_specification_have_the_same_table() -> None:
    assert {(phase, leads) for (phase, _), leads in LEADS.items() if phase is not leads} == spec.TABLE
    assert VACANT not in LEADS.values()


def test_what_is_closed_and_can_be_cleared_goes_where_the_table_does_not() -> None:
    trace = explore(AFTER_THE_CLOSE.system).verdict("market_session.phases_follow_the_table").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(MARKET, OPERATOR, Create("midpoint", frozenset({A}))),
        Ask(MARKET, OPERATOR, Open()),
        Ask(MARKET, OPERATOR, Close()),
        Ask(MARKET, OPERATOR, Clear()),
    ]


def test_what_nobody_has_asked_for_is_judged_as_an_answer_to_nobody() -> None:
    assert list(spec.an_answer_is_true.cases(History(), MARKET, Reply(A, Noted()))) == []
    assert spec.truth(History(), A, Malformed(Open())) == NOT_NOW


def test_whoever_takes_part_in_an_open_session_may_withdraw() -> None:
    assert spec.truth(History(phase=Phase.OPEN, participants=BOTH), A, Withdraw()) == Noted()
    assert spec.truth(History(phase=Phase.OPEN, participants=BOTH), C, Withdraw()) == NOT_A_PARTICIPANT
