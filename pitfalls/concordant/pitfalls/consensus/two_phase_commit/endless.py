"""What never ends: participants that are not told, and an answer that is a question."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinating, Coordinator, Logged, Participant, Participating, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import two_phase_commit as spec
from concordant.spec.consensus.two_phase_commit import Abandon, Finish, Inquire, Inquiry, Phase, Prepare, Refused, Vote
from concordant.spec.vocabulary import Address, Announce, Network, Send, broadcast


@frozen
class WaitsToBeTold(Participant):
    """Once prepared it waits for the decision, and does not ask."""

    def armed(self, state: Participating) -> tuple[Finish | Abandon | Inquire, ...]:
        return () if state.phase is Phase.PREPARED else super().armed(state)


@frozen
class PreparesAgain(Coordinator):
    """Whoever asks for the decision is asked to prepare once more, as if its vote were missing."""

    def inquired(self, state: Coordinating, source: Address) -> Step[Coordinating] | None:
        return step(state, Send(source, Prepare())) if isinstance(state, Logged) else None


@frozen
class RefusesInSilence(Participant):
    """Aborts, and leaves it to the coordinator's deadline to find out."""

    def refuse(self) -> Step[Participating]:
        return Step(super().refuse().state, (Announce(Refused()),))

    def asked(self, state: Participating) -> Step[Participating]:
        return step(state) if state.phase is Phase.ABORTED else super().asked(state)


@frozen
class AsksOnceMore(Coordinator):
    """Takes no for no answer, and asks again."""

    def voted(self, state: Collecting, source: Address, *, commit: bool) -> Step[Coordinating]:
        return super().voted(state, source, commit=commit) if commit else step(state, Send(source, Prepare()))


@frozen
class LetsThemAsk(Coordinator):
    """Logs its decision, and leaves it to the participants to ask for it."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        after = super().resolve(state, commit=commit)
        return step(after.state, *(effect for effect in after.effects if not isinstance(effect, Send)))


@frozen
class MakesSure(LetsThemAsk):
    """Asks participants again after it has decided, to be sure, and again whenever they vote."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        return super().resolve(state, commit=commit).then(lambda after: step(after, *broadcast(self.participants, Prepare())))

    def receive(self, state: Coordinating, source: Address, message: Vote | Inquiry) -> Step[Coordinating] | None:
        again = isinstance(state, Logged) and isinstance(message, Vote)
        return step(state, Send(source, Prepare())) if again else super().receive(state, source, message)

    def inquired(self, state: Coordinating, source: Address) -> Step[Coordinating] | None:  # noqa: ARG002  # nor does it answer
        return None


NOT_TOLD = Pitfall(
    "two_phase_commit.WaitsToBeTold",
    "A participant that is prepared does not ask: the decision is lost, and it waits for ever.",
    breaks=spec.every_participant_decides,
    subject=system(1, network=Network(losses=1), participant=WaitsToBeTold),
    length=5,
)
ASKED_AGAIN = Pitfall(
    "two_phase_commit.PreparesAgain",
    "The coordinator answers whoever asks for its decision by another request to prepare: they ask each other for ever.",
    breaks=spec.every_participant_decides,
    subject=system(1, network=Network(losses=None, copies=1), coordinator=PreparesAgain),
    length=11,
)
REFUSES_IN_SILENCE = Pitfall(
    "two_phase_commit.RefusesInSilence",
    "A participant refuses and says nothing: its coordinator knows only when it gives up.",
    breaks=spec.a_refusal_is_enough,
    subject=system(1, network=Network(duplicating=True), participant=RefusesInSilence),
    length=3,
)
ASKS_ONCE_MORE = Pitfall(
    "two_phase_commit.AsksOnceMore",
    "The coordinator answers a no by another question, and gets another no, for ever.",
    breaks=spec.a_refusal_is_enough,
    subject=system(1, network=Network(duplicating=True), coordinator=AsksOnceMore),
    length=4,
)
LETS_THEM_ASK = Pitfall(
    "two_phase_commit.LetsThemAsk",
    "The coordinator tells nobody what it has decided: participants know only when they ask.",
    breaks=spec.everybody_is_told,
    subject=system(1, network=Network(duplicating=True), coordinator=LetsThemAsk),
    length=4,
)
MAKES_SURE = Pitfall(
    "two_phase_commit.MakesSure",
    "The coordinator asks again after it has decided, and again whenever it is answered: nobody is told.",
    breaks=spec.everybody_is_told,
    subject=system(1, network=Network(duplicating=True), coordinator=MakesSure),
    length=4,
)
