"""Attacks by what clauses, bounds, assumptions, histories and liars keep outside of what they are given, or read of the order of a set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.semantics.observations import AT_ONCE
from concordant.checks.semantics.twice import KEPT
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk
from concordant.refimpl.machine import Byzantine, KnownViolation, Move, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Fair,
    NoHistory,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
)
from tests.checks.toys import A, B, Counter, Ends, Goes, Kept, Later, Note, Noticed, Teller, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated, walk])
SEARCHES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
COUNTER = System({A: Counter()}, NoHistory(), ())
OTHERWISE = "answers otherwise when it is asked again: "


def caught(engine: Callable[..., Any], system: System[Any], clauses: tuple[Clause, ...] = (), **more: Any) -> str:
    with pytest.raises((BrokenRule, Misuse)) as found:
        engine(system, clauses, **more)
    return str(found.value)


Keeping = Callable[[object], bool]
"""Something that keeps what it is asked of, and answers by it."""


def by_turns() -> Keeping:
    """Say yes and no in turns."""
    asked: list[object] = []

    def answer(what: object) -> bool:
        asked.append(what)
        return len(asked) % 2 == 1

    return answer


def while_it_is_the_latest() -> Keeping:
    """Say yes of the latest thing that was asked about, however often."""
    known: list[object] = []

    def answer(what: object) -> bool:
        if what not in known:
            known.append(what)
        return known[-1] == what

    return answer


def clauses(keeps: Keeping) -> list[Clause]:
    @always()
    def of_a_state(seen: Seen[NoHistory]) -> Cases:
        """Of every state."""
        yield case(keeps(seen.views(Kept)[A]))

    @always_each(Kept)
    def of_a_process(view: Kept, who: Address, history: NoHistory) -> Cases:  # noqa: ARG001
        """Of every process."""
        yield case(keeps(view))

    @every_step(Kept)
    def of_a_step(before: Kept, after: Kept) -> Cases:
        """Of every step."""
        yield case(keeps((before, after)))

    @on_event(Noticed)
    def of_an_event(history: NoHistory, who: Address, event: Noticed) -> Cases:  # noqa: ARG001
        """Of every event."""
        yield case(keeps(event))

    return [of_a_state, of_a_process, of_a_step, of_an_event]


KINDS = pytest.mark.parametrize("kind", range(4), ids=["state", "process", "step", "event"])


@ENGINES
@KINDS
def test_a_clause_that_answers_by_turns_is_caught(engine: Callable[..., Any], kind: int) -> None:
    clause = clauses(by_turns())[kind]

    assert caught(engine, COUNTER, (clause,)).startswith(f"clause {clause.id} {OTHERWISE}")


@ENGINES
@KINDS
def test_a_clause_that_answers_by_what_it_was_asked_before_is_caught_at_the_end(engine: Callable[..., Any], kind: int) -> None:
    clause = clauses(while_it_is_the_latest())[kind]

    assert caught(engine, COUNTER, (clause,)).startswith(
        f"clause {clause.id} {OTHERWISE}none of 1 cases tells, then case 1 tells {{}}; it keeps nothing"
    )


@SEARCHES
def test_a_clause_that_keeps_something_is_caught_though_the_search_is_stopped(engine: Callable[..., Any]) -> None:
    (clause, *_) = clauses(while_it_is_the_latest())

    assert OTHERWISE in caught(engine, COUNTER, (clause,), budget=Budget(states=3))


def test_a_clause_that_answers_by_turns_is_caught_where_a_known_violation_is_replayed() -> None:
    (clause, *_) = clauses(by_turns())

    assert OTHERWISE in caught(lambda *_: replay_known_violation(KnownViolation(clause, "it is asked in turns", COUNTER, ())), COUNTER)


@SEARCHES
def test_a_clause_of_liveness_that_answers_by_what_it_was_asked_before_is_caught(engine: Callable[..., Any]) -> None:
    keeps = while_it_is_the_latest()

    @eventually(given=Fair.NONE)
    def it_ends(seen: Seen[NoHistory]) -> Cases:
        """It ends."""
        yield case(keeps(seen.views(Kept)[A]))

    assert OTHERWISE in caught(engine, COUNTER, (it_ends,))


# ---- what a system says of itself


@ENGINES
@pytest.mark.parametrize("keeps", [by_turns, while_it_is_the_latest])
def test_a_bound_that_keeps_something_is_caught(engine: Callable[..., Any], keeps: Callable[[], Keeping]) -> None:
    answer = keeps()

    def small(seen: Seen[NoHistory]) -> bool:
        return answer(seen.views(Kept)[A])

    assert caught(engine, evolve(COUNTER, within=(small,))).startswith(f"the bound small of the system {OTHERWISE}True, then False; ")


@ENGINES
@pytest.mark.parametrize("keeps", [by_turns, while_it_is_the_latest])
def test_an_assumption_that_keeps_something_is_caught(engine: Callable[..., Any], keeps: Callable[[], Keeping]) -> None:
    answer = keeps()

    def tame(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
        return answer(seen.views(Kept)[A])

    assert caught(engine, evolve(COUNTER, assume=(tame,))).startswith(f"the assumption tame of the system {OTHERWISE}True, then False; ")


@SEARCHES
def test_a_liar_that_keeps_something_is_caught(engine: Callable[..., Any]) -> None:
    answer = by_turns()
    liar: Byzantine[NoHistory] = Byzantine(B, lambda history: (Send(A, Note(1)),) if answer(history) else ())

    assert caught(engine, System({A: Toy()}, NoHistory(), (), byzantine=(liar,))).startswith(
        "what b0 may send is otherwise when it is asked again: "
    )


# ---- handlers, where a search is stopped or walks


class Keeps(Toy):
    """Keeps what it was told last, and does otherwise when it is told something else."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        if message.number not in TOLD:
            TOLD.append(message.number)
        return step(state.plus(TOLD[-1] == message.number))


