"""What a sealed-bid auction promises: to those who bid, of what is taken and awarded, and what its rule promises."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.spec.auctions import first_price_sealed_bid, vickrey_auction
from concordant.spec.auctions.sealed_bid_auction import (
    BID_ALREADY,
    NO_BID,
    OVER,
    AuctioneerView,
    Awarded,
    BidderView,
    Closed,
    Committed,
    History,
    Offer,
    Opened,
    Revealed,
    Seal,
    Sealed,
    runs,
)
from concordant.spec.auctions.shared import auctions as family
from concordant.spec.auctions.shared.auctions import NoSale, Sale
from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Fair,
    Fault,
    Malformed,
    Map,
    Need,
    Reply,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    is_amount,
    obeys,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.BYZANTINE | Fault.MALFORMED

# ---- clauses: what users are told


@on_event(Sealed, under=ALL)
def a_bid_is_its_users(before: History, by: Address, event: Sealed) -> Cases:
    """A bidder bids once: what its user offers, if that is a bid, and only while it does not know that it is too late."""
    offers = tuple(offered(request) for call, request in before.calls.open.items() if call.at == by)
    free = by not in before.bids and by not in before.informed
    yield case(event.amount in offers and is_bid(event.amount) and free, bidder=by, bid=event.amount, offers=offers, bids=before.bids)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told the bid that binds its bidder, or the rule for which its offer is rejected."""
    call = Call(event.to, by)
    true = tuple(answers(before, call))
    yield case(event.answer in true, to=event.to, offered=before.calls.open.get(call), told=event.answer, true=true)


def answers(before: History, call: Call) -> Iterator[object]:
    """Yield all that may be answered to an offer."""
    if call.at in before.owed:
        yield Sealed(before.bids[call.at])
        return
    if not is_bid(offered(before.calls.open.get(call))):
        yield NO_BID
    if call.at in before.bids:
        yield BID_ALREADY
    if call.at in before.informed:
        yield OVER


def offered(request: object) -> object:
    """Return what a request offers; None where it is no offer."""
    match request:
        case Offer(amount) | Malformed(Offer(amount)):
            return amount
        case _:
            return None


def is_bid(amount: object) -> bool:
    """Tell whether something can be bid: an exact amount, and not less than nothing."""
    return is_amount(amount) and abs(amount) == amount


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Whoever is answered has waited for it: every offer is answered once, and nobody else is."""
    yield from common.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest every offer is answered, unless its bidder has stopped."""
    yield from common.nobody_waits(seen)


# ---- clauses: who bids what


@on_event(Opened, under=ALL)
def bids_are_sealed_until_closed(before: History, by: Address, event: Opened) -> Cases:
    """No bidder that is honest reveals its bid before commitments are closed, and then it reveals the one that it made."""
    own = (by, event.amount) in before.bids.items()
    yield case(before.closed and own, bidder=by, reveals=event.amount, bid=before.bids.get(by))


@on_event(Revealed, under=ALL)
def nothing_revealed_is_taken_before_the_close(before: History, by: Address, event: Revealed) -> Cases:  # noqa: ARG001
    """The auctioneer takes no bid that is revealed before commitments are closed."""
    yield case(before.closed, bidder=event.bidder)


@on_event(Closed, under=ALL)
def closes_once(before: History, by: Address, event: Closed) -> Cases:  # noqa: ARG001
    """The auctioneer closes once, and before it awards."""
    yield case(not before.closed and not before.awards, closed=before.closed, awards=before.awards)


@on_event(Committed, under=ALL)
def what_is_taken_was_said(before: History, by: Address, event: Committed) -> Cases:  # noqa: ARG001
    """A commitment that is taken of a bidder that does not lie is the seal of its bid."""
    if event.bidder not in before.liars:
        said = tuple((bidder, Seal(bidder, bid)) for bidder, bid in before.bids.items())
        yield case((event.bidder, event.seal) in said, bidder=event.bidder, taken=event.seal, said=said)


@on_event(Revealed, under=ALL)
def what_is_revealed_was_said(before: History, by: Address, event: Revealed) -> Cases:  # noqa: ARG001
    """A bid that is taken fits its commitment, and was revealed by its bidder, if that does not lie."""
    said = event.bidder in before.opened | before.liars
    fits = (event.bidder, Seal(event.bidder, event.amount)) in before.committed.items()
    yield case(said and fits, taken=event, said=said, fits=fits)


@on_event(Committed, under=ALL)
def a_commitment_is_final(before: History, by: Address, event: Committed) -> Cases:  # noqa: ARG001
    """A bidder commits once, and only while the auction is open."""
    yield case(not before.closed and event.bidder not in before.committed, bidder=event.bidder, before=before.committed)


