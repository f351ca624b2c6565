"""Judging many mutants, each in a process of its own."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import pytest

from concordant.checks.mutation import running
from concordant.checks.mutation.changing import changed
from concordant.checks.mutation.functions import reached
from concordant.checks.mutation.mutants import Mutant, made
from concordant.checks.mutation.operators import updates
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.running import CallLimit, Endless, side_by_side
from tests.mutation import samples

FUNCTIONS = reached([samples.shares, samples.endless], lambda name: name == samples.__name__)
MUTANTS = tuple(made("samples", FUNCTIONS, (updates.of_statements,)))


def by_name(mutant: Mutant) -> Record:
    return Record(mutant.stem, mutant.name, By.NOTHING, str(os.getpid()))


def test_each_mutant_is_judged_in_a_process_of_its_own_and_none_changes_this_one() -> None:
    def judge(mutant: Mutant) -> Record:
        with changed(mutant.function, mutant.change):
            return Record(mutant.stem, mutant.name, By.NOTHING, f"{samples.shares((1, 2), 4)} {os.getpid() != here}")

    here = os.getpid()
    found = {mutant.name: record.what for mutant, record in side_by_side(MUTANTS[:2], judge, 2)}

    assert found == {
        "shares: estate -= min(claim, estate) → left out": "[4, 4] True",
        "shares: left.append(estate) → left out": "[] True",
    }
    assert samples.shares((1, 2), 4) == [3, 1]


def test_a_mutant_that_ends_its_process_is_unfinished() -> None:
    ((mutant, record),) = side_by_side(MUTANTS[:1], lambda _: os._exit(7), 1)

    assert record == Record(mutant.stem, mutant.name, By.UNFINISHED, "not decided within 300 s")


def test_a_call_of_a_changed_function_that_does_not_end_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TICK", 0.05)
    endless = next(mutant for mutant in MUTANTS if mutant.function.name == "endless")

    def judge(mutant: Mutant) -> Record:
        with changed(mutant.function, mutant.change), pytest.raises(Endless, match="a call of endless does not end"):
            samples.endless(1)
        return by_name(mutant)

    ((_, record),) = side_by_side((endless,), judge, 1)

    assert record.by is By.NOTHING


def a_call(limit: CallLimit, ticks: int = 1) -> None:
    for _ in range(ticks):
        limit.tick(0, sys._getframe())


def test_a_function_that_is_called_at_every_tick_is_not_one_that_does_not_end() -> None:
    limit = CallLimit("a_call", "elsewhere.py")

    for _ in range(100):
        a_call(limit)

    assert limit.ticks == 100


def test_a_call_ends_before_a_tick_or_a_few_where_another_function_of_the_file_is_changed() -> None:
    with pytest.raises(Endless, match="a call of a_call does not end"):
        a_call(CallLimit("a_call", "elsewhere.py"), 2)
    a_call(CallLimit("another", __file__), running.LONG)
    with pytest.raises(Endless, match="does not end"):
        a_call(CallLimit("another", __file__), running.LONG + 1)
    a_call(CallLimit("another", "elsewhere.py"), running.LONG + 1)


def test_a_judgement_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TICK", 0.05)
    monkeypatch.setattr(running, "LONGEST", 0)

    def judge(_: Any) -> Record:
        while True:
            pass

    ((_, record),) = side_by_side(MUTANTS[:1], judge, 1)

    assert record.by is By.UNFINISHED


def test_when_time_is_over_no_judgement_is_begun() -> None:
    assert list(side_by_side(MUTANTS, by_name, 2, until=time.monotonic())) == []
