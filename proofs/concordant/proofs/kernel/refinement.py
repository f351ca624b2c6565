"""The bridge: every step of the code is one enabled action of the proved model, or changes nothing that the model speaks of.

A protocol says, part by part, which rows of which relations a local state stands for and which a happening adds. The rows of a
whole state are the union. No witness is asked for: the actions that lead from one set of rows to the next are searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Any, ClassVar, TypeAlias

from attrs import define, field, frozen

from concordant.proofs.kernel.finite import FiniteModel, FiniteState, Firing, Universe
from concordant.proofs.kernel.models import Model
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Call, Reply

Fact: TypeAlias = tuple[Any, ...]
"""The name of a relation, and the values of one row. A value may be `Below(v)`: every element below that."""


@frozen
class LowerElements:
    """Stands for every element of an ordered sort below this one."""

    value: Any


class NoElement(ValueError):  # noqa: N818  # the text says all
    """What a bridge speaks of, and its model does not have."""


@frozen
class Forget:
    """Takes back the rows of a relation that happenings have added, all or those that begin so. That must be a step of the model, too."""

    relation: str
    begin: tuple[Any, ...] = ()

    def takes(self, fact: Fact) -> bool:
        """Tell whether a fact is taken back."""
        return fact[: 1 + len(self.begin)] == (self.relation, *self.begin)


def nothing(facts: frozenset[Fact], at: Address, by: Address, what: object) -> Iterable[Fact]:  # noqa: ARG001  # the signature of `recalled`
    """Recall nothing: a happening adds the same whatever happened before."""
    return ()


def as_they_are(facts: frozenset[Fact]) -> frozenset[Fact]:
    """Join nothing: a whole state stands for what its parts do."""
    return facts


@frozen(eq=False)
class Bridge:
    """What ties a protocol's code to its model.

    `local(address, state)`: the rows that a local state stands for. `happened(at, by, what, asked)`: the rows that a happening
    adds, once what it says to `Forget` is taken back. Where a user is answered, `asked` is what it asked for last, and None elsewhere. `elements(sort, processes, values)`: the elements of a sort, in order, given all processes of the
    system and the values met in its runs. `rigid(elements)`: the rigid relations and constants, as values. `most`: how many actions
    one step of the code may be: two, a user's request and what a process makes of it, where a model knows both. `assumed(system)`:
    whether the environment of a system is as tame as the model assumes; others are not crossed. `silent`: the roles of which the model says nothing.
    `recalled(facts, at, by, what)`: the rows that a happening adds because of what happened before, as what an operation comes after.
    `joined(facts)`: the rows of a whole state, where they are more than those of its parts, such as by which of the things that happened a part may be as it is.
    """

    stem: str
    model: Callable[[], Model]
    local: Callable[[Address, object], Iterable[Fact]]
    happened: Callable[[Address, Address, object, object], Iterable[Fact | Forget]]
    elements: Callable[[str, tuple[Address, ...], frozenset[Any]], tuple[Any, ...]]
    rigid: Callable[[Mapping[str, tuple[Any, ...]]], Mapping[str, Any]]
    most: int = 2
    assumed: Callable[[Any], bool] = lambda _: True
    silent: tuple[str, ...] = ()
    recalled: Callable[[frozenset[Fact], Address, Address, object], Iterable[Fact]] = nothing
    joined: Callable[[frozenset[Fact]], frozenset[Fact]] = as_they_are

    @cached_property
    def made(self) -> Model:
        """The model, made once: what is written of it serves every system."""
        return self.model()

    @cached_property
    def domains(self) -> dict[str, tuple[str, ...]]:
        """The sorts of each relation's places, by name: Z3 takes long to write one."""
        return {name: tuple(map(str, symbol.domain)) for name, symbol in self.made.symbols.items()}

    @cached_property
    def updated(self) -> dict[str, frozenset[str]]:
        """Which relations each action may change."""
        state = self.made.state()
        return {name: frozenset(each.updates(state, **self.made.arguments(each))) for name, each in self.made.actions.items()}


