"""What electors do wrong: votes that are not theirs, and decisions that are none."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.unanimous_consent import (
    SAFETY,
    Considering,
    Electing,
    Elector,
    Listening,
    Told,
    Voted,
    system,
)
from concordant.spec.vocabulary import Address, Faults, Network, Send, addresses
from concordant.spec.voting import unanimous_consent as spec
from concordant.spec.voting.unanimous_consent import Cast, Decision, Question, Vote


@frozen
class VotesTwice(Elector):
    """Takes the question for a new one when it has voted."""

    def receive(self, state: Electing, source: Address, message: Question | Decision) -> Step[Electing] | None:
        asked = isinstance(message, Question) and self.trusts(source)
        return step(Considering()) if asked and isinstance(state, Voted) else super().receive(state, source, message)


@frozen
class SendsTheWrongVote(Elector):
    """Records its vote, and sends a yes whatever it was."""

    def fire(self, state: Electing, trigger: Cast) -> Step[Electing]:
        after = super().fire(state, trigger)
        wrong = Send(self.coordinator, Vote(consents=True))
        return step(after.state, *(wrong if isinstance(effect, Send) else effect for effect in after.effects))


@frozen
class ForgetsInACrash(Elector):
    """Keeps what it was told in memory."""

    def survives(self, state: Electing) -> Iterable[Electing]:  # noqa: ARG002  # that is the mistake
        return (Listening(),)


@frozen
class AssumesTheBest(Elector):
    """Takes its own consent for the decision."""

    def voted(self, *, consents: bool) -> Voted | Told:
        return Told(accepted=True) if consents else super().voted(consents=consents)


@frozen
class BelievesAnybody(Elector):
    """Takes anybody's word for the decision."""

    def trusts(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


ASSUMES_THE_BEST = Pitfall(
    "unanimous_consent.AssumesTheBest",
    "An elector that has consented acts as if all had.",
    breaks=spec.agreement,
    subject=system(2, elector=AssumesTheBest),
    length=4,
)
BELIEVES_ANYBODY = Pitfall(
    "unanimous_consent.BelievesAnybody",
    "An elector takes the decision from anybody, also from another elector that lies.",
    breaks=spec.agreement,
    subject=system(2, liars=(Address("elector", 1),), elector=BelievesAnybody, promises=SAFETY),
    length=3,
)
FORGETS_IN_A_CRASH = Pitfall(
    "unanimous_consent.ForgetsInACrash",
    "An elector that has crashed has forgotten what it was told.",
    breaks=spec.a_decision_is_final,
    subject=system(1, elector=ForgetsInACrash, faults=Faults(crashes=1, who=addresses("elector", 1))),
    length=4,
)
VOTES_TWICE = Pitfall(
    "unanimous_consent.VotesTwice",
    "An elector that is asked again votes again.",
    breaks=spec.an_elector_votes_once,
    subject=system(1, network=Network(duplicating=True), elector=VotesTwice),
    length=5,
)
SENDS_THE_WRONG_VOTE = Pitfall(
    "unanimous_consent.SendsTheWrongVote",
    "An elector vetoes, and sends a yes.",
    breaks=spec.a_message_is_true,
    subject=system(1, elector=SendsTheWrongVote),
    length=3,
)
