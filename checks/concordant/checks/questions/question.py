"""Questions: one thing to be decided, known by an id, so that it can be asked in another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from attrs import field, frozen

from concordant.checks.answers import Answer, Conclusion, Note
from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.report import Report
from concordant.checks.registry import protocol
from concordant.refimpl.machine.search import INTERRUPTED


@frozen
class Walk:
    """To walk at random instead of exploring: how many walks, of how many moves at most, from which seed."""

    walks: int
    moves: int
    seed: int


@frozen
class Means:
    """How questions are answered. Each has the whole `budget`; `threads` divide one large search.

    `engine`: auto, reference or tabulated. `breakdown`: also count where states come from. `coverage`: also note
    which branches the machine takes. `checkpoint`: where the search is saved. `recorded`: pitfalls are refuted by their recorded
    runs, where these still do. `progress` stays in its process. `divided`: explores a system by many workers, if that is wanted.
    """

    budget: Budget | None = None
    engine: str = "auto"
    threads: int = 1
    walk: Walk | None = None
    breakdown: bool = False
    coverage: bool = False
    checkpoint: Path | None = None
    recorded: bool = False
    progress: Callable[[Progress], None] | None = field(default=None, eq=False)
    divided: Callable[..., Report] | None = field(default=None, eq=False)


class Question(Protocol):
    """One thing to be decided about a protocol."""

    @property
    def id(self) -> str:
        """Return `kind:stem/name`, where the kind is the name of the module that asks such questions."""
        ...

    @property
    def stem(self) -> str:
        """Return the protocol that it is about."""
        ...

    @property
    def title(self) -> str:
        """Return in a sentence what is asked."""
        ...

    @property
    def cost(self) -> float:
        """Return about how many seconds it takes: the costliest are begun first."""
        ...

    def answer(self, means: Means, /) -> Answer:
        """Decide it."""
        ...


def question(id: str) -> Question:
    """Return the question with an id; another id is a KeyError."""
    kind, _, rest = id.partition(":")
    stem, _, _ = rest.partition("/")
    asked: Iterator[Question] = import_module(f"concordant.checks.questions.{kind}").ask(protocol(stem))
    for each in asked:
        if each.id == id:
            return each
    raise KeyError(id)


def ended(stopped: str | None) -> Conclusion:
    """Return the conclusion of what went through, was stopped by a budget, or interrupted."""
    if stopped is None:
        return Conclusion.AS_CLAIMED
    return Conclusion.INTERRUPTED if stopped == INTERRUPTED else Conclusion.UNDECIDED


def failure(asked: Question, conclusion: Conclusion, text: str) -> Answer:
    """Return the answer of a question that could not be decided: a function breaks the rules, or there is a bug of ours."""
    return Answer(asked.id, asked.stem, asked.title, conclusion, conclusion.value, notes=(Note("failed", {"text": text}),))


def noted(**codes: Any) -> tuple[Note, ...]:
    """Return a note per code whose field has a value that says something; the field is called `value`.

    >>> noted(dropped=0, engine="tabulated")
    (Note(code='engine', fields={'value': 'tabulated'}),)
    """
    return tuple(Note(code, {"value": value}) for code, value in codes.items() if value)