@frozen
class FactHistory:
    """A history that remembers what the model speaks of: the facts that happenings add, and what users wait for.

    `own`: the system's own history, where its bounds, assumptions and liars may ask for it; else None.
    """

    bridge: ClassVar[Bridge]
    facts: frozenset[Fact] = frozenset()
    calls: Calls = Calls()
    own: Any = None

    @classmethod
    def by(cls, bridge: Bridge, own: Any = None) -> FactHistory:
        """Return the history that has seen nothing, of a class of its own for this bridge, which is no part of the value."""
        told: FactHistory = type(cls.__name__, (cls,), {"__slots__": (), "bridge": bridge})(own=own)
        return told

    def after(self, at: Address, by: Address, happening: object) -> FactHistory:
        """Fold one happening."""
        new = (*self.bridge.happened(at, by, happening, self.asked(at, happening)), *self.bridge.recalled(self.facts, at, by, happening))
        gone = [each for each in new if isinstance(each, Forget)]
        left = frozenset(fact for fact in self.facts if not any(each.takes(fact) for each in gone)) if gone else frozenset(self.facts)
        facts = left.union(each for each in new if not isinstance(each, Forget)) if new else self.facts
        calls = Calls(self.calls.after(at, by, happening).open)
        own = None if self.own is None else self.own.after(at, by, happening)
        return type(self)(facts, calls, own) if new or calls != self.calls or own is not self.own else self

    def asked(self, at: Address, happening: object) -> object:
        """Return what a user that is answered here asked for last; None where nobody is answered."""
        return self.calls.open.get(Call(happening.to, at)) if isinstance(happening, Reply) else None


