"""Toy processes of a few lines, for the tests of meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, step
from concordant.spec.vocabulary import Address, Announce, Completion, Deadline, Internal, Reply, Send

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
class Ends(Completion):
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


class Counter(Toy):
    """Counts to three and announces each number. A crash takes the last one."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return (Goes(len(state.notes) + 1),) if len(state.notes) < 3 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(trigger.number), Announce(Noticed(trigger.number)))

    def survives(self, state: Kept) -> Iterable[Kept]:
        return (Kept(state.notes[:-1]),)


@frozen
class Other:
    """Another view."""


class Stranger(Process[Kept]):
    """Shows itself in another view than the toys."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def view(self, state: Kept) -> Other:  # noqa: ARG002
        return Other()


@frozen
class Log:
    """A history of everything, in order. It never saturates: for systems that end."""

    lines: tuple[tuple[Address, Address, object], ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Log:
        return Log((*self.lines, (at, by, happening)))
