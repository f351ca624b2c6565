"""Counterexamples to induction: as small as can be, checked again without Z3, printed as tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.finite import FiniteModel, Firing, Rows, Universe
from concordant.proofs.kernel.models import Model, Term
from concordant.proofs.kernel.obligations import Obligation, ask, possible

LARGEST = 8
"""How many elements of a sort are tried before giving up."""


@frozen(eq=False)
class CounterExample:
    """A finite state that satisfies the invariant, and an action after which a conjunct of it is false."""

    finite: FiniteModel
    state: tuple[Rows, ...]
    row: Firing
    breaks: str

    @property
    def obligation(self) -> str:
        """The name of the obligation that fails."""
        return f"{self.row.action} keeps {self.breaks}"

    @property
    def sizes(self) -> dict[str, int]:
        """How many elements each sort has."""
        return {sort: len(names) for sort, names in self.finite.universe.names.items()}

    def faults(self) -> tuple[str, ...]:
        """Check it without Z3: list what is not as it should be; nothing, if it is a counterexample."""
        finite = self.finite
        wrong = [f"axiom {name} is false" for name in finite.failing_axioms()]
        wrong += [f"invariant {name} is false before" for name in finite.failing_invariants(self.state)]
        guard = finite.failing_guard(self.state, self.row)
        if guard is not None:
            wrong.append(f"guard {guard} is false")
        if self.breaks not in finite.failing_invariants(finite.after(self.state, self.row)):
            wrong.append(f"invariant {self.breaks} is true after")
        return tuple(wrong)

    def lines(self) -> Iterator[str]:
        """Show it: the action, each relation as rows, and the rows that the action adds."""
        finite, model = self.finite, self.finite.model
        names = finite.universe.names
        sorts = model.actions[self.row.action].parameters
        arguments = (f"{name} = {names[str(sort)][value]}" for (name, sort), value in zip(sorts.items(), self.row.arguments, strict=True))
        yield f"{self.row.action}({', '.join(arguments)}) breaks {self.breaks}"
        yield f"  with {', '.join(f'{count} {sort}' for sort, count in self.sizes.items())}"
        for name, value in finite.universe.rigid.items():
            if isinstance(value, int):
                yield f"  {name} = {names[str(model.symbols[name].range)][value]}"
        after = finite.after(self.state, self.row)
        for name, rows, later in zip(model.changing, self.state, after, strict=True):
            if rows or later:
                yield f"  {name} = {self._rows(name, rows)}" + (f"   and then {self._rows(name, later - rows)}" if later - rows else "")

    def _rows(self, name: str, rows: Rows) -> str:
        domain = self.finite.model.symbols[name].domain
        names = self.finite.universe.names
        shown = (" ".join(names[str(sort)][value] for sort, value in zip(domain, row, strict=True)) for row in sorted(rows))
        return ", ".join(f"({each})" for each in shown) or "nothing"


def smallest(model: Model, obligation: Obligation) -> CounterExample:
    """Return a counterexample to an obligation with as few elements of each sort, and then as few rows, as greed finds.

    One that has none, or none of at most LARGEST elements a sort, is a ValueError.
    """
    if obligation.action == "start":
        raise ValueError(f"{obligation.name}: the start is one state, there is no action to show")
    formulas = list(obligation.formulas)
    elements: dict[str, list[Term]] = {}
    for name, sort in model.sorts.items():
        for count in range(1, LARGEST + 1):
            constants = [z3.Const(f"{name.lower()}{number}", sort) for number in range(count)]
            bound = _exactly(sort, constants)
            if possible([*formulas, *bound], f"{obligation.name}, with {count} elements of {name}"):
                elements[name] = constants
                formulas += bound
                break
        else:
            raise ValueError(f"{obligation.name} has no counterexample with at most {LARGEST} elements of {name}")
    solver = ask(formulas)[1]
    rows = _fewest_rows(model, solver, elements)
    return _read(model, obligation, solver.model(), elements, rows)


def _exactly(sort: Any, constants: list[Term]) -> list[Term]:
    x = z3.FreshConst(sort, "x")
    everything = z3.ForAll([x], z3.Or([x == each for each in constants]))
    return [everything, *([z3.Distinct(constants)] if len(constants) > 1 else [])]


def _fewest_rows(model: Model, solver: Any, elements: dict[str, list[Term]]) -> dict[str, list[tuple[Term, ...]]]:
    """Forbid rows of the changing relations one at a time, as long as a counterexample remains."""
    state = model.state()
    kept: dict[str, list[tuple[Term, ...]]] = {}
    solver.check()
    found = solver.model()
    for name in model.changing:
        kept[name] = []
        for row in product(*(elements[str(sort)] for sort in model.symbols[name].domain)):
            term = getattr(state, name)(*row)
            if z3.is_false(found.eval(term, model_completion=True)):  # nothing to ask: there is one without it
                solver.add(z3.Not(term))
            elif solver.check(z3.Not(term)) == z3.sat:
                found = solver.model()
                solver.add(z3.Not(term))
            else:
                solver.add(term)
                kept[name].append(row)
    solver.check()
    return kept


def _read(
    model: Model, obligation: Obligation, found: Any, elements: dict[str, list[Term]], rows: dict[str, list[tuple[Term, ...]]]
) -> CounterExample:
    """Turn a model of Z3 into a finite structure whose elements are numbered in their order, where they have one."""
    places: dict[str, dict[str, int]] = {}
    for name, constants in elements.items():
        order = _sorted(model, found, name, constants)
        places[name] = {str(found.eval(constant, model_completion=True)): number for number, constant in enumerate(order)}

    def place(term: Term) -> int:
        return places[str(term.sort())][str(found.eval(term, model_completion=True))]

    state = model.state()
    rigid: dict[str, Any] = {}
    for name, symbol in model.symbols.items():
        if symbol.rigid and not symbol.domain:
            rigid[name] = place(getattr(state, name)())
        elif symbol.rigid:
            candidates = product(*(elements[str(sort)] for sort in symbol.domain))
            true = (row for row in candidates if z3.is_true(found.eval(getattr(state, name)(*row), model_completion=True)))
            rigid[name] = frozenset(tuple(map(place, row)) for row in true)
    names = {name: tuple(f"{name.lower()}{number}" for number in range(len(constants))) for name, constants in elements.items()}
    finite = FiniteModel(model, Universe(names, rigid))
    relations = tuple(frozenset(tuple(map(place, row)) for row in rows[name]) for name in model.changing)
    arguments = tuple(map(place, model.arguments(model.actions[obligation.action]).values()))
    return CounterExample(finite, relations, Firing(obligation.action, arguments), obligation.goal)


def _sorted(model: Model, found: Any, sort: str, constants: list[Term]) -> list[Term]:
    order = model.symbols.get("le")
    if order is None or str(order.domain[0]) != sort:
        return constants
    le = model.state().le
    return sorted(constants, key=lambda a: sum(z3.is_true(found.eval(le(b, a), model_completion=True)) for b in constants))
