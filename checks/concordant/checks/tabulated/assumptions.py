"""Assumptions on the environment: which moves they forbid always or never, and which by what is seen of the state."""

from __future__ import annotations

from attrs import define, field

from concordant.checks.tabulated.clauses import all_of
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.reading import keep
from concordant.checks.tabulated.numbers import fits
from concordant.checks.tabulated.phases import CLAUSES, phase
from concordant.checks.tabulated.space import Space

ROOM = 1 << 10


@define(eq=False, repr=False)
class Assumptions:
    """The assumptions of one system, by move: what each was ever seen to read, and its group."""

    groups: Groups
    space: Space
    _reads: dict[int, frozenset[int]] = field(factory=dict, init=False)
    _groups: dict[frozenset[int], int] = field(factory=dict, init=False)

    @phase(CLAUSES)
    def allows(self, move: int, state: int) -> int:
        """Return whether a move is forbidden or allowed everywhere, or the group on whose reading that depends."""
        return self._asked(move, state)[1]

    @phase(CLAUSES)
    def judges(self, move: int, state: int) -> tuple[int, int | None]:
        """Return the group on which it depends whether a move is allowed, and the verdict in a state.

        The verdict is None where the group has just changed: under its present reading, nothing may be kept.
        """
        before = self._reads.get(move)
        holds, group = self._asked(move, state)
        return group, int(holds) if self._reads[move] == before else None

    def _asked(self, move: int, state: int) -> tuple[bool, int]:
        numbers = self.space.numbers
        holds, read = all_of(numbers.semantics.assumptions, numbers.seen(self.space.values(state)), numbers.moves[move])
        reads = self._reads[move] = self._reads.get(move, frozenset()) | frozenset(read)
        if not reads:
            return bool(holds), q.ALLOWED if holds else q.FORBIDDEN
        if reads not in self._groups:
            self._groups[reads] = self.groups.add(reads)
        return bool(holds), q.DEPENDS + self._groups[reads]

    def read(self, group: int, state: int) -> None:
        """Keep the reading of a state."""
        space = self.space
        readings = self.groups.readings(space.placing, ROOM)
        at = state * space.placing.width
        kept = keep(space.width, space.layout, space.memory(), readings, self.groups.scratch, space.states.rows, at, group)
        fits(kept, "what clauses and assumptions see")  # it is part of the question whether a move is allowed
