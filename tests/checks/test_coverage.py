"""What a report says was not shown: inputs never enabled, faults that never occurred, bounds that bit."""

from __future__ import annotations

from typing import Never

from concordant.checks.exploration.explore import alphabet, explore
from concordant.refimpl.machine import AnyProcess, Byzantine, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Fault, Faults, Malformed, Network, NoHistory, Send
from tests.checks.toys import ANN, A, B, Clerk, Collector, Do, Ends, Goes, Kept, Later, Listener, Note, Resender, Tell, Teller, Toy

# ---- inputs


class Plain(Process[Kept, Note, Never, Later]):
    """Takes notes and has deadlines, one of which is never armed."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def view(self, state: Kept) -> Kept:
        return state


class Mute(Process[Kept]):
    """Has no inputs at all."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def view(self, state: Kept) -> Kept:
        return state


class Derived(Plain):
    """Has the inputs of its base."""


def never(system: System[NoHistory]) -> tuple[tuple[str, str], ...]:
    return explore(system).never


def test_the_inputs_of_a_process_are_those_of_the_header_of_its_class_or_base() -> None:
    assert alphabet(Plain()) == {"receives": (Note,), "is asked": (), "fires": (Later,)}
    assert alphabet(Derived()) == alphabet(Plain())
    assert alphabet(Toy()) == {"receives": (Note,), "is asked": (Do, Tell), "fires": (Later, Ends, Goes)}
    assert alphabet(Mute()) == {"receives": (), "is asked": (), "fires": ()}


def test_inputs_that_never_come_about_are_listed_by_role() -> None:
    assert never(System({A: Mute()}, NoHistory(), ())) == ()
    assert never(System({A: Plain(), B: Mute()}, NoHistory(), ())) == (("a", "receives Note"), ("a", "fires Later"))


def test_an_input_that_is_always_ignored_counts_as_never_enabled() -> None:
    assert never(System({A: Plain(), B: Teller(A, (1,))}, NoHistory(), ()))[:2] == (("a", "receives Note"), ("a", "fires Later"))


def test_an_input_at_one_process_is_enough_for_its_role() -> None:
    first, second = Address("c", 0), Address("c", 1)
    system = System({first: Listener(), second: Teller(first, (1,))}, NoHistory(), ())

    assert ("c", "receives Note") not in never(system)


def test_requests_triggers_and_forgeries_count_where_they_have_an_effect() -> None:
    asked = System({A: Clerk()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),),)),))
    fired = System({A: Resender(B), B: Mute()}, NoHistory(), (), Network(losses=None, copies=1))
    forged = System({A: Collector()}, NoHistory(), (), byzantine=(Byzantine(Address("eve"), lambda _: (Send(A, Note(1)),)),))

    assert never(asked) == (("a", "receives Note"), ("a", "is asked Tell"), ("a", "fires Later"), ("a", "fires Ends"), ("a", "fires Goes"))
    assert ("a", "fires Later") not in never(fired)
    assert ("a", "receives Note") not in never(forged)


# ---- faults


def occurred(process: AnyProcess, network: Network = Network(), faults: Faults = Faults(), script: tuple[object, ...] = ()) -> Fault:
    users = (User(ANN, (A,), (script,)),) if script else ()
    return explore(System({A: process, B: Teller(A, (1,))}, NoHistory(), (), network, faults, users)).occurred


class Back(Listener):
    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)


def test_a_fault_that_is_allowed_occurs_only_if_it_happens() -> None:
    assert occurred(Listener()) is Fault.NONE
    assert occurred(Listener(), Network(losses=1)) is Fault.LOSS
    assert occurred(Back(), faults=Faults(crashes=1, who=(A,))) is Fault.CRASH
    assert occurred(Back(), faults=Faults(crashes=1, recoveries=1, who=(A,))) == Fault.CRASH | Fault.RECOVERY
    assert occurred(Clerk(), script=(Malformed(Do(1)),)) is Fault.MALFORMED
    assert occurred(Toy(), script=(Malformed(Do(1)),)) is Fault.NONE


def test_duplication_occurs_once_a_message_is_taken_and_stays_in_flight() -> None:
    assert occurred(Collector(), Network(duplicating=True)) is Fault.DUPLICATION
    assert occurred(Toy(), Network(duplicating=True)) is Fault.NONE


def test_a_message_that_a_bound_drops_is_a_loss_whatever_the_move() -> None:
    class Chatty(Back):
        def recover(self, state: Kept) -> Step[Kept]:
            return step(state, Send(B, Note(1)), Send(B, Note(1)))

    def never_lost(move: object, seen: object) -> bool:  # noqa: ARG001
        return type(move).__name__ != "Lose"

    system = System(
        {A: Chatty(), B: Mute()},
        NoHistory(),
        (),
        Network(losses=None, copies=1),
        Faults(crashes=1, recoveries=1, who=(A,)),
        assume=(never_lost,),
    )

    report = explore(system)

    assert report.occurred == Fault.LOSS | Fault.CRASH | Fault.RECOVERY
    assert report.dropped == 1


def test_what_is_allowed_is_reported_beside_what_occurred() -> None:
    report = explore(System({A: Mute()}, NoHistory(), (), Network(losses=None, duplicating=True)))

    assert (report.allowed, report.occurred) == (Fault.LOSS | Fault.DUPLICATION, Fault.NONE)
