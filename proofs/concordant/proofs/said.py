"""Write anew which formula stands beside each sentence of a proof: `python -m concordant.proofs.said [STEM…]`. Read what changes."""

from __future__ import annotations

import argparse

from concordant.proofs.kernel.ledger import Ledger
from concordant.proofs.kernel.lemmas import Lemmas
from concordant.proofs.kernel.proofs import Proof
from concordant.proofs.kernel.said import CODE, MODEL, of_model, put_on_record
from concordant.proofs.kernel.said_of_code import of_code
from concordant.proofs.kernel.stability import StabilityTheorem
from concordant.proofs.kernel.theorems import collected


def spoken() -> dict[str, Ledger]:
    """Return what all proofs say, by stem and by what says it."""
    found: dict[str, Ledger] = {}
    for proof in collected(Proof):
        found.setdefault(proof.stem, {})[MODEL] = of_model(proof.model())
    for theorem in collected(StabilityTheorem):
        found.setdefault(theorem.stem, {})[CODE] = of_code(theorem.meaning)
    for lemmas in collected(Lemmas):
        found.setdefault(lemmas.stem, {})[lemmas.title] = lemmas.spoken()
    return found


def main() -> None:
    """Write what is on record of every stem, or of those that are named."""
    parser = argparse.ArgumentParser(prog="python -m concordant.proofs.said", description=main.__doc__)
    said = spoken()
    parser.add_argument("stems", nargs="*", metavar="STEM", choices=said)
    for stem in parser.parse_args().stems or said:
        put_on_record(stem, said[stem])


if __name__ == "__main__":
    main()
