"""A watch over the functions of protocols: one that does not end is stopped, with its name, instead of holding up everything.

A timer of CPU time ticks now and then; a call that was already running at the tick before has had its time. Python hears the
timer between two steps of its interpreter, in the main thread. So it does not stop what never comes to such a step (one call
of compiled code, such as a power of huge numbers), what waits and uses no CPU (a sleep, a lock), or what runs in another thread;
the pool runs its questions in the main threads of its processes. What catches every exception in a loop cannot be stopped: its
process is ended, which says where it stood, and whoever waits for an answer of that process hears that there is none.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeVar

from concordant.checks.exit_codes import MISUSE

X = TypeVar("X")

LIMIT: Final = 10.0
"""Seconds of CPU time that one call may take; it is stopped before twice that."""


class StillRunning(Exception):  # noqa: N818  # it says what is wrong
    """A function was stopped, since it did not end."""


class Exits(Exception):  # noqa: N818  # as above
    """A function would have ended Concordant, with an exit code of its own."""


class _Stop(BaseException):
    """Stops a call, by its number: no handler of exceptions in the function takes this for its own."""

    def __init__(self, call: int) -> None:
        super().__init__(call)
        self.call = call


_running: list[int] = []
"""The calls under watch that run now, each within the one before, numbered as they begin."""
_seen: list[int] = []
"""Those that ran at the last tick."""
_told: list[int] = []
"""The calls that were to be stopped: one that is there three times heeds nothing."""
TIMES: Final = 3
_begun = 0
_limit = 0.0
"""How long a call may take; 0 where nothing is watched."""
_watcher = 0
"""The main thread, by its number, where the timer ticks."""


def watched(call: Callable[[], X]) -> X:
    """Call a function; one that does not end is stopped by StillRunning, and one that would end Concordant by Exits."""
    try:
        return _timed(call) if _limit and threading.get_ident() == _watcher else call()
    except (Exception, KeyboardInterrupt, _Stop):
        raise
    except BaseException as left:  # noqa: BLE001  # such as SystemExit, or GeneratorExit, which looks as if nobody had asked
        raise Exits(f"it {ends(left)}") from None


def ends(left: BaseException) -> str:
    """Say how a function would end the program."""
    how = f"sys.exit({left.code!r})" if isinstance(left, SystemExit) else f"raise {type(left).__name__}"
    return f"ends the program, by {how} or the like"


def _timed(call: Callable[[], X]) -> X:
    global _begun  # noqa: PLW0603  # there is one timer in a process, and one main thread
    _begun += 1
    number = _begun
    _running.append(number)
    try:
        return call()
    except _Stop as stop:
        if stop.call != number:
            raise
        raise StillRunning(f"it did not end within {_limit:g} s") from None
    finally:
        _running.pop()


@contextmanager
def watching(limit: float | None = None) -> Iterator[None]:
    """Watch what is called meanwhile; each call may take the limit. Within a watch, or outside the main thread, it changes nothing."""
    global _limit, _watcher  # noqa: PLW0603
    if _limit or threading.current_thread() is not threading.main_thread():
        yield
        return
    _limit, _watcher = LIMIT if limit is None else min(limit, LIMIT), threading.get_ident()
    _seen.clear()
    before = signal.signal(signal.SIGVTALRM, _tick)
    signal.setitimer(signal.ITIMER_VIRTUAL, _limit, _limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        _limit = 0.0


def _tick(_number: int, frame: FrameType | None) -> None:
    """Stop the innermost call that was already running at the last tick."""
    late = [call for call, before in zip(_running, _seen, strict=False) if call == before]
    _seen[:] = _running
    if late:
        _told[:] = [*(call for call in _told if call in _running), late[-1]]
        if _told.count(late[-1]) > TIMES:
            _end_with(frame)
        raise _Stop(late[-1])


def _end_with(frame: FrameType | None) -> None:
    """End the process, and say which function did not end though it was stopped again and again."""
    where = "" if frame is None else f" {frame.f_code.co_qualname}, in {frame.f_code.co_filename}, line {frame.f_lineno},"
    os.write(2, f"concordant: the function{where} does not end, and catches what is to stop it; its process is ended\n".encode())
    os._exit(MISUSE)