@define(eq=False)
class Refinement:
    """A bridge over the processes of a system and the values met in its runs. Each abstract state and step is judged once."""

    bridge: Bridge
    processes: tuple[Address, ...]
    met: frozenset[Fact]
    _known: set[Fact] = field(factory=set, init=False)
    _rows: dict[Fact, tuple[tuple[int, ...], ...]] = field(factory=dict, init=False)
    _states: dict[frozenset[Fact], FiniteState] = field(factory=dict, init=False)
    _steps: dict[tuple[FiniteState, FiniteState], tuple[str, ...] | None] = field(factory=dict, init=False)
    _broken: dict[FiniteState, tuple[str, ...]] = field(factory=dict, init=False)

    @property
    def model(self) -> Model:
        """The model."""
        return self.bridge.made

    @cached_property
    def elements(self) -> dict[str, tuple[Any, ...]]:
        """The elements of each sort, in order."""
        found: dict[str, set[Any]] = {sort: set() for sort in self.model.sorts}
        for sort, value in self._values(self.met):
            found[sort].add(value)
        return {sort: self.bridge.elements(sort, self.processes, frozenset(values)) for sort, values in found.items()}

    @cached_property
    def finite(self) -> FiniteModel:
        """The model over these elements."""
        names = {sort: tuple(map(str, values)) for sort, values in self.elements.items()}
        return FiniteModel(self.model, Universe(names, self._numbered(self.bridge.rigid(self.elements))))

    def knows(self, facts: frozenset[Fact]) -> bool:
        """Tell whether facts speak of known elements only."""
        new = facts - self._known
        known = all(value in self.elements[sort] for sort, value in self._values(new))
        self._known.update(new if known else ())
        return known

    def _values(self, facts: Iterable[Fact]) -> Iterator[tuple[str, Any]]:
        for name, *row in facts:
            for sort, value in zip(self.bridge.domains[name], row, strict=True):
                yield sort, value.value if isinstance(value, LowerElements) else value

    def _numbered(self, rigid: Mapping[str, Any]) -> dict[str, Any]:
        numbered: dict[str, Any] = {}
        for name, value in rigid.items():
            symbol = self.model.symbols[name]
            if symbol.domain:
                numbered[name] = frozenset(tuple(self._number(str(s), v) for s, v in zip(symbol.domain, row, strict=True)) for row in value)
            else:
                numbered[name] = self._number(str(symbol.range), value)
        return numbered

    def _number(self, sort: str, value: Any) -> int:
        if value not in self.elements[sort]:
            raise NoElement(f"the bridge speaks of {value}, which is none of the model's {self.model.words[sort]}")
        return self.elements[sort].index(value)

    def abstract(self, facts: frozenset[Fact]) -> FiniteState:
        """Return the abstract state that facts stand for."""
        if facts not in self._states:
            rows: dict[str, set[tuple[int, ...]]] = {name: set() for name in self.model.changing}
            for fact in facts:
                if fact not in self._rows:
                    self._rows[fact] = tuple(self._rows_of(*fact))
                rows[fact[0]].update(self._rows[fact])
            self._states[facts] = tuple(frozenset(found) for found in rows.values())
        return self._states[facts]

    def _rows_of(self, name: str, *values: Any) -> Iterator[tuple[int, ...]]:
        return product(*(self._places(sort, value) for sort, value in zip(self.bridge.domains[name], values, strict=True)))

    def _places(self, sort: str, value: Any) -> Iterable[int]:
        return range(self._number(sort, value.value)) if isinstance(value, LowerElements) else (self._number(sort, value),)

    def step(self, before: FiniteState, after: FiniteState) -> tuple[str, ...] | None:
        """Return the enabled actions that lead from one abstract state to another, at most `bridge.most`; none where they are equal."""
        if before == after:
            return ()
        if (before, after) not in self._steps:
            self._steps[before, after] = self._way(before, after, self.bridge.most, {before: self.bridge.most})
        return self._steps[before, after]

    def _way(self, before: FiniteState, after: FiniteState, most: int, tried: dict[FiniteState, int]) -> tuple[str, ...] | None:
        """Search actions each of which leaves less to be changed. `tried`: from which states that was searched, and with how many actions."""
        changed = {name for name, old, new in zip(self.model.changing, before, after, strict=True) if old != new}
        for action, updated in self.bridge.updated.items():
            if changed <= updated and self._leads(action, before, after):
                return (action,)
        apart = _apart(before, after)
        for action, updated in self.bridge.updated.items() if most > 1 else ():
            for chosen in self.finite.enabling(action, before) if updated & changed else ():
                between = self.finite.after(before, Firing(action, chosen))
                if tried.get(between, 0) < most - 1 and _apart(between, after) < apart:
                    tried[between] = most - 1
                    rest = self._way(between, after, most - 1, tried)
                    if rest is not None:
                        return (action, *rest)
        return None

    def _leads(self, action: str, before: FiniteState, after: FiniteState) -> bool:
        return any(self.finite.after(before, Firing(action, chosen)) == after for chosen in self.finite.enabling(action, before))

    def problem(self, before: frozenset[Fact], after: frozenset[Fact]) -> str | None:
        """Say what is wrong with a step, as facts before and after: it is none of the model, or breaks the invariant."""
        source, target = self.abstract(before), self.abstract(after)
        if self.step(source, target) is None:
            return f"is no step of the proved model: {'; '.join(self._changed(source, target))}"
        return next((f"makes invariant {name} false" for name in self.broken(target)), None)

    def broken(self, state: FiniteState) -> tuple[str, ...]:
        """Return the conjuncts of the invariant that are false in an abstract state."""
        if state not in self._broken:
            self._broken[state] = self.finite.failing_invariants(state)
        return self._broken[state]

    def _changed(self, before: FiniteState, after: FiniteState) -> Iterator[str]:
        """Say which rows came and went, in the names of the code."""
        for name, old, new in zip(self.model.changing, before, after, strict=True):
            yield from (f"{name}{self._shown(name, row)} came" for row in sorted(new - old))
            yield from (f"{name}{self._shown(name, row)} went" for row in sorted(old - new))

    def _shown(self, name: str, row: tuple[int, ...]) -> str:
        domain = self.model.symbols[name].domain
        return f"({', '.join(str(self.elements[str(sort)][place]) for sort, place in zip(domain, row, strict=True))})"


def _apart(before: FiniteState, after: FiniteState) -> int:
    """Count the rows in which two states differ."""
    return sum(len(old ^ new) for old, new in zip(before, after, strict=True))
