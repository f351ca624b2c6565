"""Models: does every clause hold in every state of a model that is no system of processes?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.answers import Answer
from concordant.checks.misuse import Misuse
from concordant.checks.models.explore import explore_model
from concordant.checks.models.scope import ModelScope
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import Engine, answer_of, bounded, cost, told_of_the_end
from concordant.checks.registry import Protocol


@frozen(eq=False)
class ModelQuestion:
    """Whether every promise holds in every state of a model."""

    stem: str
    scope: ModelScope

    @property
    def id(self) -> str:
        """Its id."""
        return f"model:{self.stem}/{self.scope.name}"

    @property
    def title(self) -> str:
        """What it shows."""
        return self.scope.shows

    @property
    def cost(self) -> float:
        """From the number of states that are expected."""
        return cost(self.scope.expected)

    def answer(self, means: Means) -> Answer:
        """Explore it."""
        if means.engine == Engine.TABULATED.value:
            raise Misuse(f"{self.scope.name} is a model, which the tabulated engine does not take; leave --engine out")
        budget = bounded(means, self.scope.expected)
        report = explore_model(self.scope.model, budget=budget, progress=means.progress)
        return told_of_the_end(answer_of(self.id, self.stem, self.title, self.scope.expected, report), budget)


def ask(protocol: Protocol) -> Iterator[ModelQuestion]:
    """List the models of a protocol."""
    return (ModelQuestion(protocol.stem, scope) for scope in protocol.models)
