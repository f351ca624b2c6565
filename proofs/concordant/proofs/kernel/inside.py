"""What is inside symbols, for what proves: what a bag holds, and of which symbol a number is a part."""

from __future__ import annotations

from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbols import _BAG, _PART, AnyBag, Projection, SymbolicClass


def is_in(domain: SymbolicClass, bag: Any, term: Term) -> Term:
    """Return that an element is in a bag: in any, or in one that a handler has made."""
    if type(bag) is not AnyBag:
        return z3.Or([term == domain.term(each) for each in bag])
    _, has, added = _BAG(bag)
    return z3.Or([has(term), *(term == domain.term(each) for each in added)])


def bag_of(value: object) -> SymbolicClass | None:
    """Return of what domain any bag is; None of what is none."""
    return _BAG(value)[0] if type(value) is AnyBag else None


@frozen
class PartOf:
    """Of which symbol a number is a part, by which name, and how much more it is."""

    whole: Any
    name: str
    more: int


def part_of(value: object) -> PartOf | None:
    """Return of what a number is a part; None of what is no part."""
    return PartOf(*_PART(value)) if type(value) is Projection else None
