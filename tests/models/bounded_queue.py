"""A producer hands numbers to a consumer through a queue with room for a few: none is lost, none is doubled, none overtakes another."""

from __future__ import annotations

from concordant.refimpl.machine import Model, action, request
from concordant.spec.vocabulary import (
    Cases,
    Clause,
    Fair,
    Now,
    Then,
    Variable,
    always,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    infinitely_often,
    sometimes,
)

ROOM, NUMBERS = 2, 3

made = Variable("made", 0)
queue: Variable[tuple[int, ...]] = Variable("queue", ())
taken = Variable("taken", 0)


@request()
def put(now: Now, then: Then) -> None:
    if now[made] < NUMBERS and len(now[queue]) < ROOM:
        then[made] = now[made] + 1
        then[queue] = (*now[queue], now[made] + 1)


@action()
def take(now: Now, then: Then) -> None:
    if now[queue]:
        then[taken] = now[queue][0]
        then[queue] = now[queue][1:]


@sometimes
def is_full(now: Now) -> Cases:
    """There is no room left."""
    yield case(len(now[queue]) == ROOM)


@always()
def in_order(now: Now) -> Cases:
    """What waits is what was made and not taken, in order."""
    waits = tuple(range(now[taken] + 1, now[made] + 1))
    yield case(now[queue] == waits, queue=now[queue], waits=waits)


@every_step(Now)
def one_by_one(before: Now, after: Now) -> Cases:
    """Each number that is taken is the next one."""
    if before[taken] != after[taken]:
        yield case(after[taken] == before[taken] + 1, before=before[taken], after=after[taken])


@at_rest()
def nothing_waits(now: Now) -> Cases:
    """In the end nothing is left in the queue."""
    yield case(not now[queue], queue=now[queue])


@eventually(Fair.TRIGGERS)
def all_is_taken(now: Now) -> Cases:
    """What is made is taken, as long as the consumer goes on: of each number, from some moment on and for good."""
    for number in range(1, now[made] + 1):
        yield case(now[taken] >= number, number=number)


@infinitely_often(Fair.TRIGGERS)
def there_is_room(now: Now) -> Cases:
    """Again and again there is room."""
    yield case(len(now[queue]) < ROOM)


@always_possible()
def may_end(now: Now) -> Cases:
    """All numbers may still be made and taken."""
    yield case(now[taken] == NUMBERS, taken=now[taken])


PROMISES: tuple[Clause, ...] = (is_full, in_order, one_by_one, nothing_waits, all_is_taken, there_is_room, may_end)
MODEL = Model((made, queue, taken), (put, take), PROMISES)
