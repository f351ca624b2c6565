"""From lines to operations: who asked what, from when to when, and what it was answered, in the words of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from concordant.checks.histories.lines import Kind, Line
from concordant.checks.misuse import Misuse
from concordant.spec.common.consistency.deliveries import Delivered, Messages, Sent
from concordant.spec.common.consistency.objects import (
    EMPTY,
    NOT_HELD,
    Acquire,
    Add,
    Append,
    Contains,
    Counter,
    Dequeue,
    Done,
    Enqueue,
    Insert,
    Lock,
    Model,
    Present,
    Queue,
    Read,
    Register,
    Release,
    Remove,
    Set,
    Swap,
    Swapped,
    Text,
    Value,
    Write,
)
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.vocabulary import Address, same

Asking: TypeAlias = Callable[[str, Any], object]
"""Makes a request of the key and the value of its first line."""
Answering: TypeAlias = Callable[[Any], object]
"""Makes an answer of the value of its last line."""


@frozen
class ModelFunction:
    """One function of a model. `fails_with`: what it is answered where it ends by `fail` without an error; None where that had no effect. `takes`: whether it is asked with a value."""

    ask: Asking
    answer: Answering
    fails_with: object = None
    takes: bool = True


def _pair(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, tuple) or len(value) != 2:
        raise ValueError(f"{value!r} is not [expected, new]")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(f"{value!r} is no whole number, such as a counter adds")  # it is about the line
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")  # it is about the line
    return value


def _truth(value: Any) -> Present:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not true or false: whether the element was there before")  # it is about the line
    return Present(value)


def _done(_: Any) -> Done:
    return Done()


def _swapped(_: Any) -> Swapped:
    return Swapped(swapped=True)


ANSWERED_ALIKE: tuple[Answering, ...] = (_done, _swapped)
"""Answers that tell nothing: the value of the last line, if it has one, is that of the first."""
READ = ModelFunction(lambda key, _: Read(key), Value, takes=False)
WRITE = ModelFunction(lambda key, value: Write(value, key), _done)
KINDS: Mapping[str, tuple[Model[Any, Any], Mapping[str, ModelFunction]]] = {
    "register": (
        Register(),
        {
            "read": READ,
            "write": WRITE,
            "cas": ModelFunction(lambda key, value: Swap(*_pair(value), key), _swapped, Swapped(swapped=False)),
        },
    ),
    "text": (
        Text(),
        {
            "get": READ,
            "put": ModelFunction(lambda key, value: Write(_words(value), key), _done),
            "append": ModelFunction(lambda key, value: Append(_words(value), key), _done),
        },
    ),
    "counter": (Counter(), {"read": READ, "add": ModelFunction(lambda key, value: Add(_number(value), key), _done)}),
    "set": (
        Set(),
        {
            "add": ModelFunction(lambda key, value: Insert(value, key), _truth),
            "remove": ModelFunction(lambda key, value: Remove(value, key), _truth),
            "contains": ModelFunction(lambda key, value: Contains(value, key), _truth),
        },
    ),
    "queue": (
        Queue(),
        {
            "enqueue": ModelFunction(lambda key, value: Enqueue(value, key), _done),
            "dequeue": ModelFunction(lambda key, _: Dequeue(key), lambda value: EMPTY if value is None else Value(value), takes=False),
        },
    ),
    "lock": (
        Lock(),
        {
            "acquire": ModelFunction(lambda key, _: Acquire(key), _done, takes=False),
            "release": ModelFunction(lambda key, _: Release(key), _done, NOT_HELD, takes=False),
        },
    ),
}
"""The kinds of objects that are recorded, with their functions by the names that lines call them."""


@frozen
class Recording:
    """Operations, whose moments are numbers of lines; and by client, which process it is."""

    operations: tuple[Operation, ...]
    processes: Mapping[Address, str]


def recording(kind: str, lines: Iterable[Line]) -> Recording:
    """Return the operations of a recording. A line that does not fit is a Misuse."""
    clients: dict[str, Address] = {}
    found = tuple(_operations(KINDS[kind][1], lines, clients))
    return Recording(found, {client: process for process, client in clients.items()})


def _operations(functions: Mapping[str, ModelFunction], lines: Iterable[Line], clients: dict[str, Address]) -> Iterator[Operation]:
    asked: dict[str, Line] = {}
    lost: dict[str, Line] = {}
    for line in lines:
        client = clients.setdefault(line.process, Address("client", len(clients)))
        begun = asked.pop(line.process, None)
        if line.kind is Kind.INVOKE:
            if begun is not None:
                raise _wrong(line, f"process {line.process} asks again before what it asked in line {begun.number} has ended")
            if line.process in lost:
                raise _wrong(
                    line,
                    f"process {line.process} asks again, and nobody knows how what it asked before line {lost[line.process].number} ended",
                )
            if line.f not in functions:
                raise _wrong(line, f"no function is called {line.f!r}; there are {', '.join(functions)}")
            asked[line.process] = line
        elif begun is None or line.kind not in (Kind.OK, Kind.FAIL, Kind.INFO):
            raise _wrong(line, f"process {line.process} has asked nothing that could end")
        elif line.f not in ("", begun.f):
            raise _wrong(line, f"process {line.process} ends {line.f!r}, and asked {begun.f!r} in line {begun.number}")
        elif line.key not in ("", begun.key):
            raise _wrong(line, f"process {line.process} ends {line.key!r}, and asked about {begun.key!r} in line {begun.number}")
        else:
            yield from _ended(functions[begun.f], client, begun, line)
            lost |= {line.process: line} if line.kind is Kind.INFO else {}
    for begun in asked.values():
        yield from _ended(functions[begun.f], clients[begun.process], begun, None)


def _ended(function: ModelFunction, client: Address, begun: Line, line: Line | None) -> Iterator[Operation]:
    """Yield an operation; nothing of one that certainly had no effect and was told nothing."""
    if function.takes and not begun.has_value:
        raise _wrong(begun, f"{begun.f} is asked without a value")
    try:
        request = function.ask(begun.key, begun.value)
    except ValueError as error:
        raise _wrong(begun, str(error)) from error
    if line is None or line.kind is Kind.INFO:
        yield Operation(client, request, begun.number)
    elif line.kind is Kind.OK:
        if function.answer in ANSWERED_ALIKE and line.value is not None and not same(line.value, begun.value):
            raise _wrong(line, f"it ends {begun.f} of {line.value!r}, and line {begun.number} asked for {begun.value!r}")
        if function.answer not in ANSWERED_ALIKE and not line.has_value:
            raise _wrong(line, f"{begun.f} ends without the value that it was answered, which may be null")
        try:
            answer = function.answer(line.value)
        except ValueError as error:
            raise _wrong(line, str(error)) from error
        yield Operation(client, request, begun.number, line.number, answer)
    elif function.fails_with is not None and not line.error:
        yield Operation(client, request, begun.number, line.number, function.fails_with)


def messages(lines: Iterable[Line]) -> tuple[Messages, Mapping[Address, str]]:
    """Return the messages of a recording, and by address, which process it is. A line that does not fit is a Misuse."""
    addresses: dict[str, Address] = {}
    sent: list[Sent] = []
    delivered: list[Delivered] = []

    def address(process: str) -> Address:
        return addresses.setdefault(process, Address("process", len(addresses)))

    for line in lines:
        if not line.has_value:
            raise _wrong(line, "it has no value, which is the message")
        if line.kind is Kind.SEND:
            sent.append(Sent(address(line.process), line.value, line.number, address(line.peer) if line.peer else None))
        elif line.kind is Kind.DELIVER:
            delivered.append(Delivered(address(line.process), line.value, line.number, address(line.peer) if line.peer else None))
        else:
            raise _wrong(line, f"its type is {line.kind.value}; messages are of type send or deliver")
    try:
        found = Messages(tuple(sent), tuple(delivered))
    except ValueError as error:
        raise Misuse(str(error)) from error
    return found, {each: process for process, each in addresses.items()}


def _wrong(line: Line, what: str) -> Misuse:
    return Misuse(f"line {line.number}: {what}")
