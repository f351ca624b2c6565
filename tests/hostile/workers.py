"""What hostile systems are made of: a process that counts and does something whenever it is asked, and clauses, none of which fails."""

from __future__ import annotations

import time  # on purpose
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.machine import Move, Process, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Fair,
    Fault,
    History,
    Internal,
    NoHistory,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
)

Does = Callable[[], object]
A, B, C = Address("a"), Address("b"), Address("c")


def nothing() -> None:
    """Return at once."""


def work() -> None:
    """Take about a twentieth of a second."""
    sum(range(2_000_000))


def loops() -> None:
    """Never return, and catch what is raised meanwhile."""
    for _ in count():
        try:
            pass
        except Exception:  # noqa: BLE001, S112  # which does not help it
            continue


def catches() -> None:
    """Never return, whatever is raised."""
    while True:
        try:
            for _ in count():
                pass
        except BaseException:  # noqa: BLE001, S112  # that is the point
            continue


def sleeps() -> None:
    """Wait, without computing anything."""
    time.sleep(100_000)


@frozen
class Note:
    """The message."""

    number: int


@frozen
class Do:
    """The request."""

    number: int


@frozen
class Done:
    """The answer."""


@frozen
class Told:
    """The event."""

    number: int


@frozen
class On(Internal):
    """The trigger."""

    number: int = 0


@frozen
class Counted:
    """State and view of every process here."""

    number: int = 0
    below: object = None


@frozen
class Worker(Process[Counted, Note, Do, On]):
    """Counts its moves, up to a bound, of several kinds at a time, and tells of each; it does something whenever it is asked."""

    most: int = 10
    kinds: int = 1
    notes: int = 0
    tells: bool = False
    starts: Does = nothing
    fires: Does = nothing
    views: Does = nothing

    def start(self) -> Step[Counted]:
        """Send all notes to the other."""
        self.starts()
        return step(Counted(), *(Send(B, Note(number)) for number in range(self.notes)))

    def armed(self, state: Counted) -> tuple[On, ...]:
        """Go on below the bound."""
        return tuple(map(On, range(self.kinds))) if state.number < self.most else ()

    def fire(self, state: Counted, trigger: On) -> Step[Counted]:
        """Count on."""
        self.fires()
        after = evolve(state, number=state.number + 1 + trigger.number)
        return step(after, Announce(Told(after.number))) if self.tells else step(after)

    def receive(self, state: Counted, source: Address, message: Note) -> Step[Counted] | None:  # noqa: ARG002
        """Take whatever comes."""
        return step(state)

    def request(self, state: Counted, client: Address, request: Do) -> Step[Counted] | None:  # noqa: ARG002
        """Answer whatever is asked."""
        return step(state, Reply(client, Done()))

    def survives(self, state: Counted) -> tuple[Counted, ...]:
        """Keep everything."""
        return (state,)

    def recover(self, state: Counted) -> Step[Counted]:
        """Go on."""
        return step(state)

    def view(self, state: Counted) -> Counted:
        """Show everything."""
        self.views()
        return state


@frozen
class Heard:
    """A history that counts what was announced."""

    number: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Heard:  # noqa: ARG002
        """Work, and count."""
        work()
        return Heard(self.number + 1)


@frozen
class Deaf(Heard):
    """A history that never returns."""

    def after(self, at: Address, by: Address, happening: object) -> Heard:  # noqa: ARG002
        """Loop."""
        loops()
        return self


# ---- clauses: none of them fails


@always(under=~Fault.NONE)
def counts_up(seen: Seen[History]) -> Cases:
    """Nobody counts down."""
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@always(under=~Fault.NONE)
def slowly_counts_up(seen: Seen[History]) -> Cases:
    """Nobody counts down, which takes a while to see."""
    work()
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@every_step(Counted, under=~Fault.NONE)
def slowly_steps_up(before: Counted, after: Counted) -> Cases:
    """No step counts down, which takes a while to see."""
    work()
    yield case(after.number >= before.number)


@on_event(Told, under=~Fault.NONE)
def slowly_tells(history: History, by: Address, told: Told) -> Cases:  # noqa: ARG001
    """What is told is positive, which takes a while to see."""
    work()
    yield case(told.number > 0)


@at_rest(under=~Fault.NONE)
def slowly_rests(seen: Seen[History]) -> Cases:
    """Whoever rests has counted, which takes a while to see."""
    work()
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@eventually(Fair.TRIGGERS, under=~Fault.NONE)
def all_count(seen: Seen[History]) -> Cases:
    """Everybody counts in the end."""
    yield case(all(view.number > 0 for view in seen.views(Counted).values()))


@eventually(Fair.TRIGGERS, under=~Fault.NONE)
def all_slowly_count(seen: Seen[History]) -> Cases:
    """Everybody counts in the end, which takes a while to see."""
    work()
    yield case(all(view.number > 0 for view in seen.views(Counted).values()))


@always(under=~Fault.NONE)
def never_says(seen: Seen[History]) -> Cases:  # noqa: ARG001
    """It says nothing, and does not return."""
    loops()
    yield case(True)


@always(under=~Fault.NONE)
def sleeps_on_it(seen: Seen[History]) -> Cases:  # noqa: ARG001
    """It says nothing, and does not return, and computes nothing either."""
    sleeps()
    yield case(True)


@always(under=~Fault.NONE)
def some_count_up(seen: Seen[History]) -> Cases:
    """Nobody counts down, said once for each state of all."""
    yield case(sum(view.number for view in seen.views(Counted).values()) >= 0)


def slowly_assumed(move: Move, seen: Seen[History]) -> bool:
    """Allow everything, slowly."""
    work()
    return move is not None and seen is not None


def slowly_bounded(seen: Seen[History]) -> bool:
    """Allow everything, slowly."""
    work()
    return bool(seen.views(Counted))


def never_assumed(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001
    """Loop."""
    loops()
    return True


def never_bounded(seen: Seen[History]) -> bool:  # noqa: ARG001
    """Loop."""
    loops()
    return True


def slowly_forged(history: History) -> Iterable[Send]:
    """Forge, slowly."""
    work()
    return (Send(A, Note(1)), Send(B, Note(history.number % 7 if isinstance(history, Heard) else 0)))


def workers(many: int, worker: Worker, history: Any = NoHistory(), promises: Any = (counts_up,), **more: Any) -> System[Any]:
    """Put equal processes together."""
    return System(dict.fromkeys(addresses("w", many), worker), history, promises, **more)
