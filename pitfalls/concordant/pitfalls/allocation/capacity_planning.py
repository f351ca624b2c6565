"""What goes wrong with capacity: the documents' formula, which multiplies what has nothing to do with the order of stages; and others.

The documents call functions for the parallel stages and the complexity that they do not hold. A stage is taken to be parallel if there
is another beside which it may run.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from attrs import evolve

from concordant.refimpl.allocation.capacity_planning import flaw, followers, on_malformed, planning, width
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.allocation import capacity_planning as spec
from concordant.spec.allocation.capacity_planning import Capacity, Outcome, Plan, Rule

# ---- the documents' formula


def as_written(complexity: Fraction) -> Rule:
    """Multiply the number of stages, that of those that are parallel, and how complex the request is."""

    def rule(plan: Plan) -> Outcome:
        later = followers(plan)
        parallel = [
            stage
            for stage in plan.stages
            if any(other != stage and other not in later[stage] and stage not in later[other] for other in plan.stages)
        ]
        required = ceil(len(plan.stages) * len(parallel) * complexity)
        return Capacity(required, tuple(parallel[:required]), tuple((stage,) for stage in plan.stages))

    return rule


# ---- other rules


def counted(count: Callable[[Plan, Capacity], int]) -> Rule:
    """Return a rule that says another number of workers."""

    def rule(plan: Plan) -> Outcome:
        outcome = width(plan)
        return evolve(outcome, workers=count(plan, outcome)) if isinstance(outcome, Capacity) else outcome

    return rule


def scaled_down(plan: Plan, capacity: Capacity) -> int:  # noqa: ARG001
    """Let a simple request need a quarter of the workers."""
    return ceil(Fraction(capacity.workers, 4))


def by_fifths(plan: Plan, capacity: Capacity) -> int:  # noqa: ARG001
    """Let each work a fifth of the time on each of five things, in binary fractions."""
    return ceil(capacity.workers * (1 / 5) * 5)


def widest_level(plan: Plan, capacity: Capacity) -> int:  # noqa: ARG001
    """Count the stages that have as many one after the other in front of them."""
    later = followers(plan)
    levels = dict.fromkeys(plan.stages, 0)
    for _ in plan.stages:
        levels = {stage: max((levels[each] + 1 for each in plan.stages if stage in later[each]), default=0) for stage in plan.stages}
    return max(list(levels.values()).count(level) for level in levels.values())


def most_waited_for(plan: Plan, capacity: Capacity) -> int:  # noqa: ARG001
    """Count one more than wait for the same stage."""
    return 1 + max(sum(1 for early, _ in plan.before if early == stage) for stage in plan.stages)


def first_fit(plan: Plan) -> Outcome:
    """Put each stage at the end of the first chain at whose end it may stand, and count the chains."""
    reason = flaw(plan)
    if reason is not None:
        return reason
    later = followers(plan)
    chains: list[tuple[str, ...]] = []
    for stage in plan.stages:
        place = next((place for place, chain in enumerate(chains) if stage in later[chain[-1]]), None)
        if place is None:
            chains.append((stage,))
        else:
            chains[place] = (*chains[place], stage)
    ends = tuple(stage for stage in plan.stages if any(stage == chain[-1] for chain in chains))
    return Capacity(len(chains), ends, tuple(chains))


def as_many_as_fit_first(plan: Plan, capacity: Capacity) -> int:
    """Count the chains that are made by first fit."""
    outcome = first_fit(plan)
    return outcome.workers if isinstance(outcome, Capacity) else capacity.workers


def told(change: Callable[[Capacity], Capacity]) -> Rule:
    """Return a rule that says otherwise what shows its answer."""

    def rule(plan: Plan) -> Outcome:
        outcome = width(plan)
        return change(outcome) if isinstance(outcome, Capacity) else outcome

    return rule


def chains_backwards(capacity: Capacity) -> Capacity:
    """Tell chains from the last stage to the first."""
    return evolve(capacity, chains=tuple(chain[::-1] for chain in capacity.chains))


def ends_alone(capacity: Capacity) -> Capacity:
    """Tell of each chain its end alone."""
    return evolve(capacity, chains=tuple(chain[-1:] for chain in capacity.chains))


def each_alone(capacity: Capacity) -> Capacity:
    """Tell each stage as a chain of its own."""
    return evolve(capacity, chains=tuple((stage,) for chain in capacity.chains for stage in chain))


def last_two_exchanged(capacity: Capacity) -> Capacity:
    """Of chains of three or more, tell the last stage before the one in front of it."""
    return evolve(capacity, chains=tuple((*each[:-2], *each[:-3:-1]) if len(each) > 2 else each for each in capacity.chains))


def first_of_two_backwards(capacity: Capacity) -> Capacity:
    """Of two chains of two or more, tell the first from its end."""
    long = [chain for chain in capacity.chains if len(chain) > 1]
    return evolve(capacity, chains=tuple(each[::-1] if len(long) > 1 and each == long[0] else each for each in capacity.chains))


def starts(capacity: Capacity) -> Capacity:
    """Tell the first stages of chains as those that may run at once."""
    return evolve(capacity, together=tuple(chain[0] for chain in capacity.chains))


def together_backwards(capacity: Capacity) -> Capacity:
    """Tell the last first."""
    return evolve(capacity, together=capacity.together[::-1])


def unknown_ignored(plan: Plan) -> Outcome:
    """Leave out what is said of stages that are not listed."""
    return width(evolve(plan, before=frozenset(pair for pair in plan.before if set(pair) <= set(plan.stages))))


# ---- the pitfalls

NO_WORKER = Pitfall(
    "CAP-1",
    "No stage of a sequence is parallel: none times anything are no workers, and nothing ever runs.",
    breaks=spec.nobody_ever_waits_for_a_worker,
    subject=planning(4, as_written(Fraction(1))),
    length=1,
)
SQUARED = Pitfall(
    "CAP-2",
    "Independent stages are counted twice, as stages and as parallel ones: two stages have four workers.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, as_written(Fraction(1))),
    length=2,
)
IN_FLOATS = Pitfall(
    "CAP-3",
    "Workers are computed in binary fractions and rounded up: three become four.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, counted(by_fifths)),
    length=4,
)
SCALED_DOWN = Pitfall(
    "CAP-4",
    "A simple request is given a quarter of the workers, so that stages wait that could run.",
    breaks=spec.nobody_ever_waits_for_a_worker,
    subject=planning(4, counted(scaled_down)),
    length=2,
)
ONLY_COMPLEXITY = Unmodelled(
    "CAP-5", Reason.NO_CODE, "How complex a request is says a function that is not there, of whatever it looks at."
)
GROWS_BY_LEAPS = Pitfall(
    "CAP-2/leap",
    "The same: a second stage takes four workers more.",
    breaks=spec.one_more_stage_takes_at_most_one_more,
    subject=planning(4, as_written(Fraction(1))),
    length=2,
)
WIDEST_LEVEL = Pitfall(
    "capacity_planning.WidestLevel",
    "Stages are counted by level, although one may run beside those that others have to wait for.",
    breaks=spec.nobody_ever_waits_for_a_worker,
    subject=planning(4, counted(widest_level)),
    length=7,
)
MOST_WAITED_FOR = Pitfall(
    "capacity_planning.MostWaitedFor",
    "What is counted is how many wait for one stage: with every wait there are more.",
    breaks=spec.waiting_takes_no_more,
    subject=planning(4, counted(most_waited_for)),
    length=3,
)
FIRST_FIT = Pitfall(
    "capacity_planning.FirstFit",
    "Chains are made by first fit, and their ends told to run at once, although one may wait for another.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, first_fit),
    length=4,
)
FIRST_FIT_COUNTED = Pitfall(
    "capacity_planning.FirstFit/counted",
    "Chains are made by first fit, and counted: a stage stands where another should, which starts one chain too many.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, counted(as_many_as_fit_first)),
    length=7,
)
FIRST_FIT_BY_ORDER = Pitfall(
    "capacity_planning.FirstFit/order",
    "The same: how many workers there are depends on which stage is listed first.",
    breaks=spec.order_of_stages_is_irrelevant,
    subject=planning(4, first_fit),
    length=3,
)
CHAINS_BACKWARDS = Pitfall(
    "capacity_planning.ChainsBackwards",
    "Chains are told from their ends.",
    breaks=spec.chains_hold_all,
    subject=planning(3, told(chains_backwards)),
    length=2,
)
ENDS_ALONE = Pitfall(
    "capacity_planning.EndsAlone",
    "Of each chain the last stage alone is told.",
    breaks=spec.chains_hold_all,
    subject=planning(3, told(ends_alone)),
    length=2,
)
LAST_TWO_EXCHANGED = Pitfall(
    "capacity_planning.LastTwoExchanged",
    "In a chain of three the last stage is told before the one in front of it.",
    breaks=spec.chains_hold_all,
    subject=planning(3, told(last_two_exchanged)),
    length=4,
)
FIRST_OF_TWO_BACKWARDS = Pitfall(
    "capacity_planning.FirstOfTwoBackwards",
    "Of two chains the first is told from its end.",
    breaks=spec.chains_hold_all,
    subject=planning(4, told(first_of_two_backwards)),
    length=7,
)
IN_FLOATS_WITHOUT_A_CHAIN = Pitfall(
    "CAP-3/chains",
    "The same: the fourth worker has no chain.",
    breaks=spec.chains_hold_all,
    subject=planning(4, counted(by_fifths)),
    length=4,
)
SCALED_DOWN_AND_TOLD = Pitfall(
    "CAP-4/told",
    "The same: more stages are told to run at once than there are workers.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, counted(scaled_down)),
    length=2,
)
EACH_ALONE = Pitfall(
    "capacity_planning.EachAlone",
    "Each stage is told as a chain of its own, more than there are workers.",
    breaks=spec.chains_hold_all,
    subject=planning(3, told(each_alone)),
    length=2,
)
STARTS = Pitfall(
    "capacity_planning.Starts",
    "The first stages of chains are told to run at once, although one waits for another.",
    breaks=spec.all_can_be_busy,
    subject=planning(4, told(starts)),
    length=4,
)
TOGETHER_BACKWARDS = Pitfall(
    "capacity_planning.TogetherBackwards",
    "What may run at once is told from the last to the first.",
    breaks=spec.all_can_be_busy,
    subject=planning(3, told(together_backwards)),
    length=2,
)
UNKNOWN_IGNORED = Pitfall(
    "capacity_planning.UnknownIgnored",
    "A stage that waits for one that is not listed is run without it.",
    breaks=spec.malformed_plans_are_rejected,
    subject=on_malformed(unknown_ignored),
    length=1,
)
