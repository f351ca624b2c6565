"""Counting arguments for any number of agents: k sets cut them into 2^k regions, and each region has a size.

What is said of sizes is then linear arithmetic, without any axiom about sets (Kuncak, Nguyen and Rinard, "Deciding Boolean
Algebra with Presburger Arithmetic", 2006). Each theorem's hypotheses are shown to be satisfiable before its goal is negated.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import z3

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import Answer, ask
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem


class Sets:
    """Named sets of agents. A region is told by a function of which sets its agents are in."""

    def __init__(self, *names: str, weighted: bool = False) -> None:
        self._regions = [dict(zip(names, inside, strict=True)) for inside in product((False, True), repeat=len(names))]
        tags = ["".join("01"[region[name]] for name in names) for region in self._regions]
        self._counts = [z3.Int(f"count_{tag}") for tag in tags]
        self.facts: list[Term] = [count >= 0 for count in self._counts]
        self._weights = [z3.Real(f"weight_{tag}") for tag in tags] if weighted else []
        self.facts += [weight >= 0 for weight in self._weights]
        self.facts += [z3.Implies(count == 0, weight == 0) for count, weight in zip(self._counts, self._weights, strict=False)]

    def size(self, *inside: str, outside: tuple[str, ...] = ()) -> Term:
        """Return how many agents are in all of these sets and in none of those."""
        return z3.Sum([count for region, count in zip(self._regions, self._counts, strict=True) if _fits(region, inside, outside)])

    def weight(self, *inside: str, outside: tuple[str, ...] = ()) -> Term:
        """Return how much the agents weigh that are in all of these sets and in none of those."""
        return z3.Sum([weight for region, weight in zip(self._regions, self._weights, strict=True) if _fits(region, inside, outside)])


def _fits(region: dict[str, bool], inside: tuple[str, ...], outside: tuple[str, ...]) -> bool:
    return all(region[name] for name in inside) and not any(region[name] for name in outside)


def theorem(id: str, claim: str, quantifiers: str, state: Callable[[], tuple[list[Term], Term]], *, holds: bool = True) -> Theorem:
    """Make a theorem of hypotheses and a goal. With `holds=False` it is a tightness example: the goal must fail."""
    return Theorem(id, claim, quantifiers, lambda: _check(*state(), holds=holds))


def _check(hypotheses: list[Term], goal: Term, *, holds: bool) -> Outcome:
    if ask(hypotheses)[0] is not Answer.SAT:
        return Outcome(Standing.FAILED, "the hypotheses contradict each other")
    answer, solver = ask([*hypotheses, z3.Not(goal)])
    match answer:
        case Answer.UNKNOWN:
            return Outcome(Standing.UNKNOWN, "the solver gave up")
        case Answer.UNSAT:
            return Outcome(Standing.PROVED, "1 query") if holds else Outcome(Standing.FAILED, "there is no example: the claim is not tight")
        case Answer.SAT:
            example = solver.model()
            values = sorted((str(name), str(example[name])) for name in example.decls() if not name.arity() and example[name] is not None)
            shown = ", ".join(f"{name} = {value}" for name, value in values if value != "0")
            return Outcome(Standing.REFUTED if not holds else Standing.FAILED, shown)
