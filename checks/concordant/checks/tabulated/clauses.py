"""Judging what is promised: clauses and bounds by readings, steps at their first use, events as they are folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import define, field

from concordant.checks.exploration.judge import Judge, Tally
from concordant.checks.semantics.seen import HISTORY, Memo
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.journal import BOUNDS, RESTS, VISITS
from concordant.checks.tabulated.kernel.words import Ints, Words
from concordant.checks.tabulated.panels import Inquiry, Panel, Reply
from concordant.checks.tabulated.phases import CLAUSES, phase
from concordant.checks.tabulated.space import Space
from concordant.spec.vocabulary import AlwaysEach, AtRest, Case, EveryStep, OnEvent


@define(eq=False)
class Clauses:
    """All that is judged of one system, for the search to call at the right moments.

    `looks_at_steps`: the processes whose steps are judged. `shown_by`: for each clause that has told, the state, and whether a move out of it tells rather than the state itself.
    """

    judge: Judge
    groups: Groups
    space: Space
    shown_by: dict[str, tuple[int, bool]] = field(factory=dict, init=False)
    looks_at_steps: frozenset[int] = field(init=False)
    _visits: Panel = field(init=False)
    _bounds: Panel = field(init=False)
    _rests: Panel = field(init=False)
    _steps: list[tuple[Tally, EveryStep[Any], frozenset[int]]] = field(factory=list, init=False)
    _events: list[tuple[Tally, OnEvent[Any, Any]]] = field(factory=list, init=False)
    _known: set[tuple[int, int, int]] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        parts = self.judge.semantics.parts
        visits: list[Inquiry] = []
        rests: list[Inquiry] = []
        for clause in self.judge.clauses:
            tally = self.judge.tallies[clause.id]
            match clause:
                case AlwaysEach(view=view):
                    for process in parts.seeing(view):
                        visits.append(self._about(tally, self._each(tally, clause, process), frozenset({HISTORY, 2 + 2 * process})))
                case EveryStep(view=view):
                    self._steps.append((tally, clause, frozenset(parts.seeing(view))))
                case OnEvent():
                    self._events.append((tally, clause))
                case _:
                    (rests if isinstance(clause, AtRest) else visits).append(self._about(tally, self.judge.memos[clause.id].run))
        bounds = [Inquiry(lambda state: all_of(self.judge.bounds, state), lambda answer, _: bool(answer), lambda: False)]
        self._visits = Panel(self.groups, self.space, VISITS, visits)
        self._bounds = Panel(self.groups, self.space, BOUNDS, bounds if self.judge.bounds else [])
        self._rests = Panel(self.groups, self.space, RESTS, rests)
        for panel in self.panels:
            panel.regroup()
        self.looks_at_steps = frozenset[int]().union(*(processes for _, _, processes in self._steps))

    def _about(self, tally: Tally, ask: Callable[[State], Reply], reads: frozenset[int] = frozenset()) -> Inquiry:
        def take(case: object, state: int) -> bool:
            if isinstance(case, Case):
                self._tell(tally, case, state, edge=False)
            return True

        return Inquiry(ask, take, lambda: tally.telling is not None, reads)

    def _each(self, tally: Tally, clause: AlwaysEach[Any, Any], process: int) -> Callable[[State], Reply]:
        parts = self.judge.semantics.parts

        def ask(state: State) -> Reply:
            view: Any = parts.views[parts.view(process, state.locals[process])]
            history = parts.histories[state.history]
            return tally.first(lambda: clause.cases(view, parts.addresses[process], history), wanted=False), ()

        return ask

    def _tell(self, tally: Tally, case: Case, state: int, *, edge: bool) -> None:
        tally.telling = case
        self.shown_by[tally.clause.id] = state, edge

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels, each in the place of its kind in the journal."""
        return self._visits, self._bounds, self._rests

    # ---- what the search calls

    def watched(self) -> Words:
        """Return the bits of a row on which the answer about a state may depend."""
        return self._visits.watched() | self._bounds.watched()

    @phase(CLAUSES)
    def visit(self, states: Ints) -> Ints:
        """Judge new states, those that differ from their parents in a watched bit; return those beyond the bound of the scope."""
        self._visits.judge(states)
        self._bounds.judge(states)
        return self._bounds.refused(states)

    @phase(CLAUSES)
    def rest(self, states: Ints) -> None:
        """Judge states at rest."""
        self._rests.judge(states)

    @phase(CLAUSES)
    def step(self, state: int, process: int, before: int, after: int) -> None:
        """Judge a step that a process can make in a state, given its local states."""
        parts = self.judge.semantics.parts
        views = parts.view(process, before), parts.view(process, after)
        if (process, *views) in self._known:
            return
        self._known.add((process, *views))
        pair: tuple[Any, Any] = (parts.views[views[0]], parts.views[views[1]])
        for tally, clause, processes in self._steps:
            if process in processes and tally.telling is None:
                case = tally.first(lambda clause=clause: clause.cases(*pair), wanted=False)  # type: ignore[misc]  # called at once
                if case is not None:
                    self._tell(tally, case, state, edge=True)

    @phase(CLAUSES)
    def happen(self, state: int, history: int, happened: int) -> None:
        """Judge what happens in a move out of a state, given its history."""
        parts = self.judge.semantics.parts
        past: Any = parts.histories[history]
        for at, by, what in parts.happened[happened] if self._events else ():
            for tally, clause in self._events:
                if isinstance(what, clause.event) and tally.telling is None:
                    case = tally.first(lambda clause=clause, past=past: clause.cases(past, by, what), wanted=False)  # type: ignore[misc]  # noqa: B023  # called at once
                    if case is not None:
                        self._tell(tally, case, state, edge=True)
            past = parts.after(past, at, by, what)


def all_of(memos: Iterable[Memo[bool]], state: State, *given: object) -> Reply:
    """Ask conditions in turn until one does not hold; return whether all do, and what was read."""
    read: set[int] = set()
    for memo in memos:
        holds, more = memo.run(state, *given)
        read.update(more)
        if not holds:
            return False, read
    return True, read
