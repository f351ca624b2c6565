"""What is said between a worker and whoever asks it. `Progress` and `Answer` are said as they are."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.checks.questions.mutants import MutantsQuestion, of
from concordant.checks.questions.question import Means, Question, question
from concordant.checks.registry import protocols_loaded


@frozen
class Drawn:
    """Which mutants are judged: about which part of all, by which seed."""

    share: float
    seed: str


@frozen
class Errand:
    """A question to answer, by what names it anywhere, and how."""

    id: str
    drawn: Drawn | None
    means: Means

    @classmethod
    def of(cls, asked: Question, means: Means) -> Errand:
        """Return the errand of a question. Who hears of its progress does not travel."""
        drawn = Drawn(asked.share, asked.seed) if isinstance(asked, MutantsQuestion) else None
        return cls(asked.id, drawn, evolve(means, progress=None))

    @property
    def question(self) -> Question:
        """The question, in a process that has loaded what whoever asks has."""
        if self.drawn is None:
            return question(self.id)
        stem, _, part = self.id.partition(":")[2].partition("/")
        theirs = {each.stem: each.source for each in protocols_loaded().values() if not each.is_ours}
        named = [*theirs.values(), *(() if stem in theirs else (stem,))]
        found = next(each for each in of(named, part, None, self.drawn.seed) if each.id == self.id)
        return evolve(found, share=self.drawn.share)


@frozen
class Enough:
    """Whoever asks wants to end: say what you have."""


@frozen
class Arrived:
    """A worker is there, and has what whoever asks has."""

    host: str


@frozen
class TurnedAway:
    """A worker is of no use. `why`: what differs, and what to do."""

    host: str
    why: str


@frozen
class Undertaken:
    """The question is being decided."""


@frozen
class Unsaid:
    """There is no answer that could be sent, by a mistake of ours."""

    text: str
