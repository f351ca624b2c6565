"""What goes wrong with bidders: what they bid, commit to and reveal, what they believe, and what they tell their users."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.sealed_bid_auction import (
    Bidder,
    Bidding,
    Bound,
    Free,
    Public,
    Told,
    is_bid,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.sealed_bid_auction import (
    BID_ALREADY,
    NO_BID,
    OVER,
    Closing,
    Commit,
    Offer,
    Result,
    Seal,
    Sealed,
)
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.vocabulary import Address, Amount, Announce, Faults, Malformed, Rejected, Reply, Send


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
        return self.bid(client, request.amount) if following.effects == (Reply(client, NO_BID),) else following


@frozen
class ChangesItsMind(Bidder):
    """Takes a second offer for the bid, whose seal is on its way."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        following = super().request(state, client, request)
        if following.effects != (Reply(client, BID_ALREADY),):
            return following
        sealed = Sealed(request.amount)
        return step(Bound(request.amount), Announce(sealed), Reply(client, sealed))


@frozen
class BidsMoreThanItShould(Bidder):
    """Bids one more than its user offers, to be sure."""

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        return super().bid(client, amount + 1)


@frozen
class BidsAfterTheClose(Bidder):
    """Takes an offer also where it knows that it is too late."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        return super().request(Free() if isinstance(state, Public) else state, client, request)


@frozen
class CommitsToLess(Bidder):
    """Commits to one less than it tells its user."""

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        less = Send(self.auctioneer, Commit(Seal(self.me, amount - 1)))
        bid = super().bid(client, amount)
        return Step(bid.state, tuple(less if isinstance(each, Send) else each for each in bid.effects))


@frozen
class RevealsLess(Bidder):
    """Reveals one less than it has bid."""

    def reveal(self, amount: Amount) -> Step[Bidding]:
        return super().reveal(amount - 1)


@frozen
class TellsAnotherBid(Bidder):
    """Tells its user that it has bid nothing."""

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        return answering(super().bid(client, amount), Sealed(0))


@frozen
class RejectsWhatItBids(Bidder):
    """Bids, and tells its user that it has not."""

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        return answering(super().bid(client, amount), BID_ALREADY)


@frozen
class SaysYesAgain(Bidder):
    """Answers a second offer as the first, and keeps to the first."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        return step(state, Reply(client, Sealed(request.amount))) if isinstance(state, Bound) else super().request(state, client, request)


