"""A working memory as one machine with a clock, of which it counts the ticks."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.memory import working_memory as spec
from concordant.spec.memory.working_memory import (
    FULL,
    NOT_THERE,
    UNIMPORTANT,
    Demoted,
    Forget,
    Forgotten,
    Found,
    History,
    MemoryView,
    Promoted,
    Retrieve,
    Store,
    Stored,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Clocks, Malformed, Map, Rejected, Reply, Ticks, addresses, ratio

Request: TypeAlias = Store | Retrieve | Forget


@frozen
class Item:
    """A value, what it is worth by itself, how often it was used, and when last."""

    value: str | None
    importance: int
    uses: int
    used: Ticks


Tier: TypeAlias = Map[str, Item]


@frozen
class Remembering:
    """The two tiers; how many ticks there were, and what the clock shows."""

    short: Tier = Map()
    long: Tier = Map()
    ticks: Ticks = 0
    clock: Ticks = 0


@frozen
class Memory(Process[Remembering, Never, Request]):
    """Keeps up to `capacity` keys at hand, at least one, and `beyond` that many more; promotes a key with its `enough`th use. Else a ValueError."""

    capacity: int = field(validator=ge(1))
    beyond: int = field(validator=ge(0))
    enough: int = field(default=6, validator=ge(1))

    def start(self) -> Step[Remembering]:
        return step(Remembering())

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        match request:
            case Store(key, value, importance):
                why = self.refuses(state, request)
                if why is not None:
                    return step(state, Reply(client, why))
                item = Item(value, importance, self.uses(state, key) + 1, state.ticks)
                stored = evolve(state, short=state.short.put(key, item), long=state.long.drop(key))
                return self.make_room(stored, key).then(lambda after: step(after, Reply(client, Stored())))
            case Retrieve(key):
                return self.retrieve(state, client, key)
            case Forget(key):
                if not self.uses(state, key):
                    return step(state, Reply(client, NOT_THERE))
                return step(evolve(state, short=state.short.drop(key), long=state.long.drop(key)), Reply(client, Forgotten()))
            case _:
                assert_never(request)

    def refuses(self, state: Remembering, request: Store) -> Rejected | None:
        if request.importance < 1:
            return UNIMPORTANT
        is_full = len(state.short) + len(state.long) >= self.capacity + self.beyond
        return FULL if is_full and not self.uses(state, request.key) else None

    def uses(self, state: Remembering, key: str) -> int:
        item = self.find(state, key)
        return 0 if item is None else item.uses

    def find(self, state: Remembering, key: str) -> Item | None:
        return state.short.get(key) or state.long.get(key)

    def retrieve(self, state: Remembering, client: Address, key: str) -> Step[Remembering]:
        item = self.find(state, key)
        if item is None:
            return step(state, Reply(client, NOT_THERE))
        used = self.used(state, item)
        if key in state.short:
            after = step(evolve(state, short=state.short.put(key, used)))
        elif self.may_promote(used):
            promoted = evolve(state, short=state.short.put(key, used), long=state.long.drop(key))
            after = step(promoted, Announce(Promoted(key))).then(lambda state: self.make_room(state, key))
        else:
            after = step(evolve(state, long=state.long.put(key, used)))
        return after.then(lambda state: step(state, Reply(client, Found(item.value))))

    def used(self, state: Remembering, item: Item) -> Item:
        return evolve(item, uses=item.uses + 1, used=state.ticks)

    def may_promote(self, item: Item) -> bool:
        return item.uses >= self.enough

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        if len(state.short) <= self.capacity:
            return step(state)
        # One key came, so one is too much: the least of the others, since what is in hand is about to be used.
        least = min((key for key in state.short if key != hand), key=lambda key: (self.score(state, state.short[key]), key))
        demoted = evolve(state, short=state.short.drop(least), long=state.long.put(least, state.short[least]))
        return step(demoted, Announce(Demoted(least)))

    def score(self, state: Remembering, item: Item) -> Amount:
        return ratio(item.importance * item.uses, state.ticks - item.used + 1)

    def tick(self, state: Remembering, now: Ticks) -> Step[Remembering]:
        # A clock that is set back makes nothing younger: what counts is how often it went on.
        return step(evolve(state, clock=now, ticks=state.ticks + (now > state.clock)))

    def view(self, state: Remembering) -> MemoryView:
        return MemoryView(frozenset(state.short), frozenset(state.long))


PROMISES: tuple[Clause, ...] = (
    spec.no_more_than_its_capacity,
    spec.no_more_than_its_room,
    spec.a_key_is_in_one_tier,
    spec.nothing_is_lost,
    spec.what_is_found_was_stored_last,
    spec.an_answer_is_true,
    spec.everybody_is_answered_at_once,
    spec.exactly_what_is_too_much_is_demoted,
    spec.the_least_is_demoted,
    spec.promoted_for_its_use,
    spec.what_is_used_often_is_at_hand,
)
EXAMPLES: tuple[Clause, ...] = (spec.a_key_is_promoted,)

MEMORY = Address("memory")


def system(
    *scripts: tuple[Request | Malformed, ...],
    capacity: int = 1,
    beyond: int = 2,
    enough: int = 2,
    clocks: Clocks = Clocks(1),
    memory: type[Memory] = Memory,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a memory and its users together: one for each script, which asks what that says."""
    names = addresses("user", len(scripts))
    users = tuple(User(name, (MEMORY,), tuple((each,) for each in script)) for name, script in zip(names, scripts, strict=True))
    return System(
        {MEMORY: memory(capacity, beyond, enough)}, History(capacity, capacity + beyond, enough), promises, users=users, clocks=clocks
    )
