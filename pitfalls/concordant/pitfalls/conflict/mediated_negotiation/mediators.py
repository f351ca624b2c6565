"""What goes wrong with mediators."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.conflict.mediated_negotiation import Hearing, Mediating, Mediator, Over, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.conflict.mediated_negotiation import (
    GiveUp,
    Heard,
    MediatorView,
    Position,
    Result,
    Run,
    State,
    position,
)
from concordant.spec.conflict.mediated_negotiation import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Send


@frozen
class CountsTwice(Mediator):
    """Hears a position as often as it comes."""

    def counts(self, state: Hearing, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class HearsTheAbsent(Mediator):
    """Takes it that whoever is silent is content with anything."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:
        silent = tuple(party for party in self.parties if isinstance(state, Hearing) and party not in state.heard)
        heard = tuple(Announce(Heard(party, position(0, 0))) for party in silent)
        return step(state, *heard).then(lambda _: Mediator.fire(self, state, trigger))


@frozen
class HearsLate(Mediator):
    """Hears a position that comes after the end, for the record."""

    def receive(self, state: Mediating, source: Address, message: State) -> Step[Mediating] | None:
        if isinstance(state, Over):
            return step(state, Announce(Heard(source, message.position)))
        return super().receive(state, source, message)


@frozen
class HearsOneForTheOther(Mediator):
    """Hears what one party says as the word of the first on its list."""

    def receive(self, state: Mediating, source: Address, message: State) -> Step[Mediating] | None:  # noqa: ARG002  # that is the mistake
        return super().receive(state, self.parties[0], message)


@frozen
class HearsLess(Mediator):
    """Takes whatever a party would be content with for less than it says."""

    def receive(self, state: Mediating, source: Address, message: State) -> Step[Mediating] | None:
        return super().receive(state, source, State(self.heard(message.position)))

    def heard(self, position: Position) -> Position:
        return evolve(position, least=position.least - 1)


@frozen
class HearsThatNothingIsWorthAnything(HearsLess):
    """Does not listen to what agreements are worth."""

    def heard(self, position: Position) -> Position:
        return evolve(position, worth=Map.of(dict.fromkeys(position.worth, 0)))


@frozen
class HearsAProposal(HearsLess):
    """Takes what a party likes for what it proposes."""

    def heard(self, position: Position) -> Position:
        return evolve(position, proposal="a")


@frozen
class GoesOn(Mediator):
    """Has told that there is no agreement, and hears on."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:
        return Step(state, super().fire(state, trigger).effects)


@frozen
class DecidesWithoutTheSilent(Mediator):
    """Lets the rule decide among those that were heard in time."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:
        return self.decide(state) if isinstance(state, Hearing) and state.heard else super().fire(state, trigger)


@frozen
class KnowsBetter(Mediator):
    """Lets the rule decide as if everybody were content with anything."""

    def decide(self, state: Hearing) -> Step[Mediating]:
        eager = {party: evolve(position, least=-1) for party, position in state.heard.items()}
        return super().decide(Hearing(Map.of(eager)))


@frozen
class NeverDecides(Mediator):
    """Finds, when it has heard all, that nothing can be agreed."""

    def decide(self, state: Hearing) -> Step[Mediating]:  # noqa: ARG002  # that is the mistake
        return self.end(None, None)


@frozen
class AgreesOnAnother(Mediator):
    """Lets the rule decide, and takes what is next by name."""

    def decide(self, state: Hearing) -> Step[Mediating]:
        return self.end(self.rule(state.heard), "z")


@frozen
class AgreesOnNothing(Mediator):
    """Lets the rule decide, and takes it for a proposal that nobody has accepted."""

    def decide(self, state: Hearing) -> Step[Mediating]:
        return self.end(self.rule(state.heard), None)


