"""Spans of OpenTelemetry are logs: the same run is explained or not, whichever way it was written down."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means
from concordant.checks.questions.validation import ValidationQuestion
from concordant.checks.registry import protocol
from concordant.checks.validating.spans import attributes, logs_of

Json = dict[str, Any]


def given(**values: object) -> list[Json]:
    return [{"key": f"concordant.{name}", "value": {"stringValue": value}} for name, value in values.items()]


def call(party: int, start: int, end: int, answer: Json | None) -> Json:
    asked = json.dumps({"type": "Arrive", "party": f"party{party}"})
    told = {} if answer is None else {"answer": json.dumps(answer)}
    times = {"startTimeUnixNano": str(start), "endTimeUnixNano": str(end)}
    return {"name": "wait", **times, "attributes": given(at=f"party{party}", asks=asked, of="barrier0", **told)}


def exported(*spans: Json, resource: str = "app") -> Json:
    named = {"attributes": [{"key": "service.name", "value": {"stringValue": resource}}]}
    return {"resourceSpans": [{"resource": named, "scopeSpans": [{"spans": list(spans)}]}]}


def validated(folder: Path, text: str, stem: str = "barrier", scope: str = "three") -> Answer:
    (folder / "spans.json").write_text(text)
    return ValidationQuestion.of(protocol(stem), scope, (folder / "spans.json",)).answer(Means(None))


def passed(round: int) -> Json:
    return {"type": "Passed", "round": round}


OTHER = {"name": "GET /", "startTimeUnixNano": "1", "endTimeUnixNano": "9", "attributes": []}


@pytest.mark.parametrize("indent", [None, 1])
def test_calls_in_spans_are_explained_whatever_the_order_of_export(indent: int | None, tmp_path: Path) -> None:
    spans = (call(2, 30, 50, passed(1)), OTHER, call(0, 10, 40, passed(1)), call(1, 20, 45, passed(1)))

    answer = validated(tmp_path, json.dumps(exported(*spans), indent=indent))

    assert (answer.conclusion, answer.word, answer.counts["lines"]) == (Conclusion.AS_CLAIMED, "explained", 6)


def test_who_passes_before_the_last_has_come_is_not_explained(tmp_path: Path) -> None:
    spans = (call(0, 10, 25, passed(1)), call(1, 20, 45, passed(1)), call(2, 30, 50, passed(1)))

    answer = validated(tmp_path, json.dumps(exported(*spans)))

    assert (answer.conclusion, answer.word) == (Conclusion.NOT_AS_CLAIMED, "not explained")
    assert '  spans.json, line 3: party0 answer {"type": "Passed", "round": 1}' in str(answer.note("problem"))


def test_each_resource_has_a_clock_of_its_own(tmp_path: Path) -> None:
    early, late = call(0, 10, 25, passed(1)), (call(1, 20, 45, passed(1)), call(2, 30, 50, passed(1)))
    lines = (exported(early, resource="first"), exported(*late, resource="second"))

    answer = validated(tmp_path, "\n".join(map(json.dumps, lines)))

    assert (answer.conclusion, answer.word) == (Conclusion.AS_CLAIMED, "explained")


def test_events_of_spans_are_lines_at_the_process_that_the_event_the_span_or_the_resource_names() -> None:
    def event(time: int, **values: str) -> Json:
        return {"name": "happening", "timeUnixNano": time, "attributes": given(**values)}

    span = {"attributes": given(at="barrier0"), "events": [event(7, event='{"type": "Broke"}'), event(5, at="party0", crash="true"), OTHER]}

    assert logs_of([exported(span)]) == [[{"at": "party0", "crash": True}, {"at": "barrier0", "event": {"type": "Broke"}}]]


def test_attributes_of_every_kind_are_read() -> None:
    kinds = {
        "kvlistValue": {"values": [{"key": "round", "value": {"intValue": "2"}}]},
        "arrayValue": {"values": [{"boolValue": True}, {"doubleValue": 0.5}, {}]},
    }

    found = attributes({"attributes": [{"key": kind, "value": {kind: value}} for kind, value in kinds.items()]})

    assert found == {"kvlistValue": {"round": 2}, "arrayValue": [True, 0.5, None]}


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (exported(), "has no line to explain"),
        (exported({"attributes": given(asks="{}")}), "startTimeUnixNano"),
        (exported({"startTimeUnixNano": "1", "attributes": given(asks="{}")}), "concordant.at is missing, of what tells asks or of"),
        ({"resourceSpans": [1]}, "holds no spans as OTLP exports them"),
    ],
)
def test_spans_that_cannot_be_read_are_misuse(export: Json, said: str, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=said):
        validated(tmp_path, json.dumps(export))


MEANING = """
def meaning(name, known):
    if name != "barrier.wait":
        return {}
    party = f"party{known['thread.id']}"
    asks, answer = {"type": "Arrive", "party": party}, {"type": "Passed", "round": known["round"]}
    return {"concordant.at": party, "concordant.of": "barrier0", "concordant.asks": asks, "concordant.answer": answer}


def no_record(name, known):
    return None


def broken(name, known):
    return known["no such attribute"]
"""


def waited(thread: int, start: int, end: int) -> Json:
    known = [{"key": name, "value": {"intValue": str(value)}} for name, value in (("thread.id", thread), ("round", 1))]
    return {"name": "barrier.wait", "startTimeUnixNano": str(start), "endTimeUnixNano": str(end), "attributes": known}


@pytest.fixture
def mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    (tmp_path / "meaning.py").write_text(MEANING)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "meaning", raising=False)

    def ask(text: str, mapping: str = "meaning:meaning") -> Answer:
        (tmp_path / "spans.json").write_text(text)
        return ValidationQuestion.of(protocol("barrier"), "three", (tmp_path / "spans.json",), mapping).answer(Means(None))

    return ask


@pytest.mark.parametrize(("last", "word"), [(30, "explained"), (60, "not explained")])
def test_a_function_says_what_spans_mean_that_have_no_attributes_of_ours(mapped: Callable[..., Answer], last: int, word: str) -> None:
    answer = mapped(json.dumps(exported(waited(0, 10, 50), OTHER, waited(1, 20, 50), waited(2, last, last + 20))))

    assert (answer.word, answer.counts["lines"]) == (word, 6)
    assert "--scope three --map meaning:meaning" in str(answer.note("asked"))


@pytest.mark.parametrize(
    ("text", "mapping", "said"),
    [
        (
            json.dumps(exported(OTHER)),
            "meaning:nothing",
            "--map meaning:nothing names no function: module 'meaning' has no attribute 'nothing'",
        ),
        (json.dumps(exported(OTHER)), "no_such_module:meaning", "names no function: No module named 'no_such_module'"),
        (json.dumps(exported(OTHER)), "meaning:no_record", "--map: of 'GET /' it raised TypeError"),
        (json.dumps(exported(OTHER)), "meaning:broken", "--map: of 'GET /' it raised KeyError"),
        ('{"at": "party0", "answer": {}}', "meaning:meaning", "spans.json holds no spans, which --map is for"),
    ],
)
def test_a_function_that_says_nothing_of_them_is_misuse(mapped: Callable[..., Answer], text: str, mapping: str, said: str) -> None:
    with pytest.raises(Misuse, match=re.escape(said)):
        mapped(text, mapping)
