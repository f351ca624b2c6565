"""Mutants of a machine or a rule: one change each, under a name that outlives edits elsewhere."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import fields, frozen, has

from concordant.checks.exploration.families import Family, members
from concordant.checks.exploration.scope import Scope
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.mutation.changing import Edit, with_change
from concordant.checks.mutation.functions import Function, reached
from concordant.checks.mutation.operators import conditions, effects, numbers, order, updates, values
from concordant.checks.mutation.sites import Site, sites
from concordant.checks.registry import REFIMPL, Protocol
from concordant.refimpl.machine import AnyProcess
from concordant.spec.vocabulary.stems import SHARED

Operator = Callable[[Site], Iterator[Edit]]
OPERATORS: tuple[Operator, ...] = tuple(
    operator for module in (conditions, numbers, values, effects, updates, order) for operator in module.OPERATORS
)
OURS = "concordant.refimpl."


@frozen(eq=False)
class Mutant:
    """One change to one function. `name`: the function, what stands there and what it becomes; numbered where that is repeated."""

    stem: str
    name: str
    function: Function
    change: Edit


def machine_of(protocol: Protocol) -> tuple[Function, ...]:
    """List the functions that decide in a reference machine or a rule: its own, and those that it shares with its group.

    A rule that a process is given is judged on the grids of its own stem, with malformed profiles, and not here once more.
    """
    names = {module.__name__ for module in protocol.load(REFIMPL)}
    processes = tuple(_processes(protocol))
    rules = (each.mechanism.rule for each in protocol.explored if isinstance(each, Grid))
    named = reached(
        (*rules, *map(type, processes)), lambda module: module in names or (f".{SHARED}." in module and module.startswith(OURS))
    )
    held = [value for each in processes for value in _held(each)]
    found = {each.function: each for each in (*named, *reached((*held, *map(type, held)), names.__contains__))}
    return tuple(sorted(found.values(), key=lambda each: (each.function.__module__, each.node.lineno)))


def _processes(protocol: Protocol) -> Iterator[AnyProcess]:
    for each in protocol.explored:
        match each:
            case Scope(system=system):
                yield from system.processes.values()
            case Family():
                yield from next(system for _, system in members(each)).processes.values()
            case Grid():
                pass


def _held(process: Any) -> Iterator[object]:
    return (getattr(process, part.name) for part in fields(type(process))) if has(type(process)) else iter(())


def mutants_of(protocol: Protocol) -> tuple[Mutant, ...]:
    """List the mutants of a protocol's machine or rule, in the order of the source."""
    return tuple(made(protocol.stem, machine_of(protocol), OPERATORS))


def made(stem: str, functions: Iterable[Function], operators: Iterable[Operator]) -> Iterator[Mutant]:
    """Yield the mutants that operators make of functions; of those that come to the same source, the first."""
    names: Counter[str] = Counter()
    for function in functions:
        sources = {ast.unparse(function.node)}
        for site in sites(function):
            for operator in operators:
                for change in operator(site):
                    ast.fix_missing_locations(change.new)
                    source = ast.unparse(with_change(function.node, change))
                    if source not in sources:
                        sources.add(source)
                        name = f"{function.name}: {change.before} → {change.after}"
                        names[name] += 1
                        yield Mutant(stem, f"{name} ({names[name]})" if names[name] > 1 else name, function, change)
