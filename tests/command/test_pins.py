"""Counts that a user pins: a model that changes silently is told, and only `--update-counts` changes the file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion, Note
from concordant.checks.misuse import Misuse
from concordant.checks.pins import FILE, Pins
from concordant.checks.reports.words import pin
from tests.command.test_own_protocols import LOCK, concordant

COUNTS = {"states": 3, "transitions": 2, "depth": 2, "members": 1}


def test_counts_are_pinned_once_and_another_model_is_not_as_claimed(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    pinned = concordant(tmp_path, "check", "lock.py", "--update-counts")
    assert (pinned.returncode, pinned.stdout.splitlines()[-1]) == (0, f"counts are pinned in {FILE}")
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8")) == {
        "format": "concordant-counts/1",
        "counts": {"scope:lock/two": COUNTS},
    }
    assert concordant(tmp_path, "check", "lock.py").returncode == 0

    (tmp_path / "lock.py").write_text(LOCK.replace('addresses("client", 2)', 'addresses("client", 3)'), encoding="utf-8")
    done = concordant(tmp_path, "check", "lock.py")

    assert done.returncode == 1
    assert (
        "3 states, 2 transitions are pinned, and 4 states, 3 transitions were found: the model, its scope or its clauses changed;"
        " where that is meant, --update-counts\n" in done.stdout
    )
    assert "scope two  other counts than expected" in done.stdout
    assert concordant(tmp_path, "check", "lock.py", "--update-counts").returncode == 0
    assert concordant(tmp_path, "check", "lock.py").returncode == 0


def test_a_pinned_scope_that_is_gone_is_told_and_left_out_when_counts_are_updated(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    concordant(tmp_path, "check", "lock.py", "--update-counts")
    (tmp_path / "lock.py").write_text(LOCK.replace("TWO = system()", "PAIR = system()"), encoding="utf-8")

    done = concordant(tmp_path, "check", "lock.py")

    assert done.returncode == 2
    assert (
        "concordant.lock.json pins scope:lock/two, which is asked no more; give the scope its name again, or --update-counts" in done.stderr
    )
    assert concordant(tmp_path, "check", "lock.py", "--update-counts").returncode == 0
    assert concordant(tmp_path, "check", "lock.py").returncode == 0


def test_what_nobody_has_pinned_is_told_as_its_scope_would_pin_it(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")

    assert (
        "its counts are not pinned; Counts(3, 2, 2) in the scope does that" in concordant(tmp_path, "check", "lock.py", "--verbose").stdout
    )


def test_counts_are_written_as_a_scope_or_a_grid_pins_them() -> None:
    many = {"states": 16_111, "transitions": 129_308, "depth": 18}

    assert pin(answer(counts={**many, "members": 1})) == "Counts(16_111, 129_308, 18)"
    assert pin(answer(counts={**many, "members": 7})) == "Counts(16_111, 129_308, 18, members=7)"
    assert pin(answer(counts={"profiles": 12, "runs": 1_234, "cases": 40})) == "Profiles(12, 1_234, 40)"


def test_protocols_of_ours_keep_their_counts_in_their_scopes(tmp_path: Path) -> None:
    done = concordant(tmp_path, "check", "majority_vote", "--update-counts")

    assert done.returncode == 2
    assert "those of majority_vote stand in checks/concordant/checks/scopes; pin there what --verbose prints" in done.stderr
    assert list(tmp_path.glob(FILE)) == []


def answer(**others: object) -> Answer:
    return Answer("scope:lock/two", "lock", "", Conclusion.AS_CLAIMED, **{"counts": COUNTS, **others})  # type: ignore[arg-type]  # by name


def test_only_answers_that_went_to_their_end_and_have_no_pins_of_their_own_are_pinned() -> None:
    assert Pins().updated([answer()]) == Pins({"scope:lock/two": COUNTS})
    assert Pins().updated([answer(stopped="after 3 s"), answer(expected=COUNTS), answer(counts={})]) == Pins()


def test_what_a_scope_pins_itself_and_walks_are_left_alone() -> None:
    pins = Pins({"scope:lock/two": {**COUNTS, "states": 4}})

    assert pins.applied(answer()).expected == {**COUNTS, "states": 4}
    assert pins.applied(answer(expected=COUNTS)).expected == COUNTS
    assert pins.applied(answer(notes=(Note("sampled"),))).expected is None


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "concordant-counts/1", "counts": {"a": {"states": "3"}}}'])
def test_a_file_that_cannot_be_understood_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=re.escape("write it anew with --update-counts")):
        Pins.read(tmp_path / FILE)
