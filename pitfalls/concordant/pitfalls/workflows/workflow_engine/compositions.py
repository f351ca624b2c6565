"""What goes wrong with tasks over a load balancer: what nobody can do yet is dropped, and runs for ever."""

from __future__ import annotations

from concordant.pitfalls.allocation.load_balancer.machines import DropsWhatNobodyCanDo
from concordant.refimpl.compositions.balanced_tasks import system
from concordant.refimpl.machine import Pitfall
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.workflow_engine import clauses as spec

DROPPED_TASK = Pitfall(
    "X-13",
    "The balancer drops a task that nobody can do who is there. The engine takes it for running, for ever, also when somebody comes who can.",
    breaks=spec.no_deadlock,
    subject=system(Stage("a"), balancer=DropsWhatNobodyCanDo()),
    length=4,
)
