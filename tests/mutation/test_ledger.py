"""Ledgers: what survives, with reasons, and the table that is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.mutation import ledger
from concordant.checks.mutation.__main__ import AS_LISTED, OTHERWISE, STOPPED, main
from concordant.checks.mutation.choosing import sampled
from concordant.checks.mutation.ledger import Survivor, Tally
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.report import lines, percent, table
from concordant.checks.mutation.subjects import Part, Subject, subjects
from concordant.checks.registry import Protocol
from tests.mutation import toys

RECORDS = (
    Record("toys", "f: a → b", By.CLAUSE, "toys.c"),
    Record("toys", "f: b → c", By.SAME),
    Record("toys", "f: c → d", By.COUNTS, "one"),
    Record("toys", "f: d → e", By.NO_MUTANT),
)
KNOWN = Tally({By.CLAUSE: 1}, {"f: b → c": Survivor(By.SAME, equivalent="b is c"), "f: gone → x": Survivor(By.NOTHING)})


def test_a_tally_keeps_the_reasons_that_are_known_and_forgets_what_is_gone() -> None:
    found = ledger.tally(RECORDS, KNOWN)

    survivors = {"f: b → c": Survivor(By.SAME, equivalent="b is c"), "f: c → d": Survivor(By.COUNTS)}
    assert found == Tally({By.CLAUSE: 1}, survivors, void=1)
    assert (found.all, found.good, found.surviving(By.COUNTS), found.surviving(By.SAME)) == (3, 2, 1, 0)


def test_a_ledger_that_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "toys.mutants.json"
    found = ledger.tally(RECORDS, KNOWN)

    ledger.write(file, {Part.MACHINE: found})

    assert ledger.read(file) == {Part.MACHINE: found}
    assert ledger.read(tmp_path / "none.json") == {}


def test_records_that_a_ledger_tells_otherwise_are_named() -> None:
    listed = Tally({}, {"f: a → b": Survivor(By.NOTHING), "f: b → c": Survivor(By.COUNTS)})

    assert list(ledger.disagreements(RECORDS, listed)) == [
        "in the ledger, and noticed by toys.c: f: a → b",
        "noticed by indistinguishable in scope, in the ledger by counts only: f: b → c",
        "not in the ledger: f: c → d, noticed by counts only",
    ]


def test_a_ledger_that_lists_what_is_no_mutant_or_counts_otherwise_is_stale() -> None:
    assert list(ledger.staleness(ledger.tally(RECORDS, KNOWN), Tally({By.CLAUSE: 2}, KNOWN.survivors))) == [
        "in the ledger, and no mutant: f: gone → x",
        "noticed by a clause: 1, in the ledger 2",
    ]


def test_a_percentage_is_rounded_down_so_that_none_is_reached_which_is_not() -> None:
    assert percent(Tally({By.CLAUSE: 1999}, {"f: a → b": Survivor(By.NOTHING)})) == "99.9 %"
    assert percent(Tally({By.CLAUSE: 3})) == "100.0 %"


def test_a_table_has_a_row_for_each_stem_and_one_for_all_together() -> None:
    assert list(
        table(Part.CLAUSES, {"one": Tally({By.PITFALL: 3}), "two": Tally({By.PITFALL: 1}, {"f: a → b": Survivor(By.NOTHING)})})
    ) == [
        "| stem | mutants | a pitfall | indistinguishable in scope | nothing | unfinished | equivalent | noticed or equivalent |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        "| `one` | 3 | 3 | 0 | 0 | 0 | 0 | 100.0 % |",
        "| `two` | 2 | 1 | 0 | 1 | 0 | 0 | 50.0 % |",
        "| together | 5 | 4 | 0 | 1 | 0 | 0 | 80.0 % |",
    ]


def test_survivors_are_listed_with_their_reasons() -> None:
    assert list(lines("toys", Part.MACHINE, ledger.tally(RECORDS, KNOWN))) == [
        "toys, machine: 2 of 3 mutants are noticed or equivalent, 66.6 %",
        "    counts only: f: c → d",
    ]


# ---- the command


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    def of_toys(stems: list[str]) -> list[Subject]:  # noqa: ARG001  # there is one
        found = subjects((), (Protocol.of_modules("toys", toys),))
        return [Subject(each.stem, each.part, tmp_path / each.ledger.name, each.mutants, each.prepare) for each in found]

    monkeypatch.setattr("concordant.checks.mutation.__main__.subjects", of_toys)
    return tmp_path / "toys.mutants.json"


def test_the_command_writes_a_ledger_finds_it_as_written_and_tells_where_it_is_wrong(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--part", "clauses"]) == OTHERWISE
    assert "not in the ledger: done_is_heard: event.number > 0 → event.number >= 0, noticed by nothing" in capsys.readouterr().out

    assert main(["--part", "clauses", "--write"]) == AS_LISTED
    assert main(["--part", "clauses"]) == AS_LISTED

    found = ledger.read(toy)[Part.CLAUSES]
    ledger.write(toy, {Part.CLAUSES: Tally(found.noticed, {**found.survivors, "f: gone → x": Survivor(By.NOTHING)}, found.void)})
    assert main(["--part", "clauses"]) == OTHERWISE
    assert "in the ledger, and no mutant: f: gone → x" in capsys.readouterr().out


def test_a_budget_that_is_spent_is_told_and_nothing_is_written(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--part", "clauses", "--write", "--budget", "0s"]) == STOPPED

    assert "the budget was spent: 13 mutants of toys were not judged" in capsys.readouterr().out
    assert not toy.exists()


def test_a_sample_is_the_same_for_the_same_seed_and_about_as_large_as_asked_for() -> None:
    machine = next(iter(subjects((), (Protocol.of_modules("toys", toys),))))

    assert sampled(machine, 1, "1") == machine.mutants
    assert sampled(machine, 0.2, "1") == sampled(machine, 0.2, "1") != sampled(machine, 0.2, "2")
    assert 4 <= len(sampled(machine, 0.2, "1")) <= 24
