"""What is promised of messages that were sent and delivered: whether each arrives once, and in which order.

Hadzilacos and Toueg, "A modular approach to fault-tolerant broadcasts and related problems" (1994), sections 3.2 to 3.6: what is
delivered in order comes after all that it depends on, so that nothing that went before is missing. A recording is judged as a whole:
what is not delivered by its end counts as never delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from attrs import Factory, field, frozen

from concordant.spec.vocabulary import Address, likeness

CONTENT: Hashable = Factory(lambda self: likeness(self.message), takes_self=True)
"""What tells a message from others: one of 1 is not one of true."""


@frozen
class Sent:
    """A message is sent. `to`: the process that it is for; None for all. `moment`: its place in the recording."""

    by: Address
    message: object
    moment: int
    to: Address | None = None
    content: Hashable = field(default=CONTENT, init=False, repr=False)


@frozen
class Delivered:
    """A message is delivered to a process. `moment`: its place in the recording; `source`: who is told to have sent it, None where nobody is."""

    at: Address
    message: object
    moment: int
    source: Address | None = None
    content: Hashable = field(default=CONTENT, init=False, repr=False)


@frozen
class Broken:
    """How a promise is broken, in a sentence, and the moments that show it."""

    why: str
    moments: tuple[int, ...]


@frozen
class Messages:
    """A recording of messages, each of which is sent once, and told by its content."""

    sent: tuple[Sent, ...]
    delivered: tuple[Delivered, ...]

    def __attrs_post_init__(self) -> None:
        by_content: dict[Hashable, Sent] = {}
        for each in self.sent:
            if each.content in by_content:
                raise ValueError(
                    f"{each.message!r} is sent twice, at {by_content[each.content].moment} and {each.moment}; give each a content of its own"
                )
            by_content[each.content] = each

    @property
    def processes(self) -> tuple[Address, ...]:
        """All who send or are delivered something."""
        named = [each.by for each in self.sent] + [each.to for each in self.sent if each.to] + [each.at for each in self.delivered]
        return tuple(sorted(set(named)))

    @property
    def source(self) -> Mapping[Hashable, Sent]:
        """By content, how it was sent."""
        return {each.content: each for each in self.sent}

    def at(self, process: Address) -> tuple[Delivered, ...]:
        """What a process was delivered, each message as it first came, in order."""
        first: dict[Hashable, Delivered] = {}
        for each in self.delivered:
            if each.at == process:
                first.setdefault(each.content, each)
        return tuple(first.values())

    def is_for(self, sent: Sent, process: Address) -> bool:
        """Tell whether a message is for a process."""
        return sent.to in (None, process)


def from_nowhere(messages: Messages) -> Iterator[Broken]:
    """Yield what was delivered and not sent before, or sent to somebody else."""
    source = messages.source
    for each in messages.delivered:
        sent = source.get(each.content)
        if sent is None or sent.moment > each.moment:
            yield Broken(f"{each.at} is delivered {each.message!r}, which nobody has sent", (each.moment,))
        elif each.source not in (None, sent.by):
            yield Broken(f"{each.at} is delivered {each.message!r} of {each.source}, which is of {sent.by}", (sent.moment, each.moment))
        elif not messages.is_for(sent, each.at):
            yield Broken(f"{each.at} is delivered {each.message!r}, which is for {sent.to}", (sent.moment, each.moment))


def at_most_once(messages: Messages) -> Iterator[Broken]:
    """Yield what was delivered twice to one process, or was not sent."""
    yield from from_nowhere(messages)
    first: dict[tuple[Address, Hashable], Delivered] = {}
    for each in messages.delivered:
        known = first.setdefault((each.at, each.content), each)
        if known is not each:  # on purpose
            yield Broken(f"{each.at} is delivered {each.message!r} again", (known.moment, each.moment))


def at_least_once(messages: Messages) -> Iterator[Broken]:
    """Yield what was not delivered to a process that it is for, or was not sent."""
    yield from from_nowhere(messages)
    for process in messages.processes:
        known = {each.content for each in messages.at(process)}
        for sent in messages.sent:
            reached = messages.is_for(sent, process) and (sent.to is not None or sent.by != process)
            if reached and sent.content not in known:
                yield Broken(f"{process} is never delivered {sent.message!r} of {sent.by}", (sent.moment,))


def exactly_once(messages: Messages) -> Iterator[Broken]:
    """Yield what breaks either."""
    yield from at_most_once(messages)
    yield from (each for each in at_least_once(messages) if each not in tuple(from_nowhere(messages)))


def fifo(messages: Messages) -> Iterator[Broken]:
    """Yield what a process was delivered before something that the same sender had sent before it."""
    yield from from_nowhere(messages)
    yield from _in_order(messages, lambda sent: [other for other in messages.sent if other.by == sent.by and other.moment < sent.moment])


def causal(messages: Messages) -> Iterator[Broken]:
    """Yield what a process was delivered before something that its sender had sent, or been delivered, before it sent this; and so on (Lamport 1978)."""
    yield from from_nowhere(messages)
    source, before = messages.source, dict[Hashable, dict[Hashable, Sent]]()
    for sent in sorted(messages.sent, key=lambda each: each.moment):
        heard = [
            source[each.content]
            for each in messages.delivered
            if each.at == sent.by and each.moment < sent.moment and each.content in source
        ]
        own = [other for other in messages.sent if other.by == sent.by and other.moment < sent.moment]
        causes: dict[Hashable, Sent] = {}
        for other in (*own, *heard):
            causes |= {other.content: other} | before.get(other.content, {})
        before[sent.content] = causes
    yield from _in_order(messages, lambda sent: list(before[sent.content].values()))


def total(messages: Messages) -> Iterator[Broken]:
    """Yield what two processes were delivered in different orders, as far as both were."""
    yield from from_nowhere(messages)
    for one, other in combinations(messages.processes, 2):
        there = {each.content: each for each in messages.at(other)}
        both = [(each, there[each.content]) for each in messages.at(one) if each.content in there]
        for (here, far), (later, sooner) in pairwise(both):
            if sooner.moment < far.moment:
                why = f"{one} is delivered {here.message!r} before {later.message!r}, and {other} after it"
                yield Broken(why, tuple(sorted((here.moment, later.moment, far.moment, sooner.moment))))


def _in_order(messages: Messages, causes: Callable[[Sent], Sequence[Sent]]) -> Iterator[Broken]:
    source = messages.source
    for process in messages.processes:
        known: set[Hashable] = set()
        for each in messages.at(process):
            sent = source.get(each.content)
            for cause in causes(sent) if sent is not None else ():
                missing = cause.content not in known and messages.is_for(cause, process)
                if missing and (cause.by != process or cause.to == process):
                    why = f"{process} is delivered {each.message!r} of {sent.by if sent else ''} before {cause.message!r} of {cause.by}"
                    yield Broken(why, (cause.moment, each.moment))
            known.add(each.content)


PROMISES: Mapping[str, Callable[[Messages], Iterator[Broken]]] = {
    "at-most-once": at_most_once,
    "at-least-once": at_least_once,
    "exactly-once": exactly_once,
    "fifo": fifo,
    "causal": causal,
    "total": total,
}
"""The promises by name."""
