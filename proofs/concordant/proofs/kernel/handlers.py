"""Handlers for all states: the shipped Python runs on symbols of the proved model's own sorts, and simulates the model.

Every input is run in every shape of state, from any sender: messages, requests, triggers that are armed, suspicion,
cancellation, trust where it is heard, a reading of the clock where it has one, a crash with what survives it, and recovery. Each step must be enabled actions of the model, one after the other,
or none; leave a state of one of the shapes, that says what is then true of the model; and say only what is then true. A step
that a crash cuts off says less, and the model may have taken its actions all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Never, TypeAlias

import z3
from attrs import evolve, fields, frozen, has

from concordant.proofs.kernel.looking_in import hashed_alike, looked_into
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, classes, require, who
from concordant.proofs.kernel.models import State, Term
from concordant.proofs.kernel.obligations import possible
from concordant.proofs.kernel.openings import raw
from concordant.proofs.kernel.paths import Contradictory, Impossible, Paths, Refuted, every_path, under_way
from concordant.proofs.kernel.peeking import telling_types
from concordant.proofs.kernel.rules import Apply, standing_for
from concordant.proofs.kernel.shapes import Shape, Shapes, records
from concordant.proofs.kernel.spelling import spelled
from concordant.proofs.kernel.stepping import StepJudge
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.refimpl.machine import AnyProcess, Ask, Cancel, Fire, Handled, Process, Receive, Recover, Step, Suspect, Tick, Trust
from concordant.refimpl.machine.process import header
from concordant.spec.vocabulary import Address, Deliver

SENDER: Address = WHO.symbol("sender")
USER: Address = WHO.symbol("user")
PEER: Address = WHO.symbol("peer")


@frozen(eq=False)
class Input:
    """Something that comes to a process: what the text calls it, the moves that it may be, and what is assumed of it.

    `survived`: it comes to what a crash has left, whatever others have done since.
    """

    name: str
    text: str
    move: Callable[[], Handled | Apply]
    facts: Callable[[], tuple[Term, ...]]
    survived: bool = False


def _fired(name: str, shape: Shape) -> Input:
    return Input(name, shape.text, lambda: Fire(ME, shape.build()), lambda: shape.facts)


def _plain(name: str, move: Handled | Apply) -> Input:
    return Input(name, name, lambda: move, tuple)


CRASH = "crash and recovery"
Situation: TypeAlias = tuple[str, str]
"""A class of states, and an input."""


@frozen
class RoleFindings:
    """What running a role has shown: how many paths, which actions, and which situations are shown to be possible.

    `supposed`: what was supposed on the way, as a sentence and as a formula.
    """

    paths: int = 0
    actions: frozenset[str] = frozenset()
    situations: frozenset[Situation] = frozenset()
    supposed: frozenset[tuple[str, str]] = frozenset()

    def __add__(self, other: RoleFindings) -> RoleFindings:
        return RoleFindings(
            self.paths + other.paths,
            self.actions | other.actions,
            self.situations | other.situations,
            self.supposed | other.supposed,
        )


@frozen(eq=False)
class RunningRole:
    """The handlers of a role, or of a subclass with a mistake, with one cast."""

    meaning: Meaning
    role: Role
    kind: type[AnyProcess]
    cast: Cast

    @property
    def shapes(self) -> Shapes:
        """The shapes of its states, and of what comes to it."""
        return self.meaning.shapes(self.role, self.cast)

    def sizes(self, rule: str | None) -> Mapping[str, int]:
        """Return how many entries fields have at most of the states to which a rule is applied, or something else comes."""
        return {**self.shapes.sizes, **(self.role.applied(self.cast, rule) if rule is not None else {})}

    def machine(self) -> AnyProcess:
        """Return the process that is run."""
        process: AnyProcess = made(lambda: self.role.make(self.kind, ME, self.cast), self.cast.all_facts)
        return process

    def inputs(self) -> Iterator[Input]:
        """Yield every input that its header names, and those that come to every process."""
        _, messages, requests, triggers = header(self.kind)
        triggers = triggers if self.kind.armed is not Process.armed else Never
        of_anybody = evolve(self.shapes, alike=True)
        sent = of_anybody if self.meaning.somebody_lies else self.shapes
        for kinds, shapes, name, given in (
            (messages, sent, "message", self._sent),
            (requests, of_anybody, "request", self._asked),
            (triggers, self.shapes, "trigger", _fired),
        ):
            for kind in classes(kinds):
                for shape in shapes.of(kind, name):
                    yield given(kind.__name__, shape)
        yield from (_plain("suspicion", Suspect(ME, PEER)), _plain("cancellation", Cancel(ME, USER)))
        yield from (_plain(f"rule {name}", Apply(ME, name)) for name in self.role.rules)
        if self.role.crashes:
            yield _plain(CRASH, Recover(ME))
            if self.kind.recover is not Process.recover:
                yield Input(CRASH, "recovery from what that has left", lambda: Recover(ME), tuple, survived=True)
        if self.kind.trust is not Process.trust:
            yield _plain("trust", Trust(ME, PEER))
        if self.has_clock:
            yield Input(
                "clock", f"clock, any of the {self.clock.plural}", lambda: Tick(ME, self.reading), lambda: self.shown(self.meaning.now)
            )

    @cached_property
    def heard(self) -> Mapping[type, tuple[tuple[Shapes, ...], ...]]:
        """With which messages roles are run."""
        return self.meaning.heard(self.role, self.cast)

    @property
    def has_users_waiting(self) -> bool:
        """Whether users wait for it, of whom it serves no others."""
        return type(self.meaning).serves is not Meaning.serves and header(self.kind)[2] is not Never and not self.role.outlived

    def waiting(self, state: Any) -> Iterable[tuple[Address, Any]]:
        """List who is known to wait in a state, each with what it asked for."""
        return self.meaning.serves(state) if self.has_users_waiting else ()

    @property
    def has_clock(self) -> bool:
        """Whether it reads a clock."""
        return self.kind.tick is not Process.tick

    @property
    def clock(self) -> SymbolicClass:
        """The readings of its clock."""
        if self.meaning.clock is None:
            raise Refuted("it reads a clock, of which the proof has no symbols: say by `clock` in its meaning what readings are")
        return self.meaning.clock

    @property
    def reading(self) -> Any:
        """Any reading of its clock."""
        return self.clock.symbol("reading")

    def shown(self, s: State) -> tuple[Term, ...]:
        """Return what is assumed of that reading when the clock shows it."""
        return (*self.clock.facts(self.clock.term(self.reading)), *self.role.shows(s, self.reading).values())

    def _sent(self, name: str, shape: Shape) -> Input:
        def facts() -> tuple[Term, ...]:
            says = require(self.meaning.message_to(self.meaning.now, SENDER, ME, shape.build()), shape.text)
            return (*shape.facts, *says.values(), *self.meaning.shows(self.meaning.now, shape.build()).values())

        return Input(name, shape.text, lambda: Receive(ME, SENDER, shape.build()), facts)

    def _asked(self, name: str, shape: Shape) -> Input:
        def facts() -> tuple[Term, ...]:
            return (*shape.facts, *self.meaning.request(self.meaning.now, ME, shape.build()).values())

        return Input(name, shape.text, lambda: Ask(ME, USER, shape.build()), facts)

    def run(self, met: set[Situation], at: str | None = None) -> Iterator[RoleFindings]:
        """Run everything, one situation after the other; Refuted where something is wrong.

        `met`: what needs not be met again; it grows. `at`: one input only, by name.
        """
        shapes = self.shapes
        read = (*header(self.kind), self.meaning.said, Deliver)
        kinds = {kind: telling for part in read for kind in records(part) if (telling := shapes.telling(kind))}
        with hashed_alike(shapes.domains), looked_into(kinds), telling_types(self.kind):
            yield from self._run(met, at)

    def _run(self, met: set[Situation], at: str | None) -> Iterator[RoleFindings]:
        yield self._started()
        inputs = tuple(each for each in self.inputs() if at in (None, each.name))
        for shapes, comes in self._alike(inputs):
            for state in (shape for kind in self.states() for shape in shapes.of(kind, "state")):
                for given, says in self._coming(state, comes):
                    ran = self._situation(shapes, state, says, given, met, alone=at is not None)
                    met |= ran.situations
                    yield ran

    def _alike(self, inputs: Iterable[Input]) -> Iterator[tuple[Shapes, tuple[Input, ...]]]:
        """Yield inputs that come to states of the same shapes, with these."""
        rules, alike = {f"rule {name}": name for name in self.role.rules}, dict[tuple[tuple[str, int], ...], list[Input]]()
        for given in inputs:
            alike.setdefault(tuple(self.sizes(rules.get(given.name)).items()), []).append(given)
        yield from ((evolve(self.shapes, sizes=dict(sizes)), tuple(comes)) for sizes, comes in alike.items())

    def _coming(self, shape: Shape, comes: tuple[Input, ...]) -> Iterator[tuple[Input, tuple[Term, ...]]]:
        """Yield what comes to a state of a shape that there may be, each with what the state then says: of one that a crash has left less."""
        for survived, means in ((False, self.meaning.state), (True, self.meaning.survivor)):
            given = tuple(each for each in comes if each.survived == survived)
            says = tuple(means(self.meaning.now, ME, built(shape)).values()) if given else ()
            yield from ((each, says) for each in given if self._may_be(shape, says))

    def _may_be(self, shape: Shape, says: tuple[Term, ...]) -> bool:
        """Tell whether a state may be of a shape, whatever comes, as far as that is told without quantifiers."""
        try:
            every_path(lambda _: None, [*self.cast.all_facts, *shape.facts, *says])
        except Contradictory:
            return False
        return True

    def states(self) -> tuple[type, ...]:
        """Return the classes of its states."""
        return classes(header(self.kind)[0])

    def _started(self) -> RoleFindings:
        """Run its start, as if nobody had done anything: so it is where nobody else takes actions then."""
        ran, model = self.starting, self.meaning.model
        for action in sorted(ran.actions):
            arguments = model.arguments(model.actions[action])
            by_another = [self.meaning.may_take(who(PEER), action, arguments), who(PEER) != who(ME)]
            if possible([*self.meaning.given, *self.cast.all_facts, *by_another], f"who else takes {action}"):
                raise Refuted(f"it takes {action} at its start, as if no other had, whose start may come first")
        for role in self.meaning.roles if ran.actions else ():
            other = RunningRole(self.meaning, role, role.kind, role.casts[0])
            if role is not self.role and other.starting.actions:
                raise Refuted(f"it takes {', '.join(sorted(ran.actions))} at its start, as if no {role.kind.__name__} had done anything")
        return ran

    @cached_property
    def starting(self) -> RoleFindings:
        """What its start has shown, where nobody has done anything."""
        actions: set[str] = set()
        supposed: dict[str, dict[int, Term]] = {}

        def run(paths: Paths) -> None:
            paths.supposed, paths.printed = supposed, self.meaning.printed
            judge = self._judge(self.shapes, paths, actions)
            judge.step(self.meaning.model.start(), None, None, judge.handled(lambda: self.machine().start()))
            if not paths.possible(z3.BoolVal(True)):  # Z3's own signature
                raise Refuted(f"there are never {self.cast.text}: what is assumed of them contradicts itself, and everything would follow")

        axioms = list(self.meaning.model.axioms.values())
        with standing_for(self.kind, self.role.rules, None):
            ran = every_path(run, [*axioms, *self.meaning.background.values(), *self.cast.all_facts])
        return RoleFindings(ran, frozenset(actions), supposed=_told(supposed))

    def _judge(self, shapes: Shapes, paths: Paths, actions: set[str]) -> StepJudge:
        return StepJudge(self.meaning, self.role, self.kind, self.cast, self.heard, shapes, paths, actions)

    def _situation(
        self, shapes: Shapes, shape: Shape, says: tuple[Term, ...], given: Input, met: set[Situation], *, alone: bool
    ) -> RoleFindings:
        """Run one input in one shape of state; nothing, where these cannot come together. Of one that is run `alone` it is not asked what was met."""
        actions: set[str] = set()
        here = shape.text.partition("(")[0], given.name
        found = set[Situation]()
        supposed: dict[str, dict[int, Term]] = {}

        def run(paths: Paths) -> None:
            paths.supposed, paths.printed = supposed, self.meaning.printed
            try:
                came = _met(self, self._judge(shapes, paths, actions), shape.build(), given)
            except Refuted:
                if paths.trespass is None and not paths.refuted and not paths.possible(z3.BoolVal(True)):
                    raise Impossible from None
                raise
            if came and not alone and not {here} <= met | found and paths.possible(z3.BoolVal(True)):  # Z3's own signature
                found.add(here)

        try:
            with standing_for(self.kind, self.role.rules, given.name.removeprefix("rule ")):
                paths = every_path(run, [*self.meaning.invariant, *self.cast.all_facts, *shape.facts, *says, *given.facts()])
        except Contradictory:
            return RoleFindings()
        return RoleFindings(paths, frozenset(actions), frozenset(found), _told(supposed))


def _told(supposed: Mapping[str, Mapping[int, Term]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (sentence, spelled(term)) for sentence, terms in supposed.items() for term in terms.values() if not z3.is_true(z3.simplify(term))
    )


def built(shape: Shape) -> Any:
    """Build a value of a shape for what it says."""
    return made(shape.build, shape.facts)


def made(make: Callable[[], Any], facts: tuple[Term, ...]) -> Any:
    """Make something of symbols that are different, by what is known of them; where no run is under way, on a path of its own."""
    found: list[Any] = [make()] if under_way() else []
    if not found:
        every_path(lambda _: found.append(make()), facts)
    return found[0]


def _met(running: RunningRole, judge: StepJudge, state: Any, given: Input) -> bool:
    """Let one input come to a process; False where it cannot, since it is not armed."""
    machine, move, now = running.machine(), given.move(), running.meaning.now
    match move:
        case Receive(_, source, message):
            after = judge.handled(lambda: machine.receive(state, source, message))
        case Ask(_, user, request):
            for waits, _ in running.waiting(state):  # a user has one call at a process
                judge.paths.assume(who(user) != who(waits))
            after = judge.handled(lambda: machine.request(state, user, request))
        case Fire(_, trigger):
            armed = judge.handled(lambda: tuple(machine.armed(state)))
            judge.require_run(armed)
            if trigger not in armed:
                return False
            after = judge.handled(lambda: machine.fire(state, trigger))
        case Suspect(_, peer):
            after = judge.handled(lambda: machine.suspect(state, peer))
        case Apply(_, rule):
            after = judge.handled(lambda: getattr(machine, rule)(state))
        case Trust(_, peer):
            after = judge.handled(lambda: machine.trust(state, peer))
        case Tick(_, reading):
            after = judge.handled(lambda: machine.tick(state, reading))
        case Cancel(_, user):
            if type(machine).cancel is not Process.cancel:  # only an open call is cancelled
                judge.paths.assume(z3.Or([who(user) == who(waits) for waits, _ in running.meaning.serves(state)]))
            after = judge.handled(lambda: machine.cancel(state, user))
        case _ if given.survived:
            return _recovered(running, judge, machine, state)
        case _:
            for survivor in _left(judge, machine, state):
                judge.step(now, state, None, Step(survivor))
                if type(machine).recover is not Process.recover and not _outlives(judge, machine, survivor):
                    raise Refuted(f"a crash leaves {shown(survivor)}, and another one would not leave that")
            return True
    judge.step(now, state, move, Step(state) if after is None else after)
    return True


def _left(judge: StepJudge, machine: AnyProcess, state: Any) -> tuple[Any, ...]:
    """Return what a crash may leave of a state; Refuted, where it leaves nothing."""
    left: tuple[Any, ...] = judge.handled(lambda: tuple(machine.survives(state)))
    if not left:
        raise Refuted("a crash leaves nothing, and must leave some state")
    return left


def _outlives(judge: StepJudge, machine: AnyProcess, state: Any) -> bool:
    """Tell whether a crash may leave a state as it is: so it is with what a crash has left, which is how that is known."""
    return any(_same(state, each) for each in _left(judge, machine, state))


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are one, of which not all can be compared as long as they are open."""
    if one is other:
        return True
    if has(type(one)):
        return type(one) is type(other) and all(_same(raw(one, each.name), raw(other, each.name)) for each in fields(type(one)))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _recovered(running: RunningRole, judge: StepJudge, machine: AnyProcess, survivor: Any) -> bool:
    """Let a process recover from what a crash has left, in whatever the others have done since; it reads its clock, if it has one, in the same step.

    False, where no crash leaves that.
    """
    if not _outlives(judge, machine, survivor):
        return False
    now = running.meaning.now
    after = judge.handled(lambda: machine.recover(survivor))
    if not running.has_clock or type(after) is not Step:
        judge.step(now, survivor, Recover(ME), after)
        return True
    reading = running.reading
    for fact in running.shown(now):
        judge.paths.assume(fact)
    judge.step(now, survivor, Recover(ME, reading), judge.handled(lambda: after.then(lambda up: machine.tick(up, reading))))
    return True
