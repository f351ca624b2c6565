"""The decidable fragment (effectively propositional logic with stratified sorts): a query outside it is refused.

In negation normal form, an existential variable below a universal one, and a function from sort to sort, are edges between
sorts. Without a cycle of edges, a satisfiable query has a finite model and the solver's search ends (Padon et al., 2017).
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias

import z3

from concordant.proofs.kernel.models import Term, number_of

Form: TypeAlias = tuple[Any, ...]
"""A formula, whatever its bound variables are called."""
Edges = set[tuple[str, str]]
NO_EDGES: Final = frozenset[tuple[str, str]]()


def alternation_cycle(formulas: Iterable[Term], beside: AbstractSet[tuple[str, str]] = NO_EDGES) -> tuple[str, ...] | None:
    """Return a cycle of sorts through which formulas leave the fragment, or None. `beside`: the edges of others that hold with them."""
    return _cycle(edges_of(formulas) | beside)


def cycle_against(goals: Iterable[Term], beside: AbstractSet[tuple[str, str]]) -> tuple[str, ...] | None:
    """Return a cycle of sorts through which the negations of goals leave the fragment, or None."""
    return _cycle(set().union(beside, *(_edges(goal, positive=False) for goal in goals)))


def edges_of(formulas: Iterable[Term]) -> Edges:
    """Return the edges between sorts that formulas make."""
    return set().union(*(_edges(formula, positive=True) for formula in formulas))


def quantified(formula: Term) -> bool:
    """Tell whether a formula has a quantifier."""
    number = number_of(formula)
    if number not in _QUANTIFIED:
        _QUANTIFIED[number] = formula, z3.is_quantifier(formula) or any(map(quantified, formula.children()))
    return _QUANTIFIED[number][1]


def against(goal: Term) -> Term:
    """Return the negation of a goal, with its quantifiers as far inside as they go: a solver finds what they stand for the sooner."""
    if not quantified(goal):
        return z3.Not(goal)
    number = number_of(goal)
    if number not in _AGAINST:
        _AGAINST[number] = goal, _negation(goal)
    return _AGAINST[number][1]


def _negation(goal: Term) -> Term:
    if z3.is_and(goal) or z3.is_or(goal):
        return (z3.Or if z3.is_and(goal) else z3.And)([against(part) for part in goal.children()])
    if z3.is_implies(goal):
        return z3.And(goal.arg(0), against(goal.arg(1)))
    if not (z3.is_quantifier(goal) and goal.is_exists()):
        return z3.Not(goal)
    variables = [z3.FreshConst(goal.var_sort(number), goal.var_name(number)) for number in range(goal.num_vars())]
    body = z3.simplify(z3.substitute_vars(goal.body(), *reversed(variables)))
    return z3.And([z3.ForAll(variables, z3.Not(part)) for part in (body.children() if z3.is_or(body) else (body,))])


def form_of(formula: Term) -> Form:
    """Return the form of a formula: two have the same if they are one, but for what their bound variables are called."""
    number = number_of(formula)
    if number not in _FORMS:
        _FORMS[number] = formula, _form(formula)
    return _FORMS[number][1]


def _form(formula: Term) -> Form:
    if not quantified(formula):
        return (number_of(formula),)
    if not z3.is_quantifier(formula):
        return (number_of(formula.decl()), *map(form_of, formula.children()))
    return (formula.is_forall(), formula.is_exists(), *_sorts(formula), form_of(formula.body()))


_FORMS: dict[int, tuple[Term, Form]] = {}

_AGAINST: dict[int, tuple[Term, Term]] = {}
_QUANTIFIED: dict[int, tuple[Term, bool]] = {}
_KNOWN: dict[tuple[Any, ...], tuple[Term, Edges]] = {}
"""Edges of what was walked, by its number in Z3; the term is kept, here and above, so that its number stays its own.

