"""Attacks on proofs: handlers that are unsafe, and texts that say more than was proved. Each was once called proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import z3
from attrs import evolve, field, frozen

from concordant.proofs.consensus.paxos_synod.claim import paxos
from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.consensus.two_phase_commit.claim import COMMIT, commit
from concordant.proofs.kernel import paths
from concordant.proofs.kernel.meaning import Supposition
from concordant.proofs.kernel.models import Model, add
from concordant.proofs.kernel.pages import page, proved
from concordant.proofs.kernel.role_theorems import refuted_by, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus, Theorem, collected, modules
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION
from concordant.refimpl.consensus.paxos_synod import Accepting, Acceptor, Idle, Learner, Learning, Preparing, Proposer, Proposing
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.spec.auctions.shared.auctions import truthful_bidding
from concordant.spec.consensus.paxos_synod import (
    Accept,
    Accepted,
    AcceptorView,
    Ballot,
    Chosen,
    Nack,
    Prepare,
    Promise,
    Propose,
    Proposed,
    Resend,
    Vote,
    Voted,
)
from concordant.spec.vocabulary import Address, Announce, Map, broadcast


def votes_anyway(acceptor: Acceptor, source: Address, vote: Vote) -> Step[AcceptorView]:
    """Vote in whatever ballot."""
    return step(AcceptorView(vote.ballot, vote), Announce(Voted(vote)), *broadcast((source, *acceptor.learners), Accepted(vote)))


def proposes_anyway(proposer: Proposer, vote: Vote, client: Address) -> Step[Proposing]:
    """Propose whatever one likes."""
    return step(Accepting(vote, client, vote.value), Announce(Proposed(vote)), *broadcast(proposer.acceptors, Accept(vote)))


@frozen
class ObeysAThirdProposer(Acceptor):
    """Votes in any ballot for a proposer that no scope has."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        if source == Address("proposer", 2) and isinstance(message, Accept):
            return votes_anyway(self, source, message.vote)
        return super().receive(state, source, message)


@frozen
class CountsARepeatedPromise(Proposer):
    """Takes a promise that comes again for one of another acceptor."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Promise) and isinstance(state, Preparing) and message.ballot == state.ballot and source in state.promises:
            return proposes_anyway(self, Vote(state.ballot, state.value), state.client)
        return super().receive(state, source, message)


@frozen
class KeepsAPromiseTwice(Proposer):
    """Keeps a promise that comes again beside the first, in a map that has its key twice."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Promise) and isinstance(state, Preparing) and message.ballot == state.ballot:
            return self.promised(evolve(state, promises=Map((*state.promises.pairs, (source, message.vote)))))
        return super().receive(state, source, message)


@frozen
class ProposesAgain(Proposer):
    """Proposes once more in its ballot at a promise that comes late."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Promise) and isinstance(state, Accepting) and message.vote is not None:
            return proposes_anyway(self, Vote(state.proposal.ballot, message.vote.value), state.client)
        return super().receive(state, source, message)


@frozen
class BelievesOneVoteWhilePreparing(Proposer):
    """Calls chosen what one acceptor has voted for while it gathers promises."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Accepted) and isinstance(state, Preparing):
            return step(state, Announce(Chosen(message.vote)))
        return super().receive(state, source, message)


@frozen
class BelievesOneVoteWhileIdle(Proposer):
    """The same while it has nothing to do."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Accepted) and isinstance(state, Idle):
            return step(state, Announce(Chosen(message.vote)))
        return super().receive(state, source, message)


@frozen
class SkipsPhaseOne(Proposer):
    """Proposes at once, but the first time."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if isinstance(state, Idle) and state.round > 0:
            return proposes_anyway(self, Vote(self.next_ballot(state), request.value), client)
        return super().request(state, client, request)


@frozen
class TakesWhatItHasForAQuorum(Proposer):
    """Proposes when it has waited long enough, if anybody has promised."""

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:
        if isinstance(state, Preparing) and state.promises:
            return proposes_anyway(self, Vote(state.ballot, state.value), state.client)
        return super().fire(state, trigger)


@frozen
class LearnsAgain(Learner):
    """Calls chosen whatever it hears once it has learned something."""

    def receive(self, state: Learning, source: Address, message: Accepted) -> Step[Learning] | None:
        return super().receive(state, source, message) if state.chosen is None else step(state, Announce(Chosen(message.vote)))


@frozen
class HurriedIdle(Idle):
    """A state with one more field."""

    hurried: bool = field(default=False, kw_only=True)


