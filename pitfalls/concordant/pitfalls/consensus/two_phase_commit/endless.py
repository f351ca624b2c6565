"""What never ends: participants that are not told, and an answer that is a question."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.consensus.two_phase_commit import Coordinating, Coordinator, Logged, Participant, Participating, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import two_phase_commit as spec
from concordant.spec.consensus.two_phase_commit import Abandon, Finish, Inquire, Phase, Prepare
from concordant.spec.vocabulary import Address, Network, Send


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
