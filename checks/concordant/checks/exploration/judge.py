"""Judging the clauses of a system while it is searched."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from types import GeneratorType
from typing import Any, NamedTuple, TypeAlias

from attrs import define, field

from concordant.checks.exploration.faults import if_fault
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.images import Everywhere, product
from concordant.checks.semantics.renaming import Renaming
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import DEPENDING, Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.twice import Twice
from concordant.checks.semantics.watching import watched
from concordant.refimpl.machine import Cancel, Crash, Forge, Lose, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.refimpl.machine.search import Visitor
from concordant.spec.vocabulary import (
    Address,
    Always,
    AlwaysEach,
    AlwaysPossible,
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
OfAll: TypeAlias = Liveness | AlwaysPossible[Any]
"""Clauses that are decided on the whole graph of states and moves."""
Decided: TypeAlias = Always[Any] | AlwaysEach[Any, Any] | EveryStep[Any] | OnEvent[Any, Any] | AtRest[Any] | Sometimes[Any]


class BrokenClause(BrokenRule):
    """A clause failed instead of yielding cases, or read what no system of its kind has."""


@define(eq=False, repr=False)
class Tally:
    """What is known of one clause so far.

    `state`: where the telling case is, None for the first steps of the processes; `edge`: the move out of it that shows it.
    `names`: in a search up to symmetry, the renaming of both that leads to the image that shows it. `asks_later`: as of observations.
    """

    clause: Decided | OfAll
    cases: int = 0
    telling: Case | None = None
    state: State | None = None
    edge: tuple[Taken, State] | None = None
    names: Renaming = ()
    asks_later: bool = field(default=False, kw_only=True)
    asked: Twice[tuple[int, Case | None]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.asked = Twice(f"clause {self.clause.id}", self._watched, _shown, BrokenClause, self.asks_later)

    def of(self, seen: Snapshot) -> Case | None:
        """Count the cases of a state up to the first that is telling, and return it."""
        return self.first((seen,), (seen.again,))

    def first(self, given: tuple[Any, ...], again: tuple[Any, ...]) -> Case | None:
        """The same of any arguments; `again` are these with their sets scrambled."""
        cases, telling = self.asked(given, again)
        self.cases += cases
        return telling

    def _watched(self, *given: Any) -> tuple[int, Case | None]:
        try:
            return watched(lambda: self._first(given))
        except BrokenRule:
            raise
        except Exception as error:
            raise BrokenClause(f"clause {self.clause.id} raised {type(error).__name__}: {error}") from error

    def _first(self, given: tuple[Any, ...]) -> tuple[int, Case | None]:
        wanted, count = isinstance(self.clause, Sometimes), 0
        found = self.clause.cases(*given)
        if not isinstance(found, GeneratorType | Iterable):  # of a generator the class says it, without a look for methods
            raise BrokenClause(f"clause {self.clause.id} returned {found!r}; yield case(holds, **facts), once for each case")
        for case in found:
            if type(case) is not Case or type(case.holds) is not bool:
                raise BrokenClause(f"clause {self.clause.id} yielded {case!r}; yield case(holds, **facts)")
            count += 1
            if case.holds is wanted:
                return count, case
        return count, None


def _shown(answer: tuple[int, Case | None]) -> str:
    """Show how many cases there are, up to the one that tells, and its facts."""
    count, telling = answer
    return f"none of {count} cases tells" if telling is None else f"case {count} tells {text(telling.facts)}"


class Telling(NamedTuple):
    """A case that tells, for the tally of its clause, and the renaming that leads to the image that shows it."""

    tally: Tally
    case: Case
    names: Renaming = ()

    def settle(self, state: State | None, edge: tuple[Taken, State] | None = None) -> None:
        """Keep the first telling case: the search is breadth first, so it is one of the shortest."""
        tally = self.tally
        if tally.telling is None:
            tally.telling, tally.state, tally.edge, tally.names = self.case, state, edge, self.names


@define(eq=False, repr=False)
class Judge(Visitor[State, Taken]):
    """Judges the clauses of a system, and notes which faults occur, what is at rest and what bounds cut.

    Only clauses of safety may be given. `until`: the first telling case of any of these ends the search.
    """

    semantics: Semantics
    clauses: tuple[Decided, ...]
    until: tuple[Clause, ...] = ()
    tallies: dict[str, Tally] = field(init=False)
    at_rest: int = field(default=0, init=False)
    dropped: int = field(default=0, init=False)
    occurred: Fault = field(default=Fault.NONE, init=False)
    _moved: bool = field(default=False, init=False)
    bounds: tuple[Everywhere[bool], ...] = field(init=False)
    _states: list[tuple[Tally, Everywhere[Case | None]]] = field(factory=list, init=False)
    _rest: list[tuple[Tally, Everywhere[Case | None]]] = field(factory=list, init=False)
    _each: dict[int, list[tuple[Tally, AlwaysEach[Any, Any]]]] = field(factory=dict, init=False)
    """What is asked of each process alone, by its number."""
    _steps: list[tuple[Tally, frozenset[int]]] = field(factory=list, init=False)
    _events: list[tuple[Tally, OnEvent[Any, Any]]] = field(factory=list, init=False)
    _kinds: tuple[type, ...] = field(default=(), init=False)
    _each_known: dict[str, set[tuple[int, int, int]]] = field(factory=dict, init=False)
    _each_shown: set[tuple[int, int, int]] = field(factory=set, init=False)
    """What single processes show, with the history, of which all clauses were asked."""
    _looks_at_steps: frozenset[int] = field(default=frozenset(), init=False)
    _steps_known: set[tuple[int, int, int]] = field(factory=set, init=False)
    _events_known: set[tuple[int, int]] = field(factory=set, init=False)
    _faulty: dict[Taken, None] = field(factory=dict, init=False)
    _shown: dict[tuple[Hashable, ...], bool] = field(factory=dict, init=False)
    """What states show, all of it, that were judged already; and whether they lie within the bound."""

    def __attrs_post_init__(self) -> None:
        semantics = self.semantics
        _, self.dropped = semantics.begin()
        self.occurred = Fault.LOSS if self.dropped else Fault.NONE
        self.tallies = {clause.id: Tally(clause, asks_later=semantics.asks_later) for clause in self.clauses}
        semantics.parts.observations.asked += [tally.asked for tally in self.tallies.values()]
        self.bounds = semantics.bounds()
        for clause in self.clauses:
            tally = self.tallies[clause.id]
            match clause:
                case Always() | Sometimes():
                    self._states.append((tally, semantics.everywhere(tally.of)))
                case AtRest():
                    self._rest.append((tally, semantics.everywhere(tally.of)))
                case AlwaysEach(view=view):
                    for process in self._processes(clause, view):
                        self._each.setdefault(process, []).append((tally, clause))
                    self._each_known[clause.id] = set()
                case EveryStep(view=view):
                    self._steps.append((tally, frozenset(self._processes(clause, view))))
                    self._looks_at_steps |= self._steps[-1][1]
                case OnEvent(event=event):
                    self._events.append((tally, clause))
                    self._kinds = (*self._kinds, event)
        if self._events:
            self._judge_start()

    def _processes(self, clause: Clause, view: type) -> tuple[int, ...]:
        processes = self.semantics.parts.observations.seeing(view)
        if not processes:
            raise BrokenClause(f"clause {clause.id} is about {view.__name__}, which is the view of no process of the system")
        return processes

    @property
    def satisfied(self) -> bool:
        """Whether a clause that was searched for has shown itself."""
        return any(self.tallies[clause.id].telling is not None for clause in self.until)

    @property
    def asked(self) -> dict[str, Everywhere[Case | None]]:
        """What asks each clause about states, by clause."""
        return {tally.clause.id: everywhere for tally, everywhere in (*self._states, *self._rest)}

    # ---- judging: what tells, of whatever was not judged before, and of all its images

    def state(self, tally: Tally, everywhere: Everywhere[Case | None], state: State) -> Telling | None:
        """Judge a state."""
        answers = everywhere.new(state) if tally.telling is None else ()
        return next((Telling(tally, case, product(way)) for case, way in answers if case is not None), None)

    def each(self, tally: Tally, clause: AlwaysEach[Any, Any], process: int, state: State) -> Telling | None:
        """Judge one process in a state."""
        parts, known = self.semantics.parts, self._each_known[clause.id]
        key = process, parts.observations.view(process, state.locals[process]), state.history
        if tally.telling is not None or key in known:
            return None
        images = self.semantics.images
        orbit = images.orbit(key, images.one)
        known.update(orbit)
        for (who, view, history), way in orbit.items():
            address = parts.addresses[who]
            again = parts.observations.scrambled_view[view], address, parts.observations.told(history, again=True)
            case = tally.first((parts.observations.views[view], address, parts.observations.told(history)), again)
            if case is not None:
                return Telling(tally, case, product(way))
        return None

    def step(self, process: int, before: int, after: int) -> Iterator[Telling]:
        """Judge a step of a process, given its views by number."""
        if (process, before, after) in self._steps_known:
            return
        images = self.semantics.images
        orbit = images.orbit((process, before, after), images.step)
        self._steps_known.update(orbit)
        parts = self.semantics.parts
        for (who, old, new), way in orbit.items():
            given, again = (
                (parts.observations.views[old], parts.observations.views[new]),
                (parts.observations.scrambled_view[old], parts.observations.scrambled_view[new]),
            )
            for tally, processes in self._steps:
                if who in processes and tally.telling is None:
                    case = tally.first(given, again)
                    if case is not None:
                        yield Telling(tally, case, product(way))

    def happen(self, history: int, happened: int) -> Iterator[Telling]:
        """Judge what happens in a move, given the history before it, both by number."""
        if not self._events or (history, happened) in self._events_known:
            return
        parts, images = self.semantics.parts, self.semantics.images
        orbit = images.orbit((history, happened), images.occasion)
        self._events_known.update(orbit)
        for (past, what), way in orbit.items():
            before = parts.observations.histories[past]
            for heard in parts.observations.heard(before, parts.steps.happened[what], self._kinds):
                yield from self._hear(*heard, product(way), past if heard[0] is parts.observations.told(past) else None)

    def _hear(self, past: Any, by: Address, what: object, names: Renaming = (), number: int | None = None) -> Iterator[Telling]:
        """Judge one event; `number`: of the history before it, where that has one."""
        asked = [tally for tally, clause in self._events if isinstance(what, clause.event) and tally.telling is None]
        if not asked:
            return
        past_again = scrambled(past) if number is None else self.semantics.parts.observations.told(number, again=True)
        again = past_again, by, scrambled(what)
        for tally in asked:
            case = tally.first((past, by, what), again)
            if case is not None:
                yield Telling(tally, case, names)

    def _judge_start(self) -> None:
        """Judge what the first steps of the processes announce. They come in one order, whatever the symmetry: there are no images."""
        parts = self.semantics.parts
        happenings = [happening for process in range(len(parts.addresses)) for happening in parts.steps.start(process).happenings]
        for heard in parts.observations.heard(self.semantics.system.history, happenings, self._kinds):
            for told in self._hear(*heard):
                told.settle(None)

    # ---- looking on

    def visit(self, state: State) -> bool:
        """Judge a state; False beyond the bound of the scope. What it shows is judged once, whatever is in flight."""
        shows = state.locals, state.history, state.users
        if shows not in self._shown:
            self._judge_state(state)
            self._shown[shows] = not self.is_beyond(state)
        return self._shown[shows]

    def _judge_state(self, state: State) -> None:
        for tally, everywhere in self._states:
            if (told := self.state(tally, everywhere, state)) is not None:
                told.settle(state)
        for process, asked in self._each.items():
            shows = process, self.semantics.parts.observations.view(process, state.locals[process]), state.history
            if shows not in self._each_shown:
                self._each_shown.add(shows)
                for tally, clause in asked:
                    if (told := self.each(tally, clause, process, state)) is not None:
                        told.settle(state)

    def is_beyond(self, state: State) -> bool:
        """Tell whether a state lies beyond the bound of the scope."""
        return not all(bound.agreed(state) for bound in self.bounds)

    def cross(self, source: State, label: Taken, target: State) -> None:
        """Judge a transition."""
        if not self._moved and target != source and self.semantics.moves_by_itself(source, label.move):
            self._moved = True
        self.dropped += label.dropped
        if label.process >= 0:
            self._judge_move(source, label, target)
        if label not in self._faulty:
            if not isinstance(label.move, DEPENDING):
                self._faulty[label] = None
            self.occurred |= self._fault(source, label)
            self.occurred |= Fault.LOSS if label.dropped else Fault.NONE

    def _judge_move(self, source: State, label: Taken, target: State) -> None:
        parts, process = self.semantics.parts, label.process
        if self._steps:
            view = parts.observations.view
            step = process, view(process, source.locals[process]), view(process, target.locals[process])
            for told in () if step in self._steps_known else self.step(*step):
                told.settle(source, (label, target))
        if self._events and label.happened and (source.history, label.happened) not in self._events_known:
            for told in self.happen(source.history, label.happened):
                told.settle(source, (label, target))

    def _judge_ignored(self, state: State) -> None:
        """Judge the receipts that the reduction leaves out. They change nothing that is seen, and yet they are steps."""
        parts = self.semantics.parts
        views = [(process, parts.observations.view(process, state.locals[process])) for process in self._looks_at_steps]
        if any((process, view, view) not in self._steps_known for process, view in views):
            for label, target in self.semantics.ignored(state):
                self._judge_move(state, label, target)

    def leave(self, state: State) -> None:
        """Judge a state in which everything possible is known."""
        if self._steps and self.semantics.leave_ignored:
            self._judge_ignored(state)
        if not self._moved and self.semantics.time is None:  # while there are clocks, time goes on
            self.at_rest += 1
            for tally, everywhere in self._rest:
                if (told := self.state(tally, everywhere, state)) is not None:
                    told.settle(state)
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
            case (Suspect() | Trust() | Tick()) as move:
                return Fault.NONE if self.semantics.moves_by_itself(source, move) else if_fault(move)
            case Cancel():
                return Fault.CANCELLATION
            case SetBack():
                return Fault.SETBACK
            case Forge():
                return Fault.BYZANTINE
            case _:
                return Fault.NONE


def require_ids_of_their_own(clauses: Iterable[Clause]) -> None:
    """Raise a Misuse where two clauses have one id, so that only one would be judged."""
    ids: set[str] = set()
    for clause in clauses:
        if clause.id in ids:
            raise Misuse(f"two clauses are called {clause.id}; give one of them a function of its own")
        ids.add(clause.id)


def decided(clauses: Iterable[Clause]) -> tuple[tuple[Decided, ...], tuple[OfAll, ...]]:
    """Divide clauses into those of safety, decided state by state, and those that are decided on the whole graph."""
    safety: list[Decided] = []
    of_all: list[OfAll] = []
    for clause in clauses:
        match clause:
            case Always() | AlwaysEach() | EveryStep() | OnEvent() | AtRest() | Sometimes():
                safety.append(clause)
            case Eventually() | InfinitelyOften() | AlwaysPossible():
                of_all.append(clause)
            case _:
                raise BrokenClause(f"clause {clause.id} of kind {text(type(clause))} is not about systems of processes")
    return tuple(safety), tuple(of_all)
