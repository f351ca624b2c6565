"""Clauses of each kind: when they hold, when they are violated and by what, when they say nothing."""

from __future__ import annotations

from typing import Any

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Change, Frame, Status, Verdict
from concordant.checks.semantics.rows import Happening
from concordant.refimpl.machine import AnyProcess, Crash, Fire, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Crashed,
    Fault,
    Faults,
    NoHistory,
    Seen,
    always,
    always_each,
    case,
    every_step,
    on_event,
)
from tests.checks.toys import A, B, Counter, Ends, Goes, Kept, Later, Log, Noticed, Stranger, Toy


def verdict(clause: Clause, process: AnyProcess | None = None, *, history: Any = NoHistory(), faults: Faults = Faults()) -> Verdict:
    """Judge one clause of a system of two counters, the second of which does nothing unless it is given."""
    system = System({A: Counter(), B: process or Toy()}, history, (clause,), faults=faults)
    return explore(system).verdict(clause)


def fired(number: int, at: Address = A) -> Frame:
    counted = tuple(range(1, number + 1))
    return Frame(Fire(at, Goes(number)), (Happening(at, at, Noticed(number)),), (Change(at, "notes", counted[:-1], counted),))


# ---- always


def test_an_always_holds_when_every_case_does() -> None:
    @always()
    def few(seen: Seen[NoHistory]) -> Cases:
        """Nobody counts beyond three."""
        for address, view in seen.views(Kept).items():
            yield case(len(view.notes) <= 3, who=address)

    # two cases in each of four states
    assert verdict(few) == Verdict(few, Status.HOLDS, cases=8)


def test_an_always_is_violated_by_its_first_failing_case_along_a_shortest_path() -> None:
    @always()
    def few(seen: Seen[NoHistory]) -> Cases:
        """Nobody counts to two."""
        for address, view in seen.views(Kept).items():
            yield case(len(view.notes) < 2, who=address, counted=view.notes)

    # two cases in the states of 0 and 1; of 2 the first case fails and ends the judging
    assert verdict(few, Counter()) == Verdict(few, Status.VIOLATED, 2 + 2 + 2 + 1, (fired(1), fired(2)), {"who": A, "counted": (1, 2)})


def test_an_always_without_any_case_is_vacuous() -> None:
    @always()
    def ten(seen: Seen[NoHistory]) -> Cases:
        """Whoever counts to ten has counted to nine."""
        for view in seen.views(Kept).values():
            if 10 in view.notes:
                yield case(9 in view.notes)

    assert verdict(ten) == Verdict(ten, Status.VACUOUS)


def test_a_clause_may_be_violated_before_any_move() -> None:
    @always()
    def busy(seen: Seen[NoHistory]) -> Cases:
        """Everybody has counted."""
        yield case(all(view.notes for view in seen.views(Kept).values()))

    assert verdict(busy) == Verdict(busy, Status.VIOLATED, 1, (), {})


# ---- always_each


def test_an_always_each_is_judged_of_each_process_with_its_address_and_the_history() -> None:
    @always_each(Kept)
    def announced(view: Kept, who: Address, history: Log) -> Cases:
        """Whatever a process counts, it has announced."""
        for number in view.notes:
            yield case((who, who, Noticed(number)) in history.lines, who=who, number=number)

    # counted: 1, 12, 123
    assert verdict(announced, history=Log()) == Verdict(announced, Status.HOLDS, 1 + 2 + 3)


def test_an_always_each_is_violated_by_one_process() -> None:
    @always_each(Kept)
    def few(view: Kept, who: Address, history: NoHistory) -> Cases:  # noqa: ARG001
        """No process counts to one."""
        yield case(not view.notes, who=who)

    assert verdict(few, Counter()) == Verdict(few, Status.VIOLATED, 3, (fired(1),), {"who": A})


def test_a_clause_about_a_view_leaves_processes_with_other_views_alone() -> None:
    @always_each(Kept)
    def few(view: Kept, who: Address, history: NoHistory) -> Cases:  # noqa: ARG001
        """Only the counter is seen."""
        yield case(who == A)

    assert verdict(few, Stranger()) == Verdict(few, Status.HOLDS, 4)


