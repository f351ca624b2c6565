"""The parts of a system by number, and everything that is computed once per distinct value.

Local states, messages, histories, views and happenings are interned. A row says what one input does to one local state;
a fold says what a row's happenings do to one history. Explorers of every kind stand on these.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from attrs import define, field

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.handlers import BrokenProcess, Handlers, legal_requests, request_opens_call, view_class
from concordant.checks.semantics.liars import Liars
from concordant.checks.semantics.network import Flight
from concordant.checks.semantics.rows import BrokenHistory, Happening, Local, Row, happens_first, key_of_happenings, key_of_local
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.twice import Twice
from concordant.checks.semantics.watching import watched
from concordant.refimpl.machine import (
    Ask,
    Crash,
    Fire,
    Forge,
    Handled,
    Lose,
    Move,
    Receive,
    System,
    User,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Crashed,
    Deadline,
    Deliver,
    Reply,
    Send,
    Unheard,
    identity,
    same,
)

ROOM = 1 << 14
"""How many scrambled values of a kind are remembered."""
UNKNOWN: Final[Any] = object()
"""What was not computed yet, where None is an answer."""


@define(eq=False)
class Parts:
    """A system's tables. Processes, users and channels are numbered in the order of the system.

    `asked`: what clauses, bounds and assumptions were asked. `scrambled_view`, `scrambled_history`: a value by its number, with its
    sets in another order.
    """

    system: System[Any]
    addresses: tuple[Address, ...] = field(init=False)
    index: dict[Address, int] = field(init=False)
    handlers: tuple[Handlers, ...] = field(init=False)
    view_classes: tuple[type, ...] = field(init=False)
    users: tuple[User, ...] = field(init=False)
    askable: tuple[tuple[int, ...], ...] = field(init=False)
    locals: tuple[Interned[Local], ...] = field(init=False)
    flight: Flight = field(init=False)
    histories: Interned[Any] = field(factory=lambda: Interned(identity), init=False)
    views: Interned[object] = field(factory=lambda: Interned(identity), init=False)
    happened: Interned[tuple[Happening, ...]] = field(factory=lambda: Interned(key_of_happenings), init=False)
    handler_calls: int = field(default=0, init=False)
    asked: list[Twice[Any]] = field(factory=list, init=False)
    scrambled_view: Callable[[int], Any] = field(init=False)
    scrambled_history: Callable[[int], Any] = field(init=False)
    _scrambled_happened: Callable[[int], tuple[tuple[Address, Address, object], ...]] = field(init=False)
    _user_index: dict[Address, int] = field(init=False)
    _starts: dict[int, Row] = field(factory=dict, init=False)
    _rows: dict[tuple[int, int, Handled], Row | None] = field(factory=dict, init=False)
    _receives: dict[int, tuple[int, Receive]] = field(factory=dict, init=False)
    _loses: dict[int, Lose] = field(factory=dict, init=False)
    _asks: dict[tuple[int, int, int], tuple[Ask, ...]] = field(factory=dict, init=False)
    _cuts: dict[tuple[int, int, int], tuple[tuple[int, ...], int]] = field(factory=dict, init=False)
    _armed: dict[tuple[int, int], tuple[Fire, ...]] = field(factory=dict, init=False)
    _fires: dict[Fire, Fire] = field(factory=dict, init=False)
    _survivors: dict[tuple[int, int], tuple[int, ...]] = field(factory=dict, init=False)
    _folds: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _view_of: tuple[dict[int, int], ...] = field(init=False)
    _seeing: dict[type, tuple[int, ...]] = field(factory=dict, init=False)
    _forgeries: dict[int, tuple[Forge, ...]] = field(factory=dict, init=False)
    _liars: Liars = field(init=False)

    def __attrs_post_init__(self) -> None:
        system = self.system
        self.addresses = tuple(system.processes)
        self.index = {address: number for number, address in enumerate(self.addresses)}
        everybody = frozenset((*self.addresses, *(liar.address for liar in system.byzantine)))
        self.users = system.users
        self._user_index = {user.name: number for number, user in enumerate(system.users)}
        self.askable = tuple(tuple(self.index[at] for at in user.at) for user in system.users)
        self.handlers = tuple(
            Handlers(address, process, everybody, frozenset(user.name for user in system.users if address in user.at))
            for address, process in system.processes.items()
        )
        self.view_classes = tuple(view_class(process) for process in system.processes.values())
        self._liars = Liars(system.byzantine, frozenset(self.index))
        self.locals = tuple(Interned(key_of_local) for _ in self.addresses)
        self._view_of = tuple({} for _ in self.addresses)
        self.flight = Flight(system.network)
        self.scrambled_view = lru_cache(ROOM)(lambda number: scrambled(self.views[number]))
        self.scrambled_history = lru_cache(ROOM)(lambda number: scrambled(self.histories[number]))
        self._scrambled_happened = lru_cache(ROOM)(lambda number: scrambled(tuple(map(tuple, self.happened[number]))))
        for user in system.users:
            for place in user.script:
                legal_requests(place)

    # ---- steps

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
            taken = self.handlers[process].handle(self.locals[process][local].state, move)
            before = happens_first(self.addresses[process], move)
            known = self._rows[key] = None if taken is None else self._settle(process, taken.state, taken.effects, before)
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

    def row_again(self, process: int, local: int, move: Handled) -> Row | None:
        """Return what a move does now, asked anew."""
        taken = self.handlers[process].handle_again(self.locals[process][local].state, move)
        return None if taken is None else self._settle(process, taken.state, taken.effects, happens_first(self.addresses[process], move))

    def rows(self) -> tuple[tuple[tuple[int, int, Handled], Row | None], ...]:
        """List the rows computed so far: process and local state by number, move, and what it does."""
        return tuple(self._rows.items())

    def folds(self) -> tuple[tuple[tuple[int, int], int], ...]:
        """List the folds computed so far: history and happenings, and the history after."""
        return tuple(self._folds.items())

    def views_of(self, process: int) -> tuple[tuple[int, int], ...]:
        """List the local states of a process whose view was asked for, with that."""
        return tuple(self._view_of[process].items())

    def armings(self) -> tuple[tuple[tuple[int, int], tuple[Fire, ...]], ...]:
        """List the processes and local states of which it was asked what they arm, with that."""
        return tuple((key, fires) for key, fires in self._armed.items() if self.locals[key[0]][key[1]].up)

    def taken(self) -> tuple[tuple[int, Handled], ...]:
        """List the inputs that had an effect so far: process by number, and move."""
        return tuple((process, move) for (process, _, move), row in self._rows.items() if row is not None)

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

    def crashed(self, process: int) -> int:
        """Return what happens in a crash between steps, by number."""
        at = self.addresses[process]
        return self.happened.id((Happening(at, at, Crashed()),))

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

    # ---- what may come

    def receive(self, message: int) -> tuple[int, Receive]:
        """Return the receiver of a message, by number, and the move that delivers it."""
        if message not in self._receives:
            channel, content = self.flight.messages[message]
            source, to = divmod(channel, len(self.addresses))
            self._receives[message] = (to, Receive(self.addresses[to], self.addresses[source], content))
        return self._receives[message]

    def lose(self, message: int) -> Lose:
        """Return the move that loses a message."""
        if message not in self._loses:
            _, receive = self.receive(message)
            self._loses[message] = Lose(receive.source, receive.at, receive.message)
        return self._loses[message]

    def asks(self, user: int, place: int, process: int) -> tuple[Ask, ...]:
        """Return what a user may ask a process at a place of its script, as moves."""
        key = (user, place, process)
        if key not in self._asks:
            who = self.users[user]
            self._asks[key] = tuple(Ask(self.addresses[process], who.name, request) for request in who.script[place])
        return self._asks[key]

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

    def forgeries(self, history: int) -> tuple[Forge, ...]:
        """Return what Byzantine participants may have received, given what happened."""
        if history not in self._forgeries:
            self._forgeries[history] = self._liars.forgeries(self.histories[history])
        return self._forgeries[history]

    def opens_call(self, request: object) -> bool:
        """Tell whether the user of a request waits for an answer."""
        return request_opens_call(request)

    # ---- what is seen

    def fold(self, history: int, happenings: int) -> int:
        """Return the history after these happenings, both by number."""
        known = self._folds.get((history, happenings))
        if known is None:
            past, happened = self.histories[history], self.happened[happenings]
            value = self._through(past, happened)
            known = history if value is past else self.histories.under(self._key(past, happened, value), value)
            self._folds[history, happenings] = known
            self.fold_again(history, happenings)
        return known

    def fold_again(self, history: int, happenings: int) -> None:
        """Ask a history once more what becomes of it, with its sets scrambled; another answer is a BrokenHistory."""
        past, after = self.scrambled_history(history), self._folds[history, happenings]
        value = self._through(past, self._scrambled_happened(happenings))
        if after != history if value is past else not same(value, self.histories[after]):
            raise BrokenHistory(
                f"{type(past).__name__}.after answers otherwise when it is asked again: {text(self.histories[after])}, then {text(value)}; "
                f"it keeps nothing outside of itself, and sorts a set before it goes through it\n  history: {text(self.histories[history])}"
            )

    def _through(self, history: Any, happenings: Iterable[tuple[Address, Address, object]]) -> Any:
        for at, by, what in happenings:
            history = self._after(history, at, by, what)
        return history

    def after(self, history: Any, at: Address, by: Address, what: object) -> Any:
        """Return the history after one happening, checked to be a value."""
        value = self._after(history, at, by, what)
        if value is not history:
            try:
                identity(value)
            except TypeError as error:
                raise BrokenHistory.of(history, at, by, what, f"raised TypeError: {error}") from error
        return value

    def _key(self, past: Any, happenings: tuple[Happening, ...], value: Any) -> Hashable:
        """Return the key of the history after these happenings; where it is no value, say after which."""
        try:
            return identity(value)
        except TypeError:
            for happening in happenings:
                past = self.after(past, *happening)
            raise

    def heard(self, past: Any, happenings: Iterable[Happening], kinds: tuple[type, ...]) -> Iterator[tuple[Any, Address, object]]:
        """Yield what clauses about events of these classes see of each: the history just before, who announced it, and the event."""
        since: list[Happening] = []
        for happening in happenings:
            if isinstance(happening.what, kinds):
                for at, by, what in since:
                    past = self.after(past, at, by, what)
                since.clear()
                yield past, happening.by, happening.what
            since.append(happening)

    def _after(self, history: Any, at: Address, by: Address, what: object) -> Any:
        try:
            value = watched(lambda: history.after(at, by, what))
        except Exception as error:
            raise BrokenHistory.of(history, at, by, what, f"raised {type(error).__name__}: {error}") from error
        if value is None:
            raise BrokenHistory.of(history, at, by, what, "returned None; return the history after it, or self")
        return value

    def view(self, process: int, local: int) -> int:
        """Return the number of the view of a local state."""
        known = self._view_of[process].get(local)
        if known is None:
            known = self._view_of[process][local] = self.views.id(self.handlers[process].view(self.locals[process][local].state))
        return known

    def seeing(self, view: type) -> tuple[int, ...]:
        """Return the processes whose view is of a class, by number."""
        if view not in self._seeing:
            self._seeing[view] = tuple(number for number, declared in enumerate(self.view_classes) if issubclass(declared, view))
        return self._seeing[view]
