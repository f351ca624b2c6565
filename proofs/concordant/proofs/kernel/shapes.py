"""Shapes: the forms that the values of a class can have, made from its fields by their types.

Where a type leaves a choice, each is a shape: a field that may be None, the members of an enumeration, how many entries a map
has. What is left open then is a symbol. Nobody lists shapes by hand, so that a field which is added is varied, or refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import product
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import z3
from attrs import fields, frozen, has

from concordant.proofs.kernel.bags_and_maps import AnyBag, AnyMap, Parts, ascending_keys, bag_of, entries
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.openings import LeftOpen, as_map, one_or_none, raw
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.symbols import Projection, SymbolicClass, domain_of, part_of, shown
from concordant.spec.vocabulary import Bag, Map

ANY = -1
"""How many entries a map has at most that may have any number of them."""


@frozen(eq=False)
class Shape:
    """A form of values. `build` makes any value of it, within a search of paths. `facts`: what is known of its symbols."""

    text: str
    build: Callable[[], Any]
    facts: tuple[Term, ...] = ()


@frozen(eq=False)
class Shapes:
    """The shapes of classes.

    `number`: the domain and the field of which an int is the value, or the 0 before there is any. `sizes`: how many entries a
    field has at most, as `Class.field`; symbols in a tuple are all different. `few`: what every int may be, where there are but a few.
    `by_field`: of what sort ints, or any objects, in a field are, where the type alone does not tell, as `Class.field`.
    `growing`: of which fields a step may leave one entry more than there are at most, in a state that is not run.
    `keys`: which keys a map has, in their order, each way that is run; of one that grows, a step may leave others.
    `open`: fields whose form is left open until a handler looks. `among`: of which values sets and the keys of maps in such fields are made.
    `alike`: whether symbols in a tuple may be the same, as in what comes from users and liars, whom nothing keeps from that.
    """

    domains: tuple[SymbolicClass, ...]
    number: tuple[SymbolicClass, str] | None
    sizes: Mapping[str, int]
    few: range = range(0)
    by_field: Mapping[str, tuple[SymbolicClass, ...]] = {}
    growing: tuple[str, ...] = ()
    keys: Mapping[str, Sequence[tuple[Any, ...]]] = {}
    open: tuple[str, ...] = ()
    among: Mapping[str, tuple[Any, ...]] = {}
    alike: bool = False

    def of(self, kind: Any, name: str, place: str = "") -> Iterator[Shape]:
        """Yield every shape of a type. `name` begins the names of its symbols; `place`: the field in which it stands."""
        domain = self.domain(kind, place)
        if place in self.open:
            yield self._left_open(kind, name, place)
        elif domain is not None:
            symbol = domain.symbol(name)
            yield Shape(f"any {kind.__name__}", lambda: symbol, domain.facts(domain.term(symbol)))
        elif get_origin(kind) in (Union, UnionType):
            for part in get_args(kind):
                yield from self.of(part, name, place)
        elif get_origin(kind) is Map:
            yield from self._maps(kind, name, place)
        elif get_origin(kind) is frozenset:
            yield from self._sets(kind, name, place)
        elif get_origin(kind) is tuple:
            yield from self._tuples(kind, name, place)
        elif get_origin(kind) is Bag:
            yield self._any_bag(kind, name, place)
        elif kind is int and self.few:
            yield from map(_constant, self.few)
        elif kind is int and self.number is not None:
            whole, part = self.number
            yield Shape("0", lambda: 0)
            of = whole.symbol(name)
            yield Shape(f"any {part}", lambda: Projection(of, part), whole.facts(whole.term(of)))
        elif kind in (None, NoneType):
            yield Shape("None", lambda: None)
        elif kind is bool or (isinstance(kind, type) and issubclass(kind, Enum)):
            for each in (False, True) if kind is bool else kind:
                yield _constant(each)
        elif isinstance(kind, type) and has(kind):
            yield from self._classes(kind, name)
        else:
            raise Refuted(f"{place} is of type {getattr(kind, '__name__', kind)}, for which the proof has no symbols")

    def domain(self, kind: Any, place: str) -> SymbolicClass | None:
        """Return the domain of a class, in a field; None where its values are no symbols."""
        return next((domain for domain in (*self.by_field.get(place, ()), *self.domains) if domain.kind is kind), None)

    def telling(self, kind: type) -> dict[str, SymbolicClass | None]:
        """Return the fields of a record that are left open, and those of symbols that may be None, with their domain."""
        found = {name: (f"{kind.__name__}.{name}", hint) for name, hint in get_type_hints(kind).items()}
        domains = {name: self.domain(hint, place) for name, (place, hint) in found.items()}
        nullable = {name: domain for name, domain in domains.items() if domain is not None and NoneType in domain.others}
        return {**{name: None for name, (place, _) in found.items() if place in self.open}, **nullable}

    def _left_open(self, kind: Any, name: str, place: str) -> Shape:
        """Return the one shape of a field that is left open: None or something, a set or a map among some values, or a set of records."""
        if get_origin(kind) is Map:
            value_of = self._inside(get_args(kind)[1])
            pairs = [(key, *self._alone(value_of(f"{name}[{shown(key)}]", place), place)) for key in self.among[place]]
            there = [z3.Bool(f"{name} has {shown(key)}") for key, _, _ in pairs]
            facts = tuple(fact for _, _, known in pairs for fact in known)
            found = tuple((is_there, (key, value)) for is_there, (key, value, _) in zip(there, pairs, strict=True))
            return Shape(f"any map among {len(pairs)} keys", _always(LeftOpen(name, found, as_map)), facts)
        if get_origin(kind) is frozenset and place in self.among:
            members = tuple((z3.Bool(f"{name} has {shown(each)}"), each) for each in self.among[place])
            return Shape(f"any set among {len(members)}", _always(LeftOpen(name, members, frozenset)))
        if get_origin(kind) is frozenset:
            return self._records(get_args(kind)[0], name, place)
        value, facts = self._alone((shape for part in get_args(kind) if part is not NoneType for shape in self.of(part, name)), place)
        held = ((z3.Bool(f"{name} is there"), value),)
        return Shape(
            f"any {' or '.join(part.__name__ for part in get_args(kind)).replace('NoneType', 'None')}",
            _always(LeftOpen(name, held, one_or_none)),
            facts,
        )

    def _inside(self, kind: Any) -> Callable[[str, str], Iterator[Shape]]:
        """Return how values of a map that is left open are made: where they may be None, that is left open too."""
        if NoneType not in get_args(kind):
            return lambda name, _: self.of(kind, name)
        return lambda name, place: iter((self._left_open(kind, name, f"{place} value"),))

    def _alone(self, shapes: Iterator[Shape], place: str) -> tuple[Any, tuple[Term, ...]]:
        """Return the value of a kind that has one shape, which needs no path to be built, and what is known of its symbols."""
        shape, *more = shapes
        if more:
            raise Refuted(f"{place} cannot be left open: there is {shape.text}, {', '.join(each.text for each in more)}")
        return shape.build(), shape.facts

    def _records(self, kind: Any, name: str, place: str) -> Shape:
        """Return a set of at most so many records, in each of their forms, which is left open."""
        most = self._most(place)
        forms = tuple(shape.text for shape in self.of(kind, name)) if most else ()
        found: list[tuple[Term, Any]] = []
        facts: list[Term] = []
        for copy in range(most):
            for number in range(len(forms)):
                shape = tuple(self.of(kind, f"{name}.{copy}.{number}"))[number]
                is_there = z3.Bool(f"{name}.{copy}.{number} is there")
                if copy:
                    facts.append(z3.Implies(is_there, found[-len(forms)][0]))
                found.append((is_there, shape.build()))
                facts += shape.facts
        if len(found) > most:
            facts.append(z3.PbLe([(is_there, 1) for is_there, _ in found], most))
        held = tuple(found)
        return Shape(f"at most {most} of {' | '.join(forms)}", _always(LeftOpen(name, held, frozenset)), tuple(facts))

    def _classes(self, kind: type, name: str) -> Iterator[Shape]:
        hints = get_type_hints(kind)
        names = {each.alias: each.name for each in fields(kind)}

        def build(built: list[Any]) -> Any:
            return kind(**dict(zip(names, built, strict=True)))

        for parts in product(*(tuple(self.of(hints[each], f"{name}.{each}", f"{kind.__name__}.{each}")) for each in names.values())):
            yield _together(f"{kind.__name__}({', '.join(part.text for part in parts)})", build, parts)

    def _maps(self, kind: Any, name: str, place: str) -> Iterator[Shape]:
        of_key, of_value = get_args(kind)
        if self.sizes.get(place) == ANY:
            yield self._any_map(of_key, of_value, name, place)
        for known in self.keys.get(place, ()):
            keys = [_constant(key) for key in known]
            for values in product(*(tuple(self.of(of_value, f"{name}.value{number}", place)) for number in range(len(known)))):
                text = f"{{{', '.join(f'{key.text}: {value.text}' for key, value in zip(keys, values, strict=True))}}}"
                yield _together(text, _map, (*keys, *values))
        for size in range(0 if place in self.keys else self._most(place) + 1):
            keys = [next(self.of(of_key, f"{name}.key{number}", place)) for number in range(size)]
            ascending = self.ascending(of_key, [f"{name}.key{number}" for number in range(size)], place)
            for values in product(*(tuple(self.of(of_value, f"{name}.value{number}", place)) for number in range(size))):
                text = f"{{{', '.join(f'{key.text}: {value.text}' for key, value in zip(keys, values, strict=True))}}}"
                yield _together(text, _map, (*keys, *values), ascending)

    def _sets(self, kind: Any, name: str, place: str) -> Iterator[Shape]:
        (member,) = get_args(kind)
        for size in range(self._most(place) + 1):
            names = [f"{name}.member{number}" for number in range(size)]
            parts = tuple(next(self.of(member, each, place)) for each in names)
            yield _together(f"{{{', '.join(part.text for part in parts)}}}", frozenset, parts, self.ascending(member, names, place))

    def _tuples(self, kind: Any, name: str, place: str) -> Iterator[Shape]:
        member, *others = get_args(kind)
        if others != [Ellipsis]:
            raise Refuted(f"{place} is of type {kind}, for which the proof has no symbols: let a record hold what stands at each place")
        for size in range(self._most(place) + 1):
            names = [f"{name}.entry{number}" for number in range(size)]
            different = self._different(member, names, place)
            for parts in product(*(tuple(self.of(member, each, place)) for each in names)):
                yield _together(f"({', '.join(part.text for part in parts)})", tuple, parts, different)

    def _any_bag(self, kind: Any, name: str, place: str) -> Shape:
        (member,) = get_args(kind)
        domain = self.domain(member, place)
        if domain is None:
            raise Refuted(f"{place} is a bag of {getattr(member, '__name__', member)}, of which the proof has no symbols")
        return Shape(f"any {domain.plural}", _always(AnyBag(domain, z3.Function(f"is in {name}", domain.sort, z3.BoolSort()))))

    def _any_map(self, of_key: Any, of_value: Any, name: str, place: str) -> Shape:
        keys, parts = self.domain(of_key, place), self._parts(of_value, place)
        if keys is None or not parts:
            raise Refuted(f"{place} has any number of entries, of whose keys or values the proof has no symbols")
        has = z3.Function(f"is in {name}", keys.sort, z3.BoolSort())
        held = {part.removeprefix("."): (domain, z3.Function(f"{name}{part} at", keys.sort, domain.sort)) for part, domain in parts}

        def at(key: Term) -> Any:
            symbols = {part: domain.element(function(key)) for part, (domain, function) in held.items()}
            return symbols[""] if "" in symbols else of_value(**symbols)

        def real(domain: SymbolicClass, function: Callable[[Term], Term]) -> Term:
            return forall(keys.sort, lambda key: z3.And(*domain.facts(function(key))))

        return Shape(
            f"{{any {keys.plural}: any {of_value.__name__}}}",
            lambda: AnyMap(keys, has, at),
            tuple(real(*each) for each in held.values() if each[0].real),
        )

    def _different(self, kind: Any, names: list[str], place: str) -> tuple[Term, ...]:
        """Return that the symbols of these names are all different, in whatever order; of records nothing."""
        domain = self.domain(kind, place)
        if self.alike or (isinstance(kind, type) and has(kind) and domain is None):
            return ()
        if domain is None:
            raise Refuted(f"entries are told apart by {getattr(kind, '__name__', kind)}, of which the proof has no symbols")
        return (z3.Distinct(*(z3.Const(each, domain.sort) for each in names)),) if len(names) > 1 else ()

    def _most(self, place: str) -> int:
        if place not in self.sizes:
            raise Refuted(f"{place} has any number of entries; say how many at most in the sizes of its role")
        return self.sizes[place]

    def ascending(self, kind: Any, names: list[str], place: str) -> tuple[Term, ...]:
        """Return that the symbols of these names, or the records of them, are all different, and in their order."""
        parts = self._parts(kind, place)
        if not parts:
            raise Refuted(f"entries are told apart by {getattr(kind, '__name__', kind)}, of which the proof has no symbols")
        return ascending_keys(parts, [tuple(z3.Const(f"{each}{part}", domain.sort) for part, domain in parts) for each in names])

    def _parts(self, kind: Any, place: str) -> Parts:
        """Return the domain of a kind, or of each field of a record of symbols, with what is added to its name; none where it is neither."""
        domain = self.domain(kind, place)
        if domain is not None:
            return (("", domain),)
        if not (isinstance(kind, type) and has(kind)):
            return ()
        hints = get_type_hints(kind)
        found = [(f".{each.name}", self.domain(hints[each.name], f"{kind.__name__}.{each.name}")) for each in fields(kind)]
        known = tuple((name, each) for name, each in found if each is not None)
        return known if len(known) == len(found) else ()

    def _terms(self, value: Any, parts: Parts) -> tuple[Term, ...]:
        return tuple(domain.term(getattr(value, name.removeprefix(".")) if name else value) for name, domain in parts)

    # ---- the other way: has a value one of the shapes?

    def fits(self, value: object, kind: Any, place: str = "") -> Iterator[tuple[Term, str]]:
        """Yield what must hold for a value to be of a shape of a type; Refuted where its form is that of none."""
        if not self._has_form(value, kind, place):
            raise Refuted(f"{place or 'what it becomes'} is {shown(value)}, which is none of the shapes that were run")
        if self.domain(kind, place) is not None or bag_of(value) is not None or type(value) is LeftOpen:
            return
        if place in self.among and isinstance(value, Map | frozenset):
            yield from self._is_among(value, place)
        if get_origin(kind) in (Union, UnionType):
            yield from self.fits(value, next(part for part in get_args(kind) if self._has_form(value, part, place)), place)
        elif isinstance(value, Map | AnyMap):
            of_key, of_value = get_args(kind)
            for key, held in entries(value):
                yield from (*self.fits(key, of_key, place), *self.fits(held, of_value, place))
            if isinstance(value, AnyMap):
                return
            parts = self._parts(of_key, place)
            ascending = ascending_keys(parts, [self._terms(key, parts) for key in value]) if parts else ()
            yield from ((fact, f"the keys of {place} are different, and in order") for fact in ascending)
            if place in self.keys and place not in self.growing:
                yield self._among(value, parts, place), f"the keys of {place} are those that it always has"
        elif isinstance(value, frozenset | Bag):
            for member in value:
                yield from self.fits(member, get_args(kind)[0], place)
        elif isinstance(value, tuple):
            for member in value:
                yield from self.fits(member, get_args(kind)[0], place)
            domain = self.domain(get_args(kind)[0], place)
            if domain is not None and len(value) > 1:
                yield z3.Distinct(*map(domain.term, value)), f"the entries of {place} are different"
        elif isinstance(kind, type) and has(kind):
            hints = get_type_hints(kind)
            for each in fields(kind):
                yield from self.fits(raw(value, each.name), hints[each.name], f"{kind.__name__}.{each.name}")

    def _is_among(self, value: Any, place: str) -> Iterator[tuple[Term, str]]:
        for each in value:
            domain = next((domain for domain in self.domains if domain_of(each) is domain), None)
            if domain is None:
                raise Refuted(f"{place} has {shown(each)}, which is none of the shapes that were run")
            yield z3.Or([domain.term(each) == domain.term(other) for other in self.among[place]]), f"{place} is among those that were run"

    def _among(self, value: Map[Any, Any], parts: Parts, place: str) -> Term:
        """Return that the keys of a map are those that it has in one of the ways that are run."""
        ways = [zip(value, known, strict=True) for known in self.keys[place] if len(known) == len(value)]
        return z3.Or(
            [
                z3.And(
                    [one == other for key, of in way for one, other in zip(self._terms(key, parts), self._terms(of, parts), strict=True)]
                )
                for way in ways
            ]
        )

    def _has_form(self, value: object, kind: Any, place: str) -> bool:
        """Tell whether a value is of a type, without looking at its parts: exactly, not of a class derived from it."""
        if type(value) is LeftOpen:
            return place in self.open
        domain = self.domain(kind, place)
        if domain is not None:
            return domain_of(value) is domain or domain.makes(value)
        if get_origin(kind) in (Union, UnionType):
            return any(self._has_form(value, part, place) for part in get_args(kind))
        if get_origin(kind) is Bag:
            return type(value) is Bag or bag_of(value) is self.domain(get_args(kind)[0], place)
        if isinstance(value, Map) and place in self.keys:
            return place in self.growing or len(value) in map(len, self.keys[place])
        if get_origin(kind) is Map and self.sizes.get(place) == ANY:
            return type(value) in (Map, AnyMap)
        if isinstance(value, Map | frozenset | tuple):
            return type(value) is get_origin(kind) and len(value) <= self._most(place) + (place in self.growing)
        if kind is int and self.few:
            return type(value) is int and value in self.few
        if kind is int and self.number is not None:
            of, name = self.number
            found = part_of(value)
            here = found is not None and (domain_of(found.whole), found.name, found.more) == (of, name, 0)
            return here or (type(value) is int and value == 0)
        return value is None if kind in (None, NoneType) else type(value) is kind


def records(kind: Any) -> Iterator[type]:
    """Yield the classes of records of which a type is made."""
    waiting, known = [kind], set[Any]()
    while waiting:
        each = waiting.pop()
        if each in known:
            continue
        known.add(each)
        waiting += get_args(each)
        if isinstance(each, type) and has(each):
            yield each
            waiting += get_type_hints(each).values()


def _constant(value: Any) -> Shape:
    return Shape(value.name if isinstance(value, Enum) else shown(value), _always(value))


def _always(value: Any) -> Callable[[], Any]:
    return lambda: value


def _map(built: list[Any]) -> Map[Any, Any]:
    """Build a map of keys, and as many values after them."""
    half = len(built) // 2
    return Map(tuple(zip(built[:half], built[half:], strict=True)))


def _together(text: str, make: Callable[[list[Any]], Any], parts: tuple[Shape, ...], facts: tuple[Term, ...] = ()) -> Shape:
    return Shape(text, lambda: make([part.build() for part in parts]), (*facts, *(fact for part in parts for fact in part.facts)))
