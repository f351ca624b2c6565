"""Keeping compiled code: in the user's folder of caches, or where numba is told to; nowhere, where that cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from concordant.checks.cache.folder import folder

numba: Any = import_module("numba")
caching: Any = import_module("numba.core.caching")


class KeptCode(caching.FunctionCache):  # type: ignore[misc]  # of numba, which ships no types
    """What is kept of one function. A file that is cut short, or nonsense, was never there; what cannot be written is left."""

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Return what is kept for a signature, if it can be read."""
        try:
            return super().load_overload(signature, target)
        except Exception:  # noqa: BLE001  # whatever a damaged file does, it is none
            self._forget()
            return None

    def save_overload(self, signature: Any, made: Any) -> None:
        """Keep what was made for a signature."""
        try:
            super().save_overload(signature, made)
        except Exception:  # noqa: BLE001  # such as a disk that is full
            self._forget()

    def _forget(self) -> None:
        with suppress(OSError):
            Path(self._cache_path, f"{self._impl.filename_base}.nbi").unlink(missing_ok=True)


@cache
def why_nowhere() -> str | None:
    """Say why compiled code cannot be kept; None where it can."""
    kept = kept_in()
    try:
        kept.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=kept):
            return None
    except OSError as error:
        return f"{kept} cannot be written ({error.strerror})"


def keep(compiled: Any, function: Callable[..., Any]) -> None:
    """Let what is compiled of a function be kept."""
    if why_nowhere() is None:
        before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(kept_in())
        try:
            compiled._cache = KeptCode(function)  # noqa: SLF001  # where numba looks
        finally:
            numba.config.CACHE_DIR = before


def kept_in() -> Path:
    """Return the folder in which compiled code is kept."""
    return Path(numba.config.CACHE_DIR or folder() / "compiled")
