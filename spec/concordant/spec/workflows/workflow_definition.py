"""Workflow definition: a draft of stages is built into a workflow and registered under its name, or all that is wrong with it is told.

Source: Kahn, "Topological Sorting of Large Networks", 1962: stages can be run if, and only if, they can be put into an order; that nothing
is left without a way to run is soundness in van der Aalst, "The Application of Petri Nets to Workflow Management", 1998, section 4.
Chosen: everything that is wrong is told at once, before anything runs. A stage may depend on an optional one, and does without what that
would have given. That a stage runs alone is said of the stage, and so of all pairs that it is in: `exclusive`. A name that is taken is
given anew only to who says so. A workflow has one name, a draft is a value that nobody can change, and what is built of it is the same.
Does not promise: that some worker can do a stage, which whoever runs it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from itertools import combinations, pairwise, permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Cases, Draw, Map, case, for_all, relates
from concordant.spec.workflows.shared.stages import Stage


@frozen
class Draft:
    """What is to become a workflow: its name, its stages in the order in which they were added, and notes about it.

    `replaces`: it may take the place of one that is registered under its name.
    """

    name: str
    stages: tuple[Stage, ...]
    notes: Map[str, str] = Map()
    replaces: bool = False


@frozen
class Definition:
    """A draft, and the names under which workflows are registered already."""

    draft: Draft
    registered: frozenset[str] = frozenset()


class Wrong(Enum):
    """What may be wrong with a draft, in the order in which it is told."""

    NO_NAME = "the workflow has no name"
    TAKEN = "another workflow is registered under this name"
    NO_STAGES = "there are no stages"
    NAMELESS_STAGE = "a stage has no name"
    DUPLICATE = "several stages have this name"
    UNKNOWN = "the stage depends on what is no stage"
    CIRCLE = "the stage depends on itself, by way of others or without"
    UNREACHABLE = "the stage depends on others that can never run"


ORDER = tuple(Wrong)


@frozen
class Flaw:
    """One thing that is wrong: of which stage, and on which unknown stage it depends. Empty where it is about no stage."""

    wrong: Wrong
    stage: str = ""
    before: str = ""


@frozen
class Workflow:
    """What was built and registered."""

    name: str
    stages: tuple[Stage, ...]
    notes: Map[str, str]


@frozen
class Faulty:
    """All that is wrong, of one kind after the other, by stage."""

    flaws: tuple[Flaw, ...]


Outcome: TypeAlias = Workflow | Faulty
Rule: TypeAlias = Callable[[Definition], Outcome]


# ---- what is wrong, by trying all possibilities


def names(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """List the names of stages."""
    return tuple(stage.name for stage in stages)


def can_be_ordered(stages: tuple[Stage, ...]) -> bool:
    """Tell whether some order of stages puts each after all that it depends on, which are all that have that name."""
    return any(
        all(
            before in names(order[:place]) and before not in names(order[place:])
            for place, stage in enumerate(order)
            for before in stage.after
        )
        for order in permutations(stages)
    )


def can_run(stages: tuple[Stage, ...], name: str) -> bool:
    """Tell whether the stages of this name, and of some others, can be put into an order."""
    others = sorted(set(names(stages)) - {name})
    some = [{name, *chosen} for count in range(len(others) + 1) for chosen in combinations(others, count)]
    return any(can_be_ordered(tuple(stage for stage in stages if stage.name in chosen)) for chosen in some)


def comes_back(stages: tuple[Stage, ...], path: tuple[str, ...]) -> bool:
    """Tell whether a path along which stages depend on each other can go on to where it began, through no stage twice."""
    following = sorted({before for stage in stages if stage.name == path[-1] for before in stage.after})
    return path[0] in following or any(comes_back(stages, (*path, each)) for each in following if each not in path)


def flaws(definition: Definition) -> Iterator[Flaw]:
    """Yield all that is wrong, in no order, and some of it more than once."""
    draft, listed = definition.draft, names(definition.draft.stages)
    if draft.name == "":
        yield Flaw(Wrong.NO_NAME)
    if draft.name in definition.registered and not draft.replaces:
        yield Flaw(Wrong.TAKEN)
    if draft.stages == ():
        yield Flaw(Wrong.NO_STAGES)
    for stage in draft.stages:
        if stage.name == "":
            yield Flaw(Wrong.NAMELESS_STAGE)
        elif listed.count(stage.name) > 1:
            yield Flaw(Wrong.DUPLICATE, stage.name)
        yield from (Flaw(Wrong.UNKNOWN, stage.name, before) for before in stage.after if before not in listed)
        if comes_back(draft.stages, (stage.name,)):
            yield Flaw(Wrong.CIRCLE, stage.name)
        elif not can_run(draft.stages, stage.name) and not depends_on_unknown(draft.stages, stage.name):
            yield Flaw(Wrong.UNREACHABLE, stage.name)


def depends_on_unknown(stages: tuple[Stage, ...], name: str) -> bool:
    """Tell whether a stage of this name itself depends on what is no stage."""
    return any(before not in names(stages) for stage in stages if stage.name == name for before in stage.after)


# ---- clauses


@for_all
def only_what_can_be_run_is_built(definition: Definition, outcome: Outcome) -> Cases:
    """A draft becomes a workflow if, and only if, it and its stages have names of their own, and some order puts each stage after all that it depends on."""
    draft = definition.draft
    listed, free = names(draft.stages), draft.replaces or draft.name not in definition.registered
    named = draft.name != "" and "" not in listed and all(one != other for one, other in combinations(listed, 2))
    right = named and free and listed != () and can_be_ordered(draft.stages)
    yield case(right == isinstance(outcome, Workflow), right=right, outcome=outcome)


@for_all
def all_that_is_wrong_is_told(definition: Definition, outcome: Outcome) -> Cases:
    """Everything that is wrong with a draft is told, and nothing else."""
    if isinstance(outcome, Faulty):
        wrong = tuple(flaws(definition))
        missing = tuple(flaw for flaw in wrong if flaw not in outcome.flaws)
        untrue = tuple(flaw for flaw in outcome.flaws if flaw not in wrong)
        yield case(not missing and not untrue, missing=missing, untrue=untrue)


@for_all
def told_in_order(definition: Definition, outcome: Outcome) -> Cases:  # noqa: ARG001
    """What is wrong is told once each, one kind after the other, and of one kind by stage."""
    if isinstance(outcome, Faulty):
        for one, other in pairwise(outcome.flaws):
            keys = [(ORDER.index(flaw.wrong), flaw.stage, flaw.before) for flaw in (one, other)]
            yield case(keys[0] < keys[1], one=one, other=other)


@for_all
def what_is_built_is_what_was_drafted(definition: Definition, outcome: Outcome) -> Cases:
    """A workflow has the name, the stages and the notes of its draft."""
    if isinstance(outcome, Workflow):
        draft = definition.draft
        yield case(outcome == Workflow(draft.name, draft.stages, draft.notes), draft=draft, built=outcome)


@relates
def order_of_stages_is_irrelevant(rule: Rule, definition: Definition, draw: Draw) -> Cases:
    """In whatever order stages are added, the same is wrong, or nothing."""
    stages = definition.draft.stages
    if stages:
        place = draw.one_of("added first", range(len(stages)))
        moved = evolve(definition.draft, stages=(stages[place], *stages[:place], *stages[place + 1 :]))
        before, after = rule(definition), rule(evolve(definition, draft=moved))
        same = before == after if isinstance(before, Faulty) else isinstance(after, Workflow)
        yield case(same, before=before, after=after)


@relates
def nothing_is_replaced_unasked(rule: Rule, definition: Definition, draw: Draw) -> Cases:  # noqa: ARG001
    """What was built and registered is built again only by a draft that says that it replaces it."""
    built = rule(definition)
    if isinstance(built, Workflow):
        there = evolve(definition, registered=definition.registered | {built.name})
        again, replaced = (rule(evolve(there, draft=evolve(there.draft, replaces=replaces))) for replaces in (False, True))
        yield case(isinstance(again, Faulty) and isinstance(replaced, Workflow), again=again, replaced=replaced)


CLAUSES = (
    only_what_can_be_run_is_built,
    all_that_is_wrong_is_told,
    told_in_order,
    what_is_built_is_what_was_drafted,
    order_of_stages_is_irrelevant,
    nothing_is_replaced_unasked,
)

# ---- drafts


def line(name: str, *stages: tuple[str, str], notes: Map[str, str] = Map()) -> Draft:
    """Draft a workflow of stages one after the other, each with what its worker must be able to do."""
    after = ("", *(stage for stage, _ in stages))
    return Draft(
        name, tuple(Stage(stage, (before,) if before else (), needs) for before, (stage, needs) in zip(after, stages, strict=False)), notes
    )


ARTICLE = line("article", ("research", "research"), ("writing", "writing"), ("editing", "editing"), ("verification", "verification"))
PAPER = line(
    "paper",
    ("literature_review", "research"),
    ("methodology", "writing"),
    ("results", "writing"),
    ("editing", "editing"),
    ("peer_review", "verification"),
    notes=Map.of({"requires_citations": "yes"}),
)
CUSTOM = line("custom", ("research", "research"), ("analysis", "data_analysis"), ("writing", "writing"), ("verification", "verification"))
PREDEFINED = (ARTICLE, PAPER, CUSTOM)
"""The workflows of the documents. The first two are predefined there, the third is the example of one that is built."""


def predefined(draw: Draw) -> Definition:
    """Draw one of the workflows of the documents, which may be registered already."""
    draft = draw.one_of("workflow", PREDEFINED)
    return Definition(draft, frozenset({draft.name}) if draw.one_of("it is registered", (False, True)) else frozenset())


def graphs(draw: Draw, most: int) -> Definition:
    """Draw a draft of up to `most` stages, each of which may depend on any, itself among them."""
    listed = STAGES[: draw.one_of("stages", range(most + 1))]
    return Definition(Draft("draft", tuple(Stage(name, dependencies(draw, name, listed)) for name in listed)))


def dependencies(draw: Draw, name: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Draw on which of others a stage depends."""
    return tuple(other for other in others if draw.one_of(f"{name} after {other}", (False, True)))


