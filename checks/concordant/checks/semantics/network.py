"""What is in flight: the one place that knows ordered, unordered, duplicating and bounded networks apart.

A channel leads from one process to another. Its content is a tuple of messages by number: in order of sending where the
network is FIFO, else sorted. A channel with its content is a block; an empty channel has none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from attrs import define, field

from concordant.checks.semantics.canonical import Key, order_key
from concordant.checks.semantics.tables import Interned
from concordant.spec.vocabulary import Network, identity


class Block(NamedTuple):
    """A channel that is not empty. `channel` is sender * processes + receiver; `messages` are numbers."""

    channel: int
    messages: tuple[int, ...]


def _on_channel(message: tuple[int, object]) -> Hashable:
    return message[0], identity(message[1])


@define(eq=False, repr=False)
class Flight:
    """Blocks by number, and what sending, delivery and loss make of them. Everything is computed once."""

    network: Network
    messages: Interned[tuple[int, object]] = field(factory=lambda: Interned(_on_channel), init=False)
    blocks: Interned[Block] = field(factory=Interned, init=False)
    _keys: list[Key] = field(factory=list, init=False)
    _posted: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _taken: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _options: dict[int, tuple[int, ...]] = field(factory=dict, init=False)

    def message(self, channel: int, content: object) -> int:
        """Return the number of a message on a channel."""
        number = self.messages.id((channel, content))
        if number == len(self._keys):
            self._keys.append(order_key(content))
        return number

    def posted(self, block: int, message: int) -> int:
        """Return the block after one more message; `block` is -1 for an empty channel. The same block: it was dropped."""
        known = self._posted.get((block, message))
        if known is None:
            content = () if block < 0 else self.blocks[block].messages
            known = self.blocks.id(Block(self.messages[message][0], self._with(content, message)))
            self._posted[block, message] = known
        return known

    def _with(self, content: tuple[int, ...], message: int) -> tuple[int, ...]:
        network = self.network
        if network.duplicating and message in content:
            return content
        if network.copies is not None and content.count(message) >= network.copies:
            return content
        if network.capacity is not None and len(content) >= network.capacity:
            return content
        return self.arranged((*content, message))

    def arranged(self, messages: Iterable[int]) -> tuple[int, ...]:
        """Return the content that messages make, given in order of sending."""
        return tuple(messages) if self.network.fifo else tuple(sorted(messages, key=self._keys.__getitem__))

    def taken(self, block: int, message: int) -> int:
        """Return the block without one such message; -1 where the channel is then empty."""
        known = self._taken.get((block, message))
        if known is None:
            channel, content = self.blocks[block]
            place = content.index(message)
            rest = content[:place] + content[place + 1 :]
            known = self.blocks.id(Block(channel, rest)) if rest else -1
            self._taken[block, message] = known
        return known

    def delivered(self, block: int, message: int) -> int:
        """Return the block after a delivery: a duplicating network keeps the message."""
        return block if self.network.duplicating else self.taken(block, message)

    def options(self, block: int) -> tuple[int, ...]:
        """List the messages that may be delivered or lost next: the head of a FIFO channel, or each distinct one."""
        known = self._options.get(block)
        if known is None:
            content = self.blocks[block].messages
            known = content[:1] if self.network.fifo else tuple(dict.fromkeys(content))
            self._options[block] = known
        return known

    def put(self, flight: tuple[int, ...], channel: int, block: int) -> tuple[int, ...]:
        """Return a flight (blocks by channel) with the block of one channel replaced; -1 removes it."""
        place = 0
        channels = self.blocks.values
        for place, old in enumerate(flight):  # noqa: B007  # the place where the loop stops is what it looks for
            if channels[old].channel >= channel:
                break
        else:
            return flight if block < 0 else (*flight, block)
        after = place + (channels[flight[place]].channel == channel)
        return flight[:place] + (() if block < 0 else (block,)) + flight[after:]

    def block_at(self, flight: tuple[int, ...], channel: int) -> int:
        """Return the block of a channel, -1 where it is empty."""
        for block in flight:
            if self.blocks.values[block].channel == channel:
                return block
        return -1

    def post(self, flight: tuple[int, ...], messages: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
        """Send messages in order; return the flight after, and how many a bound dropped."""
        dropped = 0
        for message in messages:
            channel = self.messages.values[message][0]
            before = self.block_at(flight, channel)
            after = self.posted(before, message)
            if after != before:
                flight = self.put(flight, channel, after)
            elif not self.network.duplicating:
                dropped += 1
        return flight, dropped
