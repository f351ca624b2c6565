"""What the proofs of handlers assume of states, messages and answers, nobody else's step makes untrue.

A state is its owner's: others take only actions that are their own. A message, an event or an answer must stay true whoever
takes a step, its sender too. Where participants may lie, their messages say nothing that the others' handlers rely on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3
from attrs import field, frozen

from concordant.proofs.kernel.assumptions import Assumption, assumptions, bounds, different, runs_of, text_of
from concordant.proofs.kernel.handlers import PEER, SENDER, RunningRole, built
from concordant.proofs.kernel.meaning import ME, WHO, Meaning, Said, classes, who
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import alike, possible
from concordant.proofs.kernel.said import CODE, otherwise
from concordant.proofs.kernel.said_of_code import of_code
from concordant.proofs.kernel.shapes import Shape
from concordant.proofs.kernel.standing import unproved
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem
from concordant.refimpl.machine.process import header

SOMEBODY = who(WHO.symbol("somebody"))
SENDING = ((who(SENDER), who(ME)), (who(ME), who(PEER)))
"""Who is who where what is heard is sent."""


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


def told_apart(meaning: Meaning, running: Iterable[RunningRole]) -> Iterator[str]:
    """Yield what means one thing where it is assumed and another where it is proved: in another state, or of another sender."""
    now, other, running = meaning.now, meaning.model.state("'"), tuple(running)
    for each in different(meaning, assumptions(meaning, running)):
        if text_of(each.says(now)) != text_of(each.says(other)):
            yield f"{each.shape} means something else in another state"
    for message, heard in _heard(meaning, running):
        sent = meaning.message_to(now, ME, PEER, built(message)) or {}
        if text_of({sentence: z3.substitute(term, *SENDING) for sentence, term in heard.items()}) != text_of(sent):
            yield f"{message.text} means something else of another sender"


def _heard(meaning: Meaning, running: Iterable[RunningRole]) -> Iterator[tuple[Shape, Said]]:
    """Yield each shape of a message that some role hears, with what it says: once, since of several casts most are the same."""
    known = set[tuple[str, str]]()
    for run in running:
        for shape in (each for kind in classes(header(run.kind)[1]) for each in run.shapes.of(kind, "message")):
            says = meaning.message_to(meaning.now, SENDER, ME, built(shape)) or {}
            if (words := (shape.text, text_of(says))) not in known:
                known.add(words)
                yield shape, says


def false_lies(meaning: Meaning, running: Iterable[RunningRole]) -> Iterator[str]:
    """Yield each message of a liar on which somebody's handler relies."""
    lies = meaning.lies(who(SENDER))
    for message, says in _heard(meaning, running) if lies is not None else ():
        if says and possible([*meaning.background.values(), lies, z3.Not(z3.And(*says.values()))], message.text):
            yield f"{message.text} of a liar says something"


@frozen(eq=False)
class StabilityTheorem(Theorem):
    """That what a meaning assumes is stable."""

    meaning: Meaning = field(kw_only=True)


def id_of(meaning: Meaning) -> str:
    """Return what the theorem is called that what a meaning assumes is stable."""
    return f"{meaning.stem}.assumptions_are_stable"


def misplaced(meaning: Meaning, running: Iterable[RunningRole]) -> tuple[str, ...]:
    """List what is wrong with what is assumed where roles are run; nothing, if it is stable."""
    running = tuple(running)
    assumed = tuple(different(meaning, assumptions(meaning, running)))
    return *told_apart(meaning, running), *idle(meaning, assumed), *unstable(meaning, assumed), *false_lies(meaning, running)


def stability_theorem(meaning: Meaning) -> Theorem:
    """Make the theorem that what is assumed is stable."""
    said: dict[str, dict[str, None]] = {}
    running = runs_of(meaning)
    for each in assumptions(meaning, running):
        if each.owner is None:
            said.setdefault(each.name, {}).update(dict.fromkeys(each.says(meaning.now)))
    texts = [f"{name} ({', '.join(sentences)})" for name, sentences in said.items() if sentences]
    actions = tuple(meaning.model.actions)
    claim = f"No step of others makes untrue what a state stands for, and no step at all what was said: {'; '.join(texts)}."
    shaped = (*(f"states and messages as of {each.cast.text}" for each in running), *(said for each in running for said in bounds(each)))
    ranges = "; ".join((f"for any processes; actions {', '.join(actions)}", *dict.fromkeys(shaped)))

    def check() -> Finding:
        if (why := unproved(meaning.stem, meaning.model)) is not None:
            return Finding(ProofStatus.FAILED, why)
        if wrong := misplaced(meaning, running) or tuple(otherwise(meaning.stem, CODE, of_code(meaning))):
            return Finding(ProofStatus.FAILED, "; ".join(wrong))
        assumed = sum(1 for _ in different(meaning, assumptions(meaning, running)))
        return Finding(ProofStatus.PROVED, f"{assumed} assumptions kept by {len(actions)} actions")

    def page() -> Iterator[str]:
        yield id_of(meaning)
        yield f"  Claim: {claim}"
        yield f"  For: {ranges}."
        for each in different(meaning, assumptions(meaning, running)):
            yield f"  {each.shape}"
            yield from (f"    {sentence}" for sentence in each.says(meaning.now))

    return StabilityTheorem(id_of(meaning), claim, ranges, check, explain=page, of_model=True, meaning=meaning)
