"""Where Concordant keeps what it need not make again: answers, and compiled code."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """Return `concordant` in the user's folder of caches."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "concordant"
