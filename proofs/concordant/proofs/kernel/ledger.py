"""The ledger: what is expected of every obligation, and of each proof without one guard, axiom or conjunct.

`python -m concordant.proofs.ledgers` writes it anew and keeps the reasons that were given for what survives.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

Ledger: TypeAlias = dict[str, dict[str, str]]
"""By kind (`obligations`, `without guard` …) and name: the solver's answer, the obligation that fails, or nothing."""


def file(stem: str, name: str = "ledger") -> Path:
    """Return where the ledger of a protocol lies, or another file of this name: beside its proofs."""
    home = Path(str(files("concordant.proofs")))
    return next((folder / f"{name}.json" for folder in home.glob(f"*/{stem}")), home / "theorems" / f"{stem}.json")


def pinned(stem: str, name: str = "theorems") -> dict[str, str]:
    """Return what was counted of each theorem of a stem when it was last pinned, by `python -m concordant.proofs.pinned`; `large`: of large ones."""
    path = file(stem, name)
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def expected(stem: str) -> Ledger:
    """Return what the ledger says of a protocol; nothing, where it does not know it."""
    if not file(stem).exists():
        return {}
    found: Ledger = json.loads(file(stem).read_text(encoding="utf-8"))
    return found


def differences(stem: str, found: Ledger, kinds: tuple[str, ...] | None = None) -> list[str]:
    """List where a proof differs from the ledger, and what survives without a reason. `kinds`: those that are its own, by default all."""
    known = {kind: entries for kind, entries in expected(stem).items() if kinds is None or kind in kinds}
    wrong: list[str] = []
    for kind in dict.fromkeys((*known, *found)):
        for name in dict.fromkeys((*known.get(kind, {}), *found.get(kind, {}))):
            was, now = known.get(kind, {}).get(name), found.get(kind, {}).get(name)
            if was is not None and now == "" and was.removeprefix("survives: ") not in ("", was):
                continue
            if now == "":
                wrong.append(f"{kind} {name}: the proof survives, and the ledger gives no reason")
            elif was != now:
                wrong.append(f"{kind} {name}: the ledger expects {was}, but it is {now}")
    return wrong


def renewed(stem: str, found: Ledger) -> Ledger:
    """Return a ledger's entry with what was found, and the reasons that it had."""
    known = expected(stem)
    return {
        kind: {name: now or known.get(kind, {}).get(name, "survives: ") for name, now in entries.items()} for kind, entries in found.items()
    }
