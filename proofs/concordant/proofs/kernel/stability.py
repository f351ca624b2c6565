"""What the proofs of handlers assume of states, messages and answers, nobody else's step makes untrue.

A state is its owner's: others take only actions that are their own. A message, an event or an answer must stay true whoever
takes a step, its sender too. Where participants may lie, their messages say nothing that the others' handlers rely on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.handlers import PEER, SENDER, RunningRole, built, classes
from concordant.proofs.kernel.meaning import ME, WHO, Meaning, Said, require, who
from concordant.proofs.kernel.models import State, Term
from concordant.proofs.kernel.obligations import alike, possible
from concordant.proofs.kernel.role_theorems import bounds
from concordant.proofs.kernel.shapes import Shape, Shapes
from concordant.proofs.kernel.standing import numbered, unproved
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem
from concordant.refimpl.machine.process import header

SOMEBODY = who(WHO.symbol("somebody"))
SENDING = ((who(SENDER), who(ME)), (who(ME), who(PEER)))
"""Who is who where what is heard is sent."""


@frozen(eq=False)
class Assumption:
    """Something that the proof of a handler assumes of a shape. `owner`: whose own actions are not counted among others'."""

    name: str
    shape: str
    says: Callable[[State], Said]
    facts: tuple[Term, ...] = ()
    owner: Term | None = None


def assumptions(meaning: Meaning) -> Iterator[Assumption]:
    """Yield what is assumed of every shape of state, message, event and answer."""
    for role in meaning.roles:
        running = RunningRole(meaning, role, role.kind, role.casts[-1])
        state, messages, requests, _ = header(role.kind)
        yield from _each(state, running.shapes, lambda s, value: meaning.state(s, ME, value), who(ME))
        if type(meaning).survivor is not Meaning.survivor and role.crashes:
            yield from _each(state, running.shapes, lambda s, value: meaning.survivor(s, ME, value), who(ME))
        yield from _each(
            messages, running.shapes, lambda s, value: require(meaning.message_to(s, ME, PEER, value), value) | meaning.shows(s, value)
        )
        for kind in classes(requests):
            for request in running.shapes.of(kind, "request"):
                yield from _each(meaning.said, running.shapes, _answering(meaning, built(request)))


def _answering(meaning: Meaning, asked: Any) -> Callable[[State, Any], Said]:
    return lambda s, what: meaning.saying(s, ME, what, asked) or {}


def _each(kinds: Any, shapes: Shapes, says: Callable[[State, Any], Said], owner: Term | None = None) -> Iterator[Assumption]:
    for kind in classes(kinds):
        for shape in shapes.of(kind, "assumed"):
            yield _assumption(kind.__name__, shape, says, owner)


def _assumption(name: str, shape: Shape, says: Callable[[State, Any], Said], owner: Term | None) -> Assumption:
    value = built(shape)
    return Assumption(name, shape.text, lambda s: says(s, value), shape.facts, owner)


def unstable(meaning: Meaning, assumed: Iterable[Assumption]) -> Iterator[str]:
    """Yield each way in which a step makes an assumption untrue, and what never can be; nothing, if all is well."""
    model, now, may_be = meaning.model, meaning.now, set[str]()
    for each in assumed:
        said = each.says(now)
        before = [*meaning.invariant, *each.facts, *said.values()]
        if each.name not in may_be and possible(before, each.shape):  # else a shape that no process ever has, or message that nobody sends
            may_be.add(each.name)
        for name, action in model.actions.items():
            arguments = model.arguments(action)
            others = [] if each.owner is None else [each.owner != SOMEBODY]
            by = [meaning.may_take(SOMEBODY, name, arguments), *action.guards(now, **arguments).values(), *others]
            then, text = _new(each.says(model.after(now, action, arguments)), said), f"{each.shape}, by {name}"
            if not then:
                continue
            lost = [*each.facts, *said.values(), *by, z3.Not(z3.And(*then))]
            # For most of it the invariant is not needed, and without it the answer comes sooner.
            if possible([*meaning.given, *lost], text) and possible([*meaning.invariant, *lost], text):
                yield text
    yield from (
        f"{name} can never be, so that nothing is shown" for name in dict.fromkeys(each.name for each in assumed) if name not in may_be
    )


def _new(then: Said, said: Said) -> list[Term]:
    """Return what is said after a step, but for what was said word for word before it, and is given."""
    return [term for sentence, term in then.items() if sentence not in said or not alike(term, said[sentence])]


