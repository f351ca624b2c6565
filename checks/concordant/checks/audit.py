"""The audit: what the catalogue asks of each system, and which clause, scope or theorem stands for it, or why none does yet.

The data stand in spec/…/audit.json. What is asked there is the documents' and their reader's word; what stands for it is ours.
"""

from __future__ import annotations

import ast
import json
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from concordant.checks.registry import protocols, theorems_alone


class Wanted(Enum):
    """What is asked for."""

    SAFETY = "safety"
    LIVENESS = "liveness"
    FAULT = "fault"
    SCOPE = "scope"
    THEOREM = "theorem"


@frozen
class Asked:
    """Something that an entry of the catalogue asks for.

    `by`: ids of clauses, theorems and pitfalls, scopes as `stem/name`, and tests as `file::name`, the file seen from where the project
    lies; with a departure, or with something missing, what stands for a part of it. `departure`: why nothing stands for the rest, or something else does. `missing`: what would. `note`: how to read it.
    """

    entry: int
    system: str
    kind: Wanted
    text: str
    by: tuple[str, ...]
    departure: str = ""
    missing: str = ""
    note: str = ""


@cache
def audited() -> tuple[Asked, ...]:
    """Return everything that the catalogue asks for, in its order."""
    found = json.loads(files("concordant.spec").joinpath("audit.json").read_text(encoding="utf-8"))
    return tuple(
        Asked(**{**item, "kind": Wanted(item["kind"]), "by": tuple(item["by"])}, entry=each["entry"], system=each["system"])
        for each in found
        for item in each["asked"]
    )


@cache
def standing() -> frozenset[str]:
    """Return the ids of all that may stand for something, but tests: clauses, also known to fail, theorems, pitfalls, scopes as `stem/name`."""
    chosen = protocols()
    clauses = (clause.id for each in chosen for clause in (*each.clauses, *(known.clause for known in each.known_violations)))
    pitfalls = (pitfall.id for each in chosen for pitfall in each.pitfalls)
    scopes = (f"{each.stem}/{item.name}" for each in chosen for item in each.explored)
    theorems = (theorem.id for each in (*chosen, *theorems_alone()) for theorem in each.theorems)
    return frozenset((*clauses, *pitfalls, *scopes, *theorems))


def absent(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Return what is said to stand for something and is not there, with the system and what is asked. `root`: where the project lies."""
    return tuple((each.system, each.text, id) for each in audited() for id in each.by if not (id in standing() or _is_test(id, root)))


def _is_test(id: str, root: Path) -> bool:
    """Return whether this is `file::name` of a test, a function of a file of tests that is neither skipped nor expected to fail."""
    file, colons, name = id.partition("::")
    if not (colons and name.startswith("test_") and file.startswith("tests/") and (root / file).is_file()):
        return False
    found = (part for part in ast.parse((root / file).read_text(encoding="utf-8")).body if isinstance(part, ast.FunctionDef))
    return any(part.name == name and not any(_excuses(each) for each in part.decorator_list) for part in found)


def _excuses(decorator: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in {"skip", "skipif", "xfail"} for part in ast.walk(decorator))
