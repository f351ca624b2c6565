"""Two-phase commit as TLA+ has it (`TwoPhase`, Gray and Lamport, 2006): no processes, and messages that are never received for good."""

from __future__ import annotations

from enum import Enum

from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import Cases, Clause, Now, Then, Variable, Variables, always, case, sometimes


class Manager(Enum):
    """What a resource manager does."""

    WORKING = 1
    PREPARED = 2
    COMMITTED = 3
    ABORTED = 4


class Decision(Enum):
    """What the transaction manager has decided."""

    NONE = 1
    COMMIT = 2
    ABORT = 3


def two_phase(count: int) -> Model:
    """Return the model with so many resource managers."""
    managers = tuple(range(1, count + 1))
    phase = Variables("phase", managers, Manager.WORKING)
    decision = Variable("decision", Decision.NONE)
    heard = Variables("heard", managers, False)
    prepared_sent = Variables("prepared_sent", managers, False)
    sent = Variables("sent", (Decision.COMMIT, Decision.ABORT), False)

    @action(r=managers)
    def hears(now: Now, then: Then, r: int) -> None:
        if now[decision] is Decision.NONE and now[prepared_sent[r]]:
            then[heard[r]] = True

    @action()
    def commits(now: Now, then: Then) -> None:
        if now[decision] is Decision.NONE and all(now[heard[r]] for r in managers):
            then[decision] = Decision.COMMIT
            then[sent[Decision.COMMIT]] = True

    @action()
    def aborts(now: Now, then: Then) -> None:
        if now[decision] is Decision.NONE:
            then[decision] = Decision.ABORT
            then[sent[Decision.ABORT]] = True

    @action(r=managers)
    def prepares(now: Now, then: Then, r: int) -> None:
        if now[phase[r]] is Manager.WORKING:
            then[phase[r]] = Manager.PREPARED
            then[prepared_sent[r]] = True

    @action(r=managers)
    def gives_up(now: Now, then: Then, r: int) -> None:
        if now[phase[r]] is Manager.WORKING:
            then[phase[r]] = Manager.ABORTED

    @action(r=managers)
    def is_told_to_commit(now: Now, then: Then, r: int) -> None:
        if now[sent[Decision.COMMIT]]:
            then[phase[r]] = Manager.COMMITTED

    @action(r=managers)
    def is_told_to_abort(now: Now, then: Then, r: int) -> None:
        if now[sent[Decision.ABORT]]:
            then[phase[r]] = Manager.ABORTED

    @sometimes
    def all_commit(now: Now) -> Cases:
        """All commit."""
        yield case(all(now[phase[r]] is Manager.COMMITTED for r in managers))

    @always()
    def consistent(now: Now) -> Cases:
        """No two managers go different ways."""
        for one in managers:
            for other in managers:
                if one != other and now[phase[one]] is Manager.COMMITTED:
                    yield case(now[phase[other]] is not Manager.ABORTED, committed=one, aborted=other)

    actions = (hears, commits, aborts, prepares, gives_up, is_told_to_commit, is_told_to_abort)
    promises: tuple[Clause, ...] = (all_commit, consistent)
    return Model((phase, decision, heard, prepared_sent, sent), actions, promises)


MODEL = two_phase(3)
