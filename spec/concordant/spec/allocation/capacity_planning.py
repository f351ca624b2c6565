"""Capacity planning: how many workers a plan of stages can keep busy, so that none ever waits for one.

Source: Dilworth, "A Decomposition Theorem for Partially Ordered Sets", 1950. The answer is the *width* of the plan, the most stages of
which none must wait for another. It is a bound on every schedule, however long stages take, and told with what shows it: so many stages
that may run at once, and as many chains, each of stages that come one after the other, that hold all of them.
It is not the peak of one schedule, which is less where stages that could run together do not. Nor does the complexity of a request
change it: with stages that take longer as many are busy, for longer.
Adding a stage never makes it less, and at most one more; making one stage wait for another never makes it more.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise, permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.vocabulary import Cases, Draw, Flaws, Rejected, case, for_all, rejection, relates


@frozen
class Plan:
    """Stages in any order, and of which pairs the first must end before the second begins."""

    stages: tuple[str, ...]
    before: frozenset[tuple[str, str]]


@frozen
class Capacity:
    """How many workers suffice; so many stages that may all run at once; and chains of stages, each of which could have one worker."""

    workers: int
    together: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]


Outcome: TypeAlias = Capacity | Rejected
Rule: TypeAlias = Callable[[Plan], Outcome]

NO_STAGES = Rejected("there is no stage")
DUPLICATE_STAGE = Rejected("a stage is listed twice")
UNKNOWN_STAGE = Rejected("a stage waits for one that is not listed, or is itself not listed")
CIRCLE = Rejected("a stage waits for itself, by way of others or without")

REJECTED: Flaws[Plan] = (
    (NO_STAGES, lambda plan: plan.stages == ()),
    (DUPLICATE_STAGE, lambda plan: any(one == other for one, other in combinations(plan.stages, 2))),
    (UNKNOWN_STAGE, lambda plan: any(stage not in plan.stages for pair in plan.before for stage in pair)),
    (CIRCLE, lambda plan: any(waits_for(plan, stage, stage) for stage in plan.stages)),
)
"""What is rejected, and why."""


def waits_for(plan: Plan, late: str, early: str) -> bool:
    """Tell whether a stage waits for another, by way of others or without."""
    found, new = frozenset[str](), frozenset({late})
    while new:
        new = frozenset(first for first, second in plan.before if second in new) - found
        found |= new
    return early in found


def may_run_together(plan: Plan, stages: tuple[str, ...]) -> bool:
    """Tell whether none of some stages waits for another of them."""
    return not any(waits_for(plan, one, other) for one, other in permutations(stages, 2))


# ---- clauses about one plan


@for_all
def nobody_ever_waits_for_a_worker(plan: Plan, outcome: Outcome) -> Cases:
    """However many stages may run at once, there are as many workers (tried for all sets of stages)."""
    if isinstance(outcome, Capacity):
        for count in range(1, len(plan.stages) + 1):
            busy = any(may_run_together(plan, stages) for stages in combinations(plan.stages, count))
            yield case(not busy or count <= outcome.workers, count=count, workers=outcome.workers)


@for_all
def all_can_be_busy(plan: Plan, outcome: Outcome) -> Cases:
    """As many different stages are named as there are workers, all of which may run at once, in the order in which they are listed."""
    if isinstance(outcome, Capacity):
        listed = tuple(stage for stage in plan.stages if stage in outcome.together)
        fits = outcome.together == listed and len(listed) == outcome.workers and may_run_together(plan, listed)
        yield case(fits, outcome=outcome)


@for_all
def chains_hold_all(plan: Plan, outcome: Outcome) -> Cases:
    """There are as many chains as workers; each stage is in one of them, and waits for all that stand before it there."""
    if isinstance(outcome, Capacity):
        each_once = sorted(stage for chain in outcome.chains for stage in chain) == sorted(plan.stages)
        yield case(each_once and len(outcome.chains) == outcome.workers, outcome=outcome)
        for chain in outcome.chains:
            for early, late in pairwise(chain):
                yield case(waits_for(plan, late, early), early=early, late=late, chain=chain)


@for_all
def malformed_plans_are_rejected(plan: Plan, outcome: Outcome) -> Cases:
    """A plan is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, plan, outcome)


# ---- clauses about several plans


@relates
def order_of_stages_is_irrelevant(rule: Rule, plan: Plan, draw: Draw) -> Cases:
    """However stages are listed, as many workers suffice."""
    if plan.stages:
        place = draw.one_of("moved to the front", range(len(plan.stages)))
        moved = evolve(plan, stages=(plan.stages[place], *plan.stages[:place], *plan.stages[place + 1 :]))
        before, after = rule(plan), rule(moved)
        if isinstance(before, Capacity) and isinstance(after, Capacity):
            yield case(before.workers == after.workers, before=before, after=after)


