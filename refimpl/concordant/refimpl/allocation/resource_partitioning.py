"""Round robin, and divide and choose: pure functions from values of goods to parts."""

from __future__ import annotations

from itertools import combinations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.allocation.resource_partitioning import (
    BY_CHOICE,
    BY_TURNS,
    DIVISIONS,
    DUPLICATE_AGENT,
    DUPLICATE_GOOD,
    NEGATIVE,
    NOBODY,
    NOT_ALL_VALUED,
    NOT_EXACT,
    NOT_TWO,
    OF_TWO,
    Division,
    Outcome,
    Parts,
    Valuation,
    the_chooser_envies_nobody,
    the_earlier_do_not_envy_the_later,
    truthful_values,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount


def round_robin(division: Division) -> Outcome:
    """Let agents take turns until nothing is left, each time with the good that is worth most to whose turn it is."""
    reason = flaw(division)
    if reason is not None:
        return reason
    left = list(range(len(division.goods)))
    holders: dict[str, str] = {}
    for turn in range(len(division.goods)):
        taker = division.valuations[turn % len(division.valuations)]
        # The hard step. What an agent takes it likes no less than all that is taken later: so from its first turn on it envies
        # nobody.
        taken = best(taker, left)
        left.remove(taken)
        holders[division.goods[taken]] = taker.agent
    return Parts(Map.of(holders))


def best(taker: Valuation, left: list[int]) -> int:
    """Return which good is worth most to an agent, of equal ones the first."""
    return max(left, key=lambda good: (taker.values[good], -good))


def divide_and_choose(division: Division) -> Outcome:
    """Let the first agent divide the goods in two, as equally as it can, and the second choose the part that it likes better."""
    reason = flaw(division)
    if reason is not None:
        return reason
    if len(division.valuations) != 2:
        return NOT_TWO
    divider, chooser = division.valuations
    goods = range(len(division.goods))
    # Whichever part is left is worth to the divider no less than the smaller one, and that is as large as can be.
    parts = [part for size in goods for part in combinations(goods, size)] or [()]
    part = max(parts, key=lambda part: min(worth(divider, part), sum(divider.values) - worth(divider, part)))
    chooses_it = worth(chooser, part) >= sum(chooser.values) - worth(chooser, part)
    return Parts(Map.of({division.goods[good]: (chooser if (good in part) == chooses_it else divider).agent for good in goods}))


def worth(valuation: Valuation, part: tuple[int, ...]) -> Amount:
    """Return what some goods are worth to an agent."""
    return sum(valuation.values[good] for good in part)


def flaw(division: Division) -> Rejected | None:
    """Return why a division is refused; None where it is not."""
    values = [value for valuation in division.valuations for value in valuation.values]
    if not division.valuations:
        return NOBODY
    if len({valuation.agent for valuation in division.valuations}) < len(division.valuations):
        return DUPLICATE_AGENT
    if len(set(division.goods)) < len(division.goods):
        return DUPLICATE_GOOD
    if not all(len(valuation.values) == len(division.goods) for valuation in division.valuations):
        return NOT_ALL_VALUED
    if not all(is_amount(value) for value in values):
        return NOT_EXACT
    return NEGATIVE if any(value < 0 for value in values) else None


ROUND_ROBIN = NamedRule("round robin", round_robin, DIVISIONS, BY_TURNS)
DIVIDE_AND_CHOOSE = NamedRule("divide and choose", divide_and_choose, OF_TWO, BY_CHOICE)

# ---- what the rules do not promise

TAKING_THE_LIKED_LATER = KnownViolation(
    truthful_values,
    "Of two goods that it likes, an agent takes first the one that the other would take next, and later the other one.",
    ROUND_ROBIN.on(2, 3),
    id="resource_partitioning.truthful/round_robin",
    witness={
        "agents": 2,
        "goods": 3,
        "good0 to agent0": 0,
        "good1 to agent0": 1,
        "good2 to agent0": 1,
        "good0 to agent1": 0,
        "good1 to agent1": 0,
        "good2 to agent1": 1,
        "who lies": "agent0",
        "the lie about good0": 0,
        "the lie about good1": 0,
        "the lie about good2": 1,
    },
)
KNOWING_THE_CHOOSER = KnownViolation(
    truthful_values,
    "Whoever divides before one that likes nothing puts all in one part, and is left with it.",
    DIVIDE_AND_CHOOSE.on(2, 2, least=2),
    id="resource_partitioning.truthful/divide_and_choose",
    witness={
        "agents": 2,
        "goods": 2,
        "good0 to agent0": 1,
        "good1 to agent0": 1,
        "good0 to agent1": 0,
        "good1 to agent1": 0,
        "who lies": "agent0",
        "the lie about good0": 0,
        "the lie about good1": 0,
    },
)
ONE_GOOD = KnownViolation(
    the_chooser_envies_nobody,
    "One good goes to the first, and the second envies it.",
    ROUND_ROBIN.on(2, 1, least=2),
    witness={"agents": 2, "goods": 1, "good0 to agent0": 0, "good0 to agent1": 1},
)
THE_DIVIDER_ENVIES = KnownViolation(
    the_earlier_do_not_envy_the_later,
    "One good is a part of its own, and the second chooses it.",
    DIVIDE_AND_CHOOSE.on(2, 1, least=2),
    witness={"agents": 2, "goods": 1, "good0 to agent0": 1, "good0 to agent1": 1},
)