@on_event(Awarded, under=ALL)
def what_is_awarded_was_committed(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """Every bid that counts is the one to which its bidder committed."""
    counted = {(bidder, Seal(bidder, amount)) for bidder, amount in bids_of(before, event)}
    if counted:
        yield case(counted <= set(before.committed.items()), counted=frozenset(counted), committed=before.committed)


@on_event(Awarded, under=ALL)
def what_was_revealed_counts(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """What counts is every bid that was revealed and taken in time, and nothing else."""
    counted = Map.of(bids_of(before, event))
    if counted or before.revealed:
        yield case(counted == before.revealed, counted=counted, revealed=before.revealed)


@on_event(Awarded, under=ALL)
def only_bidders_bid_and_each_once(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """The rule runs on one bid, made or declined, of each of those who may bid, and of nobody else."""
    yield case(sorted(bid.bidder for bid in event.profile.bids) == sorted(map(str, before.bidders)), bids=event.profile.bids)


@on_event(Awarded, under=ALL)
def the_terms_stand(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """Reserve and direction are those that were announced."""
    yield case((event.profile.reserve, event.profile.direction) == (before.reserve, before.direction), profile=event.profile)


def bids_of(history: History, award: Awarded) -> tuple[tuple[Address, Amount], ...]:
    """List the bids that count in an award, of those who may bid."""
    names = {str(bidder): bidder for bidder in history.bidders}
    return tuple((names[bid.bidder], bid.amount) for bid in award.profile.bids if bid.bidder in names and bid.amount is not None)


# ---- clauses: the award
# That it ends, once, and is told truly and for good stands in `clock_auction`, too; there it is said why it is not shared.


@on_event(Awarded, under=ALL)
def at_most_one_award(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """The rule is run once."""
    yield case(not before.awards, before=before.awards)


@always(under=ALL)
def the_last_bid_ends_it(seen: Seen[History]) -> Cases:
    """Once it is closed, and all that was committed is revealed, there is an award, though no deadline passes."""
    history = seen.history
    if history.closed and set(history.committed) <= set(history.revealed):
        yield case(bool(history.awards), committed=history.committed, revealed=history.revealed)


@at_rest(under=ALL)
def award_or_no_sale(seen: Seen[History]) -> Cases:
    """At rest there is an award or no sale, whoever is silent, unless the auctioneer has stopped."""
    for auctioneer, view in seen.views(AuctioneerView).items():
        if seen.up(auctioneer):
            decided = [isinstance(award.outcome, Sale | NoSale) for award in seen.history.awards]
            yield case(view.over and decided == [True], awards=seen.history.awards)


@on_event(Awarded, under=Fault.BYZANTINE | Fault.MALFORMED, needs=Need.TIMELY)
def every_bid_counts(before: History, by: Address, event: Awarded) -> Cases:  # noqa: ARG001
    """If messages arrive in time, every bid made before the close counts."""
    early = {(bidder, bid) for bidder, bid in before.bids.items() if bidder not in before.late}
    if early:
        yield case(early <= set(bids_of(before, event)), early=frozenset(early), profile=event.profile)


@always_each(BidderView, under=ALL)
def nobody_is_told_otherwise(view: BidderView, bidder: Address, history: History) -> Cases:
    """What a bidder is told is what was awarded."""
    if view.outcome is not None:
        yield case(view.outcome in [award.outcome for award in history.awards], bidder=bidder, told=view.outcome)


@every_step(BidderView, under=ALL)
def what_is_told_is_final(before: BidderView, after: BidderView) -> Cases:
    """What a bidder was told of the outcome it neither forgets nor changes."""
    yield from common.final(before.outcome, after.outcome)


@at_rest(under=Fault.DUPLICATION | Fault.BYZANTINE | Fault.MALFORMED)
def everybody_is_told(seen: Seen[History]) -> Cases:
    """At rest every bidder knows the outcome, if no message is lost."""
    uninformed = tuple(bidder for bidder, view in seen.views(BidderView).items() if view.outcome is None)
    yield case(not uninformed, uninformed=uninformed)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def it_ends(seen: Seen[History]) -> Cases:
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
def a_tie_is_sold(seen: Seen[History]) -> Cases:
    """The good is sold to one of two who bid the same."""
    yield case(any(isinstance(award.outcome, Sale) and len(award.outcome.tied) > 1 for award in seen.history.awards))


@sometimes
def nothing_is_sold(seen: Seen[History]) -> Cases:
    """There is no sale though somebody has committed."""
    yield case(any(award.outcome == NoSale() for award in seen.history.awards) and bool(seen.history.committed))
