"""Definitions of workflows, drafts in and workflows out."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest
from attrs.exceptions import FrozenInstanceError

from concordant.checks.draws import Exhaustive
from concordant.pitfalls.workflows.workflow_definition.rules import as_completed, as_predefined
from concordant.refimpl.workflows.stage_executor import flaw, paper
from concordant.refimpl.workflows.workflow_definition import define
from concordant.spec.vocabulary import Map
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.workflow_definition import (
    ARTICLE,
    PAPER,
    PREDEFINED,
    Definition,
    Draft,
    Faulty,
    Flaw,
    Outcome,
    Workflow,
    Wrong,
    graphs,
)


def defined(*stages: Stage, name: str = "draft") -> Outcome:
    return define(Definition(Draft(name, stages)))


@pytest.mark.parametrize("draft", PREDEFINED, ids=lambda draft: draft.name)
def test_the_workflows_of_the_documents_are_built_as_they_are_drafted(draft: Draft) -> None:
    assert define(Definition(draft)) == Workflow(draft.name, draft.stages, draft.notes)


def test_the_paper_workflow_is_the_one_that_is_executed_elsewhere() -> None:
    assert PAPER.stages == paper()
    assert PAPER.notes == Map.of({"requires_citations": "yes"})
    assert [str(stage) for stage in ARTICLE.stages] == [
        "research (needs research)",
        "writing after research (needs writing)",
        "editing after writing (needs editing)",
        "verification after editing (needs verification)",
    ]


@pytest.mark.parametrize(
    ("stages", "flaws"),
    [
        ((), (Flaw(Wrong.NO_STAGES),)),
        ((Stage(""),), (Flaw(Wrong.NAMELESS_STAGE),)),
        ((Stage(""), Stage("")), (Flaw(Wrong.NAMELESS_STAGE),)),
        ((Stage("a"), Stage("a"), Stage("a")), (Flaw(Wrong.DUPLICATE, "a"),)),
        ((Stage("a", ("b", "c")),), (Flaw(Wrong.UNKNOWN, "a", "b"), Flaw(Wrong.UNKNOWN, "a", "c"))),
        ((Stage("a", ("a",)),), (Flaw(Wrong.CIRCLE, "a"),)),
        (
            (Stage("d", ("c",)), Stage("c", ("b",)), Stage("b", ("a",)), Stage("a", ("b",))),
            (Flaw(Wrong.CIRCLE, "a"), Flaw(Wrong.CIRCLE, "b"), Flaw(Wrong.UNREACHABLE, "c"), Flaw(Wrong.UNREACHABLE, "d")),
        ),
        ((Stage("a", ("x",)), Stage("b", ("a",))), (Flaw(Wrong.UNKNOWN, "a", "x"), Flaw(Wrong.UNREACHABLE, "b"))),
        ((Stage("a"), Stage("a", ("a",))), (Flaw(Wrong.DUPLICATE, "a"), Flaw(Wrong.CIRCLE, "a"))),
    ],
)
def test_all_that_is_wrong_with_stages_is_told(stages: tuple[Stage, ...], flaws: tuple[Flaw, ...]) -> None:
    assert defined(*stages) == Faulty(flaws)


def test_a_name_is_needed_and_is_given_anew_only_to_who_says_so() -> None:
    draft = Draft("mine", (Stage("a"),))
    taken = frozenset({"mine", "yours"})

    assert defined(Stage("a"), name="") == Faulty((Flaw(Wrong.NO_NAME),))
    assert define(Definition(draft, taken)) == Faulty((Flaw(Wrong.TAKEN),))
    assert define(Definition(Draft("mine", (Stage("a"),), replaces=True), taken)) == Workflow("mine", (Stage("a"),), Map())


def test_what_is_built_is_what_the_executor_takes_and_what_the_standard_library_can_sort() -> None:
    definitions = list(every_graph())
    built = [isinstance(define(each), Workflow) for each in definitions]

    assert len(definitions) == 1 + 2 + 16 + 512
    assert built == [bool(each.draft.stages) and flaw(each.draft.stages) is None for each in definitions]
    assert built == [bool(each.draft.stages) and can_be_sorted(each.draft.stages) for each in definitions]


def every_graph() -> Iterator[Definition]:
    draw = Exhaustive()
    yield graphs(draw, 3)
    while draw.advance():
        yield graphs(draw, 3)


def can_be_sorted(stages: tuple[Stage, ...]) -> bool:
    try:
        TopologicalSorter({stage.name: stage.after for stage in stages}).prepare()
    except CycleError:
        return False
    return True


def test_as_the_documents_are_written_neither_of_their_workflows_can_be_made() -> None:
    with pytest.raises(TypeError, match="missing 3 required positional arguments: 'depends_on', 'parallel', and 'optional'"):
        as_predefined(Definition(ARTICLE))
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'metadata'"):
        as_completed(Definition(ARTICLE))
    assert as_completed(Definition(PAPER)) == define(Definition(PAPER))


# ---- what cannot be done: mypy would report it if it did not refuse it


def test_a_stage_has_no_flag_that_is_about_pairs() -> None:
    with pytest.raises(TypeError):
        Stage("a", parallel=True)  # type: ignore[call-arg]  # WFD-6


def test_a_workflow_is_not_named_again_when_it_is_registered() -> None:
    with pytest.raises(TypeError):
        Definition(ARTICLE, name="paper")  # type: ignore[call-arg]  # WFD-7


def test_what_is_built_does_not_change_and_is_built_again_the_same() -> None:
    built = define(Definition(ARTICLE))
    assert isinstance(built, Workflow)

    with pytest.raises(FrozenInstanceError):
        built.stages = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        built.notes["title"] = "another"  # type: ignore[index]
    assert define(Definition(ARTICLE)) == built


def test_what_a_stage_depends_on_is_no_list_that_others_change() -> None:
    with pytest.raises(AttributeError):
        ARTICLE.stages[0].after.append("editing")  # type: ignore[attr-defined]  # WFD-8
