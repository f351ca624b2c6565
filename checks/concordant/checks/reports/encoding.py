"""Output where the terminal has no Unicode: the few signs that reports use fall back to ASCII."""

from __future__ import annotations

import codecs
from typing import TextIO

SIGNS = str.maketrans(
    {
        "│": "|",
        "─": "-",
        "┼": "+",
        "├": "+",
        "┤": "+",
        "▶": ">",
        "◀": "<",
        "●": "*",
        "✗": "x",
        "◆": "#",
        "↑": "^",
        "→": "->",
        "…": "...",
        "≥": ">=",
    }
)


def fall_back(stream: TextIO) -> None:
    """Let a stream print signs that it cannot encode as ASCII, and what has no such form as a question mark."""
    codecs.register_error("concordant", _in_ascii)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="concordant")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end].translate(SIGNS)
    return signs.encode("ascii", errors="replace").decode("ascii"), error.end
