"""What never ends: proposers that do not send again, and proposers that stand in each other's way."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.consensus.paxos_synod import Accepting, Acceptor, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.paxos_synod import Ballot, Began, Prepare, Resend
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Announce, Network, broadcast

HOURS = 3
"""Rounds go around a clock, so that a duel comes back to where it was. At most two neighbouring ones are in use at a time."""


@frozen
class AsksOnce(Proposer):
    """Sends everything once."""

    def armed(self, state: Proposing) -> tuple[Resend, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class Insists(Proposer):
    """Is preempted, and prepares the same ballot again."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:  # noqa: ARG002  # that is the mistake
        ballot = self.current(state)
        return step(Preparing(ballot, state.client, state.value), *broadcast(self.acceptors, Prepare(ballot)))


@frozen
class Duels(Proposer):
    """Is preempted, and begins a higher ballot at once, which preempts the other."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        ballot = Ballot(promised.round % HOURS + 1, self.me)
        return step(Preparing(ballot, state.client, state.value), Announce(Began(ballot)), *broadcast(self.acceptors, Prepare(ballot)))

    def armed(self, state: Proposing) -> tuple[Resend, ...]:  # noqa: ARG002  # nothing is lost here
        return ()


@frozen
class OnAClock(Acceptor):
    """Takes the next hour for a higher round."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:
        ahead = (ballot.round - promised.round) % HOURS
        return ahead == 1 or (ahead == 0 and ballot.proposer >= promised.proposer)

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:
        return self.may_promise(ballot, promised)


ASKED_ONCE = Pitfall(
    "paxos_synod.AsksOnce",
    "What a proposer asks is sent once: it is lost, and the proposer waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system((("x",),), acceptors=1, learners=0, network=Network(losses=1), proposer=AsksOnce),
    length=2,
)
INSISTS = Pitfall(
    "paxos_synod.Insists",
    "A proposer that is preempted prepares the same ballot again and again, and is refused again and again.",
    breaks=spec.every_request_is_answered,
    subject=system(acceptors=1, learners=0, network=Network(losses=None, copies=1), proposer=Insists),
    length=9,
    quick=False,
)
DUEL = Pitfall(
    "PAX-8",
    "Two proposers preempt each other for ever: each begins a higher ballot before the other is done.",
    breaks=spec.every_request_is_answered,
    subject=system(acceptors=1, learners=0, network=Network(), proposer=Duels, acceptor=OnAClock),
    length=48,
)
