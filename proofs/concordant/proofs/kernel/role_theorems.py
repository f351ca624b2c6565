"""Theorems about handlers. What they claim, and for what, is written from what is run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from enum import Enum
from types import NoneType
from typing import Any, get_origin, get_type_hints

from attrs import evolve, field, fields, frozen

from concordant.proofs.kernel.assumptions import bounds, runs_of, says_nothing
from concordant.proofs.kernel.handlers import RoleFindings, RunningRole, Situation, built
from concordant.proofs.kernel.meaning import ME, Cast, Meaning, Role, classes
from concordant.proofs.kernel.miscounting import miscounts
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.peeking import peeks, singled_out, unsettled
from concordant.proofs.kernel.reach import is_of_the_run, parts, reached
from concordant.proofs.kernel.rules import misapplied
from concordant.proofs.kernel.said import Spoken, at_most, otherwise
from concordant.proofs.kernel.shapes import records
from concordant.proofs.kernel.spelling import spelled
from concordant.proofs.kernel.stability import StabilityTheorem, id_of, misplaced
from concordant.proofs.kernel.standing import unproved
from concordant.proofs.kernel.symbols import Element, SymbolicClass, shown
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem, collected
from concordant.refimpl.machine import AnyProcess, Process
from concordant.refimpl.machine.process import header
from concordant.spec.vocabulary import Map


@frozen(eq=False)
class RoleTheorem(Theorem):
    """That a role takes steps of the model. `judged`: what comes of that, whatever is on record of what it supposes; a Finding, where it fails."""

    meaning: Meaning = field(kw_only=True)
    role: Role = field(kw_only=True)
    judged: Callable[[], Finding | RoleFindings] = field(kw_only=True)


@frozen(eq=False)
class WrongHandler:
    """A handler with a plausible mistake. `by`: what refutes it, at the input `at`. `mutant`: `stem.name` of a model with the same mistake, if any.

    `large`: it takes long, so that it is judged only where its role is run with more.
    """

    meaning: Meaning
    kind: type[AnyProcess]
    by: str
    at: str
    mutant: str | None = None
    large: bool = False

    def refuted_by(self) -> str:
        """Return what refutes it at its input; `nothing`, if nothing does."""
        return refuted_by(self.meaning, self.kind, self.at)


def refuted_by(meaning: Meaning, kind: type[AnyProcess], at: str | None = None) -> str:
    """Return what refutes a class of processes as the role that it is, at one input or at any; `nothing`, if nothing does."""
    try:
        proved(meaning, role_of(meaning, kind), kind, at=at)
    except Refuted as refuted:
        return str(refuted)
    return "nothing"


def proved(meaning: Meaning, role: Role, kind: type[AnyProcess], casts: tuple[Cast, ...] = (), at: str | None = None) -> RoleFindings:
    """Prove a class of processes as a role, with the role's casts or with others; Refuted where it is wrong. `at`: one input only, by name."""
    runs = tuple(RunningRole(meaning, role, kind, cast) for cast in casts or role.casts)
    machines = [run.machine() for run in runs]
    others = [f"what is run is a {type(each).__name__}, and not a {kind.__name__}" for each in machines if type(each) is not kind]
    others += [f"{each.__name__} is none of the inputs of {kind.__name__}, and would not be run" for each in _missing(role.kind, kind)]
    if kind.armed is not Process.armed and not classes(header(kind)[3]):
        others.append(f"{kind.__name__} has no triggers, and so what it arms would not be run")
    for found in (
        *others,
        *peeks(kind),
        *misapplied(kind, role.rules),
        *(each for domain in meaning.domains if domain.kind is object for each in singled_out(kind)),
        *(each for machine in machines for each in unsettled(machine, role.kind)),
        *(each for machine in machines if any(domain.sure for domain in meaning.domains) for each in miscounts(machine)),
    ):
        raise Refuted(found)
    met = set[Situation]()
    return sum((ran for run in runs for ran in run.run(met, at)), RoleFindings())