@frozen
class AgreesAlone(Mediator):
    """Has an agreement at hand for those who do not come."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:  # noqa: ARG002  # that is the mistake
        return self.end(None, "a")


@frozen
class WaitsForTheTime(Mediator):
    """Has heard all, and waits for the time to be over."""

    def all_heard(self, state: Hearing) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class LooksOpen(Mediator):
    """Shows nobody that the negotiation is over."""

    def view(self, state: Mediating) -> MediatorView:  # noqa: ARG002  # that is the mistake
        return MediatorView(over=False)


@frozen
class LooksOver(Mediator):
    """Shows from the beginning that the negotiation is over."""

    def view(self, state: Mediating) -> MediatorView:  # noqa: ARG002  # that is the mistake
        return MediatorView(over=True)


@frozen
class TellsOfNoAgreement(Mediator):
    """Tells that there is no agreement, whatever has come of it."""

    def end(self, run: Run | None, agreed: str | None) -> Step[Mediating]:
        ended = super().end(run, agreed)
        return Step(ended.state, tuple(Send(each.to, Result(self.told())) if isinstance(each, Send) else each for each in ended.effects))

    def told(self) -> str | None:
        return None


@frozen
class TellsOfAnAgreement(TellsOfNoAgreement):
    """Tells that there is an agreement, whatever has come of it."""

    def told(self) -> str | None:
        return "a"


@frozen
class TellsWhomItHasHeard(Mediator):
    """Tells the outcome to those only that it has heard."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:
        ended = super().fire(state, trigger)
        heard = state.heard if isinstance(state, Hearing) else ()
        return Step(ended.state, tuple(each for each in ended.effects if not isinstance(each, Send) or each.to in heard))


