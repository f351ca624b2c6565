"""Which faults a system's environment has, and which of its clauses are therefore judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from concordant.refimpl.machine import AnyProcess, AnySystem, defines, has_clock
from concordant.spec.vocabulary import Clause, Fault, Need, Sometimes


def faults_of(system: AnySystem) -> Fault:
    """Return every fault that the environment of a system may show."""
    network, faults, clocks = system.network, system.faults, system.clocks
    present = {
        Fault.LOSS: network.losses != 0,
        Fault.DUPLICATION: network.duplicating,
        Fault.CRASH: faults.crashes > 0,
        Fault.RECOVERY: faults.recoveries > 0,
        Fault.SUSPICION: faults.detector and faults.mistakes != 0,
        Fault.CANCELLATION: faults.cancellations > 0,
        Fault.SKEW: clocks is not None and clocks.skew > 1 and sum(map(has_clock, system.processes.values())) > 1,
        Fault.SETBACK: clocks is not None and clocks.setbacks > 0,
        Fault.BYZANTINE: bool(system.byzantine),
        Fault.MALFORMED: any(user.malformed for user in system.users),
    }
    found = Fault.NONE
    for fault, there in present.items():
        found |= fault if there else Fault.NONE
    return found


def meets(system: AnySystem) -> Need:
    """Return every need that the environment of a system meets."""
    network, faults = system.network, system.faults
    met = Need.NONE
    if network.fifo:
        met |= Need.FIFO
    if faults.synchronous and network.losses == 0:
        met |= Need.TIMELY
    if faults.detector and faults.mistakes == 0:
        met |= Need.PERFECT_DETECTOR
    if faults.detector and faults.mistakes is not None and all(map(_takes_back, system.processes.values())):
        met |= Need.EVENTUALLY_PERFECT_DETECTOR
    if network.delay is not None:
        met |= Need.BOUNDED_DELAY
    return met


def _takes_back(process: AnyProcess) -> bool:
    """Tell whether whom a process suspects, it may hear to be up after all."""
    return defines(process, "trust") or not defines(process, "suspect")


def promised(clauses: Iterable[Clause], system: AnySystem) -> Iterator[Clause]:
    """Yield the clauses that are promised under all that the environment does. A `sometimes` is judged everywhere."""
    faults, met = faults_of(system), meets(system)
    return (clause for clause in clauses if isinstance(clause, Sometimes) or (faults in clause.under and clause.needs in met))


def is_promised(clause: Clause, system: AnySystem) -> bool:
    """Tell whether a clause is one of these."""
    return any(promised((clause,), system))
