"""Profiles: does a rule keep its promises on every small profile, and on some random ones?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import asdict, frozen

from concordant.checks.answers import Answer
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means, ended, noted
from concordant.checks.registry import Protocol

CASES_A_SECOND = 50_000
LEAST = 20
"""A rule about amounts is judged on so many random profiles at least."""


@frozen(eq=False)
class ProfilesQuestion:
    """Whether a rule keeps its promises on every profile of a grid."""

    stem: str
    grid: Grid

    @property
    def id(self) -> str:
        """Its id."""
        return f"profiles:{self.stem}/{self.grid.name}"

    @property
    def title(self) -> str:
        """What the grid shows."""
        return self.grid.shows

    @property
    def cost(self) -> float:
        """From the number of cases that are expected."""
        return 1 if self.grid.expected is None else self.grid.expected.cases / CASES_A_SECOND

    def answer(self, means: Means) -> Answer:
        """Judge the rule."""
        if (self.grid.amounts or self.grid.at_random) and self.grid.examples < LEAST:
            raise Misuse(
                f"grid {self.grid.name} judges {self.grid.examples} random profiles; a few amounts say little of others: let it be {LEAST} at least"
            )
        report = judge_grid(self.grid, means.budget, means.progress)
        return Answer(
            self.id,
            self.stem,
            self.title,
            ended(report.stopped),
            verdicts=report.verdicts,
            counts={"profiles": report.profiles, "runs": report.runs, "cases": report.cases},
            expected=None if self.grid.expected is None else asdict(self.grid.expected),
            notes=noted(examples=report.examples),
            stopped=report.stopped,
            seconds=report.seconds,
        )


def ask(protocol: Protocol) -> Iterator[ProfilesQuestion]:
    """List the grids of a protocol."""
    return (ProfilesQuestion(protocol.stem, grid) for grid in protocol.grids)
