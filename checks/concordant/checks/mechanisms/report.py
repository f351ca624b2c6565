"""What judging a rule found, as records."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from concordant.checks.exploration.report import Verdict


@frozen
class Counterexample:
    """Draws with which a case fails, and its facts, the profile first."""

    draws: Mapping[str, object]
    facts: Mapping[str, object]


@frozen
class RuleReport:
    """The judgement of one grid: profiles, distinct runs of the rule, random examples, and a verdict per clause.

    `stopped`: why it ended early; None where it is complete.
    """

    profiles: int
    runs: int
    examples: int
    verdicts: tuple[Verdict, ...]
    seconds: float
    stopped: str | None = None

    def __str__(self) -> str:
        found = f"{self.profiles:,} profiles, {self.runs:,} runs of the rule, {self.cases:,} cases"
        ended = f"; stopped, {self.stopped}" if self.stopped else ""
        return "\n".join((f"{found}{ended}", *(f"  {line}" for verdict in self.verdicts for line in verdict.lines())))

    @property
    def complete(self) -> bool:
        """Whether everything was judged."""
        return self.stopped is None

    @property
    def cases(self) -> int:
        """How many cases of the grid were judged, of all clauses together."""
        return sum(verdict.cases for verdict in self.verdicts)

    def verdict(self, clause: str) -> Verdict:
        """Return the verdict on a clause by its id; another is a KeyError."""
        for verdict in self.verdicts:
            if verdict.clause.id == clause:
                return verdict
        raise KeyError(clause)
