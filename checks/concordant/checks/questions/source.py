"""Sources: does what a user wrote keep nothing outside of states, and show no order of a set? What a run cannot see, the source shows."""

from __future__ import annotations

import ast
import inspect
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion, Note
from concordant.checks.index import protocols_by_stem
from concordant.checks.lint import EXEMPT, lint
from concordant.checks.questions.question import Means
from concordant.checks.registry import SPEC, Protocol

NOT_THEIRS = tuple(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib", "purelib", "platlib"))


@frozen(eq=False)
class SourceQuestion:
    """Whether the lint finds nothing in the modules of a user's protocol, and in those of the user that they import."""

    stem: str
    modules: tuple[ModuleType, ...]

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
        """Read the sources; a finding decides nothing, since what it does in a run is not known."""
        found = tuple(line for module in _theirs(self.modules) for line in _lint(module))
        conclusion = Conclusion.UNDECIDED if found else Conclusion.AS_CLAIMED
        word = "NOT CLEAN" if found else "clean"
        return Answer(self.id, self.stem, self.title, conclusion, word, notes=tuple(Note("problem", {"value": line}) for line in found))


def ask(protocol: Protocol) -> Iterator[SourceQuestion]:
    """Ask about a protocol of a user; ours are read by the tests."""
    if protocol.stem not in protocols_by_stem():
        yield SourceQuestion(protocol.stem, protocol.load(SPEC))


def _lint(module: ModuleType) -> tuple[str, ...]:
    try:
        return lint(module)
    except (OSError, TypeError):
        return (f"{module.__name__} has no source to be read",)


def _theirs(modules: Iterable[ModuleType]) -> Iterator[ModuleType]:
    """Yield modules and what they import, except what is installed and what is ours."""
    names = list(dict.fromkeys(module.__name__ for module in modules))
    for name in names:  # which grows
        module = sys.modules[name]
        yield module
        names += dict.fromkeys(each for each in _imported(module) if each not in names and _is_theirs(sys.modules.get(each)))


def _imported(module: ModuleType) -> Iterator[str]:
    """Yield the names of all modules that a module may import, relative ones too."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=base, names=aliases, level=level):
                package = (module.__package__ or "").split(".")
                above = package[: len(package) - level + 1] if level else []
                name = ".".join([*above, *([base] if base else [])])
                yield name
                yield from (f"{name}.{alias.name}" for alias in aliases)
            case _:
                pass


def _is_theirs(module: ModuleType | None) -> bool:
    file = getattr(module, "__file__", None)
    if module is None or not file or module.__name__.partition(".")[0] == "concordant":
        return False
    return not any(Path(file).resolve().is_relative_to(folder) for folder in NOT_THEIRS)
