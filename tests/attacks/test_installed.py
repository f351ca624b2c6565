"""Attacks by way of what is installed: what a package keeps, or makes of the order of a set, is seen by nobody who reads the user's modules alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.cache import sources
from concordant.checks.own import own
from concordant.checks.questions.question import Means
from concordant.checks.questions.source import UNREAD, SourceQuestion
from concordant.checks.registry import SPEC
from tests.attacks.test_files_of_users import folder, written
from tests.command.test_own_protocols import LOCK

__all__ = ["folder"]
IMPORT = "from attrs import frozen\n"


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, imports: str) -> Answer:
    """Read a protocol that imports so, beside an installed package whose function shows the order of a set."""
    written(folder / "site-packages" / "chooses.py", "def first(names):\n    return next(iter(set(names)))\n")
    monkeypatch.syspath_prepend(folder / "site-packages")
    sources._file.cache_clear()  # of a module of this name elsewhere
    theirs = own(written(folder / "chosen.py", LOCK.replace(IMPORT, IMPORT + imports)))
    return SourceQuestion("chosen", tuple(module.__name__ for module in theirs.load(SPEC))).answer(Means())


@pytest.mark.parametrize("imports", ["from chooses import first\n", "import chooses as c\n", "import attrs, chooses\n"])
def test_nothing_is_clean_that_imports_an_installed_package_which_nobody_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, imports: str
) -> None:
    found = read(folder, monkeypatch, imports)

    line = LOCK.splitlines().index(IMPORT.strip()) + 2
    assert found.conclusion is Conclusion.UNDECIDED
    assert [note.fields["value"] for note in found.notes] == [f"chosen.py:{line}: chooses {UNREAD}"]


@pytest.mark.parametrize(
    "imports",
    [
        pytest.param("from chooses import first  # on purpose\n", id="on purpose"),
        pytest.param("try:\n    import there_is_none\nexcept ImportError:\n    pass\n", id="which there is not"),
        pytest.param("import json\nimport pytest\nfrom fractions import Fraction\n", id="for tests, and values"),
    ],
)
def test_a_module_is_clean_that_imports_one(folder: Path, monkeypatch: pytest.MonkeyPatch, imports: str) -> None:
    assert read(folder, monkeypatch, imports).conclusion is Conclusion.AS_CLAIMED


def test_a_module_of_the_users_that_has_no_source_is_not_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder / "compiled_package"
    written(package / "__init__.py", "")
    (package / "quick.so").write_bytes(b"")
    quick = type(sys)("compiled_package.quick")
    quick.__file__ = str(package / "quick.so")
    monkeypatch.setitem(sys.modules, "compiled_package.quick", quick)

    found = read(folder, monkeypatch, "import compiled_package.quick\n")

    assert [note.fields["value"] for note in found.notes] == ["compiled_package.quick has no source that could be read"]
