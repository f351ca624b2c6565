"""Everything that decides: exploration, judging of rules, refutation, bridges, reports, the command line.

What a user's own code calls is named here, and stays: `explore`, `judge`, `refute`, `walk`, `cross`, the values that they
take and return, and `Adapter`, from which an implementation under test derives. Each is loaded when it is first used.

>>> from concordant.checks import Counts, explore
>>> from concordant.checks.starting.lock import system
>>> report = explore(system())
>>> report.verdict("lock.mutual_exclusion").status.value, report.complete
('holds', True)
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from concordant.checks.exit_codes import MISUSE

if sys.flags.optimize > 1:
    sys.stderr.write(
        "concordant: python -OO leaves out docstrings, and clauses are stated in theirs; run it without -OO and PYTHONOPTIMIZE=2\n"
    )
    raise SystemExit(MISUSE)

if TYPE_CHECKING:
    from concordant.checks.bridge import Crossing, cross
    from concordant.checks.conform.adapter import Adapter
    from concordant.checks.exploration.budget import Budget
    from concordant.checks.exploration.explore import Reductions, explore
    from concordant.checks.exploration.families import Family
    from concordant.checks.exploration.report import Report, Status, Verdict
    from concordant.checks.exploration.scope import Counts, Scope, Size
    from concordant.checks.mechanisms.judging import judge_grid as judge
    from concordant.checks.mechanisms.report import RuleReport
    from concordant.checks.mechanisms.scope import Grid, Profiles
    from concordant.checks.models.scope import ModelScope
    from concordant.checks.refuting.pitfalls import Refutation, refute
    from concordant.checks.tabulated.walking import walk

__all__ = [
    "Adapter",
    "Budget",
    "Counts",
    "Crossing",
    "Family",
    "Grid",
    "ModelScope",
    "Profiles",
    "Reductions",
    "Refutation",
    "Report",
    "RuleReport",
    "Scope",
    "Size",
    "Status",
    "Verdict",
    "cross",
    "explore",
    "judge",
    "refute",
    "walk",
]

_HOMES = {
    "Adapter": "conform.adapter",
    "Budget": "exploration.budget",
    "Counts": "exploration.scope",
    "Crossing": "bridge",
    "Family": "exploration.families",
    "Grid": "mechanisms.scope",
    "ModelScope": "models.scope",
    "Profiles": "mechanisms.scope",
    "Reductions": "exploration.explore",
    "Refutation": "refuting.pitfalls",
    "Report": "exploration.report",
    "RuleReport": "mechanisms.report",
    "Scope": "exploration.scope",
    "Size": "exploration.scope",
    "Status": "exploration.report",
    "Verdict": "exploration.report",
    "cross": "bridge",
    "explore": "exploration.explore",
    "judge": "mechanisms.judging:judge_grid",
    "refute": "refuting.pitfalls",
    "walk": "tabulated.walking",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, _, called = _HOMES[name].partition(":")
    return getattr(import_module(f"{__name__}.{home}"), called or name)
