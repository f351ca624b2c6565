"""Files from which what decides was taken out: what nothing is shown of is not as promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.misuse import Misuse
from concordant.checks.mutation import ledger
from concordant.checks.pins import Pins
from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means
from concordant.checks.questions.validation import ValidationQuestion
from concordant.checks.registry import protocol
from concordant.checks.reports.words import note_lines
from tests.command.test_pytest_plugin import LOCK, run

ASKED = '{"process": 0, "type": "invoke", "f": "write", "key": "x", "value": 1}\n'
READ = '{"process": 1, "type": "invoke", "f": "read", "key": "x", "value": null}\n'
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


@pytest.mark.parametrize(
    ("kind", "promise", "text", "says"),
    [
        ("register", "linearizable", ASKED.replace("value", "worth"), "line 1: write is asked without a value"),
        (
            "register",
            "linearizable",
            READ + READ.replace("invoke", "ok").replace("null", "7").replace("value", "worth"),
            "line 2: read ends without the value that it was answered, which may be null",
        ),
        ("messages", "fifo", SENT.replace("value", "worth"), "line 1: it has no value, which is the message"),
    ],
)
def test_a_value_whose_name_is_misspelt_is_not_taken_for_none(tmp_path: Path, kind: str, promise: str, text: str, says: str) -> None:
    (tmp_path / "recorded").write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=re.escape(says)):
        HistoryQuestion.of(kind, promise, tmp_path / "recorded", 1_000)


@pytest.mark.parametrize("pinned", [{}, {"depth": 2}], ids=["none", "one"])
def test_a_scope_of_which_the_file_pins_only_some_counts_is_not_as_pinned(pinned: dict[str, int]) -> None:
    counts = {"states": 3, "transitions": 2, "depth": 2, "members": 1}
    answer = Answer("scope:lock/two", "lock", "", Conclusion.AS_CLAIMED, counts=counts)

    found = Pins({"scope:lock/two": pinned}).applied(answer)

    assert not found.as_expected
    assert "no members are pinned, and" in "\n".join(note_lines(found))


def test_pytest_tells_too_that_a_pinned_scope_is_gone(tmp_path: Path) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    text = '{"format": "concordant-counts/1", "counts": {"scope:lock/pair": {"states": 3}}}'
    (tmp_path / "concordant.lock.json").write_text(text, encoding="utf-8")

    done = run(tmp_path, "lock.py")

    assert done.returncode != 0
    assert "pins scope:lock/pair, which is asked no more" in done.stdout


ARRIVES = '{"at": "party0", "asks": {"type": "Arrive", "party": "party0"}, "of": "barrier0"}\n'


def validated(folder: Path, text: str) -> ValidationQuestion:
    (folder / "log").write_text(text, encoding="utf-8")
    return ValidationQuestion.of(protocol("barrier"), "three", (folder / "log",))


def test_a_log_of_calls_of_which_nobody_says_what_became_is_undecided(tmp_path: Path) -> None:
    assert validated(tmp_path, ARRIVES).answer(Means()).conclusion is Conclusion.UNDECIDED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"at": "party0", "answer": {"type": "Broken"}, "answer": {"type": "Passed"}}', "it has a field twice, of at, answer, answer"),
        ('{"at": "barrier0", "crash": true, "answer_": {"type": "Passed"}}', "its field 'answer_' is none of at, crash"),
        ('{"at": "barrier0", "event": {"type": "Breaks"}}', "its type is one of the protocol"),
        ('{"at": "barrier0", "event": {"type": ["Broke"]}}', "its type is one of the protocol"),
    ],
    ids=["two answers", "misspelt", "no event", "no name"],
)
def test_a_line_of_a_log_that_is_not_read_whole_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Misuse, match=f"line 2: .*{re.escape(says)}"):
        validated(tmp_path, ARRIVES + text + "\n")


@pytest.mark.parametrize("header", ['{"record": ["Broke"]}', '{"records": "Broke"}', '{"records": ["Breaks"]}', '{"complete": 0}'])
def test_a_first_line_that_is_misspelt_does_not_leave_events_out(tmp_path: Path, header: str) -> None:
    with pytest.raises(Misuse, match="line 1: "):
        validated(tmp_path, f"{header}\n{ARRIVES}")


ASKS = '{"key": "concordant.asks", "value": {"stringValue": "{\\"type\\": \\"Arrive\\", \\"party\\": \\"party0\\"}"}}'
AT, OF = (
    f'{{"key": "concordant.{name}", "value": {{"stringValue": "{value}"}}}}' for name, value in (("at", "party0"), ("of", "barrier0"))
)
ANSWERS = '{"key": "concordant.answer", "value": {"stringValue": "{\\"type\\": \\"Passed\\"}"}}'


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ([AT, ANSWERS], "answers nothing that was asked"),
        ([AT, OF, ASKS, ANSWERS.replace("answer", "answers")], "concordant.answers is none of"),
        ([AT, OF, ASKS, ANSWERS.replace("Passed", "Broken"), ANSWERS], "a field twice"),
    ],
    ids=["no call", "misspelt", "two answers"],
)
def test_a_span_whose_answer_would_be_passed_over_is_refused(tmp_path: Path, attributes: list[str], says: str) -> None:
    span = f'{{"attributes": [{", ".join(attributes)}], "startTimeUnixNano": "1", "endTimeUnixNano": "2"}}'

    with pytest.raises(Misuse, match=says):
        validated(tmp_path, f'{{"resourceSpans": [{{"scopeSpans": [{{"spans": [{span}]}}]}}]}}')


@pytest.mark.parametrize("reason", ["", " ", "equivalent", "It is so", 'It is so.", "accepted": "So be it.'])
def test_a_survivor_is_not_equivalent_without_a_word(tmp_path: Path, reason: str) -> None:
    text = f'{{"machine": {{"void": 0, "noticed": {{}}, "survivors": {{"f: a → b": {{"by": "nothing", "equivalent": "{reason}"}}}}}}}}'
    (tmp_path / "toys.mutants.json").write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=r"f: a → b: equivalent is .*; say why in a sentence"):
        ledger.read(tmp_path / "toys.mutants.json")
