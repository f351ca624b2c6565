"""A desk that lends by priority, request in and step out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.refimpl.conflict.priority_lending import Desk, Lending
from concordant.refimpl.machine import step
from concordant.spec.conflict.priority_lending import (
    CANCELLED,
    HOLDS_NOTHING,
    HOLDS_SOME,
    Ask,
    DeskView,
    GiveBack,
    Lent,
    Returned,
)
from concordant.spec.conflict.priority_override import NOT_EXACT, NOTHING_NEEDED
from concordant.spec.vocabulary import Address, Map, Rejected, Reply, addresses

A, B, C, D = addresses("agent", 4)
DISK, PRINTER, BOTH = (frozenset(some) for some in (("disk",), ("printer",), ("disk", "printer")))
DESK = Desk(Map.of({A: 1, B: 2, C: 2}))
BUSY = Lending(Map.of({A: DISK}), Map.of({B: DISK, C: BOTH}))


def test_who_asks_for_what_is_free_is_lent_all_of_it_and_else_waits() -> None:
    assert DESK.start() == step(Lending())
    assert DESK.request(Lending(), A, Ask(BOTH)) == step(Lending(Map.of({A: BOTH})), Reply(A, Lent(BOTH)))
    assert DESK.request(Lending(Map.of({A: DISK})), B, Ask(BOTH)) == step(Lending(Map.of({A: DISK}), Map.of({B: BOTH})))


def test_what_is_given_back_goes_to_the_more_important_and_of_equals_to_the_first_by_name() -> None:
    given = Lending(Map.of({B: DISK}), Map.of({C: BOTH}))
    assert DESK.request(BUSY, A, GiveBack()) == step(given, Reply(A, Returned()), Reply(B, Lent(DISK)))
    of_unequals = Lending(Map.of({B: BOTH}), Map.of({A: PRINTER, C: DISK}))
    both = Lending(Map.of({A: PRINTER, C: DISK}))
    assert DESK.request(of_unequals, B, GiveBack()) == step(both, Reply(B, Returned()), Reply(C, Lent(DISK)), Reply(A, Lent(PRINTER)))


def test_whoever_waits_for_more_does_not_keep_what_is_free_from_others() -> None:
    waits = Lending(Map.of({A: DISK}), Map.of({C: BOTH}))
    assert DESK.request(waits, B, Ask(PRINTER)) == step(Lending(Map.of({A: DISK, B: PRINTER}), waits.waiting), Reply(B, Lent(PRINTER)))


@pytest.mark.parametrize(
    ("client", "asked", "why"),
    [
        (A, Ask(PRINTER), HOLDS_SOME),
        (B, GiveBack(), HOLDS_NOTHING),
        (B, Ask(frozenset()), NOTHING_NEEDED),
        (D, Ask(PRINTER), NOT_EXACT),
    ],
)
def test_each_no_has_its_reason_and_changes_nothing(client: Address, asked: Any, why: Rejected) -> None:
    state = Lending(Map.of({A: DISK}))
    assert DESK.request(state, client, asked) == step(state, Reply(client, why))


def test_a_wait_that_is_cancelled_is_over() -> None:
    assert DESK.cancel(BUSY, B) == step(Lending(BUSY.held, Map.of({C: BOTH})), Reply(B, CANCELLED))


def test_an_outsider_sees_who_holds_what_and_who_is_next() -> None:
    assert DESK.view(Lending(Map.of({B: BOTH}), Map.of({A: DISK, C: DISK}))) == DeskView(Map.of({"disk": B, "printer": B}), (C, A))
