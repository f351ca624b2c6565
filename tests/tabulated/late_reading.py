"""Random systems whose bounds, assumptions and clauses look at one process after another, of which each shows itself in a class of its own."""

from __future__ import annotations

from random import Random
from typing import Any

from attrs import evolve, fields, frozen

from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import (
    Always,
    AlwaysPossible,
    AtRest,
    Cases,
    Clause,
    Eventually,
    Fair,
    Fault,
    InfinitelyOften,
    Need,
    Seen,
    Send,
    case,
)
from tests.tabulated.adaptive_clauses import Test, adaptive, decide, of_a_state, tree
from tests.tabulated.random_systems import Erratic, Heard, Kept, Noticed, Shown, dice, random_system

DEEP = 7
"""How many things are read one after the other, at most."""


@frozen
class Veiled:
    half: int


@frozen
class Behind(Erratic):
    """Shows itself in another class."""

    def view(self, state: Kept) -> Veiled:  # type: ignore[override]  # any class will do
        return Veiled(state.number // 2)


def late_reading_system(seed: int) -> AnySystem:
    """Return the random system of a seed with others to judge it, bounds and assumptions among them."""
    draw, system = dice("late", seed), random_system(seed)
    processes = {name: _as(draw.choice((Erratic, Behind)), process) for name, process in system.processes.items()}
    tests = [test for name, each in processes.items() for test in of_a_state(name, Veiled if type(each) is Behind else Shown)]
    decisions = [tree(draw, tests, DEEP) for _ in range(4)]
    kind = draw.choice(("Receive", "Fire", "Ask", "Crash"))
    within = [lambda seen, each=each: decide(each, seen) for each in decisions[: draw.choice((0, 1, 1, 2))]]
    assume = [
        lambda move, seen, each=each: type(move).__name__ != kind or decide(each, seen) for each in decisions[2 : draw.choice((2, 3, 3))]
    ]
    views = Veiled if all(type(each) is Behind for each in processes.values()) else Shown
    names = tuple(name for name, each in processes.items() if (type(each) is Behind) is (views is Veiled))
    return evolve(
        system,
        processes=processes,
        promises=(*adaptive(draw, names, views, (Noticed, Heard, Send), 3), *_about_all(draw, tests)),
        within=(*within, *system.within),
        assume=(*assume, *system.assume),
    )


def _as(kind: type[Erratic], process: Any) -> Erratic:
    return kind(*(getattr(process, part.name) for part in fields(Erratic)))


def _about_all(draw: Random, tests: list[Test]) -> tuple[Clause, ...]:
    """Return a clause of each kind that is about all processes."""

    def about(kind: str, likely: float) -> dict[str, Any]:
        applies, decision = tree(draw, tests, 2), tree(draw, tests, DEEP, likely)

        def cases(seen: Seen[Any]) -> Cases:
            if decide(applies, seen):
                yield case(decide(decision, seen))

        said = {"id": f"late_reading.{kind}", "sentence": "A random clause.", "argument": ""}
        return {**said, "under": ~Fault.NONE, "needs": Need.NONE, "cases": cases}

    return (
        Always(**about("always", 0.9)),
        AtRest(**about("at_rest", 0.7)),
        Eventually(**about("eventually", 0.7), given=Fair(draw.randrange(8))),
        InfinitelyOften(**about("infinitely_often", 0.5), given=Fair(draw.randrange(8))),
        AlwaysPossible(**about("always_possible", 0.4)),
    )