def _missing(role: type[AnyProcess], kind: type[AnyProcess]) -> Iterator[type]:
    """Yield the states and inputs of a role that a class of processes does not have."""
    for its, has in zip(header(role), header(kind), strict=True):
        yield from (each for each in classes(its) if each not in classes(has))


def role_of(meaning: Meaning, kind: type[AnyProcess]) -> Role:
    """Return the role that a class of processes is; none is a ValueError."""
    found = [role for role in meaning.roles if issubclass(kind, role.kind)]
    if not found:
        raise ValueError(f"{kind.__name__} is none of {', '.join(role.kind.__name__ for role in meaning.roles)}; derive it from one")
    return found[0]


def role_theorems(meaning: Meaning, role: Role, wrong: tuple[WrongHandler, ...] = ()) -> tuple[Theorem, ...]:
    """Make the theorem of a role: its class is proved, all of it was met, and each wrong one is refuted by what it says.

    Where there are casts that take long, they have a theorem of their own.
    """
    mine = tuple(each for each in wrong if role_of(meaning, each.kind) is role)
    quick = _theorem(_id(meaning, role), meaning, role, role.casts, tuple(each for each in mine if not each.large))
    if not role.large:
        return (quick,)
    more = _theorem(f"{quick.id}_with_more", meaning, role, role.large, tuple(each for each in mine if each.large))
    return quick, evolve(more, large=True)


def _id(meaning: Meaning, role: Role) -> str:
    return f"{meaning.stem}.{role.kind.__name__.lower()}_takes_steps_of_the_model"


def _theorem(id: str, meaning: Meaning, role: Role, casts: tuple[Cast, ...], wrong: tuple[WrongHandler, ...]) -> Theorem:
    """Make a theorem of a role. It rests on what others prove: that nobody makes untrue what it is told, and nobody tells it what is not so."""
    steps = f"enabled steps of the proved model ({', '.join(role.takes)}), or none" if role.takes else "no step of the proved model"
    claim = f"Whatever its state, the input and its sender, the shipped {role.kind.__name__} takes {steps}, and what it keeps, and says of the model, is then true."

    def judged() -> Finding | RoleFindings:
        if (why := unproved(meaning.stem, meaning.model)) is not None:
            return Finding(ProofStatus.FAILED, why)
        if casts is role.large and (wrong_of_more := misplaced(meaning, (RunningRole(meaning, role, role.kind, cast) for cast in casts))):
            return Finding(ProofStatus.FAILED, "; ".join(wrong_of_more))
        if missing := ", ".join(_nowhere(meaning, rests_on)):
            return Finding(ProofStatus.FAILED, f"it rests on {missing}, which no module of proofs has")
        try:
            ran = proved(meaning, role, role.kind, casts)
        except Refuted as refuted:
            return Finding(ProofStatus.FAILED, str(refuted))
        unmet = tuple(never_met(meaning, role, ran))
        if unmet:
            return Finding(ProofStatus.FAILED, f"not all of it was met: {'; '.join(unmet)}")
        missed = [
            f"{each.kind.__name__}, by {found} at {each.at}, not by {each.by}" for each in wrong if (found := each.refuted_by()) != each.by
        ]
        return Finding(ProofStatus.FAILED, f"not refuted as expected: {'; '.join(missed)}") if missed else ran

    def check() -> Finding:
        ran = judged()
        if isinstance(ran, Finding):
            return ran
        if casts is role.casts and (unread := tuple(otherwise(meaning.stem, on_its_way(role), of_way(ran)))):
            return Finding(ProofStatus.FAILED, "; ".join(unread))
        return Finding(ProofStatus.PROVED, f"{ran.paths:,} paths{f', {len(wrong)} wrong handlers refuted' if wrong else ''}")

    page = lambda: _page(id, claim, meaning, role, casts, wrong)  # noqa: E731  # a function of nothing
    rests_on = (id_of(meaning), *(_id(meaning, each) for each in meaning.roles if _id(meaning, each) != id))
    ranges = quantifiers(meaning, role, casts)
    return RoleTheorem(id, claim, ranges, check, explain=page, of_model=True, rests_on=rests_on, meaning=meaning, role=role, judged=judged)


