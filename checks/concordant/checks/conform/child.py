"""An adapter as a child process: lines to its input, lines from its output, within a time budget; nothing that it does can block."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence

from attrs import define, field

from concordant.checks.conform.shapes import quoted

LINE = 1 << 20
"""The longest line that is read, in bytes."""
KEPT = 4_000
"""How many bytes of standard error are kept."""
GRACE = 1.0
"""How many seconds a process has to end."""


class BrokenAdapter(Exception):  # noqa: N818  # it says what is broken
    """An adapter breaks the protocol; the text says how, and what to mend."""


class Gone(BrokenAdapter):
    """The process of an adapter has ended, or closed its output, before it answered."""


@define(eq=False)
class Child:
    """A child process of a command. `seconds`: how long it has for each answer."""

    command: Sequence[str]
    seconds: float
    _process: subprocess.Popen[bytes] = field(init=False)
    _selector: selectors.BaseSelector = field(factory=selectors.DefaultSelector, init=False)
    _said: bytearray = field(factory=bytearray, init=False)
    _errors: bytearray = field(factory=bytearray, init=False)
    _open: bool = field(default=True, init=False)

    def __attrs_post_init__(self) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603  # the user names the command
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,  # so that its own children end with it
            )
        except OSError as error:
            raise BrokenAdapter(f"{quoted(self.command[0])} cannot be started: {error.strerror}") from error
        for stream, what in ((self._process.stdout, "said"), (self._process.stderr, "errors")):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)
                self._selector.register(stream.fileno(), selectors.EVENT_READ, what)
        if self._process.stdin is not None:
            os.set_blocking(self._process.stdin.fileno(), False)

    def ask(self, line: bytes) -> bytes:
        """Write a line and return the line that answers it."""
        self._hear(0)
        if self._said:
            raise BrokenAdapter(f"it said more than one line to a command: {quoted(bytes(self._said))}; one answer to each, logs to stderr")
        until, left = time.monotonic() + self.seconds, memoryview(line)
        while b"\n" not in self._said:
            left = self._write(left)
            if len(self._said) > LINE:
                raise BrokenAdapter(f"it said a line longer than {LINE:,} bytes")
            if not self._open:
                raise Gone(f"it {self._how_it_ended()} before it answered")
            if time.monotonic() >= until:
                raise BrokenAdapter(f"it gave no answer within {self.seconds:g} s")
            self._hear(min(until - time.monotonic(), 0.01 if left else self.seconds))
        answer, _, rest = bytes(self._said).partition(b"\n")
        self._said[:] = rest
        return answer

    def log(self) -> str:
        """Return the end of what it wrote to standard error."""
        self._hear(0)
        return bytes(self._errors).decode(errors="backslashreplace").strip()

    def close(self) -> bytes:
        """End it, whatever it does, and return what it still said."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        until = time.monotonic() + min(GRACE, self.seconds)
        while self._open and time.monotonic() < until and len(self._said) <= LINE:
            self._hear(max(0, until - time.monotonic()))
        self.kill()
        return bytes(self._said)

    def kill(self) -> None:
        """End it at once, with all processes that it has begun."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _write(self, left: memoryview) -> memoryview:
        if left and self._process.stdin is not None:
            try:
                return left[os.write(self._process.stdin.fileno(), left) :]
            except BlockingIOError:
                return left
            except OSError:
                return left[:0]  # it reads no more; whether it answers all the same shows
        return left

    def _hear(self, seconds: float) -> None:
        """Wait for output, and take what there is."""
        for key, _ in self._selector.select(seconds) if self._selector.get_map() else ():
            try:
                heard = os.read(key.fd, 1 << 16)
            except BlockingIOError:
                continue
            if not heard:
                self._selector.unregister(key.fd)
                self._open &= key.data != "said"
            elif key.data == "said":
                self._said += heard
            else:
                self._errors += heard
                del self._errors[:-KEPT]

    def _how_it_ended(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(min(GRACE, self.seconds))
            return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return "closed its output"
