"""Every clause of liveness: broken where something is lost and where something goes on for ever, and by any weaker fairness."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import members
from concordant.checks.exploration.report import Frame, Status, Verdict
from concordant.checks.exploration.scope import Size
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.registry import Protocol, protocols
from concordant.checks.semantics.promises import is_promised
from concordant.pitfalls.workflows.stage_executor.running import Unvalidated
from concordant.refimpl.machine import Receive, System, Tick, is_of_link
from concordant.refimpl.workflows.stage_executor import system
from concordant.spec.vocabulary import Eventually, Fair, InfinitelyOften, Ticked
from tests.protocols.every_graph import ends, graphs

Liveness: TypeAlias = Eventually[Any] | InfinitelyOften[Any]


def promised(each: Protocol) -> dict[str, Liveness]:
    """Return the clauses of liveness that some small scope of a protocol promises; those of a link are tried in the stem of the link."""
    return {clause.id: clause for of in systems(each) for clause in liveness(of) if not is_of_link(clause)}


def liveness(of: System[Any]) -> list[Liveness]:
    return [clause for clause in of.promises if isinstance(clause, Eventually | InfinitelyOften)]


def systems(each: Protocol) -> list[System[Any]]:
    return [scope.system for scope in each.scopes if scope.size is Size.SMALL and not scope.reductions.names]


def in_families(each: Protocol) -> Iterator[System[Any]]:
    """Yield the systems of its small families."""
    small = (family for family in each.families if family.size is Size.SMALL)
    yield from (system for family in small for _, system in members(family))


CLAUSES = [pytest.param(each, clause, id=clause.id) for each in protocols() for clause in promised(each).values()]


@pytest.mark.parametrize(("of", "clause"), CLAUSES)
def test_a_clause_of_liveness_is_broken_by_a_stuck_state_and_by_a_cycle(of: Protocol, clause: Liveness) -> None:
    stuck = [is_stuck(refute(pitfall).verdict) for pitfall in of.pitfalls if pitfall.breaks.id == clause.id]

    assert stuck, f"give {clause.id} a pitfall"
    assert True in stuck or Fair.TRIGGERS not in clause.given, f"give {clause.id} a pitfall in which nothing more happens"
    assert False in stuck or Fair.TRIGGERS not in clause.given, f"give {clause.id} a pitfall in which something happens for ever"


def is_stuck(verdict: Verdict) -> bool:
    """Tell whether nothing happens for ever but that copies of messages come, and clocks go on, which nobody heeds."""
    frames = verdict.trace or ()
    cycle = frames[len(frames) - (verdict.cycle or 0) :]
    return all(isinstance(frame.move, Receive | Tick) and not frame.changes and not happened(frame) for frame in cycle)


def happened(frame: Frame) -> bool:
    """Tell whether something happens in a move but that a clock shows the next reading."""
    return any(not isinstance(each.what, Ticked) for each in frame.happened)


@pytest.mark.parametrize(("of", "clause"), CLAUSES)
def test_a_clause_of_liveness_needs_all_the_fairness_that_it_states(of: Protocol, clause: Liveness) -> None:
    """Over a link, which relies on some fairness itself, a clause states more than alone."""
    for flag in clause.given:
        promised = ((each, mine) for each in chain(systems(of), in_families(of)) for mine in liveness(each) if is_promised(mine, each))
        weaker = ((each, evolve(mine, given=mine.given & ~flag)) for each, mine in promised if mine.id == clause.id and flag in mine.given)
        judged = (explore(each, (mine,)).verdict(mine) for each, mine in weaker)
        assert any(verdict.status is Status.VIOLATED for verdict in judged), f"nothing needs {flag}"


# ---- the stage executor, on every small graph; on those of four stages by `make equality`


@pytest.mark.parametrize("names", ["ab", "abc"])
def test_a_workflow_ends_under_fairness_unless_its_graph_has_a_circle_that_nobody_rejects(names: str) -> None:
    assert {ends(system(graph, failures=2)) for graph in graphs(names, circle=False)} == {Status.HOLDS}
    assert {ends(system(graph, executor=Unvalidated)) for graph in graphs(names, circle=True)} == {Status.VIOLATED}
    assert {ends(system(graph)) for graph in graphs(names, circle=True)} == {Status.HOLDS}
