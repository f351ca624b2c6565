"""TLA+ `TwoPhase` (Gray and Lamport, "Consensus on Transaction Commit", 2006, section 3) as processes.

Messages are a set that only grows: a duplicating network. A manager votes when it likes; the coordinator may abort at any
moment and may commit once it has heard from every manager.
"""

from __future__ import annotations

from enum import Enum
from typing import Never, TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Completion,
    Deadline,
    Fault,
    Internal,
    Network,
    NoHistory,
    Seen,
    Send,
    addresses,
    always,
    broadcast,
    case,
    sometimes,
)

COORDINATOR = Address("coordinator")


class Phase(Enum):
    WORKING = 1
    PREPARED = 2
    COMMITTED = 3
    ABORTED = 4


# ---- messages


@frozen
class Prepared:
    """A manager is ready to commit."""


@frozen
class Commit:
    """The coordinator has decided to commit."""


@frozen
class Abort:
    """The coordinator has decided to abort."""


Decision: TypeAlias = Commit | Abort

# ---- triggers


@frozen
class Prepare(Completion):
    """A manager's work ends well."""


@frozen
class ChooseToAbort(Completion):
    """A manager's work fails."""


@frozen
class DecideCommit(Internal):
    """The coordinator goes on with every manager prepared."""


@frozen
class DecideAbort(Deadline):
    """The coordinator gives up waiting."""


# ---- states, which are their own views


@frozen
class ManagerView:
    phase: Phase = Phase.WORKING


@frozen
class CoordinatorView:
    decision: Decision | None = None
    prepared: frozenset[Address] = frozenset()


# ---- processes


@frozen
class Manager(Process[ManagerView, Decision, Never, Prepare | ChooseToAbort]):
    def start(self) -> Step[ManagerView]:
        return step(ManagerView())

    def armed(self, state: ManagerView) -> tuple[Prepare | ChooseToAbort, ...]:
        return (Prepare(), ChooseToAbort()) if state.phase is Phase.WORKING else ()

    def fire(self, state: ManagerView, trigger: Prepare | ChooseToAbort) -> Step[ManagerView]:  # noqa: ARG002  # armed only while working
        match trigger:
            case Prepare():
                return step(ManagerView(Phase.PREPARED), Send(COORDINATOR, Prepared()))
            case ChooseToAbort():
                return step(ManagerView(Phase.ABORTED))

    def receive(self, state: ManagerView, source: Address, message: Decision) -> Step[ManagerView]:  # noqa: ARG002  # obeyed in every phase
        match message:
            case Commit():
                return step(ManagerView(Phase.COMMITTED))
            case Abort():
                return step(ManagerView(Phase.ABORTED))

    def view(self, state: ManagerView) -> ManagerView:
        return state


@frozen
class Coordinator(Process[CoordinatorView, Prepared, Never, DecideCommit | DecideAbort]):
    managers: tuple[Address, ...]

    def start(self) -> Step[CoordinatorView]:
        return step(CoordinatorView())

    def receive(self, state: CoordinatorView, source: Address, message: Prepared) -> Step[CoordinatorView] | None:  # noqa: ARG002  # one class
        return step(evolve(state, prepared=state.prepared | {source})) if state.decision is None else None

    def armed(self, state: CoordinatorView) -> tuple[DecideCommit | DecideAbort, ...]:
        if state.decision is not None:
            return ()
        return (DecideCommit(), DecideAbort()) if len(state.prepared) == len(self.managers) else (DecideAbort(),)

    def fire(self, state: CoordinatorView, trigger: DecideCommit | DecideAbort) -> Step[CoordinatorView]:
        decision = Commit() if isinstance(trigger, DecideCommit) else Abort()
        return step(evolve(state, decision=decision), *broadcast(self.managers, decision))

    def view(self, state: CoordinatorView) -> CoordinatorView:
        return state


# ---- clauses


@always(under=Fault.DUPLICATION)
def consistent(seen: Seen[NoHistory]) -> Cases:
    """No manager commits while another aborts."""
    phases = {view.phase for view in seen.views(ManagerView).values()}
    yield case(not {Phase.COMMITTED, Phase.ABORTED} <= phases)


@sometimes
def commits(seen: Seen[NoHistory]) -> Cases:
    """Every manager commits."""
    yield case(all(view.phase is Phase.COMMITTED for view in seen.views(ManagerView).values()))


def two_phase(managers: int) -> System[NoHistory]:
    """Return the system with this many interchangeable managers."""
    names = addresses("manager", managers)
    return System(
        {COORDINATOR: Coordinator(names), **{name: Manager() for name in names}},
        NoHistory(),
        (consistent, commits),
        Network(duplicating=True),
        symmetric=(tuple((name,) for name in names),),
    )
