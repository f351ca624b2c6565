"""Clauses that compare a system with another, its specification: it shows nothing that the other could not.

Lynch and Tuttle, "Hierarchical correctness proofs for distributed algorithms" (1987): whatever is seen of the one may be seen
of the other. That both show the same is two comparisons, one in each direction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from concordant.spec.vocabulary import Address, Always, AtRest, Cases, Fault, Need, Seen, case
from concordant.spec.vocabulary.stems import stem_of

Shows = Callable[[Address, Address, object], object]


class Compared(Protocol):
    """What a history tells of a system that has `refines`."""

    @property
    def follows(self) -> bool:
        """Whether the specification may show what was shown so far."""
        ...

    @property
    def may_rest(self) -> bool:
        """Whether it may then come to rest."""
        ...

    @property
    def shown(self) -> object:
        """What was shown last; None before anything was."""
        ...


def shows_no_more(shows: Shows, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Always[Any]:
    """Promise that whatever a system shows, its specification may show in that order. The clause belongs to the module of `shows`."""

    def cases(seen: Seen[Compared]) -> Cases:
        if seen.history.shown is not None:
            yield case(seen.history.follows, shown=seen.history.shown)

    sentence = "Whatever it shows, its specification may show in that order."
    return Always(f"{stem_of(shows.__module__)}.shows_no_more", sentence, "", under, needs, cases)


def rests_as_specified(shows: Shows, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> AtRest[Any]:
    """Promise that a system comes to rest only where its specification may, having shown the same."""

    def cases(seen: Seen[Compared]) -> Cases:
        yield case(not seen.history.follows or seen.history.may_rest, shown=seen.history.shown)

    sentence = "It comes to rest only where its specification may, having shown the same."
    return AtRest(f"{stem_of(shows.__module__)}.rests_as_specified", sentence, "", under, needs, cases)
