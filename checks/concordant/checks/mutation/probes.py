"""Probes: whether what a weakened clause leaves out ever came about. If it never did, there was nothing to notice."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve

from concordant.spec.vocabulary import Case


@define
class Probe:
    """`met`: whether anything was left out so far."""

    met: bool = False

    def skips(self, condition: object) -> bool:
        """Note whether a case is skipped."""
        self.met = self.met or bool(condition)
        return bool(condition)

    def some(self, cases: Iterable[Case]) -> list[Case]:
        """Let it be enough that some of these cases hold."""
        found = list(cases)
        holds = any(each.holds for each in found)
        self.met = self.met or len(found) > 1
        return [evolve(each, holds=each.holds or holds) for each in found]


PROBE = Probe()
"""That of the one weakened clause that is judged in this process."""
