"""Attacks on the explorer: where a clause is false it does not say that it is so nowhere."""

from __future__ import annotations

from attrs import frozen

from concordant.checks.explorer.seeking import Sought, nearest
from concordant.checks.explorer.setting import Setting
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.registry import protocol
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Cases, Reply, case, on_event
from tests.checks.toys import ANN, A, Do, Done, Kept, Log, Noticed, Silent


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
