"""Attacks on families: what is said of all systems was judged in all of them, within one budget; and no dropped message is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import Conclusion
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Report, Status
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.questions.scope import answer_of
from concordant.checks.reports.words import note_lines
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Lose, Move, System
from concordant.spec.vocabulary import Cases, Clause, Draw, Fair, Fault, Network, NoHistory, Seen, always, case, eventually
from tests.checks.toys import A, B, Collector, Counter, Kept, Teller, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])


@always()
def nothing_is_counted(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts."""
    yield case(not seen.views(Kept)[A].notes)


def idle_or_counting(draw: Draw) -> System[NoHistory]:
    """A process that does nothing and promises it, or one that counts and does not."""
    counts = draw.one_of("counts", (False, True))
    promises: tuple[Clause, ...] = () if counts else (nothing_is_counted,)
    return System({A: Counter() if counts else Toy()}, NoHistory(), promises)


def calm_or_lossy(draw: Draw) -> System[NoHistory]:
    """A process that does nothing, or one that counts where messages may be lost, which the clause does not survive."""
    lossy = draw.one_of("lossy", (False, True))
    return System({A: Counter() if lossy else Toy()}, NoHistory(), (nothing_is_counted,), Network(losses=1 if lossy else 0))


def by_order(draw: Draw) -> System[NoHistory]:
    """A process that counts only where of two names the lesser comes first in a set, which some hashes have so and some not."""
    first, last = draw.one_of("names", (frozenset({"a", "b"}),))
    return System({A: Counter() if first < last else Toy()}, NoHistory(), (nothing_is_counted,))


def by_the_least(draw: Draw) -> System[NoHistory]:
    """A process that never counts, whatever comes first."""
    least = min(draw.one_of("names", (frozenset({"a", "b"}),)))
    return System({A: Counter() if least == "z" else Toy()}, NoHistory(), (nothing_is_counted,))


@frozen
class Named(Toy):
    """A process that does nothing, and holds names."""

    names: frozenset[str] = frozenset()


def with_the_names(draw: Draw) -> System[NoHistory]:
    """A process that holds a set as it is drawn."""
    return System({A: Named(draw.one_of("names", (frozenset({"a", "b"}),)))}, NoHistory(), (nothing_is_counted,))


def test_no_system_of_a_family_depends_on_the_order_of_a_set_that_is_drawn_for_it() -> None:
    with pytest.raises(BrokenRule, match="the systems of family some: the order of a set shows"):
        explore_family(Family("some", "", by_order))

    assert explore_family(Family("some", "", by_the_least)).verdict(nothing_is_counted).status is Status.HOLDS
    assert explore_family(Family("some", "", with_the_names)).verdict(nothing_is_counted).status is Status.HOLDS


@ENGINES
@pytest.mark.parametrize("systems", [idle_or_counting, calm_or_lossy])
def test_that_a_clause_holds_is_said_only_of_the_systems_that_promise_it(
    engine: Callable[..., Report], systems: Callable[[Draw], System[Any]]
) -> None:
    report = explore_family(Family("some", "", systems), explorer=engine)

    verdict = report.verdict(nothing_is_counted)
    assert (verdict.status, verdict.members, verdict.states) == (Status.HOLDS, 1, 1)
    assert (report.members, report.states) == (2, 1 + 4)
    said = list(note_lines(answer_of("family:toys/some", "toys", "", None, report)))
    assert "judged in 1 of 2 systems, which are those that promise it: nothing_is_counted" in said


def test_nothing_is_said_of_members_where_all_promise_a_clause() -> None:
    def idle(draw: Draw) -> System[NoHistory]:
        draw.one_of("number", (1, 2))
        return System({A: Toy()}, NoHistory(), (nothing_is_counted,))

    report = explore_family(Family("idle", "", idle))

    assert (report.verdict(nothing_is_counted).members, report.members) == (2, 2)
    said = list(note_lines(answer_of("family:toys/idle", "toys", "", None, report)))
    assert [line.partition(";")[0] for line in said] == ["no move is possible in the first state: nothing was explored"]


@ENGINES
def test_a_violation_in_one_system_is_a_violation_of_the_family_wherever_else_it_holds(engine: Callable[..., Report]) -> None:
    def either(draw: Draw) -> System[NoHistory]:
        return System({A: Counter() if draw.one_of("counts", (True, False)) else Toy()}, NoHistory(), (nothing_is_counted,))

    verdict = explore_family(Family("either", "", either), explorer=engine).verdict(nothing_is_counted)

    assert (verdict.status, verdict.length, verdict.members) == (Status.VIOLATED, 1, 2)


