"""The process of a sealed-bid auction: bidders commit, the auctioneer closes, bids are revealed, and a rule awards.

Source: commitments as in Blum, "Coin Flipping by Telephone", 1981; the rules are `first_price_sealed_bid` and
`vickrey_auction`. Assumes: who receives a message knows its sender; the auctioneer does not lie, nor recover from a crash;
nobody makes the seal of a bid without knowing the bid, or reads it (in life a seal is a hash of bidder, bid and salt).
Does not promise: that who has committed reveals. Whoever sees that it loses by its bid may keep silent, and is then as one
who declined: a deposit is the remedy, and another protocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from concordant.spec.auctions import first_price_sealed_bid, vickrey_auction
from concordant.spec.auctions.shared import auctions as family
from concordant.spec.auctions.shared.auctions import Direction, NoSale, Outcome, Profile, Sale
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Cases,
    Deadline,
    Fair,
    Fault,
    Map,
    Need,
    Rejected,
    Seen,
    always_each,
    at_rest,
    case,
    eventually,
    obeys,
    on_event,
    sometimes,
)

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
    """A user lets its bidder bid. Answered by `Sealed`, or `Rejected`."""

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
    """The time to reveal is over: who is silent has declined."""


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
class Record:
    """What was sealed in time, taken, revealed and awarded. The first three are fixed: who may bid, and on what terms."""

    bidders: tuple[Address, ...]
    reserve: Amount
    direction: Direction
    sealed: Map[Address, Amount] = Map()
    committed: Map[Address, Seal] = Map()
    closed: bool = False
    revealed: Map[Address, Amount] = Map()
    awards: tuple[Awarded, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Record:  # noqa: ARG002  # everybody speaks for itself
        """Fold one happening. Of several awards the first two are kept, of a bid sealed too late nothing."""
        match happening:
            case Sealed(amount):
                return self if self.closed else evolve(self, sealed=self.sealed.put(at, amount))
            case Committed(bidder, seal):
                return evolve(self, committed=self.committed.put(bidder, seal))
            case Closed():
                return evolve(self, closed=True)
            case Revealed(bidder, amount):
                return evolve(self, revealed=self.revealed.put(bidder, amount))
            case Awarded():
                return evolve(self, awards=(*self.awards, happening)[:2])
            case _:
                return self


def runs(record: Record) -> Iterator[tuple[Profile, Outcome]]:
    """Yield every run of the rule."""
    return ((award.profile, award.outcome) for award in record.awards)


# ---- clauses: who bids what

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.BYZANTINE | Fault.MALFORMED


@on_event(Opened, under=ALL)
def bids_are_sealed_until_closed(before: Record, by: Address, event: Opened) -> Cases:
    """No bidder that is honest reveals its bid before commitments are closed."""
    yield case(before.closed, bidder=by, bid=event.amount)


@on_event(Revealed, under=ALL)
def nothing_revealed_is_taken_before_the_close(before: Record, by: Address, event: Revealed) -> Cases:  # noqa: ARG001
    """The auctioneer takes no bid that is revealed before commitments are closed."""
    yield case(before.closed, bidder=event.bidder)


@on_event(Committed, under=ALL)
def a_commitment_is_final(before: Record, by: Address, event: Committed) -> Cases:  # noqa: ARG001
    """A bidder commits once, and only while the auction is open."""
    yield case(not before.closed and event.bidder not in before.committed, bidder=event.bidder, before=before.committed)


@on_event(Awarded, under=ALL)
def what_is_awarded_was_committed(before: Record, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """Every bid that counts is the one to which its bidder committed, and the one that its user made."""
    for bidder, amount in bids_of(before, event):
        if amount is not None:
            committed = before.committed.get(bidder) == Seal(bidder, amount)
            yield case(committed and before.sealed.get(bidder, amount) == amount, bidder=bidder, bid=amount)


@on_event(Awarded, under=ALL)
def what_was_revealed_counts(before: Record, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """Every bid that was revealed in time counts."""
    bids = dict(bids_of(before, event))
    for bidder, amount in before.revealed.items():
        yield case(bids.get(bidder) == amount, bidder=bidder, revealed=amount)


@on_event(Awarded, under=ALL)
def only_bidders_bid_and_each_once(before: Record, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """The rule runs on one bid, made or declined, of each of those who may bid, and of nobody else."""
    yield case(sorted(bid.bidder for bid in event.profile.bids) == sorted(map(str, before.bidders)), bids=event.profile.bids)


@on_event(Awarded, under=ALL)
def the_terms_stand(before: Record, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """Reserve and direction are those that were announced."""
    yield case((event.profile.reserve, event.profile.direction) == (before.reserve, before.direction), profile=event.profile)


def bids_of(record: Record, award: Awarded) -> Iterator[tuple[Address, Amount | None]]:
    """Yield what each of those who may bid has bid in an award."""
    names = {str(bidder): bidder for bidder in record.bidders}
    return ((names[bid.bidder], bid.amount) for bid in award.profile.bids if bid.bidder in names)


# ---- clauses: the award


@on_event(Awarded, under=ALL)
def at_most_one_award(before: Record, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """The rule is run once."""
    yield case(not before.awards, before=before.awards)


@at_rest(under=ALL)
def award_or_no_sale(seen: Seen[Record]) -> Cases:
    """In the end there is an award or no sale, whoever is silent, unless the auctioneer has stopped."""
    for auctioneer, view in seen.views(AuctioneerView).items():
        if seen.up(auctioneer):
            decided = [isinstance(award.outcome, Sale | NoSale) for award in seen.history.awards]
            yield case(view.over and decided == [True], awards=seen.history.awards)


@at_rest(under=Fault.BYZANTINE | Fault.MALFORMED, needs=Need.TIMELY)
def every_bid_counts(seen: Seen[Record]) -> Cases:
    """If messages arrive in time, every bid made before the close counts."""
    for award in seen.history.awards:
        bids = dict(bids_of(seen.history, award))
        for bidder, amount in seen.history.sealed.items():
            yield case(bids[bidder] == amount, bidder=bidder, bid=amount, counted=bids[bidder])


@always_each(BidderView, under=ALL)
def nobody_is_told_otherwise(view: BidderView, bidder: Address, history: Record) -> Cases:
    """What a bidder is told is what was awarded."""
    if view.outcome is not None:
        yield case(view.outcome in [award.outcome for award in history.awards], bidder=bidder, told=view.outcome)


@at_rest(under=Fault.DUPLICATION | Fault.BYZANTINE | Fault.MALFORMED)
def everybody_is_told(seen: Seen[Record]) -> Cases:
    """In the end every bidder knows the outcome, if no message is lost."""
    for bidder, view in seen.views(BidderView).items():
        yield case(view.outcome is not None, uninformed=bidder)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def it_ends(seen: Seen[Record]) -> Cases:
    """The auction ends, unless the auctioneer has stopped."""
    for auctioneer in seen.views(AuctioneerView):
        yield case(bool(seen.history.awards) or not seen.up(auctioneer))


# ---- clauses: what the rules promise, of every run

sold_to_the_best = obeys(family.sold_to_the_best, runs, under=ALL)
sold_if_the_reserve_is_met = obeys(family.sold_if_the_reserve_is_met, runs, under=ALL)
reserve_respected = obeys(family.reserve_respected, runs, under=ALL)
individually_rational = obeys(family.individually_rational, runs, under=ALL)
ties_are_told_and_broken_by_name = obeys(family.ties_are_told_and_broken_by_name, runs, under=ALL)
price_is_the_winners_bid = obeys(first_price_sealed_bid.price_is_the_winners_bid, runs, under=ALL)
price_is_the_best_of_the_others = obeys(vickrey_auction.price_is_the_best_of_the_others, runs, under=ALL)

# ---- what can happen


@sometimes
def a_tie_is_sold(seen: Seen[Record]) -> Cases:
    """The good is sold to one of two who bid the same."""
    yield case(any(isinstance(award.outcome, Sale) and len(award.outcome.tied) > 1 for award in seen.history.awards))


@sometimes
def nothing_is_sold(seen: Seen[Record]) -> Cases:
    """There is no sale though somebody has committed."""
    yield case(any(award.outcome == NoSale() for award in seen.history.awards) and bool(seen.history.committed))
