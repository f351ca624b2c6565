"""Coordination metrics: a log is looked through once for flaws, and then folded; nothing is counted anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import assert_never

from attrs import evolve

from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Draw, Map, Rejected, is_amount, ratio
from concordant.spec.workflows.coordination_metrics import (
    BACKWARDS,
    CONFLICT,
    NOT_EXACT,
    OUTSIDE,
    TOO_EARLY,
    UNSENT,
    Acquired,
    Attempted,
    Began,
    Counters,
    Event,
    Finished,
    Log,
    Metrics,
    Outcome,
    Received,
    Rule,
    Sent,
    Skipped,
    Times,
)
from concordant.spec.workflows.coordination_metrics.clauses import CLAUSES, less_overhead_is_no_slower, malformed_logs_are_rejected
from concordant.spec.workflows.coordination_metrics.logs import logs, malformed, rivals


def measure(log: Log) -> Outcome:
    """Fold the events of a log, each once."""
    events: dict[int, Event] = {}
    for each in log.entries:
        if each.number not in events:
            events[each.number] = each.event
        elif events[each.number] != each.event:
            return CONFLICT
    once = tuple(events.values())
    reason = flaw(once)
    if reason is not None:
        return reason
    ended = [each for each in once if isinstance(each, Finished)]
    counters = evolve(reduce(counted, once, Counters()), copies=copies(once))
    return Metrics(counters, Map.of((each.run, times(once, each)) for each in ended))


def counted(counters: Counters, event: Event) -> Counters:
    """Fold one event into the counters."""
    match event:
        case Began():
            return counters
        case Attempted(failed=failed):
            return evolve(counters, attempts=counters.attempts + 1, failures=counters.failures + (1 if failed else 0))
        case Skipped():
            return evolve(counters, skipped=counters.skipped + 1)
        case Finished():
            return evolve(counters, runs=counters.runs + 1)
        case Sent():
            return evolve(counters, sent=counters.sent + 1)
        case Received():
            return evolve(counters, received=counters.received + 1)
        case Acquired():
            return evolve(counters, acquired=counters.acquired + 1)
        case _:
            assert_never(event)


def copies(events: tuple[Event, ...]) -> int:
    """Count what was received again."""
    received = [each for each in events if isinstance(each, Received)]
    return len(received) - len(set(received))


def times(events: tuple[Event, ...], ended: Finished) -> Times:
    """Measure a run that has ended."""
    attempts = [each for each in events if isinstance(each, Attempted) and each.run == ended.run]
    began = next(each.at for each in events if isinstance(each, Began) and each.run == ended.run)
    # The hard step. An attempt prolongs the longest way to any stage for which it waits, or to its own: that never becomes shorter,
    # since every later attempt at a stage prolongs it.
    ways: dict[str, Amount] = {}
    for each in attempts:
        ways[each.stage] = (each.end - each.start) + max([0, *(ways[stage] for stage in (*each.after, each.stage) if stage in ways)])
    duration = ended.at - began
    critical = max([0, *ways.values()])
    work = sum(each.end - each.start for each in attempts)
    return Times(duration, critical, work, duration - critical, None if duration == 0 else ratio(critical, duration))


def flaw(events: tuple[Event, ...]) -> Rejected | None:
    """Return why events are rejected; None where they are not."""
    if not all(map(is_exact, events)):
        return NOT_EXACT
    state: dict[str, str] = {}
    for event in events:
        if isinstance(event, Began | Attempted | Skipped | Finished):
            if state.get(event.run) != (None if isinstance(event, Began) else "goes on"):
                return OUTSIDE
            state[event.run] = "has ended" if isinstance(event, Finished) else "goes on"
    began = {each.run: each.at for each in events if isinstance(each, Began)}
    if not all(is_forwards(events, event, began) for event in events):
        return BACKWARDS
    if not is_in_time(events):
        return TOO_EARLY
    return None if is_sent_first(events) else UNSENT


def is_exact(event: Event) -> bool:
    """Tell whether all readings in an event are exact numbers."""
    match event:
        case Began(_, at) | Finished(_, at):
            return is_amount(at)
        case Attempted(_, _, start, end):
            return is_amount(start) and is_amount(end)
        case _:
            return True


def is_forwards(events: tuple[Event, ...], event: Event, began: dict[str, Amount]) -> bool:
    """Tell whether an attempt lies within its run and ends no earlier than it begins, and a run no earlier than all of it."""
    match event:
        case Attempted(run, _, start, end):
            return began[run] <= start <= end
        case Finished(run, at):
            return max([began[run], *(each.end for each in events if isinstance(each, Attempted) and each.run == run)]) <= at
        case _:
            return True


def is_in_time(events: tuple[Event, ...]) -> bool:
    """Tell whether no attempt begins before one recorded earlier has ended for which it has to wait."""
    ends: dict[tuple[str, str], Amount] = {}
    for each in events:
        if isinstance(each, Attempted):
            waits = [ends[each.run, stage] for stage in (*each.after, each.stage) if (each.run, stage) in ends]
            if any(each.start < end for end in waits):
                return False
            ends[each.run, each.stage] = each.end
    return True


def is_sent_first(events: tuple[Event, ...]) -> bool:
    """Tell whether whatever is received was sent on its channel before."""
    sent: set[tuple[str, int]] = set()
    for each in events:
        if isinstance(each, Sent):
            sent.add((each.channel, each.message))
        elif isinstance(each, Received) and (each.channel, each.message) not in sent:
            return False
    return True


def measuring(profiles: Callable[[Draw], Log], rule: Rule = measure) -> Mechanism[Log, Outcome]:
    """Return a rule on some logs, with all that is promised of it."""
    return Mechanism(rule, profiles, CLAUSES)


def on(most: int, rule: Rule = measure) -> Mechanism[Log, Outcome]:
    """Return a rule on the logs of a run of up to `most` stages."""
    return measuring(partial(logs, most=most), rule)


def on_malformed(rule: Rule = measure) -> Mechanism[Log, Outcome]:
    """Return a rule on logs with a flaw."""
    return Mechanism(rule, malformed, (malformed_logs_are_rejected,))


def comparing(rule: Rule = measure) -> Mechanism[Log, Outcome]:
    """Return a rule on logs of two runs, of which one is to be preferred."""
    return Mechanism(rule, rivals, (less_overhead_is_no_slower,))
