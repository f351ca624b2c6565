"""The lessons: what their texts say is so, their checkpoints pass, and what is wrong is told. The first asks it always, all ask it at length."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concordant.checks.exploration.budget import Budget
from concordant.checks.explorer.links import link_of
from concordant.checks.explorer.seeking import nearest
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.index import protocols_by_stem
from concordant.checks.lessons import grading
from concordant.checks.lessons.command import app
from concordant.checks.lessons.lesson import ORDER, Lesson, lesson, lessons
from concordant.checks.misuse import Misuse
from concordant.checks.own import meant
from concordant.checks.registry import find, protocols_loaded
from concordant.proofs.kernel.ledger import pinned
from tests.lessons.attempts import ATTEMPTS, Attempt
from tests.test_tutorial import pattern, printed, transcripts

LOCK = lesson("lock_server")
EACH = [pytest.param(each, id=each.name, marks=() if each.name == LOCK.name else pytest.mark.thorough) for each in lessons()]
ALL_ATTEMPTS = [
    pytest.param(each, id=f"{each.lesson}-{each.exercise}-{number}", marks=() if each.lesson == LOCK.name else pytest.mark.thorough)
    for number, each in enumerate(ATTEMPTS)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder in which one stands, and forget afterwards what was imported from it."""
    before, loaded = set(sys.modules), set(protocols_loaded())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None)).startswith(str(tmp_path)) or name.startswith(("solved_", "hidden_of")):
            del sys.modules[name]
    for stem in set(protocols_loaded()) - loaded:
        del protocols_loaded()[stem]


def run(*words: str) -> str:
    return CliRunner().invoke(app, words, catch_exceptions=False, standalone_mode=False).stdout


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def in_a_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("each", EACH)
def test_what_the_text_shows_is_printed(each: Lesson, folder: Path) -> None:
    run("start", each.name, ".")
    for block in re.findall(r"^```console\n(.*?)^```$", each.material.text("lesson.md"), flags=re.MULTILINE | re.DOTALL):
        for command, shown in transcripts(block):
            output = printed(command.replace("concordant", "concordant.checks", 1), folder)
            assert re.fullmatch(pattern(shown), output), f"{command} prints\n{output}"


@pytest.mark.parametrize("each", EACH)
@pytest.mark.usefixtures("folder")
def test_at_the_start_nothing_is_done_and_with_its_checkpoints_all_is(each: Lesson) -> None:
    run("start", each.name, ".")
    begun = run("check", each.name)
    assert [line.split()[:2] for line in begun.splitlines()] == [["✗", exercise.name] for exercise in each.exercises]

    for exercise in each.exercises:
        assert run("checkpoint", each.name, exercise.name).startswith(exercise.file)
        sys.modules.pop(exercise.file.removesuffix(".py"), None)  # as if each command had a process of its own
    done = run("check", each.name)

    assert [line.split()[:2] for line in done.splitlines()] == [["✓", exercise.name] for exercise in each.exercises]
    text = in_a_line(each.material.text("lesson.md"))
    for figure in re.findall(r"no violation (?:in|on) [\d,]+ \w+|conforms in [\d,]+ \w+", done):
        assert figure in text, f"{each.name} does not say {figure}"


@pytest.mark.parametrize("attempt", ALL_ATTEMPTS)
def test_what_is_wrong_is_told(attempt: Attempt, folder: Path) -> None:
    of = lesson(attempt.lesson)
    exercise = of.exercise(attempt.exercise)
    run("start", of.name, ".")
    change(folder / exercise.file, *attempt.changes)

    found = exercise.grade(folder)
    assert not found.passed
    assert found.says.startswith(attempt.says), found.says


def test_a_link_to_another_place_is_refused_and_why_is_told(folder: Path) -> None:
    run("start", LOCK.name, ".")
    explorer = Explorer(setting("lock.py"))
    found = nearest(explorer, (), explorer.setting.clause("mutual_exclusion")).run
    assert found is not None
    for link, why in (
        ("", "two_hold in answers.toml is empty"),
        ("PAX-9", "PAX-9 is no link to a place of lock.py"),
        ("lock.py?m=00000000&p=0", "was made of another lock.py"),
        (link_of(explorer, found[:-1]), "at that place it is not so that two clients hold the lock"),
    ):
        (folder / "answers.toml").write_text(f'moves = 0\ntwo_hold = "{link}"\n', encoding="utf-8")
        grade = LOCK.exercise("find").grade(folder)
        assert not grade.passed
        assert why in grade.says

    (folder / "answers.toml").write_text(f"two_hold = \"concordant explore '{link_of(explorer, found)}'\"\n", encoding="utf-8")
    assert LOCK.exercise("find").grade(folder).passed


@pytest.mark.parametrize(("link_of_what", "passes"), [("leaders.py:SYSTEM", True), ("leaders.py", True), ("leaders.py:FORGETFUL", False)])
def test_a_link_names_the_system_that_is_meant_by_whichever_of_its_names(folder: Path, link_of_what: str, passes: bool) -> None:
    of = lesson("terms")
    run("start", of.name, ".")
    explorer = Explorer(setting(link_of_what))
    found = nearest(explorer, (), explorer.setting.clause("election_safety")).run
    assert found is not None
    change(folder / "answers.toml", ('two_lead = ""', f'two_lead = "{link_of(explorer, found)}"'))

    grade = of.exercise("find").grade(folder)
    assert grade.passed is passes, grade.says
    assert passes or grade.says.endswith("is no link to a place of leaders.py")


