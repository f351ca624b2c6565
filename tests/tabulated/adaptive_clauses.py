"""Random clauses that read one thing after the other, each depending on what was read before, and that need not be symmetric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, TypeAlias

from attrs import fields_dict

from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import Move
from concordant.spec.vocabulary import (
    Address,
    Always,
    AlwaysEach,
    AtRest,
    Cases,
    Clause,
    EveryStep,
    Fault,
    Need,
    OnEvent,
    Seen,
    Sometimes,
    case,
)

Test: TypeAlias = Callable[..., bool]
Tree: TypeAlias = "bool | tuple[Test, Tree, Tree]"


def tree(draw: Random, tests: list[Test], depth: int = 5, likely: float = 0.85) -> Tree:
    """Draw a tree of tests; its leaves say whether a case holds, which is likely."""
    if depth == 0 or draw.random() < 0.2:
        return draw.random() < likely
    return draw.choice(tests), tree(draw, tests, depth - 1, likely), tree(draw, tests, depth - 1, likely)


def decide(decision: Tree, *given: Any) -> bool:
    """Walk down a tree."""
    while not isinstance(decision, bool):
        test, yes, no = decision
        decision = yes if test(*given) else no
    return decision


def of_a_state(name: Address, view: type[Any]) -> list[Test]:
    """Return tests of what is seen of one process."""
    return [
        lambda seen: seen.up(name),
        lambda seen: seen.views(view)[name].half == 1,
        lambda seen: getattr(seen.views(view)[name], "last", None) is not None,
        lambda seen: any(call.at == name for call in seen.waiting()),
        lambda seen: _last(seen.history) == name,
        lambda seen: seen.history.number % 2 == 1,
        *([lambda seen: name in _met(seen.views(view)), lambda seen: name in seen.history.seen] if full_of_names(view) else ()),
    ]


def of_one(name: Address, view: type[Any]) -> list[Test]:
    """Return tests of one process and the history."""
    return [
        lambda view, who, history: who == name,  # noqa: ARG005
        lambda view, who, history: view.half == 1,  # noqa: ARG005
        lambda view, who, history: getattr(view, "last", None) == name,  # noqa: ARG005
        lambda view, who, history: _last(history) == name,  # noqa: ARG005
        lambda view, who, history: history.number % 2 == 1,  # noqa: ARG005
        *([lambda view, who, history: name in view.met and view.counts.get(who) == history.by.get(name)] if full_of_names(view) else ()),
    ]


def of_a_step(name: Address, view: type[Any]) -> list[Test]:
    """Return tests of a view before and after."""
    return [
        lambda before, after: before.half == after.half,
        lambda before, after: before.half == 1,  # noqa: ARG005
        lambda before, after: getattr(before, "last", None) == name,  # noqa: ARG005
        lambda before, after: getattr(after, "last", None) == name,  # noqa: ARG005
        lambda before, after: before == after,
        *([lambda before, after: name in after.met and name not in before.counts] if full_of_names(view) else ()),
    ]


def of_an_event(name: Address, view: type[Any]) -> list[Test]:
    """Return tests of the history, who announces, and the event."""
    return [
        lambda history, who, event: who == name,  # noqa: ARG005
        lambda history, who, event: _last(history) == name,  # noqa: ARG005
        lambda history, who, event: history.number % 2 == 1,  # noqa: ARG005
        lambda history, who, event: getattr(event, "letter", "e") == "e",  # noqa: ARG005
        lambda history, who, event: getattr(event, "to", None) == name,  # noqa: ARG005
        *([lambda history, who, event: name in history.seen and who in history.by] if full_of_names(view) else ()),  # noqa: ARG005
    ]


def full_of_names(view: type[Any]) -> bool:
    """Tell whether a view, and with it a history, holds sets and maps of names: those of `naming_systems` do."""
    return "met" in fields_dict(view)


def _met(views: Mapping[Address, Any]) -> frozenset[Address]:
    """Return whom all have met."""
    return frozenset.intersection(*(view.met for view in views.values()))


def _last(history: Any) -> Address | None:
    last: Address | None = getattr(history, "last", None)
    return last


def adaptive(draw: Random, names: tuple[Address, ...], view: type[Any], events: tuple[type[Any], ...], many: int) -> tuple[Clause, ...]:
    """Return so many clauses about these processes, views of a class, and events of some classes."""
    return tuple(_clause(draw, f"adaptive_clauses.clause{number}", names, view, events) for number in range(many))


def _clause(draw: Random, id_: str, names: tuple[Address, ...], view: type[Any], events: tuple[type[Any], ...]) -> Clause:
    about = (id_, "A random clause.", "", ~Fault.NONE, Need.NONE)
    match draw.randrange(8):
        case 0 | 1 | 2:
            return Always(*about, _cases(draw, [test for name in names for test in of_a_state(name, view)]))
        case 3:
            return Sometimes(*about, _cases(draw, [test for name in names for test in of_a_state(name, view)], likely=0.05))
        case 4:
            return AtRest(*about, _cases(draw, [test for name in names for test in of_a_state(name, view)]))
        case 5:
            return AlwaysEach(*about, view, _cases(draw, [test for name in names for test in of_one(name, view)]))
        case 6:
            return EveryStep(*about, view, _cases(draw, [test for name in names for test in of_a_step(name, view)]))
        case _:
            return OnEvent(*about, draw.choice(events), _cases(draw, [test for name in names for test in of_an_event(name, view)]))


def _cases(draw: Random, tests: list[Test], likely: float = 0.85) -> Callable[..., Cases]:
    """Draw whether there is a case at all, and whether it holds."""
    applies, decision = tree(draw, tests, 2), tree(draw, tests, 5, likely)

    def cases(*given: Any) -> Cases:
        if decide(applies, *given):
            yield case(decide(decision, *given), given=text(given[1:]))

    return cases


def bound(draw: Random, names: tuple[Address, ...], view: type[Any]) -> Callable[[Seen[Any]], bool]:
    """Draw a bound of a scope, which may tell processes apart."""
    decision = tree(draw, [test for name in names for test in of_a_state(name, view)], 3)
    return lambda seen: decide(decision, seen)


def assumption(draw: Random, names: tuple[Address, ...], view: type[Any]) -> Callable[[Move, Seen[Any]], bool]:
    """Draw an assumption on one kind of move, which may tell processes apart."""
    decision = bound(draw, names, view)
    kind, name = draw.choice(("Receive", "Fire", "Crash")), draw.choice((None, *names))
    return lambda move, seen: type(move).__name__ != kind or (name is not None and getattr(move, "at", None) != name) or decision(seen)