# ---- every_step


def test_an_every_step_sees_the_view_before_and_after() -> None:
    @every_step(Kept)
    def grows(before: Kept, after: Kept) -> Cases:
        """Each step counts one number more."""
        yield case(after.notes[:-1] == before.notes)

    assert verdict(grows) == Verdict(grows, Status.HOLDS, 3)


def test_an_every_step_is_violated_by_the_last_move_of_its_trace() -> None:
    @every_step(Kept)
    def slow(before: Kept, after: Kept) -> Cases:
        """Nobody counts on from one."""
        yield case(before.notes != (1,), before=before, after=after)

    assert verdict(slow) == Verdict(slow, Status.VIOLATED, 2, (fired(1), fired(2)), {"before": Kept((1,)), "after": Kept((1, 2))})


def test_a_crash_is_a_step() -> None:
    @every_step(Kept, under=Fault.CRASH)
    def durable(before: Kept, after: Kept) -> Cases:
        """What is counted is never forgotten."""
        yield case(set(before.notes) <= set(after.notes), forgotten=set(before.notes) - set(after.notes))

    crash = Frame(Crash(A, Kept()), (Happening(A, A, Crashed()),), (Change(A, "notes", (1,), ()),))

    found = verdict(durable, faults=Faults(crashes=1, who=(A,)))

    # 0 to 1, a crash at 0, 1 to 2, a crash at 1
    assert found == Verdict(durable, Status.VIOLATED, 4, (fired(1), crash), {"forgotten": {1}}, judged_under=Fault.CRASH)


def test_moves_without_a_step_leave_an_every_step_vacuous() -> None:
    @every_step(Kept)
    def anything(before: Kept, after: Kept) -> Cases:
        """There are no steps."""
        yield case(before == after)

    assert explore(System({A: Toy()}, NoHistory(), (anything,))).verdict(anything) == Verdict(anything, Status.VACUOUS)


# ---- on_event


class Hasty(Toy):
    """Announces at the start, and then two numbers in one step."""

    def start(self) -> Step[Kept]:
        return step(Kept(), Announce(Noticed(1)))

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else (Goes(2),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((2, 3)), Announce(Noticed(2)), Announce(Noticed(3)))


def test_an_on_event_sees_who_and_the_history_just_before_each_event_of_a_step() -> None:
    @on_event(Noticed)
    def in_order(history: Log, who: Address, event: Noticed) -> Cases:
        """Numbers are announced in order, by b."""
        yield case(len(history.lines) == event.number - 1 and who == B)

    system = System({B: Hasty()}, Log(), (in_order,))

    assert explore(system).verdict(in_order) == Verdict(in_order, Status.HOLDS, 3)


def test_an_on_event_is_violated_by_the_last_move_of_its_trace() -> None:
    @on_event(Noticed)
    def not_three(history: Log, who: Address, event: Noticed) -> Cases:
        """Three is never announced after two."""
        yield case(event.number != 3, who=who, after=len(history.lines))

    frame = Frame(Fire(B, Goes(2)), (Happening(B, B, Noticed(2)), Happening(B, B, Noticed(3))), (Change(B, "notes", (), (2, 3)),))

    assert explore(System({B: Hasty()}, Log(), (not_three,))).verdict(not_three) == Verdict(
        not_three, Status.VIOLATED, 3, (frame,), {"who": B, "after": 2}
    )


def test_an_on_event_is_judged_of_what_the_first_steps_announce() -> None:
    @on_event(Noticed)
    def not_one(history: Log, who: Address, event: Noticed) -> Cases:
        """One is never announced."""
        yield case(event.number != 1, who=who, before=history)

    assert explore(System({B: Hasty()}, Log(), (not_one,))).verdict(not_one) == Verdict(
        not_one, Status.VIOLATED, 1, (), {"who": B, "before": Log()}
    )


def test_an_on_event_of_what_never_happens_is_vacuous() -> None:
    @on_event(Ends)
    def never(history: NoHistory, who: Address, event: Ends) -> Cases:  # noqa: ARG001
        """No such event is announced."""
        yield case(False)

    assert verdict(never) == Verdict(never, Status.VACUOUS)