@frozen
class RejectsWithoutReason(Bidder):
    """Rejects every offer for the same reason, right or wrong."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:  # noqa: ARG002
        return step(state, Reply(client, self.reason()))

    def reason(self) -> Rejected:
        return NO_BID


@frozen
class SaysThatItHasBid(RejectsWithoutReason):
    """Says that it has bid, and has not."""

    def reason(self) -> Rejected:
        return BID_ALREADY


@frozen
class SaysThatItIsTooLate(RejectsWithoutReason):
    """Says that it is too late, and does not know."""

    def reason(self) -> Rejected:
        return OVER


@frozen
class IgnoresWhatIsNoBid(Bidder):
    """Says nothing to who offers what is no bid."""

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        return super().request(state, client, request) if is_bid(request.amount) else step(state)


@frozen
class TellsTwice(Bidder):
    """Tells its user again what it has bid, when it reveals it."""

    def reveal(self, amount: Amount) -> Step[Bidding]:
        revealed = super().reveal(amount)
        return Step(revealed.state, (*revealed.effects, Reply(Address("user", self.me.number), Sealed(amount))))


@frozen
class ForgetsTheOutcome(Bidder):
    """Takes the close, when that comes late, for the latest that it knows."""

    def receive(self, state: Bidding, source: Address, message: Closing | Result) -> Step[Bidding] | None:
        return step(Public()) if isinstance(state, Told) and message == Closing() else super().receive(state, source, message)


def answering(taken: Step[Bidding], answer: object) -> Step[Bidding]:
    """Return a step with another answer."""
    return Step(taken.state, tuple(Reply(each.to, answer) if isinstance(each, Reply) else each for each in taken.effects))


# ---- the pitfalls, in systems as small as shows them

TIMELY = Faults(synchronous=True)
LIAR, STRANGER = Address("bidder", 1), Address("stranger")

CHANGES_ITS_MIND = Pitfall(
    "sealed_bid_auction.ChangesItsMind",
    "A bid is changed after its seal was sent: what is revealed fits no commitment.",
    breaks=spec.every_bid_counts,
    subject=system(1, asks=2, faults=TIMELY, bidder=ChangesItsMind),
    length=7,
)
BIDS_ANYTHING = Pitfall(
    "sealed_bid_auction.BidsAnything",
    "A bidder commits to a bid that nobody takes, and does not tell its user so.",
    breaks=spec.every_bid_counts,
    subject=system(1, offers=(Malformed(Offer(-1)),), faults=TIMELY, bidder=BidsAnything),
    length=6,
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
BIDS_TWICE = Pitfall(
    "sealed_bid_auction.ChangesItsMind/bids_twice",
    "A second offer takes the place of the first.",
    breaks=spec.a_bid_is_its_users,
    subject=system(1, asks=2, bidder=ChangesItsMind),
    length=2,
)
BIDS_WHAT_IS_NO_BID = Pitfall(
    "sealed_bid_auction.BidsAnything/no_bid",
    "Something that is not a bid is sealed.",
    breaks=spec.a_bid_is_its_users,
    subject=system(1, offers=(Malformed(Offer(-1)),), bidder=BidsAnything),
    length=1,
)
BIDS_MORE_THAN_IT_SHOULD = Pitfall(
    "sealed_bid_auction.BidsMoreThanItShould",
    "The amount that is sealed is not the one that the user offers.",
    breaks=spec.a_bid_is_its_users,
    subject=system(1, bidder=BidsMoreThanItShould),
    length=1,
)
BIDS_AFTER_THE_CLOSE = Pitfall(
    "sealed_bid_auction.BidsAfterTheClose",
    "An offer that comes too late is answered as if it bound somebody.",
    breaks=spec.a_bid_is_its_users,
    subject=system(1, bidder=BidsAfterTheClose),
    length=3,
)
COMMITS_TO_LESS = Pitfall(
    "sealed_bid_auction.CommitsToLess",
    "A bidder commits to a bid other than its user was told.",
    breaks=spec.what_is_taken_was_said,
    subject=system(1, bidder=CommitsToLess),
    length=2,
)
REVEALS_LESS = Pitfall(
    "sealed_bid_auction.RevealsLess",
    "A bidder reveals a bid other than the one it made.",
    breaks=spec.bids_are_sealed_until_closed,
    subject=system(1, bidder=RevealsLess),
    length=3,
)
TELLS_ANOTHER_BID = Pitfall(
    "sealed_bid_auction.TellsAnotherBid",
    "A user is told an amount other than the one that binds its bidder.",
    breaks=spec.an_answer_is_true,
    subject=system(1, bidder=TellsAnotherBid),
    length=1,
)
REJECTS_WHAT_IT_BIDS = Pitfall(
    "sealed_bid_auction.RejectsWhatItBids",
    "A user is told that its offer is rejected, and yet it is bid.",
    breaks=spec.an_answer_is_true,
    subject=system(1, bidder=RejectsWhatItBids),
    length=1,
)
SAYS_YES_AGAIN = Pitfall(
    "sealed_bid_auction.SaysYesAgain",
    "A second offer is answered *sealed*, yet is not bid.",
    breaks=spec.an_answer_is_true,
    subject=system(1, asks=2, bidder=SaysYesAgain),
    length=2,
)
WITHOUT_REASON = tuple(
    Pitfall(f"sealed_bid_auction.{bidder.__name__}", mistake, breaks=spec.an_answer_is_true, subject=system(1, bidder=bidder), length=1)
    for bidder, mistake in (
        (RejectsWithoutReason, "A bid is called none."),
        (SaysThatItHasBid, "A first offer is rejected as if there had been another."),
        (SaysThatItIsTooLate, "An offer is rejected as too late by a bidder that knows nothing of the close."),
    )
)
IGNORES_WHAT_IS_NO_BID = Pitfall(
    "sealed_bid_auction.IgnoresWhatIsNoBid",
    "A user who offers something that is not a bid waits for an answer.",
    breaks=spec.nobody_waits,
    subject=system(1, offers=(Malformed(Offer(-1)),), bidder=IgnoresWhatIsNoBid),
    length=4,
)
TELLS_TWICE = Pitfall(
    "sealed_bid_auction.TellsTwice",
    "A user is answered twice.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, bidder=TellsTwice),
    length=3,
)
FORGETS_THE_OUTCOME = Pitfall(
    "sealed_bid_auction.ForgetsTheOutcome",
    "A bidder that knows the outcome hears late that the auction is closed, and forgets it.",
    breaks=spec.what_is_told_is_final,
    subject=system(1, bidder=ForgetsTheOutcome),
    length=3,
)
