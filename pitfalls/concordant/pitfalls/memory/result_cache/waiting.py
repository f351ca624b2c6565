"""Who waits for a call, leaves it, or hears that it failed."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.memory.result_cache.as_written import AND_AGAIN, LEAVES, ONE, OTHER, wrong
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.memory.result_cache import Cache, Caching, Flight, Kept, system
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import FAILED, Called, Fails, Get, Key, Returns, Value
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply


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
class HoldsWhoJoined(Cache):
    """Lets go who asked first, whose task is cancelled, and holds who only waits for that."""

    def cancel(self, state: Caching, client: Address) -> Step[Caching]:
        return step(state) if led_by(state, client) is None else super().cancel(state, client)


@frozen
class HasOneLock(Cache):
    """Looks at what is kept under a lock, which is held while a call runs: who comes then sees nothing."""

    def look_up(self, state: Caching, client: Address, key: Key) -> Step[Caching]:
        return self.call(state, client, key) if state.running else super().look_up(state, client, key)


HAS_ONE_LOCK = wrong(
    HasOneLock,
    "While something else is computed, who asks for what is kept waits.",
    spec.what_is_kept_is_told_at_once,
    4,
    AND_AGAIN,
    (Get(OTHER),),
)
HOLDS_WHO_JOINED = wrong(
    HoldsWhoJoined,
    "Who waits for another's call and cancels is not answered before that comes back.",
    spec.who_cancels_leaves_at_once,
    3,
    ONE,
    ONE,
    faults=LEAVES,
)
FORGETS_WHAT_RUNS = wrong(
    DropsTheCall,
    "The call is a part of who asked first: when that leaves, nobody knows of it any more.",
    spec.the_view_is_true,
    2,
    ONE,
    faults=LEAVES,
    id="result_cache.DropsTheCall/view",
)
CANCELS_THE_CALL = wrong(
    CancelsTheCall,
    "The call is a part of who asked first: when that leaves, all are told that they have cancelled.",
    spec.an_answer_is_true,
    3,
    ONE,
    ONE,
    faults=LEAVES,
)
DROPS_THE_CALL = wrong(
    DropsTheCall,
    "The call is a part of who asked first: when that leaves, the others wait for nothing.",
    spec.every_wait_ends,
    3,
    ONE,
    ONE,
    faults=LEAVES,
)
TELLS_THE_FIRST = wrong(
    TellsTheFirst, "A failure is told to who asked first: the others wait on.", spec.who_waits_waits_for_a_call, 3, ONE, ONE
)
LEAVES_THE_OTHERS = Pitfall(
    "result_cache.TellsTheFirst/at_rest",
    "A failure is told to who asked first: nothing more happens, and the others wait.",
    breaks=spec.nobody_waits,
    subject=system(ONE, ONE, cache=TellsTheFirst),
    length=3,
)
KEEPS_FAILURES = wrong(
    KeepsFailures, "An error is kept as if it were a result: nobody ever tries again.", spec.an_answer_is_true, 3, AND_AGAIN
)
CALLS_AGAIN = wrong(CallsAgain, "A call that failed is made again for nobody.", spec.what_is_called_for_is_wanted, 2, ONE)
TAKES_NOTHING = wrong(
    TakesNothingForAnAnswer,
    "A result that counts as false is taken for none: it is computed again and again, while who asked waits.",
    spec.every_wait_ends,
    5,
    ONE,
)
WAITS_ALL_THE_SAME = wrong(WaitsAllTheSame, "Nobody looks at what is kept.", spec.what_is_kept_is_told_at_once, 3, AND_AGAIN)
STILL_TELLS_WHO_LEFT = wrong(
    StillTellsWhoLeft,
    "Who has cancelled is told the result, too.",
    spec.nobody_is_answered_twice,
    3,
    ONE,
    faults=LEAVES,
)
