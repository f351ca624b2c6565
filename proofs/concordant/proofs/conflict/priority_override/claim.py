"""Serial dictatorship is truthful for any number of agents and resources; the shipped functions keep their clauses among few.

Claim: `override` keeps its clauses about one run among three agents, and all others among two, for all real priorities; so does
`override_with_aging` among two, and of three that need the same nobody starves. For any number of agents: by induction on the order,
whoever comes before a liar fares the same whatever the liar asks for, so that it finds the same free at its turn; and what would do
for a lie that is of use would have done for the truth.
Assumes: that an agent is served if, and only if, it shares no need with one that is served before it: `only_the_more_important_come_first`,
and that no two hold one resource, which no outcome can say.
Not covered: more agents, of whom grids and random conflicts show up to six.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.conflict.priority_override import PRIORITY, PRIORITY_WITH_AGING
from concordant.spec.conflict.priority_override import CLAUSES, all_need_the_disk, nobody_starves, the_queue_is_in_order, truthful_needs
from concordant.spec.vocabulary import ForAll

And, Not, Implies = z3.And, z3.Not, z3.Implies
NEEDED = "each of whom needs a disk, a printer or both"

# ---- the shipped functions

ALL_REAL = "all real priorities that are not negative"

OF_THREE = tuple(
    by_running(f"priority_override.{clause.name}", clause, PRIORITY.on(3), f"{ALL_REAL}; one to three agents, {NEEDED}")
    for clause in CLAUSES
    if isinstance(clause, ForAll)
)
OF_TWO = tuple(
    by_running(f"priority_override.{clause.name}", clause, PRIORITY.on(2), f"{ALL_REAL}; one or two agents, {NEEDED}")
    for clause in CLAUSES
    if not isinstance(clause, ForAll)
)
WITH_THREE_LIARS = by_running(
    "priority_override.truthful_up_to_three",
    truthful_needs,
    PRIORITY.on(3),
    f"{ALL_REAL}; one to three agents, {NEEDED}",
    large=True,
)
AGING = tuple(
    by_running(
        f"priority_override.with_aging_{clause.name}",
        clause,
        PRIORITY_WITH_AGING.on(2, aging=True),
        f"all real priorities from 0 to 3, and all real times; one or two agents, {NEEDED}",
    )
    for clause in CLAUSES
    if clause is not the_queue_is_in_order  # two agents make no queue of two
)
NOBODY_STARVES = by_running(
    "priority_override.nobody_starves",
    nobody_starves,
    PRIORITY_WITH_AGING.over(all_need_the_disk),
    "all real priorities from 0 to 3; one to three agents that all need the disk",
)

# ---- any number of agents

AGENT, RESOURCE = z3.DeclareSort("Agent"), z3.DeclareSort("Resource")
LIAR, ANYBODY = z3.Const("the liar", AGENT), z3.Const("somebody", AGENT)
BEFORE = z3.Function("comes before", AGENT, AGENT, z3.BoolSort())
NEEDS, LIE = z3.Function("needs", AGENT, RESOURCE, z3.BoolSort()), z3.Function("the lie", RESOURCE, z3.BoolSort())
HONEST, LYING = (z3.Function(f"served, {run}", AGENT, z3.BoolSort()) for run in ("honest", "lying"))


def _asks(agent: Term, resource: Term, *, lying: bool) -> Term:
    """State that an agent asks for a resource."""
    return z3.If(agent == LIAR, LIE(resource), NEEDS(agent, resource)) if lying else NEEDS(agent, resource)


def _as_specified(agent: Term, *, lying: bool) -> Term:
    """State that an agent is served if, and only if, it shares no need with one that is served before it."""
    served = LYING if lying else HONEST

    def leaves_alone(other: Term) -> Term:
        apart = forall(RESOURCE, lambda need: Not(And(_asks(agent, need, lying=lying), _asks(other, need, lying=lying))))
        return Implies(And(BEFORE(other, agent), served(other)), apart)

    return served(agent) == forall(AGENT, leaves_alone)


def _fares_the_same_before(agent: Term) -> Term:
    return forall(AGENT, lambda other: Implies(BEFORE(other, agent), HONEST(other) == LYING(other)))


def _next_fares_the_same() -> tuple[list[Term], Term]:
    order = [BEFORE(ANYBODY, LIAR), Not(BEFORE(LIAR, ANYBODY)), ANYBODY != LIAR]
    both = [_as_specified(ANYBODY, lying=lying) for lying in (False, True)]
    return [*order, *both, _fares_the_same_before(ANYBODY)], HONEST(ANYBODY) == LYING(ANYBODY)


def _no_lie_helps(*, of_use: bool = True) -> tuple[list[Term], Term]:
    enough = forall(RESOURCE, lambda need: Implies(NEEDS(LIAR, need), LIE(need)))
    both = [_as_specified(LIAR, lying=lying) for lying in (False, True)]
    hypotheses = [Not(BEFORE(LIAR, LIAR)), *both, _fares_the_same_before(LIAR), *([enough] if of_use else [])]
    return hypotheses, Implies(LYING(LIAR), HONEST(LIAR))


ANY_NUMBER = "any number of agents and resources; any order of the agents"
BY_INDUCTION = (
    theorem(
        "priority_override.specification_serves_alike_those_before_the_liar",
        "If all before an agent that comes before the liar fare the same whatever the liar asks for, so does that agent.",
        ANY_NUMBER,
        _next_fares_the_same,
        why="neither what it asks for nor what is asked for by those before it has changed.",
    ),
    theorem(
        "priority_override.specification_is_truthful",
        "If all before the liar fare the same, a lie that brings it all it needs is no better than the truth.",
        ANY_NUMBER,
        _no_lie_helps,
        why="a lie that is of use asks for all that the liar needs: what is free for more is free for less.",
    ),
)
LESS_IS_SERVED = theorem(
    "priority_override.asking_for_less_is_served",
    "Whoever asks for less than it needs may be served, and has no use for it.",
    EXAMPLE,
    partial(_no_lie_helps, of_use=False),
    holds=False,
)
