"""A cache of results: who asks for what is being computed waits for that one call, and what is kept is kept until its generation ends.

Source: memoisation (Michie, "Memo functions and machine learning", 1968); one call for all who ask (`singleflight` of Go); leases against
late fills (Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, section 3.2.1): an invalidation takes the lease of a call that runs.
Assumes: a result depends on its key alone, and on what an invalidation tells of; a call sees no less than what there was when it began.
Chosen: a call is nobody's: it goes on when who asked first has left, and its failure is told to all who wait, and not kept. A
generation of a key is what begins with a call, and ends when that fails, or is invalidated, evicted or too old; results are told apart
by their calls. A stage with effects is turned down, since a hit would leave them out. A clock that is set back ends every generation.
Does not promise: that a call comes back; that who asked before an invalidation is told what is newer.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    Ticked,
    Ticks,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen(order=True)
class Key:
    """All that a result depends on: the stage, and what it reads."""

    stage: str
    inputs: int = 0


@frozen
class Get:
    """A reader wants a result. Answered by `Value`, or by a `Rejected`: `FAILED`, `CANCELLED`, `HAS_EFFECTS`."""

    key: Key
    has_effects: bool = False


@frozen
class Invalidate:
    """What a key stands for has changed. Answered by `Invalidated`."""

    key: Key


@frozen
class Value:
    """A result: what the call with this number has computed for a key."""

    key: Key
    call: int


@frozen
class Invalidated:
    """Whoever asks for the key from now on is told the result of a call with a higher number."""

    last: int


FAILED = Rejected("the call has failed")
CANCELLED = Rejected("the wait was cancelled")
HAS_EFFECTS = Rejected("a stage with effects is not kept")

# ---- triggers: what becomes of a call, which nobody here controls


@frozen
class Returns(Completion):
    """A call comes back with a result."""

    call: int


@frozen
class Fails(Completion):
    """A call comes back without one."""

    call: int


# ---- events


@frozen
class Called:
    """A result is not there, and is computed. Calls are numbered in their order, from 1."""

    call: int
    key: Key


@frozen
class Evicted:
    """The result of a call has made room for another."""

    call: int


# ---- views


@frozen
class CacheView:
    """The calls whose results are kept, the least recently used first, and those that run."""

    kept: tuple[int, ...]
    running: frozenset[int]


# ---- history


@frozen
class Asked:
    """A request that waits: which calls' results were kept when it was made, which calls were invalidated, and which too old.

    `failed`: whether a call for its key that it may have waited for has failed since; `cancelled`: whether it was asked to end.
    """

    kept: tuple[int, ...]
    invalidated: frozenset[int]
    expired: frozenset[int]
    failed: bool = False
    cancelled: bool = False


@frozen
class History:
    """Which calls were made for which key, by the clock when, and how the generation of each has ended; who waits since when.

    `capacity` and `lifetime` are fixed; without a lifetime nothing is too old. `used`: the calls whose results were kept, the least recently
    used first. `hit`: whether somebody was answered from what was kept; `late`: whether a call came back when its generation had ended.
    """

    capacity: int
    lifetime: Ticks | None = None
    calls: Calls = Calls()
    asked: Map[Address, Asked] = Map()
    made: Map[int, Key] = Map()
    began: Map[int, Ticks] = Map()
    returned: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()
    invalidated: frozenset[int] = frozenset()
    expired: frozenset[int] = frozenset()
    evicted: frozenset[int] = frozenset()
    used: tuple[int, ...] = ()
    now: Ticks = 0
    hit: bool = False
    late: bool = False

    @property
    def over(self) -> frozenset[int]:
        """The calls whose generation has ended."""
        return self.failed | self.invalidated | self.expired | self.evicted

    @property
    def running(self) -> frozenset[int]:
        """The calls that have not come back."""
        return frozenset(self.made) - self.returned - self.failed

    @property
    def kept(self) -> tuple[int, ...]:
        """The calls whose results are to be kept, the least recently used first."""
        return tuple(call for call in self.used if call not in self.over)

    def of(self, key: Key) -> frozenset[int]:
        """Return the calls that were made for a key."""
        return frozenset(call for call, made_for in self.made.items() if made_for == key)

    def wanted(self) -> tuple[tuple[Address, Key, Asked], ...]:
        """List who waits for which result."""
        opened = ((call.user, asked) for call, asked in self.calls.open.items())
        return tuple((user, asked.key, self.asked[user]) for user, asked in opened if isinstance(asked, Get))

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Get() | Invalidate():
                return evolve(after, asked=self.asked.put(by, Asked(self.kept, self.invalidated, self.expired)))
            case CancelAsked():
                return evolve(after, asked=self.asked.change(by, lambda asked: evolve(asked, cancelled=True)))
            case Called(call, key):
                return evolve(after, made=self.made.put(call, key), began=self.began.put(call, self.now))
            case Returns(call):
                is_over = call in self.over
                return evolve(
                    after,
                    returned=self.returned | {call},
                    used=self.used if is_over or call in self.used else (*self.used, call),
                    late=self.late or is_over,
                )
            case Fails(call):
                return after.fails(call)
            case Evicted(call):
                return evolve(after, evicted=self.evicted | {call})
            case Ticked(now):
                return after.ticked(now)
            case Reply(to, answer):
                return after.told(to, answer, self.calls.open.get(Call(to, at)))
            case _:
                return after

    def fails(self, call: int) -> History:
        """Fold the failure of a call, which concerns who asked while its generation lasted."""
        asked = self.asked
        for user, key, since in self.wanted():
            if self.made.get(call) == key and call not in since.invalidated | since.expired:
                asked = asked.put(user, evolve(since, failed=True))
        return evolve(self, failed=self.failed | {call}, asked=asked)

    def ticked(self, now: Ticks) -> History:
        """Fold a reading of the clock. Once it is set back nobody knows how old anything is that there was."""
        old = (call for call, began in self.began.items() if now < self.now or (self.lifetime is not None and now - began >= self.lifetime))
        return evolve(self, now=now, expired=self.expired | frozenset(old))

    def told(self, to: Address, answer: object, request: object) -> History:
        """Fold an answer to a request."""
        after = evolve(self, asked=self.asked.drop(to))
        match answer, request:
            case Value(_, call), Get():
                rest = tuple(other for other in self.used if other != call)
                used = (*rest, call) if call in self.used else self.used
                return evolve(after, used=used, hit=self.hit or call in self.asked[to].kept)
            case Invalidated(), Invalidate(key):
                return evolve(after, invalidated=self.invalidated | self.of(key))
            case _:
                return after


# ---- clauses

LIVE = Fault.CANCELLATION
ALL = LIVE | Fault.SETBACK


@on_event(Called, under=ALL)
def single_flight(before: History, by: Address, event: Called) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A key is computed at most once in a generation: it is called for only when all its calls have failed, or were invalidated, evicted or too old."""
    going_on = before.of(event.key) - before.over
    yield case(not going_on, call=event.call, key=event.key, going_on=going_on)


