"""PBFT: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

A replica does what its log allows by rules, one after the other. Each is run on its own, from any state with at most one message in the
log; so is what a handler does before them. What a rule says of quorums is run with one of one, and with one of two that it never has; what
counts votes or commitments with two of two, too, which may both be of one sender.
Assumes: whoever receives a message knows who sent it; what an honest replica has signed nobody else can sign.
Not covered, but with `--large`: other rules where the log holds two messages; signatures of strangers.
Not covered: larger logs, more than two replicas, and more than one accusation. Nor that whoever is accused of two changes of view lies, or
of two proposals of one request in a later view: of what honest replicas show the model knows the views only. That a replica goes on
signing once it has decided, and keeps what came early, are promises of progress, and wrong handlers that do not are no wrong steps.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.consensus.pbft.meaning import Agreeing
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.pbft import Asking, Changes, Client, Replica, State, Told, heard
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.pbft import Certificate, Commit, Decided, Prepare, PrePrepare, Request, Result, View, Vote
from concordant.spec.vocabulary import Address, Announce, Map, broadcast

AGREEING = Agreeing()


@frozen
class SignsTwice(Replica):
    """Signs each proposal of a view."""

    def accept(self, state: State) -> Step[State] | None:
        return super().accept(evolve(state, proposal=None))


@frozen
class CountsOldVotes(Replica):
    """Counts votes for a request, in whichever view."""

    def counts(self, state: State, vote: Vote | Commit) -> bool:
        return vote.request == state.proposal


@frozen
class DecidesWhatIsPrepared(Replica):
    """Decides what it has a certificate for."""

    def decide(self, state: State) -> Step[State] | None:
        if state.proposal is None or state.decided is not None or not state.is_prepared:
            return None
        return step(evolve(state, decided=state.proposal), Announce(Decided(state.view, state.proposal)))


@frozen
class LetsThePrimaryChoose(Replica):
    """Looks at no changes of view that a proposal shows."""

    def allows(self, changes: Changes, view: View, request: Request) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ReadsNoCertificate(Replica):
    """Believes a certificate without a look at who has signed it."""

    def is_certificate(self, prepared: Certificate | None, before: View) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ProposesAlone(Replica):
    """Proposes before enough have come to its view."""

    def may_propose(self, state: State, changes: Changes) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TakesAPlainProposal(Replica):
    """Signs in a later view what is proposed as it is in the first."""

    def accept(self, state: State) -> Step[State] | None:
        plain = heard(state, PrePrepare, state.view).get(self.primary(state.view))
        if not isinstance(plain, PrePrepare) or state.proposal is not None:
            return super().accept(state)
        message = Prepare(state.view, plain.request)
        return step(evolve(state, proposal=plain.request).signs(self.me, message), *broadcast(self.peers, message))


@frozen
class ReportsNothing(Replica):
    """Shows no certificate when it changes its view."""

    def report(self, state: State) -> Certificate | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class BelievesAnyone(Client):
    """Believes whatever a replica tells it."""

    def is_believed(self, results: Map[Address, Request], request: Request) -> bool:
        return request in results.values()


@frozen
class ForgetsWhatItKnows(Client):
    """Goes by what it was told last, also once it has been told enough."""

    def receive(self, state: Asking | Told, source: Address, message: Result) -> Step[Asking | Told] | None:
        after = super().receive(state, source, message)
        return after if after is not None or source not in self.members else step(Told(message.request))


PROVES = "State: certificates that it keeps have their quorums, and allow what they come with"
WRONG = tuple(
    WrongHandler(AGREEING, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (SignsTwice, "guard prepare.once", "rule accept", "pbft.signs_twice"),
        (CountsOldVotes, "guard commit.quorum_signed", "rule prepare", "pbft.commits_to_anything"),
        (DecidesWhatIsPrepared, "guard decide.quorum_committed", "rule decide", None),
        (LetsThePrimaryChoose, PROVES, "NewView", "pbft.lets_the_primary_choose"),
        (ReadsNoCertificate, PROVES, "ViewChange", "pbft.reads_no_certificate"),
        (ProposesAlone, "guard prepare.quorum_changed", "rule propose", "pbft.too_few_come"),
        (TakesAPlainProposal, "guard prepare.quorum_changed", "rule accept", None),
        (ReportsNothing, "State: the honest have signed what it keeps of them", "Impatient", None),
        (BelievesAnyone, "Told: what it knows is decided", "Result", None),
        (ForgetsWhatItKnows, "Told: what it knows is decided", "Result", None),
    )
)
HANDLERS = tuple(theorem for role in AGREEING.roles for theorem in role_theorems(AGREEING, role, WRONG))
STABLE = stability_theorem(AGREEING)
