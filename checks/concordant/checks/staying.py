"""Staying: what is imported does not end the process, which would look as if all had been asked, and with an exit code of its own choice."""

from __future__ import annotations

import os
import posix
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

WAYS = ("_exit", "abort", "execv", "execve", "execl", "execle", "execlp", "execlpe", "execvp", "execvpe")


@contextmanager
def staying() -> Iterator[None]:
    """Let whatever would end this process at once, or become another program, raise a SystemExit meanwhile. A process that was forked may end."""
    here = os.getpid()
    before = {(module, way): getattr(module, way) for module in (os, posix) for way in WAYS if hasattr(module, way)}

    def instead(of: Callable[..., Any]) -> Callable[..., Any]:
        def leave(*given: Any, **named: Any) -> NoReturn:
            if os.getpid() != here:
                of(*given, **named)
            raise SystemExit(given[0] if given else None)

        return leave

    try:
        for (module, way), of in before.items():
            setattr(module, way, instead(of))
        yield
    finally:
        for (module, way), of in before.items():
            setattr(module, way, of)
