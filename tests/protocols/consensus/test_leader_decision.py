"""Leader decision, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.consensus.leader_decision.deciding import TAKES_ANY_EPOCH
from concordant.refimpl.consensus.leader_decision import Agent, Book, Log, State
from concordant.refimpl.machine import Ask, Receive, step
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.consensus.leader_decision import (
    RECUSED,
    AgentView,
    Appoint,
    Conflict,
    Decide,
    Decision,
    Entered,
    Entry,
    Fenced,
    LogView,
    NotLeader,
    Resolve,
    a_deposed_leader_is_fenced,
)
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send, addresses

A0, A1 = addresses("agent", 2)
ANN, BOB = addresses("user", 2)
LOG = Address("log")
AGENT, BOOK = Agent(A0, LOG, min), Log((A0, A1))
FIRST, SECOND, THIRD = Epoch(1, A0), Epoch(2, A1), Epoch(3, A0)
CONFLICT = Conflict("x", Map.of({Address("party", 0): "b", Address("party", 1): "a"}))
OWN = Conflict("x", Map.of({A0: "a", A1: "b"}))
LEADS = State(FIRST)
WAITS = State(FIRST, waiting=Map.of({ANN: CONFLICT, BOB: CONFLICT}))


class TestAgent:
    def test_leads_in_the_latest_epoch_for_which_it_was_elected(self) -> None:
        assert AGENT.start() == step(State())
        assert AGENT.request(State(), ANN, Appoint(FIRST)) == step(LEADS)
        assert AGENT.request(LEADS, ANN, Appoint(THIRD)) == step(State(THIRD))
        assert AGENT.request(State(THIRD), ANN, Appoint(FIRST)) == step(State(THIRD))

    def test_sends_its_decision_to_the_log_with_its_epoch(self) -> None:
        assert AGENT.request(LEADS, ANN, Resolve(CONFLICT)) == step(
            State(FIRST, waiting=Map.of({ANN: CONFLICT})), Send(LOG, Decide(FIRST, "x", "a"))
        )
        assert Agent(A0, LOG, max).choice(CONFLICT) == "b"

    def test_says_no_where_it_does_not_lead_or_is_a_party(self) -> None:
        assert AGENT.request(State(), ANN, Resolve(CONFLICT)) == step(State(), Reply(ANN, NotLeader()))
        assert AGENT.request(State(), ANN, Resolve(OWN)) == step(State(), Reply(ANN, NotLeader()))
        assert AGENT.request(LEADS, ANN, Resolve(OWN)) == step(LEADS, Reply(ANN, RECUSED))
        assert Rejected("the leader is a party of this conflict") == RECUSED

    def test_applies_what_is_entered_and_answers_those_who_wait_for_it(self) -> None:
        other = Conflict("y", CONFLICT.claims)
        waiting = State(FIRST, waiting=Map.of({ANN: CONFLICT, BOB: other}))

        assert AGENT.receive(WAITS, LOG, Entry("x", "b")) == step(
            State(FIRST, Map.of({"x": "b"})), Reply(ANN, Decision("b")), Reply(BOB, Decision("b"))
        )
        assert AGENT.receive(waiting, LOG, Entry("x", "b")) == step(
            State(FIRST, Map.of({"x": "b"}), Map.of({BOB: other})), Reply(ANN, Decision("b"))
        )
        assert AGENT.receive(State(), LOG, Entry("x", "b")) == step(State(applied=Map.of({"x": "b"})))

    def test_leads_no_more_when_it_is_turned_down(self) -> None:
        assert AGENT.receive(WAITS, LOG, Fenced("x", SECOND)) == step(State(), Reply(ANN, NotLeader()), Reply(BOB, NotLeader()))
        assert AGENT.receive(LEADS, LOG, Fenced("x", SECOND)) == step(State())

    def test_decides_again_where_it_leads_in_a_later_epoch_still(self) -> None:
        waiting = State(THIRD, waiting=Map.of({ANN: CONFLICT}))

        assert AGENT.receive(waiting, LOG, Fenced("x", SECOND)) == step(waiting, Send(LOG, Decide(THIRD, "x", "a")))
        assert AGENT.receive(State(THIRD), LOG, Fenced("x", SECOND)) == step(State(THIRD))

    def test_keeps_what_it_has_applied_and_does_not_lead_after_a_crash(self) -> None:
        state = State(FIRST, Map.of({"y": "b"}), Map.of({ANN: CONFLICT}))
        left = State(applied=Map.of({"y": "b"}))

        assert AGENT.survives(state) == (left,)
        assert AGENT.recover(left) == step(left)
        assert AGENT.view(state) == AgentView(Map.of({"y": "b"}))


class TestLog:
    ENTERED = Book(SECOND, Map.of({"x": "a"}))

    @pytest.mark.parametrize("before", [Book(), Book(FIRST), Book(SECOND)])
    def test_enters_the_first_decision_and_tells_all(self, before: Book) -> None:
        assert BOOK.receive(before, A1, Decide(SECOND, "x", "a")) == step(
            self.ENTERED, Announce(Entered(SECOND, "x", "a")), Send(A0, Entry("x", "a")), Send(A1, Entry("x", "a"))
        )

    def test_tells_a_later_leader_what_is_entered(self) -> None:
        assert BOOK.receive(self.ENTERED, A0, Decide(THIRD, "x", "b")) == step(Book(THIRD, self.ENTERED.entries), Send(A0, Entry("x", "a")))

    def test_turns_an_earlier_leader_down_whatever_it_has_decided(self) -> None:
        assert BOOK.receive(self.ENTERED, A0, Decide(FIRST, "x", "a")) == step(self.ENTERED, Send(A0, Fenced("x", SECOND)))
        assert BOOK.receive(self.ENTERED, A0, Decide(FIRST, "y", "a")) == step(self.ENTERED, Send(A0, Fenced("y", SECOND)))

    def test_begins_without_an_epoch_and_shows_what_it_has(self) -> None:
        assert BOOK.start() == step(Book())
        assert BOOK.view(self.ENTERED) == LogView(SECOND, Map.of({"x": "a"}))


def test_the_shortest_way_to_obey_a_leader_that_is_deposed_is_this() -> None:
    clause = a_deposed_leader_is_fenced
    trace = explore(TAKES_ANY_EPOCH.system, (clause,), until=clause).verdict(clause).trace or ()
    other = Conflict("y", Map.of({Address("party", 0): "a", Address("party", 1): "b"}))
    conflict = Conflict("x", other.claims)

    assert tuple(frame.move for frame in trace) == (
        Ask(A0, Address("election", 0), Appoint(FIRST)),
        Ask(A1, Address("election", 1), Appoint(SECOND)),
        Ask(A0, ANN, Resolve(conflict)),
        Ask(A1, BOB, Resolve(other)),
        Receive(LOG, A1, Decide(SECOND, "y", "b")),
        Receive(LOG, A0, Decide(FIRST, "x", "a")),
    )
