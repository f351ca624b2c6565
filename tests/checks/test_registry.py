"""Finding the modules of stems: a slip in one that is being written is told, with its line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from concordant.checks.misuse import Misuse
from concordant.checks.registry import _modules


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delitem(sys.modules, "novelties_of_mine", raising=False)
    folder = tmp_path / "novelties_of_mine"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_a_slip_in_a_module_of_a_stem_is_told_with_its_line(group: Path) -> None:
    file = group / "slip.py"
    file.write_text("first = 1\nSCOPES = (Counts(1, 2, 3),)\n", encoding="utf-8")

    with pytest.raises(Misuse) as told:
        list(_modules(group.name, "slip"))

    assert str(told.value) == f"novelties_of_mine.slip cannot be imported: NameError: name 'Counts' is not defined\n  {file}, line 2"


def test_a_package_that_is_missing_is_told_as_that(group: Path) -> None:
    (group / "lacking.py").write_text("import no_such_package\n", encoding="utf-8")

    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        list(_modules(group.name, "lacking"))
