"""Serial dictatorship, requests in and grants out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.pitfalls.conflict.priority_override import resource_by_resource, the_first_of_the_highest
from concordant.refimpl.conflict.priority_override import PRIORITY, override, override_with_aging
from concordant.spec.conflict.priority_override import (
    DUPLICATE_AGENT,
    NEGATIVE_TIME,
    NOBODY_ASKS,
    NOT_EXACT,
    NOTHING_NEEDED,
    Conflict,
    Granted,
    Outcome,
    Request,
    nobody_starves,
    resources_are_treated_alike,
    utility,
)
from concordant.spec.vocabulary import Map, Recorded, Rejected


def asks(agent: str, needs: str, priority: Any = 0, waited: Any = 0) -> Request:
    return Request(agent, frozenset(needs.split()), priority, waited)


def granted(*queue: str, **holders: str) -> Granted:
    return Granted(Map.of(holders), queue)


@pytest.mark.parametrize(
    ("requests", "outcome"),
    [
        ((asks("ann", "disk", 1), asks("bob", "disk", 2)), granted("ann", disk="bob")),
        ((asks("bob", "disk"), asks("ann", "disk")), granted("bob", disk="ann")),
        ((asks("ann", "disk"), asks("bob", "printer")), granted(disk="ann", printer="bob")),
        ((asks("ann", "disk printer", 1), asks("bob", "disk", 2)), granted("ann", disk="bob")),
        (
            (asks("ann", "disk", 3), asks("bob", "disk printer", 2), asks("cay", "printer", 1), asks("dan", "printer", 2)),
            granted("bob", "cay", disk="ann", printer="dan"),
        ),
    ],
)
def test_the_more_important_have_all_that_they_need_and_the_others_queue(requests: tuple[Request, ...], outcome: Outcome) -> None:
    assert override(Conflict(requests)) == outcome
    assert override_with_aging(Conflict(requests)) == outcome


def test_rounds_that_were_waited_count_with_aging_alone() -> None:
    conflict = Conflict((asks("ann", "disk", 2), asks("bob", "disk", 1, 2)))

    assert override(conflict) == granted("bob", disk="ann")
    assert override_with_aging(conflict) == granted("ann", disk="bob")


@pytest.mark.parametrize(
    ("requests", "reason"),
    [
        ((), NOBODY_ASKS),
        ((asks("ann", "disk"), asks("bob", "disk"), asks("ann", "disk")), DUPLICATE_AGENT),
        ((asks("ann", ""), asks("bob", "disk")), NOTHING_NEEDED),
        ((asks("ann", "disk", None),), NOT_EXACT),
        ((asks("ann", "disk", 1, 0.5),), NOT_EXACT),
        ((asks("ann", "disk", 1, -1),), NEGATIVE_TIME),
    ],
)
def test_each_rule_of_a_conflict_has_its_reason(requests: tuple[Request, ...], reason: Rejected) -> None:
    assert (override(Conflict(requests)), override_with_aging(Conflict(requests))) == (reason, reason)


def test_an_agent_has_use_for_all_that_it_needs_and_for_nothing_less() -> None:
    conflict = Conflict((asks("ann", "disk printer"),))
    outcomes = (granted(disk="ann", printer="ann"), granted("ann", disk="ann"), NOBODY_ASKS)

    assert [utility(conflict, "ann", outcome) for outcome in outcomes] == [1, 0, 0]


@pytest.mark.parametrize(("agent", "rounds"), [("ann", 0), ("bob", 1), ("cay", 3)])
def test_how_often_each_is_passed_over_is_bounded_by_its_priority(agent: str, rounds: int) -> None:
    conflict = Conflict((asks("ann", "disk", 1), asks("bob", "disk", 1), asks("cay", "disk", 0)))
    (case,) = nobody_starves.cases(override_with_aging, conflict, Recorded({"who waits": agent}))

    assert (case.holds, case.facts["rounds"]) == (True, rounds)
    assert list(nobody_starves.cases(lambda _: NOT_EXACT, conflict, Recorded({"who waits": agent}))) == []


def test_without_aging_the_last_is_passed_over_for_ever() -> None:
    conflict = Conflict((asks("ann", "disk", 1), asks("bob", "disk", 0)))
    (case,) = nobody_starves.cases(override, conflict, Recorded({"who waits": "bob"}))

    assert (case.holds, case.facts["rounds"], case.facts["bound"]) == (False, 2, 2)


@pytest.mark.parametrize(
    ("draws", "drawn"),
    [
        ({"flaw": "nobody asks"}, ()),
        ({"flaw": "one asks twice"}, (asks("agent0", "disk", 0), asks("agent1", "disk", 1), asks("agent0", "disk", 0))),
        ({"flaw": "no needs"}, (asks("agent0", "", 0), asks("agent1", "disk", 1))),
        ({"flaw": "the last has no needs"}, (asks("agent0", "disk", 0), asks("agent1", "", 1))),
        ({"flaw": "a priority", "it is": "a text"}, (asks("agent0", "disk", "1"), asks("agent1", "disk", 1))),
        ({"flaw": "the last priority", "it is": "nothing"}, (asks("agent0", "disk", 0), asks("agent1", "disk", None))),
        ({"flaw": "a time", "it is": "a truth"}, (asks("agent0", "disk", 0, True), asks("agent1", "disk", 1))),
        ({"flaw": "the last time", "it is": "nothing"}, (asks("agent0", "disk", 0), asks("agent1", "disk", 1, None))),
    ],
)
def test_malformed_conflicts_have_one_flaw(draws: dict[str, object], drawn: tuple[Request, ...]) -> None:
    assert PRIORITY.on_malformed().profiles(Recorded({"agent0": 0, "agent1": 1, **draws})) == Conflict(drawn)


@pytest.mark.parametrize("priority", [None, True, "1"])
def test_what_is_no_number_outranks_every_number_in_the_order_of_terms(priority: Any) -> None:
    conflict = Conflict((asks("ann", "disk", 100), asks("bob", "disk", priority)))

    assert the_first_of_the_highest(conflict) == granted("ann", disk="bob")


def test_resource_by_resource_an_agent_may_hold_a_part_of_what_it_needs() -> None:
    conflict = Conflict((asks("ann", "disk printer", 1), asks("bob", "disk", 2), asks("cay", "printer", 0)))

    assert resource_by_resource(conflict) == granted("cay", disk="bob", printer="ann")


# ---- what cannot be done: mypy would report it if it did not refuse it


def test_a_rule_cannot_sort_the_requests_of_its_caller_in_place() -> None:
    with pytest.raises(AttributeError):
        Conflict((asks("ann", "disk"),)).requests.sort()  # type: ignore[attr-defined]  # CFD-8


def test_whoever_may_be_passed_over_for_longer_than_is_played_is_not_judged() -> None:
    conflict = Conflict((asks("ann", "disk", 20), asks("bob", "disk", 0)))

    assert list(nobody_starves.cases(override, conflict, Recorded({"who waits": "bob"}))) == []


def test_of_what_is_rejected_nothing_is_said_of_other_names() -> None:
    conflict = Conflict((asks("ann", "disk"), asks("bob", "printer")))
    renamed = Recorded({"exchange their names": ("disk", "printer")})

    assert list(resources_are_treated_alike.cases(lambda _: NOT_EXACT, conflict, renamed)) == []
