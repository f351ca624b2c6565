"""Under which faults clauses were judged, over tables: as `concordant.checks.exploration.under` says it, of the same states and moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, assert_never

import numpy as np
from attrs import define, field

from concordant.checks.exploration.faults import fault_of_move, if_fault
from concordant.checks.exploration.judge import Decided, OfAll
from concordant.checks.exploration.under import each_has_case, event_has_case, has_cases, step_has_case
from concordant.checks.semantics.seen import HISTORY
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.kernel.fairness import MOVE, Arcs
from concordant.checks.tabulated.kernel.faults import ALWAYS, DOUBTS, NO, YES, Faults, carry, distinct
from concordant.checks.tabulated.kernel.words import Ints
from concordant.checks.tabulated.panels import Inquiry, Reply
from concordant.checks.tabulated.whole import Whole
from concordant.refimpl.machine import Lose, Move, Receive
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, EveryStep, Fault, OnEvent, Sometimes

FIRST_PART = 1 << 12
"""How many states are asked about at first; then eight times as many, and so on."""
ROOM = 1 << 16
"""How many transitions are asked about at a time."""


@define(eq=False, repr=False)
class Occasions:
    """The faults that had happened where the clauses of a complete search had cases. `to`: by state, those of the paths to it."""

    whole: Whole
    to: Ints = field(init=False)
    _arcs: Arcs = field(init=False)
    _faults: Faults = field(init=False)
    _all: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        graph, search = self.whole.graph, self.whole.search
        semantics = search.judge.semantics
        system = semantics.system
        delivers = [system.network.duplicating and isinstance(move, Receive) for move in graph.moves]
        own = [fault_of_move(move).value for move in graph.moves]
        doubtful = np.zeros(0, np.int8)
        if system.network.duplicating and semantics.symmetry is not None:
            doubtful = np.full(len(graph.states), ALWAYS, np.int8)
        elif system.network.duplicating and (system.assume or search.beyond):
            doubtful = np.full(len(graph.states), bool(system.assume), np.int8)
            doubtful[search.space.states.places(search.beyond_bounds)] = 1
        settled = np.zeros(len(graph.targets) if len(doubtful) else 0, np.int8)
        errs = [if_fault(move).value for move in graph.moves]
        bits = Fault.LOSS.value, Fault.DUPLICATION.value
        faults = np.array([*own, 0], np.int32), np.array([*errs, 0], np.int32)
        self._faults = Faults(*faults, np.array([*delivers, False], np.int8), settled, doubtful, *bits)
        self._arcs = Arcs(graph.starts, graph.ends, graph.targets, graph.names, np.zeros(0, np.int32))
        self.to = np.zeros(len(graph.states), np.int32)
        self.to[0] = Fault.LOSS.value if semantics.begin()[1] else 0
        self._carry()
        self._all = int(np.bitwise_or.reduce(self.to))

    def _carry(self) -> None:
        asked, again, count = np.zeros(2 * DOUBTS, np.int64), True, 0
        while again or count:
            again, count = carry(self.whole.search.space.width, self._arcs, self._faults, self.to, asked)
            for source, edge in asked[: 2 * count].reshape(-1, 2).tolist():
                move: Any = self._move(edge)
                is_settled = self.whole.search.judge.semantics.is_settled(self._state(source), move)
                self._faults.settled[edge] = YES if is_settled else NO

    def of_all(self) -> dict[str, Fault]:
        """Return, by clause of safety, the faults under which some case of it was evaluated."""
        return {clause.id: self.of(clause) for clause in self.whole.search.judge.clauses}

    def of(self, clause: Decided) -> Fault:
        """Return the faults under which some case of a clause was evaluated; of a `sometimes`, which claims none, nothing."""
        search = self.whole.search
        parts = search.judge.semantics.parts
        match clause:
            case Always():
                return self.in_states(clause, self._everything())
            case AtRest():
                return self.in_states(clause, np.sort(search.space.states.places(search.resting)))
            case AlwaysEach():
                asks = [
                    Inquiry(partial(self._each, clause, process), _keeps, _never, frozenset({HISTORY, 2 + 2 * process}))
                    for process in parts.observations.seeing(clause.view)
                ]
                return self._find(asks, self._everything())
            case EveryStep():
                processes = parts.observations.seeing(clause.view)
                return self._find_moves(processes, (), self._step_has_case(clause))
            case OnEvent():
                numbers = search.numbers
                slots = (numbers.history, *range(numbers.processes, numbers.history))
                return self._find_moves(range(numbers.processes), slots, self._event_has_case(clause))
            case Sometimes():
                return Fault.NONE
            case _:
                assert_never(clause)

    def in_states(self, clause: Always[Any] | AtRest[Any] | OfAll, states: Ints) -> Fault:
        """Return the faults under which a clause has some case in these states, in their order."""
        everywhere = self._semantics.everywhere(lambda seen: has_cases(clause.cases(seen)))

        def ask(state: State) -> Reply:
            return everywhere.memo.run(state) if self._semantics.symmetry is None else (everywhere.somewhere(state), everywhere.reads)

        return self._find([Inquiry(ask, _keeps, _never)], states)

    @property
    def _semantics(self) -> Semantics:
        return self.whole.search.judge.semantics

    def _everything(self) -> Ints:
        return np.arange(len(self.to), dtype=np.int32)

    def _find(self, inquiries: list[Inquiry], states: Ints) -> Fault:
        """Ask about states, the last first, since most had happened there, while a fault is missing."""
        missing, high, size = self._all, len(states), FIRST_PART
        those = self.whole.those(inquiries)
        while missing and high:
            part = states[max(0, high - size) : high]
            found = those(part[self.to[part] & missing != 0])
            missing &= ~int(np.bitwise_or.reduce(self.to[found], initial=0))
            high, size = max(0, high - size), 8 * size
        return Fault(self._all & ~missing)

    def _each(self, clause: AlwaysEach[Any, Any], process: int, state: State) -> Reply:
        view = self._semantics.parts.observations.view(process, state.locals[process])
        return each_has_case(self._semantics, clause, process, view, state.history), ()

    # ---- steps and events

    def _find_moves(self, processes: range | tuple[int, ...], slots: tuple[int, ...], has_case: Callable[[State, Move], bool]) -> Fault:
        """Ask about moves at some processes, the last first, once for all that differ in none of the slots nor in the state of their process."""
        space, graph, missing = self.whole.search.space, self.whole.graph, self._all
        at = [self._process(move) for move in graph.moves]
        looked_at = np.array([*(process in processes for process in at), False], np.int8)
        masks = np.array([word for process in (*at, -1) for word in self._mask((*slots, process))], np.uint64)
        source, found = len(self.to) - 1, np.zeros(3 * ROOM, np.int64)
        shared = space.width, self._arcs, self._faults, self.to, graph.states, space.states.rows, masks, looked_at
        room = ROOM
        while missing and source >= 0:
            before = source
            source, count = distinct(*shared, missing, source, np.full(4 * room, -1, np.int64), found)
            for place, edge, faults in found[: 3 * count].reshape(-1, 3).tolist():
                if faults & missing and has_case(self._state(place), self._move(edge)):
                    missing &= ~faults
            if source == before:
                room, found = 2 * room, np.zeros(6 * room, np.int64)
        return Fault(self._all & ~missing)

    def _mask(self, slots: tuple[int, ...]) -> list[int]:
        placing = self.whole.search.space.placing
        values = [0] * len(placing.bits)
        for slot in slots:
            if slot >= 0:
                values[slot] = (1 << placing.bits[slot]) - 1
        return placing.joined(values)

    def _process(self, move: Move) -> int:
        return -1 if isinstance(move, Lose) else self.whole.search.judge.semantics.parts.index[move.at]

    def _step_has_case(self, clause: EveryStep[Any]) -> Callable[[State, Move], bool]:
        def has_case(state: State, move: Move) -> bool:
            process = self._process(move)
            return step_has_case(self._semantics, clause, process, state.locals[process], move)

        return has_case

    def _event_has_case(self, clause: OnEvent[Any, Any]) -> Callable[[State, Move], bool]:
        semantics = self._semantics

        def has_case(state: State, move: Move) -> bool:
            happened = next(taken.happened for taken, _ in semantics.successors(state) if taken.move == move)
            return event_has_case(semantics, clause, state.history, happened)

        return has_case

    def _state(self, place: int) -> State:
        search = self.whole.search
        return search.numbers.state(search.space.values(int(self.whole.graph.states[place])))

    def _move(self, edge: int) -> Move:
        return self.whole.graph.moves[int(self.whole.graph.names[edge]) & MOVE]


def _keeps(answer: object, _: int) -> bool:
    return not answer


def _never() -> bool:
    return False
