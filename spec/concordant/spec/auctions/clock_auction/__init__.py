"""The process of a clock auction: an auctioneer calls one price after another, bidders say whether they would pay it, and a rule awards.

Source: FIPA, "English Auction Interaction Protocol Specification", XC00031, and "Dutch Auction Interaction Protocol
Specification", XC00032, both 2001; the rules are `english_auction`, whose clock goes up, and `dutch_auction`, whose clock goes down.
Assumes: who receives a message knows its sender; nobody lies, and who has stopped does not come back.
Chosen: there is no message that says no. Whoever is not heard before the time for a price is over would not pay it, as far as the
auctioneer knows; where the clock goes up it has dropped out, for good. All that are heard in time count as one, and of equals
the first by name wins: not the fastest. A proposal names its price, so that one which comes when the clock has gone on counts
for nothing, and a bidder has bought when it is told so, not when it proposes.
Does not promise: that who would pay most wins, unless messages arrive in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import evolve, frozen

from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import Clock, Outcome
from concordant.spec.vocabulary import Address, Amount, Deadline, Map


class Way(Enum):
    """Which way the clock goes."""

    UP = "up"
    DOWN = "down"


# ---- messages


@frozen
class CallForBids:
    """The clock shows this price. Who would pay it?"""

    price: Amount


@frozen
class Propose:
    """A bidder would pay this price."""

    price: Amount


@frozen
class Result:
    """The auctioneer tells what has come of it."""

    outcome: Outcome


# ---- triggers


@frozen
class GoOn(Deadline):
    """The time for this price is over: who is silent would not pay it."""


# ---- events


@frozen
class Called:
    """The clock shows this price now."""

    price: Amount


@frozen
class Proposed:
    """A bidder says that it would pay this price."""

    price: Amount


@frozen
class Counted:
    """The auctioneer has heard in time that a bidder would pay this price."""

    bidder: Address
    price: Amount


@frozen
class Ended:
    """The auctioneer has run the rule: on what it has heard, and what came of it."""

    clock: Clock
    outcome: Outcome


# ---- views


@frozen
class AuctioneerView:
    """Whether the auction is over."""

    over: bool


@frozen
class BidderView:
    """What a bidder was told of the outcome; None before."""

    outcome: Outcome | None = None


# ---- history


@frozen
class History:
    """What was called, proposed, counted, and what has come of it.

    The first four are fixed: the most that each bidder would pay, the prices of the clock, which way it goes, and what the rule
    makes of that. Of the prices called, one more is kept than there are; of several ends two.
    """

    limits: Map[Address, Amount]
    prices: tuple[Amount, ...]
    way: Way
    due: Outcome
    called: tuple[Amount, ...] = ()
    proposed: frozenset[tuple[Address, Amount]] = frozenset()
    counted: frozenset[tuple[Address, Amount]] = frozenset()
    ends: tuple[Ended, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # there are no users
        """Fold one happening."""
        match happening:
            case Called(price):
                return evolve(self, called=(*self.called, price)[: len(self.prices) + 1])
            case Proposed(price):
                return evolve(self, proposed=self.proposed | {(at, price)})
            case Counted(bidder, price):
                return evolve(self, counted=self.counted | {(bidder, price)})
            case Ended():
                return evolve(self, ends=(*self.ends, happening)[:2])
            case _:
                return self


def in_order(history: History) -> tuple[Amount, ...]:
    """List the prices of the clock in the order in which it shows them."""
    return history.prices if history.way is Way.UP else history.prices[::-1]


def heard(history: History, price: Amount) -> tuple[Address, ...]:
    """List who was heard in time to pay a price."""
    return tuple(bidder for bidder in history.limits if (bidder, price) in history.counted)


def best(history: History, bidder: Address) -> Bid:
    """Return the highest price that a bidder was heard in time to pay, as its bid; none if there is none."""
    return Bid(str(bidder), max((price for each, price in history.counted if each == bidder), default=None))


def runs(history: History) -> Iterator[tuple[Clock, Outcome]]:
    """Yield every run of the rule."""
    return ((end.clock, end.outcome) for end in history.ends)