@frozen
class HasOneMoreField(Proposer):
    """Skips phase one when it was overtaken, which it remembers in a field that its states do not have."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        return step(HurriedIdle(promised.round, hurried=True), *super().preempted(state, promised).effects)

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if isinstance(state, HurriedIdle) and state.hurried:
            return proposes_anyway(self, Vote(self.next_ballot(state), request.value), client)
        return super().request(state, client, request)


@frozen
class AsksWhatABallotIs(Acceptor):
    """Votes in any ballot that is a Ballot, as all are but symbols."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        if isinstance(message, Accept) and isinstance(message.vote.ballot, Ballot):
            return votes_anyway(self, source, message.vote)
        return super().receive(state, source, message)


@frozen
class MatchesABallot(Acceptor):
    """The same by a pattern."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        match message:
            case Accept(Vote(Ballot(), _)):
                return votes_anyway(self, source, message.vote)
            case _:
                return super().receive(state, source, message)


@frozen
class SwallowsTheError(Acceptor):
    """Votes in any ballot that can be written down, as all can but symbols."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        try:
            f"{message}"  # that is the attack
        except TypeError:
            return super().receive(state, source, message)
        return votes_anyway(self, source, message.vote) if isinstance(message, Accept) else super().receive(state, source, message)


@frozen
class SeesTheClass(Acceptor):
    """Votes in any ballot whose class is Ballot, as a symbol's is not."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        if isinstance(message, Accept) and any(map(lambda value: looks_real(value), [message.vote.ballot])):  # noqa: C417
            return votes_anyway(self, source, message.vote)
        return super().receive(state, source, message)


def looks_real(value: object) -> bool:
    """Tell what something is, away from the handler."""
    return type(value) == Ballot  # noqa: E721  # that is the attack


@frozen
class FindsAMethod(Acceptor):
    """Votes in any ballot that has the methods of a Ballot."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        if isinstance(message, Accept) and getattr(message.vote.ballot, "__attrs_attrs__", None):
            return votes_anyway(self, source, message.vote)
        return super().receive(state, source, message)


