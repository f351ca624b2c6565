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
from tests.oracles.abd_register import abd_register
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


def acceptors(number: int, values: tuple[tuple[str, ...], ...], network: Network) -> System[Any]:
    """Paxos with so many acceptors, without learners."""
    return system(values, acceptors=number, learners=0, network=network, promises=SAFETY, patient=network.losses == 0)


IGNORING = Reductions(leave_ignored=True)
SYMMETRY = Reductions(symmetry=True)
BOTH = Reductions(symmetry=True, leave_ignored=True)
COPIES, ANY_LOSS = Network(duplicating=True), Network(duplicating=True, losses=None)
MODELS = {
    model.name: model
    for model in (
        Model("two-phase 8", lambda: two_phase(8), MILLION // 5, 5, managers=8),
        Model("two-phase 9", lambda: two_phase(9), MILLION // 5, 3, managers=9),
        Model("Paxos register 3", lambda: paxos_register(3), MILLION // 5, 5, reductions=IGNORING),
        Model("ABD register 4", lambda: abd_register(4), MILLION // 5, 1, Budget(states=4 * MILLION), IGNORING),
        Model("paxos_synod, large scope", largest, MILLION // 5, 5, reductions=IGNORING),
        Model("paxos_synod, 1 M", synod, MILLION // 5, 5, Budget(states=MILLION), IGNORING),
        Model("paxos_synod, 42 M", synod, 5 * MILLION, 1, Budget(states=42 * MILLION), IGNORING),
    )
}
SYMMETRIC = {
    model.name: model
    for model in (
        Model("two-phase 6", lambda: two_phase(6), 50, 3, reductions=SYMMETRY),
        Model("two proposers, 3", lambda: acceptors(3, (("x",), ("y",)), Network()), 1_000, 3, reductions=BOTH),
        Model("any loss, 3", lambda: acceptors(3, (("x",),), ANY_LOSS), 1_000, 3, reductions=SYMMETRY),
        Model("copies, 3", lambda: acceptors(3, (("x",), ("y",)), COPIES), 1_000, 3, reductions=BOTH),
        Model("any loss, 4", lambda: acceptors(4, (("x",),), ANY_LOSS), 1_000, 1, reductions=SYMMETRY),
        Model("asked twice, 5", lambda: acceptors(5, (("x", "y"),), Network()), 1_000, 1, reductions=BOTH),
    )
}
"""The models that are measured up to symmetry; the number is that of interchangeable processes."""
