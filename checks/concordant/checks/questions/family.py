"""Families: does every clause hold in every state of every system of a family, such as an executor on every small graph?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.answers import Answer
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import Engine, answer_of, cost, explorer
from concordant.checks.registry import Protocol

MEMBERS_A_SECOND = 50


@frozen(eq=False)
class FamilyQuestion:
    """Whether every promise holds in every state of every member of a family."""

    stem: str
    family: Family

    @property
    def id(self) -> str:
        """Its id."""
        return f"family:{self.stem}/{self.family.name}"

    @property
    def title(self) -> str:
        """What the family shows."""
        return self.family.shows

    @property
    def cost(self) -> float:
        """From the number of states that are expected, and of systems, each of which has to be set up."""
        expected = self.family.expected
        return cost(expected) + (0 if expected is None else expected.members / MEMBERS_A_SECOND)

    def answer(self, means: Means) -> Answer:
        """Explore every member."""
        family = self.family
        engine = Engine.REFERENCE if means.engine == Engine.AUTO.value else Engine(means.engine)  # members are many, and small
        report = explore_family(family, means.budget, explorer(engine, family.reductions, None))
        return answer_of(self.id, self.stem, self.title, family.expected, report)


def ask(protocol: Protocol) -> Iterator[FamilyQuestion]:
    """List the families of a protocol."""
    return (FamilyQuestion(protocol.stem, family) for family in protocol.families)
