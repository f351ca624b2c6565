"""Counting arguments for any number of agents: k sets cut them into 2^k regions, and each region has a size.

What is said of sizes is then linear arithmetic, without any axiom about sets (Kuncak, Nguyen and Rinard, "Deciding Boolean
Algebra with Presburger Arithmetic", 2006). Each theorem's hypotheses are shown to be satisfiable before its goal is negated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import z3

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import possible, told
from concordant.proofs.kernel.solving import SolverAnswer, model_of, settled
from concordant.proofs.kernel.theorems import Finding, GaveUp, ProofStatus, Theorem


class Sets:
    """Named sets of agents. A region is told by a function of which sets its agents are in."""

    def __init__(self, *names: str, weighted: bool = False) -> None:
        self._regions = [dict(zip(names, inside, strict=True)) for inside in product((False, True), repeat=len(names))]
        labels = [" and ".join(name for name in names if region[name]) or "none of them" for region in self._regions]
        self._counts = [z3.Int(f"agents in {label}") for label in labels]
        self.facts: list[Term] = [count >= 0 for count in self._counts]
        self._weights = [z3.Real(f"weight of those in {label}") for label in labels] if weighted else []
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


def theorem(
    id: str, claim: str, quantifiers: str, state: Callable[[], tuple[list[Term], Term]], *, why: str = "", holds: bool = True
) -> Theorem:
    """Make a theorem of hypotheses and a goal. `why`: the argument in a line or two, which the page shows.

    With `holds=False` it is a tightness example: the goal must fail.
    """

    def page() -> Iterator[str]:
        yield id
        yield f"  Claim: {claim}"
        yield f"  For which sizes: {quantifiers}."
        if why:
            yield f"  Why: {why}"

    return Theorem(id, claim, quantifiers, lambda: _check(id, *state(), holds=holds), explain=page)


def _check(id: str, hypotheses: list[Term], goal: Term, *, holds: bool) -> Finding:
    if not possible(hypotheses, f"the hypotheses of {id}"):
        return Finding(ProofStatus.FAILED, "the hypotheses contradict each other")
    answer, solver = settled(told([*hypotheses, z3.Not(goal)]))
    match answer:
        case SolverAnswer.UNKNOWN:
            raise GaveUp(f"the solver gave up on {id}")
        case SolverAnswer.UNSAT:
            return (
                Finding(ProofStatus.PROVED, "1 query")
                if holds
                else Finding(ProofStatus.FAILED, "there is no example: the claim is not tight")
            )
        case SolverAnswer.SAT:
            return Finding(ProofStatus.FAILED if holds else ProofStatus.SHOWN, _example(model_of(solver)))


def _example(model: Any) -> str:
    """Show the numbers of an example that are not 0."""
    values = sorted((str(name), str(model[name])) for name in model.decls() if not name.arity() and z3.is_arith(name()))
    return ", ".join(f"{name} = {value}" for name, value in values if value != "0") or "there is an example"
