"""The commands of lessons: which there are, to start one, to have it graded, and to be helped on."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import Annotated

import typer

from concordant.checks.exit_codes import OK, VIOLATED
from concordant.checks.misuse import Misuse

app = typer.Typer(help="Lessons with exercises that grade themselves.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_() -> None:
    """List the lessons, and what each asks for."""
    from concordant.checks.lessons.lesson import lessons  # noqa: PLC0415  # loaded where it is needed, here and below

    for each in lessons():
        typer.echo(f"{each.name}  {each.title}; {each.minutes} minutes")
        for exercise in each.exercises:
            typer.echo(f"  {exercise.name:8}  {exercise.asks}")


@app.command()
def start(
    name: Annotated[str, typer.Argument(metavar="LESSON")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="where to write it; by default a folder of its name, here")
    ] = None,
) -> None:
    """Write the text and the files of a lesson into a new folder."""
    from concordant.checks.lessons.lesson import lesson  # noqa: PLC0415

    found = lesson(name)
    where = folder or Path(name)
    if where.exists() and (not where.is_dir() or any(where.iterdir())):
        raise Misuse(f"{where} is there already; give another folder")
    where.mkdir(parents=True, exist_ok=True)
    for file in found.files:
        (where / file).write_text(found.material.text(file), encoding="utf-8")
    typer.echo(f"wrote {where}: read {where / 'lesson.md'}, and in that folder: concordant lesson check {name}")


@app.command()
def check(name: Annotated[str | None, typer.Argument(metavar="LESSON", help="by default the one whose files are here")] = None) -> int:
    """Grade the exercises of a lesson, in the folder where its files are: exit code 0 where all are done."""
    from concordant.checks.lessons.lesson import Grade, lesson  # noqa: PLC0415
    from concordant.checks.misuse import BrokenRule  # noqa: PLC0415
    from concordant.checks.semantics.watching import watching  # noqa: PLC0415

    name = name or _name()
    found, folder = lesson(name), _folder(name)
    done = True
    for exercise in found.exercises:
        try:
            with watching():
                grade = exercise.grade(folder)
        except (Misuse, BrokenRule) as error:
            grade = Grade(False, str(error))
        except Exception as error:
            if not _is_theirs(error, folder):
                raise
            grade = Grade(False, f"{type(error).__name__}: {error}")
        done &= grade.passed
        typer.echo(f"{'✓' if grade.passed else '✗'} {exercise.name:8}  {grade.says}")
    return OK if done else VIOLATED


@app.command()
def checkpoint(
    name: Annotated[str, typer.Argument(metavar="LESSON")],
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE")],
) -> None:
    """Write what an exercise asks for, to go on from there; what you have is kept."""
    from concordant.checks.lessons.lesson import lesson  # noqa: PLC0415
    from concordant.checks.semantics.watching import watching  # noqa: PLC0415

    found, folder = lesson(name), _folder(name)
    asked = found.exercise(exercise)
    with watching():
        found.solve(asked, folder)
    typer.echo(f"{asked.file} is as it may be after {exercise}; yours is {asked.file}.mine")


def _is_theirs(error: Exception, folder: Path) -> bool:
    """Tell whether a mistake was made in a student's files: something is raised there, or is missing in one of their modules."""
    missing = isinstance(error, AttributeError) and Path(getattr(error.obj, "__file__", None) or "").parent == folder
    return missing or any(Path(frame.filename).parent == folder for frame in extract_tb(error.__traceback__))


def _name() -> str:
    """Return the lesson whose machine is here; a folder without one is a Misuse."""
    from concordant.checks.lessons.lesson import lessons  # noqa: PLC0415

    for each in lessons():
        if (Path.cwd() / f"{each.material.machine}.py").is_file():
            return each.name
    raise Misuse("there are no files of a lesson here; go to its folder, or write it: concordant lesson start LESSON")


def _folder(name: str) -> Path:
    """Return the folder in which the files of a lesson are; another, or one in which the machine was changed, is a Misuse."""
    from concordant.checks.lessons.lesson import lesson  # noqa: PLC0415

    found, folder = lesson(name), Path.cwd()
    given = f"{found.material.machine}.py"
    if not (folder / given).is_file():
        raise Misuse(f"{given} is not here; go to the folder of the lesson, or write it: concordant lesson start {name}")
    if (folder / given).read_text(encoding="utf-8") != found.material.text(given):
        raise Misuse(f"{given} is another than that of the lesson; write it anew elsewhere: concordant lesson start {name} FOLDER")
    return folder


@app.command()
def hint(
    name: Annotated[str, typer.Argument(metavar="LESSON")],
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE")],
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="which one; the next says more")] = 1,
) -> None:
    """Help with an exercise: one hint at a time."""
    from concordant.checks.lessons.lesson import lesson  # noqa: PLC0415

    hints = lesson(name).exercise(exercise).hints
    if number > len(hints):
        raise Misuse(f"{exercise} has {len(hints)} hints")
    typer.echo(hints[number - 1])
    if number < len(hints):
        typer.echo(f"({len(hints) - number} more: concordant lesson hint {name} {exercise} {number + 1})")
