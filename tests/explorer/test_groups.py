"""Pictures of groups: stages stand as the run has left them, and a timeline says who held what from which move to which."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from concordant.checks.explorer.groups import conflict, markets, synchronization, workflows
from concordant.checks.explorer.groups.found import hook_of
from concordant.checks.explorer.groups.hooks import STANDS, Pictured, Span, StageShown, Timeline
from concordant.checks.explorer.in_text import picture_lines
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.misuse import BrokenRule
from concordant.checks.registry import Protocol, protocol
from concordant.checks.semantics.texts import move_text

PICTURES = {**workflows.PICTURES, **synchronization.PICTURES, **markets.PICTURES, **conflict.PICTURES}


def pictured(name: str, *numbers: int) -> Pictured:
    explorer = Explorer(setting(name))
    found = explorer.at(numbers or explorer.numbers_of(explorer.setting.run)).pictured
    assert found is not None
    return found


def test_stages_stand_as_the_run_has_left_them() -> None:
    assert pictured("stage_executor.a_join_waits").stages == (
        StageShown("a", (), "done"),
        StageShown("b", ("a",), "done"),
        StageShown("c", ("a",), "running"),
        StageShown("d", ("b", "c"), "waiting"),
    )


def test_a_unit_is_held_from_one_move_to_another() -> None:
    explorer = Explorer(setting("resource_pool"))
    moves = ("agent0 asks pool0: Acquire()", "agent1 asks pool0: Acquire()", "agent0 asks pool0: Release()")
    run: tuple[int, ...] = ()
    for said in moves:
        run = (*run, next(each.number for each in explorer.at(run).options if move_text(each.move) == said))

    found = explorer.at(run).pictured
    assert found == Pictured(
        "Who holds what",
        spans=(Span("unit 0", 1, 2, "agent0"), Span("unit 0", 3, 3, "agent1"), Span("the queue", 2, 2, "agent1")),
    )
    assert list(picture_lines(found, 3)) == ["  Who holds what: unit 0: agent1, since move 3"]


def test_what_ended_is_not_said_to_hold() -> None:
    found = Timeline("it", lambda history, _: history).of([({"a": "x"}, {}), ({}, {}), ({"a": "x", "b": 1}, {})])

    assert found.spans == (Span("a", 0, 0, "x"), Span("a", 2, 2, "x"), Span("b", 2, 2, "1"))
    assert list(picture_lines(found, 1)) == []


@pytest.mark.parametrize("stem", PICTURES)
def test_each_group_draws_its_runs(stem: str) -> None:
    explorer = Explorer(setting(stem))
    run = explorer.wandered((), 1, 6)
    drawn = [explorer.at(run[:length]).pictured for length in range(len(run) + 1)]

    assert explorer.hook is PICTURES[stem]
    assert any(each is not None and (each.stages or each.spans) for each in drawn)
    if stem in workflows.PICTURES:
        assert {stage.stands for each in drawn if each is not None for stage in each.stages} >= {"running"}
    for length, each in enumerate(drawn):
        assert each is not None
        assert all(stage.stands in STANDS and {*stage.after} <= {other.name for other in each.stages} for stage in each.stages)
        assert all(0 <= span.first <= span.last <= length for span in each.spans)


def test_a_system_of_ones_own_has_the_picture_that_its_module_holds() -> None:
    module: Any = ModuleType("mine")
    module.PICTURE = Timeline("mine", lambda _, __: {})

    assert hook_of(Protocol.of_modules("mine", module)) is module.PICTURE
    assert hook_of(protocol("paxos_synod")) is None


def test_a_picture_that_raises_is_a_broken_rule_and_no_bug_of_ours() -> None:
    explorer = Explorer(setting("resource_pool"))
    explorer.hook = Timeline("mine", lambda history, _: {"a": history.nothing})

    with pytest.raises(BrokenRule, match=r"^the picture of resource_pool raised AttributeError: .*nothing"):
        explorer.at()
