"""Ledgers of mutants that say more than was judged: each time a survivor would have been hidden, or a judgement outlived what it was about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

from concordant.checks.cache import ground, imports, sources
from concordant.checks.cache.ground import ground_of
from concordant.checks.mutation import ledger
from concordant.checks.mutation.ledger import Account, Survivor, seal_of
from concordant.checks.mutation.records import By
from concordant.checks.mutation.subjects import Part

MUTANTS = ("f: a → b", "f: b → c", "f: c → d")
JUDGED = Account({By.CLAUSE: 1}, {"f: b → c": Survivor(By.NOTHING), "f: c → d": Survivor(By.COUNTS)})
CACHED = (sources._file, imports.hash_of, ground._digest)
SEALED = evolve(JUDGED, seal=seal_of(JUDGED, MUTANTS), ground="1234")


def is_as_written(found: Account) -> bool:
    return found.seal == seal_of(found, MUTANTS)


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(evolve(SEALED, survivors={"f: b → c": Survivor(By.NOTHING)}, noticed={By.CLAUSE: 2}), id="a survivor that is deleted"),
        pytest.param(evolve(SEALED, survivors={"f: b → c": Survivor(By.NOTHING)}, void=1), id="a survivor that is no weakening"),
        pytest.param(evolve(SEALED, survivors={**SEALED.survivors, "f: b → c": Survivor(By.COUNTS)}), id="a survivor that counts notice"),
        pytest.param(evolve(SEALED, noticed={By.THEOREM: 1}), id="a theorem that notices"),
    ],
)
def test_a_ledger_that_is_changed_by_hand_is_noticed(forged: Account) -> None:
    assert forged.all + forged.void == len(MUTANTS)
    assert not is_as_written(forged)


def test_a_reason_is_given_by_hand_and_what_is_written_is_read_with_its_seal(tmp_path: Path) -> None:
    reasoned = evolve(SEALED, survivors={**SEALED.survivors, "f: b → c": Survivor(By.NOTHING, accepted="It will do.")})

    ledger.write(tmp_path / "toys.mutants.json", {Part.MACHINE: reasoned})

    assert ledger.read(tmp_path / "toys.mutants.json") == {Part.MACHINE: reasoned}
    assert is_as_written(reasoned)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], str]]:
    """Return what writes the spec and the pitfalls of a stem, and tells the ground of its clauses."""
    names = {f"concordant.{each}.voting.poll": tmp_path / f"{each}.py" for each in ("spec", "pitfalls")}
    for module in (ground, sources):
        monkeypatch.setattr(module, "our_modules", lambda: names)
    monkeypatch.setattr(ground, "protocols_by_stem", lambda: {"poll": None})

    def ground_with(spec: str, pitfalls: str) -> str:
        for cached in CACHED:
            cached.cache_clear()
        for each, text in (("spec", spec), ("pitfalls", pitfalls)):
            (tmp_path / f"{each}.py").write_text(text, encoding="utf-8")
        return ground_of("poll", Part.CLAUSES, tmp_path / "voting" / "poll.mutants.json")

    yield ground_with
    for cached in CACHED:
        cached.cache_clear()


def test_a_judgement_on_what_has_changed_since_is_told(put: Callable[[str, str], str]) -> None:
    before = put("VOTERS = 3\n", "")

    assert put("VOTERS = 4\n", "") != before
    assert put("VOTERS = 3\n", "LATE = True\n") != before
    assert put('"""A poll."""\n\n# three will do\nVOTERS = 3\n', "") == before


def test_of_what_is_not_ours_no_ground_is_known(tmp_path: Path) -> None:
    assert ground_of("no_such_stem", Part.MACHINE, tmp_path / "toys.mutants.json") == ""
