"""Roles: which there are in a protocol, and in which systems they are driven."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import evolve, fields, frozen, has

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.table import RoleTables, Table
from concordant.checks.conform.telling import FUNCTION
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.own import named
from concordant.checks.refuting.repaired import PITFALLS, without_mistake
from concordant.checks.registry import Protocol, UnknownName, protocol
from concordant.refimpl.machine import AnyProcess, AnySystem, Over, Pitfall, System, machines_in
from concordant.spec.vocabulary import OnEvent
from concordant.spec.vocabulary.stems import stem_of

IN_SCOPES, IN_PITFALLS = Budget(states=20_000), Budget(states=2_000)
"""How much of a scope, and of the system of a pitfall, is searched for rows where no other budget is given."""
COMPOSITIONS = "concordant.refimpl.compositions."
"""Where machines are put together."""


@frozen
class Role:
    """A role of a protocol."""

    protocol: Protocol
    name: str

    @property
    def id(self) -> str:
        """How it is called."""
        return f"{self.protocol.stem}.{self.name}"

    def tables(self, budget: Budget | None = None, scope: str | None = None, *, stepwise: bool = False) -> list[Table]:
        """Return its tables, in the small scopes and in the systems of pitfalls without their mistakes, or in one scope by its name. `stepwise`: with its own steps one by one."""
        if scope is None:
            chosen = [(each, IN_SCOPES) for each in small(self.protocol)] + [(each, IN_PITFALLS) for each in repaired(self.protocol)]
        else:
            chosen = [(scope_of(self.protocol, scope), IN_SCOPES)]
            if _is_stacked(chosen[0][0]):
                raise Misuse(f"scope {scope} of {self.protocol.stem} stacks layers, which are driven each by itself, in other scopes")
        judged = tuple(dict.fromkeys(clause.event for clause in self.protocol.clauses if isinstance(clause, OnEvent)))
        tables = RoleTables(self.name, codec_of(self.protocol), judged, stepwise)
        for each, bound in chosen:
            tables.search(each, bound if budget is None else budget)
        if not tables.found:
            raise Misuse(f"scope {scope} of {self.protocol.stem} has no {self.name}")
        return list(tables.found.values())

    @property
    def smallest(self) -> str:
        """The small scope that has it and the fewest states: enough to see whether an adapter works."""
        there = [scope for scope in small(self.protocol) if any(address.role == self.name for address in scope.system.processes)]
        return min(there, key=lambda scope: scope.expected.states if scope.expected else 0).name

    @property
    def kind(self) -> type[AnyProcess]:
        """The class of its reference."""
        return next(
            type(process)
            for scope in small(self.protocol)
            for address, process in scope.system.processes.items()
            if address.role == self.name
        )


def roles(protocol: Protocol) -> tuple[Role, ...]:
    """List the roles of a protocol, in the order of its systems; none of a rule."""
    names = dict.fromkeys(address.role for scope in small(protocol) for address in scope.system.processes)
    return tuple(Role(protocol, name) for name in names)


def role_of(name: str) -> Role:
    """Return the role that `STEM.ROLE` names, or `STEM` where there is only one, of a user's protocol `MODULE.ROLE`; another name is a Misuse."""
    stem, _, wanted = name.partition(".")
    if stem in protocols_by_stem():
        chosen = protocol(stem)
    else:
        stem, _, wanted = name.rpartition(".")
        chosen = named(stem) if stem else named(name)
    known = roles(chosen)
    if not known:
        raise Misuse(f"{stem} is a rule and has no roles")
    if not wanted and len(known) == 1:
        return known[0]
    for each in known:
        if each.name == wanted:
            return each
    if not wanted:
        raise Misuse(f"{stem} has several roles: give one of {', '.join(each.id for each in known)}")
    raise UnknownName(name, [each.id for each in known], "role")


def small(protocol: Protocol) -> list[Scope]:
    """List the small scopes of a protocol, but for those in which layers are stacked, or machines put together: no adapter is one of them alone."""
    return [scope for scope in protocol.scopes if scope.size is Size.SMALL and not _is_stacked(scope)]


@cache
def repaired(protocol: Protocol) -> tuple[Scope, ...]:
    """List the systems in which quick pitfalls are shown, without their mistakes: each is small, and there a mistake acts.

    Left out are those of machines that are wrong as a whole, or in a layer, and derived from none that is right; of another protocol; and
    of a user's protocol those with a machine that none of its small scopes has.
    """
    known: list[AnySystem] = []
    found: list[Scope] = []
    kinds = {type(process) for scope in small(protocol) for process in scope.system.processes.values()}
    for pitfall in protocol.pitfalls:
        for scope in without(pitfall) if pitfall.quick and not pitfall.schedule else ():
            others = {type(process) for process in scope.system.processes.values()} - kinds
            theirs = any(not protocol.is_ours or stem_of(kind.__module__) != protocol.stem for kind in others)
            if scope.system not in known and not theirs:
                known.append(scope.system)
                found.append(scope)
    return tuple(found)


def without(pitfall: Pitfall) -> Iterator[Scope]:
    """Yield the system in which a pitfall is shown, without its mistake, if it is then right, and driven."""
    if isinstance(pitfall.subject, System):
        right = {address: without_mistake(process) or process for address, process in pitfall.subject.processes.items()}
        scope = Scope(pitfall.id, pitfall.mistake, evolve(pitfall.subject, processes=right, promises=()))
        if not _is_stacked(scope) and not any(map(is_wrong, right.values())):
            yield scope


def _is_stacked(scope: Scope) -> bool:
    """Tell whether a process of a scope is made of several: of layers, or of machines that are put together."""
    return any(map(is_several, scope.system.processes.values()))


def is_several(process: AnyProcess) -> bool:
    """Tell whether a process is several: a stack of layers, or machines that are put together. One that holds one other is that and what it adds, as a server of `raft_membership` is one of `raft`."""
    together = any(kind.__module__.startswith(COMPOSITIONS) for kind in type(process).__mro__)
    return together or isinstance(process, Over) or len(machines_in(process)) > 2  # itself, and the one


def is_wrong(value: object) -> bool:
    """Tell whether a process, or something that it is made of, is of a class that is wrong, or a rule that is."""
    kind = type(value)
    where = value.__module__ if isinstance(value, FUNCTION) else kind.__module__
    return where.startswith(PITFALLS) or (has(kind) and any(is_wrong(getattr(value, part.name)) for part in fields(kind)))


def mistaken(pitfall: Pitfall) -> Iterator[tuple[str, type[AnyProcess]]]:
    """Yield the roles whose handlers a pitfall changes, each with the class that is wrong; of what is put together none."""
    if isinstance(pitfall.subject, System):
        wrong = [(address.role, process) for address, process in pitfall.subject.processes.items() if not is_several(process)]
        yield from dict.fromkeys((role, type(process)) for role, process in wrong if without_mistake(process) is not None)


def scope_of(protocol: Protocol, name: str) -> Scope:
    """Return a scope of a protocol by its name, of any size."""
    for scope in protocol.scopes:
        if scope.name == name:
            return scope
    raise UnknownName(name, [scope.name for scope in protocol.scopes], "scope")
