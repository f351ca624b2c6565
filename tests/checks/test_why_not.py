"""Why a move cannot be made: the first guard that fails, of the environment or of the process; and situations to ask it in."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from concordant.checks.exploration.situations import Situation, walked
from concordant.checks.exploration.why_not import FailedGuard, why_not
from concordant.checks.misuse import CannotReplay, Misuse
from concordant.checks.registry import protocol
from concordant.checks.reports.explain import explanation
from concordant.checks.reports.words import failed_text
from concordant.checks.scopes.consensus.paxos_synod import SITUATIONS
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.consensus import two_phase_commit
from concordant.refimpl.consensus.paxos_synod import Idle
from concordant.refimpl.machine import ANY, Ask, Cancel, Crash, Fire, Forge, Lose, Move, Receive, Recover, Suspect, User
from concordant.spec.consensus.paxos_synod import Accept, Ballot, Nack, Prepare, Promise, Propose, Resend, Vote
from concordant.spec.consensus.two_phase_commit import Commit, GiveUp
from concordant.spec.vocabulary import Address, Faults

CROSS = SITUATIONS[0]
P0, P1 = Address("proposer"), Address("proposer", 1)
A0, A1, A2 = (Address("acceptor", number) for number in range(3))
LOW, HIGH = Ballot(1, P0), Ballot(1, P1)
LOWER = Accept(Vote(LOW, "x"))
CHAIR, MEMBER, USER = Address("coordinator"), Address("participant"), Address("user")


def asked(situation: Situation, move: Move) -> FailedGuard | None:
    semantics = Semantics(situation.system)
    start, path = walked(semantics, situation)
    return why_not(semantics, path[-1][1] if path else start, move)


def test_the_guard_of_an_acceptor_that_refuses_a_vote_is_named_with_what_it_was_asked() -> None:
    before = evolve(CROSS, moves=CROSS.moves[:-1])

    assert asked(before, Receive(A1, P0, LOWER)) == FailedGuard("may_vote", A1, {"ballot": LOW, "promised": HIGH})
    assert asked(evolve(CROSS, moves=CROSS.moves[:-2]), Receive(A1, P0, LOWER)) is None
    assert asked(before, Receive(A0, P0, LOWER)) is None


@pytest.mark.parametrize(
    ("move", "guard"),
    [
        (Receive(A2, P0, Accept(Vote(HIGH, "x"))), "the message is in flight, and next on its channel"),
        (Receive(P1, A0, Nack(HIGH, LOW)), "the message is in flight, and next on its channel"),
        (Lose(A1, P0, Promise(LOW, None)), "the message is in flight, and next on its channel"),
        (Lose(P0, A2, Prepare(LOW)), "a message may still be lost"),
        (Ask(P0, USER, Propose("x")), "the user waits for no answer"),
        (Cancel(P1, USER), "the user waits for an answer of the process"),
        (Cancel(P0, USER), "a call may still be cancelled"),
        (Fire(A0, Resend()), "the trigger is armed"),
        (Fire(P0, Resend()), "no_deadline is assumed"),
        (Suspect(P0, A0), "there is a failure detector"),
        (Forge(P0, A0, Nack(LOW, HIGH)), "the liar may say so"),
        (Crash(P0, Idle(1)), "the process may crash"),
        (Recover(P0), "the process is down"),
    ],
)
def test_what_the_environment_does_not_allow_is_told_first(move: Move, guard: str) -> None:
    assert asked(CROSS, move) == FailedGuard(guard)


@pytest.mark.parametrize(
    ("faults", "moves", "move", "guard"),
    [
        (Faults(crashes=1, who=(CHAIR,)), (Crash(CHAIR, ANY),), Fire(CHAIR, GiveUp()), "the process is up"),
        (Faults(crashes=1, who=(CHAIR,)), (Crash(CHAIR, ANY),), Recover(CHAIR), "a process may still recover"),
        (Faults(crashes=1, who=(CHAIR, MEMBER)), (Crash(CHAIR, ANY),), Crash(MEMBER, ANY), "a process may still crash"),
        (Faults(crashes=1, who=(CHAIR,)), (), Crash(CHAIR, ANY, Recover(CHAIR), 1), "a crash may cut a step short"),
        (Faults(crashes=1, who=(CHAIR,)), (), Crash(CHAIR, two_phase_commit.Logged(commit=True)), "this may survive"),
        (Faults(detector=True), (), Suspect(CHAIR, MEMBER), "the peer is down, or the detector may still err"),
        (Faults(detector=True, mistakes=1), (), Suspect(CHAIR, MEMBER), "the process takes notice"),
        (Faults(synchronous=True), (Ask(CHAIR, USER, Commit()),), Fire(CHAIR, GiveUp()), "nothing is under way"),
    ],
)
def test_faults_and_time_are_told(faults: Faults, moves: tuple[object, ...], move: Move, guard: str) -> None:
    situation = Situation("here", "", two_phase_commit.system(1, faults=faults, promises=()), moves)

    assert asked(situation, move) == FailedGuard(guard)


def test_what_a_user_may_ask_is_told_by_its_script() -> None:
    system = two_phase_commit.system(1, promises=())
    never = Situation("never", "", evolve(system, users=(User(USER, (CHAIR,), ()),)), ())
    otherwise = Situation("otherwise", "", system, ())

    assert asked(never, Ask(CHAIR, USER, Commit())) == FailedGuard("the user has something left to ask")
    assert asked(otherwise, Ask(CHAIR, USER, Propose("x"))) == FailedGuard("it is what the user may ask next")


def test_who_is_not_in_the_system_is_a_misuse() -> None:
    with pytest.raises(Misuse, match=r"^nobody0 is no process of the system; it has proposer0, "):
        asked(CROSS, Recover(Address("nobody")))
    with pytest.raises(Misuse, match=r"^nobody0 is no user of the system; it has user0, user1$"):
        asked(CROSS, Ask(P0, Address("nobody"), Propose("x")))


def test_a_guard_is_told_in_words() -> None:
    assert failed_text(FailedGuard("may_vote", A1, {"ballot": LOW, "promised": HIGH})) == (
        "acceptor1 says no: may_vote(ballot: 1.proposer0, promised: 1.proposer1)"
    )
    assert failed_text(FailedGuard("the process is up")) == "it does not hold that the process is up"
    assert list(explanation(protocol("paxos_synod"), CROSS))[-2:] == [
        "  in move 5 proposer0 says no: is_quorum(count: 1)",
        "  in move 8 acceptor1 says no: may_vote(ballot: 1.proposer0, promised: 1.proposer1)",
    ]


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (Receive(A0, P0, Accept), "pattern 1 fits no move that is possible; these are\n  user0 asks proposer0: Propose('x')"),
        (Ask(ANY, ANY, Propose), "pattern 1 fits several moves; these are\n  user0 asks proposer0: Propose('x')\n  user1 asks proposer1"),
    ],
)
def test_a_pattern_that_fits_no_move_or_several_is_refused(pattern: object, what: str) -> None:
    with pytest.raises(CannotReplay, match=rf"^situation two_proposers_cross: {re.escape(what)}"):
        walked(Semantics(CROSS.system), evolve(CROSS, moves=(pattern,)))
