"""The scopes of centralized coordinators."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.hierarchies.centralized_coordinator import COORDINATOR, PROMISES, USER, system
from concordant.refimpl.hierarchies.supervisor import ANYTHING
from concordant.refimpl.machine import ANY, Ask, Fire, Receive, System
from concordant.spec.hierarchies import centralized_coordinator as spec
from concordant.spec.hierarchies.centralized_coordinator import Log
from concordant.spec.hierarchies.shared.runs import Over, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import Fails, Succeeds
from concordant.spec.vocabulary import Draw, Faults, Network, addresses

A, B, C = Subtask("a"), Subtask("b"), Subtask("c")
D, DRAWING, PAINTING = Subtask("d"), Subtask("e", needs="drawing"), Subtask("f", needs="drawing")
ONE = (ANYTHING,)
ONE_DRAWS = (ANYTHING, frozenset({"any", "drawing"}))
AGENTS = addresses("agent", 2)
EXAMPLES = (spec.two_agents_share_a_task, spec.what_was_done_is_in_vain)


def of_two_skills(draw: Draw) -> System[Log]:
    """Draw which of two agents can draw and which can write; both are needed, and one agent may crash."""
    skills = ("drawing", "writing")
    able = tuple(frozenset(skill for skill in skills if draw.one_of(f"{agent} does {skill}", (True, False))) for agent in AGENTS)
    task = (Subtask("a", needs="drawing"), Subtask("b", needs="writing"), Subtask("c", needs="drawing"))
    return system(task, able=able, faults=Faults(detector=True, crashes=1, who=AGENTS))


SCOPES = (
    Scope(
        "shared",
        "two tasks of four subtasks, two of which need the agent of two that can draw",
        system((DRAWING, PAINTING, A, B), (A, B, C, D), able=ONE_DRAWS, promises=(*PROMISES, *EXAMPLES)),
        Counts(125, 126, 27),
    ),
    Scope(
        "copies",
        "two tasks and a rival's, one agent; messages are duplicated",
        system((A, B), (B,), rival=((C,),), able=ONE, network=Network(duplicating=True)),
        Counts(255, 288, 16),
    ),
    Scope(
        "crash",
        "two agents, one of whom can draw; two tasks that need the other; both may crash",
        system((A, DRAWING), (B, A), able=ONE_DRAWS, faults=Faults(detector=True, crashes=2, who=AGENTS)),
        Counts(767, 1_627, 19),
    ),
    Scope(
        "flawed",
        "one agent, and tasks that nobody can do: without subtasks, with two of one name, beyond all agents; then one that can be done",
        system((), (B, A, A), (A, DRAWING), (DRAWING, A), (A,), able=ONE),
        Counts(11, 10, 9),
    ),
    Family(
        "every_matrix",
        "two agents, each of whom has any of two skills; three subtasks, which need both; one agent may crash",
        of_two_skills,
        Counts(916, 1_417, 13, members=16),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = AGENTS

SITUATIONS = (
    Situation(
        "done_in_vain",
        "The first of two subtasks is done and the second fails: the common state is as it was before.",
        system((A, B)),
        (
            Ask(COORDINATOR, USER, ANY),
            Receive(FIRST, COORDINATOR, Run(1, "a")),
            Fire(FIRST, Succeeds),
            Receive(COORDINATOR, FIRST, Over),
            Receive(SECOND, COORDINATOR, Run(2, "b")),
            Fire(SECOND, Fails),
            Receive(COORDINATOR, SECOND, Over),
        ),
    ),
)
