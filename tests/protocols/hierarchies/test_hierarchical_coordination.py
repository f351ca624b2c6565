"""Hierarchies: whose parent is whose, how the task goes down, and how reports come up."""

from __future__ import annotations

import pytest

from concordant.checks.refuting.pitfalls import refute
from concordant.checks.scopes.hierarchies.hierarchical_coordination import WRONG
from concordant.pitfalls.hierarchies.hierarchical_coordination.reports import CREDITED_TWICE
from concordant.refimpl.hierarchies.hierarchical_coordination import ROOT, USER, Engaged, Idle, Node, asked, parent
from concordant.refimpl.machine import Ask, Receive, step
from concordant.spec.hierarchies.hierarchical_coordination import (
    ONE_TASK,
    Coordinate,
    Down,
    Executed,
    Gathered,
    GaveUp,
    GiveUp,
    Layers,
    NodeView,
    Planned,
    Shape,
    Star,
    Tree,
    Up,
    path,
)
from concordant.spec.vocabulary import Announce, Bag, Map, Rejected, Reply, Send, addresses

FIRST, SECOND, THIRD = addresses("node", 4)[1:]
COORDINATOR, AGENT = Node(ROOT), Node(FIRST)
CHAIN = Map.of({FIRST: ROOT, SECOND: FIRST, THIRD: SECOND})
STAR = Map.of(dict.fromkeys((FIRST, SECOND), ROOT))


@pytest.mark.parametrize(
    ("shape", "parents"),
    [
        (Tree(1), [0, 1, 2, 3, 4]),
        (Tree(2), [0, 0, 1, 1, 2]),
        (Tree(3), [0, 0, 0, 1, 1]),
        (Star(), [0, 0, 0, 0, 0]),
        (Layers((2, 3)), [0, 0, 1, 2, 1]),
        (Layers((1, 1, 3)), [0, 1, 2, 2, 2]),
    ],
)
def test_each_shape_says_whose_parent_is_whose(shape: Shape, parents: list[int]) -> None:
    assert [parent(shape, place) for place in range(1, 6)] == parents


@pytest.mark.parametrize(
    ("request_", "reason"),
    list(
        zip(
            WRONG,
            (
                "there is no coordinator",
                "the coordinator is another",
                "there are no agents",
                "the coordinator is among its agents",
                "an agent is named twice",
                *("nobody may have a child",) * 2,
                *("the layers are not those of so many agents",) * 4,
            ),
            strict=True,
        )
    ),
)
def test_what_cannot_be_arranged_is_rejected_with_the_reason(request_: Coordinate, reason: str) -> None:
    assert COORDINATOR.request(Idle(), USER, request_) == step(Idle(), Reply(USER, Rejected(reason)))


def test_a_coordinator_does_the_task_and_hands_it_to_its_children() -> None:
    engaged = Engaged(STAR, USER, frozenset({FIRST, SECOND}), Bag.of((ROOT,)))
    handed = (Send(FIRST, Down(STAR)), Send(SECOND, Down(STAR)))

    assert COORDINATOR.request(Idle(), USER, asked(Star(), 1, 2)) == step(
        engaged, Announce(Planned(USER, STAR)), Announce(Executed()), *handed
    )
    assert COORDINATOR.request(engaged, USER, asked(Star(), 1)) == step(engaged, Reply(USER, ONE_TASK))
    assert COORDINATOR.view(engaged) == NodeView(frozenset({FIRST, SECOND}))
    assert COORDINATOR.view(Idle()) == NodeView(frozenset())


def test_an_agent_does_the_task_once_and_reports_when_its_children_have() -> None:
    engaged = Engaged(CHAIN, ROOT, frozenset({SECOND}), Bag.of((FIRST,)))
    assert AGENT.receive(Idle(), ROOT, Down(CHAIN)) == step(engaged, Announce(Executed()), Send(SECOND, Down(CHAIN)))
    assert AGENT.receive(engaged, ROOT, Down(CHAIN)) is None

    told = Up(Bag.of((SECOND,)), frozenset({THIRD}))
    reported = Engaged(CHAIN, ROOT, frozenset(), Bag.of((FIRST, SECOND)), frozenset({THIRD}))
    assert AGENT.receive(engaged, SECOND, told) == step(reported, Send(ROOT, Up(Bag.of((FIRST, SECOND)), frozenset({THIRD}))))
    assert AGENT.receive(reported, SECOND, told) is None
    assert AGENT.receive(Idle(), SECOND, told) is None


def test_a_leaf_reports_at_once() -> None:
    told = Up(Bag.of((FIRST,)), frozenset())

    assert AGENT.receive(Idle(), ROOT, Down(STAR)) == step(
        Engaged(STAR, ROOT, frozenset(), Bag.of((FIRST,))), Announce(Executed()), Send(ROOT, told)
    )


def test_whoever_has_waited_long_enough_names_all_below_those_it_gives_up() -> None:
    engaged = Engaged(CHAIN, USER, frozenset({FIRST}), Bag.of((ROOT,)))
    missing = frozenset({FIRST, SECOND, THIRD})
    over = Engaged(CHAIN, USER, frozenset(), Bag.of((ROOT,)), missing)

    assert COORDINATOR.armed(Idle()) == COORDINATOR.armed(over) == ()
    assert COORDINATOR.armed(engaged) == (GiveUp(),)
    assert COORDINATOR.fire(engaged, GiveUp()) == step(
        over, Announce(GaveUp(frozenset({FIRST}))), Reply(USER, Gathered(Bag.of((ROOT,)), missing))
    )
    assert COORDINATOR.fire(Idle(), GiveUp()) == step(Idle())
    assert list(COORDINATOR.survives(over)) == [over]


def test_a_path_ends_where_it_would_come_round() -> None:
    assert path(Map.of({FIRST: SECOND, SECOND: FIRST}), FIRST) == (FIRST, SECOND)


def test_the_shortest_way_to_be_credited_twice_is_a_report_that_comes_twice() -> None:
    moves = [frame.move for frame in refute(CREDITED_TWICE).verdict.trace or () if frame.move is not None]

    assert moves[0] == Ask(ROOT, USER, asked(Star(), 1, 2))
    assert [move for move in moves if isinstance(move, Receive) and move.at == ROOT] == [
        Receive(ROOT, FIRST, Up(Bag.of((FIRST,)), frozenset()))
    ] * 2
