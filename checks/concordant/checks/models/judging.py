"""JudgedModel the clauses of a model while it is searched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeAlias

from attrs import define, field

from concordant.checks.exploration.judge import Decided, Tally
from concordant.checks.models.reading import BrokenModel, in_state, opened
from concordant.checks.models.semantics import ModelSemantics, State, Values
from concordant.refimpl.machine.search import Visitor
from concordant.spec.vocabulary import AtRest, Case, Clause, EveryStep

Asked: TypeAlias = tuple[State, bool]
"""A state, and whether its sets are in another order."""


@define(eq=False, repr=False)
class ModelTally(Tally):
    """What is known of one clause so far. It is given each state to be read while it is asked, and no longer."""

    semantics: ModelSemantics = field(kw_only=True)
    reads: list[int] | None = field(default=None, init=False)
    """Where to add the places that are read, while that is wanted."""

    def judged(self, *states: State) -> Case | None:
        """Count the cases of a state, or of a step from one to another, up to the first that is telling, and return it."""
        return self.first(tuple((state, False) for state in states), tuple((state, True) for state in states))

    def _watched(self, *given: Asked) -> tuple[int, Case | None]:
        try:
            with ExitStack() as stack:
                seen = [stack.enter_context(opened(self._values(which, *each))) for which, each in enumerate(given)]
                return super()._watched(*seen)
        except BrokenModel as broken:
            raise BrokenModel(f"clause {self.clause.id}: {broken}{in_state(self.semantics.values(given[-1][0]))}") from broken

    def _values(self, which: int, state: State, again: bool) -> Values:
        values = self.semantics.values(state, again=again)
        return values if again or self.reads is None else self.semantics.recorded(values, which, self.reads)

    def read(self, given: tuple[State, ...], reads: list[int]) -> Case | None:
        """Judge a state, or a step, and add the places that are read to a list."""
        self.reads = reads
        try:
            return self.judged(*given)
        finally:
            self.reads = None


@define(eq=False, repr=False)
class Showing:
    """Where a clause showed itself: in a state, or by the act that leads from it to another."""

    state: State
    edge: tuple[int, State] | None = None


@define(eq=False, repr=False)
class ModelJudge(Visitor[State, int]):
    """Judges clauses of safety, and notes which acts were ever possible. `until`: the first telling case of any of these ends the search."""

    semantics: ModelSemantics
    clauses: tuple[Decided, ...]
    until: tuple[Clause, ...] = ()
    tallies: dict[str, ModelTally] = field(init=False)
    found: dict[str, Showing] = field(factory=dict, init=False)
    came: set[int] = field(factory=set, init=False)
    at_rest: int = field(default=0, init=False)
    _moved: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self.tallies = {clause.id: ModelTally(clause, semantics=self.semantics) for clause in self.clauses}

    @property
    def satisfied(self) -> bool:
        """Whether a clause that was searched for has shown itself."""
        return any(clause.id in self.found for clause in self.until)

    def check_again(self, over: Callable[[], object]) -> None:
        """Ask everything again."""
        for tally in self.tallies.values():
            tally.asked.ask_again(over)
        self.semantics.check_again(over)

    def visit(self, state: State) -> bool:
        """ModelJudge a state; False beyond the bound of the scope."""
        for tally in self.tallies.values():
            if not isinstance(tally.clause, AtRest | EveryStep):
                self._state(tally, state)
        return self.semantics.is_within(state)

    def cross(self, source: State, label: int, target: State) -> None:
        """ModelJudge a move."""
        self.came.add(label)
        self._moved |= target != source and self.semantics.moves(label)
        for tally in self.tallies.values():
            if isinstance(tally.clause, EveryStep) and tally.telling is None:
                tally.telling = tally.judged(source, target)
                if tally.telling is not None:
                    self.found[tally.clause.id] = Showing(source, (label, target))

    def leave(self, state: State) -> None:
        """ModelJudge a state in which everything possible is known."""
        if not self._moved:
            self.at_rest += 1
            for tally in self.tallies.values():
                if isinstance(tally.clause, AtRest):
                    self._state(tally, state)
        self._moved = False

    def _state(self, tally: ModelTally, state: State) -> None:
        if tally.telling is None:
            tally.telling = tally.judged(state)
            if tally.telling is not None:
                self.found[tally.clause.id] = Showing(state)
