"""A watch over the functions of protocols: one that does not end is stopped, with its name, instead of holding up everything.

A timer of CPU time ticks now and then; a call that was already running at the tick before has had its time. Python hears the
timer between two steps of its interpreter, in the main thread. So it does not stop what never comes to such a step (one call
of compiled code, such as a power of huge numbers), or what runs in another thread;
the pool runs its questions in the main threads of its processes. What catches every exception in a loop cannot be stopped: its
process is ended, which says where it stood, and whoever waits for an answer of that process hears that there is none.

A second timer, of real time, asks ten times a second whether a budget is overdue that nobody looks at, since one call takes long, or
what is made of its answer. It also finds who waits, and computes nothing.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from types import FrameType
from typing import Final, TypeVar

from concordant.checks.exit_codes import MISUSE
from concordant.checks.misuse import is_theirs
from concordant.refimpl.machine.search import INTERRUPTED, Overdue

X = TypeVar("X")

LIMIT: Final = 10.0
"""Seconds of CPU time that one call may take; it is stopped before twice that. One that waits may take three times as long."""
LOOKS: Final = 0.1
"""Seconds from one look at what is overdue to the next."""
IDLE, ONCE, WAITS = 0.02, 0.01, 3.0
"""What part of the time is used by who only waits, at most, and how much besides; in so many seconds who computes is seen to, however busy the machine is."""


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
COMPILERS = (f"{os.sep}numba{os.sep}", f"{os.sep}llvmlite{os.sep}")
CALLED_BACK = (f"{os.sep}weakref.py", f"{os.sep}_weakrefset.py")
"""What Python calls when an object goes, as it calls `__del__` and `gc.callbacks`: an exception there is printed, and goes no further."""
LEAVING = f"{os.sep}contextlib.py"
"""What Python goes through to leave a `with`: what is raised there is raised outside of it already, where nobody may expect it."""
_obeyed: list[Callable[[], str | None]] = []
"""What is asked whether it is overdue; the last alone."""
_waiting = (0, 0.0, 0.0)
"""The call that may be waiting, and since when: real time, and CPU time."""
_looked = 0.0
"""When it was last looked at what is overdue. If that is long ago, the process was stopped, as by Ctrl-Z, and no call is to blame."""
_begun = 0
_limit = 0.0
"""How long a call may take; 0 where nothing is watched."""
_watcher = 0
"""The main thread, by its number, where the timer ticks."""


def watched(call: Callable[[], X]) -> X:
    """Call a function; one that does not end is stopped by StillRunning, and one that would end Concordant by Exits."""
    global _begun  # noqa: PLW0603  # there is one timer in a process, and one main thread
    timed = _limit and get_ident() == _watcher
    if timed:
        _begun += 1
        number = _begun
        _running.append(number)
    try:
        return call()
    except _Stop as stop:
        if not timed or stop.call != number:
            raise
        raise StillRunning(f"it did not end within {_limit:g} s") from None
    except (Exception, KeyboardInterrupt, Overdue):
        raise
    except BaseException as left:  # noqa: BLE001  # such as SystemExit, or GeneratorExit, which looks as if nobody had asked
        raise Exits(f"it {ends(left)}") from None
    finally:
        if timed:
            _running.pop()


def ends(left: BaseException) -> str:
    """Say how a function would end the program."""
    how = f"sys.exit({left.code!r})" if isinstance(left, SystemExit) else f"raise {type(left).__name__}"
    return f"ends the program, by {how} or the like"


@contextmanager
def watching(limit: float | None = None) -> Iterator[None]:
    """Watch what is called meanwhile; each call may take the limit. Within a watch, or outside the main thread, it changes nothing."""
    global _limit, _watcher  # noqa: PLW0603
    if _limit or threading.current_thread() is not threading.main_thread():
        yield
        return
    _limit, _watcher = LIMIT if limit is None else min(limit, LIMIT), get_ident()
    _seen.clear()
    before = signal.signal(signal.SIGVTALRM, _tick), signal.signal(signal.SIGALRM, _look)
    signal.setitimer(signal.ITIMER_VIRTUAL, _limit, _limit)
    signal.setitimer(signal.ITIMER_REAL, LOOKS, LOOKS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        for number, handler in zip((signal.SIGVTALRM, signal.SIGALRM), before, strict=True):
            signal.signal(number, handler)
        _obeyed.clear()
        _limit = 0.0


@contextmanager
def obeying(overdue: Callable[[], str | None]) -> Iterator[None]:
    """Within, whatever runs is ended by Overdue when a budget that nobody looks at says why. Without a watch, it changes nothing."""
    before = len(_obeyed)
    try:
        _obeyed.append(overdue)
        yield
    finally:
        del _obeyed[before:]


def _look(_number: int, frame: FrameType | None) -> None:
    """End what is overdue, or only waits."""
    stopped = _obeyed[-1]() if _obeyed else None
    if stopped is not None and not _may_not_be_cut(frame):
        raise Overdue(stopped if stopped == INTERRUPTED else f"{stopped}{_where(frame) if _running else ''}")
    if (call := _idler()) is not None:
        raise _Stop(call)


def _may_not_be_cut(frame: FrameType | None) -> bool:
    """Tell whether code is being compiled or loaded, which must not be cut off halfway, and is no part of any budget; or whether nobody would hear of it."""
    if frame is not None and frame.f_code.co_filename.endswith(LEAVING):
        return True
    collecting = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame is not None:
        code = frame.f_code
        if code in collecting or code.co_name == "__del__" or any(part in code.co_filename for part in (*COMPILERS, *CALLED_BACK)):
            return True
        frame = frame.f_back
    return False


def _idler() -> int | None:
    """Return the innermost call where that has only waited for three times the limit."""
    global _waiting, _looked  # noqa: PLW0603  # there is one timer in a process
    call, real, used = _running[-1] if _running else 0, time.monotonic(), time.process_time()
    before, since, used_before = _waiting
    was_stopped, _looked = real - _looked > WAITS, real
    if was_stopped or call != before or used - used_before > IDLE * (real - since) + ONCE:
        _waiting = call, real, used
    return call if call and call == _waiting[0] and real - _waiting[1] > max(3 * _limit, WAITS) else None


def _where(frame: FrameType | None) -> str:
    """Say in which function of a protocol it was, if it was in one."""
    while frame is not None and not is_theirs(frame.f_code.co_filename):
        frame = frame.f_back
    return "" if frame is None else f", and {_named(frame)} had not returned"


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
    frame = _heard_in(frame)
    where = "" if frame is None else f" {_named(frame)},"
    os.write(2, f"concordant: the function{where} does not end, and catches what is to stop it; its process is ended\n".encode())
    os._exit(MISUSE)


def _heard_in(frame: FrameType | None) -> FrameType | None:
    """Return where the timers were first heard: one may tick while the other is being seen to, which is not what goes on for ever."""
    heard = above = frame
    while above is not None:
        below = above.f_back
        if above.f_code in {_look.__code__, _tick.__code__}:
            heard = below
        above = below
    return heard


def _named(frame: FrameType) -> str:
    return f"{frame.f_code.co_qualname}, in {frame.f_code.co_filename}, line {frame.f_lineno}"
