"""The documents' cache, as written."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.memory.result_cache import Cache, Caching, Flight, Kept, Request, system
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import Fails, Get, Invalidate, Key, Returns, Value
from concordant.spec.vocabulary import Address, Clause, Faults, Rejected, Reply

FIRST, OTHER_INPUTS, OTHER = Key("draft"), Key("draft", 1), Key("edit")
GET, DROP = Get(FIRST), Invalidate(FIRST)
LEAVES = Faults(cancellations=1)
ONE, AND_AGAIN, CHANGES = (GET,), (GET, GET), (DROP, GET)


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


def wrong(
    cache: type[Cache],
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[Request, ...],
    id: str = "",
    capacity: int = 1,
    faults: Faults = Faults(),
) -> Pitfall:
    """Return the pitfall of a cache without a clock, whose readers ask what the scripts say."""
    subject = system(*scripts, capacity=capacity, faults=faults, cache=cache)
    return Pitfall(id or f"result_cache.{cache.__name__}", mistake, breaks=breaks, subject=subject, length=length)


HAS_NO_BASE = wrong(
    HasNoBase,
    "The class that keeps results calls the method of a base class that it does not have: the first request raises an error.",
    spec.an_answer_is_true,
    1,
    ONE,
    id="CAC-1",
)
CALLS_FOR_EACH = wrong(
    CallsForEach, "Whoever asks before the first result is there makes a call of its own.", spec.single_flight, 2, ONE, ONE, id="CAC-2"
)
HANDS_OUT_ITS_OWN = wrong(
    HandsOutItsOwn,
    "What is kept is a list, to which a reader appends: the next is told that, too.",
    spec.a_result_is_of_what_was_asked,
    3,
    AND_AGAIN,
    id="CAC-3",
)
KEYS_BY_STAGE = wrong(
    KeysByStage,
    "The key says which stage, not what it reads: with other inputs the old result is told.",
    spec.a_result_is_of_what_was_asked,
    3,
    (GET, Get(OTHER_INPUTS)),
    id="CAC-4",
)
KEEPS_ALL = wrong(KeepsAll, "Nothing is ever evicted.", spec.no_more_than_its_capacity, 4, (GET, Get(OTHER)), id="CAC-5")
KEEPS_EFFECTS = wrong(
    KeepsEffects,
    "A stage that sends something is kept: when it is asked for again, nothing is sent.",
    spec.a_result_is_of_what_was_asked,
    2,
    (Get(FIRST, has_effects=True),),
    id="CAC-6",
)
READS_WHAT_IS_THERE_NOW = wrong(
    ReadsWhatIsThereNow,
    "The context changes while a stage awaits something: what it makes of that is kept for what was asked.",
    spec.a_result_is_of_what_was_asked,
    3,
    ONE,
    (Get(OTHER_INPUTS),),
    id="CAC-7",
)
