"""The scopes of leases for agents that insist."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.refimpl.synchronization.insistent_lease import system
from concordant.spec.vocabulary import Faults, addresses

FIRST, _ = addresses("agent", 2)

SCOPES = (
    Scope(
        "crash",
        "two agents ask until they are granted the lease; one of them crashes",
        system(faults=Faults(crashes=1, who=(FIRST,))),
        Counts(456, 1_266, 14),
    ),
)
