"""PBFT's checkpoints, input in and step out: whole steps, for every branch of the handlers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.refimpl.consensus.pbft_checkpoints import Replica, State, last_is_late
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Ask, Move, Receive, step
from concordant.spec.consensus.pbft_checkpoints import (
    NO_ROOM,
    NOT_PRIMARY,
    Certificate,
    Checkpoint,
    Done,
    Executed,
    Fetch,
    History,
    Proposal,
    ReplicaView,
    Signable,
    Signed,
    Stabilized,
    Submit,
    Transfer,
    Vote,
    contradict,
)
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, addresses, broadcast

R0, R1, R2, R3 = MEMBERS = addresses("replica", 4)
HISTORY = History((R0, R1, R2), frozenset({R0, R1}), enough=2, window=2)
U0, U1 = addresses("user", 2)
STRANGER = Address("stranger")
PRIMARY, BACKUP = (Replica(me, MEMBERS, Sizes(4, 1), 2) for me in (R0, R1))
X, Y = Proposal(1, "x"), Proposal(2, "y")
STABLE = Certificate(("x",), frozenset({R0, R2, R3}))


def log(*signed: tuple[Address, Signable]) -> frozenset[Signed]:
    return frozenset(Signed(by, message) for by, message in signed)


class TestUsers:
    def test_the_primary_gives_a_request_the_next_number_and_tells_all(self) -> None:
        assert PRIMARY.request(State(), U0, Submit("x")) == step(
            State(log=log((R0, X)), waiting=Map.of({1: U0})), *broadcast((R1, R2, R3), X)
        )
        assert PRIMARY.request(State(STABLE, ("x",)), U0, Submit("y")).state.log == log((R0, Y))
        assert PRIMARY.request(State(log=log((R0, X))), U0, Submit("y")).state.log == log((R0, X), (R0, Y))

    def test_nothing_is_proposed_above_the_high_mark(self) -> None:
        full = State(log=log((R0, X), (R0, Y)))

        assert PRIMARY.request(full, U1, Submit("z")) == step(full, Reply(U1, NO_ROOM))

    def test_a_backup_proposes_nothing(self) -> None:
        assert BACKUP.request(State(), U0, Submit("x")) == step(State(), Reply(U0, NOT_PRIMARY))


class TestTheLog:
    def test_a_backup_votes_once_for_what_the_primary_proposes(self) -> None:
        voted = State(log=log((R0, X), (R1, Vote(1, "x"))))

        assert BACKUP.receive(State(), R0, X) == step(voted, *broadcast((R0, R2, R3), Vote(1, "x")))
        assert BACKUP.receive(voted, R0, Proposal(1, "z")) is None
        assert BACKUP.receive(voted, R0, X) is None

    def test_several_proposals_are_voted_for_in_order(self) -> None:
        both = BACKUP.advance(State(log=log((R0, Y), (R0, X))))

        assert [each.message for each in both.effects if isinstance(each, Send) and each.to == R0] == [Vote(1, "x"), Vote(2, "y")]

    def test_what_a_stranger_has_signed_is_dropped(self) -> None:
        assert BACKUP.receive(State(), STRANGER, Vote(1, "x")) is None

    def test_what_is_executed_needs_no_vote_any_more(self) -> None:
        executed = State(executed=("x",), log=log((R1, Checkpoint(("x",)))))

        assert BACKUP.receive(executed, R0, X) == step(executed.signs(R0, X))

    def test_what_a_quorum_has_voted_for_is_executed_in_order_and_signed(self) -> None:
        before = State(log=log((R0, X), (R1, Vote(1, "x")), (R3, Vote(1, "a")), (R3, Vote(2, "y"))))
        after = State(executed=("x",), log=before.log | log((R2, Vote(1, "x")), (R1, Checkpoint(("x",)))))

        assert BACKUP.receive(before, R2, Vote(1, "x")) == step(
            after, Announce(Executed(1, "x")), *broadcast((R0, R2, R3), Checkpoint(("x",)))
        )

    def test_the_primary_answers_when_it_has_executed(self) -> None:
        before = State(log=log((R0, X), (R0, Y), (R1, Vote(1, "x"))), waiting=Map.of({1: U0, 2: U1}))
        after = PRIMARY.receive(before, R2, Vote(1, "x"))

        assert after is not None
        assert (after.state.waiting, after.effects[-1]) == (Map.of({2: U1}), Reply(U0, Done(1)))


class TestCheckpoints:
    def test_what_a_quorum_has_signed_is_stable_and_what_led_to_it_is_discarded(self) -> None:
        reached = Checkpoint(("x",))
        before = State(
            executed=("x",),
            log=log((R0, X), (R1, Vote(1, "x")), (R1, reached), (R2, reached), (R3, Checkpoint(("z",))), (R2, Vote(2, "y"))),
        )
        stable = Certificate(("x",), frozenset({R0, R1, R2}))

        assert BACKUP.receive(before, R0, reached) == step(State(stable, ("x",), log((R2, Vote(2, "y")))), Announce(Stabilized(stable)))

    def test_whoever_is_behind_makes_a_stable_state_its_own_and_the_latest(self) -> None:
        signed = [(by, Checkpoint(state)) for state in (("x",), ("x", "y")) for by in (R0, R2, R3)]
        stable = Certificate(("x", "y"), frozenset({R0, R2, R3}))

        assert BACKUP.advance(State(log=log(*signed))) == step(State(stable, ("x", "y")), Announce(Stabilized(stable)))

    def test_whoever_has_come_further_stays_there(self) -> None:
        after = BACKUP.stabilized(State(executed=("x", "y")), STABLE)

        assert after.state == State(STABLE, ("x", "y"))

    def test_what_is_over_is_not_kept(self) -> None:
        assert BACKUP.receive(State(STABLE, ("x",)), R2, Vote(1, "x")) is None


class TestTransfer:
    def test_what_is_beyond_the_window_is_not_taken_in_but_fetched(self) -> None:
        assert BACKUP.receive(State(), R2, Vote(3, "z")) == step(State(), Send(R2, Fetch()))
        assert BACKUP.receive(State(), STRANGER, Vote(3, "z")) is None

    def test_whoever_fetches_is_sent_the_checkpoint_and_what_one_has_signed_above_it(self) -> None:
        state = State(STABLE, ("x",), log((R0, Y), (R1, Vote(2, "y"))))

        assert BACKUP.receive(state, R2, Fetch()) == step(state, Send(R2, Transfer(STABLE, frozenset({Vote(2, "y")}))))

    def test_a_checkpoint_is_taken_over_with_what_comes_with_it_and_fits_into_the_window(self) -> None:
        sent = Transfer(STABLE, frozenset({Y, Proposal(4, "w")}))
        after = BACKUP.receive(State(), R0, sent)

        assert after == step(
            State(STABLE, ("x",), log((R0, Y), (R1, Vote(2, "y")))), Announce(Stabilized(STABLE)), *broadcast((R0, R2, R3), Vote(2, "y"))
        )

    @pytest.mark.parametrize(
        "stable",
        [
            Certificate(("z",), frozenset({R0, R2})),  # no quorum
            Certificate(("z",), frozenset({R0, R2, STRANGER})),
            Certificate(),  # which is not newer
        ],
    )
    def test_a_certificate_is_looked_at(self, stable: Certificate) -> None:
        assert BACKUP.receive(State(), R0, Transfer(stable, frozenset())) is None

    def test_an_older_certificate_changes_nothing(self) -> None:
        further = State(evolve(STABLE, state=("x", "y")), ("x", "y"))

        assert BACKUP.receive(further, R0, Transfer(STABLE, frozenset({X}))) is None


def test_a_replica_shows_its_checkpoint_its_state_and_its_log() -> None:
    state = State(STABLE, ("x", "y"), log((R0, Y)), Map.of({2: U0}))

    assert BACKUP.view(state) == ReplicaView(STABLE, ("x", "y"), log((R0, Y)))


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        (Receive(R2, R0, X), False, True),
        (Receive(R0, R2, Vote(1, "x")), False, False),
        (Receive(R0, R2, Fetch()), True, True),
        (Receive(R0, R1, Vote(1, "x")), True, True),
        (Ask(R0, U0, Submit("x")), True, True),
    ],
)
def test_the_last_is_late(move: Move, before: bool, after: bool) -> None:
    for allowed, stable in ((before, Certificate()), (after, STABLE)):
        views = {R0: ReplicaView(stable), R1: ReplicaView(STABLE), R2: ReplicaView()}
        seen: Any = SimpleNamespace(history=HISTORY, views=lambda _view, views=views: views)
        assert last_is_late(move, seen) == allowed


def test_liars_show_no_signature_that_an_honest_one_has_not_made() -> None:
    signed = evolve(HISTORY, signed=log((R0, Checkpoint(("x",)))))
    shown = Transfer(Certificate(("x",), frozenset({R0, R2})), frozenset())

    assert (HISTORY.can_be_said(shown), signed.can_be_said(shown)) == (False, True)
    assert HISTORY.can_be_said(Vote(1, "x"))


def test_of_one_kind_and_number_an_honest_replica_signs_one() -> None:
    assert contradict(Vote(1, "x"), Vote(1, "y"))
    assert contradict(Checkpoint(("x",)), Checkpoint(("y",)))
    assert not any(contradict(Vote(1, "x"), other) for other in (Vote(1, "x"), Vote(2, "y"), Proposal(1, "y")))
