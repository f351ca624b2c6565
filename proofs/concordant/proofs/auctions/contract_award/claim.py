"""Whatever comes, no manager tells two contractors yes: the shipped manager, by running it.

Claim: whatever comes to a manager, of a contractor, of a user or by time, at most one contractor has ever been told yes, and it is a
cheapest of those that have proposed, whatever they cost. The task before stands in any way in which the manager knows whether it has told
somebody yes, reached or not: so what is promised is an invariant, and holds after any sequence, also of messages that come twice or late.
Not covered: more than two contractors of one manager, with `--large` three.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.contract_award import award_by_award
from concordant.spec.auctions.contract_award import CLAUSES

STANDS = "whose task is new, called, awarded or over, whatever each has said; a message of one of them, a user, or time; all real costs"

PROVED = tuple(
    by_running(
        f"contract_award.{clause.name}{size}",
        clause,
        award_by_award(contractors),
        f"a manager of {number} contractors, {STANDS} that are not negative",
        large=contractors > 2,
    )
    for contractors, number, size in ((2, "two", ""), (3, "three", "_of_three"))
    for clause in CLAUSES
)