def on_its_way(role: Role) -> str:
    """Return what is called what is supposed on the way where a role is run."""
    return f"{role.kind.__name__} on its way"


def of_way(ran: RoleFindings) -> Spoken:
    """Return what is supposed where a role is run, each sentence with its formulas; where these are long, how many there are and a digest."""
    found: dict[str, list[str]] = {}
    for sentence, formula in sorted(ran.supposed):
        found.setdefault(sentence, []).append(formula)
    return {sentence: at_most("; ".join(formulas), len(formulas)) for sentence, formulas in found.items()}


def _nowhere(meaning: Meaning, ids: tuple[str, ...]) -> Iterator[str]:
    """Yield which of these theorems no module has; that about stability must be of this meaning."""
    known = {each.id for each in collected(Theorem) if not isinstance(each, StabilityTheorem) or type(each.meaning) is type(meaning)}
    yield from (id for id in ids if id not in known)


def never_met(meaning: Meaning, role: Role, ran: RoleFindings) -> Iterator[str]:
    """Yield the classes of states, the inputs and the actions that no path has met, and the actions that nobody said it takes."""
    running = RunningRole(meaning, role, role.kind, role.casts[-1])
    states, inputs = {state for state, _ in ran.situations}, {given for _, given in ran.situations}
    yield from (f"{kind.__name__} is no state that can be" for kind in running.states() if kind.__name__ not in states)
    yield from (f"{name} never comes" for name in dict.fromkeys(given.name for given in running.inputs()) if name not in inputs)
    yield from (f"{name} is never taken" for name in role.takes if name not in ran.actions)
    yield from (f"{name} is taken, and not listed" for name in sorted(ran.actions) if name not in role.takes)


def quantifiers(meaning: Meaning, role: Role, casts: tuple[Cast, ...]) -> str:
    """Say over what the theorem of a role ranges: the casts, values, states and inputs that are run."""
    running = RunningRole(meaning, role, role.kind, casts[-1])
    values = [f"all {', '.join(map(_called, meaning.domains))}"] if meaning.domains else []
    states = f"states {' | '.join(kind.__name__ for kind in running.states())}"
    inputs = f"inputs {', '.join(dict.fromkeys(given.name for given in running.inputs()))}"
    callers = (*_senders(meaning, running), f"any user{' who does not wait yet' * running.has_users_waiting}")
    who = f"for {' and '.join(dict.fromkeys(cast.text for cast in casts))}"
    machines: tuple[Any, ...] = tuple(RunningRole(meaning, role, role.kind, cast).machine() for cast in casts)
    names = [each.name for each in fields(type(machines[0]))]
    made = (f"{name} {' and '.join(dict.fromkeys(_made(getattr(one, name)) for one in machines))}" for name in names)
    return "; ".join((who, *values, states, inputs, *callers, *made, *assumed(meaning, running, casts)))


def _senders(meaning: Meaning, running: RunningRole) -> Iterator[str]:
    """Say whose messages it hears: what these say is supposed, as long as they are sent by what is proved to say only what is true."""
    if classes(header(running.kind)[1]):
        shipped = " or ".join(each.kind.__name__ for each in meaning.roles)
        yield f"any sender that is a shipped {shipped}{', or lies' * meaning.somebody_lies}"


def assumed(meaning: Meaning, running: RunningRole, casts: tuple[Cast, ...]) -> Iterator[str]:
    """Yield what is assumed besides: of requests when they are asked, and of processes whatever happens."""
    for kind in classes(header(running.kind)[2]):
        said: dict[str, None] = {}
        for shape in running.shapes.of(kind, "request"):
            said |= dict.fromkeys(meaning.request(meaning.now, ME, built(shape)))
        if said:
            yield f"of {kind.__name__}, that {', '.join(said)}"
    yield from asked_at_most(running)
    if running.has_clock and (clock := running.role.shows(meaning.now, running.reading)):
        yield f"of what its clock shows, that {', '.join(clock)}"
    shown_by: dict[str, dict[str, None]] = {}
    for kind in classes(header(running.kind)[1]):
        for shape in running.shapes.of(kind, "message"):
            for sentence in meaning.shows(meaning.now, built(shape)):
                shown_by.setdefault(sentence, {})[kind.__name__] = None
    yield from (f"of {' and '.join(kinds)}, whoever sends it, that {sentence}" for sentence, kinds in shown_by.items())
    if nothing := tuple(says_nothing(meaning, runs_of(meaning))):
        yield f"nothing is proved of what {', '.join(nothing)} {'says' if len(nothing) == 1 else 'say'}"
    yield from bounds(running, casts)
    if goes_through_sets(running.kind):
        yield "sets are gone through in the order in which they were made"
    yield from (f"{name} any of {', '.join(map(shown, values))}" for name, values in running.shapes.among.items())
    given = (*meaning.background, *(each.sentence for each in meaning.supposes))
    if given:
        yield f"given that {', '.join(given)}"


