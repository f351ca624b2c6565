"""The hands of whoever leads a divided search: its workers, who are all asked the same, and all reply."""

from __future__ import annotations

import pickle
import secrets
import time
from collections import Counter
from typing import Any, Protocol, TypeVar

from attrs import define, field

from concordant.checks.cluster.crew import PATIENCE, Carrier
from concordant.checks.cluster.dividing.links import Address
from concordant.checks.cluster.dividing.messages import Join, Listening, Unfit
from concordant.checks.cluster.messages import Arrived, TurnedAway
from concordant.checks.misuse import Misuse
from concordant.checks.tabulated.numbers import Unsuited

R = TypeVar("R")


class Lost(Exception):  # noqa: N818  # it says what has happened
    """A worker is gone, and what it owned with it."""


class Reachable(Carrier, Protocol):
    """A carrier that knows by which address its workers reach this process. `host`: that one."""

    host: str


@define(eq=False, repr=False)
class Hands:
    """The workers of one search, as many as there is room for."""

    carrier: Reachable
    passport: bytes
    memory: int | None = None
    workers: list[int] = field(factory=list, init=False)
    _heard: dict[int, list[Any]] = field(factory=dict, init=False)

    def begin(self) -> tuple[Address, ...]:
        """Have workers started; return where they reach each other."""
        self.workers = [self.carrier.start(self.passport) for _ in range(self.carrier.room)]
        arrived = self._replies(Arrived, PATIENCE)
        hosts = Counter(each.host for each in arrived)
        secret = secrets.token_bytes(32)
        for number, (worker, here) in enumerate(zip(self.workers, arrived, strict=True)):
            join = Join(number, len(arrived), secret, self.carrier.host, hosts[here.host], self.memory)
            self.carrier.say(worker, pickle.dumps(join))
        return tuple(each.address for each in self._replies(Listening))

    def ask(self, message: object, reply: type[R]) -> list[R]:
        """Say something to all; return the replies of all."""
        said = pickle.dumps(message)
        for worker in self.workers:
            self.carrier.say(worker, said)
        return self._replies(reply)

    def ask_one(self, number: int, message: object, reply: type[R]) -> R:
        """Say something to one; return its reply."""
        worker = self.workers[number]
        self.carrier.say(worker, pickle.dumps(message))
        while not self._heard.get(worker):
            self._listen()
        return self._taken(worker, reply)

    def end(self) -> None:
        """End those that are left."""
        for worker in self.workers:
            self.carrier.dismiss(worker)
        self.workers = []

    def _replies(self, kind: type[R], patience: float | None = None) -> list[R]:
        """Return a reply of each. A Misuse where nobody replies within so many seconds."""
        ends = None if patience is None else time.monotonic() + patience
        while not all(self._heard.get(worker) for worker in self.workers):
            if ends is not None and time.monotonic() > ends:
                raise Misuse(f"not all workers have begun within {patience:.0f} s; are all processors of the cluster taken?")
            self._listen()
        return [self._taken(worker, kind) for worker in self.workers]

    def _taken(self, worker: int, kind: type[R]) -> R:
        found = self._heard[worker].pop(0)
        if not isinstance(found, kind):
            raise TypeError(f"{found} in reply, and no {kind.__name__}")
        return found

    def _listen(self) -> None:
        for worker, said, ended in self.carrier.hear(0.2):
            for message in map(pickle.loads, said):
                match message:
                    case TurnedAway(host, why):
                        raise Misuse(f"the worker on {host} cannot take part: {why}")
                    case Unfit(why, is_lost):
                        raise Lost(why) if is_lost else Unsuited(why)
                    case _:
                        self._heard.setdefault(worker, []).append(message)
            if ended and worker in self.workers:
                self.workers.remove(worker)
                raise Lost(ended)
