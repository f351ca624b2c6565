"""What is named like something in the toys of other tests."""

from __future__ import annotations

from attrs import frozen


@frozen
class Note:
    """Not the toys' note."""

    number: int
