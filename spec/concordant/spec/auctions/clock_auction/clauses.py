"""What a clock auction promises: of what is called, proposed and counted, of its end, and what its rule promises."""

from __future__ import annotations

from concordant.spec.auctions import dutch_auction, english_auction
from concordant.spec.auctions.clock_auction import (
    AuctioneerView,
    BidderView,
    Called,
    Counted,
    Ended,
    History,
    Proposed,
    Way,
    best,
    heard,
    in_order,
    runs,
)
from concordant.spec.auctions.shared import clocks as family
from concordant.spec.auctions.shared.clocks import Clock, Sold
from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fair,
    Fault,
    Need,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    obeys,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH

# ---- clauses: prices


@on_event(Called, under=ALL)
def prices_are_called_in_order(before: History, by: Address, event: Called) -> Cases:  # noqa: ARG001
    """The clock shows the price that comes next, and none after the auction has ended."""
    following = in_order(before)[len(before.called) :][:1]
    yield case(following == (event.price,) and not before.ends, called=event.price, following=following, ends=before.ends)


@on_event(Called, under=ALL)
def the_clock_goes_on_only_where_it_must(before: History, by: Address, event: Called) -> Cases:  # noqa: ARG001
    """The clock goes up only where two were heard to pay the price before, and down only where nobody was."""
    if before.called:
        paying = heard(before, before.called[-1])
        must = len(paying) > 1 if before.way is Way.UP else paying == ()
        yield case(must, called=event.price, after=before.called[-1], paying=paying)


# ---- clauses: who would pay what


@on_event(Proposed, under=ALL)
def nobody_proposes_more_than_it_would_pay(before: History, by: Address, event: Proposed) -> Cases:
    """A bidder proposes a price that was called, and no more than it would pay."""
    would = event.price in before.called and event.price <= before.limits[by]
    yield case(would, bidder=by, proposes=event.price, limit=before.limits[by], called=before.called)


