"""How much a run has done, in numbers and in a line, that of several parts of it too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from concordant.checks.answers import Answer, Conclusion

DONE = {
    "pitfall": ("pitfall", "refuted"),
    "known_violation": ("known violation", "shown"),
    "theorem": ("theorem", "as claimed"),
    "bridge": ("bridge", "crossed"),
    "mutants": ("part", "mutated as listed"),
    "conformance": ("role", "conforming"),
    "smoke": ("adapter", "speaking the protocol"),
    "history": ("history", "as promised"),
    "validation": ("run", "explained"),
    "source": ("source", "clean"),
}
"""What is asked about, and how it is called where all is well, by kind of question."""


@frozen
class Totals:
    """How many questions of each kind were `asked`, how many are `fine`, and how large what was searched is; `answers` in all."""

    answers: int = 0
    judged: int = 0
    states: int = 0
    profiles: int = 0
    asked: Mapping[str, int] = field(factory=dict)
    fine: Mapping[str, int] = field(factory=dict)

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Totals:
        """Count answers."""
        answers = tuple(answers)
        judged = [answer for answer in answers if answer.judges]
        return cls(
            len(answers),
            len(judged),
            sum(answer.counts.get("states", 0) for answer in judged),
            sum(answer.counts.get("profiles", 0) for answer in judged),
            Counter(answer.kind for answer in answers),
            Counter(answer.kind for answer in answers if answer.conclusion is Conclusion.AS_CLAIMED),
        )

    def __add__(self, other: Totals) -> Totals:
        """Count both."""
        return Totals(
            self.answers + other.answers,
            self.judged + other.judged,
            self.states + other.states,
            self.profiles + other.profiles,
            Counter(self.asked) + Counter(other.asked),
            Counter(self.fine) + Counter(other.fine),
        )

    def __str__(self) -> str:
        """Say in a line what was done: scopes with states and profiles, pitfalls, known violations, theorems."""
        sizes = [counted(number, what) for number, what in ((self.states, "state"), (self.profiles, "profile")) if number]
        scopes = [", ".join([counted(self.judged, "scope"), *sizes])] if self.judged else []
        others = (
            f"{self.fine.get(kind, 0):,} of {counted(self.asked[kind], what)} {good}"
            for kind, (what, good) in DONE.items()
            if self.asked.get(kind)
        )
        return "; ".join([*scopes, *others]) or "nothing was decided"


def counted(number: int, thing: str) -> str:
    """Say how many there are.

    >>> counted(1, "draw"), counted(1200, "draw"), counted(2, "family")
    ('1 draw', '1,200 draws', '2 families')
    """
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else many}"
