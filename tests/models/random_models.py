"""Random models: a few variables, actions and clauses that read this or that, depending on what they found, and write this or that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeVar

from concordant.refimpl.machine import Model, action, fault, request
from concordant.spec.vocabulary import (
    Cases,
    Clause,
    Fair,
    Now,
    Then,
    Variable,
    always,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    infinitely_often,
    sometimes,
)

Cell = Variable[int]
F = TypeVar("F", bound=Callable[..., object])


def random_model(seed: int) -> Model:
    """Return a model, the same for each seed."""
    random = Random(seed)  # noqa: S311  # nothing is kept secret
    cells = tuple(Variable(f"cell{place}", *random.sample(range(3), random.choice((1, 1, 2)))) for place in range(random.randint(2, 4)))
    whose = (action, action, action, request, fault)
    actions = tuple(
        random.choice(whose)(choice=range(2))(named(acting(cells, random.randrange(1 << 40)), f"act{number}")) for number in range(4)
    )
    promises = tuple(clauses(cells, random))
    within = holding(cells, random.randrange(1 << 40), 12) if random.random() < 0.2 else None
    begins = beginning(cells[0]) if len(cells[0].starts) > 1 and random.random() < 0.5 else None
    return Model(cells, actions, promises, begins=begins, within=within)


def mixed(number: int, other: int) -> int:
    return (number * 0x9E37_79B9 + other * 0x85EB_CA6B + 0xC2B2) % (1 << 31) ^ (number >> 7)


def looked(cells: tuple[Cell, ...], now: Now, seed: int) -> int:
    """Look at one variable after another, each chosen by what was found before."""
    found = seed
    for _ in range(4):
        found = mixed(found, now[cells[found % len(cells)]])
        if found % 3 == 0:
            break
    return found


def acting(cells: tuple[Cell, ...], seed: int) -> Callable[..., None]:
    def act(now: Now, then: Then, choice: int) -> None:
        found = looked(cells, now, mixed(seed, choice))
        if found % 5 < 3:
            then[cells[found // 5 % len(cells)]] = found // 64 % (4 + seed % 3)
            if found % 7 < 2 and found // 5 % len(cells) != 0:
                then[cells[0]] = found // 512 % 4

    return act


def holding(cells: tuple[Cell, ...], seed: int, often: int) -> Callable[[Now], bool]:
    def holds(now: Now) -> bool:
        return looked(cells, now, seed) % often != 0

    return holds


def beginning(cell: Cell) -> Callable[[Now], bool]:
    def begins(now: Now) -> bool:
        return now[cell] == cell.starts[0]

    return begins


def clauses(cells: tuple[Cell, ...], random: Random) -> Iterator[Clause]:
    def judging(often: int) -> Callable[[Now], Cases]:
        seed = random.randrange(1 << 40)

        def cases(now: Now) -> Cases:
            found = looked(cells, now, seed)
            if found % 4:
                yield case(found % often != 0, found=found % 100)

        return cases

    def stepping(often: int) -> Callable[[Now, Now], Cases]:
        seed = random.randrange(1 << 40)

        def cases(before: Now, after: Now) -> Cases:
            found = looked(cells, after, looked(cells, before, seed))
            yield case(found % often != 0)

        return cases

    kinds: dict[str, Callable[[Any], Clause]] = {
        "rarely_wrong": lambda cases: always()(cases),
        "sometimes_so": lambda cases: sometimes(cases),
        "in_the_end": lambda cases: at_rest()(cases),
        "for_good": lambda cases: eventually(random.choice((Fair.TRIGGERS, Fair.CHOICES, Fair.NONE)))(cases),
        "again": lambda cases: infinitely_often(random.choice((Fair.TRIGGERS, Fair.CHOICES)))(cases),
        "still_possible": lambda cases: always_possible()(cases),
    }
    for name, kind in kinds.items():
        yield kind(named(judging(random.choice((2, 7, 40))), name))
    yield every_step(Now)(named(stepping(random.choice((20, 200))), "step_by_step"))


def named(function: F, name: str) -> F:
    function.__name__ = function.__doc__ = name
    return function
