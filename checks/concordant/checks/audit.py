"""The audit: what the catalogue asks of each system, and which clause, scope or theorem stands for it, or why none does yet.

The data stand in spec/…/audit.json. What is asked there is the documents' and their reader's word; what stands for it is ours.
"""

from __future__ import annotations

import json
from enum import Enum
from functools import cache
from importlib.resources import files

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

    `by`: ids of clauses and theorems, and scopes as `stem/name`; with a departure, or with something missing, what stands for a part
    of it. `departure`: why nothing stands for the rest, or something else does. `missing`: what would. `note`: how to read it.
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
    """Return the ids of all that may stand for something: clauses, also known to fail, theorems, and what is explored, as `stem/name`."""
    chosen = protocols()
    clauses = (clause.id for each in chosen for clause in (*each.clauses, *(known.clause for known in each.known_violations)))
    scopes = (f"{each.stem}/{item.name}" for each in chosen for item in each.explored)
    theorems = (theorem.id for each in (*chosen, *theorems_alone()) for theorem in each.theorems)
    return frozenset((*clauses, *scopes, *theorems))
