"""Clauses that compare a system with another, its specification: it shows nothing that the other could not.

Lynch and Tuttle, "Hierarchical correctness proofs for distributed algorithms" (1987): whatever is seen of the one may be seen
of the other. That both show the same is two comparisons, one in each direction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordant.spec.vocabulary import Address, Always, AtRest, Cases, Fault, Need, Seen, case
from concordant.spec.vocabulary.clauses import Compared
from concordant.spec.vocabulary.stems import stem_of

Shows = Callable[[Address, Address, object], object]


def shows_no_more(shows: Shows, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Always[Any]:
    """Promise that whatever a system shows, its specification may show in that order. The clause belongs to the module of `shows`."""

    def cases(seen: Seen[object]) -> Cases:
        compared = _by(shows, seen.compared)
        if compared.shown is not None:
            yield case(compared.follows, shown=compared.shown)

    sentence = "Whatever it shows, its specification may show in that order."
    return Always(f"{stem_of(shows.__module__)}.shows_no_more", sentence, "", under, needs, cases)


def rests_as_specified(shows: Shows, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> AtRest[Any]:
    """Promise that a system comes to rest only where its specification may, having shown the same."""

    def cases(seen: Seen[object]) -> Cases:
        compared = _by(shows, seen.compared)
        if compared.follows:
            yield case(compared.may_rest, shown=compared.shown)

    sentence = "It comes to rest only where its specification may, having shown the same."
    return AtRest(f"{stem_of(shows.__module__)}.rests_as_specified", sentence, "", under, needs, cases)


def _by(shows: Shows, compared: Compared) -> Compared:
    """Return a comparison, if it is by what is shown here: by something else that shows less, anything could be the same."""
    if compared.shows != shows:
        raise ValueError(f"what is promised is shown by {shows!r}, and compared by {compared.shows!r}; give one to both")
    return compared
