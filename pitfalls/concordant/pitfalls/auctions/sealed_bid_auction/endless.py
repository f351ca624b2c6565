"""What never ends: auctioneers that wait for all bids to be revealed."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.sealed_bid_auction import Auctioneer, Auctioning, Revealing, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.sealed_bid_auction import Close, End, Offer
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.vocabulary import Network


@frozen
class WaitsForAllBids(Auctioneer):
    """Ends when all have revealed their bids, and not before."""

    def armed(self, state: Auctioning) -> tuple[Close | End, ...]:
        return () if isinstance(state, Revealing) else super().armed(state)


@frozen
class PutsOffTheEnd(Auctioneer):
    """At the end it waits once more for those who have not revealed their bids."""

    def fire(self, state: Auctioning, trigger: Close | End) -> Step[Auctioning]:
        return step(state) if isinstance(state, Revealing) else super().fire(state, trigger)


WAITS = Pitfall(
    "sealed_bid_auction.WaitsForAllBids",
    "The auction has no end but that all bids are revealed: one of them is lost, and the auctioneer waits for ever.",
    breaks=spec.it_ends,
    subject=system(1, offers=(Offer(2),), network=Network(losses=1), auctioneer=WaitsForAllBids),
    length=4,
)
PUTS_OFF = Pitfall(
    "sealed_bid_auction.PutsOffTheEnd",
    "Whenever the time is over there is some more, as long as a bid is missing: it never comes.",
    breaks=spec.it_ends,
    subject=system(1, offers=(Offer(2),), network=Network(losses=1), auctioneer=PutsOffTheEnd),
    length=5,
)
