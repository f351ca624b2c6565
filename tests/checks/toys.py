"""Toy processes of a few lines, and ways to walk through the systems that they form, for the tests of meaning."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.vocabulary import Address, Deadline, Internal, Outcome, Reply, Send

A, B, C = Address("a"), Address("b"), Address("c")
ANN, BOB = Address("ann"), Address("bob")


@frozen
class Note:
    """The message."""

    number: int


@frozen
class Do:
    """A request that is answered."""

    number: int


@frozen
class Tell:
    """A request that opens no call."""

    answered: ClassVar[bool] = False
    number: int


@frozen
class Done:
    """The answer."""

    number: int


@frozen
class Noticed:
    """The event."""

    number: int


@frozen
class Later(Deadline):
    number: int = 0


@frozen
class Ends(Outcome):
    number: int = 0


@frozen
class Goes(Internal):
    number: int = 0


@frozen
class Kept:
    """The state of every toy, and its view."""

    notes: tuple[int, ...] = ()

    def plus(self, number: int) -> Kept:
        return evolve(self, notes=(*self.notes, number))


class Toy(Process[Kept, Note, Do | Tell, Later | Ends | Goes]):
    """Does nothing at all: it ignores what it receives, takes no requests, arms nothing."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def view(self, state: Kept) -> Kept:
        return state


@frozen
class Teller(Toy):
    """Sends these notes at the start."""

    to: Address
    numbers: tuple[int, ...]

    def start(self) -> Step[Kept]:
        return step(Kept(), *(Send(self.to, Note(number)) for number in self.numbers))


class Listener(Toy):
    """Keeps the notes it receives, in the order in which they come."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002  # whoever it comes from
        return step(state.plus(message.number))


class Collector(Toy):
    """Keeps each note once, sorted, and ignores one that it has."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
        return None if message.number in state.notes else step(Kept(tuple(sorted((*state.notes, message.number)))))


@frozen
class Resender(Toy):
    """Sends each of these notes again whenever time passes, for ever."""

    to: Address
    numbers: tuple[int, ...] = (1,)

    def armed(self, state: Kept) -> tuple[Later, ...]:  # noqa: ARG002  # always
        return tuple(Later(number) for number in self.numbers)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state, Send(self.to, Note(trigger.number)))


class Clerk(Toy):
    """Keeps the number of each request, and answers at once the one that wants an answer."""

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:
        answer = (Reply(client, Done(request.number)),) if isinstance(request, Do) else ()
        return step(state.plus(request.number), *answer)


class Silent(Toy):
    """Takes every request and answers none."""

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
        return step(state.plus(request.number))


@frozen
class Late(Silent):
    """Answers the user it was given, in steps of its own, so many times."""

    client: Address
    times: int = 1

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return (Goes(),) if 0 < len(state.notes) <= self.times else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(0), Reply(self.client, Done(state.notes[0])))


@frozen
class Log:
    """A history of everything, in order. It never saturates: for systems that end."""

    lines: tuple[tuple[Address, Address, object], ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Log:
        return Log((*self.lines, (at, by, happening)))


# ---- walking through a system


def counts(system: System[Any], *, leave_ignored: bool = False) -> tuple[int, int, int]:
    """Return states, transitions and depth."""
    report = explore(system, (), reductions=Reductions(leave_ignored=leave_ignored))
    assert report.complete
    return report.states, report.transitions, report.depth


def moves(system: System[Any], *path: str) -> list[str]:
    """List the moves that are possible after a path, in their order; a path is given in words."""
    semantics, state = _walk(system, path)
    return [move_text(taken.move) for taken, _ in semantics.successors(state)]


def seen(system: System[Any], *path: str) -> Snapshot:
    """Return what clauses see after a path."""
    semantics, state = _walk(system, path)
    return Snapshot(semantics.parts, state)


def kept(system: System[Any], *path: str) -> dict[Address, tuple[int, ...]]:
    """Return what each toy keeps after a path."""
    return {address: view.notes for address, view in seen(system, *path).views(Kept).items()}


def log(system: System[Log], *path: str) -> list[tuple[Address, Address, object]]:
    """Return what the history has seen after a path."""
    return list(seen(system, *path).history.lines)


def _walk(system: System[Any], path: tuple[str, ...]) -> tuple[Semantics, State]:
    semantics = Semantics(system)
    (state,) = semantics.initial()
    for step_text in path:
        options = {move_text(taken.move): target for taken, target in semantics.successors(state)}
        assert step_text in options, f"{step_text} is not possible, but only {list(options)}"
        state = options[step_text]
    return semantics, state
