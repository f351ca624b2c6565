"""What does not end is stopped, with its name: a handler, a history, a clause, an assumption, a rule."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.answers import Conclusion, exit_code
from concordant.checks.exit_codes import UNDECIDED
from concordant.checks.exploration.budget import Budget, BudgetSpent
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import BrokenRule
from concordant.checks.questions import scope
from concordant.checks.questions.question import Means
from concordant.checks.semantics.rows import BrokenSystem
from concordant.checks.semantics.watching import StillRunning, watched, watching
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Mechanism, Move, Step, System, step
from concordant.spec.vocabulary import Address, Cases, Draw, Fault, NoHistory, Seen, always, case, for_all
from tests.checks.toys import A, Counter, Ends, Goes, Kept, Later, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
STOPPED = "StillRunning: it did not end within 0.05 s"


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    with watching(0.05):
        yield


def for_ever() -> None:
    for _ in count():
        try:
            pass
        except Exception:  # noqa: BLE001, S112  # which does not help it
            continue


class Loops(Counter):
    def view(self, state: Kept) -> Kept:
        for_ever()
        return state


class LoopsAtOnce(Toy):
    def start(self) -> Step[Kept]:
        for_ever()
        return step(Kept())


@frozen
class Endless:
    def after(self, at: Address, by: Address, happening: object) -> Endless:  # noqa: ARG002
        for_ever()
        return self


@always(under=~Fault.NONE)
def says_nothing(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """It says something."""
    for_ever()
    yield case(True)


@always(under=~Fault.NONE)
def never_says_the_last(seen: Seen[NoHistory]) -> Cases:
    """It says always more."""
    while True:
        yield case(bool(seen.views(Kept)))


def never_assumes(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
    for_ever()
    return True


def never_bounds(seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
    for_ever()
    return True


def system(process: Toy = Counter(), history: Any = NoHistory(), promises: Any = (), **more: Any) -> System[Any]:
    return System({A: process}, history, promises, **more)


@ENGINES
@pytest.mark.parametrize(
    ("endless", "said"),
    [
        (lambda: system(LoopsAtOnce()), f"a0: the handler raised {STOPPED}\n  input: start()"),
        (lambda: system(Loops(), promises=(never_says_the_last,)), f"a0: the handler raised {STOPPED}\n  input: view(state)"),
        (lambda: system(history=Endless()), f"Endless.after(a0, a0, Noticed(1)) raised {STOPPED}"),
        (lambda: system(promises=(says_nothing,)), f"clause test_endless.says_nothing raised {STOPPED}"),
        (lambda: system(promises=(never_says_the_last,)), f"clause test_endless.never_says_the_last raised {STOPPED}"),
        (lambda: system(assume=(never_assumes,)), f"the assumption never_assumes of the system raised {STOPPED}"),
        (lambda: system(within=(never_bounds,)), f"the bound never_bounds of the system raised {STOPPED}"),
    ],
)
def test_what_does_not_end_is_stopped_with_its_name(engine: Callable[..., Any], endless: Callable[[], System[Any]], said: str) -> None:
    with pytest.raises((BrokenRule, BrokenSystem)) as found:
        engine(endless())

    assert str(found.value).startswith(said)


@always()
def keeps_one_note(seen: Seen[NoHistory]) -> Cases:
    """It keeps at most one note."""
    yield case(all(len(view.notes) <= 1 for view in seen.views(Kept).values()))


class Sleeps(Counter):
    def view(self, state: Kept) -> Kept:
        time.sleep(1_000)
        return state


@ENGINES
def test_what_waits_while_the_budget_is_spent_is_ended_and_named(engine: Callable[..., Any]) -> None:
    engine(system())  # so that all is loaded
    report = engine(system(Sleeps(), promises=(keeps_one_note,)), budget=Budget(seconds=1))

    assert re.fullmatch(r"budget of 1 s spent, and Sleeps.view, in .*test_endless.py, line \d+ had not returned", report.stopped or "")
    assert report.verdicts[0].status is Status.INCONCLUSIVE


@ENGINES
def test_what_takes_long_before_the_first_state_is_ended_too(engine: Callable[..., Any]) -> None:
    class Begins(Counter):
        def start(self) -> Step[Kept]:
            time.sleep(1_000)
            return step(Kept())

    with pytest.raises(BudgetSpent, match=r"budget of 1 s spent, and .*Begins\.start, in "):
        engine(system(Begins()), budget=Budget(seconds=1))


def test_a_call_in_whose_midst_the_process_was_stopped_for_an_hour_has_not_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("concordant.checks.semantics.watching.time", SimpleNamespace(monotonic=lambda: now, process_time=float))

    def looked_at(times: Iterable[float]) -> str:
        nonlocal now
        for each in times:
            now = each
            signal.raise_signal(signal.SIGALRM)
        return "done"

    with watching():
        assert watched(lambda: looked_at([0.1, 0.2, 3600.2, 3600.3])) == "done"
        with pytest.raises(StillRunning):
            watched(lambda: looked_at(count(3600.4, 0.1)))


def test_a_family_whose_systems_are_never_made_is_stopped_with_its_name() -> None:
    def never(draw: Draw) -> System[Any]:  # noqa: ARG001  # none is drawn
        for_ever()
        return system()

    with pytest.raises(BrokenRule, match=rf"the systems of family mine raised {STOPPED.partition(':')[0]} with"):
        explore_family(Family("mine", "none is made", never))


@for_all
def nothing_is_wrong(profile: int, outcome: int) -> Cases:
    """Nothing is wrong."""
    if profile == outcome:
        for_ever()
    yield case(True)


def endless_rule(profile: int) -> int:
    for_ever()
    return profile


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (endless_rule, "the rule endless_rule was stopped: it did not end within 0.05 s\n  profile: 1"),
        (lambda profile: profile, f"clause test_endless.nothing_is_wrong raised {STOPPED}"),
    ],
)
def test_a_rule_and_its_clause_are_stopped_too(rule: Any, said: str) -> None:
    with pytest.raises(BrokenRule) as found:
        judge_grid(Grid("one", "one profile", Mechanism(rule, lambda _: 1, (nothing_is_wrong,)), examples=0))

    assert str(found.value) == said


def test_what_takes_a_while_and_ends_is_not_stopped() -> None:
    class Slow(Counter):
        def view(self, state: Kept) -> Kept:
            for _ in range(100_000):
                pass
            return state

    @always(under=~Fault.NONE)
    def keeps_up_to_three(seen: Seen[NoHistory]) -> Cases:
        """It keeps up to three."""
        yield case(len(seen.views(Kept)[A].notes) <= 3)

    assert explore(system(Slow(), promises=(keeps_up_to_three,))).verdicts[0].status.value == "holds"


class Grows(Toy):
    """Counts for ever, a move at a time."""

    def armed(self, state: Kept) -> tuple[Later, ...]:  # noqa: ARG002
        return (Later(),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((sum(state.notes) + 1,)))


def test_a_search_without_end_that_nobody_bounded_is_stopped_and_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "UNASKED", Budget(states=50))
    asked = scope.ScopeQuestion("mine", Scope("system", "it grows", System({A: Grows()}, NoHistory(), (keeps_one_note,))))

    answer = asked.answer(Means())

    assert answer.conclusion is Conclusion.UNDECIDED
    assert exit_code([answer]) == UNDECIDED
    assert "stopped after 50 states, since its size is not stated and no budget was given" in str(answer.notes[-1])
