"""What metrics promise, clause by clause."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

from attrs import evolve

from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all, ratio, rejection, relates
from concordant.spec.workflows.coordination_metrics import (
    REJECTED,
    Acquired,
    Attempted,
    Began,
    Counters,
    Finished,
    Log,
    Metrics,
    Outcome,
    Received,
    Rule,
    Sent,
    Skipped,
    attempts_of,
    distinct,
    waits_for,
)


@for_all
def counters_are_of_the_log(log: Log, outcome: Outcome) -> Cases:
    """Each counter is how many entries of its kind there are, of those with one number one."""
    if isinstance(outcome, Metrics):
        events = distinct(log)
        kinds = [type(each) for each in events]
        failures = sum(1 for each in events if isinstance(each, Attempted) and each.failed)
        so = Counters(
            kinds.count(Finished),
            kinds.count(Attempted),
            failures,
            kinds.count(Skipped),
            kinds.count(Sent),
            kinds.count(Received),
            sum(1 for place, each in enumerate(events) if isinstance(each, Received) and each in events[:place]),
            kinds.count(Acquired),
        )
        yield case(outcome.counters == so, counters=outcome.counters, so=so)


@for_all
def no_more_is_received_than_was_sent(log: Log, outcome: Outcome) -> Cases:
    """On no channel is more received than was sent on it, copies apart, nor in all."""
    if isinstance(outcome, Metrics):
        messages = [each for each in distinct(log) if isinstance(each, Sent | Received)]
        for channel in dict.fromkeys(each.channel for each in messages):
            sent = {each.message for each in messages if isinstance(each, Sent) and each.channel == channel}
            received = {each.message for each in messages if isinstance(each, Received) and each.channel == channel}
            yield case(len(received) <= len(sent), channel=channel, sent=sorted(sent), received=sorted(received))
        counters = outcome.counters
        yield case(counters.received - counters.copies <= counters.sent, counters=counters)


@for_all
def what_has_ended_is_measured(log: Log, outcome: Outcome) -> Cases:
    """Every run that has ended is measured: how long it took, and what its attempts took in all."""
    if isinstance(outcome, Metrics):
        events = distinct(log)
        ended = {each.run: each.at for each in events if isinstance(each, Finished)}
        yield case(sorted(ended) == list(outcome.times), ended=sorted(ended), measured=list(outcome.times))
        for began in events:
            if isinstance(began, Began) and began.run in ended:
                times = outcome.times[began.run]
                work = sum(each.end - each.start for each in attempts_of(events, began.run))
                yield case(times.duration == ended[began.run] - began.at and times.work == work, run=began.run, times=times, work=work)


@for_all
def the_critical_path_is_the_longest(log: Log, outcome: Outcome) -> Cases:
    """The critical path is the longest of all ways, each through attempts that had to wait for the one before (tried for all sets)."""
    if isinstance(outcome, Metrics):
        for run, times in outcome.times.items():
            ways = ways_through(log, run)
            yield case(times.critical == max(ways), run=run, critical=times.critical, ways=ways)


def ways_through(log: Log, run: str) -> list[Amount]:
    """List how long each way through a run takes, of attempts that had to wait for the one before."""
    attempts = attempts_of(distinct(log), run)
    return [
        sum(each.end - each.start for each in some)
        for count in range(len(attempts) + 1)
        for some in combinations(attempts, count)
        if all(waits_for(late, early) for early, late in pairwise(some))
    ]


@for_all
def overhead_and_efficiency_are_of_the_critical_path(log: Log, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What a run took beyond its critical path is its overhead, and the part of it that the path is its efficiency, between 0 and 1: no run is shorter than its path."""
    if isinstance(outcome, Metrics):
        for run, times in outcome.times.items():
            efficiency = None if times.duration == 0 else ratio(times.critical, times.duration)
            right = times.overhead == times.duration - times.critical and times.efficiency == efficiency
            yield case(right and 0 <= times.critical <= times.duration, run=run, times=times)


@for_all
def less_overhead_is_no_slower(log: Log, outcome: Outcome) -> Cases:
    """Of two runs with equal critical paths the one with less overhead took no longer: whoever prefers its plan prefers no slower one."""
    if isinstance(outcome, Metrics):
        took = {each.run: each.at for each in distinct(log) if isinstance(each, Finished)}
        for one, other in permutations(outcome.times, 2):
            alike = max(ways_through(log, one)) == max(ways_through(log, other))
            if alike and outcome.times[one].overhead < outcome.times[other].overhead:
                yield case(took[one] <= took[other], preferred=one, other=other, took=took)


@for_all
def malformed_logs_are_rejected(log: Log, outcome: Outcome) -> Cases:
    """A log is rejected as a whole if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, log, outcome)


@relates
def recording_again_changes_nothing(rule: Rule, log: Log, draw: Draw) -> Cases:
    """What is recorded once more, at any later place, changes nothing."""
    place = draw.one_of("recorded again", range(len(log.entries)))
    at = draw.one_of("before", range(place + 1, len(log.entries) + 1))
    again = evolve(log, entries=(*log.entries[:at], log.entries[place], *log.entries[at:]))
    yield case(rule(again) == rule(log), once=rule(log), again=rule(again))


@relates
def counters_only_grow(rule: Rule, log: Log, draw: Draw) -> Cases:
    """What is recorded later makes no counter less."""
    length = draw.one_of("recorded so far", range(len(log.entries) + 1))
    outcomes = rule(evolve(log, entries=log.entries[:length])), rule(log)
    for before, after in pairwise(values(each) for each in outcomes if isinstance(each, Metrics)):
        yield case(all(one <= other for one, other in zip(before, after, strict=True)), before=before, after=after)


def values(metrics: Metrics) -> tuple[int, ...]:
    """List the counters."""
    each = metrics.counters
    return (each.runs, each.attempts, each.failures, each.skipped, each.sent, each.received, each.copies, each.acquired)


CLAUSES = (
    malformed_logs_are_rejected,
    counters_are_of_the_log,
    no_more_is_received_than_was_sent,
    what_has_ended_is_measured,
    the_critical_path_is_the_longest,
    overhead_and_efficiency_are_of_the_critical_path,
    recording_again_changes_nothing,
    counters_only_grow,
)
"""What is promised of all logs. `less_overhead_is_no_slower` is about runs that begin together."""
