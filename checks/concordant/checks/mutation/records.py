"""Records of what became of mutants."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class By(Enum):
    """What notices a mutant. Values are what the reports print."""

    CLAUSE = "a clause"
    PITFALL = "a pitfall"
    BROKEN = "a rule"
    THEOREM = "a theorem"
    COUNTS = "counts only"
    LIVENESS = "liveness only"
    SAME = "indistinguishable in scope"
    NOTHING = "nothing"
    NO_MUTANT = "no weakening"
    UNFINISHED = "unfinished"

    @property
    def notices(self) -> bool:
        """Whether the mutant is noticed by what is promised, and not by what is pinned."""
        return self in (By.CLAUSE, By.PITFALL, By.BROKEN, By.THEOREM)

    @property
    def survives(self) -> bool:
        """Whether the mutant is one, and noticed by nothing that is promised."""
        return not self.notices and self is not By.NO_MUTANT


@frozen
class Record:
    """What became of a mutant. `what`: the clause, pitfall, theorem or rule that noticed it, or the scope whose counts differ."""

    stem: str
    mutant: str
    by: By
    what: str = ""
