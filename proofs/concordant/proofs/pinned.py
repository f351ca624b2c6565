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
            findings = {theorem.id: theorem.prove() for theorem in found if not theorem.large and not theorem.example}
            wrong = [f"{id}: {finding.detail}" for id, finding in findings.items() if not finding.good]
            if wrong:
                raise SystemExit(f"not pinned, since not proved: {'; '.join(wrong)}")
            counted = {id: finding.detail for id, finding in findings.items()}
            file(stem, "theorems").write_text(json.dumps(counted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
