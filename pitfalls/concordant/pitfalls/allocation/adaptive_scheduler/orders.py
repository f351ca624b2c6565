"""Which promise each breaks."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.pitfalls.allocation.adaptive_scheduler.rules import (
    after_the_last_arrival,
    aging_by,
    all_at_once_there,
    as_listed,
    as_written,
    by_extreme,
    by_mean,
    by_name,
    changed,
    forget_the_last,
    in_turn,
    last_by_name,
    last_come_first,
    last_takes_longer,
    last_two_changed,
    least_important_first,
    longest_first,
    not_looking_for,
    nothing_comes_after,
    shortest_first,
    start_again,
    when_ready,
    with_a_default,
)
from concordant.refimpl.allocation.adaptive_scheduler import aging, by_priority, on_malformed, priority_alone
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import adaptive_scheduler as spec
from concordant.spec.allocation.adaptive_scheduler import CIRCLE, DUPLICATE, NEGATIVE, NOT_EXACT, UNKNOWN
from concordant.spec.allocation.adaptive_scheduler.workloads import (
    longer_there,
    one_late,
    three_alike,
    three_ranks,
    two_come_later,
    workloads,
)

TWO = partial(workloads, most=2)
TWO_AND_A_RUN = partial(workloads, most=2, runs=1)

INVERTED = Pitfall(
    "SCH-1",
    "Priority 1 comes before 9, where all else takes the larger for the more important.",
    breaks=spec.the_more_important_comes_first,
    subject=priority_alone(TWO, least_important_first),
    length=10,
)
INVERTED_AGING = Pitfall(
    "SCH-1/aging",
    "The same with aging.",
    breaks=spec.importance_yields_to_waiting_alone,
    subject=aging(one_late, least_important_first),
    length=6,
)
LONGEST_FIRST = Pitfall(
    "SCH-2",
    "Of two that take 1 and 10 the longer is first: they end at 10 and 11, and might have ended at 1 and 11.",
    breaks=spec.no_order_ends_sooner_on_average,
    subject=aging(TWO_AND_A_RUN, longest_first),
    length=13,
)
LONGEST_OF_EQUALS = Pitfall(
    "SCH-2/equals",
    "The same of equals: the longer is not to come first.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=aging(TWO_AND_A_RUN, longest_first),
    length=13,
)
DEPENDENCY_IGNORED = Pitfall(
    "SCH-3",
    "A task is started before one that it comes after.",
    breaks=spec.nothing_starts_too_early,
    subject=aging(TWO, nothing_comes_after),
    length=10,
)
STARVATION = Pitfall(
    "SCH-4",
    "By priority alone a task waits as long as more important ones arrive, for ever if they do so for ever.",
    breaks=spec.nobody_is_passed_over_for_long,
    subject=aging(one_late, by_priority),
    length=6,
)
NO_DEFAULT = Pitfall(
    "SCH-5",
    "Of a kind that has never run nothing is known, and the default that is used has no value: an error.",
    breaks=spec.estimates_are_medians,
    subject=aging(TWO, as_written),
    length=7,
    raises=True,
)
OUTLIER = Pitfall(
    "SCH-5/outlier",
    "The estimate is a mean: one that took far longer moves it.",
    breaks=spec.estimates_are_medians,
    subject=aging(partial(workloads, most=1, runs=2), by_mean),
    length=13,
)
FAILED = Pitfall(
    "SCH-6",
    "Of a task that failed it is not known how long it took, and the mean of what is not known is an error.",
    breaks=spec.estimates_are_medians,
    subject=aging(partial(workloads, most=1, runs=1), with_a_default),
    length=9,
    raises=True,
)
FORGETS = Pitfall(
    "adaptive_scheduler.ForgetsTheLast",
    "The last task is never started.",
    breaks=spec.every_task_is_started_once,
    subject=aging(TWO, changed(forget_the_last)),
    length=7,
)
TWICE = Pitfall(
    "adaptive_scheduler.StartsTwice",
    "A task is started twice.",
    breaks=spec.every_task_is_started_once,
    subject=aging(TWO, changed(start_again)),
    length=7,
)
BEFORE_IT_ARRIVES = Pitfall(
    "adaptive_scheduler.BeforeItArrives",
    "A task is planned for a time at which it is not there.",
    breaks=spec.nothing_starts_too_early,
    subject=aging(TWO, all_at_once_there),
    length=7,
)
TWO_AT_A_TIME = Pitfall(
    "adaptive_scheduler.TwoAtATime",
    "A task is started while another is running.",
    breaks=spec.nothing_starts_too_early,
    subject=aging(three_alike, changed(when_ready)),
    length=1,
)
WAITS_FOR_ALL = Pitfall(
    "adaptive_scheduler.WaitsForAll",
    "The worker waits until all tasks are there, beside one that is.",
    breaks=spec.the_worker_idles_beside_no_task,
    subject=aging(TWO, changed(after_the_last_arrival)),
    length=7,
)
UPPER_MEDIAN = Pitfall(
    "adaptive_scheduler.LongestOfItsKind",
    "A task is estimated to take as long as the slowest of its kind.",
    breaks=spec.estimates_are_medians,
    subject=aging(partial(workloads, most=1, runs=2), by_extreme(max)),
    length=13,
)
LOWER = Pitfall(
    "adaptive_scheduler.ShortestOfItsKind",
    "A task is estimated to take as long as the fastest of its kind: of three, two took longer.",
    breaks=spec.estimates_are_medians,
    subject=aging(partial(workloads, most=1, runs=3), by_extreme(min)),
    length=16,
)
LAST_COME = Pitfall(
    "adaptive_scheduler.LastComeFirst",
    "Of equals whoever came last is first.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=priority_alone(one_late, last_come_first),
    length=6,
)
LAST_BY_NAME = Pitfall(
    "adaptive_scheduler.LastByName",
    "Of equals the last by name is first.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=aging(TWO, last_by_name),
    length=10,
)
AS_LISTED = Pitfall(
    "adaptive_scheduler.AsListed",
    "Of equals whoever is listed first is first.",
    breaks=spec.order_of_tasks_is_irrelevant,
    subject=aging(TWO, as_listed),
    length=11,
)
IN_TURN = Pitfall(
    "adaptive_scheduler.InTurn",
    "Whoever is ready longest is first, however important another is.",
    breaks=spec.importance_yields_to_waiting_alone,
    subject=aging(one_late, in_turn),
    length=6,
)
AGES_TOO_FAST = Pitfall(
    "adaptive_scheduler.AgesTooFast",
    "A task gains twice as much as it waits.",
    breaks=spec.importance_yields_to_waiting_alone,
    subject=aging(one_late, aging_by(2)),
    length=6,
)
AGES_TOO_SLOWLY = Pitfall(
    "adaptive_scheduler.AgesTooSlowly",
    "A task gains half as much as it waits.",
    breaks=spec.nobody_is_passed_over_for_long,
    subject=aging(one_late, aging_by(Fraction(1, 2))),
    length=6,
)
SAME_NAME = Pitfall(
    "adaptive_scheduler.NotLookingFor/duplicate",
    "Two tasks have one name.",
    breaks=spec.malformed_workloads_are_rejected,
    subject=on_malformed(not_looking_for(DUPLICATE)),
    length=3,
)
UNKNOWN_NAME = Pitfall(
    "adaptive_scheduler.NotLookingFor/unknown",
    "A task waits for one that there is not.",
    breaks=spec.malformed_workloads_are_rejected,
    subject=on_malformed(not_looking_for(UNKNOWN)),
    length=4,
)
CIRCULAR = Pitfall(
    "adaptive_scheduler.NotLookingFor/circle",
    "Tasks wait for each other.",
    breaks=spec.malformed_workloads_are_rejected,
    subject=on_malformed(not_looking_for(CIRCLE)),
    length=3,
)
INEXACT = Pitfall(
    "adaptive_scheduler.NotLookingFor/not_exact",
    "An amount is none.",
    breaks=spec.malformed_workloads_are_rejected,
    subject=on_malformed(not_looking_for(NOT_EXACT)),
    length=4,
)
BELOW = Pitfall(
    "adaptive_scheduler.NotLookingFor/negative",
    "A task took less than no time.",
    breaks=spec.malformed_workloads_are_rejected,
    subject=on_malformed(not_looking_for(NEGATIVE)),
    length=4,
)
SHORTEST_FIRST = Pitfall(
    "adaptive_scheduler.ShortestFirst",
    "Of equals the shortest is first, also where another has waited for longer: a long one waits as long as short ones arrive.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=priority_alone(longer_there, shortest_first),
    length=1,
)
BY_NAME = Pitfall(
    "adaptive_scheduler.ByName",
    "Of equals the first by name is first, however long it takes.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=aging(TWO_AND_A_RUN, by_name),
    length=13,
)
LAST_OF_EQUALS = Pitfall(
    "adaptive_scheduler.LastTwoChanged/equals",
    "The first of three equals is right, and the last comes before the second.",
    breaks=spec.equals_go_by_waiting_length_and_name,
    subject=aging(three_alike, changed(last_two_changed)),
    length=1,
)
LAST_OF_RANKS = Pitfall(
    "adaptive_scheduler.LastTwoChanged",
    "The most important of three is first, and the least before the second.",
    breaks=spec.the_more_important_comes_first,
    subject=priority_alone(three_ranks, changed(last_two_changed)),
    length=1,
)
LAST_TAKES_LONGER = Pitfall(
    "adaptive_scheduler.LastTakesLonger",
    "One estimate is wrong, and others are right.",
    breaks=spec.estimates_are_medians,
    subject=aging(three_alike, changed(last_takes_longer)),
    length=1,
)
IN_TURN_BESIDE = Pitfall(
    "adaptive_scheduler.InTurn/beside",
    "The same, where it has waited long enough for one of the more important, and not for the other.",
    breaks=spec.importance_yields_to_waiting_alone,
    subject=aging(two_come_later, in_turn),
    length=1,
)
STARVATION_BESIDE = Pitfall(
    "SCH-4/beside",
    "The same, where one of those that come later is more important by enough, and the other not.",
    breaks=spec.nobody_is_passed_over_for_long,
    subject=aging(two_come_later, by_priority),
    length=1,
)
