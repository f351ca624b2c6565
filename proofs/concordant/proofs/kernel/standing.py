"""Whether a model is one that is proved: what ties code to a model, and is called proved, is tied to that of a proof, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import z3

from concordant.proofs.kernel.models import Model, Term
from concordant.proofs.kernel.proofs import ProofTheorem
from concordant.proofs.kernel.theorems import collected


def unproved(stem: str, model: Model) -> str | None:
    """Say why a model is none of which a theorem of this stem is proved; None where it is."""
    proofs = [each.proof for each in collected(ProofTheorem) if each.stem == stem]
    if not proofs:
        return f"no model of {stem} is proved"
    words = tuple(wording(model))
    if not any(tuple(wording(each.model())) == words for each in proofs):
        return f"its model is not the one that is proved of {stem}: it has another axiom, invariant, guard or update"
    return None


def wording(model: Model) -> Iterator[tuple[str, ...]]:
    """Yield all that a model says, as text: two models that say the same are one."""
    s = model.state()
    yield from ((name, *map(str, symbol.domain), str(symbol.range), str(symbol.rigid)) for name, symbol in model.symbols.items())
    yield from (("axiom", name, _text(term)) for name, term in model.axioms.items())
    yield from (("invariant", name, _text(each.formula(s))) for name, each in model.invariants.items())
    for name, action in model.actions.items():
        arguments = model.arguments(action)
        yield from ((name, guard, _text(term)) for guard, term in action.guards(s, **arguments).items())
        for relation, after in action.updates(s, **arguments).items():
            row = [z3.Const(f"row {place}", sort) for place, sort in enumerate(model.symbols[relation].domain)]
            yield name, relation, _text(after(*row))


def _text(term: Term) -> str:
    return numbered(z3.BoolVal(term).sexpr() if isinstance(term, bool) else term.sexpr())


def numbered(text: str) -> str:
    """Return the text of a formula with what is numbered in it, bound variables and what is written once, in the order in which that comes.

    Two texts are then the same only where the formulas are, but for what their bound variables are called.
    """
    names: dict[str, str] = {}
    return re.sub(r"\s+", " ", re.sub(r"([^\s()|!@]+)[!@]\d+", lambda name: names.setdefault(name[0], f"{name[1]}!{len(names)}"), text))
