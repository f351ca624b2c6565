"""Models: does every clause hold in every state of a model that is no system of processes?"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from attrs import frozen

from concordant.checks.answers import Answer
from concordant.checks.models.explore import explore_model
from concordant.checks.models.scope import ModelScope
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import Engine, answer_of, bounded, cost, told_of_the_end
from concordant.checks.registry import Protocol

LARGE_MODEL = 5_000
"""From so many expected states on the tabulated engine is chosen: below, the plain search is done before the other is loaded."""


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
        budget = bounded(means, self.scope.expected)
        report = explore_model(self.scope.model, budget=budget, progress=means.progress, tabulated=self._by_tables(Engine(means.engine)))
        return told_of_the_end(answer_of(self.id, self.stem, self.title, self.scope.expected, report), budget)

    def _by_tables(self, engine: Engine) -> bool:
        """Tell whether to use the tabulated engine: automatically, for all that is not known to be small."""
        expected = self.scope.expected
        return engine is Engine.TABULATED or (
            engine is Engine.AUTO and (expected is None or expected.states >= LARGE_MODEL) and find_spec("numba") is not None
        )


def ask(protocol: Protocol) -> Iterator[ModelQuestion]:
    """List the models of a protocol."""
    return (ModelQuestion(protocol.stem, scope) for scope in protocol.models)
