"""The kit tried on mistakes: each pitfall that changes handlers, driven as an implementation, must fail a case."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, frozen

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.alike import SideBySide, side_by_side
from concordant.checks.conform.cases import Plan
from concordant.checks.conform.direct import Direct
from concordant.checks.conform.driving import Driver, Failure, greeted, spoken
from concordant.checks.conform.naming import IN_EACH, Named, named
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import Role, mistaken, repaired, roles, scope_of, small
from concordant.checks.conform.session import InProcess, Session
from concordant.checks.conform.shapes import CONTROLS, EXACT, STEPS
from concordant.checks.conform.table import Table
from concordant.checks.conform.telling import Supports, supports_of
from concordant.checks.refuting.repaired import class_without_mistake
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import AnyProcess


@frozen
class Tried:
    """A machine that was driven in place of a role, and the shortest of its failures; None where it conforms. `pitfall`: whose it is; empty of the reference.

    `named`: what exploring it found, where it fails; None where it was not explored. `beside`: what came of leading it beside the reference, by table, where no case failed.
    `breaks`: the clause that the pitfall is about.
    """

    role: str
    kind: str
    pitfall: str
    failure: Failure | None
    named: Named | None = None
    beside: tuple[SideBySide, ...] = ()
    breaks: str = ""

    @property
    def line(self) -> str:
        """How a table tells it."""
        return f"{self.pitfall or 'the reference'}  {self.role}  {self.word}"

    @property
    def word(self) -> str:
        """What became of it."""
        if self.failure is None:
            return self._without_failure
        if self.named is not None and self.named.verdict is not None:
            return f"violates {self.named.verdict.clause.id} in {self.named.verdict.length} moves"
        level = f"; {self.breaks} is named by `concordant refute`{' alone' if self.named is not None else ''}" if self.pitfall else ""
        return f"differs in {self.failure.difference.what}, after {self.failure.inputs} inputs{level}"

    @property
    def _without_failure(self) -> str:
        if not self.pitfall:
            return "conforms"
        for each in self.beside:
            if each.difference is not None:
                return f"differs in {each.difference.what}, after {len(each.run)} inputs, in no case"
        pairs = sum(each.pairs for each in self.beside)
        if not all(each.complete for each in self.beside):
            return f"is not told apart in {pairs:,} pairs of states"
        return f"no run of its tables tells it apart, in all {pairs:,} pairs of states"


def tried(protocol: Protocol, scope: str | None = None, *, naming: bool = True) -> Iterator[Tried]:
    """Yield the references of all roles, then each pitfall by each role that it changes; in all small scopes, or in one, of the roles that are there. `naming`: whether to look for the clauses that are violated."""
    here = {
        address.role for each in (small(protocol) if scope is None else (scope_of(protocol, scope),)) for address in each.system.processes
    }
    driving = {
        (role.name, kind): (role, tables) for role in roles(protocol) if role.name in here for kind, tables in _by_machine(role, scope)
    }
    machines = [(*which, which[1], "") for which in driving]
    machines += [
        (name, right, wrong, pitfall.id)
        for pitfall in protocol.pitfalls
        for name, wrong in mistaken(pitfall)
        if (right := class_without_mistake(wrong)) is not None and (name, right) in driving
    ]
    mistakes = {pitfall.id: pitfall for pitfall in protocol.pitfalls}
    planned: dict[tuple[str, type[AnyProcess]], list[Plan]] = {}
    for name, right, kind, pitfall in machines:
        role, tables = driving[name, right]
        driver, plans = drive(role, tables, kind, plans=planned.get((name, right)), direct=bool(pitfall), to_the_end=naming)
        planned[name, right] = plans
        failure = min(driver.driven.failures, key=lambda failure: failure.inputs, default=None)
        found = named(role, driver, plans, scope, IN_EACH, mistakes.get(pitfall)) if naming and failure is not None else None
        beside = tuple(side_by_side(plan, Direct(plan.table, kind, plan.supports)) for plan in plans) if pitfall and failure is None else ()
        yield Tried(name, kind.__name__, pitfall, failure, found, beside, mistakes[pitfall].breaks.id if pitfall else "")


def is_measured(protocol: Protocol, role: str, wrong: type[AnyProcess]) -> bool:
    """Tell whether a machine with a mistake is driven: whether its role has the machine without it, in a scope by itself."""
    right = class_without_mistake(wrong)
    return any(
        type(process) is right
        for scope in (*small(protocol), *repaired(protocol))
        for address, process in scope.system.processes.items()
        if address.role == role
    )


def _by_machine(role: Role, scope: str | None) -> Iterator[tuple[type[AnyProcess], list[Table]]]:
    """Yield each machine of a role with its tables: where there are several, one is no measure of another."""
    found: dict[type[AnyProcess], list[Table]] = {}
    for table in role.tables(scope=scope, stepwise=True):
        found.setdefault(type(table.process), []).append(table)
    yield from found.items()


def drive(
    role: Role,
    tables: list[Table],
    kind: type[AnyProcess],
    *,
    observing: bool = True,
    control: tuple[str, ...] = CONTROLS,
    exact: tuple[str, ...] = EXACT,
    plans: list[Plan] | None = None,
    direct: bool = False,
    to_the_end: bool = True,
) -> tuple[Driver, list[Plan]]:
    """Drive processes of a class in place of a role. `observing`: whether they show all that there is of views, or nothing; `exact`: what else is compared then. `plans`: of these tables for another class, to spare making them again. Steps of its own are made one by one where that is how its tables are."""
    control = tuple(each for each in control if each != STEPS or tables[0].stepwise)
    observed = tuple(part.name for part in fields(tables[0].view_class)) if observing else ()
    shown = exact if observing else ()
    if direct:
        supports = Supports(frozenset(control), observed, (), frozenset(), frozenset(shown))
        driver = Driver(lambda table: Direct(table, kind, supports), supports)
    else:
        adapter = Reference(role.protocol, role.name, type(tables[0].process), kind, observed, control, shown)
        session = Session(lambda: InProcess(adapter), adapter.image)
        supports = supports_of(greeted(session), role.protocol.stem, role.name)
        driver = Driver(spoken(session, codec_of(role.protocol), supports), supports)
    plans = [Plan(table, supports) for table in tables] if plans is None else plans
    for number, plan in enumerate(plans):
        cases = ((f"{number}.{place}", case) for place, case in enumerate(plan.cases()))
        driver.drive(number, plan, cases, to_the_end=to_the_end)
    return driver, plans
