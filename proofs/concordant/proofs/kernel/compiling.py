"""Formulas as Python source: one evaluator that is not Z3, for states in which relations are frozensets of tuples of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

import z3

from concordant.proofs.kernel.looping import conjuncts, loops, row
from concordant.proofs.kernel.models import Term


def expression(term: Term, names: Mapping[str, str], bound: tuple[str, ...] = ()) -> str:
    """Return a formula or an element as a Python expression.

    `names`: the Python variable that stands for each relation, constant and parameter; the range of a sort stands in
    `u_SORT`. A name that is not among them, or a construct that is not known, is a ValueError.
    """
    if z3.is_quantifier(term):
        return _quantified(term, names, bound)
    if z3.is_var(term):
        index: int = z3.get_var_index(term)
        return bound[-1 - index]
    parts = [expression(part, names, bound) for part in term.children()]
    if term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
        return _named(term, names, parts)
    forms: dict[int, Callable[[], str]] = {
        z3.Z3_OP_TRUE: lambda: "True",
        z3.Z3_OP_FALSE: lambda: "False",
        z3.Z3_OP_NOT: lambda: f"(not {parts[0]})",
        z3.Z3_OP_AND: lambda: f"({' and '.join(parts) or 'True'})",
        z3.Z3_OP_OR: lambda: f"({' or '.join(parts) or 'False'})",
        z3.Z3_OP_IMPLIES: lambda: f"(not {parts[0]} or {parts[1]})",
        z3.Z3_OP_EQ: lambda: f"({parts[0]} == {parts[1]})",
        z3.Z3_OP_IFF: lambda: f"({parts[0]} == {parts[1]})",
        z3.Z3_OP_DISTINCT: lambda: f"(len({{{', '.join(parts)}}}) == {len(parts)})",
        z3.Z3_OP_ITE: lambda: f"({parts[1]} if {parts[0]} else {parts[2]})",
    }
    if term.decl().kind() not in forms:
        raise ValueError(f"the formula uses {term.decl().name()}, which finite models do not know")
    return forms[term.decl().kind()]()


def _quantified(term: Term, names: Mapping[str, str], bound: tuple[str, ...]) -> str:
    """Go through what a quantifier ranges over, but leave out what its conditions exclude: of rows that must stand in a relation only those."""
    variables = {f"x{len(bound) + number}": f"u_{term.var_sort(number)}" for number in range(term.num_vars())}
    inner = (*bound, *variables)
    conditions, claims = _implied(term.body()) if term.is_forall() else (conjuncts(term.body()), [])
    first, *rest = loops(variables, conditions, lambda part: expression(part, names, inner), names, inner)
    asked = first.removeprefix("if ") or "True"
    if term.is_forall():
        claim = " or ".join(expression(part, names, inner) for part in claims) or "False"
        return f"(not {asked} or all({claim} {' '.join(rest)}))"
    return f"({asked} and any(True {' '.join(rest)}))"


def _implied(term: Term) -> tuple[list[Term], list[Term]]:
    """Return a formula as conditions and claims: where all of the conditions hold, so does one of the claims."""
    if z3.is_implies(term):
        conditions, claims = _implied(term.arg(1))
        return [*conjuncts(term.arg(0)), *conditions], claims
    if z3.is_not(term):
        return conjuncts(term.arg(0)), []
    if z3.is_or(term):
        parts = [_implied(part) for part in term.children()]
        return [each for conditions, _ in parts for each in conditions], [each for _, claims in parts for each in claims]
    return [], [term]


def _named(term: Term, names: Mapping[str, str], parts: list[str]) -> str:
    name = term.decl().name()
    if name not in names:
        raise ValueError(
            f"the formula mentions {name}, which is neither a symbol of the model nor a parameter; known are {', '.join(names)}"
        )
    if term.sort() != z3.BoolSort():
        return names[name]
    return f"({row(parts)} in {names[name]})"


def function(arguments: Sequence[str], body: Iterable[str], values: Mapping[str, Any]) -> Callable[..., Any]:
    """Define a Python function from its lines; `values` are what its free names mean."""
    found: dict[str, Any] = {}
    exec(_code("\n".join([f"def made({', '.join(arguments)}):", *(f"    {line}" for line in body)])), dict(values), found)  # noqa: S102  # the source is made of formulas alone
    made: Callable[..., Any] = found["made"]
    return made


@lru_cache(maxsize=4096)
def _code(source: str) -> CodeType:
    return compile(source, "<a formula>", "exec")
