"""Pin what was counted of every theorem, beside its stem: `python -m concordant.proofs.pinned [--large] [STEM or ID …]`.

`--large` is about those that take long. Each has as many seconds as `BOUND` says, and what became of it is on record in `large.json`,
also that it was not finished.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from concordant.proofs.kernel.ledger import file, pinned
from concordant.proofs.kernel.theorems import Finding, GaveUp, ProofStatus, Theorem, theorems

BOUND = 600


def main(arguments: list[str]) -> None:
    """Prove the theorems of these stems, or of all, and write what was counted."""
    large, names = "--large" in arguments, {each for each in arguments if each != "--large"}
    for stem, found in groupby(theorems(), key=lambda theorem: theorem.stem):
        asked = [each for each in found if each.large == large and not each.example and (not names or names & {stem, each.id})]
        if asked and large:
            put_on_record(stem, asked)
        elif asked:
            pin(stem, asked)


def pin(stem: str, found: list[Theorem]) -> None:
    """Pin what was counted of the theorems of a stem; one that is not proved ends it."""
    findings = {theorem.id: theorem.prove() for theorem in found}
    wrong = [f"{id}: {finding.detail}" for id, finding in findings.items() if not finding.good]
    if wrong:
        raise SystemExit(f"not pinned, since not proved: {'; '.join(wrong)}")
    _write(stem, "theorems", {id: finding.detail for id, finding in findings.items()})


def put_on_record(stem: str, found: list[Theorem]) -> None:
    """Prove large theorems of a stem, and put on record how each stands, beside what is on record of others; one that is refuted ends it."""
    known = pinned(stem, "large")
    for theorem in found:
        finding = within(BOUND, theorem)
        if finding.standing is ProofStatus.FAILED:
            raise SystemExit(f"{theorem.id} is refuted: {finding.detail}")
        known[theorem.id] = f"{finding.standing.value}: {finding.detail}"
        _write(stem, "large", {each.id: known[each.id] for each in theorems() if each.large and each.id in known})


def within(seconds: float, theorem: Theorem) -> Finding:
    """Prove a theorem, or give up after so many seconds."""
    with _alarm(seconds):
        return theorem.prove()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise GaveUp(f"not finished after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _write(stem: str, name: str, counted: dict[str, str]) -> None:
    file(stem, name).write_text(json.dumps(counted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
