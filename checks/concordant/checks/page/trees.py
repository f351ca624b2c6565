"""Values as trees for the page, which marks in them what changed down to the leaf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import fields, has

from concordant.checks.semantics.canonical import order_key, text
from concordant.spec.vocabulary import Bag, Map

Json = dict[str, Any]


def tree(value: object) -> Json:
    """Return a value as a tree: records, tuples, sets, bags and maps keep their parts, whatever else is its text.

    >>> tree((1, None))
    {'kind': 'tuple', 'items': [{'text': '1'}, {'text': 'None'}]}
    """
    match value:
        case tuple():
            return {"kind": "tuple", "items": [tree(each) for each in value]}
        case frozenset():
            return {"kind": "set", "items": [tree(each) for each in sorted(value, key=order_key)]}
        case Bag():
            return {"kind": "bag", "items": [tree(each) for each in value]}
        case Map() | Mapping():
            return {"kind": "map", "entries": [[tree(key), tree(entry)] for key, entry in value.items()]}
        case _ if has(kind := type(value)) and "__str__" not in vars(kind):
            return {"name": kind.__name__, "fields": [[part.name, tree(getattr(value, part.name))] for part in fields(kind)]}
        case _:
            return {"text": text(value)}


def named_trees(values: Mapping[str, object]) -> list[Json]:
    """Return values by name, in their order."""
    return [{"name": name.replace("_", " "), "value": tree(value)} for name, value in values.items()]
