"""Values as text, one way each: every value with its type, so that what is read is what was written."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from concordant.spec.vocabulary import Map

Json: TypeAlias = "bool | int | str | list[Json] | None"


def encode(value: object) -> str | None:
    """Write a value in a line; None where it holds something that has no text.

    >>> encode(Map.of({1: ("a", True)}))
    '["map", [1, ["tuple", "a", true]]]'
    >>> encode(1 / 2) is None
    True
    """
    try:
        return json.dumps(_shown(value))
    except NoText:
        return None


def decode(text: str) -> object:
    """Read a value from its text.

    >>> decode('["set", 1, "1"]') == frozenset({1, "1"})
    True
    """
    return _read(json.loads(text))


class NoText(Exception):  # noqa: N818  # the text says all
    """A value, or a part of one, has no text."""


def _shown(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            return value
        case tuple():
            return ["tuple", *map(_shown, value)]
        case frozenset():
            return ["set", *sorted(map(_shown, value), key=json.dumps)]
        case Map(pairs):
            return ["map", *([_shown(key), _shown(each)] for key, each in pairs)]
        case _:
            raise NoText


def _read(shown: Any) -> Any:
    match shown:
        case ["tuple", *parts]:
            return tuple(map(_read, parts))
        case ["set", *parts]:
            return frozenset(map(_read, parts))
        case ["map", *pairs]:
            return Map.of([(_read(key), _read(each)) for key, each in pairs])
        case _:
            return shown
