"""Pin what was counted of every theorem, beside its stem: `python -m concordant.proofs.pinned [STEM …]`."""

from __future__ import annotations

import json
import sys
from itertools import groupby

from concordant.proofs.kernel.ledger import file
from concordant.proofs.kernel.theorems import theorems


def main(stems: list[str]) -> None:
    """Prove the theorems of these stems, or of all, but for the large ones, and write what was counted."""
    for stem, found in groupby(theorems(), key=lambda theorem: theorem.stem):
        if not stems or stem in stems:
            outcomes = {theorem.id: theorem.prove() for theorem in found if not theorem.large and not theorem.example}
            wrong = [f"{id}: {outcome.detail}" for id, outcome in outcomes.items() if not outcome.good]
            if wrong:
                raise SystemExit(f"not pinned, since not proved: {'; '.join(wrong)}")
            counted = {id: outcome.detail for id, outcome in outcomes.items()}
            file(stem, "theorems").write_text(json.dumps(counted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
