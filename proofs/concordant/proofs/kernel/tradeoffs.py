"""Trade-offs: axioms that are not possible together, while any one fewer is, as a rule with a name shows.

A witness gives a value to every variable of the tables, and is judged by substitution; the solver is not asked about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import z3
from attrs import frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import possible
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem

Values: TypeAlias = list[tuple[Term, Term]]
"""Each variable with its value."""


@frozen(eq=False)
class Tables:
    """What any rule is, on finitely many profiles: what each axiom says of its variables. `always`: what makes it a rule at all."""

    always: list[Term]
    axioms: Mapping[str, list[Term]]

    def broken(self, values: Values) -> list[str]:
        """List what a rule breaks: `always`, and axioms by name."""
        parts = {"always": self.always, **self.axioms}
        return [name for name, terms in parts.items() if not z3.is_true(z3.simplify(z3.substitute(z3.And(terms), *values)))]


@frozen
class Witness:
    """A rule that keeps all axioms but one. `says`: its name, and how it breaks that one."""

    says: str
    values: Callable[[], Values]


def tradeoff(
    stem: str, claim: str, quantifiers: str, tables: Callable[[], Tables], witnesses: Mapping[str, Witness], *, about: str
) -> tuple[Theorem, ...]:
    """Make the theorems of a trade-off: all axioms together are impossible; without each, possible by its witness."""

    def impossible() -> Finding:
        table = tables()
        if possible([*table.always, *(term for terms in table.axioms.values() for term in terms)], f"{stem}.impossible"):
            return Finding(ProofStatus.FAILED, "there is a rule that keeps all axioms")
        missed = sorted(set(table.axioms) ^ set(witnesses))
        return Finding(ProofStatus.FAILED, f"no witness without {', '.join(missed)}") if missed else Finding(ProofStatus.PROVED, "1 query")

    def possible_without(name: str) -> Finding:
        table = tables()
        others = [term for other, terms in table.axioms.items() if other != name for term in terms]
        if not possible([*table.always, *others], f"{stem}.possible_without_{name}"):
            return Finding(ProofStatus.FAILED, "no rule keeps the other axioms")
        broken = table.broken(witnesses[name].values())
        if broken != [name]:
            return Finding(
                ProofStatus.FAILED, f"the witness breaks {', '.join(broken) or 'nothing'}, not {name} alone: {witnesses[name].says}"
            )
        return Finding(ProofStatus.PROVED, witnesses[name].says)

    def page() -> Iterator[str]:
        yield f"{stem}.impossible"
        yield f"  Claim: {claim}"
        yield f"  For: {quantifiers}."
        yield from (f"  {line}".rstrip() for line in about.strip().splitlines())
        width = max(map(len, witnesses))
        for name, witness in witnesses.items():
            yield f"  without {name:{width}}  {witness.says}"

    def without(name: str) -> Theorem:
        words = name.replace("_", " ")
        return Theorem(
            f"{stem}.possible_without_{name}", f"Without {words}, the others are possible.", quantifiers, lambda: possible_without(name)
        )

    first = Theorem(f"{stem}.impossible", claim, quantifiers, impossible, explain=page)
    return (first, *(without(name) for name in witnesses))


def values_of(variables: Mapping[Any, Term], value: Callable[[Any], Any]) -> Values:
    """Give each variable the value of its key: a bool, or an exact number."""

    def constant(of: Any) -> Term:
        return z3.BoolVal(of) if isinstance(of, bool) else z3.Q(of.numerator, of.denominator)

    return [(variable, constant(value(key))) for key, variable in variables.items()]
