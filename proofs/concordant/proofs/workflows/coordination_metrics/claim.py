"""What coordination costs is never less than nothing, for all real times of two stages that are at work side by side.

Claim: `measure` tells an overhead of what a run took beyond its critical path, the longer of its stages, which is at least 0, and an
efficiency between 0 and 1; and of two runs that begin together the one with less overhead took no longer where their critical paths are equal.
Not covered: more stages, attempts and runs, which grids and random logs show.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.workflows.coordination_metrics import comparing, measuring
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows.coordination_metrics import Attempted, Began, Finished, Log
from concordant.spec.workflows.coordination_metrics.clauses import (
    less_overhead_is_no_slower,
    overhead_and_efficiency_are_of_the_critical_path,
)
from concordant.spec.workflows.coordination_metrics.logs import numbered


def side_by_side(draw: Draw) -> Log:
    """Draw the log of a run of two stages that begin with it, one of which may take longer, and the run longer than that."""
    takes = draw.amount("a stage takes")
    longer = takes + draw.amount("the other takes more by")
    stages = (Attempted("run", "stage0", 0, takes), Attempted("run", "stage1", 0, longer))
    return numbered([Began("run", 0), *stages, Finished("run", longer + draw.amount("joining takes"))])


OVERHEAD = by_running(
    "coordination_metrics.overhead_and_efficiency_are_of_the_critical_path",
    overhead_and_efficiency_are_of_the_critical_path,
    measuring(side_by_side),
    "all real times; a run of two stages side by side, the second of which takes as long as the first or more",
)
PREFERRED = by_running(
    "coordination_metrics.less_overhead_is_no_slower",
    less_overhead_is_no_slower,
    comparing(),
    "all real times; two runs that begin together, one of two stages side by side, all of which take as long",
)
