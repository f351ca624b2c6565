"""The proofs of handlers: what they refute, by which name, and that the shipped mistakes are among it."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.pitfalls.consensus.paxos_synod import answering, proposing, voting
from concordant.proofs.consensus.paxos_synod.handlers import acceptors, proposers
from concordant.proofs.consensus.paxos_synod.handlers.acceptors import acceptor
from concordant.proofs.consensus.paxos_synod.handlers.facts import And, N, Not, S, ballot
from concordant.proofs.consensus.paxos_synod.handlers.proposers import learner, proposer
from concordant.proofs.consensus.paxos_synod.handlers.stability import ASSUMPTIONS, Assumption, unstable
from concordant.proofs.kernel.handlers import Run, WrongHandler, handler_theorem, refuted_by
from concordant.proofs.kernel.theorems import Standing
from concordant.refimpl.consensus.paxos_synod import Acceptor, Learner, Proposer, Proposing
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Nack, Prepare, Promise, Resend, Vote, Voted
from concordant.spec.vocabulary import Address, Announce, Send

WRONG = (*acceptors.WRONG, *proposers.WRONG)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.kind.__name__)
def test_a_wrong_handler_is_refuted_by_name(wrong: WrongHandler) -> None:
    assert wrong.refuted_by() == wrong.guard


@pytest.mark.parametrize("run", [acceptor(Acceptor), proposer(Proposer), learner(Learner)], ids=["acceptor", "proposer", "learner"])
def test_the_shipped_handlers_are_refuted_by_nothing(run: Run) -> None:
    assert refuted_by(run) == "nothing"


@pytest.mark.parametrize(
    ("run", "by"),
    [
        (acceptor(voting.PromisesAnyBallot), "guard promise.not_left"),
        (acceptor(voting.IgnoresItsPromise), "guard vote.not_left"),
        (acceptor(voting.Amnesiac), "what survives a crash stands for the same"),
        (proposer(proposing.AnyEarlierVote), "guard propose.highest_vote"),
        (proposer(proposing.KeepsItsOwnValue), "guard propose.highest_vote"),
        (proposer(proposing.ProposesAtEveryPromise), "it has proposed, and gathers votes from now on"),
        (learner(voting.CountsAcrossBallots), "guard decide.quorum_voted"),
        (acceptor(voting.Strict), "nothing"),  # safe: only a lost promise is not repeated
        (proposer(answering.SaysNoTooSoon), "nothing"),  # the model does not speak of a no
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_the_shipped_mistakes_are_refuted_where_the_model_speaks_of_them(run: Run, by: str) -> None:
    assert refuted_by(run) == by


def test_a_value_of_the_handlers_own_is_no_element_of_the_model() -> None:
    with pytest.raises(TypeError, match="'nothing' is no element of the model: the handler made a value of its own"):
        refuted_by(proposer(proposing.CountsNothingAsAVote))


# ---- mistakes that only the proofs of handlers are here for


@frozen
class Chatty(Acceptor):
    """Refuses, and announces a vote all the same."""

    def refuse(self, state: AcceptorView, source: Address, nack: Nack) -> Step[AcceptorView]:
        return step(state, Send(source, nack), Announce(Voted(Vote(nack.ballot, "x"))))


@frozen
class SpeaksFirst(Acceptor):
    """Sends a refusal before anybody asks."""

    def start(self) -> Step[AcceptorView]:
        return step(AcceptorView(), *super().receive(AcceptorView(), Address("proposer"), Prepare(ballot("x"))).effects)


@frozen
class Repeats(Proposer):
    """Asks for votes while it gathers promises."""

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:
        after = super().fire(state, trigger)
        return step(
            after.state,
            *(evolve(e, message=Accept(Vote(proposers.MINE, proposers.OWN))) if isinstance(e, Send) else e for e in after.effects),
        )


@frozen
class Forgets(Proposer):
    """Takes every promise for one without a vote."""

    def receive(self, state: Proposing, source: Address, message: Any) -> Step[Proposing] | None:
        return super().receive(state, source, evolve(message, vote=None) if isinstance(message, Promise) else message)


@pytest.mark.parametrize(
    ("run", "by"),
    [
        (acceptor(Chatty), "guard promise.not_left"),
        (acceptor(SpeaksFirst), "it says something before it is asked"),
        (proposer(Repeats), "what it asks votes for is what it has proposed"),
        (proposer(Forgets), "a promise is kept as it came"),
    ],
    ids=["Chatty", "SpeaksFirst", "Repeats", "Forgets"],
)
def test_a_handler_that_says_or_keeps_what_is_not_so_is_refuted(run: Run, by: str) -> None:
    assert refuted_by(run) == by


# ---- assumptions, and what a theorem reports


def test_an_assumption_that_somebody_elses_step_makes_untrue_is_named() -> None:
    nothing_promised = Assumption("an acceptor that has promised nothing at all", lambda s: Not(s.promise(N, proposers.R)))

    assert list(unstable((*ASSUMPTIONS, nothing_promised))) == ["an acceptor that has promised nothing at all, by promise"]


def test_an_assumption_that_can_never_hold_shows_nothing() -> None:
    never = Assumption("the impossible", lambda s: And(s.promise(N, proposers.R), Not(S.promise(N, proposers.R))))

    assert next(unstable((never,))) == "the impossible, by prepare: could not happen, so that nothing is shown"


def test_a_theorem_fails_where_its_handler_is_refuted_or_a_wrong_one_is_not() -> None:
    good, bad = acceptor(Acceptor), acceptor(voting.IgnoresItsPromise)
    harmless = WrongHandler(Acceptor, good, "guard vote.not_left")

    refuted = handler_theorem("x.y", "", "", "", bad, ()).prove()
    missed = handler_theorem("x.y", "", "", "", good, (harmless,)).prove()

    assert (refuted.standing, refuted.detail) == (Standing.FAILED, "guard vote.not_left")
    assert (missed.standing, missed.detail) == (
        Standing.FAILED,
        "not refuted as expected: Acceptor, by nothing, not by guard vote.not_left",
    )
