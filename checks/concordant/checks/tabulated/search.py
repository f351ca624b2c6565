"""The search: level by level over the states, answering the kernel's questions and judging what it finds."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from attrs import define, field

from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.exploration.judge import Judge
from concordant.checks.exploration.search import Progress
from concordant.checks.exploration.traces import Path
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.assumptions import ROOM, Assumptions
from concordant.checks.tabulated.clauses import Clauses
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.words import Ints
from concordant.checks.tabulated.numbers import Numbers
from concordant.checks.tabulated.paths import path_through, show_edge
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import NO_STATES, Worker
from concordant.refimpl.machine import Handled, Receive
from concordant.spec.vocabulary import Fault, OnEvent

NEWS = 1 << 17
"""How many new states make news."""
FAULTS = {
    w.LOST: Fault.LOSS,
    w.CRASHED: Fault.CRASH,
    w.RECOVERED: Fault.RECOVERY,
    w.SUSPECTED: Fault.SUSPICION,
    w.CANCELLED: Fault.CANCELLATION,
    w.FORGED: Fault.BYZANTINE,
}


@define(eq=False)
class Exploration:
    """One breadth-first search over tables. Its counts are those of the reference search."""

    judge: Judge
    budget: Budget
    progress: Callable[[Progress], None] | None = None
    tuning: Tuning = Tuning()
    depth: int = field(default=1, init=False)
    beyond: int = field(default=0, init=False)
    at_rest: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    seconds: float = field(default=0, init=False)
    occurred: Fault = field(default=Fault.NONE, init=False)
    numbers: Numbers = field(init=False)
    filling: Filling = field(init=False)
    space: Space = field(init=False)
    clauses: Clauses = field(init=False)
    _assumptions: Assumptions = field(init=False)
    _worker: Worker = field(init=False)
    _looks_at_steps: frozenset[int] = field(factory=frozenset, init=False)
    _changed: list[Ints] = field(factory=list, init=False)
    _rests: list[Ints] = field(factory=list, init=False)
    _found: dict[State, int] = field(factory=dict, init=False)
    _meter: Meter = field(init=False)
    _began: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        semantics = self.judge.semantics
        self.numbers = Numbers(semantics)
        events = any(isinstance(clause, OnEvent) for clause in self.judge.clauses)
        self.filling = Filling(self.numbers, self._report_first, events)
        (start,) = semantics.initial()
        values = self.numbers.values(start)
        self.space = Space(self.numbers, self.filling, _rules(self.numbers, self.filling), self.tuning)
        self.space.begin(values)
        groups = Groups(self.numbers, self.filling)
        self.clauses = Clauses(self.judge, groups, self.space)
        self._assumptions = Assumptions(groups, self.space)
        self._looks_at_steps = self.clauses.looks_at_steps
        self._worker = Worker(self.space)

    def _report_first(self, process: int, move: Handled | None) -> bool:
        return process in self._looks_at_steps or (
            isinstance(move, Receive) and self.numbers.semantics.system.network.duplicating and not self.occurred & Fault.DUPLICATION
        )

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        return self.space.count

    @property
    def transitions(self) -> int:
        """How many moves were made, self-loops included."""
        return int(self._worker.counts[w.TRANSITIONS])

    # ---- searching

    def run(self) -> Exploration:
        """Search until everything is searched, the clause searched for has told, the budget is spent or Ctrl-C is pressed."""
        self._began = time.perf_counter()
        self._meter = self.budget.start()
        try:
            level = self._leave_out(np.zeros(1, np.int32), np.zeros(1, np.int32))
            while len(level) and not self._ends():
                first = self.space.count
                for low in range(0, len(level), self.tuning.chunk):
                    if self._ends():
                        return self
                    self._expand(level[low : low + self.tuning.chunk])
                    self._tell_progress(len(level) - low + self.space.count - first)
                self._rest()
                self.depth += self.space.count > first
                changed, self._changed = np.concatenate([NO_STATES, *self._changed]), []
                level = self._leave_out(np.arange(first, self.space.count, dtype=np.int32), changed)
        except KeyboardInterrupt:
            self.stopped = "interrupted"
        finally:
            self._conclude()
            self.seconds = time.perf_counter() - self._began
        return self

    def _conclude(self) -> None:
        """Leave with the judge what it would have noted itself in a reference search."""
        judge, counts = self.judge, self._worker.counts
        judge.at_rest, judge.dropped, judge.occurred = self.at_rest, int(counts[w.DROPPED]), self.occurred
        for bit, fault in FAULTS.items():
            judge.occurred |= fault if counts[w.FAULTS] & bit else Fault.NONE
        for id, (number, edge) in self.clauses.shown_by.items():
            tally, state = judge.tallies[id], self.numbers.state(self.space.values(number))
            self._found[state] = number
            if edge:
                show_edge(judge, tally, state)
            else:
                tally.state = state

    def path(self, state: State) -> Path:
        """Return the initial state and a shortest path from it to a state in which a clause has told."""
        chain = self.space.chain(self._found[state])
        return path_through(self.judge.semantics, [self.numbers.state(self.space.values(number)) for number in chain])

    def _leave_out(self, new: Ints, changed: Ints) -> Ints:
        """Judge new states, and return those that lie within the bound of the scope."""
        beyond = self.clauses.visit(changed)
        self.beyond += len(beyond)
        return np.setdiff1d(new, beyond, assume_unique=True) if len(beyond) else new

    def _rest(self) -> None:
        rests, self._rests = np.concatenate([NO_STATES, *self._rests]), []
        self.at_rest += len(rests)
        self.clauses.rest(rests)

    def _ends(self) -> bool:
        if self.stopped is None and not self.judge.satisfied:
            self.stopped = self._meter.spent(self.space.count)
        return self.stopped is not None or self.judge.satisfied

    def _tell_progress(self, frontier: int) -> None:
        if self.progress and self.space.count >= self._meter.next_report:
            self._meter.next_report = self.space.count + NEWS
            self.progress(Progress(self.space.count, self.transitions, self.depth, frontier, time.perf_counter() - self._began))

    # ---- one chunk of states

    def _expand(self, states: Ints) -> None:
        """Expand states, those that lack answers again and again until nothing is lacking."""
        worker, space = self._worker, self.space
        todo, later = states, NO_STATES
        watched = self.clauses.watched()
        while len(todo) or len(later):
            if not len(todo):
                todo, later = later, NO_STATES
            if space.fit():
                watched = self.clauses.watched()
            worker.counts[w.STATES] = space.count
            worker.run(todo, space.memory(), self._readings(), watched, space.quota)
            self._collect()
            later = np.concatenate([later, worker.work.retries[: worker.counts[w.RETRIES]]])
            todo = todo[worker.counts[w.POSITION] :]
            if len(todo) and space.count + 2 * len(worker.work.sources) > space.quota:
                space.grow()
            worker.make_room()

    def _readings(self) -> Readings:
        return self._assumptions.groups.readings(self.space.placing, ROOM if self.space.rules.assuming else 1)

    def _collect(self) -> None:
        """Take over what the worker found, and answer what it asks."""
        worker, counts = self._worker, self._worker.counts
        self.space.count = int(counts[w.STATES])
        self._changed.append(worker.work.changed[: counts[w.CHANGES]].copy())
        self._rests.append(worker.work.rests[: counts[w.RESTS]].copy())
        for state, outcome in worker.work.firsts[: 2 * counts[w.FIRSTS]].reshape(-1, 2).tolist():
            process, before, after = self.filling.outcomes[outcome, [q.PROCESS, q.BEFORE, q.AFTER]].tolist()
            if process in self._looks_at_steps:
                self.clauses.step(state, process, before, after)
            input_ = self.filling.inputs_of[outcome]
            if input_ >= 0 and self._is_duplicated(process, input_):
                self.occurred |= Fault.DUPLICATION
        self._answer(worker.work.gaps[: counts[w.GAPS]].tolist(), worker.work.gap_states[: counts[w.GAPS]].tolist())

    def _is_duplicated(self, process: int, input_: int) -> bool:
        return self.numbers.semantics.system.network.duplicating and isinstance(self.numbers.inputs[process][input_], Receive)

    def _answer(self, questions: list[int], states: list[int]) -> None:
        plain: list[int] = []
        for question, state in zip(questions, states, strict=True):
            kind, owner, x, y = q.asked(question)
            match kind:
                case q.ALLOWS:
                    self.filling.keep([question], [self._assumptions.allows(x, state)])
                case q.JUDGES:
                    group, verdict = self._assumptions.judges(x, state)
                    if verdict is None:
                        self.filling.keep([q.asking(q.ALLOWS, 0, x)], [group])
                    else:
                        self.filling.keep([question], [verdict])
                case q.READS:
                    self._assumptions.read(owner, state)
                case q.FOLDS:
                    self.clauses.happen(state, x, y)
                    plain.append(question)
                case q.HEARS:
                    self._check_asked(state, self.numbers.user_states[owner][x][0])
                    plain.append(question)
                case _:
                    plain.append(question)
        self.filling.answer(plain)

    def _check_asked(self, state: int, place: int) -> None:
        """Let the reference semantics complain where a user is answered who has asked nothing yet."""
        if place == 0:
            for _ in self.judge.semantics.successors(self.numbers.state(self.space.values(state))):
                pass


def _rules(numbers: Numbers, filling: Filling) -> q.Rules:
    system = numbers.semantics.system
    network, faults = system.network, system.faults
    return q.Rules(
        processes=numbers.processes,
        users=len(numbers.user_states),
        history=numbers.history,
        budgets=numbers.budgets,
        channels=numbers.first_channel,
        losses=-1 if network.losses is None else network.losses,
        crashes=faults.crashes,
        recoveries=faults.recoveries,
        cancellations=faults.cancellations,
        mistakes=-1 if faults.mistakes is None else faults.mistakes,
        detector=int(faults.detector),
        synchronous=int(faults.synchronous),
        forging=int(bool(system.byzantine)),
        assuming=int(bool(system.assume)),
        roles=filling.roles,
    )
