"""What is kept: late fills, numbers, room and age."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.memory.result_cache.as_written import AND_AGAIN, CHANGES, DROP, GET, ONE, OTHER, OTHER_INPUTS, wrong
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.memory.result_cache import AgingCache, Cache, Caching, Flight, Kept, aging
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import Evicted, Fails, Get, History, Invalidated, Key, Returns, Value
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Effect, Reply, Ticks


@frozen
class FillsLate(Cache):
    """Keeps whatever comes back."""

    def may_keep(self, flight: Flight) -> bool:  # noqa: ARG002
        return True


@frozen
class JoinsLate(Cache):
    """Lets who asks wait for any call of the key that runs."""

    def may_join(self, flight: Flight, key: Key) -> bool:
        return flight.key == key


@frozen
class TellsTheLatest(Cache):
    """Says of a result that the latest call has brought it."""

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        after = super().fire(state, trigger)
        return Step(after.state, tuple(self.renumbered(state, effect) for effect in after.effects))

    def renumbered(self, state: Caching, effect: Effect) -> Effect:
        if isinstance(effect, Reply) and isinstance(effect.answer, Value):
            return Reply(effect.to, evolve(effect.answer, call=state.made))
        return effect

    def tell(self, state: Caching, client: Address, hit: Kept) -> Step[Caching]:
        return step(super().tell(state, client, hit).state, Reply(client, evolve(hit.value, call=state.made)))


@frozen
class NumbersWhatRuns(Cache):
    """Numbers a call by how many run."""

    def call(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        return super().call(evolve(state, made=len(state.running)), client, key)


@frozen
class SaysNoNumber(Cache):
    """Does not say which calls an invalidation concerns."""

    def invalidate(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        return step(super().invalidate(state, client, key).state, Reply(client, Invalidated(0)))


@frozen
class KeepsOnInvalidation(Cache):
    """Takes the lease of a call that runs, and forgets what is kept."""

    def invalidate(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        return step(evolve(super().invalidate(state, client, key).state, kept=state.kept), Reply(client, Invalidated(state.made)))


@frozen
class EvictsInOrder(Cache):
    """Lets the result make room that has been there for longest, however often it is used."""

    def tell(self, state: Caching, client: Address, hit: Kept) -> Step[Caching]:
        return step(state, Reply(client, hit.value))


@frozen
class EvictsTheNew(Cache):
    """Keeps no more once it is full."""

    def keep(self, state: Caching, new: Kept) -> Step[Caching]:
        full = self.is_too_much((*state.kept, new))
        return step(state, Announce(Evicted(new.value.call))) if full else super().keep(state, new)


@frozen
class LeavesRoom(Cache):
    """Lets a result make room as soon as it is full."""

    def is_too_much(self, kept: tuple[Kept, ...]) -> bool:
        return len(kept) >= self.capacity


@frozen
class CountsFromTheEnd(AgingCache):
    """Counts the age of a result from when it came."""

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        return super().fire(evolve(state, running=state.running.change(trigger.call, lambda it: evolve(it, began=state.now))), trigger)


@frozen
class KeepsATickMore(AgingCache):
    """Keeps a result up to its lifetime, and at it."""

    def is_old(self, state: Caching, began: Ticks, now: Ticks) -> bool:
        return now < state.now or now - began > self.lifetime


@frozen
class TrustsItsClock(AgingCache):
    """Does not notice that its clock was set back."""

    def is_old(self, state: Caching, began: Ticks, now: Ticks) -> bool:  # noqa: ARG002
        return now - began >= self.lifetime


@frozen
class JoinsASlowCall(AgingCache):
    """Knows the age of what it keeps alone: who asks waits for a call that runs, however long it has."""

    def tick(self, state: Caching, now: Ticks) -> Step[Caching]:
        return step(evolve(super().tick(state, now).state, running=state.running))


def _aging(cache: type[AgingCache], mistake: str, breaks: Clause, length: int, subject: System[History]) -> Pitfall:
    return Pitfall(f"result_cache.{cache.__name__}", mistake, breaks=breaks, subject=subject, length=length)


FILLS_LATE = wrong(
    FillsLate,
    "A call returns after an invalidation, with what there was before: that is kept, and told to all who ask.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
JOINS_LATE = wrong(
    JoinsLate,
    "Whoever asks after an invalidation waits for a call that began before it.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
WAITS_FOR_IT = wrong(
    JoinsLate,
    "Whoever asks after an invalidation waits, with who asked before, for a call that began before it.",
    spec.who_waits_waits_for_a_call,
    3,
    ONE,
    CHANGES,
    id="result_cache.JoinsLate/waits",
)
TELLS_THE_LATEST = wrong(
    TellsTheLatest,
    "A result that is kept is told as that of the latest call, which was for another stage.",
    spec.a_result_is_of_what_was_asked,
    5,
    (GET, Get(OTHER), GET),
    capacity=2,
)
OF_OTHER_INPUTS = wrong(
    TellsTheLatest,
    "A result that is kept is told as that of the latest call, which was for other inputs.",
    spec.a_result_is_of_what_was_asked,
    5,
    (GET, Get(OTHER_INPUTS), GET),
    capacity=2,
    id="result_cache.TellsTheLatest/inputs",
)
OF_WHAT_RUNS = wrong(
    TellsTheLatest,
    "A result that comes late is told as that of the call that was made since, and still runs.",
    spec.a_result_is_of_what_was_asked,
    4,
    ONE,
    CHANGES,
    id="result_cache.TellsTheLatest/runs",
)
NUMBERS_WHAT_RUNS = wrong(
    NumbersWhatRuns,
    "Two calls one after the other have one number.",
    spec.what_is_called_for_is_wanted,
    3,
    (GET, Get(OTHER)),
)
SAYS_NO_NUMBER = wrong(SaysNoNumber, "An invalidation is said to concern no call.", spec.an_answer_is_true, 2, (GET,), (DROP,))
KEEPS_ON_INVALIDATION = wrong(
    KeepsOnInvalidation,
    "An invalidation concerns calls that run: what is kept is told as before.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
EVICTS_IN_ORDER = wrong(
    EvictsInOrder,
    "What came first goes first, although it is used all the time.",
    spec.the_least_recently_used_makes_room,
    7,
    (GET, Get(OTHER), GET, Get(OTHER_INPUTS)),
    capacity=2,
)
EVICTS_THE_NEW = wrong(EvictsTheNew, "Once it is full nothing new is kept.", spec.the_least_recently_used_makes_room, 4, (GET, Get(OTHER)))
LEAVES_ROOM = wrong(LeavesRoom, "One less is kept than there is room for.", spec.the_least_recently_used_makes_room, 2, ONE)
MISCOUNTS = wrong(
    EvictsInOrder,
    "The order of use is not kept.",
    spec.the_view_is_true,
    5,
    (GET, Get(OTHER), GET),
    capacity=2,
    id="result_cache.EvictsInOrder/view",
)
COUNTS_FROM_THE_END = _aging(
    CountsFromTheEnd,
    "The age of a result is counted from when it came: of a slow call it was old by then.",
    spec.nothing_old_is_told,
    5,
    aging(AND_AGAIN, cache=CountsFromTheEnd),
)
KEEPS_A_TICK_MORE = _aging(
    KeepsATickMore,
    "A result is told when its lifetime is over, since it is not longer than that.",
    spec.nothing_old_is_told,
    4,
    aging(AND_AGAIN, lifetime=1, clocks=Clocks(1), cache=KeepsATickMore),
)
TRUSTS_ITS_CLOCK = _aging(
    TrustsItsClock,
    "A clock is set back, and what is kept seems younger than it is, for as long as that.",
    spec.nothing_old_is_told,
    5,
    aging(AND_AGAIN, clocks=Clocks(2, setbacks=1), cache=TrustsItsClock),
)
JOINS_A_SLOW_CALL = _aging(
    JoinsASlowCall,
    "Who asks waits for a call that began longer ago than a result may be old.",
    spec.nothing_old_is_told,
    4,
    aging(ONE, ONE, lifetime=1, clocks=Clocks(1), cache=JoinsASlowCall),
)
