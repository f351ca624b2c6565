"""A sequencer: one process that gives messages their places in an order, for all of its group.

Source: the fixed sequencer to which senders hand a message, and which sends it on with its place, is *unicast-broadcast* in Défago,
Schiper and Urbán, "Total order broadcast and multicast algorithms: taxonomy and survey" (2004), 4.1; method PB of Kaashoek and
Tanenbaum, "Group communication in the Amoeba distributed operating system" (1991). A message without a conflict goes to all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from attrs import frozen

from concordant.spec.messaging.shared.broadcasts import ANY, Broadcasts, Name
from concordant.spec.vocabulary import Address, Cases, Seen, always, case

# ---- messages


@frozen
class Carried:
    """A message. `after`: what it comes after; `conflict`: the class of messages with which it conflicts, None of none.

    `place`: its place in its class, counted from 0, as the sequencer says; None of one without a conflict, or to the sequencer.
    """

    name: Name
    message: object
    after: frozenset[Name] = frozenset()
    conflict: str | None = None
    place: int | None = None


# ---- views


@frozen
class OrderView:
    """Who is the sequencer, and which messages are held."""

    sequencer: Address
    held: frozenset[Name] = frozenset()


# ---- clauses


def in_one_order(*orders: Iterable[tuple[Name, ...]]) -> Cases:
    """Yield whether of any two orders of one class one is the beginning of the other, where a class has two. Each argument is a class."""
    pairs = [pair for each in orders for pair in permutations(each, 2)]
    if pairs:
        apart = [(one, other) for one, other in pairs if one[: len(other)] != other[: len(one)]]
        yield case(not apart, apart=apart)


@always(under=ANY)
def all_know_the_sequencer(seen: Seen[Broadcasts]) -> Cases:
    """All processes have the same sequencer."""
    known = {view.sequencer for view in seen.views(OrderView).values()}
    yield case(len(known) == 1, known=known)
