"""A crew: workers elsewhere that decide questions. Whoever is lost is replaced, and what he had begun is done once more, or reported."""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from attrs import define, evolve, field

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.cluster.messages import Arrived, Enough, Errand, TurnedAway, Undertaken, Unsaid
from concordant.checks.cluster.passport import Passport
from concordant.checks.exploration.budget import Progress
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means, Question, failure
from concordant.checks.running import Answered, Event, Progressed, Started, Workers

PATIENCE = 60.0
"""Seconds without anybody at work after which what waits is given up."""

ONCE = 1
"""So many workers may be lost before they begin; more means that none of them can."""


class Carrier(Protocol):
    """Starts workers, by numbers, and carries messages to and from them. `room`: how many there can be."""

    room: int

    def start(self, passport: bytes, /) -> int:
        """Start a worker, or have it started once there is room."""
        ...

    def say(self, worker: int, message: bytes, /) -> None:
        """Pass a message on to a worker."""
        ...

    def hear(self, seconds: float, /) -> Iterable[tuple[int, Iterable[bytes], str]]:
        """Yield what workers have said, and how they ended; wait so long for it at most."""
        ...

    def dismiss(self, worker: int, /) -> None:
        """End a worker."""
        ...

    def close(self) -> None:
        """End all that was started."""
        ...


@define(eq=False)
class _Worker:
    host: str = ""
    asked: Question | None = None


@define(eq=False)
class Crew(Workers):
    """Workers, as many as there is room for, and no more than there are questions."""

    carrier: Carrier
    means: Means
    passport: bytes = field(factory=lambda: Passport.here().written())
    _waiting: deque[Question] = field(factory=deque, init=False)
    _workers: dict[int, _Worker] = field(factory=dict, init=False)
    _lost: dict[str, str] = field(factory=dict, init=False)
    _failures: int = field(default=0, init=False)
    _somebody_came: bool = field(default=False, init=False)
    _nobody_since: float = field(factory=time.monotonic, init=False)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting) or any(each.asked for each in self._workers.values())

    def submit(self, asked: Question) -> None:
        """Take a question, and another worker for it, where there is room."""
        self._waiting.append(asked)
        self._hire()

    def events(self, seconds: float) -> Iterator[Event]:
        """Yield what has happened since. That a worker is of no use from the beginning is a Misuse."""
        for worker, said, ended in self.carrier.hear(seconds):
            for message in said:
                yield from self._heard(worker, pickle.loads(message))  # noqa: S301  # from a process that was started for this
            if ended:
                yield from self._ended(worker, ended)
        if any(each.host for each in self._workers.values()):
            self._nobody_since = time.monotonic()
        elif time.monotonic() - self._nobody_since > PATIENCE:
            yield from self._given_up()

    def end(self) -> None:
        """Drop what was not begun; the others are asked for what they have."""
        self._waiting.clear()
        for worker, each in self._workers.items():
            if each.asked:
                self.carrier.say(worker, pickle.dumps(Enough()))

    def close(self) -> None:
        """End all workers."""
        self.carrier.close()

    def _hire(self) -> None:
        free = sum(each.asked is None for each in self._workers.values())
        if free < len(self._waiting) and len(self._workers) < self.carrier.room:
            self._workers[self.carrier.start(self.passport)] = _Worker()

    def _heard(self, worker: int, message: Any) -> Iterator[Event]:
        each = self._workers.get(worker, _Worker())
        asked = each.asked
        match message:
            case TurnedAway(host, why):
                raise Misuse(f"the worker on {host} cannot take part: {why}")
            case Arrived(host) if worker in self._workers:
                each.host, self._somebody_came = host, True
                self._occupy(worker)
            case Undertaken() if asked:
                yield Started(asked)
            case Progress() if asked:
                yield Progressed(asked, message)
            case Answer() | Unsaid() if asked:
                yield Answered(asked, message if isinstance(message, Answer) else failure(asked, Conclusion.BUG, message.text))
                each.asked = None
                self._occupy(worker)

    def _occupy(self, worker: int) -> None:
        """Give a worker something to do, or let it go."""
        each = self._workers[worker]
        if self._waiting:
            each.asked = self._waiting.popleft()
            self.carrier.say(worker, pickle.dumps(Errand.of(each.asked, self.means)))
        else:
            del self._workers[worker]
            self.carrier.dismiss(worker)

    def _ended(self, worker: int, how: str) -> Iterator[Event]:
        each = self._workers.pop(worker, None)
        if each is None:
            return
        self._failures += not each.host
        if self._failures > ONCE:
            raise Misuse(f"workers do not begin, since {how}; install the same Concordant on every machine")
        asked = each.asked
        before = None if asked is None else self._lost.get(asked.id)
        if asked is None:
            pass
        elif before is None:
            self._lost[asked.id] = how
            self._waiting.appendleft(asked)
        else:
            yield self._not_decided(
                asked, f"twice its worker was lost: {before}, then {how}; it may have been out of memory: give --budget"
            )
        self._hire()

    def _given_up(self) -> Iterator[Event]:
        if not self._somebody_came:
            raise Misuse(f"no worker has begun within {PATIENCE:.0f} s; are all processors of the cluster taken?")
        while self._waiting:
            yield self._not_decided(self._waiting.popleft(), f"all workers were lost, and no other has come within {PATIENCE:.0f} s")

    def _not_decided(self, asked: Question, why: str) -> Answered:
        return Answered(asked, evolve(failure(asked, Conclusion.UNDECIDED, why), stopped=why))
