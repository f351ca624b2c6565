"""The process of a sealed-bid auction: bidders commit, the auctioneer closes, bids are revealed, and a rule awards.

Source: commitments as in Blum, "Coin Flipping by Telephone", 1981; the rules are `first_price_sealed_bid` and
`vickrey_auction`. Assumes: who receives a message knows its sender; the auctioneer does not lie, nor recover from a crash;
nobody makes the seal of a bid without knowing the bid, or reads it (in life a seal is a hash of bidder, bid and salt).
Does not promise: that a bidder that has committed reveals. Whoever sees that it loses by its bid may keep silent, and is then as one
who declined: a deposit is the remedy, and another protocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from concordant.spec.auctions.shared.auctions import Direction, Outcome, Profile
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Amount, Deadline, Map, Rejected, Reply

# ---- messages


@frozen
class Seal:
    """Binds a bidder to a bid. Whoever knows both makes the same one and can compare; what is in it nobody looks at."""

    bidder: Address
    amount: Amount


@frozen
class Commit:
    """A bidder commits to its bid, and does not tell it."""

    seal: Seal


@frozen
class Closing:
    """The auctioneer takes no more commitments: now reveal."""


@frozen
class Reveal:
    """A bidder tells the bid that it has committed to."""

    amount: Amount


@frozen
class Result:
    """The auctioneer tells what has come of it."""

    outcome: Outcome


# ---- requests and answers


@frozen
class Offer:
    """A user lets its bidder bid. Answered by `Sealed`, or `Rejected` for what is no bid, for a second one, or where it is too late."""

    amount: Amount


NO_BID = Rejected("a bid is an exact amount and not negative")
BID_ALREADY = Rejected("the bid is made, and stands")
OVER = Rejected("the auction is closed")

# ---- triggers


@frozen
class Close(Deadline):
    """The time to commit is over."""


@frozen
class End(Deadline):
    """The time to reveal is over: a silent bidder has declined."""


# ---- events


@frozen
class Sealed:
    """A bidder has committed to a bid. Also its answer to its user."""

    amount: Amount


@frozen
class Opened:
    """A bidder has revealed its bid."""

    amount: Amount


@frozen
class Informed:
    """A bidder hears for the first time that it is too late to bid: that the auction is closed, or what has come of it."""


@frozen
class Committed:
    """The auctioneer has taken a bidder's commitment."""

    bidder: Address
    seal: Seal


@frozen
class Closed:
    """The auctioneer has closed: no commitment is taken from now on."""


@frozen
class Revealed:
    """The auctioneer has taken a bid that was revealed."""

    bidder: Address
    amount: Amount


@frozen
class Awarded:
    """The auctioneer has run the rule: on what, and what came of it."""

    profile: Profile
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
    """Who has bid what, and what was taken, revealed and awarded. The first four are fixed: who may bid, on what terms, and who lies.

    `owed`: whose bid was sealed, and its user not answered yet. `bids`: the first of each bidder; `late`: whose was sealed after
    the close. `informed`: who knows that it is too late. `opened`: who has revealed its bid; `revealed`: what was taken of that.
    """

    bidders: tuple[Address, ...]
    reserve: Amount
    direction: Direction
    liars: frozenset[Address] = frozenset()
    calls: Calls = Calls()
    owed: frozenset[Address] = frozenset()
    bids: Map[Address, Amount] = Map()
    late: frozenset[Address] = frozenset()
    informed: frozenset[Address] = frozenset()
    committed: Map[Address, Seal] = Map()
    closed: bool = False
    opened: frozenset[Address] = frozenset()
    revealed: Map[Address, Amount] = Map()
    awards: tuple[Awarded, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening. Of several awards the first two are kept; who was late, or has revealed, matters until then."""
        calls = self.calls.after(at, by, happening)
        seen = self if calls is self.calls else evolve(self, calls=calls)  # on purpose
        match happening:
            case Sealed(amount):
                late = self.late | {at} if self.closed and not self.awards else self.late
                return evolve(seen, bids=self.bids.put(at, self.bids.get(at, amount)), late=late, owed=self.owed | {at})
            case Reply() if at in self.owed:
                return evolve(seen, owed=self.owed - {at})
            case Informed():
                return evolve(seen, informed=self.informed | {at})
            case Opened() if not self.awards:
                return evolve(seen, opened=self.opened | {at})
            case Committed(bidder, seal):
                return evolve(seen, committed=self.committed.put(bidder, seal))
            case Closed():
                return evolve(seen, closed=True)
            case Revealed(bidder, amount):
                return evolve(seen, revealed=self.revealed.put(bidder, amount))
            case Awarded():
                return evolve(seen, awards=(*self.awards, happening)[:2], late=frozenset(), opened=frozenset())
            case _:
                return seen


def runs(history: History) -> Iterator[tuple[Profile, Outcome]]:
    """Yield every run of the rule."""
    return ((award.profile, award.outcome) for award in history.awards)
