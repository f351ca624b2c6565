"""Pitfalls: does a mistake break its clause, by a counterexample as long as it claims?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.report import Status
from concordant.checks.questions.question import Means, noted
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.recorded import recorded_of, refuted_again
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.machine.search import INTERRUPTED


@frozen(eq=False)
class PitfallQuestion:
    """Whether a pitfall is refuted as it claims, by a clause that its protocol promises."""

    protocol: Protocol
    pitfall: Pitfall

    @property
    def stem(self) -> str:
        """The protocol."""
        return self.protocol.stem

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
        """Refute it: by its recorded run where that is wanted and shows it, else by a search."""
        pitfall = self.pitfall
        recorded = recorded_of(self.stem).get(pitfall.id) if means.recorded and self.protocol.is_ours else None
        again = None if recorded is None else refuted_again(pitfall, recorded)
        result = again or refute(pitfall, budget=means.budget, progress=means.progress)
        problem = result.problem or self._unpromised()
        counts = {"length": pitfall.length} if again else {"states": result.states, "length": pitfall.length}
        if result.verdict.status is Status.INCONCLUSIVE:
            interrupted = result.stopped == INTERRUPTED
            conclusion = Conclusion.INTERRUPTED if interrupted else Conclusion.UNDECIDED
            word = "interrupted" if interrupted else "undecided"
        else:
            conclusion = Conclusion.NOT_AS_CLAIMED if problem else Conclusion.AS_CLAIMED
            word = "NOT REFUTED" if problem else "refuted"
        notes = noted(
            problem=problem,
            schedule=len(pitfall.schedule),
            recorded=again is not None,
            correct_stops_at=None if result.correct is None else result.correct.stuck_at,
        )
        return Answer(
            self.id, self.stem, self.title, conclusion, word, (result.verdict,), counts, None, notes, result.stopped, result.seconds
        )

    def _unpromised(self) -> str | None:
        """Say that the clause is one that nobody promises, so that to break it means nothing; of a pitfall alone nothing is known of that."""
        breaks = self.pitfall.breaks
        if not self.protocol.explored or self.protocol.promises(breaks):
            return None
        return f"it breaks {breaks.id}, which no scope of {self.stem} promises; promise it there, or choose another clause"


def ask(protocol: Protocol) -> Iterator[PitfallQuestion]:
    """List the pitfalls of a protocol."""
    return (PitfallQuestion(protocol, pitfall) for pitfall in protocol.pitfalls)
