"""What a system means, once more: an interpreter over plain values, written from the documents and apart from the engines.

It is slow, and shares nothing with them but the system itself: no numbers for values, no tables, nothing remembered but answers of handlers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_type_hints

from attrs import define, evolve, field, frozen

from concordant.refimpl.machine import (
    AnyProcess,
    AnySystem,
    Ask,
    Cancel,
    Crash,
    Fire,
    Forge,
    Lose,
    Move,
    Process,
    Receive,
    Recover,
    SetBack,
    Step,
    Suspect,
    Tick,
    Trust,
    layers_of,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Call,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Fault,
    Malformed,
    Recovered,
    Reply,
    Send,
    Suspected,
    Ticked,
    Trusted,
    Unheard,
)
from tests.meaning.worlds import Local, World, key

Happening = tuple[Address, Address, object]


class Made(NamedTuple):
    """A move that is made: by which process, what happened, where it leads, how many messages were dropped, and which fault it is."""

    move: Move
    process: int
    happened: tuple[Happening, ...]
    target: World
    dropped: int = 0
    fault: Fault = Fault.NONE


@define(eq=False)
class Plain:
    """The meaning of one system."""

    system: AnySystem
    names: tuple[Address, ...] = field(init=False)
    processes: tuple[AnyProcess, ...] = field(init=False)
    shows: tuple[type, ...] = field(init=False)
    _answers: dict[Any, Step[Any] | None] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.names, self.processes = tuple(self.system.processes), tuple(self.system.processes.values())
        self.shows = tuple(get_type_hints(type(process).view)["return"] for process in self.processes)

    def defines(self, process: int, handler: str) -> bool:
        """Tell whether a process, or a layer of it, has a handler of its own."""
        return any(getattr(type(each), handler) is not getattr(Process, handler) for each in layers_of(self.processes[process]))

    def begin(self) -> tuple[World, int, tuple[tuple[Any, Happening], ...]]:
        """Return the first state, how many messages were dropped, and what the first steps make happen, each after its history."""
        begun: list[tuple[Any, Happening]] = []
        clocks = tuple((0, 0) if self.defines(at, "tick") else None for at in range(len(self.names))) if self.system.clocks else ()
        world, dropped = World((), {}, tuple((0, frozenset()) for _ in self.system.users), self.system.history, clocks=clocks), 0
        for at, process in enumerate(self.processes):
            first = process.start()
            world = evolve(world, locals=(*world.locals, Local(first.state)))
            for effect in first.effects:
                if isinstance(effect, Send):
                    world, more = self.sent(world, at, effect)
                    dropped += more
                happening = self.names[at], self.names[at], effect.event if isinstance(effect, Announce) else effect
                begun.append((world.history, happening))
                world = self.told(world, (happening,))
        return world, dropped, tuple(begun)

    def told(self, world: World, happened: tuple[Happening, ...]) -> World:
        """Let the history hear what happened."""
        history = world.history
        for happening in happened:
            history = history.after(*happening)
        return evolve(world, history=history)

    def sent(self, world: World, source: int, send: Send) -> tuple[World, int]:
        """Put a message into flight; return how many were dropped, too."""
        if send.to not in self.names:
            return world, 0
        network, channel = self.system.network, (source, self.names.index(send.to))
        content = world.flight.get(channel, ())
        equal = sum(key(each) == key(send.message) for each in content)
        if network.duplicating and equal:
            return world, 0
        if (network.copies is not None and equal >= network.copies) or (network.capacity is not None and len(content) >= network.capacity):
            return world, 1
        return evolve(world, flight={**world.flight, channel: (*content, send.message)}), 0

    # ---- moves

    def moves(self, world: World) -> Iterator[Made]:
        """Yield every move that is assumed to be possible."""
        for made in (*self._network(world), *self._users(world), *self._processes(world), *self._liars(world)):
            if all(assumption(made.move, Sight(self, world)) for assumption in self.system.assume):
                yield made

    def _network(self, world: World) -> Iterator[Made]:
        network = self.system.network
        for channel, content in world.flight.items():
            source, to = channel
            for message in content[:1] if network.fifo else {key(each): each for each in content}.values():
                rest = list(content)
                del rest[[key(each) for each in rest].index(key(message))]
                others = {other: sent for other, sent in world.flight.items() if other != channel}
                taken = evolve(world, flight={**others, channel: tuple(rest)} if rest else others)
                move = Receive(self.names[to], self.names[source], message)
                after = world if network.duplicating else taken
                if world.locals[to].up and self.asked(to, world, move) is not None:
                    yield from self.step(after, to, move, Fault.DUPLICATION if network.duplicating else Fault.NONE)
                elif not network.duplicating:
                    yield Made(move, to, (), taken)
                if network.losses is None:
                    yield Made(Lose(self.names[source], self.names[to], message), -1, (), taken, 0, Fault.LOSS)
                elif world.spent.losses < network.losses:
                    lost = evolve(taken, spent=evolve(world.spent, losses=world.spent.losses + 1))
                    yield Made(Lose(self.names[source], self.names[to], message), -1, (), lost, 0, Fault.LOSS)

    def _users(self, world: World) -> Iterator[Made]:
        for number, user in enumerate(self.system.users):
            place, calls = world.users[number]
            if world.spent.cancellations < self.system.faults.cancellations:
                after = evolve(world, spent=evolve(world.spent, cancellations=world.spent.cancellations + 1))
                for at in calls:
                    if world.locals[at].up:
                        yield from self.step(after, at, Cancel(self.names[at], user.name), Fault.CANCELLATION)
            if len(calls) >= user.outstanding or not user.script or (place >= len(user.script) and not user.repeat):
                continue
            turn = place % len(user.script)
            for at in map(self.names.index, user.at):
                for request in user.script[turn] if at not in calls and world.locals[at].up else ():
                    asks = request.request if isinstance(request, Malformed) else request
                    waits = calls | {at} if getattr(type(asks), "answered", True) else calls
                    users = (*world.users[:number], (turn + 1, waits), *world.users[number + 1 :])
                    fault = Fault.MALFORMED if isinstance(request, Malformed) else Fault.NONE
                    yield from self.step(evolve(world, users=users), at, Ask(self.names[at], user.name, request), fault)

    def _processes(self, world: World) -> Iterator[Made]:
        faults, spent = self.system.faults, world.spent
        quiet = not faults.synchronous or self.quiet(world)
        for at, (name, (state, up)) in enumerate(zip(self.names, world.locals, strict=True)):
            clock = world.clocks[at] if world.clocks else None
            if up:
                for trigger in self.processes[at].armed(state):
                    if quiet or not isinstance(trigger, Deadline):
                        yield from self.step(world, at, Fire(name, trigger))
                yield from self._suspicions(world, at) if faults.detector else ()
                if name in faults.who and spent.crashes < faults.crashes:
                    yield from (self.fall(world, at, left) for left in self.survivors(at, state))
            elif spent.recoveries < faults.recoveries:
                after = evolve(world, spent=evolve(spent, recoveries=spent.recoveries + 1))
                yield from self.step(after, at, Recover(name, None if clock is None else clock[0] - clock[1]), Fault.RECOVERY)
            if clock is not None:
                yield from self._clock(world, at, clock, quiet)

    def _suspicions(self, world: World, at: int) -> Iterator[Made]:
        allowed, made = self.system.faults.mistakes, world.spent.mistakes
        for other, peer in enumerate(self.names):
            told: list[tuple[Suspect | Trust, bool]] = [(Suspect(self.names[at], peer), not world.locals[other].up)]
            if self.defines(at, "trust"):
                told.append((Trust(self.names[at], peer), world.locals[other].up))
            for move, is_true in told if other != at else ():
                if is_true or allowed is None:
                    yield from self.step(world, at, move, Fault.NONE if is_true else Fault.SUSPICION)
                elif made < allowed:
                    yield from self.step(evolve(world, spent=evolve(world.spent, mistakes=made + 1)), at, move, Fault.SUSPICION)

    def _clock(self, world: World, at: int, clock: tuple[int, int], quiet: bool) -> Iterator[Made]:
        clocks = self.system.clocks
        assert clocks is not None
        ticks, back = clock
        readings = clocks.horizon + 1
        ahead = [ticks - other[0] for place, other in enumerate(world.clocks) if other is not None and place != at]
        if clocks.wraps:  # on a dial, as near as it can be
            ahead = [(each + clocks.skew) % readings - clocks.skew for each in ahead]
        if quiet and all(each < clocks.skew for each in ahead) and (clocks.wraps or ticks < clocks.horizon):
            on = ((ticks + 1) % readings, back)
            leaves_behind = any(each > 0 for each in ahead)
            yield from self._shown(world, at, on, Tick(self.names[at], on[0] - back), Fault.SKEW if leaves_behind else Fault.NONE)
        if world.spent.setbacks < clocks.setbacks:
            after = evolve(world, spent=evolve(world.spent, setbacks=world.spent.setbacks + 1))
            for reading in range(ticks - back):
                yield from self._shown(after, at, (ticks, ticks - reading), SetBack(self.names[at], reading), Fault.SETBACK)

    def _shown(self, world: World, at: int, clock: tuple[int, int], move: Tick | SetBack, fault: Fault) -> Iterator[Made]:
        after = evolve(world, clocks=(*world.clocks[:at], clock, *world.clocks[at + 1 :]))
        if world.locals[at].up and self.asked(at, world, move) is not None:
            yield from self.step(after, at, move, fault)
        else:  # it goes on whether or not somebody looks
            happened = ((self.names[at], self.names[at], Ticked(move.now)),)
            yield Made(move, at, happened, self.told(after, happened), 0, fault)

    def _liars(self, world: World) -> Iterator[Made]:
        for liar in self.system.byzantine:
            for send in {key(each): each for each in liar.may_send(world.history)}.values():
                at = self.names.index(send.to)
                if world.locals[at].up:
                    yield from self.step(world, at, Forge(send.to, liar.address, send.message), Fault.BYZANTINE)

    # ---- steps

    def asked(self, at: int, world: World, move: Move) -> Step[Any] | None:
        """Return what a process makes of a move."""
        known = at, key(world.locals[at].state), key(move)
        if known not in self._answers:
            self._answers[known] = self._handled(at, world.locals[at].state, move)
        return self._answers[known]

    def _handled(self, at: int, state: Any, move: Move) -> Step[Any] | None:
        process = self.processes[at]
        match move:
            case Receive(_, source, message) | Forge(_, source, message):
                return process.receive(state, source, message)
            case Ask(_, user, request):
                return process.request(state, user, request.request if isinstance(request, Malformed) else request)
            case Cancel(_, user):
                return process.cancel(state, user) or (Step(state) if self.defines(at, "cancel") else None)
            case Fire(_, trigger):
                return process.fire(state, trigger)
            case Suspect(_, peer):
                return process.suspect(state, peer)
            case Trust(_, peer):
                return process.trust(state, peer)
            case Tick(_, now) | SetBack(_, now):
                return process.tick(state, now)
            case Recover(_, read):
                recovered = process.recover(state)
                return recovered if read is None else recovered.then(lambda up: process.tick(up, read))
            case _:
                raise TypeError(f"{move} is for nobody to handle")

    def step(self, after: World, at: int, move: Any, fault: Fault = Fault.NONE) -> Iterator[Made]:
        """Yield a step, and each way in which a crash cuts it short. `after`: the state with everything done but that."""
        taken = self.asked(at, after, move)
        if taken is None:
            return
        happened, world, dropped, answered = [*heard_first(self.names[at], move)], after, 0, set[Address]()
        for effect in taken.effects:
            if isinstance(effect, Send):
                world, more = self.sent(world, at, effect)
                dropped += more
            if isinstance(effect, Reply):
                answered.add(effect.to)
            happened.append((self.names[at], self.names[at], self._said(after, at, effect)))
        users = tuple(
            (place, calls - {at} if user.name in answered else calls)
            for user, (place, calls) in zip(self.system.users, after.users, strict=True)
        )
        world = evolve(world, users=users, locals=put(world.locals, at, Local(taken.state)))
        yield Made(move, at, tuple(happened), self.told(world, tuple(happened)), dropped, fault)
        faults = self.system.faults
        if faults.mid_step and self.names[at] in faults.who and after.spent.crashes < faults.crashes:
            sends = sum(isinstance(effect, Send) for effect in taken.effects)
            for left in self.survivors(at, taken.state):
                for went in range(sends + 1):
                    yield self.fall(after, at, left, taken, move, went)

    def _said(self, after: World, at: int, effect: object) -> object:
        if isinstance(effect, Announce):
            return effect.event
        waiting = [user.name for user, (_, calls) in zip(self.system.users, after.users, strict=True) if at in calls]
        return Unheard(effect.to, effect.answer) if isinstance(effect, Reply) and effect.to not in waiting else effect

    def fall(self, after: World, at: int, left: Any, cut: Step[Any] | None = None, during: Any = None, went: int = 0) -> Made:
        """Let a process crash, in the midst of a step after so many of its sends, or between two; it answers nobody."""
        happened, world, dropped, sends = [] if cut is None else [*heard_first(self.names[at], during)], after, 0, 0
        for effect in () if cut is None else cut.effects:
            if isinstance(effect, Send):
                sends += 1
                if sends > went:
                    continue
                world, more = self.sent(world, at, effect)
                dropped += more
            if not isinstance(effect, Reply):
                happened.append((self.names[at], self.names[at], self._said(after, at, effect)))
        happened.append((self.names[at], self.names[at], Crashed()))
        world = evolve(
            world,
            locals=put(world.locals, at, Local(left, up=False)),
            users=tuple((place, calls - {at}) for place, calls in world.users),
            spent=evolve(world.spent, crashes=world.spent.crashes + 1),
        )
        return Made(Crash(self.names[at], left, during, went), at, tuple(happened), self.told(world, tuple(happened)), dropped, Fault.CRASH)

    def survivors(self, at: int, state: Any) -> list[Any]:
        """List what a crash may leave, each once."""
        return list({key(left): left for left in self.processes[at].survives(state)}.values())

    def quiet(self, world: World) -> bool:
        """Tell whether nothing is under way."""
        travels = any(world.locals[to].up for _, to in world.flight)
        works = (trigger for at, (state, up) in enumerate(world.locals) if up for trigger in self.processes[at].armed(state))
        return not travels and all(isinstance(trigger, Deadline) for trigger in works)


def put(locals_: tuple[Local, ...], at: int, local: Local) -> tuple[Local, ...]:
    """Put another local state in its place."""
    return (*locals_[:at], local, *locals_[at + 1 :])


def heard_first(at: Address, move: Move) -> tuple[Happening, ...]:
    """Return what a history hears of an input."""
    match move:
        case Ask(_, user, request):
            return ((at, user, request),)
        case Cancel(_, user):
            return ((at, user, CancelAsked()),)
        case Recover(_, now):
            return (at, at, Recovered()), *(() if now is None else ((at, at, Ticked(now)),))
        case Suspect(_, peer):
            return ((at, at, Suspected(peer)),)
        case Trust(_, peer):
            return ((at, at, Trusted(peer)),)
        case Tick(_, now) | SetBack(_, now):
            return ((at, at, Ticked(now)),)
        case Fire(_, Completion() as completion):
            return ((at, at, completion),)
        case _:
            return ()


@frozen
class Sight:
    """What is seen of a state."""

    plain: Plain
    world: World

    @property
    def history(self) -> Any:
        """The history."""
        return self.world.history

    @property
    def compared(self) -> Any:
        """Nothing is compared here with a specification."""
        raise NotImplementedError

    def views(self, view: type[Any], /) -> dict[Address, Any]:
        """What the processes show whose view is of a class."""
        plain = self.plain
        return {
            name: plain.processes[at].view(self.world.locals[at].state)
            for at, name in enumerate(plain.names)
            if issubclass(plain.shows[at], view)
        }

    def up(self, process: Address, /) -> bool:
        """Whether a process is up."""
        return self.world.locals[self.plain.names.index(process)].up

    def waiting(self) -> tuple[Call, ...]:
        """The open calls."""
        users = zip(self.plain.system.users, self.world.users, strict=True)
        return tuple(Call(user.name, self.plain.names[at]) for user, (_, calls) in users for at in sorted(calls))