@ENGINES
def test_what_one_member_leaves_undecided_is_not_said_to_hold_of_all(engine: Callable[..., Report]) -> None:
    @eventually(Fair.TRIGGERS)
    def it_counts(seen: Seen[NoHistory]) -> Cases:
        """It counts to three."""
        yield case(len(seen.views(Kept)[A].notes) == 3)

    def explorer(system: System[Any], **options: Any) -> Report:
        reduced = Reductions(leave_ignored=options["budget"].states < 100)
        return engine(system, **(options | {"reductions": reduced}))

    def twice(draw: Draw) -> System[NoHistory]:
        draw.one_of("number", (1, 2))
        return System({A: Counter()}, NoHistory(), (it_counts,))

    report = explore_family(Family("twice", "", twice), Budget(states=100), explorer)

    assert report.verdict(it_counts).status is Status.NOT_DECIDED


def test_no_clause_is_said_to_hold_of_a_family_since_one_of_its_name_does() -> None:
    lookalike = evolve(nothing_is_counted, cases=lambda seen: iter((case(seen is not None),)))

    def either(draw: Draw) -> System[NoHistory]:
        counts = draw.one_of("counts", (False, True))
        return System({A: Counter() if counts else Toy()}, NoHistory(), (lookalike if counts else nothing_is_counted,))

    with pytest.raises(Misuse, match=r"^two clauses are called test_families\.nothing_is_counted in systems of one family"):
        explore_family(Family("either", "", either))


@pytest.mark.parametrize(
    ("systems", "word"),
    [
        pytest.param(lambda draw: draw.one_of("most", (1, 2)) and counting(1), "nothing varies", id="a draw that is not used"),
        pytest.param(lambda draw: counting(draw.one_of("most", (1, 2))), "", id="a bound in a closure"),
        pytest.param(lambda _draw: counting(1), "", id="one system"),
    ],
)
def test_many_systems_are_not_said_to_hold_that_are_one_and_the_same(systems: Callable[[Draw], System[Any]], word: str) -> None:
    answer = answer_of("family:toys/some", "toys", "", None, explore_family(Family("some", "", systems)))

    assert (answer.word, answer.conclusion) == (word, Conclusion.UNDECIDED if word else Conclusion.AS_CLAIMED)


def counting(most: int) -> System[NoHistory]:
    """Return a process that counts, and is looked at so far."""
    return System({A: Counter()}, NoHistory(), (nothing_is_counted,), within=(lambda seen: len(seen.views(Kept)[A].notes) < most,))


# ---- one budget


def many(draw: Draw) -> System[NoHistory]:
    """One of ten systems of four states."""
    draw.one_of("number", tuple(range(10)))
    return System({A: Counter()}, NoHistory(), (nothing_is_counted,))


@ENGINES
def test_the_time_of_a_family_is_that_of_all_its_members(engine: Callable[..., Report]) -> None:
    report = explore_family(Family("many", "", many), Budget(seconds=0), engine)

    assert (report.members, report.stopped) == (1, "budget of 0 s spent")


def test_each_member_is_given_what_is_left_of_the_budget() -> None:
    given: list[Budget] = []

    def explorer(system: System[Any], *, budget: Budget, **options: Any) -> Report:
        given.append(budget)
        return explore(system, (), budget=budget, **options)

    report = explore_family(Family("many", "", many), Budget(states=10, memory=1 << 60), explorer)

    assert given == [Budget(states=left, memory=1 << 60) for left in (10, 6, 2)]
    assert (report.members, report.states, report.stopped) == (3, 10, "budget of 10 states spent")


# ---- messages dropped at the start


@always(under=Fault.LOSS)
def whatever_came_is_kept(seen: Seen[NoHistory]) -> Cases:
    """One of the notes is never kept."""
    yield case(len(seen.views(Kept)[B].notes) < 2)


def nothing_else_is_lost(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
    """Assume that the network loses nothing that it has taken."""
    return not isinstance(move, Lose)


@ENGINES
@pytest.mark.parametrize("network", [Network(losses=None, capacity=1), Network(fifo=True, losses=None, capacity=1)])
def test_messages_of_the_first_steps_that_a_bound_drops_are_counted_and_are_a_loss(engine: Callable[..., Report], network: Network) -> None:
    processes = {A: Teller(B, (1, 2, 3)), B: Collector()}
    system = System(processes, NoHistory(), (whatever_came_is_kept,), network, assume=(nothing_else_is_lost,))

    report = engine(system)

    assert (report.dropped, report.occurred) == (2, Fault.LOSS)


@pytest.mark.parametrize(("numbers", "judged_under"), [((1, 1), Fault.LOSS), ((1,), Fault.NONE)])
def test_what_is_judged_after_a_first_step_whose_message_was_dropped_is_judged_under_loss(
    numbers: tuple[int, ...], judged_under: Fault
) -> None:
    processes, network = {A: Teller(B, numbers), B: Collector()}, Network(losses=None, copies=1)
    system = System(processes, NoHistory(), (whatever_came_is_kept,), network, assume=(nothing_else_is_lost,))

    assert explore(system).verdict(whatever_came_is_kept).judged_under == judged_under
