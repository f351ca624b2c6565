"""Attacks by levels with more states than are looked at together, of which only the last show that more is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated import panels
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Address, Cases, Clause, Fair, Fault, Faults, NoHistory, Seen, Send, always, case, eventually
from tests.checks.toys import A, B, C, Ends, Goes, Kept, Later, Note, Stranger, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
MANY = 4


@frozen
class Chooser(Toy):
    """Notes one of some numbers. The second tells the first, who notes it once more if both have chosen 1."""

    me: Address

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else tuple(map(Goes, range(MANY)))

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(trigger.number), *((Send(A, Note(trigger.number)),) if self.me == B else ()))

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002  # whoever it comes from
        return step(state.plus(message.number)) if state.notes == (message.number,) == (1,) else None


def _notes(seen: Seen[NoHistory]) -> tuple[tuple[int, ...], ...]:
    return tuple(kept.notes for kept in seen.views(Kept).values())


def _both_have_the_last(seen: Seen[NoHistory]) -> bool:
    return _notes(seen) == ((MANY - 1,), (MANY - 1,))


def all_states(seen: Seen[NoHistory]) -> bool:
    """Bound nothing, and look at one more only where both have the last number."""
    return not _both_have_the_last(seen) or seen.up(C)


@always()
def nobody_notes_two(seen: Seen[NoHistory]) -> Cases:
    """Nobody notes two numbers."""
    yield case(max(map(len, _notes(seen))) < 2)


@eventually(given=Fair.TRIGGERS, under=Fault.CRASH)
def all_is_well(seen: Seen[NoHistory]) -> Cases:
    """All is well, and where somebody has noted two numbers the third is up."""
    yield case(max(map(len, _notes(seen))) < 2 or seen.up(C))


@always(under=Fault.CRASH)
def the_last_is_noted_while_the_third_is_up(seen: Seen[NoHistory]) -> Cases:
    """Something is said only of those who have the last number, while the third is up."""
    if _both_have_the_last(seen) and seen.up(C):
        yield case(True)  # what it says is so


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at one state at first, and not at 16,384: then a level of a few is as large as one of 16,385."""
    monkeypatch.setattr(panels, "FIRST", 1)


def _explored(engine: Callable[..., Report], clause: Clause, **more: object) -> Report:
    report = engine(System({A: Chooser(A), B: Chooser(B), C: Stranger()}, NoHistory(), (clause,), **more))  # type: ignore[arg-type]
    assert report.complete
    return report


@ENGINES
def test_no_state_is_left_out_as_beyond_a_bound_that_reads_more_only_in_the_last_of_many(engine: Callable[..., Report]) -> None:
    report = _explored(engine, nobody_notes_two, within=(all_states,))

    assert (report.beyond, report.verdicts[0].status) == (0, Status.VIOLATED)


@ENGINES
def test_no_state_is_taken_for_one_in_which_a_clause_of_liveness_fails_that_reads_more_only_in_the_last_of_many(
    engine: Callable[..., Report],
) -> None:
    assert _explored(engine, all_is_well).verdicts[0].status is Status.HOLDS


@ENGINES
def test_no_clause_is_judged_under_a_fault_in_states_of_which_it_says_nothing_since_others_come_after_them(
    engine: Callable[..., Report],
) -> None:
    report = _explored(engine, the_last_is_noted_while_the_third_is_up, faults=Faults(crashes=1, who=(C,)))

    assert (report.verdicts[0].cases > 0, report.verdicts[0].judged_under) == (True, Fault.NONE)


def test_a_state_that_was_passed_over_is_not_taken_for_one_that_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels.Panel, "judge", lambda *_: None)

    with pytest.raises(RuntimeError, match="passed over"):
        _explored(explore_tabulated, nobody_notes_two, within=(all_states,))
