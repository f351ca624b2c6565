"""The meaning of a system: its initial state, and every move that can be made in a state with what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from attrs import define, field

from concordant.checks.misuse import Misuse
from concordant.checks.semantics.delays import Delays, require_exact
from concordant.checks.semantics.environment import Fall, hung_up
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.images import Everywhere, Images
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.renaming import Renamer
from concordant.checks.semantics.rows import BrokenSystem, Row, holds
from concordant.checks.semantics.seen import Memo
from concordant.checks.semantics.states import Spent, State, Taken, in_flight, up
from concordant.checks.semantics.symmetry import Symmetry, exchange
from concordant.checks.semantics.symmetry_check import require_same_start
from concordant.checks.semantics.time import Time
from concordant.checks.semantics.twice import Twice
from concordant.refimpl.machine import (
    Cancel,
    Crash,
    Forge,
    Handled,
    Lose,
    Move,
    Receive,
    Recover,
    SetBack,
    Suspect,
    System,
    Tick,
    Trust,
    defines,
)
from concordant.spec.vocabulary import Deadline, Seen, Ticks

A = TypeVar("A")
OWED_TO_NOBODY = (Crash, Lose, Cancel, Forge, SetBack)
"""Moves of an environment that does its worst. A state in which only these remain possible is at rest."""
DEPENDING = (Suspect, Trust, Tick)
"""Moves that are faults in some states only: where the detector errs, or a clock leaves another behind."""


@define(eq=False, repr=False)
class Semantics:
    """A system as a transition system: `initial` states and labelled `successors`.

    Moves come in a fixed order: the network by channel and content, users by number, processes by number, Byzantine
    participants last. With `leave_ignored`, a message that its receiver ignores stays in flight instead of being
    consumed: a reduction, whose counts are of the reduced run. With `symmetric`, what is asked of a state is asked of all its
    images under the symmetry that the system declares. `asks_later`: as of observations.
    """

    system: System[Any]
    leave_ignored: bool = False
    symmetric: bool = False
    asks_later: bool = False
    parts: Parts = field(init=False)
    symmetry: Symmetry | None = field(default=None, init=False)
    images: Images = field(init=False)
    assumptions: tuple[Everywhere[bool], ...] = field(init=False)
    delays: Delays | None = field(default=None, init=False)
    time: Time | None = field(init=False)
    _nothing: int = field(init=False)
    _may_crash: frozenset[int] = field(init=False)
    _may_trust: frozenset[int] = field(init=False)
    _falls: dict[tuple[int, int], tuple[Fall, ...]] = field(factory=dict, init=False)
    _cuts: dict[tuple[int, int, Handled], tuple[Fall, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        if self.system.refines is not None:
            from concordant.checks.semantics.refinement import following  # noqa: PLC0415  # the other system has a meaning too

            self.system = following(self.system)
        self.parts = Parts(self.system, self.asks_later)
        self.time = Time.of(self.system)
        self._nothing = self.parts.steps.happened.id(())
        who = self.system.faults.who
        self._may_crash = frozenset(process for process, address in enumerate(self.parts.addresses) if address in who)
        self._may_trust = frozenset(process for process, each in enumerate(self.system.processes.values()) if defines(each, "trust"))
        delay = self.system.network.delay
        if delay is not None:
            require_exact(reduced=self.leave_ignored or self.symmetric)
            self.delays = Delays(self.parts, delay)
        self.images = self._images()
        self.assumptions = tuple(map(self._assumption, self.system.assume))
        network = self.system.network
        if self.leave_ignored and (network.fifo or network.capacity is not None or self.system.faults.synchronous):
            raise Misuse(
                "leave_ignored is sound only on an unordered network without capacity whose deadlines do not wait for quiet; leave it off"
            )

    def _images(self) -> Images:
        if not self.symmetric:
            return Images(Renamer(self.parts))
        if not self.system.symmetric:
            raise Misuse("symmetry of a system that declares none; give System(symmetric=…), or leave the reduction off")
        symmetry = Symmetry(self.parts)
        exchanges = {exchange(*pair): pair for pair in symmetry.neighbours()}
        if exchanges:  # groups of one block are no symmetry: a state stands for itself
            self.symmetry = symmetry
            require_same_start(symmetry, *self.initial())
        return Images(symmetry.renamer, exchanges)

    def everywhere(self, function: Callable[..., A]) -> Everywhere[A]:
        """Return a function of what is seen, to be asked of all images of states."""
        return Everywhere(Memo(self.parts, function), self.images)

    def condition(self, condition: Callable[..., object], kind: str) -> Twice[bool]:
        """Return an assumption or a bound of the system, to be asked."""
        called = f"the {kind} {getattr(condition, '__name__', repr(condition))} of the system"
        asked = Twice(called, partial(holds, condition, called), str, BrokenSystem)
        self.parts.observations.asked.append(asked)
        return asked

    def bounds(self) -> tuple[Everywhere[bool], ...]:
        """Return the bounds of the system, each to be asked of all images of states."""
        return tuple(self._bound(self.condition(within, "bound")) for within in self.system.within)

    def _bound(self, asked: Twice[bool]) -> Everywhere[bool]:
        return self.everywhere(lambda seen: asked((seen,), (seen.again,)))

    def _assumption(self, assumption: Callable[[Move, Seen[Any]], bool]) -> Everywhere[bool]:
        asked = self.condition(assumption, "assumption")
        return self.everywhere(lambda seen, move: asked((move, seen), (move, seen.again)))

    @property
    def horizon(self) -> Ticks:
        """The reading of clocks at which time ends with the scope, so that what would come later, or go on for ever, is unknown; 0 where it does not end."""
        return 0 if self.time is None or self.time.clocks.wraps else self.time.clocks.horizon

    def initial(self) -> tuple[State]:
        """Return the one initial state, after the first step of each process."""
        state, _ = self.begin()
        return (state,)

    def begin(self) -> tuple[State, int]:
        """Return the initial state, and how many messages of the first steps a bound of the network dropped."""
        parts = self.parts
        history = parts.observations.histories.id(self.system.history)
        flight: tuple[int, ...] = ()
        locals_: list[int] = []
        dropped = 0
        for process in range(len(parts.addresses)):
            row = parts.steps.start(process)
            locals_.append(row.local)
            flight, more = parts.environment.flight.post(flight, row.messages)
            dropped += more
            history = parts.observations.fold(history, row.happened)
        dials = () if self.time is None else self.time.begun
        state = State(tuple(locals_), flight, tuple((0, ()) for _ in parts.users), history, Spent(), dials=dials)
        return state if self.delays is None else self.delays.begun(state), dropped

    def successors(self, state: State) -> Iterator[tuple[Taken, State]]:
        """Yield every move that the environment can make, and the state after it; self-loops included.

        A Receive without effect on a duplicating network is no move.
        """
        moves = self._all(state)
        if self.delays is not None:
            moves = self.delays.kept(state, list(moves), self._goes_on)
        return self._assumed(state, moves) if self.system.assume else moves

    def _goes_on(self, state: State, moves: Iterable[tuple[Taken, State]]) -> bool:
        return any(target != state and self.moves_by_itself(state, taken.move) for taken, target in moves)

    def _all(self, state: State) -> Iterator[tuple[Taken, State]]:
        yield from self._network(state)
        yield from self._users(state)
        yield from self._processes(state)
        for forge in self.parts.environment.forgeries(state.history):
            process = self.parts.index[forge.at]
            if self.up(state, process):
                yield from self._handled(state, process, forge)

    def _assumed(self, state: State, moves: Iterator[tuple[Taken, State]]) -> Iterator[tuple[Taken, State]]:
        for taken, target in moves:
            if all(assumption.agreed(state, taken.move) for assumption in self.assumptions):
                yield taken, target

    def moves(self, state: State) -> Iterator[tuple[Taken, State]]:
        """Yield what `successors` yields, and then what `leave_ignored` leaves out: every move of the whole system."""
        yield from self.successors(state)
        yield from self.ignored(state)

    def ignored(self, state: State) -> Iterator[tuple[Taken, State]]:
        """Yield the receipts that `leave_ignored` leaves out: their receivers take no notice, or are down."""
        moves = self._ignored(state)
        return self._assumed(state, moves) if self.system.assume else moves

    def _ignored(self, state: State) -> Iterator[tuple[Taken, State]]:
        parts, flights = self.parts, self.parts.environment.flight
        for block in state.flight if self.leave_ignored and not self.system.network.duplicating else ():
            for message in flights.options(block):
                process, receive = parts.environment.receive(message)
                if not self.up(state, process) or parts.steps.row(process, state.locals[process], receive) is None:
                    flight = flights.put(state.flight, flights.blocks[block].channel, flights.taken(block, message))
                    yield Taken(receive, process, self._nothing), state._replace(flight=flight)

    # ---- moves by kind

    def _network(self, state: State) -> Iterator[tuple[Taken, State]]:
        parts, flights, network = self.parts, self.parts.environment.flight, self.system.network
        may_lose = network.losses is None or state.spent.losses < network.losses
        for block in state.flight:
            channel = flights.blocks.values[block].channel
            for message in flights.options(block):
                process, receive = parts.environment.receive(message)
                row = parts.steps.row(process, state.locals[process], receive) if self.up(state, process) else None
                if row is not None or not (self.leave_ignored or network.duplicating):
                    after = in_flight(state, flights.put(state.flight, channel, flights.delivered(block, message)))
                    if row is None:
                        yield Taken(receive, process, self._nothing), after
                    else:
                        yield from self._settled(after, process, receive, row)
                if may_lose:
                    spent = state.spent if network.losses is None else state.spent._replace(losses=state.spent.losses + 1)
                    flight = flights.put(state.flight, channel, flights.taken(block, message))
                    yield Taken(parts.environment.lose(message), -1, self._nothing), state._replace(flight=flight, spent=spent)

    def _users(self, state: State) -> Iterator[tuple[Taken, State]]:
        parts = self.parts
        may_cancel = state.spent.cancellations < self.system.faults.cancellations
        for number, user in enumerate(parts.users):
            for process in state.users[number][1] if may_cancel else ():
                if self.up(state, process):
                    after = state._replace(spent=state.spent._replace(cancellations=state.spent.cancellations + 1))
                    yield from self._handled(after, process, Cancel(parts.addresses[process], user.name))
            for process, ask, following in parts.environment.requests(number, state.users[number]):
                if self.up(state, process):
                    users = (*state.users[:number], following, *state.users[number + 1 :])
                    after = State(state.locals, state.flight, users, state.history, state.spent, state.ages, state.dials)
                    yield from self._handled(after, process, ask)

    def _processes(self, state: State) -> Iterator[tuple[Taken, State]]:
        parts, faults, spent = self.parts, self.system.faults, state.spent
        quiet = not faults.synchronous or self.quiet(state)
        for process, address in enumerate(parts.addresses):
            local = state.locals[process]
            if self.up(state, process):
                for fire in parts.steps.armed(process, local):
                    if quiet or not isinstance(fire.trigger, Deadline):
                        yield from self._handled(state, process, fire)
                if faults.detector:
                    yield from self._suspicions(state, process)
                if process in self._may_crash and spent.crashes < faults.crashes:
                    for fall in self._falls_of(process, local):
                        yield self._crashed(state, process, fall)
            elif spent.recoveries < faults.recoveries:
                recover = Recover(address, None if self.time is None else self.time.now(state.dials, process))
                yield from self._handled(state._replace(spent=spent._replace(recoveries=spent.recoveries + 1)), process, recover)
            if self.time is not None:
                yield from self._clock(self.time, state, process, quiet)

    def _suspicions(self, state: State, process: int) -> Iterator[tuple[Taken, State]]:
        parts, allowed, made = self.parts, self.system.faults.mistakes, state.spent.mistakes
        for peer, address in enumerate(parts.addresses):
            told: list[Suspect | Trust] = [Suspect(parts.addresses[process], address)]
            if process in self._may_trust:
                told.append(Trust(parts.addresses[process], address))
            for move in told if peer != process else ():
                if allowed is None or self.moves_by_itself(state, move):
                    yield from self._handled(state, process, move)
                elif made < allowed:
                    yield from self._handled(state._replace(spent=state.spent._replace(mistakes=made + 1)), process, move)

    def _clock(self, time: Time, state: State, process: int, quiet: bool) -> Iterator[tuple[Taken, State]]:
        spent = state.spent
        goes_on = time.tick(state.dials, process) if quiet else None
        if goes_on is not None:
            yield from self._shown(state._replace(dials=goes_on.after), process, goes_on.move)
        if spent.setbacks < time.clocks.setbacks:
            after = state._replace(spent=spent._replace(setbacks=spent.setbacks + 1))
            for back in time.setbacks(state.dials, process):
                yield from self._shown(after._replace(dials=back.after), process, back.move)

    def _shown(self, after: State, process: int, move: Tick | SetBack) -> Iterator[tuple[Taken, State]]:
        """Let a clock show something: it does, whether or not its process takes notice."""
        row = self.parts.steps.row(process, after.locals[process], move)
        if row is not None:
            yield from self._settled(after, process, move, row)
        else:
            happened = self.parts.steps.ticked(process, move.now)
            yield Taken(move, process, happened), after._replace(history=self.parts.observations.fold(after.history, happened))

    # ---- what comes of a move

    def _handled(self, after: State, process: int, move: Handled) -> Iterator[tuple[Taken, State]]:
        row = self.parts.steps.row(process, after.locals[process], move)
        if row is not None:
            yield from self._settled(after, process, move, row)

    def _settled(self, after: State, process: int, move: Handled, row: Row) -> Iterator[tuple[Taken, State]]:
        """Yield a step in full, then its cuts by a crash. `after`: the state with everything done but the step itself."""
        parts, faults = self.parts, self.system.faults
        happened, users = row.happened, after.users
        if row.answered:
            self._asked(after, process, move, row)
            unheard = frozenset(parts.users[number].name for number in row.answered if process not in users[number][1])
            if unheard:
                happened = parts.steps.happened.id(parts.steps.unheard(row.happenings, unheard))
            users = tuple(hung_up(user, process) if number in row.answered else user for number, user in enumerate(users))
        flight, dropped = parts.environment.flight.post(after.flight, row.messages)
        locals_ = (*after.locals[:process], row.local, *after.locals[process + 1 :])
        history = parts.observations.fold(after.history, happened)
        yield Taken(move, process, happened, dropped), State(locals_, flight, users, history, after.spent, after.ages, after.dials)
        if faults.mid_step and process in self._may_crash and after.spent.crashes < faults.crashes:
            for fall in self._cuts_of(process, after.locals[process], move, row):
                yield self._crashed(after, process, fall)

    def _falls_of(self, process: int, local: int) -> tuple[Fall, ...]:
        if (process, local) not in self._falls:
            self._falls[process, local] = tuple(self.parts.environment.falls(process, local))
        return self._falls[process, local]

    def _cuts_of(self, process: int, local: int, move: Handled, row: Row) -> tuple[Fall, ...]:
        if (process, local, move) not in self._cuts:
            self._cuts[process, local, move] = tuple(self.parts.environment.cuts(process, row, move))
        return self._cuts[process, local, move]

    def _crashed(self, after: State, process: int, fall: Fall) -> tuple[Taken, State]:
        """Return the state in which a process is down. A crash ends the calls of its users without an answer."""
        parts = self.parts
        flight, dropped = parts.environment.flight.post(after.flight, fall.messages)
        target = State(
            (*after.locals[:process], fall.survivor, *after.locals[process + 1 :]),
            flight,
            tuple([hung_up(user, process) for user in after.users]),
            parts.observations.fold(after.history, fall.happened),
            after.spent._replace(crashes=after.spent.crashes + 1),
            after.ages,
            after.dials,
        )
        return Taken(fall.move, process, fall.happened, dropped), target

    def _asked(self, after: State, process: int, move: Handled, row: Row) -> None:
        """Check that whoever is answered has asked something; whom it asked, and how that call ended, is not remembered."""
        for number in row.answered:
            if after.users[number][0] == 0:
                address, state = self.parts.addresses[process], self.parts.steps.locals[process][after.locals[process]].state
                raise BrokenProcess.of(address, f"answers {self.parts.users[number].name}, who has asked nothing yet", state, move)

    def is_settled(self, state: State, receive: Receive) -> bool:
        """Tell whether a message received in a state, on a duplicating network, would change nothing more if it came again at once."""
        parts, process = self.parts, self.parts.index[receive.at]
        first = parts.steps.row(process, state.locals[process], receive)
        again = None if first is None else parts.steps.row(process, first.local, receive)
        if first is None or again is None:
            return True
        _, after = next(self._settled(state, process, receive, first))
        _, later = next(self._settled(after, process, receive, again))
        return later == after and all(assumption.agreed(after, receive) for assumption in self.assumptions)

    # ---- what a state is like

    def up(self, state: State, process: int) -> bool:
        """Tell whether a process is up."""
        return up(self.parts, state, process)

    def quiet(self, state: State) -> bool:
        """Tell whether nothing is under way: no message to a process that is up, no Completion or Internal armed."""
        processes = len(self.parts.addresses)
        blocks = self.parts.environment.flight.blocks
        return not any(self.up(state, blocks[block].channel % processes) for block in state.flight) and not any(
            self.parts.steps.has_work(process, local) for process, local in enumerate(state.locals)
        )

    def is_at_rest(self, state: State) -> bool:
        """Tell whether nothing more happens by itself in a state."""
        if self.time is not None:  # time goes on, also where the scope ends
            return False
        return not self._goes_on(state, self.successors(state))

    def skews(self, state: State, process: int) -> bool:
        """Tell whether two clocks differ by two or more once that of a process has gone on."""
        change = None if self.time is None else self.time.tick(state.dials, process)
        return change is not None and change.skews

    def moves_by_itself(self, state: State, move: Move) -> bool:
        """Tell whether a move is the system's own, so that a state in which it changes something is not at rest."""
        match move:
            case Suspect(_, peer):
                return not self.up(state, self.parts.index[peer])
            case Trust(_, peer):
                return self.up(state, self.parts.index[peer])
            case Tick(at):
                return not self.skews(state, self.parts.index[at])
            case _:
                return not isinstance(move, OWED_TO_NOBODY)
