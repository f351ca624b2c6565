"""Ctrl-C: the first ends a search as soon as it can say how far it came; the second interrupts at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from attrs import define


@define(eq=False)
class _Wish:
    """What this process knows of the wish to end. `elsewhere`: whether another process, which started this one, was told."""

    noted: bool = False
    elsewhere: Callable[[], bool] = lambda: False


_WISH = _Wish()


def asked_to_end() -> bool:
    """Tell whether searches are to end."""
    return _WISH.noted or _WISH.elsewhere()


def listen(elsewhere: Callable[[], bool]) -> None:
    """From now on, in a process that works for another: leave Ctrl-C to that other, and ask it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _WISH.elsewhere = elsewhere


@contextmanager
def patiently() -> Iterator[None]:
    """Within, the first Ctrl-C is noted for searches to ask about. Changes nothing where somebody else handles it."""
    handled = threading.current_thread() is not threading.main_thread()
    if handled or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def note(number: int, frame: object) -> None:  # noqa: ARG001  # the signature of a handler
        if _WISH.noted:
            raise KeyboardInterrupt
        _WISH.noted = True

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _WISH.noted = False
