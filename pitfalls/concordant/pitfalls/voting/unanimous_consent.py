"""What goes wrong with unanimity. The seed names the rule and does not write it: these are its natural readings."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.voting.unanimous_consent import SAFETY, Closed, Collecting, Coordinating, Coordinator, Elector, Told, Voted, system
from concordant.spec.vocabulary import Address, Faults, Network
from concordant.spec.voting import unanimous_consent as spec
from concordant.spec.voting.unanimous_consent import Close, Vote

# ---- coordinators


@frozen
class CountsVotesReceived(Coordinator):
    """Asks whether all votes that came in are yes, which they are when none came in."""

    def silence_accepts(self, state: Collecting) -> bool:  # noqa: ARG002  # a veto would have ended the vote before
        return True


@frozen
class HasNoDeadline(Coordinator):
    """Waits for every vote."""

    def armed(self, state: Coordinating) -> tuple[Close, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class WaitsForItself(Coordinator):
    """Counts itself as an elector, and never hears its own vote."""

    def all_consent(self, state: Collecting) -> bool:
        return len(state.consents) == len(self.electorate) + 1


@frozen
class CountsLateVotes(Coordinator):
    """Goes on counting after the vote is over."""

    def receive(self, state: Coordinating, source: Address, message: Vote) -> Step[Coordinating] | None:
        match state:
            case Closed(accepted=False) if message.consents:
                return Step(evolve(state, accepted=True))
            case _:
                return super().receive(state, source, message)


@frozen
class TellsThoseWhoConsented(Coordinator):
    """Tells the decision only to those whose consent it has."""

    def informed(self, state: Collecting) -> tuple[Address, ...]:
        return tuple(elector for elector in self.electorate if elector in state.consents)


@frozen
class CountsAnybody(Coordinator):
    """Counts votes, and does not ask who may vote."""

    def may_vote(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


# ---- electors


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


# ---- the pitfalls, in systems as small as shows them

TIMELY = Faults(synchronous=True)

VACUOUS_UNANIMITY = Pitfall(
    "UNA-2",
    "Unanimity among the votes received: of no votes at all, all are yes.",
    breaks=spec.acceptance_needs_every_consent,
    subject=system(network=Network(losses=3), coordinator=CountsVotesReceived),
    length=2,
)
NO_DEADLINE = Pitfall(
    "UNA-3",
    "There is no deadline: with one elector silent the vote never ends.",
    breaks=spec.nobody_waits,
    subject=system(1, network=Network(losses=1), coordinator=HasNoDeadline),
    length=2,
)
WAITS_FOR_ITSELF = Pitfall(
    "unanimous_consent.WaitsForItself",
    "The coordinator counts itself as an elector: all consent, and the proposal is declined.",
    breaks=spec.consent_of_all_is_acceptance,
    subject=system(2, faults=TIMELY, coordinator=WaitsForItself),
    length=10,
)
COUNTS_LATE_VOTES = Pitfall(
    "unanimous_consent.CountsLateVotes",
    "A consent that comes after the deadline turns the decision round.",
    breaks=spec.a_decision_is_final,
    subject=system(1, coordinator=CountsLateVotes),
    length=5,
)
TELLS_THOSE_WHO_CONSENTED = Pitfall(
    "unanimous_consent.TellsThoseWhoConsented",
    "Only those who consented are told: the others never learn that the vote is over.",
    breaks=spec.everybody_is_told,
    subject=system(1, coordinator=TellsThoseWhoConsented),
    length=4,
)
ASSUMES_THE_BEST = Pitfall(
    "unanimous_consent.AssumesTheBest",
    "An elector that has consented acts as if all had.",
    breaks=spec.agreement,
    subject=system(2, elector=AssumesTheBest),
    length=4,
)
COUNTS_ANYBODY = Pitfall(
    "unanimous_consent.CountsAnybody",
    "A vote is counted whoever sent it: a stranger's yes stands for an elector's.",
    breaks=spec.acceptance_needs_every_consent,
    subject=system(1, liars=(Address("stranger"),), coordinator=CountsAnybody, promises=SAFETY),
    length=2,
)
BELIEVES_ANYBODY = Pitfall(
    "unanimous_consent.BelievesAnybody",
    "An elector takes the decision from anybody, also from another elector that lies.",
    breaks=spec.agreement,
    subject=system(2, liars=(Address("elector", 1),), elector=BelievesAnybody, promises=SAFETY),
    length=3,
)
