"""What any protocol of atomic commitment is to come to: TLA+ `TCommit` (Gray and Lamport, 2006, section 2)."""

from __future__ import annotations

from enum import Enum

from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import Now, Then, Variables


class Phase(Enum):
    """What a resource manager does."""

    WORKING = 1
    PREPARED = 2
    COMMITTED = 3
    ABORTED = 4


def transaction_commit(count: int) -> Model:
    """Return the model with so many resource managers."""
    managers = tuple(range(count))
    phase = Variables("phase", managers, Phase.WORKING)

    @action(r=managers)
    def prepares(now: Now, then: Then, r: int) -> None:
        if now[phase[r]] is Phase.WORKING:
            then[phase[r]] = Phase.PREPARED

    @action(r=managers)
    def commits(now: Now, then: Then, r: int) -> None:
        if now[phase[r]] is Phase.PREPARED and all(now[phase[other]] in (Phase.PREPARED, Phase.COMMITTED) for other in managers):
            then[phase[r]] = Phase.COMMITTED

    @action(r=managers)
    def aborts(now: Now, then: Then, r: int) -> None:
        if now[phase[r]] in (Phase.WORKING, Phase.PREPARED) and all(now[phase[other]] is not Phase.COMMITTED for other in managers):
            then[phase[r]] = Phase.ABORTED

    return Model((phase,), (prepares, commits, aborts))
