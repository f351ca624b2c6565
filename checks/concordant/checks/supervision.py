"""The command in a process of its own, whose end is believed only if it says itself with which exit code it ends.

A function of a protocol may end the process in which it runs (`os._exit(0)`, `exec`, a crash of compiled code), wherever it is called:
when its module is imported, while a scope is explored, while a trace is printed. An exit status of 0 then says nothing. So the command
runs in a child, and the last thing that it does is to write its exit code into a pipe.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable

from concordant.checks.exit_codes import INTERRUPTED, MISUSE, OK, VIOLATED

PASSED_ON = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
HEARD = {*PASSED_ON, signal.SIGCHLD}
ENDED = "a function of a protocol, or what its module imports, ended the process, with exit status {}, before all was answered"
KILLED = "the process was killed by signal {} before all was answered; it may have been out of memory: give --budget"


GARBAGE = 20_000_000
"""After so many new objects Python looks for circles of garbage. A search keeps what it makes: to look through it after 700, as by default, takes a fifth of its time."""
DEEP = 10_000
"""How deep calls of functions may be: values some thousand deep can be compared."""


def set_limits() -> None:
    """Let this process hold, and nest, as much as searches need."""
    gc.set_threshold(GARBAGE)
    sys.setrecursionlimit(DEEP)


def supervised(command: Callable[[], int], say: Callable[[str], None]) -> int:
    """Run a command in a child, and return its exit code; that of a child which ends without one is never 0, and is said."""
    reading, writing = os.pipe()
    lives, held = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    child = os.fork()
    if not child:
        os.close(reading)
        os.close(held)
        threading.Thread(target=_end_when_closed, args=(lives,), daemon=True).start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        code = command()
        os.write(writing, bytes([code]))
        return code
    os.close(writing)
    os.close(lives)
    passed_on: set[int] = set()
    try:
        status = os.waitstatus_to_exitcode(_ended(child, passed_on))
    finally:
        while signal.sigpending() & HEARD:  # what came as the child ended was meant for it
            signal.sigwait(HEARD)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(held)
    os.set_blocking(reading, False)  # who was started by the child may outlive it
    try:
        told = os.read(reading, 2)
    except BlockingIOError:
        told = b""
    if len(told) == 1:  # nothing, or two who end, say nothing
        return told[0]
    if -status in passed_on:  # before it could see to that itself
        say("interrupted")
        return INTERRUPTED
    say((ENDED if status >= 0 else KILLED).format(abs(status)))
    return (status if status not in (OK, VIOLATED) else MISUSE) if status >= 0 else 128 - status


def _end_when_closed(lives: int) -> None:
    """End this process when the one that waits for it has ended, and nobody would hear what it says."""
    os.read(lives, 1)
    os._exit(INTERRUPTED)


def _ended(child: int, passed_on: set[int]) -> int:
    """Wait for the end of a child, and return its status. Signals that are meant for it are passed on, and noted."""
    while True:
        heard, to_this_one = _heard()
        if heard in PASSED_ON:
            passed_on.add(heard)
            if to_this_one:
                os.kill(child, heard)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status


def _heard() -> tuple[int, bool]:
    """Return the next signal, and whether it came to this process alone: of a terminal it comes to the child, too."""
    if sys.platform == "darwin":
        return (heard := signal.sigwait(HEARD)), heard != signal.SIGINT
    found = signal.sigwaitinfo(HEARD)
    return found.si_signo, found.si_pid != 0
