"""Mutants: does something promised notice each small change of a machine, or each weakened clause, but for those that the ledger lists?"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.interruption import asked_to_end
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import judged, sampled
from concordant.checks.mutation.ledger import Account
from concordant.checks.mutation.records import Record
from concordant.checks.mutation.report import shortfall, summary, survivor_lines
from concordant.checks.mutation.subjects import Part, Subject, families, subjects
from concordant.checks.own import is_own, own
from concordant.checks.questions.question import Means, noted
from concordant.checks.registry import Protocol, UnknownName, protocols

SECONDS_A_MUTANT = 0.3
WORDS = {Conclusion.AS_CLAIMED: "as listed", Conclusion.NOT_AS_CLAIMED: "NOT AS LISTED"}


@frozen(eq=False)
class MutantsQuestion:
    """Whether the mutants of a machine, or of clauses, are noticed as the ledger beside the scopes says.

    `share`: about which part of them is judged. `write`: whether the ledger is written anew, once all were judged; reasons are kept,
    and so is what a run has judged before it was cut, in a folder, by default beside the answers that are kept.
    """

    subject: Subject
    share: float = 1
    seed: str = "1"
    write: bool = False
    folder: Path | None = None

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
        return len(self.subject.mutants) * self.share * SECONDS_A_MUTANT

    def answer(self, means: Means) -> Answer:
        """Judge them, in processes of their own."""
        from concordant.checks.cache.ground import ground_of  # noqa: PLC0415  # the cache keeps answers to questions
        from concordant.checks.cache.judgements import Judgements, default_folder  # noqa: PLC0415

        began = time.monotonic()
        seconds = None if means.budget is None else means.budget.seconds
        wanted = sampled(self.subject, self.share, self.seed)
        ground = ground_of(self.subject.stem, self.subject.part, self.subject.ledger) if self.write else ""
        judgements = Judgements(self.subject, self.folder or default_folder())
        before = judgements.known() if self.write else {}
        hear = judgements.keep if self.write else lambda _: None
        records = judged(self.subject, wanted, means.threads, None if seconds is None else began + seconds, before, hear)
        left = len(wanted) - len(records)
        known = self._known(records, ground)
        found = ledger.account(records, known)
        wrong = [*ledger.disagreements(records, known)]
        if len(records) == len(self.subject.mutants):
            wrong += ledger.staleness(found, known)
        short = shortfall(found, self.subject.ledger) if self.write and not left else ""
        undecided = Conclusion.UNDECIDED if left else Conclusion.AS_CLAIMED
        conclusion = Conclusion.NOT_AS_CLAIMED if wrong else undecided
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            WORDS.get(conclusion, conclusion.value),
            counts={"mutants": found.all, "noticed": found.good},
            notes=noted(
                detail=summary(found, len(before)),
                survivors=tuple(survivor_lines(found)),
                problem="\n    ".join(filter(None, (*wrong, short))),
            ),
            stopped=f"{'interrupted' if asked_to_end() else 'budget spent'}: {left} mutants were not judged" if left else None,
            seconds=time.monotonic() - began,
        )

    def _known(self, records: Sequence[Record], ground: str) -> Account:
        """Return what the ledger says, which is what was found where it is to be written."""
        ledgers = ledger.read(self.subject.ledger)
        known = ledgers.get(self.subject.part, Account())
        if not self.write or len(records) < len(self.subject.mutants):
            return known
        found = ledger.account(records, known)
        found = evolve(found, seal=ledger.seal_of(found, (mutant.name for mutant in self.subject.mutants)), ground=ground)
        ledger.write(self.subject.ledger, {**ledgers, self.subject.part: found})
        return found


def ask(protocol: Protocol) -> Iterator[MutantsQuestion]:
    """List the mutants of a protocol: of its machine, and of its clauses."""
    return (MutantsQuestion(subject) for subject in subjects((protocol.stem,), (protocol,)))


def of(
    names: Sequence[str] = (), part: str | None = None, sample: int | None = None, seed: str = "1", *, write: bool = False
) -> list[MutantsQuestion]:
    """List the mutants of some protocols and families of clauses, by default of all of ours.

    `part`: machine or clauses. `sample`: about how many of all to judge, drawn by the seed. Another name, or another part, is a Misuse.
    """
    parts = [each.value for each in Part]
    if part is not None and part not in parts:
        raise Misuse(f"--part is {part!r}; give {' or '.join(parts)}, or leave it out for both")
    theirs = {name: own(name) for name in names if name not in protocols_by_stem() and is_own(name)}
    every = (*protocols(), *theirs.values())
    known = {*protocols_by_stem(), *theirs, *families(every)}
    for name in names:
        if name not in known:
            raise UnknownName(name, known, "protocol, family of clauses, file or module")
    for name, each in theirs.items():
        if each.models and len(each.models) == len(each.explored):
            raise Misuse(f"{name} has models alone, of which no mutants are made; those of processes and of rules are")
    stems = [theirs[name].stem if name in theirs else name for name in names]
    chosen = [each for each in subjects(stems, every) if part in (None, each.part.value)]
    total = sum(len(each.mutants) for each in chosen)
    share = 1 if sample is None else min(1, sample / max(1, total))
    return [MutantsQuestion(each, share, seed, write) for each in chosen]
