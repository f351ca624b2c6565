"""Ctrl-C, SIGTERM and SIGKILL, at any moment: a report as far as it goes, what is to be saved is saved, and no process is left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator

from concordant.checks.exit_codes import INTERRUPTED
from tests.hostile.conditions import Condition, checks, saves

MOMENTS = (0.05, 0.15, 0.3, 0.6, 1.0, 1.5, 2.5, 4.0)
"""Seconds after the start: while Python begins, while modules are imported, while a search goes on."""
SAID = "interrupted"
HELD = ("SLOW_HANDLER", "SLOW_CLAUSE", "TWO_MILLION", "VAST", "SYMMETRIC", "SLEEPS", "SLOW_FAMILY", "SLOW_GRID")


def conditions() -> Iterator[Condition]:
    """Yield all of them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        name = number.name
        for after in MOMENTS:
            said = SAID if after > 0.3 else ""  # before that, Python itself may be interrupted
            yield Condition(f"{name} after {after} s", INTERRUPTED, said, checks("VAST", "tabulated"), signals=((after, number),))
        for system in HELD:
            for engine in ("reference", "tabulated") if system != "SLOW_GRID" else ("reference",):
                yield Condition(f"{name}, {system}, {engine}", INTERRUPTED, SAID, checks(system, engine), signals=((8, number),))
        yield Condition(f"{name}, saved", INTERRUPTED, SAID, saves("VAST"), signals=((8, number),), leaves="saved")
        pool = ("check", "two_phase_commit", "paxos_synod", "--scope", "large", "--jobs", "2", "--no-cache")
        yield Condition(f"{name}, in a pool", INTERRUPTED, SAID, pool, signals=((6, number),))
        anew = {"NUMBA_CACHE_DIR": "compiled"}
        for after in (4, 6, 9):
            yield Condition(
                f"{name} after {after} s, while the engine is compiled",
                INTERRUPTED,
                SAID,
                checks("VAST", "tabulated"),
                signals=((after, number),),
                environment=anew,
            )
    twice = ((8, signal.SIGINT), (8.2, signal.SIGINT))
    yield Condition("SIGINT twice", INTERRUPTED, SAID, checks("SLOW_HANDLER", "reference"), signals=twice)
    pool = ("check", "two_phase_commit", "paxos_synod", "--scope", "large", "--jobs", "2", "--no-cache")
    yield Condition("SIGKILL, in a pool", -signal.SIGKILL, "", pool, signals=((6, signal.SIGKILL),))
    yield Condition("SIGKILL", -signal.SIGKILL, "", checks("VAST", "tabulated"), signals=((6, signal.SIGKILL),))
    yield Condition("SIGHUP", INTERRUPTED, SAID, checks("VAST", "tabulated"), signals=((6, signal.SIGHUP),))
