"""What goes wrong with parties: what they state, and what they do when they have stated it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.conflict.mediated_negotiation import Committed, Free, Negotiating, Negotiator, Told, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.conflict.mediated_negotiation import Invite, PartyView, Position, Result, State, Stated, WalkAway, position
from concordant.spec.conflict.mediated_negotiation import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Map, Network, Send


@frozen
class Exaggerates(Negotiator):
    """States that it is content with no less than more."""

    def receive(self, state: Negotiating, source: Address, message: Invite | Result) -> Step[Negotiating] | None:
        if isinstance(state, Free) and isinstance(message, Invite):
            return step(Committed(), Announce(Stated(self.stated())), Send(source, State(self.stated())))
        return super().receive(state, source, message)

    def stated(self) -> Position:
        return evolve(self.position, least=self.position.least + 1)


@frozen
class Praises(Exaggerates):
    """States that everything is worth more to it."""

    def stated(self) -> Position:
        return evolve(self.position, worth=Map.of({name: worth + 1 for name, worth in self.position.worth.items()}))


@frozen
class ProposesAnother(Exaggerates):
    """Proposes something of its own."""

    def stated(self) -> Position:
        return evolve(self.position, proposal="z")


@frozen
class StatesAgain(Negotiator):
    """States its position whenever it is asked, also when it has walked away."""

    def receive(self, state: Negotiating, source: Address, message: Invite | Result) -> Step[Negotiating] | None:
        return super().receive(Free() if isinstance(message, Invite) else state, source, message)


@frozen
class BreaksItsWord(Negotiator):
    """Walks away, also when it has stated its position."""

    def armed(self, state: Negotiating) -> tuple[WalkAway, ...]:
        return (WalkAway(),) if isinstance(state, Committed) else super().armed(state)

    def fire(self, state: Negotiating, trigger: WalkAway) -> Step[Negotiating]:
        return Step(Told(Result(None)), super().fire(state, trigger).effects)


@frozen
class LeavesInSecret(Negotiator):
    """Walks away and says so to nobody, not even for the record."""

    def fire(self, state: Negotiating, trigger: WalkAway) -> Step[Negotiating]:
        return step(super().fire(state, trigger).state)


@frozen
class LooksFree(Negotiator):
    """Shows nobody that it is bound."""

    def view(self, state: Negotiating) -> PartyView:
        return evolve(super().view(state), free=True)


@frozen
class ForgetsTheOutcome(Negotiator):
    """Takes an invitation that comes late for a new negotiation."""

    def receive(self, state: Negotiating, source: Address, message: Invite | Result) -> Step[Negotiating] | None:
        if isinstance(state, Told) and isinstance(message, Invite):
            return step(Committed())
        return super().receive(state, source, message)


ONE = position(1)

EXAGGERATES = Pitfall(
    "mediated_negotiation.Exaggerates",
    "A party states another position than its own.",
    breaks=spec.a_party_states_its_position_once_and_stays,
    subject=system(ONE, negotiator=Exaggerates),
    length=1,
)
PRAISES = Pitfall(
    "mediated_negotiation.Praises",
    "A party states that agreements are worth more to it than they are.",
    breaks=spec.a_party_states_its_position_once_and_stays,
    subject=system(ONE, negotiator=Praises),
    length=1,
)
PROPOSES_ANOTHER = Pitfall(
    "mediated_negotiation.ProposesAnother",
    "A party proposes something else than its own.",
    breaks=spec.a_party_states_its_position_once_and_stays,
    subject=system(ONE, negotiator=ProposesAnother),
    length=1,
)
STATES_AGAIN = Pitfall(
    "mediated_negotiation.StatesAgain",
    "A party that is asked twice states its position twice.",
    breaks=spec.a_party_states_its_position_once_and_stays,
    subject=system(ONE, network=Network(duplicating=True), negotiator=StatesAgain),
    length=2,
)
COMES_BACK = Pitfall(
    "mediated_negotiation.StatesAgain/left",
    "A party has walked away, is asked late, and is back.",
    breaks=spec.a_party_states_its_position_once_and_stays,
    subject=system(ONE, negotiator=StatesAgain),
    length=2,
)
AGREES_WHEN_IT_HAS_LEFT = Pitfall(
    "mediated_negotiation.StatesAgain/agrees",
    "The same: all are heard, and there is an agreement with a party that has walked away.",
    breaks=spec.no_agreement_after_somebody_walked_away,
    subject=system(ONE, ONE, negotiator=StatesAgain),
    length=5,
)
BREAKS_ITS_WORD = Pitfall(
    "mediated_negotiation.BreaksItsWord",
    "A party that is bound walks away.",
    breaks=spec.whoever_is_bound_does_not_walk_away,
    subject=system(ONE, negotiator=BreaksItsWord),
    length=2,
)
LEAVES_IN_SECRET = Pitfall(
    "mediated_negotiation.LeavesInSecret",
    "A party has walked away, and nothing tells it from one that is bound.",
    breaks=spec.nobody_is_bound_or_gone_in_secret,
    subject=system(ONE, negotiator=LeavesInSecret),
    length=1,
)
LOOKS_FREE = Pitfall(
    "mediated_negotiation.LooksFree",
    "A party that is bound looks as if it could still walk away.",
    breaks=spec.nobody_is_bound_or_gone_in_secret,
    subject=system(ONE, negotiator=LooksFree),
    length=1,
)
FORGETS_THE_OUTCOME = Pitfall(
    "mediated_negotiation.ForgetsTheOutcome",
    "A party that knows the outcome is asked late, and forgets it.",
    breaks=spec.what_is_told_is_final,
    subject=system(ONE, negotiator=ForgetsTheOutcome),
    length=3,
)
