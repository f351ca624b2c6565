"""Finding protocols: a protocol is whatever modules share its stem. Nothing is registered by hand, and only what is asked for is loaded."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import inspect
import pkgutil
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, count
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import Factory, field, frozen

from concordant.checks.finding import within
from concordant.checks.index import protocols_by_stem, theorems_by_stem
from concordant.checks.misuse import Misuse
from concordant.spec.vocabulary import Clause

if TYPE_CHECKING:
    from concordant.checks.exploration.families import Family
    from concordant.checks.exploration.scope import Scope
    from concordant.checks.exploration.situations import Situation
    from concordant.checks.mechanisms.scope import Grid
    from concordant.checks.models.scope import ModelScope
    from concordant.proofs.kernel.proofs import Proof
    from concordant.proofs.kernel.refinement import Bridge
    from concordant.proofs.kernel.theorems import Theorem
    from concordant.refimpl.machine import KnownViolation, Pitfall
    from concordant.refimpl.machine.pitfalls import Unmodelled

SPEC, REFIMPL, PITFALLS, PROOFS, SCOPES = "spec", "refimpl", "pitfalls", "proofs", "checks.scopes"
AMOUNTS = (0, 1, 2)
"""With which a rule is judged that has no grid of its own."""
SLICES = (SPEC, REFIMPL, PITFALLS, PROOFS, SCOPES)
X = TypeVar("X")
Named: TypeAlias = "Clause | Pitfall | KnownViolation | Situation"
"""What of a protocol has a name by which it is explained."""


class UnknownName(Misuse):
    """No protocol, clause or pitfall has this name; the text names the nearest that do."""

    def __init__(self, name: str, known: Iterable[str], kind: str = "protocol, clause or pitfall") -> None:
        names = sorted(set(known))
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [each for each in names if name.lower() in each.lower()][:3]
        hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(names[:12])}" if names else ""
        super().__init__(f"no {kind} is named {name!r}{hint}")


@frozen(eq=False)
class Protocol:
    """One system of the catalogue, from all folders: what it promises, its scopes, its mistakes, its known violations.

    `load`: returns its modules in one of the slices. A slice is loaded when something in it is asked for. `source`: by which
    name the command line finds it: its stem, or of a user's protocol the file or module.
    """

    stem: str
    title: str
    load: Callable[[str], tuple[ModuleType, ...]] = field(repr=False)
    source: str = field(default=Factory(lambda self: self.stem, takes_self=True), kw_only=True)
    _found: dict[tuple[type, tuple[str, ...]], tuple[Any, ...]] = field(factory=dict, init=False, repr=False)

    @property
    def is_ours(self) -> bool:
        """Whether it comes with Concordant; a user's may have the stem of one of ours."""
        return all(is_ours(module.__name__) for module in self.load(SPEC))

    @classmethod
    def of_modules(cls, stem: str, *modules: ModuleType, source: str = "") -> Protocol:
        """Return the protocol that some modules hold, whatever is in which of them."""
        text = next((inspect.getdoc(module) for module in modules if module.__doc__), None) or stem
        return cls(stem, text.partition("\n")[0], lambda _slice: modules, source=source or stem)

    @property
    def text(self) -> str:
        """The whole text of its specification."""
        return next((inspect.getdoc(module) or "" for module in self.load(SPEC) or self.load(PROOFS)), "") or self.stem

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that its specification defines, in their order there, and whatever else its systems and rules promise.

        Two clauses with one id are a Misuse.
        """
        own = (clause for clause in self.of(Clause, SPEC) if clause.stem == self.stem)
        return distinct((*own, *self._promised()))

    def _promised(self) -> Iterator[Clause]:
        """Yield what its scopes and rules promise; of a stack the clauses of its layers."""
        from concordant.refimpl.machine import plain  # noqa: PLC0415  # loaded where it is needed, here and below

        yield from (plain(clause) for scope in self.scopes for clause in scope.system.promises)
        yield from (clause for grid in self.grids for clause in grid.clauses)
        yield from (clause for scope in self.models for clause in scope.model.promises)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its scopes, in their order; of one that has neither scopes nor families, each of its systems is one."""
        from concordant.checks.exploration.scope import Scope  # noqa: PLC0415  # loaded where it is needed, here and below
        from concordant.refimpl.machine import System  # noqa: PLC0415

        found, shows = self.of(Scope, SCOPES), "the whole system, as it stands in its module"
        return found if found or self.families else tuple(Scope(name, shows, each) for name, each in self._named(System))

    @property
    def families(self) -> tuple[Family, ...]:
        """Its families of systems, in their order."""
        from concordant.checks.exploration.families import Family  # noqa: PLC0415

        return self.of(Family, SCOPES)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Its rules on all small profiles, in their order."""
        from concordant.checks.mechanisms.scope import Grid  # noqa: PLC0415
        from concordant.refimpl.machine import Mechanism  # noqa: PLC0415

        shows, named = f"every profile with the amounts {AMOUNTS}", self._named(Mechanism)
        return self.of(Grid, SCOPES) or tuple(Grid(name, shows, each, AMOUNTS) for name, each in named)

    @property
    def models(self) -> tuple[ModelScope, ...]:
        """Its models that are no systems of processes, in their order; of one that has no scopes of them, each of its models is one."""
        from concordant.checks.models.scope import ModelScope  # noqa: PLC0415
        from concordant.refimpl.machine import Model  # noqa: PLC0415

        named = self._named(Model)
        return self.of(ModelScope, SCOPES) or tuple(
            ModelScope(name, "the whole model, as it stands in its module", each) for name, each in named
        )

    def _named(self, kind: type[X]) -> Iterator[tuple[str, X]]:
        """Yield the values of a class that its scopes' modules hold, by name."""
        names = {id(value): name for module in self.load(SCOPES) for name, value in vars(module).items()}
        return ((names.get(id(each), self.stem).lower(), each) for each in self.of(kind, SCOPES))

    @property
    def explored(self) -> tuple[Scope | Family | Grid | ModelScope, ...]:
        """Its scopes, families, grids and models."""
        return (*self.scopes, *self.families, *self.grids, *self.models)

    @property
    def pitfalls(self) -> tuple[Pitfall, ...]:
        """Its pitfalls, in their order."""
        from concordant.refimpl.machine import Pitfall  # noqa: PLC0415

        return self.of(Pitfall, PITFALLS)

    @property
    def known_violations(self) -> tuple[KnownViolation, ...]:
        """What is known to be violated by it, and is no mistake."""
        from concordant.refimpl.machine import KnownViolation  # noqa: PLC0415

        return self.of(KnownViolation, SPEC, REFIMPL, PITFALLS, SCOPES)

    def promises(self, clause: Clause) -> bool:
        """Tell whether a scope, a rule or a member of a family promises a clause, or it is known to be violated; the layer of a stack counts as itself."""
        from concordant.checks.exploration.families import members  # noqa: PLC0415  # loaded where it is needed
        from concordant.refimpl.machine import plain  # noqa: PLC0415

        def promised() -> Iterator[Clause]:
            yield from self._promised()
            yield from (known.clause for known in self.known_violations)
            yield from (each for family in self.families for _, system in members(family) for each in system.promises)

        return any(plain(each) == plain(clause) for each in promised())

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its situations, in their order."""
        from concordant.checks.exploration.situations import Situation  # noqa: PLC0415

        return self.of(Situation, SCOPES)

    @property
    def unmodelled(self) -> tuple[Unmodelled, ...]:
        """The defects of the catalogue that are no pitfalls of it, each with its reason."""
        from concordant.refimpl.machine.pitfalls import Unmodelled  # noqa: PLC0415

        return self.of(Unmodelled, PITFALLS)

    @property
    def theorems(self) -> tuple[Theorem, ...]:
        """Its theorems, in the order of its modules and in theirs."""
        from concordant.proofs.kernel.theorems import Theorem  # noqa: PLC0415

        return self.of(Theorem, PROOFS)

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Its inductive proofs."""
        from concordant.proofs.kernel.proofs import Proof  # noqa: PLC0415

        return self.of(Proof, PROOFS)

    @property
    def bridges(self) -> tuple[Bridge, ...]:
        """What ties its code to its proved model."""
        from concordant.proofs.kernel.refinement import Bridge  # noqa: PLC0415

        return self.of(Bridge, PROOFS)

    def of(self, kind: type[X], *slices: str) -> tuple[X, ...]:
        """Return every value of a class among the names of its modules, in order, each once; what holds several of them is looked into."""
        if (kind, slices) not in self._found:
            self._found[kind, slices] = tuple(self._look_for(kind, slices))
        return self._found[kind, slices]

    def _look_for(self, kind: type[X], slices: tuple[str, ...]) -> Iterator[X]:
        seen: set[int] = set()
        for module in (module for slice in slices for module in self.load(slice)):
            for name, value in vars(module).items():
                if _is_gone_through_once(type(value)):
                    raise Misuse(
                        f"{module.__name__}.{name} is {value!r}, which is gone through once, so that nothing in it would be found; make it a tuple"
                    )
                for each in within(value, module.__name__):
                    if isinstance(each, kind) and id(each) not in seen:
                        seen.add(id(each))
                        yield each


