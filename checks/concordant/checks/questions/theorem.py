"""Theorems: is a claim about every size proved?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.questions.question import Means, failure, noted
from concordant.checks.registry import Protocol
from concordant.proofs.kernel.paths import Contradictory, Unrepeatable
from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.theorems import ProofStatus, Theorem

CONCLUSIONS = {
    ProofStatus.PROVED: Conclusion.AS_CLAIMED,
    ProofStatus.SHOWN: Conclusion.AS_CLAIMED,
    ProofStatus.FAILED: Conclusion.NOT_AS_CLAIMED,
    ProofStatus.UNKNOWN: Conclusion.UNDECIDED,
}


@frozen(eq=False)
class TheoremQuestion:
    """Whether a theorem stands as it claims."""

    theorem: Theorem
    stem: str

    @property
    def id(self) -> str:
        """Its id."""
        return f"theorem:{self.stem}/{self.theorem.id}"

    @property
    def title(self) -> str:
        """The claim."""
        return self.theorem.claim

    @property
    def cost(self) -> float:
        """Large ones first."""
        return 60 if self.theorem.large else 1

    def answer(self, means: Means) -> Answer:  # noqa: ARG002  # a proof has no budget
        """Prove it."""
        try:
            finding = self.theorem.prove()
        except (LeavesSubset, Contradictory, Unrepeatable) as broken:  # the text says all
            return failure(self, Conclusion.BROKEN, str(broken))
        return Answer(
            self.id,
            self.stem,
            self.title,
            CONCLUSIONS[finding.standing],
            finding.standing.value,
            notes=noted(ranges_over=self.theorem.quantifiers, detail=finding.detail),
            seconds=finding.seconds,
        )


def ask(protocol: Protocol) -> Iterator[TheoremQuestion]:
    """List the theorems about a protocol, large ones too."""
    return (TheoremQuestion(theorem, protocol.stem) for theorem in protocol.theorems)
