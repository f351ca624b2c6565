"""What is found in a system by asking everything of every state and every move, without any shortcut."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from concordant.checks.exploration.report import Report, Status
from concordant.refimpl.machine import AnySystem, Cancel, Crash, Forge, Lose, SetBack
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, Case, Clause, EveryStep, Fault, OnEvent, Sometimes
from tests.meaning.delays import Slow
from tests.meaning.plain import Made, Plain, Sight
from tests.meaning.worlds import World

NOT_OWN = (Crash, Lose, Cancel, Forge, SetBack)
Safety = Always[Any] | AlwaysEach[Any, Any] | AtRest[Any] | EveryStep[Any] | OnEvent[Any, Any] | Sometimes[Any]
SAFETY = (Always, AlwaysEach, AtRest, EveryStep, OnEvent, Sometimes)
Asked = tuple[Iterable[Case], int, Fault]
"""The cases of something, how many moves lead to it, and the faults that had happened."""


class TooMany(Exception):  # noqa: N818  # it says what is wrong
    """There are more states than are wanted."""


@define(eq=False)
class Explored:
    """All states of a system and all moves, in the order of a search breadth first. `faults`: by state, those of all paths to it."""

    system: AnySystem
    most: int
    plain: Plain = field(init=False)
    worlds: list[World] = field(factory=list, init=False)
    depths: list[int] = field(factory=list, init=False)
    moves: list[tuple[int, Made, int]] = field(factory=list, init=False)
    beyond: set[int] = field(factory=set, init=False)
    resting: list[int] = field(factory=list, init=False)
    dropped: int = field(init=False)
    faults: list[Fault] = field(init=False)
    _numbers: dict[Any, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.plain = Plain(self.system) if self.system.network.delay is None else Slow(self.system)
        first, self.dropped, _ = self.plain.begin()
        waiting = deque([self._number(first, 0)])
        while waiting:
            number = waiting.popleft()
            if number not in self.beyond:
                waiting.extend(self._left(number))
        self.faults = [Fault.NONE] * len(self.worlds)
        self.faults[0] = Fault.LOSS if self.plain.begin()[1] else Fault.NONE
        while self._carried():
            pass

    def _number(self, world: World, depth: int) -> int:
        number = self._numbers.setdefault(world.key(fifo=self.system.network.fifo), len(self.worlds))
        if number == len(self.worlds):
            if number == self.most:
                raise TooMany
            self.worlds.append(world)
            self.depths.append(depth)
            if not all(within(Sight(self.plain, world)) for within in self.system.within):
                self.beyond.add(number)
        return number

    def _left(self, number: int) -> Iterator[int]:
        """Make all moves out of a state, and yield the states that are new."""
        moved = False
        for made in self.plain.moves(self.worlds[number]):
            known = len(self.worlds)
            target = self._number(made.target, self.depths[number] + 1)
            self.moves.append((number, made, target))
            self.dropped += made.dropped
            by_itself = not isinstance(made.move, NOT_OWN) and not made.fault & (Fault.SUSPICION | Fault.SKEW)
            moved = moved or (by_itself and target != number)
            if target == known:
                yield target
        if not moved and self.system.clocks is None:
            self.resting.append(number)

    def own(self, made: Made, target: int) -> Fault:
        """Return which fault a move is: a delivery is a duplication where the message would change nothing more if it came again at once."""
        fault = made.fault | (Fault.LOSS if made.dropped else Fault.NONE)
        if not made.fault & Fault.DUPLICATION:
            return fault
        after, assumed = self.worlds[target], self.system.assume
        again = next(self.plain.step(after, made.process, made.move), None)
        still = again is None or (
            self._numbers.get(again.target.key(fifo=False)) == target and all(each(made.move, Sight(self.plain, after)) for each in assumed)
        )
        return fault if still else fault & ~Fault.DUPLICATION

    def _carried(self) -> bool:
        """Carry faults along all moves; tell whether some came to a state that had not known them."""
        more = False
        for source, made, target in self.moves:
            found = self.faults[target] | self.faults[source] | self.own(made, target)
            more = more or found != self.faults[target]
            self.faults[target] = found
        return more

    # ---- clauses

    def judged(self, clause: Safety) -> tuple[Status, int | None, Fault]:
        """Return how a clause stands, how many moves show that, and the faults under which it has a case."""
        wanted, shown, under, some = isinstance(clause, Sometimes), list[int](), Fault.NONE, False
        for cases, length, faults in self._asked(clause):
            found = list(cases)
            some = some or bool(found)
            under |= faults if found else Fault.NONE
            shown += [length for each in found if each.holds is wanted]
        if wanted:
            return Status.HOLDS if shown else Status.VIOLATED, min(shown, default=None), Fault.NONE
        return Status.VIOLATED if shown else Status.HOLDS if some else Status.VACUOUS, min(shown, default=None), under

    def _asked(self, clause: Safety) -> Iterator[Asked]:
        match clause:
            case Always() | Sometimes() | AtRest():
                for number in self.resting if isinstance(clause, AtRest) else range(len(self.worlds)):
                    yield clause.cases(Sight(self.plain, self.worlds[number])), self.depths[number], self.faults[number]
            case AlwaysEach():
                for number, world in enumerate(self.worlds):
                    for name, view in Sight(self.plain, world).views(clause.view).items():
                        yield clause.cases(view, name, world.history), self.depths[number], self.faults[number]
            case EveryStep():
                yield from self._steps(clause)
            case OnEvent():
                yield from self._events(clause)

    def _steps(self, clause: EveryStep[Any]) -> Iterator[Asked]:
        plain = self.plain
        for source, made, target in self.moves:
            if made.process >= 0 and issubclass(plain.shows[made.process], clause.view):
                name = plain.names[made.process]
                before, after = (Sight(plain, self.worlds[number]).views(clause.view)[name] for number in (source, target))
                yield clause.cases(before, after), self.depths[source] + 1, self._during(source, made, target)

    def _events(self, clause: OnEvent[Any, Any]) -> Iterator[Asked]:
        for history, (_, by, what) in self.plain.begin()[2]:
            if isinstance(what, clause.event):
                yield clause.cases(history, by, what), 0, Fault.NONE
        for source, made, target in self.moves:
            history = self.worlds[source].history
            for at, by, what in made.happened:
                if isinstance(what, clause.event):
                    yield clause.cases(history, by, what), self.depths[source] + 1, self._during(source, made, target)
                history = history.after(at, by, what)

    def _during(self, source: int, made: Made, target: int) -> Fault:
        return self.faults[source] | self.own(made, target) & ~Fault.DUPLICATION


def compared(system: AnySystem, report: Report, most: int) -> dict[str, tuple[object, object]] | None:
    """Return what is found here and what a report says, where these are two things; None where there are too many states."""
    try:
        found = Explored(system, most)
    except TooMany:
        return None
    occurred = Fault.LOSS if found.plain.begin()[1] else Fault.NONE
    for _, made, _ in found.moves:
        occurred |= made.fault | (Fault.LOSS if made.dropped else Fault.NONE)
    both: dict[str, tuple[object, object]] = {
        "states": (len(found.worlds), report.states),
        "transitions": (len(found.moves), report.transitions),
        "depth": (max(found.depths) + 1, report.depth),
        "at rest": (len(found.resting), report.at_rest),
        "beyond": (len(found.beyond), report.beyond),
        "dropped": (found.dropped, report.dropped),
        "occurred": (occurred, report.occurred),
    }
    for verdict in report.verdicts:
        clause: Clause = verdict.clause
        if isinstance(clause, SAFETY) and verdict.status is not Status.NOT_PROMISED:
            both[clause.id] = found.judged(clause), (verdict.status, verdict.length, verdict.judged_under)
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}
