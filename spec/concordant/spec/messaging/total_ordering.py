"""Total order: a broadcast whose messages are handed up to all in one order, given by a sequencer.

Source: atomic broadcast, Hadzilacos and Toueg (1994); the fixed sequencer, as in `concordant.spec.messaging.shared.sequencing`. The
sequencer takes the messages of each sender in the order in which they were sent, so that the order is a causal one too (Birman,
Schiper and Stephenson, 1991): whoever answers a message was handed it, and then it had its place.
Assumes: a fixed group, whose sequencer all know. Crashes are for good.
Does not promise: anything once the sequencer has crashed, but that those who go on agree: to choose another is a matter of
consensus, to which this order is equivalent (Chandra and Toueg, 1996); that anything comes through a network that loses
messages, which is a matter of a link below.
"""

from __future__ import annotations

from concordant.spec.messaging.shared.broadcasts import ANY, Broadcasts, Name, handed_up
from concordant.spec.messaging.shared.sequencing import OrderView, in_one_order
from concordant.spec.vocabulary import Address, Cases, Fair, Fault, Seen, always, always_each, case, eventually, sometimes


@always(under=ANY)
def total_order(seen: Seen[Broadcasts]) -> Cases:
    """Of two processes one has been handed up all that the other has, in the same order, and perhaps more.

    Each hands up the message in the next place, and a place is given once.
    """
    yield from in_one_order(seen.history.delivered.values())


@always_each(OrderView, under=ANY)
def nothing_waits_needlessly(view: OrderView, who: Address, history: Broadcasts) -> Cases:
    """Each message that is held lacks one that comes before it: in the order, or, where it has no place yet, from its sender."""
    if view.held:
        order = max(history.delivered.values(), key=len, default=())
        mine = set(history.delivered_at(who))
        needlessly = {name for name in view.held if _before(name, order) <= mine}
        yield case(not needlessly, who=who, needlessly=needlessly)


def _before(name: Name, order: tuple[Name, ...]) -> set[Name]:
    if name in order:
        return set(order[: order.index(name)])
    return {Name(name.origin, number) for number in range(name.number)}


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def is_delivered(seen: Seen[Broadcasts]) -> Cases:
    """In the end all that never crash are handed up what one of them sent, and whatever one of them is, if the sequencer never crashes.

    Whatever reaches the sequencer it sends to all, so that nobody depends on a sender that crashes.
    """
    history, views = seen.history, seen.views(OrderView)
    if not {view.sequencer for view in views.values()} & history.crashed:
        heard = {name for who in views if who not in history.crashed for name in history.delivered_at(who)}
        owed = [name for name in history.names() if name in heard or name.origin not in history.crashed]
        yield from handed_up(history, views, owed)


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def outlives_the_sequencer(seen: Seen[Broadcasts]) -> Cases:
    """In the end all that never crash are handed up what one of them sent, whoever else crashes. Not of a fixed sequencer."""
    history = seen.history
    yield from handed_up(history, seen.views(OrderView), (name for name in history.names() if name.origin not in history.crashed))


@sometimes
def comes_early(seen: Seen[Broadcasts]) -> Cases:
    """A message comes before one whose place is before its own."""
    yield case(any(view.held for view in seen.views(OrderView).values()))


@sometimes
def another_comes_first(seen: Seen[Broadcasts]) -> Cases:
    """A process is handed up another's message after it has sent its own, which has no place yet."""
    for who, sent in seen.history.sent.items():
        delivered = seen.history.delivered_at(who)
        yield case(len(delivered) > len(sent[0].heard) and Name(who, 0) not in delivered)
