"""What stands in a module of a user's and is judged nowhere: systems and models beside its scopes, and clauses that nothing promises."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from concordant.checks.exploration.families import members
from concordant.checks.registry import SPEC, Protocol, is_ours
from concordant.refimpl.machine import AnyMechanism, AnySystem, Mechanism, Model, System, machines_in, plain
from concordant.spec.vocabulary import Clause

Subject = AnySystem | Model


def unexplored(named: Protocol) -> Iterator[tuple[str, str]]:
    """Yield what no scope, mistake or situation is about, by its name, and what of it is in none of these: its machines, or what it promises.

    A system from which others are made, or a larger one, has nothing of its own: that it is left out is for its owner to say.
    """
    judged, used = [*_judged(named)], [*_used(named)]
    subjects: tuple[Subject, ...] = (*named.of(System, SPEC), *named.of(Model, SPEC))
    for each in subjects:
        if each.promises and not any(each is other for other in (*judged, *used)):
            machines, promises = _machines(each), {clause.id: clause.name for clause in each.promises}
            for other in chain(judged, used, (system for family in named.families for _, system in members(family))):
                machines = {kind: name for kind, name in machines.items() if kind not in _machines(other)}
                if not any(other is only for only in used):
                    promises = {id: name for id, name in promises.items() if all(clause.id != id for clause in other.promises)}
                if not machines and not promises:
                    break
            else:
                yield _name(named, each), ", ".join((*machines.values(), *promises.values()))


def unpromised(named: Protocol) -> Iterator[Clause]:
    """Yield the clauses, its own and those of other modules of the user's that it imports by name, which nothing there promises or is known to violate.

    That a mistake breaks one says nothing of what is right. A system or rule that is not judged is told of itself.
    """
    imported = [each for each in named.of(Clause, SPEC) if each.stem != named.stem and not _is_of_ours(each)]
    used = [*_used(named)]
    wrong = [each.subject.rule for each in named.pitfalls if isinstance(each.subject, Mechanism)]
    told: tuple[Subject | AnyMechanism, ...] = (
        *(each for each in named.of(System, SPEC) if not any(each is other for other in used)),
        *named.of(Model, SPEC),
        *(each for each in named.of(Mechanism, SPEC) if each.rule not in wrong),
    )
    by_id = {clause.id for each in (*told, *_judged(named)) for clause in each.promises}
    for clause in (*named.clauses, *imported):
        is_told = any(plain(clause) == plain(promise) for each in told for promise in each.promises)
        is_another = clause.stem != named.stem and clause.id in by_id  # made of it, under other faults
        if not (is_told or is_another or named.promises(clause)):
            yield clause


def _is_of_ours(clause: Clause) -> bool:
    """Tell whether a clause is stated by a function of ours."""
    cases = getattr(plain(clause), "cases", None)
    return is_ours(getattr(cases, "__module__", ""))


def _judged(named: Protocol) -> Iterator[Subject]:
    yield from (scope.system for scope in named.scopes)
    yield from (scope.model for scope in named.models)


def _used(named: Protocol) -> Iterator[Subject]:
    """Yield what is shown wrong, walked to, or followed by another: its machines need not be right, and what it promises is not judged."""
    subjects = (*(each.subject for each in named.pitfalls), *(each.subject for each in named.known_violations))
    yield from (each for each in subjects if isinstance(each, System))
    yield from (each.correct for each in named.pitfalls if each.correct is not None)
    yield from (each.system for each in named.situations)
    yield from (scope.system.refines.system for scope in named.scopes if scope.system.refines is not None)


def _machines(subject: Subject) -> dict[type, str]:
    """Return the classes of the processes of a system, and of those that these hold, with their names."""
    processes = subject.processes.values() if isinstance(subject, System) else ()
    return {type(machine): type(machine).__name__ for process in processes for machine in machines_in(process)}


def _name(named: Protocol, subject: Subject) -> str:
    names = (name for module in named.load(SPEC) for name, value in vars(module).items() if value is subject)
    return next(names, "a system")
