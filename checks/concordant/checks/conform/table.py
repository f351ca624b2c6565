"""The table of a role: every input that can come in each of its local states, and what the reference machine makes of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, TypeAlias, assert_never

from attrs import define, evolve, field, frozen

from concordant.checks.codec.codec import Codec
from concordant.checks.codec.scalars import CannotDecode, CannotEncode
from concordant.checks.conform.shapes import STEPS
from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.scope import Scope
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.handlers import Handlers, view_class
from concordant.checks.semantics.images import Everywhere
from concordant.checks.semantics.rows import Local, key_of_local
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.tables import Interned
from concordant.refimpl.machine import (
    AnyProcess,
    AnySystem,
    Ask,
    Cancel,
    Crash,
    Fire,
    Forge,
    Handled,
    Lose,
    Receive,
    Recover,
    SetBack,
    Suspect,
    Tick,
    Trust,
)
from concordant.refimpl.machine.search import Search, Visitor
from concordant.spec.vocabulary import Address, Completion, Deadline, Effect, Internal, Malformed, Network, Reply, Send, likeness

Input: TypeAlias = Handled | Crash
"""What comes to a process. A crash leaves whatever the process keeps: its survivor is None."""
OWN_STEP = Internal()
"""Whichever step of its own a process makes next."""
INTERNAL_STEPS = 100
"""How many steps of its own a process makes before another input must come."""


@frozen
class Outcome:
    """What an input may lead to: a local state by number, and effects. `sends`: how many messages went out before a crash; None without one. `key`: what tells its effects from others."""

    local: int
    effects: tuple[Effect, ...]
    sends: int | None = None
    key: Hashable = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "key", likeness(self.effects))


@define(eq=False)
class Table:
    """A process, the local states that it reaches in some scopes, and the inputs that can come there.

    Processes that are equal as values and have networks of one kind share a table, whatever their addresses. `inputs`: by local
    state. `judged`: events that clauses judge as they happen. `stepwise`: whether steps of the process itself are made one by one, where an adapter
    controls that; else they are part of what the input before them leads to. `own`: how many such steps there are; `unsaid`: how many hold what no JSON of the protocol can say. `cut`: the scopes
    that were not searched to the end, of which the rows are a lower bound. `histories`: those of its systems, each of which may hear another thing of what it announces.
    """

    system: AnySystem
    at: Address
    process: AnyProcess
    judged: tuple[type, ...] = ()
    stepwise: bool = False
    own: int = 0
    unsaid: int = 0
    inputs: dict[int, dict[Input, None]] = field(factory=dict)
    locals: Interned[Local] = field(factory=lambda: Interned(key_of_local), init=False)
    scopes: list[str] = field(factory=list, init=False)
    cut: list[str] = field(factory=list, init=False)
    histories: dict[Hashable, Any] = field(factory=dict, init=False)
    _everybody: frozenset[Address] = field(default=frozenset(), init=False)
    _users: frozenset[Address] = field(default=frozenset(), init=False)
    _handlers: Handlers = field(init=False)
    _moves: dict[Input, Input] = field(factory=dict, init=False)
    _starts: tuple[Outcome, ...] = field(default=(), init=False)
    _outcomes: dict[tuple[int, Input | None], tuple[Outcome, ...]] = field(factory=dict, init=False)
    _armed: dict[int, tuple[object, ...]] = field(factory=dict, init=False)
    _views: dict[int, object] = field(factory=dict, init=False)
    _looks: dict[tuple[int, str], Hashable] = field(factory=dict, init=False)
    _triggers: dict[tuple[int, type], frozenset[object]] = field(factory=dict, init=False)

    @property
    def complete(self) -> bool:
        """Whether all its scopes were searched to the end."""
        return not self.cut

    @property
    def network(self) -> Network:
        """How its messages travel."""
        return self.system.network

    @property
    def view_class(self) -> type:
        """The class of its views."""
        return view_class(self.process)

    @property
    def name(self) -> str:
        """How it is called: by its address, and the first scope that has it."""
        return f"{self.at} of {self.scopes[0]}"

    def meet(self, scope: Scope, complete: bool) -> None:
        """Take what a scope says of whom it knows."""
        system = scope.system
        self.scopes.append(scope.name)
        self.cut += () if complete else (scope.name,)
        self.histories.setdefault(likeness(system.history), system.history)
        self._everybody |= {*system.processes, *(liar.address for liar in system.byzantine)}
        self._users |= {user.name for user in system.users}
        self._handlers = Handlers(self.at, self.process, self._everybody, self._users)

    def add(self, local: Local, move: Input) -> None:
        """Take a row."""
        number = self.locals.id(local)
        match move:
            case Receive() | Forge() | Tick() | SetBack() if not local.up:
                pass  # it vanishes, or its clock goes on
            case Crash(_, _, during, sends):
                cut = None if during is None else self._named(during)
                if self.stepwise or not is_own(cut):
                    self._keep(number, Crash(self.at, None, cut, sends))
            case _ if is_own(move):
                self.own += 1
                if self.stepwise:
                    self._keep(number, self._named(move))
            case _:
                self._keep(number, self._named(move))

    def _keep(self, local: int, move: Input) -> None:
        """Keep a row. Equal inputs are one object, so that they are found at once."""
        self.inputs.setdefault(local, {})[self._moves.setdefault(move, move)] = None

    def _named(self, move: Handled) -> Handled:
        """Return a move as an input: of this process, which of its own steps is next it decides itself."""
        return Fire(self.at, OWN_STEP) if is_own(move) else evolve(move, at=self.at)

    def start(self) -> tuple[Outcome, ...]:
        """Return what the first step may lead to."""
        if not self._starts:
            begun = self._handlers.start()
            self._starts = tuple(self._settled(begun.state, begun.effects))
        return self._starts

    def outcomes(self, local: int, move: Input) -> tuple[Outcome, ...]:
        """Return what an input may lead to in a local state: more than one thing, where the process has a choice."""
        key = (local, move)
        if key not in self._outcomes:
            self._outcomes[key] = tuple(dict.fromkeys(self._made(local, move)))
        return self._outcomes[key]

    def ignores(self, local: int, move: Handled) -> bool:
        """Tell whether the process takes no notice of a move: nothing happens, and a request opens no call."""
        return self._handlers.handle(self.locals[local].state, move) is None

    def armed(self, local: int) -> tuple[object, ...]:
        """Return what is armed; nothing while it is down."""
        if local not in self._armed:
            state, up = self.locals[local]
            self._armed[local] = self._handlers.armed(state) if up else ()
        return self._armed[local]

    def deadlines(self, local: int) -> frozenset[object]:
        """Return what tells the armed deadlines from others."""
        return self._keys(local, Deadline)

    def goes_on(self, local: int) -> bool:
        """Tell whether a step of its own is left."""
        return bool(self._keys(local, Internal))

    def completions(self, local: int) -> frozenset[object]:
        """Return what tells the ways in which work inside may end from others."""
        return self._keys(local, Completion)

    def those_armed(self, local: int, kind: type) -> tuple[object, ...]:
        """Return what of a kind is armed."""
        return tuple(trigger for trigger in self.armed(local) if isinstance(trigger, kind))

    def looks(self, local: int, name: str) -> Hashable:
        """Return what tells a field of the view from others."""
        key = local, name
        if key not in self._looks:
            self._looks[key] = likeness(getattr(self.view(local), name))
        return self._looks[key]

    def _keys(self, local: int, kind: type) -> frozenset[object]:
        key = local, kind
        if key not in self._triggers:
            self._triggers[key] = frozenset(map(likeness, self.those_armed(local, kind)))
        return self._triggers[key]

    def view(self, local: int) -> object:
        """Return the view; None while it is down."""
        if local not in self._views:
            state, up = self.locals[local]
            self._views[local] = self._handlers.view(state) if up else None
        return self._views[local]

    def _made(self, local: int, move: Input) -> Iterator[Outcome]:
        state = self.locals[local].state
        match move:
            case Crash(_, _, None):
                yield from self._crashed(state, (), 0)
            case Crash(_, _, during, sends) if during is not None:
                for each in self._meant(local, during):
                    taken = self._handlers.handle(state, each)
                    yield from self._cut(*((state, ()) if taken is None else (taken.state, taken.effects)), sends)
            case Receive() | Forge() | Ask() | Cancel() | Fire() | Suspect() | Trust() | Tick() | SetBack() | Recover():
                for each in self._meant(local, move):
                    taken = self._handlers.handle(state, each)
                    if taken is None:
                        yield Outcome(local, ())
                    else:
                        yield from self._settled(taken.state, taken.effects)

    def _meant(self, local: int, move: Handled) -> Iterator[Handled]:
        """Yield what an input may be: of its own steps any that is left."""
        if is_own(move):
            yield from (Fire(self.at, trigger) for trigger in self.those_armed(local, Internal))
        else:
            yield move

    def _cut(self, state: object, effects: tuple[Effect, ...], sends: int, made: int = 0) -> Iterator[Outcome]:
        """Yield what a crash leaves that comes when so many messages are out: in a step, or in one of its own after it, where those are not made one by one."""
        yield from self._crashed(state, tuple(effect for effect in effects if not isinstance(effect, Reply)), sends)
        if not self.stepwise and made < INTERNAL_STEPS and sum(isinstance(effect, Send) for effect in effects) <= sends:
            for trigger in self._handlers.armed(state):
                taken = self._handlers.handle(state, Fire(self.at, trigger)) if isinstance(trigger, Internal) else None
                if taken is not None:
                    yield from self._cut(taken.state, (*effects, *taken.effects), sends, made + 1)

    def _crashed(self, state: object, effects: tuple[Effect, ...], sends: int) -> Iterator[Outcome]:
        for survivor in self._handlers.survivors(state):
            yield Outcome(self.locals.id(Local(survivor, up=False)), effects, sends)

    def _settled(self, state: object, effects: tuple[Effect, ...]) -> Iterator[Outcome]:
        """Yield where the process may come by steps of its own: it stops where none is armed, or at once where they are made one by one."""
        if self.stepwise:
            yield Outcome(self.locals.id(Local(state, up=True)), effects)
            return
        waiting = [(state, effects, 0)]
        while waiting:
            state, effects, made = waiting.pop()
            own = [trigger for trigger in self._handlers.armed(state) if isinstance(trigger, Internal)]
            if not own:
                yield Outcome(self.locals.id(Local(state, up=True)), effects)
            elif made == INTERNAL_STEPS:
                raise Misuse(f"{self.at} makes more than {INTERNAL_STEPS} steps of its own on end, and cannot be driven")
            for trigger in own:
                taken = self._handlers.handle(state, Fire(self.at, trigger))
                if taken is not None:
                    waiting.append((taken.state, (*effects, *taken.effects), made + 1))


@define(eq=False)
class _Rows(Visitor[State, Taken]):
    """The rows that a search meets within the bounds of its scope: process and local state by number, and move; also of messages and suspicions that are ignored."""

    meaning: Semantics
    met: dict[tuple[int, int, Input], None] = field(factory=dict, init=False)
    _bounds: tuple[Everywhere[bool], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._bounds = self.meaning.bounds()

    def visit(self, state: State) -> bool:
        if not all(bound.agreed(state) for bound in self._bounds):
            return False
        parts, flights = self.meaning.parts, self.meaning.parts.environment.flight
        if not self.meaning.system.assume:
            for message in (message for block in state.flight for message in flights.options(block)):
                process, receive = parts.environment.receive(message)
                self.met[process, state.locals[process], receive] = None
            for forge in parts.environment.forgeries(state.history):
                process = parts.index[forge.at]
                self.met[process, state.locals[process], forge] = None
            if self.meaning.system.faults.detector:
                for process, suspect in self._suspicions(state):
                    self.met[process, state.locals[process], suspect] = None
        return True

    def _suspicions(self, state: State) -> Iterator[tuple[int, Suspect]]:
        """Yield who may hear that a peer is down which is so, whether or not it takes notice."""
        addresses, up = self.meaning.parts.addresses, self.meaning.up
        fallen = [address for process, address in enumerate(addresses) if not up(state, process)]
        yield from (
            (process, Suspect(at, peer)) for process, at in enumerate(addresses) if fallen and up(state, process) for peer in fallen
        )

    def cross(self, source: State, label: Taken, target: State) -> None:  # noqa: ARG002  # the signature
        move = label.move
        match move:
            case Lose():
                pass
            case _:
                self.met[label.process, source.locals[label.process], move] = None


@define(eq=False)
class RoleTables:
    """The tables of a role, of as many scopes as were searched. `judged`: events that clauses judge as they happen; `stepwise`: whether own steps are inputs."""

    role: str
    codec: Codec
    judged: tuple[type, ...]
    stepwise: bool = False
    found: dict[object, Table] = field(factory=dict, init=False)

    def search(self, scope: Scope, budget: Budget) -> None:
        """Add the rows of a scope, which is searched within its budget, if the role is there."""
        system = scope.system
        theirs = [(number, *each) for number, each in enumerate(system.processes.items()) if each[0].role == self.role]
        if not theirs:
            return
        meaning = Semantics(system)
        rows = _Rows(meaning)
        search = Search(meaning, rows, SearchLimit(budget)).run()
        chosen: dict[int, Table] = {}
        for number, address, process in theirs:
            key = likeness(process), kind_of(system.network)
            table = chosen[number] = self.found.setdefault(key, Table(system, address, process, self.judged, self.stepwise))
            if scope.name not in table.scopes:
                table.meet(scope, search.stopped is None)
        for number, local, move in rows.met:
            if number in chosen:
                self._add(chosen[number], meaning.parts.steps.locals[number][local], move)

    def _add(self, table: Table, local: Local, move: Input) -> None:
        if self._has_json(move):
            table.add(local, move)
        else:
            table.unsaid += 1

    def _has_json(self, move: Input) -> bool:
        """Tell whether an input can be said: what is malformed may be what no JSON of the protocol means."""
        match move:
            case Ask(request=Malformed(request)):
                try:
                    return likeness(self.codec.decode(self.codec.encode(request))) == likeness(request)
                except (CannotEncode, CannotDecode):
                    return False
            case Crash(during=Ask() as during):
                return self._has_json(during)
            case _:
                return True


def is_own(move: Input | None) -> bool:
    """Tell whether a move is a step of the process itself."""
    return isinstance(move, Fire) and isinstance(move.trigger, Internal)


def kind_of(network: Network) -> tuple[bool, bool, bool]:
    """Return what of a network matters to a comparison: whether it is FIFO, duplicates, and loses."""
    return network.fifo, network.duplicating, network.losses != 0


def do_of(move: Input) -> tuple[str, str | None]:
    """Return the command that a move is, and what an adapter must control for it; None where nothing."""
    match move:
        case Receive() | Forge():
            return "receive", None
        case Ask():
            return "request", None
        case Cancel():
            return "cancel", "cancel"
        case Fire(_, Deadline()):
            return "fire", "triggers"
        case Fire(_, Internal()):
            return "step", STEPS
        case Fire():
            return "fire", "outcomes"
        case Suspect():
            return "suspect", "suspect"
        case Trust():
            return "trust", "suspect"
        case Tick() | SetBack():
            return "tick", "clock"
        case Recover(_, now):
            return "recover", None if now is None else "clock"
        case Crash(_, _, during):
            return ("crash", "crash") if during is None else (do_of(during)[0], "crash_after")
        case _:
            assert_never(move)
