"""Loops that leave early what conditions exclude say the same as going through everything."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest
import z3
from attrs import frozen

from concordant.proofs.kernel.finite import FiniteModel, Firing, Universe, ordered
from concordant.proofs.kernel.models import Model, exists, forall

And, Or, Not, Implies, If = z3.And, z3.Or, z3.Not, z3.Implies, z3.If
SIZE = 3


@frozen(eq=False)
class Words:
    """What formulas speak of, in a state."""

    s: Any
    node: Any

    @property
    def le(self) -> Any:
        return self.s.le

    @property
    def zero(self) -> Any:
        return self.s.zero()


def model() -> tuple[Model, Any]:
    m = Model("loops")
    node = m.sort("Node")
    m.rigid("le", node, node)
    m.constant("zero", node)
    m.relation("row", node, node)
    m.relation("mark", node)
    return m, node


FORMULAS: Mapping[str, Callable[[Words], Any]] = {
    "a row is an implication's condition": lambda w: forall(
        w.node, w.node, lambda a, b: Implies(w.s.row(a, b), Or(w.s.mark(a), w.le(b, w.zero)))
    ),
    "the diagonal of a relation": lambda w: exists(w.node, lambda a: And(w.s.row(a, a), Not(w.s.mark(a)))),
    "conditions within conditions": lambda w: forall(
        w.node,
        w.node,
        w.node,
        lambda a, b, c: Implies(And(w.s.row(a, b), w.le(a, c)), Implies(And(w.s.row(b, c), Not(a == c)), w.s.row(a, c))),
    ),
    "a quantifier in a condition": lambda w: forall(
        w.node,
        lambda a: Implies(
            exists(w.node, lambda b: And(w.s.row(a, b), forall(w.node, lambda c: Or(Not(w.s.row(b, c)), c == a)))), w.s.mark(a)
        ),
    ),
    "elements that are others": lambda w: exists(w.node, w.node, lambda a, b: And(a == w.zero, b == a, w.s.row(a, b))),
    "an element that is itself": lambda w: forall(
        w.node,
        lambda a: Implies(
            a == a,  # noqa: PLR0124  # a formula
            w.s.mark(a),
        ),
    ),
    "nothing but conditions": lambda w: forall(w.node, w.node, lambda a, b: Not(And(w.s.row(a, b), w.s.mark(b)))),
    "a condition of no variable": lambda w: forall(w.node, lambda a: Implies(w.s.mark(w.zero), w.s.mark(a))),
    "the same for some": lambda w: exists(w.node, lambda a: And(w.s.mark(w.zero), Not(w.s.mark(a)))),
    "equal truths": lambda w: forall(w.node, lambda a: w.s.mark(a) == exists(w.node, lambda b: w.s.row(a, b))),
    "a claim of two parts": lambda w: forall(
        w.node, w.node, lambda a, b: Implies(w.le(a, b), And(w.s.row(a, b), Or(w.s.mark(a), w.s.mark(b))))
    ),
}
UPDATES: Mapping[str, Callable[[Words, Any], Callable[[Any, Any], Any]]] = {
    "without the rows of one": lambda w, p: lambda a, b: And(w.s.row(a, b), a != p),
    "one row in place of others": lambda w, p: lambda a, b: If(a == p, b == p, w.s.row(a, b)),
    "more rows": lambda w, p: lambda a, b: Or(w.s.row(a, b), And(a == p, w.le(b, p))),
    "only if marked": lambda w, p: lambda a, b: And(w.s.mark(p), Or(w.s.row(b, a), a == b)),
}


def meaning(term: Any, of: Mapping[str, Any], bound: tuple[int, ...] = ()) -> Any:
    """Evaluate a formula by going through everything."""
    if z3.is_quantifier(term):
        every = (meaning(term.body(), of, (*bound, *chosen)) for chosen in product(range(SIZE), repeat=term.num_vars()))
        return all(every) if term.is_forall() else any(every)
    if z3.is_var(term):
        return bound[-1 - z3.get_var_index(term)]
    parts = [meaning(part, of, bound) for part in term.children()]
    match term.decl().kind():
        case z3.Z3_OP_UNINTERPRETED:
            known = of[term.decl().name()]
            return tuple(parts) in known if isinstance(known, frozenset) else known
        case z3.Z3_OP_NOT:
            return not parts[0]
        case z3.Z3_OP_AND:
            return all(parts)
        case z3.Z3_OP_OR:
            return any(parts)
        case z3.Z3_OP_IMPLIES:
            return not parts[0] or parts[1]
        case z3.Z3_OP_DISTINCT:
            return parts[0] != parts[1]
        case z3.Z3_OP_ITE:
            return parts[1] if parts[0] else parts[2]
        case _:
            assert term.decl().kind() in {z3.Z3_OP_EQ, z3.Z3_OP_IFF}
            return parts[0] == parts[1]


def states(m: Model) -> list[tuple[frozenset[tuple[int, ...]], ...]]:
    chance = random.Random(17)  # noqa: S311  # a test is no secret
    places = {name: tuple(product(range(SIZE), repeat=len(m.symbols[name].domain))) for name in m.changing}
    return [
        tuple(frozenset(row for row in places[name] if chance.random() < density) for name in m.changing)
        for density in (0, 0.3, 0.5, 0.7, 1)
    ]


def finite(m: Model) -> FiniteModel:
    return FiniteModel(m, Universe.of({"Node": ("n", SIZE)}, {"le": ordered(SIZE), "zero": 0}))


def known(m: Model, state: tuple[Any, ...], **more: int) -> dict[str, Any]:
    return {**dict(zip(m.changing, state, strict=True)), "le": ordered(SIZE), "zero": 0, **more}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_true_where_it_is_true_of_everything(name: str) -> None:
    m, node = model()
    s = m.state()
    m.invariant("it", "It.", lambda state: FORMULAS[name](Words(state, node)))
    term = m.invariants["it"].formula(s)

    assert [finite(m).failing_invariants(state) == () for state in states(m)] == [meaning(term, known(m, state)) for state in states(m)]


@pytest.mark.parametrize("name", FORMULAS)
def test_an_action_is_enabled_where_its_guard_holds_in_the_order_of_its_parameters(name: str) -> None:
    m, node = model()
    m.action(
        "act",
        "It acts.",
        lambda s_, p, q: {"row": s_.row(p, q), "formula": Or(FORMULAS[name](Words(s_, node)), s_.mark(q))},
        lambda s_, p, q: {},  # noqa: ARG005  # guards take the parameters
        p=node,
        q=node,
    )
    one = finite(m)

    for state in states(m):
        enabled = [chosen for chosen in product(range(SIZE), repeat=2) if one.enabled(state, Firing("act", chosen))]
        assert list(one.enabling("act", state)) == enabled


@pytest.mark.parametrize("name", UPDATES)
def test_after_an_action_a_relation_has_the_rows_of_which_its_update_is_true(name: str) -> None:
    m, node = model()
    s = m.state()
    m.action("act", "It acts.", lambda _, p: {}, lambda s_, p: {"row": UPDATES[name](Words(s_, node), p)}, p=node)  # noqa: ARG005  # guards take the parameters
    one, a, b, p = finite(m), *(z3.Const(each, node) for each in "abp")
    term = UPDATES[name](Words(s, node), p)(a, b)

    for state, chosen in product(states(m), range(SIZE)):
        after = dict(zip(m.changing, one.after(state, Firing("act", (chosen,))), strict=True))
        rows = {(x, y) for x, y in product(range(SIZE), repeat=2) if meaning(term, known(m, state, a=x, b=y, p=chosen))}
        assert after["row"] == rows
