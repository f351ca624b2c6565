"""The ascending clock is honest up to a step, and no further: the shipped function, by running it.

Claim: `ascending` keeps each of its clauses for all real values and prices, with up to two bidders and two prices; and with
three prices no lie gains more than the widest step. It is not truthful: the numbers are shown.
Not covered: three bidders and more, four prices and more.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.english_auction import ENGLISH_AUCTION
from concordant.spec.auctions.english_auction import no_lie_gains_more_than_a_step, price_is_no_more_than_the_second_bid
from concordant.spec.auctions.shared.clocks import clock_of, truthful_bidding

AMOUNTS = "all real values that are not negative, all real prices in steps of 1 or more; "

PROVED = tuple(
    by_running(
        f"english_auction.{clause.name}",
        clause,
        ENGLISH_AUCTION.on(2, 2),
        f"{AMOUNTS}one or two bidders, each of whom may decline; one or two prices",
    )
    for clause in ENGLISH_AUCTION.promises
)
OF_THREE_PRICES = by_running(
    "english_auction.no_lie_gains_more_than_a_step_of_three_prices",
    no_lie_gains_more_than_a_step,
    ENGLISH_AUCTION.over(partial(clock_of, bidders=2, prices=3)),
    f"{AMOUNTS}two bidders, each of whom may decline; three prices",
)
LIE = by_running(
    "english_auction.lie",
    truthful_bidding,
    ENGLISH_AUCTION.promising(truthful_bidding).on(2, 2),
    claim="Who drops out together with its last rival may have the good a step cheaper.",
    holds=False,
)
OVERSHOOTS = by_running(
    "english_auction.overshoots",
    price_is_no_more_than_the_second_bid,
    ENGLISH_AUCTION.promising(price_is_no_more_than_the_second_bid).on(2, 2),
    claim="The price may be more than the second bid: the clock goes in steps (ENG-4).",
    holds=False,
)
