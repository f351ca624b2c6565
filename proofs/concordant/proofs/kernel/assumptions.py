"""What the proofs of handlers assume, shape by shape: what states, messages, events and answers say of the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from concordant.proofs.kernel.handlers import PEER, RunningRole, built
from concordant.proofs.kernel.meaning import ME, Cast, Meaning, Said, classes, require, who
from concordant.proofs.kernel.models import State, Term
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.shapes import Shape, Shapes
from concordant.proofs.kernel.standing import numbered
from concordant.refimpl.machine.process import header


@frozen(eq=False)
class Assumption:
    """Something that the proof of a handler assumes of a shape. `owner`: whose own actions are not counted among others'."""

    name: str
    shape: str
    says: Callable[[State], Said]
    facts: tuple[Term, ...] = ()
    owner: Term | None = None


def runs_of(meaning: Meaning) -> tuple[RunningRole, ...]:
    """Return every role with each of the casts with which its handlers are run, but for those with which they are only on request."""
    return tuple(RunningRole(meaning, role, role.kind, cast) for role in meaning.roles for cast in role.casts)


def assumptions(meaning: Meaning, running: Iterable[RunningRole]) -> Iterator[Assumption]:
    """Yield what is assumed of every shape of state, message, event and answer with which roles are run."""
    yield from (each for run in running for each in _assumed(meaning, run))


def different(meaning: Meaning, assumed: Iterable[Assumption]) -> Iterator[Assumption]:
    """Yield each assumption once: of several casts most are the same."""
    known = set[tuple[str, ...]]()
    for each in assumed:
        words = each.name, each.shape, text_of(each.says(meaning.now)), *(fact.sexpr() for fact in each.facts), str(each.owner)
        if words not in known:
            known.add(words)
            yield each


def _assumed(meaning: Meaning, running: RunningRole) -> Iterator[Assumption]:
    role = running.role
    state, *_ = header(role.kind)
    yield from _each(state, running.shapes, lambda s, value: meaning.state(s, ME, value), who(ME))
    if type(meaning).survivor is not Meaning.survivor and role.crashes:
        yield from _each(state, running.shapes, lambda s, value: meaning.survivor(s, ME, value), who(ME))
    yield from _told(meaning, running)


def _told(meaning: Meaning, running: RunningRole) -> Iterator[Assumption]:
    _, messages, requests, _ = header(running.role.kind)
    yield from _each(
        messages, running.shapes, lambda s, value: require(meaning.message_to(s, ME, PEER, value), value) | meaning.shows(s, value)
    )
    asked = [built(request) for kind in classes(requests) for request in running.shapes.of(kind, "request")]
    for each in (None, *asked):  # events are asked for by nobody
        yield from _each(meaning.said, running.shapes, _answering(meaning, each))


def says_nothing(meaning: Meaning, running: Iterable[RunningRole]) -> Iterator[str]:
    """Yield the classes of messages, events and answers that say nothing of the model: of what these say nothing is proved."""
    says: dict[str, bool] = {}
    for each in (each for run in running for each in _told(meaning, run)):
        says[each.name] = says.get(each.name, False) or bool(each.says(meaning.now))
    yield from (name for name, something in says.items() if not something)


def _answering(meaning: Meaning, asked: Any) -> Callable[[State, Any], Said]:
    def says(s: State, what: Any) -> Said:
        try:
            return meaning.saying(s, ME, what, asked) or {}
        except Refuted:
            if asked is None:  # an answer alone, which nobody can announce
                return {}
            raise

    return says


def _each(kinds: Any, shapes: Shapes, says: Callable[[State, Any], Said], owner: Term | None = None) -> Iterator[Assumption]:
    for kind in classes(kinds):
        for shape in shapes.of(kind, "assumed"):
            yield _assumption(kind.__name__, shape, says, owner)


def _assumption(name: str, shape: Shape, says: Callable[[State, Any], Said], owner: Term | None) -> Assumption:
    value = built(shape)
    return Assumption(name, shape.text, lambda s: says(s, value), shape.facts, owner)


def bounds(running: RunningRole, casts: tuple[Cast, ...] = ()) -> Iterator[str]:
    """Yield how far fields go that may grow further than they are run with. `casts`: all with whom it is run, that of this run the last."""
    for name, most in running.shapes.sizes.items():
        by_rule = {rule: [evolve(running, cast=cast).sizes(rule)[name] for cast in (*casts, running.cast)] for rule in running.role.rules}
        if name in running.role.growing or any(each[-1] < most for each in by_rule.values()):
            more: dict[str, list[str]] = {}
            for rule, each in by_rule.items():
                if each[-1] != most:
                    more.setdefault(f"{each[-1]}{'' if len({*each}) == 1 else ' with the latter'}", []).append(rule)
            by_rules = (f", or {other} where it does {' or '.join(rules)}" for other, rules in more.items())
            yield f"as long as {name} {f'has at most {most}' if most else 'is empty'}{''.join(by_rules)}"


def text_of(said: Said) -> str:
    """Return what is said, whatever its bound variables are called, and of which state it is."""
    text = "; ".join(f"{sentence}: {term.sexpr()}" for sentence, term in said.items())
    return numbered(re.sub(r"[|']", "", text))
