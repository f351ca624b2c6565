"""Loops over the elements that meet conditions, as Python source: what the conditions exclude is left out early, and few rows are gone through instead of many elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import z3

from concordant.proofs.kernel.models import Term


def loops(
    variables: Mapping[str, str],
    conditions: Sequence[Term],
    write: Callable[[Term], str],
    names: Mapping[str, str],
    bound: Sequence[str] = (),
) -> list[str]:
    """Return the heads of nested loops over all values of variables that meet conditions, each of which is asked as soon as it can be.

    The first head is an `if` of what concerns no variable, and may be empty. `variables`: the range of each; they stand in `bound` as bound variables, or in `names` as constants.
    Where a condition says that a row stands in a relation that changes, the rows are gone through, since they are few.
    """
    left, open, heads = [(part, _used(part, names, bound) & variables.keys()) for part in conditions], dict(variables), []

    def asked() -> str:
        ready = [part for part, used in left if not used & open.keys()]
        left[:] = [(part, used) for part, used in left if used & open.keys()]
        return f"if ({' and '.join(map(write, ready))})" if ready else ""

    heads.append(asked())
    while open:
        found = next((part for part, used in left if _binds(part, used & open.keys(), names)), None)
        if found is None:
            name = next(iter(open))
            heads.append(f"for {name} in {open.pop(name)}")
        else:
            left[:] = [(part, used) for part, used in left if part is not found]
            heads.append(_bound(found, open, write, names))
        heads += [head for head in (asked(),) if head]
    return heads


def _binds(term: Term, open: frozenset[str], names: Mapping[str, str]) -> bool:
    """Tell whether a condition leaves open variables few values: a row stands in a relation that changes, or an element is another."""
    if not open or not z3.is_app(term):
        return False
    if z3.is_eq(term):
        return len(open) == 1 and term.arg(0).sort() != z3.BoolSort() and not z3.eq(term.arg(0), term.arg(1))
    return term.decl().kind() == z3.Z3_OP_UNINTERPRETED and names.get(term.decl().name(), "").startswith("s_")


def _bound(found: Term, open: dict[str, str], write: Callable[[Term], str], names: Mapping[str, str]) -> str:
    """Return a loop over the values that a condition leaves, which takes variables from the open ones."""
    parts = [write(part) for part in found.children()]
    if z3.is_eq(found):
        name, value = parts if parts[0] in open else reversed(parts)
        open.pop(name)
        return f"for {name} in ({value},)"
    places, asked = [], []
    for number, part in enumerate(parts):
        if part in open:
            places.append(part)
            open.pop(part)
        else:
            places.append(f"at{number}")
            asked.append(f"at{number} == {part}")
    return f"for {row(places)} in {names[found.decl().name()]}{' if ' * bool(asked)}{' and '.join(asked)}"


def _used(term: Term, names: Mapping[str, str], bound: Sequence[str], deep: int = 0) -> frozenset[str]:
    """Return the Python variables that a formula uses, but for those that it binds itself."""
    if z3.is_quantifier(term):
        return _used(term.body(), names, bound, deep + term.num_vars())
    if z3.is_var(term):
        index = z3.get_var_index(term) - deep
        return frozenset() if index < 0 else frozenset({bound[-1 - index]})
    own = {names[term.decl().name()]} if z3.is_const(term) and term.decl().name() in names else set()
    return frozenset(own).union(*(_used(part, names, bound, deep) for part in term.children()))


def row(parts: Sequence[str]) -> str:
    """Return a tuple as source, of one place too."""
    return f"({', '.join(parts)}{',' * (len(parts) == 1)})"


def rows(written: str, heads: Sequence[str]) -> str:
    """Return as source the set of what is written under the heads of loops."""
    first, *rest = heads
    found = f"frozenset({written} {' '.join(rest) or 'for _ in (0,)'})"
    return f"({found} {first} else frozenset())" if first else found


def disjuncts(term: Term) -> list[Term]:
    """Return the parts of a disjunction, however it is nested; of a choice its two cases."""
    if z3.is_or(term):
        return [each for part in term.children() for each in disjuncts(part)]
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        condition, then, otherwise = term.children()
        return [
            *(z3.And(condition, each) for each in disjuncts(then)),
            *(z3.And(z3.Not(condition), each) for each in disjuncts(otherwise)),
        ]
    return [term]


def conjuncts(term: Term) -> list[Term]:
    """Return the parts of a conjunction, however it is nested."""
    return [each for part in term.children() for each in conjuncts(part)] if z3.is_and(term) else [term]
