"""A sealed-bid auction as two machines: an auctioneer, and bidders who each bid for one user."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Ask, Byzantine, Crash, Fire, KnownViolation, Process, Receive, Step, System, User, step
from concordant.spec.auctions.sealed_bid_auction import (
    BID_ALREADY,
    NO_BID,
    OVER,
    AuctioneerView,
    Awarded,
    BidderView,
    Close,
    Closed,
    Closing,
    Commit,
    Committed,
    End,
    History,
    Informed,
    Offer,
    Opened,
    Result,
    Reveal,
    Revealed,
    Seal,
    Sealed,
)
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.auctions.shared.auctions import Bid, Direction, NoSale, Outcome, Profile
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Announce,
    Clause,
    Faults,
    Map,
    Network,
    Reply,
    Send,
    addresses,
    broadcast,
    is_amount,
)

Rule: TypeAlias = Callable[[Profile], Outcome]

# ---- auctioneer


@frozen
class Open:
    """Takes commitments."""

    seals: Map[Address, Seal] = Map()


@frozen
class Revealing:
    """Takes bids that fit the commitments."""

    seals: Map[Address, Seal]
    bids: Map[Address, Amount] = Map()


@frozen
class Over:
    """Has awarded, or has found that there is nothing to award."""


Auctioning: TypeAlias = Open | Revealing | Over


@frozen
class Auctioneer(Process[Auctioning, Commit | Reveal, Never, Close | End]):
    """Holds one auction among fixed bidders, on fixed terms, by one rule."""

    bidders: tuple[Address, ...]
    reserve: Amount
    direction: Direction
    rule: Rule

    def start(self) -> Step[Auctioning]:
        return step(Open())

    def receive(self, state: Auctioning, source: Address, message: Commit | Reveal) -> Step[Auctioning] | None:
        match message, state:
            case Commit(seal), Open() if self.may_commit(state, source):
                return step(Open(state.seals.put(source, seal)), Announce(Committed(source, seal)))
            case Reveal(amount), Revealing() if self.may_reveal(state, source, amount):
                revealed = evolve(state, bids=state.bids.put(source, amount))
                taken: Step[Auctioning] = step(revealed, Announce(Revealed(source, amount)))
                return taken.then(lambda _: self.award(revealed)) if self.all_revealed(revealed) else taken
            case _:
                return None

    def may_commit(self, state: Open, source: Address) -> bool:
        return source in self.bidders and source not in state.seals

    def may_reveal(self, state: Revealing, source: Address, amount: Amount) -> bool:
        # The hard step: the seal is made anew from who speaks and what it says, so neither another's seal nor another bid
        # fits. A bid that the rule would reject is no bid: it would spoil the auction for all.
        return state.seals.get(source) == Seal(source, amount) and is_bid(amount)

    def all_revealed(self, state: Revealing) -> bool:
        return len(state.bids) == len(state.seals)

    def armed(self, state: Auctioning) -> tuple[Close | End, ...]:
        match state:
            case Open():
                return (Close(),)
            case Revealing():
                return (End(),)
            case Over():
                return ()
            case _:
                assert_never(state)

    def fire(self, state: Auctioning, trigger: Close | End) -> Step[Auctioning]:  # noqa: ARG002  # one in each state
        match state:
            case Open(seals):
                revealing = Revealing(seals)
                closed: Step[Auctioning] = step(revealing, Announce(Closed()), *broadcast(self.bidders, Closing()))
                return closed if seals else closed.then(lambda _: self.award(revealing))
            case Revealing():
                return self.award(state)
            case Over():
                return step(state)
            case _:
                assert_never(state)

    def award(self, state: Revealing) -> Step[Auctioning]:
        profile = self.profile(state)
        outcome = self.rule(profile)
        return step(Over(), Announce(Awarded(profile, outcome)), *broadcast(self.bidders, Result(outcome)))

    def profile(self, state: Revealing) -> Profile:
        """Put the bids together; a bidder that has revealed none has declined."""
        return Profile(tuple(Bid(str(bidder), state.bids.get(bidder)) for bidder in self.bidders), self.reserve, self.direction)

    def survives(self, state: Auctioning) -> Iterable[Auctioning]:
        return (state,)  # it does not come back

    def view(self, state: Auctioning) -> AuctioneerView:
        return AuctioneerView(isinstance(state, Over))


# ---- bidder


@frozen
class Free:
    """Has not bid."""


@frozen
class Bound:
    """Has committed to a bid, and keeps it to itself."""

    amount: Amount


@frozen
class Public:
    """Has revealed its bid, or knows that it is too late to make one."""


@frozen
class Told:
    """Knows what has come of it."""

    outcome: Outcome


Bidding: TypeAlias = Free | Bound | Public | Told


@frozen
class Bidder(Process[Bidding, Closing | Result, Offer]):
    """Bids once, and reveals its bid when it is asked to."""

    me: Address
    auctioneer: Address

    def start(self) -> Step[Bidding]:
        return step(Free())

    def request(self, state: Bidding, client: Address, request: Offer) -> Step[Bidding]:
        match state:
            case Free():
                if not is_bid(request.amount):
                    return step(state, Reply(client, NO_BID))
                return self.bid(client, request.amount)
            case Bound():
                return step(state, Reply(client, BID_ALREADY))
            case Public() | Told():
                return step(state, Reply(client, OVER))
            case _:
                assert_never(state)

    def bid(self, client: Address, amount: Amount) -> Step[Bidding]:
        sealed = Sealed(amount)
        return step(Bound(amount), Announce(sealed), Reply(client, sealed), Send(self.auctioneer, Commit(Seal(self.me, amount))))

    def receive(self, state: Bidding, source: Address, message: Closing | Result) -> Step[Bidding] | None:
        if not self.trusts(source):
            return None
        match message, state:
            case Closing(), Free():
                return step(Public(), Announce(Informed()))
            case Closing(), Bound(amount):
                informed: Step[Bidding] = step(state, Announce(Informed()))
                return informed.then(lambda _: self.reveal(amount))
            case Result(outcome), Free() | Bound():
                return step(Told(outcome), Announce(Informed()))
            case Result(outcome), Public():
                return step(Told(outcome))
            case _:
                return None

    def trusts(self, source: Address) -> bool:
        return source == self.auctioneer

    def reveal(self, amount: Amount) -> Step[Bidding]:
        return step(Public(), Announce(Opened(amount)), Send(self.auctioneer, Reveal(amount)))

    def survives(self, state: Bidding) -> Iterable[Bidding]:
        return (state,)

    def view(self, state: Bidding) -> BidderView:
        return BidderView(state.outcome if isinstance(state, Told) else None)


def is_bid(amount: object) -> bool:
    """Tell whether something is a bid that every rule takes."""
    return is_amount(amount) and amount >= 0


# ---- together

PROCESS: tuple[Clause, ...] = (
    spec.a_bid_is_its_users,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
    spec.bids_are_sealed_until_closed,
    spec.nothing_revealed_is_taken_before_the_close,
    spec.closes_once,
    spec.what_is_taken_was_said,
    spec.what_is_revealed_was_said,
    spec.a_commitment_is_final,
    spec.what_is_awarded_was_committed,
    spec.what_was_revealed_counts,
    spec.only_bidders_bid_and_each_once,
    spec.the_terms_stand,
    spec.at_most_one_award,
    spec.the_last_bid_ends_it,
    spec.award_or_no_sale,
    spec.every_bid_counts,
    spec.nobody_is_told_otherwise,
    spec.what_is_told_is_final,
    spec.everybody_is_told,
    spec.it_ends,
)
RULE: tuple[Clause, ...] = (
    spec.sold_to_the_best,
    spec.sold_if_the_reserve_is_met,
    spec.reserve_respected,
    spec.individually_rational,
    spec.ties_are_told_and_broken_by_name,
)
SAFETY: tuple[Clause, ...] = (*PROCESS, *RULE)
FIRST_PRICE: tuple[Clause, ...] = (*SAFETY, spec.price_is_the_winners_bid, spec.a_tie_is_sold, spec.nothing_is_sold)
SECOND_PRICE: tuple[Clause, ...] = (*SAFETY, spec.price_is_the_best_of_the_others, spec.a_tie_is_sold, spec.nothing_is_sold)

AUCTIONEER = Address("auctioneer")


def system(
    bidders: int = 2,
    *,
    offers: tuple[object, ...] = (Offer(1), Offer(2)),
    asks: int = 1,
    reserve: Amount = 2,
    direction: Direction = Direction.FORWARD,
    rule: Rule = second_price,
    liars: tuple[Address, ...] = (),
    network: Network = Network(),
    faults: Faults = Faults(),
    auctioneer: type[Auctioneer] = Auctioneer,
    bidder: type[Bidder] = Bidder,
    promises: tuple[Clause, ...] = SECOND_PRICE,
) -> System[History]:
    """Put an auctioneer, bidders and their users together. `asks`: how often each user offers. `liars`, bidders or strangers, say what they like."""
    everybody = addresses("bidder", bidders)
    honest = tuple(name for name in everybody if name not in liars)
    return System(
        {AUCTIONEER: auctioneer(everybody, reserve, direction, rule), **{name: bidder(name, AUCTIONEER) for name in honest}},
        History(everybody, reserve, direction, frozenset(everybody) & frozenset(liars)),
        promises,
        network,
        faults,
        tuple(User(Address("user", name.number), (name,), (offers,) * asks) for name in honest),
        tuple(Byzantine(name, lambda history, liar=name: lies(liar, honest, history)) for name in liars),  # type: ignore[misc]
    )


def lies(liar: Address, honest: tuple[Address, ...], history: History) -> tuple[Send, ...]:
    """List all that may be said: own seals, also of no bid, and seals that others have made or sent; and what only the auctioneer should say."""
    made = tuple(Seal(bidder, amount) for bidder, amount in history.bids.items())
    sent = (seal for bidder, seal in history.committed.items() if bidder != liar and seal not in made)
    seals = (Seal(liar, 2), Seal(liar, -1), *made, *sent)
    bids: tuple[Amount, ...] = (
        2,
        1,
        -1,
        *(amount for bidder, amount in history.revealed.items() if bidder != liar and amount not in (1, 2)),
    )
    spoken = (*(Commit(seal) for seal in seals), *(Reveal(amount) for amount in bids))
    orders = (Closing(), Result(NoSale()))
    return (*(Send(AUCTIONEER, message) for message in spoken), *(Send(name, order) for name in honest for order in orders))


BIDDER = Address("bidder")

TAKES_ITS_BID_BACK = KnownViolation(
    spec.every_bid_counts,
    "A bidder that does not reveal takes its bid back: no rule can award what nobody knows. A deposit would make that expensive.",
    system(1, faults=Faults(crashes=1, who=(BIDDER,), synchronous=True), promises=PROCESS),
    witness=(
        Ask(BIDDER, Address("user"), Offer(2)),
        Receive(AUCTIONEER, BIDDER, Commit(Seal(BIDDER, 2))),
        Crash(BIDDER, Bound(2)),
        Fire(AUCTIONEER, Close()),
        Receive(BIDDER, AUCTIONEER, Closing()),  # and then the time to reveal is over
    ),
)
