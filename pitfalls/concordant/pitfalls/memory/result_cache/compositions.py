"""What goes wrong with a cache of results over retries: what an attempt has left behind is a part of what is kept."""

from __future__ import annotations

from concordant.pitfalls.recovery.retry_recovery.as_written import ChangesAsItGoes
from concordant.refimpl.compositions.cached_stages import system
from concordant.refimpl.machine import Pitfall
from concordant.spec.memory import result_cache as spec
from concordant.spec.memory.result_cache import Get, Key

KEPT_WITH_WHAT_WAS_LEFT = Pitfall(
    "X-12",
    "A stage is tried again on what the attempt before has changed, and what comes of that is kept: it is told to all who ask for what it is not of.",
    breaks=spec.a_result_is_of_what_was_asked,
    subject=system((Get(Key("a", 5)),), agent=ChangesAsItGoes),
    length=7,
)
