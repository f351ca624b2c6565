"""Attacks on symmetry by values that are equal and not the same: who sends another one is no image of who sends this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import field, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Cases, Internal, Network, NoHistory, Seen, Send, always, case
from tests.checks.toys import C

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])
ONE, OTHER = Address("sender", 0), Address("sender", 1)
ANN, BOB = Address("user", 0), Address("user", 1)


@frozen
class Sealed:
    """Two are equal whatever the seal is; and yet it is sent, and read."""

    answered = False
    seal: object = field(eq=False)


@frozen
class Sends(Internal):
    pass


@frozen
class Shown:
    seals: tuple[object, ...]


@frozen
class Sender(Process[bool, Any, Sealed, Sends]):
    """Sends what it holds once."""

    seal: Callable[[], object]

    def start(self) -> Step[bool]:
        return step(False)

    def view(self, state: bool) -> Shown:  # noqa: ARG002
        return Shown(())

    def armed(self, state: bool) -> tuple[Sends, ...]:
        return () if state else (Sends(),)

    def fire(self, state: bool, trigger: Sends) -> Step[bool]:  # noqa: ARG002
        return step(True, Send(C, Sealed(self.seal())), Announce(Sealed(self.seal())))


class Keeper(Process[tuple[object, ...], Sealed, Sealed]):
    """Keeps the seals of what it receives, or is asked, in the order in which they come."""

    def start(self) -> Step[tuple[object, ...]]:
        return step(())

    def view(self, state: tuple[object, ...]) -> Shown:
        return Shown(state)

    def keep(self, state: tuple[object, ...], seal: object) -> Step[tuple[object, ...]]:
        return step((*state, seal))

    def receive(self, state: tuple[object, ...], source: Address, message: Sealed) -> Step[tuple[object, ...]]:  # noqa: ARG002
        return self.keep(state, message.seal)

    def request(self, state: tuple[object, ...], client: Address, request: Sealed) -> Step[tuple[object, ...]]:  # noqa: ARG002
        return self.keep(state, request.seal)


def _kept(seen: Seen[NoHistory]) -> list[str]:
    return [repr(seal) for seal in seen.views(Shown)[C].seals]


@always()
def never_rising(seen: Seen[NoHistory]) -> Cases:
    """What is kept does not rise; up to a symmetry that is none, one of two orders is never seen."""
    kept = _kept(seen)
    yield case(kept == sorted(kept, reverse=True))


@always()
def never_falling(seen: Seen[NoHistory]) -> Cases:
    """What is kept does not fall."""
    kept = _kept(seen)
    yield case(kept == sorted(kept))


BOTH = never_rising, never_falling
SEALS = pytest.mark.parametrize("seals", [("red", "blue"), (1, True)], ids=["of another colour", "of another type"])


@ENGINES
@SEALS
def test_who_sends_something_else_that_is_equal_is_no_image(engine: Callable[..., Report], seals: tuple[object, object]) -> None:
    senders: dict[Address, Any] = {ONE: Sender(lambda: seals[0]), OTHER: Sender(lambda: seals[1])}
    system = System({**senders, C: Keeper()}, NoHistory(), BOTH, symmetric=(((ONE,), (OTHER,)),))

    assert {verdict.status for verdict in engine(system).verdicts} == {Status.VIOLATED}
    with pytest.raises(UntrueSymmetry, match="effects"):
        engine(system, reductions=Reductions(symmetry=True))


@frozen
class InOrder(Sender):
    """Sends two seals, one after the other."""

    first: object
    second: object

    def fire(self, state: bool, trigger: Sends) -> Step[bool]:  # noqa: ARG002
        return step(True, Send(C, Sealed(self.first)), Send(C, Sealed(self.second)))


@ENGINES
@SEALS
def test_who_sends_what_is_equal_in_another_order_is_no_image_where_the_network_keeps_it(
    engine: Callable[..., Report], seals: tuple[object, object]
) -> None:
    senders: dict[Address, Any] = {ONE: InOrder(str, *seals), OTHER: InOrder(str, *reversed(seals))}
    system = System({**senders, C: Keeper()}, NoHistory(), (), Network(fifo=True), symmetric=(((ONE,), (OTHER,)),))

    with pytest.raises(UntrueSymmetry, match="sends in another order, which a network in order tells apart"):
        engine(system, reductions=Reductions(symmetry=True))


@ENGINES
@SEALS
def test_who_asks_something_else_that_is_equal_is_no_image(engine: Callable[..., Report], seals: tuple[object, object]) -> None:
    users = tuple(User(name, (C,), ((Sealed(seal),),)) for name, seal in zip((ANN, BOB), seals, strict=True))
    system = System({C: Keeper()}, NoHistory(), BOTH, users=users, symmetric=(((ANN,), (BOB,)),))

    assert {verdict.status for verdict in engine(system).verdicts} == {Status.VIOLATED}
    with pytest.raises(UntrueSymmetry, match="different scripts"):
        engine(system, reductions=Reductions(symmetry=True))
