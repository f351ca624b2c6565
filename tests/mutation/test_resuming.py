"""A run that was cut is gone on with, and no judgement is taken that something has changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.cache import sources
from concordant.checks.cache.sources import digest_of
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import judged
from concordant.checks.mutation.ledger import Account, Survivor
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.resuming import Judgements
from concordant.checks.mutation.subjects import Part, Subject, subjects
from concordant.checks.questions.mutants import MutantsQuestion
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocol
from tests.mutation import toys


def noticed_by(by: By, what: str = "") -> Callable[[bool], Callable[[Mutant], Record]]:
    """Return how mutants are judged of which each is noticed by the same."""
    return lambda _: lambda mutant: Record(mutant.stem, mutant.name, by, what)


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    """Return the weakened clauses of the toys, none of which anything notices."""
    *_, of_clauses = subjects((), (Protocol.of_modules("toys", toys),))
    return evolve(of_clauses, ledger=tmp_path / "toys.mutants.json", prepare=noticed_by(By.NOTHING), digest=lambda: "today's")


def cut(subject: Subject, folder: Path, after: int) -> None:
    """Judge the first few mutants, and no more."""
    judged(subject, subject.mutants[:after], 1, hear=Judgements(subject, folder).keep)


def written(subject: Subject, folder: Path) -> tuple[Account, str]:
    """Write the ledger, and return it with what is said of it."""
    answer = MutantsQuestion(subject, write=True, folder=folder).answer(Means())
    note = answer.note("detail")
    assert answer.conclusion is Conclusion.AS_CLAIMED
    return ledger.read(subject.ledger)[Part.CLAUSES], "" if note is None else str(note.fields["value"])


def test_a_run_that_was_cut_is_gone_on_with(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)

    found, said = written(evolve(subject, prepare=noticed_by(By.PITFALL, "TOY-1")), tmp_path)

    assert found == Account({By.PITFALL: 10}, {mutant.name: Survivor(By.NOTHING) for mutant in subject.mutants[:3]})
    assert said == "10 of 13 mutants are noticed or equivalent, 76.9 %; 3 were judged by an earlier run"


def test_what_was_judged_before_a_change_is_judged_again_and_forgotten(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)

    found, said = written(evolve(subject, prepare=noticed_by(By.PITFALL, "TOY-1"), digest=lambda: "tomorrow's"), tmp_path)

    assert (found, said) == (Account({By.PITFALL: 13}), "13 of 13 mutants are noticed or equivalent, 100.0 %")
    assert Judgements(subject, tmp_path).known() == {}


def test_judgements_before_and_after_a_change_in_one_folder_are_told_apart(subject: Subject, tmp_path: Path) -> None:
    later = evolve(subject, prepare=noticed_by(By.COUNTS, "one"), digest=lambda: "tomorrow's")
    cut(later, tmp_path, after=2)
    cut(subject, tmp_path, after=1)

    assert {record.by for record in Judgements(subject, tmp_path).known().values()} == {By.NOTHING}
    assert list(Judgements(later, tmp_path).known()) == [mutant.name for mutant in subject.mutants[:2]]


def test_a_run_that_writes_no_ledger_judges_everything(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)

    answer = MutantsQuestion(evolve(subject, prepare=noticed_by(By.PITFALL)), folder=tmp_path).answer(Means())

    assert answer.counts == {"mutants": 13, "noticed": 13}


@pytest.mark.parametrize(
    ("by", "digest"),
    [
        pytest.param(By.UNFINISHED, "today's", id="not decided"),
        pytest.param(By.NOTHING, None, id="of which it is not known on what it depends, or a file was written since the run began"),
    ],
)
def test_nothing_is_kept(by: By, digest: str | None, subject: Subject, tmp_path: Path) -> None:
    folder = tmp_path / "kept"

    cut(evolve(subject, prepare=noticed_by(by), digest=lambda: digest), folder, after=2)

    assert not folder.exists()
    assert Judgements(evolve(subject, digest=lambda: digest), folder).known() == {}


def test_a_line_that_was_cut_was_never_there_and_neither_is_a_folder_that_cannot_be_written(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)
    (file,) = tmp_path.glob("*.jsonl")
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")

    assert list(Judgements(subject, tmp_path).known()) == [mutant.name for mutant in subject.mutants[:2]]
    cut(subject, file / "below", after=1)
    assert Judgements(subject, file / "below").known() == {}


def test_a_judgement_of_a_machine_depends_on_its_proofs_and_one_of_clauses_on_the_pitfalls_of_all() -> None:
    every = tuple(map(protocol, ("barrier", "resource_pool")))
    machine, *_ = subjects(("barrier",), every)
    one, both = (next(each for each in subjects(("barrier",), given) if each.part is Part.CLAUSES) for given in (every[:1], every))

    assert machine.digest() == digest_of(every[0], "theorem") != digest_of(every[0], "pitfall")
    assert None is not one.digest() != both.digest() is not None


def test_a_ledger_that_is_written_changes_no_digest(tmp_path: Path) -> None:
    (tmp_path / "toys.mutants.json").write_text("{}", encoding="utf-8")
    (tmp_path / "ledger.json").write_text("{}", encoding="utf-8")

    assert sources._ledgers(tmp_path) == (tmp_path / "ledger.json",)
