"""Working memory in two tiers: what is important, often used or used lately stays in a small short tier; the rest waits in a long one.

Source: replacement by frequency and recency (O'Neil, O'Neil and Weikum, "The LRU-K page replacement algorithm", 1993); activation by use
in ACT-R (Anderson and Lebiere, "The Atomic Components of Thought", 1998). A score is importance times uses over age, as the documents say.
Assumes: one clock, of which the memory counts the ticks: one that is set back makes nothing younger.
Chosen: exactly what is too much is demoted, of the lowest score, and of equal ones the first by name, but never what is in hand; storing
a key again is a use of it; every use counts, in either tier. A memory that is full takes no new key, since it forgets nothing by itself.
Does not promise: that what is important is in the short tier, while what is used more is there.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    Ticked,
    Ticks,
    always,
    always_each,
    case,
    on_event,
    ratio,
    sometimes,
)

# ---- requests and answers


@frozen
class Store:
    """A value is to be remembered under a key. Answered by `Stored`, or by `FULL` or `UNIMPORTANT`."""

    key: str
    value: str | None
    importance: int = 1


@frozen
class Retrieve:
    """The value of a key is wanted. Answered by `Found`, or by `NOT_THERE`."""

    key: str


@frozen
class Forget:
    """A key is to be forgotten. Answered by `Forgotten`, or by `NOT_THERE`."""

    key: str


@frozen
class Stored:
    """The value is remembered."""


@frozen
class Found:
    """The value that was stored last."""

    value: str | None


@frozen
class Forgotten:
    """The key is free again."""


FULL = Rejected("there is no room for one more key")
UNIMPORTANT = Rejected("an importance is at least one")
NOT_THERE = Rejected("nothing is stored under this key")

# ---- events


@frozen
class Demoted:
    """A key goes to the long tier."""

    key: str


@frozen
class Promoted:
    """A key comes back to the short tier, since it was used often enough."""

    key: str


# ---- views


@frozen
class MemoryView:
    """The keys of each tier."""

    short: frozenset[str]
    long: frozenset[str]


# ---- history


@frozen
class Remembered:
    """What was stored under a key, how often that was used, storing included, and when last, in ticks."""

    value: str | None
    importance: int
    uses: int
    used: Ticks

    def score(self, now: Ticks) -> Amount:
        """Return how much it is worth to be at hand."""
        return ratio(self.importance * self.uses, now - self.used + 1)


@frozen
class History:
    """What is remembered, in which tier, and which key was used last. `capacity`, `room` and `enough` are fixed.

    `capacity`: of the short tier; `room`: of both; `enough`: the uses with which a key is promoted. `promoted`: whether one was.
    """

    capacity: int
    room: int
    enough: int
    calls: Calls = Calls()
    known: Map[str, Remembered] = Map()
    short: frozenset[str] = frozenset()
    hand: str | None = None
    ticks: Ticks = 0
    clock: Ticks = 0
    promoted: bool = False

    @property
    def long(self) -> frozenset[str]:
        """The keys of the long tier."""
        return frozenset(self.known) - self.short

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Store(key, value, importance) if key in self.known or len(self.known) < self.room:
                item = Remembered(value, importance, self.uses(key) + 1, self.ticks)
                return evolve(after, known=self.known.put(key, item), short=self.short | {key}, hand=key)
            case Retrieve(key) if key in self.known:
                item = evolve(self.known[key], uses=self.uses(key) + 1, used=self.ticks)
                return evolve(after, known=self.known.put(key, item), hand=key)
            case Reply(to, Forgotten()):
                asked = self.calls.open.get(Call(to, at))
                gone = asked.key if isinstance(asked, Forget) else ""
                return evolve(after, known=self.known.drop(gone), short=self.short - {gone}, hand=None)
            case Demoted(key):
                return evolve(after, short=self.short - {key})
            case Promoted(key):
                return evolve(after, short=self.short | {key}, promoted=True)
            case Ticked(now):
                return evolve(after, clock=now, ticks=self.ticks + (now > self.clock))
            case _:
                return after

    def uses(self, key: str) -> int:
        """Return how often a key was used; 0 where it is not there."""
        return self.known[key].uses if key in self.known else 0


# ---- clauses

ALL = Fault.SETBACK
EVER = ALL | Fault.MALFORMED


@always_each(MemoryView, under=EVER)
def no_more_than_its_capacity(view: MemoryView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one memory
    """The short tier holds no more than its capacity, whatever is stored or promoted."""
    yield case(len(view.short) <= history.capacity, short=view.short, capacity=history.capacity)


@always_each(MemoryView, under=EVER)
def no_more_than_its_room(view: MemoryView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """Both tiers together hold no more than there is room for."""
    yield case(len(view.short | view.long) <= history.room, view=view, room=history.room)


@always_each(MemoryView, under=EVER)
def a_key_is_in_one_tier(view: MemoryView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """No key is in both tiers."""
    yield case(not view.short & view.long, both=view.short & view.long)


@always_each(MemoryView, under=EVER)
def nothing_is_lost(view: MemoryView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """What was stored is there until it is forgotten, in the tier to which it was said to go."""
    so = MemoryView(history.short, history.long)
    yield case(view == so, view=view, so=so)


@on_event(Reply, under=ALL)
def what_is_found_was_stored_last(before: History, by: Address, event: Reply) -> Cases:
    """Whoever wants a value is told the one that was stored last, even where that is none; and that nothing is there only where nothing is."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(asked, Retrieve):
        item = before.known.get(asked.key)
        so = NOT_THERE if item is None else Found(item.value)
        yield case(event.answer == so, told=event.answer, so=so)


