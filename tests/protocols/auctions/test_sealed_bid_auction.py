"""The sealed-bid auction, input in and step out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.refimpl.auctions.sealed_bid_auction import (
    AUCTIONEER,
    SECOND_PRICE,
    TAKES_ITS_BID_BACK,
    Auctioneer,
    Bidder,
    Bidding,
    Bound,
    Free,
    Open,
    Over,
    Public,
    Revealing,
    Told,
    lies,
    system,
)
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Step, step
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
from concordant.spec.auctions.sealed_bid_auction.clauses import answers
from concordant.spec.auctions.shared.auctions import Bid, Direction, NoSale, Profile, Sale
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Announce, Call, Faults, Malformed, Map, Reply, Send, Sometimes, addresses

USER, STRANGER = Address("user"), Address("stranger")
B0, B1 = BIDDERS = addresses("bidder", 2)
CHAIR, BIDDER = Auctioneer(BIDDERS, 2, Direction.FORWARD, second_price), Bidder(B0, AUCTIONEER)
S0, S1 = Seal(B0, 3), Seal(B1, 4)
ONE, BOTH = Map.of({B0: S0}), Map.of({B0: S0, B1: S1})


def awarded(*amounts: int | None) -> Step[Any]:
    profile = Profile(tuple(Bid(str(bidder), amount) for bidder, amount in zip(BIDDERS, amounts, strict=True)), 2, Direction.FORWARD)
    outcome = second_price(profile)
    return step(Over(), Announce(Awarded(profile, outcome)), Send(B0, Result(outcome)), Send(B1, Result(outcome)))


class TestAuctioneer:
    def test_takes_one_commitment_of_each_bidder_and_of_nobody_else(self) -> None:
        assert CHAIR.start() == step(Open())
        assert CHAIR.receive(Open(), B0, Commit(S0)) == step(Open(ONE), Announce(Committed(B0, S0)))
        assert CHAIR.receive(Open(ONE), B0, Commit(Seal(B0, 9))) is None
        assert CHAIR.receive(Open(), STRANGER, Commit(Seal(STRANGER, 9))) is None

    def test_takes_no_commitment_after_the_close_and_no_bid_before(self) -> None:
        assert CHAIR.receive(Revealing(ONE), B1, Commit(S1)) is None
        assert CHAIR.receive(Over(), B1, Commit(S1)) is None
        assert CHAIR.receive(Open(ONE), B0, Reveal(3)) is None
        assert CHAIR.receive(Over(), B0, Reveal(3)) is None

    def test_closes_and_asks_for_the_bids_of_those_who_have_committed(self) -> None:
        asks = (Announce(Closed()), Send(B0, Closing()), Send(B1, Closing()))

        assert CHAIR.fire(Open(ONE), Close()) == step(Revealing(ONE), *asks)
        assert CHAIR.fire(Open(), Close()) == Step(Over(), (*asks, *awarded(None, None).effects))

    def test_takes_a_bid_that_fits_its_seal(self) -> None:
        assert CHAIR.receive(Revealing(BOTH), B0, Reveal(3)) == step(Revealing(BOTH, Map.of({B0: 3})), Announce(Revealed(B0, 3)))
        assert CHAIR.receive(Revealing(BOTH), B0, Reveal(4)) is None
        assert CHAIR.receive(Revealing(ONE), B1, Reveal(4)) is None

    def test_takes_neither_a_copied_seal_nor_a_bid_that_would_spoil_the_auction(self) -> None:
        assert CHAIR.receive(Revealing(Map.of({B1: S0})), B1, Reveal(3)) is None
        assert CHAIR.receive(Revealing(Map.of({B0: Seal(B0, -1)})), B0, Reveal(-1)) is None

    def test_awards_when_all_who_committed_have_revealed(self) -> None:
        step = CHAIR.receive(Revealing(BOTH, Map.of({B0: 3})), B1, Reveal(4))

        assert step == Step(Over(), (Announce(Revealed(B1, 4)), *awarded(3, 4).effects))
        assert awarded(3, 4).effects[-1] == Send(B1, Result(Sale("bidder1", 3, ("bidder1",))))

    def test_awards_at_the_deadline_as_if_the_silent_had_declined(self) -> None:
        assert CHAIR.fire(Revealing(BOTH, Map.of({B0: 3})), End()) == awarded(3, None)
        assert CHAIR.fire(Revealing(BOTH), End()) == awarded(None, None)

    def test_has_one_deadline_at_a_time_until_it_is_over(self) -> None:
        states = (Open(), Revealing(ONE), Over())

        assert [CHAIR.armed(state) for state in states] == [(Close(),), (End(),), ()]
        assert CHAIR.fire(Over(), End()) == step(Over())
        assert [CHAIR.view(state) for state in states] == [AuctioneerView(over) for over in (False, False, True)]
        assert [tuple(CHAIR.survives(state)) for state in states] == [(state,) for state in states]


class TestBidder:
    def test_commits_to_the_first_offer_and_to_no_other(self) -> None:
        committed = step(Bound(3), Announce(Sealed(3)), Reply(USER, Sealed(3)), Send(AUCTIONEER, Commit(S0)))

        assert BIDDER.start() == step(Free())
        assert BIDDER.request(Free(), USER, Offer(3)) == committed
        assert BIDDER.request(Bound(3), USER, Offer(4)) == step(Bound(3), Reply(USER, BID_ALREADY))

    @pytest.mark.parametrize("amount", [-1, 0.5, float("nan"), True, None, "1"])
    def test_rejects_what_is_no_bid(self, amount: Any) -> None:
        assert BIDDER.request(Free(), USER, Offer(amount)) == step(Free(), Reply(USER, NO_BID))

    @pytest.mark.parametrize("state", [Public(), Told(NoSale())])
    def test_rejects_an_offer_that_comes_too_late(self, state: Bidding) -> None:
        assert BIDDER.request(state, USER, Offer(3)) == step(state, Reply(USER, OVER))

    def test_reveals_its_bid_when_the_auctioneer_asks_and_once(self) -> None:
        assert BIDDER.receive(Bound(3), AUCTIONEER, Closing()) == step(
            Public(), Announce(Informed()), Announce(Opened(3)), Send(AUCTIONEER, Reveal(3))
        )
        assert BIDDER.receive(Free(), AUCTIONEER, Closing()) == step(Public(), Announce(Informed()))
        assert [BIDDER.receive(state, AUCTIONEER, Closing()) for state in (Public(), Told(NoSale()))] == [None, None]

    def test_is_told_the_outcome_whenever_that_comes_and_once(self) -> None:
        late = step(Told(NoSale()), Announce(Informed()))

        assert [BIDDER.receive(state, AUCTIONEER, Result(NoSale())) for state in (Free(), Bound(3))] == [late, late]
        assert BIDDER.receive(Public(), AUCTIONEER, Result(NoSale())) == step(Told(NoSale()))
        assert BIDDER.receive(Told(NoSale()), AUCTIONEER, Result(Sale("bidder0", 2, ("bidder0",)))) is None

    def test_believes_the_auctioneer_only(self) -> None:
        assert BIDDER.receive(Bound(3), B1, Closing()) is None
        assert BIDDER.receive(Bound(3), STRANGER, Result(NoSale())) is None

    def test_shows_what_it_was_told_also_when_it_has_stopped(self) -> None:
        states = (Free(), Bound(3), Public(), Told(NoSale()))

        assert [BIDDER.view(state) for state in states] == [BidderView()] * 3 + [BidderView(NoSale())]
        assert [tuple(BIDDER.survives(state)) for state in states] == [(state,) for state in states]


HISTORY = History(BIDDERS, 2, Direction.FORWARD)
CALL = Call(USER, B0)


class TestRecord:
    def test_knows_of_each_bidder_its_first_bid_and_whether_that_was_late(self) -> None:
        closed = HISTORY.after(B0, B0, Sealed(3)).after(AUCTIONEER, AUCTIONEER, Closed())

        assert closed == evolve(HISTORY, bids=Map.of({B0: 3}), owed=frozenset({B0}), closed=True)
        assert closed.after(B0, B0, Sealed(5)).bids == closed.bids
        assert closed.after(B1, B1, Sealed(4)) == evolve(
            closed, bids=Map.of({B0: 3, B1: 4}), late=frozenset({B1}), owed=frozenset({B0, B1})
        )

    def test_forgets_at_the_award_who_was_late_and_who_has_revealed_and_keeps_two_awards_at_most(self) -> None:
        award: Awarded = awarded(3, None).effects[0].event  # type: ignore[union-attr,assignment]
        busy = evolve(HISTORY, closed=True, late=frozenset({B1})).after(B0, B0, Opened(3)).after(B0, B0, Informed())

        once = busy.after(AUCTIONEER, AUCTIONEER, award)

        assert busy.opened == busy.informed == frozenset({B0})
        assert once == evolve(busy, late=frozenset(), opened=frozenset(), awards=(award,))
        assert once.after(B1, B1, Opened(4)) == once
        assert once.after(B1, B1, Sealed(4)).late == frozenset()
        assert once.after(AUCTIONEER, AUCTIONEER, award).after(AUCTIONEER, AUCTIONEER, award).awards == (award, award)

    def test_an_offer_may_be_answered_with_the_bid_or_with_every_rule_that_it_breaks(self) -> None:
        offer = HISTORY.after(B0, USER, Offer(3))
        sealed = offer.after(B0, B0, Sealed(3))
        answered = sealed.after(B0, B0, Reply(USER, Sealed(3)))

        assert (tuple(answers(offer, CALL)), tuple(answers(sealed, CALL))) == ((), (Sealed(3),))
        assert answered == evolve(HISTORY, bids=Map.of({B0: 3}), calls=Calls(answered=frozenset({CALL})))
        assert tuple(answers(HISTORY.after(B0, USER, Malformed(Offer(-1))), CALL)) == (NO_BID,)
        assert tuple(answers(evolve(answered.after(B0, USER, Offer(3)), informed=frozenset({B0})), CALL)) == (BID_ALREADY, OVER)
        assert tuple(answers(HISTORY, CALL)) == (NO_BID,)


class TestTogether:
    def test_a_liar_says_what_it_likes_and_repeats_what_it_has_heard(self) -> None:
        silent = HISTORY
        heard = silent.after(AUCTIONEER, B0, Committed(B0, S0)).after(AUCTIONEER, B0, Revealed(B0, 3))

        assert set(lies(B1, (B0,), heard)) - set(lies(B1, (B0,), silent)) == {Send(AUCTIONEER, Commit(S0)), Send(AUCTIONEER, Reveal(3))}
        assert Send(B0, Closing()) in lies(B1, (B0,), silent)

    def test_a_bidder_that_does_not_reveal_takes_its_bid_back(self) -> None:
        verdict = replay_known_violation(TAKES_ITS_BID_BACK)

        assert verdict.status is Status.VIOLATED
        assert verdict.facts == {"early": frozenset({(B0, 2)}), "profile": Profile((Bid("bidder0", None),), 2, Direction.FORWARD)}

    def test_in_time_every_bid_counts_at_every_size_tried(self) -> None:
        promises = tuple(clause for clause in SECOND_PRICE if not isinstance(clause, Sometimes))
        reports = [explore(system(size, faults=Faults(synchronous=True), promises=promises)) for size in (1, 2)]

        assert [(report.states, report.transitions, report.depth) for report in reports] == [(44, 67, 7), (1_402, 4_289, 12)]
        assert {verdict.status for report in reports for verdict in report.verdicts} == {Status.HOLDS}
