"""What is said in a sentence instead of a traceback: what a user asks for cannot be, or a function of a protocol breaks the rules."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

LIBRARY = str(Path(os.__file__).parent)
OURS = tuple(f"concordant{os.sep}{part}{os.sep}" for part in ("spec", "refimpl", "checks"))


class Misuse(ValueError):  # noqa: N818  # it says what was done
    """What was asked for cannot be done; the text names the value, the rule and the right call. Raised at the borders of the API only."""


class MisuseOfType(Misuse, TypeError):  # noqa: N818  # as above
    """The same, of a value of the wrong class."""


def place_of(error: BaseException) -> str | None:
    """Return file and line in which a user's code raised an error, or called what did; None where all of it is ours, or Python's own."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    theirs = [frame for frame in traceback.extract_tb(error.__traceback__) if is_theirs(frame.filename)]
    own = [frame for frame in theirs if "site-packages" not in frame.filename] or theirs
    return f"{own[-1].filename}, line {own[-1].lineno}" if own else None


def is_theirs(file: str) -> bool:
    """Tell whether a file is a user's, or of a package: neither ours nor Python's own."""
    library = file.startswith(LIBRARY) and "site-packages" not in file
    return not (file.startswith("<") or library or any(part in file for part in OURS))


class BrokenRule(Exception):  # noqa: N818  # it says what is broken
    """A function of a protocol breaks a rule of the vocabulary; the text says which function, on which input, and what to do instead."""


class CannotReplay(Misuse):
    """A recorded run, or a witness, is not possible where it should be; the text names the first step that is not."""
