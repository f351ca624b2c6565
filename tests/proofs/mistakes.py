"""Crossing the bridge with a shipped mistake, and the reasons why one need not be seen."""

from __future__ import annotations

from collections.abc import Mapping

from concordant.checks.bridge import Crossing, cross
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions
from concordant.checks.refuting.pitfalls import may_leave_ignored
from concordant.checks.registry import protocol
from concordant.proofs.kernel.refinement import Bridge
from concordant.refimpl.machine import Pitfall, System, is_put_together

BUDGET = Budget(states=15_000)
LIVENESS = "the model promises no progress"
UNSAID = "the model does not speak of it"
IN_THE_HANDLER = "the bridge does not speak of it; the proof of the handler sees it"
DEEP = "it takes three ballots; the proof of the handler sees it"


def crossed(bridge: Bridge, pitfall: Pitfall) -> Crossing:
    """Cross a bridge with the system of a pitfall."""
    system = pitfall.system
    reductions = Reductions(symmetry=bool(system.symmetric) and not system.faults.mid_step, leave_ignored=may_leave_ignored(system))
    return cross(bridge, system, reductions, BUDGET)


def pitfalls(stem: str) -> dict[str, Pitfall]:
    """Return the pitfalls of a stem by id, but for those of machines that are put together: a bridge is about one alone."""
    return {each.id: each for each in protocol(stem).pitfalls if not is_of_several(each)}


def is_of_several(pitfall: Pitfall) -> bool:
    """Tell whether a pitfall is one of machines that are put together."""
    return isinstance(pitfall.subject, System) and any(map(is_put_together, pitfall.subject.processes.values()))


def require_as_listed(bridge: Bridge, pitfall: Pitfall, seen: Mapping[str, int], not_seen: Mapping[str, str]) -> None:
    """Require that a mistake is no step of the model after the moves that are listed, or none that is seen, with a reason that is listed."""
    crossing = crossed(bridge, pitfall)
    if pitfall.id in seen:
        assert (crossing.problem is not None, len(crossing.trace)) == (True, seen[pitfall.id])
    else:
        assert crossing.problem is None
        assert pitfall.id in not_seen
