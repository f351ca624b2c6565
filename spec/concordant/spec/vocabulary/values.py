"""Values of which states, messages, events and views are made: addresses, exact amounts, sorted maps, bags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import total_ordering
from itertools import pairwise
from numbers import Number
from operator import itemgetter
from typing import Generic, Protocol, Self, TypeAlias, TypeGuard, TypeVar, overload

from attrs import field, frozen

from concordant.spec.vocabulary.identity import plain, same

Amount: TypeAlias = int | Fraction
"""An exact quantity. There are no floats: a quotient is taken by `ratio`, which mypy then knows to be exact."""

ONE = Fraction(1)
"""What makes a quotient of two ints a Fraction."""


def ratio(numerator: Amount, denominator: Amount) -> Amount:
    """Divide exactly; a zero denominator is a ZeroDivisionError.

    >>> ratio(1, 3)
    Fraction(1, 3)
    """
    return numerator * ONE / denominator


def is_amount(value: object) -> TypeGuard[Amount]:
    """Tell whether something is an exact amount: an int or a Fraction, and neither a bool nor a float.

    >>> is_amount(1), is_amount(True), is_amount(1 / 2)
    (True, False, False)
    """
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


@plain
@total_ordering
@frozen(cache_hash=True)
class Address:
    """Who: a role and a number within it. Structured, so that a symmetry can rename it inside any value.

    >>> Address("acceptor", 2)
    acceptor2
    """

    role: str
    number: int = 0

    def __attrs_post_init__(self) -> None:
        if type(self.role) is not str and isinstance(self.role, str):
            raise TypeError(f"address of role {self.role!r} of class {type(self.role).__name__}; use a plain str: it is equal to that")
        if type(self.number) is not int and isinstance(self.number, Number):
            raise TypeError(f"address of role {self.role!r} has the number {self.number!r}; use an int")

    def __lt__(self, other: object) -> bool:  # what attrs writes takes three times as long
        return (self.role, self.number) < (other.role, other.number) if type(other) is Address else NotImplemented

    def __str__(self) -> str:
        return f"{self.role}{self.number}"

    __repr__ = __str__


def addresses(role: str, count: int) -> tuple[Address, ...]:
    """Make the addresses of one role, numbered from 0.

    >>> addresses("acceptor", 2)
    (acceptor0, acceptor1)
    """
    return tuple(Address(role, number) for number in range(count))


class Comparable(Protocol):
    """A key or element with a total order. A frozenset is not one: its `<` means *subset of*."""

    def __lt__(self, other: Self, /) -> bool: ...


K = TypeVar("K", bound=Comparable)
V = TypeVar("V")
W = TypeVar("W")


def _require_alike(ordered: Sequence[object]) -> None:
    for one, other in pairwise(ordered):
        if one == other and not same(one, other):
            raise TypeError(f"{one!r} and {other!r} are equal but not the same; use one type")


def _require_ordered(key: object) -> None:
    if isinstance(key, frozenset | set):
        raise TypeError(f"Map key {key!r}: sets have no total order; use a sorted tuple as key")


@frozen(repr=False)
class Map(Generic[K, V]):
    """An immutable mapping kept sorted by key, so that equal maps iterate equally, which dicts do not.

    >>> Map.of({"b": 2, "a": 1}).put("c", 3).drop("a")
    {'b': 2, 'c': 3}
    """

    pairs: tuple[tuple[K, V], ...] = ()

    @classmethod
    def of(cls, items: Mapping[K, V] | Iterable[tuple[K, V]]) -> Map[K, V]:
        """Build a map; of two pairs with one key the later stays. A frozenset as key, or 1 beside True, is a TypeError."""
        pairs = tuple(items.items() if isinstance(items, Mapping) else items)
        entries = dict(pairs)
        if len(entries) < len(pairs):
            _require_alike(sorted(key for key, _ in pairs))
        for key in entries:
            _require_ordered(key)
        return cls(tuple([(key, entries[key]) for key in sorted(entries)]))

    def __getitem__(self, key: K) -> V:
        for candidate, value in self.pairs:
            if candidate is key or candidate == key:
                return value
        raise KeyError(key)

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, default: W) -> V | W: ...
    def get(self, key: K, default: object = None) -> object:
        """Return the value at a key, or the default."""
        for candidate, value in self.pairs:
            if candidate is key or candidate == key:
                return value
        return default

    def __contains__(self, key: object) -> bool:
        for candidate, _ in self.pairs:  # noqa: SIM110  # a generator takes twice as long
            if candidate is key or candidate == key:
                return True
        return False

    def __iter__(self) -> Iterator[K]:
        return (key for key, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def keys(self) -> tuple[K, ...]:
        """Return the keys, in their order."""
        return tuple([key for key, _ in self.pairs])

    def values(self) -> tuple[V, ...]:
        """Return the values, in the order of their keys."""
        return tuple([value for _, value in self.pairs])

    def items(self) -> tuple[tuple[K, V], ...]:
        """Return the pairs, in the order of their keys."""
        return self.pairs

    def put(self, key: K, value: V) -> Map[K, V]:
        """Return this map with one value set."""
        for known, _ in self.pairs:
            if known is key or known == key:
                _require_alike((known, key))
                return Map(tuple([(k, value if k is key or k == key else v) for k, v in self.pairs]))
        _require_ordered(key)
        return Map(tuple(sorted((*self.pairs, (key, value)), key=itemgetter(0))))

    def drop(self, key: K) -> Map[K, V]:
        """Return this map without one key; the same map where it is absent."""
        return Map(tuple([pair for pair in self.pairs if pair[0] is not key and pair[0] != key]))

    def change(self, key: K, function: Callable[[V], V]) -> Map[K, V]:
        """Return this map with one value replaced by a function of it; an absent key is a KeyError."""
        return self.put(key, function(self[key]))

    def __repr__(self) -> str:
        return f"{{{', '.join(f'{key!r}: {value!r}' for key, value in self.pairs)}}}"


@frozen(repr=False)
class Bag(Generic[K]):
    """An immutable multiset, kept sorted.

    >>> Bag.of("banana").add("c").remove("a")
    ['a', 'a', 'b', 'c', 'n', 'n']
    """

    elements: tuple[K, ...] = field(default=())

    @classmethod
    def of(cls, elements: Iterable[K]) -> Bag[K]:
        """Build a bag from elements in any order. Elements that are equal but not the same, as 1 and True, are a TypeError."""
        ordered = tuple(sorted(elements))
        _require_alike(ordered)
        return cls(ordered)

    def __contains__(self, element: object) -> bool:
        return element in self.elements

    def __iter__(self) -> Iterator[K]:
        return iter(self.elements)

    def __len__(self) -> int:
        return len(self.elements)

    def count(self, element: K) -> int:
        """Return how often an element is in it."""
        return self.elements.count(element)

    def add(self, element: K) -> Bag[K]:
        """Return this bag with one more of an element."""
        return Bag.of((*self.elements, element))

    def remove(self, element: K) -> Bag[K]:
        """Return this bag with one fewer of an element; an absent one is a ValueError."""
        place = self.elements.index(element)
        return Bag(self.elements[:place] + self.elements[place + 1 :])

    def __repr__(self) -> str:
        return repr(list(self.elements))
