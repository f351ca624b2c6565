"""The scopes of the durable engine: a few workflows with crashes, cancellations and rivals, and every small graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.scopes.workflows.stage_executor import KINDS, NAMES, ONE_DRAWS, WRONG, digraph
from concordant.refimpl.machine import ANY, Ask, Crash, Fire, Recover, System
from concordant.refimpl.workflows.stage_executor import flaw
from concordant.refimpl.workflows.workflow_engine import CRASH, ENGINE, PROMISES, system
from concordant.spec.vocabulary import Draw, Faults, Malformed
from concordant.spec.workflows.shared.stages import Stage, complaints
from concordant.spec.workflows.workflow_engine import Cancel, Create, Execute, Job, Log, Request, Succeeds
from concordant.spec.workflows.workflow_engine import clauses as spec

A, B, C = Stage("a"), Stage("b", ("a",)), Stage("c")
DIAMOND = (A, B, Stage("c", ("a",)), Stage("d", ("b", "c")))
CUT_SHORT = Faults(crashes=1, recoveries=1, who=(ENGINE,), mid_step=True)


def acyclic(largest: int, faults: Faults = Faults()) -> Callable[[Draw], System[Log] | None]:
    """Return the family of engines, with two agents, on every acyclic digraph; one attempt fails or takes its agent, and there are two."""

    def systems(draw: Draw) -> System[Log] | None:
        tasks = digraph(draw, largest)
        return system(*tasks, attempts=2, faults=faults) if flaw(tasks) is None else None

    return systems


def of_kinds(*kinds: Iterable[str], rival: tuple[Request, ...] = ()) -> Callable[[Draw], System[Log]]:
    """Return the family of engines on every graph, listed in order, with a task of each of these kinds for each place; an agent draws and one does not."""

    def systems(draw: Draw) -> System[Log]:
        tasks = tuple(
            Stage(
                name,
                tuple(other for other in NAMES[:place] if draw.one_of(f"{name} after {other}", (False, True))),
                **KINDS[draw.one_of(f"{name} is", of)],
            )
            for place, (name, of) in enumerate(zip(NAMES, kinds, strict=False))
        )
        return system(*tasks, agents=ONE_DRAWS, rival=rival)

    return systems


def flawed(draw: Draw) -> System[Log] | None:
    """Draw a task with which something is wrong, before or after one that is right: they are rejected, and nothing has that id."""
    broken = (*WRONG, Stage("b", needs="magic", optional=True))
    tasks = draw.one_of("tasks", [*((A, task) for task in broken), *((task, A) for task in broken)])
    wrong = (Malformed(Create("v", tasks)), Execute("v"))
    return system(rival=wrong) if next(complaints(tasks, (frozenset({"any"}),)), None) else None


EXAMPLES = (spec.two_run_at_once, spec.a_task_succeeds_when_tried_again, spec.an_agent_is_lost)

SCOPES = (
    Scope(
        "diamond",
        "a diamond of four tasks, two agents, two attempts, one of which fails or takes its agent with it",
        system(*DIAMOND, attempts=2, promises=(*PROMISES, *EXAMPLES)),
        Counts(42, 49, 8),
    ),
    Scope(
        "cut_short",
        "two tasks, one after the other, two attempts; a crash, also in the middle of a step, after which the user asks again",
        system(
            A,
            B,
            attempts=2,
            faults=CUT_SHORT,
            then=(Create("w", (A, B)), Execute("w")),
            promises=(*PROMISES, spec.what_a_crash_cut_short_goes_on),
        ),
        Counts(186, 257, 9),
    ),
    Scope(
        "side_by_side",
        "two workflows with equal tasks share an agent, and both users wait for the second; an attempt fails or takes the agent with it",
        system(A, agents=1, then=(Execute("v"),), rival=(Create("v", (A, B)), Execute("v"))),
        Counts(81, 131, 9),
    ),
    Scope(
        "cancelled",
        "two tasks, one after the other, of which the workflow is cancelled at any moment, also before it is executed; a crash",
        system(A, B, attempts=2, faults=CRASH, rival=(Cancel("w"),)),
        Counts(300, 340, 9),
    ),
    Scope(
        "one_id",
        "a rival creates another workflow, be it in its order only, or the same, under the id that a user has taken, or wants to",
        system(A, C, failures=0, rival=(Create("w", (C, A)), Create("w", (A, C)), Create("w", (B,)), Create("w", ()), Execute("w"))),
        Counts(70, 132, 10),
    ),
    Scope(
        "exclusive",
        "an exclusive task becomes ready while one runs that is listed after it; one attempt fails",
        system(A, Stage("b", ("a",), exclusive=True), Stage("c"), agents=3),
        Counts(19, 23, 6),
    ),
    Scope(
        "exclusive_beside_another",
        "an exclusive task runs beside that of another workflow",
        system(Stage("a", exclusive=True), failures=0, rival=(Create("v", (A,)), Execute("v"))),
        Counts(19, 28, 7),
    ),
    Scope(
        "lost",
        "one agent for two tasks that need it, which is lost while the second waits for another, or for its turn; a crash",
        system(Stage("c", needs="drawing"), A, Stage("b", ("a",), needs="drawing"), agents=ONE_DRAWS, faults=CRASH),
        Counts(83, 104, 8),
    ),
    Family(
        "flawed",
        "a task without a name, with that of another, after what is no task, or beyond all agents: rejected, and nothing has the id",
        flawed,
        Counts(126, 168, 5, members=14),
    ),
    Family(
        "kinds_of_two",
        "every graph on two tasks, listed in order, of which the first is optional, exclusive or has a need, and the second any; one failure",
        of_kinds(("optional", "exclusive", "drawn"), KINDS),
        Counts(262, 263, 5, members=24),
    ),
    Scope(
        "diamond_twice",
        "a diamond of four tasks, two agents, two attempts; two of them fail or take their agents with them; a crash",
        system(*DIAMOND, attempts=2, failures=2, faults=CRASH),
        Counts(752, 988, 11),
        size=Size.MEDIUM,
    ),
    Scope(
        "five",
        "a diamond and a fifth task beside it, three agents; two of them fail or take their agents with them",
        system(*DIAMOND, Stage("e"), agents=3, failures=2),
        Counts(94, 193, 8),
        size=Size.MEDIUM,
    ),
    Scope(
        "side_by_side_twice",
        "two workflows with equal tasks share two agents, and both users wait for both; a failure and a crash",
        system(A, attempts=2, faults=CRASH, then=(Execute("v"),), rival=(Create("v", (A, B)), Execute("v"), Execute("w"))),
        Counts(2_606, 4_959, 13),
        size=Size.MEDIUM,
    ),
    Scope(
        "cancelled_and_asked",
        "three tasks, of which the workflow is cancelled at any moment, and then asked for; a failure and a crash",
        system(A, B, Stage("c"), attempts=2, faults=CRASH, rival=(Cancel("w"), Execute("w"))),
        Counts(1_879, 3_007, 11),
        size=Size.MEDIUM,
    ),
    Family(
        "graphs_of_three",
        "every acyclic digraph on up to three tasks, two agents, two attempts, a failure and a crash",
        acyclic(3, CRASH),
        Counts(4_863, 5_969, 9, members=29),
        size=Size.MEDIUM,
    ),
    Family(
        "kinds_of_three",
        "every graph, listed in order, on three tasks, of all kinds; one failure, and cancelled at any moment",
        of_kinds(KINDS, KINDS, KINDS, rival=(Cancel("w"),)),
        Counts(29_568, 40_022, 7, members=512),
        size=Size.MEDIUM,
    ),
    Family(
        "graphs_of_four",
        "the 572 acyclic digraphs on up to four tasks, two agents, two attempts, a failure",
        acyclic(4),
        Counts(27_073, 33_336, 8, members=572),
        size=Size.LARGE,
    ),
)

SITUATIONS = (
    Situation(
        "a_crash_cuts_a_task_short",
        "The engine has crashed while a task ran, and is up again: it was logged that it started, so this is its second attempt, and its last.",
        system(A, attempts=2, faults=CRASH),
        (Ask(ENGINE, ANY, ANY), Ask(ENGINE, ANY, ANY), Crash(ENGINE, ANY), Recover(ENGINE)),
    ),
    Situation(
        "a_join_waits",
        "Of a diamond the first task and one branch have ended: what joins the branches waits for the other, though an agent is free.",
        system(*DIAMOND),
        (Ask(ENGINE, ANY, ANY), Ask(ENGINE, ANY, ANY), *(Fire(ENGINE, Succeeds(Job("w", task))) for task in "ab")),
    ),
)
