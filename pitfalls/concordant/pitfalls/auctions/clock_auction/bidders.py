"""What goes wrong with bidders at a clock: what they propose, and what they believe."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.clock_auction import Bidder, Bidding, Listening, Told, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.clock_auction import CallForBids, Propose, Proposed, Result, Way
from concordant.spec.auctions.clock_auction import clauses as spec
from concordant.spec.auctions.shared.clocks import Sold
from concordant.spec.vocabulary import Address, Amount, Announce, Send


@frozen
class ProposesAnyPrice(Bidder):
    """Stays in as long as others do."""

    def would_pay(self, price: Amount) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ProposesAhead(Bidder):
    """Proposes at once the most that it would pay, instead of the price that is called."""

    def receive(self, state: Bidding, source: Address, message: CallForBids | Result) -> Step[Bidding] | None:
        if isinstance(message, CallForBids) and isinstance(state, Listening):
            return step(state, Announce(Proposed(self.limit)), Send(source, Propose(self.limit)))
        return super().receive(state, source, message)


@frozen
class BelievesItsTake(Bidder):
    """Takes, and holds itself for the buyer."""

    def receive(self, state: Bidding, source: Address, message: CallForBids | Result) -> Step[Bidding] | None:
        proposed = super().receive(state, source, message)
        if proposed is None or not isinstance(message, CallForBids):
            return proposed
        return Step(Told(Sold("bidder0", message.price, ("bidder0",), 1)), proposed.effects)


@frozen
class ForgetsTheOutcome(Bidder):
    """Takes a call that comes late for a new auction."""

    def receive(self, state: Bidding, source: Address, message: CallForBids | Result) -> Step[Bidding] | None:
        return super().receive(Listening() if isinstance(message, CallForBids) else state, source, message)


PROPOSES_ANY_PRICE = Pitfall(
    "clock_auction.ProposesAnyPrice",
    "A bidder stays in beyond what it would pay, and has bought for more than the good is worth to it.",
    breaks=spec.nobody_proposes_more_than_it_would_pay,
    subject=system(0, prices=(1,), bidder=ProposesAnyPrice),
    length=1,
)
PROPOSES_AHEAD = Pitfall(
    "clock_auction.ProposesAhead",
    "A bidder proposes a price that was not called, which tells the auctioneer all that it would pay.",
    breaks=spec.nobody_proposes_more_than_it_would_pay,
    subject=system(2, prices=(1, 2), bidder=ProposesAhead),
    length=1,
)
BELIEVES_ITS_TAKE = Pitfall(
    "DUT-3/bidder",
    "A bidder holds itself for the buyer as soon as it takes; the take is late, and another has bought.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, way=Way.DOWN, prices=(1,), bidder=BelievesItsTake),
    length=1,
)
FORGETS_THE_OUTCOME = Pitfall(
    "clock_auction.ForgetsTheOutcome",
    "A bidder that knows the outcome hears late that a price was called, and forgets it.",
    breaks=spec.what_is_told_is_final,
    subject=system(1, prices=(1,), bidder=ForgetsTheOutcome),
    length=3,
)
