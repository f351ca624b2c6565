"""What a rule could keep from one run to the next, though nothing in its source shows it: it must be as it was after every path.

Under another name a dict of the module can be filled, and a class be given an attribute. So whatever a rule reaches that can
be changed is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from types import FunctionType
from typing import Any

from attrs import frozen

from concordant.proofs.kernel.lint import ADVICE
from concordant.proofs.kernel.reach import Mention, reached

Content = tuple[tuple[object, object], ...]
CAN_CHANGE = (dict, type, FunctionType, partial, Enum)
"""Of what a rule may name, what can be changed; lists and the like it may not name."""


@frozen(eq=False)
class Kept:
    """What some functions reach that can be changed: where each thing is named, and what it held."""

    things: tuple[tuple[Any, Mention, Content], ...]

    @classmethod
    def by(cls, *functions: Callable[..., Any]) -> Kept:
        """Return what some functions reach."""
        found = ((value, place) for value, place in reached(*functions) if isinstance(value, CAN_CHANGE))
        return cls(tuple((value, place, _content(value)) for value, place in found))

    def changed(self) -> str | None:
        """Say what is no longer as it was; None where all is."""
        found = (place for value, place, was in self.things if not _is_the_same(_content(value), was))
        return next((f"{place}: {place.name} is no longer what it was: {ADVICE['state']}" for place in found), None)


def _content(value: Any) -> Content:
    return tuple(value.items() if isinstance(value, dict) else getattr(value, "__dict__", {}).items())


def _is_the_same(now: Content, was: Content) -> bool:
    return len(now) == len(was) and all(one[0] is other[0] and one[1] is other[1] for one, other in zip(now, was, strict=True))
