"""Pitfalls: does a mistake break its clause, by a counterexample as long as it claims?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import INTERRUPTED
from concordant.checks.exploration.report import Status
from concordant.checks.questions.question import Means, noted
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import Pitfall


@frozen(eq=False)
class PitfallQuestion:
    """Whether a pitfall is refuted as it claims."""

    stem: str
    pitfall: Pitfall

    @property
    def id(self) -> str:
        """Its id."""
        return f"pitfall:{self.stem}/{self.pitfall.id}"

    @property
    def title(self) -> str:
        """The mistake."""
        return self.pitfall.mistake

    @property
    def cost(self) -> float:
        """Slow ones first."""
        return 0.1 if self.pitfall.quick else 5

    def answer(self, means: Means) -> Answer:
        """Refute it."""
        pitfall = self.pitfall
        result = refute(pitfall, budget=means.budget, progress=means.progress)
        counts = {"states": result.states, "length": pitfall.length}
        if result.verdict.status is Status.INCONCLUSIVE:
            interrupted = result.stopped == INTERRUPTED
            conclusion = Conclusion.INTERRUPTED if interrupted else Conclusion.UNDECIDED
            word = "interrupted" if interrupted else "undecided"
        else:
            conclusion = Conclusion.NOT_AS_CLAIMED if result.problem else Conclusion.AS_CLAIMED
            word = "NOT REFUTED" if result.problem else "refuted"
        notes = noted(
            problem=result.problem,
            schedule=len(pitfall.schedule),
            correct_stops_at=None if result.correct is None else result.correct.stuck_at,
        )
        return Answer(
            self.id, self.stem, self.title, conclusion, word, (result.verdict,), counts, None, notes, result.stopped, result.seconds
        )


def ask(protocol: Protocol) -> Iterator[PitfallQuestion]:
    """List the pitfalls of a protocol."""
    return (PitfallQuestion(protocol.stem, pitfall) for pitfall in protocol.pitfalls)
