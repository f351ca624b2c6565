"""Logs: what a running system wrote down, a happening a line, in an order of its own for each clock.

A line is `{"at": USER, "asks": REQUEST, "of": PROCESS}`, `{"at": USER, "answer": ANSWER}`, `{"at": PROCESS, "event": EVENT}`,
`{"at": PROCESS, "crash": true}` or `{"at": PROCESS, "recover": true}`. Requests are whole; of answers and events fields may be left out. Lines of users may name the `call` that they are about.
The first line of the first log may be a header: `{"records": [names of events], "complete": false}`. A file may also hold spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from concordant.checks.codec.codec import Codec
from concordant.checks.codec.scalars import CannotDecode, address_of, once
from concordant.checks.misuse import Misuse
from concordant.checks.reading import json_of
from concordant.checks.validating.spans import Mapping, exports_of, logs_of
from concordant.spec.vocabulary import Address

Json: TypeAlias = Any


class What(Enum):
    """What a line is about. Values are the fields that say it."""

    ASKS = "asks"
    ANSWER = "answer"
    EVENT = "event"
    CRASH = "crash"
    RECOVER = "recover"


CALLS = (What.ASKS, What.ANSWER)
"""What a line may say of which call it is."""


@frozen(eq=False)
class LogLine:
    """One line. `number`: from 1; `told`: what it tells, as JSON; `request`, `of`: of a call, what is asked of whom. `call`: which call it is, or answers; None where nobody says."""

    file: str
    number: int
    at: Address
    what: What
    told: Json = None
    request: object = None
    of: Address | None = None
    call: Json = None

    def __str__(self) -> str:
        told = "" if self.what in (What.CRASH, What.RECOVER) else f" {json.dumps(self.told, ensure_ascii=False)}"
        return f"{self.at} {self.what.value}{told}{'' if self.of is None else f' of {self.of}'}"


@frozen
class RecordedLogs:
    """Logs of one run. `records`: the events that leave a line; `complete`: whether none of these lines is lost."""

    logs: tuple[tuple[LogLine, ...], ...]
    records: frozenset[str]
    complete: bool = True

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(map(len, self.logs))


def read_logs(files: Sequence[Path], codec: Codec, mapping: Mapping | None = None) -> RecordedLogs:
    """Read logs. One without a line, or a line that is none, is a Misuse. `mapping`: says what other spans mean."""
    header: dict[str, Json] = {}
    logs = []
    for place, file in enumerate(files):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Misuse(f"{file} cannot be read: {error}") from error
        spans = _spans(file, text, codec, mapping)
        if mapping is not None and not spans:
            raise Misuse(f"{file} holds no spans, which --map is for")
        entries = spans or [tuple(_entries(file, text, codec, header if place == 0 else None))]
        if not all(entries):
            raise Misuse(f"{file} has no line to explain")
        logs.extend(entries)
    _require_pairs(entry for log in logs for entry in log)
    told = {each.told["type"] for log in logs for each in log if each.what is What.EVENT}
    return RecordedLogs(tuple(logs), frozenset(header.get("records", told)), header.get("complete", True))


def _require_pairs(entries: Iterable[LogLine]) -> None:
    """Raise a Misuse where a call is named twice, or answered twice, or an answer is of no call of its user."""
    named = [entry for entry in entries if entry.call is not None]
    asked = {(entry.at, entry.call) for entry in named if entry.what is What.ASKS}
    seen: set[tuple[What, Address, Json]] = set()
    for entry in named:
        where = f"{entry.file}, line {entry.number}: {entry.at}"
        if (entry.what, entry.at, entry.call) in seen:
            raise Misuse(
                f"{where} {'asks' if entry.what is What.ASKS else 'is answered'} twice in call {entry.call!r}; give each call its own name"
            )
        if (entry.at, entry.call) not in asked:
            raise Misuse(f"{where} is answered in call {entry.call!r}, and has asked nothing in it")
        seen.add((entry.what, entry.at, entry.call))


def _spans(file: Path, text: str, codec: Codec, mapping: Mapping | None) -> list[tuple[LogLine, ...]]:
    """Return a log for each resource, numbered in the order of its clock; none where the file holds no spans."""
    try:
        exports = exports_of(text)
        if exports is None:
            return []
        found = [
            tuple(_entry(file, place, given | _of_file(given, file), codec) for place, given in enumerate(log, start=1))
            for log in logs_of(exports, mapping)
        ]
    except (AttributeError, KeyError, TypeError, ValueError, CannotDecode) as error:
        raise Misuse(f"{file} holds no spans as OTLP exports them: {type(error).__name__}: {error}") from error
    return found or [()]


def _of_file(given: dict[str, Json], file: Path) -> dict[str, Json]:
    """Return the number of a span as that of a file: there may be several."""
    return {"call": f"span {given['call']} of {file}"} if "call" in given else {}


def _entries(file: Path, text: str, codec: Codec, header: dict[str, Json] | None) -> Iterator[LogLine]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            given = json_of(line, once)
            if not isinstance(given, dict):
                raise ValueError("it is no object")  # noqa: TRY301  # it is about the line
            if number == 1 and header is not None and "at" not in given:
                header.update(_header(given, codec))
                continue
            yield _entry(file, number, given, codec)
        except (ValueError, CannotDecode) as error:
            raise Misuse(f"{file}, line {number}: {error}") from error


def _header(given: dict[str, Json], codec: Codec) -> dict[str, Json]:
    """Return a header, if it says what one may say. A misspelt one would let events be missing."""
    records = given.get("records", [])
    if not set(given) <= {"records", "complete"} or not isinstance(records, list) or not isinstance(given.get("complete", True), bool):
        raise ValueError('a first line without at is such as {"records": ["Prepared"], "complete": false}')
    for name in records:
        if not isinstance(name, str) or name not in codec.names.kinds:
            raise ValueError(f"records names {name!r}, which is no event of the protocol")
    return given


def _entry(file: Path, number: int, given: dict[str, Json], codec: Codec) -> LogLine:
    kinds = [what for what in What if what.value in given]
    if "at" not in given or len(kinds) != 1:
        names = ", ".join(what.value for what in What)
        raise ValueError(f"a line has at, and one of {names}")
    known = ("at", kinds[0].value, *(["of"] if kinds[0] is What.ASKS else []), *(["call"] if kinds[0] in CALLS else []))
    if unknown := [name for name in given if name not in known]:
        raise ValueError(f"its field {unknown[0]!r} is none of {', '.join(known)}")
    at, what = address_of(given["at"]), kinds[0]
    told = given[what.value]
    if what is What.ASKS:
        if "of" not in given:
            raise ValueError("a call names in of whom it asks")
        return LogLine(file.name, number, at, what, told, codec.decode(told), address_of(given["of"]), _named(given))
    if what in (What.ANSWER, What.EVENT) and not isinstance(told, dict):
        raise ValueError(f"{what.value} is {told!r}; it is an object with its type")
    if what is What.EVENT and str(told.get("type")) not in codec.names.kinds:
        raise ValueError(f"event is {told!r}; its type is one of the protocol")
    if what in (What.CRASH, What.RECOVER) and told is not True:
        raise ValueError(f"{what.value} is {told!r}; it is true, or left out")
    return LogLine(file.name, number, at, what, told, call=_named(given))


def _named(given: dict[str, Json]) -> Json:
    """Return which call a line is about, by a text or a number; None where it does not say."""
    call = given.get("call")
    if "call" in given and type(call) not in (int, str):
        raise ValueError(f"call is {call!r}; it names a call by a text or a number")
    return call


def mismatch(pattern: Json, value: Json, where: str = "") -> str:
    """Return the first field in which a value is not what a line tells, in a few words; empty where it fits. What the line leaves out fits."""
    if isinstance(pattern, dict) and isinstance(value, dict):
        for name, part in pattern.items():
            if name not in value:
                return f"{where}{name} is not there"
            found = mismatch(part, value[name], f"{where}{name}.")
            if found:
                return found
        return ""
    if isinstance(pattern, list) and isinstance(value, list) and len(pattern) == len(value):
        parts = enumerate(zip(pattern, value, strict=True))
        return next(filter(None, (mismatch(*pair, f"{where}{place}.") for place, pair in parts)), "")
    same = type(pattern) is type(value) and pattern == value
    return "" if same else f"{where.rstrip('.') or 'it'} is {json.dumps(value)}, not {json.dumps(pattern)}"
