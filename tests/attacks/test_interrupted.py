"""Attacks by an end that somebody asks for: what was judged in a hurry must not be taken for what was found."""

from __future__ import annotations

import os
import signal
import sys
from io import StringIO

import pytest
from attrs import evolve
from rich.console import Console

from concordant.checks import main
from concordant.checks.answers import Answer
from concordant.checks.exit_codes import INTERRUPTED
from concordant.checks.exploration import interruption
from concordant.checks.exploration.report import Status
from concordant.checks.mutation import running
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means, Question
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.registry import protocols
from concordant.checks.reports.cases import cases
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.terminal import Terminal
from concordant.checks.running import Answered, Interrupted, decided
from tests.mutation.test_running import MUTANTS


def noticed(mutant: Mutant) -> Record:
    """Say of any mutant that a clause notices it."""
    return Record(mutant.stem, mutant.name, By.CLAUSE, "a clause (no longer exercised)")


def test_no_mutant_is_judged_once_somebody_has_asked_to_end_since_every_search_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_WISH", interruption._Wish(noted=True))  # as a signal sets it

    assert list(running.side_by_side(MUTANTS[:2], noticed, 1)) == []


def test_a_judgement_during_which_somebody_asks_to_end_is_not_believed() -> None:
    def hurried(mutant: Mutant) -> Record:
        interruption._WISH.noted = True  # as a signal sets it, in the process of the judgement
        return noticed(mutant)

    ((mutant, record),) = running.side_by_side(MUTANTS[:1], hurried, 1)

    assert record == Record(mutant.stem, mutant.name, By.UNFINISHED, "not decided within 300 s")


def test_behind_a_shell_where_ctrl_c_is_ignored_the_end_is_still_asked_for_by_the_other_signals() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption.patiently():
            os.kill(os.getpid(), signal.SIGINT)
            assert not interruption.asked_to_end()
            os.kill(os.getpid(), signal.SIGTERM)
            assert interruption.asked_to_end()
    finally:
        signal.signal(signal.SIGINT, before)

    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_was_asked_of_one_search_is_asked_of_all_that_were_to_follow() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption.patiently():  # of all questions
            with interruption.patiently():  # of one search
                os.kill(os.getpid(), signal.SIGTERM)
            assert interruption.asked_to_end()
        assert not interruption.asked_to_end()
    finally:
        signal.signal(signal.SIGINT, before)


STEM = "unanimous_consent"
FIRST, *LEFT = sorted(to_check(protocols((STEM,)), None), key=lambda asked: asked.id != f"scope:{STEM}/two_users")


@pytest.fixture(scope="module")
def vacuous() -> Answer:
    """Return the answer to the first question, as if no case of its first clause had come about."""
    answer = decided(FIRST, Means())
    first, *others = answer.verdicts
    return evolve(answer, verdicts=(evolve(first, status=Status.VACUOUS), *others))


def ended(answer: Answer, left: list[Question], *, interrupted: bool) -> Run:
    return Run(("check",), (answer,), interrupted, 0.5, 130, whole=not interrupted, unfinished=frozenset(each.stem for each in left))


def printed(answer: Answer, left: list[Question], *, interrupted: bool) -> str:
    """Return what a terminal shows of a run in which one question was answered."""
    console = Console(file=StringIO(), width=140)
    terminal = Terminal(console, [FIRST, *left])
    terminal.hear(Answered(FIRST, answer))
    if interrupted:
        terminal.hear(Interrupted(tuple(left)))
    terminal.end(ended(answer, left, interrupted=interrupted))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_of_a_protocol_whose_scopes_were_not_all_begun_nothing_is_said_to_hold_or_to_be_vacuous(vacuous: Answer) -> None:
    said = printed(vacuous, LEFT, interrupted=True)

    assert said.startswith(f"{STEM}  interrupted")
    assert not [word for word in ("holds", "vacuous", "never judged", "judged in no scope") if word in said]
    assert Status.VACUOUS not in {each.status for each in ended(vacuous, LEFT, interrupted=True).standings}
    assert not next(cases(ended(vacuous, LEFT, interrupted=True))).is_well


def test_once_all_its_scopes_are_answered_it_is_vacuous(vacuous: Answer) -> None:
    said = printed(vacuous, [], interrupted=False)

    assert said.startswith(f"{STEM}  vacuous")
    assert "never judged" in said


def test_whoever_interrupts_a_check_is_told_no_more_than_that(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answered = ScopeQuestion.answer

    def and_then_somebody_presses_a_key(asked: ScopeQuestion, means: Means) -> Answer:
        answer = answered(asked, means)
        os.kill(os.getpid(), signal.SIGINT)
        return answer

    monkeypatch.setattr(ScopeQuestion, "answer", and_then_somebody_presses_a_key)
    monkeypatch.setattr(sys, "argv", ["concordant", "check", STEM, "--jobs", "1", "--no-cache"])

    assert main.code() == INTERRUPTED
    headline, left, _ = capsys.readouterr().out.splitlines()
    assert headline.startswith(f"{STEM}  interrupted  12 clauses; 1 scope, ")
    assert left == f"interrupted; {len(LEFT)} questions not begun"
