"""What is no amount of anything, by name: a NaN is not equal to itself, and could not be found again in a record."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf, nan
from types import MappingProxyType
from typing import Any

from concordant.spec.vocabulary import Draw

NO_AMOUNTS: Mapping[str, Any] = MappingProxyType(
    {
        "not a number": nan,
        "infinite": inf,
        "a float": 0.5,  # no amount
        "nothing": None,
        "a truth": True,
        "a text": "1",
        "negative": 0 - Fraction(1, 1000),
    }
)


def perhaps(draw: Draw, name: str) -> Any:
    """Draw an amount, or now and then what is none."""
    kind = draw.one_of(f"{name} is", ("an amount", *("an amount" for _ in NO_AMOUNTS), *NO_AMOUNTS))
    return NO_AMOUNTS[kind] if kind in NO_AMOUNTS else draw.amount(name)
