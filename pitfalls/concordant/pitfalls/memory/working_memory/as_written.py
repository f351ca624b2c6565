"""The documents' working memory, as written."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.memory.working_memory import Item, Memory, Remembering, Request, system
from concordant.spec.memory import working_memory as spec
from concordant.spec.memory.working_memory import (
    NOT_THERE,
    Demoted,
    Found,
    Promoted,
    Retrieve,
    Store,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Clocks, Malformed, Map, Rejected, Reply, Ticks

A, B, C, GET_A = Store("a", "x"), Store("b", "y"), Store("c", "z"), Retrieve("a")
SET_BACK = Clocks(1, setbacks=1)


@frozen
class DemotesAFifth(Memory):
    """Demotes a fifth of what is there, rounded down: of fewer than five, nothing."""

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        return super().make_room(state, hand) if len(state.short) >= 5 else step(state)


@frozen
class CountsShortUses(Memory):
    """Counts the uses of what is in the short tier."""

    def used(self, state: Remembering, item: Item) -> Item:
        return item if item in state.long.values() else super().used(state, item)


@frozen
class PromotesWithoutRoom(Memory):
    """Looks at the capacity when something is stored, not when it is promoted."""

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        return step(state) if self.may_promote(state.short[hand]) else super().make_room(state, hand)


@frozen
class CountsAnew(Memory):
    """Begins to count anew when a key is stored again."""

    def uses(self, state: Remembering, key: str) -> int:  # noqa: ARG002
        return 0


@frozen
class KeepsTheOldOne(Memory):
    """Stores in the short tier what is in the long one, too."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        after = super().request(state, client, request)
        if not isinstance(request, Store) or request.key not in state.long:
            return after
        return step(evolve(after.state, long=after.state.long.put(request.key, state.long[request.key])), *after.effects)


@frozen
class ByTheClock(Memory):
    """Takes the time from the clock."""

    def tick(self, state: Remembering, now: Ticks) -> Step[Remembering]:
        return step(evolve(state, clock=now, ticks=now))


@frozen
class DividesByNothing(ByTheClock):
    """Takes the time from the clock: one that is set back by one makes an age of zero, by which it divides."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        ages = [state.ticks - item.used + 1 for item in state.short.values()]
        if isinstance(request, Store) and len(ages) >= self.capacity and 0 in ages:
            return step(state, Reply(client, Rejected("ZeroDivisionError: float division by zero")))
        return super().request(state, client, request)


@frozen
class HasNegativeAges(ByTheClock):
    """Takes the time from the clock: set back by more than one it makes an age below zero, and the best score the worst."""

    def score(self, state: Remembering, item: Item) -> Amount:
        age = state.ticks - item.used + 1
        return Fraction(item.importance * item.uses, age or 1)


@frozen
class HasNoBound(Memory):
    """Lets the long tier grow."""

    def refuses(self, state: Remembering, request: Store) -> Rejected | None:
        return super().refuses(evolve(state, long=Map()), request)


@frozen
class KeepsTheOldTime(Memory):
    """Promotes a key with the time of its use before: it may be demoted at once."""

    def retrieve(self, state: Remembering, client: Address, key: str) -> Step[Remembering]:
        after = super().retrieve(state, client, key)
        if Announce(Promoted(key)) not in after.effects:
            return after
        back = evolve(after.state, short=state.short, long=state.long.put(key, after.state.short[key]))
        return step(back, Announce(Promoted(key)), Announce(Demoted(key)), *after.effects[-1:])


@frozen
class TakesNoneForNothing(Memory):
    """Returns None where nothing is there."""

    def retrieve(self, state: Remembering, client: Address, key: str) -> Step[Remembering]:
        after = super().retrieve(state, client, key)
        return step(
            after.state, *(Reply(client, NOT_THERE) if effect == Reply(client, Found(None)) else effect for effect in after.effects)
        )


@frozen
class TakesAnyImportance(Memory):
    """Stores what has no importance, or a negative one."""

    def refuses(self, state: Remembering, request: Store) -> Rejected | None:
        return super().refuses(state, evolve(request, importance=max(1, request.importance)))


def wrong(
    id: str,
    memory: type[Memory],
    mistake: str,
    breaks: Clause,
    length: int,
    *script: Request | Malformed,
    capacity: int = 1,
    beyond: int = 2,
    clocks: Clocks = Clocks(1),
    enough: int = 2,
) -> Pitfall:
    """Return the pitfall of a memory with one user, who asks what the script says."""
    subject = system(script, capacity=capacity, beyond=beyond, clocks=clocks, enough=enough, memory=memory)
    return Pitfall(id or f"working_memory.{memory.__name__}", mistake, breaks=breaks, subject=subject, length=length)


DEMOTES_A_FIFTH = wrong(
    "WMM-1", DemotesAFifth, "A fifth of two, rounded down, is none: nothing is demoted.", spec.no_more_than_its_capacity, 2, A, B
)
COUNTS_SHORT_USES = wrong(
    "WMM-2",
    CountsShortUses,
    "What is in the long tier may be wanted as often as you like: it is never promoted.",
    spec.what_is_used_often_is_at_hand,
    3,
    A,
    B,
    GET_A,
)
PROMOTES_WITHOUT_ROOM = wrong(
    "WMM-3", PromotesWithoutRoom, "What is promoted comes on top of what is there.", spec.no_more_than_its_capacity, 3, A, B, GET_A
)
COUNTS_ANEW = wrong(
    "WMM-4",
    CountsAnew,
    "A key that is stored again counts as used once: what was used most is demoted first.",
    spec.the_least_is_demoted,
    4,
    A,
    B,
    A,
    C,
    capacity=2,
)
KEEPS_THE_OLD_ONE = wrong("WMM-5", KeepsTheOldOne, "A key that is stored again is in both tiers.", spec.a_key_is_in_one_tier, 3, A, B, A)
DIVIDES_BY_NOTHING = wrong(
    "WMM-6",
    DividesByNothing,
    "The clock is set back by one: the next store raises an error.",
    spec.an_answer_is_true,
    4,
    A,
    B,
    clocks=SET_BACK,
)
HAS_NEGATIVE_AGES = wrong(
    "WMM-7",
    HasNegativeAges,
    "The clock is set back by more than one: what is worth most is worth least.",
    spec.the_least_is_demoted,
    6,
    A,
    B,
    C,
    capacity=2,
    clocks=Clocks(2, setbacks=1),
)
HAS_NO_BOUND = wrong("WMM-8", HasNoBound, "The long tier grows for ever.", spec.no_more_than_its_room, 3, A, B, C, beyond=1)
KEEPS_THE_OLD_TIME = wrong(
    "WMM-9",
    KeepsTheOldTime,
    "What is promoted counts as not used since long, and is demoted at once.",
    spec.exactly_what_is_too_much_is_demoted,
    3,
    A,
    B,
    GET_A,
)
TAKES_NONE_FOR_NOTHING = wrong(
    "WMM-10",
    TakesNoneForNothing,
    "A value that is None is told as if nothing were there.",
    spec.what_is_found_was_stored_last,
    2,
    Store("a", None),
    GET_A,
)
TAKES_ANY_IMPORTANCE = wrong(
    "WMM-10/importance",
    TakesAnyImportance,
    "What has a negative importance is stored: with it every use would lower the score.",
    spec.an_answer_is_true,
    1,
    Malformed(Store("a", "x", -1)),
)
