"""What goes wrong with barriers under retries: who comes again, since it was not let pass in time, is counted again."""

from __future__ import annotations

from concordant.pitfalls.synchronization.barrier.as_written import AsWritten
from concordant.refimpl.compositions.retried_arrival import system
from concordant.refimpl.machine import Pitfall
from concordant.spec.synchronization import barrier as spec

COMES_TWICE = Pitfall(
    "X-3",
    "A stage that waits at a barrier is tried again, and comes twice: it is counted for two, and passes without its partner.",
    breaks=spec.nobody_passes_alone,
    subject=system(AsWritten(2)),
    length=5,
)
