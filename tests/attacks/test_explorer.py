"""Attacks on the explorer: where a clause is false it does not say that it is so nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.explorer.seeking import Sought, nearest
from concordant.checks.explorer.setting import Setting
from concordant.checks.explorer.so_far import explored
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.registry import protocol
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Cases, Clocks, Reply, Seen, always, case, on_event
from tests.checks.toys import ANN, A, B, Do, Done, Kept, Listener, Log, Noticed, Silent, Teller, Toy


@frozen
class Hurried(Silent):
    """Says that it is done before it is asked; or else, when it is asked, what it is to be."""

    early: bool

    def start(self) -> Step[Kept]:
        return step(Kept(), *((Announce(Noticed(0)),) if self.early else ()))

    def request(self, state: Kept, client: Address, request: Do) -> Step[Kept]:  # type: ignore[override]  # it is asked for no more
        return step(state, *(() if self.early else (Announce(Noticed(0)),)), Reply(client, Done(request.number)))


@on_event(Noticed)
def nothing_is_noticed_for_nothing(before: Log, by: Address, event: Noticed) -> Cases:  # noqa: ARG001
    """What is noticed has a number."""
    yield case(event.number > 0, noticed=event)


def explorer(*, early: bool) -> Explorer:
    system = System({A: Hurried(early)}, Log(), (nothing_is_noticed_for_nothing,), users=(User(ANN, (A,), ((Do(1),),)),))
    return Explorer(Setting("hurried", "", "", protocol("unanimous_consent"), system))


def test_what_the_first_steps_break_is_found_at_the_start() -> None:
    assert nearest(explorer(early=True), (), nothing_is_noticed_for_nothing) == Sought((), 1, None)


def test_what_the_last_move_has_broken_is_found_where_it_leads() -> None:
    assert nearest(explorer(early=False), (0,), nothing_is_noticed_for_nothing) == Sought((0,), 1, None)


@always()
def two_are_never_kept(seen: Seen[Log]) -> Cases:
    """Nobody keeps two notes."""
    yield case(len(seen.views(Kept)[A].notes) < 2)


@frozen
class Hears(Listener):
    """Keeps what it receives."""


@frozen
class Reads(Toy):
    """Keeps all that its clock has shown."""

    def tick(self, state: Kept, now: int) -> Step[Kept]:
        return step(state.plus(now))


def none_is_kept(seen: Seen[Log]) -> bool:
    return not seen.views(Kept)[A].notes


@pytest.mark.parametrize(
    ("ends", "unknown"),
    [
        pytest.param(
            {"processes": {A: Hears(), B: Teller(A, (1, 2))}, "within": (none_is_kept,)}, "at the bound of the scope", id="bounded"
        ),
        pytest.param({"processes": {A: Reads()}, "clocks": Clocks(1)}, "where time ends, when a clock shows 1", id="until time ends"),
    ],
)
def test_what_is_false_nowhere_before_the_scope_ends_is_not_said_to_be_so_nowhere(ends: dict[str, Any], unknown: str) -> None:
    setting = Setting("mine", "", "", protocol("unanimous_consent"), System(history=Log(), promises=(two_are_never_kept,), **ends))
    sought, everything = nearest(Explorer(setting), (), two_are_never_kept), explored(Explorer(setting), Budget(states=1_000))

    assert sought.run is None
    assert sought.said(0).endswith(f"; stopped, {unknown}: what lies further is unknown")
    assert everything.says.endswith(f"; {unknown}: what lies further is unknown")
    assert [each.said(everything.states, everything.stopped) for each in everything.clauses] == [
        f"no violation in {everything.states} states so far"
    ]
