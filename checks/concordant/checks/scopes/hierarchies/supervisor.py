"""The scopes of supervisors."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.hierarchies.supervisor import ANYTHING, EXAMPLES, PROMISES, SUPERVISOR, USER, system
from concordant.refimpl.machine import ANY, Ask, Cancel, Fire, Receive
from concordant.spec.hierarchies.shared.runs import Over, Run, Stop
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import Succeeds
from concordant.spec.hierarchies.supervisor import clauses as spec
from concordant.spec.vocabulary import Faults, Network, addresses

A, B, C = Subtask("a"), Subtask("b"), Subtask("c")
DRAWING = Subtask("d", needs="drawing")
ONE = (ANYTHING,)
ONE_DRAWS = (ANYTHING, frozenset({"any", "drawing"}))
AGENTS = addresses("agent", 2)
CANCELLED = Faults(detector=True, cancellations=1)

SCOPES = (
    Scope(
        "queue",
        "three subtasks for two agents, one of whom can draw, which one of them needs",
        system((DRAWING, A, C), able=ONE_DRAWS, promises=(*PROMISES, *EXAMPLES)),
        Counts(130, 231, 11),
    ),
    Scope(
        "cancelled",
        "two subtasks and two agents; the client may cancel",
        system((A, B), faults=CANCELLED, promises=(*PROMISES, spec.the_client_has_it_stopped)),
        Counts(240, 583, 9),
    ),
    Scope(
        "late",
        "an agent, and two tasks that may be cancelled: what is to stop the first may be late, and what is to stop the second early",
        system((A,), (B,), able=ONE, faults=Faults(detector=True, cancellations=2)),
        Counts(89, 168, 11),
    ),
    Scope(
        "copies",
        "two subtasks and one agent, and a rival with one; messages are duplicated, and one task may be cancelled",
        system((A, B), rival=((C,),), able=ONE, network=Network(duplicating=True), faults=CANCELLED),
        Counts(274, 369, 13),
    ),
    Scope(
        "loss",
        "a subtask and an agent, and a rival with two; a message is lost, and one task may be cancelled",
        system((A,), rival=((B, C),), able=ONE, network=Network(losses=1), faults=CANCELLED),
        Counts(392, 742, 14),
    ),
    Scope(
        "crash",
        "two agents, of whom one can draw, and crashes; a client with three subtasks that both can do, and then one that needs the other",
        system((A, B, C), (DRAWING,), able=ONE_DRAWS, faults=Faults(detector=True, crashes=1, who=AGENTS[1:])),
        Counts(736, 1_623, 17),
    ),
    Scope(
        "flawed",
        "one agent, and tasks that nobody can do: without subtasks, with two of one name, beyond all agents; then one that can be done",
        system((), (B, A, A), (A, DRAWING), (A,), able=ONE),
        Counts(10, 9, 8),
    ),
    Scope(
        "crashes",
        "two agents, one of whom can draw; a client with two tasks, of which one may be cancelled; both agents may crash",
        system((A, DRAWING), (A,), able=ONE_DRAWS, faults=Faults(detector=True, crashes=2, who=AGENTS, cancellations=1)),
        Counts(5_332, 18_145, 16),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_cancelled",
        "three subtasks and two agents; the client may cancel, and an agent may crash",
        system((A, B, C), faults=Faults(detector=True, crashes=1, who=AGENTS, cancellations=1)),
        Counts(4_304, 12_864, 14),
        size=Size.MEDIUM,
    ),
)

FIRST = AGENTS[0]

SITUATIONS = (
    Situation(
        "a_stop_comes_too_late",
        "The client cancels, and its subtask is over before the agent hears of it: the stop finds nothing to stop, and the client is told what was done.",
        system((A,), able=ONE, faults=CANCELLED),
        (
            Ask(SUPERVISOR, USER, ANY),
            Receive(FIRST, SUPERVISOR, Run(1, "a")),
            Fire(FIRST, Succeeds),
            Cancel(SUPERVISOR, USER),
            Receive(SUPERVISOR, FIRST, Over),
            Receive(FIRST, SUPERVISOR, Stop(1)),
        ),
    ),
)
