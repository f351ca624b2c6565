"""Protocols that installed packages name, in the entry-point group `concordant.protocols`: `lock = "mypackage.lock"`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

ENTRY_POINTS = "concordant.protocols"


def installed() -> tuple[EntryPoint, ...]:
    """Return the protocols that installed packages name, by name."""
    return tuple(sorted(entry_points(group=ENTRY_POINTS), key=lambda each: each.name))
