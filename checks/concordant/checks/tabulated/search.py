"""The search: level by level over the states, answering the kernel's questions and judging what it finds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from attrs import define, evolve, field

from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, Progress, with_remark
from concordant.checks.exploration.interruption import patiently
from concordant.checks.exploration.judge import Judge
from concordant.checks.exploration.traces import Path
from concordant.checks.semantics.renaming import Renaming, after, inverse
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.ahead import compile_ahead
from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.assumptions import Assumptions
from concordant.checks.tabulated.checkpoint import CannotSave, Checkpoint
from concordant.checks.tabulated.clauses import Clauses
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.compiling import clock
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.growth import Growth
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.storing import numbered
from concordant.checks.tabulated.kernel.words import Ints, Words
from concordant.checks.tabulated.numbers import Numbers, Outgrown
from concordant.checks.tabulated.orbits import Orbits
from concordant.checks.tabulated.paths import path_through, show_edge
from concordant.checks.tabulated.representing import Representing, suits
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.team import Team
from concordant.checks.tabulated.threads import Threads
from concordant.checks.tabulated.tracing import Transitions, transitions
from concordant.checks.tabulated.worker import NO_STATES
from concordant.refimpl.machine import Handled
from concordant.refimpl.machine.search import INTERRUPTED, Overdue
from concordant.spec.vocabulary import Fault, OnEvent

ORBITS = 1 << 8
"""How many states are expanded at a time where Python represents what is reached, which takes that much longer."""
NEWS = 0.2
"""Seconds between two pieces of news."""
FAULTS = {
    w.LOST: Fault.LOSS,
    w.CRASHED: Fault.CRASH,
    w.RECOVERED: Fault.RECOVERY,
    w.SUSPECTED: Fault.SUSPICION,
    w.CANCELLED: Fault.CANCELLATION,
    w.FORGED: Fault.BYZANTINE,
    w.SET_BACK: Fault.SETBACK,
    w.SKEWED: Fault.SKEW,
}


@define(eq=False, repr=False)
class Exploration:
    """One breadth-first search over tables. Its counts are those of the reference search.

    `traces`: whether its transitions are wanted when it is complete.
    """

    judge: Judge
    meter: Meter
    progress: Callable[[Progress], None] | None = None
    tuning: Tuning = Tuning()
    workers: int = 1
    checkpoint: Checkpoint | None = None
    traces: bool = False
    depth: int = field(default=1, init=False)
    beyond: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    seconds: float = field(default=0, init=False)
    todo: Ints = field(factory=lambda: NO_STATES, init=False)
    numbers: Numbers = field(init=False)
    filling: Filling = field(init=False)
    space: Space = field(init=False)
    clauses: Clauses = field(init=False)
    team: Team = field(init=False)
    growth: Growth = field(init=False)
    _since: list[int] = field(factory=list, init=False)
    _orbits: Orbits | None = field(init=False)
    _beyond: list[Ints] = field(factory=list, init=False)
    _resting: list[Ints] = field(factory=list, init=False)
    _found: dict[State, int] = field(factory=dict, init=False)
    _began: float = field(init=False)
    _next_news: float = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        semantics = self.judge.semantics
        self.numbers = Numbers(semantics, tells_moves=self.traces)
        symmetry = semantics.symmetry
        representing = Representing(symmetry, self.numbers) if symmetry is not None and suits(symmetry) else None
        apart = symmetry is not None and representing is None
        if self.traces and apart:  # what stands for others is looked up by its number
            self.tuning = evolve(self.tuning, words=max(2, self.tuning.words))
        events = any(isinstance(clause, OnEvent) for clause in self.judge.clauses)
        self.filling = Filling(self.numbers, self._report_first, events)
        (start,) = semantics.initial()
        values = self.numbers.values(start)
        rules = _rules(self.numbers, self.filling)
        self.space = Space(self.numbers, self.filling, rules, self.tuning, representing, apart, Threads(self.workers))
        self.space.states.begin(self.space.placing.joined(values))
        groups = Groups(self.numbers, self.filling)
        self.clauses = Clauses(self.judge, groups, self.space)
        self.team = Team(self.space, Answering(self.space, self.filling, self.clauses, Assumptions(groups, self.space)))
        self.growth = Growth(self.numbers, self.tuning.explodes)
        self._orbits = Orbits(symmetry, self.space, self.team.workers[0], self.traces) if symmetry is not None and apart else None

    def _report_first(self, process: int, move: Handled | None) -> bool:
        return process in self.clauses.looks_at_steps or (
            self.numbers.is_duplicated(move) and not self.team.answering.occurred & Fault.DUPLICATION
        )

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        return self.space.states.count

    @property
    def transitions(self) -> int:
        """How many moves were made, self-loops included."""
        return self.team.total(w.TRANSITIONS)

    # ---- searching

    def run(self) -> Exploration:
        """Search until everything is searched, the clause searched for has told, the budget is spent or Ctrl-C is pressed."""
        self._began = clock()
        self.space.meter = self.meter
        try:
            with patiently():
                self._search()
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        except Overdue as overdue:  # in the midst of an answer: tables may lack a part of it, so that nothing more is judged or saved
            self.stopped = with_remark(str(overdue), "" if self.checkpoint is None else f"; {self.checkpoint.left}")
        except (BudgetSpent, Outgrown, CannotSave, MemoryError) as error:
            self.stopped = str(error) or "memory spent"
        finally:
            self._conclude()
            self.seconds += clock() - self._began
        return self

    def _search(self) -> None:
        """Search level by level, by chunks; between two chunks, everything is as if the search could begin there."""
        compile_ahead(self.space.placing.width)
        if self.checkpoint is None or not self.checkpoint.resume(self):
            self._since = list(self.space.states.ends)
            first = np.zeros(1, np.int32)
            self.todo = self._leave_out(first, self.clauses.visit(first))
        try:
            self._search_on()
        except BudgetSpent as spent:
            self.stopped = str(spent)
        if self.checkpoint is not None:
            if self.stopped is None:
                self.checkpoint.remove()
            else:
                self.checkpoint.save(self)
        if self.stopped is not None and self._orbits is None:
            self.stopped = self._judge_the_rest(self.stopped)

    def _search_on(self) -> None:
        self.team.go_on()
        while True:
            if not len(self.todo):
                self.todo = self._next_level()
            if not len(self.todo) or self._ends():
                return
            chunk, self.todo = self.todo[: self._chunk], self.todo[self._chunk :]
            self._expand(chunk)
            self._tell_progress(len(self.todo) + len(self.space.states.since(self._since)))

    def _next_level(self) -> Ints:
        """Judge what a level that is done has found, and return the next. After a BudgetSpent, the same can be done again."""
        rests, changed = self.team.take_rests(), self.team.take_changed()
        new = self.space.states.since(self._since)
        try:
            self._rest(rests)
            rests = NO_STATES
            beyond = self.clauses.visit(changed if self._orbits is None else new)
        except BudgetSpent:
            self.team.put_back(changed, rests)
            raise
        self._since = list(self.space.states.ends)
        self.growth.mark()
        self.depth += len(new) > 0
        return self._leave_out(new, beyond)

    def _judge_the_rest(self, stopped: str) -> str:
        """Judge what was found before the search was stopped, for a little while; return why it was, and where that is too short say so."""
        self.space.meter = Budget.for_a_little(clock)
        changed = self.team.take_changed()
        try:
            self.space.fit()
            self.team.judge_first_uses()
            self.beyond += len(self.clauses.visit(changed))
        except (BudgetSpent, Overdue):
            return with_remark(stopped, f"; not all of the last {len(changed):,} states were judged")
        return stopped

    @property
    def _chunk(self) -> int:
        return self.tuning.chunk if self._orbits is None else min(self.tuning.chunk, ORBITS)

    def _expand(self, states: Ints) -> None:
        before = list(self.space.reached.ends)
        self.team.expand(states)
        if self._orbits is not None:
            self._orbits.represent(before)

    def _leave_out(self, new: Ints, beyond: Ints) -> Ints:
        """Note which new states lie beyond the bound of the scope, and return the others."""
        self.beyond += len(beyond)
        self._beyond.append(beyond)
        return np.setdiff1d(new, beyond, assume_unique=True) if len(beyond) else new

    def _rest(self, rests: Ints) -> None:
        if self.judge.semantics.time is not None:  # time goes on
            return
        self.clauses.rest(rests)
        self.judge.at_rest += len(rests)
        self._resting.append(rests)

    def _ends(self) -> bool:
        if self.stopped is None and not self.judge.satisfied:
            self.stopped = self.meter.spent(self.states) or self.growth.exploded(self.states)
            if self.stopped is None and self.checkpoint is not None:
                self.checkpoint.save_if_due(self)
        return self.stopped is not None or self.judge.satisfied

    def _tell_progress(self, frontier: int) -> None:
        now = clock()
        if self.progress and now >= self._next_news:
            self._next_news = now + NEWS
            self.progress(Progress(self.states, self.transitions, self.depth, frontier, self.seconds + now - self._began))

    # ---- saving

    def position(self) -> tuple[Ints, list[int], float]:
        """Return where the search stands between two chunks: states left of the level, where the level began, seconds."""
        return self.todo, self._since, self.seconds + clock() - self._began

    def begin_at(self, todo: Ints, since: list[int], seconds: float, beyond: Ints, resting: Ints) -> None:
        """Stand where a search stood that was saved."""
        self.todo, self._since, self.seconds = todo, since, seconds
        self._beyond, self._resting = [beyond], [resting]

    # ---- afterwards

    def _conclude(self) -> None:
        """Leave with the judge what it would have noted itself in a reference search."""
        judge, kinds = self.judge, self.team.kinds()
        judge.dropped += self.team.total(w.DROPPED)
        judge.occurred |= self.team.answering.occurred
        for bit, fault in FAULTS.items():
            judge.occurred |= fault if kinds & bit else Fault.NONE
        for id, (number, edge) in self.clauses.shown_by.items():
            tally, (state, form) = judge.tallies[id], self._reference(number)
            self._found[state] = number
            if edge:
                show_edge(judge, tally, state)
            else:
                tally.state, tally.names = state, after(inverse(form), tally.names)

    def _reference(self, number: int) -> tuple[State, Renaming]:
        """Return the state that the reference has in place of one, and the renaming that leads to it."""
        state, symmetry = self.numbers.state(self.space.values(number)), self.judge.semantics.symmetry
        return (state, ()) if symmetry is None else symmetry.canonical_renaming(state)

    def transitions_of_all(self) -> Transitions:
        """Return the transitions of a search that is complete and was begun with `traces`."""
        expanded = np.setdiff1d(self.space.states.all(), self.beyond_bounds, assume_unique=True)
        standing = None if self._orbits is None else np.concatenate([NO_STATES, *self._orbits.standing])
        return transitions(self.space, self.team.answering, expanded, self.transitions, standing)

    def place(self, state: State, table: Words) -> int:
        """Return the place of a state that was found, given a table that holds numbers."""
        space, number = self.space, np.zeros(1, np.int32)
        row = np.array(space.placing.joined(self.numbers.values(state)), np.uint64)
        numbered(space.width, space.states.store._replace(table=table), row, number)
        return int(space.states.places(number)[0])

    @property
    def beyond_bounds(self) -> Ints:
        """The states beyond the bound of the scope."""
        return np.concatenate([NO_STATES, *self._beyond])

    @property
    def resting(self) -> Ints:
        """The states at rest."""
        return np.concatenate([NO_STATES, *self._resting])

    def path(self, state: State) -> Path:
        """Return the initial state and a shortest path from it to a state in which a clause has told."""
        chain = [self._reference(number)[0] for number in self.space.states.chain(self._found[state])]
        return path_through(self.judge.semantics, chain)


def started(budget: Budget) -> Meter:
    """Start a budget of which compiling is no part."""
    return budget.start(clock)


def _rules(numbers: Numbers, filling: Filling) -> q.Rules:
    system = numbers.semantics.system
    network, faults, clocks = system.network, system.faults, system.clocks
    return q.Rules(
        processes=numbers.processes,
        users=len(numbers.user_states),
        history=numbers.history,
        clocks=0 if clocks is None else numbers.clocks,
        allowances=numbers.allowances,
        channels=numbers.first_channel,
        losses=-1 if network.losses is None else network.losses,
        crashes=faults.crashes,
        recoveries=faults.recoveries,
        cancellations=faults.cancellations,
        mistakes=-1 if faults.mistakes is None else faults.mistakes,
        setbacks=0 if clocks is None else clocks.setbacks,
        detector=int(faults.detector),
        synchronous=int(faults.synchronous),
        forging=int(bool(system.byzantine)),
        assuming=int(bool(system.assume)),
        tracing=0,
        roles=filling.roles,
    )