STAGES = ("a", "b", "c", "d")


def named_anyhow(draw: Draw, most: int) -> Definition:
    """Draw a draft of up to `most` stages, with any names or none, each after some or none; and its name, which may be taken."""
    stages = []
    for place in range(draw.one_of("stages", range(most + 1))):
        name, after = draw.one_of(f"name {place}", ("a", "b", "")), draw.one_of(f"after {place}", ((), ("a",), ("b", "x")))
        stages.append(Stage(name, after))
    draft = Draft(draw.one_of("draft", ("draft", "")), tuple(stages), replaces=draw.one_of("it replaces", (False, True)))
    return Definition(draft, frozenset({"draft"}) if draw.one_of("its name is taken", (False, True)) else frozenset())


def at_large(draw: Draw) -> Definition:
    """Draw a draft of up to four stages, added from any of them on, each after some of them or an unknown one, rarely, and of any kind."""
    count = draw.one_of("stages", range(1, len(STAGES) + 1))
    turn = draw.one_of("turned by", range(count))
    listed = (*STAGES[turn:count], *STAGES[:turn])
    stages = []
    for name in listed:
        after = tuple(other for other in (*listed, "unknown") if draw.one_of(f"{name} after {other}", (False, False, False, True)))
        optional, exclusive = (draw.one_of(f"{name} is {kind}", (False, True)) for kind in ("optional", "exclusive"))
        stages.append(Stage(name, after, optional=optional, exclusive=exclusive))
    return Definition(Draft("draft", tuple(stages), Map.of({"note": "any"})))