@on_event(Called, under=ALL)
def what_is_called_for_is_wanted(before: History, by: Address, event: Called) -> Cases:  # noqa: ARG001
    """A call is made, under a higher number than all before, only for a key that somebody waits for."""
    keys = frozenset(key for _, key, _ in before.wanted())
    yield case(event.call > max(before.made, default=0) and event.key in keys, call=event.call, key=event.key, wanted=keys)


@on_event(Reply, under=ALL)
def a_result_is_of_what_was_asked(before: History, by: Address, event: Reply) -> Cases:
    """Whoever is told a result asked for its key, and a call for that key has come back with it."""
    if isinstance(event.answer, Value):
        key, call = event.answer.key, event.answer.call
        asked = before.calls.open.get(Call(event.to, by))
        yield case(asked == Get(key) and call in before.of(key) & before.returned, told=event.answer, asked=asked)


@on_event(Reply, under=ALL)
def a_read_after_an_invalidation_is_newer(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Whoever asks after an invalidation is told the result of a call that began after it."""
    if isinstance(event.answer, Value):
        stale = before.asked[event.to].invalidated
        yield case(event.answer.call not in stale, told=event.answer, stale=stale)


@on_event(Reply, under=ALL)
def nothing_old_is_told(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Whoever asks is told the result of a call that began less than a lifetime before, by a clock that was not set back since."""
    if isinstance(event.answer, Value):
        old = before.asked[event.to].expired
        yield case(event.answer.call not in old, told=event.answer, old=old)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever is told no result is told the true reason: a failure only where a call has failed since, for one."""
    asked = before.calls.open.get(Call(event.to, by))
    since = before.asked.get(event.to)
    so: dict[object, bool] = {
        FAILED: since is not None and since.failed,
        CANCELLED: since is not None and since.cancelled,
        HAS_EFFECTS: isinstance(asked, Get) and asked.has_effects,
    }
    match event.answer, asked:
        case Value(), Get():
            return
        case answer, Get():
            yield case(so.get(answer, False), told=answer, asked=asked, since=since)
        case _:  # an invalidation
            last = max(before.made, default=0)
            yield case(event.answer == Invalidated(last), told=event.answer, asked=asked, last=last)


@always(under=ALL)
def what_is_kept_is_told_at_once(seen: Seen[History]) -> Cases:
    """Whoever asks for what is kept does not wait."""
    for user, key, since in seen.history.wanted():
        there = seen.history.of(key) & frozenset(since.kept)
        yield case(not there, user=user, key=key, there=there)


@always(under=ALL)
def who_waits_waits_for_a_call(seen: Seen[History]) -> Cases:
    """Whoever waits for a result waits for a call that runs, and that was neither invalidated nor too old when it asked, whoever else has left."""
    history = seen.history
    for user, key, since in history.wanted():
        calls_for_it = (history.of(key) & history.running) - since.invalidated - since.expired
        yield case(bool(calls_for_it), user=user, key=key, running=history.running)


@always(under=ALL)
def who_cancels_leaves_at_once(seen: Seen[History]) -> Cases:
    """Whoever asks to cancel is answered at once, whatever it waited for."""
    for user, key, since in seen.history.wanted():
        yield case(not since.cancelled, user=user, key=key)


@always_each(CacheView, under=ALL)
def no_more_than_its_capacity(view: CacheView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one cache
    """No more results are kept than there is room for."""
    yield case(len(view.kept) <= history.capacity, kept=view.kept, capacity=history.capacity)


@on_event(Evicted, under=ALL)
def the_least_recently_used_makes_room(before: History, by: Address, event: Evicted) -> Cases:  # noqa: ARG001
    """A result makes room only where there is none, and only the one that was not used for longest."""
    full = len(before.kept) > before.capacity
    yield case(full and event.call == before.kept[0], evicted=event.call, kept=before.kept)


@always_each(CacheView, under=ALL)
def the_view_is_true(view: CacheView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """What is kept, in the order of its use, is what has come back and whose generation lasts; and what runs is what has not come back."""
    so = CacheView(history.kept, history.running)
    yield case(view == so, view=view, so=so)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=LIVE)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits, whoever has left."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=LIVE)
def every_wait_ends(seen: Seen[History]) -> Cases:
    """Every wait ends, since calls come back."""
    return calls.nobody_waits(seen)


@sometimes
def somebody_is_told_what_was_kept(seen: Seen[History]) -> Cases:
    """Somebody is told a result without a call."""
    yield case(seen.history.hit)


@sometimes
def a_call_comes_back_too_late(seen: Seen[History]) -> Cases:
    """A call comes back when its generation has ended: whoever waits is told, and nothing is kept."""
    yield case(seen.history.late)
