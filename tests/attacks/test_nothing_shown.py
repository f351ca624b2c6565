"""Files from which what decides was taken out: what nothing is shown of is not as promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.misuse import Misuse
from concordant.checks.pins import Pins
from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means
from tests.command.test_pytest_plugin import LOCK, run

ASKED = '{"process": 0, "type": "invoke", "f": "write", "key": "x", "value": 1}\n'
UNKNOWN = '{"process": 0, "type": "info", "f": "write", "key": "x", "value": 1}\n'
SENT = '{"process": 0, "type": "send", "value": 1}\n'


@pytest.mark.parametrize(
    ("kind", "promise", "text"),
    [("register", "linearizable", ASKED), ("register", "sequential", ASKED + UNKNOWN), ("messages", "fifo", SENT)],
    ids=["asked alone", "nobody knows", "sent alone"],
)
def test_a_recording_without_an_answer_is_undecided(tmp_path: Path, kind: str, promise: str, text: str) -> None:
    (tmp_path / "recorded").write_text(text, encoding="utf-8")

    found = HistoryQuestion.of(kind, promise, tmp_path / "recorded", 1_000).answer(Means())

    assert found.conclusion is Conclusion.UNDECIDED


def test_an_operation_that_ends_on_another_object_than_it_began_is_refused(tmp_path: Path) -> None:
    (tmp_path / "recorded").write_text(ASKED + ASKED.replace("invoke", "ok").replace('"x"', '"y"'), encoding="utf-8")

    with pytest.raises(Misuse, match=re.escape("line 2: process 0 ends 'y', and asked about 'x' in line 1")):
        HistoryQuestion.of("register", "linearizable", tmp_path / "recorded", 1_000)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ASKED + ASKED.replace("invoke", "ok").replace("1}", "2}"), "line 2: it ends write of 2, and line 1 asked for 1"),
        (ASKED + UNKNOWN + ASKED, "line 3: process 0 asks again, and nobody knows how what it asked before line 2 ended"),
        (ASKED.replace("1}", '1, "value": 2}'), "it has a field twice, of process, type, f, key, value, value"),
    ],
    ids=["another value", "asks again", "two values"],
)
def test_a_recording_that_says_two_things_at_once_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "recorded").write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=re.escape(says)):
        HistoryQuestion.of("register", "linearizable", tmp_path / "recorded", 1_000)


@pytest.mark.parametrize("pinned", [{}, {"depth": 2}], ids=["none", "one"])
def test_a_scope_of_which_the_file_pins_only_some_counts_is_not_as_pinned(pinned: dict[str, int]) -> None:
    counts = {"states": 3, "transitions": 2, "depth": 2, "members": 1}
    answer = Answer("scope:lock/two", "lock", "", Conclusion.AS_CLAIMED, counts=counts)

    assert not Pins({"scope:lock/two": pinned}).applied(answer).as_expected


def test_pytest_tells_too_that_a_pinned_scope_is_gone(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    text = '{"format": "concordant-counts/1", "counts": {"scope:lock/pair": {"states": 3}}}'
    (tmp_path / "concordant.lock.json").write_text(text, encoding="utf-8")

    done = run(tmp_path, "lock.py")

    assert done.returncode != 0
    assert "pins scope:lock/pair, which is asked no more" in done.stdout
