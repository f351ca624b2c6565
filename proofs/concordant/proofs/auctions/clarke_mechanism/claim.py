"""Clarke's pivot rule is truthful: the shipped function, by running it, and why more agents and options change nothing.

Claim: `clarke` keeps each of its clauses for all values that are real numbers and not negative. It meets its specification,
*worth most to all, and each pays what the others lose*, with up to three agents and three options; that whatever meets it is
truthful, for any number of both, is `groves_mechanisms`.
Not covered: that the function meets its specification with four of either, which running cannot show.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.clarke_mechanism import PIVOT_RULE
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.clarke_mechanism import (
    CLAUSES,
    Outcome,
    Poll,
    budget_balanced,
    decided_for_the_most_value,
    poll_of,
    taxes_are_what_the_others_lose,
    truthful_reports,
)

VALUES = "all real values that are not negative"


def of(agents: int, options: int) -> Mechanism[Poll, Outcome]:
    """Return the rule for so many agents and options."""
    return PIVOT_RULE.over(partial(poll_of, agents=agents, options=options))


OF_TWO = tuple(
    by_running(
        f"clarke_mechanism.{clause.name}_up_to_2_agents_2_options",
        clause,
        PIVOT_RULE.on(2, 2),
        f"{VALUES}; one or two agents, one or two options",
    )
    for clause in CLAUSES
)
TRUTHFUL = tuple(
    by_running(
        f"clarke_mechanism.truthful_{agents}_agents_{options}_options",
        truthful_reports,
        of(agents, options),
        f"{VALUES}; {agents} agents, {options} options",
        large=options > 2,
    )
    for agents, options in ((3, 2), (2, 3), (3, 3))
)
MEETS_ITS_SPECIFICATION = tuple(
    by_running(f"clarke_mechanism.{clause.name}_3_agents_3_options", clause, of(3, 3), f"{VALUES}; three agents, three options")
    for clause in (decided_for_the_most_value, taxes_are_what_the_others_lose)
)
SURPLUS = by_running(
    "clarke_mechanism.surplus",
    budget_balanced,
    of(2, 2),
    claim="The taxes may add up to more than 0: money leaves the group.",
    holds=False,
)
