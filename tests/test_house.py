"""The rules of the house: layout, import direction, what every protocol must have."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from concordant.proofs.kernel.lint import EXEMPT

ROOT = Path(__file__).resolve().parents[1]
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")
MAY_IMPORT = {
    "spec": {"spec"},
    "refimpl": {"spec", "refimpl"},
    "pitfalls": {"spec", "refimpl", "pitfalls"},
    "proofs": {"spec", "refimpl", "proofs"},
    "checks": {"spec", "refimpl", "pitfalls", "proofs", "checks"},
}
EXACT = ("spec", "refimpl", "pitfalls")


def modules(slice: str) -> Iterator[Path]:
    return (ROOT / slice / "concordant").rglob("*.py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module)):
                yield from (f"{module}.{name.name}" for name in node.names)
            case _:
                pass


@pytest.mark.parametrize("slice", SLICES)
def test_imports_go_one_way(slice: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(slice)
        for name in imported(path)
        if name.startswith("concordant.") and name.split(".")[1] not in MAY_IMPORT[slice]
    ]

    assert wrong == []


def test_no_slice_hides_the_others_with_an_init() -> None:
    assert [path for slice in SLICES for path in (ROOT / slice / "concordant").glob("__init__.py")] == []


@pytest.mark.parametrize("slice", SLICES)
def test_each_slice_says_that_it_is_typed(slice: str) -> None:
    assert (ROOT / slice / "concordant" / slice / "py.typed").is_file()


@pytest.mark.parametrize("slice", EXACT)
def test_machines_and_specifications_use_no_floats_clocks_or_randomness(slice: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules(slice)
        for text in (path.read_text(encoding="utf-8"),)
        for node in ast.walk(ast.parse(text))
        if (
            (isinstance(node, ast.Constant) and isinstance(node.value, float))
            or (isinstance(node, ast.Name) and node.id in {"float", "random", "time", "datetime"})
        )
        and not text.splitlines()[node.lineno - 1].endswith(EXEMPT)  # what a rule must reject
    ]

    assert wrong == []


def test_every_file_reads_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for slice in (*SLICES, "tests", "bench")
        for path in (ROOT / slice).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}
