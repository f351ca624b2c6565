"""The scopes of continuous double auctions."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.markets.continuous_double_auction import PROMISES, step_by_step, system
from concordant.spec.markets.continuous_double_auction import Account, Cancel, Enter, Order, Side, clauses
from concordant.spec.markets.continuous_double_auction.steps import requests_at_large
from concordant.spec.vocabulary import Malformed

BUY, SELL = Side

SCOPES = (
    Scope(
        "two_prices",
        "one bids for two units and cancels, one asks at either of two prices, a third comes at any price, or at none that is one",
        system(
            ((Enter(Order("b", BUY, 2, 2)), Enter(Order("b", BUY, 2, 1))), (Cancel("b"),)),
            ((Enter(Order("s", SELL, 1, 1)), Enter(Order("s", SELL, 3, 2))),),
            ((Enter(Order("m", SELL, 2, None)), Enter(Order("m", BUY, 1, None)), Malformed(Enter(Order("m", BUY, 1, -1)))),),
            promises=(*PROMISES, clauses.partly_filled_and_cancelled),
        ),
        Counts(201, 246, 5),
    ),
    Scope(
        "three_asks",
        "three ask at one price and another, and two buy some of it, one for nothing more than its price",
        system(
            ((Enter(Order("s", SELL, 1, 2)),), (Enter(Order("t", SELL, 2, 1)),)),
            ((Enter(Order("s", SELL, 2, 2)),),),
            ((Enter(Order("b", BUY, 4, 3)),), (Enter(Order("c", BUY, 1, 0)),)),
        ),
        Counts(90, 89, 6),
    ),
    Scope(
        "with_oneself",
        "one has a bid and an ask that would trade with each other, and another bids, too",
        system(
            ((Enter(Order("b", BUY, 2, 2)),), (Enter(Order("s", SELL, 2, 1)), Enter(Order("s", SELL, 2, None)))),
            ((Enter(Order("b", BUY, 1, 3)), Enter(Order("b", BUY, 1, 2))),),
        ),
        Counts(22, 21, 4),
    ),
    Scope(
        "not_covered",
        "traders that have little: orders without a price that cost too much or just enough, and limits that are too high",
        system(
            (
                (Enter(Order("b", BUY, 2, None)), Enter(Order("b", BUY, 2, 2)), Enter(Order("b", BUY, 1, 3))),
                (Enter(Order("c", BUY, 1, 1)),),
            ),
            (
                (Enter(Order("s", SELL, 1, 1)), Enter(Order("s", SELL, 2, None)), Enter(Order("s", SELL, 3, 1))),
                (Enter(Order("t", SELL, 1, 2)), Enter(Order("t", SELL, 1, 3))),
            ),
            has=(Account(3, 0), Account(0, 2)),
        ),
        Counts(146, 170, 5),
    ),
    Scope(
        "sold_short",
        "one bids twice, one sells a unit that it has or two, one of which it has not, and one without an account sells, or bids nothing",
        system(
            ((Enter(Order("b", BUY, 1, 2)),), (Enter(Order("c", BUY, 1, 1)),)),
            ((Enter(Order("s", SELL, 1, None)), Enter(Order("s", SELL, 2, None))),),
            ((Enter(Order("n", BUY, 1, 0)), Enter(Order("n", BUY, 1, 1)), Enter(Order("n", SELL, 1, None))),),
            has=(Account(3, 0), Account(0, 1)),
        ),
        Counts(98, 124, 5),
    ),
    Scope(
        "asked_again",
        "orders that are entered twice, of one name, of what is no amount, or unknown",
        system(
            (
                (Enter(Order("b", BUY, 1, 2)), Malformed(Enter(Order("b", BUY, True, 1))), Malformed(Enter(Order("b", BUY, 1, True)))),
                (
                    Enter(Order("b", BUY, 1, 2)),
                    Enter(Order("b", BUY, 2, 2)),
                    Enter(Order("c", BUY, 1, None)),
                    Malformed(Enter(Order("c", BUY, 0, 1))),
                ),
            ),
            ((Enter(Order("s", SELL, 1, 1)),), (Cancel("s"), Cancel("t"))),
        ),
        Counts(45, 88, 5),
    ),
    Scope(
        "in_line",
        "three orders of two traders ask at one price, and two come to buy some of that, and then more",
        system(
            ((Enter(Order("s", SELL, 2, 1)),), (Enter(Order("t", SELL, 1, 1)),)),
            ((Enter(Order("s", SELL, 2, 1)),),),
            ((Enter(Order("b", BUY, 1, 1)),), (Enter(Order("c", BUY, 3, 1)),)),
        ),
        Counts(90, 89, 6),
    ),
    Scope(
        "cancelled",
        "an order that is cancelled, and cancelled or entered again; another trader cancels an order of that name, or asks for less than nothing",
        system(
            ((Enter(Order("b", BUY, 2, 2)),), (Cancel("b"),), (Cancel("b"), Enter(Order("b", BUY, 2, 2)))),
            ((Cancel("b"), Malformed(Enter(Order("s", SELL, -1, 2)))),),
        ),
        Counts(8, 16, 5),
    ),
    Grid(
        "one_request",
        "a request of one of three traders, with an order that rests or without one, amounts 0 and 1; at random up to five",
        step_by_step(1),
        (0, 1),
        Profiles(1_712, 1_712, 19_366),
        at_random=requests_at_large,
        examples=40,
    ),
)
