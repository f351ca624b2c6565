"""Renaming addresses: inside any value, and of whole states, by number and computed once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

from attrs import define, field, fields, has

from concordant.checks.semantics.network import Block
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.rows import Local
from concordant.checks.semantics.states import State
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.time import Dials
from concordant.spec.vocabulary import Address, Bag, Map

Renaming: TypeAlias = tuple[tuple[Address, Address], ...]
"""Pairs of old and new name, sorted; addresses that keep theirs are left out."""
V = TypeVar("V")


def renaming(pairs: Mapping[Address, Address]) -> Renaming:
    """Make a renaming of a mapping."""
    return tuple(sorted((old, new) for old, new in pairs.items() if old != new))


def after(first: Renaming, second: Renaming) -> Renaming:
    """Return the renaming that renames by the first, then by the second."""
    then, names = dict(second), dict(first)
    return renaming({old: then.get(names.get(old, old), names.get(old, old)) for old in {*names, *then}})


def inverse(names: Renaming) -> Renaming:
    """Return the renaming that undoes one."""
    return tuple(sorted((new, old) for old, new in names))


def rename(value: V, names: Mapping[Address, Address]) -> V:
    """Rename the addresses anywhere inside a value."""
    renamed: Any = _rename(value, names)
    kept: V = renamed
    return kept


def _rename(value: Any, names: Mapping[Address, Address]) -> Any:
    match value:
        case Address():
            return names.get(value, value)
        case Map():
            return Map.of([(_rename(key, names), _rename(entry, names)) for key, entry in value.items()])
        case Bag():
            return Bag.of(_rename(element, names) for element in value)
        case tuple():
            parts = [_rename(part, names) for part in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        case frozenset():
            return frozenset(_rename(part, names) for part in value)
        case Mapping():
            return {_rename(key, names): _rename(entry, names) for key, entry in value.items()}
    kind = type(value)
    if not has(kind):
        return value
    return kind(**{part.alias: _rename(getattr(value, part.name), names) for part in fields(kind) if part.init})


@define(eq=False, repr=False)
class Renamer:
    """The renamings of one system's states. Everything is renamed once, by number."""

    parts: Parts
    _locals: dict[Renaming, dict[tuple[int, int], int]] = field(factory=dict, init=False)
    _blocks: dict[Renaming, dict[int, tuple[int, int]]] = field(factory=dict, init=False)
    _numbers: dict[tuple[str, Renaming], dict[int, int]] = field(factory=dict, init=False)
    _moves: dict[Renaming, tuple[tuple[int, ...], tuple[int, ...]]] = field(factory=dict, init=False)
    _names: dict[Renaming, dict[Address, Address]] = field(factory=dict, init=False)

    def value(self, value: V, names: Renaming) -> V:
        """Rename a value."""
        return rename(value, self._mapping(names))

    def process(self, process: int, names: Renaming) -> int:
        """Return the process that a process becomes, by number."""
        address = self.parts.addresses[process]
        return self.parts.index[self._mapping(names).get(address, address)]

    def local(self, process: int, local: int, names: Renaming) -> int:
        """Return a local state renamed: a number in the table of the process that it then belongs to."""
        table = self._locals.setdefault(names, {})
        known = table.get((process, local))
        if known is None:
            state, up = self.parts.steps.locals[process][local]
            known = table[process, local] = self.parts.steps.locals[self.process(process, names)].id(Local(self.value(state, names), up))
        return known

    def history(self, history: int, names: Renaming) -> int:
        """Return a history renamed."""
        return self.number("history", self.parts.observations.histories, history, names)

    def view(self, view: int, names: Renaming) -> int:
        """Return a view renamed."""
        return self.number("view", self.parts.observations.views, view, names)

    def happened(self, happened: int, names: Renaming) -> int:
        """Return the happenings of a step renamed."""
        return self.number("happened", self.parts.steps.happened, happened, names)

    def number(self, kind: str, table: Interned[Any], number: int, names: Renaming) -> int:
        """Return a value of a table renamed, both by number; `kind` names the table."""
        renamed = self._numbers.setdefault((kind, names), {})
        known = renamed.get(number)
        if known is None:
            known = renamed[number] = table.id(self.value(table[number], names))
        return known

    def block(self, block: int, names: Renaming) -> tuple[int, int]:
        """Return the channel and the number of a block renamed."""
        table = self._blocks.setdefault(names, {})
        known = table.get(block)
        if known is None:
            flight, count = self.parts.environment.flight, len(self.parts.addresses)
            channel, messages = flight.blocks[block]
            source, to = (self.process(end, names) for end in divmod(channel, count))
            renamed = [flight.message(source * count + to, self.value(flight.messages[number][1], names)) for number in messages]
            known = table[block] = source * count + to, flight.blocks.id(Block(source * count + to, flight.arranged(renamed)))
        return known

    def calls(self, calls: tuple[tuple[int, ...], ...], names: Renaming) -> tuple[tuple[int, ...], ...]:
        """Return the open calls of all users, by user, renamed."""
        _, users = self._moved(names)
        return tuple(self.called(calls[number], names) for number in users)

    def called(self, calls: tuple[int, ...], names: Renaming) -> tuple[int, ...]:
        """Return the open calls of one user renamed."""
        return tuple(sorted(self.process(call, names) for call in calls))

    def state(self, state: State, names: Renaming) -> State:
        """Return a whole state renamed."""
        if not names:
            return state
        processes, users = self._moved(names)
        locals_ = tuple(self.local(process, state.locals[process], names) for process in processes)
        asking = tuple(state.users[number] for number in users)
        if any(calls for _, calls in asking):
            asking = tuple((place, self.called(calls, names)) for place, calls in asking)
        flight = tuple(number for _, number in sorted([self.block(block, names) for block in state.flight]))
        return State(locals_, flight, asking, self.history(state.history, names), state.spent, dials=self.dials(state.dials, names))

    def dials(self, dials: Dials, names: Renaming) -> Dials:
        """Return what all clocks show, renamed; nothing where there are none."""
        return tuple(dials[process] for process in self._moved(names)[0]) if dials else ()

    def _moved(self, names: Renaming) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return, for each place of a renamed state, the process and the user that move there."""
        if names not in self._moves:
            back = {new: old for old, new in names}
            users = {user.name: number for number, user in enumerate(self.parts.users)}
            processes = tuple(self.parts.index[back.get(address, address)] for address in self.parts.addresses)
            self._moves[names] = processes, tuple(users[back.get(name, name)] for name in users)
        return self._moves[names]

    def _mapping(self, names: Renaming) -> dict[Address, Address]:
        if names not in self._names:
            self._names[names] = dict(names)
        return self._names[names]
