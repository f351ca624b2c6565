"""Which questions a command asks: a selection of all that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from concordant.checks.answers import JUDGING
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.index import protocols_by_stem, theorems_by_stem
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import Misuse
from concordant.checks.models.scope import ModelScope
from concordant.checks.own import is_own, meant, own
from concordant.checks.questions.family import FamilyQuestion
from concordant.checks.questions.model import ModelQuestion
from concordant.checks.questions.pitfall import PitfallQuestion
from concordant.checks.questions.profiles import ProfilesQuestion
from concordant.checks.questions.question import Means, Question
from concordant.checks.questions.scope import Engine, ScopeQuestion
from concordant.checks.questions.source import SourceQuestion
from concordant.checks.registry import Protocol, UnknownName, protocols, theorems_alone
from concordant.refimpl.machine import Pitfall

if TYPE_CHECKING:
    from concordant.proofs.kernel.theorems import Theorem

Judging = ScopeQuestion | FamilyQuestion | ProfilesQuestion | ModelQuestion
SMALL = (Size.SMALL.value,)


def asked(kind: str, chosen: Iterable[Protocol]) -> Iterator[Question]:
    """Yield all questions of a kind about some protocols."""
    ask = import_module(f"concordant.checks.questions.{kind}").ask
    for each in chosen:
        yield from ask(each)


def named_in(scope: str) -> tuple[str, ...]:
    """Return the names and sizes that `--scope` gives, several with commas.

    >>> named_in("small, two_users")
    ('small', 'two_users')
    """
    return tuple(part.strip() for part in scope.split(","))


def asks_all_small(scope: str | None) -> bool:
    """Tell whether all small scopes are asked about, so that what none of them judges is judged nowhere."""
    return scope is None or Size.SMALL.value in named_in(scope)


def to_check(chosen: Sequence[Protocol], scope: str | None = None) -> list[Question]:
    """List what `check` asks: scopes of these sizes or names; without any the small scopes, the quick pitfalls, the known violations.

    Of a protocol of the user's also whether its source is clean. A scope that no chosen protocol has is an UnknownName, and a protocol
    of which nothing can be asked a Misuse.
    """
    for each in chosen:
        if not (each.explored or each.pitfalls or each.known_violations):
            raise Misuse(
                f"{each.stem} has nothing to check; give it SCOPES, in a module {each.stem} of its group in checks/concordant/checks/scopes"
            )
        if not each.explored and ":" not in each.source:  # of one value of a module, what else that holds is not asked
            raise Misuse(
                f"{each.stem} has mistakes and nothing that is right: give it a System or a Mechanism, or a scope with one, as a value of the module"
            )
        if scope is None and each.explored and not any(_fits(item, SMALL) for item in each.explored):
            raise Misuse(
                f"{each.stem} has no small scope; choose one: --scope {', or '.join(sorted({item.name for item in each.explored}))}"
            )
    judging = [question for kind in JUDGING for question in asked(kind, chosen)]
    names = {name for each in chosen for item in each.explored for name in (item.name, item.size.value)}
    parts = SMALL if scope is None else (scope,) if scope in names else named_in(scope)
    wanted = [each for each in judging if isinstance(each, Judging) and _fits(_subject(each), parts)]
    if scope is not None:
        for part in parts:
            if part not in names:
                raise UnknownName(part, names, "scope or size")
        judged = {each.stem for each in wanted}
        left_out = [each.stem for each in chosen if each.stem not in judged]
        if left_out and len(chosen) < len(protocols_by_stem()):  # of all that there are, some have no such scope
            raise Misuse(
                f"nothing is called {scope} in {', '.join(left_out)}, so that nothing of it would be judged; ask about it without --scope"
            )
        return _by_protocol(chosen, [*wanted, *asked("source", chosen)])
    pitfalls = [each for each in asked("pitfall", chosen) if isinstance(each, PitfallQuestion) and each.pitfall.quick]
    return _by_protocol(chosen, [*wanted, *pitfalls, *asked("known_violation", chosen), *asked("source", chosen)])


def to_walk(chosen: Sequence[Protocol], scope: str | None) -> list[Question]:
    """List the scopes to walk through: those with a name or of a size, by default the largest of each protocol. None is a Misuse."""
    if scope is None:
        found: list[Question] = [ScopeQuestion(each.stem, max(each.scopes, key=_states)) for each in chosen if each.scopes]
    else:
        found = [each for each in to_check(chosen, scope) if isinstance(each, ScopeQuestion)]
    if not found:
        raise Misuse("only scopes can be walked, and none is chosen; families and profiles are for concordant check")
    return found


def to_refute(names: Sequence[str]) -> list[Question]:
    """List pitfalls by their ids, or all those of protocols, by default of all. A name that is something else is a Misuse."""
    chosen: dict[str, Question] = {}
    for name in names or protocols_by_stem():
        where, part = meant(name)
        if part is not None and not isinstance(part, Pitfall):
            what = "a clause" if hasattr(part, "under") else "a known violation"
            raise Misuse(f"{name} is {what}, not a pitfall; `concordant explain {name}` shows what breaks it")
        chosen |= {each.id: each for each in asked("pitfall", [where]) if part in (None, getattr(each, "pitfall", None))}
    return list(chosen.values())


def to_prove(names: Sequence[str], *, large: bool) -> tuple[list[Question], list[str]]:
    """List theorems by id or by protocol, and the bridges of those protocols; by default all. Also name the large ones that are left out.

    A large theorem is proved where it is named by its id, or all are with `large`. Where one supposes a model's invariant, or another theorem,
    that is proved, too.
    """
    from concordant.checks.questions.theorem import TheoremQuestion  # noqa: PLC0415  # proofs are loaded where they are needed
    from concordant.proofs.kernel.proofs import ProofTheorem  # noqa: PLC0415

    stems = {*protocols_by_stem(), *theorems_by_stem()}
    theirs = {name: own(name) for name in names if name not in stems and is_own(name)}
    for name, each in theirs.items():
        if not (each.theorems or each.bridges):
            raise Misuse(
                f"{name} has no theorem; give it one as a value of a module, as concordant.proofs has them, or name {', '.join(sorted(stems)[:3])}, …"
            )
    for name in names:
        if "." not in name and name not in (*stems, *theirs):  # ids have a dot: nothing need be loaded
            raise UnknownName(name, stems, "theorem, or protocol with one,")
    names = [theirs[name].stem if name in theirs else name for name in names]
    everything = (*protocols(), *theorems_alone(), *theirs.values())
    named = [each for each in everything if each.stem in names]
    known = [
        each
        for each in asked("theorem", everything if len(named) < len(names) or not names else named)
        if isinstance(each, TheoremQuestion)
    ]
    ids, stems = {each.theorem.id for each in known}, {each.stem for each in known} | {each.theorem.stem for each in known}
    for name in names:
        if name not in ids | stems:
            raise UnknownName(name, ids | stems, "theorem, or protocol with one,")
    wanted = [each for each in known if not names or {each.stem, each.theorem.stem, each.theorem.id} & set(names)]
    chosen = [each for each in wanted if large or not each.theorem.large or each.theorem.id in names]
    supposed = _supposed([each.theorem for each in chosen], [each.theorem for each in known])
    chosen = [each for each in known if each in chosen or each.theorem.id in supposed]
    of_models = {each.theorem.stem for each in chosen if each.theorem.of_model}
    models = [each for each in known if isinstance(each.theorem, ProofTheorem) and each.theorem.stem in of_models and each not in chosen]
    bridges = asked("bridge", [each for each in everything if not names or each.stem in names])
    return [*models, *chosen, *bridges], [each.theorem.id for each in wanted if each not in chosen]


def _supposed(chosen: Iterable[Theorem], known: Iterable[Theorem]) -> set[str]:
    """Return the ids of all theorems that some suppose, or what these suppose."""
    rests_on = {each.id: each.rests_on for each in known}
    found, new = set[str](), {id for each in chosen for id in each.rests_on}
    while new:
        found |= new
        new = {id for each in new for id in rests_on.get(each, ())} - found
    return found


def _by_protocol(chosen: Sequence[Protocol], questions: Iterable[Question]) -> list[Question]:
    order = {each.stem: place for place, each in enumerate(chosen)}
    return sorted(questions, key=lambda each: order[each.stem])


def _subject(question: Judging) -> Scope | Family | Grid | ModelScope:
    match question:
        case ScopeQuestion() | ModelQuestion():
            return question.scope
        case FamilyQuestion():
            return question.family
        case ProfilesQuestion():
            return question.grid


def _fits(item: Scope | Family | Grid | ModelScope, wanted: Sequence[str]) -> bool:
    return item.name in wanted or item.size.value in wanted


def _states(scope: Scope) -> int:
    return 0 if scope.expected is None else scope.expected.states


def to_search(questions: list[Question], means: Means) -> list[Question]:
    """Return questions that can be answered as wanted; a Misuse where there is no such engine, or a breakdown or a checkpoint makes no sense."""
    if means.engine not in (engines := [each.value for each in Engine]):
        raise Misuse(f"--engine {means.engine} must be {' or '.join(engines)}")
    if not means.breakdown and means.checkpoint is None:
        return questions
    option = "--breakdown" if means.checkpoint is None else "--checkpoint"
    scopes = [each for each in questions if isinstance(each, ScopeQuestion)]
    if means.engine == Engine.REFERENCE.value:
        raise Misuse(f"{option} is about the tables of the tabulated engine; leave --engine reference out")
    searched = [each for each in questions if not isinstance(each, SourceQuestion)]  # which comes with whatever is a user's
    if means.checkpoint is not None and (len(searched) != 1 or not scopes):
        chosen = f"{len(searched)} questions are chosen" if len(searched) != 1 else f"{searched[0].id} is no single system"
        raise Misuse(f"--checkpoint saves one scope, and {chosen}; name a protocol and its scope with --scope")
    if not scopes:
        raise Misuse("--breakdown is about scopes, and none is chosen; a family has too many systems to break down")
    return questions
