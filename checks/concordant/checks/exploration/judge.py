"""Judging the clauses of a system while it is searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from attrs import define, field

from concordant.checks.exploration.search import Visitor
from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.parts import Happening, holds
from concordant.checks.semantics.seen import Memo
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry_check import Evaluated
from concordant.checks.semantics.watching import watched
from concordant.refimpl.machine import Crash, Forge, Lose, Receive, Recover, Suspect
from concordant.refimpl.machine.moves import Cancel
from concordant.spec.vocabulary import (
    Always,
    AlwaysEach,
    AtRest,
    Case,
    Clause,
    Eventually,
    EveryStep,
    Fault,
    InfinitelyOften,
    OnEvent,
    Sometimes,
)

Liveness: TypeAlias = Eventually[Any] | InfinitelyOften[Any]
Decided: TypeAlias = Always[Any] | AlwaysEach[Any, Any] | EveryStep[Any] | OnEvent[Any, Any] | AtRest[Any] | Sometimes[Any]


class BrokenClause(BrokenRule):
    """A clause failed instead of yielding cases, or read what no system of its kind has."""


@define(eq=False)
class Tally:
    """What is known of one clause so far.

    `state`: where the telling case is, None for the first steps of the processes; `edge`: the move out of it that shows it.
    """

    clause: Clause
    cases: int = 0
    telling: Case | None = None
    state: State | None = None
    edge: tuple[Taken, State] | None = None

    def settle(self, case: Case, state: State | None, edge: tuple[Taken, State] | None = None) -> None:
        """Keep the first telling case: the search is breadth first, so it is one of the shortest."""
        if self.telling is None:
            self.telling, self.state, self.edge = case, state, edge

    def first(self, cases: Callable[[], Iterable[Case]], *, wanted: bool) -> Case | None:
        """Count cases up to the first that is telling, and return it."""
        try:
            return watched(lambda: self._first(cases, wanted=wanted))
        except BrokenRule:
            raise
        except Exception as error:
            raise BrokenClause(f"clause {self.clause.id} raised {type(error).__name__}: {error}") from error

    def _first(self, cases: Callable[[], Iterable[Case]], *, wanted: bool) -> Case | None:
        for case in cases():
            if not isinstance(case, Case):
                raise BrokenClause(f"clause {self.clause.id} yielded {case!r}; yield case(holds, **facts)")
            self.cases += 1
            if case.holds is wanted:
                return case
        return None


@define(eq=False)
class Judge(Visitor[State, Taken]):
    """Judges the clauses of a system, and notes which faults occur, what is at rest and what bounds cut.

    Only clauses of safety may be given. `until`: a clause whose first telling case ends the search.
    """

    semantics: Semantics
    clauses: tuple[Decided, ...]
    until: Clause | None = None
    tallies: dict[str, Tally] = field(init=False)
    at_rest: int = field(default=0, init=False)
    dropped: int = field(default=0, init=False)
    occurred: Fault = field(default=Fault.NONE, init=False)
    _moved: bool = field(default=False, init=False)
    _states: list[tuple[Tally, Memo[Case | None]]] = field(init=False)
    _rest: list[tuple[Tally, Memo[Case | None]]] = field(init=False)
    _each: list[tuple[Tally, AlwaysEach[Any, Any], tuple[int, ...]]] = field(init=False)
    _steps: list[tuple[Tally, EveryStep[Any], frozenset[int]]] = field(init=False)
    _events: list[tuple[Tally, OnEvent[Any, Any]]] = field(init=False)
    _within: list[Memo[bool]] = field(init=False)
    _each_known: dict[tuple[str, int, int, int], AlwaysEach[Any, Any]] = field(factory=dict, init=False)
    _steps_known: dict[tuple[int, int, int], None] = field(factory=dict, init=False)
    _events_known: set[tuple[int, int]] = field(factory=set, init=False)
    _faulty: dict[Taken, None] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        parts = self.semantics.parts
        self.tallies = {clause.id: Tally(clause) for clause in self.clauses}
        self._within = [Memo(parts, lambda seen, within=within: holds(within, "bound", seen)) for within in self.semantics.system.within]
        self._states, self._rest, self._each, self._steps, self._events = [], [], [], [], []
        for clause in self.clauses:
            tally = self.tallies[clause.id]
            match clause:
                case Always() | Sometimes():
                    self._states.append((tally, self._memo(tally, clause)))
                case AtRest():
                    self._rest.append((tally, self._memo(tally, clause)))
                case AlwaysEach(view=view):
                    self._each.append((tally, clause, self._processes(clause, view)))
                case EveryStep(view=view):
                    self._steps.append((tally, clause, frozenset(self._processes(clause, view))))
                case OnEvent():
                    self._events.append((tally, clause))
        if self._events:
            self._judge_start()

    def _memo(self, tally: Tally, clause: Always[Any] | Sometimes[Any] | AtRest[Any]) -> Memo[Case | None]:
        wanted = isinstance(clause, Sometimes)
        return Memo(self.semantics.parts, lambda seen: tally.first(lambda: clause.cases(seen), wanted=wanted))

    def _processes(self, clause: Clause, view: type) -> tuple[int, ...]:
        processes = self.semantics.parts.seeing(view)
        if not processes:
            raise BrokenClause(f"clause {clause.id} is about {view.__name__}, which is the view of no process of the system")
        return processes

    @property
    def satisfied(self) -> bool:
        """Whether the clause that was searched for has shown itself."""
        return self.until is not None and self.tallies[self.until.id].telling is not None

    @property
    def memos(self) -> dict[str, Memo[Case | None]]:
        """The evaluations of clauses about states, by clause."""
        return {tally.clause.id: memo for tally, memo in (*self._states, *self._rest)}

    @property
    def bounds(self) -> tuple[Memo[bool], ...]:
        """The evaluations of the bounds of the scope."""
        return tuple(self._within)

    def keep_evaluations(self) -> None:
        """From now on, remember the states in which clauses, assumptions and bounds were evaluated."""
        for memo in self.memos.values():
            memo.keep = True
        for asked in (*self.semantics.assumptions, *self._within):
            asked.keep = True

    @property
    def evaluated(self) -> Evaluated:
        """What was evaluated so far, by the memos from when they were told to keep it."""
        return Evaluated(
            states=tuple((clause, self.memos[clause.id]) for clause in self.clauses if isinstance(clause, Always | AtRest | Sometimes)),
            each=tuple((clause, process, view, history) for (_, process, view, history), clause in self._each_known.items()),
            steps=tuple(
                (clause, before, after) for _, clause, who in self._steps for process, before, after in self._steps_known if process in who
            ),
            events=tuple(clause for _, clause in self._events),
            asked=(*self.semantics.assumptions, *self._within),
        )

    # ---- looking on

    def visit(self, state: State) -> bool:
        """Judge a state; False beyond the bound of the scope."""
        for tally, memo in self._states:
            if tally.telling is None and (case := memo(state)) is not None:
                tally.settle(case, state)
        for tally, clause, processes in self._each:
            if tally.telling is None:
                self._judge_each(tally, clause, processes, state)
        return all(memo(state) for memo in self._within)

    def _judge_each(self, tally: Tally, clause: AlwaysEach[Any, Any], processes: tuple[int, ...], state: State) -> None:
        parts = self.semantics.parts
        for process in processes:
            view = parts.view(process, state.locals[process])
            key = (clause.id, process, view, state.history)
            if key not in self._each_known:
                self._each_known[key] = clause
                history, address = parts.histories[state.history], parts.addresses[process]
                case = tally.first(lambda view=view: clause.cases(parts.views[view], address, history), wanted=False)  # type: ignore[misc]  # noqa: B023  # called at once
                if case is not None:
                    tally.settle(case, state)

    def cross(self, source: State, label: Taken, target: State) -> None:
        """Judge a transition."""
        if not self._moved and target != source and self.semantics.moves_by_itself(source, label.move):
            self._moved = True
        self.dropped += label.dropped
        if label.process >= 0:
            if self._steps:
                self._judge_step(source, label, target)
            if self._events and label.happened:
                self._judge_events(source, label, target)
        if label not in self._faulty:
            if not isinstance(label.move, Suspect):  # whether a suspicion is a fault depends on the state
                self._faulty[label] = None
            self.occurred |= self._fault(source, label)
            self.occurred |= Fault.LOSS if label.dropped else Fault.NONE

    def _judge_step(self, source: State, label: Taken, target: State) -> None:
        parts, process = self.semantics.parts, label.process
        before, after = parts.view(process, source.locals[process]), parts.view(process, target.locals[process])
        if (process, before, after) in self._steps_known:
            return
        self._steps_known[process, before, after] = None
        for tally, clause, processes in self._steps:
            if process in processes and tally.telling is None:
                case = tally.first(lambda clause=clause: clause.cases(parts.views[before], parts.views[after]), wanted=False)  # type: ignore[misc]
                if case is not None:
                    tally.settle(case, source, (label, target))

    def _judge_events(self, source: State, label: Taken, target: State) -> None:
        parts = self.semantics.parts
        key = (source.history, label.happened)
        if key in self._events_known:
            return
        self._events_known.add(key)
        self._judge_happenings(parts.histories[source.history], parts.happened[label.happened], source, (label, target))

    def _judge_start(self) -> None:
        """Judge what the first steps of the processes announce."""
        parts = self.semantics.parts
        happenings = tuple(happening for process in range(len(parts.addresses)) for happening in parts.start(process).happenings)
        self._judge_happenings(self.semantics.system.history, happenings, None, None)

    def _judge_happenings(
        self, history: Any, happenings: tuple[Happening, ...], source: State | None, edge: tuple[Taken, State] | None
    ) -> None:
        for at, by, what in happenings:
            for tally, clause in self._events:
                if isinstance(what, clause.event) and tally.telling is None:
                    case = tally.first(lambda clause=clause, history=history: clause.cases(history, by, what), wanted=False)  # type: ignore[misc]  # noqa: B023
                    if case is not None:
                        tally.settle(case, source, edge)
            history = self.semantics.parts.after(history, at, by, what)

    def leave(self, state: State) -> None:
        """Judge a state in which everything possible is known."""
        if not self._moved:
            self.at_rest += 1
            for tally, memo in self._rest:
                if tally.telling is None and (case := memo(state)) is not None:
                    tally.settle(case, state)
        self._moved = False

    def _fault(self, source: State, label: Taken) -> Fault:
        """Tell which fault a move is."""
        match label.move:
            case Lose():
                return Fault.LOSS
            case Receive() if self.semantics.system.network.duplicating:  # what is delivered stays in flight, to be delivered again
                return Fault.DUPLICATION
            case Crash():
                return Fault.CRASH
            case Recover():
                return Fault.RECOVERY
            case Suspect() if not self.semantics.moves_by_itself(source, label.move):
                return Fault.SUSPICION
            case Cancel():
                return Fault.CANCELLATION
            case Forge():
                return Fault.BYZANTINE
            case _:
                return Fault.NONE


def decided(clauses: Iterable[Clause]) -> tuple[tuple[Decided, ...], tuple[Liveness, ...]]:
    """Divide clauses into those of safety, decided state by state, and those of liveness, decided on the whole graph."""
    safety: list[Decided] = []
    liveness: list[Liveness] = []
    for clause in clauses:
        match clause:
            case Always() | AlwaysEach() | EveryStep() | OnEvent() | AtRest() | Sometimes():
                safety.append(clause)
            case Eventually() | InfinitelyOften():
                liveness.append(clause)
            case _:
                raise BrokenClause(f"clause {clause.id} of kind {text(type(clause))} is not about systems of processes")
    return tuple(safety), tuple(liveness)
