"""PBFT: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

A replica does what its log allows by rules, one after the other: each is run on its own, from any state, as is what a handler does
before them. A message is heard in any state with at most one message in the log, and a rule applied to any with at most one.
Assumes: whoever receives a message knows who sent it; what an honest replica has signed nobody else can sign.
Not covered, but with `--large`: rules where the log holds two messages, among which are all quorums of two.
Not covered: larger logs, more than two replicas, more than one accusation; that whoever is accused of two changes of view, or of two
proposals of one request in a later view, lies, since of what honest replicas show the model knows the views only.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.consensus.pbft.meaning import Agreeing
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.pbft import Asking, Changes, Client, Replica, State, Told, heard
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.pbft import Certificate, Commit, Decided, OfAView, Prepare, PrePrepare, Request, Result, View, Vote
from concordant.spec.vocabulary import Address, Announce, Map, broadcast

AGREEING = Agreeing()


@frozen
class SignsTwice(Replica):
    """Signs each proposal of a view."""

    def accept(self, state: State) -> Step[State] | None:
        return super().accept(evolve(state, proposal=None))


@frozen
class IsContentWithOne(Replica):
    """Takes one for a quorum."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who & set(self.members)) >= 1


@frozen
class CountsStrangers(Replica):
    """Counts whoever has signed a certificate."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= self.sizes.quorum


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
class TakesAnyCertificate(Replica):
    """Takes a proposal for that of some certificate which is shown, not of the latest."""

    def allows(self, changes: Changes, view: View, request: Request) -> bool:
        valid = all(self.is_certificate(prepared, view) for prepared in changes.values())
        shown = [prepared.request for prepared in changes.values() if prepared is not None]
        return valid and self.is_quorum(frozenset(changes)) and (not shown or request in shown)


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
class AccusesWhoChangesItsMind(Replica):
    """Takes two messages of a kind for a contradiction, whatever their views."""

    def contradiction(self, state: State, source: Address, message: OfAView) -> OfAView | None:
        others = [one.message for one in state.log if one.by == source and isinstance(one.message, type(message))]
        return next((other for other in others if other != message), None)


@frozen
class BelievesOne(Client):
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
        (BelievesOne, "Told: what it knows is decided", "Result", None),
        (ForgetsWhatItKnows, "Told: what it knows is decided", "Result", None),
    )
)
HANDLERS = tuple(theorem for role in AGREEING.roles for theorem in role_theorems(AGREEING, role, WRONG))
STABLE = stability_theorem(AGREEING)
