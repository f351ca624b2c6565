"""Consistency by its definitions, every order tried, and all small histories; nothing here is shared with what it judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, combinations_with_replacement, permutations, product
from typing import Any, TypeAlias

from concordant.spec.common.consistency.objects import Model, Read, Write
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.vocabulary import Address, addresses, same

Before: TypeAlias = Callable[[Operation, Operation], bool]


def in_time(one: Operation, other: Operation) -> bool:
    return one.ends is not None and one.ends < other.begins


def in_program(one: Operation, other: Operation) -> bool:
    return one.client == other.client and in_time(one, other)


def is_ordered(model: Model[Any, Any], operations: Sequence[Operation], before: Before) -> bool:
    """Tell whether some order of all that were answered, and some of the others, keeps what comes before what and explains all answers."""
    answered = [each for each in operations if each.ends is not None]
    others = [each for each in operations if each.ends is None]
    chosen = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    return any(explains(model, order) and keeps(order, before) for some in chosen for order in permutations((*answered, *some)))


def keeps(order: Sequence[Operation], before: Before) -> bool:
    return not any(before(later, earlier) for earlier, later in combinations(order, 2))


def explains(model: Model[Any, Any], order: Iterable[Operation]) -> bool:
    states: dict[str, Any] = {}
    for each in order:
        request: Any = each.request
        applied = model.apply(states.get(request.key, model.start()), each.client, request)
        if applied is None or (each.ends is not None and not same(applied[1], each.answer)):
            return False
        states[request.key] = applied[0]
    return True


def is_causal(model: Model[Any, Any], operations: Sequence[Operation]) -> bool:
    """Tell whether each client sees all writes and its own reads in an order that keeps causes before effects."""
    causes = {(one, other) for one, other in permutations(operations, 2) if in_program(one, other) or is_read_by(one, other)}
    while more := {(a, d) for (a, b), (c, d) in product(causes, causes) if b == c} - causes:
        causes |= more
    clients = {each.client for each in operations}
    return all(
        any(
            explains(model, order) and keeps(order, lambda one, other: (one, other) in causes)
            for order in permutations(
                [each for each in operations if isinstance(each.request, Write) or (each.client == client and each.ends is not None)]
            )
        )
        for client in clients
    )


def is_read_by(write: Operation, read: Operation) -> bool:
    match write.request, read.request, read.answer:
        case Write(value, key), Read(other), answer if key == other and read.ends is not None:
            return bool(getattr(answer, "value", None) == value)
        case _:
            return False


# ---- all small histories

Interval: TypeAlias = tuple[int, int | None]


def intervals(count: int) -> Iterator[tuple[Interval, ...]]:
    """Yield every way in which operations follow each other or overlap, up to their names. None: without an answer."""
    possible = [(begins, ends) for begins in range(count) for ends in (*range(begins, count), None)]
    for chosen in combinations_with_replacement(possible, count):
        begins, ends = {begin for begin, _ in chosen}, {end for _, end in chosen if end is not None}
        last = max(begins)
        if begins == set(range(last + 1)) and ends - {last} == set(range(last)):
            yield chosen


Asked: TypeAlias = tuple[object, tuple[object, ...]]
"""A request and the answers that it may get."""


def histories(count: int, asked: Sequence[Asked], clients: Sequence[Address] = ()) -> Iterator[tuple[Operation, ...]]:
    """Yield every history of so many operations, each once up to the names of those with the same interval. By default every operation is another client's."""
    names = addresses("client", count)
    for times in intervals(count):
        options = [
            [(request, answer) for request, answers in asked for answer in answers]
            if ends is not None
            else [(request, None) for request, _ in asked]
            for _, ends in times
        ]
        for chosen in product(*(range(len(each)) for each in options)):
            if any(times[place] == times[place + 1] and chosen[place] > chosen[place + 1] for place in range(count - 1)):
                continue
            for who in product(clients, repeat=count) if clients else (names,):
                yield tuple(
                    Operation(client, options[place][number][0], *times[place], options[place][number][1])
                    for place, (number, client) in enumerate(zip(chosen, who, strict=True))
                )


def reads_own(operations: Sequence[Operation]) -> bool:
    """Tell whether some order of the writes keeps that of each client, and who read after it wrote saw its last write or a later one."""
    writes = [each for each in operations if isinstance(each.request, Write)]
    return any(keeps(order, in_program) and all(sees_own(order, read) for read in operations) for order in permutations(writes))


def sees_own(order: Sequence[Operation], read: Operation) -> bool:
    if not isinstance(read.request, Read) or read.ends is None:
        return True
    of_key = [each for each in order if isinstance(each.request, Write) and each.request.key == read.request.key]
    own = [place for place, each in enumerate(of_key) if in_program(each, read)]
    seen = [place for place, each in enumerate(of_key) if is_read_by(each, read)]
    return not own or (bool(seen) and max(own) <= seen[0])
