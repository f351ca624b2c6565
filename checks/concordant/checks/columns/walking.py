"""Walking a model by columns of numbers: each act and each clause is asked once for each distinct reading, and all states are sorted by the answers.

It finds what the plain search does: the same states, transitions and depth, the same verdicts, and traces of the same lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.columns.rows import ModelRows, Pairs, SomeRows
from concordant.checks.columns.tries import Numbers, Trie
from concordant.checks.exploration.budget import SearchLimit, with_remark
from concordant.checks.exploration.judge import Decided
from concordant.checks.models.judging import ModelTally, Showing
from concordant.checks.models.liveness import WholeModel
from concordant.checks.models.semantics import ModelSemantics, Path, State, Writes
from concordant.checks.tabulated.kernel.words import Words
from concordant.refimpl.machine.search import INTERRUPTED, Overdue
from concordant.spec.vocabulary import AtRest, Case, Clause, EveryStep

CHUNK = 1 << 17
"""How many states are expanded together, at most."""

SEVERAL = 100
"""Of clauses with so many answers, states are left out that show nothing new."""


@define(eq=False, repr=False)
class WalkByColumns:
    """A search by columns, and the judge of what it finds. `keeps_edges`: whether all transitions are kept."""

    semantics: ModelSemantics
    clauses: tuple[Decided, ...]
    until: tuple[Clause, ...]
    limit: SearchLimit
    keeps_edges: bool
    rows: ModelRows = field(init=False)
    tallies: dict[str, ModelTally] = field(init=False)
    found: dict[str, Showing] = field(factory=dict, init=False)
    came: set[int] = field(factory=set, init=False)
    at_rest: int = field(default=0, init=False)
    transitions: int = field(default=0, init=False)
    depth: int = field(default=0, init=False)
    beyond: int = field(default=0, init=False)
    frontier: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    edges: list[tuple[NDArray[np.int32], int, NDArray[np.int32]]] = field(factory=list, init=False)
    """Transitions: sources, the act, targets."""
    bounded: list[NDArray[np.bool_]] = field(factory=list, init=False)
    """Of all states that were judged, whether they lie within the bound."""
    _acts: list[Trie[Writes]] = field(init=False)
    _judging: dict[str, Trie[Case | None]] = field(init=False)
    _bound: Trie[bool] | None = field(init=False)
    _known: dict[str, tuple[tuple[int, ...], Words]] = field(factory=dict, init=False)
    """By clause, which bits of a word it reads, and what was there in the states that were judged."""
    _shown: dict[State, int] = field(factory=dict, init=False)
    _judged: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        semantics = self.semantics
        self.tallies = {clause.id: ModelTally(clause, semantics=semantics) for clause in self.clauses}
        self._acts = [
            Trie(f"action {act}", lambda given, reads, number=number: semantics.read(given, number, reads))  # type: ignore[misc]
            for number, (_, act) in enumerate(semantics.acts)
        ]
        self._judging = {id: Trie(f"clause {id}", tally.read) for id, tally in self.tallies.items()}
        self._bound = None if semantics.model.within is None else Trie("within of the model", semantics.read_bound)

    # ---- what a search tells

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        return self.rows.count

    @property
    def satisfied(self) -> bool:
        """Whether a clause that was searched for has shown itself."""
        return any(clause.id in self.found for clause in self.until)

    def path(self, state: State) -> Path:
        """Return an initial state and a shortest path from it to one in which a clause has shown itself."""
        return self.way_to(self._shown[state])

    def way_to(self, number: int) -> Path:
        """Return the same of a state by its number."""
        start, *others = reversed(list(self.rows.way_to(number)))
        return self.rows.state(start), tuple((int(self.rows.labels[each]), self.rows.state(each)) for each in others)

    def sorted_out(self, tally: ModelTally) -> Iterator[tuple[Case | None, Numbers]]:
        """Judge a clause of all states; yield each answer with the states that have it."""
        trie = Trie(f"clause {tally.clause.id}", tally.read)
        for first in range(0, self.states, CHUNK):
            where = np.arange(first, min(first + CHUNK, self.states))
            for case, part in trie.sorted_out(self.rows.block(where), np.arange(len(where))):
                yield case, where[part]
        self._ask_again(trie, tally, bool)

    def whole(self) -> WholeModel:
        """Return the whole graph, of a complete search that kept its edges."""
        columns = [np.concatenate([part[which] for part in self.edges]) for which in (0, 2)] if self.edges else [np.empty(0)] * 2
        acts = [np.full(len(sources), number) for sources, number, _ in self.edges]
        named = np.concatenate(acts) if acts else np.empty(0)
        sources, labels, targets = (each.astype(np.int64) for each in (columns[0], named, columns[1]))

        def failing(tally: ModelTally) -> NDArray[np.bool_]:
            found = np.zeros(self.states, dtype=bool)
            for case, part in self.sorted_out(tally):
                found[part] = case is not None
            return found

        def inside() -> NDArray[np.bool_]:
            return np.concatenate(self.bounded)

        return WholeModel(self.semantics, self.states, sources, labels, targets, self.rows.state, self.way_to, failing, inside)

    def check_again(self, over: Callable[[], object]) -> None:
        """Ask everything again, each answer in the last state that had it."""
        for trie in self._acts:
            trie.check_again(over)
        for id, judged in self._judging.items():
            self._ask_again(judged, self.tallies[id], over)
        self.semantics.check_again(over)

    @staticmethod
    def _ask_again(trie: Trie[Case | None], tally: ModelTally, over: Callable[[], object]) -> None:
        cases = tally.cases
        trie.check_again(over)
        tally.cases = cases
        tally.asked.ask_again(over)

    # ---- the search

    def run(self) -> Self:
        """Search until everything is searched, a clause has shown itself that was searched for, a limit is reached, or Ctrl-C is pressed."""
        try:
            self._run()
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        except Overdue as overdue:
            self.stopped = str(overdue)
        except MemoryError:
            self.stopped = "all memory spent"
        left = self.states - self._judged
        if self.stopped is not None and left:
            self.stopped = with_remark(self.stopped, f", when {left:,} of the states were not judged yet")
        return self

    def _run(self) -> None:
        starts = list(self.semantics.initial())
        self.rows = ModelRows(self.semantics.tables)
        self.rows.take(self.rows.packed(starts), np.full(len(starts), -1, dtype=np.int32), -1)
        self.depth = 1
        level = self._judge(0)
        while len(level) and not self.satisfied and not self.stopped:
            met = self.states
            for first in range(0, len(level), CHUNK):
                self.frontier = len(level) - first + self.states - met
                if self._stops():
                    return
                self._expand(level[first : first + CHUNK])
                if self.satisfied or self.stopped:
                    return
            self.depth += self.states > met
            level = self._judge(met)

    def _stops(self) -> bool:
        self.stopped = self.limit.why_stop(self)  # type: ignore[arg-type]  # it asks how far a search has come
        return self.stopped is not None

    def _judge(self, met: int) -> Numbers:
        """Judge the states from a number on, and return those that lie within the bound."""
        inside = [np.empty(0, dtype=np.int64)]
        for first in range(met, self.states, CHUNK):
            if self._stops():
                break
            where = np.arange(first, min(first + CHUNK, self.states))
            block, every = self.rows.block(where), np.arange(len(where))
            for tally in self.tallies.values():
                if not isinstance(tally.clause, AtRest | EveryStep):
                    self._look(tally, block, every, where)
            within = np.ones(len(where), dtype=bool)
            for is_within, part in () if self._bound is None else self._bound.sorted_out(block, every):
                within[part] = is_within
            self.bounded.append(within)
            self.beyond += int(np.count_nonzero(~within))
            inside.append(where[within])
            self._judged += len(where)
        return np.concatenate(inside)

    def _look(self, tally: ModelTally, block: SomeRows, every: Numbers, where: Numbers) -> None:
        if tally.telling is None:
            trie = self._judging[tally.clause.id]
            found: list[tuple[int, Case]] = []
            known = -1
            while known < len(trie.places):  # states that were left out differ, perhaps, in what was only then read
                known, some = len(trie.places), self._new(tally.clause.id, block, every)
                found += [(int(where[part.min()]), case) for case, part in trie.sorted_out(block, some) if case]
            if found:
                number, tally.telling = min(found, key=lambda each: each[0])
                self.found[tally.clause.id] = Showing(self._show(number))

    def _new(self, id: str, block: SomeRows, every: Numbers) -> Numbers:
        """Leave out states in which a clause reads what it has read before, so that it is no case of it that tells; they are known by one word."""
        trie = self._judging[id]
        masks = self.rows.masks(trie.places)
        if len(masks) != 1 or len(trie.leaves) < SEVERAL:
            return every
        ((word, mask),) = masks.items()
        under, known = self._known.get(id, ((), np.empty(0, dtype=np.uint64)))
        if under != (self.rows.moved, word, mask):  # other bits
            known = known[:0]
        keys, first = np.unique(block.rows[every, word] & np.uint64(mask), return_index=True)
        self._known[id] = (self.rows.moved, word, mask), np.union1d(known, keys)
        return every[np.sort(first[~np.isin(keys, known, assume_unique=True)])]

    def _show(self, number: int) -> State:
        state = self.rows.state(number)
        self._shown[state] = number
        return state

    def _expand(self, where: Numbers) -> None:
        block, every = self.rows.block(where), np.arange(len(where))
        moved = np.zeros(len(where), dtype=bool)
        for number, trie in enumerate(self._acts):
            answers = [(writes, part) for writes, part in trie.sorted_out(block, every) if writes]
            if self.rows.fit():  # new numbers were found
                block = self.rows.block(where)
            for writes, part in answers:
                self._lead(number, writes, block, part, where, moved)
            if self._stops():
                return
        resting = np.flatnonzero(~moved)
        self.at_rest += len(resting)
        for tally in self.tallies.values():
            if isinstance(tally.clause, AtRest):
                self._look(tally, block, resting, where)

    def _lead(self, number: int, writes: Writes, block: SomeRows, part: Numbers, where: Numbers, moved: NDArray[np.bool_]) -> None:
        """Make the moves by an act from some states of a block, in which it writes the same."""
        before = block.rows[part]
        after = self.rows.after(before, writes)
        if self.semantics.moves(number):
            moved[part] |= (before != after).any(axis=1)
        sources = where[part].astype(np.int32)
        targets = self.rows.take(after, sources, number)
        self.came.add(number)
        self.transitions += len(part)
        if self.keeps_edges:
            self.edges.append((sources, number, targets))
        for tally in self.tallies.values():
            if isinstance(tally.clause, EveryStep) and tally.telling is None:
                pairs = Pairs(SomeRows(self.rows, before), SomeRows(self.rows, after))
                for case, some in self._judging[tally.clause.id].sorted_out(pairs, np.arange(len(part))):
                    if case is not None and tally.telling is None:
                        tally.telling, one = case, int(some[0])
                        self.found[tally.clause.id] = Showing(self._show(int(sources[one])), (number, self.rows.state(int(targets[one]))))
