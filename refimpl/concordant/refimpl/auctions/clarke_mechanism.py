"""Clarke's pivot rule: a pure function from valuations to a decision and taxes."""

from __future__ import annotations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.auctions.clarke_mechanism import (
    CLAUSES,
    DUPLICATE_AGENT,
    DUPLICATE_OPTION,
    NEGATIVE,
    NO_AGENTS,
    NO_OPTIONS,
    NOT_EVERY_OPTION,
    NOT_EXACT,
    POLLS,
    Decision,
    Outcome,
    Poll,
    budget_balanced,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount


def clarke(poll: Poll) -> Outcome:
    """Choose what is worth most to all together, the first by name; let each pay what its presence costs the others."""
    reason = flaw(poll)
    if reason is not None:
        return reason
    most = best(poll)
    tied = tuple(sorted(option for option in poll.options if worth(poll, option) == most))
    return Decision(tied[0], tied, Map.of({valuation.agent: tax(poll, valuation.agent, tied[0]) for valuation in poll.valuations}))


def flaw(poll: Poll) -> Rejected | None:
    """Return why a poll is refused; None where it is not."""
    agents = [valuation.agent for valuation in poll.valuations]
    values = [value for valuation in poll.valuations for value in valuation.values]
    if not poll.options:
        return NO_OPTIONS
    if len(set(poll.options)) < len(poll.options):
        return DUPLICATE_OPTION
    if not agents:
        return NO_AGENTS
    if len(set(agents)) < len(agents):
        return DUPLICATE_AGENT
    if any(len(valuation.values) != len(poll.options) for valuation in poll.valuations):
        return NOT_EVERY_OPTION
    if not all(is_amount(value) for value in values):
        return NOT_EXACT
    if any(value < 0 for value in values):
        return NEGATIVE
    return None


def tax(poll: Poll, agent: str, chosen: str) -> Amount:
    """Return what the others lose: the best that they could have had among themselves, less what they get."""
    # The hard step. The agent's own valuation is in neither term but through the choice. That is all that makes it honest.
    return best(poll, without=agent) - worth(poll, chosen, without=agent)


def worth(poll: Poll, option: str, without: str | None = None) -> Amount:
    """Return the sum of what an option is worth to everybody, or to everybody but one."""
    place = poll.options.index(option)
    return sum(valuation.values[place] for valuation in poll.valuations if valuation.agent != without)


def best(poll: Poll, without: str | None = None) -> Amount:
    """Return the largest such sum of any option."""
    return max(worth(poll, option, without) for option in poll.options)


PIVOT_RULE = NamedRule("Clarke's pivot rule", clarke, POLLS, CLAUSES)

SURPLUS = KnownViolation(
    budget_balanced,
    "Whoever changes the decision pays, and nobody is paid: given back to the group, the tax would be a reason to lie.",
    PIVOT_RULE.on(2, 2),
    witness={
        "agents": 2,
        "options": 2,
        "option0 to agent0": 0,
        "option1 to agent0": 1,
        "option0 to agent1": 1,
        "option1 to agent1": 0,
    },
)
