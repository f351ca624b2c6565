"""Text in Markdown: what a protocol says of itself is shown as it is, and marks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def plainly(text: str) -> str:
    """Return text on one line, in which no character has a meaning: it ends no cell of a table, and hides nothing that follows."""
    return _plain(" ".join(text.split()))


def in_cell(text: str) -> str:
    r"""Return text as `plainly` does, but what stands between backticks stays code.

    >>> print(in_cell("`a | b` is <c>"))
    `a \| b` is &lt;c>
    """
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return plainly(text)
    return "`".join(part.replace("|", r"\|") if place % 2 else _plain(part) for place, part in enumerate(parts))


def _plain(text: str) -> str:
    return re.sub(r"([\\`*\[\]|])", r"\\\1", text).replace("<", "&lt;")


def fenced(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines as a block of text, within a fence that is longer than any in it."""
    fence = "`" * max([3, *(len(run) + 1 for line in lines for run in re.findall("`+", line))])
    yield from (f"{fence}text", *lines, fence)
