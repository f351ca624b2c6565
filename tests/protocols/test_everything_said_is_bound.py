"""Every answer, event and message: if it said something else, some clause of its stem would be violated in a small scope, or its proof would not be about it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.bridge import cross
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.exploration.tampering import unbound
from concordant.checks.registry import protocol, protocols
from concordant.checks.semantics.rows import BrokenHistory
from concordant.proofs.consensus.raft.bridge import BRIDGE
from concordant.proofs.kernel.refinement import NoElement
from concordant.refimpl.machine import System


def small_scopes(stem: str) -> list[Scope]:
    """Return the small scopes of a stem, the smallest first: most is noticed in one of those."""
    sizes = {scope: scope.expected.states for scope in protocol(stem).scopes if scope.size is Size.SMALL and scope.expected}
    return sorted(sizes, key=lambda scope: sizes[scope])


OF_THE_CORE = evolve(BRIDGE, local=lambda address, state: BRIDGE.local(address, state.core))  # type: ignore[attr-defined]  # it is a server with a clock around it
BY_ITS_BRIDGE = {"raft": BRIDGE, "raft_pre_vote": BRIDGE, "raft_read_index": BRIDGE, "raft_lease_read": OF_THE_CORE}
"""Stems with events that only a proof is about: what a leader's log is, and who stores it, is a step of the proved model or it is not."""


ANSWERS = ("Committed", "NotLeader", "Unknown", "Value")
AROUND_ANOTHER = {
    "raft_read_index": (*ANSWERS, "Heartbeat", "Alive"),
    "raft_lease_read": (*ANSWERS, "Renew", "Promise"),
    "raft_snapshot": ("Committed", "Unknown", "Install"),
}
"""Stems whose machine is that of another, unchanged, and what is asked of them: the messages of the other are asked of that, in scopes with more of it."""
KEPT_BACK = {"raft_lease_read": {f"answer {each}: left out" for each in ANSWERS}}
"""Where clocks end with the scope nothing is said of what comes in the end. That an answer comes is asked of the read index, whose answers these are."""


def is_of_another(stem: str, altered: str) -> bool:
    """Tell whether an alteration is one that the tests of another stem are about."""
    said = altered.split()[1].rstrip(":")
    return stem in AROUND_ANOTHER and (said not in AROUND_ANOTHER[stem] or altered in KEPT_BACK.get(stem, ()))


def crosses_no_more(stem: str, system: System[Any]) -> bool:
    """Tell whether a system that is tampered with no longer takes steps of the model that is proved."""
    try:
        return stem in BY_ITS_BRIDGE and cross(BY_ITS_BRIDGE[stem], system).problem is not None
    except (BrokenHistory, NoElement):  # what it says is nothing that the model has
        return True


def asked(stem: str) -> Any:
    """Return a stem as a parameter. One that says what another says too, and takes as long, is thorough."""
    return pytest.param(stem, marks=pytest.mark.thorough if stem.startswith("raft_") else ())


@pytest.mark.parametrize("stem", [asked(each.stem) for each in protocols() if each.scopes])
def test_nothing_that_a_stem_says_could_be_something_else_unnoticed(stem: str) -> None:
    found = unbound(small_scopes(stem), partial(crosses_no_more, stem))
    unnoticed = [each for each in found if not is_of_another(stem, each)]
    assert unnoticed == [], "no clause notices: let one be about what is said here, when, and of whom"


@pytest.mark.parametrize("stem", [asked(stem) for stem in BY_ITS_BRIDGE])
def test_what_is_not_tampered_with_takes_steps_of_the_model_so_that_its_bridge_can_tell(stem: str) -> None:
    assert [scope.name for scope in small_scopes(stem)[:4] if crosses_no_more(stem, scope.system)] == []
