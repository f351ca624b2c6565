"""Second opinions: every obligation once more by cvc5, and by Z3 with other seeds. `make second-opinions`."""

from __future__ import annotations

import sys
import time
from typing import Any

import z3

from concordant.proofs.kernel.obligations import Obligation, ask, obligations
from concordant.proofs.kernel.solving import SolverAnswer
from concordant.proofs.ledgers import proofs

SEEDS = (1, 2, 3)

try:
    import cvc5
except ImportError:  # an extra: pip install 'concordant[second-opinion]'
    cvc5 = None


def by_cvc5(obligation: Obligation) -> SolverAnswer:
    """Decide an obligation by cvc5's finite model finder, which is complete on the decidable fragment."""
    solver = z3.Solver()
    solver.add(*obligation.formulas)
    engine: Any = cvc5.Solver()
    engine.setOption("finite-model-find", "true")
    engine.setOption("tlimit-per", "60000")
    parser = cvc5.InputParser(engine)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic UF)\n{solver.to_smt2()}", obligation.name)
    symbols = parser.getSymbolManager()
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer = command.invoke(engine, symbols).strip() or answer
    return SolverAnswer(answer) if answer in ("sat", "unsat") else SolverAnswer.UNKNOWN


def main() -> int:
    """Print, for each solver, how many obligations it proves; 1 if any disagrees."""
    wrong = 0
    for proof in proofs():
        model = proof.model()
        every = list(obligations(model))
        opinions: list[tuple[str, list[SolverAnswer], float]] = []
        for seed in SEEDS:
            began = time.perf_counter()
            opinions.append((f"Z3, seed {seed}", [ask(each.formulas, seed=seed)[0] for each in every], time.perf_counter() - began))
        if cvc5 is not None:
            began = time.perf_counter()
            opinions.append(("cvc5", [by_cvc5(each) for each in every], time.perf_counter() - began))
        for name, answers, seconds in opinions:
            agreed = answers.count(SolverAnswer.UNSAT)
            wrong += len(every) - agreed
            sys.stdout.write(f"{proof.stem}: {name} proves {agreed} of {len(every)} obligations in {seconds:.1f} s\n")
    if cvc5 is None:
        sys.stdout.write("cvc5 is not installed: pip install 'concordant[second-opinion]' for the other solver\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
