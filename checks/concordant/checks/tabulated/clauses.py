"""Judging what is promised: clauses and bounds by readings, steps at their first use, events as they are folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from attrs import define, field

from concordant.checks.exploration.judge import Judge, Tally, Telling
from concordant.checks.semantics.images import Everywhere
from concordant.checks.semantics.seen import HISTORY
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.journal import BOUNDS, RESTS, VISITS
from concordant.checks.tabulated.kernel.words import Ints, Words
from concordant.checks.tabulated.panels import Inquiry, Panel, Reply
from concordant.checks.tabulated.phases import CLAUSES, phase
from concordant.checks.tabulated.space import Space
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, Case, EveryStep, OnEvent, Sometimes


@define(eq=False, repr=False)
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

    def __attrs_post_init__(self) -> None:
        judge, parts = self.judge, self.judge.semantics.parts
        visits: list[Inquiry] = []
        rests: list[Inquiry] = []
        steps: set[int] = set()
        for clause in judge.clauses:
            tally = judge.tallies[clause.id]
            match clause:
                case AlwaysEach(view=view):
                    for process in parts.observations.seeing(view):
                        reads = frozenset({HISTORY, 2 + 2 * process})
                        visits.append(self._about(tally, partial(self._each, tally, clause, process), reads))
                case EveryStep(view=view):
                    steps.update(parts.observations.seeing(view))
                case Always() | Sometimes() | AtRest():
                    inquiry = self._about(tally, partial(self._state, tally, judge.asked[clause.id]))
                    (rests if isinstance(clause, AtRest) else visits).append(inquiry)
                case OnEvent():
                    pass
        bounds = [Inquiry(lambda state: all_of(judge.bounds, state), lambda answer, _: bool(answer), lambda: False)]
        self._visits = Panel(self.groups, self.space, VISITS, visits)
        self._bounds = Panel(self.groups, self.space, BOUNDS, bounds if judge.bounds else [])
        self._rests = Panel(self.groups, self.space, RESTS, rests)
        for panel in self.panels:
            panel.regroup()
        self.looks_at_steps = frozenset(steps)

    def _about(self, tally: Tally, ask: Callable[[State], Reply], reads: frozenset[int] = frozenset()) -> Inquiry:
        def take(told: object, state: int) -> bool:
            if isinstance(told, Telling):
                self._tell(told, state, edge=False)
            return True

        return Inquiry(ask, take, lambda: tally.telling is not None, reads)

    def _each(self, tally: Tally, clause: AlwaysEach[Any, Any], process: int, state: State) -> Reply:
        return self.judge.each(tally, clause, process, state), ()

    def _state(self, tally: Tally, everywhere: Everywhere[Case | None], state: State) -> Reply:
        if self.judge.semantics.symmetry is not None:
            return self.judge.state(tally, everywhere, state), everywhere.reads
        case, read = everywhere.memo.run(state)  # the kernel asks once for each reading, and remembers them in less room
        return None if case is None else Telling(tally, case), read

    def _tell(self, told: Telling, state: int, *, edge: bool) -> None:
        told.settle(None)
        self.shown_by[told.tally.clause.id] = state, edge

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
        return self._bounds.refused(states)

    @phase(CLAUSES)
    def rest(self, states: Ints) -> None:
        """Judge states at rest."""
        self._rests.judge(states)

    @phase(CLAUSES)
    def step(self, state: int, process: int, before: int, after: int) -> None:
        """Judge a step that a process can make in a state, given its local states."""
        parts = self.judge.semantics.parts
        for told in self.judge.step(process, parts.observations.view(process, before), parts.observations.view(process, after)):
            self._tell(told, state, edge=True)

    @phase(CLAUSES)
    def happen(self, state: int, history: int, happened: int) -> None:
        """Judge what happens in a move out of a state, given its history."""
        for told in self.judge.happen(history, happened):
            self._tell(told, state, edge=True)


def all_of(conditions: Iterable[Everywhere[bool]], state: State, *given: object) -> Reply:
    """Ask conditions in turn until one does not hold; return whether all do, and what was read."""
    read: set[int] = set()
    for condition in conditions:
        holds, more = condition.asked(state, *given)
        read.update(more)
        if not holds:
            return False, read
    return True, read
