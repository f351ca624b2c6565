"""More users, or more readings, than a question to the tables has room for: it would be taken for another question."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from attrs import frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated import numbers
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.groups import Groups, Observable
from concordant.checks.tabulated.kernel.questions import NUMBER_BITS
from concordant.checks.tabulated.numbers import MOST_OWNERS, Unsuited, fits
from concordant.refimpl.machine import Fire, Move, System, User
from concordant.spec.vocabulary import Address, Cases, NoHistory, Seen, addresses, always, always_each, case
from tests.checks.toys import A, B, Clerk, Counter, Kept, Tell

MANY = 1 << NUMBER_BITS


@always_each(Kept)
def nothing_is_kept(view: Kept, process: Address, history: Any) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A process keeps nothing."""
    yield case(process != B or not view.notes)


def with_users(count: int) -> System[NoHistory]:
    """Return a system in which only the last of so many users asks for anything."""
    *others, last = addresses("user", count)
    users = (*(User(name, (B,), ()) for name in others), User(last, (B,), ((Tell(1),),)))
    return System({B: Clerk()}, NoHistory(), (nothing_is_kept,), users=users)


def test_what_the_last_of_very_many_users_asks_is_not_taken_for_what_the_first_does() -> None:
    system = with_users(MOST_OWNERS + 2)

    assert explore(system).verdict(nothing_is_kept).status is Status.VIOLATED
    with pytest.raises(Unsuited, match="16385 users; at most 16383 can be tabulated; --engine reference takes more"):
        explore_tabulated(system)


def once_the_first_has_ended(move: Move, seen: Seen[NoHistory]) -> bool:
    """Assume that the first counts to two at most, and the second only then."""
    notes = seen.views(Kept)[A].notes
    return not isinstance(move, Fire) or (len(notes) >= 2) == (move.at == B)


def test_whether_a_move_is_allowed_is_not_answered_for_another_after_very_many_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System({A: Counter(), B: Counter()}, NoHistory(), (nothing_is_kept,), assume=(once_the_first_has_ended,))
    readings = Groups.readings

    def after_many(groups: Groups, *given: Any) -> Any:
        if not groups._counts[0]:
            groups._kept, groups._codes = np.zeros((MANY + (1 << 12), 4), np.int32), np.zeros(MANY + (1 << 12), np.uint64)
            groups._table, groups._counts[0] = np.full(4 * MANY, -1, np.int32), MANY
        return readings(groups, *given)

    assert explore_tabulated(system).verdict(nothing_is_kept).status is Status.VIOLATED
    monkeypatch.setattr(Groups, "readings", after_many)
    report = explore_tabulated(system)
    assert report.verdict(nothing_is_kept).status is Status.INCONCLUSIVE
    assert "clauses and assumptions see shows no bound" in str(report.stopped)


def test_of_parts_of_a_state_that_are_looked_at_there_are_not_more_than_are_told_apart() -> None:
    groups = Groups(None, None)  # type: ignore[arg-type]  # neither is asked
    groups._observables |= {Observable(slot, 0): slot for slot in range(MOST_OWNERS)}
    groups._shown += [0] * MOST_OWNERS

    with pytest.raises(Unsuited, match="more than 16383 parts of a state"):
        groups.add(frozenset({2}))


@frozen
class Order(NoHistory):
    """Who has announced something, in order."""

    who: tuple[Address, ...] = ()

    def after(self, at: Address, by: Address, happening: object, /) -> Order:  # noqa: ARG002  # the protocol's signature
        return self if by in self.who else Order((*self.who, by))


@always()
def nobody_counts_twice(seen: Seen[Order]) -> Cases:
    """Nobody counts twice."""
    yield case(len(set(seen.history.who)) == len(seen.history.who))


def test_an_image_by_symmetry_has_no_larger_number_than_a_question_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    four = addresses("p", 4)
    symmetric = (tuple((each,) for each in four),)
    system = System(dict.fromkeys(four, Counter()), Order(), (nobody_counts_twice,), symmetric=symmetric)
    whole = explore_tabulated(system, reductions=Reductions(symmetry=True))
    monkeypatch.setattr(numbers, "NUMBER_BITS", 6)  # of 65 orders, the last is no answer, but the image of one
    report = explore_tabulated(system, reductions=Reductions(symmetry=True))

    assert whole.verdicts[0].status is Status.HOLDS
    assert report.verdicts[0].status is Status.INCONCLUSIVE
    assert "shows no bound" in str(report.stopped)


def test_a_number_that_is_too_large_is_refused() -> None:
    assert fits(MANY - 1, "it") == MANY - 1
    with pytest.raises(Unsuited):
        fits(MANY, "it")
