"""Exercise 3: repair the two guards, and nothing else. `concordant check repair.py:SYSTEM` says what is still wrong, and `repair.py:LOYAL`."""

from __future__ import annotations

from concordant.checks.lessons.traitor.generals import FIRST, General, system
from concordant.spec.vocabulary import Address


class MyGeneral(General):
    """Knows how many are enough, and whom to believe."""

    def quorum(self, generals: int, traitors: int) -> int:
        """Say how many of so many generals are enough, of whom so many may be traitors."""
        return generals // 2

    def believes(self, source: Address) -> bool:
        """Tell whether an order is heeded, by who sends it."""
        return source.role == FIRST.role


SYSTEM = system(MyGeneral)
"""The first of four is a traitor."""
LOYAL = system(MyGeneral, traitor=3)
"""The last of four is a traitor."""

TWO_OF_THREE = system(MyGeneral, generals=3, enough=2)
"""The first of three is a traitor, and two echoes are enough: for exercise 4."""
THREE_OF_THREE = system(MyGeneral, generals=3, enough=3, traitor=2)
"""The last of three is a traitor, and it takes three echoes: for exercise 5."""
