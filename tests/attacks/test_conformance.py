"""Attacks on conformance: an implementation that is right differs, or one that is wrong conforms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from concordant.checks.conform.implementation import answered_in_order
from concordant.checks.conform.naming import named
from concordant.checks.conform.pitfalls import drive
from concordant.checks.conform.roles import mistaken, repaired, role_of, small
from concordant.checks.refuting.repaired import PITFALLS
from concordant.checks.registry import Protocol, protocol, protocols
from concordant.spec.vocabulary import Announce, Reply
from tests.checks.toys import ANN, BOB

BY_ID = {pitfall.id: pitfall for pitfall in protocol("supervisor").pitfalls}


def classes(value: object) -> Iterator[type]:
    """Yield the class of a process, and those of all that it is made of."""
    kind: type[Any] = type(value)
    yield kind
    if attrs.has(kind):
        for part in attrs.fields(kind):
            yield from classes(getattr(value, part.name))


@pytest.mark.parametrize("protocol", protocols(), ids=lambda each: each.stem)
def test_a_machine_with_a_mistake_is_not_taken_for_the_reference(protocol: Protocol) -> None:
    driven = [(scope.name, process) for scope in (*small(protocol), *repaired(protocol)) for process in scope.system.processes.values()]

    assert [(name, kind) for name, process in driven for kind in classes(process) if kind.__module__.startswith(PITFALLS)] == []


def test_nobody_is_accused_of_the_order_in_which_a_step_answers_two_clients() -> None:
    """Who hands a unit on before it says that it was given back would hold one twice for a moment."""
    lent, back, news = Reply(ANN, "lent"), Reply(BOB, "back"), Announce("news")

    assert answered_in_order((lent, news, back), (Reply(BOB, "back"), Reply(ANN, "another"))) == (back, news, lent)
    assert answered_in_order((lent, back), ()) == (lent, back)


@pytest.mark.parametrize("control", [(), ("cancel",)])
def test_a_machine_is_not_said_to_be_broken_where_it_is_asked_what_nobody_asks_there(control: tuple[str, ...]) -> None:
    """Where no time runs out, nothing shows who waits, and requests are to tell; but who waits asks nothing more."""
    role = role_of("resource_pool.pool")
    driver, _ = drive(role, role.tables(scope="two_units"), role.kind, observing=False, control=control)

    assert driver.driven.failures == []
    assert driver.driven.cases > 50


def test_nobody_is_accused_of_a_suspicion_that_its_role_does_not_hear() -> None:
    """Agents take no notice of one; asked all the same, one that differs elsewhere would be the first to know who is down."""
    role = role_of("supervisor.agent")
    driver, plans = drive(role, role.tables(scope="late"), dict(mistaken(BY_ID["supervisor.ForgetsEarlyStops"]))["agent"])

    found = named(role, driver, plans, "crash")

    assert found.verdict is not None
    assert (found.verdict.clause.id, found.verdict.length) == ("supervisor.no_orphans", 8)
