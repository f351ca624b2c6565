"""A cache of results as one machine, which readers ask; its calls are the environment. `AgingCache` has a clock."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import (
    CANCELLED,
    FAILED,
    HAS_EFFECTS,
    CacheView,
    Called,
    Evicted,
    Fails,
    Get,
    History,
    Invalidate,
    Invalidated,
    Key,
    Returns,
    Value,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Faults, Map, Rejected, Reply, Ticks, addresses

Request: TypeAlias = Get | Invalidate


@frozen
class Flight:
    """A call that runs: for which key, since when, and who waits for it. With a lease its result may be kept, and others may join."""

    key: Key
    began: Ticks
    waiting: tuple[Address, ...] = ()
    has_lease: bool = True


@frozen
class Kept:
    """A result, and when its call began: it is at least as new as that."""

    value: Value
    began: Ticks


@frozen
class Caching:
    """How many calls were made, which of them run, and what is kept, the least recently used first. `now`: what the clock shows, if there is one."""

    made: int = 0
    running: Map[int, Flight] = Map()
    kept: tuple[Kept, ...] = ()
    now: Ticks = 0


@frozen
class Cache(Process[Caching, Never, Request, Returns | Fails]):
    """Keeps up to `capacity` results; below one is a ValueError."""

    capacity: int = field(validator=ge(1))

    def start(self) -> Step[Caching]:
        return step(Caching())

    def request(self, state: Caching, client: Address, request: Request) -> Step[Caching]:
        match request:
            case Get(key, has_effects):
                return step(state, Reply(client, HAS_EFFECTS)) if has_effects else self.look_up(state, client, key)
            case Invalidate(key):
                return self.invalidate(state, client, key)
            case _:
                assert_never(request)

    def look_up(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        hit = next((kept for kept in state.kept if self.may_tell(kept, key)), None)
        if hit is not None:
            return self.tell(state, client, hit)
        call = next((call for call, flight in state.running.items() if self.may_join(flight, key)), None)
        return self.call(state, client, key) if call is None else step(self.join(state, client, call))

    def may_tell(self, kept: Kept, key: Key) -> bool:
        return kept.value.key == key

    def tell(self, state: Caching, client: Address, hit: Kept) -> Step[Caching]:
        rest = tuple(kept for kept in state.kept if kept != hit)
        return step(evolve(state, kept=(*rest, hit)), Reply(client, hit.value))

    def may_join(self, flight: Flight, key: Key) -> bool:
        return flight.key == key and flight.has_lease

    def call(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        call = state.made + 1
        running = state.running.put(call, Flight(key, state.now, (client,)))
        return step(evolve(state, made=call, running=running), Announce(Called(call, key)))

    def join(self, state: Caching, client: Address, call: int) -> Caching:
        flight = state.running[call]
        return evolve(state, running=state.running.put(call, evolve(flight, waiting=(*flight.waiting, client))))

    def invalidate(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        # The hard step: what is kept goes, and so does the lease of a call that runs, which may have read what was there before. It
        # goes on, since who waits for it asked before; but nobody joins it, and what it brings is not kept.
        kept = tuple(kept for kept in state.kept if kept.value.key != key)
        running = Map.of((call, self.without_lease(flight) if flight.key == key else flight) for call, flight in state.running.items())
        return step(evolve(state, running=running, kept=kept), Reply(client, Invalidated(state.made)))

    def without_lease(self, flight: Flight) -> Flight:
        return evolve(flight, has_lease=False)

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:
        running = Map.of(
            (call, evolve(flight, waiting=tuple(other for other in flight.waiting if other != client)))
            for call, flight in state.running.items()
        )
        return step(evolve(state, running=running), Reply(client, CANCELLED))

    def armed(self, state: Caching) -> tuple[Returns | Fails, ...]:
        return tuple(ending(call) for call in state.running for ending in (Returns, Fails))

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        flight, after = state.running[trigger.call], evolve(state, running=state.running.drop(trigger.call))
        match trigger:
            case Returns(call):
                value = Value(flight.key, call)
                told = step(after, *self.answers(flight, value))
                return told.then(lambda state: self.keep(state, Kept(value, flight.began))) if self.may_keep(flight) else told
            case Fails():
                return step(after, *self.answers(flight, FAILED))
            case _:
                assert_never(trigger)

    def answers(self, flight: Flight, answer: Value | Rejected) -> tuple[Reply, ...]:
        return tuple(Reply(reader, answer) for reader in flight.waiting)

    def may_keep(self, flight: Flight) -> bool:
        return flight.has_lease

    def keep(self, state: Caching, new: Kept) -> Step[Caching]:
        kept = (*state.kept, new)
        if not self.is_too_much(kept):
            return step(evolve(state, kept=kept))
        return step(evolve(state, kept=kept[1:]), Announce(Evicted(kept[0].value.call)))

    def is_too_much(self, kept: tuple[Kept, ...]) -> bool:
        return len(kept) > self.capacity

    def view(self, state: Caching) -> CacheView:
        return CacheView(tuple(kept.value.call for kept in state.kept), frozenset(state.running))


@frozen
class AgingCache(Cache):
    """Keeps a result for less than `lifetime` ticks from when its call began; below one is a ValueError."""

    lifetime: Ticks = field(validator=ge(1))

    def tick(self, state: Caching, now: Ticks) -> Step[Caching]:
        kept = tuple(kept for kept in state.kept if not self.is_old(state, kept.began, now))
        running = Map.of(
            (call, self.without_lease(flight) if self.is_old(state, flight.began, now) else flight)
            for call, flight in state.running.items()
        )
        return step(evolve(state, running=running, kept=kept, now=now))

    def is_old(self, state: Caching, began: Ticks, now: Ticks) -> bool:
        # A clock that is set back no longer tells how old anything is.
        return now < state.now or now - began >= self.lifetime


SAFETY: tuple[Clause, ...] = (
    spec.single_flight,
    spec.what_is_called_for_is_wanted,
    spec.a_result_is_of_what_was_asked,
    spec.a_read_after_an_invalidation_is_newer,
    spec.an_answer_is_true,
    spec.what_is_kept_is_told_at_once,
    spec.who_waits_waits_for_a_call,
    spec.who_cancels_leaves_at_once,
    spec.no_more_than_its_capacity,
    spec.the_least_recently_used_makes_room,
    spec.the_view_is_true,
    spec.nobody_is_answered_twice,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.nobody_waits, spec.every_wait_ends)
AGING: tuple[Clause, ...] = (*SAFETY, spec.nothing_old_is_told)
"""What is promised with a clock: nothing about the end, since time never rests."""
EXAMPLES: tuple[Clause, ...] = (spec.somebody_is_told_what_was_kept,)

CACHE = Address("cache")


def system(
    *scripts: tuple[Request, ...],
    capacity: int = 1,
    faults: Faults = Faults(),
    cache: type[Cache] = Cache,
    promises: tuple[Clause, ...] = (*PROMISES, *EXAMPLES),
) -> System[History]:
    """Put a cache without a clock and its readers together: one for each script, which asks what that says."""
    return System({CACHE: cache(capacity)}, History(capacity), promises, faults=faults, users=_readers(scripts))


def aging(
    *scripts: tuple[Request, ...],
    lifetime: Ticks = 2,
    clocks: Clocks = Clocks(2),
    capacity: int = 1,
    faults: Faults = Faults(),
    cache: type[AgingCache] = AgingCache,
    promises: tuple[Clause, ...] = AGING,
) -> System[History]:
    """Put a cache with a clock and its readers together."""
    return System(
        {CACHE: cache(capacity, lifetime)}, History(capacity, lifetime), promises, faults=faults, users=_readers(scripts), clocks=clocks
    )


def _readers(scripts: tuple[tuple[Request, ...], ...]) -> tuple[User, ...]:
    names = addresses("reader", len(scripts))
    return tuple(User(name, (CACHE,), tuple((each,) for each in script)) for name, script in zip(names, scripts, strict=True))
