"""Finite structures, and formulas compiled to Python: the second opinion on Z3, and the way to explore a model.

Elements of a sort are numbers from 0. A relation is a frozenset of tuples; a constant is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple, TypeAlias

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.models import Action, Model, State, Term

Rows: TypeAlias = frozenset[tuple[int, ...]]
Compiled: TypeAlias = Callable[[Mapping[str, Any]], bool]


@frozen
class Universe:
    """How many elements each sort has, what they are called, and the rigid relations and constants over them."""

    names: Mapping[str, tuple[str, ...]]
    rigid: Mapping[str, Any]


class Row(NamedTuple):
    """One action with its arguments, as elements."""

    action: str
    arguments: tuple[int, ...]


@define(eq=False)
class FiniteModel:
    """A model over a finite universe. A state is a tuple of relations, in the order of `model.changing`."""

    model: Model
    universe: Universe
    _code: dict[str, Any] = field(factory=dict, init=False)

    @cached_property
    def _values(self) -> dict[str, Any]:
        return {f"U_{sort}": range(len(names)) for sort, names in self.universe.names.items()} | {
            f"R_{name}": value for name, value in self.universe.rigid.items()
        }

    @property
    def empty(self) -> tuple[Rows, ...]:
        """The state in which every relation is empty."""
        return tuple(frozenset() for _ in self.model.changing)

    def initial(self) -> tuple[tuple[Rows, ...]]:
        """Return the one initial state: a transition system's interface."""
        return (self.empty,)

    def successors(self, state: tuple[Rows, ...]) -> Iterator[tuple[Row, tuple[Rows, ...]]]:
        """Yield every enabled action with its arguments, and the state after it."""
        for row in self.rows():
            if self.enabled(state, row):
                yield row, self.after(state, row)

    def rows(self) -> Iterator[Row]:
        """Yield every action with every choice of arguments."""
        for name, action in self.model.actions.items():
            for arguments in product(*(range(len(self.universe.names[str(sort)])) for sort in action.parameters.values())):
                yield Row(name, arguments)

    def failing_guard(self, state: tuple[Rows, ...], row: Row) -> str | None:
        """Return the first guard that forbids an action, or None where it is enabled."""
        environment = self._environment(state, row)
        for name, guard in self._guards(row.action).items():
            if not guard(environment):
                return name
        return None

    def enabled(self, state: tuple[Rows, ...], row: Row) -> bool:
        """Tell whether every guard of an action holds."""
        return self.failing_guard(state, row) is None

    def after(self, state: tuple[Rows, ...], row: Row) -> tuple[Rows, ...]:
        """Return the state after an action."""
        environment = self._environment(state, row)
        updates = self._updates(row.action)
        return tuple(updates[name](environment) if name in updates else old for name, old in zip(self.model.changing, state, strict=True))

    def failing_axioms(self) -> tuple[str, ...]:
        """Return the axioms that are false in this universe."""
        return tuple(name for name, term in self.model.axioms.items() if not self._formula(f"axiom {name}", term)(self._values))

    def failing_invariants(self, state: tuple[Rows, ...]) -> tuple[str, ...]:
        """Return the conjuncts of the invariant that are false in a state."""
        environment = self._environment(state, None)
        symbolic = self.model.state()
        return tuple(
            name
            for name, each in self.model.invariants.items()
            if not self._formula(f"invariant {name}", each.formula, symbolic)(environment)
        )

    # ---- compiling

    def _environment(self, state: tuple[Rows, ...], row: Row | None) -> dict[str, Any]:
        environment = dict(self._values)
        environment.update((f"R_{name}", rows) for name, rows in zip(self.model.changing, state, strict=True))
        if row is not None:
            names = self.model.actions[row.action].parameters
            environment.update((f"P_{name}", value) for name, value in zip(names, row.arguments, strict=True))
        return environment

    def _formula(self, key: str, term: Any, state: State | None = None) -> Compiled:
        if key not in self._code:
            self._code[key] = compiled(self.model, term(state) if state is not None else term)
        found: Compiled = self._code[key]
        return found

    def _guards(self, name: str) -> dict[str, Compiled]:
        key = f"guards {name}"
        if key not in self._code:
            action = self.model.actions[name]
            terms = action.guards(self.model.state(), **self.model.arguments(action))
            self._code[key] = {guard: compiled(self.model, term, action) for guard, term in terms.items()}
        found: dict[str, Compiled] = self._code[key]
        return found

    def _updates(self, name: str) -> dict[str, Callable[[Mapping[str, Any]], Rows]]:
        key = f"updates {name}"
        if key not in self._code:
            action = self.model.actions[name]
            terms = action.updates(self.model.state(), **self.model.arguments(action))
            self._code[key] = {changed: self._rows_after(action, changed, relation) for changed, relation in terms.items()}
        found: dict[str, Callable[[Mapping[str, Any]], Rows]] = self._code[key]
        return found

    def _rows_after(self, action: Action, name: str, relation: Callable[..., Term]) -> Callable[[Mapping[str, Any]], Rows]:
        domain = self.model.symbols[name].domain
        places = [z3.Const(f"place{number}", sort) for number, sort in enumerate(domain)]
        holds = compiled(self.model, relation(*places), action, tuple(str(place) for place in places))
        ranges = [range(len(self.universe.names[str(sort)])) for sort in domain]

        def rows(environment: Mapping[str, Any]) -> Rows:
            values = dict(environment)
            found = []
            for row in product(*ranges):
                values.update((f"P_place{number}", value) for number, value in enumerate(row))
                if holds(values):
                    found.append(row)
            return frozenset(found)

        return rows


