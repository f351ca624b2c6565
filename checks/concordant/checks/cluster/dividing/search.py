"""Leading a divided search: level by level, with everything that Python decides asked here, once."""

from __future__ import annotations

from operator import sub
from typing import Final

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.cluster.dividing.hands import Hands
from concordant.checks.cluster.dividing.informing import Informing
from concordant.checks.cluster.dividing.messages import Advance, Begun, Expand, From, Look, Meet, Ready, Round, StatesShown, Where
from concordant.checks.exploration.budget import Budget, BudgetSpent, with_remark
from concordant.checks.exploration.traces import Path
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.ahead import compile_ahead
from concordant.checks.tabulated.compiling import clock
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.paths import path_through
from concordant.checks.tabulated.search import Exploration
from concordant.checks.tabulated.team import Team
from concordant.refimpl.machine.search import Overdue

FEW: Final = 1 << 17
"""How many states each worker expands at first, and whenever something was lacking, before answers are given."""
SLICE: Final = 1.0
"""Seconds after which a round ends, so that whoever leads can look at the budget, and tell how far the search is."""


@define(eq=False, repr=False)
class Lead(Team):
    """Answers what the workers ask. The states that they name are kept here, each as often as it is named."""

    counts: list[Longs] = field(factory=list, init=False)
    origins: list[tuple[int, int]] = field(factory=lambda: [(-1, -1)], init=False)
    """By number here, who owns a state, and its number there; of the first, nobody knows before all is done."""
    _known: set[int] = field(factory=set, init=False)

    def total(self, counter: int) -> int:
        """Return the sum of a counter over all workers."""
        return sum(int(counts[counter]) for counts in self.counts)

    def kinds(self) -> int:
        """Return what kinds of moves were made so far, as bits."""
        found = 0
        for counts in self.counts:
            found |= int(counts[w.FAULTS])
        return found

    def at_least(self) -> int:
        """Return how many states there are at least; those that are kept here may be kept twice, and so are not counted."""
        return self.space.about_to_be()

    def admitted(self, worker: int, numbers: Ints, rows: Words) -> list[int]:
        """Keep some states of a worker; return their numbers here."""
        states = self.space.states
        while states.left < len(numbers):
            states.grow()
        start, states.ends[0] = states.ends[0], states.ends[0] + len(numbers)
        states.rows[start * states.words : states.ends[0] * states.words] = rows
        self.origins += [(worker, number) for number in numbers.tolist()]
        return list(range(start, states.ends[0]))

    def answer_all(self, rounds: list[Round]) -> bool:
        """Answer what was asked in a round, and judge what was used first; return whether anything was asked."""
        asked = False
        for worker, each in enumerate(rounds):
            here = self.admitted(worker, each.numbers, each.rows)
            for question, place in each.asked:
                self._gaps.setdefault(question, here[place])
            self._firsts += [[here[place], outcome] for outcome, place in each.firsts if outcome not in self._known]
            self._known.update(outcome for outcome, _ in each.firsts)
            asked = asked or bool(each.asked)
        self._gaps = dict(sorted(self._gaps.items(), key=lambda gap: self.answering.filling.answers(gap[0])))
        self._answer()
        return asked


