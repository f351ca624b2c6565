"""Workers of this machine, by the same courier that Ray takes elsewhere, and without Ray."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import wait

from attrs import define, field

from concordant.checks.cluster.courier import Courier


@define(eq=False)
class Near:
    """Carries messages within this machine."""

    room: int
    couriers: dict[int, Courier] = field(factory=dict)
    numbers: Iterator[int] = field(factory=count)
    host: str = "127.0.0.1"

    def start(self, passport: bytes) -> int:
        number = next(self.numbers)
        self.couriers[number] = Courier(passport)
        return number

    def say(self, worker: int, message: bytes) -> None:
        self.couriers[worker].say(message)

    def hear(self, seconds: float) -> Iterator[tuple[int, list[bytes], str]]:
        wait([each.connection for each in self.couriers.values()], seconds)
        for worker, courier in tuple(self.couriers.items()):
            said, ended = courier.hear(0)
            if ended:
                del self.couriers[worker]
            yield worker, said, ended

    def dismiss(self, worker: int) -> None:
        self.couriers.pop(worker).end()

    def close(self) -> None:
        for worker in tuple(self.couriers):
            self.dismiss(worker)