def compiled(model: Model, term: Term, action: Action | None = None, places: Sequence[str] = ()) -> Compiled:
    """Compile a formula to a Python function of an environment. A construct it does not know is a ValueError."""
    parameters = {f"{name}@{action.name}": f"P_{name}" for name in action.parameters} if action else {}
    parameters |= {place: f"P_{place}" for place in places}
    source = _python(term, model, parameters, ())
    function: Compiled = eval(f"lambda E: {source}")  # noqa: S307  # the source is made of the formula alone
    return function


def _python(term: Term, model: Model, parameters: Mapping[str, str], bound: tuple[str, ...]) -> str:
    if z3.is_quantifier(term):
        names = tuple(f"x{len(bound) + number}" for number in range(term.num_vars()))
        loops = " ".join(f"for {name} in E['U_{term.var_sort(number)}']" for number, name in enumerate(names))
        word = "all" if term.is_forall() else "any"
        return f"{word}({_python(term.body(), model, parameters, (*bound, *names))} {loops})"
    if z3.is_var(term):
        index: int = z3.get_var_index(term)
        return bound[-1 - index]
    parts = [_python(part, model, parameters, bound) for part in term.children()]
    kind = term.decl().kind()
    if kind == z3.Z3_OP_UNINTERPRETED:
        name = term.decl().name()
        if name in parameters:
            return f"E['{parameters[name]}']"
        if name not in model.symbols:
            raise ValueError(f"the formula mentions {name}, which is neither a symbol of model {model.name} nor a parameter")
        if model.symbols[name].range != z3.BoolSort():
            return f"E['R_{name}']"
        return f"(({', '.join(parts)}{',' * (len(parts) == 1)}) in E['R_{name}'])"
    forms: dict[int, Callable[[], str]] = {
        z3.Z3_OP_TRUE: lambda: "True",
        z3.Z3_OP_FALSE: lambda: "False",
        z3.Z3_OP_NOT: lambda: f"(not {parts[0]})",
        z3.Z3_OP_AND: lambda: f"({' and '.join(parts) or 'True'})",
        z3.Z3_OP_OR: lambda: f"({' or '.join(parts) or 'False'})",
        z3.Z3_OP_IMPLIES: lambda: f"(not {parts[0]} or {parts[1]})",
        z3.Z3_OP_EQ: lambda: f"({parts[0]} == {parts[1]})",
        z3.Z3_OP_IFF: lambda: f"({parts[0]} == {parts[1]})",
        z3.Z3_OP_DISTINCT: lambda: f"(len({{{', '.join(parts)}}}) == {len(parts)})",
        z3.Z3_OP_ITE: lambda: f"({parts[1]} if {parts[0]} else {parts[2]})",
    }
    if kind not in forms:
        raise ValueError(f"the formula uses {term.decl().name()}, which finite models do not know")
    text: str = forms[kind]()
    return text
