"""Where a fair path can stay for ever: graphs with a known answer, and random ones against the definition."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from concordant.checks.liveness.components import by_path, by_scipy
from concordant.checks.liveness.fair import NOWHERE, fair_components
from concordant.checks.liveness.lasso import Cycle, Way
from concordant.checks.liveness.obligations import NOBODY, Column
from concordant.checks.tabulated.components import fair_components as compiled_components
from concordant.checks.tabulated.kernel.words import Ints
from tests.liveness.graphs import Edge, arcs, fair_sets, graph, random_graph

ENV = NOBODY


def stays(states: int, edges: list[Edge], *strongly: bool) -> list[int]:
    """Return the states of fair components, on which both procedures agree."""
    component, _ = both(states, edges, list(strongly), [True] * states)
    return np.flatnonzero(component != NOWHERE).tolist()


def both(states: int, edges: list[Edge], strongly: list[bool], allowed: list[bool]) -> tuple[Column, int]:
    """Return the components that this finds and compiled code finds too, and how many passes the latter took."""
    component = fair_components(graph(states, edges), np.array(strongly, dtype=bool), np.array(allowed))
    compiled, passes = compiled_components(arcs(states, edges), strongly, np.array(allowed))
    assert parts(component) == parts(compiled)
    return component, passes


def parts(component: Column | Ints) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(component == name).tolist()) for name in np.unique(component).tolist() if name != NOWHERE}


@pytest.mark.parametrize("strong", [False, True])
def test_what_is_owed_to_nobody_may_never_happen(strong: bool) -> None:
    assert stays(2, [(0, 1, ENV)]) == [0, 1]
    assert stays(2, [(0, 1, 0)], strong) == [1]


@pytest.mark.parametrize("strong", [False, True])
def test_a_cycle_that_leaves_undone_what_is_always_possible_is_unfair(strong: bool) -> None:
    spins = [(0, 1, ENV), (1, 0, ENV), (0, 2, 0), (1, 2, 0)]

    assert stays(3, spins, strong) == [2]


def test_a_cycle_that_disables_an_action_now_and_then_respects_weak_fairness_and_violates_strong() -> None:
    flickers = [(0, 1, ENV), (1, 0, ENV), (0, 2, 0)]

    assert stays(3, flickers, False) == [0, 1, 2]
    assert stays(3, flickers, True) == [1, 2]


def test_a_self_loop_discharges_what_it_is() -> None:
    assert stays(1, [(0, 0, 0)], True) == [0]
    assert stays(1, [(0, 0, ENV)]) == [0]


def test_a_path_must_stay_among_the_states_that_are_allowed() -> None:
    swaps = [(0, 1, 0), (1, 0, 0)]

    assert parts(both(2, swaps, [False], [True, True])[0]) == {frozenset({0, 1})}
    assert parts(both(2, swaps, [False], [True, False])[0]) == set()


def test_what_strong_fairness_forbids_in_a_part_may_open_the_rest() -> None:
    # Between 0 and 1 all is well; from 1 a way to 2 is owed strongly and leads back only by what the environment need not do.
    edges = [(0, 1, ENV), (1, 0, ENV), (1, 2, 0), (2, 2, ENV)]

    assert stays(3, edges, True) == [0, 2]
    assert both(3, edges, [True], [True] * 3)[1] == 2, "what is left is divided once more"


@pytest.mark.parametrize("seed", range(10))
def test_random_graphs_have_the_fair_components_of_the_definition_and_their_cycles_are_fair(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # nobody attacks a test
    for _ in range(100):
        states, edges, strongly = random_graph(random)
        allowed = [random.random() < 0.8 for _ in range(states)]

        component, _ = both(states, edges, strongly, allowed)

        sets = list(fair_sets(states, edges, strongly, allowed))
        assert {state for state in range(states) if component[state] != NOWHERE} == set().union(*sets)
        for base in np.flatnonzero(component != NOWHERE).tolist():
            cycle = cycle_through(base, component, edges, strongly)
            visited = [base, *(way.target for way in cycle)]
            assert visited[-1] == base
            assert [edges[way.label][0] for way in cycle] == visited[:-1]
            assert is_fair(edges, strongly, set(visited), {edges[way.label][2] for way in cycle})


def cycle_through(base: int, component: Column, edges: list[Edge], strongly: list[bool]) -> list[Way[int, int]]:
    def out(state: int) -> Iterator[Way[int, int]]:
        for number, (source, target, owed) in enumerate(edges):
            if source == state:
                yield Way(number, target, None if owed == NOBODY else owed)

    return Cycle(out, lambda state: bool(component[state] == component[base]), lambda owed: strongly[owed], int, base).close()


def is_fair(edges: list[Edge], strongly: list[bool], visited: set[int], done: set[int]) -> bool:
    possible = [{owed for source, _, owed in edges if source == state and owed != NOBODY} for state in visited]
    strong = {each for each in set.union(*possible) if strongly[each]}
    weak = {each for each in set.intersection(*possible) if not strongly[each]}
    return strong | weak <= done


def test_components_are_those_that_scipy_finds() -> None:
    chance = Random(7)  # noqa: S311  # nobody attacks a test
    for _ in range(100):
        states = chance.randint(1, 12)
        sources, targets = (np.array([chance.randrange(states) for _ in range(chance.randint(0, 2 * states))]) for _ in range(2))
        edges = min(len(sources), len(targets))
        ours, theirs = (way(states, sources[:edges].astype(int), targets[:edges].astype(int)) for way in (by_path, by_scipy))
        assert parts(ours) == parts(theirs)
