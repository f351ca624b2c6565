"""What one input does to one local state: the steps of processes, each computed once and known by number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import define, field

from concordant.checks.semantics.handlers import BrokenProcess, Handlers
from concordant.checks.semantics.network import Flight
from concordant.checks.semantics.rows import Happening, Local, Row, key_of_happenings, key_of_local
from concordant.checks.semantics.tables import Interned
from concordant.refimpl.machine import (
    Ask,
    Cancel,
    Crash,
    Fire,
    Forge,
    Handled,
    Lose,
    Move,
    Receive,
    Recover,
    SetBack,
    Step,
    Suspect,
    System,
    Tick,
    Trust,
    defines,
    step,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Deliver,
    Recovered,
    Reply,
    Send,
    Suspected,
    Ticked,
    Ticks,
    Trusted,
    Unheard,
)

UNKNOWN: Final[Any] = object()
"""What was not computed yet, where None is an answer."""


@define(eq=False, repr=False)
class Steps:
    """The steps of a system's processes, which are numbered in the order of the system.

    Local states and happenings are interned here, and messages in `flight`. A row says what one input does to one local state.
    """

    system: System[Any]
    flight: Flight
    addresses: tuple[Address, ...] = field(init=False)
    index: dict[Address, int] = field(init=False)
    handlers: tuple[Handlers, ...] = field(init=False)
    locals: tuple[Interned[Local], ...] = field(init=False)
    happened: Interned[tuple[Happening, ...]] = field(factory=lambda: Interned(key_of_happenings), init=False)
    handler_calls: int = field(default=0, init=False)
    _user_index: dict[Address, int] = field(init=False)
    _starts: dict[int, Row] = field(factory=dict, init=False)
    _rows: dict[tuple[int, int, Handled], Row | None] = field(factory=dict, init=False)
    _cuts: dict[tuple[int, int, int], tuple[tuple[int, ...], int]] = field(factory=dict, init=False)
    _armed: dict[tuple[int, int], tuple[Fire, ...]] = field(factory=dict, init=False)
    _fires: dict[Fire, Fire] = field(factory=dict, init=False)
    _survivors: dict[tuple[int, int], tuple[int, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        system = self.system
        self.addresses = tuple(system.processes)
        self.index = {address: number for number, address in enumerate(self.addresses)}
        everybody = frozenset((*self.addresses, *(liar.address for liar in system.byzantine)))
        self._user_index = {user.name: number for number, user in enumerate(system.users)}
        self.handlers = tuple(
            Handlers(address, process, everybody, frozenset(user.name for user in system.users if address in user.at))
            for address, process in system.processes.items()
        )
        self.locals = tuple(Interned(key_of_local) for _ in self.addresses)

    def start(self, process: int) -> Row:
        """Return the row of the first step."""
        if process in self._starts:
            return self._starts[process]
        self.handler_calls += 1
        address = self.addresses[process]
        begun = self.handlers[process].start()
        for effect in begun.effects:
            if isinstance(effect, Reply):
                raise BrokenProcess.of(address, f"answers {effect.to}, who has asked nothing yet", None, "start()")
        self._starts[process] = self._settle(process, begun.state, begun.effects, ())
        return self._starts[process]

    def row(self, process: int, local: int, move: Handled) -> Row | None:
        """Return what a move does at a process in a local state; None where it takes no notice."""
        key = (process, local, move)
        known = self._rows.get(key, UNKNOWN)
        if known is UNKNOWN:
            self.handler_calls += 1
            known = self._rows[key] = self._row(process, local, move, self.handlers[process].handle)
        row: Row | None = known
        return row

    def local_after(self, process: int, local: int, move: Move) -> int:
        """Return the local state of a process after a move that was made at it."""
        match move:
            case Crash():
                return self.locals[process].id(Local(move.survivor, up=False))
            case Lose():
                return local
            case _:
                row = self.row(process, local, move)
                return local if row is None else row.local

    def _hears(self, process: int, local: int, move: Handled) -> bool:
        """Tell whether a process hears of a move: its clock goes on also while it is down."""
        return not isinstance(move, Tick | SetBack) or self.locals[process][local].up

    def row_again(self, process: int, local: int, move: Handled) -> Row | None:
        """Return what a move does now, asked anew."""
        return self._row(process, local, move, self.handlers[process].handle_again)

    def _row(self, process: int, local: int, move: Handled, handle: Callable[[Any, Handled], Step[Any] | None]) -> Row | None:
        """Ask for a row. A user who cancels has done so, whether or not a process that listens takes notice: else no clause could tell that it does not."""
        state = self.locals[process][local].state
        taken = handle(state, move) if self._hears(process, local, move) else None
        if taken is None and isinstance(move, Cancel) and defines(self.system.processes[self.addresses[process]], "cancel"):
            taken = step(state)
        return None if taken is None else self._settle(process, taken.state, taken.effects, happens_first(self.addresses[process], move))

    def armed(self, process: int, local: int) -> tuple[Fire, ...]:
        """Return what a process has armed, as moves; nothing while it is down."""
        key = (process, local)
        if key not in self._armed:
            state, up = self.locals[process][local]
            at = self.addresses[process]
            fires = (Fire(at, trigger) for trigger in self.handlers[process].armed(state)) if up else ()
            self._armed[key] = tuple(self._fires.setdefault(fire, fire) for fire in fires)
        return self._armed[key]

    def has_work(self, process: int, local: int) -> bool:
        """Tell whether a Completion or an Internal is armed, which delays a Deadline in a synchronous system."""
        return any(not isinstance(move.trigger, Deadline) for move in self.armed(process, local))

    def survivors(self, process: int, local: int) -> tuple[int, ...]:
        """Return the local states, down, that a crash in this one may leave."""
        key = (process, local)
        if key not in self._survivors:
            left = self.handlers[process].survivors(self.locals[process][local].state)
            self._survivors[key] = tuple(self.locals[process].id(Local(state, up=False)) for state in left)
        return self._survivors[key]

    def rows(self) -> tuple[tuple[tuple[int, int, Handled], Row | None], ...]:
        """List the rows computed so far: process and local state by number, move, and what it does."""
        return tuple(self._rows.items())

    def armings(self) -> tuple[tuple[tuple[int, int], tuple[Fire, ...]], ...]:
        """List the processes and local states of which it was asked what they arm, with that."""
        return tuple((key, fires) for key, fires in self._armed.items() if self.locals[key[0]][key[1]].up)

    def taken(self) -> tuple[tuple[int, Handled], ...]:
        """List the inputs that had an effect so far: process by number, and move."""
        return tuple((process, move) for (process, _, move), row in self._rows.items() if row is not None)

    def crashed(self, process: int) -> int:
        """Return what happens in a crash between steps, by number."""
        at = self.addresses[process]
        return self.happened.id((Happening(at, at, Crashed()),))

    def ticked(self, process: int, now: Ticks) -> int:
        """Return what happens where a clock shows something of which its process takes no notice, by number."""
        at = self.addresses[process]
        return self.happened.id((Happening(at, at, Ticked(now)),))

    def cut(self, process: int, row: Row, sends: int) -> tuple[tuple[int, ...], int]:
        """Return the messages that went out, and what happened, in a step that a crash cuts after some of its sends.

        The input and the announcements count with the new state; replies are dropped; sends to Byzantine
        participants count as sends.
        """
        key = (process, row.happened, sends)
        if key not in self._cuts:
            messages, happenings = self._cut(process, row, sends)
            self._cuts[key] = messages, self.happened.id(happenings)
        return self._cuts[key]

    def _cut(self, process: int, row: Row, sends: int) -> tuple[tuple[int, ...], tuple[Happening, ...]]:
        at = self.addresses[process]
        messages: list[int] = []
        kept: list[Happening] = []
        went = 0
        for happening in row.happenings:
            match happening.what:
                case Send(to, message):
                    went += 1
                    if went <= sends:
                        kept.append(happening)
                        if to in self.index:
                            messages.append(self.flight.message(process * len(self.addresses) + self.index[to], message))
                case Reply():
                    pass
                case _:
                    kept.append(happening)
        return tuple(messages), (*kept, Happening(at, at, Crashed()))

    def unheard(self, happenings: tuple[Happening, ...], nobody_waits: frozenset[Address]) -> tuple[Happening, ...]:
        """Return happenings with the replies to users without an open call marked as unheard."""
        return tuple(
            Happening(at, by, Unheard(what.to, what.answer))
            if isinstance(what, Reply) and what.to in nobody_waits
            else Happening(at, by, what)
            for at, by, what in happenings
        )

    def _settle(self, process: int, state: object, effects: tuple[object, ...], first: tuple[Happening, ...]) -> Row:
        at = self.addresses[process]
        messages: list[int] = []
        happenings = list(first)
        answered: list[int] = []
        for effect in effects:
            match effect:
                case Send(to, message):
                    if to in self.index:
                        messages.append(self.flight.message(process * len(self.addresses) + self.index[to], message))
                    happenings.append(Happening(at, at, effect))
                case Deliver():
                    happenings.append(Happening(at, at, effect))
                case Reply(to, _):
                    answered.append(self._user_index[to])
                    happenings.append(Happening(at, at, effect))
                case Announce(event):
                    happenings.append(Happening(at, at, event))
        happened = self.happened.id(tuple(happenings))
        return Row(self.locals[process].id(Local(state, up=True)), tuple(messages), tuple(happenings), happened, tuple(answered))


def happens_first(at: Address, move: Handled) -> tuple[Happening, ...]:
    """Return what the history sees of an input itself, before the effects."""
    match move:
        case Ask(_, user, request):
            return (Happening(at, user, request),)
        case Cancel(_, user):
            return (Happening(at, user, CancelAsked()),)
        case Recover(_, now):
            return (Happening(at, at, Recovered()), *(() if now is None else (Happening(at, at, Ticked(now)),)))
        case Suspect(_, peer):
            return (Happening(at, at, Suspected(peer)),)
        case Trust(_, peer):
            return (Happening(at, at, Trusted(peer)),)
        case Tick(_, now) | SetBack(_, now):
            return (Happening(at, at, Ticked(now)),)
        case Fire(_, Completion() as completion):
            return (Happening(at, at, completion),)
        case Receive() | Fire() | Forge():
            return ()
