"""Mutants: does something promised notice each small change of a machine, or each weakened clause, but for those that the ledger lists?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import judged, sampled
from concordant.checks.mutation.ledger import Tally
from concordant.checks.mutation.report import lines
from concordant.checks.mutation.subjects import Subject, subjects
from concordant.checks.questions.question import Means, noted
from concordant.checks.registry import Protocol

SECONDS_A_MUTANT = 0.3


@frozen(eq=False)
class MutantsQuestion:
    """Whether the mutants of a machine, or of clauses, are noticed as the ledger beside the scopes says."""

    subject: Subject
    sample: int | None = None
    seed: str = "1"

    @property
    def id(self) -> str:
        """Its id."""
        return f"mutants:{self.subject.stem}/{self.subject.part.value}"

    @property
    def stem(self) -> str:
        """The protocol, or family of clauses."""
        return self.subject.stem

    @property
    def title(self) -> str:
        """What is asked."""
        return f"The mutants of the {self.subject.part.value} are noticed, but for those that the ledger lists with what becomes of them."

    @property
    def cost(self) -> float:
        """From the number of mutants."""
        return len(self.subject.mutants) * SECONDS_A_MUTANT

    def answer(self, means: Means) -> Answer:
        """Judge them, in processes of their own."""
        began = time.monotonic()
        seconds = None if means.budget is None else means.budget.seconds
        share = 1.0 if self.sample is None else min(1.0, self.sample / max(1, len(self.subject.mutants)))
        wanted = sampled(self.subject, share, self.seed)
        records = judged(self.subject, wanted, means.threads, None if seconds is None else began + seconds)
        known = ledger.read(self.subject.ledger).get(self.subject.part, Tally())
        whole = len(records) == len(self.subject.mutants)
        found = ledger.tally(records, known)
        wrong = (*ledger.disagreements(records, known), *(ledger.staleness(found, known) if whole else ()))
        stopped = None if len(records) == len(wanted) else f"budget spent: {len(wanted) - len(records)} mutants were not judged"
        undecided = Conclusion.UNDECIDED if stopped else Conclusion.AS_CLAIMED
        conclusion = Conclusion.NOT_AS_CLAIMED if wrong else undecided
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            {Conclusion.AS_CLAIMED: "as listed", Conclusion.NOT_AS_CLAIMED: "NOT AS LISTED"}.get(conclusion, conclusion.value),
            counts={"mutants": found.all, "noticed": found.good},
            notes=noted(detail=next(lines(self.stem, self.subject.part, found)), problem="\n".join(wrong)),
            stopped=stopped,
            seconds=time.monotonic() - began,
        )


def ask(protocol: Protocol) -> Iterator[MutantsQuestion]:
    """List the mutants of a protocol: of its machine, and of its clauses."""
    return (MutantsQuestion(subject) for subject in subjects((protocol.stem,), (protocol,)))


def of(stems: Iterable[str], sample: int | None, seed: str) -> list[MutantsQuestion]:
    """List the mutants of some stems and families of clauses, by default of all."""
    return [MutantsQuestion(subject, sample, seed) for subject in subjects(tuple(stems))]
