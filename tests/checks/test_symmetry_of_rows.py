"""A declared symmetry that is untrue of a system, its rows or their effects is found out, and the row is named."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.refimpl.machine import Byzantine, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Faults,
    Network,
    NoHistory,
    Reply,
    Send,
    addresses,
)
from tests.checks.toys import Do, Done, Goes, Kept, Listener, Note, Toy

SYMMETRY = Reductions(symmetry=True)
C0, C1, C2 = addresses("counter", 3)
U0, U1 = addresses("user", 2)
TELLER = Address("teller")


@frozen
class Counting(Toy):
    """Counts the requests of its user."""

    def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:
        return step(state.plus(request.number), Reply(client, Done(request.number)))


def counters(counter: type[Toy] = Counting, **other: Any) -> System[Any]:
    """Two counters and their users, declared interchangeable."""
    users = (User(U0, (C0,), ((Do(1),),)), User(U1, (C1,), ((Do(1),),)))
    parts: dict[str, Any] = {"history": NoHistory(), "promises": (), "symmetric": (((C0, U0), (C1, U1)),), **other}
    return System({C0: counter(), C1: counter()}, users=users, **parts)


def asymmetry(system: System[Any]) -> str:
    """Return what is said to tell processes apart."""
    with pytest.raises(UntrueSymmetry) as caught:
        explore(system, reductions=SYMMETRY)
    return str(caught.value)


# ---- systems and rows


def test_a_process_without_its_user_is_not_interchangeable() -> None:
    assert asymmetry(evolve(counters(), symmetric=(((C0,), (C1,)),))) == (
        "counter0 and counter1 are not interchangeable, though the system declares them symmetric\n"
        "  user0 asks (counter0,): it would ask (counter1,); exchange users with the processes that they ask"
    )


def test_users_with_different_scripts_are_not_interchangeable() -> None:
    users = (User(U0, (C0,), ((Do(1),),)), User(U1, (C1,), ((Do(2),),)))

    assert "user0 and user1: they have different scripts" in asymmetry(evolve(counters(), users=users))


def test_one_that_may_crash_and_one_that_may_not_are_not_interchangeable() -> None:
    assert "crashes: one may crash and the other may not" in asymmetry(counters(faults=Faults(crashes=1, who=(C0,))))


@frozen
class Partial(Counting):
    """Prefers the user with the lower number."""

    def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:
        return step(Kept((9,)), Reply(client, Done(9))) if client.number == 0 else super().request(state, client, request)


def test_a_handler_that_tells_users_apart_is_reported_with_its_row() -> None:
    assert asymmetry(counters(Partial)) == (
        "counter0 with user0 and counter1 with user1 are not interchangeable, though the system declares them symmetric\n"
        "  user0 asks counter0: Do(1), in state Kept(()): leads to Kept((9,)) renamed, but to Kept((1,)) there"
    )


@frozen
class Answering(Counting):
    """Answers users differently."""

    def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:
        return step(state.plus(request.number), Reply(client, Done(client.number)))


def test_effects_that_tell_users_apart_are_reported_with_their_row() -> None:
    found = "effects (Do(1), Reply(user1, Done(0))) renamed, but (Do(1), Reply(user1, Done(1))) there"
    assert f"user0 asks counter0: Do(1), in state Kept(()): {found}" in asymmetry(counters(Answering))


@frozen
class Taking(Counting):
    """Takes no request of the second user."""

    def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:
        taken: Any = super().request(state, client, request) if client == U0 else None
        return taken  # type: ignore[no-any-return]  # None is a no


def test_a_request_that_only_one_takes_is_reported() -> None:
    assert "user0 asks counter0: Do(1), in state Kept(()): one takes notice, the other does not" in asymmetry(counters(Taking))


@frozen
class Returning(Toy):
    """Says when it is back."""

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state, Send(TELLER, Note(1)))


@frozen
class Narrow(Toy):
    """Has not heard of the first counter."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:
        return step(state.plus({C1: message.number}[source]))


def test_a_handler_that_fails_where_only_the_whole_run_would_have_called_it_is_reported_too() -> None:
    faults = Faults(crashes=1, recoveries=1, who=(C0, C1))
    processes = {C0: Returning(), C1: Returning(), TELLER: Narrow()}

    found = asymmetry(System(processes, NoHistory(), (), faults=faults, symmetric=(((C0,), (C1,)),)))

    assert "what works for one fails for the other: teller0: the handler raised KeyError: counter0\n  input: Receive(" in found


