"""What the environment may do: the network, users, crashes and Byzantine participants, as both engines make moves of it.

Whether a process is up and a budget is left, each engine asks itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from attrs import define, field

from concordant.checks.semantics.handlers import legal_requests, request_opens_call
from concordant.checks.semantics.liars import Liars
from concordant.checks.semantics.network import Flight
from concordant.checks.semantics.observations import Observations
from concordant.checks.semantics.rows import Row
from concordant.checks.semantics.steps import Steps
from concordant.refimpl.machine import Ask, Crash, Forge, Handled, Lose, Receive, System
from concordant.spec.vocabulary import Send

UserState: TypeAlias = tuple[int, tuple[int, ...]]
"""The next place of a user's script, and the processes where its calls are open, by number."""


class Fall(NamedTuple):
    """A crash: the move, the local state that survives, the messages that went out before it, and what happened."""

    move: Crash
    survivor: int
    messages: tuple[int, ...] = ()
    happened: int = 0


@define(eq=False, repr=False)
class Environment:
    """What may come to the processes of a system from outside, by number. `askable`: the processes that each user may ask."""

    system: System[Any]
    steps: Steps
    observations: Observations
    flight: Flight = field(init=False)
    askable: tuple[tuple[int, ...], ...] = field(init=False)
    _receives: dict[int, tuple[int, Receive]] = field(factory=dict, init=False)
    _loses: dict[int, Lose] = field(factory=dict, init=False)
    _asks: dict[tuple[int, int, int], tuple[Ask, ...]] = field(factory=dict, init=False)
    _forgeries: dict[int, tuple[Forge, ...]] = field(factory=dict, init=False)
    _liars: Liars = field(init=False)

    def __attrs_post_init__(self) -> None:
        system, index = self.system, self.steps.index
        self.flight = self.steps.flight
        self.askable = tuple(tuple(index[at] for at in user.at) for user in system.users)
        self._liars = Liars(system.byzantine, frozenset(index))
        for user in system.users:
            for place in user.script:
                legal_requests(place)

    def receive(self, message: int) -> tuple[int, Receive]:
        """Return the receiver of a message, by number, and the move that delivers it."""
        if message not in self._receives:
            channel, content = self.flight.messages[message]
            source, to = divmod(channel, len(self.steps.addresses))
            self._receives[message] = (to, Receive(self.steps.addresses[to], self.steps.addresses[source], content))
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
            who = self.system.users[user]
            self._asks[key] = tuple(Ask(self.steps.addresses[process], who.name, request) for request in who.script[place])
        return self._asks[key]

    def falls(self, process: int, local: int) -> Iterator[Fall]:
        """Yield the crashes of a process between two steps."""
        for survivor in self.steps.survivors(process, local):
            yield Fall(self._crash(process, survivor), survivor, (), self.steps.crashed(process))

    def cuts(self, process: int, row: Row, during: Handled) -> Iterator[Fall]:
        """Yield the crashes that cut a step after none, some or all of its sends; nothing where a crash does not."""
        faults = self.system.faults
        if not faults.mid_step or self.steps.addresses[process] not in faults.who:
            return
        sends = sum(isinstance(happening.what, Send) for happening in row.happenings)
        for survivor in self.steps.survivors(process, row.local):
            for went in range(sends + 1):
                yield Fall(self._crash(process, survivor, during, went), survivor, *self.steps.cut(process, row, went))

    def _crash(self, process: int, survivor: int, during: Handled | None = None, sends: int = 0) -> Crash:
        return Crash(self.steps.addresses[process], self.steps.locals[process][survivor].state, during, sends)

    def requests(self, user: int, state: UserState) -> Iterator[tuple[int, Ask, UserState]]:
        """Yield what a user may ask next: at which process, the move, and where the user stands then."""
        who, (place, calls) = self.system.users[user], state
        if len(calls) >= who.outstanding or not who.script or (place == len(who.script) and not who.repeat):
            return
        turn = place % len(who.script)
        following = 1 + (turn if who.repeat else place)
        for process in self.askable[user]:
            for ask in self.asks(user, turn, process) if process not in calls else ():
                yield process, ask, (following, tuple(sorted((*calls, process))) if request_opens_call(ask.request) else calls)

    def forgeries(self, history: int) -> tuple[Forge, ...]:
        """Return what Byzantine participants may have received, given what happened."""
        if history not in self._forgeries:
            self._forgeries[history] = self._liars.forgeries(self.observations.told(history))
        return self._forgeries[history]


def hung_up(state: UserState, process: int) -> UserState:
    """Return where a user stands once its call at a process has ended; the same where it has none."""
    place, calls = state
    return place, tuple(call for call in calls if call != process)
