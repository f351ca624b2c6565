"""Paxos, input in and step out: whole steps, for every branch of every handler."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.paxos_synod.proposing import NOTHING_AS_A_VOTE
from concordant.refimpl.consensus.paxos_synod import PROMISES, Accepting, Acceptor, Idle, Learner, Learning, Preparing, Proposer, system
from concordant.refimpl.machine import Ask, Byzantine, Receive, cut_off, step
from concordant.spec.consensus.paxos_synod import (
    Accept,
    Accepted,
    AcceptorView,
    Ballot,
    Began,
    Chosen,
    History,
    LearnerView,
    Nack,
    Preempted,
    Prepare,
    Promise,
    Propose,
    Proposed,
    ProposerView,
    Resend,
    Superseded,
    Vote,
    Voted,
    clauses,
)
from concordant.spec.consensus.paxos_synod.clauses import validity, what_is_chosen_is_learned
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Fault,
    Map,
    Network,
    Rejected,
    Reply,
    Seen,
    Send,
    Sometimes,
    Unknown,
    addresses,
    always,
    case,
)

P0, P1 = addresses("proposer", 2)
A0, A1, A2 = addresses("acceptor", 3)
USER, LEARNER = Address("user"), Address("learner")
FIRST, SECOND, LATER = Ballot(1, P0), Ballot(1, P1), Ballot(2, P0)
PROPOSER = Proposer(P0, (A0, A1, A2))
ACCEPTOR = Acceptor((LEARNER,))
PREPARING = Preparing(LATER, USER, "x")
ACCEPTING = Accepting(Vote(LATER, "x"), USER, "x")


def to_all(message: object) -> tuple[Send, ...]:
    return (Send(A0, message), Send(A1, message), Send(A2, message))


class TestProposer:
    def test_asks_all_acceptors_for_promises_in_a_ballot_above_every_one_it_knows(self) -> None:
        taken = PROPOSER.request(Idle(1), USER, Propose("x"))

        assert taken == step(PREPARING, Announce(Began(LATER)), *to_all(Prepare(LATER)))

    def test_rejects_a_second_request_while_it_is_busy(self) -> None:
        taken = PROPOSER.request(PREPARING, USER, Propose("y"))

        assert taken == step(PREPARING, Reply(USER, Rejected("busy with another request")))

    def test_keeps_a_promise_until_there_is_a_quorum(self) -> None:
        assert PROPOSER.receive(PREPARING, A0, Promise(LATER, None)) == step(Preparing(LATER, USER, "x", Map.of({A0: None})))

    def test_proposes_its_own_value_when_a_quorum_has_voted_for_nothing(self) -> None:
        almost = Preparing(LATER, USER, "x", Map.of({A0: None}))
        vote = Vote(LATER, "x")

        assert PROPOSER.receive(almost, A1, Promise(LATER, None)) == step(
            Accepting(vote, USER, "x"), Announce(Proposed(vote)), *to_all(Accept(vote))
        )

    def test_proposes_the_value_of_the_highest_vote_that_it_is_told_of(self) -> None:
        almost = Preparing(LATER, USER, "x", Map.of({A0: Vote(FIRST, "low")}))
        vote = Vote(LATER, "high")

        taken = PROPOSER.receive(almost, A1, Promise(LATER, Vote(SECOND, "high")))

        assert taken == step(Accepting(vote, USER, "x"), Announce(Proposed(vote)), *to_all(Accept(vote)))

    @pytest.mark.parametrize(
        ("state", "message"),
        [
            (PREPARING, Promise(FIRST, None)),
            (Idle(2), Promise(LATER, None)),
            (ACCEPTING, Promise(LATER, None)),
            (ACCEPTING, Accepted(Vote(FIRST, "x"))),
            (PREPARING, Accepted(Vote(LATER, "x"))),
            (PREPARING, Nack(FIRST, SECOND)),
            (Idle(2), Nack(LATER, SECOND)),
        ],
    )
    def test_ignores_what_is_not_about_its_ballot(self, state: Idle | Preparing | Accepting, message: Promise | Accepted | Nack) -> None:
        assert PROPOSER.receive(state, A0, message) is None

    def test_counts_each_voter_once(self) -> None:
        one = Accepting(Vote(LATER, "x"), USER, "x", frozenset({A0}))

        assert PROPOSER.receive(one, A0, Accepted(Vote(LATER, "x"))) == step(one)

    def test_tells_its_client_what_was_chosen_when_a_quorum_has_voted(self) -> None:
        one = Accepting(Vote(LATER, "x"), USER, "x", frozenset({A0}))

        assert PROPOSER.receive(one, A1, Accepted(Vote(LATER, "x"))) == step(Idle(2), Reply(USER, Chosen(Vote(LATER, "x"))))

    def test_tells_its_client_when_another_value_was_chosen_than_its_own(self) -> None:
        other = Accepting(Vote(LATER, "y"), USER, "x", frozenset({A0}))

        assert PROPOSER.receive(other, A1, Accepted(Vote(LATER, "y"))) == step(Idle(2), Reply(USER, Superseded(Vote(LATER, "y"))))

    def test_says_no_when_it_is_preempted_before_it_proposed(self) -> None:
        assert PROPOSER.receive(PREPARING, A0, Nack(LATER, Ballot(7, P1))) == step(Idle(7), Reply(USER, Preempted(Ballot(7, P1))))

    def test_says_unknown_when_it_is_preempted_after_it_proposed(self) -> None:
        assert PROPOSER.receive(ACCEPTING, A0, Nack(LATER, Ballot(7, P1))) == step(Idle(7), Reply(USER, Unknown()))

    def test_sends_again_in_the_same_phase_and_nothing_when_it_is_idle(self) -> None:
        assert (PROPOSER.armed(Idle()), PROPOSER.armed(PREPARING), PROPOSER.armed(ACCEPTING)) == ((), (Resend(),), (Resend(),))
        assert PROPOSER.fire(PREPARING, Resend()) == step(PREPARING, *to_all(Prepare(LATER)))
        assert PROPOSER.fire(ACCEPTING, Resend()) == step(ACCEPTING, *to_all(Accept(Vote(LATER, "x"))))
        assert PROPOSER.fire(Idle(3), Resend()) == step(Idle(3))

    def test_keeps_only_its_round_through_a_crash(self) -> None:
        assert [tuple(PROPOSER.survives(state)) for state in (Idle(4), PREPARING, ACCEPTING)] == [(Idle(4),), (Idle(2),), (Idle(2),)]
        assert PROPOSER.recover(Idle(2)) == step(Idle(2))

    def test_shows_the_ballot_in_progress(self) -> None:
        assert [PROPOSER.view(state) for state in (Idle(4), PREPARING, ACCEPTING)] == [
            ProposerView(None),
            ProposerView(LATER),
            ProposerView(LATER),
        ]


class TestAcceptor:
    def test_promises_and_tells_its_vote(self) -> None:
        voted = AcceptorView(FIRST, Vote(FIRST, "x"))

        assert ACCEPTOR.receive(voted, P0, Prepare(LATER)) == step(
            AcceptorView(LATER, Vote(FIRST, "x")), Send(P0, Promise(LATER, Vote(FIRST, "x")))
        )

    def test_gives_the_same_promise_again(self) -> None:
        promised = AcceptorView(FIRST)

        assert ACCEPTOR.receive(promised, P0, Prepare(FIRST)) == step(promised, Send(P0, Promise(FIRST, None)))

    def test_refuses_a_lower_ballot_and_names_the_one_that_it_promised(self) -> None:
        promised = AcceptorView(SECOND)

        assert ACCEPTOR.receive(promised, P0, Prepare(FIRST)) == step(promised, Send(P0, Nack(FIRST, SECOND)))
        assert ACCEPTOR.receive(promised, P0, Accept(Vote(FIRST, "x"))) == step(promised, Send(P0, Nack(FIRST, SECOND)))

    def test_votes_and_tells_the_proposer_and_the_learners(self) -> None:
        vote = Vote(SECOND, "x")

        assert ACCEPTOR.receive(AcceptorView(FIRST), P1, Accept(vote)) == step(
            AcceptorView(SECOND, vote), Announce(Voted(vote)), Send(P1, Accepted(vote)), Send(LEARNER, Accepted(vote))
        )

    def test_keeps_promise_and_vote_through_a_crash(self) -> None:
        state = AcceptorView(LATER, Vote(FIRST, "x"))

        assert tuple(ACCEPTOR.survives(state)) == (state,)
        assert ACCEPTOR.recover(state) == step(state)


class TestLearner:
    def test_learns_once_when_a_quorum_has_voted_in_one_ballot(self) -> None:
        learner, vote = Learner(2), Vote(FIRST, "x")
        one = Learning(Map.of({A0: vote}))

        assert learner.receive(Learning(), A0, Accepted(vote)) == step(one)
        assert learner.receive(one, A1, Accepted(vote)) == step(Learning(Map.of({A0: vote, A1: vote}), vote), Announce(Chosen(vote)))
        assert learner.receive(Learning(one.votes, vote), A2, Accepted(vote)) is None

    def test_replaces_a_vote_by_a_later_one_of_the_same_acceptor_and_ignores_earlier_ones(self) -> None:
        learner = Learner(2)
        heard = Learning(Map.of({A0: Vote(SECOND, "y")}))

        assert learner.receive(heard, A0, Accepted(Vote(LATER, "z"))) == step(Learning(Map.of({A0: Vote(LATER, "z")})))
        assert learner.receive(heard, A0, Accepted(Vote(FIRST, "x"))) is None

    def test_shows_what_it_has_learned(self) -> None:
        assert Learner(2).view(Learning(chosen=Vote(FIRST, "x"))) == LearnerView(Vote(FIRST, "x"))


def test_the_shortest_way_to_choose_nothing_is_this() -> None:
    report = explore(NOTHING_AS_A_VOTE.system, (validity,), until=validity)

    vote = Vote(FIRST, "nothing")
    assert report.verdict(validity).trace is not None
    assert tuple(frame.move for frame in report.verdict(validity).trace or ()) == (
        Ask(P0, USER, Propose("x")),
        Receive(A0, P0, Prepare(FIRST)),
        Receive(A1, P0, Prepare(FIRST)),
        Receive(P0, A0, Promise(FIRST, None)),
        Receive(P0, A1, Promise(FIRST, None)),
        Receive(A0, P0, Accept(vote)),
        Receive(A1, P0, Accept(vote)),
    )


def test_a_system_without_learners_or_rivals_does_not_promise_what_it_cannot_show() -> None:
    alone = {clause.name for clause in system((("x",),), learners=0).promises}
    rivals = {clause.name for clause in system().promises}

    assert rivals - alone == {
        "agreement",
        "a_proposal_is_safe",
        "what_is_learned_is_chosen",
        "what_is_chosen_is_learned",
        "what_is_no_yes_has_a_reason",
        "decides",
        "adopts_an_earlier_value",
        "is_preempted",
        "is_superseded",
    }


def test_users_of_one_proposer_are_never_preempted_and_its_ballots_come_in_turn() -> None:
    shared = system((("x",), ("y",)), shared=True)

    assert [(user.name, user.at) for user in shared.users] == [(Address("user", 0), (P0,)), (Address("user", 1), (P0,))]
    assert {clause.name for clause in system().promises} - {clause.name for clause in shared.promises} == {
        "is_preempted",
        "a_proposal_is_safe",
    }


def test_clauses_about_messages_say_nothing_of_those_of_another_protocol() -> None:
    assert list(clauses.a_message_is_true.cases(History(2), PROPOSER.me, Send(USER, "hello"))) == []


def test_where_no_majority_is_up_nobody_is_promised_an_answer() -> None:
    seen: Any = SimpleNamespace(history=History(2), views=lambda _view: {Address("acceptor"): AcceptorView()}, up=lambda _who: True)

    assert list(clauses.nobody_waits.cases(seen)) == []


def test_without_learners_nobody_need_learn() -> None:
    verdict = explore(system((("x",),), acceptors=1, learners=0), (what_is_chosen_is_learned,)).verdicts[0]

    assert verdict.status is Status.VACUOUS


@always(under=Fault.BYZANTINE)
def all_are_told_one_value(seen: Seen[History]) -> Cases:
    """Whoever is told that its value is chosen is told of the same value."""
    yes = {value for value, answer in seen.history.told if isinstance(answer, Chosen)}
    if yes:
        yield case(len(yes) == 1, told=tuple(sorted(yes)))


def test_nothing_is_promised_where_an_acceptor_lies_and_two_users_are_then_told_yes_to_two_values() -> None:
    honest = system(learners=0, network=Network(), promises=(all_are_told_one_value,), patient=True)
    lies = tuple(
        Send(proposer, message)
        for proposer, vote in ((P0, Vote(FIRST, "x")), (P1, Vote(SECOND, "y")))
        for message in (Promise(vote.ballot, None), Accepted(vote))
    )
    apart = cut_off((P0, A2), (P1, A0))
    lying = evolve(
        honest,
        processes={name: process for name, process in honest.processes.items() if name != A1},
        byzantine=(Byzantine(A1, lambda _: lies),),
        assume=(*honest.assume, apart),
        symmetric=(),
    )

    told = {
        name: explore(each, until=all_are_told_one_value).verdict(all_are_told_one_value).status
        for name, each in (("lying", lying), ("honest", evolve(honest, assume=(*honest.assume, apart), symmetric=())))
    }

    assert told == {"lying": Status.VIOLATED, "honest": Status.HOLDS}
    assert [clause.id for clause in PROMISES if not isinstance(clause, Sometimes) and Fault.BYZANTINE in clause.under] == []
