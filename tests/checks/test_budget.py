"""Budgets: how they are written, and what a search says when one is spent."""

from __future__ import annotations

import re

import pytest

from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Cases, NoHistory, Seen, always, at_rest, case, sometimes
from tests.checks.toys import A, Ends, Goes, Kept, Later, Toy


class Endless(Toy):
    """Counts for ever."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:  # noqa: ARG002
        return (Goes(1),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(Kept((sum(state.notes) + trigger.number,)))


def count(seen: Seen[NoHistory]) -> int:
    return sum(seen.views(Kept)[A].notes)


@always()
def not_negative(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts down."""
    yield case(count(seen) >= 0)


@always()
def below_ten(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts to ten."""
    yield case(count(seen) < 10, counted=count(seen))


@at_rest()
def ends(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """It ends well."""
    yield case(True)


@sometimes
def five(seen: Seen[NoHistory]) -> Cases:
    """Counts to five."""
    yield case(count(seen) == 5)


@sometimes
def million(seen: Seen[NoHistory]) -> Cases:
    """Counts to a million."""
    yield case(count(seen) == 1_000_000)


ENDLESS = System({A: Endless()}, NoHistory(), (not_negative, below_ten, ends, five, million))

# ---- how it is written


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("30s", Budget(seconds=30)),
        ("5m", Budget(seconds=300)),
        ("1h", Budget(seconds=3600)),
        ("200_000 states", Budget(states=200_000)),
        ("500MiB", Budget(memory=500 * 1024**2)),
        ("2 GiB", Budget(memory=2 * 1024**3)),
        ("30s, 1000 states,1GiB", Budget(seconds=30, states=1000, memory=1024**3)),
    ],
)
def test_a_budget_is_read_from_text(text: str, budget: Budget) -> None:
    assert Budget.parse(text) == budget


@pytest.mark.parametrize("text", ["", "s", "_", "30 s s", "30sec", "-5", "2GB", "30s,", "half an hour", "1.5h"])
def test_a_budget_that_cannot_be_read_says_what_can(text: str) -> None:
    part = next(part.strip() for part in text.split(",") if not re.fullmatch(r"\d+s", part.strip()))

    with pytest.raises(ValueError, match=f"^budget {re.escape(repr(part))} is none of 30s, 5m, 1h, 200000 states, 500MiB, 2GiB$"):
        Budget.parse(text)


# ---- when it is spent


def test_a_search_whose_states_are_spent_decides_only_what_it_has_seen() -> None:
    report = explore(ENDLESS, budget=Budget(states=1_000))

    assert (report.states, report.transitions, report.depth) == (1_000, 999, 1_000)
    assert (report.stopped, report.complete) == ("budget of 1,000 states spent", False)
    assert {found.clause.name: (found.status, found.length) for found in report.verdicts} == {
        "not_negative": (Status.INCONCLUSIVE, None),
        "below_ten": (Status.VIOLATED, 10),
        "ends": (Status.INCONCLUSIVE, None),
        "five": (Status.HOLDS, 5),
        "million": (Status.INCONCLUSIVE, None),
    }


def test_a_budget_of_states_is_kept_where_one_state_leads_to_more_of_them() -> None:
    asked: list[int] = []

    class Wide(Endless):
        def armed(self, state: Kept) -> tuple[Goes, ...]:
            return () if state.notes else tuple(map(Goes, range(1, 5_000)))

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
            asked.append(trigger.number)
            return super().fire(state, trigger)

    report = explore_tabulated(System({A: Wide()}, NoHistory(), ()), budget=Budget(states=100))

    assert (report.stopped, report.complete) == ("budget of 100 states spent", False)
    assert max(asked) < 200


def test_a_budget_that_suffices_is_not_mentioned() -> None:
    report = explore(System({A: Toy()}, NoHistory(), ()), budget=Budget(seconds=3_600, states=2, memory=1 << 50))

    assert (report.states, report.stopped, report.complete) == (1, None, True)


@pytest.mark.parametrize(
    ("budget", "said"),
    [(Budget(seconds=0), "budget of 0 s spent"), (Budget(memory=5 << 20), "budget of 5 MiB spent")],
)
def test_time_and_memory_are_looked_at_from_the_first_state_on(budget: Budget, said: str) -> None:
    report = explore(ENDLESS, budget=budget)

    assert (report.stopped, report.states) == (said, 1)
    assert report.verdict(not_negative).status is Status.INCONCLUSIVE


def test_a_search_that_is_interrupted_gives_what_it_has() -> None:
    seen: list[Progress] = []

    def interrupt(progress: Progress) -> None:
        seen.append(progress)
        if progress.states > 2_000:
            raise KeyboardInterrupt

    report = explore(ENDLESS, progress=interrupt)

    assert [(each.states, each.transitions, each.frontier) for each in seen] == [(1, 0, 1), (2_001, 2_000, 1)]
    assert (report.stopped, report.states) == ("interrupted", 2_001)
    assert report.verdict(not_negative).status is Status.INCONCLUSIVE


def test_a_search_for_one_clause_ends_at_its_first_telling_case() -> None:
    report = explore(ENDLESS, until=below_ten)

    assert (report.stopped, report.states, report.complete) == ("found", 11, False)
    assert report.verdict(below_ten).status is Status.VIOLATED
    assert report.verdict(not_negative).status is Status.INCONCLUSIVE
