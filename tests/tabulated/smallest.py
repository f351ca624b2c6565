"""How work is cut into pieces: so small that in a system of a few states everything happens that otherwise happens in one of millions."""

from __future__ import annotations

import pytest

from concordant.checks.cluster.dividing import copies, search, share
from concordant.checks.tabulated import assumptions, panels, team, tracing, under, worker

LEAST = (
    (panels, "FIRST", 1),
    (panels, "ROOM", 1),
    (panels, "QUARTER", 60.0),
    (assumptions, "ROOM", 1),
    (team, "ROOM", 1),
    (team, "TOGETHER", 1),
    (tracing, "CHUNK", 1),
    (under, "FIRST_PART", 1),
    (under, "ROOM", 1),
    (worker, "CHANGES", 1),
    (worker, "GAPS", 8),
    (worker, "FIRST_STRIDE", 1),
    (copies, "ROOM", 1),
    (share, "PIECE", 2),
    (share, "FILTER", 4),
    (search, "FEW", 3),
)


def cut_into_the_smallest_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every piece be as small as it can be; no look takes too long."""
    for module, name, least in LEAST:
        assert getattr(module, name) > 0, f"{name} is no size of {module.__name__} any more"
        monkeypatch.setattr(module, name, least)
