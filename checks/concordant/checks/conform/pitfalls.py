"""The kit tried on mistakes: each pitfall that changes handlers, driven as an implementation, must fail a case."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, frozen

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.cases import Plan
from concordant.checks.conform.driving import Driven, Driver, Failure, greeted
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import Role, mistaken, roles
from concordant.checks.conform.session import InProcess, Session
from concordant.checks.conform.table import Table
from concordant.checks.conform.telling import supports_of
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import AnyProcess


@frozen
class Tried:
    """A machine that was driven in place of a role, and the shortest of its failures; None where it conforms. `pitfall`: whose it is; empty of the reference."""

    role: str
    kind: str
    pitfall: str
    failure: Failure | None

    @property
    def line(self) -> str:
        """How a table tells it."""
        if self.failure is None:
            return f"{self.pitfall or 'the reference'}  {self.role}  {'conforms' if not self.pitfall else 'not told apart'}"
        return f"{self.pitfall}  {self.role}  differs in {self.failure.difference.what}, after {self.failure.inputs} inputs"


def tried(protocol: Protocol, scope: str | None = None) -> Iterator[Tried]:
    """Yield the references of all roles, then each pitfall by each role that it changes; in all small scopes, or in one."""
    driving = {role.name: (role, role.tables(scope=scope)) for role in roles(protocol)}
    for role, tables in driving.values():
        yield Tried(role.name, role.kind.__name__, "", shortest(drive(role, tables, role.kind)))
    for pitfall in protocol.pitfalls:
        for name, kind in mistaken(pitfall):
            role, tables = driving[name]
            yield Tried(name, kind.__name__, pitfall.id, shortest(drive(role, tables, kind)))


def drive(role: Role, tables: list[Table], kind: type[AnyProcess]) -> Driven:
    """Drive processes of a class in place of a role, with all that there is of views observed."""
    observed = tuple(part.name for part in fields(tables[0].view_class))
    adapter = Reference(role.protocol, role.name, role.kind, kind, observed)
    session = Session(lambda: InProcess(adapter))
    supports = supports_of(greeted(session), role.protocol.stem, role.name)
    driver = Driver(session, codec_of(role.protocol), supports)
    for number, table in enumerate(tables):
        plan = Plan(table, supports)
        driver.drive(number, plan, ((f"{number}.{place}", run) for place, run in enumerate(plan.cases())))
    return driver.driven


def shortest(driven: Driven) -> Failure | None:
    """Return the failure after the fewest inputs."""
    return min(driven.failures, key=lambda failure: failure.inputs, default=None)
