"""Explaining: a search for a behaviour that fits logs, in which what leaves no line may happen at any moment.

A user's call may be handled any time after its line, and its answer be logged any time after it was given: with calls that take no time,
right logs are refused. Events and crashes are logged in the step in which they happen. Among the places of the search those come first
that explain much with few moves, and such as are likely.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from attrs import define, evolve, field, frozen

from concordant.checks.codec.codec import Codec
from concordant.checks.exploration.budget import Budget
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.rows import Happening
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.validating.logs import Json, LogLine, RecordedLogs, What, mismatch
from concordant.refimpl.machine import AnySystem, Ask, Cancel, Crash, Fire, Lose, Recover, Suspect, User
from concordant.spec.vocabulary import Address, Reply, likeness

LINE = 10
"""How much a line counts that is explained."""
COSTS: Mapping[type, int] = {Lose: 5, Fire: 2, Suspect: 5}
"""How much moves count against it that leave no line, where that is not 1: the likelier come first."""


class Place(NamedTuple):
    """Where a search is: the state of the system, how many lines of each log are explained, and answers that are not logged yet: to whom, in which of its calls, and what, as numbers."""

    state: State
    lines: tuple[int, ...]
    answers: tuple[tuple[Address, int, int], ...] = ()

    @property
    def explained(self) -> int:
        """How many lines are explained."""
        return sum(self.lines)


Step = tuple[Place, Taken | None]


@frozen
class Explained:
    """What became of the search. `path`: moves that explain all lines, with the states after them; None where none was found.

    `places`: how many were searched; `stopped`: why it ended early. `most`: how many lines were explained at best, and `next`: the
    lines that could not be, there; `instead`: what could have followed, each with the first field that does not fit.
    """

    path: tuple[tuple[Taken, State], ...] | None
    places: int
    stopped: str | None
    most: int
    next: tuple[LogLine, ...] = ()
    instead: tuple[str, ...] = ()


def system_of(system: AnySystem, recorded: RecordedLogs) -> AnySystem:
    """Return a system with the users of logs, who ask what they are logged to ask, and with as many crashes as are logged."""
    asked: dict[Address, list[LogLine]] = {}
    entries = [entry for log in recorded.logs for entry in log]
    for entry in entries:
        known = system.processes if entry.what in (What.EVENT, What.CRASH, What.RECOVER) else {}
        if entry.what is What.ASKS:
            asked.setdefault(entry.at, []).append(entry)
        if (known and entry.at not in known) or (entry.of is not None and entry.of not in system.processes):
            raise Misuse(
                f"{entry.file}, line {entry.number}: no process is called {entry.of or entry.at}; there are {', '.join(map(str, system.processes))}"
            )
        if entry.what is What.ANSWER and entry.at not in asked:
            raise Misuse(f"{entry.file}, line {entry.number}: {entry.at} is answered, and has asked nothing")
    users = tuple(
        User(
            user,
            script=tuple((each.request,) for each in calls),
            at=tuple(dict.fromkeys(each.of for each in calls if each.of)),
            outstanding=len(calls),
        )
        for user, calls in asked.items()
    )
    crashes, recoveries = (sum(entry.what is what for entry in entries) for what in (What.CRASH, What.RECOVER))
    who = tuple(dict.fromkeys(entry.at for entry in entries if entry.what is What.CRASH))
    faults = evolve(
        system.faults,
        crashes=crashes,
        recoveries=recoveries,
        who=who,
        mid_step=bool(crashes),
        cancellations=0,
        synchronous=False,  # how long anything took is not known
    )
    return evolve(system, users=users, faults=faults, symmetric=(), within=(), assume=())


@define(eq=False)
class Explaining:
    """A search for a behaviour of a system, whose users are those of the logs."""

    system: AnySystem
    recorded: RecordedLogs
    codec: Codec
    budget: Budget
    semantics: Semantics = field(init=False)
    _told: dict[Any, Json] = field(factory=dict, init=False)
    _answers: list[Json] = field(factory=list, init=False)
    _number: dict[Any, int] = field(factory=dict, init=False)
    _calls: Mapping[Address, list[tuple[int, int]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.semantics = Semantics(self.system)
        calls: dict[Address, list[tuple[int, int]]] = {}
        for log, entries in enumerate(self.recorded.logs):
            for place, entry in enumerate(entries):
                if entry.what is What.ASKS:
                    calls.setdefault(entry.at, []).append((log, place))
        self._calls = calls

    def run(self) -> Explained:
        """Search."""
        meter, order = self.budget.start(), count()
        begin = Place(self.semantics.initial()[0], tuple(0 for _ in self.recorded.logs))
        came: dict[Place, tuple[Place, Taken | None] | None] = {begin: None}
        waiting = [(0, next(order), 0, begin)]
        best: list[Place] = []
        stopped = None
        while waiting and stopped is None:
            _, _, cost, place = heapq.heappop(waiting)
            if place.explained == self.recorded.lines:
                return Explained(self._path(came, place), len(came), None, place.explained)
            if best and place.explained > best[0].explained:
                best.clear()
            if not best or place.explained == best[0].explained:
                best.append(place)
            for after, taken in self._following(place):
                if after not in came:
                    came[after] = (place, taken)
                    total = cost + (0 if taken is None else COSTS.get(type(taken.move), 1))
                    heapq.heappush(waiting, (total - LINE * after.explained, -next(order), total, after))
            stopped = meter.spent(len(came))
        return Explained(None, len(came), stopped, best[0].explained, self._next(best), tuple(dict.fromkeys(self._instead(best))))

    def _path(self, came: Mapping[Place, tuple[Place, Taken | None] | None], place: Place) -> tuple[tuple[Taken, State], ...]:
        made: list[tuple[Taken, State]] = []
        while (before := came[place]) is not None:
            if before[1] is not None:
                made.append((before[1], place.state))
            place = before[0]
        return tuple(reversed(made))

    def _following(self, place: Place) -> Iterator[Step]:
        """Yield what may come next: lines of users, which nothing moves, and moves that fit the lines."""
        for log, entry in self._heads(place):
            if entry.what is What.ASKS:
                yield self._past(place, log), None
            elif entry.what is What.ANSWER:
                for number, (user, call, answer) in enumerate(place.answers):
                    if user == entry.at and self._is_of(entry, call) and not mismatch(entry.told, self._answers[answer]):
                        left = (*place.answers[:number], *place.answers[number + 1 :])
                        yield self._past(place._replace(answers=left), log), None
        for taken, target in self.semantics.successors(place.state):
            for after in self._made(place, taken, target):
                yield after, taken

    def _made(self, place: Place, taken: Taken, target: State) -> Iterator[Place]:
        """Yield where a move leads that fits the logs: an ask after its line, a crash with its line, and what happens with the lines of events."""
        move = taken.move
        if isinstance(move, Cancel) or (isinstance(move, Ask) and not self._is_called(place, move)):
            return
        after = [place._replace(state=target)]
        if isinstance(move, Recover):
            after = self._noted(after, What.RECOVER, move.at)
        for happening in self.semantics.parts.steps.happened[taken.happened]:
            after = [following for each in after for following in self._happened(each, happening)]
        if isinstance(move, Crash):  # what the step that it cuts short has announced comes before it
            after = self._noted(after, What.CRASH, move.at)
        yield from after

    def _noted(self, places: Sequence[Place], what: What, at: Address) -> list[Place]:
        """Return places past the line of a crash or a recovery, of those where it comes next."""
        return [self._past(each, log) for each in places for log, entry in self._heads(each) if (entry.what, entry.at) == (what, at)]

    def _is_called(self, place: Place, move: Ask) -> bool:
        """Tell whether the line of a call is passed, and the call is that of the line."""
        number = next(number for number, user in enumerate(self.system.users) if user.name == move.user)
        log, line = self._calls[move.user][place.state.users[number][0]]
        return place.lines[log] > line and self.recorded.logs[log][line].of == move.at

    def _call(self, state: State, user: Address, at: Address) -> int:
        """Return in which of its calls a user is answered by a process: the last that it has made there; -1 where there is none."""
        number = next(number for number, each in enumerate(self.system.users) if each.name == user)
        calls = self._calls[user][: state.users[number][0]]
        return max((call for call, (log, line) in enumerate(calls) if self.recorded.logs[log][line].of == at), default=-1)

    def _is_of(self, entry: LogLine, call: int) -> bool:
        """Tell whether the line of an answer may be of a call: of any, where it does not say of which."""
        if entry.call is None or call < 0:
            return entry.call is None
        log, line = self._calls[entry.at][call]
        return bool(self.recorded.logs[log][line].call == entry.call)

    def _happened(self, place: Place, happening: Happening) -> Iterator[Place]:
        """Yield where one happening leads: an answer is kept for its line, an event has its line, unless lines may be lost."""
        what = happening.what
        if isinstance(what, Reply):
            waiting = (*place.answers, (what.to, self._call(place.state, what.to, happening.at), self._answer(what.answer)))
            yield place._replace(answers=tuple(sorted(waiting)))
            if not self.recorded.complete:
                yield place
        elif happening.by == happening.at and self.codec.names.name(type(what)) in self.recorded.records:
            told = self._as_told(what)
            for log, entry in self._heads(place):
                if (entry.what, entry.at) == (What.EVENT, happening.at) and not mismatch(entry.told, told):
                    yield self._past(place, log)
            if not self.recorded.complete:
                yield place
        else:
            yield place

    def _heads(self, place: Place) -> Iterator[tuple[int, LogLine]]:
        for log, entries in enumerate(self.recorded.logs):
            if place.lines[log] < len(entries):
                yield log, entries[place.lines[log]]

    def _past(self, place: Place, log: int) -> Place:
        return place._replace(lines=(*place.lines[:log], place.lines[log] + 1, *place.lines[log + 1 :]))

    def _as_told(self, value: object) -> Json:
        key = likeness(value)
        if key not in self._told:
            self._told[key] = self.codec.encode(value)
        return self._told[key]

    def _answer(self, value: object) -> int:
        told = self._as_told(value)
        key = str(told)
        if key not in self._number:
            self._number[key] = len(self._answers)
            self._answers.append(told)
        return self._number[key]

    # ---- what could not be explained

    def _next(self, best: Sequence[Place]) -> tuple[LogLine, ...]:
        return tuple(dict.fromkeys(entry for place in best for _, entry in self._heads(place)))

    def _instead(self, best: Sequence[Place]) -> Iterator[str]:
        """Yield what was possible at the places that explain most, beside each line that is next there."""
        for place in best:
            for _, entry in self._heads(place):
                if entry.what is What.ANSWER:
                    told = [self._answers[answer] for user, call, answer in place.answers if user == entry.at and self._is_of(entry, call)]
                    yield from (f"{entry.at} is answered {_type(each)}: {mismatch(entry.told, each)}" for each in told)
                elif entry.what is What.EVENT:
                    for taken, _ in self.semantics.successors(place.state):
                        for happening in self.semantics.parts.steps.happened[taken.happened]:
                            if (
                                happening.at == happening.by == entry.at
                                and self.codec.names.name(type(happening.what)) in self.recorded.records
                            ):
                                told_ = self._as_told(happening.what)
                                yield f"{entry.at} announces {_type(told_)}: {mismatch(entry.told, told_) or 'as the line tells'}"


def _type(told: Json) -> str:
    return str(told.get("type", told)) if isinstance(told, dict) else str(told)
