"""Finite structures: a model over universes of given sizes, explored and evaluated by compiled Python, without Z3.

Elements of a sort are numbers from 0. A relation is a frozenset of tuples; a constant is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple, TypeAlias, TypeVar

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.compiling import expression, function
from concordant.proofs.kernel.looping import conjuncts, disjuncts, loops, row, rows
from concordant.proofs.kernel.models import Action, Added, Model, Relation, Term

Rows: TypeAlias = frozenset[tuple[int, ...]]
FiniteState: TypeAlias = tuple[Rows, ...]
"""One place per relation that changes, in the order of `model.changing`."""
C = TypeVar("C")


@frozen
class Universe:
    """How many elements each sort has, what they are called, and the rigid relations and constants over them."""

    names: Mapping[str, tuple[str, ...]]
    rigid: Mapping[str, Any]

    @classmethod
    def of(cls, sorts: Mapping[str, tuple[str, int]], rigid: Mapping[str, Any]) -> Universe:
        """Call the elements of each sort by a letter and a number. `sorts`: the letter, and how many there are."""
        return cls({sort: tuple(f"{letter}{number}" for number in range(count)) for sort, (letter, count) in sorts.items()}, rigid)


def ordered(count: int) -> frozenset[tuple[int, int]]:
    """Return the order of so many elements: each is at most itself, and those after it."""
    return frozenset((low, high) for high in range(count) for low in range(high + 1))


class Firing(NamedTuple):
    """One action with its arguments, as elements."""

    action: str
    arguments: tuple[int, ...]


@define(eq=False)
class FiniteModel:
    """A model over a finite universe: a transition system. Formulas are compiled when they are first asked for."""

    model: Model
    universe: Universe
    _compiled: dict[tuple[str, str], Any] = field(factory=dict, init=False)

    @property
    def empty(self) -> FiniteState:
        """The state in which every relation is empty."""
        return tuple(frozenset() for _ in self.model.changing)

    def initial(self) -> tuple[FiniteState]:
        """Return the one initial state."""
        return (self.empty,)

    def successors(self, state: FiniteState) -> Iterator[tuple[Firing, FiniteState]]:
        """Yield every enabled action with its arguments, and the state after it."""
        for action in self.model.actions:
            for arguments in self.enabling(action, state):
                taken = Firing(action, arguments)
                yield taken, self.after(state, taken)

    def rows(self) -> Iterator[Firing]:
        """Yield every action with every choice of arguments."""
        for name, action in self.model.actions.items():
            for arguments in product(*(range(len(self.universe.names[str(sort)])) for sort in action.parameters.values())):
                yield Firing(name, arguments)

    def enabling(self, action: str, state: FiniteState) -> Iterator[tuple[int, ...]]:
        """Yield the arguments with which an action is enabled, in the order of its parameters."""
        return iter(self._once("choices", action, lambda: self._choices(self.model.actions[action]))(state))

    def failing_guard(self, state: FiniteState, taken: Firing) -> str | None:
        """Return the first guard that forbids an action, or None where it is enabled."""
        guards = self._once("guards", taken.action, lambda: self._guards(self.model.actions[taken.action]))
        return next((name for name, holds in guards.items() if not holds(state, *taken.arguments)), None)

    def enabled(self, state: FiniteState, taken: Firing) -> bool:
        """Tell whether every guard of an action holds."""
        return self.failing_guard(state, taken) is None

    def after(self, state: FiniteState, taken: Firing) -> FiniteState:
        """Return the state after an action."""
        update = self._once("after", taken.action, lambda: self._after(self.model.actions[taken.action]))
        following: FiniteState = update(state, *taken.arguments)
        return following

    def failing_axioms(self) -> tuple[str, ...]:
        """Return the axioms that are false in this universe."""
        return tuple(name for name in self.model.axioms if not self._axiom(name)(self.empty))

    def failing_invariants(self, state: FiniteState) -> tuple[str, ...]:
        """Return the conjuncts of the invariant that are false in a state."""
        return tuple(name for name in self.model.invariants if not self._invariant(name)(state))

    # ---- compiling

    def _once(self, kind: str, name: str, make: Callable[[], C]) -> C:
        if (kind, name) not in self._compiled:
            self._compiled[kind, name] = make()
        found: C = self._compiled[kind, name]
        return found

    def _predicate(self, part: object, formula: Callable[[], Term]) -> Callable[[FiniteState], bool]:
        return self._function((), [f"return {self.model.written(part, lambda: expression(formula(), self._names(None)))}"])

    def _axiom(self, name: str) -> Callable[[FiniteState], bool]:
        term = self.model.axioms[name]
        return self._once("axiom", name, lambda: self._predicate(term, lambda: term))

    def _invariant(self, name: str) -> Callable[[FiniteState], bool]:
        invariant = self.model.invariants[name]
        return self._once("invariant", name, lambda: self._predicate(invariant, lambda: invariant.formula(self.model.state())))

    def _guards(self, action: Action) -> dict[str, Callable[..., bool]]:
        written = self.model.written(action, lambda: self._written_guards(action), "guards")
        return {name: self._function(_parameters(action), [f"return {source}"]) for name, source in written.items()}

    def _written_guards(self, action: Action) -> dict[str, str]:
        terms = action.guards(self.model.state(), **self.model.arguments(action))
        names = self._names(action)
        return {name: expression(term, names) for name, term in terms.items()}

    def _choices(self, action: Action) -> Callable[[FiniteState], list[tuple[int, ...]]]:
        """Compile nested loops over the parameters that meet the guards."""
        return self._function((), [f"return {self.model.written(action, lambda: self._written_choices(action), 'choices')}"])

    def _written_choices(self, action: Action) -> str:
        names = self._names(action)
        guards = action.guards(self.model.state(), **self.model.arguments(action)).values()
        conditions = [part for term in guards for part in conjuncts(term)]
        variables = {f"p_{name}": f"u_{sort}" for name, sort in action.parameters.items()}
        heads = loops(variables, conditions, lambda part: expression(part, names), names)
        return f"sorted({rows(row(_parameters(action)), heads)})"

    def _after(self, action: Action) -> Callable[..., FiniteState]:
        return self._function(_parameters(action), [f"return {self.model.written(action, lambda: self._written_after(action), 'after')}"])

    def _written_after(self, action: Action) -> str:
        state = self.model.state()
        updates = action.updates(state, **self.model.arguments(action))
        parts = [
            self._relation_after(action, name, updates[name], getattr(state, name)) if name in updates else f"s_{name}"
            for name in self.model.changing
        ]
        return row(parts)

    def _relation_after(self, action: Action, name: str, update: Relation, before: Relation) -> str:
        names = self._names(action)
        if isinstance(update, Added) and update.relation is before:
            return f"s_{name} | {{{row([expression(term, names) for term in update.row])}}}"
        places = [z3.Const(f"place {number}", sort) for number, sort in enumerate(self.model.symbols[name].domain)]
        variables = [f"place{number}" for number in range(len(places))]
        names |= {str(place): variable for place, variable in zip(places, variables, strict=True)}
        ranges = {variable: f"u_{place.sort()}" for variable, place in zip(variables, places, strict=True)}
        cases = (loops(ranges, conjuncts(each), lambda part: expression(part, names), names) for each in disjuncts(update(*places)))
        return " | ".join(rows(row(variables), heads) for heads in cases)

    def _names(self, action: Action | None) -> dict[str, str]:
        names = {name: f"{'r' if symbol.rigid else 's'}_{name}" for name, symbol in self.model.symbols.items()}
        return names | ({str(self.model.arguments(action)[name]): f"p_{name}" for name in action.parameters} if action else {})

    def _function(self, arguments: tuple[str, ...], body: list[str]) -> Callable[..., Any]:
        values = {f"u_{sort}": range(len(names)) for sort, names in self.universe.names.items()}
        rigid = {f"r_{name}": value for name, value in self.universe.rigid.items()}
        unpacked = f"{row([f's_{name}' for name in self.model.changing])} = state"
        return function(("state", *arguments), [unpacked, *body], values | rigid)


def _parameters(action: Action) -> tuple[str, ...]:
    return tuple(f"p_{name}" for name in action.parameters)
