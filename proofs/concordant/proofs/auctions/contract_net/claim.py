"""Whatever comes, no contractor takes on more than it has room for, nor one task twice: the shipped contractor, by running it.

Claim: each message of a manager, each proposal that lapses and each task that ends keeps what is promised of one, however much room
there is. The deals before are not those that were reached, but any for which there is room: so what is promised is an invariant, and
holds after any sequence, also of messages that come twice or late, and with any number of managers at once.
Not covered: more than two deals, with `--large` three; the contractor looks at the deal of whoever asks, and counts the others. And
that a manager awards its task once, which is explored.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.contract_net import step_by_step
from concordant.spec.auctions.contract_net.steps import CLAUSES

COMES = "a message of the first, its proposal lapses, or its task ends; all real numbers of tasks, not negative, for which room is left"

PROVED = tuple(
    by_running(
        f"contract_net.{clause.name}{size}",
        clause,
        step_by_step(managers),
        f"{number} managers, whose tasks are new, held, running or over; {COMES}",
        large=managers > 2,
    )
    for managers, number, size in ((2, "two", ""), (3, "three", "_of_three"))
    for clause in CLAUSES
)