def asked_at_most(running: RunningRole) -> Iterator[str]:
    """Yield how far requests go with which it is run, and messages where somebody lies: nobody shows that there are not more."""
    shapes, symbols = running.shapes, {each.kind for each in running.shapes.domains}
    _, messages, requests, _ = header(running.kind)
    given = (requests, *((messages,) if running.meaning.somebody_lies else ()))
    for kind in dict.fromkeys(each for kinds in given for each in records(kinds) if each not in symbols):
        for name, hint in get_type_hints(kind).items():
            place = f"{kind.__name__}.{name}"
            if place in shapes.keys:
                yield f"{place} with the keys that it always has"
            elif place in shapes.sizes:
                yield f"of {place} at most {shapes.sizes[place]}"
            elif shapes.few and hint is int and shapes.domain(hint, place) is None:
                yield f"{place} from {shapes.few.start} to {shapes.few.stop - 1}"


def goes_through_sets(kind: type[AnyProcess]) -> bool:
    """Tell whether a class of processes has sets, of which symbols have but one order, and others another under each hash seed."""
    kept = any(get_origin(hint) is frozenset for part in header(kind) for each in records(part) for hint in get_type_hints(each).values())
    functions = (each for each, _ in reached(kind) if is_of_the_run(each))
    return kept or any(_makes_a_set(part) for function in functions for part in parts(function))


def _makes_a_set(part: ast.AST) -> bool:
    match part:
        case ast.Set() | ast.SetComp() | ast.Call(func=ast.Name(id="set" | "frozenset")):
            return True
        case _:
            return False


def _called(domain: SymbolicClass) -> str:
    """Say what values are called; of any object, that they are not None, for which a handler asks in a way that symbols do not hear."""
    return f"{domain.plural} but None" if domain.kind is object and NoneType not in domain.others else domain.plural


def _made(value: Any) -> str:
    """Say with what a field was run: of several values how many, of a symbol that it stands for any."""
    if isinstance(value, Enum):
        return value.name
    return f"of {len(value)}" if isinstance(value, tuple | frozenset | Map) else "any" if isinstance(value, Element) else repr(value)


def _page(id: str, claim: str, meaning: Meaning, role: Role, casts: tuple[Cast, ...], wrong: tuple[WrongHandler, ...]) -> Iterator[str]:
    running = RunningRole(meaning, role, role.kind, casts[-1])
    yield id
    yield f"  Claim: {claim}"
    yield f"  For: {quantifiers(meaning, role, casts)}."
    if type(running.machine()).recover is Process.recover:
        yield "  It does not recover from a crash."
    given = {f"  Given of {cast.text}: {spelled(fact)}.": None for cast in casts for fact in cast.facts}
    yield from given
    yield from (f"  Given that {sentence}: {spelled(fact)}." for sentence, fact in meaning.background.items())
    yield f"  States, with {running.cast.text}:"
    yield from (f"    {shape.text}" for kind in running.states() for shape in running.shapes.of(kind, "state"))
    yield "  Inputs:"
    yield from (f"    {given.text}" for given in running.inputs())
    for each in wrong:
        yield f"  {each.kind.__name__}: {(each.kind.__doc__ or '').strip()}"
        yield f"    refuted by {each.refuted_by()}, at {each.at}"
