"""Sources: does what a user wrote keep nothing outside of states, and show no order of a set? What a run cannot see, the source shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion, Note
from concordant.checks.lint import EXEMPT, lint_of, read_of_others
from concordant.checks.orders import called_sets
from concordant.checks.questions.question import Means
from concordant.checks.registry import SPEC, Protocol, is_ours

FOR_TESTS = frozenset(["hypothesis", "pytest"])
"""Packages that a user's module may import to be tested itself."""
UNREAD = "is installed, and not read: what it keeps, or the order of a set of its own, may show"
STALE = "another text ran than is read here, which Python had compiled and takes for the same by its time and size; delete __pycache__"


@frozen(eq=False)
class SourceQuestion:
    """Whether the lint finds nothing in the modules of a user's protocol, and in those of the user that they import."""

    stem: str
    modules: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return f"source:{self.stem}/{self.stem}"

    @property
    def title(self) -> str:
        """What is asked."""
        return f"Nothing is kept outside of states, and no order of a set shows; a line that does so on purpose ends in {EXEMPT}."

    @property
    def cost(self) -> float:
        """To read is quick."""
        return 0.01

    def answer(self, means: Means) -> Answer:  # noqa: ARG002  # nothing is searched
        """Read the sources; with a finding it is undecided, since what that does in a run is not known."""
        found = tuple(self._found())
        conclusion = Conclusion.UNDECIDED if found else Conclusion.AS_CLAIMED
        word = "NOT CLEAN" if found else "clean"
        return Answer(self.id, self.stem, self.title, conclusion, word, notes=tuple(Note("problem", {"value": line}) for line in found))

    def _found(self) -> Iterator[str]:
        from concordant.checks.cache.sources import reached, runs_another_text  # noqa: PLC0415  # the cache keeps answers to questions

        every = reached(self.modules)
        files = {name: file for name, file in every.items() if file.suffix == ".py"}
        yield from (f"{name} has no source that could be read" for name in dict.fromkeys((*self.modules, *every)) if name not in files)
        yield from (f"{files[name].name}: {STALE}" for name in files if not is_ours(name) and runs_another_text(name))
        sources = {file: file.read_text(encoding="utf-8") for name, file in sorted(files.items()) if not is_ours(name)}
        read = {name for source in sources.values() for name in read_of_others(source)}
        sets = {name for source in sources.values() for name in called_sets(source)}
        names = {file: name for name, file in files.items()}
        for file, source in sources.items():
            yield from lint_of(file, source, read, sets, sys.modules.get(names[file]))
            yield from _unread(names[file], file, every)


def _unread(name: str, file: Path, files: dict[str, Path]) -> Iterator[str]:
    """Yield what a module imports of packages that are installed: their sets are not turned, nor are they read."""
    from concordant.checks.cache.imports import imported_in  # noqa: PLC0415  # as above
    from concordant.checks.cache.sources import is_known  # noqa: PLC0415

    source = file.read_bytes()
    lines = source.decode().splitlines()
    found = {
        (line, each.partition(".")[0])
        for each, line in imported_in(source, name, is_package=file.name == "__init__.py")
        if not is_known(each, files) and not lines[line - 1].endswith(EXEMPT)
    }
    for line, package in sorted(found):
        if package in sys.modules and package not in {*sys.stdlib_module_names, *FOR_TESTS}:
            yield f"{file.name}:{line}: {package} {UNREAD}"


def ask(protocol: Protocol) -> Iterator[SourceQuestion]:
    """Ask about a protocol of a user; ours are read by the tests."""
    if not protocol.is_ours:
        yield SourceQuestion(protocol.stem, tuple(dict.fromkeys(module.__name__ for module in protocol.load(SPEC))))
