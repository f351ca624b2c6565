"""Numbers for everything that a slot can hold, and states of the reference semantics to and from slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define, field

from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.environment import UserState
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import Spent, State
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.time import Dials
from concordant.checks.tabulated.kernel.questions import NUMBER_BITS, OWNER_BITS
from concordant.refimpl.machine import Handled, Move, Receive


class Unsuited(BrokenRule):
    """A system has more parts, or more values in one part, than the tables can number."""


class Outgrown(Unsuited):
    """A system has so many values in one part that the tables cannot number more: it may have no bound."""


MOST_OWNERS = (1 << OWNER_BITS) - 1
"""About so many of a kind questions can be asked."""
EMPTY_CHANNEL = -1
"""The block of a channel that holds nothing; it has the number 0 on every channel."""


@define(eq=False, repr=False)
class Channel:
    """A channel that carried a message: its contents (blocks of the network) and bundles of messages, by number."""

    number: int
    receiver: int
    contents: Interned[int] = field(factory=Interned, init=False)
    bundles: Interned[tuple[int, ...]] = field(factory=Interned, init=False)

    def __attrs_post_init__(self) -> None:
        self.contents.id(EMPTY_CHANNEL)


@define(eq=False, repr=False)
class Numbers:
    """The numbers of one system. Slots: processes, users, the history, the clocks, six allowances, then channels as they are first used."""

    semantics: Semantics
    tells_moves: bool = False
    """Whether moves are numbered although no assumption asks about them."""
    inputs: tuple[Interned[Handled], ...] = field(init=False)
    user_states: tuple[Interned[UserState], ...] = field(init=False)
    dials: Interned[Dials] = field(factory=Interned, init=False)
    moves: Interned[Move] = field(factory=Interned, init=False)
    channels: list[Channel] = field(factory=list, init=False)
    _channel_of: dict[int, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        parts = self.semantics.parts
        for who, count in (("processes", len(parts.addresses)), ("users", len(parts.users))):
            if count > MOST_OWNERS:
                raise Unsuited(f"{count} {who}; at most {MOST_OWNERS} can be tabulated; --engine reference takes more")
        if self.semantics.delays is not None:
            raise Unsuited(
                "a network with a bounded delay: how long a message travels is counted by the reference explorer; use --engine reference"
            )
        self.inputs = tuple(Interned() for _ in parts.addresses)
        self.dials.id(() if self.semantics.time is None else self.semantics.time.begun)
        self.user_states = tuple(Interned() for _ in parts.users)

    # ---- slots

    @property
    def processes(self) -> int:
        """How many processes there are; also the slot of the first user."""
        return len(self.inputs)

    @property
    def history(self) -> int:
        """The slot of the history."""
        return self.processes + len(self.user_states)

    @property
    def clocks(self) -> int:
        """The slot of the clocks."""
        return self.history + 1

    @property
    def allowances(self) -> int:
        """The slot of the first allowance."""
        return self.clocks + 1

    @property
    def first_channel(self) -> int:
        """The slot of the first channel."""
        return self.allowances + len(Spent._fields)

    def spendable(self) -> Spent:
        """Return how much of each allowance can be spent; 0 where it has no bound, since that is not counted."""
        network, faults, time = self.semantics.system.network, self.semantics.system.faults, self.semantics.time
        setbacks = 0 if time is None else time.clocks.setbacks
        return Spent(network.losses or 0, faults.crashes, faults.recoveries, faults.cancellations, faults.mistakes or 0, setbacks)

    def sizes(self) -> Iterator[int]:
        """Yield how many values each slot has so far."""
        yield from map(len, self.semantics.parts.steps.locals)
        yield from map(len, self.user_states)
        yield len(self.semantics.parts.observations.histories)
        yield len(self.dials)
        yield from (most + 1 for most in self.spendable())
        yield from (len(channel.contents) for channel in self.channels)

    def slot_name(self, slot: int) -> str:
        """Say what a slot holds."""
        parts = self.semantics.parts
        if slot < self.processes:
            return f"the local state of {parts.addresses[slot]}"
        if slot < self.history:
            return f"the place of user {parts.users[slot - self.processes].name}"
        if slot == self.history:
            return "the history"
        if slot == self.clocks:
            return "the clocks"
        if slot < self.first_channel:
            return f"the allowance of {Spent._fields[slot - self.allowances]}"
        source, to = divmod(self.channels[slot - self.first_channel].number, len(parts.addresses))
        return f"the channel from {parts.addresses[source]} to {parts.addresses[to]}"

    # ---- channels

    def channel(self, number: int) -> int:
        """Return the place of a channel among those used, by its number in the network."""
        place = self._channel_of.setdefault(number, len(self.channels))
        if place == len(self.channels):
            if place >= 1 << OWNER_BITS:
                raise Unsuited(f"more than {place} channels are used")
            self.channels.append(Channel(number, number % self.processes))
        return place

    def place_of(self, number: int) -> int | None:
        """Return the place of a channel among those used, None if it is not, by its number in the network."""
        return self._channel_of.get(number)

    def content(self, channel: int, block: int) -> int:
        """Return the number of a content of a channel, given as a block, or `EMPTY_CHANNEL`."""
        return fits(self.channels[channel].contents.id(block), "what a channel holds")

    def bundle(self, channel: int, messages: tuple[int, ...]) -> int:
        """Return the number of messages sent in one step over a channel."""
        return self.channels[channel].bundles.id(messages)

    def posted(self, channel: int, content: int, bundle: int) -> tuple[int, int]:
        """Return the content after a bundle was sent, and how many of its messages a bound dropped."""
        flight, place = self.semantics.parts.environment.flight, self.channels[channel]
        block = place.contents[content]
        blocks, dropped = flight.post(() if block == EMPTY_CHANNEL else (block,), place.bundles[bundle])
        return self.content(channel, blocks[0]), dropped

    # ---- states

    def values(self, state: State) -> list[int]:
        """Return what each slot holds in a state."""
        users = [table.id(each) for table, each in zip(self.user_states, state.users, strict=True)]
        values = [*state.locals, *users, state.history, self.dials.id(state.dials), *state.spent]
        blocks = self.semantics.parts.environment.flight.blocks
        held = {self.channel(blocks[block].channel): block for block in state.flight}
        contents = {channel: self.content(channel, block) for channel, block in held.items()}
        return [*values, *(contents.get(channel, 0) for channel in range(len(self.channels)))]

    def seen(self, values: Sequence[int]) -> State:
        """Return as much of a state as clauses can see: everything but the network, the clocks and the allowances."""
        users = tuple(table[values[self.processes + number]] for number, table in enumerate(self.user_states))
        return State(tuple(values[: self.processes]), (), users, values[self.history], Spent())

    def state(self, values: Sequence[int]) -> State:
        """Return the state whose slots hold these numbers; channels first used since they were written are empty."""
        held = sorted(
            (channel.number, channel.contents[content])
            for channel, content in zip(self.channels, values[self.first_channel :], strict=False)
            if content
        )
        spent = Spent(*values[self.allowances : self.first_channel])
        dials = self.dials[values[self.clocks]]
        return self.seen(values)._replace(flight=tuple(block for _, block in held), spent=spent, dials=dials)

    def is_duplicated(self, move: Any) -> bool:
        """Tell whether a move delivers a message that stays in flight, to be delivered again."""
        return self.semantics.system.network.duplicating and isinstance(move, Receive)

    def number_of(self, move: Any) -> int:
        """Return the number of a move; 0 where nobody has a use for it."""
        return fits(self.moves.id(move), "what may be done") if self.tells_moves or self.semantics.system.assume else 0

    def input(self, process: int, move: Handled) -> int:
        """Return the number of an input of a process."""
        return fits(self.inputs[process].id(move), "what comes to one process")

    def place(self, user: int, state: UserState) -> int:
        """Return the number of a state of a user."""
        return fits(self.user_states[user].id(state), "where a user stands")


def fits(number: int, what: str) -> int:
    """Return a number that is part of a question; Outgrown where it is too large for one."""
    if number >= 1 << NUMBER_BITS:
        raise Outgrown(f"{what} shows no bound: it has more than {number:,} values, which is all that tables can number")
    return number
