"""The vote where some lie, input in and step out."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.byzantine_quorum_vote import ONE_LIAR
from concordant.refimpl.consensus.byzantine_quorum_vote import NO, SPLIT, V0, V1, V2, V3, YES, Done, Voter, Voting, system
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Forge, step
from concordant.spec.consensus.byzantine_quorum_vote import (
    Cast,
    Decided,
    Proposal,
    Propose,
    Ready,
    Verdict,
    VerdictView,
    Vote,
    Voted,
    a_decision_has_enough_votes,
    a_vote_is_on_the_proposal,
    always_decides,
    everybody_votes,
    what_all_vote_is_decided,
)
from concordant.spec.vocabulary import Address, Announce, Effect, Fault, Map, Send

USER, STRANGER = Address("user"), Address("stranger")
VOTER = Voter(V1, (V0, V2, V3), Sizes(4, 1))
PROPOSER = evolve(VOTER, me=V0, peers=(V1, V2, V3))
ASKED = Voting("x")


def to_peers(message: object) -> tuple[Effect, ...]:
    return Send(V0, message), Send(V2, message), Send(V3, message)


class TestVoter:
    def test_puts_what_it_is_asked_to_the_vote_of_all_and_votes_itself(self) -> None:
        assert PROPOSER.start() == step(Voting())
        assert PROPOSER.request(Voting(), USER, Propose("x")) == step(ASKED, *(Send(each, Proposal("x")) for each in (V1, V2, V3)))
        assert PROPOSER.armed(ASKED) == (Cast(accepts=True), Cast(accepts=False))

    @pytest.mark.parametrize("state", [Voting("y"), Done(YES)])
    def test_proposes_once(self, state: Voting | Done) -> None:
        assert PROPOSER.request(state, USER, Propose("x")) is None

    def test_proposes_nothing_where_it_is_not_the_proposer(self) -> None:
        assert VOTER.request(Voting(), USER, Propose("x")) is None

    def test_votes_on_the_first_proposal_of_the_proposer(self) -> None:
        assert VOTER.receive(Voting(), V0, Proposal("x")) == step(ASKED)
        assert VOTER.receive(ASKED, V0, Proposal("y")) is None
        assert VOTER.receive(Voting(), V2, Proposal("x")) is None

    @pytest.mark.parametrize(("accepts", "verdict"), [(True, YES), (False, NO)])
    def test_tells_everybody_its_vote_and_counts_it(self, accepts: bool, verdict: Verdict) -> None:
        assert VOTER.fire(ASKED, Cast(accepts)) == step(
            Voting("x", Map.of({V1: verdict})), Announce(Voted(verdict)), *to_peers(Vote(verdict))
        )

    def test_votes_once_and_not_before_it_is_asked_nor_after_it_has_decided(self) -> None:
        states = (Voting(), Voting("x", Map.of({V1: YES})), Done(YES))

        assert [VOTER.armed(state) for state in states] == [(), (), ()]
        assert [VOTER.fire(state, Cast(accepts=True)) for state in (Voting(), Done(NO))] == [step(Voting()), step(Done(NO))]

    def test_is_ready_for_what_a_quorum_has_voted_its_own_vote_included(self) -> None:
        two = Voting("x", Map.of({V2: YES, V3: YES}))
        ready = Voting("x", Map.of({V1: YES, V2: YES, V3: YES}), Map.of({V1: YES}))

        assert VOTER.fire(two, Cast(accepts=True)) == step(ready, Announce(Voted(YES)), *to_peers(Vote(YES)), *to_peers(Ready(YES)))
        assert VOTER.receive(two, V0, Vote(NO)) == step(evolve(two, votes=two.votes.put(V0, NO)))

    def test_is_ready_when_two_others_are_and_decides_when_three_are(self) -> None:
        one = Voting(readies=Map.of({V2: YES}))

        assert VOTER.receive(Voting(), V2, Ready(YES)) == step(one)
        assert VOTER.receive(one, V3, Ready(YES)) == step(Done(YES), *to_peers(Ready(YES)), Announce(Decided(YES)))

    def test_is_ready_once(self) -> None:
        ready = Voting("x", Map.of({V1: YES, V2: YES, V3: YES}), Map.of({V1: YES}))

        assert VOTER.receive(ready, V0, Vote(YES)) == step(evolve(ready, votes=ready.votes.put(V0, YES)))

    @pytest.mark.parametrize("message", [Proposal("y"), Vote(NO), Ready(NO)])
    def test_takes_nothing_from_strangers_nor_anything_once_it_has_decided(self, message: Proposal | Vote | Ready) -> None:
        assert VOTER.receive(Voting(), STRANGER, message) is None
        assert VOTER.receive(Done(YES), V0, message) is None

    def test_shows_what_it_holds_for_decided(self) -> None:
        states = (Voting("x"), Done(NO))

        assert [VOTER.view(state) for state in states] == [VerdictView(), VerdictView(NO)]


def test_users_ask_honest_voters_only_and_a_quorum_less_the_liars_is_enough() -> None:
    honest, lying = system(2, faulty=0, asked=("xy", "z")), system(liars=(V0,))

    assert [(user.at, user.script) for user in honest.users] == [
        ((V0,), ((Propose("x"),), (Propose("y"),))),
        ((V1,), ((Propose("z"),),)),
    ]
    assert (lying.users, honest.history.enough, lying.history.enough) == ((), 2, 2)


def test_with_the_rule_of_the_documents_one_liar_of_two_decides_alone() -> None:
    trace = (
        explore(ONE_LIAR.system, (a_decision_has_enough_votes,), until=a_decision_has_enough_votes)
        .verdict(a_decision_has_enough_votes)
        .trace
    )

    assert tuple(frame.move for frame in trace or ()) == (Forge(V0, V1, Vote(YES)),)


def test_voters_who_disagree_decide_nothing_and_there_is_no_shorter_way() -> None:
    clause = SPLIT.clause

    found = explore(SPLIT.system, (clause,), until=clause).verdict(clause)

    assert (found.status, found.length, clause.under & Fault.BYZANTINE) == (Status.VIOLATED, len(SPLIT.witness), Fault.BYZANTINE)


def test_clauses_about_an_honest_proposer_say_nothing_of_a_liar() -> None:
    lying: Any = SimpleNamespace(history=evolve(system(liars=(V0,)).history, asked="x"))

    assert list(a_vote_is_on_the_proposal.cases(lying.history, V1, Voted(YES))) == []
    assert [list(clause.cases(lying)) for clause in (what_all_vote_is_decided, everybody_votes, always_decides)] == [[], [], []]


def test_the_table_of_how_many_are_enough_and_where_so_many_do_not_lie() -> None:
    for members in range(1, 8):
        for liars in range(members + 1):
            sizes = Sizes(members, liars)
            meet = [size for size in range(1, members + 1) if shared_at_least(members, size) > liars]
            assert sizes.quorum == min(meet, default=members + 1)
            assert (sizes.quorum <= members - liars) == (members > 3 * liars)


def shared_at_least(members: int, size: int) -> int:
    """Return how many two sets of a size have in common at least, by listing all such sets."""
    some = [set(each) for each in combinations(range(members), size)]
    return min(len(one & other) for one in some for other in some)
