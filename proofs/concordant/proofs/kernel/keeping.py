"""What a rule could keep from one run to the next, though nothing in its source shows it: it must be as it was after every path.

Under another name a dict of the module can be filled, and a class be given an attribute. So whatever a rule reaches that can
be changed is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from operator import is_
from types import FunctionType
from typing import Any

from attrs import frozen

from concordant.proofs.kernel.lint import ADVICE
from concordant.proofs.kernel.reach import Mention, reached

Content = Mapping[object, object]
CAN_CHANGE = (dict, type, FunctionType, partial, Enum)
"""Of what a rule may name, what can be changed; lists and the like it may not name."""


@frozen(eq=False)
class Kept:
    """What some functions reach that can be changed: where each thing is named, and a copy of what it held."""

    things: tuple[tuple[Any, Mention, Content], ...]

    @classmethod
    def by(cls, *functions: Callable[..., Any]) -> Kept:
        """Return what some functions reach."""
        found = ((value, place) for value, place in reached(*functions) if isinstance(value, CAN_CHANGE) and not _is_fixed(value))
        return cls(tuple((value, place, dict(_content(value))) for value, place in found))

    def changed(self) -> str | None:
        """Say what is no longer as it was; None where all is."""
        for value, place, was in self.things:
            if not _is_the_same(_content(value), was):
                return f"{place}: {place.name} is no longer what it was: {ADVICE['state']}"
        return None


IMMUTABLE = 1 << 8
"""The flag of a class that Python itself lets nobody change, such as tuple."""


def _is_fixed(value: Any) -> bool:
    return isinstance(value, type) and bool(value.__flags__ & IMMUTABLE)


def _content(value: Any) -> Content:
    content: Content = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return content


def _is_the_same(now: Content, was: Content) -> bool:
    """Tell whether the same things stand in the same order; none is asked whether it is equal to another."""
    return len(now) == len(was) and all(map(is_, now, was)) and all(map(is_, now.values(), was.values()))
