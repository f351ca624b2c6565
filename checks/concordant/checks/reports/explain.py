"""Explanations: what a protocol, a clause or a pitfall says, why it holds or breaks, and the run that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from concordant.checks.elsewhere.shown import example
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.situations import Situation, walked
from concordant.checks.exploration.traces import frames
from concordant.checks.exploration.why_not import why_not
from concordant.checks.misuse import CannotReplay
from concordant.checks.questions.question import Question
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.repaired import departure
from concordant.checks.registry import Named, Protocol, protocols
from concordant.checks.reports.counterexamples import counterexample_lines, length_text, pictured, trace_pictured
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import failed_text, indented
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import KnownViolation, Mechanism, Pitfall
from concordant.spec.vocabulary import Clause, Fault, ForAll, Need, Relates, Sometimes


def explanation(protocol: Protocol, part: Named | None) -> Iterator[str]:
    """Explain a protocol, or what is named of it."""
    match part:
        case None:
            return explain_protocol(protocol)
        case Pitfall():
            return explain_pitfall(part)
        case KnownViolation():
            return explain_known_violation(protocol, part)
        case Situation():
            return explain_situation(protocol, part)
        case _:
            return explain_clause(protocol, part)


def explain_protocol(protocol: Protocol) -> Iterator[str]:
    """Yield the specification's own text, its clauses, scopes, pitfalls, known violations and theorems."""
    yield from protocol.text.splitlines()
    yield ""
    for clause in protocol.clauses:
        yield f"{clause.id}  ({_kind(clause)})"
        yield f"    {clause.sentence}"
    yield ""
    for item in protocol.explored:
        yield f"scope {item.name}  ({item.size.value})"
        yield f"    {item.shows}"
    for situation in protocol.situations:
        yield f"situation {situation.name}  ({counted(len(situation.moves), 'move')})"
        yield f"    {situation.shows}"
    yield ""
    for pitfall in protocol.pitfalls:
        yield f"{pitfall.id}  breaks {pitfall.breaks.name} in {length_text(pitfall)}"
        yield f"    {pitfall.mistake}"
    for known in protocol.known_violations:
        yield f"{known.id}  known violation of {known.clause.id}"
        yield f"    {known.why}"
    yield ""
    for theorem in protocol.theorems:
        yield f"theorem {theorem.id}  [{theorem.quantifiers}]"
        yield f"    {theorem.claim}"


def explain_clause(protocol: Protocol, clause: Clause) -> Iterator[str]:
    """Yield a clause's sentence, argument and assumptions, what breaks it, and a run that shows it."""
    yield f"{clause.id}  ({_kind(clause)})"
    yield f"  {clause.sentence}"
    if clause.argument:
        yield ""
        yield from (f"  {line}" for line in clause.argument.splitlines())
    yield ""
    sharing = (protocol, *(each for each in protocols() if each.stem != protocol.stem))
    if isinstance(clause, ForAll | Relates):
        yield f"  promised by: {', '.join(each.stem for each in sharing if clause in each.clauses) or 'nobody'}"
    elif not isinstance(clause, Sometimes) and not any(clause in scope.model.promises for scope in protocol.models):
        yield f"  survives: {_flags(clause.under) or 'delay and reordering only'}"
    if clause.needs:
        yield f"  needs: {_flags(clause.needs)}"
    breaking = [pitfall for each in sharing for pitfall in each.pitfalls if pitfall.breaks is clause]
    for pitfall in breaking:
        yield f"  broken by {pitfall.id}: {pitfall.mistake}"
    for each in sharing:
        yield from (
            f"  known violation {known.id} of {each.stem}: {known.why}" for known in each.known_violations if known.clause is clause
        )
    witnesses = [
        known for each in sharing for known in each.known_violations if known.clause is clause and isinstance(known.subject, Mechanism)
    ]
    if isinstance(clause, Sometimes):
        yield from _example(protocol, clause)
    elif witnesses and (not breaking or witnesses[0] in protocol.known_violations):
        yield ""
        yield from indented(_witness(protocol, witnesses[0]))
    elif breaking:
        yield ""
        yield from explain_pitfall(min(breaking, key=lambda each: (each not in protocol.pitfalls, not each.quick, each.length)))


def _example(protocol: Protocol, clause: Clause) -> Iterator[str]:
    reached = example(protocol, clause)
    if reached is None:
        yield "  reached in no small scope"
        return
    scope, verdict = reached
    yield f"  reached in scope {scope.name}:"
    yield ""
    yield from indented(pictured(verdict))


