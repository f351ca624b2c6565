"""Write the ledgers anew, and the counterexamples on record: `python -m concordant.proofs.ledgers [STEM…]`.

Reasons for what survives are kept; new ones are left to write. A counterexample that still is one is kept too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from concordant.proofs.kernel.counterexamples import smallest
from concordant.proofs.kernel.ledger import Ledger, file, renewed
from concordant.proofs.kernel.lemmas import Lemmas
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import obligations_of
from concordant.proofs.kernel.proofs import Proof
from concordant.proofs.kernel.recorded import Record, Records, record_of, recorded, standing, written
from concordant.proofs.kernel.theorems import collected


def proofs() -> tuple[Proof, ...]:
    """Find the inductive proofs of every module beside this one."""
    return collected(Proof)


def without(model: Model, kind: str, name: str) -> Model:
    """Return a model without what an entry of its ledger drops. `kind`: as the ledger calls it, but for obligations."""
    if kind == "without guard":
        return model.without_guard(*name.split("."))
    return model.without_axiom(name) if kind == "without axiom" else model.without_invariant(name)


def counterexamples(proof: Proof, ledger: Ledger) -> Records:
    """Return a counterexample of each mutant, and one to each obligation that fails where something is dropped, if a small one is found."""
    model, known = proof.model(), recorded(proof.stem)
    found = {
        kind: {
            name: record
            for name, failing in ledger[kind].items()
            for record in _shown(without(model, kind, name), failing, known.get(kind, {}).get(name))
        }
        for kind in ("without guard", "without axiom", "without conjunct")
    }
    return found | {"mutants": {each.name: record_of(proof.counterexample(each)) for each in proof.mutants}}


def _shown(model: Model, failing: str, known: Record | None) -> Iterator[Record]:
    """Yield a counterexample to an obligation: the known one if it still stands, else a smallest. The start has none, nor what survives."""
    example = standing(model, known)
    action = failing.partition(" ")[0]
    if example is not None and example.obligation == failing:
        yield record_of(example)
    elif action in model.actions:
        yield record_of(smallest(model, next(each for each in obligations_of(model, action) if each.name == failing)))


def main() -> None:
    """Write the ledger of every proof, or of the stems that are named."""
    named = frozenset(sys.argv[1:])
    found: dict[str, Ledger] = {}
    for proof in (each for each in proofs() if not named or each.stem in named):
        found[proof.stem] = proof.ledger()
        examples = counterexamples(proof, found[proof.stem])
        file(proof.stem, "counterexamples").write_text(written(examples), encoding="utf-8")
    for lemmas in (each for each in collected(Lemmas) if not named or each.stem in named):
        found.setdefault(lemmas.stem, {}).update(lemmas.ledger())
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