TOLD: list[int] = []


@pytest.mark.parametrize(
    ("engine", "more"),
    [(explore, {"budget": Budget(states=5)}), (explore_tabulated, {"budget": Budget(states=5)}), (walk, {})],
    ids=["reference", "tabulated", "walk"],
)
def test_a_handler_that_keeps_something_is_caught_though_not_everything_was_searched(engine: Callable[..., Any], more: Any) -> None:
    TOLD.clear()
    system = System({A: Keeps(), B: Teller(A, (1, 2, 3))}, NoHistory(), ())

    assert "the handler answers otherwise when it is asked again" in caught(engine, system, **more)


# ---- the order of a set


@frozen
class Two:
    """A view, an event and a history with a set in it."""

    both: frozenset[int] = frozenset({1, 2})

    def after(self, at: Address, by: Address, happening: object) -> Two:  # noqa: ARG002
        return self


class Shows(Counter):
    """Shows a set."""

    def view(self, state: Kept) -> Two:  # type: ignore[override]  # noqa: ARG002
        return Two()


SHOWS = System({A: Shows()}, Two(), ())
FIRST = "the order of a set shows: none of 1 cases tells, or case 1 tells {}; sort a set before you go through it"


def _first(both: Iterable[int]) -> bool:
    return next(iter(both)) == next(iter(frozenset({1, 2})))


@always()
def by_the_history(seen: Seen[Two]) -> Cases:
    """Of the history."""
    yield case(_first(seen.history.both))


@always()
def by_the_view(seen: Seen[Two]) -> Cases:
    """Of the view."""
    yield case(_first(seen.views(Two)[A].both))


@at_rest()
def at_the_end(seen: Seen[Two]) -> Cases:
    """At the end."""
    yield case(_first(seen.views(Two)[A].both))


@every_step(Two)
def by_the_step(before: Two, after: Two) -> Cases:  # noqa: ARG001
    """Of a step."""
    yield case(_first(after.both))


@always_each(Two)
def by_the_process(view: Two, who: Address, history: Two) -> Cases:  # noqa: ARG001
    """Of a process."""
    yield case(_first(view.both))


