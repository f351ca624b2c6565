"""What goes wrong with what is paid for packages."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.pitfalls.auctions.combinatorial_auction.selling import told
from concordant.refimpl.auctions.combinatorial_auction import (
    BY_BID,
    BY_LOSS,
    GREEDILY,
    greedy,
    loss_of_the_others,
    own_bid,
    pay_as_bid,
    worth,
)
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.combinatorial_auction import Allocation, Bid, Outcome, Sale
from concordant.spec.auctions.combinatorial_auction import clauses as spec
from concordant.spec.auctions.combinatorial_auction.sales import truthful_bidding
from concordant.spec.vocabulary import Amount, Map

# ---- payments


def paid(payment: Any) -> Any:
    """Choose as one should, and let each pay otherwise."""

    def change(sale: Sale, found: Allocation) -> Outcome:
        return evolve(found, payments=Map.of({bidder: payment(sale, found.won, bidder) for bidder in found.payments}))

    return change


def best_losing_overlap(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Take for the second price of a package the highest losing bid for any of the same goods."""
    goods = {good for bid in won if bid.bidder == bidder for good in bid.package}
    losing = [bid.amount for bid in sale.bids if bid not in won and bid.bidder != bidder and goods & set(bid.package)]
    return min(own_bid(sale, won, bidder), max(losing, default=0))


