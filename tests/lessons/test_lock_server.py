"""The lesson on the lock server: what it says is so, its solutions pass, and what is wrong is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concordant.checks.lessons.command import app
from concordant.checks.lessons.lesson import lesson, lessons
from concordant.checks.misuse import Misuse
from tests.test_tutorial import pattern, printed, transcripts

LESSON = lesson("lock_server")
MODULES = ("lock", "repair", "clause")
REPAIR = (
    (
        'what is lent now."""\n        return True',
        'what is lent now."""\n        return state.to == source and state.number == release.number',
    ),
    ('copy of an old one."""\n        return True', 'copy of an old one."""\n        return grant.number > state.last'),
)
CLAUSE = (("case(lends.number >= 0", "case((lends.to, lends.number) == (client, held.number)"),)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a lesson that was just started, and forget afterwards what was imported from it."""
    import sys  # noqa: PLC0415

    where = tmp_path / "lesson"
    assert CliRunner().invoke(app, ["start", "lock_server", str(where)]).exit_code == 0
    monkeypatch.chdir(where)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield where
    for name in MODULES:
        sys.modules.pop(name, None)


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def grade(folder: Path, name: str) -> tuple[bool, str]:
    found = LESSON.exercise(name).grade(folder)
    return found.passed, found.says


def answer(folder: Path, moves: int = 0, link: str = "") -> None:
    (folder / "answers.toml").write_text(f'moves = {moves}\ntwo_hold = "{link}"\n', encoding="utf-8")


def test_what_the_text_shows_is_printed(folder: Path) -> None:
    text = LESSON.text("lesson.md")
    for block in re.findall(r"^```console\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        for command, shown in transcripts(block):
            assert re.fullmatch(pattern(shown), printed(command.replace("concordant", "concordant.checks", 1), folder)), command


@pytest.mark.usefixtures("folder")
def test_a_lesson_that_was_just_started_has_nothing_done() -> None:
    done = CliRunner().invoke(app, ["check", "lock_server"])

    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["✗", each.name] for each in LESSON.exercises]


def test_its_solutions_pass_and_the_text_has_their_figures(folder: Path) -> None:
    answer(folder, 10)
    change(folder / "repair.py", *REPAIR)
    change(folder / "clause.py", *CLAUSE)

    assert grade(folder, "predict") == (True, "10 moves it is")
    assert grade(folder, "repair") == (True, "no violation in 42 states")
    assert "all 42\nstates of the repaired lock" in LESSON.text("lesson.md")
    assert grade(folder, "clause") == (True, "it holds of the repaired lock, and of none of four wrong ones")


@pytest.mark.parametrize("half", [0, 1])
def test_half_a_repair_is_refuted(folder: Path, half: int) -> None:
    change(folder / "repair.py", REPAIR[half])

    passed, says = grade(folder, "repair")
    assert (passed, says.partition(" after ")[0]) == (False, "mutual_exclusion is violated")


def test_a_lock_that_is_never_passed_on_is_no_repair(folder: Path) -> None:
    change(folder / "repair.py", *((old, old.replace("True", "False")) for old, _ in REPAIR))

    assert grade(folder, "repair") == (False, "the_lock_is_passed_on is never reached, of repair.py")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("case(lends.to == client", "it asks too little: it holds of a server that lends under another number than it says"),
        ("case(lends.number == held.number", "it asks too little: it holds of a server that does not know who has the lock"),
        ("case(lends.number > held.number", "it asks too much: the_server_knows_who_holds is violated after 3 moves, of the repaired lock"),
    ],
)
def test_a_clause_that_is_too_weak_or_too_strong_is_told_so(folder: Path, says: str, why: str) -> None:
    change(folder / "clause.py", (CLAUSE[0][0], says))

    passed, found = grade(folder, "clause")
    assert not passed
    assert found.startswith(why)


def test_a_link_to_where_two_hold_the_lock_is_followed_and_no_other(folder: Path) -> None:
    from concordant.checks.explorer.links import link_of  # noqa: PLC0415
    from concordant.checks.explorer.seeking import nearest  # noqa: PLC0415
    from concordant.checks.explorer.setting import setting  # noqa: PLC0415
    from concordant.checks.explorer.viewpoint import Explorer  # noqa: PLC0415

    explorer = Explorer(setting("lock.py"))
    run = nearest(explorer, (), explorer.setting.clause("mutual_exclusion")).run
    assert run is not None
    answer(folder, link=link_of(explorer, run))
    assert grade(folder, "find") == (True, "two clients hold the lock after 10 moves")

    for link, why in (
        ("", "two_hold in answers.toml is empty"),
        ("PAX-9", "PAX-9 is no link to a place of lock.py"),
        ("lock.py?m=00000000&p=0", "was made of another lock.py"),
        (link_of(explorer, run[:-1]), "at that place at most one client holds the lock"),
    ):
        answer(folder, link=link)
        passed, says = grade(folder, "find")
        assert not passed
        assert why in says


def test_a_lesson_is_not_graded_by_another_machine_and_nothing_is_overwritten(folder: Path) -> None:
    change(folder / "lock.py", ("return True", "return False"))
    with pytest.raises(Misuse, match=r"lock\.py is another than that of the lesson"):
        CliRunner().invoke(app, ["check", "lock_server"], catch_exceptions=False, standalone_mode=False)
    with pytest.raises(Misuse, match="is there already; give another folder"):
        CliRunner().invoke(app, ["start", "lock_server", str(folder)], catch_exceptions=False, standalone_mode=False)


def test_hints_come_one_at_a_time() -> None:
    first = CliRunner().invoke(app, ["hint", "lock_server", "repair"]).stdout

    assert first.endswith("(1 more: concordant lesson hint lock_server repair 2)\n")
    with pytest.raises(Misuse, match="repair has 2 hints"):
        CliRunner().invoke(app, ["hint", "lock_server", "repair", "3"], catch_exceptions=False, standalone_mode=False)


def test_every_lesson_has_all_its_files_at_least_three_exercises_and_hints_for_each() -> None:
    for each in lessons():
        assert all(each.text(file) for file in each.files)
        assert len(each.exercises) >= 3
        assert all(exercise.hints for exercise in each.exercises)
        assert files(f"concordant.checks.lessons.{each.name}").is_dir()
