"""The page on large theorems: how each stood when it was last proved, which is not done by default."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.reports.marking import in_cell
from concordant.proofs.kernel.ledger import pinned
from concordant.proofs.kernel.theorems import Theorem, theorems
from concordant.proofs.pinned import BOUND

HEAD = """# Theorems of larger sizes

{all} theorems take long, and are proved only with `concordant prove --large`, or by name. {proved} of them were proved when they were
last asked for, with at most {bound} seconds each{rest}. `python -m concordant.proofs.pinned --large` asks again and
keeps the answers in `large.json`, beside each proof; `make pages` makes this page of them; do not edit it.

| theorem | how it stands |
|---|---|
"""


def page() -> str:
    """Return the page."""
    found = {theorem: stands(theorem) for theorem in theorems() if theorem.large}
    proved = sum(text.startswith("proved") for text in found.values())
    rest = "" if proved == len(found) else "; what time ran out for is neither proved nor refuted"
    return HEAD.format(all=len(found), proved=proved, bound=BOUND, rest=rest) + "\n".join(_rows(found)) + "\n"


def stands(theorem: Theorem) -> str:
    """Return what is on record of a large theorem."""
    return pinned(theorem.stem, "large").get(theorem.id, "not on record")


def _rows(found: dict[Theorem, str]) -> Iterator[str]:
    for theorem, text in found.items():
        how, _, _ = text.partition("; said to be")  # which lines look at no amount the theorem prints
        yield f"| `{theorem.id}` | {in_cell(how)} |"
