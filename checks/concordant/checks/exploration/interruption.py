"""Ctrl-C, or SIGTERM: the first ends a search as soon as it can say how far it came; the second interrupts at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait

from attrs import define

from concordant.checks.exit_codes import INTERRUPTED


@define(eq=False, repr=False)
class _Wish:
    """What this process knows of the wish to end. `awaited`: whether somebody notes it; `elsewhere`: whether another process, which started this one, was told."""

    noted: bool = False
    awaited: bool = False
    elsewhere: Callable[[], bool] = lambda: False


_WISH = _Wish()
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def asked_to_end() -> bool:
    """Tell whether searches are to end."""
    return _WISH.noted or _WISH.elsewhere()


def listen(elsewhere: Callable[[], bool]) -> None:
    """From now on, in a process that works for another: leave Ctrl-C and SIGTERM to that other, and ask it; end with it, however it ends."""
    for number in _ENDS:
        signal.signal(number, signal.SIG_IGN)
    _WISH.elsewhere = elsewhere
    other = parent_process()
    if other is not None:
        threading.Thread(target=_end_with, args=(other.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(INTERRUPTED)


@contextmanager
def patiently() -> Iterator[None]:
    """Within, the first Ctrl-C or SIGTERM is noted for searches to ask about. Changes nothing where somebody else handles Ctrl-C.

    What this process was started to ignore, as Ctrl-C in the background of a script, or the end of a terminal by `nohup`, stays ignored.
    """
    handled = threading.current_thread() is not threading.main_thread()
    if handled or _WISH.awaited or signal.getsignal(signal.SIGINT) not in (signal.default_int_handler, signal.SIG_IGN):
        yield
        return

    def note(number: int, frame: object) -> None:  # noqa: ARG001  # the signature of a handler
        if _WISH.noted:
            raise KeyboardInterrupt
        _WISH.noted = True

    heard = [number for number in _ENDS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, note) for number in heard}
    _WISH.awaited = True
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _WISH.noted = _WISH.awaited = False
