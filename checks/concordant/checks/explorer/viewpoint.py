"""Where one stands: the state at the end of a run, what can be done there, what cannot, and what the clauses say.

The run is the state: a place is found anew from the numbers of the moves that lead there, so that nothing has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from attrs import define, field, frozen

from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Frame, InFlight
from concordant.checks.exploration.traces import Path, frames, in_flight
from concordant.checks.exploration.why_not import FailedGuard, why_not
from concordant.checks.explorer.groups.found import hook_of
from concordant.checks.explorer.groups.hooks import Hook, Pictured, Seen
from concordant.checks.explorer.near import NearMiss, near_misses
from concordant.checks.explorer.setting import Setting
from concordant.checks.explorer.truths import Truth, truths
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.refuting.along import last_of
from concordant.checks.refuting.repaired import Beside, Departure
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.differences import difference
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken, waiting
from concordant.checks.semantics.texts import effect_texts
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Ask, Cancel, Crash, Forge, Lose, Move, Receive, Recover, SetBack, Suspect, Trust
from concordant.spec.vocabulary import Address, Call, Clause

MOST = 500
"""How many moves a run may have here."""
WANDERS = 20
"""How many moves are made at random at a time."""
FAULTS = Lose | Crash | Recover | Cancel | Forge | SetBack | Suspect | Trust
"""Moves of the environment that are no step of the protocol."""


class NoSuchMove(Misuse):
    """A run has a number where there are fewer moves, or too many moves."""


@frozen
class Option:
    """A move that can be made. `number`: its place in the order of all; `frame`: what it does; `says_no`: the first guard of its process that does."""

    number: int
    move: Move
    frame: Frame
    says_no: FailedGuard | None

    @property
    def is_a_fault(self) -> bool:
        """Whether it is a move of the environment, and no step of the protocol."""
        return isinstance(self.move, FAULTS)

    @property
    def kind(self) -> str:
        """What kind of move it is."""
        return type(self.move).__name__.lower()

    @property
    def whose(self) -> str:
        """Who makes it."""
        return "the network" if isinstance(self.move, Lose) else str(self.move.at)

    @property
    def comes(self) -> tuple[str, ...]:
        """What comes of it, in words: its effects, and what is then kept; *nothing* where one might expect something."""
        changed = (f"{each.field or each.who}: {difference(each.before, each.after) or text(each.after)}" for each in self.frame.changes)
        found = (*effect_texts(self.frame.happened), *changed)
        return found or (("nothing",) if isinstance(self.move, Receive | Ask) else ())


def by_kind(options: Sequence[Option]) -> list[Option]:
    """Order moves by whose they are and, of each, by kinds as they come; then faults by kinds, and of each kind by whose they are."""
    kinds = list(dict.fromkeys(each.kind for each in options))
    steps = sorted((each for each in options if not each.is_a_fault), key=lambda each: (each.whose, kinds.index(each.kind)))
    faults = sorted((each for each in options if each.is_a_fault), key=lambda each: (kinds.index(each.kind), each.whose))
    return [*steps, *faults]


@frozen
class Participant:
    """One process: its state, and whether it is up."""

    who: Address
    state: object
    up: bool


@frozen
class Allowance:
    """How often the environment may still do something; None without a bound."""

    what: str
    left: int | None


@frozen(eq=False)
class Viewpoint:
    """The end of a run. `numbers`: of its moves, each among those possible before it; `frames`: what they did.

    `departs`: where a mistake acts, if the system has one that can be told. `before`: the processes as they stood before the last move, none at the start. `views`: what an outsider could know of each process. `calls`: who waits for an answer of whom. `history`: what the clauses' history is there. `left`: what the environment may still do. `pictured`: what is drawn of it besides, if anything is.
    """

    numbers: tuple[int, ...]
    frames: tuple[Frame, ...]
    departs: Departure | None
    processes: tuple[Participant, ...]
    before: tuple[Participant, ...]
    views: tuple[object, ...]
    in_flight: tuple[InFlight, ...]
    calls: tuple[Call, ...]
    history: object
    left: tuple[Allowance, ...]
    options: tuple[Option, ...]
    near_misses: tuple[NearMiss, ...]
    truths: tuple[Truth, ...]
    pictured: Pictured | None


@define(eq=False)
class Explorer:
    """Finds the places of a setting. What the machine answers is kept between them; which places were asked for is not."""

    setting: Setting
    semantics: Semantics = field(init=False)
    beside: Beside | None = field(init=False)
    hook: Hook | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.semantics = Semantics(self.setting.system)
        self.beside = Beside.of(self.semantics)
        self.hook = hook_of(self.setting.protocol)

    @watching()
    def at(self, numbers: Sequence[int] = ()) -> Viewpoint:
        """Return the place to which moves lead, each by its number among those possible before it; one that is not there is a Misuse."""
        path = self._path(numbers)
        here = last_of(path)
        states = [path[0], *(state for _, state in path[1])]
        parts, semantics = self.semantics.parts, self.semantics
        return Viewpoint(
            tuple(numbers),
            frames(semantics, path),
            None if self.beside is None else self.beside.departure(path),
            self._standing(here),
            self._standing(states[-2]) if len(states) > 1 else (),
            tuple(self._view(here, process) for process in range(len(parts.addresses))),
            in_flight(semantics, here),
            waiting(parts, here),
            parts.observations.told(here.history),
            tuple(_left(semantics, here)),
            tuple(self._options(here)),
            near_misses(semantics, here),
            truths(semantics, path),
            None if self.hook is None else self._pictured(self.hook, states),
        )

    @watching()
    def along(self, numbers: Sequence[int], clause: Clause) -> tuple[Truth, ...]:
        """Return what a clause says at each place of a run, from the start on."""
        start, steps = self._path(numbers)
        return tuple(truths(self.semantics, (start, steps[:length]), (clause,))[0] for length in range(len(steps) + 1))

    def state(self, numbers: Sequence[int]) -> State:
        """Return the state at a place."""
        return last_of(self._path(numbers))

    @watching()
    def wandered(self, numbers: Sequence[int], seed: int, most: int = WANDERS) -> tuple[int, ...]:
        """Go on at random from a place, by at most so many moves of the system and its users, each to a state where the run was not before. The same seed goes the same way."""
        here, run, drawn = self.state(numbers), list(numbers), Random(f"{seed} {list(numbers)}")  # noqa: S311  # nothing is kept secret by it
        seen = {here}
        for _ in range(min(most, MOST - len(run))):
            possible = list(self.semantics.successors(here))
            new = [number for number, (taken, reached) in enumerate(possible) if reached not in seen and not isinstance(taken.move, FAULTS)]
            if not new:
                break
            run.append(drawn.choice(new))
            here = possible[run[-1]][1]
            seen.add(here)
        return tuple(run)

    def numbers_of(self, moves: tuple[Move, ...]) -> tuple[int, ...]:
        """Return the numbers of moves from the start; a CannotReplay where one is not possible."""
        return self.numbered(run(self.semantics, moves))

    def numbered(self, path: Path) -> tuple[int, ...]:
        """Return the numbers of the moves of a path, each among those possible before it."""
        before, steps = path
        numbers: list[int] = []
        for taken, reached in steps:
            numbers.append(list(self.semantics.successors(before)).index((taken, reached)))
            before = reached
        return tuple(numbers)

    def _path(self, numbers: Sequence[int]) -> Path:
        if len(numbers) > MOST:
            raise NoSuchMove(f"a run of {len(numbers):,} moves is longer than the {MOST} that can be stepped through; begin anew")
        (start,) = self.semantics.initial()
        here, steps = start, list[tuple[Taken, State]]()
        for place, number in enumerate(numbers, start=1):
            possible = list(self.semantics.successors(here))
            if not 0 <= number < len(possible):
                raise NoSuchMove(f"there is no move {number} at step {place}; {_count(len(possible))} can be made there")
            steps.append(possible[number])
            here = possible[number][1]
        return start, tuple(steps)

    def _standing(self, here: State) -> tuple[Participant, ...]:
        steps = self.semantics.parts.steps
        return tuple(
            Participant(address, steps.locals[process][here.locals[process]].state, self.semantics.up(here, process))
            for process, address in enumerate(self.semantics.parts.addresses)
        )

    def _pictured(self, hook: Hook, states: Sequence[State]) -> Pictured:
        """Return what is drawn; what raises instead is a broken rule, as it may be a user's."""
        try:
            return hook.of([self._seen(each) for each in states])
        except Exception as error:
            raise BrokenRule(f"the picture of {self.setting.protocol.stem} raised {type(error).__name__}: {error}") from error

    def _seen(self, here: State) -> Seen:
        addresses = self.semantics.parts.addresses
        views = {address: self._view(here, process) for process, address in enumerate(addresses)}
        return self.semantics.parts.observations.told(here.history), views

    def _view(self, here: State, process: int) -> object:
        observations = self.semantics.parts.observations
        return observations.views[observations.view(process, here.locals[process])]

    def _options(self, here: State) -> Iterator[Option]:
        for number, step in enumerate(self.semantics.successors(here)):
            (frame,) = frames(self.semantics, (here, (step,)))
            yield Option(number, step[0].move, frame, why_not(self.semantics, here, step[0].move))


def _count(moves: int) -> str:
    return {0: "none", 1: "only move 0"}.get(moves, f"moves 0 to {moves - 1}")


def _left(semantics: Semantics, here: State) -> Iterator[Allowance]:
    network, faults, spent = semantics.system.network, semantics.system.faults, here.spent
    clocks = None if semantics.time is None else semantics.time.clocks
    allowed = (
        ("losses", network.losses, spent.losses),
        ("crashes", faults.crashes if faults.who else 0, spent.crashes),
        ("recoveries", faults.recoveries, spent.recoveries),
        ("cancellations", faults.cancellations, spent.cancellations),
        ("mistakes of the detector", faults.mistakes if faults.detector else 0, spent.mistakes),
        ("clocks set back", 0 if clocks is None else clocks.setbacks, spent.setbacks),
    )
    for what, most, used in allowed:
        if most != 0:
            yield Allowance(what, None if most is None else most - used)
