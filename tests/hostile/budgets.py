"""Budgets of time, memory and states that something holds up, in both engines."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.exit_codes import UNDECIDED
from tests.hostile.conditions import Condition, checks
from tests.hostile.systems import alternatives

ENGINES = ("reference", "tabulated")
HELD_UP = (
    "MESSAGES",
    "LOSSY",
    "TWO_MILLION",
    "VAST",
    "VAST_LIVE",
    "SYMMETRIC",
    "ENDLESS",
    "SLOW_HANDLER",
    "SLOW_VIEW",
    "SLOW_START",
    "SLOW_HISTORY",
    "SLOW_CLAUSE",
    "SLOW_STEP",
    "SLOW_EVENT",
    "SLOW_REST",
    "SLOW_LIVENESS",
    "SLOW_ASSUMPTION",
    "SLOW_BOUND",
    "SLOW_LIAR",
    "SLOW_FAULTS",
    "SLOW_FAMILY",
    "LARGE_FAMILY",
    "SLEEPS",
    "SLEEPS_IN_CLAUSE",
    "LOOPS",
    "LOOPS_IN_VIEW",
)
RULES = ("SLOW_GRID", "SLOW_JUDGED", "LARGE_GRID")
FILL = ("MESSAGES", "VAST", "ENDLESS", "TWO_MILLION")
"""What fills memory quickly."""
SPENT = r"budget of [\d,]+ (s|MiB|states) spent"


def conditions() -> Iterator[Condition]:
    """Yield all of them."""
    for system in (*HELD_UP, *RULES):
        for engine in ENGINES if system not in RULES else ENGINES[:1]:
            yield Condition(f"time, {system}, {engine}", UNDECIDED, SPENT, checks(system, engine), seconds=3)
    for engine in ENGINES:
        yield Condition(f"time, alternatives, {engine}", UNDECIDED, SPENT, checks("alternatives", engine), seconds=3, builds=alternatives)
    for system in FILL:
        for engine in ENGINES:
            yield Condition(f"memory, {system}, {engine}", UNDECIDED, SPENT, checks(system, engine), seconds=40, mebibytes=300)
    for system in ("MESSAGES", "VAST", "TWO_MILLION", "SYMMETRIC"):
        for engine in ENGINES:
            states = (*checks(system, engine), "--budget", "2000 states,100s")
            yield Condition(f"states, {system}, {engine}", UNDECIDED, "budget of 2,000 states spent", states, quick=system == "VAST")
    walk = ("walk", *checks("MESSAGES", "tabulated")[1:2], "--jobs", "1")
    yield Condition("time, walk", UNDECIDED, SPENT, walk, seconds=3)
