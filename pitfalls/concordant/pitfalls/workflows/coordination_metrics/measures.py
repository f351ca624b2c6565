"""What goes wrong with counters and times: `CoordinationMetrics` of the documents, defect by defect, and slips in ours."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.workflows.coordination_metrics import comparing, counted, measure, measuring, on_malformed
from concordant.spec.vocabulary import Clause, Draw, Map, ratio
from concordant.spec.workflows.coordination_metrics import (
    Attempted,
    Began,
    Counters,
    Entry,
    Finished,
    Log,
    Metrics,
    Outcome,
    Rule,
    Skipped,
    Times,
)
from concordant.spec.workflows.coordination_metrics import clauses as spec
from concordant.spec.workflows.coordination_metrics.logs import logs as logs_of
from concordant.spec.workflows.coordination_metrics.logs import mixed, parallel


def timed(change: Callable[[Log, str, Times], Times]) -> Rule:
    """Return a rule that says other times."""

    def rule(log: Log) -> Outcome:
        outcome = measure(log)
        if not isinstance(outcome, Metrics):
            return outcome
        return evolve(outcome, times=Map.of((run, change(log, run, times)) for run, times in outcome.times.items()))

    return rule


def tallied(change: Callable[[Log, Counters], Counters]) -> Rule:
    """Return a rule that says other counters."""

    def rule(log: Log) -> Outcome:
        outcome = measure(log)
        return evolve(outcome, counters=change(log, outcome.counters)) if isinstance(outcome, Metrics) else outcome

    return rule


def asks_for_the_duration(log: Log) -> Outcome:
    """Ask each stage how long it takes, which it does not know."""
    raise AttributeError(f"'Stage' object has no attribute 'duration': {len(log.entries)} entries")


def numbers_anew(log: Log) -> Outcome:
    """Number whatever is recorded, also what was recorded before."""
    return measure(Log(tuple(Entry(place, each.event) for place, each in enumerate(log.entries))))


def counts_until_it_fails(log: Log) -> Outcome:
    """Update one counter after the other, and fail in between."""
    outcome = measure(log)
    if isinstance(outcome, Metrics):
        return outcome
    counters = Counters()
    for each in log.entries[:1]:
        counters = counted(counters, each.event)
    return Metrics(counters, Map())


def counts_stages(log: Log, counters: Counters) -> Counters:
    """Count each stage of a workflow once, whatever became of it."""
    stages = {(each.event.run, each.event.stage) for each in log.entries if isinstance(each.event, Attempted | Skipped)}
    return evolve(counters, attempts=len(stages))


def counts_what_goes_on(log: Log, counters: Counters) -> Counters:  # noqa: ARG001  # how other counters are made
    """Count the runs that go on, as a gauge does."""
    return evolve(counters, attempts=0 if counters.runs else counters.attempts)


def measures_nothing_else(log: Log) -> Outcome:
    """Measure no run while another goes on."""
    outcome = measure(log)
    begun = sum(1 for each in log.entries if isinstance(each.event, Began))
    return evolve(outcome, times=Map()) if isinstance(outcome, Metrics) and begun > outcome.counters.runs else outcome


def pure_execution(log: Log, run: str, times: Times) -> Times:  # noqa: ARG001  # how other times are made
    """Subtract what all stages took in all, as if they had run one after the other."""
    return evolve(times, overhead=times.duration - times.work)


def of_the_work(log: Log, run: str, times: Times) -> Times:  # noqa: ARG001
    """Say how busy the workers were: more than wholly, where there are several."""
    return evolve(times, efficiency=None if times.duration == 0 else ratio(times.work, times.duration))


def one_after_another(log: Log, run: str, times: Times) -> Times:  # noqa: ARG001
    """Take all attempts for one way."""
    return evolve(times, critical=times.work, overhead=times.duration - times.work)


def the_longest_stage(log: Log, run: str, times: Times) -> Times:
    """Take the longest attempt for the longest way."""
    longest = max(
        [0, *(each.event.end - each.event.start for each in log.entries if isinstance(each.event, Attempted) and each.event.run == run)]
    )
    return evolve(times, critical=longest, overhead=times.duration - longest)


def without_failures(log: Log, run: str, times: Times) -> Times:
    """Leave out the time of attempts that failed."""
    failed = sum(
        each.event.end - each.event.start
        for each in log.entries
        if isinstance(each.event, Attempted) and each.event.run == run and each.event.failed
    )
    return evolve(times, work=times.work - failed)


def from_zero(log: Log, run: str, times: Times) -> Times:
    """Take for how long a run took the reading at which it ended."""
    end = next(each.event.at for each in log.entries if isinstance(each.event, Finished) and each.event.run == run)
    return evolve(times, duration=end, overhead=end - times.critical, efficiency=None if end == 0 else ratio(times.critical, end))


def of_one_of_two(change: Callable[[Times], Times]) -> Rule:
    """Return a rule that says other times of one run, where there are two."""

    def rule(log: Log) -> Outcome:
        outcome = measure(log)
        if not isinstance(outcome, Metrics) or len(outcome.times) == 1:
            return outcome
        return evolve(outcome, times=Map.of((run, change(times) if run == "outer" else times) for run, times in outcome.times.items()))

    return rule


def of(
    id: str, mistake: str, rule: Rule, breaks: Clause, length: int, logs: Callable[[Draw], Log] = parallel, *, raises: bool = False
) -> Pitfall:
    """Return a pitfall whose subject is a rule on some logs."""
    return Pitfall(id, mistake, breaks=breaks, subject=measuring(logs, rule), length=length, raises=raises)


def _one(draw: Draw) -> Log:
    return logs_of(draw, 1)


PURE_EXECUTION = of(
    "MET-1",
    "Two stages run at once: what they take together is more than the run takes, and its overhead is negative.",
    timed(pure_execution),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
PREFERS_THE_SLOWER = Pitfall(
    "X-14",
    "Two stages side by side have a negative overhead, and a scheduler goes by it: it prefers their run to a faster one.",
    breaks=spec.less_overhead_is_no_slower,
    subject=comparing(timed(pure_execution)),
    length=3,
)
ASKS_FOR_THE_DURATION = of(
    "MET-2",
    "A stage does not know how long it takes: to ask it is an error.",
    asks_for_the_duration,
    spec.counters_are_of_the_log,
    6,
    raises=True,
)
NUMBERS_ANEW = of("MET-3", "What is recorded twice counts twice.", numbers_anew, spec.recording_again_changes_nothing, 6, mixed)
NEVER_UPDATED = of(
    "MET-3/never",
    "Counters of messages, and of what is taken, are there and never updated.",
    tallied(lambda _, counters: evolve(counters, sent=0, received=0, acquired=0)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
COUNTS_UNTIL_IT_FAILS = Pitfall(
    "MET-4",
    "An error comes after some counters were updated, and before others: they are no more those of any log.",
    breaks=spec.malformed_logs_are_rejected,
    subject=on_malformed(counts_until_it_fails),
    length=2,
)
COUNTS_STAGES = of(
    "MET-5",
    "Each stage of a workflow counts once, whether it was left out, failed or was tried again.",
    tallied(counts_stages),
    spec.counters_are_of_the_log,
    3,
    _one,
)
ONE_AFTER_ANOTHER = of(
    "coordination_metrics.one_after_another",
    "All attempts are taken for one way, also those that ran at once.",
    timed(one_after_another),
    spec.the_critical_path_is_the_longest,
    6,
)
THE_LONGEST_STAGE = of(
    "coordination_metrics.the_longest_stage",
    "The longest attempt is taken for the longest way.",
    timed(the_longest_stage),
    spec.the_critical_path_is_the_longest,
    6,
)
OF_THE_WORK = of(
    "coordination_metrics.of_the_work",
    "Two stages run at once, and the run is twice as efficient as can be.",
    timed(of_the_work),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
WITHOUT_FAILURES = of(
    "coordination_metrics.without_failures",
    "What failed is said to have taken no time.",
    timed(without_failures),
    spec.what_has_ended_is_measured,
    8,
    _one,
)
FROM_ZERO = of(
    "coordination_metrics.from_zero",
    "A run that began later is said to have begun at 0.",
    timed(from_zero),
    spec.what_has_ended_is_measured,
    4,
    mixed,
)
MEASURES_NOTHING_ELSE = of(
    "coordination_metrics.measures_nothing_else",
    "While one run goes on, no other is measured.",
    measures_nothing_else,
    spec.what_has_ended_is_measured,
    4,
    mixed,
)
COUNTS_WHAT_GOES_ON = of(
    "coordination_metrics.counts_what_goes_on",
    "A counter is a gauge: once a run has ended its attempts are taken back.",
    tallied(counts_what_goes_on),
    spec.counters_only_grow,
    5,
    mixed,
)
FAILURES = of(
    "coordination_metrics.failures",
    "What fails is not counted as a failure.",
    tallied(lambda _, counters: evolve(counters, failures=0)),
    spec.counters_are_of_the_log,
    7,
    _one,
)
RUNS = of(
    "coordination_metrics.runs",
    "Runs that have ended are not counted.",
    tallied(lambda _, counters: evolve(counters, runs=0)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
SKIPPED = of(
    "coordination_metrics.skipped",
    "What is left out is not counted.",
    tallied(lambda _, counters: evolve(counters, skipped=0)),
    spec.counters_are_of_the_log,
    3,
    _one,
)
ACQUIRED = of(
    "coordination_metrics.acquired",
    "What is taken is not counted.",
    tallied(lambda _, counters: evolve(counters, acquired=0)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
ALL_BUSY = of(
    "coordination_metrics.all_busy",
    "The path is taken to be all work, so that a run is shorter than its path.",
    timed(lambda log, run, times: of_the_work(log, run, one_after_another(log, run, times))),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
BACK_TO_FRONT = of(
    "coordination_metrics.back_to_front",
    "An attempt is taken to last from its end to its start.",
    timed(
        lambda _, __, times: evolve(
            times, critical=-1, overhead=times.duration + 1, efficiency=None if times.duration == 0 else ratio(-1, times.duration)
        )
    ),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
SAYS_NOTHING = of(
    "coordination_metrics.says_nothing",
    "No run is said to be of any efficiency.",
    timed(lambda _, __, times: evolve(times, efficiency=None)),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
ALL_IS_OVERHEAD = of(
    "coordination_metrics.all_is_overhead",
    "All that a run took is its overhead.",
    timed(lambda _, __, times: evolve(times, overhead=times.duration)),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    6,
)
FROM_ITS_WORK = of(
    "coordination_metrics.from_its_work",
    "How long a run took is what its attempts took.",
    timed(lambda _, __, times: evolve(times, duration=times.critical, overhead=0)),
    spec.what_has_ended_is_measured,
    4,
    mixed,
)
WAITING_IS_WORK = of(
    "coordination_metrics.waiting_is_work",
    "Work is all that a run took, also while nothing was done.",
    timed(lambda _, __, times: evolve(times, work=times.duration)),
    spec.what_has_ended_is_measured,
    4,
    mixed,
)
ONE_RUN_TOO_LONG = of(
    "coordination_metrics.of_one_of_two/duration",
    "Of two runs one is said to have taken longer than it did.",
    of_one_of_two(lambda times: evolve(times, duration=times.duration + 1)),
    spec.what_has_ended_is_measured,
    4,
    mixed,
)
ONE_PATH_TOO_LONG = of(
    "coordination_metrics.of_one_of_two/critical",
    "Of two runs one is said to have a longer path than it has.",
    of_one_of_two(lambda times: evolve(times, critical=times.critical + 1)),
    spec.the_critical_path_is_the_longest,
    4,
    mixed,
)
ONE_OVERHEAD_TOO_MUCH = of(
    "coordination_metrics.of_one_of_two/overhead",
    "Of two runs one is said to have more overhead than it has.",
    of_one_of_two(lambda times: evolve(times, overhead=times.overhead + 1)),
    spec.overhead_and_efficiency_are_of_the_critical_path,
    4,
    mixed,
)