def whole_loss(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Let each pay all that the others could have had, also what they get."""
    return loss_of_the_others(sale, won, bidder) + worth(tuple(bid for bid in won if bid.bidder != bidder))


def gains_of_the_others(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:  # noqa: ARG001  # as the others
    """Pay each what the others get: honest, and somebody must bring the money."""
    return 0 - worth(tuple(bid for bid in won if bid.bidder != bidder))


def nothing(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:  # noqa: ARG001  # as the others
    """Give everything away."""
    return 0


def bid_and_a_fee(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Add one for the trouble."""
    return own_bid(sale, won, bidder) + 1


def free_for_the_first(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Ask the first by name for nothing."""
    return 0 if bidder == min(bid.bidder for bid in sale.bids) else own_bid(sale, won, bidder)


def free_for_the_last(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Ask the last by name for nothing, where it has company."""
    names = sorted({bid.bidder for bid in sale.bids})
    return 0 if bidder in names[1:][-1:] else own_bid(sale, won, bidder)


def in_binary(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Any:
    """Compute the payment as a binary fraction."""
    return loss_of_the_others(sale, won, bidder) * (1 / 1)


def only_winners(sale: Sale, found: Allocation) -> Outcome:  # noqa: ARG001  # as the others
    """Leave out who pays nothing."""
    winners = {bid.bidder for bid in found.won}
    return evolve(found, payments=Map.of({bidder: payment for bidder, payment in found.payments.items() if bidder in winners}))


# ---- the pitfalls

BEST_LOSING_OVERLAP = Pitfall(
    "CMB-4",
    "The second price of a package is taken to be the highest losing bid for any of the same goods: two who together beat it each pay it whole.",
    breaks=spec.payments_are_what_the_others_lose,
    subject=BY_LOSS.replaced_by(told(paid(best_losing_overlap)), "best losing overlap").on(3, 1),
    length=7,
)
BEST_LOSING_OVERLAP_LIE = Pitfall(
    "CMB-4/lie",
    "The same: who says less than its value may still win, and another makes up for it.",
    breaks=truthful_bidding,
    subject=BY_LOSS.replaced_by(told(paid(best_losing_overlap)), "best losing overlap").on(3, 1),
    length=9,
)
WHOLE_LOSS = Pitfall(
    "combinatorial_auction.WholeLoss",
    "What the others get is not taken off what they could have had: who changes nothing pays.",
    breaks=spec.individually_rational,
    subject=BY_LOSS.replaced_by(told(paid(whole_loss)), "whole loss").on(2, 1),
    length=5,
)
GAINS_OF_THE_OTHERS = Pitfall(
    "combinatorial_auction.GainsOfTheOthers",
    "Each is paid what the others get.",
    breaks=spec.individually_rational,
    subject=BY_LOSS.replaced_by(told(paid(gains_of_the_others)), "gains of the others").on(2, 1),
    length=5,
)
WHOLE_LOSS_PAYMENT = Pitfall(
    "combinatorial_auction.WholeLoss/payment",
    "The same: nobody loses that much by it.",
    breaks=spec.payments_are_what_the_others_lose,
    subject=BY_LOSS.replaced_by(told(paid(whole_loss)), "whole loss").on(2, 1),
    length=5,
)
BID_AND_A_FEE = Pitfall(
    "combinatorial_auction.BidAndAFee",
    "Everybody pays a fee on top of its bid.",
    breaks=spec.winners_pay_what_they_bid,
    subject=BY_BID.replaced_by(told(paid(bid_and_a_fee), pay_as_bid), "bid and a fee").on(1, 1),
    length=3,
)
FREE_FOR_THE_FIRST = Pitfall(
    "combinatorial_auction.FreeForTheFirst",
    "The first by name pays nothing.",
    breaks=spec.winners_pay_what_they_bid,
    subject=BY_BID.replaced_by(told(paid(free_for_the_first), pay_as_bid), "free for the first").on(2, 1),
    length=3,
)
FREE_FOR_THE_LAST = Pitfall(
    "combinatorial_auction.FreeForTheLast",
    "The last of several by name pays nothing.",
    breaks=spec.winners_pay_what_they_bid,
    subject=BY_BID.replaced_by(told(paid(free_for_the_last), pay_as_bid), "free for the last").on(2, 1),
    length=5,
)
LOSERS_UNTOLD = Pitfall(
    "combinatorial_auction.OnlyWinners/losers",
    "Losers are not told that they pay nothing.",
    breaks=spec.winners_pay_what_they_bid,
    subject=BY_BID.replaced_by(told(only_winners, pay_as_bid), "only winners").on(1, 1),
    length=3,
)
IN_BINARY = Pitfall(
    "combinatorial_auction.InBinary",
    "Payments are binary fractions, which are no exact amounts even where they happen to be right.",
    breaks=spec.individually_rational,
    subject=BY_LOSS.replaced_by(told(paid(in_binary)), "in binary").on(1, 1),
    length=3,
)
PAY_AS_BID = Pitfall(
    "combinatorial_auction.PayAsBid",
    "Winners pay what they bid, and so bid less.",
    breaks=truthful_bidding,
    subject=BY_LOSS.replaced_by(pay_as_bid).on(2, 1),
    length=5,
)
ONLY_WINNERS = Pitfall(
    "combinatorial_auction.OnlyWinners",
    "Who pays nothing is told nothing.",
    breaks=spec.payments_are_what_the_others_lose,
    subject=BY_LOSS.replaced_by(told(only_winners), "only winners").on(1, 1),
    length=3,
)
NOTHING = Pitfall(
    "combinatorial_auction.Nothing",
    "Everything is given away.",
    breaks=spec.payments_are_what_the_others_lose,
    subject=BY_LOSS.replaced_by(told(paid(nothing)), "nothing").on(2, 1),
    length=5,
)
NOTHING_FOR_A_BID = Pitfall(
    "combinatorial_auction.Nothing/greedy",
    "The greedy rule gives everything away.",
    breaks=spec.winners_pay_what_they_bid,
    subject=GREEDILY.replaced_by(told(paid(nothing), greedy), "nothing").on(2, 1),
    length=3,
)
BY_LOSS_FOR_A_BID = Pitfall(
    "combinatorial_auction.ByLoss",
    "Winners pay less than they bid, as was not announced.",
    breaks=spec.winners_pay_what_they_bid,
    subject=BY_BID.replaced_by(told(paid(loss_of_the_others), pay_as_bid), "by loss").on(2, 1),
    length=3,
)
