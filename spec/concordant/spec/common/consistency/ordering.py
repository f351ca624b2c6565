"""Search for an order in which an object, used by one client at a time, gives all the answers that were given.

Wing and Gong, "Testing and verifying concurrent objects" (1993), with the memory of Lowe, "Testing for linearizability"
(2017): what is reached by the same operations in the same state is gone through once. Deciding it is NP-complete (Gibbons
and Korach, 1997); in practice the effort grows with how many operations overlap, not with how many there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Protocol, TypeAlias

from attrs import define, field, frozen

from concordant.spec.common.consistency.objects import Model
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.vocabulary import likeness, same


@frozen
class Ordered:
    """An order that explains every answer; operations without an answer are in it where they took effect."""

    order: tuple[Operation, ...]


@frozen
class Unordered:
    """There is none. `explained`: a longest beginning of one, if it was looked for. `stuck`: those of which none can come next, or which contradict each other."""

    explained: tuple[Operation, ...]
    stuck: tuple[Operation, ...]


@frozen
class Undecided:
    """The search was given up after this many places."""

    places: int


Judgement: TypeAlias = Ordered | Unordered | Undecided


class Precedence(Protocol):
    """Which operations may come next. Those that must be ordered, and those that may be, are numbered as they began.

    `done`: the set of those ordered, as bits, of which all below `first` are.
    """

    def required(self, first: int, done: int) -> Sequence[int]:
        """List those that must be ordered and come after nothing that is not."""
        ...

    def optional(self, first: int, done: int) -> Sequence[int]:
        """List those that may be ordered and come after nothing that must be and is not."""
        ...


@frozen
class InTime:
    """What has ended before another begins comes before it."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]
    optional_begins: tuple[int, ...]

    @classmethod
    def of(cls, required: Sequence[Operation], optional: Sequence[Operation]) -> InTime:
        """Make it of operations in the order in which they began, the first of which have all ended."""
        ended = tuple(each.ends for each in required if each.ends is not None)
        return cls(tuple(each.begins for each in required), ended, tuple(each.begins for each in optional))

    def required(self, first: int, done: int) -> Sequence[int]:
        """List those that begin before any that is left has ended."""
        found, until = self._open(first, done)
        return found if self.begins[found[-1]] <= until else [each for each in found if self.begins[each] <= until]

    def optional(self, first: int, done: int) -> Sequence[int]:
        """List the same of those without an end."""
        return range(bisect_right(self.optional_begins, self._open(first, done)[1]))

    def _open(self, first: int, done: int) -> tuple[list[int], int]:
        """List who begins before the first end, as far as is known when it is looked at; and return that end."""
        begins, ends = self.begins, self.ends
        found, until, rest = [first], ends[first], done >> first
        for each in range(first + 1, len(begins)):
            if begins[each] > until:
                break
            rest >>= 1
            if not rest & 1:
                found.append(each)
                until = min(until, ends[each])
        return found, until


@frozen
class After:
    """Each comes after a set of others, as bits."""

    before: tuple[int, ...]
    before_optional: tuple[int, ...] = ()

    def required(self, first: int, done: int) -> Sequence[int]:
        """List those of which all that come before are done."""
        ready = range(first, len(self.before))
        return [each for each in ready if not done >> each & 1 and not self.before[each] & ~done]

    def optional(self, first: int, done: int) -> Sequence[int]:  # noqa: ARG002  # the set says it all
        """List the same of those that may be ordered."""
        return [each for each, before in enumerate(self.before_optional) if not before & ~done]


@frozen
class _Place:
    """How far an order is: what is done, of what must and of what may be, and the state of the object by number."""

    first: int
    done: int
    taken: int
    state: int

    @property
    def key(self) -> Hashable:
        return self.first, self.done >> self.first, self.taken, self.state

    def then(self, number: int, state: int) -> _Place:
        done = self.done | 1 << number
        first = self.first
        if number == first:
            rest = ~(done >> first)
            first += (rest & -rest).bit_length() - 1
        return _Place(first, done, self.taken, state)

    def taking(self, number: int, state: int) -> _Place:
        return _Place(self.first, self.done, self.taken | 1 << number, state)


