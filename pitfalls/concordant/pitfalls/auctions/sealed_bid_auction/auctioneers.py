"""What goes wrong with auctioneers. The documents ask bidders in turn and bind nobody to a bid; the rest is ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions.sealed_bid_auction import (
    Auctioneer,
    Auctioning,
    Open,
    Over,
    Revealing,
    is_bid,
    system,
)
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.sealed_bid_auction import (
    Close,
    Closed,
    Closing,
    Commit,
    Committed,
    End,
    Offer,
    Result,
    Reveal,
    Revealed,
    Seal,
)
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.auctions.shared.auctions import Bid, Direction, Profile
from concordant.spec.vocabulary import Address, Amount, Announce, Faults, Network, Send, broadcast


@frozen
class WaitsForAll(Auctioneer):
    """Closes when all have bid and awards when all have revealed, however long that takes."""

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        following = super().receive(state, source, message)
        if following is not None and isinstance(following.state, Open) and len(following.state.seals) == len(self.bidders):
            return following.then(lambda reached: self.fire(reached, Close()))
        return following

    def armed(self, state: Auctioning) -> tuple[Close | End, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class Shill(Auctioneer):
    """Looks at the bids, and then bids itself, just below the best."""

    def profile(self, state: Revealing) -> Profile:
        honest = super().profile(state)
        return evolve(honest, bids=(*honest.bids, Bid("shill", max(state.bids.values(), default=0))))


@frozen
class RaisesTheReserve(Auctioneer):
    """Looks at the bids, and then says what the reserve was."""

    def profile(self, state: Revealing) -> Profile:
        return evolve(super().profile(state), reserve=max((self.reserve, *state.bids.values())))


@frozen
class TakesTheLatest(Auctioneer):
    """Lets a bidder commit anew."""

    def may_commit(self, state: Open, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return source in self.bidders


@frozen
class TakesLateBids(Auctioneer):
    """Takes a commitment when it comes, also while the others reveal."""

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        match message, state:
            case Commit(seal), Revealing(seals) if source in self.bidders and source not in seals:
                return step(evolve(state, seals=seals.put(source, seal)), Announce(Committed(source, seal)))
            case _:
                return super().receive(state, source, message)


@frozen
class TakesEarlyBids(Auctioneer):
    """Takes a bid when it is told, also before the close."""

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        match message, state:
            case Reveal(amount), Open(seals) if self.may_reveal(Revealing(seals), source, amount):
                return step(state, Announce(Revealed(source, amount)))
            case _:
                return super().receive(state, source, message)


@frozen
class BelievesBids(Auctioneer):
    """Does not compare a bid with its seal."""

    def may_reveal(self, state: Revealing, source: Address, amount: Amount) -> bool:
        return source in state.seals and is_bid(amount)


@frozen
class SealsBidsOnly(Auctioneer):
    """Lets a seal bind a bid, and not the bidder to it: another may copy it, and copy the bid once that is public."""

    def may_reveal(self, state: Revealing, source: Address, amount: Amount) -> bool:
        return source in state.seals and state.seals[source].amount == amount and is_bid(amount)


@frozen
class TakesAnyAmount(Auctioneer):
    """Compares a bid with its seal, and does not ask whether it is one."""

    def may_reveal(self, state: Revealing, source: Address, amount: Amount) -> bool:
        return source in state.seals and state.seals[source] == Seal(source, amount)


@frozen
class AwardsAtTheFirst(Auctioneer):
    """Awards as soon as somebody has revealed."""

    def all_revealed(self, state: Revealing) -> bool:
        return bool(state.bids)


@frozen
class AwardsAgain(Auctioneer):
    """Awards when all have revealed, and at the deadline too."""

    def award(self, state: Revealing) -> Step[Auctioning]:
        return Step(state, super().award(state).effects)


@frozen
class HidesLowBids(Auctioneer):
    """Publishes only bids as good as the reserve."""

    def profile(self, state: Revealing) -> Profile:
        profile = super().profile(state)
        published = taken(profile)
        return evolve(profile, bids=tuple(evolve(bid, amount=published.get(bid.bidder)) for bid in profile.bids))


@frozen
class TellsTheStand(Auctioneer):
    """Tells the bidders how things stand after every bid that is revealed."""

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        following = super().receive(state, source, message)
        if following is None or not isinstance(following.state, Revealing):
            return following
        stand = Result(self.rule(self.profile(following.state)))
        return following.then(lambda reached: step(reached, *broadcast(self.bidders, stand)))


@frozen
class TellsThoseWhoBid(Auctioneer):
    """Tells the outcome to those only who have bid."""

    def award(self, state: Revealing) -> Step[Auctioning]:
        awarded = super().award(state)
        told = tuple(each for each in awarded.effects if not isinstance(each, Send) or each.to in state.seals)
        return step(Over(), *told)


@frozen
class ClosesAgain(Auctioneer):
    """Closes once more when somebody has not revealed, instead of going on without."""

    def fire(self, state: Auctioning, trigger: Close | End) -> Step[Auctioning]:
        if not isinstance(state, Revealing) or self.all_revealed(state):
            return super().fire(state, trigger)
        return step(state, Announce(Closed()), *broadcast(self.bidders, Closing()))


@frozen
class ReadsTheSeals(Auctioneer):
    """Takes bids from their seals, which hide nothing, and does not wait for anybody."""

    def fire(self, state: Auctioning, trigger: Close | End) -> Step[Auctioning]:
        closed = super().fire(state, trigger)
        read = state.seals.items() if isinstance(state, Open) else ()
        return closed.then(lambda after: step(after, *(Announce(Revealed(bidder, seal.amount)) for bidder, seal in read)))


@frozen
class PaysNoMoreThanItMust(Auctioneer):
    """Puts down a bid as the reserve, if it is better."""

    def profile(self, state: Revealing) -> Profile:
        profile = super().profile(state)
        bids = tuple(bid if bid.amount is None else evolve(bid, amount=min(bid.amount, self.reserve)) for bid in profile.bids)
        return evolve(profile, bids=bids)


@frozen
class BuysInsteadOfSelling(Auctioneer):
    """Takes the direction for the other one."""

    def profile(self, state: Revealing) -> Profile:
        return evolve(super().profile(state), direction=Direction.REVERSE)


# ---- the pitfalls, in systems as small as shows them

TIMELY = Faults(synchronous=True)
LIAR, STRANGER = Address("bidder", 1), Address("stranger")

WAITS_FOR_ALL = Pitfall(
    "FPA-13",
    "All bids are awaited: one bidder that is silent holds up the auction for ever.",
    breaks=spec.award_or_no_sale,
    subject=system(1, network=Network(losses=1), auctioneer=WaitsForAll),
    length=2,
)
SHILL = Pitfall(
    "SPA-8",
    "The auctioneer bids too, once it knows the bids: the second price is then the first.",
    breaks=spec.only_bidders_bid_and_each_once,
    subject=system(1, auctioneer=Shill),
    length=1,
)
RAISES_THE_RESERVE = Pitfall(
    "SPA-8/reserve",
    "The auctioneer sets the reserve, once it knows the bids.",
    breaks=spec.the_terms_stand,
    subject=system(1, reserve=1, auctioneer=RaisesTheReserve),
    length=5,
)
TAKES_THE_LATEST = Pitfall(
    "sealed_bid_auction.TakesTheLatest",
    "A commitment is overwritten by the next: whoever commits last has seen the most.",
    breaks=spec.a_commitment_is_final,
    subject=system(liars=(LIAR,), auctioneer=TakesTheLatest),
    length=2,
)
TAKES_LATE_BIDS = Pitfall(
    "sealed_bid_auction.TakesLateBids",
    "A commitment is taken after the close, when other bids are public.",
    breaks=spec.a_commitment_is_final,
    subject=system(auctioneer=TakesLateBids),
    length=5,
)
TAKES_EARLY_BIDS = Pitfall(
    "sealed_bid_auction.TakesEarlyBids",
    "A bid that is revealed before the close is taken: nothing keeps it from those who have yet to bid.",
    breaks=spec.nothing_revealed_is_taken_before_the_close,
    subject=system(liars=(LIAR,), auctioneer=TakesEarlyBids),
    length=2,
)
BELIEVES_BIDS = Pitfall(
    "sealed_bid_auction.BelievesBids",
    "A bid is not compared with its seal: a bidder waits for the others' and then says what it likes.",
    breaks=spec.what_is_awarded_was_committed,
    subject=system(liars=(LIAR,), auctioneer=BelievesBids),
    length=3,
)
SEALS_BIDS_ONLY = Pitfall(
    "sealed_bid_auction.SealsBidsOnly",
    "A seal does not name its bidder: one that copies a rival's seal, and later its bid, ties without knowing what it bid.",
    breaks=spec.what_is_awarded_was_committed,
    subject=system(liars=(LIAR,), auctioneer=SealsBidsOnly),
    length=4,
)
TAKES_ANY_AMOUNT = Pitfall(
    "sealed_bid_auction.TakesAnyAmount",
    "One bidder commits to -1, and the rule rejects the bids of all.",
    breaks=spec.award_or_no_sale,
    subject=system(liars=(LIAR,), auctioneer=TakesAnyAmount),
    length=6,
)
AWARDS_AT_THE_FIRST = Pitfall(
    "sealed_bid_auction.AwardsAtTheFirst",
    "The first to reveal wins, before the others are heard.",
    breaks=spec.every_bid_counts,
    subject=system(2, faults=TIMELY, auctioneer=AwardsAtTheFirst),
    length=7,
    quick=False,
)
AWARDS_AGAIN = Pitfall(
    "sealed_bid_auction.AwardsAgain",
    "The deadline passes after all have revealed, and the good is awarded once more.",
    breaks=spec.at_most_one_award,
    subject=system(1, auctioneer=AwardsAgain),
    length=2,
)
HIDES_LOW_BIDS = Pitfall(
    "sealed_bid_auction.HidesLowBids",
    "Bids below the reserve are left out of what is published, where nobody can check that they were.",
    breaks=spec.what_was_revealed_counts,
    subject=system(1, auctioneer=HidesLowBids),
    length=5,
)
TELLS_THE_STAND = Pitfall(
    "sealed_bid_auction.TellsTheStand",
    "Bidders are told how things stand, and take it for the outcome.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(2, auctioneer=TellsTheStand),
    length=8,
)
TELLS_THOSE_WHO_BID = Pitfall(
    "sealed_bid_auction.TellsThoseWhoBid",
    "A bidder that did not bid in time is told nothing, and goes on waiting.",
    breaks=spec.everybody_is_told,
    subject=system(1, auctioneer=TellsThoseWhoBid),
    length=3,
)
CLOSES_AGAIN = Pitfall(
    "sealed_bid_auction.ClosesAgain",
    "A silent bidder is asked again and again, and the auction is closed each time.",
    breaks=spec.closes_once,
    subject=system(1, auctioneer=ClosesAgain),
    length=4,
)
READS_THE_SEALS = Pitfall(
    "sealed_bid_auction.ReadsTheSeals",
    "A bid is read out of its seal, and taken to have been revealed.",
    breaks=spec.what_is_revealed_was_said,
    subject=system(1, auctioneer=ReadsTheSeals),
    length=3,
)
BELIEVES_WHAT_IS_REVEALED = Pitfall(
    "sealed_bid_auction.BelievesBids/revealed",
    "What a liar reveals is taken, though it has committed to another bid.",
    breaks=spec.what_is_revealed_was_said,
    subject=system(liars=(LIAR,), auctioneer=BelievesBids),
    length=3,
)
PAYS_NO_MORE_THAN_IT_MUST = Pitfall(
    "sealed_bid_auction.PaysNoMoreThanItMust",
    "A bid that was revealed is counted, but with another amount.",
    breaks=spec.what_was_revealed_counts,
    subject=system(1, reserve=1, offers=(Offer(2),), auctioneer=PaysNoMoreThanItMust),
    length=5,
)
BUYS_INSTEAD_OF_SELLING = Pitfall(
    "sealed_bid_auction.BuysInsteadOfSelling",
    "The award is made in another direction than was announced.",
    breaks=spec.the_terms_stand,
    subject=system(1, auctioneer=BuysInsteadOfSelling),
    length=1,
)
RAISES_THE_RESERVE_BACKWARDS = Pitfall(
    "sealed_bid_auction.RaisesTheReserve/reverse",
    "The reserve of an auction among sellers is another than was announced.",
    breaks=spec.the_terms_stand,
    subject=system(1, reserve=1, direction=Direction.REVERSE, auctioneer=RaisesTheReserve),
    length=5,
)
