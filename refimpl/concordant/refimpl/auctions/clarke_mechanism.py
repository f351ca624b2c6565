"""Clarke's pivot rule: a pure function from reports to a decision and taxes."""

from __future__ import annotations

from functools import partial

from concordant.refimpl.machine import Fails, Mechanism
from concordant.spec.auctions.clarke_mechanism import (
    CLAUSES,
    FLAWS,
    MALFORMED,
    Decision,
    Outcome,
    Poll,
    Rule,
    agents,
    budget_balanced,
    fault,
    malformed,
    polls,
)
from concordant.spec.vocabulary import Amount, Map


def clarke(poll: Poll) -> Outcome:
    """Choose what is worth most to all together, the first by name; let each pay what its presence costs the others."""
    reason = fault(poll)
    if reason is not None:
        return reason
    most = poll.best()
    tied = tuple(sorted(option for option in poll.options if poll.worth(option) == most))
    return Decision(tied[0], tied, Map.of({agent: tax(poll, agent, tied[0]) for agent in agents(poll)}))


def tax(poll: Poll, agent: str, chosen: str) -> Amount:
    """Return what the others lose: the best that they could have had among themselves, less what they get."""
    # The agent's own report is in neither term but through the choice. That is all that makes it honest.
    return poll.best(agent) - poll.worth(chosen, agent)


def mechanism(agents: int = 3, options: int = 2, rule: Rule = clarke) -> Mechanism[Poll, Outcome]:
    """Return the rule with up to so many agents and options; or another rule, to see what that breaks."""
    return Mechanism(rule, partial(polls, agents=agents, options=options), CLAUSES)


def malformed_mechanism(rule: Rule = clarke, flaws: tuple[str, ...] = FLAWS) -> Mechanism[Poll, Outcome]:
    """Return the rule on polls with one of these flaws."""
    return Mechanism(rule, partial(malformed, flaws=flaws), MALFORMED)


SURPLUS = Fails(
    budget_balanced,
    "Whoever changes the decision pays, and nobody is paid: given back to the group, the tax would be a reason to lie.",
    mechanism(),
    witness={
        "agents": 2,
        "options": 2,
        "option0 to agent0": 0,
        "option1 to agent0": 1,
        "option0 to agent1": 1,
        "option1 to agent1": 0,
    },
)
