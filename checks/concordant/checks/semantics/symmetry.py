"""Symmetry: one state stands for all that differ from it by renaming interchangeable blocks of processes and users.

The form is exact. Each block gets a signature: how every part of the state looks from it, with its own addresses called
*me* and those of its fellows *other*. Renaming a state renames signatures along, so that sorting blocks by signature is a
choice that does not depend on names. Only where signatures tie are orders tried, unless exchanging neighbours changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import accumulate, chain, combinations, pairwise, permutations, product, starmap

from attrs import define, field, fields, has

from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.renaming import Renamer, Renaming, renaming
from concordant.checks.semantics.states import State
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.time import Clock
from concordant.refimpl.machine import Block
from concordant.spec.vocabulary import Address, Bag, Map


@define(eq=False, repr=False)
class Symmetry:
    """The declared symmetry of one system."""

    parts: Parts
    renamer: Renamer = field(init=False)
    _blocks: tuple[Block, ...] = field(init=False)
    _places: tuple[range, ...] = field(init=False)
    _tokens: tuple[dict[Address, tuple[str, int]], ...] = field(init=False)
    _homes: tuple[tuple[int, int] | None, ...] = field(init=False)
    _user_homes: tuple[tuple[int, int] | None, ...] = field(init=False)
    _sortings: dict[tuple[tuple[Block, ...], ...], Renaming] = field(factory=dict, init=False)
    _shapes: Interned[Hashable] = field(factory=Interned, init=False)
    _seen_from: dict[Hashable, tuple[int, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.renamer = Renamer(self.parts)
        self._blocks = tuple(block for group in self.groups for block in group)
        starts = accumulate((len(group) for group in self.groups), initial=0)
        self._places = tuple(range(start, start + len(group)) for start, group in zip(starts, self.groups, strict=False))
        self._tokens = tuple(self._named(number, block) for number, group in enumerate(self.groups) for block in group)
        home = {address: (number, place) for number, block in enumerate(self._blocks) for place, address in enumerate(block)}
        self._homes = tuple(home.get(address) for address in self.parts.addresses)
        self._user_homes = tuple(home.get(user.name) for user in self.parts.users)

    def _named(self, number: int, block: Block) -> dict[Address, tuple[str, int]]:
        """Return what the addresses that can be renamed are called from a block of a group."""
        names = {
            address: ("other" if at == number else f"group {at}", place)
            for at, group in enumerate(self.groups)
            for fellow in group
            for place, address in enumerate(fellow)
        }
        return names | {address: ("me", place) for place, address in enumerate(block)}

    @property
    def groups(self) -> tuple[tuple[Block, ...], ...]:
        """The groups of interchangeable blocks."""
        return self.parts.system.symmetric

    def pairs(self) -> Iterator[tuple[Block, Block]]:
        """Yield every two blocks of a group."""
        return chain.from_iterable(combinations(group, 2) for group in self.groups)

    def neighbours(self) -> Iterator[tuple[Block, Block]]:
        """Yield every two neighbouring blocks of a group: their exchanges generate the whole symmetry."""
        return chain.from_iterable(pairwise(group) for group in self.groups)

    def transpositions(self) -> Iterator[Renaming]:
        """Yield the exchange of every two blocks of a group."""
        return starmap(exchange, self.pairs())

    def canonical(self, state: State) -> State:
        """Return the state that stands for this one and all its renamings."""
        return self.canonical_renaming(state)[0]

    def canonical_renaming(self, state: State) -> tuple[State, Renaming]:
        """Return the representative, and a renaming that leads to it."""
        return min((self.renamer.state(state, names), names) for names in map(self._sorting, product(*self._orders(state))))

    def _sorting(self, orders: tuple[tuple[Block, ...], ...]) -> Renaming:
        """Return the renaming that brings the blocks of each group into an order."""
        if orders not in self._sortings:
            pairs = ((block, group[place]) for group, order in zip(self.groups, orders, strict=True) for place, block in enumerate(order))
            self._sortings[orders] = renaming({old: new for block, to in pairs for old, new in zip(block, to, strict=True)})
        return self._sortings[orders]

    def _orders(self, state: State) -> list[list[tuple[Block, ...]]]:
        """List, for each group, the orders of its blocks among which the representative is chosen."""
        signatures = self._signatures(state)
        orders: list[list[tuple[Block, ...]]] = []
        for group, places in zip(self.groups, self._places, strict=True):
            cells: dict[tuple[int, ...], list[Block]] = {}
            for place, block in sorted(zip(places, group, strict=True), key=lambda pair: signatures[pair[0]]):
                cells.setdefault(signatures[place], []).append(block)
            choices: list[list[tuple[Block, ...]]] = []
            for cell in cells.values():
                same = len(cell) == 1 or all(self.renamer.state(state, exchange(a, b)) == state for a, b in pairwise(cell))
                choices.append([tuple(cell)] if same else list(permutations(cell)))
            orders.append([tuple(block for part in chosen for block in part) for chosen in product(*choices)])
        return orders

    # ---- how a state looks from each block

    def _signatures(self, state: State) -> list[tuple[int, ...]]:
        """Return a signature per block, over all groups: looks from it of itself, of what moves, of what is fixed.

        What is looked at once gives the looks from every block, so that a part of a state costs one look-up.
        """
        parts, blocks = self.parts, self._blocks
        own = [[0] * len(block) for block in blocks]
        movable: list[tuple[int, ...]] = []
        fixed: list[tuple[int, ...]] = [self._looks(("history", state.history), lambda: parts.observations.histories[state.history])]
        dials = state.dials or (None,) * len(state.locals)
        seen = [
            (home, self._of_process(process, local, dial))
            for process, (home, local, dial) in enumerate(zip(self._homes, state.locals, dials, strict=True))
        ]
        for home, (place, calls) in zip(self._user_homes, state.users, strict=True):
            whom = frozenset(parts.addresses[call] for call in calls)
            seen.append((home, self._looks(("user", place, whom), lambda place=place, whom=whom: (place, whom))))  # type: ignore[misc]
        for home, looks in seen:
            if home is None:
                fixed.append(looks)
            else:
                block, at = home  # by the place in its block: the system may list the members of each block in another order
                own[block][at] = looks[block]
                movable.append(looks)
        flight = [self._looks(("block", number), lambda number=number: self.content(number)) for number in state.flight]  # type: ignore[misc]
        return [
            (*own[n], -1, *sorted([looks[n] for looks in movable]), *[looks[n] for looks in fixed], *sorted([looks[n] for looks in flight]))
            for n in range(len(blocks))
        ]

    def _of_process(self, process: int, local: int, dial: Clock | None) -> tuple[int, ...]:
        return self._looks((process, local, dial), lambda: (self.parts.steps.locals[process][local], dial))

    def _looks(self, key: Hashable, value: Callable[[], object]) -> tuple[int, ...]:
        known = self._seen_from.get(key)
        if known is None:
            known = self._seen_from[key] = self.seen_from_each(value())
        return known

    def seen_from_each(self, value: object) -> tuple[int, ...]:
        """Return how a value looks from each block, by number: the same from two blocks if exchanging them leaves it as it is."""
        return tuple(self._shapes.id(_shape(value, tokens)) for tokens in self._tokens)

    def content(self, number: int) -> tuple[object, ...]:
        """Return what a block of the network shows: source, receiver, and contents, in their order where that says something."""
        flight, count = self.parts.environment.flight, len(self.parts.addresses)
        channel, messages = flight.blocks[number]
        source, to = divmod(channel, count)
        contents = tuple(flight.messages[message][1] for message in messages)
        return self.parts.addresses[source], self.parts.addresses[to], contents if flight.network.fifo else AnyOrder(contents)


@define(frozen=True)
class AnyOrder:
    """Contents whose order says nothing."""

    contents: tuple[object, ...]


def exchange(block: Block, other: Block) -> Renaming:
    """Return the renaming that exchanges two blocks."""
    return renaming({**dict(zip(block, other, strict=True)), **dict(zip(other, block, strict=True))})


def _shape(value: object, tokens: dict[Address, tuple[str, int]]) -> Hashable:
    """Return what a value looks like when interchangeable addresses are known by their tokens only."""
    match value:
        case Address():
            return tokens.get(value, value)
        case Map():
            return "map", _multiset((_shape(key, tokens), _shape(entry, tokens)) for key, entry in value.items())
        case frozenset() | Bag():
            return "set", _multiset(_shape(part, tokens) for part in value)
        case AnyOrder(contents):
            return "bag", _multiset(_shape(part, tokens) for part in contents)
        case tuple():
            return tuple(_shape(part, tokens) for part in value)
    kind = type(value)
    if not has(kind):
        return value if isinstance(value, Hashable) else repr(value)
    return kind.__name__, *(_shape(getattr(value, part.name), tokens) for part in fields(kind) if part.eq)


def _multiset(parts: Iterable[Hashable]) -> Hashable:
    counts: dict[Hashable, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    return frozenset(counts.items())
