"""Recorded runs of pitfalls: made again they refute as a search does, and what they no longer show is searched for."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from attrs import evolve

from concordant.checks.questions.pitfall import PitfallQuestion
from concordant.checks.questions.question import Means
from concordant.checks.refuting import recording
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.recorded import Numbered, file_of, recorded_of, refuted_again
from concordant.checks.refuting.recording import is_as_found, main, numbered, record
from concordant.checks.registry import Protocol, protocol, protocols
from concordant.refimpl.machine import Pitfall
from concordant.spec.voting.unanimous_consent import acceptance_needs_every_consent

STEM, OF_A_RULE = "unanimous_consent", "vickrey_auction"
SOUND = next(each.system for each in protocol(STEM).scopes if acceptance_needs_every_consent in each.system.promises)


def of(stem: str, id: str) -> Pitfall:
    return next(each for each in protocol(stem).pitfalls if each.id == id)


def test_every_pitfall_without_a_schedule_has_a_recorded_run_but_one_whose_mistake_keeps_a_count() -> None:
    missing = {each.id for about in protocols() for each in about.pitfalls if not each.schedule and each.id not in recorded_of(about.stem)}

    assert missing == {"DBL-11"}, "make pages records them"


def test_a_recorded_run_refutes_as_the_search_that_found_it() -> None:
    for stem, id in ((STEM, "UNA-2"), (OF_A_RULE, "SPA-1"), ("paxos_synod", "PAX-8")):
        found, run = refute(of(stem, id)), recorded_of(stem)[id]
        assert numbered(of(stem, id), found.verdict) == run
        assert is_as_found(run, found)


@pytest.mark.parametrize(
    ("stem", "id", "line"),
    [
        pytest.param(STEM, "UNA-2", "0 99", id="a move that there is not"),
        pytest.param(STEM, "UNA-2", "0 0", id="moves that break nothing"),
        pytest.param(STEM, "UNA-2", "0", id="too few moves"),
        pytest.param(STEM, "UNA-2", "", id="nothing"),
        pytest.param(OF_A_RULE, "SPA-1", "0 0 0 0 99", id="an option that there is not"),
        pytest.param(OF_A_RULE, "SPA-1", "0 0 0 0", id="too few draws"),
        pytest.param(OF_A_RULE, "SPA-1", "0 0 0 0 0 0", id="too many draws"),
        pytest.param(OF_A_RULE, "SPA-4", "0 0 0 0 0 0 0 0", id="draws on which the rule is right"),
        pytest.param("proportional_allocation", "PRO-1", "9 9 9 9", id="an amount that is not to be drawn"),
        pytest.param("paxos_synod", "PAX-8", "0 | 0", id="a cycle that does not lead back"),
    ],
)
def test_a_run_that_does_not_show_what_its_pitfall_claims_refutes_nothing(stem: str, id: str, line: str) -> None:
    assert refuted_again(of(stem, id), Numbered.read(line)) is None


def test_what_a_recorded_run_no_longer_shows_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = PitfallQuestion(protocol(STEM), of(STEM, "UNA-2"))
    monkeypatch.setattr("concordant.checks.questions.pitfall.recorded_of", lambda _stem: {"UNA-2": Numbered((0, 0))})
    answer = asked.answer(Means(recorded=True))

    assert (answer.word, answer.note("recorded"), answer.counts) == ("refuted", None, asked.answer(Means()).counts)


def test_a_pitfall_that_is_none_is_not_refuted_whatever_is_recorded() -> None:
    answer = PitfallQuestion(protocol(STEM), evolve(of(STEM, "UNA-2"), subject=SOUND)).answer(Means(recorded=True))

    assert (answer.word, answer.note("recorded")) == ("NOT REFUTED", None)


def test_recording_writes_what_is_found_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, before = tmp_path / "runs.json", {"UNA-2": Numbered((0, 0)), "UNA-3": recorded_of(STEM)["UNA-3"]}
    monkeypatch.setattr(recording, "file_of", lambda _stem: file)
    monkeypatch.setattr(recording, "recorded_of", lambda _stem: before)
    main([STEM])
    written = {id: Numbered.read(line) for id, line in json.loads(file.read_text(encoding="utf-8")).items()}

    assert (written, capsys.readouterr().out) == (dict(recorded_of(STEM)), f"{STEM}: recorded\n")


def test_what_is_recorded_already_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    file = file_of(STEM)
    assert file is not None
    before = file.stat().st_mtime_ns
    main([STEM])

    assert (file.stat().st_mtime_ns, capsys.readouterr().out) == (before, "")


def test_of_protocols_of_others_nothing_is_recorded() -> None:
    assert (file_of("mine"), recorded_of("mine")) == (None, {})


def test_no_run_is_recorded_of_a_pitfall_that_is_not_refuted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "runs.json"
    monkeypatch.setattr(recording, "file_of", lambda _stem: file)
    mended = evolve(of(STEM, "UNA-2"), subject=SOUND)
    about = Protocol.of_modules(STEM, ModuleType("mine"))
    about._found[Pitfall, ("pitfalls",)] = (mended,)  # as if it were loaded
    record(about)

    assert json.loads(file.read_text(encoding="utf-8")) == {}
