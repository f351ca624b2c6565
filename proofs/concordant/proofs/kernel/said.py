"""What proofs say in sentences that people have written, each beside the formula that it speaks for, as on record in `said.json`.

A sentence that is printed could say other than its formula, and nothing would notice where one of them is changed. So both are on
record together, for whoever reads them, and a proof whose sentences are not about the formulas beside them fails.
`python -m concordant.proofs.said` writes what is on record anew, and `python -m concordant.checks.told` by what bridges are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TypeAlias

import z3

from concordant.proofs.kernel.ledger import Ledger, file
from concordant.proofs.kernel.models import Model, Term
from concordant.proofs.kernel.spelling import LONGEST, spelled

Spoken: TypeAlias = dict[str, str]
"""By a sentence, or by the name of what is said: the formula as text."""
MODEL, CODE, TOLD = "model", "code", "bridge"
"""What is said of a model, and of what code means in it; by what a bridge is told of each relation. What lemmas say is on record by their title."""


def on_record(stem: str) -> Ledger:
    """Return what is on record of a protocol: by what says it, each sentence with its formula."""
    path = file(stem, "said")
    found: Ledger = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def of_model(model: Model) -> Spoken:
    """Return what a model says: its axioms, guards, updates and conjuncts."""
    state = model.state()
    found = {f"axiom {name}: {model.assumed[name]}": spelled(term) for name, term in model.axioms.items()}
    for name, action in model.actions.items():
        arguments = model.arguments(action)
        guards = [f"{guard}: {spelled(term)}" for guard, term in action.guards(state, **arguments).items()]
        updates = [
            f"{relation}: {spelled(after(*(z3.Const(f'row {place}', sort) for place, sort in enumerate(model.symbols[relation].domain))))}"
            for relation, after in action.updates(state, **arguments).items()
        ]
        found[f"action {name}: {action.does}"] = "; then ".join(("; ".join(guards), "; ".join(updates)))
    return found | {f"conjunct {name}: {each.why}": spelled(each.formula(state)) for name, each in model.invariants.items()}


def put_on_record(stem: str, said: Ledger) -> None:
    """Write what something says in the place of what is on record of it; what else is on record stays."""
    path = file(stem, "said")
    path.write_text(json.dumps({**on_record(stem), **said}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def together(said: Iterable[tuple[str, Term]]) -> str:
    """Return as a text what is said of several shapes, the same of several once; where that is long, how many they are and a digest."""
    shapes: dict[str, dict[str, None]] = {}
    for shape, term in said:
        shapes.setdefault(spelled(term), {})[shape] = None
    if len(shapes) == 1:
        return next(iter(shapes))
    text = "; ".join(f"of {', '.join(of)}: {formula}" for formula, of in shapes.items())
    return at_most(text, len(shapes))


def at_most(text: str, formulas: int) -> str:
    """Return a text of several formulas; of one that is too long to be read, how many they are and a digest."""
    return text if len(text) <= LONGEST else f"{formulas} formulas, {sha256(text.encode()).hexdigest()[:16]}"


def otherwise(stem: str, of: str, found: Spoken) -> Iterator[str]:
    """Yield which sentences are not on record, or beside another formula, or are on record alone. `of`: what says them."""
    known = on_record(stem).get(of, {})
    for name in dict.fromkeys((*found, *known)):
        if found.get(name) != known.get(name):
            what = (
                "is said no more"
                if name not in found
                else "is not on record"
                if name not in known
                else "is on record beside something else"
            )
            renew = f"python -m concordant.{'checks.told' if of == TOLD else 'proofs.said'} {stem}"
            yield f"“{name}” {what}: read it beside that, then `{renew}`"
