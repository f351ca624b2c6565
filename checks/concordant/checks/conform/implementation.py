"""An implementation under test as a process, so that it can be explored: it does as the reference where no case differed, and else as it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from itertools import count
from typing import Any

from attrs import define, evolve, field, fields, frozen, make_class

from concordant.checks.conform.cases import Plan, Run
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.comparing import answered_in_order
from concordant.checks.conform.driving import Conversation, Driver, Failure
from concordant.checks.conform.instance import Declined, Raised
from concordant.checks.conform.runs import EMPTY, KnownRuns
from concordant.checks.conform.stepping import names_of
from concordant.checks.conform.table import OWN_STEP, Input, Table, kind_of
from concordant.checks.conform.telling import Told
from concordant.checks.exploration.budget import Budget
from concordant.checks.semantics.rows import Local
from concordant.refimpl.machine import (
    AnyProcess,
    AnySystem,
    Ask,
    Cancel,
    Crash,
    Fire,
    Forge,
    Handled,
    Receive,
    Recover,
    SetBack,
    Step,
    Suspect,
    Tick,
    Trust,
    has_clock,
)
from concordant.spec.vocabulary import Address, Completion, Deadline, Internal, Ticks, likeness, value_of


@frozen
class AsReference:
    """The state after inputs to which the implementation did, in all cases, what the reference does."""

    state: object


@frozen
class StateAfter:
    """The state after inputs of which some case differed: nothing is known of it but what it was given, from its start on, by number."""

    run: int


@define(eq=False)
class Implementation:
    """An implementation that was driven through all cases. It is run again, from its start, to tell what it does after other inputs.

    `differing`: by table and local state, the inputs whose cases differed; `prefixes`: by table, ways to local states without these.
    `in_each`: how much of each system is searched. `trusting`: whether a state in which no case differed is taken for the reference's, which saves most runs. `hides`: whether a view
    was asked for that it does not show. `broken`: why its adapter broke, if it did.
    """

    driver: Driver
    plans: Sequence[Plan]
    in_each: Budget
    trusting: bool = True
    hides: bool = field(default=False, init=False)
    broken: BrokenAdapter | None = field(default=None, init=False)
    number: int = field(init=False)
    differing: set[tuple[int, int, Input]] = field(init=False)
    prefixes: list[dict[int, Run]] = field(init=False)
    runs: KnownRuns = field(factory=KnownRuns, init=False)
    _told: dict[tuple[int, int], Told | None] = field(factory=dict, init=False)
    _running: tuple[int, int, Conversation] | None = field(default=None, init=False)
    _references: dict[tuple[int, int], int | None] = field(factory=dict, init=False)
    _ways_back: dict[tuple[int, int], Callable[[], None]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.differing = {self._row(failure) for failure in self.driver.driven.failures}
        self.prefixes = [
            plan.reach({(local, move) for table, local, move in self.differing if table == number})
            for number, plan in enumerate(self.plans)
        ]
        self.number = next(_NUMBERS)
        IMPLEMENTATIONS[self.number] = self

    def _row(self, failure: Failure) -> tuple[int, int, Input]:
        """Return the row that a case is about, or one before it, in which it differs already. The first step is a row too."""
        plan, run = self.plans[failure.number], failure.case.run
        inputs = min(failure.inputs, failure.case.row + 1)
        if not inputs:
            return failure.number, START, Recover(plan.table.at)
        local = next(local for local, prefix in plan.prefixes.items() if prefix == run[: inputs - 1])
        return failure.number, local, run[inputs - 1]

    def told(self, table: int, run: int) -> Told | None:
        """Return what it tells after a run of inputs; None where it answers by an error, or does not take the case."""
        key = table, run
        if key not in self._told:
            self._told[key] = self._run(table, run)
        return self._told[key]

    def _run(self, table: int, run: int) -> Told | None:
        """Make a run: go on where the last one is its beginning, or go back to that where there is a way, else start again."""
        before, inputs = self.runs.before(run), self.runs[run]
        try:
            if run and self._running is not None and self._running[:2] == (table, before):
                instance, left = self._running[2], inputs[-1:]
            elif run and (table, before) in self._ways_back:
                instance, left = self._instance(table), inputs[-1:]
                self._ways_back[table, before]()
            else:
                self.end()
                instance, left = self._instance(table), inputs
                self._running = table, EMPTY, instance
                told = instance.start("explored")
            for move in left:
                told = instance.give(move)
            self._running = table, run, instance
            if (back := instance.saved()) is not None:
                self._ways_back[table, run] = back
        except (Declined, Raised):
            self.end()
            return None
        except BrokenAdapter as error:
            self.broken, self._running = error, None
            raise
        return told

    def _instance(self, table: int) -> Conversation:
        return self.driver.conversation(table, self.plans[table].table)

    def reference(self, number: int, run: int) -> int | None:
        """Return the local state of a table in which the reference would be after a run; None where it would not take the inputs."""
        key = number, run
        if key not in self._references:
            self._references[key] = self._refers(self.plans[number].table, number, run)
        return self._references[key]

    def _refers(self, table: Table, number: int, run: int) -> int | None:
        if run == EMPTY:
            return table.start()[0].local
        before, move = self.reference(number, self.runs.before(run)), self.runs[run][-1]
        if before is None or isinstance(move, Recover) is table.locals[before].up:
            return None
        return table.outcomes(before, move)[0].local

    def end(self) -> None:
        """End the run that was made last."""
        if self._running is not None:
            instance, self._running = self._running[2], None
            instance.end()

    def close(self) -> None:
        """Let its processes go."""
        self.end()
        del IMPLEMENTATIONS[self.number]

    def tells_rest(self) -> bool:
        """Tell whether it can be seen that nothing more will happen: it tells all its deadlines, and how work inside may end, if there is any."""
        armed = [trigger for plan in self.plans for local in plan.prefixes for trigger in plan.table.armed(local)]
        ends = "outcomes" in self.driver.supports.exact or not any(isinstance(trigger, Completion) for trigger in armed)
        return ends and ("triggers" in self.driver.supports.control or not armed)

    def within(self, system: AnySystem) -> AnySystem | None:
        """Return the system with the implementation at each process of its tables; None where it has no such process."""
        processes = {address: self._in_place_of(process, system) or process for address, process in system.processes.items()}
        return evolve(system, processes=processes) if any(isinstance(each, Tested) for each in processes.values()) else None

    def _in_place_of(self, process: AnyProcess, system: AnySystem) -> AnyProcess | None:
        for number, plan in enumerate(self.plans):
            if likeness(process) == likeness(plan.table.process) and kind_of(system.network) == kind_of(plan.table.network):
                return in_place_of(process, self.number, number)
        return None


START = -1
_NUMBERS = count()
IMPLEMENTATIONS: dict[int, Implementation] = {}
"""Implementations that are explored, by number: a process holds values only, and so the number."""


class Tested:
    """The handlers of a process that is an implementation. `implementation`, `table`: by number."""

    implementation: int
    table: int

    @property
    def _implementation(self) -> Implementation:
        return IMPLEMENTATIONS[self.implementation]

    @property
    def _plan(self) -> Plan:
        return self._implementation.plans[self.table]

    def start(self) -> Step[object]:
        """Start as the reference does, unless that differs."""
        implementation, table = self._implementation, self._plan.table
        (outcome, *others) = table.start()
        first = (self.table, START, Recover(table.at))
        if implementation.trusting and not others and first not in implementation.differing:
            return Step(AsReference(table.locals[outcome.local].state), outcome.effects)
        told = implementation.told(self.table, EMPTY)
        return Step(StateAfter(EMPTY), told.effects if told else ())

    def view(self, state: Any) -> object:
        """Show what the reference would, or all that the implementation shows. A LookupError where that is not the whole view."""
        table, state = self._plan.table, _plain(state)
        if isinstance(state, AsReference):
            return table.view(self._local(state, up=True))
        told = self._implementation.told(self.table, state.run)
        if told is not None and told.down:
            return self._view_of_survivor(state)
        shown = dict(told.observed) if told else {}
        names = [part.alias for part in fields(table.view_class)]
        if set(shown) != set(names):
            self._implementation.hides = True
            raise LookupError(f"of the view it shows {', '.join(shown) or 'nothing'}, not {', '.join(names)}")
        return table.view_class(**shown)

    def _view_of_survivor(self, state: StateAfter) -> object:
        """Return what would be seen of an implementation that is down, which shows nothing: it keeps of its last view what the reference keeps of its own."""
        runs = self._implementation.runs
        before, crash = StateAfter(runs.before(state.run)), runs[state.run][-1]
        last, local = self.view(before), self._reference(before)
        if local is None:
            return last
        table = self._plan.table
        down = table.locals[table.outcomes(local, crash)[0].local]
        kept, was = table.view(table.locals.id(Local(down.state, up=True))), table.view(local)
        lost = {name: left for name, left in _fields(kept).items() if likeness(left) != likeness(_fields(was)[name])}
        changed: object = evolve(last, **lost)  # type: ignore[misc]  # a record
        return changed

    def armed(self, state: Any) -> tuple[Any, ...]:
        """List what the adapter controls of what is armed. How work ends is as for the reference, unless it tells that."""
        control, state = self._implementation.driver.supports.control, _plain(state)
        after = isinstance(state, StateAfter)
        expected = self._plan.table.armed(local) if (local := self._reference(state)) is not None else ()
        told = self._implementation.told(self.table, state.run) if after else None
        deadlines = (told.deadlines if told else ()) if after else (each for each in expected if isinstance(each, Deadline))
        shown = "outcomes" in self._implementation.driver.supports.exact
        outcomes = (told.outcomes if told else ()) if after and shown else (each for each in expected if isinstance(each, Completion))
        return (*(deadlines if "triggers" in control else ()), *(outcomes if "outcomes" in control else ()), *self._own(told, expected))

    def _own(self, told: Told | None, expected: Sequence[object]) -> tuple[Internal, ...]:
        """Return whichever step of its own comes next, where they are made one by one and one is left."""
        left = told.own if told is not None else [each for each in expected if isinstance(each, Internal)]
        return (OWN_STEP,) if self._plan.table.stepwise and left else ()

    def survives(self, state: Any) -> Iterable[Any]:
        """List what the reference leaves at a crash, or what was given and then the crash."""
        crash, state = Crash(self._at, None), _plain(state)
        if isinstance(state, AsReference) and not self._differs(state, crash):
            outcomes = self._plan.table.outcomes(self._local(state, up=True), crash)
            return tuple(AsReference(self._plan.table.locals[outcome.local].state) for outcome in outcomes)
        prefix = self._prefix(state, up=True)
        return (state,) if prefix is None else (StateAfter(self._implementation.runs.after(prefix, crash)),)

    def receive(self, state: Any, source: Address, message: Any) -> Step[Any] | None:
        """Receive a message."""
        return self._made(state, Receive(self._at, source, _plain(message)))

    def request(self, state: Any, client: Address, request: Any) -> Step[Any] | None:
        """Take a request."""
        return self._made(state, Ask(self._at, client, _plain(request)))

    def cancel(self, state: Any, client: Address) -> Step[Any] | None:
        """Cancel a call."""
        return self._heard(state, Cancel(self._at, client))

    def fire(self, state: Any, trigger: Any) -> Step[Any]:
        """Let something that is armed happen."""
        return self._made(state, Fire(self._at, _plain(trigger))) or Step(state)

    def suspect(self, state: Any, peer: Address) -> Step[Any] | None:
        """Suspect a peer."""
        return self._heard(state, Suspect(self._at, peer))

    def trust(self, state: Any, peer: Address) -> Step[Any] | None:
        """Trust a peer again."""
        return self._heard(state, Trust(self._at, peer))

    def tick(self, state: Any, now: Ticks) -> Step[Any] | None:
        """Read the clock, on or back."""
        return self._made(state, Tick(self._at, now))

    def recover(self, state: Any) -> Step[Any]:
        """Come up again."""
        return self._made(state, Recover(self._at)) or Step(state)

    # ---- what it does

    @property
    def _at(self) -> Address:
        return self._plan.table.at

    def _heard(self, state: Any, move: Handled) -> Step[Any] | None:
        """Make what comes only to who takes notice of it: what the reference does not hear is told only where it was driven."""
        state = _plain(state)
        local, rows = self._reference(state), self._implementation.driver.driven.rows
        ignored = local is not None and self._plan.table.ignores(local, move)
        is_known = isinstance(state, AsReference) and (self.table, local, move) in rows
        return None if ignored and not is_known else self._made(state, move)

    def _made(self, state: Any, move: Handled) -> Step[Any] | None:
        table, state, up = self._plan.table, _plain(state), not isinstance(move, Recover)
        if isinstance(state, AsReference) and not self._differs(state, move):
            local = self._local(state, up=up)
            (outcome,) = table.outcomes(local, move)
            return None if table.ignores(local, move) else Step(AsReference(table.locals[outcome.local].state), outcome.effects)
        prefix = self._prefix(state, up=up)
        if prefix is None:
            return None
        run = self._implementation.runs.after(prefix, move)
        told = self._implementation.told(self.table, run)
        if told is None:
            return None
        there = self._reference(state) if isinstance(move, Ask | Cancel | Receive) else None
        expected = () if there is None else table.outcomes(there, move)[0].effects
        return Step(StateAfter(run), answered_in_order(told.effects, expected))

    def _differs(self, state: AsReference, move: Input) -> bool:
        """Tell whether a case of this row differed, or none was driven, or the reference has a choice in it: then the implementation is asked."""
        implementation, up = self._implementation, not isinstance(move, Recover)
        local = self._local(state, up=up)
        rows = {(self.table, local, name) for name in names_of(move)}
        if rows & implementation.differing:
            return True
        unknown = not rows & implementation.driver.driven.rows and self._prefix(state, up=up) is not None
        return not isinstance(move, Crash) and (unknown or len(self._plan.table.outcomes(local, move)) > 1)

    def _prefix(self, state: AsReference | StateAfter, *, up: bool) -> int | None:
        """Return a run that leads to a state, by number; None where the adapter lets none."""
        if isinstance(state, StateAfter):
            return state.run
        inputs = self._implementation.prefixes[self.table].get(self._local(state, up=up))
        return None if inputs is None else self._implementation.runs.after(EMPTY, *inputs)

    def _reference(self, state: AsReference | StateAfter) -> int | None:
        """Return where the reference would be, by number; None where it would not take the inputs."""
        return self._local(state, up=True) if isinstance(state, AsReference) else self._implementation.reference(self.table, state.run)

    def _local(self, state: AsReference, *, up: bool) -> int:
        return self._plan.table.locals.id(Local(state.state, up))


def _plain(value: Any) -> Any:
    """Return a value as it is: a checker asks every handler twice, the second time with its sets in another order."""
    match value:
        case AsReference(state):
            return AsReference(_plain(state))
        case Receive(message=message) | Forge(message=message):
            return evolve(value, message=_plain(message))
        case Ask(request=request):
            return evolve(value, request=_plain(request))
        case Fire(trigger=trigger):
            return evolve(value, trigger=_plain(trigger))
        case Crash(during=during):
            return evolve(value, during=_plain(during))
        case Cancel() | Suspect() | Trust() | Recover() | Tick() | SetBack() | StateAfter():
            return value
        case _:
            return value_of(likeness(value))


def _fields(view: object) -> dict[str, Any]:
    return {part.alias: getattr(view, part.name) for part in fields(type(view))}  # type: ignore[arg-type]  # a record


def in_place_of(process: AnyProcess, implementation: int, table: int) -> AnyProcess:
    """Return an implementation in place of a process, of a class that derives from its class."""
    kind: Any = type(process)
    given = {part.alias: getattr(process, part.name) for part in fields(kind) if part.init}
    tested: AnyProcess = _tested(kind, has_clock(process))(**given, implementation=implementation, table=table)
    return tested


@cache
def _tested(kind: Any, keeps_time: bool) -> Any:
    """Return a class of implementations, derived from that of a process."""
    view = wraps(kind.view)(lambda self, state: Tested.view(self, state))  # noqa: PLW0108  # a copy, which takes the annotation that names the class of views
    body = {"view": view} if keeps_time else {"view": view, "tick": kind.tick}
    return make_class(
        kind.__name__,
        {"implementation": field(kw_only=True), "table": field(kw_only=True)},
        bases=(Tested, kind),
        class_body=body,
        frozen=True,
    )
