"""Coordination metrics: counters and times of workflows, all of them folded from one log of what happened.

Source: counters that only grow, as in OpenMetrics (1.0, section 4); the critical path, Kelley and Walker, "Critical-Path Planning and
Scheduling" (1959), over what was recorded: the longest way through attempts each of which had to wait for the one before. What a run
took beyond that no number of workers would have saved: its *overhead*. Its *efficiency* is the part of it that the critical path is.
Assumes: one clock for all that is recorded of a run.
Chosen: what is recorded has a number, by which it is known again; a log that breaks a rule is rejected as a whole; a run that has not
ended is counted in what it did, and not measured. An attempt that fails took its time as well; a stage that was skipped took none.
A message is known by its channel and its number there: what is received was sent before, and what is received again is a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, Flaws, Map, Rejected, is_amount

# ---- the log


@frozen
class Began:
    """A run of a workflow began."""

    run: str
    at: Amount


@frozen
class Attempted:
    """A run has tried a stage, which waited for these, from start to end."""

    run: str
    stage: str
    start: Amount
    end: Amount
    after: tuple[str, ...] = ()
    failed: bool = False


@frozen
class Skipped:
    """A run has left out a stage."""

    run: str
    stage: str


@frozen
class Finished:
    """A run of a workflow has ended."""

    run: str
    at: Amount


@frozen
class Sent:
    """A message was sent on a channel."""

    channel: str
    message: int


@frozen
class Received:
    """A message was received from a channel, perhaps not for the first time."""

    channel: str
    message: int


@frozen
class Acquired:
    """Something that is shared was taken."""


Event: TypeAlias = Began | Attempted | Skipped | Finished | Sent | Received | Acquired


@frozen
class Entry:
    """What happened, and the number under which it is recorded, however often."""

    number: int
    event: Event


@frozen
class Log:
    """What was recorded, in this order."""

    entries: tuple[Entry, ...]


# ---- outcomes


@frozen
class Counters:
    """How many runs have ended, how many attempts were made, how many of them failed, how many stages were left out, and what was sent, received and taken.

    `copies`: how often a message was received that had been received before.
    """

    runs: int = 0
    attempts: int = 0
    failures: int = 0
    skipped: int = 0
    sent: int = 0
    received: int = 0
    copies: int = 0
    acquired: int = 0


@frozen
class Times:
    """Of a run that has ended: how long it took, its critical path, what attempts took in all, the overhead; and the efficiency, None of one that took no time."""

    duration: Amount
    critical: Amount
    work: Amount
    overhead: Amount
    efficiency: Amount | None


@frozen
class Metrics:
    """Counters, and times by the names of runs."""

    counters: Counters
    times: Map[str, Times]


Outcome: TypeAlias = Metrics | Rejected
Rule: TypeAlias = Callable[[Log], Outcome]

CONFLICT = Rejected("one number is given to two different entries")
NOT_EXACT = Rejected("a reading is no exact number")
OUTSIDE = Rejected("something is recorded of a run before it began, after it ended, or of its beginning or its end twice")
BACKWARDS = Rejected("an attempt ends before it begins, or outside of its run")
TOO_EARLY = Rejected("an attempt begins before one has ended for which it waits")
UNSENT = Rejected("a message is received on a channel on which it was not sent before")


def distinct(log: Log) -> tuple[Event, ...]:
    """List what happened, each once, in the order in which it was first recorded."""
    first = [each for place, each in enumerate(log.entries) if each.number not in [other.number for other in log.entries[:place]]]
    return tuple(each.event for each in first)


def of_run(events: tuple[Event, ...], run: str) -> tuple[Began | Attempted | Skipped | Finished, ...]:
    """List what happened in a run."""
    return tuple(each for each in events if isinstance(each, Began | Attempted | Skipped | Finished) and each.run == run)


def runs(events: tuple[Event, ...]) -> tuple[str, ...]:
    """List the runs of which anything is recorded."""
    return tuple(dict.fromkeys(each.run for each in events if isinstance(each, Began | Attempted | Skipped | Finished)))


def readings(event: Event) -> tuple[Amount, ...]:
    """List the readings of a clock in an event."""
    match event:
        case Began(_, at) | Finished(_, at):
            return (at,)
        case Attempted(_, _, start, end):
            return (start, end)
        case _:
            return ()


def is_in_order(events: tuple[Event, ...], run: str) -> bool:
    """Tell whether a run begins once, before anything else, and ends once at most, after everything else."""
    kinds = [type(each) for each in of_run(events, run)]
    return kinds.count(Began) == 1 and kinds[0] is Began and Finished not in kinds[:-1]


def attempts_of(events: tuple[Event, ...], run: str) -> tuple[Attempted, ...]:
    """List the attempts of a run."""
    return tuple(each for each in of_run(events, run) if isinstance(each, Attempted))


def waits_for(late: Attempted, early: Attempted) -> bool:
    """Tell whether an attempt had to wait for one that is recorded before it: at a stage for which its own waits, or at its own."""
    return early.stage in late.after or early.stage == late.stage


def pairs(events: tuple[Event, ...]) -> Iterator[tuple[Attempted, Attempted]]:
    """Yield the attempts of which the second had to wait for the first."""
    for run in runs(events):
        yield from ((early, late) for early, late in combinations(attempts_of(events, run), 2) if waits_for(late, early))


def is_within(events: tuple[Event, ...], event: Event) -> bool:
    """Tell whether an attempt, or the end of a run, is where it may be on the clock."""
    if not isinstance(event, Attempted | Finished):
        return True
    began = next(each.at for each in of_run(events, event.run) if isinstance(each, Began))
    if isinstance(event, Finished):
        return all(each.end <= event.at for each in attempts_of(events, event.run)) and began <= event.at
    return began <= event.start <= event.end


def was_sent(events: tuple[Event, ...], place: int) -> bool:
    """Tell whether a message, if one is received here, was sent before on its channel."""
    match events[place]:
        case Received(channel, message):
            return Sent(channel, message) in events[:place]
        case _:
            return True


REJECTED: Flaws[Log] = (
    (CONFLICT, lambda log: any(one.number == other.number and one.event != other.event for one, other in combinations(log.entries, 2))),
    (NOT_EXACT, lambda log: not all(is_amount(reading) for each in distinct(log) for reading in readings(each))),
    (OUTSIDE, lambda log: not all(is_in_order(distinct(log), run) for run in runs(distinct(log)))),
    (BACKWARDS, lambda log: not all(is_within(distinct(log), each) for each in distinct(log))),
    (TOO_EARLY, lambda log: any(late.start < early.end for early, late in pairs(distinct(log)))),
    (UNSENT, lambda log: not all(was_sent(distinct(log), place) for place in range(len(distinct(log))))),
)
"""What is rejected, and why."""
