"""Calls that never return, without a budget: whoever does not return is stopped, and named."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.exit_codes import MISUSE
from tests.hostile.conditions import Condition, checks

LATE = "it did not end within 10 s"
ENDLESS = {
    "LOOPS": f"the handler raised StillRunning: {LATE}",
    "LOOPS_IN_START": f"the handler raised StillRunning: {LATE}",
    "LOOPS_IN_VIEW": rf"the handler raised StillRunning: {LATE}\s+input: view\(state\)",
    "LOOPS_IN_HISTORY": rf"Deaf.after\(.*\) raised StillRunning: {LATE}",
    "LOOPS_IN_CLAUSE": f"clause workers.never_says raised StillRunning: {LATE}",
    "LOOPS_IN_ASSUMPTION": f"the assumption never_assumed of the system raised StillRunning: {LATE}",
    "LOOPS_IN_BOUND": f"the bound never_bounded of the system raised StillRunning: {LATE}",
    "NO_MEMBER": f"the systems of family no_member raised StillRunning with .*: {LATE}",
    "NO_RULE": f"the rule _no_rule was stopped: {LATE}",
    "CATCHES": "the function catches, in .*workers.py, line [0-9]+, does not end, and catches what is to stop it; its process is ended",
    "SLEEPS": f"the handler raised StillRunning: {LATE}",
    "SLEEPS_IN_CLAUSE": f"clause workers.sleeps_on_it raised StillRunning: {LATE}",
}
ONE_ENGINE = ("NO_MEMBER", "NO_RULE")


def conditions() -> Iterator[Condition]:
    """Yield all of them."""
    for system, said in ENDLESS.items():
        for engine in ("reference", "tabulated") if system not in ONE_ENGINE else ("reference",):
            yield Condition(f"no end, {system}, {engine}", MISUSE, said, checks(system, engine))
