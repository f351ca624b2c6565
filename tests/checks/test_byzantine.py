"""Byzantine participants: what they may forge depends on what has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Byzantine, Step, System, step
from concordant.spec.vocabulary import Address, Fault, Faults, NoHistory, Send
from tests.checks.toys import A, B, Collector, Ends, Goes, Kept, Later, Listener, Log, Note, Resender, Teller, Toy
from tests.checks.walks import counts, kept, log, moves

EVE, MALLORY = Address("eve"), Address("mallory")


def always(*sends: Send) -> Byzantine[NoHistory]:
    return Byzantine(EVE, lambda _: sends)


class Once(Resender):
    """Sends each of its notes once."""

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return tuple(trigger for trigger in super().armed(state) if trigger.number not in state.notes)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(Kept(tuple(sorted((*state.notes, trigger.number)))), Send(self.to, Note(trigger.number)))


def test_a_forgery_is_received_at_once_and_again_and_again() -> None:
    system = System({A: Listener(), B: Toy()}, NoHistory(), (), byzantine=(always(Send(A, Note(1))),))

    assert moves(system) == ["eve0 forges Note(1) to a0"]
    assert moves(system, "eve0 forges Note(1) to a0") == ["eve0 forges Note(1) to a0"]
    assert kept(system, *["eve0 forges Note(1) to a0"] * 3)[A] == (1, 1, 1)


def test_a_forgery_that_is_ignored_is_no_move() -> None:
    assert moves(System({A: Toy()}, NoHistory(), (), byzantine=(always(Send(A, Note(1))),))) == []
    # kept: -, 1, 2, 12
    assert counts(System({A: Collector()}, NoHistory(), (), byzantine=(always(Send(A, Note(1)), Send(A, Note(2))),))) == (4, 4, 3)


def test_nothing_is_forged_to_a_process_that_is_down() -> None:
    system = System({A: Listener()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)), byzantine=(always(Send(A, Note(1))),))

    assert moves(system, "a0 crashes; Kept(()) survives") == []


def test_forgeries_come_last_by_participant_and_then_by_content() -> None:
    def both(_: NoHistory) -> Iterable[Send]:
        return frozenset({Send(A, Note(3)), Send(B, Note(1)), Send(A, Note(2))})

    system = System(
        {A: Listener(), B: Resender(A)},
        NoHistory(),
        (),
        byzantine=(Byzantine(MALLORY, both), always(Send(A, Note(1)))),
    )

    assert moves(system) == [
        "b0: Later(1)",
        "mallory0 forges Note(2) to a0",
        "mallory0 forges Note(3) to a0",
        "eve0 forges Note(1) to a0",
    ]


def test_what_may_be_forged_depends_on_what_has_happened() -> None:
    def replayed(history: Log) -> Iterable[Send]:
        return [Send(A, what.message) for _, _, what in history.lines if isinstance(what, Send) and what.to == EVE]

    system = System({A: Collector(), B: Once(EVE, (1, 2))}, Log(), (), byzantine=(Byzantine(EVE, replayed),))

    assert moves(system) == ["b0: Later(1)", "b0: Later(2)"]
    assert moves(system, "b0: Later(2)") == ["b0: Later(1)", "eve0 forges Note(2) to a0"]
    assert moves(system, "b0: Later(2)", "b0: Later(1)") == ["eve0 forges Note(1) to a0", "eve0 forges Note(2) to a0"]


def test_a_message_to_a_byzantine_participant_goes_to_the_history_alone() -> None:
    system = System({B: Teller(EVE, (1,))}, Log(), (), byzantine=(Byzantine(EVE, lambda _: ()),))

    assert log(system) == [(B, B, Send(EVE, Note(1)))]
    assert counts(system) == (1, 0, 1)


def test_the_history_sees_of_a_forgery_only_what_comes_of_it() -> None:
    system = System({A: Listener()}, Log(), (), byzantine=(Byzantine(EVE, lambda _: (Send(A, Note(1)),)),))

    assert log(system, "eve0 forges Note(1) to a0") == []


def test_a_receiver_sees_the_forger_as_the_source() -> None:
    class Wise(Toy):
        def receive(self, state: Kept, source: Address, message: Note) -> None:  # noqa: ARG002
            raise ValueError(f"{source}: {message}")

    with pytest.raises(Exception, match=re.escape("a0: the handler raised ValueError: eve0: Note(number=1)")):
        moves(System({A: Wise()}, NoHistory(), (), byzantine=(always(Send(A, Note(1))),)))


def test_a_forgery_to_nobody_is_an_error() -> None:
    system = System({A: Toy()}, NoHistory(), (), byzantine=(always(Send(B, Note(1))),))

    with pytest.raises(ValueError, match=r"^eve0 may send Note\(1\) to b0, which is no process of the system$"):
        moves(system)


def test_the_report_tells_whether_anything_was_forged() -> None:
    assert explore(System({A: Toy()}, NoHistory(), (), byzantine=(always(Send(A, Note(1))),))).occurred is Fault.NONE
    assert explore(System({A: Collector()}, NoHistory(), (), byzantine=(always(Send(A, Note(1))),))).occurred is Fault.BYZANTINE
