"""Reporters hear what happens in a run, and import nothing from each other."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from attrs import define, frozen

from concordant.checks.answers import Answer, Standing, standings
from concordant.checks.misuse import Misuse
from concordant.checks.running import Event


@frozen
class Run:
    """A run that has ended: the command, its answers in order, whether it was interrupted, how long it took, its exit code.

    `whole`: all small scopes of its protocols were asked about, so that what was never judged is a fault of theirs. `unfinished`:
    the protocols of which something was left when it was interrupted, so that nothing but a violation is final.
    """

    command: tuple[str, ...]
    answers: tuple[Answer, ...]
    interrupted: bool
    seconds: float
    exit_code: int
    whole: bool = False
    unfinished: frozenset[str] = frozenset()

    @property
    def standings(self) -> tuple[Standing, ...]:
        """How each clause of each protocol stands."""
        return standings(self.answers, self.unfinished)


class Reporter(Protocol):
    """Hears events, and is told when all is over."""

    def hear(self, event: Event, /) -> None:
        """Hear of one event."""
        ...

    def end(self, run: Run, /) -> None:
        """Hear that the run has ended."""
        ...


@define(eq=False)
class AtTheEnd:
    """A reporter that waits for the end of a run, and then writes what it makes of it. `append`: behind what the file has already."""

    file: Path
    text: Callable[[Run], str]
    append: bool = False

    def hear(self, event: Event) -> None:
        """Wait for the end."""

    def end(self, run: Run) -> None:
        """Write the file."""
        text = self.text(run)
        try:
            with self.file.open("a" if self.append else "w", encoding="utf-8") as to:
                to.write(text)
        except OSError as error:
            raise _unwritable(self.file, error) from error

    def begin(self) -> None:
        """Open the file before anything runs, so that nobody waits for a report that cannot be written, or takes that of an earlier run for this one's."""
        try:
            self.file.open("a" if self.append else "w", encoding="utf-8").close()
        except OSError as error:
            raise _unwritable(self.file, error) from error


SUFFIX = "_report"


def reporters(wanted: list[str] | None) -> list[Reporter]:
    """Return the reporters that write `FORMAT=FILE`. A format that does not exist, a file that is named twice, or cannot be written, is a Misuse.

    A format is a module here called `FORMAT_report`, whose function `reporter` takes the file.
    """
    package = import_module("concordant.checks.reports")
    formats = sorted(each.name.removesuffix(SUFFIX) for each in iter_modules(package.__path__) if each.name.endswith(SUFFIX))
    found: list[AtTheEnd] = []
    for item in wanted or ():
        name, equals, file = item.partition("=")
        if name not in formats or not equals or not file:
            raise Misuse(f"--report {item!r} must be FORMAT=FILE with a format of {', '.join(formats)}, such as --report json=report.json")
        made: AtTheEnd = import_module(f"concordant.checks.reports.{name}{SUFFIX}").reporter(Path(file))
        if not made.append and made.file in {each.file for each in found} and (made.file.is_file() or not made.file.exists()):
            raise Misuse(f"--report {item!r}: {file} is that of another report, which would be written over; give another file")
        found.append(made)
    for each in found:
        each.begin()
    return [*found]


def _unwritable(file: Path, error: OSError) -> Misuse:
    return Misuse(f"the report {file} cannot be written: {error.strerror or error}; give another file")