@frozen
class WaitsForAll(Mediator):
    """Waits for everybody, however long that takes."""

    def armed(self, state: Mediating) -> tuple[GiveUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class AsksForPatience(Mediator):
    """Gives the silent more time, and again."""

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:  # noqa: ARG002  # that is the mistake
        return step(state)


# ---- the pitfalls, in systems as small as shows them

ONE, TWO, FAIR = position(1), (position(1), position(1)), Faults(synchronous=True)

COUNTS_TWICE = Pitfall(
    "mediated_negotiation.CountsTwice",
    "A position that is duplicated is heard twice, as if two had stated it.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(*TWO, network=Network(duplicating=True), mediator=CountsTwice),
    length=3,
)
HEARS_THE_ABSENT = Pitfall(
    "mediated_negotiation.HearsTheAbsent",
    "Silence is taken for consent.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(ONE, mediator=HearsTheAbsent),
    length=1,
)
HEARS_LATE = Pitfall(
    "mediated_negotiation.HearsLate",
    "A position is heard after the end: whoever reads the record finds that all were there.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(ONE, mediator=HearsLate),
    length=3,
)
HEARS_ONE_FOR_THE_OTHER = Pitfall(
    "mediated_negotiation.HearsOneForTheOther",
    "A position is heard as that of another, which has stated none.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(*TWO, mediator=HearsOneForTheOther),
    length=2,
)
HEARS_LESS = Pitfall(
    "mediated_negotiation.HearsLess",
    "A party is taken to be content with less than it says.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(ONE, mediator=HearsLess),
    length=2,
)
HEARS_NO_WORTH = Pitfall(
    "mediated_negotiation.HearsThatNothingIsWorthAnything",
    "What agreements are worth to a party is heard otherwise than it has stated.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(ONE, mediator=HearsThatNothingIsWorthAnything),
    length=2,
)
HEARS_A_PROPOSAL = Pitfall(
    "mediated_negotiation.HearsAProposal",
    "A party is heard to propose what it has not proposed.",
    breaks=spec.what_is_heard_was_stated,
    subject=system(ONE, mediator=HearsAProposal),
    length=2,
)
GOES_ON = Pitfall(
    "mediated_negotiation.GoesOn",
    "The time is over, all are told so, and then the last position comes and there is an agreement.",
    breaks=spec.it_ends_once,
    subject=system(ONE, mediator=GoesOn),
    length=2,
)
DECIDES_WITHOUT_THE_SILENT = Pitfall(
    "mediated_negotiation.DecidesWithoutTheSilent",
    "Those who were heard agree on what the others have to keep.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(*TWO, mediator=DecidesWithoutTheSilent),
    length=3,
)
DECIDES_WITHOUT_WHO_LEFT = Pitfall(
    "mediated_negotiation.AgreesAlone/left",
    "A party has walked away, which the mediator has not heard, and is told what it has agreed to.",
    breaks=spec.no_agreement_after_somebody_walked_away,
    subject=system(ONE, mediator=AgreesAlone),
    length=2,
)
AGREES_ALONE = Pitfall(
    "mediated_negotiation.AgreesAlone",
    "The time is over, and there is an agreement that nobody was asked about.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(ONE, mediator=AgreesAlone),
    length=1,
)
KNOWS_BETTER = Pitfall(
    "mediated_negotiation.KnowsBetter",
    "The rule runs on other positions than were heard.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(ONE, mediator=KnowsBetter),
    length=2,
)
AGREES_ON_ANOTHER = Pitfall(
    "mediated_negotiation.AgreesOnAnother",
    "Something else is agreed on than the rule has found.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(*TWO, mediator=AgreesOnAnother),
    length=4,
)
AGREES_ON_NOTHING = Pitfall(
    "mediated_negotiation.AgreesOnNothing",
    "The rule has found what all gain by, and nothing is agreed on.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(*TWO, mediator=AgreesOnNothing),
    length=4,
)
NEVER_DECIDES = Pitfall(
    "mediated_negotiation.NeverDecides",
    "All were heard, and it ends as if somebody had been silent.",
    breaks=spec.an_agreement_needs_everybody,
    subject=system(ONE, mediator=NeverDecides),
    length=2,
)
NEVER_DECIDES_IN_TIME = Pitfall(
    "mediated_negotiation.NeverDecides/in_time",
    "The same: nothing was late.",
    breaks=spec.in_time_everybody_is_heard,
    subject=system(ONE, faults=FAIR, mediator=NeverDecides),
    length=2,
)
WAITS_FOR_THE_TIME = Pitfall(
    "mediated_negotiation.WaitsForTheTime",
    "All are heard, and there is no outcome until the time is over.",
    breaks=spec.the_last_position_ends_it,
    subject=system(ONE, mediator=WaitsForTheTime),
    length=2,
)
LOOKS_OPEN = Pitfall(
    "mediated_negotiation.LooksOpen",
    "The negotiation is over, and looks as if it were not.",
    breaks=spec.it_is_seen_to_be_over,
    subject=system(ONE, mediator=LooksOpen),
    length=1,
)
LOOKS_OVER = Pitfall(
    "mediated_negotiation.LooksOver",
    "The negotiation looks as if it were over, and has not ended.",
    breaks=spec.it_is_seen_to_be_over,
    subject=system(ONE, mediator=LooksOver),
    length=0,
)
TELLS_OF_NO_AGREEMENT = Pitfall(
    "mediated_negotiation.TellsOfNoAgreement",
    "Parties are told that there is no agreement, and there is one.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(*TWO, mediator=TellsOfNoAgreement),
    length=5,
)
TELLS_OF_AN_AGREEMENT = Pitfall(
    "mediated_negotiation.TellsOfAnAgreement",
    "Parties are told that there is an agreement, and there is none.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(ONE, mediator=TellsOfAnAgreement),
    length=2,
)
TELLS_WHOM_IT_HAS_HEARD = Pitfall(
    "mediated_negotiation.TellsWhomItHasHeard",
    "Whoever was not heard is told nothing, and cannot know whether it was.",
    breaks=spec.everybody_hears_of_it,
    subject=system(ONE, mediator=TellsWhomItHasHeard),
    length=3,
)
WAITS_FOR_ALL = Pitfall(
    "mediated_negotiation.WaitsForAll",
    "There is no deadline: a position is lost, and everybody waits for ever.",
    breaks=spec.it_ends,
    subject=system(ONE, network=Network(losses=1), mediator=WaitsForAll),
    length=2,
)
ASKS_FOR_PATIENCE = Pitfall(
    "mediated_negotiation.AsksForPatience",
    "Whenever the time is over there is some more: it never comes to an end.",
    breaks=spec.it_ends,
    subject=system(ONE, network=Network(losses=1), mediator=AsksForPatience),
    length=3,
)
