"""Nash's axioms hold of the shipped function for all real amounts, of two agents and up to two agreements; and concessions lead to the same.

Claim: `nash` and `concede` keep their clauses, whatever agreements are worth, whatever it is worth to walk away.
Not covered: more agents and agreements, of which grids and random problems show up to four and seven.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.bargaining import bargaining, talking
from concordant.spec.conflict.bargaining import (
    CLAUSES,
    OF_TALKS,
    a_concession_is_as_small_as_it_can_be,
    problems,
    whoever_risks_less_concedes,
)

SIZES = "all real worths that are not negative; two agents, zero to two agreements"

PRODUCT = tuple(by_running(f"bargaining.{clause.name}", clause, bargaining(partial(problems, most=2)), SIZES) for clause in CLAUSES)
TALKS = tuple(
    by_running(f"bargaining.talks_{clause.name}", clause, talking(partial(problems, most=2)), SIZES)
    for clause in OF_TALKS
    if clause
    not in (whoever_risks_less_concedes, a_concession_is_as_small_as_it_can_be)  # between two agreements there is no third to offer
)
