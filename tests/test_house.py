"""The rules of the house: layout, import direction, what every protocol must have."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from concordant.checks import index
from concordant.proofs.kernel.lint import EXEMPT
from concordant.spec.vocabulary import stems

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


RULES = ("allocation", "auctions", "markets", "voting")
"""The groups in which a rule decides."""


def what_spec_decides(name: str) -> bool:
    """Tell whether what is imported decides: any function of spec but one that draws; its classes, constants and clauses do not."""
    module, _, part = name.rpartition(".")
    value = getattr(importlib.import_module(module), part, None) if module.startswith("concordant.spec.") else None
    return inspect.isfunction(value) and next(iter(inspect.signature(value).parameters), "") != "draw"


def of_rules(slice: str) -> Iterator[Path]:
    return (path for path in modules(slice) if path.relative_to(ROOT / slice / "concordant" / slice).parts[0] in RULES)


def test_no_rule_takes_from_its_specification_what_decides() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in of_rules("refimpl")
        for name in imported(path)
        if not name.startswith("concordant.spec.vocabulary") and what_spec_decides(name)
    ]

    assert wrong == [], "let the rule say it in its own words: what both share, no clause can judge"


def test_no_rule_reaches_through_a_module_for_what_decides() -> None:
    wrong = []
    for path in of_rules("refimpl"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        aliases = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=alias), attr=part) if aliases.get(alias, "").startswith("concordant.spec."):
                    if inspect.ismodule(sys.modules.get(aliases[alias])) and what_spec_decides(f"{aliases[alias]}.{part}"):
                        wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {alias}.{part}")

    assert wrong == []


def test_profiles_and_outcomes_of_rules_hold_data_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {node.name}.{part.name}"
        for path in of_rules("spec")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name not in ("after", "counted")  # histories, which no rule sees
    ]

    assert wrong == []


@pytest.mark.parametrize("slice", SLICES)
def test_parts_of_a_slice_import_each_other_one_way(slice: str) -> None:
    """A part is a group of stems, or a package or module of the slice itself. What is imported within a function does not count."""
    imports: dict[str, set[str]] = {}
    for path in modules(slice):
        here = part_of(slice, ".".join(path.relative_to(ROOT / slice).with_suffix("").parts))
        names = (name for name in imported_at_once(path) if name.startswith(f"concordant.{slice}."))
        imports.setdefault(here, set()).update(part_of(slice, name) for name in names)

    assert circle({part: others - {part, slice} for part, others in imports.items()}) == []


def part_of(slice: str, module: str) -> str:
    parts = module.removeprefix("concordant.").split(".")
    return parts[1] if len(parts) > 1 else slice


def imported_at_once(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Return the parts that are left when those which import nothing more are taken away, again and again."""
    left = {part: set(others) & set(imports) for part, others in imports.items()}
    while free := [part for part, others in left.items() if not others]:
        for part in free:
            del left[part]
        for others in left.values():
            others.difference_update(free)
    return sorted(left)


def test_a_circle_of_imports_would_be_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_no_slice_hides_the_others_with_an_init() -> None:
    assert [path for slice in SLICES for path in (ROOT / slice / "concordant").glob("__init__.py")] == []


@pytest.mark.parametrize("slice", SLICES)
def test_each_slice_says_that_it_is_typed(slice: str) -> None:
    assert (ROOT / slice / "concordant" / slice / "py.typed").is_file()


@pytest.mark.parametrize("slice", SLICES)
def test_nothing_is_lost_to_another_of_its_name(slice: str) -> None:
    """What is found by going through a module, as a pitfall is, would not be there and nobody would miss it."""
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(slice)
        for names in (list(bound_at_once(path)),)
        for name in sorted(set(names))
        if names.count(name) > 1
    ]

    assert lost == []


def bound_at_once(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                yield name
            case _:
                pass


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


ENGINES = ("semantics", "exploration", "tabulated", "models", "liveness", "columns", "cluster/dividing")


def test_what_grows_in_a_search_has_no_text_of_all_that_it_holds() -> None:
    """Such a text repeats its parts: of a search of a hundred states pytest would take more memory than there is to show a failure."""
    folders = [ROOT / "checks" / "concordant" / "checks" / engine for engine in ENGINES]
    wrong = [str(path) for folder in folders for path in folder.rglob("*.py") if "@define(eq=False)\n" in path.read_text(encoding="utf-8")]

    assert wrong == []


def test_every_file_reads_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for slice in (*SLICES, "tests", "bench")
        for path in (ROOT / slice).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}


SAME = {
    "Action": "a kind of step: of a model in logic, and of one that is explored",
    "Acquire": "a request for a lock, of the protocol that `concordant new` writes and of the object that recordings are judged by",
    "Release": "as `Acquire`",
    "Comparison": "what says how two things compare: the outcomes of two rules, and two sums",
    "Counterexample": "draws with which a clause of a rule fails, found by trying and by proving",
    "Faults": "what befalls processes: as a system allows it, and as bits in compiled code",
    "Model": "the field's word: of a protocol in logic, of an object whose calls are to be ordered, and of variables with actions that is explored",
    "Mutant": "a change made on purpose that somebody must notice: of a function, and of a model in logic",
    "Occasions": "the same of each of the two engines",
    "Role": "a role of a protocol: what drives an implementation knows of it, and what proves its handlers",
    "State": "a state: of a system by numbers, of a model as formulas",
    "TellsTheOpposite": "one mistake, made in two protocols",
}
"""Names of classes that two modules of the machinery share, and the one thing that each means."""


def test_what_holds_the_shared_parts_of_a_group_has_one_name() -> None:
    """The index of stems says it for itself, since it loads nothing of the vocabulary."""
    assert index.SHARED == stems.SHARED


def test_a_name_means_one_thing() -> None:
    """Words of a protocol or a lesson, such as its messages, are its own; those of checks, proofs, the machine and the vocabulary are everybody's."""
    found: dict[str, list[str]] = {}
    shared, lessons = [ROOT / "spec/concordant/spec" / name for name in ("vocabulary", "common")], ROOT / "checks/concordant/checks/lessons"
    for folder in (ROOT / "checks", ROOT / "proofs", ROOT / "refimpl/concordant/refimpl/machine", *shared):
        for path in folder.rglob("*.py"):
            if lessons in path.parents and path.parent != lessons:
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))

    assert {name: places for name, places in found.items() if len(places) > 1 and name not in SAME} == {}
    assert [name for name in SAME if len(found.get(name, ())) < 2] == []
