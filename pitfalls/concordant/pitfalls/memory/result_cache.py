"""What goes wrong with caches of results: the documents' one as written, late fills, callers that leave, clocks; and slips."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.memory.result_cache import AgingCache, Cache, Caching, Flight, Kept, Request, aging, system
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import FAILED, Called, Evicted, Fails, Get, History, Invalidate, Invalidated, Key, Returns, Value
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Effect, Faults, Rejected, Reply, Ticks

FIRST, OTHER_INPUTS, OTHER = Key("draft"), Key("draft", 1), Key("edit")
GET, DROP = Get(FIRST), Invalidate(FIRST)
LEAVES = Faults(cancellations=1)

# ---- the documents' cache, as written


@frozen
class HasNoBase(Cache):
    """Asks a base class to run the stage, and has none."""

    def call(self, state: Caching, client: Address, key: Key) -> Step[Caching]:  # noqa: ARG002  # it comes no further
        return step(state, Reply(client, Rejected("AttributeError: 'super' object has no attribute 'execute_stage'")))


@frozen
class CallsForEach(Cache):
    """Looks only at what is kept: while a call runs, everybody makes one."""

    def may_join(self, flight: Flight, key: Key) -> bool:  # noqa: ARG002
        return False


@frozen
class HandsOutItsOwn(Cache):
    """Hands out the object that it keeps, to which the first that got it has appended something."""

    def tell(self, state: Caching, client: Address, hit: Kept) -> Step[Caching]:
        key = hit.value.key
        return step(super().tell(state, client, hit).state, Reply(client, Value(Key(key.stage, key.inputs + 1), hit.value.call)))


@frozen
class KeysByStage(Cache):
    """Leaves out of the key what the stage reads."""

    def may_tell(self, kept: Kept, key: Key) -> bool:
        return kept.value.key.stage == key.stage


@frozen
class KeepsAll(Cache):
    """Keeps everything."""

    def is_too_much(self, kept: tuple[Kept, ...]) -> bool:  # noqa: ARG002
        return False


@frozen
class KeepsEffects(Cache):
    """Takes a stage with effects for one without."""

    def request(self, state: Caching, client: Address, request: Request) -> Step[Caching]:
        return super().request(state, client, Get(request.key) if isinstance(request, Get) else request)


@frozen
class ReadsWhatIsThereNow(Cache):
    """Hands a stage the context that all share: when it reads it, it holds what was asked for last."""

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        latest = state.running[max(state.running)]
        return super().fire(evolve(state, running=state.running.change(trigger.call, lambda it: evolve(it, key=latest.key))), trigger)


# ---- late fills, and who leaves


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


def led_by(state: Caching, client: Address) -> int | None:
    """Return the call for which a reader asked first."""
    return next((call for call, flight in state.running.items() if flight.waiting[:1] == (client,)), None)


@frozen
class CancelsTheCall(Cache):
    """Runs a call in the task of who asked first: when that is cancelled, so are all that wait."""

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:
        call = led_by(state, client)
        if call is None:
            return super().cancel(state, client)
        return step(evolve(state, running=state.running.drop(call)), *self.answers(state.running[call], spec.CANCELLED))


@frozen
class DropsTheCall(Cache):
    """Runs a call in the task of who asked first: when that is cancelled, nobody tells those that wait."""

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:
        left, call = super().cancel(state, client), led_by(state, client)
        return left if call is None else step(evolve(left.state, running=left.state.running.drop(call)), *left.effects)


@frozen
class TellsTheFirst(Cache):
    """Tells a failure to who asked first, where it is raised."""

    def answers(self, flight: Flight, answer: Value | Rejected) -> tuple[Reply, ...]:
        return super().answers(flight, answer)[:1] if answer == FAILED else super().answers(flight, answer)


@frozen
class WithFailures(Caching):
    """Also which keys have failed."""

    bad: frozenset[Key] = frozenset()


@frozen
class KeepsFailures(Cache):
    """Keeps what a call brings, also when that is an error."""

    def start(self) -> Step[Caching]:
        return step(WithFailures())

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        after = super().fire(state, trigger)
        if not isinstance(trigger, Fails) or not isinstance(after.state, WithFailures):
            return after
        return step(evolve(after.state, bad=after.state.bad | {state.running[trigger.call].key}), *after.effects)

    def look_up(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        known = isinstance(state, WithFailures) and key in state.bad
        return step(state, Reply(client, FAILED)) if known else super().look_up(state, client, key)


@frozen
class CallsAgain(Cache):
    """Calls again after a failure, although all that waited were told of it."""

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:
        after = super().fire(state, trigger)
        if isinstance(trigger, Returns):
            return after
        key, call = state.running[trigger.call].key, state.made + 1
        again = evolve(after.state, made=call, running=after.state.running.put(call, Flight(key, state.now)))
        return step(again, *after.effects, Announce(Called(call, key)))


@frozen
class TakesNothingForAnAnswer(Cache):
    """Calls once more whatever a call brings: what is false counts as nothing."""

    def fire(self, state: Caching, trigger: Returns | Fails) -> Step[Caching]:  # noqa: ARG002
        return step(state)


@frozen
class WaitsAllTheSame(Cache):
    """Lets who asks for what is kept wait for a call that is made to see whether it is still so."""

    def may_tell(self, kept: Kept, key: Key) -> bool:  # noqa: ARG002
        return False


@frozen
class StillTellsWhoLeft(Cache):
    """Answers a cancellation, and keeps who has left among those that wait."""

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:
        return step(state, *super().cancel(state, client).effects)


@frozen
class DoesNotLetGo(Cache):
    """Does not hear of a cancellation while a call runs."""

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:  # noqa: ARG002
        return step(state)


@frozen
class HasOneLock(Cache):
    """Looks at what is kept under a lock, which is held while a call runs: who comes then sees nothing."""

    def look_up(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        return self.call(state, client, key) if state.running else super().look_up(state, client, key)


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


# ---- room


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


# ---- age


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


ONE, AND_AGAIN, CHANGES = (GET,), (GET, GET), (DROP, GET)


def _wrong(
    cache: type[Cache],
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[Request, ...],
    id: str = "",
    capacity: int = 1,
    faults: Faults = Faults(),
) -> Pitfall:
    subject = system(*scripts, capacity=capacity, faults=faults, cache=cache)
    return Pitfall(id or f"result_cache.{cache.__name__}", mistake, breaks=breaks, subject=subject, length=length)


def _aging(cache: type[AgingCache], mistake: str, breaks: Clause, length: int, subject: System[History]) -> Pitfall:
    return Pitfall(f"result_cache.{cache.__name__}", mistake, breaks=breaks, subject=subject, length=length)


HAS_NO_BASE = _wrong(
    HasNoBase,
    "The class that keeps results calls the method of a base class that it does not have: the first request raises an error.",
    spec.an_answer_is_true,
    1,
    ONE,
    id="CAC-1",
)
CALLS_FOR_EACH = _wrong(
    CallsForEach, "Whoever asks before the first result is there makes a call of its own.", spec.single_flight, 2, ONE, ONE, id="CAC-2"
)
HANDS_OUT_ITS_OWN = _wrong(
    HandsOutItsOwn,
    "What is kept is a list, to which a reader appends: the next is told that, too.",
    spec.a_result_is_of_what_was_asked,
    3,
    AND_AGAIN,
    id="CAC-3",
)
KEYS_BY_STAGE = _wrong(
    KeysByStage,
    "The key says which stage, not what it reads: with other inputs the old result is told.",
    spec.a_result_is_of_what_was_asked,
    3,
    (GET, Get(OTHER_INPUTS)),
    id="CAC-4",
)
KEEPS_ALL = _wrong(KeepsAll, "Nothing is ever evicted.", spec.no_more_than_its_capacity, 4, (GET, Get(OTHER)), id="CAC-5")
KEEPS_EFFECTS = _wrong(
    KeepsEffects,
    "A stage that sends something is kept: when it is asked for again, nothing is sent.",
    spec.a_result_is_of_what_was_asked,
    2,
    (Get(FIRST, has_effects=True),),
    id="CAC-6",
)
READS_WHAT_IS_THERE_NOW = _wrong(
    ReadsWhatIsThereNow,
    "The context changes while a stage awaits something: what it makes of that is kept for what was asked.",
    spec.a_result_is_of_what_was_asked,
    3,
    ONE,
    (Get(OTHER_INPUTS),),
    id="CAC-7",
)

FILLS_LATE = _wrong(
    FillsLate,
    "A call returns after an invalidation, with what there was before: that is kept, and told to all who ask.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
JOINS_LATE = _wrong(
    JoinsLate,
    "Who asks after an invalidation waits for a call that began before it.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
WAITS_FOR_IT = _wrong(
    JoinsLate,
    "Who asks after an invalidation waits, with who asked before, for a call that began before it.",
    spec.who_waits_waits_for_a_call,
    3,
    ONE,
    CHANGES,
    id="result_cache.JoinsLate/waits",
)
TELLS_THE_LATEST = _wrong(
    TellsTheLatest,
    "A result that is kept is told as that of the latest call, which was for another stage.",
    spec.a_result_is_of_what_was_asked,
    5,
    (GET, Get(OTHER), GET),
    capacity=2,
)
OF_OTHER_INPUTS = _wrong(
    TellsTheLatest,
    "A result that is kept is told as that of the latest call, which was for other inputs.",
    spec.a_result_is_of_what_was_asked,
    5,
    (GET, Get(OTHER_INPUTS), GET),
    capacity=2,
    id="result_cache.TellsTheLatest/inputs",
)
OF_WHAT_RUNS = _wrong(
    TellsTheLatest,
    "A result that comes late is told as that of the call that was made since, and still runs.",
    spec.a_result_is_of_what_was_asked,
    4,
    ONE,
    CHANGES,
    id="result_cache.TellsTheLatest/runs",
)
NUMBERS_WHAT_RUNS = _wrong(
    NumbersWhatRuns,
    "Two calls one after the other have one number.",
    spec.what_is_called_for_is_wanted,
    3,
    (GET, Get(OTHER)),
)
SAYS_NO_NUMBER = _wrong(SaysNoNumber, "An invalidation is said to concern no call.", spec.an_answer_is_true, 2, (GET,), (DROP,))
HAS_ONE_LOCK = _wrong(
    HasOneLock,
    "While something else is computed, who asks for what is kept waits.",
    spec.what_is_kept_is_told_at_once,
    4,
    AND_AGAIN,
    (Get(OTHER),),
)
DOES_NOT_LET_GO = _wrong(
    DoesNotLetGo,
    "Who cancels is not answered before the call comes back.",
    spec.who_cancels_leaves_at_once,
    2,
    ONE,
    faults=LEAVES,
)
FORGETS_WHAT_RUNS = _wrong(
    DropsTheCall,
    "The call is a part of who asked first: when that leaves, nobody knows of it any more.",
    spec.the_view_is_true,
    2,
    ONE,
    faults=LEAVES,
    id="result_cache.DropsTheCall/view",
)
KEEPS_ON_INVALIDATION = _wrong(
    KeepsOnInvalidation,
    "An invalidation concerns calls that run: what is kept is told as before.",
    spec.a_read_after_an_invalidation_is_newer,
    4,
    ONE,
    CHANGES,
)
CANCELS_THE_CALL = _wrong(
    CancelsTheCall,
    "The call is a part of who asked first: when that leaves, all are told that they have cancelled.",
    spec.an_answer_is_true,
    3,
    ONE,
    ONE,
    faults=LEAVES,
)
DROPS_THE_CALL = _wrong(
    DropsTheCall,
    "The call is a part of who asked first: when that leaves, the others wait for nothing.",
    spec.every_wait_ends,
    3,
    ONE,
    ONE,
    faults=LEAVES,
)
TELLS_THE_FIRST = _wrong(
    TellsTheFirst, "A failure is told to who asked first: the others wait on.", spec.who_waits_waits_for_a_call, 3, ONE, ONE
)
LEAVES_THE_OTHERS = Pitfall(
    "result_cache.TellsTheFirst/at_rest",
    "A failure is told to who asked first: nothing more happens, and the others wait.",
    breaks=spec.nobody_waits,
    subject=system(ONE, ONE, cache=TellsTheFirst),
    length=3,
)
KEEPS_FAILURES = _wrong(
    KeepsFailures, "An error is kept as if it were a result: nobody ever tries again.", spec.an_answer_is_true, 3, AND_AGAIN
)
CALLS_AGAIN = _wrong(CallsAgain, "A call that failed is made again for nobody.", spec.what_is_called_for_is_wanted, 2, ONE)
TAKES_NOTHING = _wrong(
    TakesNothingForAnAnswer,
    "A result that counts as false is taken for none: it is computed again and again, while who asked waits.",
    spec.every_wait_ends,
    5,
    ONE,
)
WAITS_ALL_THE_SAME = _wrong(WaitsAllTheSame, "Nobody looks at what is kept.", spec.what_is_kept_is_told_at_once, 3, AND_AGAIN)
STILL_TELLS_WHO_LEFT = _wrong(
    StillTellsWhoLeft,
    "Who has cancelled is told the result, too.",
    spec.nobody_is_answered_twice,
    3,
    ONE,
    faults=LEAVES,
)
EVICTS_IN_ORDER = _wrong(
    EvictsInOrder,
    "What came first goes first, although it is used all the time.",
    spec.the_least_recently_used_makes_room,
    7,
    (GET, Get(OTHER), GET, Get(OTHER_INPUTS)),
    capacity=2,
)
EVICTS_THE_NEW = _wrong(EvictsTheNew, "Once it is full nothing new is kept.", spec.the_least_recently_used_makes_room, 4, (GET, Get(OTHER)))
LEAVES_ROOM = _wrong(LeavesRoom, "One less is kept than there is room for.", spec.the_least_recently_used_makes_room, 2, ONE)
MISCOUNTS = _wrong(
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
