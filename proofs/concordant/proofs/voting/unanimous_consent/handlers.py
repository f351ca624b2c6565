"""One-shot unanimity: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: one coordinator, which does not lie; electors, and strangers, may.
Not covered: more than three electors; that whoever asks is answered.
"""

from __future__ import annotations

from attrs import frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.voting.unanimous_consent.meaning import Unanimity
from concordant.refimpl.machine import Step, step
from concordant.refimpl.voting.unanimous_consent import Collecting, Coordinating, Coordinator, Elector, Told, Voted
from concordant.spec.vocabulary import Address, Reply
from concordant.spec.voting.unanimous_consent import Decided

CONSENT = Unanimity()


@frozen
class SilenceAccepts(Coordinator):
    """Takes silence for consent when the time is over."""

    def silence_accepts(self, state: Collecting) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class CountsAnybody(Coordinator):
    """Counts consents of strangers."""

    def may_vote(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TellsTheOpposite(Coordinator):
    """Tells its user the opposite of what it has decided."""

    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        after = super().decide(state, accepted=accepted)
        return step(after.state, *(Reply(e.to, Decided(not accepted)) if isinstance(e, Reply) else e for e in after.effects))


@frozen
class BelievesAnybody(Elector):
    """Believes whoever says what was decided."""

    def trusts(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class AssumesTheBest(Elector):
    """Takes its own consent for the decision."""

    def voted(self, *, consents: bool) -> Voted | Told:
        return Told(accepted=True) if consents else Voted()


WRONG = (
    WrongHandler(CONSENT, SilenceAccepts, "guard accept.all_consented", "Close", mutant="unanimous_consent.votes_received"),
    WrongHandler(CONSENT, CountsAnybody, "guard accept.all_consented", "Vote"),
    WrongHandler(CONSENT, TellsTheOpposite, "guard accept.all_consented", "Vote"),
    WrongHandler(CONSENT, BelievesAnybody, "guard tell_no.declined", "Decision"),
    WrongHandler(CONSENT, AssumesTheBest, "guard tell_yes.accepted", "Cast", mutant="unanimous_consent.assumes_the_best"),
)
HANDLERS = tuple(theorem for role in CONSENT.roles for theorem in role_theorems(CONSENT, role, WRONG))
STABLE = stability_theorem(CONSENT)