@define(eq=False, repr=False)
class Divided(Exploration):
    """One search of many workers. Its counts, depth, verdicts and lengths of traces are those of a search by one.

    `sent`: how many bytes the workers have sent each other, in how many `rounds`. `busy`: seconds of a processor that each has taken; `critical`: the sum, over
    all rounds, of what the busiest took: for so long all would take if nobody else wanted their processors, and nothing had to be waited for.
    """

    hands: Hands = field(kw_only=True)
    sent: int = field(default=0, init=False)
    rounds: int = field(default=0, init=False)
    busy: list[float] = field(factory=list, init=False)
    critical: float = field(default=0, init=False)
    team: Lead = field(init=False)
    _telling: Informing = field(init=False)
    _states: int = field(default=1, init=False)
    _left: int = field(default=0, init=False)
    _at_rest: int = field(default=0, init=False)
    _reached: int = field(default=0, init=False)
    """How many states there were when the level began."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.space.apart:
            raise Misuse("a search up to symmetry whose states Python represents cannot be divided; leave out the reduction, or --divide")
        self.team = Lead(self.space, self.team.answering)
        self._telling = Informing(self.space, self.clauses)

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        return self._states

    def _search(self) -> None:
        try:
            self._begin()
            self._search_all()
        except BudgetSpent as spent:
            self.stopped = self._rest_judged(str(spent))

    def _begin(self) -> None:
        compile_ahead(self.space.placing.width)
        self.space.fit()
        addresses = self.hands.begin()
        meet = Meet(addresses, self.space.rules, self.tuning, self._telling.news(), self.space.states.row(0))
        self.hands.ask(meet, Ready)

    def _search_all(self) -> None:
        while True:
            self._judge()
            self._advance()
            if not self._left or self._ends():
                return
            self._make_moves()

    def _make_moves(self) -> None:
        """Have all moves made out of the states of a level, again and again until nothing is lacking."""
        most = FEW
        while self._left:
            self.space.fit()
            rounds = self.hands.ask(Expand(self._telling.news(), most, SLICE), Round)
            self.rounds += 1
            self.team.counts = [each.counts for each in rounds]
            self._states, self._left = sum(each.states for each in rounds), sum(each.left for each in rounds)
            self.sent = sum(each.sent for each in rounds)
            before, self.busy = self.busy or [0.0] * len(rounds), [each.busy for each in rounds]
            self.critical += max(map(sub, self.busy, before))
            asked = self.team.answer_all(rounds)
            most = FEW if asked else 4 * most
            self._tell_progress(self._left + self._states - self._reached)
            if stopped := next(filter(None, (each.stopped for each in rounds)), None) or self.meter.spent(self._states):
                raise BudgetSpent(stopped)

    def _judge(self) -> None:
        """Judge the new states of a level, and those at rest: what shows something new is asked for until there is none."""
        visits, bounds, rests = self.clauses.panels
        while self._looked(np.concatenate([visits.open(), bounds.open()]), at_rest=False):
            pass
        if self.judge.semantics.time is not None:  # time goes on
            return
        while self._looked(rests.open(), at_rest=True):
            pass

    def _looked(self, groups: NDArray[np.int64], *, at_rest: bool) -> bool:
        """Ask clauses about what the workers find; return whether there may be more."""
        self.space.fit()
        found = self.hands.ask(Look(self._telling.news(), groups, at_rest), StatesShown)
        numbers = [number for worker, each in enumerate(found) for number in self.team.admitted(worker, each.numbers, each.rows)]
        states = np.array(numbers, np.int32)
        if at_rest:
            self.clauses.rest(states)
            self._at_rest = sum(each.rests for each in found)
        else:
            self.clauses.visit(states)
        self.meter.check()
        return bool(numbers) or any(each.more for each in found)

    def _advance(self) -> None:
        bounds = self.clauses.panels[1]
        groups = np.array(list(bounds.members), np.int64) if bounds.inquiries else np.zeros(0, np.int64)
        self.space.fit()
        begun = self.hands.ask(Advance(self._telling.news(), groups, bounds.answers), Begun)
        self._left, beyond = sum(each.left for each in begun), sum(each.beyond for each in begun)
        self.depth += self._states > self._reached > 0
        self.growth.mark()
        self.beyond += beyond
        self._reached = self._states
        self.judge.at_rest += self._at_rest
        self._at_rest = 0

    def _rest_judged(self, stopped: str) -> str:
        """Judge what was found before the search was stopped, for a little while; return why it was, and where that is too short say so."""
        self.space.meter = Budget.for_a_little(clock)
        try:
            self.team.judge_first_uses()
            self._judge()
        except (BudgetSpent, Overdue):
            return with_remark(stopped, "; not all of the last states were judged")
        return stopped

    def path(self, state: State) -> Path:
        """Return the initial state and a shortest path from it to a state in which a clause has told: it is followed back from owner to owner."""
        chain = [self._reference(number)[0] for number in self._chain(self._found[state])]
        return path_through(self.judge.semantics, chain)

    def _chain(self, number: int) -> list[int]:
        worker, there = self.team.origins[number]
        chain = [number] if there < 0 else []
        while there >= 0:
            came = self.hands.ask_one(worker, Where(there), From)
            chain += self.team.admitted(worker, np.array([there], np.int32), np.array(came.row, np.uint64))
            worker, there = came.sender, came.source
        return chain[::-1]
