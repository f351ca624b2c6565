"""The JSON Schema of reports against reports of every kind of question, and against the code that writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from concordant.checks import exit_codes
from concordant.checks.answers import Conclusion
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.questions.question import Means, question
from concordant.checks.registry import protocol
from concordant.checks.reports.json_report import as_json
from concordant.checks.reports.reporter import Run
from concordant.checks.running import decided

SCHEMA = json.loads(files("concordant.checks.reports").joinpath("concordant-report-2.schema.json").read_text(encoding="utf-8"))
QUESTIONS = (
    "scope:unanimous_consent/in_time",
    "profiles:vickrey_auction/fractions",
    "pitfall:unanimous_consent/UNA-2",
    "pitfall:vickrey_auction/SPA-2",
    "known_violation:two_phase_commit/two_phase_commit.nobody_is_blocked",
    "known_violation:first_price_sealed_bid/FPA-7",
    "theorem:quorums/quorums.majorities_meet",
    "family:stage_executor/kinds_of_two",
)


def written(means: Means, *ids: str) -> Any:
    answers = tuple(decided(question(id), means) for id in ids)
    return json.loads(json.dumps(as_json(Run(("check",), answers, interrupted=False, seconds=1.5, exit_code=0, whole=True))))


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_report_meets_its_schema(id: str) -> None:
    report = written(Means(), id)

    assert report["answers"][0]["verdicts"] or id.startswith("theorem")
    jsonschema.validate(report, SCHEMA)


def test_a_run_with_values_that_are_not_of_the_declared_types_is_told_in_words() -> None:
    report = written(Means(), "pitfall:fifo_ordering/FIF-12")

    jsonschema.validate(report, SCHEMA)
    (verdict,) = report["answers"][0]["verdicts"]
    assert verdict["trace"] is None
    assert "node1 receives Numbered(0, '0', 'a') from node0" in verdict["facts"]["run"]


def test_a_report_with_a_breakdown_meets_its_schema() -> None:
    report = written(Means(breakdown=True, engine="tabulated"), "scope:unanimous_consent/in_time")

    assert report["answers"][0]["breakdown"]["slots"]
    jsonschema.validate(report, SCHEMA)


def test_the_schema_leaves_nothing_out_and_lets_nothing_unknown_in() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    notes = SCHEMA["$defs"]["answer"]["properties"]["notes"]["items"]  # every code has fields of its own

    for each in objects(SCHEMA):
        if each is not notes:
            assert (each["required"], each["additionalProperties"]) == (list(each["properties"]), False)


def test_a_report_that_lacks_a_key_is_refused() -> None:
    report = written(Means(), "pitfall:unanimous_consent/UNA-2")
    del report["answers"][0]["verdicts"][0]["trace"][0]["in_flight"]

    with pytest.raises(jsonschema.ValidationError, match="'in_flight' is a required property"):
        jsonschema.validate(report, SCHEMA)


def test_the_words_of_the_schema_are_those_of_the_code() -> None:
    of = SCHEMA["$defs"]
    always, sometimes = (
        protocol("unanimous_consent").clauses[0],
        next(each for each in protocol("unanimous_consent").clauses if each.name == "is_vetoed"),
    )

    assert of["answer"]["properties"]["conclusion"]["enum"] == [each.value for each in Conclusion]
    assert set(of["status"]["enum"]) == {status_word(clause, status) for clause in (always, sometimes) for status in Status}
    assert of["report"]["properties"]["exit_code"]["enum"] == [
        exit_codes.OK,
        exit_codes.VIOLATED,
        exit_codes.MISUSE,
        exit_codes.UNDECIDED,
        exit_codes.ADAPTER,
        exit_codes.BUG,
        exit_codes.INTERRUPTED,
    ]
