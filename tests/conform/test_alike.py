"""A machine is led beside the reference through all that can come: a second procedure, which must find what the cases find, or show that nothing can."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import fields

from concordant.checks.conform.alike import SideBySide, side_by_side
from concordant.checks.conform.cases import Plan
from concordant.checks.conform.direct import Direct
from concordant.checks.conform.pitfalls import Tried, drive
from concordant.checks.conform.roles import mistaken, role_of, roles
from concordant.checks.conform.shapes import CONTROLS, EXACT
from concordant.checks.conform.table import Table
from concordant.checks.conform.telling import Supports
from concordant.checks.refuting.repaired import class_without_mistake
from concordant.checks.registry import protocol
from concordant.refimpl.machine import AnyProcess
from tests.conform.conftest import named


def beside(tables: Sequence[Table], kind: type[AnyProcess]) -> list[SideBySide]:
    observed = tuple(part.name for part in fields(tables[0].view_class))
    supports = Supports(frozenset(CONTROLS), observed, (), frozenset(), frozenset(EXACT))
    right = kind if kind.__module__.startswith("concordant.refimpl") else class_without_mistake(kind)
    return [side_by_side(Plan(table, supports), Direct(table, kind, supports)) for table in tables if type(table.process) is right]


@pytest.mark.parametrize("stem", ["time_sharing", "sequential_execution"])
def test_it_finds_a_difference_exactly_where_a_case_fails_and_after_as_few_inputs(stem: str) -> None:
    (role,) = roles(protocol(stem))
    tables = role.tables()
    found = {each.pitfall: each.failure for each in named(stem) if each.pitfall}
    for pitfall in role.protocol.pitfalls:
        for _, kind in mistaken(pitfall):
            failure = found.get(pitfall.id)
            if failure is not None:
                assert min(len(each.run) for each in beside(tables, kind) if each.difference is not None) == failure.inputs
    assert None not in found.values()


def test_the_reference_is_alike_in_all_pairs_of_states() -> None:
    role = role_of("time_sharing.agent")

    assert {(each.complete, each.difference) for each in beside(role.tables(), role.kind)} == {(True, None)}


def test_a_mistake_that_no_input_shows_is_said_to_be_one() -> None:
    role = role_of("unanimous_consent.elector")
    (kind,) = (
        kind for pitfall in role.protocol.pitfalls if pitfall.id == "unanimous_consent.ForgetsInACrash" for _, kind in mistaken(pitfall)
    )
    tables = role.tables()
    driver, _ = drive(role, tables, kind)
    found = beside(tables, kind)

    assert driver.driven.failures == []
    line = Tried("elector", "ForgetsInACrash", "unanimous_consent.ForgetsInACrash", None, beside=tuple(found)).word
    assert line == f"no run of its tables tells it apart, in all {sum(each.pairs for each in found)} pairs of states"


def test_what_was_not_led_to_the_end_is_not_said_to_be_alike() -> None:
    line = Tried("elector", "X", "x.X", None, beside=(SideBySide(10_000, complete=False), SideBySide(3))).word

    assert line == "is not told apart in 10,003 pairs of states"
