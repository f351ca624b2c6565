"""Roles by importance, and the fullest assignment: suitability in and servers out."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve
from scipy.optimize import linear_sum_assignment

from concordant.pitfalls.allocation.role_assignment import in_two_calls, most_only, under_one_name
from concordant.refimpl.allocation.role_assignment import by_importance, fullest
from concordant.spec.allocation.role_assignment import (
    DUPLICATE_AGENT,
    DUPLICATE_ROLE,
    NEGATIVE,
    NOT_ALL_RATED,
    NOT_EXACT,
    Assignment,
    Outcome,
    Role,
    Staffing,
    careless,
    malformed,
    no_full_assignment_suits_better,
    order_of_roles_is_irrelevant,
)
from concordant.spec.vocabulary import Map, Recorded, Rejected


def staffing(agents: str, **roles: tuple[Any, ...]) -> Staffing:
    """Return a staffing: of each role how critical it is, then how well each agent suits it."""
    return Staffing(tuple(agents.split()), tuple(Role(name, said[0], said[1:]) for name, said in roles.items()))


def served(**servers: str) -> Assignment:
    return Assignment(Map.of(servers))


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (staffing(""), served()),
        (staffing("ann"), served()),
        (staffing("", cook=(1,)), served()),
        (staffing("ann bob", cook=(1, 0, 0)), served()),
        (staffing("ann bob", cook=(1, 1, 2)), served(cook="bob")),
        (staffing("ann bob", cook=(1, 2, 2), guard=(1, 2, 2)), served(cook="ann", guard="bob")),
        (staffing("ann bob", cook=(1, 5, 4), guard=(2, 3, 1)), served(cook="bob", guard="ann")),
        (staffing("ann bob", cook=(2, 9, 8), guard=(1, 9, 0)), served(cook="ann")),
    ],
)
def test_each_role_takes_who_suits_it_best_of_those_left_the_most_critical_first(asked: Staffing, outcome: Outcome) -> None:
    assert by_importance(asked) == outcome


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (staffing(""), served()),
        (staffing("", cook=(1,)), served()),
        (staffing("ann bob", cook=(1, 2, 2), guard=(1, 2, 2)), served(cook="ann", guard="bob")),
        (staffing("ann bob", cook=(2, 9, 8), guard=(1, 9, 0)), served(cook="bob", guard="ann")),
        (staffing("ann bob", cook=(2, 10, 9), guard=(1, 9, 1)), served(cook="bob", guard="ann")),
        (staffing("ann", cook=(2, 1), guard=(1, 3)), served(guard="ann")),
        (staffing("ann bob", cook=(1, 9, 1), guard=(1, 1, 0)), served(cook="bob", guard="ann")),
    ],
)
def test_as_many_roles_are_filled_as_can_be_and_then_as_well(asked: Staffing, outcome: Outcome) -> None:
    assert fullest(asked) == outcome


@pytest.mark.parametrize("rule", [by_importance, fullest])
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (staffing("ann ann", cook=(1, 1, 1)), DUPLICATE_AGENT),
        (Staffing(("ann",), (Role("cook", 1, (1,)), Role("cook", 2, (1,)))), DUPLICATE_ROLE),
        (staffing("ann bob", cook=(1, 1)), NOT_ALL_RATED),
        (staffing("ann", cook=(0.5, 1)), NOT_EXACT),
        (staffing("ann", cook=(1, True)), NOT_EXACT),
        (staffing("ann", cook=(-1, 1)), NEGATIVE),
        (staffing("ann", cook=(1, -1)), NEGATIVE),
    ],
)
def test_each_rule_of_a_staffing_has_its_reason(rule: Any, asked: Staffing, reason: Rejected) -> None:
    assert rule(asked) == reason


def test_the_fullest_assignment_is_as_full_and_suits_as_well_as_that_of_scipy() -> None:
    random = Random(26)  # noqa: S311  # a test that repeats
    for _ in range(300):
        roles, agents = random.randint(1, 5), random.randint(1, 5)
        suitability = [[random.choice((0, 0, 1, 2, 3, 7)) for _ in range(agents)] for _ in range(roles)]
        # One role more weighs more than all suitability together.
        weights = [[each + 100 if each else 0 for each in row] for row in suitability]
        rows, columns = linear_sum_assignment(weights, maximize=True)
        expected = sum(weights[row][column] for row, column in zip(rows, columns, strict=True))

        outcome = fullest(
            Staffing(tuple(f"agent{n}" for n in range(agents)), tuple(Role(f"role{n}", 1, tuple(row)) for n, row in enumerate(suitability)))
        )

        assert isinstance(outcome, Assignment)
        assert sum(weights[int(role[4:])][int(agent[5:])] for role, agent in outcome.servers.items()) == expected


def test_whoever_is_suited_better_without_filling_more_is_no_case_against_the_fullest() -> None:
    asked = staffing("ann bob", cook=(1, 9, 1), guard=(1, 1, 0))

    assert [each.holds for each in no_full_assignment_suits_better.cases(asked, fullest(asked))] == [True]
    assert [each.holds for each in no_full_assignment_suits_better.cases(staffing("ann bob", cook=(1, 1, 2)), served(cook="ann"))] == [
        False
    ]


def test_without_roles_there_is_no_order_of_them() -> None:
    assert list(order_of_roles_is_irrelevant.cases(by_importance, staffing("ann"), Recorded({}))) == []


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ("an agent twice", DUPLICATE_AGENT),
        ("a role twice", DUPLICATE_ROLE),
        ("a rating missing", NOT_ALL_RATED),
        ("the last rating missing", NOT_ALL_RATED),
        ("a rating too many", NOT_ALL_RATED),
        ("a criticality", NEGATIVE),
        ("a suitability", NEGATIVE),
        ("the last suitability", NEGATIVE),
    ],
)
def test_malformed_staffings_have_one_flaw(flaw: str, reason: Rejected) -> None:
    draws = {"agent1 for role0": 1, "agent1 for role1": 1, "flaw": flaw, "it is": "negative"}

    assert by_importance(malformed(Recorded(draws))) == reason


def test_of_several_flaws_the_first_is_told() -> None:
    draws: dict[str, object] = {"agents": 1, "agent 0": "ann", "roles": 2}
    for place in range(2):
        draws |= {f"suitability 0 for {place} is": "a float", f"ratings of {place} are short": True}
        draws |= {f"role {place}": "cook", f"criticality {place} is": "negative"}

    asked = careless(Recorded(draws))

    assert by_importance(asked) == DUPLICATE_ROLE
    assert by_importance(evolve(asked, roles=asked.roles[:1])) == NOT_ALL_RATED


# ---- what the documents' loop does


def test_two_calls_let_one_agent_serve_two_roles() -> None:
    assert in_two_calls(by_importance)(staffing("ann bob", cook=(1, 2, 1), guard=(1, 2, 1))) == served(cook="ann", guard="ann")


def test_of_a_role_that_is_listed_twice_one_is_served() -> None:
    assert under_one_name(Staffing(("ann", "bob"), (Role("cook", 1, (1, 0)), Role("cook", 1, (0, 1))))) == served(cook="bob")


def test_who_counts_roles_alone_takes_the_first_that_suits() -> None:
    assert most_only(staffing("ann bob", cook=(1, 1, 2))) == served(cook="ann")
