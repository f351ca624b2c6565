"""Variables of a model that is no system of processes, and what its actions and clauses see of them.

A `Variable` is one of them; `Variables` are many of one kind, one for each key. Both are handles: what they hold in a state is
read there, as `now[turn]` or `now[fork[2]]`. They are told apart by what they are, so declare each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from attrs import define

from concordant.spec.vocabulary.identity import identity

K = TypeVar("K")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Readable(Generic[T_co]):
    """What can be read of a state."""

    __slots__ = ()


@define(eq=False, init=False, frozen=True, repr=False)
class Variable(Readable[T]):
    """One variable, and the values with which it may begin: with several, a model has several initial states.

    >>> Variable("turn", 1, 2)
    turn
    """

    name: str
    starts: tuple[T, ...]

    def __init__(self, name: str, *starts: T) -> None:
        if not name.strip() or not name.isprintable():
            raise ValueError(f"a variable is called {name!r}; give it a name that a trace can show")
        if not starts:
            raise ValueError(f"variable {name} has no value to begin with; give one or more, such as Variable({name!r}, 0)")
        keys = [_key_of(name, value) for value in starts]
        if len(set(keys)) < len(keys):
            raise ValueError(f"variable {name} begins with a value that is listed twice: {starts!r}; list each once")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "starts", starts)

    def __repr__(self) -> str:
        return self.name


@define(eq=False, init=False, frozen=True, repr=False)
class Variables(Generic[K, T]):
    """Variables of one kind, one for each key, all of which may begin with these values. A set is one of bools: whether each is in it.

    >>> phase = Variables("phase", (1, 2), "working")
    >>> phase[2]
    phase[2]
    """

    name: str
    by_key: Mapping[K, Variable[T]]

    def __init__(self, name: str, keys: Iterable[K], *starts: T) -> None:
        found = tuple(keys)
        if not found:
            raise ValueError(f"variables {name} have no keys, so that there is none of them; give a tuple of keys")
        made = {key: Variable(f"{name}[{key if not isinstance(key, str) else repr(key)}]", *starts) for key in found}
        if len({_key_of(name, key) for key in found}) < len(found) or len(made) < len(found):
            raise ValueError(f"variables {name} have a key that is listed twice: {found!r}; list each once")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "by_key", MappingProxyType(made))

    def __getitem__(self, key: K) -> Variable[T]:
        if key not in self.by_key:
            raise KeyError(f"{self.name} has no variable for {key!r}; its keys are {', '.join(map(repr, self.by_key))}")
        return self.by_key[key]

    def __iter__(self) -> Iterator[K]:
        """Yield the keys, in their order."""
        return iter(self.by_key)

    def __repr__(self) -> str:
        return self.name


class Now:
    """One state of a model, as its actions and clauses see it: `now[variable]` is what a variable holds. Reads are recorded."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[Readable[Any]], Any]) -> None:
        self._read = read

    def __getitem__(self, variable: Readable[T_co]) -> T_co:
        found: T_co = self._read(variable)
        return found


class Then:
    """The state that an action leads to: `then[variable] = value`, at most once for each variable. What is not written stays."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[Variable[Any], Any], None]) -> None:
        self._write = write

    def __setitem__(self, variable: Variable[T], value: T) -> None:
        self._write(variable, value)


def _key_of(name: str, value: object) -> object:
    try:
        return identity(value)
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from error
