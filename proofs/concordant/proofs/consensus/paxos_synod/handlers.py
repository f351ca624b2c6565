"""Paxos: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: what `meaning` says of a request when it is asked; that a larger number makes a higher ballot.
Not covered: a proposer or learner among more acceptors than those of the casts. That needs no more of the model: its proof is for
any quorums that meet, of any size, as majorities do (`quorums.majorities_meet`); what is run here is how the code counts them.
With `--large`: a proposer among seven acceptors, 615 paths in 8 s of one core, and a learner among five, 1,167 paths in 11 s.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.proofs.consensus.paxos_synod.meaning import Paxos
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.paxos_synod import Acceptor, Learner, Preparing, Proposer, Proposing
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Nack, Prepare, Promise, Vote
from concordant.spec.vocabulary import Address, Map, Send

PAXOS = Paxos()


@frozen
class PromisesAnything(Acceptor):
    """Promises a ballot although it has promised a higher one."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class VotesAnywhere(Acceptor):
    """Votes in a ballot below the one that it has promised."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ForgetsInACrash(Acceptor):
    """Keeps its promise in memory."""

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:
        return (AcceptorView(None, state.vote),)


@frozen
class TellsNoVote(Acceptor):
    """Promises, and does not tell of its vote."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        if not isinstance(message, Prepare) or after.state == state:
            return after
        return step(after.state, Send(source, Promise(message.ballot, None)))


@frozen
class AdoptsTheLowest(Proposer):
    """Adopts some earlier vote, not the highest. Exploring two ballots does not show it."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        return min(votes, key=lambda vote: vote.ballot).value if votes else own


@frozen
class DoesNotListen(Proposer):
    """Proposes its own value, whatever it is told."""

    def safe_value(self, votes: list[Vote], own: str) -> str:  # noqa: ARG002  # that is the mistake
        return own


@frozen
class CountsStalePromises(Proposer):
    """Counts promises in any ballot."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Promise) and isinstance(state, Preparing):
            return self.promised(evolve(state, promises=state.promises.put(source, message.vote)))
        return super().receive(state, source, message)


@frozen
class IsContentWithOne(Proposer):
    """Takes one answer for a quorum."""

    def is_quorum(self, count: int) -> bool:
        return count >= 1


@frozen
class AsksForItsOwn(Proposer):
    """Announces the safe value, and asks for votes for its own."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state)
        asked = (evolve(e, message=Accept(Vote(state.ballot, state.value))) if isinstance(e, Send) else e for e in after.effects)
        return step(after.state, *asked)


@frozen
class AddsUpBallots(Learner):
    """Counts votes for a value, whatever their ballots."""

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:
        return sum(vote.value == heard.value for heard in votes.values()) >= self.quorum


WRONG = (
    WrongHandler(PAXOS, PromisesAnything, "guard promise.not_left", "Prepare"),
    WrongHandler(PAXOS, VotesAnywhere, "guard vote.not_left", "Accept", mutant="paxos_synod.late_votes"),
    WrongHandler(PAXOS, ForgetsInACrash, "AcceptorView: it has left what is below its promise, and nothing else", "crash and recovery"),
    WrongHandler(PAXOS, TellsNoVote, "Promise: its vote is the sender's highest below the ballot", "Prepare"),
    WrongHandler(PAXOS, AdoptsTheLowest, "guard propose.highest_vote", "Promise", mutant="paxos_synod.any_earlier_vote"),
    WrongHandler(PAXOS, DoesNotListen, "guard propose.highest_vote", "Promise", mutant="paxos_synod.own_value"),
    WrongHandler(PAXOS, CountsStalePromises, "Preparing: of promise 0, the sender is an acceptor that has promised", "Promise"),
    WrongHandler(PAXOS, IsContentWithOne, "guard propose.quorum_promised", "Promise"),
    WrongHandler(PAXOS, AsksForItsOwn, "Accept: it was proposed", "Promise"),
    WrongHandler(PAXOS, AddsUpBallots, "guard decide.quorum_voted", "Accepted"),
)
HANDLERS = tuple(theorem for role in PAXOS.roles for theorem in role_theorems(PAXOS, role, WRONG))
STABLE = stability_theorem(PAXOS)
