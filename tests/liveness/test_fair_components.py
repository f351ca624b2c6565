"""Where a fair path can stay for ever: graphs with a known answer, and random ones against the definition."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from concordant.checks.liveness.fair import NOWHERE, fair_components
from concordant.checks.liveness.lasso import Cycle
from concordant.checks.liveness.obligations import NOBODY
from tests.liveness.graphs import Edge, fair_sets, graph, random_graph

ENV = NOBODY


def stays(states: int, edges: list[Edge], *strongly: bool) -> list[int]:
    """Return the states of fair components."""
    component = fair_components(graph(states, edges), np.array(strongly, dtype=bool), np.ones(states, dtype=bool))
    return np.flatnonzero(component != NOWHERE).tolist()


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
    swaps = graph(2, [(0, 1, 0), (1, 0, 0)])
    weak = np.array([False])

    assert fair_components(swaps, weak, np.array([True, True])).tolist() == [0, 0]
    assert fair_components(swaps, weak, np.array([True, False])).tolist() == [NOWHERE, NOWHERE]


def test_what_strong_fairness_forbids_in_a_part_may_open_the_rest() -> None:
    # Between 0 and 1 all is well; from 1 a way to 2 is owed strongly and leads back only by what the environment need not do.
    edges = [(0, 1, ENV), (1, 0, ENV), (1, 2, 0), (2, 2, ENV)]

    assert stays(3, edges, True) == [0, 2]


@pytest.mark.parametrize("seed", range(10))
def test_random_graphs_have_the_fair_components_of_the_definition_and_their_cycles_are_fair(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # nobody attacks a test
    for _ in range(100):
        states, edges, strongly = random_graph(random)
        allowed = [random.random() < 0.8 for _ in range(states)]
        made, owed = graph(states, edges), np.array(strongly, dtype=bool)

        component = fair_components(made, owed, np.array(allowed))

        sets = list(fair_sets(states, edges, strongly, allowed))
        assert {state for state in range(states) if component[state] != NOWHERE} == set().union(*sets)
        for base in np.flatnonzero(component != NOWHERE).tolist():
            cycle = Cycle(made, owed, component, base).close()
            visited = [base, *(edges[edge][1] for edge in cycle)]
            assert visited[-1] == base
            assert [edges[edge][0] for edge in cycle] == visited[:-1]
            assert is_fair(edges, strongly, set(visited), {edges[edge][2] for edge in cycle})


def is_fair(edges: list[Edge], strongly: list[bool], visited: set[int], done: set[int]) -> bool:
    possible = [{owed for source, _, owed in edges if source == state and owed != NOBODY} for state in visited]
    strong = {each for each in set.union(*possible) if strongly[each]}
    weak = {each for each in set.intersection(*possible) if not strongly[each]}
    return strong | weak <= done
