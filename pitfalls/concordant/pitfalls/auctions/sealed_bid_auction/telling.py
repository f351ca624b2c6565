"""What goes wrong with what auctioneers announce, show and tell."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions.sealed_bid_auction import Auctioneer, Auctioning, Open, Revealing, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.sealed_bid_auction import AuctioneerView, Close, Closed, Commit, End, Result, Reveal, Revealed
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.auctions.shared.auctions import NO_BIDDERS, NoSale, Sale
from concordant.spec.vocabulary import Address, Announce, Effect, Send


@frozen
class CountsWhatItNeverTook(Auctioneer):
    """Counts a bid that is revealed, and does not say that it has taken it."""

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        taken = super().receive(state, source, message)
        if taken is None:
            return None
        return Step(
            taken.state, tuple(each for each in taken.effects if not (isinstance(each, Announce) and isinstance(each.event, Revealed)))
        )


@frozen
class AwardsBeforeItCloses(Auctioneer):
    """Awards where nobody has committed, and closes then."""

    def fire(self, state: Auctioning, trigger: Close | End) -> Step[Auctioning]:
        if not isinstance(state, Open) or state.seals:
            return super().fire(state, trigger)
        return self.award(Revealing(state.seals)).then(lambda over: step(over, Announce(Closed())))


@frozen
class LooksOpen(Auctioneer):
    """Has awarded, and shows nobody that the auction is over."""

    def view(self, state: Auctioning) -> AuctioneerView:  # noqa: ARG002  # that is the mistake
        return AuctioneerView(over=False)


@frozen
class TellsAnotherPrice(Auctioneer):
    """Tells bidders that the good was sold for more than it was."""

    def award(self, state: Revealing) -> Step[Auctioning]:
        awarded = super().award(state)
        return Step(awarded.state, tuple(map(self.dearer, awarded.effects)))

    def dearer(self, effect: Effect) -> Effect:
        match effect:
            case Send(to, Result(Sale() as sale)):
                return Send(to, Result(evolve(sale, price=sale.price + 1)))
            case _:
                return effect


@frozen
class CallsNoSaleVoid(Auctioneer):
    """Tells bidders that the auction was not held, where nobody has bid enough."""

    def award(self, state: Revealing) -> Step[Auctioning]:
        awarded = super().award(state)
        return Step(awarded.state, tuple(map(self.void, awarded.effects)))

    def void(self, effect: Effect) -> Effect:
        match effect:
            case Send(to, Result(NoSale())):
                return Send(to, Result(NO_BIDDERS))
            case _:
                return effect


@frozen
class WaitsForTheEnd(Auctioneer):
    """Awards when the time to reveal is over, also where nothing is left to reveal."""

    def all_revealed(self, state: Revealing) -> bool:  # noqa: ARG002  # that is the mistake
        return False


# ---- the pitfalls, in systems as small as shows them

COUNTS_WHAT_IT_NEVER_TOOK = Pitfall(
    "sealed_bid_auction.CountsWhatItNeverTook",
    "A bid counts that nobody was told to have been revealed.",
    breaks=spec.what_was_revealed_counts,
    subject=system(1, auctioneer=CountsWhatItNeverTook),
    length=5,
)
AWARDS_BEFORE_IT_CLOSES = Pitfall(
    "sealed_bid_auction.AwardsBeforeItCloses",
    "There is an award, and then commitments are closed.",
    breaks=spec.closes_once,
    subject=system(1, auctioneer=AwardsBeforeItCloses),
    length=1,
)
LOOKS_OPEN = Pitfall(
    "sealed_bid_auction.LooksOpen",
    "The auction is over, and looks as if it were not.",
    breaks=spec.award_or_no_sale,
    subject=system(1, auctioneer=LooksOpen),
    length=4,
)
TELLS_ANOTHER_PRICE = Pitfall(
    "sealed_bid_auction.TellsAnotherPrice",
    "Bidders are told another price than was awarded.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, auctioneer=TellsAnotherPrice),
    length=6,
)
CALLS_NO_SALE_VOID = Pitfall(
    "sealed_bid_auction.CallsNoSaleVoid",
    "Bidders are told that the auction was rejected, where there was none who bought.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, auctioneer=CallsNoSaleVoid),
    length=2,
)
WAITS_FOR_THE_END = Pitfall(
    "sealed_bid_auction.WaitsForTheEnd",
    "All bids are revealed, and there is no award until a deadline passes.",
    breaks=spec.the_last_bid_ends_it,
    subject=system(1, auctioneer=WaitsForTheEnd),
    length=5,
)
