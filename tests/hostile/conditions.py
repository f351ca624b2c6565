"""A condition: a command, what is done to it, and how it must end; and the run that shows whether it does."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import field, frozen

SYSTEMS = Path(__file__).with_name("systems.py")
MARK = "CONCORDANT_HOSTILE"
"""The name of a variable of the environment by which the processes of a run are known, however they were started."""
LATE, LATE_PART = 1.0, 0.05
"""How late a search may end: so many seconds, or such a part of its budget, whichever is more."""
OVER = 1.1
"""How much memory it may have, as a multiple of its budget."""
MOST = 120.0
"""Seconds after which a run has hung."""
Prepare = Callable[[Path], object]


@frozen
class Ended:
    """How a run ended. `used`: CPU time; `memory`: the most that one of its processes had, in MiB; `left`: processes that it left behind."""

    code: int
    told: str
    seconds: float
    used: float
    memory: int
    left: tuple[str, ...]


@frozen
class Condition:
    """What is run, what is done to it, and how it must end.

    `arguments`: of the command; `system`: of ours, put before its first option. `seconds` and `mebibytes`: the budget that it is given. `signals`: which it is sent, each so many seconds after its start, and after `begun` times what comes before a search.
    `leaves`: whether its folder must hold a file of this name afterwards. `output`, `errors`: the files in which it prints them. `prepare` is called with the folder in which it runs, which is empty.
    `builds` makes what the command is given, as the command does before its budget begins: that is no part of how late it is.
    """

    name: str
    code: int
    says: str
    arguments: tuple[str, ...] = ()
    seconds: float | None = None
    mebibytes: int | None = None
    signals: tuple[tuple[float, signal.Signals], ...] = ()
    begun: float = 0
    environment: Mapping[str, str] = field(factory=dict)
    limits: Mapping[int, int] = field(factory=dict)
    python: tuple[str, ...] = ()
    prepare: Prepare = lambda folder: None  # noqa: ARG005
    builds: Callable[[], object] = lambda: None
    leaves: str | None = None
    output: str = "told"
    errors: str = "told"
    quick: bool = False

    def wrong(self) -> Iterator[str]:
        """Run it, and yield whatever is not as it must be."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            self.prepare(folder)
            before = self.begun * starting().seconds if self.begun else 0
            signals = tuple((before + after, number) for after, number in self.signals)
            ended = run(self.command(), folder, signals, self.environment, self.limits, self.output, self.errors)
            yield from self.differences(ended)
            if self.leaves is not None and not (folder / self.leaves).exists():
                yield f"it leaves no {self.leaves}"

    def command(self) -> tuple[str, ...]:
        """Return the words of the command, with its budget."""
        given = [f"{self.seconds:g}s"] if self.seconds else []
        given += [f"{self.mebibytes}MiB"] if self.mebibytes else []
        return (sys.executable, *self.python, "-m", "concordant", *self.arguments, *(("--budget", ",".join(given)) if given else ()))

    def differences(self, ended: Ended) -> Iterator[str]:
        """Yield in what a run differs from what it must be."""
        if ended.code != self.code:
            yield f"exit code {ended.code} instead of {self.code}: {_last(ended.told)}"
        if not re.search(self.says, ended.told):
            yield f"it does not say {self.says!r}: {_last(ended.told)}"
        if "Traceback" in ended.told:
            yield f"a traceback: {_last(ended.told)}"
        if ended.left:
            yield f"it leaves processes: {', '.join(ended.left)}"
        if self.seconds:
            late = self.late(ended, starting())
            if late and (late := self.late(ended, started())):  # others may want the machine by now
                yield late
        if self.mebibytes and ended.memory > OVER * self.mebibytes:
            yield f"{ended.memory} MiB for {self.mebibytes}"

    def late(self, ended: Ended, start: Ended) -> str:
        """Say how late a run with a budget ended, given one that had next to nothing to do; nothing where that is early enough for the machine."""
        seconds, began = self.seconds or 0, time.monotonic()
        self.builds()
        built = time.monotonic() - began
        late, slow = ended.seconds - seconds - start.seconds - built, max(1.0, start.seconds / max(0.1, start.used))
        return (
            f"{late:.1f} s late, on a machine that takes {slow:.1f} s for one of processor time"
            if late > slow * max(LATE, LATE_PART * seconds)
            else ""
        )


def run(
    command: tuple[str, ...],
    folder: Path,
    signals: tuple[tuple[float, signal.Signals], ...] = (),
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    output: str = "told",
    errors: str = "told",
) -> Ended:
    """Run a command in a folder, in a session of its own, and tell how it ended. One that hangs is killed."""
    mark = f"{os.getpid()}.{time.monotonic_ns()}"
    known = {**os.environ, "CONCORDANT_NO_CACHE": "1", "COLUMNS": "500", MARK: mark, **(environment or {})}

    def begin() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell lets be ignored in what it runs in the background
        for limit, most in (limits or {}).items():
            resource.setrlimit(limit, (most, most))

    began = time.monotonic()
    (folder / "told").touch()
    with (folder / output).open("ab") as said, (folder / errors).open("ab") as wrong:
        process = subprocess.Popen(  # noqa: S603  # our own commands
            command,
            cwd=folder,
            env=known,
            stdout=said,
            stderr=wrong,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=begin,  # noqa: PLW1509  # there is one thread
        )
        for after, number in signals:
            time.sleep(max(0.0, began + after - time.monotonic()))
            os.kill(process.pid, number)  # it is waited for below, so that it is there still
        used, memory = _waited(process, began + MOST)
    seconds = time.monotonic() - began
    left = tuple(_left(mark))
    return Ended(process.returncode, (folder / "told").read_text(encoding="utf-8", errors="replace"), seconds, used, memory, left)


def _waited(process: subprocess.Popen[bytes], end: float) -> tuple[float, int]:
    """Wait for a process, and return the CPU time that it and those that it waited for used, and the most memory that one had, in MiB."""
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return used.ru_utime + used.ru_stime, used.ru_maxrss >> 10
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return 0.0, 0
        time.sleep(0.02)


def _left(mark: str) -> Iterator[str]:
    """Yield the processes that have the mark; those that are just ending are given a moment."""
    end = time.monotonic() + 1
    while (found := list(_marked(mark))) and time.monotonic() < end:
        time.sleep(0.05)
    yield from (command for _, command in found)
    for number, _ in found:
        os.kill(number, signal.SIGKILL)


def _marked(mark: str) -> Iterator[tuple[int, str]]:
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:  # it has ended meanwhile
            continue


@cache
def starting() -> Ended:
    """Return what `started` returned at first."""
    return started()


def started() -> Ended:
    """Return how a command ended that had next to nothing to do: the median of three. So long may any take to begin and to end, on the machine as it is."""
    with tempfile.TemporaryDirectory() as name:
        command = (sys.executable, "-m", "concordant", *checks("TINY", "tabulated"), "--budget", "1s")
        return sorted((run(command, Path(name)) for _ in range(3)), key=lambda ended: ended.seconds)[1]


def checks(system: str, engine: str, *more: str) -> tuple[str, ...]:
    """Return the arguments that explore a system of ours, by one process."""
    return ("check", f"{SYSTEMS}:{system}", "--engine", engine, "--jobs", "1", "--no-cache", *more)


def saves(system: str, *more: str) -> tuple[str, ...]:
    """Return the arguments that explore it, and save that."""
    return checks(system, "tabulated", "--scope", system.lower(), "--checkpoint", "saved", *more)


def _last(told: str) -> str:
    return " / ".join(told.strip().splitlines()[-3:])[-400:] or "nothing"
