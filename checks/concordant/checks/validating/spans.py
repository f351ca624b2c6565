"""Spans of OpenTelemetry, in JSON as OTLP exports them, read as logs: a log for each resource, whose clock is its own.

A span with the attribute `concordant.asks` is a call: it begins with the line that asks, and ends with that of `concordant.answer`,
if it has one. An event of any span with `concordant.event`, `concordant.crash` or `concordant.recover` is a line. Who it was is
`concordant.at`, of the event, the span or the resource. Values are JSON texts, or key-value lists. All other spans are passed over.
Where spans have other attributes, a function of the user's says what these mean, of each span and event.

Source: OpenTelemetry Protocol 1.0, opentelemetry/proto/trace/v1 and the JSON mapping of its specification.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from concordant.checks.codec.scalars import once
from concordant.checks.misuse import Misuse
from concordant.checks.reading import json_of

Json: TypeAlias = Any
PREFIX = "concordant."
AT = f"{PREFIX}at"
HAPPENINGS = ("event", "crash", "recover")
CALLS = ("asks", "of", "answer")
Timed: TypeAlias = tuple[int, Json]
Mapping: TypeAlias = Callable[[str, dict[str, Json]], dict[str, Json]]
"""Of the name of a span or an event, and all attributes that are known there, makes attributes of ours; none of what tells nothing."""


def mapping_of(name: str) -> Mapping:
    """Return the function that `module:function` names; modules of the working directory are found too. None is a Misuse."""
    module, _, function = name.partition(":")
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        found: Mapping = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise Misuse(f"--map {name} names no function: {error}; write module:function") from error
    return found


def _known(mapping: Mapping | None, holder: Json, around: dict[str, Json]) -> dict[str, Json]:
    """Return the attributes of a span or an event, with those that a user's function makes of them. What it raises is a Misuse."""
    own = attributes(holder)
    if mapping is None:
        return own
    name = holder.get("name", "")
    try:
        made = dict(mapping(name, {**around, **own}))
    except Exception as error:  # whatever it raises
        raise Misuse(f"--map: of {name!r} it raised {type(error).__name__}: {error}") from error
    if unknown := [each for each in made if not str(each).startswith(PREFIX)]:
        raise Misuse(f"--map: of {name!r} it says {unknown[0]!r}, which would be passed over; what it says begins with {PREFIX}")
    return {**own, **made}


def exports_of(text: str) -> list[Json] | None:
    """Return the exports that a text holds, one as a whole or one a line; None where it holds none."""
    try:
        whole = json_of(text, once)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if not lines or '"resourceSpans"' not in lines[0]:
            return None
        return [json_of(line, once) for line in lines]
    return [whole] if isinstance(whole, dict) and "resourceSpans" in whole else None


def logs_of(exports: list[Json], mapping: Mapping | None = None) -> list[list[Json]]:
    """Return a log for each resource: lines in the order of its clock, and as exported where that shows the same."""
    logs: dict[str, list[Timed]] = {}
    numbers = count(1)
    for export in exports:
        for spans in export["resourceSpans"]:
            resource = attributes(spans.get("resource", {}))
            log = logs.setdefault(json.dumps(resource, sort_keys=True), [])
            for scope in spans.get("scopeSpans", ()):
                for span in scope.get("spans", ()):
                    log.extend(_lines(span, resource, mapping, next(numbers)))
    ordered = [sorted(log, key=lambda timed: timed[0]) for log in logs.values()]
    return [[line for _, line in log] for log in ordered if log]


def _lines(span: Json, resource: Json, mapping: Mapping | None, number: int) -> Iterator[Timed]:
    told = {**resource, **_known(mapping, span, resource)}
    _require_known(told, *CALLS)
    if f"{PREFIX}answer" in told and f"{PREFIX}asks" not in told:
        raise ValueError(f"{told[f'{PREFIX}answer']!r} answers nothing that was asked; name it in {PREFIX}asks")
    if f"{PREFIX}asks" in told:
        yield int(span["startTimeUnixNano"]), {**_line(told, "asks", "of"), "call": number}
        if f"{PREFIX}answer" in told:
            yield int(span["endTimeUnixNano"]), {**_line(told, "answer"), "call": number}
    for event in span.get("events", ()):
        own = _known(mapping, event, told)
        _require_known(own, *HAPPENINGS)
        if any(f"{PREFIX}{what}" in own for what in HAPPENINGS):
            yield int(event["timeUnixNano"]), _line({AT: told.get(AT), **own}, *HAPPENINGS)


def _require_known(told: Json, *names: str) -> None:
    """Refuse what is named like ours and is not: what it tells would be passed over."""
    for name in told:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in ("at", *names):
            raise ValueError(f"{name} is none of {', '.join(f'{PREFIX}{each}' for each in ('at', *names))}")


def _line(told: Json, *names: str) -> Json:
    """Return what some attributes tell, as a line of a log."""
    if not isinstance(told.get(AT), str):
        raise ValueError(f"{AT} is missing, of what tells {' or '.join(names)}")
    given = {name: told[f"{PREFIX}{name}"] for name in names if f"{PREFIX}{name}" in told}
    return {"at": told[AT], **{name: value if name == "of" else _parsed(value) for name, value in given.items()}}


def _parsed(value: Json) -> Json:
    return json_of(value, once) if isinstance(value, str) else value


def attributes(holder: Json) -> dict[str, Json]:
    """Return the attributes of a resource, a span or an event by name.

    >>> attributes({"attributes": [{"key": "round", "value": {"intValue": "2"}}]})
    {'round': 2}
    """
    return once([(each["key"], _value(each.get("value", {}))) for each in holder.get("attributes", ())])


def _value(value: Json) -> Json:
    match value:
        case {"intValue": number}:
            return int(number)
        case {"arrayValue": array}:
            return [_value(each) for each in array.get("values", ())]
        case {"kvlistValue": pairs}:
            return {each["key"]: _value(each.get("value", {})) for each in pairs.get("values", ())}
        case {"stringValue": plain} | {"boolValue": plain} | {"doubleValue": plain}:
            return plain
        case _:
            return None