@frozen
class Heard:
    sources: tuple[Address, ...] = ()


@frozen
class Gather(Process[Heard, Note]):
    """Keeps from whom it heard, and dislikes one of the six orders."""

    dislikes: tuple[Address, ...]

    def start(self) -> Step[Heard]:
        return step(Heard())

    def receive(self, state: Heard, source: Address, message: Note) -> Step[Heard]:  # noqa: ARG002
        sources = (*state.sources, source)
        return step(Heard(() if sources == self.dislikes else sources))

    def view(self, state: Heard) -> Heard:
        return state


@frozen
class Once(Toy):
    def start(self) -> Step[Kept]:
        return step(Kept(), Send(TELLER, Note(1)))


@pytest.mark.parametrize("dislikes", list(permutations((C0, C1, C2))))
def test_one_that_only_a_permutation_of_three_shows_is_reported(dislikes: tuple[Address, ...]) -> None:
    names = (C0, C1, C2)
    system = System({TELLER: Gather(dislikes), **{name: Once() for name in names}}, NoHistory(), (), symmetric=(((C0,), (C1,), (C2,)),))

    assert "teller0 receives Note(1) from" in asymmetry(system)


# ---- what a process shows and allows


@frozen
class Arming(Toy):
    """Arms what it was given. Its start survives a crash, or what it was given."""

    goes: tuple[Goes, ...] = ()
    survivor: Kept = Kept()

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else self.goes

    def fire(self, state: Kept, trigger: object) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1))

    def survives(self, state: Kept) -> tuple[Kept, ...]:  # noqa: ARG002
        return (self.survivor,)


@frozen
class Showing(Toy):
    shown: int

    def view(self, state: Kept) -> Kept:  # noqa: ARG002
        return Kept((self.shown,))


@pytest.mark.parametrize(
    ("processes", "found"),
    [
        ({C0: Arming((Goes(1),)), C1: Arming()}, "counter0 in state Kept(()): arms other triggers than counter1"),
        ({C0: Showing(1), C1: Showing(2)}, "counter0 in state Kept(()): shows another view than counter1"),
        ({C0: Arming(), C1: Arming(survivor=Kept((1,)))}, "counter0 in state Kept(()): a crash leaves other states than of counter1"),
    ],
    ids=["armed", "view", "survives"],
)
def test_a_process_that_arms_shows_or_keeps_something_else_is_reported(processes: dict[Address, Toy], found: str) -> None:
    faults = Faults(crashes=1, who=(C0, C1))

    assert found in asymmetry(System(processes, NoHistory(), (), faults=faults, symmetric=(((C0,), (C1,)),)))


def test_a_forgery_that_only_one_can_receive_is_reported() -> None:
    liar = Byzantine[NoHistory](Address("liar"), lambda _: (Send(C0, Note(1)),))
    system = System({C0: Toy(), C1: Toy()}, NoHistory(), (), byzantine=(liar,), symmetric=(((C0,), (C1,)),))

    assert "what may be forged: tells them apart, after NoHistory()" in asymmetry(system)


# ---- the order of sends


@frozen
class Broadcaster(Toy):
    """Tells the counters two things, the second counter in the other order."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else (Goes(),)

    def fire(self, state: Kept, trigger: object) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1), *(Send(to, Note(number)) for to, number in ((C0, 1), (C0, 2), (C1, 2), (C1, 1))))


def told(**environment: Any) -> System[Any]:
    """A teller and two listeners."""
    parts: dict[str, Any] = {"history": NoHistory(), "promises": (), **environment}
    return System({TELLER: Broadcaster(), C0: Listener(), C1: Listener()}, symmetric=(((C0,), (C1,)),), **parts)


def test_the_order_of_sends_may_depend_on_names_where_nothing_can_tell() -> None:
    assert explore(told(), reductions=SYMMETRY).states < explore(told()).states


@pytest.mark.parametrize(
    ("environment", "by"),
    [
        ({"network": Network(fifo=True)}, "a network in order"),
        ({"network": Network(losses=None, capacity=1)}, "a network with capacity"),
        ({"faults": Faults(crashes=1, who=(TELLER,), mid_step=True)}, "a crash in the middle of the step"),
    ],
)
def test_the_order_of_sends_is_told_apart_by_what_depends_on_it(environment: dict[str, Any], by: str) -> None:
    assert f"teller0: Goes(0), in state Kept(()): sends in another order, which {by} tells apart" in asymmetry(told(**environment))
