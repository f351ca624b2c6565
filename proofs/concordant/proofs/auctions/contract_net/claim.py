"""No contractor takes on more than it has room for, nor one task twice, and no manager tells two yes: both as shipped, by running them.

Claim: each message of a manager, each proposal that lapses and each task that ends keeps what is promised of one, however much room
there is. The deals before are not those that were reached, but any for which there is room: so what is promised is an invariant, and
holds after any sequence, also of messages that come twice or late, and with any number of managers at once.
Whatever comes to a manager, of a contractor, of a user or by time, at most one contractor has ever been told yes, and it is a cheapest
of those that have proposed, whatever they cost: for a task that stands in any way, reached or not, so that it holds after any sequence.
Not covered: more than two deals, with `--large` three; the contractor looks at the deal of whoever asks, and counts the others. And
more than two contractors of one manager, with `--large` three.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.contract_net import award_by_award, step_by_step
from concordant.spec.auctions.contract_net import awards
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

STANDS = "whose task is new, called, awarded or over, whatever each has said; a message of one of them, a user, or time; all real costs"

AWARDED_ONCE = tuple(
    by_running(
        f"contract_net.{clause.name}{size}",
        clause,
        award_by_award(contractors),
        f"a manager of {number} contractors, {STANDS} that are not negative",
        large=contractors > 2,
    )
    for contractors, number, size in ((2, "two", ""), (3, "three", "_of_three"))
    for clause in awards.CLAUSES
)
