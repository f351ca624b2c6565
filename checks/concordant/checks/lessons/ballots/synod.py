"""Paxos: votes in numbered ballots, with two guards that look at nothing.

A proposer first asks acceptors to promise its ballot, and to tell it for what they have voted; then it asks for votes. What may it ask
for, and when may an acceptor vote? All that is not written here is that of the reference: `concordant explain paxos_synod`.
"""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.consensus import paxos_synod as reference
from concordant.refimpl.consensus.paxos_synod import Acceptor, Proposer
from concordant.refimpl.machine import System, cut_off
from concordant.spec.consensus.paxos_synod import Ballot, History, Vote
from concordant.spec.consensus.paxos_synod.clauses import a_proposal_is_safe, adopts_an_earlier_value, agreement, is_preempted, validity
from concordant.spec.vocabulary import Clause, Network, addresses


class OpenProposer(Proposer):
    """Proposes what its user wants."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        """Choose what to propose, where a majority has promised and told of these votes, in lower ballots. `own`: what its user wants."""
        return own


class OpenAcceptor(Acceptor):
    """Votes whenever it is asked."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:
        """Tell whether an acceptor may vote in a ballot when it has promised one. Ballots are compared by <, >= and so on."""
        return True


FIRST, SECOND = addresses("proposer", 2)
ACCEPTORS = addresses("acceptor", 3)


def system(
    proposer: type[Proposer] = OpenProposer,
    acceptor: type[Acceptor] = OpenAcceptor,
    *more: Clause,
    proposals: tuple[tuple[str, ...], ...] = (("x", "z"), ("y",)),
) -> System[History]:
    """Put two proposers and three acceptors together; the user of the first wants x, and then z.

    To have fewer states nothing arrives on two channels: each proposer reaches two acceptors, of which one is the same.
    """
    promises = (agreement, validity, a_proposal_is_safe, adopts_an_earlier_value, is_preempted, *more)
    whole = reference.system(
        proposals, learners=0, network=Network(), proposer=proposer, acceptor=acceptor, promises=promises, patient=True
    )
    return evolve(whole, assume=(*whole.assume, cut_off((FIRST, ACCEPTORS[2]), (SECOND, ACCEPTORS[0]))), symmetric=())


SYSTEM = system(proposals=(("x",), ("y",)))
"""The user of the first wants x alone."""
