"""Every transition of a search, for what must see the whole graph."""

from __future__ import annotations

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.explore import Reductions, explore
from concordant.refimpl.machine import Fire, Lose, Move, Receive, System
from concordant.spec.vocabulary import Network, NoHistory, addresses
from tests.checks.toys import A, B, C, Collector, Counter, Goes, Kept, Note, Teller, Toy


def crossed(system: System[NoHistory], reductions: Reductions | None = None) -> list[tuple[int, Move, int]]:
    edges: Edges[Move] = Edges()
    report = explore(system, reductions=reductions, edges=edges)

    assert len(edges) == report.transitions
    return list(edges)


def test_an_edge_leads_from_one_state_to_another_by_a_move_and_states_are_numbered_as_they_are_met() -> None:
    system = System({A: Teller(B, (1, 2)), B: Collector()}, NoHistory(), (), Network(losses=1))
    one, two = (Receive(B, A, Note(number)) for number in (1, 2))

    assert crossed(system) == [
        (0, one, 1),
        (0, Lose(A, B, Note(1)), 2),
        (0, two, 3),
        (0, Lose(A, B, Note(2)), 4),
        (1, two, 5),
        (1, Lose(A, B, Note(2)), 6),
        (2, two, 7),
        (3, one, 5),
        (3, Lose(A, B, Note(1)), 7),
        (4, one, 6),
    ]


def test_moves_that_change_nothing_are_edges_and_one_move_has_one_number() -> None:
    edges: Edges[Move] = Edges()
    explore(System({A: Teller(B, (1,)), B: Toy(), C: Counter()}, NoHistory(), (), Network(duplicating=True)), edges=edges)

    assert list(edges) == [(number - 1, Fire(C, Goes(number)), number) for number in (1, 2, 3)]
    assert edges.labels.values == [Fire(C, Goes(number)) for number in (1, 2, 3)]


class Once(Counter):
    """Counts to one."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else (Goes(1),)


def test_up_to_symmetry_an_edge_leads_from_representative_to_representative() -> None:
    first, second = everybody = addresses("counter", 2)
    system = System({name: Once() for name in everybody}, NoHistory(), (), symmetric=(tuple((name,) for name in everybody),))

    assert crossed(system, Reductions(symmetry=True)) == [
        (0, Fire(first, Goes(1)), 1),
        (0, Fire(second, Goes(1)), 1),
        (1, Fire(first, Goes(1)), 2),
    ]
