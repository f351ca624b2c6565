"""Alternating offers, from the last round backwards: a pure function from discounts to what would be offered in each round."""

from __future__ import annotations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.conflict.alternating_offers import (
    CLAUSES,
    NO_DISCOUNT,
    NO_PARTNER,
    NO_ROUND,
    NOT_EVERYBODY,
    OF_MORE,
    TALKS,
    Agreed,
    Outcome,
    Talks,
    truthful_discounts,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount


def by_turns(talks: Talks) -> Outcome:
    """Find what would be offered in each round."""
    reason = flaw(talks)
    if reason is not None:
        return reason
    offers: tuple[Map[str, Amount], ...] = ()
    later: Map[str, Amount] = Map.of(dict.fromkeys(talks.agents, 0))  # after the last round nobody gets anything
    for place in reversed(range(talks.rounds)):
        later = offered(talks, talks.agents[place % len(talks.agents)], later)
        offers = (later, *offers)
    return Agreed(offers)


def offered(talks: Talks, offering: str, later: Map[str, Amount]) -> Map[str, Amount]:
    """Return what one agent offers, given what would be offered a round later."""
    # The hard step. The others accept what waiting is worth to them, and refuse less. What is left is no less than waiting is worth
    # to whoever offers, since all together wait for no more than the whole: so it is better to offer that than what is refused.
    others = {agent: talks.discounts[agent] * later[agent] for agent in talks.agents if agent != offering}
    return Map.of({**others, offering: 1 - sum(others.values())})


def flaw(talks: Talks) -> Rejected | None:
    """Return why talks are refused; None where they are not."""
    agents = tuple(sorted(set(talks.agents)))
    if len(agents) < max(2, len(talks.agents)):
        return NO_PARTNER
    if type(talks.rounds) is not int or talks.rounds < 1:  # no amount
        return NO_ROUND
    if talks.discounts.keys() != agents:
        return NOT_EVERYBODY
    return None if all(is_amount(each) and 0 <= each <= 1 for each in talks.discounts.values()) else NO_DISCOUNT


ALTERNATING_OFFERS = NamedRule("alternating offers", by_turns, TALKS, CLAUSES)
OF_SEVERAL = ALTERNATING_OFFERS.promising(*OF_MORE)

# ---- what is not promised

PATIENCE_PRETENDED = KnownViolation(
    truthful_discounts,
    "Whoever offers last gets nothing if waiting is worth nothing to it, and all by saying that it loses nothing by waiting.",
    ALTERNATING_OFFERS.on(2, 2),
    witness={"discount of agent0": 0, "discount of agent1": 0, "rounds": 2, "who lies": "agent1", "the lie": 1},
)