def idle(meaning: Meaning, assumed: Iterable[Assumption]) -> Iterator[str]:
    """Yield what is said and says nothing, since it is so in every state that can be, whatever its sentence tells."""
    told: dict[tuple[str, str], bool] = {}
    for each in assumed:
        for sentence, term in each.says(meaning.now).items() if each.owner is None else ():
            if not told.get((each.name, sentence)):
                told[each.name, sentence] = possible([*meaning.invariant, *each.facts, z3.Not(term)], f"{each.shape}: {sentence}")
    yield from (f"{name}: {sentence}, which is so whatever happens" for (name, sentence), tells in told.items() if not tells)


def told_apart(meaning: Meaning) -> Iterator[str]:
    """Yield what means one thing where it is assumed and another where it is proved: in another state, or of another sender."""
    now, other = meaning.now, meaning.model.state("'")
    for each in assumptions(meaning):
        if _text(each.says(now)) != _text(each.says(other)):
            yield f"{each.shape} means something else in another state"
    for role in meaning.roles:
        shapes = RunningRole(meaning, role, role.kind, role.casts[-1]).shapes
        for kind in classes(header(role.kind)[1]):
            for shape in shapes.of(kind, "message"):
                heard, sent = (meaning.message_to(now, *each, built(shape)) or {} for each in ((SENDER, ME), (ME, PEER)))
                if _text({sentence: z3.substitute(term, *SENDING) for sentence, term in heard.items()}) != _text(sent):
                    yield f"{shape.text} means something else of another sender"


def _text(said: Said) -> str:
    """Return what is said, whatever its bound variables are called, and of which state it is."""
    text = "; ".join(f"{sentence}: {term.sexpr()}" for sentence, term in said.items())
    return numbered(re.sub(r"[|']", "", text))


def false_lies(meaning: Meaning) -> Iterator[str]:
    """Yield each message of a liar on which somebody's handler relies."""
    lies = meaning.lies(who(SENDER))
    for role in meaning.roles if lies is not None else ():
        shapes = RunningRole(meaning, role, role.kind, role.casts[-1]).shapes
        for kind in classes(header(role.kind)[1]):
            for shape in shapes.of(kind, "message"):
                says = require(meaning.message_to(meaning.now, SENDER, ME, built(shape)), shape.text).values()
                if says and possible([*meaning.background.values(), lies, z3.Not(z3.And(*says))], shape.text):
                    yield f"{shape.text} of a liar says something"


def stability_theorem(meaning: Meaning) -> Theorem:
    """Make the theorem that what is assumed is stable."""
    said: dict[str, dict[str, None]] = {}
    for each in assumptions(meaning):
        if each.owner is None:
            said.setdefault(each.name, {}).update(dict.fromkeys(each.says(meaning.now)))
    texts = [f"{name} ({', '.join(sentences)})" for name, sentences in said.items() if sentences]
    actions = tuple(meaning.model.actions)
    claim = f"No step of others makes untrue what a state stands for, and no step at all what was said: {'; '.join(texts)}."
    runs = [RunningRole(meaning, role, role.kind, role.casts[-1]) for role in meaning.roles]
    shaped = (*(f"states and messages as of {each.cast.text}" for each in runs), *(said for each in runs for said in bounds(each)))
    ranges = "; ".join((f"for any processes; actions {', '.join(actions)}", *dict.fromkeys(shaped)))

    def check() -> Finding:
        assumed = tuple(assumptions(meaning))
        why = unproved(meaning.stem, meaning.model)
        wrong = (
            (why,)
            if why is not None
            else (*told_apart(meaning), *idle(meaning, assumed), *unstable(meaning, assumed), *false_lies(meaning))
        )
        if wrong:
            return Finding(ProofStatus.FAILED, "; ".join(wrong))
        return Finding(ProofStatus.PROVED, f"{len(assumed)} assumptions kept by {len(actions)} actions")

    def page() -> Iterator[str]:
        yield f"{meaning.stem}.assumptions_are_stable"
        yield f"  Claim: {claim}"
        yield f"  For: {ranges}."
        for each in assumptions(meaning):
            yield f"  {each.shape}"
            yield from (f"    {sentence}" for sentence in each.says(meaning.now))

    return Theorem(f"{meaning.stem}.assumptions_are_stable", claim, ranges, check, explain=page, of_model=True)
