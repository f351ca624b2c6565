"""Formulas as text to be read beside the sentences that speak for them: the same on every version of Z3, and another for another formula."""

from __future__ import annotations

import re
from hashlib import sha256

import z3

from concordant.proofs.kernel.models import Term

LONGEST = 400
"""How long a text may be that is meant to be read; of a longer one the rest is told by a digest."""
BETWEEN = {
    z3.Z3_OP_AND: " and ",
    z3.Z3_OP_OR: " or ",
    z3.Z3_OP_IMPLIES: " ⇒ ",
    z3.Z3_OP_EQ: " = ",
    z3.Z3_OP_IFF: " = ",
    z3.Z3_OP_DISTINCT: " ≠ ",
}

NOTHING = {z3.Z3_OP_AND: "true", z3.Z3_OP_OR: "false", z3.Z3_OP_TRUE: "true", z3.Z3_OP_FALSE: "false"}


def spelled(term: Term) -> str:
    """Return a formula as a text; of a long one its beginning, and a digest of all of it."""
    text = Speller().text(z3.BoolVal(term) if isinstance(term, bool) else term, ())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… {sha256(text.encode()).hexdigest()[:16]}"


class Speller:
    """Writes formulas. What stands in one formula several times is written once for the variables around it."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[str, ...]], str] = {}

    def text(self, term: Term, bound: tuple[str, ...]) -> str:
        """Return a term as text. `bound`: what the variables of the quantifiers around it are called, the outermost first."""
        key = term.get_id(), bound
        if key not in self._known:
            self._known[key] = self._written(term, bound)
        return self._known[key]

    def _written(self, term: Term, bound: tuple[str, ...]) -> str:
        if z3.is_quantifier(term):
            inner = bound
            for place in range(term.num_vars()):
                inner = (*inner, _unused(_plain(term.var_name(place)), inner))
            given = ", ".join(f"{name}: {term.var_sort(place)}" for place, name in enumerate(inner[len(bound) :]))
            kind = "all" if term.is_forall() else "some" if term.is_exists() else "those"
            return f"({kind} {given}: {self.text(term.body(), inner)})"
        if z3.is_var(term):
            index: int = z3.get_var_index(term)
            return bound[-1 - index]
        parts = [self.text(each, bound) for each in term.children()]
        kind = term.decl().kind()
        if kind in NOTHING and not parts:
            return NOTHING[kind]
        if kind in BETWEEN and parts:
            return f"({BETWEEN[kind].join(parts)})" if len(parts) > 1 else parts[0]
        name = _plain(str(term.decl().name())) if kind == z3.Z3_OP_UNINTERPRETED else str(term.decl().name() if parts else term)
        return f"{name}({', '.join(parts)})" if parts else name


def _plain(name: str) -> str:
    """Return what the author has called something."""
    return re.sub(r"[!@]\d+$", "", name)


def _unused(name: str, taken: tuple[str, ...]) -> str:
    return name if name not in taken else _unused(f"{name}'", taken)