def explain_known_violation(protocol: Protocol, known: KnownViolation) -> Iterator[str]:
    """Yield why a clause cannot hold of a protocol, and the run or the draws that show it."""
    yield f"{known.id}"
    yield f"  {known.why}"
    yield f"  known violation, by {protocol.stem}, of {known.clause.id}: {known.clause.sentence}"
    yield ""
    yield from indented(_witness(protocol, known))


def _witness(protocol: Protocol, known: KnownViolation) -> Iterator[str]:
    try:
        verdict = replay_known_violation(known)
    except CannotReplay as problem:
        yield f"its witness does not show it: {problem}; concordant check {protocol.stem} looks for one that does"
        return
    yield from pictured(verdict) if verdict.trace is not None else counterexample_lines(verdict)


def explain_situation(protocol: Protocol, situation: Situation) -> Iterator[str]:
    """Yield the run that leads to a situation, and which guards have said no on the way."""
    yield f"{protocol.stem}.{situation.name}"
    yield f"  {situation.shows}"
    yield ""
    semantics = Semantics(situation.system)
    path = walked(semantics, situation)
    yield from indented(trace_pictured(frames(semantics, path)))
    start, steps = path
    for number, (before, (taken, _)) in enumerate(zip((start, *(state for _, state in steps)), steps, strict=False), start=1):
        failed = why_not(semantics, before, taken.move)
        if failed is not None:
            yield f"  in move {number} {failed_text(failed)}"


def proof_lines(questions: Iterable[Question]) -> Iterator[str]:
    """Yield the pages of those theorems that have one."""
    for question in questions:
        theorem = getattr(question, "theorem", None)
        if theorem is not None and theorem.explain is not None:
            yield from theorem.explain()


def explain_pitfall(pitfall: Pitfall) -> Iterator[str]:
    """Yield the mistake, the clause that it breaks and the counterexample, as moves and as a diagram."""
    yield f"{pitfall.id}"
    yield f"  {pitfall.mistake}"
    yield f"  breaks {pitfall.breaks.id}: {pitfall.breaks.sentence}"
    result = refute(pitfall)
    if result.problem is not None:
        yield f"  {result.problem}"
    if result.verdict.status is not Status.VIOLATED:
        return
    size = length_text(pitfall, result.verdict.length)
    if isinstance(pitfall.subject, Mechanism):
        yield f"  the smallest counterexample has {size}; found among {counted(result.states, 'combination')} of draws"
        yield ""
        yield from indented(counterexample_lines(result.verdict))
        return
    if pitfall.schedule:
        yield f"  found along a schedule of {len(pitfall.schedule)} moves, not by searching; it is not claimed to be shortest"
    else:
        yield f"  the shortest counterexample has {size}; found among {counted(result.states, 'state')}"
    for picture in _pictures(pitfall):
        yield ""
        yield from (f"    {line}" for line in picture)
    yield ""
    departs = departure(pitfall.system, result.verdict.trace or ())
    yield from indented(pictured(result.verdict, departs))
    if result.correct is not None and result.correct.stuck_at is not None:
        yield ""
        yield f"  The correct machine, on the same schedule, cannot make move {result.correct.stuck_at}. Possible there are:"
        yield from (f"    {move}" for move in result.correct.possible)


def _pictures(pitfall: Pitfall) -> Iterator[tuple[str, ...]]:
    """Yield the pictures of those requests in the users' scripts that can draw one: a class with a method `picture`."""
    for user in pitfall.system.users:
        for place in user.script:
            for request in place:
                draw = getattr(request, "picture", None)
                if draw is not None:
                    yield draw()


def _kind(clause: Clause) -> str:
    return {
        "Always": "in every reachable state",
        "AlwaysEach": "of each process, in every reachable state",
        "EveryStep": "at every step of a process",
        "OnEvent": "whenever it happens",
        "AtRest": "when nothing more happens by itself",
        "Sometimes": "is reached",
        "ForAll": "of every profile",
        "Relates": "of every profile and others like it",
        "Eventually": "for good, on every fair path",
        "InfinitelyOften": "again and again, on every fair path",
        "AlwaysPossible": "can be reached from every state",
    }.get(type(clause).__name__, type(clause).__name__)


def _flags(flags: Fault | Need) -> str:
    return ", ".join((flag.name or "").lower().replace("_", " ") for flag in flags)
