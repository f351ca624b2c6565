"""What the environment is assumed never to do, and the bound of a scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import AnyProcess, Fire, Move, Receive, Step, System, no_deadline, step
from concordant.spec.vocabulary import Cases, Network, NoHistory, Seen, always, at_rest, case, every_step
from tests.checks.toys import A, B, Ends, Goes, Kept, Later, Listener, Teller, Toy
from tests.checks.walks import moves


class Counter(Toy):
    """Counts to three; when time passes it starts over."""

    def armed(self, state: Kept) -> tuple[Goes | Later, ...]:
        return (Goes(1), Later(0)) if len(state.notes) < 3 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(1) if isinstance(trigger, Goes) else Kept())


def highest(seen: Seen[NoHistory]) -> int:
    return max(len(view.notes) for view in seen.views(Kept).values())


@always()
def below_two(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts to two."""
    yield case(highest(seen) < 2, reached=highest(seen))


@every_step(Kept)
def never_to_three(before: Kept, after: Kept) -> Cases:
    """Nobody counts on to three."""
    yield case(len(after.notes) < 3, before=before, after=after)


@at_rest()
def ends_high(seen: Seen[NoHistory]) -> Cases:
    """Nothing ends before it has counted to three."""
    yield case(highest(seen) == 3, reached=highest(seen))


def counting(process: AnyProcess | None = None, **bounds: object) -> System[NoHistory]:
    return System({A: process or Counter()}, NoHistory(), (below_two, never_to_three, ends_high), **bounds)  # type: ignore[arg-type]  # passed on


def test_without_bounds_everything_is_left() -> None:
    report = explore(counting())

    # counted: 0, 1, 2, 3; the first three go on and start over
    assert (report.states, report.transitions, report.depth, report.at_rest, report.beyond) == (4, 6, 4, 1, 0)
    assert report.verdict(ends_high).status is Status.HOLDS


# ---- assume


def test_a_move_that_is_assumed_never_to_happen_does_not() -> None:
    assert moves(counting()) == ["a0: Goes(1)", "a0: Later(0)"]
    assert moves(counting(assume=(no_deadline,))) == ["a0: Goes(1)"]

    report = explore(counting(assume=(no_deadline,)))

    assert (report.states, report.transitions, report.at_rest, report.beyond) == (4, 3, 1, 0)


def test_every_assumption_must_allow_a_move() -> None:
    def no_work(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
        return not (isinstance(move, Fire) and isinstance(move.trigger, Goes))

    assert moves(counting(assume=(no_deadline, no_work))) == []


def test_an_assumption_sees_the_state_before_the_move() -> None:
    def only_from_zero(move: Move, seen: Seen[NoHistory]) -> bool:
        return highest(seen) == 0 or not (isinstance(move, Fire) and isinstance(move.trigger, Goes))

    assert moves(counting(assume=(only_from_zero,)), "a0: Goes(1)") == ["a0: Later(0)"]


@pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])
def test_an_assumption_is_not_asked_about_what_is_no_move(engine: Callable[..., Report]) -> None:
    """On a duplicating network it is none to ignore a message, so an assumption that fails there is never run."""

    def of_steps_alone(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
        if isinstance(move, Receive):
            raise LookupError
        return True

    ignoring = {A: Counter(), B: Teller(A, (1,))}

    report = engine(System(ignoring, NoHistory(), (), Network(duplicating=True), assume=(of_steps_alone,)))

    assert (report.states, report.transitions) == (4, 6)


def test_a_state_that_only_an_assumption_stops_is_at_rest() -> None:
    """So that a bound written as an assumption makes false deadlocks: bounds belong in `within`."""

    def not_to_three(move: Move, seen: Seen[NoHistory]) -> bool:
        return highest(seen) < 2 or not isinstance(move, Fire)

    report = explore(counting(assume=(not_to_three,)))

    assert (report.states, report.at_rest, report.beyond) == (3, 1, 0)
    assert report.verdict(ends_high).status is Status.VIOLATED


# ---- within


def test_a_state_beyond_the_bound_is_reached_and_checked_but_not_left_nor_at_rest() -> None:
    report = explore(counting(within=(lambda seen: highest(seen) < 2,)))

    # counted: 0, 1, 2; the last is beyond: it has no moves, but is no deadlock either
    assert (report.states, report.transitions, report.depth, report.at_rest, report.beyond) == (3, 4, 3, 0, 1)
    assert report.complete
    assert report.verdict(below_two).status is Status.VIOLATED
    assert report.verdict(below_two).length == 2
    assert report.verdict(never_to_three).status is Status.HOLDS
    assert report.verdict(ends_high).status is Status.VACUOUS


def test_a_state_beyond_any_of_several_bounds_is_counted_once() -> None:
    report = explore(counting(within=(lambda seen: highest(seen) < 2, lambda seen: highest(seen) < 1)))

    assert (report.states, report.transitions, report.beyond) == (2, 2, 1)


def test_an_initial_state_beyond_the_bound_is_the_whole_scope() -> None:
    report = explore(counting(within=(lambda seen: highest(seen) < 0,)))

    assert (report.states, report.transitions, report.depth, report.beyond) == (1, 0, 1, 1)


def test_the_bound_may_speak_of_some_processes_only() -> None:
    system = System({A: Teller(B, (1, 2)), B: Listener()}, NoHistory(), (), within=(lambda seen: highest(seen) < 1,))

    report = explore(system)

    # heard: -, 1, 2; the last two are beyond
    assert (report.states, report.transitions, report.beyond) == (3, 2, 2)
