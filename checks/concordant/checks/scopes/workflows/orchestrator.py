"""The scopes of the orchestrator: one stage with everything that can go wrong, more stages with less."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.scopes.workflows.stage_executor import NAMES, WRONG
from concordant.refimpl.machine import ANY, Ask, Crash, Fire, Move, Receive, Recover, System, no_deadline
from concordant.refimpl.workflows.orchestrator import ORCHESTRATOR, OTHER, PROMISES, system
from concordant.spec.vocabulary import Draw, Faults, Network, Seen, addresses
from concordant.spec.workflows.orchestrator import AskAgain, GiveUp, History, Submit, Succeeds, TaskAssignment
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage

A, B = Stage("a"), Stage("b", ("a",))
AGENTS = addresses("agent", 2)
ONE_AGENT = (frozenset({"any"}),)
RELIABLE, TWICE = Network(), Network(duplicating=True)
MASTER_DOWN, AGENT_DOWN = (Faults(crashes=1, recoveries=1, who=who, mid_step=True) for who in ((ORCHESTRATOR,), AGENTS[:1]))
TIMELY = Faults(crashes=1, recoveries=1, who=AGENTS, synchronous=True)

DIAMOND = (A, B, Stage("c", ("a",), optional=True), Stage("d", ("b", "c"), needs="drawing"))
ONE_DRAWS = (frozenset({"any"}), frozenset({"any", "drawing"}))


def nobody_asks_who_is_down(move: Move, seen: Seen[History]) -> bool:
    """Assume that questions do not pile up before an agent that is down."""
    match move:
        case Fire(at, AskAgain(stage)):
            return seen.up(seen.history.run(at).held[stage].agent)
        case _:
            return True


def of_kinds(draw: Draw) -> System[History]:
    """Draw a graph of three stages, listed in order, the first of which may be optional and the last of which must be drawn; no time passes."""
    stages = tuple(
        Stage(
            name,
            tuple(other for other in NAMES[:place] if draw.one_of(f"{name} after {other}", (False, True))),
            optional=place == 0 and draw.one_of("a is optional", (False, True)),
            needs="drawing" if place == 2 else "any",
        )
        for place, name in enumerate(NAMES[:3])
    )
    return system(*stages, able=ONE_DRAWS, attempts=1, network=RELIABLE, assume=(no_deadline,))


def flawed(draw: Draw) -> System[History]:
    """Draw a stage with which something is wrong, before or after one that is right, or alone."""
    alone = Stage("b", exclusive=True)
    wrong = (*(stage for stage in WRONG if stage != A), A, alone)
    stages = draw.one_of("stages", [*((A, stage) for stage in wrong), *((stage, A) for stage in wrong), (alone,)])
    return system(*stages, network=RELIABLE, attempts=1)


SCOPES = (
    Scope(
        "lossy",
        "one stage, two agents, each of whom has it once; any message may be lost, and time runs out at any moment",
        system(A, promises=(*PROMISES, spec.two_are_at_one_stage, spec.who_comes_late_is_turned_away)),
        Counts(340, 1_613, 12),
    ),
    Scope("copied", "one stage, two agents; a message may come again and again", system(A, network=TWICE), Counts(42, 146, 8)),
    Scope(
        "side_by_side",
        "two stages, two agents, each of whom has one; a message may come again and again",
        system(A, Stage("b"), attempts=1, network=TWICE),
        Counts(82, 379, 8),
    ),
    Scope(
        "the_next",
        "one workflow after the other of one agent, which has each stage once, so that what is late may be of the first; any message may be lost",
        system(A, able=ONE_AGENT, attempts=1, then=(Submit("v", (A,)),)),
        Counts(311, 1_402, 12),
    ),
    Scope(
        "orchestrator_down",
        "one stage, one agent; the orchestrator crashes, also in the middle of a step, and is asked again; a rival is turned down",
        system(
            A,
            able=ONE_AGENT,
            attempts=1,
            network=TWICE,
            faults=MASTER_DOWN,
            then=(Submit("w", (A,)),),
            rival=(Submit("v", (A, A)),),
            promises=(*PROMISES, spec.a_workflow_outlives_its_client),
        ),
        Counts(173, 541, 8),
    ),
    Scope(
        "again",
        "one stage, one agent, which may have it twice; the orchestrator crashes, and is not asked again",
        system(A, able=ONE_AGENT, network=TWICE, faults=Faults(crashes=1, recoveries=1, who=(ORCHESTRATOR,))),
        Counts(167, 556, 10),
    ),
    Scope(
        "agent_down",
        "one stage, one agent, which crashes, also in the middle of a step; any message may be lost",
        system(A, able=ONE_AGENT, attempts=1, faults=AGENT_DOWN),
        Counts(92, 339, 8),
    ),
    Scope(
        "timely",
        "one stage, two agents, one of which crashes, and may come up again; time tells truly that nothing more is to come",
        system(A, network=RELIABLE, faults=TIMELY, assume=(nobody_asks_who_is_down,)),
        Counts(140, 232, 11),
    ),
    Scope(
        "two_orchestrators",
        "two orchestrators give equal stages to the same agent",
        system(A, able=ONE_AGENT, attempts=1, network=TWICE, rival=(Submit("v", (A,)),), rival_at=OTHER),
        Counts(100, 440, 9),
    ),
    Scope(
        "rivals",
        "a rival asks for a workflow of that name with other stages, for the same, and for another; no time passes",
        system(
            A,
            able=ONE_AGENT,
            attempts=1,
            network=TWICE,
            assume=(no_deadline,),
            rival=(Submit("w", (A, B)), Submit("w", (A,)), Submit("v", (A,))),
        ),
        Counts(131, 406, 17),
    ),
    Family(
        "flawed",
        "stages with one of which something is wrong, or one such: turned down before anything is sent",
        flawed,
        Counts(30, 15, 2, members=15),
    ),
    Scope(
        "diamond",
        "a diamond of four stages, the last of which only one agent can do, and one of which is optional; agents fail, and no time passes",
        system(*DIAMOND, able=ONE_DRAWS, attempts=1, network=RELIABLE, assume=(no_deadline,)),
        Counts(52, 76, 14),
    ),
    Family(
        "graphs_of_three",
        "every graph, listed in order, of three stages, the first perhaps optional, the last to be drawn; agents fail, and no time passes",
        of_kinds,
        Counts(892, 1_426, 11, members=16),
        size=Size.MEDIUM,
    ),
    Scope(
        "chain_and_an_agent_down",
        "one stage after the other, two agents; any message may be lost, and an agent crashes",
        system(A, B, faults=Faults(crashes=1, recoveries=1, who=AGENTS[:1])),
        Counts(40_408, 328_821, 24),
        size=Size.MEDIUM,
    ),
    Scope(
        "chain",
        "one stage after the other, two agents; any message may be lost, and the orchestrator crashes",
        system(A, B, faults=Faults(crashes=1, recoveries=1, who=(ORCHESTRATOR,))),
        Counts(47_855, 379_802, 24),
        size=Size.MEDIUM,
    ),
)

FIRST = AGENTS[0]

SITUATIONS = (
    Situation(
        "who_was_given_up_is_done_first",
        "The first agent was given up and is done, while the second is held under a higher token: its report will be turned away.",
        system(A, network=RELIABLE),
        (
            Ask(ORCHESTRATOR, ANY, ANY),
            Receive(FIRST, ORCHESTRATOR, TaskAssignment),
            Fire(ORCHESTRATOR, GiveUp("a")),
            Fire(FIRST, Succeeds),
        ),
    ),
    Situation(
        "the_orchestrator_is_up_again",
        "The orchestrator has crashed and is up again: its client's call is over, and it knows who is held for what, under which token.",
        system(A, network=RELIABLE, faults=Faults(crashes=1, recoveries=1, who=(ORCHESTRATOR,))),
        (Ask(ORCHESTRATOR, ANY, ANY), Crash(ORCHESTRATOR, ANY), Recover(ORCHESTRATOR)),
    ),
)
