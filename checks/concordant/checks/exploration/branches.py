"""Which branches a machine took in a search, and which it never did, as records."""

from __future__ import annotations

from attrs import frozen


@frozen(order=True)
class Branch:
    """A branch that a function can take. `what`: the condition or case, as its source says it; `how`: called, taken, entered, true or false."""

    file: str
    line: int
    function: str
    what: str
    how: str


@frozen
class Branches:
    """The branches of a machine that were taken, and those that never were, in the order of the source."""

    taken: tuple[Branch, ...] = ()
    never: tuple[Branch, ...] = ()
