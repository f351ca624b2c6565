"""The models that are measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions
from concordant.checks.registry import protocol
from concordant.refimpl.consensus.paxos_synod import SAFETY, system
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Network
from tests.oracles.paxos_register import paxos_register
from tests.oracles.two_phase import two_phase

MILLION = 1_000_000


@frozen
class Model:
    """A system to explore. `warm`: how many states of it are enough to compile whatever it needs; `managers`: what SPIN is told."""

    name: str
    system: Callable[[], System[Any]]
    warm: int
    repetitions: int
    budget: Budget = Budget()
    reductions: Reductions = Reductions()
    managers: int | None = None


def synod() -> System[Any]:
    """Paxos with two proposers that are each asked twice, three acceptors, and messages that stay in flight until received."""
    return system((("x", "y"), ("z", "w")), learners=0, network=Network(), promises=SAFETY, patient=True)


def largest() -> System[Any]:
    """The largest scope of Paxos, that of `concordant check paxos_synod --scope large`."""
    return next(scope.system for scope in protocol("paxos_synod").scopes if scope.name == "forgetful_proposer")


IGNORING = Reductions(leave_ignored=True)
MODELS = {
    model.name: model
    for model in (
        Model("two-phase 8", lambda: two_phase(8), MILLION // 5, 5, managers=8),
        Model("two-phase 9", lambda: two_phase(9), MILLION // 5, 3, managers=9),
        Model("Paxos register 3", lambda: paxos_register(3), MILLION // 5, 5, reductions=IGNORING),
        Model("paxos_synod, large scope", largest, MILLION // 5, 5, reductions=IGNORING),
        Model("paxos_synod, 1 M", synod, MILLION // 5, 5, Budget(states=MILLION), IGNORING),
        Model("paxos_synod, 42 M", synod, 5 * MILLION, 1, Budget(states=42 * MILLION), IGNORING),
    )
}