Choice: TypeAlias = tuple[Operation, _Place]


def order(
    model: Model[Any, Any], required: Sequence[Operation], optional: Sequence[Operation], precedence: Precedence, budget: int | None = None
) -> Judgement:
    """Order all required operations, and optional ones as needed. `budget`: how many places to go through at most."""
    if not required:
        return Ordered(())
    search = _Search(model, required, optional, precedence)
    start = _Place(0, 0, 0, search.states.start)
    seen = {start.key}
    path: list[Operation] = []
    frames = [(start, search.choices(start))]
    explained: tuple[Operation, ...] = ()
    furthest = start
    while frames:
        here, choices = frames[-1]
        choice = next(choices, None)
        if choice is None:
            if len(path) > len(explained):
                explained, furthest = tuple(path), here
            frames.pop()
            if path:
                path.pop()
            continue
        operation, place = choice
        if place.first == len(required):
            return Ordered((*path, operation))
        if place.key in seen:
            continue
        if len(seen) == budget:
            return Undecided(len(seen))
        seen.add(place.key)
        path.append(operation)
        frames.append((place, search.choices(place)))
    return Unordered(explained, tuple(required[each] for each in precedence.required(furthest.first, furthest.done)))


@define(eq=False)
class _States:
    """The states of an object, and what each operation does to each, by number: the model is asked once."""

    model: Model[Any, Any]
    values: list[Any] = field(factory=list)
    numbers: dict[Hashable, int] = field(factory=dict)
    moves: dict[tuple[int, int], int | None] = field(factory=dict)

    @property
    def start(self) -> int:
        return self.number(self.model.start())

    def number(self, state: object) -> int:
        key = likeness(state)
        if key not in self.numbers:
            self.numbers[key] = len(self.values)
            self.values.append(state)
        return self.numbers[key]

    def after(self, state: int, kind: int, operation: Operation) -> int | None:
        """Return the state after an operation; None where it must wait, or would have got another answer."""
        move = state, kind
        if move not in self.moves:
            applied = self.model.apply(self.values[state], operation.client, operation.request)
            fits = applied is not None and (operation.ends is None or same(applied[1], operation.answer))
            self.moves[move] = self.number(applied[0]) if applied is not None and fits else None
        return self.moves[move]


@define(eq=False)
class _Search:
    model: Model[Any, Any]
    required: Sequence[Operation]
    optional: Sequence[Operation]
    precedence: Precedence
    states: _States = field(init=False)
    _kinds: dict[Hashable, int] = field(factory=dict, init=False)
    _of_required: tuple[int, ...] = field(init=False)
    _of_optional: tuple[int, ...] = field(init=False)
    _looks: tuple[bool, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.states = _States(self.model)
        self._of_required = tuple(map(self._kind, self.required))
        self._of_optional = tuple(map(self._kind, self.optional))
        self._looks = tuple(each.ends is not None and self.model.only_looks(each.request, each.answer) for each in self.required)

    def _kind(self, operation: Operation) -> int:
        what = operation.client, operation.request, operation.ends is None, operation.answer
        return self._kinds.setdefault(likeness(what), len(self._kinds))

    def choices(self, place: _Place) -> Iterator[Choice]:
        """Yield what can come next: what must be ordered before what may be, and nothing else beside what only looks.

        An operation that only looks, and may come next with its answer, can be moved here from wherever it stands in an order
        of the rest: nothing else sees whether it was there.
        """
        found: list[Choice] = []
        for each in self.precedence.required(place.first, place.done):
            state = self.states.after(place.state, self._of_required[each], self.required[each])
            if state is not None and self._looks[each]:
                if state != place.state:
                    raise ValueError(
                        f"{self.required[each]} changes {self.states.values[place.state]!r}, and only_looks says that it never does; correct the model"
                    )
                yield self.required[each], place.then(each, state)
                return
            if state is not None:
                found.append((self.required[each], place.then(each, state)))
        yield from found
        if self.optional:
            for each in self.precedence.optional(place.first, place.done):
                if not place.taken >> each & 1:
                    state = self.states.after(place.state, self._of_optional[each], self.optional[each])
                    if state is not None and state != place.state:
                        yield self.optional[each], place.taking(each, state)
