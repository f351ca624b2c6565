"""The scopes of market sessions."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.refimpl.markets.market_session import PROMISES, system
from concordant.spec.markets import market_session as spec
from concordant.spec.markets.market_session import Clear, Close, Create, Open, Submit, Withdraw
from concordant.spec.markets.shared.orders import Side
from concordant.spec.vocabulary import Malformed, addresses

A, B, C = addresses("trader", 3)
BUY, SELL = Side
BOTH = frozenset({A, B})

SCOPES = (
    Scope(
        "two_epochs",
        "two traders, one of which submits twice; the market is opened, cleared, opened again and cleared again",
        system(
            ((Create("midpoint", BOTH),), (Open(),), (Clear(),), (Open(),), (Clear(),)),
            ((Submit(BUY, 5, 1),), (Submit(BUY, 4, 1), Malformed(Submit(BUY, True, 1)))),
            ((Submit(SELL, 0, 1),),),
            promises=(*PROMISES, spec.two_epochs_are_cleared),
        ),
        Counts(357, 737, 10),
    ),
    Scope(
        "at_one_price",
        "three bids and asks at one price, two of which may be equals; one is taken back, or a malformed one comes of its trader",
        system(
            ((Create("uniform", frozenset({A, B, C})),), (Open(),), (Clear(),)),
            ((Submit(BUY, 5, 2), Submit(BUY, 5, 1)),),
            ((Submit(SELL, 1, 1),), (Withdraw(), Malformed(Submit(SELL, 1, True)))),
            ((Submit(SELL, 3, 1), Submit(SELL, 1, 1)),),
        ),
        Counts(528, 1_500, 9),
    ),
    Scope(
        "at_a_price_for_each_pair",
        "one trader buys of two others; each pair trades at the mean of its own prices",
        system(
            ((Create("midpoint", frozenset({A, B, C})),), (Open(),), (Clear(),)),
            ((Submit(BUY, 5, 2),),),
            ((Submit(SELL, 1, 1),),),
            ((Submit(SELL, 3, 1),),),
        ),
        Counts(170, 336, 8),
    ),
    Scope(
        "asked_wrongly",
        "what is not in the table, a mechanism that there is not, nobody who takes part, and a trader who does not",
        system(
            (
                (Create("posted", BOTH), Create("midpoint", frozenset()), Create("midpoint", BOTH)),
                (Create("midpoint", BOTH), Create("midpoint", frozenset({A})), Open()),
                (Open(), Clear(), Close()),
            ),
            ((Malformed(Submit(BUY, -1, 1)), Malformed(Submit(BUY, 1, 0))),),
            ((Submit(SELL, 1, 1),), (Withdraw(), Submit(SELL, 2, 1))),
            ((Submit(SELL, 1, 1), Withdraw()),),
        ),
        Counts(312, 1_496, 9),
    ),
)