@on_event(Reply, under=EVER)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever stores or forgets is told what became of it: a new key is turned down only where there is no room."""
    asked = before.calls.open.get(Call(event.to, by))
    match asked:
        case Retrieve():
            return
        case Store(key):
            yield case(event.answer == (Stored() if key in before.known else FULL), told=event.answer, known=before.known)
        case Forget(key):
            yield case(event.answer == (Forgotten() if key in before.known else NOT_THERE), told=event.answer, known=before.known)
        case _:  # something without importance
            yield case(event.answer == UNIMPORTANT, told=event.answer)


@always(under=EVER)
def everybody_is_answered_at_once(seen: Seen[History]) -> Cases:
    """Nobody waits, and nobody is answered twice."""
    waiting, unheard = seen.waiting(), seen.history.calls.unheard
    yield case(not waiting and not unheard, waiting=waiting, unheard=unheard)


@on_event(Demoted, under=ALL)
def exactly_what_is_too_much_is_demoted(before: History, by: Address, event: Demoted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A key is demoted only while the short tier holds more than its capacity, and never the one in hand."""
    too_much = len(before.short) > before.capacity
    yield case(too_much and event.key != before.hand, key=event.key, short=before.short, hand=before.hand)


@on_event(Demoted, under=ALL)
def the_least_is_demoted(before: History, by: Address, event: Demoted) -> Cases:  # noqa: ARG001
    """No key that stays is worth less than the one that is demoted, but for the one in hand; of equal ones the first by name goes."""
    scores = {key: before.known[key].score(before.ticks) for key in sorted(before.short) if key != before.hand}
    least = min(scores, key=lambda key: (scores[key], key), default=None)
    yield case(event.key == least, key=event.key, scores=sorted(scores.items()))


@on_event(Promoted, under=ALL)
def promoted_for_its_use(before: History, by: Address, event: Promoted) -> Cases:  # noqa: ARG001
    """A key is promoted only from the long tier, and only once it was used often enough."""
    uses = before.uses(event.key)
    yield case(event.key in before.long and uses >= before.enough, key=event.key, uses=uses, enough=before.enough)


@always(under=ALL)
def what_is_used_often_is_at_hand(seen: Seen[History]) -> Cases:
    """A key that has just been used for at least the number of times that is enough is in the short tier."""
    history = seen.history
    if history.hand is not None and history.uses(history.hand) >= history.enough:
        yield case(history.hand in history.short, hand=history.hand, uses=history.uses(history.hand))


@sometimes
def a_key_is_promoted(seen: Seen[History]) -> Cases:
    """A key comes back to the short tier."""
    yield case(seen.history.promoted)
