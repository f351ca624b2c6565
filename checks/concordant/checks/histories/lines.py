"""The lines of a recording: JSON objects, EDN maps, or the log of Jepsen, one happening a line.

A JSON line is `{"process": 0, "type": "invoke", "f": "read", "key": "x", "value": null}`; the key may be left out. Types are those of
Jepsen: what was invoked ends `ok`, or `fail` if it certainly had no effect, or `info` if nobody knows, after which the process asks no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen

from concordant.checks.codec.scalars import once
from concordant.checks.misuse import Misuse
from concordant.checks.reading import json_of

LOGGED = re.compile(r"\S+\s+jepsen\.util - (\S+)\s+:(\w+)\s+:(\S+)\s+(.*)")
"""A line of Jepsen's log: process, type, function and value."""


class Kind(Enum):
    """What happens in a line. Values are what recordings call it."""

    INVOKE = "invoke"
    OK = "ok"
    FAIL = "fail"
    INFO = "info"
    SEND = "send"
    DELIVER = "deliver"


@frozen
class Line:
    """One happening. `number`: of the line, from 1; `f`: what is asked; `error`: why it failed, if that is told; `peer`: who sent it, or whom it is sent to, if that is told; `has_value`: whether a value stands there, which may be null."""

    number: int
    process: str
    kind: Kind
    f: str = ""
    key: str = ""
    value: object = None
    error: str = ""
    peer: str = ""
    has_value: bool = True


def read_lines(file: Path) -> tuple[Line, ...]:
    """Read a recording. A file without a happening, or a line that is none, is a Misuse."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"{file} cannot be read: {error}") from error
    found = tuple(_lines(file, text))
    if not found:
        raise Misuse(f"{file} has no happening; a line is such as {EXAMPLE}")
    return found


EXAMPLE = '{"process": 0, "type": "invoke", "f": "read", "key": "x", "value": null}'


def _lines(file: Path, text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield _line(number, _fields(line.strip()))
            except ValueError as error:
                raise Misuse(f"{file}, line {number}: {error}; a line is such as {EXAMPLE}") from error


def _fields(line: str) -> dict[str, Any]:
    """Return the fields of a line in any of the three forms."""
    logged = LOGGED.fullmatch(line)
    if logged is not None:
        process, kind, f, value = logged.groups()
        told = {"error": value[1:], "value": None} if value.startswith(":") else {"value": _edn(value)}
        return {"process": process, "type": kind, "f": f, **told}
    read: Callable[[str], object] = _edn if line.startswith("{:") else partial(json_of, pairs=once)
    found = read(line)
    if not isinstance(found, dict):
        raise ValueError(f"{line[:80]!r} is no object")  # it is about the line
    return found


def _edn(text: str) -> Any:
    """Read EDN: numbers and nil by themselves, the rest by `edn_format`, which is the extra `edn`."""
    if text == "nil":
        return None
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if numbers := re.fullmatch(r"\[(-?[0-9]+) (-?[0-9]+)\]", text):
        return [int(each) for each in numbers.groups()]
    try:
        import edn_format  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise Misuse("EDN is read by edn_format: pip install 'concordant[edn]'") from error
    try:
        return _named(edn_format.loads(text))
    except edn_format.exceptions.EDNDecodeError as error:
        raise ValueError(str(error)) from error


def _named(value: Any) -> Any:
    """Return what was read as JSON would have it: keywords as texts."""
    if hasattr(value, "items"):
        return {_named(key): _named(each) for key, each in value.items()}
    if isinstance(value, str | int | bool) or value is None:
        return value
    if hasattr(value, "name"):
        return value.name
    return [_named(each) for each in value]


def _line(number: int, given: dict[str, Any]) -> Line:
    for name in ("process", "type"):
        if name not in given:
            raise ValueError(f"it has no {name}")
    kinds = [kind.value for kind in Kind]
    if given["type"] not in kinds:
        raise ValueError(f"its type is {given['type']!r}, which is none of {', '.join(kinds)}")
    kind = Kind(given["type"])
    peer = given.get("to") if kind is Kind.SEND else given.get("from")
    own, itself = ("from", "the sender") if kind is Kind.SEND else ("to", "the receiver")
    if given.get(own) is not None and kind in (Kind.SEND, Kind.DELIVER) and str(given[own]) != str(given["process"]):
        raise ValueError(f"it is {own} {given[own]!r}, while process {given['process']!r} is {itself}")
    return Line(
        number,
        str(given["process"]),
        kind,
        str(given.get("f", "")),
        "" if given.get("key") is None else str(given["key"]),
        as_value(given.get("value")),
        str(given.get("error") or ""),
        "" if peer is None else str(peer),
        "value" in given,
    )


def as_value(given: Any) -> object:
    """Return a value of JSON as one that never changes: lists as tuples, objects as tuples of pairs. A number that is not whole is a ValueError."""
    match given:
        case list() | tuple():
            return tuple(map(as_value, given))
        case dict():
            return tuple((name, as_value(each)) for name, each in sorted(given.items()))
        case float():
            raise ValueError(f"{given!r} is no exact number; write it as a text, or in a smaller unit")
        case _:
            return given
