"""Attacks on what users and others are told: each of these machines is wrong, and no clause refuted it in any small scope."""

from __future__ import annotations

import pytest
from attrs import evolve, fields, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Size
from concordant.checks.registry import protocol
from concordant.pitfalls.consensus.paxos_synod import answering, voting
from concordant.pitfalls.consensus.two_phase_commit import answering as commitment
from concordant.pitfalls.consensus.two_phase_commit import deciding
from concordant.pitfalls.voting.unanimous_consent import coordinators as consent
from concordant.pitfalls.voting.unanimous_consent import electors
from concordant.refimpl.consensus.paxos_synod import Accepting, Proposer, Proposing
from concordant.refimpl.consensus.two_phase_commit import Collecting as Committing
from concordant.refimpl.consensus.two_phase_commit import Coordinating as Commitment
from concordant.refimpl.consensus.two_phase_commit import Coordinator, Logged
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.refimpl.voting.unanimous_consent import Collecting, Coordinating
from concordant.refimpl.voting.unanimous_consent import Coordinator as Chair
from concordant.spec.consensus.two_phase_commit import UNDECIDED, Commit
from concordant.spec.vocabulary import Address, Effect, Rejected, Reply, Sometimes
from concordant.spec.voting.unanimous_consent import PUT_BEFORE


def refuting(wrong: type[AnyProcess]) -> set[str]:
    """Return the clauses that refute a wrong machine in the smallest of its stem's small scopes that refutes it at all."""
    right = wrong.__bases__[0]
    scopes = [scope for scope in protocol(right.__module__.rpartition(".")[2]).scopes if scope.size is Size.SMALL and scope.expected]
    for scope in sorted(scopes, key=lambda scope: scope.expected.states if scope.expected else 0):
        processes = {
            address: wrong(*(getattr(process, part.name) for part in fields(type(process)))) if type(process) is right else process  # type: ignore[arg-type]
            for address, process in scope.system.processes.items()
        }
        wronged = evolve(scope.system, processes=processes, symmetric=())
        report = explore(wronged, reductions=Reductions(leave_ignored=scope.reductions.leave_ignored))
        violated = {each.clause for each in report.verdicts if each.status is Status.VIOLATED}
        if found := {clause.name for clause in violated if not isinstance(clause, Sometimes)}:
            return found
    return set()


def replied(effects: tuple[Effect, ...], answer: object) -> tuple[Effect, ...]:
    return tuple(Reply(effect.to, answer) if isinstance(effect, Reply) else effect for effect in effects)


def silenced(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    return tuple(effect for effect in effects if not isinstance(effect, Reply))


@frozen
class TellsItsUserItIsRejected(Coordinator):
    def resolve(self, state: Committing, *, commit: bool) -> Step[Commitment]:
        after = super().resolve(state, commit=commit)
        return step(after.state, *replied(after.effects, UNDECIDED))


@frozen
class NeverReleasesItsUser(Coordinator):
    def resolve(self, state: Committing, *, commit: bool) -> Step[Commitment]:
        after = super().resolve(state, commit=commit)
        return step(after.state, *silenced(after.effects))


@frozen
class NeverReleasesALaterUser(Coordinator):
    def request(self, state: Commitment, client: Address, request: Commit) -> Step[Commitment]:
        return step(state) if isinstance(state, Logged) else super().request(state, client, request)


@frozen
class TellsWhoPutItThatItIsRejected(Chair):
    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        after = super().decide(state, accepted=accepted)
        return step(after.state, *replied(after.effects, PUT_BEFORE))


@frozen
class NeverReleasesWhoPutIt(Chair):
    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        after = super().decide(state, accepted=accepted)
        return step(after.state, *silenced(after.effects))


@frozen
class RejectsWhatIsChosen(Proposer):
    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        return step(after.state, *replied(after.effects, Rejected("no")))


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        pytest.param(commitment.TellsTheOpposite, "an_answer_is_true", id="a user is told the opposite of what was decided"),
        pytest.param(consent.TellsTheOpposite, "an_answer_is_true", id="a user is told the opposite of the vote"),
        pytest.param(consent.NeverSaysYes, "an_answer_is_true", id="a user is told the opposite only when all have consented"),
        pytest.param(TellsItsUserItIsRejected, "an_answer_is_true", id="a user whose transaction is decided is told that it is rejected"),
        pytest.param(TellsWhoPutItThatItIsRejected, "an_answer_is_true", id="a user whose proposal is decided is told that it is rejected"),
        pytest.param(RejectsWhatIsChosen, "an_answer_is_true", id="a user whose value is chosen is told that it is rejected"),
        pytest.param(commitment.PresumesAbortForALaterUser, "an_answer_is_true", id="a later user is told the opposite"),
        pytest.param(commitment.RejectsALaterUser, "an_answer_is_true", id="a user who asks again is refused"),
        pytest.param(commitment.AnswersTheLatestUser, "nobody_is_answered_twice", id="a rejected request leaves its user in the state"),
        pytest.param(consent.AnswersTheLatestUser, "nobody_is_answered_twice", id="a rejected proposal leaves its user in the state"),
        pytest.param(answering.AnswersTheLatestUser, "nobody_is_answered_twice", id="a user is told another user's outcome"),
        pytest.param(electors.SendsTheWrongVote, "a_message_is_true", id="another vote is sent than was given"),
        pytest.param(answering.NeverSure, "what_is_no_yes_has_a_reason", id="what is chosen is answered by unknown"),
        pytest.param(deciding.GoesOnAfterACrash, "lost_work_is_not_promised", id="a participant that has lost its work goes on"),
        pytest.param(NeverReleasesItsUser, "nobody_waits", id="a user is never released"),
        pytest.param(NeverReleasesALaterUser, "nobody_waits", id="a later user is never released"),
        pytest.param(NeverReleasesWhoPutIt, "nobody_waits", id="a user who put the proposal is never released"),
        pytest.param(voting.KeepsItsPromiseOnly, "a_vote_is_never_forgotten", id="an acceptor forgets its vote in a crash"),
        pytest.param(voting.VotesWithoutAPromise, "a_vote_keeps_the_promise", id="a vote does not raise the promise"),
        pytest.param(electors.VotesTwice, "an_elector_votes_once", id="an elector votes twice"),
    ],
)
def test_a_small_scope_refutes_a_machine_of_which(wrong: type[AnyProcess], clause: str) -> None:
    assert clause in refuting(wrong)
