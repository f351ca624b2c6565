"""Write anew which formula stands beside each sentence of a proof: `python -m concordant.proofs.said [STEM…]`. Read what changes."""

from __future__ import annotations

import argparse
from collections.abc import Set as AbstractSet

from concordant.proofs.kernel.ledger import Ledger
from concordant.proofs.kernel.lemmas import Lemmas
from concordant.proofs.kernel.proofs import Proof
from concordant.proofs.kernel.role_theorems import RoleTheorem, of_way, on_its_way, proved
from concordant.proofs.kernel.said import CODE, MODEL, of_model, put_on_record
from concordant.proofs.kernel.said_of_code import of_code
from concordant.proofs.kernel.stability import StabilityTheorem
from concordant.proofs.kernel.theorems import collected


def spoken(named: AbstractSet[str] = frozenset(), *, on_the_way: bool = True) -> dict[str, Ledger]:
    """Return what proofs say, all or those of some stems, by stem and by what says it. `on_the_way`: also what roles suppose, for which they are run."""
    found: dict[str, Ledger] = {}
    for proof in (each for each in collected(Proof) if not named or each.stem in named):
        found.setdefault(proof.stem, {})[MODEL] = of_model(proof.model())
    for theorem in (each for each in collected(StabilityTheorem) if not named or each.stem in named):
        found.setdefault(theorem.stem, {})[CODE] = of_code(theorem.meaning)
    for role in (each for each in collected(RoleTheorem) if on_the_way and not each.large and (not named or each.stem in named)):
        if supposed := of_way(proved(role.meaning, role.role, role.role.kind)):
            found.setdefault(role.stem, {})[on_its_way(role.role)] = supposed
    for lemmas in (each for each in collected(Lemmas) if not named or each.stem in named):
        found.setdefault(lemmas.stem, {})[lemmas.title] = lemmas.spoken()
    return found


def main() -> None:
    """Write what is on record of every stem, or of those that are named."""
    parser = argparse.ArgumentParser(prog="python -m concordant.proofs.said", description=main.__doc__)
    parser.add_argument("stems", nargs="*", metavar="STEM")
    named = frozenset(parser.parse_args().stems)
    said = spoken(named)
    if silent := sorted(named - said.keys()):
        parser.error(f"nothing is said in a proof of {', '.join(silent)}; name stems that have one")
    for stem in said:
        put_on_record(stem, said[stem])


if __name__ == "__main__":
    main()
