"""Many judgements on all cores, each in a process of its own: forked, so that nothing is imported anew, and free to end in any way."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Any, TypeVar

from attrs import define, field, frozen

from concordant.checks.exploration.interruption import asked_to_end
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record

R = TypeVar("R")
TICK = 1
"""Seconds of its own that a call of a changed function may take before it is said not to end."""
LONG = 2
"""So many seconds of its own may a call of another function of its file take."""
LONGEST = 300
"""Seconds of its own after which a judgement is given up."""


class Endless(ValueError):  # noqa: N818  # it says what is wrong
    """A call does not end, since a function is changed."""


@define
class CallLimit:
    """Stops a call of a changed function that goes on from one tick to the next, or for some of another of its file; the whole judgement after many.

    The changed function may end each time, and whoever calls it not.
    """

    name: str
    file: str
    ticks: int = 0
    # The frames themselves, not what they are known by: a call that has ended may leave its place to the next one.
    _since: dict[FrameType, int] = field(factory=dict)

    def tick(self, signal_number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # how handlers of signals are called
        """Look which calls are under way, and since when."""
        self.ticks += 1
        within_a_callback = (
            frame is not None and "callback" in frame.f_code.co_name
        )  # of the garbage collector: it would swallow what is raised
        under_way: dict[FrameType, int] = {}
        while frame is not None:
            if self.name == frame.f_code.co_qualname or self.file == frame.f_code.co_filename:
                under_way[frame] = self._since.get(frame, self.ticks)
            frame = frame.f_back
        self._since = under_way
        for each, since in under_way.items():
            if self.ticks - since >= (1 if each.f_code.co_qualname == self.name else LONG) and not within_a_callback:
                raise Endless(f"a call of {each.f_code.co_qualname} does not end")
        if self.ticks * TICK > LONGEST:
            os._exit(1)


@frozen(eq=False)
class Judging:
    """A judgement under way."""

    mutant: Mutant
    process: int


def side_by_side(
    mutants: Iterable[Mutant], judge: Callable[[Mutant], Record], jobs: int, until: float | None = None
) -> Iterator[tuple[Mutant, Record]]:
    """Yield each mutant with its record, in the order in which they end. After `until`, by the monotonic clock, none is begun.

    Nor is any once somebody has asked to end: from then on every search ends at once, and what it has not seen counts for nothing.
    """
    answers: Any
    running: dict[Any, Judging] = {}
    left = iter(mutants)
    more = True
    try:
        while more or running:
            while more and len(running) < jobs:
                in_time = (until is None or time.monotonic() < until) and not asked_to_end()
                mutant = next(left, None) if in_time else None
                if mutant is None:
                    more = False
                else:
                    answers, child = _forked(mutant, judge)
                    running[answers] = child
            for answers in wait(list(running)) if running else ():
                child = running.pop(answers)
                record = _answer(answers, child)
                if not asked_to_end():
                    yield child.mutant, record
    finally:
        for child in running.values():
            os.kill(child.process, signal.SIGKILL)
            os.waitpid(child.process, 0)


def _answer(answers: Any, child: Judging) -> Record:
    try:
        record: Record = pickle.loads(answers.recv_bytes())  # noqa: S301  # from our own child
    except EOFError:
        record = Record(child.mutant.stem, child.mutant.name, By.UNFINISHED, f"not decided within {LONGEST} s")
    answers.close()
    os.waitpid(child.process, 0)
    return record


def _forked(mutant: Mutant, judge: Callable[[Mutant], Record]) -> tuple[Connection, Judging]:
    receiving, sending = Pipe(duplex=False)
    sys.stdout.flush()
    process = os.fork()
    if process:
        sending.close()
        return receiving, Judging(mutant, process)
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGPROF, CallLimit(mutant.function.name, mutant.function.function.__code__.co_filename).tick)
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
        record = pickle.dumps(judge(mutant))
        if not asked_to_end():
            sending.send_bytes(record)
            code = 0
    finally:
        os._exit(code)
