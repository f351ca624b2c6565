"""Write the ledgers anew: `python -m concordant.proofs.ledgers`. Reasons for what survives are kept; new ones are left to write."""

from __future__ import annotations

import json
import sys

from concordant.proofs.kernel.ledger import Ledger, file, renewed
from concordant.proofs.kernel.lemmas import Lemmas
from concordant.proofs.kernel.proofs import Proof
from concordant.proofs.kernel.theorems import collected


def proofs() -> tuple[Proof, ...]:
    """Find the inductive proofs of every module beside this one."""
    return collected(Proof)


def main() -> None:
    """Write the ledger of every proof."""
    found: dict[str, Ledger] = {}
    for stem, kinds in (*((each.stem, each.ledger()) for each in proofs()), *((each.stem, each.ledger()) for each in collected(Lemmas))):
        found.setdefault(stem, {}).update(kinds)
    ledger = {stem: renewed(stem, entries) for stem, entries in found.items()}
    for stem, entry in ledger.items():
        file(stem).write_text(json.dumps(entry, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    blank = [
        f"{stem} {kind} {name}"
        for stem, kinds in ledger.items()
        for kind, entries in kinds.items()
        for name, entry in entries.items()
        if entry == "survives: "
    ]
    for each in blank:
        sys.stdout.write(f"survives without a reason: {each}\n")


if __name__ == "__main__":
    main()
