"""`concordant replay`: a saved trace against the machine of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.codec.scalars import CannotDecode
from concordant.checks.misuse import Misuse
from concordant.checks.questions.asking import asked, to_refute
from concordant.checks.questions.question import Means
from concordant.checks.registry import protocols
from concordant.checks.reports.again import again_lines
from concordant.checks.reports.json_report import as_json
from concordant.checks.reports.reporter import Run
from concordant.checks.running import run
from concordant.checks.saved import again, saved_in


@pytest.fixture(scope="module")
def report() -> Any:
    questions = [*to_refute(("UNA-2",)), *asked("known_violation", protocols(("two_phase_commit",))), *to_refute(("WFE-1",))]
    answers, _ = run(questions, Means(), 1, lambda _event: None)
    return as_json(Run((), answers, interrupted=False, seconds=0, exit_code=0))


def written(report: Any, to: Path) -> Path:
    file = to / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    return file


def test_every_trace_of_a_report_is_made_again_as_it_was_saved(report: Any, tmp_path: Path) -> None:
    made = [again(saved) for saved in saved_in(written(report, tmp_path))]

    assert [each.departs for each in made] == [None] * 3
    assert list(again_lines(made[0], whole=False)) == [
        "pitfall:unanimous_consent/UNA-2, unanimous_consent.acceptance_needs_every_consent: as saved, 2 moves"
    ]


def changed(report: Any, to: Path, change: Any) -> Path:
    other = json.loads(json.dumps(report))
    change(other["answers"][0]["verdicts"][0]["trace"])
    return written(other, to)


def test_a_move_that_is_not_possible_any_more_is_told_with_what_is(report: Any, tmp_path: Path) -> None:
    (saved, *_) = saved_in(changed(report, tmp_path, lambda trace: trace[0]["move"].update(at="elector0")))

    made = again(saved)

    assert (len(made.frames), made.departs) == (
        0,
        "move 1, user0 asks elector0: Put(), is not possible; possible are\n  user0 asks coordinator0: Put()",
    )
    assert next(again_lines(made, whole=False)).endswith(": DEPARTS after 0 moves of 2")


def test_what_a_move_does_now_is_compared_with_what_it_did(report: Any, tmp_path: Path) -> None:
    (saved, *_) = saved_in(changed(report, tmp_path, lambda trace: trace[1].update(in_flight=[])))

    assert again(saved).departs == "move 2, coordinator0: Close(): in flight is not as saved"


def test_a_trace_that_no_longer_decodes_is_refused_with_the_reason(report: Any, tmp_path: Path) -> None:
    (saved, *_) = saved_in(changed(report, tmp_path, lambda trace: trace[0]["move"]["request"].update(type="Propose")))

    with pytest.raises(CannotDecode, match="no class is named 'Propose'"):
        again(saved)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read: "),
        ("[]", "is no report of format concordant-report/2; write it anew"),
        ('{"format": "concordant-report/1"}', "is no report of format concordant-report/2; write it anew"),
        ('{"format": "concordant-report/2", "sources": {}, "answers": []}', "has no trace; those of violated clauses"),
    ],
)
def test_a_file_that_is_no_report_gets_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=said):
        saved_in(file)


def test_a_question_that_is_gone_is_told(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    other["answers"][0]["question"] = "pitfall:unanimous_consent/UNA-99"
    (saved, *_) = saved_in(written(other, tmp_path))

    with pytest.raises(Misuse, match="pitfall:unanimous_consent/UNA-99 is no longer asked"):
        again(saved)


def of(report: Any, place: int) -> Any:
    return report["answers"][place]["verdicts"][0]


@pytest.mark.parametrize("place", [0, 1, 2], ids=["always", "at_rest", "always_of_a_graph"])
def test_a_trace_that_ends_before_it_shows_anything_is_not_as_saved(report: Any, place: int, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    of(other, place)["trace"].pop()

    made = again(saved_in(written(other, tmp_path))[place])

    assert made.departs is not None
    assert made.departs.startswith(f"at its end {of(report, place)['clause']} is ")
    assert made.departs.endswith(f", where the report has {of(report, place)['clause']} as violated")


def test_facts_that_are_taken_away_are_missed(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    of(other, 0)["facts"] = {}

    assert again(saved_in(written(other, tmp_path))[0]).departs == (
        "the facts at its end are not as saved: missing: {elector0, elector1, elector2}, where the report has none"
    )


def test_a_status_that_the_trace_does_not_show_is_told(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    of(other, 0)["status"] = "holds"

    name = "unanimous_consent.acceptance_needs_every_consent"
    assert again(saved_in(written(other, tmp_path))[0]).departs == f"at its end {name} is violated, where the report has {name} as holds"


def test_a_trace_of_no_moves_is_judged_where_it_starts(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    of(other, 0)["trace"] = []

    made = again(saved_in(written(other, tmp_path))[0])

    assert (made.frames, made.departs is None) == ((), False)


def test_a_report_with_something_taken_out_is_refused(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    del of(other, 0)["facts"]

    with pytest.raises(Misuse, match="is no whole report, something is missing: 'facts'; write it anew"):
        saved_in(written(other, tmp_path))


def test_another_clause_is_not_what_the_trace_shows(report: Any, tmp_path: Path) -> None:
    other = json.loads(json.dumps(report))
    of(other, 0)["clause"] = "unanimous_consent.agreement"

    with pytest.raises(Misuse, match=r"pitfall:unanimous_consent/UNA-2 judges no clause unanimous_consent\.agreement any more"):
        again(saved_in(written(other, tmp_path))[0])
