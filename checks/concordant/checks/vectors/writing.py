"""Writing vectors: a file of lines for each role or for the rules, one for known mistakes, and a manifest that says what they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from concordant.checks.cache.sources import digest_of
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.roles import roles
from concordant.checks.misuse import Misuse
from concordant.checks.registry import Protocol
from concordant.checks.vectors.machines import MachineVectors
from concordant.checks.vectors.rules import SEED, RuleVectors
from concordant.spec.vocabulary import Clause

FORMAT = "concordant-vectors/1"
MANIFEST = "manifest.json"


def write(protocol: Protocol, folder: Path, scope: str | None = None) -> Json:
    """Write the vectors of a protocol into a folder, and return the manifest. `scope`: only of one, for processes. What cannot be written is a Misuse."""
    found = [MachineVectors(role, scope) for role in roles(protocol)]
    rules = RuleVectors(protocol) if protocol.grids else None
    if not found and rules is None:
        raise Misuse(f"{protocol.stem} has neither small scopes nor grids, and so no vectors")
    _require_no_others(folder / MANIFEST, protocol.stem)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        counts = {f"{each.role.name}.ndjson": _lines(folder / f"{each.role.name}.ndjson", each.vectors()) for each in found}
        if rules is not None:
            counts["profiles.ndjson"] = _lines(folder / "profiles.ndjson", rules.vectors())
        defects = [vector for each in found for vector in each.defects(protocol.pitfalls)]
        defects += rules.defects(protocol.pitfalls) if rules is not None else ()
        counts["defects.ndjson"] = _lines(folder / "defects.ndjson", defects)
        manifest = {
            "format": FORMAT,
            "stem": protocol.stem,
            "title": protocol.title,
            "concordant": version("concordant"),
            "digest": digest_of(protocol, "scope"),
            "seed": SEED,
            "scope": scope,
            "clauses": [{"id": clause.id, "sentence": clause.sentence} for clause in protocol.of(Clause, "spec")],
            "files": counts,
            "complete": all(table.complete for each in found for table in each.tables),
            "left_out": sum(each.left_out for each in (*found, *(() if rules is None else (rules,)))),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misuse(f"{folder} cannot be written: {error.strerror}") from error
    return manifest


def _require_no_others(manifest: Path, stem: str) -> None:
    """Refuse a folder with the vectors of another protocol: what says what they are, and the defects, would be written over."""
    try:
        known = json.loads(manifest.read_text(encoding="utf-8"))["stem"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    if known != stem:
        raise Misuse(f"{manifest.parent} holds the vectors of {known}; give those of {stem} a folder of their own")


def _lines(file: Path, vectors: Iterable[Json]) -> int:
    lines = [json.dumps(vector, ensure_ascii=False) + "\n" for vector in vectors]
    file.write_text("".join(lines), encoding="utf-8")
    return len(lines)
