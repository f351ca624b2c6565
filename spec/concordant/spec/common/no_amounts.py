"""What is no amount of anything, by name: a NaN is not equal to itself, and could not be found again in a record."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan
from typing import Any

NO_AMOUNTS: dict[str, Any] = {
    "not a number": nan,
    "infinite": inf,
    "a float": 0.5,  # no amount
    "nothing": None,
    "a truth": True,
    "a text": "1",
    "negative": 0 - Fraction(1, 1000),
}
