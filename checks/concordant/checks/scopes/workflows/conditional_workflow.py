"""The scopes of conditional workflows: choices and merges, what is not sound, and every small workflow."""

from __future__ import annotations

from collections.abc import Callable

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire, System
from concordant.refimpl.workflows.conditional_workflow import CLIENT, ENGINE, flaw, system
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows import conditional_workflow as spec
from concordant.spec.workflows.conditional_workflow import Answers, Course, Join, Link, Run, Stage

NAMES = ("a", "b", "c", "d")
A, B = Stage("a"), Stage("b")
IF_YES, IF_NO = Stage("b", (Link("a", when=True),)), Stage("c", (Link("a", when=False),))
CHOICE = Run((Stage("d", (Link("b"), Link("c")), Join.ONE), A, IF_YES, IF_NO))
LATE = Run(
    (
        A,
        Stage("c", (Link("a"),)),
        IF_YES,
        Stage("d", (Link("a", when=False), Link("c"))),
        Stage("e", (Link("b"), Link("d")), Join.ONE),
    )
)
SOME = Run(
    (
        Stage("b", (Link("a"),)),
        Stage("c", (Link("a", when=True),)),
        Stage("d", (Link("b", when=False), Link("c")), Join.ANY),
        Stage("a", join=Join.ANY),
    )
)
ALL = Run((A, B, Stage("c", (Link("a"), Link("b"))), Stage("d", (Link("a", when=True), Link("c")))))
WRONG = (
    Run((A, A)),
    Run((Stage("b", (Link("a", when=True), Link("a", when=False)), Join.ONE), A)),
    Run((Stage("b", (Link("z"),)), A)),
    Run((A, Stage("b", (Link("c"),)), Stage("c", (Link("a"), Link("b"))))),
    Run((Stage("a", (Link("a"),)),)),
    Run((A, IF_YES, IF_NO, Stage("d", (Link("b"), Link("c"))))),
    Run((A, Stage("b", (Link("a"),)), IF_NO, Stage("d", (Link("b"), Link("c")), Join.ONE))),
    Run(()),
)
LINKED: dict[str, tuple[bool | None, ...]] = {"any answer": (None,), "yes": (True,), "no": (False,)}
CONDITIONS = {"no link": (), **LINKED}


def links_to(name: str, before: tuple[Stage, ...], conditions: dict[str, tuple[bool | None, ...]], draw: Draw) -> tuple[Link, ...]:
    """Draw the links of a stage to those before it, each under one of these conditions."""
    return tuple(Link(other.name, when) for other in before for when in conditions[draw.one_of(f"{name} after {other.name}", conditions)])


def of_stages(*counts: int) -> Callable[[Draw], System[Course] | None]:
    """Return the family of sound workflows of so many stages, each linked to any before it by any condition; one may fail."""

    def systems(draw: Draw) -> System[Course] | None:
        stages: tuple[Stage, ...] = ()
        for name in NAMES[: draw.one_of("stages", counts)]:
            links = links_to(name, stages, CONDITIONS, draw)
            stages = (*stages, Stage(name, links, draw.one_of(f"{name} joins", Join) if len(links) > 1 else Join.ALL))
        return system(Run(stages), failures=1) if flaw(stages) is None else None

    return systems


def merge(*names: str, into: str, on: dict[str, tuple[bool | None, ...]]) -> Callable[[Draw], System[Course] | None]:
    """Return the family of sound workflows of a split into branches and their merge, by any conditions, or these, and any join; one stage may fail."""

    def systems(draw: Draw) -> System[Course] | None:
        branches = tuple(Stage(name, links_to(name, (A,), LINKED, draw)) for name in names)
        stages = (A, *branches, Stage(into, links_to(into, branches, on, draw), draw.one_of(f"{into} joins", Join)))
        return system(Run(stages), failures=1) if flaw(stages) is None else None

    return systems


SCOPES = (
    Scope(
        "choice",
        "one of two branches, and a merge of the one that was taken; a stage may fail",
        system(CHOICE, failures=1, examples=(spec.a_branch_is_left_out, spec.a_failure_is_passed_on)),
        Counts(23, 22, 5),
    ),
    Scope(
        "late",
        "a branch that is known not to be taken only when another stage has ended, and a merge of one that waits for that",
        system(LATE),
        Counts(34, 37, 6),
    ),
    Scope(
        "some",
        "one or two branches, and a merge that waits for those that may come; a stage may fail",
        system(SOME, failures=1),
        Counts(43, 50, 6),
    ),
    Scope(
        "all",
        "two stages at once, both of which are needed by the next; one may fail, and a choice follows",
        system(ALL, CHOICE, failures=1),
        Counts(77, 106, 9),
    ),
    Scope(
        "rejected",
        "workflows that are not sound, each in its way, and one without stages, beside another client",
        system(*WRONG, rival=(Run((A,)),)),
        Counts(37, 59, 11),
    ),
    Family(
        "every_workflow_of_three",
        "every sound workflow of up to three stages, in which one may fail",
        of_stages(1, 2, 3),
        Counts(2_069, 2_412, 5, members=105),
        size=Size.MEDIUM,
    ),
    Family(
        "every_workflow_of_four",
        "every sound workflow of four stages, in which one may fail: eleven minutes",
        of_stages(4),
        Counts(419_280, 508_298, 6, members=10_942),
        size=Size.LARGE,
    ),
    Family(
        "every_merge",
        "every split into two branches and their merge that is sound, by any conditions; one may fail",
        merge("b", "c", into="d", on=LINKED),
        Counts(5_226, 6_216, 6, members=162),
        size=Size.LARGE,
    ),
    Family(
        "every_merge_of_three",
        "every split into three branches that is sound, by any conditions, and their merge whatever they answer; one may fail",
        merge("b", "c", "d", into="e", on={"any answer": (None,)}),
        Counts(4_084, 6_330, 7, members=42),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "chosen",
        "The answer was yes: the other branch is skipped, and the merge waits for this one alone.",
        system(CHOICE),
        (Ask(ENGINE, CLIENT, CHOICE), Fire(ENGINE, Answers("a", yes=True))),
    ),
)
