"""A run that was cut is gone on with, and no judgement is taken that something has changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.cache import judgements, sources
from concordant.checks.cache.judgements import Judgements, digest_of_subject
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import judged
from concordant.checks.mutation.ledger import Account, Survivor
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.subjects import Part, Subject, subjects
from concordant.checks.questions.mutants import MutantsQuestion
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocol
from tests.mutation import toys

Prepare: TypeAlias = Callable[[bool], Callable[[Mutant], Record]]
ItIs: TypeAlias = Callable[[str | None], None]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> ItIs:
    """Return what changes all that judgements depend on."""
    return lambda digest: monkeypatch.setattr(judgements, "digest_of", lambda protocol, kind: digest)  # noqa: ARG005


@pytest.fixture
def subject(tmp_path: Path, it_is: ItIs) -> Subject:
    """Return the weakened clauses of the toys, none of which anything notices."""
    it_is("today")
    *_, of_clauses = subjects((), (Protocol.of_modules("toys", toys),))
    return evolve(of_clauses, ledger=tmp_path / "toys.mutants.json", prepare=noticed_by(By.NOTHING))


def noticed_by(by: By) -> Prepare:
    """Return how mutants are judged of which each is noticed by the same."""
    return lambda _: lambda mutant: Record(mutant.stem, mutant.name, by)


def cut(subject: Subject, folder: Path, after: int) -> None:
    """Judge the first few mutants, and no more."""
    judged(subject, subject.mutants[:after], 1, hear=Judgements(subject, folder).keep)


def written(subject: Subject, folder: Path) -> tuple[Account, str]:
    """Write the ledger, and return it, without its seal, with what is said of it."""
    answer = MutantsQuestion(subject, write=True, folder=folder).answer(Means())
    note = answer.note("detail")
    assert answer.conclusion is Conclusion.AS_CLAIMED
    return evolve(ledger.read(subject.ledger)[Part.CLAUSES], seal=""), "" if note is None else str(note.fields["value"])


def test_a_run_that_was_cut_is_gone_on_with(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)

    found, said = written(evolve(subject, prepare=noticed_by(By.PITFALL)), tmp_path)

    assert found == Account({By.PITFALL: 10}, {mutant.name: Survivor(By.NOTHING) for mutant in subject.mutants[:3]})
    assert said == "10 of 13 mutants are noticed or equivalent, 76.9 %; 3 were judged by an earlier run"


def test_what_was_judged_before_a_change_is_judged_again_and_forgotten(subject: Subject, tmp_path: Path, it_is: ItIs) -> None:
    cut(subject, tmp_path, after=3)
    it_is("tomorrow")

    found, said = written(evolve(subject, prepare=noticed_by(By.PITFALL)), tmp_path)

    assert (found, said) == (Account({By.PITFALL: 13}), "13 of 13 mutants are noticed or equivalent, 100.0 %")
    it_is("today")
    assert Judgements(subject, tmp_path).known() == {}


def test_judgements_before_and_after_a_change_in_one_folder_are_told_apart(subject: Subject, tmp_path: Path, it_is: ItIs) -> None:
    cut(evolve(subject, prepare=noticed_by(By.COUNTS)), tmp_path, after=2)
    it_is("tomorrow")
    cut(subject, tmp_path, after=1)

    assert [record.by for record in Judgements(subject, tmp_path).known().values()] == [By.NOTHING]
    it_is("today")
    assert [record.by for record in Judgements(subject, tmp_path).known().values()] == [By.COUNTS] * 2


def test_a_run_that_writes_no_ledger_judges_everything_itself(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)

    answer = MutantsQuestion(evolve(subject, prepare=noticed_by(By.PITFALL)), folder=tmp_path).answer(Means())

    assert answer.counts == {"mutants": 13, "noticed": 13}


@pytest.mark.parametrize(
    ("by", "digest"),
    [
        pytest.param(By.UNFINISHED, "today", id="not decided"),
        pytest.param(By.NOTHING, None, id="of which it is not known what it depends on, or that was written since the run began"),
    ],
)
def test_nothing_is_kept(by: By, digest: str | None, subject: Subject, tmp_path: Path, it_is: ItIs) -> None:
    it_is(digest)

    cut(evolve(subject, prepare=noticed_by(by)), tmp_path / "kept", after=2)

    assert not (tmp_path / "kept").exists()
    assert Judgements(subject, tmp_path / "kept").known() == {}


def test_a_line_that_was_cut_was_never_there_and_nothing_is_kept_where_nothing_can_be_written(subject: Subject, tmp_path: Path) -> None:
    cut(subject, tmp_path, after=3)
    (file,) = tmp_path.glob("*.jsonl")
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")

    assert list(Judgements(subject, tmp_path).known()) == [mutant.name for mutant in subject.mutants[:2]]
    cut(subject, file / "below", after=1)
    assert Judgements(subject, file / "below").known() == {}


def test_a_judgement_of_a_machine_depends_on_its_proofs_and_one_of_clauses_on_the_pitfalls_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def noting(protocol: Protocol, kind: str) -> str:
        asked.append((protocol.stem, kind))
        return kind

    monkeypatch.setattr(judgements, "digest_of", noting)
    every = tuple(map(protocol, ("barrier", "resource_pool")))

    assert all(map(digest_of_subject, subjects(("barrier",), every)))

    assert asked == [("barrier", "theorem"), ("barrier", "pitfall"), ("resource_pool", "pitfall")]


def test_a_ledger_of_mutants_that_is_written_changes_nothing_that_answers_depend_on(tmp_path: Path) -> None:
    (tmp_path / "toys.mutants.json").write_text("{}", encoding="utf-8")
    (tmp_path / "ledger.json").write_text("{}", encoding="utf-8")

    assert sources._ledgers(tmp_path) == (tmp_path / "ledger.json",)
