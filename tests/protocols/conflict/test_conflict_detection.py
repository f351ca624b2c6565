"""Conflict detection, requests in and conflicts out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.pitfalls.conflict.conflict_detection import as_written
from concordant.refimpl.conflict.conflict_detection import detect, on_malformed
from concordant.spec.conflict.conflict_detection import (
    NOT_EXACT,
    NOT_POSITIVE,
    UNKNOWN_RESOURCE,
    Conflict,
    Found,
    Kind,
    Request,
    Situation,
    Wish,
    can_all_be_served,
    fits,
    order_of_requests_is_irrelevant,
)
from concordant.spec.vocabulary import Map, Recorded, Rejected


def situation(*requests: Request, **capacities: Any) -> Situation:
    return Situation(requests, Map.of(capacities))


def wants(agent: str, amount: Any = 1, resource: str = "disk", *, shares: bool = False, state: str | None = None) -> Request:
    return Request(agent, resource, amount, not shares, state)


def wishes(resource: str, *agents: str) -> tuple[Wish, ...]:
    return tuple(Wish(agent, resource) for agent in agents)


OVER_AMOUNT = Conflict("disk", Kind.AMOUNT, ("ann", "bob"))
OVER_GOAL = Conflict("disk", Kind.GOAL, ("ann", "bob"))


@pytest.mark.parametrize(
    ("looked_at", "found"),
    [
        (situation(disk=1), Found((), (), ())),
        (situation(wants("ann"), disk=1), Found((), wishes("disk", "ann"), ())),
        (situation(wants("ann"), wants("ann"), disk=2), Found((), wishes("disk", "ann"), ())),
        (situation(wants("ann"), wants("ann"), disk=1), Found((), (), wishes("disk", "ann"))),
        (situation(wants("bob"), wants("ann"), disk=1), Found((OVER_AMOUNT,), (), ())),
        (situation(wants("bob"), wants("ann"), disk=2), Found((), wishes("disk", "ann", "bob"), ())),
        (situation(wants("ann", shares=True), wants("bob", shares=True), disk=1), Found((), wishes("disk", "ann", "bob"), ())),
        (situation(wants("ann", shares=True), wants("bob"), disk=1), Found((OVER_AMOUNT,), (), ())),
        (situation(wants("ann", Fraction(1, 2)), wants("bob", Fraction(1, 2)), disk=1), Found((), wishes("disk", "ann", "bob"), ())),
        (situation(wants("ann", 5), wants("bob"), disk=1), Found((), wishes("disk", "bob"), wishes("disk", "ann"))),
        (situation(wants("ann", state="warm"), wants("bob", state="cold"), disk=1), Found((OVER_AMOUNT, OVER_GOAL), (), ())),
        (situation(wants("ann", state="warm"), wants("bob", state="cold"), disk=2), Found((OVER_GOAL,), (), ())),
        (situation(wants("ann", state="warm"), wants("bob", state="warm"), disk=2), Found((), wishes("disk", "ann", "bob"), ())),
        (situation(wants("ann", state="warm"), wants("bob"), disk=2), Found((), wishes("disk", "ann", "bob"), ())),
        (
            situation(wants("ann", resource="lamp"), wants("ann"), wants("bob"), disk=1, lamp=1),
            Found((OVER_AMOUNT,), wishes("lamp", "ann"), ()),
        ),
    ],
)
def test_what_cannot_all_be_met_is_in_conflict_and_the_rest_is_granted(looked_at: Situation, found: Found) -> None:
    assert detect(looked_at) == found


@pytest.mark.parametrize(
    ("looked_at", "reason"),
    [
        (situation(wants("ann"), wants("bob", resource="lamp"), disk=1), UNKNOWN_RESOURCE),
        (situation(wants("ann", 0.5), disk=1), NOT_EXACT),
        (situation(wants("ann"), disk=None), NOT_EXACT),
        (situation(wants("ann"), wants("bob", 0), disk=1), NOT_POSITIVE),
        (situation(disk=-1), NOT_POSITIVE),
    ],
)
def test_each_rule_of_a_situation_has_its_reason(looked_at: Situation, reason: Rejected) -> None:
    assert detect(looked_at) == reason


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=4), st.integers(0, 3))
def test_trying_every_use_of_every_unit_agrees_with_adding_up(drawn: list[tuple[int, bool]], capacity: int) -> None:
    requests = tuple(Request(f"agent{number}", "disk", amount, exclusive) for number, (amount, exclusive) in enumerate(drawn))

    assert can_all_be_served(requests, capacity) == fits(requests, capacity)


def test_where_nobody_asks_there_is_no_order() -> None:
    assert list(order_of_requests_is_irrelevant.cases(detect, situation(disk=1), Recorded({}))) == []


@pytest.mark.parametrize(
    ("draws", "drawn"),
    [
        ({"flaw": "another resource"}, situation(wants("ann", resource="printer"), wants("bob", 2), disk=3)),
        ({"flaw": "the last for another resource"}, situation(wants("ann"), wants("bob", 2, "printer"), disk=3)),
        ({"flaw": "an amount", "it is": "a text"}, situation(wants("ann", "1"), wants("bob", 2), disk=3)),
        ({"flaw": "the last amount", "it is": "nothing"}, situation(wants("ann"), wants("bob", None), disk=3)),
        ({"flaw": "a capacity", "it is": "a truth"}, situation(wants("ann"), wants("bob", 2), disk=True)),
        ({"flaw": "nothing"}, situation(wants("ann"), wants("bob", 0), disk=3)),
    ],
)
def test_malformed_situations_have_one_flaw(draws: dict[str, object], drawn: Situation) -> None:
    sound = {"ann wants 1 and": 0, "bob wants 1 and": 1, "there is of disk": 3}

    assert on_malformed().profiles(Recorded({**sound, **draws})) == drawn


def test_the_documents_find_an_agent_in_conflict_with_itself_and_tell_a_sole_one_nothing() -> None:
    assert as_written(situation(wants("ann"), wants("ann"), disk=2)) == Found((Conflict("disk", Kind.AMOUNT, ("ann", "ann")),), (), ())
    assert as_written(situation(wants("ann"), disk=2)) == Found((), (), ())
