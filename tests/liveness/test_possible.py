"""What must stay possible: from every state one can be reached in which all is well, without the help of a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.semantics.texts import move_text
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Crash, Fire, KnownViolation, Pitfall, Process, Step, System, step
from concordant.spec.vocabulary import (
    Cases,
    Fair,
    Fault,
    Faults,
    Internal,
    NoHistory,
    Seen,
    addresses,
    always_possible,
    case,
    eventually,
)

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
CASE, OTHER = addresses("case", 2)


@frozen
class Goes(Internal):
    """A case goes on to another stage."""

    to: str


@frozen
class Stage:
    """Where a case stands."""

    name: str = "new"


@frozen
class Work(Process[Stage, None, None, Goes]):
    """A case that may go from stage to stage: `ways` says from where to where."""

    ways: tuple[tuple[str, str], ...]

    def start(self) -> Step[Stage]:
        return step(Stage())

    def armed(self, state: Stage) -> tuple[Goes, ...]:
        return tuple(Goes(to) for source, to in self.ways if source == state.name)

    def fire(self, state: Stage, trigger: Goes) -> Step[Stage]:  # noqa: ARG002  # it is armed in one stage only
        return step(Stage(trigger.to))

    def survives(self, state: Stage) -> tuple[Stage, ...]:  # noqa: ARG002  # its work is lost
        return (Stage("done"),)

    def view(self, state: Stage) -> Stage:
        return state


@always_possible(under=Fault.CRASH)
def can_be_done(seen: Seen[NoHistory]) -> Cases:
    """Every case can still be done."""
    for at, stage in seen.views(Stage).items():
        yield case(stage.name == "done", at=at, stage=stage.name)


@eventually(Fair.TRIGGERS)
def is_done(seen: Seen[NoHistory]) -> Cases:
    """Every case is done in the end."""
    for stage in seen.views(Stage).values():
        yield case(stage.name == "done")


def system(*ways: tuple[str, str], **more: Any) -> System[NoHistory]:
    return System({CASE: Work(ways)}, NoHistory(), (can_be_done,), **more)


GOOD = (("new", "checked"), ("checked", "new"), ("checked", "done"))
LOST = (*GOOD, ("checked", "filed"), ("filed", "shelved"))


def moves(of: Verdict) -> list[str]:
    return [move_text(frame.move) for frame in of.trace or ()]


@ENGINES
def test_what_may_go_on_for_ever_and_can_always_be_done_is_possible_and_not_inevitable(engine: Callable[..., Report]) -> None:
    report = engine(system(*GOOD), (can_be_done, is_done))

    assert [report.verdict(each).status for each in (can_be_done, is_done)] == [Status.HOLDS, Status.VIOLATED]


@ENGINES
def test_the_counterexample_is_a_shortest_path_to_a_state_from_which_there_is_no_way(engine: Callable[..., Report]) -> None:
    found = engine(system(*LOST)).verdict(can_be_done)

    assert (found.status, found.cycle, found.facts) == (Status.VIOLATED, None, {"at": CASE, "stage": "filed"})
    assert moves(found) == ["case0: Goes('checked')", "case0: Goes('filed')"]


@ENGINES
def test_a_fault_leads_to_states_and_is_no_way_out_of_them(engine: Callable[..., Report]) -> None:
    crashing = system(*LOST, faults=Faults(crashes=1, who=(CASE,)))

    assert moves(engine(crashing).verdict(can_be_done)) == ["case0: Goes('checked')", "case0: Goes('filed')"]
    assert engine(system(*GOOD, faults=Faults(crashes=1, who=(CASE,)))).verdict(can_be_done).judged_under == Fault.CRASH


@ENGINES
def test_all_cases_must_hold_at_once(engine: Callable[..., Report]) -> None:
    swaps = (("new", "done"), ("done", "new"))
    either = evolve(can_be_done, cases=lambda seen: (case((seen.views(Stage)[CASE].name == "done") is wanted) for wanted in (True, False)))

    assert engine(system(*swaps), (can_be_done,)).verdict(can_be_done).status is Status.HOLDS
    assert engine(system(*swaps), (either,)).verdict(either).status is Status.VIOLATED


@ENGINES
def test_without_a_case_nothing_is_shown(engine: Callable[..., Report]) -> None:
    nothing = evolve(can_be_done, cases=lambda _: iter(()))

    assert engine(system(*LOST), (nothing,)).verdict(nothing).status is Status.VACUOUS


@ENGINES
@pytest.mark.parametrize(
    ("ways", "bound", "status"),
    [
        (GOOD, "checked", Status.INCONCLUSIVE),
        (LOST, "shelved", Status.INCONCLUSIVE),
        (LOST, "done", Status.VIOLATED),
        (GOOD, "done", Status.HOLDS),
    ],
)
def test_beyond_the_bound_of_a_scope_everything_may_be_possible(
    engine: Callable[..., Report], ways: tuple[tuple[str, str], ...], bound: str, status: Status
) -> None:
    bounded = system(*ways, within=(lambda seen: seen.views(Stage)[CASE].name != bound,))

    assert engine(bounded).verdict(can_be_done).status is status


@ENGINES
@pytest.mark.parametrize("reductions", [Reductions(symmetry=True), Reductions(leave_ignored=True)])
def test_on_a_reduced_graph_nothing_is_decided(engine: Callable[..., Report], reductions: Reductions) -> None:
    twins = System({name: Work(GOOD) for name in (CASE, OTHER)}, NoHistory(), (can_be_done,), symmetric=(((CASE,), (OTHER,)),))

    assert engine(twins, reductions=reductions).verdict(can_be_done).status is Status.NOT_DECIDED


def test_a_pitfall_is_refuted_by_the_path() -> None:
    files = Pitfall("T-1", "Files what is not done.", can_be_done, system(*LOST), 2)

    assert refute(files).problem is None
    assert refute(evolve(files, subject=system(*GOOD))).problem == "it breaks nothing: test_possible.can_be_done holds"


@pytest.mark.parametrize(
    ("last", "status"),
    [(Fire(CASE, Goes("filed")), Status.VIOLATED), (Fire(CASE, Goes("new")), Status.HOLDS), (Crash(CASE, Stage("done")), Status.HOLDS)],
)
def test_a_known_violation_shows_a_state_from_which_there_is_no_way(last: Any, status: Status) -> None:
    crashing = system(*LOST, faults=Faults(crashes=1, who=(CASE,)))
    known = KnownViolation(can_be_done, "It is filed.", crashing, (Fire(CASE, Goes("checked")), last))

    assert replay_known_violation(known).status is status
