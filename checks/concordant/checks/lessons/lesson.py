"""What a lesson is: files to work on, and exercises that grade what one has made of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules

from attrs import frozen

from concordant.checks.misuse import Misuse


@frozen
class Grade:
    """Whether an exercise is done, and what is to be said of it."""

    passed: bool
    says: str


@frozen(eq=False)
class Exercise:
    """One exercise: its name, what it asks for, how it is graded in a folder, and hints, each of which says more than the one before."""

    name: str
    asks: str
    grade: Callable[[Path], Grade]
    hints: tuple[str, ...]


@frozen(eq=False)
class Lesson:
    """A lesson: its name, its title, how many minutes it takes, the files that are given, and its exercises in order."""

    name: str
    title: str
    minutes: int
    files: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    def text(self, file: str) -> str:
        """Return what a file says when the lesson begins. One that imports others of the student's folder lies here as a text."""
        home = files(f"concordant.checks.lessons.{self.name}")
        found = home.joinpath(file) if home.joinpath(file).is_file() else home.joinpath(f"{file}.txt")
        return found.read_text(encoding="utf-8")

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by its name; another is a Misuse."""
        for each in self.exercises:
            if each.name == name:
                return each
        raise Misuse(f"{self.name} has no exercise {name}; it has {', '.join(each.name for each in self.exercises)}")


def lessons() -> tuple[Lesson, ...]:
    """Return all lessons: each is a package beside this module."""
    package = import_module("concordant.checks.lessons")
    names = sorted(each.name for each in iter_modules(package.__path__) if each.ispkg)
    return tuple(import_module(f"{package.__name__}.{name}").LESSON for name in names)


def lesson(name: str) -> Lesson:
    """Return a lesson by its name; another is a Misuse."""
    known = lessons()
    for each in known:
        if each.name == name:
            return each
    raise Misuse(f"there is no lesson {name}; there are {', '.join(each.name for each in known)}")