A quantifier is known by its body: what its variables are called makes another formula of it, and no other edges.
"""


def _edges(formula: Term, *, positive: bool) -> Edges:
    """Return the edges of a formula below no quantifier."""
    key: tuple[Any, ...] = (positive, number_of(formula))
    if key not in _KNOWN:
        _KNOWN[key] = formula, _of_body(formula, positive=positive) if z3.is_quantifier(formula) else _made_by(formula, positive=positive)
    return _KNOWN[key][1]


def _of_body(formula: Term, *, positive: bool) -> Edges:
    key: tuple[Any, ...] = (formula.is_forall() == positive, *_sorts(formula), number_of(formula.body()))
    if key not in _KNOWN:
        _KNOWN[key] = formula, _made_by(formula, positive=positive)
    return _KNOWN[key][1]


def _made_by(formula: Term, *, positive: bool) -> Edges:
    edges: Edges = set()
    if z3.is_not(formula):
        return _edges(formula.arg(0), positive=not positive)
    if z3.is_implies(formula):
        return _edges(formula.arg(0), positive=not positive) | _edges(formula.arg(1), positive=positive)
    if z3.is_and(formula) or z3.is_or(formula):
        return edges.union(*(_edges(part, positive=positive) for part in formula.children()))
    _walk(formula, positive=positive, bound=(), edges=edges)
    return edges | _functions(formula)


def _sorts(quantifier: Term) -> list[str]:
    return [quantifier.var_sort(number).name() for number in range(quantifier.num_vars())]


Bound = tuple[tuple[str, frozenset[str]], ...]
"""For each variable in scope, innermost last: its sort, and the universal sorts on which it depends."""


def _walk(formula: Term, *, positive: bool, bound: Bound, edges: Edges) -> None:
    if not quantified(formula):
        return
    if z3.is_quantifier(formula):
        sorts = _sorts(formula)
        if formula.is_forall() == positive:
            inner = (*bound, *((sort, frozenset({sort})) for sort in sorts))
        else:
            # Skolem functions take only the universal variables that are free below.
            depends = frozenset().union(*(bound[-1 - index][1] for index in _free(formula)))
            edges.update((outer, sort) for outer in depends for sort in sorts)
            inner = (*bound, *((sort, depends) for sort in sorts))
        _walk(formula.body(), positive=positive, bound=inner, edges=edges)
    elif z3.is_not(formula):
        _walk(formula.arg(0), positive=not positive, bound=bound, edges=edges)
    elif z3.is_implies(formula):
        _walk(formula.arg(0), positive=not positive, bound=bound, edges=edges)
        _walk(formula.arg(1), positive=positive, bound=bound, edges=edges)
    elif z3.is_and(formula) or z3.is_or(formula):
        for part in formula.children():
            _walk(part, positive=positive, bound=bound, edges=edges)
    else:
        for part in formula.children():
            if part.sort() == z3.BoolSort():  # an equivalence or a choice: both signs
                _walk(part, positive=True, bound=bound, edges=edges)
                _walk(part, positive=False, bound=bound, edges=edges)


def _free(formula: Term) -> frozenset[int]:
    """Return the de Bruijn indices that are free in a formula."""
    if z3.is_var(formula):
        return frozenset({z3.get_var_index(formula)})
    if z3.is_quantifier(formula):
        count = formula.num_vars()
        return frozenset(index - count for index in _free(formula.body()) if index >= count)
    return frozenset().union(*(_free(part) for part in formula.children()))


def _functions(formula: Term) -> frozenset[tuple[str, str]]:
    """Return the edges that the functions in a formula make, each part of which is gone through once."""
    number = number_of(formula)
    if number not in _FUNCTIONS:
        parts = [formula.body()] if z3.is_quantifier(formula) else formula.children()
        mine: Edges = set()
        if z3.is_app(formula) and formula.decl().kind() == z3.Z3_OP_UNINTERPRETED and formula.sort() != z3.BoolSort():
            mine.update((part.sort().name(), formula.sort().name()) for part in parts)
        _FUNCTIONS[number] = formula, frozenset(mine).union(*map(_functions, parts))
    return _FUNCTIONS[number][1]


_FUNCTIONS: dict[int, tuple[Term, frozenset[tuple[str, str]]]] = {}


def _cycle(edges: AbstractSet[tuple[str, str]]) -> tuple[str, ...] | None:
    follows: dict[str, list[str]] = {}
    for start, end in sorted(edges):
        follows.setdefault(start, []).append(end)
    done: set[str] = set()

    def search(sort: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if sort in path:
            return (*path[path.index(sort) :], sort)
        if sort in done:
            return None
        for following in follows.get(sort, ()):
            found = search(following, (*path, sort))
            if found is not None:
                return found
        done.add(sort)
        return None

    for sort in follows:
        found = search(sort, ())
        if found is not None:
            return found
    return None