@on_event(Counted, under=ALL)
def what_counts_was_proposed_in_time(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """What counts was proposed by its bidder, at the price that the clock shows, and counts once."""
    proposed = frozenset() if before.ends else before.proposed - before.counted
    due = (event.bidder, event.price) in proposed and before.called[-1:] == (event.price,)
    yield case(due, counted=event, proposed=proposed, called=before.called, ends=before.ends)


@always(under=ALL)
def the_last_proposal_moves_the_clock(seen: Seen[History]) -> Cases:
    """Once all that were asked are heard, the clock goes on, or the auction ends, though no time passes."""
    called = seen.history.called
    if called and not seen.history.ends:
        up = seen.history.way is Way.UP and len(called) > 1
        asked = heard(seen.history, called[-2]) if up else tuple(seen.history.limits)
        yield case(asked != heard(seen.history, called[-1]), called=called[-1], asked=asked)


@on_event(Counted, under=ALL)
def who_has_dropped_out_stays_out(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """Where the clock goes up, whoever counts was heard to pay every price before."""
    if before.way is Way.UP and len(before.called) > 1:
        missed = tuple(price for price in before.called[:-1] if event.bidder not in heard(before, price))
        yield case(missed == (), bidder=event.bidder, price=event.price, missed=missed)


# ---- clauses: the end
# That it ends, once, and is told truly and for good, `sealed_bid_auction` and `mediated_negotiation` promise in words of their own: what
# two groups share stands in `common`, where no clause is weakened, so that nobody would see whether a pitfall breaks it.


@on_event(Ended, under=ALL)
def it_ends_once(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """There is one end, so that there is one buyer at most."""
    yield case(not before.ends, before=before.ends)


@on_event(Ended, under=ALL)
def the_rule_runs_on_what_was_heard(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """The rule runs on the prices of the clock, and on the highest price that each bidder was heard in time to pay."""
    clock = Clock(tuple(best(before, bidder) for bidder in before.limits), before.prices)
    yield case(event.clock == clock, ran_on=event.clock, heard=clock)


@on_event(Ended, under=ALL)
def prices_told_were_called(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """The outcome tells that as many prices were shown as were called."""
    if isinstance(event.outcome, Sold):
        yield case(event.outcome.shown == len(before.called), told=event.outcome.shown, called=before.called)


@on_event(Ended, needs=Need.TIMELY)
def in_time_it_is_sold_as_if_all_were_known(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """If messages arrive in time, the outcome is what the rule makes of the most that each bidder would pay."""
    yield case(event.outcome == before.due, outcome=event.outcome, due=before.due)


@always_each(AuctioneerView, under=ALL)
def it_is_seen_to_be_over(view: AuctioneerView, auctioneer: Address, history: History) -> Cases:
    """An auctioneer shows that the auction is over when it has ended, and not before."""
    yield case(view.over == bool(history.ends), auctioneer=auctioneer, over=view.over, ends=history.ends)


@always_each(BidderView, under=ALL)
def nobody_is_told_otherwise(view: BidderView, bidder: Address, history: History) -> Cases:
    """What a bidder knows of the outcome is what has come of it: nobody takes itself for the buyer before it is told so."""
    if view.outcome is not None:
        yield case(view.outcome in [end.outcome for end in history.ends], bidder=bidder, told=view.outcome, ends=history.ends)


@every_step(BidderView, under=ALL)
def what_is_told_is_final(before: BidderView, after: BidderView) -> Cases:
    """Whoever knows the outcome keeps it."""
    yield from common.final(before.outcome, after.outcome)


@at_rest(under=Fault.DUPLICATION)
def everybody_is_told(seen: Seen[History]) -> Cases:
    """At rest every bidder knows the outcome, if no message is lost."""
    uninformed = tuple(bidder for bidder, view in seen.views(BidderView).items() if view.outcome is None)
    yield case(not uninformed, uninformed=uninformed)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def it_ends(seen: Seen[History]) -> Cases:
    """The auction ends, whoever is silent, unless the auctioneer has stopped."""
    for auctioneer in seen.views(AuctioneerView):
        yield case(bool(seen.history.ends) or not seen.up(auctioneer))


# ---- clauses: what the rules promise, of every run

unsold_only_if_nobody_would_pay_the_reserve = obeys(family.unsold_only_if_nobody_would_pay_the_reserve, runs, under=ALL)
price_is_on_the_clock = obeys(family.price_is_on_the_clock, runs, under=ALL)
individually_rational = obeys(family.individually_rational, runs, under=ALL)
ties_are_told_and_broken_by_name = obeys(family.ties_are_told_and_broken_by_name, runs, under=ALL)
nobody_bids_a_step_more_than_the_winner = obeys(family.nobody_bids_a_step_more_than_the_winner, runs, under=ALL)
the_clock_stops_as_soon_as_it_can = obeys(english_auction.the_clock_stops_as_soon_as_it_can, runs, under=ALL)
price_is_within_a_step_of_the_second_bid = obeys(english_auction.price_is_within_a_step_of_the_second_bid, runs, under=ALL)
unresolved_only_if_two_would_pay_the_last_price = obeys(english_auction.unresolved_only_if_two_would_pay_the_last_price, runs, under=ALL)
nobody_would_have_paid_more = obeys(dutch_auction.nobody_would_have_paid_more, runs, under=ALL)

# ---- what can happen


@sometimes
def a_tie_is_sold(seen: Seen[History]) -> Cases:
    """The good is sold to one of two that would have paid as much."""
    yield case(any(isinstance(end.outcome, Sold) and len(end.outcome.tied) > 1 for end in seen.history.ends))


@sometimes
def a_proposal_comes_too_late(seen: Seen[History]) -> Cases:
    """A bidder proposes the price that the clock shows, and is not counted when that goes on or has stopped."""
    missed = seen.history.proposed - seen.history.counted
    yield case(bool(seen.history.ends) or len(seen.history.called) > 1, missed=missed)
    yield case(bool(missed), missed=missed)
