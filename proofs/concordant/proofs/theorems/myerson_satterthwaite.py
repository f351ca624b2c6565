"""The theorem of Myerson and Satterthwaite at its base: a trade between two cannot have all of four good properties.

Claim: a buyer values a good at 1 or at 5, its seller at 0 or at 4, all equally likely and known only to oneself. No rule for trade
and payments is efficient, truthful on average over the other's type, worth taking part in for every type, and pays out what it
takes in. Drop any one, and a rule with a name keeps the other three. All is exact: linear inequalities over the rationals.
Source: Myerson and Satterthwaite, "Efficient mechanisms for bilateral trading", 1983, for distributions with a density; here it
is this one discrete distribution. It takes one: with types that are closer to each other, all four are possible.
Not covered: other distributions, more traders, payments that depend on chance.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.proofs.kernel.tradeoffs import Tables, Values, Witness, tradeoff, values_of
from concordant.spec.vocabulary import Amount, ratio

VALUES, COSTS = (1, 5), (0, 4)
Key: TypeAlias = tuple[str, int, int]
Rows: TypeAlias = dict[Key, Term]
"""How likely the good is traded, what is paid and what is received, at each value and cost."""


def _rows(values: tuple[int, ...], costs: tuple[int, ...]) -> Rows:
    kinds = ("trade", "paid", "received")
    return {(kind, v, c): z3.Real(f"{kind} at value {v} and cost {c}") for kind, v, c in product(kinds, values, costs)}


ROWS = _rows(VALUES, COSTS)


def _tables(rows: Rows = ROWS, values: tuple[int, ...] = VALUES, costs: tuple[int, ...] = COSTS) -> Tables:
    """What a rule is here, and what each axiom says of it."""

    def buyer(value: int, told: int) -> Term:  # what a buyer may expect who tells a value
        return z3.Sum([value * rows["trade", told, cost] - rows["paid", told, cost] for cost in costs]) / len(costs)

    def seller(cost: int, told: int) -> Term:
        return z3.Sum([rows["received", value, told] - cost * rows["trade", value, told] for value in values]) / len(values)

    types = tuple(product(values, costs))
    return Tables(
        always=[z3.And(rows["trade", *pair] >= 0, rows["trade", *pair] <= 1) for pair in types],
        axioms={
            "efficiency": [rows["trade", value, cost] == _gains(value, cost) for value, cost in types],
            "truthfulness": [
                *(buyer(value, value) >= buyer(value, told) for value, told in product(values, values)),
                *(seller(cost, cost) >= seller(cost, told) for cost, told in product(costs, costs)),
            ],
            "participation": [*(buyer(value, value) >= 0 for value in values), *(seller(cost, cost) >= 0 for cost in costs)],
            "balance": [rows["paid", *pair] == rows["received", *pair] for pair in types],
        },
    )


def _by(
    trade: Callable[[int, int], int], paid: Callable[[int, int], Amount], received: Callable[[int, int], Amount]
) -> Callable[[], Values]:
    rules = {"trade": trade, "paid": paid, "received": received}

    def judged(key: Any) -> Amount:
        what, value, cost = key
        return rules[what](value, cost)

    return lambda: values_of(ROWS, judged)


def _gains(value: int, cost: int) -> int:
    return 1 if value > cost else 0


def _midpoint(value: int, cost: int) -> Amount:
    return ratio(value + cost, 2) * _gains(value, cost)


def _at_two(value: int, cost: int) -> int:
    return 1 if value >= 2 >= cost else 0


def _externality(value: int, cost: int) -> Amount:
    """Return what the seller brings buyers on average, and what the buyer makes sellers spend on average."""
    to_buyers = ratio(sum(each * _gains(each, cost) for each in VALUES), len(VALUES))
    of_sellers = ratio(sum(each * _gains(value, each) for each in COSTS), len(COSTS))
    return to_buyers + of_sellers


MYERSON_SATTERTHWAITE = tradeoff(
    "myerson_satterthwaite",
    "No bilateral trade is efficient, truthful, worth taking part in and balanced.",
    "values 1 and 5, costs 0 and 4, equally likely; all rational trades and payments",
    _tables,
    {
        "efficiency": Witness(
            "a price of 2: who values the good at 1 does not buy it, though it costs 0",
            _by(_at_two, lambda v, c: 2 * _at_two(v, c), lambda v, c: 2 * _at_two(v, c)),
        ),
        "truthfulness": Witness(
            "the midpoint of value and cost: each gains by telling less of its wish to trade", _by(_gains, _midpoint, _midpoint)
        ),
        "participation": Witness(
            "each is paid what it brings the other on average (d'Aspremont and Gérard-Varet): some type would rather stay away",
            _by(_gains, _externality, _externality),
        ),
        "balance": Witness(
            "Vickrey's prices: the buyer pays the cost, the seller receives the value, and somebody else the difference",
            _by(_gains, lambda v, c: c * _gains(v, c), lambda v, c: v * _gains(v, c)),
        ),
    },
    about=__doc__,
)


def _closer() -> tuple[list[Term], Term]:
    values, costs = (1, 3), (0, 2)
    table = _tables(_rows(values, costs), values, costs)
    return [*table.always, *(term for name, terms in table.axioms.items() if name != "balance" for term in terms)], z3.Not(
        z3.And(table.axioms["balance"])
    )


CLOSER_TYPES = theorem(
    "myerson_satterthwaite.possible_for_closer_types",
    "With values 1 and 3, and costs 0 and 2, a bilateral trade may have all four properties.",
    EXAMPLE,
    _closer,
    holds=False,
)
