"""Theorems in several lemmas, such as an induction that is no induction over steps: a smallest case, one more, and what follows.

A lemma is one query; its hypotheses are sentences with a formula each, and the text of the theorem is made of them. What every
lemma needs is in the ledger: each hypothesis is dropped in turn, and must be missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import z3
from attrs import frozen

from concordant.proofs.kernel.fragment import alternation_cycle
from concordant.proofs.kernel.ledger import Ledger, differences, expected
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import possible
from concordant.proofs.kernel.said import Spoken, otherwise
from concordant.proofs.kernel.spelling import spelled
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem

NEEDED = "it does not follow"
"""What the ledger says of a hypothesis that is missed when it is dropped."""


@frozen(eq=False)
class Lemma:
    """What follows from hypotheses. `says`: what that is, in a sentence."""

    name: str
    says: str
    hypotheses: Mapping[str, Term]
    goal: Term

    def follows(self, without: str | None = None) -> bool:
        """Tell whether it follows, from all hypotheses or without one; a ValueError where that is not decidable for sure."""
        formulas = [*(term for name, term in self.hypotheses.items() if name != without), z3.Not(self.goal)]
        cycle = alternation_cycle(formulas)
        if cycle is not None:
            raise ValueError(f"lemma {self.name} leaves the decidable fragment: {' → '.join(cycle)}; name the element that it is about")
        return not possible(formulas, f"lemma {self.name}")


@frozen(eq=False)
class Lemmas:
    """A theorem in lemmas; the last one is what is claimed. `joined`: how the others lead to its hypotheses."""

    stem: str
    title: str
    ranges: str
    joined: str
    lemmas: tuple[Lemma, ...]

    @property
    def claim(self) -> str:
        """What is claimed: what the last lemma says, and given what."""
        last = self.lemmas[-1]
        return f"{last.says} Given: {'; '.join(last.hypotheses)}."

    def ledger(self) -> Ledger:
        """Decide every lemma, and every lemma without each of its hypotheses."""
        return {
            f"{self.title}: lemmas": {each.name: "follows" if each.follows() else NEEDED for each in self.lemmas},
            f"{self.title}: without hypothesis": {
                f"{each.name}: {name}": "" if each.follows(name) else NEEDED for each in self.lemmas for name in each.hypotheses
            },
        }

    def spoken(self) -> Spoken:
        """Return what its lemmas say, and given what, each sentence with its formula."""
        hypotheses = {f"{each.name}: given that {name}": spelled(term) for each in self.lemmas for name, term in each.hypotheses.items()}
        return {**hypotheses, **{f"{each.name}: {each.says}": spelled(each.goal) for each in self.lemmas}}

    def check(self) -> Finding:
        """Decide every lemma, with every gate on."""
        found = self.ledger()
        failed = [name for name, answer in found[f"{self.title}: lemmas"].items() if answer == NEEDED]
        if failed:
            return Finding(ProofStatus.FAILED, f"does not follow: {', '.join(failed)}")
        wrong = [f"the hypotheses of {each.name} contradict each other" for each in self.lemmas if not _can_be(each)]
        wrong += differences(self.stem, found, tuple(kind for kind in expected(self.stem) if kind.startswith(f"{self.title}: ")))
        wrong = wrong or list(otherwise(self.stem, self.title, self.spoken()))
        if wrong:
            return Finding(ProofStatus.FAILED, "; ".join(wrong))
        count = sum(len(each.hypotheses) for each in self.lemmas)
        return Finding(ProofStatus.PROVED, f"{len(self.lemmas)} lemma{'s' * (len(self.lemmas) != 1)} from {count} hypotheses")

    def page(self) -> Iterator[str]:
        """Yield the lines of a page."""
        yield f"{self.stem}.{self.title}"
        yield f"  Claim: {self.claim}"
        yield f"  For: {self.ranges}."
        yield f"  {self.joined}"
        reasons = expected(self.stem).get(f"{self.title}: without hypothesis", {})
        for each in self.lemmas:
            yield f"  Lemma {each.name}: {each.says}"
            yield f"    {spelled(each.goal)}"
            for name, term in each.hypotheses.items():
                reason = reasons.get(f"{each.name}: {name}", "")
                yield f"    given that {name}{f' ({reason})' if reason not in ('', NEEDED) else ''}"
                yield f"      {spelled(term)}"

    def theorem(self) -> Theorem:
        """Make the theorem."""
        return Theorem(f"{self.stem}.{self.title}", self.claim, self.ranges, self.check, explain=self.page)


def _can_be(lemma: Lemma) -> bool:
    return possible(list(lemma.hypotheses.values()), f"the hypotheses of {lemma.name}")