@on_event(Noticed)
def by_what_was(history: Two, who: Address, event: Noticed) -> Cases:  # noqa: ARG001
    """Of the history before an event."""
    yield case(_first(history.both))


@ENGINES
@pytest.mark.parametrize(
    "clause", [by_the_history, by_the_view, at_the_end, by_the_step, by_the_process, by_what_was], ids=lambda clause: clause.name
)
def test_the_order_of_a_set_may_not_show_in_a_clause(engine: Callable[..., Any], clause: Clause) -> None:
    assert caught(engine, SHOWS, (clause,)) == f"clause {clause.id}: {FIRST}"


class Counts(Toy):
    """Goes on by itself to beyond what is kept of the answers to a question, and shows how far it is in a set."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return (Goes(),) if sum(state.notes) < KEPT + 10 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(Kept((sum(state.notes) + 1,)), Announce(Noticed(trigger.number)))

    def view(self, state: Kept) -> Two:  # type: ignore[override]
        return Two(frozenset({0, sum(state.notes)}))


@SEARCHES
def test_the_order_of_a_set_may_not_show_in_a_clause_late_in_a_search_either(engine: Callable[..., Any]) -> None:
    @always()
    def late_ones_are_in_order(seen: Seen[NoHistory]) -> Cases:
        """Late ones are in order."""
        both = seen.views(Two)[A].both
        yield case(max(both) <= KEPT or next(iter(both)) == 0)

    assert "the order of a set shows" in caught(engine, System({A: Counts()}, NoHistory(), ()), (late_ones_are_in_order,))


@frozen
class Late:
    """A history that is right at first; then it counts on the side, or goes by the order of a set."""

    first: int
    counts: bool
    number: int = 0
    both: frozenset[int] = frozenset({1, 2})

    def after(self, at: Address, by: Address, happening: object) -> Late:  # noqa: ARG002
        late = 0 if self.number < self.first else next(COUNT) if self.counts else next(iter(self.both))
        return evolve(self, number=self.number + 1 + late)


COUNT = count(1)


@SEARCHES
@pytest.mark.parametrize("first", [0, AT_ONCE + 1, KEPT + 1])
@pytest.mark.parametrize("counts", [False, True])
def test_a_history_that_keeps_something_or_shows_an_order_is_caught_however_late(
    engine: Callable[..., Any], first: int, counts: bool
) -> None:
    assert "Late.after answers otherwise when it is asked again" in caught(engine, System({A: Counts()}, Late(first, counts), ()))


@SEARCHES
def test_the_order_of_a_set_may_not_show_in_the_facts_of_a_clause(engine: Callable[..., Any]) -> None:
    @always()
    def nobody_is_first(seen: Seen[Two]) -> Cases:
        """Nobody is first."""
        yield case(False, first=next(iter(seen.history.both)))

    assert "the order of a set shows: case 1 tells {'first': " in caught(engine, SHOWS, (nobody_is_first,))


@SEARCHES
def test_the_order_of_a_set_may_not_show_in_a_bound_or_an_assumption(engine: Callable[..., Any]) -> None:
    said = "the order of a set shows: True, or False; sort a set before you go through it"

    def small(seen: Seen[Two]) -> bool:
        return _first(seen.history.both)

    def tame(move: Move, seen: Seen[Two]) -> bool:  # noqa: ARG001
        return _first(seen.history.both)

    assert caught(engine, evolve(SHOWS, within=(small,))) == f"the bound small of the system: {said}"
    assert caught(engine, evolve(SHOWS, assume=(tame,))) == f"the assumption tame of the system: {said}"


@SEARCHES
def test_what_does_not_depend_on_the_order_of_a_set_may_be_said(engine: Callable[..., Any]) -> None:
    @always()
    def both_are_small(seen: Seen[Two]) -> Cases:
        """Both are small."""
        for each in seen.history.both:
            yield case(each < 3, both=seen.history.both)

    assert engine(SHOWS, (both_are_small,)).verdicts[0].status is Status.HOLDS
