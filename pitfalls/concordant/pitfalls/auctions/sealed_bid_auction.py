"""What goes wrong while bids are collected. The documents ask bidders in turn and bind nobody to a bid; the rest is ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.auctions.first_price_sealed_bid import ties_hidden
from concordant.pitfalls.auctions.vickrey_auction import (
    best_of_the_others_alone,
    lowest_whatever_the_direction,
    needs_a_rival,
    second_to_the_second,
)
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.sealed_bid_auction import (
    SAFETY,
    Auctioneer,
    Auctioning,
    Bidder,
    Bidding,
    Bound,
    Open,
    Over,
    Revealing,
    Rule,
    is_bid,
    system,
)
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions import sealed_bid_auction as spec
from concordant.spec.auctions.sealed_bid_auction import Close, Commit, Committed, End, Offer, Result, Reveal, Revealed, Sealed
from concordant.spec.auctions.shared.auctions import Bid, Profile
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Faults, Malformed, Network, Reply, Send, broadcast

# ---- auctioneers


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
        return source in state.seals and state.seals[source] == spec.Seal(source, amount)


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


# ---- bidders


@frozen
class RevealsAtOnce(Bidder):
    """Sends the bid with the seal, to save a message."""

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        return super().bid(client, amount).then(lambda _: self.reveal(amount))


@frozen
class BelievesAnybody(Bidder):
    """Takes anybody's word that the auction is closed, and for what has come of it."""

    def trusts(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class BidsAnything(Bidder):
    """Commits to whatever its user says."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        following = super().request(state, client, request)
        return self.bid(client, request.amount) if following.effects == (Reply(client, spec.NO_BID),) else following


@frozen
class ChangesItsMind(Bidder):
    """Takes a second offer for the bid, whose seal is on its way."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        following = super().request(state, client, request)
        if following.effects != (Reply(client, spec.BID_ALREADY),):
            return following
        sealed = Sealed(request.amount)
        return step(Bound(request.amount), Announce(sealed), Reply(client, sealed))


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
    "A commitment is overwritten by the next: who commits last has seen the most.",
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
    "A seal does not name its bidder: who copies a rival's seal, and later its bid, has a tie without knowing what it bid.",
    breaks=spec.what_is_awarded_was_committed,
    subject=system(liars=(LIAR,), auctioneer=SealsBidsOnly),
    length=6,
)
CHANGES_ITS_MIND = Pitfall(
    "sealed_bid_auction.ChangesItsMind",
    "A bid is changed after its seal was sent: what is revealed fits no commitment.",
    breaks=spec.every_bid_counts,
    subject=system(1, asks=2, faults=TIMELY, bidder=ChangesItsMind),
    length=8,
)
TAKES_ANY_AMOUNT = Pitfall(
    "sealed_bid_auction.TakesAnyAmount",
    "One bidder commits to -1, and the rule rejects the bids of all.",
    breaks=spec.award_or_no_sale,
    subject=system(liars=(LIAR,), auctioneer=TakesAnyAmount),
    length=6,
)
BIDS_ANYTHING = Pitfall(
    "sealed_bid_auction.BidsAnything",
    "A bidder commits to a bid that nobody takes, and does not tell its user so.",
    breaks=spec.every_bid_counts,
    subject=system(1, offers=(Malformed(Offer(-1)),), faults=TIMELY, bidder=BidsAnything),
    length=7,
)
AWARDS_AT_THE_FIRST = Pitfall(
    "sealed_bid_auction.AwardsAtTheFirst",
    "The first to reveal wins, before the others are heard.",
    breaks=spec.every_bid_counts,
    subject=system(2, faults=TIMELY, auctioneer=AwardsAtTheFirst),
    length=10,
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
    "Who did not bid in time is told nothing, and goes on waiting.",
    breaks=spec.everybody_is_told,
    subject=system(1, auctioneer=TellsThoseWhoBid),
    length=3,
)
REVEALS_AT_ONCE = Pitfall(
    "sealed_bid_auction.RevealsAtOnce",
    "The bid is sent along with its seal.",
    breaks=spec.bids_are_sealed_until_closed,
    subject=system(1, bidder=RevealsAtOnce),
    length=1,
)
BELIEVES_ANYBODY = Pitfall(
    "sealed_bid_auction.BelievesAnybody",
    "A rival says that the auction is closed, and hears the bid.",
    breaks=spec.bids_are_sealed_until_closed,
    subject=system(liars=(LIAR,), bidder=BelievesAnybody),
    length=2,
)
BELIEVES_ANYBODYS_RESULT = Pitfall(
    "sealed_bid_auction.BelievesAnybody/result",
    "A stranger says that there was no sale.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, liars=(STRANGER,), bidder=BelievesAnybody),
    length=1,
)

# ---- wrong rules


def wrong(rule: Rule, mistake: str, breaks: Clause, length: int, bidders: int = 1, reserve: int = 1) -> Pitfall:
    """Make the pitfall that an auctioneer of this rule runs into."""
    promises = (*SAFETY, spec.price_is_the_winners_bid, spec.price_is_the_best_of_the_others)
    subject = system(bidders, reserve=reserve, rule=rule, promises=promises)
    return Pitfall(f"sealed_bid_auction.{rule.__name__}", mistake, breaks, subject, length)


WRONG_RULES = (
    wrong(second_to_the_second, "The good goes to who bid the second price.", spec.sold_to_the_best, 9, bidders=2),
    wrong(needs_a_rival, "Who bids alone gets nothing.", spec.sold_if_the_reserve_is_met, 5),
    wrong(best_of_the_others_alone, "Who bids alone pays nothing, whatever the reserve.", spec.reserve_respected, 5),
    wrong(lowest_whatever_the_direction, "The lowest bid wins, and pays the second lowest.", spec.individually_rational, 9, bidders=2),
    wrong(ties_hidden, "That there was a tie is told to nobody.", spec.ties_are_told_and_broken_by_name, 9, bidders=2),
    wrong(second_price, "The first price is promised and the second taken.", spec.price_is_the_winners_bid, 5),
    wrong(first_price, "The second price is promised and the first taken.", spec.price_is_the_best_of_the_others, 5),
)
