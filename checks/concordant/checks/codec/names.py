"""Which class a tag names: the classes of a protocol's modules, of what they share, of the vocabulary, and the moves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from attrs import field, frozen, has

from concordant.checks.codec.scalars import CannotDecode
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.registry import PITFALLS, REFIMPL, SCOPES, SPEC, Protocol
from concordant.checks.registry import protocol as protocols_of
from concordant.checks.semantics.handlers import stems
from concordant.refimpl.machine import System, machines_in, moves
from concordant.spec import vocabulary
from concordant.spec.vocabulary.stems import stem_of


@frozen(eq=False)
class Names:
    """Classes by name. Two classes of one name are told apart by their stems: `auctions.Profile`."""

    kinds: Mapping[str, type]
    _names: Mapping[type, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_names", {kind: name for name, kind in self.kinds.items()})

    def name(self, kind: type) -> str:
        """Return the name of a class; one that is not known is a Misuse."""
        if kind not in self._names:
            raise Misuse(f"class {kind.__module__}.{kind.__qualname__} is none of this protocol; declare it in one of its modules")
        return self._names[kind]

    def kind(self, name: object) -> type[Any]:
        """Return the class with a name."""
        if not isinstance(name, str) or name not in self.kinds:
            raise CannotDecode(f"no class is named {name!r}")
        return self.kinds[name]


def names_of(protocol: Protocol) -> Names:
    """Return the names of all classes that values of a protocol may have. What only its pitfalls stand beside takes no name from them."""
    links = _links(protocol, (scope.system for scope in protocol.scopes))
    beside = _links(protocol, (pitfall.subject for pitfall in protocol.pitfalls)) - links
    own, others = ([module for part in parts for module in protocol.load(part)] for parts in ((SPEC, REFIMPL), (PITFALLS, SCOPES)))
    return names_in([*own, *_modules(links)], [*others, *_modules(beside)])


def _modules(stems: Iterable[str]) -> list[ModuleType]:
    return [module for stem in sorted(stems) for part in (SPEC, REFIMPL) for module in protocols_of(stem).load(part)]


def _links(protocol: Protocol, subjects: Iterable[object]) -> frozenset[str]:
    """Return the other stems whose processes are layers in some systems."""
    processes = [process for subject in subjects if isinstance(subject, System) for process in subject.processes.values()]
    found = {stem for process in processes for layer in machines_in(process) for stem in stems(type(layer))}
    return frozenset(found & set(protocols_by_stem()) - {protocol.stem})


def names_in(modules: Iterable[ModuleType], others: Iterable[ModuleType] = ()) -> Names:
    """Return the names of the classes that modules hold or import, and of the vocabulary and the moves.

    `others`: modules whose classes take no name from these, as of pitfalls, which may import another protocol.
    """
    found: dict[str, type] = {}
    for some in ((*modules, vocabulary, moves), others):
        kinds = dict.fromkeys(kind for module in _with_imports(some) for kind in _kinds(module) if kind not in found.values())
        by_name: dict[str, list[type]] = {}
        for kind in kinds:
            by_name.setdefault(kind.__name__, []).append(kind)
        taken = frozenset(found)
        for name, same in by_name.items():
            for kind in same:
                chosen = name if len(same) == 1 and name not in taken else f"{stem_of(kind.__module__)}.{name}"
                if chosen in found:
                    raise Misuse(f"two classes are called {chosen}: {found[chosen]!r} and {kind!r}; rename one of them")
                found[chosen] = kind
    return Names(found)


def _with_imports(modules: Iterable[ModuleType]) -> Iterator[ModuleType]:
    """Yield modules, and those from which they take classes or functions."""
    for module in modules:
        yield module
        homes = {getattr(value, "__module__", None) for value in vars(module).values()}
        yield from (sys.modules[home] for home in sorted(filter(None, homes)) if home in sys.modules and home.startswith(OURS))


OURS = ("concordant.spec.", "concordant.refimpl.", "concordant.pitfalls.")


def _kinds(module: ModuleType) -> Iterator[type]:
    for value in vars(module).values():
        if isinstance(value, type) and (has(value) or issubclass(value, Enum)) and value is not Enum:
            yield value
