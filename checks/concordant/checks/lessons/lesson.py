"""What a lesson is: files to work on, and exercises that grade what one has made of them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from attrs import frozen

from concordant.checks.misuse import Misuse

PACKAGE = "concordant.checks.lessons"
ANSWERS = "answers.toml"
ORDER = (
    "lock_server",
    "barrier",
    "two_phase_commit",
    "ring_election",
    "gossip",
    "one_round",
    "ballots",
    "terms",
    "replicated_log",
    "traitor",
    "deadlock",
    "auction",
    "voting",
    "implementation",
)
"""In which order they are best taken."""


@frozen
class Material:
    """What is given in a lesson: the name of its package, and of the module with the machine that stays as it is.

    Its files are modules of the package, so that they are checked like all others. In a student's folder they stand side by side.
    """

    name: str
    machine: str

    def text(self, file: str) -> str:
        """Return what a file says when the lesson begins, or with `solved/` before it, after the exercise that is about it."""
        home = files(f"{PACKAGE}.{self.name}")
        return _beside(home.joinpath(file).read_text(encoding="utf-8"), f"{PACKAGE}.{self.name}.")

    def hidden(self) -> ModuleType:
        """Return what exercises are graded with. It is made anew, of the machine that was imported from the student's folder."""
        for file in ("repair", "clause"):
            self._made(f"solved/{file}.py", f"solved_{file}")
        return self._made("hidden.py", "hidden_of_the_lesson")

    def _made(self, file: str, name: str) -> ModuleType:
        made = ModuleType(name)
        made.__file__ = str(files(f"{PACKAGE}.{self.name}").joinpath(file))
        sys.modules[name] = made
        exec(compile(self.text(file), made.__file__, "exec"), vars(made))  # noqa: S102  # a file of ours, whose imports are others here
        return made


def _beside(text: str, package: str) -> str:
    """Return a module of a package as it stands in a folder with the others beside it.

    >>> _beside("from mine.lock import Server", "mine."), _beside("from mine.solved.repair import MyServer", "mine.")
    ('from lock import Server', 'from solved_repair import MyServer')
    """
    return text.replace(f"from {package}solved.", "from solved_").replace(f"from {package}", "from ")


@frozen
class Grade:
    """Whether an exercise is done, and what is to be said of it. `stopped`: it is unknown, since a search was stopped."""

    passed: bool
    says: str
    stopped: bool = False


@frozen(eq=False)
class Exercise:
    """One exercise: its name, what it asks for, how it is graded in a folder, and hints, each of which says more than the one before.

    `file`: where its answer is written. `answer`: of one whose answer is a line of `answers.toml` the key, and how that is found.
    """

    name: str
    asks: str
    grade: Callable[[Path], Grade]
    hints: tuple[str, ...]
    file: str = ANSWERS
    answer: tuple[str, Callable[[Path], object]] | None = None


@frozen(eq=False)
class Lesson:
    """A lesson: what is given, its title, how many minutes it takes, the files to work on, and its exercises in order."""

    material: Material
    title: str
    minutes: int
    works: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
        return self.material.name

    @property
    def files(self) -> tuple[str, ...]:
        """All files with which a student begins."""
        return ("lesson.md", f"{self.material.machine}.py", *self.works, ANSWERS)

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by its name; another is a Misuse."""
        for each in self.exercises:
            if each.name == name:
                return each
        raise Misuse(f"{self.name} has no exercise {name}; it has {', '.join(each.name for each in self.exercises)}")

    def solve(self, exercise: Exercise, folder: Path) -> None:
        """Write into a folder what an exercise asks for, as one may have it after that exercise. What was there is kept beside it."""
        where = folder / exercise.file
        before = where.read_text(encoding="utf-8") if where.exists() else self.material.text(exercise.file)
        (folder / f"{exercise.file}.mine").write_text(before, encoding="utf-8")
        if exercise.answer is None:
            after = self.material.text(f"solved/{exercise.file}")
        else:
            key, found = exercise.answer
            line = f"{key} = {json.dumps(found(folder))}"
            others, changed = re.subn(rf"^{key} *=.*$", line, before, flags=re.MULTILINE)
            after = others if changed else f"{before}\n{line}\n"
        where.write_text(after, encoding="utf-8")


def lessons() -> tuple[Lesson, ...]:
    """Return all lessons, in their order: each is a package beside this module."""
    package = import_module(PACKAGE)
    names = sorted((each.name for each in iter_modules(package.__path__) if each.ispkg), key=lambda name: (*ORDER, name).index(name))
    return tuple(import_module(f"{PACKAGE}.{name}").LESSON for name in names)


def lesson(name: str) -> Lesson:
    """Return a lesson by its name; another is a Misuse."""
    known = lessons()
    for each in known:
        if each.name == name:
            return each
    raise Misuse(f"there is no lesson {name}; there are {', '.join(each.name for each in known)}")
