"""Attacks on the validation of logs: an answer is explained by another call than the one that was answered so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.answers import Answer
from concordant.checks.misuse import Misuse
from tests.validating.test_spans import call, exported, passed, validated

FIRST = (call(0, 10, 15, None), call(1, 20, 45, passed(1)), call(2, 30, 50, passed(1)))
LATER = (call(1, 120, 145, passed(2)), call(2, 130, 150, passed(2)))


def asks(party: int, **named: object) -> dict[str, Any]:
    return {"at": f"party{party}", "asks": {"type": "Arrive", "party": f"party{party}"}, "of": "barrier0", **named}


def answer(party: int, round: int, **named: object) -> dict[str, Any]:
    return {"at": f"party{party}", "answer": passed(round), **named}


def told(folder: Path, *lines: dict[str, Any]) -> Answer:
    return validated(folder, "\n".join(map(json.dumps, lines)))


@pytest.mark.parametrize(("round", "word"), [(2, "explained"), (1, "not explained")])
def test_the_answer_of_a_span_is_not_explained_by_an_earlier_call_that_nobody_answered(tmp_path: Path, round: int, word: str) -> None:
    assert validated(tmp_path, json.dumps(exported(*FIRST, call(0, 110, 140, passed(round)), *LATER))).word == word


@pytest.mark.parametrize(("named", "word"), [({}, "explained"), ({"call": "b"}, "not explained"), ({"call": "a"}, "explained")])
def test_an_answer_that_says_of_which_call_it_is_is_explained_by_no_other(tmp_path: Path, named: dict[str, str], word: str) -> None:
    others = [line for party in (1, 2) for line in (asks(party), answer(party, 1))]
    lines = (asks(0, call="a"), others[0], others[2], others[1], others[3], asks(0, call="b"), asks(1), asks(2), answer(0, 1, **named))

    assert told(tmp_path, *lines).word == word


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((asks(0, call=1), answer(0, 1, call=1), answer(0, 1, call=1)), "line 3: party0 is answered twice in call 1; give each call"),
        ((asks(0, call=1), asks(0, call=1)), "line 2: party0 asks twice in call 1; give each call its own name"),
        ((asks(0, call=1), answer(0, 1, call=2)), "line 2: party0 is answered in call 2, and has asked nothing in it"),
        ((asks(0, call=1), asks(1, call=2), answer(1, 1, call=1)), "line 3: party1 is answered in call 1, and has asked nothing in it"),
        ((asks(0, call=True),), "line 1: call is True; it names a call by a text or a number"),
    ],
)
def test_a_call_is_answered_once_and_by_an_answer_of_its_own(tmp_path: Path, lines: tuple[dict[str, Any], ...], said: str) -> None:
    with pytest.raises(Misuse, match=said):
        told(tmp_path, *lines)