def test_rankings_are_written_as_the_table_shows_them_and_a_rule_of_ones_own_is_asked_as_the_first(folder: Path) -> None:
    of = lesson("voting")
    run("start", of.name, ".")
    change(folder / "answers.toml", ('lie = ["", "", "", "", ""]', 'lie = ["x > y > z", "y > x > z", "y > x > z", "ann", "x > z > y"]'))

    assert of.exercise("lie").grade(folder).passed
    assert [each.name for each in meant("repair.py")[0].grids] == ["three"]


def test_a_number_in_quotes_is_told_from_one_that_is_wrong(folder: Path) -> None:
    run("start", LOCK.name, ".")
    change(folder / "answers.toml", ("moves = 0", 'moves = "10"'))

    grade = LOCK.exercise("predict").grade(folder)
    assert grade.says == "moves in answers.toml is no whole number: write it without quotes, moves = 1"


@pytest.mark.parametrize(
    ("states", "repair", "clause"),
    [(93, "mutual_exclusion is violated after 10 moves", "it asks too little"), (5, "the search was stopped", "the search was stopped")],
)
@pytest.mark.usefixtures("folder")
def test_what_was_found_before_a_search_was_stopped_is_told_and_else_that_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch, states: int, repair: str, clause: str
) -> None:
    run("start", LOCK.name, ".")
    monkeypatch.setattr(grading, "BUDGET", Budget(seconds=60, states=states))

    told = [line.split(maxsplit=2)[2] for line in run("check").splitlines() if line.split()[1] in ("repair", "clause")]
    assert [each.startswith(begins) for each, begins in zip(told, (repair, clause), strict=True)] == [True, True], told


def test_which_lesson_is_graded_is_known_by_its_files(folder: Path) -> None:
    with pytest.raises(Misuse, match="there are no files of a lesson here; go to its folder"):
        run("check")
    run("start", LOCK.name, ".")
    change(folder / "lock.py", ("return True", "return False"))
    with pytest.raises(Misuse, match=r"lock\.py is another than that of the lesson"):
        run("check")
    assert len({each.material.machine for each in lessons()}) == len(lessons())


def test_what_one_has_written_is_kept_at_a_checkpoint_and_other_answers_stay(folder: Path) -> None:
    run("start", LOCK.name, ".")
    change(folder / "answers.toml", ("moves = 0", "moves = 7"), ('two_hold = ""', 'two_hold = "mine"'))
    run("checkpoint", LOCK.name, "predict")

    assert "moves = 7" in (folder / "answers.toml.mine").read_text(encoding="utf-8")
    answers = (folder / "answers.toml").read_text(encoding="utf-8")
    assert "moves = 10" in answers
    assert 'two_hold = "mine"' in answers


def test_a_lesson_is_not_graded_by_another_machine_and_nothing_is_overwritten(folder: Path) -> None:
    with pytest.raises(Misuse, match=r"lock\.py is not here"):
        run("check", LOCK.name)
    run("start", LOCK.name, ".")
    change(folder / "lock.py", ("return True", "return False"))
    with pytest.raises(Misuse, match=r"lock\.py is another than that of the lesson"):
        run("check", LOCK.name)
    with pytest.raises(Misuse, match="is there already; give another folder"):
        run("start", LOCK.name, ".")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("repair.py", "class MyServer(", "class Other(", "has no attribute 'MyServer'"),
        ("repair.py", "return True", "return state.nothing", "has no attribute 'nothing'"),
        ("repair.py", "return True", "return (", "repair.py cannot be imported: SyntaxError"),
        ("clause.py", "yield case(", "yield nothing(", "name 'nothing' is not defined"),
    ],
)
def test_a_mistake_in_a_file_is_told_and_is_no_bug_of_ours(folder: Path, file: str, old: str, new: str, says: str) -> None:
    run("start", LOCK.name, ".")
    change(folder / file, (old, new), *([("MyServer()", "Other()")] if "Other" in new else []))

    assert says in run("check", LOCK.name)


def test_hints_come_one_at_a_time() -> None:
    assert run("hint", LOCK.name, "repair").endswith("(1 more: concordant lesson hint lock_server repair 2)\n")
    with pytest.raises(Misuse, match="repair has 2 hints"):
        run("hint", LOCK.name, "repair", "3")


def test_every_lesson_has_all_its_files_at_least_three_exercises_hints_for_each_and_attempts_that_fail() -> None:
    assert tuple(each.name for each in lessons()) == ORDER
    for each in lessons():
        assert each.material.machine not in protocols_by_stem()  # or else commands could mean either
        assert all(each.material.text(file) for file in each.files)
        assert len(each.exercises) >= 3
        assert all(exercise.hints for exercise in each.exercises)
        tried = {attempt.exercise for attempt in ATTEMPTS if attempt.lesson == each.name}
        assert tried == {exercise.name for exercise in each.exercises if exercise.file != "answers.toml"}
        for file in each.works:
            assert each.material.text(f"solved/{file}") != each.material.text(file)


def test_every_command_that_a_text_names_is_about_something_that_there_is() -> None:
    for each in lessons():
        for name in re.findall(r"concordant\s+(?:explain|explore|prove)\s+([A-Za-z_][\w.-]*\w)", each.material.text("lesson.md")):
            if not name.endswith(".py"):
                assert name in protocols_by_stem() or name in pinned(name.partition(".")[0]) or find(name), f"{each.name}: {name}"
