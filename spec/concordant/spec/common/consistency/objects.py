"""Objects as one client at a time would find them: which answer a request gets in a state, and what it leaves.

Histories of many clients are judged against them. A stem may use these requests and answers as its own, or define a `Model` of
its own ones. Every request names its object by a key; objects are independent of each other.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from typing import Generic, Protocol, TypeAlias, TypeVar, assert_never

from attrs import frozen

from concordant.spec.vocabulary import Address, Amount, Map, Rejected, likeness, same

S = TypeVar("S")
Q = TypeVar("Q", bound="Keyed")


class Keyed(Protocol):
    """A request about one object."""

    @property
    def key(self) -> str:
        """The object."""
        ...


class Model(ABC, Generic[S, Q]):
    """A kind of object, by its states and requests. It is deterministic: state and request decide the answer."""

    @abstractmethod
    def start(self) -> S:
        """Return the state of an object that nobody has used yet."""

    @abstractmethod
    def apply(self, state: S, client: Address, request: Q) -> tuple[S, object] | None:
        """Return the next state and the answer; None where the request must wait for another state."""

    def only_looks(self, request: Q, answer: object) -> bool:  # noqa: ARG002  # a default that reads nothing
        """Tell whether a request with this answer changes no state whatsoever, which spares the search a choice. By default not."""
        return False


# ---- requests and answers


@frozen
class Read:
    """Ask for the value. Answered by `Value`."""

    key: str = ""


@frozen
class Write:
    """Set the value. Answered by `Done`."""

    value: object
    key: str = ""


@frozen
class Swap:
    """Set the value if it is the one expected. Answered by `Swapped`."""

    expected: object
    value: object
    key: str = ""


@frozen
class Append:
    """Put more at the end of a text. Answered by `Done`."""

    more: str
    key: str = ""


@frozen
class Add:
    """Add to a counter. Answered by `Done`."""

    amount: Amount
    key: str = ""


@frozen
class Insert:
    """Put an element into a set. Answered by `Present`: whether it was there before."""

    element: object
    key: str = ""


@frozen
class Remove:
    """Take an element out of a set. Answered by `Present`: whether it was there before."""

    element: object
    key: str = ""


@frozen
class Contains:
    """Ask whether an element is in a set. Answered by `Present`."""

    element: object
    key: str = ""


@frozen
class Enqueue:
    """Put an item at the end of a queue. Answered by `Done`."""

    item: object
    key: str = ""


@frozen
class Dequeue:
    """Take the first item out of a queue. Answered by `Value`, or `EMPTY`."""

    key: str = ""


@frozen
class Acquire:
    """Wait for a lock, and hold it. Answered by `Done`."""

    key: str = ""


@frozen
class Release:
    """Give a lock back. Answered by `Done`, or `NOT_HELD` where another holds it, or nobody."""

    key: str = ""


@frozen
class Done:
    """It has happened."""


@frozen
class Value:
    """What was asked for."""

    value: object


@frozen
class Swapped:
    """Whether the value was the expected one, and is now the new one."""

    swapped: bool


@frozen
class Present:
    """Whether the element is in the set, or was before the request."""

    present: bool


EMPTY = Rejected("the queue is empty")
NOT_HELD = Rejected("the lock is not held by who gives it back")

AboutRegisters: TypeAlias = Read | Write | Swap
AboutTexts: TypeAlias = Read | Write | Append
AboutCounters: TypeAlias = Read | Add
AboutSets: TypeAlias = Insert | Remove | Contains
AboutQueues: TypeAlias = Enqueue | Dequeue
AboutLocks: TypeAlias = Acquire | Release

# ---- models


@frozen
class Register(Model[object, AboutRegisters]):
    """Holds one value, which can be read, written, and swapped for another if it is the expected one."""

    initial: object = None

    def start(self) -> object:
        """Return the initial value."""
        return self.initial

    def apply(self, state: object, client: Address, request: AboutRegisters) -> tuple[object, object]:  # noqa: ARG002  # clients are alike
        """Read, write or swap."""
        match request:
            case Read():
                return state, Value(state)
            case Write(value):
                return value, Done()
            case Swap(expected, value):
                return (value, Swapped(swapped=True)) if same(state, expected) else (state, Swapped(swapped=False))
            case _:
                assert_never(request)

    def only_looks(self, request: AboutRegisters, answer: object) -> bool:
        """Tell whether it reads, or was not swapped."""
        return isinstance(request, Read) or answer == Swapped(swapped=False)


@frozen
class Text(Model[str, AboutTexts]):
    """Holds a text, empty at first, which can be read, written, and made longer."""

    def start(self) -> str:
        """Return the empty text."""
        return ""

    def apply(self, state: str, client: Address, request: AboutTexts) -> tuple[str, object]:  # noqa: ARG002  # clients are alike
        """Read, write or append."""
        match request:
            case Read():
                return state, Value(state)
            case Write(value):
                return str(value), Done()
            case Append(more):
                return state + more, Done()
            case _:
                assert_never(request)

    def only_looks(self, request: AboutTexts, answer: object) -> bool:  # noqa: ARG002
        """Tell whether it reads."""
        return isinstance(request, Read)


@frozen
class Counter(Model[Amount, AboutCounters]):
    """Holds a sum, from 0."""

    def start(self) -> Amount:
        """Return 0."""
        return 0

    def apply(self, state: Amount, client: Address, request: AboutCounters) -> tuple[Amount, object]:  # noqa: ARG002
        """Read or add."""
        match request:
            case Read():
                return state, Value(state)
            case Add(amount):
                return state + amount, Done()
            case _:
                assert_never(request)

    def only_looks(self, request: AboutCounters, answer: object) -> bool:  # noqa: ARG002
        """Tell whether it reads."""
        return isinstance(request, Read)


@frozen
class Set(Model[frozenset[Hashable], AboutSets]):
    """Holds each element once, or not. A state has their likenesses: 1 and True are two elements."""

    def start(self) -> frozenset[Hashable]:
        """Return the empty set."""
        return frozenset()

    def apply(self, state: frozenset[Hashable], client: Address, request: AboutSets) -> tuple[frozenset[Hashable], object]:  # noqa: ARG002
        """Insert, remove or look."""
        element = likeness(request.element)
        answer = Present(element in state)
        match request:
            case Insert():
                return state | {element}, answer
            case Remove():
                return state - {element}, answer
            case Contains():
                return state, answer
            case _:
                assert_never(request)

    def only_looks(self, request: AboutSets, answer: object) -> bool:
        """Tell whether it looks, inserts what was there, or removes what was not."""
        return isinstance(request, Contains) or answer == Present(isinstance(request, Insert))


@frozen
class Queue(Model[tuple[object, ...], AboutQueues]):
    """Holds items in the order in which they came."""

    def start(self) -> tuple[object, ...]:
        """Return the empty queue."""
        return ()

    def apply(self, state: tuple[object, ...], client: Address, request: AboutQueues) -> tuple[tuple[object, ...], object]:  # noqa: ARG002
        """Append an item, or take the first."""
        match request:
            case Enqueue(item):
                return (*state, item), Done()
            case Dequeue():
                return (state[1:], Value(state[0])) if state else (state, EMPTY)
            case _:
                assert_never(request)

    def only_looks(self, request: AboutQueues, answer: object) -> bool:  # noqa: ARG002  # the answer says it
        """Tell whether the queue was empty."""
        return answer == EMPTY


@frozen
class Lock(Model[Address | None, AboutLocks]):
    """Is held by one client, or by none. Who holds it already waits for itself."""

    def start(self) -> Address | None:
        """Return that nobody holds it."""
        return None

    def apply(self, state: Address | None, client: Address, request: AboutLocks) -> tuple[Address | None, object] | None:
        """Acquire the lock if it is free, or release it."""
        match request:
            case Acquire():
                return (client, Done()) if state is None else None
            case Release():
                return (None, Done()) if state == client else (state, NOT_HELD)
            case _:
                assert_never(request)

    def only_looks(self, request: AboutLocks, answer: object) -> bool:  # noqa: ARG002  # the answer says it
        """Tell whether it was not held."""
        return answer == NOT_HELD


@frozen
class Together(Model[Map[str, S], Q]):
    """All objects of a kind as one, for what does not hold of all because it holds of each."""

    model: Model[S, Q]

    def start(self) -> Map[str, S]:
        """Return that nobody has used any."""
        return Map()

    def apply(self, state: Map[str, S], client: Address, request: Q) -> tuple[Map[str, S], object] | None:
        """Apply a request to its object."""
        own = state[request.key] if request.key in state else self.model.start()
        applied = self.model.apply(own, client, request)
        if applied is None:
            return None
        after, answer = applied
        return (state if same(after, own) else state.put(request.key, after)), answer

    def only_looks(self, request: Q, answer: object) -> bool:
        """Tell whether it only looks at its object."""
        return self.model.only_looks(request, answer)
