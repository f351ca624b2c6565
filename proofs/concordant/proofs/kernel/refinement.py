"""The bridge: every step of the code is one enabled action of the proved model, or changes nothing that the model speaks of.

A protocol says, part by part, which rows of which relations a local state stands for and which a happening adds. The rows of a
whole state are the union. No witness is asked for: the actions that lead from one set of rows to the next are searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from attrs import define, field, frozen

from concordant.proofs.kernel.finite import FiniteModel, Row, Rows, Universe
from concordant.proofs.kernel.models import Model
from concordant.spec.vocabulary import Address

Fact: TypeAlias = tuple[Any, ...]
"""The name of a relation, and the values of one row. A value may be `Below(v)`: every element below that."""


@frozen
class Below:
    """Stands for every element of an ordered sort below this one."""

    value: Any


@frozen(eq=False)
class Bridge:
    """What ties a protocol's code to its model.

    `local(address, state)`: the rows that a local state stands for. `happened(at, by, what)`: the rows that a happening adds;
    they are never taken back. `elements(sort, values)`: the elements of a sort, in order, given the values met in runs.
    `rigid(elements)`: the rigid relations and constants, as values.
    """

    stem: str
    model: Callable[[], Model]
    local: Callable[[Address, object], Iterable[Fact]]
    happened: Callable[[Address, Address, object], Iterable[Fact]]
    elements: Callable[[str, frozenset[Any]], tuple[Any, ...]]
    rigid: Callable[[Mapping[str, tuple[Any, ...]]], Mapping[str, Any]]


@frozen
class Told:
    """A history that remembers what the model speaks of: the facts that happenings add."""

    bridge: Bridge = field(eq=False, repr=False)
    facts: frozenset[Fact] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Told:
        """Fold one happening."""
        new = frozenset(self.bridge.happened(at, by, happening))
        return self if new <= self.facts else Told(self.bridge, self.facts | new)


@define(eq=False)
class Refinement:
    """A bridge over the elements that occurred in a run. Abstract states and steps between them are computed once."""

    bridge: Bridge
    met: frozenset[Fact]
    _states: dict[frozenset[Fact], tuple[Rows, ...]] = field(factory=dict, init=False)
    _steps: dict[tuple[tuple[Rows, ...], tuple[Rows, ...]], str | None] = field(factory=dict, init=False)

    @cached_property
    def elements(self) -> dict[str, tuple[Any, ...]]:
        """The elements of each sort, in order."""
        found: dict[str, set[Any]] = {sort: set() for sort in self.finite_model.sorts}
        for name, *row in self.met:
            for sort, value in zip(self.finite_model.symbols[name].domain, row, strict=True):
                found[str(sort)].add(value.value if isinstance(value, Below) else value)
        return {sort: self.bridge.elements(sort, frozenset(values)) for sort, values in found.items()}

    @cached_property
    def finite_model(self) -> Model:
        """The model."""
        return self.bridge.model()

    @cached_property
    def finite(self) -> FiniteModel:
        """The model over these elements."""
        names = {sort: tuple(map(str, values)) for sort, values in self.elements.items()}
        return FiniteModel(self.finite_model, Universe(names, self._numbers(self.bridge.rigid(self.elements))))

    def _numbers(self, rigid: Mapping[str, Any]) -> dict[str, Any]:
        numbered: dict[str, Any] = {}
        for name, value in rigid.items():
            symbol = self.finite_model.symbols[name]
            if symbol.domain:
                numbered[name] = frozenset(tuple(self._number(str(s), v) for s, v in zip(symbol.domain, row, strict=True)) for row in value)
            else:
                numbered[name] = self._number(str(symbol.range), value)
        return numbered

    def _number(self, sort: str, value: Any) -> int:
        return self.elements[sort].index(value)

    def abstract(self, facts: frozenset[Fact]) -> tuple[Rows, ...]:
        """Return the abstract state that facts stand for."""
        if facts not in self._states:
            rows: dict[str, set[tuple[int, ...]]] = {name: set() for name in self.finite_model.changing}
            for name, *values in facts:
                domain = [str(sort) for sort in self.finite_model.symbols[name].domain]
                rows[name].update(self._expanded(domain, values))
            self._states[facts] = tuple(frozenset(found) for found in rows.values())
        return self._states[facts]

    def _expanded(self, domain: list[str], values: list[Any]) -> list[tuple[int, ...]]:
        choices: list[list[int]] = []
        for sort, value in zip(domain, values, strict=True):
            below = isinstance(value, Below)
            place = self._number(sort, value.value if below else value)
            choices.append(list(range(place)) if below else [place])
        rows: list[tuple[int, ...]] = [()]
        for choice in choices:
            rows = [(*row, place) for row in rows for place in choice]
        return rows

    def step(self, before: tuple[Rows, ...], after: tuple[Rows, ...]) -> str | None:
        """Return the action that leads from one abstract state to another, `stutter` where they are equal, or None."""
        if before == after:
            return "stutter"
        if (before, after) not in self._steps:
            finite = self.finite
            leads = (row for row in finite.rows() if self._may_lead(row, before, after) and finite.enabled(before, row))
            self._steps[before, after] = next((row.action for row in leads if finite.after(before, row) == after), None)
        return self._steps[before, after]

    def _may_lead(self, row: Row, before: tuple[Rows, ...], after: tuple[Rows, ...]) -> bool:
        """Tell quickly whether an action changes every relation that differs."""
        action = self.finite_model.actions[row.action]
        updates = self._updated.setdefault(
            row.action, frozenset(action.updates(self.finite_model.state(), **self.finite_model.arguments(action)))
        )
        return all(name in updates for name, old, new in zip(self.finite_model.changing, before, after, strict=True) if old != new)

    @cached_property
    def _updated(self) -> dict[str, frozenset[str]]:
        return {}

    def changed(self, before: tuple[Rows, ...], after: tuple[Rows, ...]) -> tuple[str, ...]:
        """Say which rows came and went, in the names of the code."""
        lines = []
        for name, old, new in zip(self.finite_model.changing, before, after, strict=True):
            lines += [f"{name}{self._shown(name, row)} came" for row in sorted(new - old)]
            lines += [f"{name}{self._shown(name, row)} went" for row in sorted(old - new)]
        return tuple(lines)

    def _shown(self, name: str, row: tuple[int, ...]) -> str:
        domain = self.finite_model.symbols[name].domain
        return f"({', '.join(str(self.elements[str(sort)][place]) for sort, place in zip(domain, row, strict=True))})"
