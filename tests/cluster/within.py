"""Workers of a divided search in threads of this process: they are the same, and begin at once."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Any

from attrs import define, field

from concordant.checks.cluster.dividing.working import take_part
from concordant.checks.cluster.messages import Arrived


class Dismissed(BaseException):
    """A worker is to end."""


@define(eq=False)
class Within:
    """Carries messages within this process. `lost`: after how many messages the first worker is lost, and whether each that comes after it is, too."""

    room: int
    host: str = "127.0.0.1"
    lost: int | None = None
    always: bool = False
    started: int = 0
    _said: SimpleQueue[tuple[int, list[bytes], str]] = field(factory=SimpleQueue, init=False)
    _ears: dict[int, SimpleQueue[Any]] = field(factory=dict, init=False)
    _threads: list[threading.Thread] = field(factory=list, init=False)

    def start(self, passport: bytes) -> int:  # noqa: ARG002  # whoever runs here has what is here
        number, self.started = self.started, self.started + 1
        self._ears[number] = SimpleQueue()
        self._said.put((number, [pickle.dumps(Arrived("here"))], ""))
        thread = threading.Thread(target=self._work, args=(number,), daemon=True)
        thread.start()
        self._threads.append(thread)
        return number

    def say(self, worker: int, message: bytes) -> None:
        if worker in self._ears:
            self._ears[worker].put(pickle.loads(message))  # noqa: S301  # our own

    def hear(self, seconds: float) -> Iterator[tuple[int, list[bytes], str]]:
        try:
            yield self._said.get(timeout=seconds)
        except Empty:
            return

    def dismiss(self, worker: int) -> None:
        self._ears.pop(worker).put(Dismissed())

    def close(self) -> None:
        for worker in tuple(self._ears):
            self.dismiss(worker)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _work(self, number: int) -> None:
        ear, said = self._ears[number], 0

        def hear() -> Any:
            nonlocal said
            said += 1
            if self.lost == said and (number == 0 or (self.always and number % self.room == 0)):
                raise Dismissed
            if isinstance(message := ear.get(), Dismissed):
                raise message
            return message

        try:
            take_part(hear(), hear, lambda reply: self._said.put((number, [pickle.dumps(reply)], "")))
        except Dismissed:
            self._said.put((number, [], "it is lost"))
