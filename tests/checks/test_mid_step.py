"""Crashes in the middle of a step: after some of its sends, whatever kind of step it is."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from concordant.refimpl.machine import Byzantine, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    CancelAsked,
    Crashed,
    Effect,
    Faults,
    Network,
    NoHistory,
    Recovered,
    Reply,
    Send,
    Suspected,
)
from tests.checks.toys import ANN, A, B, C, Do, Done, Ends, Goes, Kept, Later, Listener, Log, Note, Noticed, Tell, Toy
from tests.checks.walks import counts, log, moves, seen

MID = Faults(crashes=1, who=(B,), mid_step=True)
EFFECTS: tuple[Effect, ...] = (Announce(Noticed(1)), Send(A, Note(1)), Send(C, Note(2)), Announce(Noticed(2)))


class Busy(Toy):
    """Announces, sends twice and announces on every input; everything survives."""

    def busy(self, state: Kept, number: int, *more: Effect) -> Step[Kept]:
        return step(state.plus(number), *EFFECTS, *more)

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
        return self.busy(state, message.number)

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:
        return self.busy(state, request.number, Reply(client, Done(request.number)))

    def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:  # noqa: ARG002
        return self.busy(state, 2)

    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:  # noqa: ARG002
        return self.busy(state, 3)

    def armed(self, state: Kept) -> tuple[Ends, ...]:
        return (Ends(4),) if state.notes == (5,) else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return self.busy(state, trigger.number)

    def survives(self, state: Kept) -> Iterable[Kept]:
        return (state,)

    def recover(self, state: Kept) -> Step[Kept]:
        return self.busy(state, 6)


class Holding(Busy):
    """As busy, but answers no request."""

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
        return step(state.plus(request.number))


def busy(
    process: Busy = Busy(),  # it has no state
    *,
    faults: Faults = MID,
    history: Log = Log(),
    script: tuple[tuple[Do, ...], ...] = ((Do(5),),),
) -> System[Log]:
    return System({A: Listener(), B: process, C: Listener()}, history, (), Network(), faults, (User(ANN, (B,), script),))


# ---- how it is cut


def test_a_crash_cuts_a_step_after_none_some_or_all_of_its_sends() -> None:
    cut = "b0 crashes after {} of the sends of: ann0 asks b0: Do(5); Kept((5,)) survives"

    assert moves(busy()) == ["ann0 asks b0: Do(5)", cut.format(0), cut.format(1), cut.format(2), "b0 crashes; Kept(()) survives"]
    assert moves(busy(), cut.format(0)) == []
    assert moves(busy(), cut.format(1)) == ["a0 receives Note(1) from b0"]
    assert moves(busy(), cut.format(2)) == ["a0 receives Note(1) from b0", "c0 receives Note(2) from b0"]


def test_a_cut_step_keeps_its_input_and_every_announcement_and_drops_its_replies() -> None:
    cut = "b0 crashes after {} of the sends of: ann0 asks b0: Do(5); Kept((5,)) survives"
    sends = (B, B, Send(A, Note(1))), (B, B, Send(C, Note(2)))
    before, after = [(B, ANN, Do(5)), (B, B, Noticed(1))], [(B, B, Noticed(2)), (B, B, Crashed())]

    assert log(busy(), cut.format(0)) == [*before, *after]
    assert log(busy(), cut.format(1)) == [*before, sends[0], *after]
    assert log(busy(), cut.format(2)) == [*before, *sends, *after]
    assert log(busy(), "ann0 asks b0: Do(5)") == [*before, *sends, (B, B, Noticed(2)), (B, B, Reply(ANN, Done(5)))]


def test_the_place_of_a_request_whose_step_is_cut_is_spent_and_its_call_is_over() -> None:
    system = busy(faults=Faults(crashes=1, recoveries=1, who=(B,), mid_step=True), script=((Do(5),), (Do(7),)))
    cut = "b0 crashes after 0 of the sends of: ann0 asks b0: Do(5); Kept((5,)) survives"

    assert seen(system, cut).waiting() == ()
    assert moves(system, cut, "b0 recovers") == ["a0 receives Note(1) from b0", "c0 receives Note(2) from b0", "ann0 asks b0: Do(7)"]


def test_the_survivors_of_a_cut_are_those_of_the_new_state() -> None:
    class Torn(Busy):
        def survives(self, state: Kept) -> Iterable[Kept]:
            return (state, Kept((*state.notes, 0)))

    cuts = [move for move in moves(busy(Torn())) if "after 1" in move]

    assert cuts == [
        "b0 crashes after 1 of the sends of: ann0 asks b0: Do(5); Kept((5,)) survives",
        "b0 crashes after 1 of the sends of: ann0 asks b0: Do(5); Kept((5, 0)) survives",
    ]


def test_a_step_without_sends_is_cut_after_its_durable_write() -> None:
    system = System({B: Listener(), A: Sender()}, NoHistory(), (), faults=MID)

    assert moves(system) == [
        "b0 receives Note(1) from a0",
        "b0 crashes after 0 of the sends of: b0 receives Note(1) from a0; Kept(()) survives",
        "b0 crashes; Kept(()) survives",
    ]
    # in flight, up; heard, up; in flight, down; gone, down
    # moves: received, cut and crash; crash after; vanishes
    assert counts(system) == (4, 3 + 1 + 1, 2)


class Sender(Toy):
    def start(self) -> Step[Kept]:
        return step(Kept(), Send(B, Note(1)))


def test_without_a_crash_left_no_step_is_cut() -> None:
    faults = Faults(crashes=1, recoveries=1, who=(B,), mid_step=True)

    path = "b0 crashes; Kept(()) survives", "b0 recovers"

    assert not any("crashes" in move for move in moves(busy(faults=faults), *path))


def test_only_steps_of_those_who_may_crash_are_cut() -> None:
    assert not any("c0 crashes" in move for move in moves(busy(), "ann0 asks b0: Do(5)"))
    assert not any("crashes after" in move for move in moves(busy(faults=Faults(crashes=1, who=(B,)))))


def test_sends_to_a_byzantine_participant_count_as_sends() -> None:
    liar = Address("liar")

    class Leaking(Toy):
        def start(self) -> Step[Kept]:
            return step(Kept())

        def armed(self, state: Kept) -> tuple[Goes, ...]:
            return () if state.notes else (Goes(1),)

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
            return step(state.plus(trigger.number), Send(liar, Note(1)), Send(A, Note(2)))

    system = System({A: Listener(), B: Leaking()}, Log(), (), faults=MID, byzantine=(Byzantine(liar, lambda _: ()),))
    cut = "b0 crashes after {} of the sends of: b0: Goes(1); Kept(()) survives"

    assert moves(system) == ["b0: Goes(1)", *map(cut.format, (0, 1, 2)), "b0 crashes; Kept(()) survives"]
    assert log(system, cut.format(1)) == [(B, B, Send(liar, Note(1))), (B, B, Crashed())]
    assert moves(system, cut.format(1)) == []


# ---- which steps are cut

WHOLE = [(B, B, Noticed(1)), (B, B, Send(A, Note(1))), (B, B, Noticed(2)), (B, B, Crashed())]
"""What the history sees of a step that is cut after its first send."""


@pytest.mark.parametrize(
    ("path", "step_text", "survivor", "first"),
    [
        ((), "ann0 asks b0: Do(5)", "Kept((5,))", (B, ANN, Do(5))),
        (("ann0 asks b0: Do(5)",), "b0: Ends(4)", "Kept((5, 4))", (B, B, Ends(4))),
        (("ann0 asks b0: Do(5)",), "ann0 cancels its call of b0", "Kept((5, 2))", (B, ANN, CancelAsked())),
        ((), "b0 suspects a0", "Kept((3,))", (B, B, Suspected(A))),
        (("b0 crashes; Kept(()) survives",), "b0 recovers", "Kept((6,))", (B, B, Recovered())),
        ((), "liar0 forges Note(8) to b0", "Kept((8,))", None),
    ],
)
def test_a_crash_may_cut_a_step_of_every_kind(
    path: tuple[str, ...], step_text: str, survivor: str, first: tuple[Address, Address, object] | None
) -> None:
    faults = Faults(crashes=2, recoveries=1, who=(B,), mid_step=True, cancellations=1, detector=True, mistakes=1)
    system = System(
        {A: Listener(), B: Holding() if path[:1] == ("ann0 asks b0: Do(5)",) else Busy(), C: Listener()},
        Log(),
        (),
        Network(),
        faults,
        (User(ANN, (B,), ((Do(5),),)),),
        (Byzantine(Address("liar"), lambda _: (Send(B, Note(8)),)),),
    )
    cut = f"b0 crashes after 1 of the sends of: {step_text}; {survivor} survives"

    assert step_text in moves(system, *path)
    assert log(system, *path, cut)[len(log(system, *path)) :] == ([] if first is None else [first]) + WHOLE


def test_a_message_whose_receipt_is_cut_is_consumed() -> None:
    system = System({A: Sender(), B: Busy(), C: Listener()}, NoHistory(), (), faults=MID)
    cut = "b0 crashes after 0 of the sends of: b0 receives Note(1) from a0; Kept((1,)) survives"

    assert moves(system, cut) == []