@relates
def one_more_stage_takes_at_most_one_more(rule: Rule, plan: Plan, draw: Draw) -> Cases:
    """With a stage more, that waits for any of the others, as many workers are needed, or one more."""
    waits = draw.one_of("the new stage waits for", tuple(some for count in range(3) for some in combinations(plan.stages, count)))
    more = Plan((*plan.stages, NEW), plan.before | {(stage, NEW) for stage in waits})
    before, after = rule(plan), rule(more)
    if isinstance(before, Capacity) and isinstance(after, Capacity):
        yield case(after.workers - before.workers in (0, 1), waits=waits, before=before, after=after)


@relates
def waiting_takes_no_more(rule: Rule, plan: Plan, draw: Draw) -> Cases:
    """If one stage is made to wait for another, no more workers are needed."""
    if len(plan.stages) > 1:
        early, late = draw.one_of("is made to wait", tuple(permutations(plan.stages, 2)))
        before, after = rule(plan), rule(evolve(plan, before=plan.before | {(early, late)}))
        if isinstance(before, Capacity) and isinstance(after, Capacity):
            yield case(after.workers <= before.workers, early=early, late=late, before=before, after=after)


NEW = "a new stage"

# ---- plans


def plans(draw: Draw, most: int) -> Plan:
    """Draw a plan of up to `most` stages, each of which may wait for any listed before it."""
    return plan_of(draw, tuple(f"stage{number}" for number in range(draw.one_of("stages", range(1, most + 1)))))


def plan_of(draw: Draw, stages: tuple[str, ...]) -> Plan:
    """Draw who waits for whom among stages, each of which may wait for any listed before it."""
    pairs = ((early, late) for early, late in combinations(stages, 2) if draw.one_of(f"{late} waits for {early}", (False, True)))
    return Plan(stages, frozenset(pairs))


def crossing(draw: Draw) -> Plan:
    """Draw a plan in which two stages wait for one that waits for two others, listed from any of them on, forwards or backwards."""
    pairs = (("early0", "middle"), ("early1", "middle"), ("middle", "late0"), ("middle", "late1"))
    return turned(draw, Plan(("early0", "early1", "middle", "late0", "late1"), frozenset(pairs)))


def plans_at_large(draw: Draw) -> Plan:
    """Draw a plan of up to six stages of any names, listed in any order."""
    return turned(draw, plan_of(draw, some_names(draw, "stage", 1, 6)))


def turned(draw: Draw, plan: Plan) -> Plan:
    """Draw with which stage the list begins, and whether it is read forwards."""
    turn = draw.one_of("turned by", range(len(plan.stages)))
    return evolve(plan, stages=(*plan.stages[turn:], *plan.stages[:turn])[:: draw.one_of("read", (1, -1))])


def malformed(draw: Draw) -> Plan:
    """Draw a plan of three stages with one flaw."""
    stages = ("stage0", "stage1", "stage2")
    match draw.one_of(
        "flaw", ("nothing", "one twice", "after an unknown one", "an unknown one after it", "itself", "the last itself", "two", "three")
    ):
        case "nothing":
            return Plan((), frozenset())
        case "one twice":
            return Plan((*stages, "stage0"), frozenset())
        case "after an unknown one":
            return Plan(stages, frozenset({("stage3", "stage0")}))
        case "an unknown one after it":
            return Plan(stages, frozenset({("stage0", "stage3")}))
        case "itself":
            return Plan(stages, frozenset({("stage0", "stage0")}))
        case "the last itself":
            return Plan(stages, frozenset({("stage2", "stage2")}))
        case "two":
            return Plan(stages, frozenset({("stage0", "stage2"), ("stage2", "stage0")}))
        case _:
            return Plan(stages, frozenset({("stage0", "stage1"), ("stage1", "stage2"), ("stage2", "stage0")}))


def careless(draw: Draw) -> Plan:
    """Draw a plan with any flaws, or none: what is told is the first."""
    names = ("a", "b", "c")
    stages = tuple(draw.one_of(f"stage {place}", names) for place in range(draw.one_of("stages", range(4))))
    pairs = (pair for pair in permutations(names, 2) if draw.one_of(f"{pair[1]} waits for {pair[0]}", (False, False, False, True)))
    return Plan(stages, frozenset(pairs))


CLAUSES = (
    malformed_plans_are_rejected,
    nobody_ever_waits_for_a_worker,
    all_can_be_busy,
    chains_hold_all,
    order_of_stages_is_irrelevant,
    one_more_stage_takes_at_most_one_more,
    waiting_takes_no_more,
)
