"""Compiling ahead: in a process of its own, so that whoever waits for it can be stopped meanwhile. A call of the compiler cannot be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from platform import node, python_version
from typing import Final

from concordant.checks.exit_codes import INTERRUPTED
from concordant.checks.exploration.budget import BudgetSpent
from concordant.checks.exploration.interruption import asked_to_end
from concordant.checks.tabulated.compiling import standing_still
from concordant.checks.tabulated.kernel.keeping import kept_in, why_nowhere
from concordant.checks.tabulated.kernel.words import KNOWN, named, numba
from concordant.refimpl.machine.search import INTERRUPTED as ASKED

LOOKS: Final = 0.05
"""Seconds from one look at Ctrl-C to the next."""
_ready: set[str] = set()
"""By name, the widths of rows whose code is known to be compiled, or to be compiled here."""


def compile_ahead(words: int) -> None:
    """See to it that code for rows of so many words is compiled, where it can be kept; BudgetSpent at Ctrl-C.

    A file beside the code says that it is there: to look for each function takes longer than to load them all.
    """
    if named(words) in _ready:
        return
    if why_nowhere() is None and not (there := _said(words)).exists():
        with standing_still():
            done = _compile(words)
        if done:
            with suppress(OSError):
                there.touch()
    _ready.add(named(words))


def all_compiled(words: int) -> bool:
    """Tell whether code for rows of up to so many words is kept: they begin with one."""
    return why_nowhere() is None and all(_said(width).exists() for width in range(1, min(words, KNOWN + 1) + 1))


def _said(words: int) -> Path:
    return kept_in() / f"{named(words)}-{python_version()}-{numba.__version__}-{node()}"


def _compile(words: int) -> bool:
    line = f"from concordant.checks.tabulated.ahead import compile_for; compile_for({words})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        nowhere = subprocess.DEVNULL
        child = subprocess.Popen((sys.executable, "-c", line), stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, env=environment)  # noqa: S603  # ourselves
    except OSError:  # then it is compiled here, when it is needed
        return False
    with child:
        try:
            while child.poll() is None:
                if asked_to_end():
                    raise BudgetSpent(ASKED)
                with suppress(subprocess.TimeoutExpired):
                    child.wait(LOOKS)
            return child.returncode == 0
        finally:
            child.kill()


def compile_for(words: int) -> None:
    """In the process that compiles: search through a small system by rows of so many words. End with the one that waits, however it ends."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    _ready.add(named(words))
    from concordant.checks.starting.lock import system  # noqa: PLC0415  # which need not be loaded elsewhere
    from concordant.checks.tabulated.clusters import Tuning  # noqa: PLC0415  # the search imports this module
    from concordant.checks.tabulated.explore import explore_tabulated  # noqa: PLC0415  # the same

    explore_tabulated(system(), tuning=Tuning(words=words))


def _end_with_the_other() -> None:
    sys.stdin.read()
    os._exit(INTERRUPTED)
