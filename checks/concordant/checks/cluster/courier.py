"""Starts a process that answers questions, and carries messages between that and whoever asks.

This module is sent to workers as it stands here, so that it works where Concordant is another one, or none: it imports what Python has.
The process has nothing of what carries its messages, and its main thread to itself: a call that does not end is stopped, and whatever
a protocol does to its process, it does not do to the courier.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import Pipe

OUTPOST = "concordant.checks.cluster.outpost"
SHOWN = 300
"""How many characters of the last line that a process wrote are told when it has ended."""


class Courier:
    """Between a process that answers, and whoever asks it."""

    def __init__(self, passport: bytes) -> None:
        """Start the process, and show it the passport of whoever asks."""
        self.connection, theirs = Pipe()
        self._wrote = tempfile.TemporaryFile()  # noqa: SIM115  # as long as this lives
        self._lock = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-P", "-m", OUTPOST, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._wrote,
            start_new_session=True,  # Ctrl-C is for whoever asks; and its own processes end with it
        )
        theirs.close()
        self.say(passport)

    def say(self, message: bytes) -> None:
        """Pass a message on."""
        with self._lock, suppress(OSError):  # that it has ended is heard, not said
            self.connection.send_bytes(message)

    def hear(self, seconds: float) -> tuple[list[bytes], str]:
        """Return what was said, and wait so long at most for the first of it; and, once the process has ended, how it did."""
        said: list[bytes] = []
        has_ended = self._process.poll() is not None
        try:
            while self.connection.poll(0 if said or has_ended else seconds):
                said.append(self.connection.recv_bytes())
        except (EOFError, OSError):
            has_ended = True
        return said, self._how_it_ended() if has_ended else ""

    def end(self) -> None:
        """End the process, and what it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.connection.close()
        self._wrote.close()

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        status = self._process.poll()
        self._wrote.seek(0)
        lines = self._wrote.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")[:SHOWN]
        self.end()
        how = (
            "closed its connection"
            if status is None
            else f"was killed by signal {-status}"
            if status < 0
            else f"ended with exit status {status}"
        )
        return f"its process on {socket.gethostname()} {how}{f': {last}' if last else ''}"
