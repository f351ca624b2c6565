"""A clock auction as two machines: an auctioneer that calls prices, and bidders that say which they would pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never, TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.auctions.dutch_auction import descending
from concordant.refimpl.auctions.english_auction import ascending
from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.auctions.clock_auction import (
    AuctioneerView,
    BidderView,
    Called,
    CallForBids,
    Counted,
    Ended,
    GoOn,
    History,
    Propose,
    Proposed,
    Result,
    Way,
)
from concordant.spec.auctions.clock_auction import clauses as spec
from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import Clock, Outcome
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast

Rule: TypeAlias = Callable[[Clock], Outcome]

# ---- auctioneer


@frozen
class Calling:
    """The clock shows the price at this place, counted in the order in which it goes.

    `asked`: who may propose it. `heard`: of each bidder the highest price that it was heard to pay.
    """

    place: int
    asked: tuple[Address, ...]
    heard: Map[Address, Amount] = Map()


@frozen
class Over:
    """The auction has ended."""


Auctioning: TypeAlias = Calling | Over


@frozen
class Auctioneer(Process[Auctioning, Propose, Never, GoOn]):
    """Sells one good among fixed bidders, on a clock of fixed prices, ascending, one at least; the clock goes either way."""

    bidders: tuple[Address, ...]
    prices: tuple[Amount, ...]
    way: Way
    rule: Rule

    def start(self) -> Step[Auctioning]:
        return self.call(Calling(0, self.bidders))

    def receive(self, state: Auctioning, source: Address, message: Propose) -> Step[Auctioning] | None:
        match state, message:
            case Calling(), Propose(price) if self.counts(state, source, price):
                counted = evolve(state, heard=state.heard.put(source, price))
                taken: Step[Auctioning] = step(counted, Announce(Counted(source, price)))
                return taken.then(lambda _: self.go_on(counted)) if self.all_heard(counted) else taken
            case _:
                return None

    def counts(self, state: Calling, source: Address, price: Amount) -> bool:
        # The hard step: a proposal counts at its own price only. It may have been under way while the clock went on.
        return price == self.price(state) and source in state.asked and state.heard.get(source) != price

    def price(self, state: Calling) -> Amount:
        """Return the price that the clock shows."""
        return self.prices[state.place] if self.way is Way.UP else self.prices[::-1][state.place]

    def paying(self, state: Calling) -> tuple[Address, ...]:
        """List who was heard to pay the price that the clock shows."""
        return tuple(bidder for bidder in self.bidders if state.heard.get(bidder) == self.price(state))

    def all_heard(self, state: Calling) -> bool:
        return self.paying(state) == state.asked

    def call(self, state: Calling) -> Step[Auctioning]:
        price = self.price(state)
        return step(state, Announce(Called(price)), *broadcast(state.asked, CallForBids(price)))

    def go_on(self, state: Calling) -> Step[Auctioning]:
        following = state.place + 1
        if following < len(self.prices) and self.must_go_on(self.paying(state)):
            return self.call(Calling(following, self.next_asked(state), state.heard))
        return self.end(state)

    def must_go_on(self, paying: tuple[Address, ...]) -> bool:
        return len(paying) > 1 if self.way is Way.UP else not paying

    def next_asked(self, state: Calling) -> tuple[Address, ...]:
        """List who may propose the next price: where the clock goes up, whoever is not heard has dropped out."""
        return self.paying(state) if self.way is Way.UP else self.bidders

    def end(self, state: Calling) -> Step[Auctioning]:
        clock = self.clock(state)
        outcome = self.rule(clock)
        return step(Over(), Announce(Ended(clock, outcome)), *broadcast(self.bidders, Result(outcome)))

    def clock(self, state: Calling) -> Clock:
        """Put together what was heard; a bidder that was not has declined."""
        return Clock(tuple(Bid(str(bidder), state.heard.get(bidder)) for bidder in self.bidders), self.prices)

    def armed(self, state: Auctioning) -> tuple[GoOn, ...]:
        return (GoOn(),) if isinstance(state, Calling) else ()

    def fire(self, state: Auctioning, trigger: GoOn) -> Step[Auctioning]:  # noqa: ARG002  # there is one
        return self.go_on(state) if isinstance(state, Calling) else step(state)

    def survives(self, state: Auctioning) -> Iterable[Auctioning]:
        return (state,)  # it does not come back

    def view(self, state: Auctioning) -> AuctioneerView:
        return AuctioneerView(isinstance(state, Over))


# ---- bidder


@frozen
class Listening:
    """Says which prices it would pay."""


@frozen
class Told:
    """Knows what has come of it."""

    outcome: Outcome


Bidding: TypeAlias = Listening | Told


@frozen
class Bidder(Process[Bidding, CallForBids | Result]):
    """Proposes every price that is called and that it would pay."""

    limit: Amount

    def start(self) -> Step[Bidding]:
        return step(Listening())

    def receive(self, state: Bidding, source: Address, message: CallForBids | Result) -> Step[Bidding] | None:
        match message, state:
            case CallForBids(price), Listening() if self.would_pay(price):
                return step(state, Announce(Proposed(price)), Send(source, Propose(price)))
            case Result(outcome), Listening():
                return step(Told(outcome))
            case _:
                return None

    def would_pay(self, price: Amount) -> bool:
        return price <= self.limit

    def survives(self, state: Bidding) -> Iterable[Bidding]:
        return (state,)

    def view(self, state: Bidding) -> BidderView:
        return BidderView(state.outcome if isinstance(state, Told) else None)


# ---- together

PROCESS: tuple[Clause, ...] = (
    spec.prices_are_called_in_order,
    spec.the_clock_goes_on_only_where_it_must,
    spec.nobody_proposes_more_than_it_would_pay,
    spec.what_counts_was_proposed_in_time,
    spec.the_last_proposal_moves_the_clock,
    spec.it_ends_once,
    spec.the_rule_runs_on_what_was_heard,
    spec.prices_told_were_called,
    spec.in_time_it_is_sold_as_if_all_were_known,
    spec.it_is_seen_to_be_over,
    spec.nobody_is_told_otherwise,
    spec.what_is_told_is_final,
    spec.everybody_is_told,
    spec.it_ends,
)
RULE: tuple[Clause, ...] = (
    spec.unsold_only_if_nobody_would_pay_the_reserve,
    spec.price_is_on_the_clock,
    spec.individually_rational,
    spec.ties_are_told_and_broken_by_name,
    spec.nobody_bids_a_step_more_than_the_winner,
)
CAN_HAPPEN: tuple[Clause, ...] = (spec.a_tie_is_sold, spec.a_proposal_comes_too_late)
ENGLISH: tuple[Clause, ...] = (
    *PROCESS,
    spec.who_has_dropped_out_stays_out,
    *RULE,
    spec.the_clock_stops_as_soon_as_it_can,
    spec.price_is_within_a_step_of_the_second_bid,
    spec.unresolved_only_if_two_would_pay_the_last_price,
    *CAN_HAPPEN,
)
DUTCH: tuple[Clause, ...] = (*PROCESS, *RULE, spec.nobody_would_have_paid_more, *CAN_HAPPEN)

AUCTIONEER = Address("auctioneer")


def system(
    *limits: Amount,
    way: Way = Way.UP,
    prices: tuple[Amount, ...] = (1, 2, 3, 4),
    network: Network = Network(),
    faults: Faults = Faults(),
    rule: Rule | None = None,
    auctioneer: type[Auctioneer] = Auctioneer,
    bidder: type[Bidder] = Bidder,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put an auctioneer and bidders together. `limits`: the most that each bidder would pay; rule and promises are those of the way, unless given."""
    names = addresses("bidder", len(limits))
    right = ascending if way is Way.UP else descending
    due = right(Clock(tuple(Bid(str(name), limit) for name, limit in zip(names, limits, strict=True)), prices))
    return System(
        {
            AUCTIONEER: auctioneer(names, prices, way, right if rule is None else rule),
            **{name: bidder(limit) for name, limit in zip(names, limits, strict=True)},
        },
        History(Map.of(dict(zip(names, limits, strict=True))), prices, way, due),
        (ENGLISH if way is Way.UP else DUTCH) if promises is None else promises,
        network,
        faults,
    )
