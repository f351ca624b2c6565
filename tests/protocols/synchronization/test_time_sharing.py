"""Time sharing: the rule by example, and an agent, input in and step out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import step
from concordant.refimpl.synchronization.time_sharing import Agent, rotation, system
from concordant.spec.synchronization.time_sharing import (
    NEGATIVE,
    NOBODY,
    NOT_EXACT,
    TOO_SHORT,
    TWICE,
    AgentView,
    Began,
    Ended,
    Rotation,
    Sharing,
    Use,
    everybody_has_its_turn,
)
from concordant.spec.vocabulary import Announce, Fair, Rejected

SECOND = Agent(2, 3, 4)
"""The second of two agents, with slots of two ticks and a guard of one."""


def test_each_has_a_slot_whose_use_ends_the_guard_before_it() -> None:
    assert rotation(Sharing(("ann", "bob"), 10, 1)) == Rotation((Use("ann", 0, 9), Use("bob", 10, 19)), 20)
    assert rotation(Sharing(("ann",), Fraction(1, 2), 0)) == Rotation((Use("ann", 0, Fraction(1, 2)),), Fraction(1, 2))


@pytest.mark.parametrize(
    ("sharing", "reason"),
    [
        (Sharing((), 2, 1), NOBODY),
        (Sharing(("ann", "bob", "ann"), 2, 1), TWICE),
        (Sharing(("ann",), 0.5, 0), NOT_EXACT),  # type: ignore[arg-type]  # that is the flaw
        (Sharing(("ann",), 2, 0.5), NOT_EXACT),  # type: ignore[arg-type]  # that is the flaw
        (Sharing(("ann",), 2, -1), NEGATIVE),
        (Sharing(("ann",), 2, 2), TOO_SHORT),
    ],
)
def test_what_cannot_be_shared_so_is_rejected(sharing: Sharing, reason: Rejected) -> None:
    assert rotation(sharing) == reason


def test_an_agent_is_active_while_its_clock_shows_its_time_in_any_round() -> None:
    assert Agent(0, 1, 4).start() == step(True, Announce(Began()))
    assert SECOND.start() == step(False)
    assert SECOND.tick(False, 1) == step(False)
    assert SECOND.tick(False, 2) == SECOND.tick(False, 6) == step(True, Announce(Began()))
    assert SECOND.tick(True, 2) == step(True)
    assert SECOND.tick(True, 3) == step(False, Announce(Ended()))
    assert (SECOND.view(True), SECOND.view(False)) == (AgentView(True), AgentView(False))


def test_an_agent_that_comes_up_again_looks_at_its_clock() -> None:
    assert SECOND.survives(True) == (False,)
    assert SECOND.recover(False) == step(False)


def test_a_system_whose_rotation_is_rejected_is_none() -> None:
    with pytest.raises(ValueError, match="agents=2, slot=1, guard=1: the slot is no longer than the guard"):
        system(slot=1)


@pytest.mark.parametrize(("guard", "skew", "holds"), [(0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True), (3, 2, True)])
def test_one_is_active_at_a_time_if_and_only_if_the_guard_is_at_least_the_skew(guard: int, skew: int, holds: bool) -> None:
    report = explore(system(3, 4, guard, skew=skew))

    assert (report.verdict("time_sharing.one_at_a_time").status is Status.HOLDS) is holds


def test_nobody_has_its_turn_where_time_need_not_pass() -> None:
    stands_still = evolve(everybody_has_its_turn, given=Fair.DELIVERY | Fair.CHOICES)
    verdict = explore(system(), (stands_still,)).verdicts[0]

    assert (verdict.status, verdict.length, verdict.cycle) == (Status.VIOLATED, 0, 0)
