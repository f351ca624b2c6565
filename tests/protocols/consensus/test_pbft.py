"""PBFT, input in and step out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.scopes.consensus.pbft import SCOPES
from concordant.pitfalls.consensus.pbft.counting import NO_FAULTS, CountsChanges, CountsVotes
from concordant.refimpl.consensus.pbft import PROMISES, Asking, Client, Replica, State, Told, choose, system
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Ask, Fire, Forge, Receive, Step, step
from concordant.spec.consensus.pbft import (
    Accused,
    Answer,
    Certificate,
    ClientView,
    Commit,
    Decided,
    Garbled,
    History,
    Impatient,
    LostPatience,
    Moved,
    NewView,
    OfAView,
    Prepare,
    PrePrepare,
    ReplicaView,
    Request,
    Result,
    Signed,
    Submit,
    ViewChange,
)
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Map, Reply, Send, addresses

R0, R1, R2, R3 = addresses("replica", 4)
C0, USER, STRANGER = Address("client"), Address("user"), Address("stranger")
X, Y = Request(C0, "x"), Request(C0, "y")
REPLICA = Replica(R2, (R0, R1, R2, R3), (C0,), Sizes(4, 1))
PRIMARY, NEXT = evolve(REPLICA, me=R0), evolve(REPLICA, me=R1)
CLIENT = Client(C0, (R0, R1, R2, R3), Sizes(4, 1))
PREPARED = Certificate(0, X, frozenset({R0, R2, R3}))


def log(*signed: tuple[Address, OfAView]) -> frozenset[Signed]:
    return frozenset(Signed(by, message) for by, message in signed)


def to_others(me: Address, message: object) -> tuple[Effect, ...]:
    return tuple(Send(peer, message) for peer in (R0, R1, R2, R3) if peer != me)


ACCEPTED = State(0, X, X, log=log((R0, PrePrepare(0, X)), (R2, Prepare(0, X))))
COMMITTING = State(0, X, X, PREPARED, log=log((R0, PrePrepare(0, X)), (R2, Prepare(0, X)), (R3, Prepare(0, X)), (R2, Commit(0, X))))
MOVED = State(1, X, log=log((R2, ViewChange(1, None))))


class TestNormalCase:
    def test_a_replica_starts_in_the_first_view_and_waits_for_nothing(self) -> None:
        assert REPLICA.start() == step(State())
        assert REPLICA.armed(State()) == ()

    def test_the_primary_proposes_what_a_client_asks_for_first(self) -> None:
        proposed = State(0, X, X, log=log((R0, PrePrepare(0, X))))

        assert PRIMARY.receive(State(), C0, X) == step(proposed, *to_others(R0, PrePrepare(0, X)))
        assert PRIMARY.receive(proposed, C0, Y) is None
        assert PRIMARY.receive(State(), STRANGER, Request(STRANGER, "x")) is None

    def test_a_backup_remembers_what_a_client_asks_for_and_becomes_impatient(self) -> None:
        assert REPLICA.receive(State(), C0, X) == step(State(0, X))
        assert REPLICA.armed(State(0, X)) == (Impatient(),)
        assert REPLICA.armed(State(0, X, decided=X)) == ()

    def test_a_backup_signs_what_the_primary_proposes(self) -> None:
        assert REPLICA.receive(State(), R0, PrePrepare(0, X)) == step(ACCEPTED, *to_others(R2, Prepare(0, X)))

    def test_a_backup_that_knows_of_a_request_remembers_it_whatever_is_proposed(self) -> None:
        accepted = evolve(ACCEPTED, request=Y)

        assert REPLICA.receive(State(0, Y), R0, PrePrepare(0, X)) == step(accepted, *to_others(R2, Prepare(0, X)))

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            (R1, PrePrepare(0, X)),
            (R0, PrePrepare(0, Request(STRANGER, "x"))),
            (STRANGER, Prepare(0, X)),
            (R3, Garbled(R0, PrePrepare(0, X))),
        ],
        ids=["no primary", "no client", "no member", "garbled"],
    )
    def test_what_is_not_valid_is_ignored(self, source: Address, message: Any) -> None:
        assert REPLICA.receive(State(), source, message) is None

    def test_a_primary_that_signs_its_own_proposal_too_is_counted_once(self) -> None:
        assert REPLICA.receive(ACCEPTED, R0, Prepare(0, X)) == step(ACCEPTED.signs(R0, Prepare(0, X)))

    def test_what_a_primary_says_in_a_wrong_view_is_a_vote_and_no_proposal(self) -> None:
        first = NewView(0, X, Map.of(dict.fromkeys((R0, R1, R3))))

        assert REPLICA.receive(State(), R1, PrePrepare(1, X)) == step(State().signs(R1, PrePrepare(1, X)))
        assert REPLICA.receive(MOVED, R1, PrePrepare(1, X)) == step(MOVED.signs(R1, PrePrepare(1, X)))
        assert REPLICA.receive(State(), R0, first) == step(State().signs(R0, first))

    def test_a_vote_that_comes_early_waits(self) -> None:
        early = State(log=log((R3, Prepare(0, X))))
        accepted = evolve(ACCEPTED, log=ACCEPTED.log | early.log)
        prepared = evolve(COMMITTING, prepared=PREPARED)

        assert REPLICA.receive(State(), R3, Prepare(0, X)) == step(early)
        assert REPLICA.receive(early, R0, PrePrepare(0, X)) == step(prepared, *to_others(R2, Prepare(0, X)), *to_others(R2, Commit(0, X)))
        assert REPLICA.receive(early, R0, PrePrepare(0, Y)) != step(accepted)

    def test_a_quorum_of_votes_the_primarys_among_them_is_a_certificate(self) -> None:
        assert REPLICA.receive(ACCEPTED, R3, Prepare(0, X)) == step(COMMITTING, *to_others(R2, Commit(0, X)))
        assert REPLICA.receive(COMMITTING, R1, Prepare(0, X)) == step(COMMITTING.signs(R1, Prepare(0, X)))

    @pytest.mark.parametrize("message", [Prepare(0, Y), Prepare(1, X), Commit(0, X)])
    def test_what_is_signed_for_another_request_or_view_or_phase_does_not_count(self, message: Prepare | Commit) -> None:
        assert REPLICA.receive(ACCEPTED, R3, message) == step(ACCEPTED.signs(R3, message))

    def test_a_quorum_of_commits_decides_and_tells_clients(self) -> None:
        one_short = COMMITTING.signs(R0, Commit(0, X))
        decided = evolve(one_short.signs(R3, Commit(0, X)), decided=X)

        assert REPLICA.receive(COMMITTING, R0, Commit(0, X)) == step(one_short)
        assert REPLICA.receive(one_short, R3, Commit(0, X)) == step(decided, Announce(Decided(0, X)), Send(C0, Result(X)))
        assert REPLICA.receive(decided, R1, Commit(0, X)) == step(decided.signs(R1, Commit(0, X)))

    def test_commits_decide_nothing_without_a_certificate(self) -> None:
        heard = ACCEPTED.signs(R0, Commit(0, X)).signs(R1, Commit(0, X))

        assert REPLICA.receive(heard, R3, Commit(0, X)) == step(heard.signs(R3, Commit(0, X)))

    def test_who_signs_two_proposals_is_reported_once_with_both(self) -> None:
        accused = Accused(R0, PrePrepare(0, X), PrePrepare(0, Y))
        caught = evolve(ACCEPTED, caught=frozenset({accused}))

        assert REPLICA.receive(ACCEPTED, R0, PrePrepare(0, Y)) == step(caught, Announce(accused))
        assert REPLICA.receive(caught, R0, PrePrepare(0, Y)) is None
        assert REPLICA.receive(ACCEPTED, R0, PrePrepare(0, X)) == step(ACCEPTED)


class TestChangeOfView:
    def test_who_is_impatient_leaves_its_view_with_its_certificate_and_forgets_what_was_said_there(self) -> None:
        moved = State(1, X, None, PREPARED, log=log((R2, ViewChange(1, PREPARED))))

        said = Announce(LostPatience(0)), Announce(Moved(1)), *to_others(R2, ViewChange(1, PREPARED))
        assert REPLICA.fire(COMMITTING, Impatient()) == step(moved, *said)
        assert REPLICA.receive(moved, R3, Commit(0, X)) is None

    def test_who_has_signed_a_proposal_is_impatient_until_it_has_decided(self) -> None:
        assert REPLICA.armed(ACCEPTED) == REPLICA.armed(COMMITTING) == (Impatient(),)
        assert REPLICA.armed(evolve(COMMITTING, decided=X)) == ()

    def test_it_is_patient_until_a_quorum_has_come_to_its_view(self) -> None:
        two = MOVED.signs(R3, ViewChange(1, None))

        assert REPLICA.armed(two) == ()
        assert REPLICA.armed(two.signs(R0, ViewChange(1, None))) == (Impatient(),)

    def test_it_follows_two_others_to_the_latest_view_to_which_both_have_come(self) -> None:
        one = State(log=log((R3, ViewChange(2, None))))
        moved = State(1, log=one.log | log((R0, ViewChange(1, None)), (R2, ViewChange(1, None))))

        assert REPLICA.receive(State(), R3, ViewChange(2, None)) == step(one)
        assert REPLICA.receive(one, R0, ViewChange(1, None)) == step(moved, Announce(Moved(1)), *to_others(R2, ViewChange(1, None)))

    def test_of_two_views_to_which_two_others_have_come_it_follows_to_the_later(self) -> None:
        twice = State(log=log((R3, ViewChange(1, None)), (R3, ViewChange(2, None))))
        moved = State(2, log=log((R3, ViewChange(2, None)), (R0, ViewChange(2, None)), (R2, ViewChange(2, None))))

        assert REPLICA.receive(twice, R0, ViewChange(2, None)) == step(moved, Announce(Moved(2)), *to_others(R2, ViewChange(2, None)))

    def test_the_next_primary_proposes_when_a_quorum_has_come(self) -> None:
        changes = Map[Address, Certificate | None].of({R0: None, R1: None, R2: PREPARED})
        two = State(1, Y, log=log((R0, ViewChange(1, None)), (R1, ViewChange(1, None))))
        three = two.signs(R2, ViewChange(1, PREPARED))
        proposal = NewView(1, X, changes)

        assert NEXT.receive(two, R2, ViewChange(1, PREPARED)) == step(
            evolve(three, proposal=X).signs(R1, proposal), *to_others(R1, proposal)
        )

    def test_the_next_primary_waits_until_it_knows_what_to_propose(self) -> None:
        changes = Map[Address, Certificate | None].of(dict.fromkeys((R0, R1, R2)))
        waiting = State(1, log=log((R0, ViewChange(1, None)), (R1, ViewChange(1, None)), (R2, ViewChange(1, None))))
        proposal = NewView(1, Y, changes)

        assert NEXT.advance(waiting) == step(waiting)
        assert NEXT.receive(waiting, C0, Y) == step(evolve(waiting, request=Y, proposal=Y).signs(R1, proposal), *to_others(R1, proposal))

    def test_a_backup_signs_a_proposal_that_the_certificates_allow(self) -> None:
        proposal = NewView(1, X, Map.of({R0: None, R1: None, R3: PREPARED}))
        accepted = evolve(MOVED, proposal=X).signs(R1, proposal).signs(R2, Prepare(1, X))

        assert REPLICA.receive(MOVED, R1, proposal) == step(accepted, *to_others(R2, Prepare(1, X)))

    def test_who_has_decided_signs_what_a_later_view_proposes_since_others_need_its_vote(self) -> None:
        proposal = NewView(1, X, Map.of({R0: None, R1: None, R3: PREPARED}))
        decided = evolve(MOVED, prepared=PREPARED, decided=X)
        accepted = evolve(decided, proposal=X).signs(R1, proposal).signs(R2, Prepare(1, X))

        assert REPLICA.receive(decided, R1, proposal) == step(accepted, *to_others(R2, Prepare(1, X)))

    def test_a_proposal_that_came_early_is_signed_when_its_view_begins(self) -> None:
        proposal, waits = NewView(1, X, Map.of({R0: None, R1: None, R3: None})), State(log=log((R0, ViewChange(1, None))))
        early = waits.signs(R1, proposal)
        begun = State(1, X, X, log=early.log | log((R1, ViewChange(1, None)), (R2, ViewChange(1, None)), (R2, Prepare(1, X))))

        assert REPLICA.receive(waits, R1, proposal) == step(early)
        assert REPLICA.receive(early, R1, ViewChange(1, None)) == step(
            begun, Announce(Moved(1)), *to_others(R2, ViewChange(1, None)), *to_others(R2, Prepare(1, X))
        )

    @pytest.mark.parametrize(
        ("source", "proposal"),
        [
            (R1, NewView(1, Y, Map.of({R0: None, R1: None, R3: PREPARED}))),
            (R1, NewView(1, X, Map.of({R0: None, R1: None}))),
            (R1, NewView(1, X, Map.of({R0: None, R1: None, STRANGER: None}))),
            (R1, NewView(1, X, Map.of({R0: None, R1: evolve(PREPARED, signers=frozenset({R1})), R3: None}))),
            (R1, NewView(1, X, Map.of({R0: None, R1: evolve(PREPARED, view=1), R3: None}))),
            (R1, NewView(1, Request(STRANGER, "x"), Map.of(dict.fromkeys((R0, R1, R3))))),
            (R0, NewView(1, X, Map.of(dict.fromkeys((R0, R1, R3))))),
        ],
        ids=[
            "another request",
            "no quorum",
            "stranger",
            "unsigned certificate",
            "certificate of the view",
            "no client",
            "no primary",
        ],
    )
    def test_a_proposal_that_the_certificates_do_not_allow_is_ignored(self, source: Address, proposal: NewView) -> None:
        assert REPLICA.receive(MOVED, source, proposal) is None

    def test_a_certificate_of_any_earlier_view_may_be_shown(self) -> None:
        moved = State(2, X, log=log((R2, ViewChange(2, None))))

        assert REPLICA.receive(moved, R3, ViewChange(2, PREPARED)) == step(moved.signs(R3, ViewChange(2, PREPARED)))

    def test_a_backup_signs_what_the_latest_certificate_demands_and_nothing_else(self) -> None:
        later = Certificate(1, Y, frozenset({R0, R1, R2}))
        changes = Map[Address, Certificate | None].of({R0: PREPARED, R1: later, R2: None})
        moved, backup = State(2, X, log=log((R3, ViewChange(2, None)))), evolve(REPLICA, me=R3)
        accepted = evolve(moved, proposal=Y).signs(R2, NewView(2, Y, changes)).signs(R3, Prepare(2, Y))

        assert backup.receive(moved, R2, NewView(2, Y, changes)) == step(accepted, *to_others(R3, Prepare(2, Y)))
        assert backup.receive(moved, R2, NewView(2, X, changes)) is None

    @pytest.mark.parametrize("prepared", [evolve(PREPARED, signers=frozenset({R3})), evolve(PREPARED, view=1)])
    def test_a_change_of_view_with_a_false_certificate_is_ignored(self, prepared: Certificate) -> None:
        assert REPLICA.receive(MOVED, R3, ViewChange(1, prepared)) is None

    def test_the_latest_certificate_is_chosen(self) -> None:
        later = evolve(PREPARED, view=1, request=Y)

        assert choose(Map.of({R0: PREPARED, R1: later, R2: None}), X) == Y
        assert choose(Map.of({R0: None}), X) == X
        assert choose(Map.of({R0: None}), None) is None

    def test_it_shows_its_view_what_it_holds_and_what_it_waits_for(self) -> None:
        caught = frozenset({Accused(R0, PrePrepare(0, X), PrePrepare(0, Y))})

        assert REPLICA.view(evolve(COMMITTING, decided=X, caught=caught)) == ReplicaView(0, PREPARED, X, caught, frozenset({0}), X)


class TestClient:
    def test_asks_all_replicas_and_answers_what_two_of_them_say(self) -> None:
        asking = Asking(USER)
        heard = Asking(USER, Map.of({R0: X}))

        assert CLIENT.start() == step(Asking())
        assert CLIENT.request(Asking(), USER, Submit("x")) == step(asking, *(Send(each, X) for each in (R0, R1, R2, R3)))
        assert CLIENT.receive(asking, R0, Result(X)) == step(heard)
        assert CLIENT.receive(heard, R1, Result(Y)) == step(Asking(USER, Map.of({R0: X, R1: Y})))
        assert CLIENT.receive(heard, R1, Result(X)) == step(Told(X), Reply(USER, Answer(X)))

    def test_answers_though_one_has_told_it_something_else(self) -> None:
        deceived = Asking(USER, Map.of({R0: X, R3: Y}))

        assert CLIENT.receive(deceived, R1, Result(X)) == step(Told(X), Reply(USER, Answer(X)))

    def test_counts_a_replica_once_and_strangers_never(self) -> None:
        heard = Asking(USER, Map.of({R0: X}))

        assert CLIENT.receive(heard, R0, Result(X)) == step(heard)
        assert CLIENT.receive(heard, STRANGER, Result(X)) is None

    def test_answers_at_once_when_it_knows_what_was_decided_before_it_was_asked(self) -> None:
        told: Step[Asking | Told] | None = CLIENT.receive(Asking(None, Map.of({R0: X})), R1, Result(X))

        assert told == step(Told(X))
        assert CLIENT.request(Told(X), USER, Submit("y")) == step(Told(X), Reply(USER, Answer(X)))
        assert CLIENT.receive(Told(X), R2, Result(X)) is None
        assert [CLIENT.view(Asking(USER, Map.of({R0: X}))), CLIENT.view(Told(X))] == [ClientView(None, Map.of({R0: X})), ClientView(X)]


HISTORY = History(
    (R0, R1, R2, R3),
    frozenset({R0, R1, R2, C0}),
    frozenset({C0}),
    enough=2,
    faulty=1,
    asked=frozenset({X}),
    signed=log((R0, PrePrepare(0, X)), (R2, Prepare(0, X)), (R1, ViewChange(1, None))),
)
SIGNED = Certificate(0, X, frozenset({R0, R2, R3}))


@pytest.mark.parametrize(
    ("message", "can_be_said"),
    [
        (X, True),
        (Y, False),
        (Request(R3, "y"), True),
        (PrePrepare(0, X), True),
        (PrePrepare(0, Y), False),
        (Prepare(0, Y), True),
        (ViewChange(1, None), True),
        (ViewChange(1, SIGNED), True),
        (ViewChange(1, evolve(SIGNED, request=Y)), False),
        (ViewChange(1, evolve(SIGNED, view=1)), False),
        (NewView(1, X, Map.of({R1: None, R3: SIGNED})), True),
        (NewView(1, Y, Map.of({R1: None})), False),
        (NewView(1, X, Map.of({R0: None})), False),
        (NewView(1, X, Map.of({R1: SIGNED})), False),
        (NewView(1, X, Map.of({R3: evolve(SIGNED, request=Y)})), False),
    ],
)
def test_liars_say_nothing_with_a_signature_that_an_honest_one_has_not_made(message: object, can_be_said: bool) -> None:
    assert HISTORY.can_be_said(message) is can_be_said


def test_liars_say_what_they_are_given_to_say_once_it_can_be_signed() -> None:
    built = system(asks=("x",), liars=(R3,), lies=(Forge(R1, R3, PrePrepare(0, X)), Forge(R1, R3, Commit(0, X))))
    (liar,) = built.byzantine

    assert tuple(liar.may_send(built.history)) == (Send(R1, Commit(0, X)),)
    assert tuple(liar.may_send(built.history.after(C0, USER, Submit("x")))) == (Send(R1, PrePrepare(0, X)), Send(R1, Commit(0, X)))


def test_of_what_no_honest_one_sends_nothing_is_said_but_that_it_is_sent_to_others() -> None:
    cases = spec.a_message_is_true.cases(HISTORY, R0, Send(R1, Garbled(R2, Prepare(0, X))))

    assert [(each.holds, tuple(each.facts)) for each in cases] == [(True, ("sends", "to"))]


def test_two_honest_replicas_decide_differently_in_five_moves_if_each_is_a_quorum() -> None:
    trace = explore(NO_FAULTS.system, (spec.agreement,), until=spec.agreement).verdict(spec.agreement).trace or ()
    client, users = Address("client", 1), addresses("user", 2)

    assert tuple(frame.move for frame in trace) == (
        Ask(C0, users[0], Submit("x")),
        Receive(R0, C0, X),
        Ask(client, users[1], Submit("y")),
        Receive(R1, client, Request(client, "y")),
        Fire(R1, Impatient()),
    )


NOTICED = (CountsVotes, spec.a_certificate_is_true), (CountsChanges, spec.nobody_moves_without_a_cause)


@pytest.mark.parametrize(("kind", "clause"), NOTICED)
def test_a_scope_has_a_liar_say_the_same_twice_so_that_who_counts_messages_is_noticed(kind: type[Replica], clause: Clause) -> None:
    right = next(each.system for each in SCOPES if each.name == "says_it_twice")
    wrong = evolve(right, processes={name: kind(name, (R0, R1, R2, R3), (C0,), Sizes(4, 1)) for name in right.processes})

    assert explore(wrong).verdict(clause).status is Status.VIOLATED
    assert explore(right).verdict(clause).status is not Status.VIOLATED


@pytest.mark.parametrize("members", [1, 2])
def test_also_one_or_two_replicas_answer_a_client(members: int) -> None:
    built = system(members, faulty=0, asks=("x",), faults=Faults(synchronous=True), promises=PROMISES)

    assert explore(built, (spec.every_request_is_answered,)).verdict(spec.every_request_is_answered).status is Status.HOLDS


def test_a_client_that_lies_may_make_any_view_fail() -> None:
    members, client = addresses("replica", 4), Address("client")
    lies = History(members, frozenset(members), frozenset({client}), enough=2, faulty=1)
    honest = evolve(lies, honest=lies.honest | {client})

    cases = [[each.holds for each in spec.a_view_with_an_honest_primary_lasts.cases(of, members[1], Moved(1))] for of in (lies, honest)]

    assert cases == [[], [False]]