def _is_gone_through_once(kind: type) -> bool:
    """Tell whether a class is of iterators, but for symbols of ours, which must not be looked into, and for those that count."""
    return issubclass(kind, Iterator) and kind is not count and not is_ours(kind.__module__)


def is_ours(name: str) -> bool:
    """Tell whether a module comes with Concordant. What others put beside its packages is theirs."""
    return any(f"{name}.".startswith(f"concordant.{part}.") for part in (SPEC, REFIMPL, PITFALLS, PROOFS, "checks"))


def distinct(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return clauses, each once; a Misuse where two have one id."""
    found: dict[str, Clause] = {}
    for clause in clauses:
        if found.setdefault(clause.id, clause) is not clause:
            raise Misuse(f"two clauses are called {clause.id}; an id names one: give one of them a function, or a module, of its own")
    return tuple(found.values())


def stems() -> tuple[str, ...]:
    """List the stems of all protocols: those that have a specification, by group."""
    return tuple(protocols_by_stem())


@cache
def protocols_loaded() -> dict[str, Protocol]:
    """Return the protocols of this process by stem; those of users are put here when they are loaded."""
    return {}


def is_a_users(stem: str) -> bool:
    """Tell whether what has a stem is a user's, which may be that of one of ours, too."""
    loaded = protocols_loaded().get(stem)
    return stem not in protocols_by_stem() if loaded is None else not loaded.is_ours


def protocol(stem: str) -> Protocol:
    """Return a protocol by its stem, or a theorem that is about none by the name of its file; another name is an UnknownName."""
    loaded = protocols_loaded()
    if stem not in loaded:
        entry = protocols_by_stem().get(stem) or theorems_by_stem().get(stem)
        if entry is None:
            raise UnknownName(stem, stems(), "protocol")
        loaded[stem] = Protocol(stem, entry.title, cache(lambda part: tuple(_modules(f"concordant.{part}.{entry.group}", stem))))
    return loaded[stem]


def protocols(names: Iterable[str] = ()) -> tuple[Protocol, ...]:
    """Return the protocols with these stems, or all of them."""
    return tuple(protocol(stem) for stem in (tuple(names) or stems()))


def theorems_alone() -> tuple[Protocol, ...]:
    """Return the theorems that are about no protocol."""
    return tuple(protocol(stem) for stem in theorems_by_stem())


def _modules(group: str, stem: str) -> Iterator[ModuleType]:
    """Import what a slice holds of a stem: a module, or a package with its modules; nothing, where it has none."""
    name = f"{group}.{stem}"
    if not importlib.util.find_spec(group) or not importlib.util.find_spec(name):
        return
    module = _imported(name)
    yield module
    if hasattr(module, "__path__"):
        yield from (_imported(each.name) for each in pkgutil.walk_packages(module.__path__, f"{name}."))


def _imported(name: str) -> ModuleType:
    """Import a module of a stem. What its text raises is told as a slip of whoever writes it; a package that is missing, as what it is."""
    try:
        return importlib.import_module(name)
    except (ModuleNotFoundError, Misuse):
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise Misuse(f"{name} cannot be imported: {type(error).__name__}: {error}\n  {last.filename}, line {last.lineno}") from error


def find(name: str) -> tuple[Protocol, Named | None]:
    """Return what a name means: a protocol by its stem; a clause, a pitfall, a known violation or a situation by its id, with its protocol.

    A clause of a family, such as `auctions.truthful`, belongs to the first protocol that promises it, or else is known to be
    violated by it; and to each such protocol as `vickrey_auction.truthful`. A defect of which only variants stand here, such as
    `NAK-3/1`, means the first. Case does not matter. Another name is an UnknownName.
    """
    lower = name.lower()
    if lower in protocols_by_stem():
        return protocol(lower), None
    if not {".", "-"} & {*lower}:  # ids of all else have one: nothing need be loaded to say that this is none
        raise UnknownName(name, [stem for stem in stems() if lower in stem] or stems())
    likely = lower.partition(".")[0]
    known = _meanings(protocols((likely,) if likely in protocols_by_stem() else _with_defect(name.upper()) or stems()))
    is_a_defect = name.upper() in _defects()
    if lower not in map(str.lower, known) and is_a_defect:  # of one system, it may be a mistake of another
        known |= {other: meaning for other, meaning in _meanings(protocols()).items() if other not in known}
    exactly = (meaning for other, meaning in known.items() if other.lower() == lower)
    variants = (meaning for other, meaning in known.items() if other.lower().startswith(f"{lower}/"))
    found = next(chain(exactly, variants), None)
    if found is None:
        raise _shown_by_nothing(name.upper()) if is_a_defect else UnknownName(name, known)
    return found


def _defects() -> frozenset[str]:
    from concordant.checks.catalogue import defects  # noqa: PLC0415  # which knows protocols

    return frozenset(each.id for each in defects())


def _shown_by_nothing(id: str) -> Misuse:
    """Return the reason why a defect of the documents is no mistake that could be shown. That each has one is for a test."""
    reason = next(each for protocol in protocols() for each in protocol.unmodelled if each.id == id)
    if reason.same:
        return Misuse(f"nothing shows {id} but {reason.same}, which is the same: {reason.why}")
    return Misuse(f"nothing shows {id}, since {reason.reason.value}: {reason.why}")


def part_of(protocol: Protocol, name: str) -> tuple[Protocol, Named | None]:
    """Return what a name means in one protocol, such as a user's; another name is an UnknownName."""
    known = _meanings((protocol,))
    if name not in known:
        raise UnknownName(name, known)
    return known[name]


def _with_defect(id: str) -> tuple[str, ...]:
    """Return the stems that are here of the system of the documents that has a defect, or of one whose defects are called alike."""
    from concordant.checks.catalogue import systems  # noqa: PLC0415  # which knows protocols

    plain, _, _ = id.partition("/")
    letters, _, _ = plain.partition("-")
    exactly = [each for each in systems() if any(defect.id == plain for defect in each.defects)]
    alike = [each for each in systems() if any(defect.id.startswith(f"{letters}-") for defect in each.defects)]
    return tuple(stem for each in exactly or alike for stem in each.stems if stem in protocols_by_stem())


def _meanings(chosen: tuple[Protocol, ...]) -> dict[str, tuple[Protocol, Named | None]]:
    known: dict[str, tuple[Protocol, Named | None]] = {each.stem: (each, None) for each in chosen}
    for each in chosen:
        for pitfall in each.pitfalls:
            known.setdefault(pitfall.id, (each, pitfall))
        for clause in each.clauses:
            known.setdefault(clause.id, (each, clause))
    for each in chosen:
        for clause in (*each.clauses, *(violation.clause for violation in each.known_violations)):
            known.setdefault(f"{each.stem}.{clause.name}", (each, clause))
            known.setdefault(clause.id, (each, clause))
    for each in chosen:
        for violation in each.known_violations:
            known.setdefault(violation.id, (each, violation))
        for situation in each.situations:
            known.setdefault(f"{each.stem}.{situation.name}", (each, situation))
    return known
