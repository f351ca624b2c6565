"""Mistakes that lie elsewhere than in the handlers of a role: in a rule that a process holds, which is driven too, or where nothing can be driven."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, fields, frozen, has

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.alike import side_by_side
from concordant.checks.conform.cases import Plan
from concordant.checks.conform.direct import Direct
from concordant.checks.conform.driving import Driver
from concordant.checks.conform.pitfalls import Tried, is_measured
from concordant.checks.conform.roles import IN_PITFALLS, is_several, is_wrong, mistaken, small
from concordant.checks.conform.shapes import CONTROLS, EXACT
from concordant.checks.conform.table import RoleTables, Table
from concordant.checks.conform.telling import FUNCTION, Supports
from concordant.checks.exploration.scope import Scope
from concordant.checks.refuting.repaired import PITFALLS
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import Pitfall, System

Path = tuple[str, ...]
"""Where something stands in a process: fields, from the outside in."""


@frozen
class NotDriven:
    """A mistake that is not driven, and why."""

    pitfall: Pitfall
    why: str

    @property
    def line(self) -> str:
        """How a table tells it."""
        return f"{self.pitfall.id}  is not driven: it {self.why}; {self.pitfall.breaks.id} is named by `concordant refute` alone"


def tried_elsewhere(protocol: Protocol) -> Iterator[Tried | NotDriven]:
    """Yield the pitfalls of systems that change no handlers of a role that is measured: those in a rule as they were driven, and why the others were not."""
    for pitfall in protocol.pitfalls:
        system = pitfall.subject
        if isinstance(system, System) and not any(is_measured(protocol, *each) for each in mistaken(pitfall)):
            found = tuple(_tried(protocol, pitfall, system))
            yield from found or (NotDriven(pitfall, _why_not(pitfall, system)),)


def _why_not(pitfall: Pitfall, system: System[Any]) -> str:
    processes = system.processes.values()
    if any(map(is_several, processes)):
        return "puts machines together, or stacks layers, of which each is driven by itself"
    if any(True for _ in mistaken(pitfall)):
        return "changes a machine that no small scope has"
    if any(type(process).__module__.startswith(PITFALLS) for process in processes):
        return "is a machine of its own, derived from none that is right"
    return "configures machines that are right"


def _tried(protocol: Protocol, pitfall: Pitfall, system: System[Any]) -> Iterator[Tried]:
    """Drive each role that holds a wrong rule, beside the same process with a right one in its place."""
    wrong = {address: path for address, process in system.processes.items() for path in _wrong_parts(process)}
    if not wrong or any(map(is_several, system.processes.values())):
        return
    right = {address: _right(protocol, pitfall, address.role, path) for address, path in wrong.items()}
    if not all(right.values()):
        return
    repaired = {address: _with(system.processes[address], wrong[address], right[address][0]) for address in wrong}
    scope = Scope(pitfall.id, pitfall.mistake, evolve(system, processes={**system.processes, **repaired}, promises=(), symmetric=()))
    for role, path in {address.role: path for address, path in wrong.items()}.items():
        rule = next(_at(system.processes[address], path) for address in wrong if address.role == role)
        found = RoleTables(role, codec_of(protocol), (), stepwise=True)
        found.search(scope, IN_PITFALLS)
        yield _driven(pitfall, role, path, rule, list(found.found.values()))


def _driven(pitfall: Pitfall, role: str, path: Path, rule: object, tables: list[Table]) -> Tried:
    observed = tuple(part.name for part in fields(tables[0].view_class))
    supports = Supports(frozenset(CONTROLS), observed, (), frozenset(), frozenset(EXACT))

    def wrong(table: Table) -> Direct:
        return Direct(table, lambda **given: _with(type(table.process)(**given), path, rule), supports)

    driver, plans = Driver(wrong, supports), [Plan(table, supports) for table in tables]
    for number, plan in enumerate(plans):
        driver.drive(number, plan, ((f"{number}.{place}", case) for place, case in enumerate(plan.cases())), to_the_end=False)
    failure = min(driver.driven.failures, key=lambda failure: failure.inputs, default=None)
    beside = tuple(side_by_side(plan, wrong(plan.table)) for plan in plans) if failure is None else ()
    return Tried(role, type(rule).__name__, pitfall.id, failure, beside=beside, breaks=pitfall.breaks.id)


def _wrong_parts(value: Any) -> Iterator[Path]:
    """Yield where a process holds a rule that is wrong: a function, or a record that is called like one."""
    for part in fields(type(value)) if has(type(value)) else ():
        held = getattr(value, part.name)
        if (isinstance(held, FUNCTION) or callable(held)) and is_wrong(held):
            yield (part.name,)
        elif not callable(held):
            yield from ((part.name, *path) for path in _wrong_parts(held))


def _right(protocol: Protocol, pitfall: Pitfall, role: str, path: Path) -> list[object]:
    """List the rules that stand there in the small scopes that promise what a pitfall breaks."""
    return [
        _at(process, path)
        for scope in small(protocol)
        if pitfall.breaks.id in {clause.id for clause in scope.system.promises}
        for address, process in scope.system.processes.items()
        if address.role == role
    ]


def _at(value: Any, path: Path) -> Any:
    for name in path:
        value = getattr(value, name)
    return value


def _with(value: Any, path: Path, part: object) -> Any:
    """Return a value with another part at a place in it."""
    name, *rest = path
    return evolve(value, **{name: _with(getattr(value, name), tuple(rest), part) if rest else part})
