"""The stage executor ends on every acyclic graph of up to four stages, which takes a minute or two: run by `make equality`."""

from __future__ import annotations

from itertools import product

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.workflows.stage_executor.running import Unvalidated
from concordant.refimpl.machine import System
from concordant.refimpl.workflows.stage_executor import flaw, system
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.stage_executor import Log
from concordant.spec.workflows.stage_executor.clauses import every_workflow_ends

FOUR = ("a", "ab", "abc", "abcd")


def graphs(names: str, *, circle: bool) -> list[tuple[Stage, ...]]:
    """List the digraphs without self-loops on these stages that have a circle, or those that have none."""
    pairs = [(name, other) for name in names for other in names if name != other]
    found: list[tuple[Stage, ...]] = []
    for chosen in product((False, True), repeat=len(pairs)):
        edges = [pair for pair, taken in zip(pairs, chosen, strict=True) if taken]
        found.append(tuple(Stage(name, tuple(before for of, before in edges if of == name)) for name in names))
    return [stages for stages in found if (flaw(stages) is not None) is circle]


def ends(of: System[Log]) -> Status:
    """Return how it stands with the promise that every workflow ends."""
    return explore(of, (every_workflow_ends,)).verdict(every_workflow_ends).status


def test_on_each_of_572_acyclic_graphs_every_workflow_ends_under_fairness_whatever_fails_twice() -> None:
    statuses = [ends(system(graph, failures=2)) for names in FOUR for graph in graphs(names, circle=False)]

    assert statuses == [Status.HOLDS] * 572


def test_without_validation_none_of_3593_graphs_with_a_circle_ends() -> None:
    statuses = [ends(system(graph, executor=Unvalidated)) for names in FOUR for graph in graphs(names, circle=True)]

    assert statuses == [Status.VIOLATED] * 3_593
