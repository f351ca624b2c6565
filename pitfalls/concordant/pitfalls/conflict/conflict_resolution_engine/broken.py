"""What wrong engines break."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from concordant.pitfalls.conflict.conflict_resolution_engine.rules import (
    about_memory,
    all_or_nothing,
    always_well,
    any_agents,
    as_written,
    backwards,
    by_type,
    each_by_itself,
    exchanged,
    fallback_first,
    last_reason,
    named_after_the_strategy,
    never_well,
    no_fallback,
    not_looking_for,
    nothing_fits_better,
    one_pot,
    one_reason,
    only_no_is_a_failure,
    rounded,
    told,
    unchecked_disk,
    unknown,
    until_one_fails,
)
from concordant.refimpl.conflict.conflict_resolution_engine import engine, on_malformed, resolved
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.spec.conflict import conflict_resolution_engine as spec
from concordant.spec.conflict.conflict_resolution_engine import (
    DUPLICATE,
    NO_CONFLICT,
    NO_SUPPLY,
    UNKNOWN_RESOURCE,
    Batch,
    Outcome,
    Rule,
)

ONE: Callable[[Rule], Mechanism[Batch, Outcome]] = partial(engine, spec.one_conflict)
TWO: Callable[[Rule], Mechanism[Batch, Outcome]] = partial(engine, spec.two_conflicts)

ALWAYS_WELL = Pitfall(
    "CFR-1",
    "The batch is said to be well, and every conflict of it has failed.",
    breaks=spec.well_means_that_none_has_failed,
    subject=ONE(told(always_well)),
    length=4,
)
ERROR_ESCAPES = Pitfall(
    "CFR-2",
    "An error of a strategy ends the engine: the fallback is not tried, nor are the conflicts that follow.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(as_written),
    length=4,
    raises=True,
)
FALLBACK_IS_DEAD = Pitfall(
    "CFR-2/fallback",
    "The fallback is for strategies that say no, which most never do; it is not tried when one fails otherwise.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(only_no_is_a_failure)),
    length=4,
)
UNKNOWN_RAISES = Pitfall(
    "CFR-3",
    "A strategy that nobody knows ends the engine.",
    breaks=spec.every_conflict_is_answered_once,
    subject=engine(unknown, as_written),
    length=2,
    raises=True,
)
ANY_KIND = Pitfall(
    "CFR-4",
    "A strategy does not look at the kind of conflict: a resource is set to a value, or a variable given away in parts.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(nothing_fits_better)),
    length=4,
)
TWO_VALUES = Pitfall(
    "CFR-5",
    "Two conflicts about one variable set it to two values.",
    breaks=spec.nothing_is_given_twice,
    subject=TWO(each_by_itself(resolved)),
    length=7,
)
TWO_VALUES_TOLD = Pitfall(
    "CFR-5/told",
    "The same: the second conflict is said to be resolved, and the strategy has failed.",
    breaks=spec.the_fallback_is_for_failures,
    subject=TWO(each_by_itself(resolved)),
    length=7,
)
NOTHING_FOR_UNKNOWN = Pitfall(
    "CFD-4",
    "Of a conflict of which nobody knows the strategy nothing is told.",
    breaks=spec.every_conflict_is_answered_once,
    subject=ONE(by_type),
    length=4,
)
GIVEN_TWICE = Pitfall(
    "PRO-6",
    "Each conflict may give away all that there is, and two of them do.",
    breaks=spec.nothing_is_given_twice,
    subject=engine(about_memory, each_by_itself(resolved)),
    length=3,
)
FALLBACK_FIRST = Pitfall(
    "conflict_resolution_engine.FallbackFirst",
    "The fallback is preferred.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(fallback_first)),
    length=4,
)
NO_FALLBACK = Pitfall(
    "conflict_resolution_engine.NoFallback",
    "The strategy is tried twice, and its fallback never.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(no_fallback)),
    length=4,
)
ONE_REASON = Pitfall(
    "conflict_resolution_engine.OneReason",
    "Why the fallback has failed is not told.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(one_reason)),
    length=4,
)
LAST_REASON = Pitfall(
    "conflict_resolution_engine.LastReason",
    "Why the strategy has failed is not told.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(last_reason)),
    length=4,
)
ROUNDED = Pitfall(
    "conflict_resolution_engine.Rounded",
    "A variable is set to another value than the strategy has answered.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(rounded)),
    length=5,
)
NAMED_AFTER_THE_STRATEGY = Pitfall(
    "conflict_resolution_engine.NamedAfterTheStrategy",
    "What the fallback has resolved is said to be the strategy's.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(named_after_the_strategy)),
    length=5,
)
ANY_AGENTS = Pitfall(
    "conflict_resolution_engine.AnyAgents",
    "An agent of the conflict is left out of its resolution.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(any_agents)),
    length=4,
)
EXCHANGED = Pitfall(
    "conflict_resolution_engine.Exchanged",
    "Each agent is given what the strategy gives the other.",
    breaks=spec.the_fallback_is_for_failures,
    subject=ONE(each_by_itself(exchanged)),
    length=6,
)
UNCHECKED_DISK = Pitfall(
    "conflict_resolution_engine.UncheckedDisk",
    "Of two resources, one is given away beyond what there is.",
    breaks=spec.nothing_is_given_twice,
    subject=TWO(unchecked_disk),
    length=8,
)
NEVER_WELL = Pitfall(
    "conflict_resolution_engine.NeverWell",
    "A batch is said to have failed of which all is resolved.",
    breaks=spec.well_means_that_none_has_failed,
    subject=ONE(told(never_well)),
    length=5,
)
UNTIL_ONE_FAILS = Pitfall(
    "conflict_resolution_engine.UntilOneFails",
    "When a conflict has failed, nothing is told of the others.",
    breaks=spec.every_conflict_is_answered_once,
    subject=TWO(told(until_one_fails)),
    length=8,
)
BACKWARDS = Pitfall(
    "conflict_resolution_engine.Backwards",
    "What has become of conflicts is told from the last.",
    breaks=spec.every_conflict_is_answered_once,
    subject=TWO(told(backwards)),
    length=7,
)
BACKWARDS_MISTAKEN = Pitfall(
    "conflict_resolution_engine.Backwards/mistaken",
    "The same: one conflict is taken for the other.",
    breaks=spec.the_fallback_is_for_failures,
    subject=TWO(told(backwards)),
    length=7,
)
ALL_OR_NOTHING = Pitfall(
    "conflict_resolution_engine.AllOrNothing",
    "One conflict that fails takes along others, which have nothing to do with it.",
    breaks=spec.other_conflicts_do_not_matter,
    subject=TWO(all_or_nothing),
    length=8,
)
ONE_POT = Pitfall(
    "conflict_resolution_engine.OnePot",
    "What is given away of one resource is missing from another.",
    breaks=spec.other_conflicts_do_not_matter,
    subject=TWO(one_pot),
    length=9,
)
TWO_OF_ONE_NAME = Pitfall(
    "conflict_resolution_engine.NotLookingFor/names",
    "Two conflicts of one name are taken.",
    breaks=spec.malformed_batches_are_rejected,
    subject=on_malformed(not_looking_for(DUPLICATE)),
    length=2,
)
ALONE = Pitfall(
    "conflict_resolution_engine.NotLookingFor/agents",
    "An agent may be in conflict with itself.",
    breaks=spec.malformed_batches_are_rejected,
    subject=on_malformed(not_looking_for(NO_CONFLICT)),
    length=2,
)
ABOUT_NOTHING = Pitfall(
    "conflict_resolution_engine.NotLookingFor/resource",
    "A conflict may be about a resource that nobody knows.",
    breaks=spec.malformed_batches_are_rejected,
    subject=on_malformed(not_looking_for(UNKNOWN_RESOURCE)),
    length=2,
)
ANY_SUPPLY = Pitfall(
    "conflict_resolution_engine.NotLookingFor/supply",
    "There may be less than nothing of a resource.",
    breaks=spec.malformed_batches_are_rejected,
    subject=on_malformed(not_looking_for(NO_SUPPLY)),
    length=2,
)
