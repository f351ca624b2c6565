"""Tampering: what if an answer, an event or a message said something else? Some clause must notice, or nothing binds it.

Every effect of one class is altered, wherever a process asks for it: a field takes another value, an answer becomes another
or none, an event is kept quiet. What is altered without violating any clause in any scope is *unbound*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from attrs import evolve, fields, frozen, has

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope
from concordant.checks.semantics.canonical import order_key
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.promises import promised
from concordant.checks.semantics.rows import BrokenHistory
from concordant.refimpl.machine import AnyProcess, Process, Step, System
from concordant.spec.vocabulary import Address, Announce, Bag, Below, Deliver, Effect, Map, Rejected, Reply, Send, Sometimes

Alter: TypeAlias = Callable[[Effect], Effect | None]
"""Returns what an effect becomes; None for nothing."""

Change: TypeAlias = Callable[[Any], Effect | None]
"""The same, of effects of one class that say something of one class."""

STEPS = ("start", "receive", "request", "cancel", "fire", "suspect", "trust", "tick", "recover")
FIRST = 1_000
"""In so many states a system shows what it says; what others say it shows in a scope of its own."""
MOST = 12_800
"""What has not been noticed in so many states is not looked for any further."""
LEAVES = (Address, Map, Bag)
REFUSAL = Rejected("what is no reason")
EVENT = "event"


@frozen
class Tampering:
    """One way to tamper: what it is called, and what it makes of each effect."""

    name: str
    alter: Alter


def unbound(scopes: Iterable[Scope], otherwise: Callable[[System[Any]], bool] | None = None) -> tuple[str, ...]:
    """List the ways to tamper with these scopes that violate no clause in any of them, scope by scope while there are any left.

    `otherwise`: tells whether something else notices, such as a bridge to what is proved; it is asked of a system with another event.
    """
    survivors: dict[str, bool] = {}
    for scope in scopes:
        for tampering in tamperings(effects(scope.system)):
            if survivors.get(tampering.name, True):
                asked = otherwise if tampering.name.startswith(EVENT) else None
                noticed = asked is not None and asked(tampered(scope.system, tampering.alter))
                survivors[tampering.name] = not (noticed or notices(scope, tampering.alter))
    return tuple(name for name, survives in survivors.items() if survives)


def effects(system: System[Any]) -> tuple[Effect, ...]:
    """List the distinct effects of the first steps of a system, in the order of their content."""
    found: dict[Effect, None] = {}

    def note(effect: Effect) -> Effect:
        found[effect] = None
        return effect

    explore(tampered(system, note), (), budget=Budget(states=FIRST))
    return tuple(sorted(found, key=order_key))


def notices(scope: Scope, alter: Alter) -> bool:
    """Tell whether a clause is violated, or a run fails, in a scope whose processes are tampered with.

    The search ends at the first violation. What only the whole graph decides is asked where nothing else is violated.
    """
    system = evolve(tampered(scope.system, alter), symmetric=())
    reductions = Reductions(leave_ignored=scope.reductions.leave_ignored)
    claims = tuple(clause for clause in promised(system.promises, system) if not isinstance(clause, Sometimes))
    try:
        report = explore(system, claims, until=claims, budget=Budget(states=MOST), reductions=reductions)
    except (BrokenProcess, BrokenHistory, BrokenClause):
        return True
    return any(each.status is Status.VIOLATED for each in report.verdicts)


# ---- processes


def tampered(system: System[Any], alter: Alter) -> System[Any]:
    """Return a system whose processes do as they did, and ask for altered effects."""
    return evolve(system, processes={address: _tampered(process, alter) for address, process in system.processes.items()})


def _tampered(process: AnyProcess, alter: Alter) -> AnyProcess:
    kind: Any = type(process)
    methods = {name: _altering(getattr(kind, name), alter) for name in STEPS if getattr(kind, name) is not getattr(Process, name)}
    subclass = type(f"Tampered{kind.__name__}", (kind,), {"__slots__": (), "__module__": kind.__module__, **methods})
    result: AnyProcess = subclass(*(getattr(process, part.name) for part in fields(kind)))
    return result


def _altering(method: Callable[..., Step[Any] | None], alter: Alter) -> Callable[..., Step[Any] | None]:
    def altered(*given: object) -> Step[Any] | None:
        taken = method(*given)
        return None if taken is None else Step(taken.state, tuple(filter(None, map(alter, taken.effects))))

    return altered


# ---- ways to tamper


def tamperings(seen: tuple[Effect, ...]) -> Iterator[Tampering]:
    """Yield the ways to tamper with effects such as those seen. What a link does below, it says alone in its own stem, and more plainly."""
    for kind, word in ((Reply, "answer"), (Announce, EVENT), (Send, "message"), (Deliver, "delivery")):
        contents = [content(effect) for effect in seen if isinstance(effect, kind) and not isinstance(content(effect), Below)]
        for said in sorted({type(each) for each in contents}, key=lambda each: each.__name__):
            alike = [each for each in contents if type(each) is said]
            ways = [*_fields(alike)]
            if kind is not Send:
                ways.append(("left out", lambda effect: None))  # noqa: ARG005  # nothing is left of it
            if kind is Reply:
                ways += _other_answers(said, contents)
            for what, change in ways:
                yield Tampering(f"{word} {said.__name__}: {what}", _of(kind, said, change))


def _of(kind: type, said: type, change: Change) -> Alter:
    return lambda effect: change(effect) if isinstance(effect, kind) and type(content(effect)) is said else effect


def _fields(alike: list[Any]) -> Iterator[tuple[str, Change]]:
    for path in sorted({path for each in alike for path in paths(each)}):
        values = sorted({value for each in alike for value in at(each, path)}, key=order_key)
        yield ".".join(path), partial(_put, path, values)


def _put(path: tuple[str, ...], values: list[Any], effect: Any) -> Effect:
    said = content(effect)
    changed = put(said, path, lambda value: following(value, values)) if at(said, path) else said
    altered: Effect = evolve(effect, **{fields(type(effect))[-1].name: changed})
    return altered


def _other_answers(said: type, answers: list[Any]) -> Iterator[tuple[str, Change]]:
    others = {type(each): each for each in (*answers, REFUSAL) if type(each) is not said}
    for kind, other in others.items():
        yield f"{kind.__name__} instead", partial(_answer, other)


def _answer(answer: object, effect: Reply) -> Reply:
    return Reply(effect.to, answer)


def content(effect: Effect) -> Any:
    """Return what an effect says."""
    match effect:
        case Send(_, message):
            return message
        case Reply(_, answer):
            return answer
        case Announce(event):
            return event
        case Deliver(_, message):
            return message


# ---- values


def paths(value: Any) -> Iterator[tuple[str, ...]]:
    """Yield the fields of a record, and the fields of records in them.

    >>> list(paths(Send(Address("user"), Rejected("no"))))
    [('to',), ('message',), ('message', 'reason')]
    """
    if has(type(value)) and not isinstance(value, LEAVES):
        for part in fields(type(value)):
            yield (part.name,)
            yield from ((part.name, *path) for path in paths(getattr(value, part.name)))


def at(value: Any, path: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what stands at a path, in a tuple of one; of none where there is no such path."""
    for name in path:
        if not hasattr(value, name):
            return ()
        value = getattr(value, name)
    return (value,)


def put(value: Any, path: tuple[str, ...], change: Callable[[Any], Any]) -> Any:
    """Return a record with what stands at a path changed."""
    if not path:
        return change(value)
    return evolve(value, **{path[0]: put(getattr(value, path[0]), path[1:], change)})


def following(value: Any, values: list[Any]) -> Any:
    """Return the value that follows another in a list, the first after the last; where there is no other, one that is made up.

    >>> following("a", ["a", "b"]), following(1, [1]), following(True, [True])
    ('b', 2, False)
    """
    others = [*values[values.index(value) + 1 :], *values] if value in values else values
    return next((other for other in others if other != value), None) if set(values) - {value} else made_up(value)


def made_up(value: Any) -> Any:
    """Return another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | Fraction():
            return value + 1
        case str():
            return f"not {value}"
        case Enum():
            return following(value, list(type(value)))
        case Address(role, number):
            return Address(role, number + 1)
        case tuple():
            return () if value else (None,)
        case frozenset():
            return frozenset(() if value else (None,))  # of its own class it may be one that goes through itself the other way round
        case Map():
            return Map(() if value else (("made up", None),))
        case _ if has(type(value)) and fields(type(value)):
            return put(value, (fields(type(value))[0].name,), made_up)
        case _:
            return value
