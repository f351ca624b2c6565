"""Round robin, and divide and choose: values in and parts out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.pitfalls.allocation.resource_partitioning import equal_numbers, first_two_divide
from concordant.refimpl.allocation.resource_partitioning import DIVIDE_AND_CHOOSE, divide_and_choose, round_robin
from concordant.spec.allocation.resource_partitioning import (
    DUPLICATE_AGENT,
    DUPLICATE_GOOD,
    NEGATIVE,
    NOBODY,
    NOT_ALL_VALUED,
    NOT_EXACT,
    NOT_TWO,
    Division,
    Outcome,
    Parts,
    Valuation,
    careless,
    utility,
)
from concordant.spec.vocabulary import Map, Recorded, Rejected


def division(goods: str, **values: tuple[Any, ...]) -> Division:
    return Division(tuple(goods.split()), tuple(Valuation(agent, listed) for agent, listed in values.items()))


def parts(**holders: str) -> Parts:
    return Parts(Map.of(holders))


@pytest.mark.parametrize(
    ("divided", "outcome"),
    [
        (division("", ann=()), parts()),
        (division("disk lamp", ann=(1, 2), bob=(1, 2)), parts(disk="bob", lamp="ann")),
        (division("disk lamp", ann=(1, 1), bob=(0, 3)), parts(disk="ann", lamp="bob")),
        (division("disk lamp pen", ann=(0, 1, 2), bob=(5, 1, 0)), parts(disk="bob", lamp="ann", pen="ann")),
        (division("disk", bob=(0,), ann=(9,)), parts(disk="bob")),
        (division("disk lamp", ann=(3, 1), bob=(3, 1), cay=(3, 1)), parts(disk="ann", lamp="bob")),
    ],
)
def test_each_takes_in_its_turn_what_it_likes_best_of_what_is_left(divided: Division, outcome: Outcome) -> None:
    assert round_robin(divided) == outcome


@pytest.mark.parametrize(
    ("divided", "outcome"),
    [
        (division("", ann=(), bob=()), parts()),
        (division("disk lamp", ann=(1, 1), bob=(1, 2)), parts(disk="ann", lamp="bob")),
        (division("disk lamp pen", ann=(3, 2, 1), bob=(0, 1, 1)), parts(disk="ann", lamp="bob", pen="bob")),
        (division("disk lamp pen", ann=(3, 2, 1), bob=(9, 1, 1)), parts(disk="bob", lamp="ann", pen="ann")),
        (division("disk", ann=(9,), bob=(1,)), parts(disk="bob")),
    ],
)
def test_the_second_chooses_the_part_that_it_likes_better_of_two_as_equal_as_can_be(divided: Division, outcome: Outcome) -> None:
    assert divide_and_choose(divided) == outcome


@pytest.mark.parametrize(
    ("divided", "reason"),
    [
        (division("disk"), NOBODY),
        (Division(("disk",), (Valuation("ann", (1,)), Valuation("ann", (1,)))), DUPLICATE_AGENT),
        (division("disk disk", ann=(1, 1), bob=(1, 1)), DUPLICATE_GOOD),
        (division("disk lamp", ann=(1, 1), bob=(1,)), NOT_ALL_VALUED),
        (division("disk", ann=(1,), bob=(0.5,)), NOT_EXACT),
        (division("disk", ann=(1,), bob=(-1,)), NEGATIVE),
    ],
)
def test_each_rule_of_a_division_has_its_reason(divided: Division, reason: Rejected) -> None:
    assert (round_robin(divided), divide_and_choose(divided)) == (reason, reason)


@pytest.mark.parametrize("divided", [division("disk", ann=(1,)), division("disk", ann=(1,), bob=(1,), cay=(1,))])
def test_one_cannot_divide_and_choose_and_neither_can_three(divided: Division) -> None:
    assert divide_and_choose(divided) == NOT_TWO
    assert round_robin(divided) == parts(disk="ann")


def test_a_part_is_worth_the_sum_of_its_goods_and_a_rejection_nothing() -> None:
    divided = division("disk lamp pen", ann=(1, 2, 4), bob=(1, 1, 1))

    assert utility(divided, "ann", parts(disk="ann", lamp="bob", pen="ann")) == 5
    assert utility(divided, "ann", NOBODY) == 0


SOUND = division("good0 good1", agent0=(0, 1), agent1=(2, 1))


@pytest.mark.parametrize(
    ("draws", "drawn"),
    [
        ({"flaw": "nobody"}, evolve(SOUND, valuations=())),
        ({"flaw": "an agent twice"}, evolve(SOUND, valuations=(*SOUND.valuations, SOUND.valuations[0]))),
        ({"flaw": "a good twice"}, division("good0 good1 good0", agent0=(0, 1, 1), agent1=(2, 1, 1))),
        ({"flaw": "a value missing"}, division("good0 good1", agent0=(0, 1), agent1=(2,))),
        ({"flaw": "a value", "it is": "a text"}, division("good0 good1", agent0=("1", 1), agent1=(2, 1))),
        ({"flaw": "the last value", "it is": "nothing"}, division("good0 good1", agent0=(0, 1), agent1=(1, None))),
        ({"flaw": "one agent"}, division("good0 good1", agent0=(0, 1))),
        ({"flaw": "three agents"}, division("good0 good1", agent0=(0, 1), agent1=(2, 1), agent2=(0, 1))),
    ],
)
def test_malformed_divisions_have_one_flaw(draws: dict[str, object], drawn: Division) -> None:
    assert DIVIDE_AND_CHOOSE.on_malformed().profiles(Recorded({"to agent0": 0, "to agent1": 2, **draws})) == drawn


def test_among_divisions_with_several_flaws_are_some_in_which_a_value_is_missing() -> None:
    draws = {
        "goods": 1,
        "good 0": "pen",
        "agents": 1,
        "agent 0": "ann",
        "value 0 of 0 is": "an amount",
        "value 0 of 0": 1,
        "valuation 0 is short": True,
    }

    assert careless(Recorded(draws)) == division("pen", ann=())
    assert careless(Recorded({**draws, "valuation 0 is short": False})) == division("pen", ann=(1,))


def test_of_one_good_for_two_equal_numbers_are_none() -> None:
    assert equal_numbers(division("disk", ann=(1,), bob=(1,))) == parts()


def test_a_third_agent_is_forgotten_where_two_divide() -> None:
    assert first_two_divide(division("disk", ann=(1,), bob=(1,), cay=(1,))) == parts(disk="bob")
