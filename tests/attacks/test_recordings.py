"""Attacks on recordings: what was sent or done is taken for something that Python calls equal, or a name is passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.answers import Conclusion
from concordant.checks.misuse import Misuse
from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means
from concordant.checks.validating.spans import logs_of
from concordant.spec.common.consistency.deliveries import PROMISES


def judged(folder: Path, kind: str, promise: str, *lines: dict[str, Any]) -> Conclusion:
    """Judge a recording of these lines."""
    file = folder / "recorded"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return HistoryQuestion.of(kind, promise, file, 1_000).answer(Means()).conclusion


@pytest.mark.parametrize("promise", PROMISES)
def test_a_message_is_not_delivered_since_one_is_that_equals_it(tmp_path: Path, promise: str) -> None:
    sent = {"process": 0, "type": "send", "value": [1]}

    assert judged(tmp_path, "messages", promise, sent, {"process": 1, "type": "deliver", "value": [1]}) is Conclusion.AS_CLAIMED
    assert judged(tmp_path, "messages", promise, sent, {"process": 1, "type": "deliver", "value": [True]}) is Conclusion.NOT_AS_CLAIMED


def test_whoever_says_from_and_to_in_every_line_says_to_whom_a_message_goes(tmp_path: Path) -> None:
    way = {"from": "ann", "to": "bob", "value": 1}
    lines = {"process": "ann", "type": "send", **way}, {"process": "bob", "type": "deliver", **way}

    assert judged(tmp_path, "messages", "exactly-once", *lines) is Conclusion.AS_CLAIMED
    with pytest.raises(Misuse, match="line 1: it is from 'ann', while process 'bob' is the sender"):
        judged(tmp_path, "messages", "exactly-once", {**lines[0], "process": "bob"})


@pytest.mark.parametrize(
    ("kind", "f", "value"), [("counter", "add", True), ("counter", "add", "a"), ("text", "append", 1), ("text", "put", 1)]
)
def test_nothing_is_added_that_is_no_number_nor_appended_that_is_no_text(tmp_path: Path, kind: str, f: str, value: object) -> None:
    with pytest.raises(Misuse, match=f"line 1: {value!r} is no"):
        judged(tmp_path, kind, "linearizable", *({"process": 0, "type": each, "f": f, "value": value} for each in ("invoke", "ok")))


def test_what_a_function_says_of_a_span_is_not_passed_over_since_it_is_misspelt() -> None:
    span = {"name": "wait", "startTimeUnixNano": "1", "endTimeUnixNano": "2"}
    exports = [{"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}]

    with pytest.raises(Misuse, match="--map: of 'wait' it says 'concordant_answer', which would be passed over"):
        logs_of(exports, lambda _, __: {"concordant_answer": {"type": "Passed"}})
