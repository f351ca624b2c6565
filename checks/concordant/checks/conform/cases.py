"""Cases: for every row of a table the shortest way there, the row, and the runs that tell the state reached from all others."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from attrs import define, field, frozen

from concordant.checks.conform.comparing import by_class
from concordant.checks.conform.table import Input, Outcome, Table, do_of, is_own
from concordant.checks.conform.telling import Supports
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.refimpl.machine import Crash, Fire, Recover
from concordant.spec.vocabulary import Reply, likeness

Run: TypeAlias = tuple[Input, ...]


@frozen
class DrivenCase:
    """Inputs from the start on. `row`: how many lead to the local state whose row is asked about; 0 of a tour, which is about all it makes."""

    run: Run
    row: int = 0


@define(eq=False)
class Plan:
    """What is driven of a table, given what an adapter controls and shows.

    `prefixes`: a shortest run to each local state. `rows`: what is driven. `uncontrolled`: how many rows the adapter does not let
    happen. `unreached`: how many lie in local states to which no run leads that it does.
    """

    table: Table
    supports: Supports
    prefixes: dict[int, Run] = field(factory=dict, init=False)
    rows: list[tuple[int, Input]] = field(factory=list, init=False)
    uncontrolled: int = field(default=0, init=False)
    unreached: int = field(default=0, init=False)
    _cases: tuple[DrivenCase, ...] = field(default=(), init=False)
    _apart: dict[tuple[int, int], Run | None] = field(factory=dict, init=False)
    _identified: dict[int, list[Run]] = field(factory=dict, init=False)
    _shown: dict[tuple[int, int], Hashable] = field(factory=dict, init=False)
    _targets: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _seen: dict[int, Hashable] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.prefixes = self.reach()
        self.rows = [(local, move) for local in self.prefixes for move in self.possible(local)]
        for local, moves in self.table.inputs.items():
            self.uncontrolled += sum(not self._controls(move) for move in moves)
            if local not in self.prefixes:
                self.unreached += sum(self._controls(move) for move in moves)

    def reach(self, avoiding: AbstractSet[tuple[int, Input]] = frozenset()) -> dict[int, Run]:
        """Return a shortest run to each local state that can be reached without some rows, breadth first."""
        first = self.table.start()[0].local
        prefixes: dict[int, Run] = {first: ()}
        waiting = deque([first])
        while waiting:
            local = waiting.popleft()
            for move in self.possible(local):
                target = self._target(local, move)
                if target not in prefixes and (local, move) not in avoiding:
                    prefixes[target] = (*prefixes[local], move)
                    waiting.append(target)
        return prefixes

    def cases(self) -> tuple[DrivenCase, ...]:
        """List each row after its prefix, alone or once with each run that identifies the state reached; the shortest first."""
        if not self._cases:
            found: dict[Run, DrivenCase] = {}
            for local, move in self.rows:
                prefix = self.prefixes[local]
                for more in self._identifying(self._target(local, move)) or [()]:
                    run = (*prefix, move, *more)
                    found.setdefault(run, DrivenCase(run, len(prefix)))
            self._cases = tuple(sorted(found.values(), key=lambda case: len(case.run)))
        return self._cases

    def tours(self) -> Iterator[DrivenCase]:
        """Yield few long runs that make every row: quick, and blind to wrong states that show later."""
        left = dict.fromkeys(self.rows)
        while left:
            tour: list[Input] = []
            local = self.table.start()[0].local
            while (way := self._way(local, left)) is not None:
                for move in way:
                    left.pop((local, move), None)
                    local = self._target(local, move)
                tour += way
            yield DrivenCase(tuple(tour))

    def _way(self, local: int, left: dict[tuple[int, Input], None]) -> Run | None:
        """Return a shortest run to and through a row that is left; None where there is none."""
        ways: dict[int, Run] = {local: ()}
        waiting = deque([local])
        while waiting:
            here = waiting.popleft()
            for move in self.possible(here):
                if (here, move) in left:
                    return (*ways[here], move)
                target = self._target(here, move)
                if target not in ways:
                    ways[target] = (*ways[here], move)
                    waiting.append(target)
        return None

    def _identifying(self, local: int) -> list[Run]:
        """Return runs that tell a local state from every other that looks the same."""
        if local not in self._identified:
            self._identified[local] = self._identified_by(local)
        return self._identified[local]

    def _identified_by(self, local: int) -> list[Run]:
        chosen: list[Run] = []
        for other in self.prefixes:
            if other != local and self._looks(other) == self._looks(local) and not any(self._tells(run, local, other) for run in chosen):
                run = self._telling(local, other)
                if run is not None:
                    chosen.append(run)
        return [run for run in chosen if not any(more != run and more[: len(run)] == run for more in chosen)]

    def _telling(self, local: int, other: int) -> Run | None:
        """Return a shortest run, possible in the first of two local states, in which they differ; None where there is none."""
        if (local, other) not in self._apart:
            self._apart[local, other] = self._search(local, other)
        return self._apart[local, other]

    def _search(self, local: int, other: int) -> Run | None:
        met = {(local, other)}
        waiting: deque[tuple[int, int, Run]] = deque([(local, other, ())])
        while waiting:
            one, two, run = waiting.popleft()
            for move in self.possible(one):
                if self._shows(one, move) != self._shows(two, move):
                    return (*run, move)
                pair = self._target(one, move), self._target(two, move)
                if pair[0] != pair[1] and pair not in met:
                    met.add(pair)
                    waiting.append((*pair, (*run, move)))
        return None

    def _tells(self, run: Run, local: int, other: int) -> bool:
        for move in run:
            if self._shows(local, move) != self._shows(other, move):
                return True
            local, other = self._target(local, move), self._target(other, move)
        return False

    def _shows(self, local: int, move: Input) -> Hashable:
        """Return what can be told of a row: its effects, and how the state reached looks. What is not armed shows nothing."""
        row = local, id(move)  # which its table keeps
        if row not in self._shown:
            self._shown[row] = self._shown_by(local, move)
        return self._shown[row]

    def _shown_by(self, local: int, move: Input) -> Hashable:
        if not self._is_defined(local, move):
            return None
        outcome = self._first(local, move)
        blurred = "reasons" not in self.supports.exact
        effects = frozenset(likeness(by_class(effect) if blurred and isinstance(effect, Reply) else effect) for effect in outcome.effects)
        return effects, self._looks(outcome.local)

    def _looks(self, local: int) -> Hashable:
        """Return what can be told of a state without an input."""
        if local not in self._seen:
            self._seen[local] = self._seen_of(local)
        return self._seen[local]

    def _seen_of(self, local: int) -> Hashable:
        if not self.table.locals[local].up:
            return "down"
        view = self.table.view(local)
        seen = tuple(likeness(getattr(view, name, None)) for name in self.supports.observed)
        deadlines = self.table.deadlines(local) if "triggers" in self.supports.control else None
        outcomes = self.table.completions(local) if "outcomes" in self.supports.exact else None
        return seen, deadlines, outcomes, self.table.goes_on(local)

    def _is_defined(self, local: int, move: Input) -> bool:
        during = move.during if isinstance(move, Crash) and move.during is not None else move
        if self.table.locals[local].up is isinstance(during, Recover):
            return False
        if is_own(during):
            return self.table.goes_on(local)
        if isinstance(during, Fire) and likeness(during.trigger) not in map(likeness, self.table.armed(local)):
            return False
        return move in self.table.inputs.get(local, ()) or self._is_taken(local, move)

    def _is_taken(self, local: int, move: Input) -> bool:
        """Tell whether the machine takes what never comes there, as a request of somebody who waits: it need not be made for that."""
        try:
            self.table.outcomes(local, move)
        except BrokenProcess:
            return False
        return True

    def possible(self, local: int) -> Iterator[Input]:
        """Return the inputs that can come in a local state, as far as the adapter lets them."""
        return (move for move in self.table.inputs.get(local, ()) if self._controls(move))

    def _controls(self, move: Input) -> bool:
        needed = do_of(move)[1]
        return needed is None or needed in self.supports.control

    def _target(self, local: int, move: Input) -> int:
        row = local, id(move)
        if row not in self._targets:
            self._targets[row] = self._first(local, move).local if self._is_defined(local, move) else local
        return self._targets[row]

    def _first(self, local: int, move: Input) -> Outcome:
        return self.table.outcomes(local, move)[0]
