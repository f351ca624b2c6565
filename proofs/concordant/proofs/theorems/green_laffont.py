"""The theorem of Green and Laffont at its base: a public decision cannot be efficient, truthful and balanced.

Claim: two agents decide together whether to build something that is worth -4, -1 or 2 to each, which only the agent knows. No rule
for the decision and for payments builds exactly where both together gain, makes honesty best whatever the other says, and pays
out what it takes in. Drop any one, and a rule with a name keeps the other two. All is exact: linear inequalities over the rationals.
Source: Green and Laffont, "Characterization of satisfactory mechanisms for the revelation of preferences for public goods", 1977, for
all real values; here it is these three. It takes three: with two values, all is possible.
Not covered: other values, more agents and decisions, payments that depend on chance; honesty that is best on average, with which all
is possible (d'Aspremont and Gérard-Varet 1979).
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
from concordant.spec.vocabulary import Amount

VALUES = (-4, -1, 2)
Pair: TypeAlias = tuple[int, int]
Rows: TypeAlias = dict[tuple[str, Pair], Term]
"""How likely the thing is built, and what each agent pays, at each pair of values."""


def _rows(values: tuple[int, ...]) -> Rows:
    kinds = ("built", "first pays", "second pays")
    return {(kind, pair): z3.Real(f"{kind} at values {pair[0]} and {pair[1]}") for kind in kinds for pair in product(values, values)}


ROWS = _rows(VALUES)


def _tables(rows: Rows = ROWS, values: tuple[int, ...] = VALUES) -> Tables:
    """What a rule is here, and what each axiom says of it."""

    def gain(place: int, value: int, told: Pair) -> Term:
        return value * rows["built", told] - rows[("first pays", "second pays")[place], told]

    pairs = tuple(product(values, values))
    return Tables(
        always=[z3.And(rows["built", pair] >= 0, rows["built", pair] <= 1) for pair in pairs],
        axioms={
            "efficiency": [rows["built", pair] == _worthwhile(pair) for pair in pairs],
            "truthfulness": [
                honest >= lying
                for first, second in pairs
                for lie in values
                for honest, lying in (
                    (gain(0, first, (first, second)), gain(0, first, (lie, second))),
                    (gain(1, second, (first, second)), gain(1, second, (first, lie))),
                )
            ],
            "balance": [rows["first pays", pair] + rows["second pays", pair] == 0 for pair in pairs],
        },
    )


def _worthwhile(pair: Pair) -> int:
    return 1 if sum(pair) > 0 else 0


def _by(built: Callable[[Pair], int], pays: Callable[[Pair], Amount]) -> Callable[[], Values]:
    """Give each variable its value by a rule that treats both alike. `pays`: what is paid by the agent whose value comes first."""

    def judged(key: Any) -> Amount:
        what, (first, second) = key
        return built((first, second)) if what == "built" else pays((first, second) if what == "first pays" else (second, first))

    return lambda: values_of(ROWS, judged)


def _others_lose(pair: Pair) -> Amount:
    """Return what the other loses by the first one's presence: alone, it would build where it gains."""
    return max(pair[1], 0) - pair[1] * _worthwhile(pair)


GREEN_LAFFONT = tradeoff(
    "green_laffont",
    "No public decision is efficient, truthful and balanced.",
    "two agents, values -4, -1 and 2; all rational payments",
    _tables,
    {
        "efficiency": Witness("nothing is ever built, and nobody pays", _by(lambda _: 0, lambda _: 0)),
        "truthfulness": Witness(
            "it is built where both together gain, and nobody pays: who gains by it says more", _by(_worthwhile, lambda _: 0)
        ),
        "balance": Witness("each pays what the other loses by it (Clarke): money leaves the group", _by(_worthwhile, _others_lose)),
    },
    about=__doc__,
)


def _two_values() -> tuple[list[Term], Term]:
    values = (-1, 2)
    table = _tables(_rows(values), values)
    others = [term for name, terms in table.axioms.items() if name != "balance" for term in terms]
    return [*table.always, *others], z3.Not(z3.And(table.axioms["balance"]))


TWO_VALUES = theorem(
    "green_laffont.possible_for_two_values",
    "With values -1 and 2 alone, a public decision may be efficient, truthful and balanced.",
    EXAMPLE,
    _two_values,
    holds=False,
)
