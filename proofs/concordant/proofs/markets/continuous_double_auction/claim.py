"""Whatever orders come, nothing is made or lost, and no book is left crossed: the shipped exchange, by running it.

Claim: after any two orders, and any three, of one unit each at any real prices or without one, or of any real quantities at prices of 1 or 2,
money and units are all there, each trader has what it traded, no order is filled with more than it is for, no book is crossed, and
each trade is at the price of the earlier order. Since a book is nothing but what earlier orders have left, this is the step from any
book of one or two orders to the next.
Not covered: books of more orders; prices and quantities that are both any; cancelling, and orders that are not covered, which the
scopes have.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.continuous_double_auction import trading
from concordant.spec.markets.continuous_double_auction.sequences import CLAUSES, any_prices, any_quantities

WORDS = {2: "two orders", 3: "three orders"}
ENDS = "to buy or to sell; the last of another trader, or of the first's"
ANY = {
    "prices": (any_prices, f"of one unit each, at all real prices that are not negative or without one, {ENDS}"),
    "quantities": (any_quantities, f"of all real quantities that are not negative, at prices of 1 or 2, {ENDS}"),
}

PROVED = tuple(
    by_running(
        f"continuous_double_auction.{clause.name}_at_any_{what}{'_of_three' if count == 3 else ''}",
        clause,
        trading(partial(sequences, count=count)),
        f"{WORDS[count]} {ranging}",
        large=count == 3,
    )
    for what, (sequences, ranging) in ANY.items()
    for count in WORDS
    for clause in CLAUSES
)