@frozen
class AnswersAnother(Proposer):
    """Tells whoever asks that the value is chosen which it is still asking votes for."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if isinstance(state, Accepting):
            return step(state, Announce(Chosen(state.proposal)))
        return super().request(state, client, request)


@frozen
class ReusesItsBallot(Proposer):
    """Forgets in a crash which ballots it has used."""

    def survives(self, state: Proposing) -> tuple[Proposing, ...]:  # noqa: ARG002  # that is the mistake
        return (Idle(),)


LOOKS = "; it may move and compare what a symbol stands for, and no more"


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (ObeysAThirdProposer, "guard vote.not_left"),
        (CountsARepeatedPromise, "guard propose.quorum_promised"),
        (KeepsAPromiseTwice, "guard propose.quorum_promised"),
        (ProposesAgain, "guard propose.fresh"),
        (BelievesOneVoteWhilePreparing, "guard decide.quorum_voted"),
        (BelievesOneVoteWhileIdle, "guard decide.quorum_voted"),
        (SkipsPhaseOne, "guard propose.quorum_promised"),
        (TakesWhatItHasForAQuorum, "guard propose.quorum_promised"),
        (LearnsAgain, "guard decide.quorum_voted"),
        (
            HasOneMoreField,
            "what it becomes is HurriedIdle(round of message.promised, True), which is none of the shapes that were run",
        ),
        (AnswersAnother, "guard decide.quorum_voted"),
        (ReusesItsBallot, "Idle: its own proposals are in no higher ballot"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_an_unsafe_handler_of_paxos_is_refuted(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(PAXOS, kind) == by


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (AsksWhatABallotIs, "the handler looks at __class__ of a Ballot"),
        (MatchesABallot, "the handler looks at __class__ of a Ballot"),
        (FindsAMethod, "`getattr` sees or keeps what is no part of any value"),
        (SwallowsTheError, "a handler decides by values, not by what is raised"),
        (SeesTheClass, "the handler asks for the type of a Ballot"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_looks_whether_it_is_proved_is_refused(kind: type[AnyProcess], what: str) -> None:
    where, _, said = refuted_by(PAXOS, kind).partition(": ")

    assert where.rpartition("/")[2].startswith("test_proofs.py:")
    assert said.startswith(what)


# ---- texts


def test_a_conjunct_that_is_dropped_is_claimed_no_more() -> None:
    weaker = evolve(COMMIT, model=lambda: commit().without_invariant("a_commit_needs_every_vote"), mutants=())

    assert proved(COMMIT).claim == "Nobody has committed while another has aborted. A commit is logged only when all are prepared."
    assert proved(weaker).claim == "Nobody has committed while another has aborted."
    assert "A commit is logged only when all are prepared" not in "\n".join(page(weaker))


def test_an_axiom_that_is_dropped_or_added_changes_for_what_something_is_claimed() -> None:
    model = PAXOS.make_model()

    assert model.quantifiers.endswith("; any two quorums have a member in common")
    assert model.without_axiom("quorums_meet").quantifiers.endswith("; one that stands for none is the least")


def test_a_theorem_by_running_says_for_how_many_it_was_run() -> None:
    theorem = by_running("x.y", truthful_bidding, SECOND_PRICE_AUCTION.on(2), "all real amounts; one to five bidders")

    assert theorem.prove().detail.startswith("its quantifiers, 'all real amounts; one to five bidders', do not say bidders up to 2, ")


def test_a_meaning_that_is_dropped_is_claimed_no_more() -> None:
    class Weaker(type(PAXOS)):  # type: ignore[misc]
        def saying(self, s: Any, me: Address, what: Any, asked: Any) -> Any:
            return {} if isinstance(what, Chosen) else super().saying(s, me, what, asked)

    assert "; Chosen (it is decided, it is the value asked for);" in stability_theorem(PAXOS).claim
    assert "Chosen" not in stability_theorem(Weaker()).claim


def test_a_role_that_is_run_with_fewer_inputs_or_others_says_so() -> None:
    (learner,) = (role for role in PAXOS.roles if role.kind is Learner)
    theorem, _ = role_theorems(PAXOS, evolve(learner, takes=("decide", "vote")))

    assert (
        "inputs Accepted, suspicion, cancellation, crash and recovery; any sender that is a shipped Acceptor or Proposer or Learner; any user; "
        in theorem.quantifiers
    )
    outcome = theorem.prove()
    assert (outcome.standing, outcome.detail) == (ProofStatus.FAILED, "not all of it was met: vote is never taken")


# ---- models


def test_an_action_that_is_called_start_cannot_stand_for_the_start_where_the_invariant_is_false() -> None:
    m = Model("lamp")
    m.relation("on")

    with pytest.raises(ValueError, match="model lamp has something called start already; give this another name"):
        m.action("start", "The lamp is lit.", lambda s: {"is_out": z3.Not(s.on())}, lambda s: {"on": add(s.on)})


@pytest.mark.parametrize("what", ["relation", "invariant", "axiom"])
def test_what_a_model_has_said_is_not_said_again_otherwise_under_the_same_name(what: str) -> None:
    m = commit()
    again: dict[str, Callable[[], object]] = {
        "relation": lambda: m.relation("commit_logged"),
        "invariant": lambda: m.invariant("agreement", "Anything.", lambda s: z3.BoolVal(True)),  # noqa: ARG005  # it takes a state
        "axiom": lambda: paxos().axiom("quorums_meet", "anything", z3.BoolVal(True)),
    }

    with pytest.raises(ValueError, match="already; give this another name"):
        again[what]()


@frozen
class TellsByTheClock(Acceptor):
    """Announces a vote that it has not given, once its clock shows three."""

    def tick(self, state: AcceptorView, now: int) -> Step[AcceptorView] | None:
        return step(state, Announce(Voted(Vote(Ballot(now, self.learners[0]), "x")))) if now > 2 else None


@frozen
class TellsWhomItTrusts(Acceptor):
    """Announces a vote that it has not given, once it hears that a peer is up after all."""

    def trust(self, state: AcceptorView, peer: Address) -> Step[AcceptorView] | None:
        return step(state, Announce(Voted(Vote(Ballot(1, peer), "x"))))


def test_a_handler_that_only_time_or_the_detector_calls_is_not_left_out() -> None:
    unreadable = "it reads a clock, of which the proof has no symbols: say by `clock` in its meaning what readings are"

    assert refuted_by(PAXOS, TellsByTheClock) == unreadable
    assert refuted_by(PAXOS, TellsWhomItTrusts) is not None


def test_no_meaning_supposes_on_its_way_what_its_theorems_do_not_print() -> None:
    reaching = [module.__name__ for module in modules() for value in vars(module).values() if value is paths.current or value is paths]
    supposed = {each.sentence for each in collected(Supposition)}
    printed = "; ".join(theorem.quantifiers for theorem in collected(Theorem))

    assert reaching == []
    assert {sentence for sentence in supposed if sentence not in printed} == set()
