"""Both engines share the meaning of a system; here it is written a second time, and must be the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.registry import protocols
from concordant.refimpl.machine import AnySystem
from tests.layers.toys import talk, whole
from tests.meaning.delays import delayed_system
from tests.meaning.judging import compared
from tests.tabulated.naming_systems import naming_system
from tests.tabulated.random_systems import random_system
from tests.tabulated.symmetric_systems import symmetric_system
from tests.tabulated.timed_systems import timed_symmetric_system, timed_system

FEW = {
    random_system: (5, 48, 97),
    delayed_system: (9, 14, 33, 72, 81, 87, 92, 95),
    timed_system: (23, 30, 75, 79, 99, 103, 114, 131, 149, 162, 168, 174, 272, 316, 425),
}
"""Seeds of small systems that together have each kind of network, each fault, clocks and delays of each kind, bounds, assumptions and users that go on."""
MAKERS = (random_system, timed_system, symmetric_system, naming_system, timed_symmetric_system)


def differences(system: AnySystem, most: int) -> dict[str, tuple[object, object]] | None:
    report = explore(system, budget=Budget(states=most))
    return compared(system, report, most) if report.complete else None


@pytest.mark.parametrize(("make", "seed"), [(make, seed) for make, seeds in FEW.items() for seed in seeds])
def test_random_systems_mean_what_they_do_when_their_meaning_is_written_a_second_time(make: Callable[[int], AnySystem], seed: int) -> None:
    assert differences(make(seed), 300) == {}


@pytest.mark.parametrize("system", [talk(), whole((1,)), whole((1, 2))], ids=["alone", "over a link", "twice over a link"])
def test_systems_and_stacks_mean_it_too(system: AnySystem) -> None:
    assert differences(system, 1_000) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("make", MAKERS)
def test_so_do_many_more(make: Callable[[int], AnySystem]) -> None:
    found = {seed: differences(make(seed), 400) for seed in range(60)}

    assert sum(each is not None for each in found.values()) > 3
    assert {seed: each for seed, each in found.items() if each} == {}


@pytest.mark.thorough
def test_so_do_small_scopes_of_protocols() -> None:
    small = [
        (each.stem, scope.name, scope.system)
        for each in protocols()
        for scope in each.scopes
        if scope.expected is not None and scope.expected.states <= 80
    ]
    plain = [each for each in small if each[2].refines is None]
    found = {(stem, name): differences(system, 80) for stem, name, system in plain}

    assert len(found) > 50
    assert {name: each for name, each in found.items() if each} == {}
