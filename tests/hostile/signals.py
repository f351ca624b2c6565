"""Ctrl-C, SIGTERM and SIGKILL, at any moment: a report as far as it goes, what is to be saved is saved, and no process is left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator

from concordant.checks.exit_codes import INTERRUPTED
from tests.hostile.conditions import Condition, checks, saves

MOMENTS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)
"""While modules are imported, while a scope is made, while a search begins: parts of the time that all of this takes."""
SEARCHING = 1.5
"""When a search is under way, as such a part."""
SAID = "interrupted"
LONG = ("--budget", "1h")
"""More than any of them is given; without it, a search whose size nobody states ends by itself."""
HELD = ("SLOW_HANDLER", "SLOW_CLAUSE", "TWO_MILLION", "VAST", "SYMMETRIC", "SLEEPS", "SLOW_FAMILY", "SLOW_GRID")


def conditions() -> Iterator[Condition]:
    """Yield all of them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        name = number.name
        for part in MOMENTS:
            yield Condition(
                f"{name} at {part:.0%}", INTERRUPTED, SAID, checks("VAST", "tabulated", *LONG), signals=((0, number),), begun=part
            )
        for system in HELD:
            for engine in ("reference", "tabulated") if system != "SLOW_GRID" else ("reference",):
                yield Condition(
                    f"{name}, {system}, {engine}", INTERRUPTED, SAID, checks(system, engine, *LONG), signals=((2, number),), begun=SEARCHING
                )
        yield Condition(f"{name}, saved", INTERRUPTED, SAID, saves("VAST", *LONG), signals=((2, number),), begun=SEARCHING, leaves="saved")
        pool = ("check", "two_phase_commit", "paxos_synod", "--scope", "medium", "--jobs", "2", "--no-cache")
        yield Condition(f"{name}, in a pool", INTERRUPTED, SAID, pool, signals=((2, number),), begun=SEARCHING)
        anew = {"NUMBA_CACHE_DIR": "compiled"}
        for after in (4, 6, 9):
            yield Condition(
                f"{name} after {after} s, while the engine is compiled",
                INTERRUPTED,
                SAID,
                checks("VAST", "tabulated", *LONG),
                signals=((after, number),),
                environment=anew,
            )
    twice = ((2, signal.SIGINT), (2.2, signal.SIGINT))
    yield Condition("SIGINT twice", INTERRUPTED, SAID, checks("SLOW_HANDLER", "reference", *LONG), signals=twice, begun=SEARCHING)
    pool = ("check", "two_phase_commit", "paxos_synod", "--scope", "medium", "--jobs", "2", "--no-cache")
    yield Condition("SIGKILL, in a pool", -signal.SIGKILL, "", pool, signals=((2, signal.SIGKILL),), begun=SEARCHING)
    yield Condition("SIGKILL", -signal.SIGKILL, "", checks("VAST", "tabulated", *LONG), signals=((2, signal.SIGKILL),), begun=SEARCHING)
    yield Condition("SIGHUP", INTERRUPTED, SAID, checks("VAST", "tabulated", *LONG), signals=((2, signal.SIGHUP),), begun=SEARCHING)
