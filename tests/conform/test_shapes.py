"""The schemas of the protocol are published, and are what adapters are judged by."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from concordant.checks.conform.session import read
from concordant.checks.conform.shapes import ANSWERS, COMMANDS, problems, schemas

ANSWERED: tuple[tuple[str, Any], ...] = (
    (
        "step",
        {"id": 1, "effects": [{"send": {"type": "Prepare"}, "to": "acceptor0"}], "armed": [{"own": "flush"}], "view": {"promised": None}},
    ),
    (
        "step",
        {"id": 1, "effects": [{"reply": None, "to": "user0"}, {"announce": 1}, {"deliver": 2, "from": "a0"}], "armed": [], "view": None},
    ),
    ("step", {"id": 1, "effects": [{"send": 1}], "armed": [], "view": None}),
    ("step", {"id": True, "effects": [], "armed": [], "view": None}),
    ("step", {"id": 1, "effects": [], "armed": []}),
    ("down", {"id": 1, "down": True}),
    ("down", {"id": 1, "down": 1}),
    ("error", {"id": 1, "error": {"message": "no", "traceback": "…"}}),
    ("skipped", {"id": 1, "skipped": True, "reason": "slow"}),
    (
        "hello",
        {
            "id": 1,
            "protocol": 1,
            "impl": {"name": "x"},
            "supports": [{"stem": "s", "roles": ["r"], "control": ["crash"], "observe": {"r": ["f"]}}],
        },
    ),
    ("hello", {"id": 1, "protocol": 1, "impl": {"name": "x"}, "supports": [{"stem": "s", "roles": ["r"], "control": ["fly"]}]}),
)


def test_the_schemas_in_the_wheel_are_those_of_the_code() -> None:
    folder = files("concordant.checks.conform")

    assert {name: json.loads(folder.joinpath(name).read_text()) for name in schemas()} == schemas()


@pytest.mark.parametrize(("kind", "answer"), ANSWERED)
def test_an_answer_is_judged_as_the_schema_says(kind: str, answer: Any) -> None:
    assert (next(problems(ANSWERS[kind], answer), None) is None) == jsonschema.Draft202012Validator(ANSWERS[kind]).is_valid(answer)


def test_every_command_has_a_schema_of_its_own() -> None:
    assert [schema["properties"]["do"]["const"] for schema in COMMANDS.values()] == list(COMMANDS)


def test_what_is_read_is_what_was_said() -> None:
    assert read(b' {"id": 1, "ok": true}\r') == {"id": 1, "ok": True}
