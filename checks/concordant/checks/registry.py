"""Finding protocols: a protocol is whatever modules share its stem. Nothing is registered by hand."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from attrs import frozen

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.machine import Fails, Pitfall
from concordant.spec.vocabulary import Clause
from concordant.spec.vocabulary.stems import SHARED

SLICES = ("concordant.spec", "concordant.refimpl", "concordant.pitfalls", "concordant.proofs", "concordant.checks.scopes")
NO_GROUPS = ("vocabulary", "common")
X = TypeVar("X")


class UnknownName(ValueError):  # noqa: N818  # it says what is wrong
    """No protocol, clause or pitfall has this name; the text names the nearest that do."""

    def __init__(self, name: str, known: Iterable[str], kind: str = "protocol, clause or pitfall") -> None:
        names = sorted(set(known))
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [each for each in names if name.lower() in each.lower()][:3]
        hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(names[:12])}" if names else ""
        super().__init__(f"no {kind} is named {name!r}{hint}")


@frozen(eq=False)
class Protocol:
    """One system of the catalogue, from all folders: what it promises, its scopes, its mistakes, its known truths."""

    stem: str
    modules: tuple[ModuleType, ...]

    @property
    def title(self) -> str:
        """The first sentence of its specification."""
        return (self.modules[0].__doc__ or self.stem).strip().partition("\n")[0]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that its specification defines, in their order there, and those of its family that its rules promise.

        Two clauses with one id are a ValueError.
        """
        own = (clause for clause in self.of(Clause) if clause.stem == self.stem)
        return distinct((*own, *(clause for grid in self.grids for clause in grid.clauses)))

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its scopes, in their order."""
        return tuple(_unique(self.of(Scope)))

    @property
    def families(self) -> tuple[Family, ...]:
        """Its families of systems, in their order."""
        return tuple(_unique(self.of(Family)))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Its rules on all small profiles, in their order."""
        return tuple(_unique(self.of(Grid)))

    @property
    def explored(self) -> tuple[Scope | Family | Grid, ...]:
        """Its scopes, families and grids."""
        return (*self.scopes, *self.families, *self.grids)

    @property
    def pitfalls(self) -> tuple[Pitfall, ...]:
        """Its pitfalls, in their order."""
        return tuple(_unique(self.of(Pitfall)))

    @property
    def fails(self) -> tuple[Fails, ...]:
        """Truths about it that are no mistakes."""
        return tuple(_unique(self.of(Fails)))

    def of(self, kind: type[X]) -> Iterator[X]:
        """Yield every value of a class among the modules' names, in order; tuples of them are looked into."""
        for module in self.modules:
            for value in vars(module).values():
                if isinstance(value, kind):
                    yield value
                elif isinstance(value, tuple):
                    yield from (each for each in value if isinstance(each, kind))


def _unique(values: Iterable[X]) -> list[X]:
    return list({id(value): value for value in values}.values())


def distinct(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return clauses, each once; a ValueError where two have one id."""
    found: dict[str, Clause] = {}
    for clause in clauses:
        if found.setdefault(clause.id, clause) is not clause:
            raise ValueError(f"two clauses are called {clause.id}; an id names one: give one of them a function, or a module, of its own")
    return tuple(found.values())


@cache
def groups() -> dict[str, str]:
    """Name the group of each stem, by stem, sorted: from the names of the files that specify them; none of them is imported."""
    package = importlib.import_module(SLICES[0])
    found: dict[str, str] = {}
    for group in pkgutil.iter_modules(package.__path__):
        if group.ispkg and group.name not in NO_GROUPS:
            inside = pkgutil.iter_modules([str(Path(path, group.name)) for path in package.__path__])
            found |= {stem.name: group.name for stem in inside if stem.name != SHARED}
    return dict(sorted(found.items()))


def stems() -> tuple[str, ...]:
    """List the stems of all protocols: those that have a specification, sorted."""
    return tuple(groups())


@cache
def protocol(stem: str) -> Protocol:
    """Return a protocol by its stem; another name is an UnknownName."""
    if stem not in stems():
        raise UnknownName(stem, stems(), "protocol")
    return Protocol(stem, tuple(module for slice in SLICES for module in _modules(f"{slice}.{groups()[stem]}", stem)))


def _modules(group: str, stem: str) -> Iterator[ModuleType]:
    """Import what a slice holds of a stem: a module, or a package with its modules; nothing, where it has none."""
    name = f"{group}.{stem}"
    if not importlib.util.find_spec(group) or not importlib.util.find_spec(name):
        return
    module = importlib.import_module(name)
    yield module
    if hasattr(module, "__path__"):
        yield from (importlib.import_module(each.name) for each in pkgutil.walk_packages(module.__path__, f"{name}."))


def protocols(names: Iterable[str] = ()) -> tuple[Protocol, ...]:
    """Return the protocols with these stems, or all of them."""
    return tuple(protocol(stem) for stem in (tuple(names) or stems()))


def find(name: str) -> tuple[Protocol, Clause | Pitfall | None]:
    """Return what a name means: a protocol by its stem, a clause or a pitfall by its id, with the protocol it belongs to.

    A clause of a family, such as `auctions.truthful`, belongs to the first protocol that promises it, or else is known to
    fail; and to each such protocol as `vickrey_auction.truthful`. Case does not matter. Another name is an UnknownName.
    """
    known: dict[str, tuple[Protocol, Clause | Pitfall | None]] = {each.stem: (each, None) for each in protocols()}
    for each in protocols():
        for pitfall in each.pitfalls:
            known.setdefault(pitfall.id, (each, pitfall))
        for clause in each.clauses:
            known.setdefault(clause.id, (each, clause))
    for each in protocols():
        for clause in (*each.clauses, *(fails.clause for fails in each.fails)):
            known.setdefault(f"{each.stem}.{clause.name}", (each, clause))
            known.setdefault(clause.id, (each, clause))
    for other, meaning in known.items():
        if other.lower() == name.lower():
            return meaning
    raise UnknownName(name, known)
