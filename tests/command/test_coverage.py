"""Coverage of a model: what no scope came to is told in every report, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve

from concordant.checks.answers import Answer
from concordant.checks.exploration.branches import Branch, Branches
from concordant.checks.questions.question import Means, question
from concordant.checks.reports.coverage import Covered, lines, together
from concordant.checks.reports.html_report import as_data
from concordant.checks.reports.reporter import Run
from concordant.checks.running import decided
from tests.command.test_own_protocols import concordant

LOCK = Path(__file__).with_name("lock.py").read_text(encoding="utf-8")


def asked(*ids: str) -> tuple[Answer, ...]:
    return tuple(decided(question(id), Means(coverage=True)) for id in ids)


def named(found: Iterable[Covered]) -> dict[str, Covered]:
    return {row.what: row for row in found}


@pytest.fixture(scope="module")
def in_time() -> tuple[Answer, ...]:
    return asked("scope:unanimous_consent/in_time")


def test_branches_inputs_and_clauses_have_a_row_each_with_what_never_came_about(in_time: tuple[Answer, ...]) -> None:
    found = [evolve(row, never=tuple(re.sub(r":\d+ ", "", said) for said in row.never)) for row in lines(in_time)]

    assert found[:9] == [
        Covered("branches of 20 functions", "38 of 46"),
        Covered("Coordinator.request", "2 of 3", never=("unanimous_consent.py not isinstance(state, Idle): never true",)),
        Covered("Coordinator.fire", "0 of 3", never=("unanimous_consent.py never called",)),
        Covered("Coordinator.silence_accepts", "0 of 1", never=("unanimous_consent.py never called",)),
        Covered("Coordinator.survives", "0 of 1", never=("unanimous_consent.py never called",)),
        Covered("Elector.receive", "6 of 7", never=("unanimous_consent.py not self.trusts(source): never true",)),
        Covered("Elector.survives", "0 of 1", never=("unanimous_consent.py never called",)),
        Covered("inputs", "not all", never=("coordinator fires Close: never enabled",)),
        Covered("acceptance_needs_every_consent", "1 case", never=("judged under loss, duplication, crash, byzantine",)),
    ]


def test_a_second_scope_comes_to_what_the_first_did_not(in_time: tuple[Answer, ...]) -> None:
    both = (*in_time, *asked("scope:unanimous_consent/loss"))

    assert set(together(both).never) < set(together(in_time).never)
    assert named(lines(both))["inputs"] == Covered("inputs", "all")
    assert named(lines(both))["agreement"] == Covered("agreement", "24 cases", "loss", ("judged under duplication, crash, byzantine",))


def test_the_ways_of_answers_are_put_together() -> None:
    first, second = (Branch("a.py", line, "f", "x", "true") for line in (1, 2))
    answer = Answer("scope:a/b", "a", "", asked("scope:unanimous_consent/in_time")[0].conclusion)

    assert together(
        (evolve(answer, branches=Branches((second,), (first,))), evolve(answer, branches=Branches((first,), (second,))))
    ) == Branches((first, second))
    assert together((answer,)) == Branches()


def test_coverage_changes_no_verdict_and_no_count(in_time: tuple[Answer, ...]) -> None:
    plain = decided(question("scope:unanimous_consent/in_time"), Means())

    assert plain.branches is None
    assert lines((plain,)) == ()
    assert evolve(in_time[0], branches=None, seconds=0) == evolve(plain, seconds=0)


def test_a_rule_has_branches_too() -> None:
    found = lines(asked("profiles:vickrey_auction/small"))

    assert found[0] == Covered("branches of 7 functions", "27 of 33")


def test_the_page_has_the_same_lines(in_time: tuple[Answer, ...]) -> None:
    (protocol,) = as_data(Run(("check",), in_time, interrupted=False, seconds=0, exit_code=0))["protocols"]

    assert [row["what"] for row in protocol["coverage"]] == [row.what for row in lines(in_time)]


def test_the_command_prints_the_table_for_a_protocol_of_a_user(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")

    printed = concordant(tmp_path, "check", "lock.py", "--coverage").stdout

    assert [re.split(r" {2,}", line.strip()) for line in printed.splitlines()[1:-1]] == [
        ["coverage", "came about", "under", "never"],
        ["branches of 4 functions", "6 of 6"],
        ["inputs", "all"],
        ["mutual_exclusion", "3 cases"],
        ["is_held", "2 cases"],
    ]
