"""Where a run is: in which line of the code of which a proof is, not of the code that proves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from concordant.spec import vocabulary

ROOT = Path(__file__).parents[1]
OURS = (f"{ROOT / 'kernel'}{os.sep}", f"{Path(vocabulary.__file__).parent}{os.sep}")
"""Where what proves stands, and the words in which rules are written: neither is what a proof is about."""


def place() -> str:
    """Say where the run is: file and line of the innermost call that is neither ours nor of a library."""
    frame = sys._getframe(1)  # noqa: SLF001  # the one way to ask where one is
    while frame.f_back is not None and not of_the_run(frame.f_code.co_filename):
        frame = frame.f_back
    return f"{shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def of_the_run(file: str) -> bool:
    """Tell whether a file holds what is proved of, not what proves it."""
    return not file.startswith(OURS) and ("/concordant/" in file or not file.startswith((sys.prefix, sys.base_prefix, "<")))


def shown(file: str) -> str:
    """Return a file's path from the root of its package on."""
    _, found, rest = file.rpartition("/concordant/")
    return f"concordant/{rest}" if found else file
