"""What the meaning of code says in sentences, each with its formula: of casts, of processes, and of what is kept, sent, asked and told."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from concordant.proofs.kernel.assumptions import assumptions, runs_of
from concordant.proofs.kernel.handlers import SENDER, built
from concordant.proofs.kernel.meaning import ME, Meaning, classes, who
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.said import Spoken, together
from concordant.proofs.kernel.spelling import spelled
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.refimpl.machine.process import header


def of_code(meaning: Meaning) -> Spoken:
    """Return what a meaning says: of casts and of the whole sentence by sentence, of what comes in many shapes all of it by its sentence."""
    casts: dict[str, dict[str, None]] = {}
    for cast in (each for role in meaning.roles for each in (*role.casts, *role.large)):
        casts.setdefault(cast.text, {}).update(dict.fromkeys(map(spelled, cast.facts)))
    found = {f"cast {text}": "; ".join(facts) for text, facts in casts.items()}
    found |= {f"given that {sentence}": spelled(term) for sentence, term in meaning.background.items()}
    found |= {sentence: spelled(term) for each in meaning.domains for sentence, term in _of_values(each)}
    arguments = {name: meaning.model.arguments(action) for name, action in meaning.model.actions.items()}
    found |= {f"whose action {name} is": spelled(meaning.may_take(who(SENDER), name, given)) for name, given in arguments.items()}
    if (lies := meaning.lies(who(SENDER))) is not None:
        found["who lies"] = spelled(lies)
    shaped: dict[str, list[tuple[str, Term]]] = {}
    for sentence, shape, term in _said(meaning):
        shaped.setdefault(sentence, []).append((shape, term))
    return found | {sentence: together(said) for sentence, said in shaped.items()}


def _of_values(domain: SymbolicClass) -> Iterator[tuple[str, Term]]:
    """Yield what is known of all values of a class, and how they are compared."""
    one, other = (z3.Const(name, domain.sort) for name in ("one", "other"))
    if domain.real is not None:
        yield f"of all {domain.plural}", domain.real(one)
    if domain.order is not None:
        yield f"of {domain.plural} one is at most another", domain.order(one, other)


def _said(meaning: Meaning) -> Iterator[tuple[str, str, Term]]:
    """Yield each sentence of states, messages, events, answers, requests and clocks, with the shape of which it is said."""
    now, running = meaning.now, runs_of(meaning)
    for each in assumptions(meaning, running):
        yield from ((f"{each.name}: {sentence}", each.shape, term) for sentence, term in each.says(now).items())
    for run in running:
        for kind in classes(header(run.kind)[2]):
            for shape in run.shapes.of(kind, "request"):
                asked = meaning.request(now, ME, built(shape))
                yield from ((f"{kind.__name__} is asked: {sentence}", shape.text, term) for sentence, term in asked.items())
        shown = run.role.shows(now, run.reading) if run.has_clock else {}
        yield from ((f"the clock of {run.role.kind.__name__} shows: {sentence}", "", term) for sentence, term in shown.items())
