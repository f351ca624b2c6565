"""The page on models is true: its listings are the files that are tested here, and its command prints what it shows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.test_tutorial import blocks, pattern, printed, transcripts

HERE = Path(__file__).parent


def test_each_listing_is_a_file_that_is_tested_and_each_command_prints_what_the_page_shows(tmp_path: Path) -> None:
    listed = [text for kind, text in blocks("models.md") if kind == "python"]
    shown = [each for kind, text in blocks("models.md") if kind == "console" for each in transcripts(text)]

    for name, text in zip(("die_hard", "bounded_queue", "two_phase"), listed, strict=True):
        assert (HERE / f"{name}.py").read_text(encoding="utf-8") == text
        shutil.copy(HERE / f"{name}.py", tmp_path)
    for command, expected in shown:
        output = printed(command, tmp_path)
        assert re.fullmatch(pattern(expected), output), f"{command} prints\n{output}"
    assert len(shown) == 1


@pytest.mark.thorough
def test_reports_tell_the_run_of_a_model(tmp_path: Path) -> None:
    shutil.copy(HERE / "die_hard.py", tmp_path)

    output = printed("concordant check die_hard.py:MODEL --report json=run.json --report html=run.html --report junit=run.xml", tmp_path)

    assert output.startswith("die_hard  VIOLATED")
    (verdict,) = next(each["verdicts"] for each in json.loads((tmp_path / "run.json").read_text())["answers"] if each["verdicts"])
    assert [frame["said"] for frame in verdict["trace"]][:2] == ["fill_big", "big_to_small"]
    assert verdict["trace"][0]["changes"] == [{"who": "big", "field": "", "before": 0, "after": 5}]
    assert "big_to_small" in (tmp_path / "run.html").read_text()
    assert "nobody_has_four" in (tmp_path / "run.xml").read_text()


@pytest.mark.thorough
def test_each_clause_of_a_model_is_a_test_for_pytest(tmp_path: Path) -> None:
    shutil.copy(HERE / "die_hard.py", tmp_path)

    output = printed("pytest -p no:cacheprovider -q die_hard.py", tmp_path)

    assert "1 failed, 3 passed" in output
    assert "6  big_to_small" in output
