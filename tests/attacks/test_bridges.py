"""Attacks on bridges: what is told of the code is a tale, which leads through all of the model, whatever the code does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.bridge import cross, crossable, unnoticed
from concordant.checks.questions.bridge import ask
from concordant.checks.registry import protocol
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.proofs.consensus.two_phase_commit.bridge import BRIDGE
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.synchronization.barrier.bridge import BRIDGE as BARRIER
from concordant.refimpl.consensus.two_phase_commit import Logged, Participating, system
from concordant.spec.consensus.two_phase_commit import Phase
from concordant.spec.vocabulary import Address, Network, addresses

FIRST, SECOND = PARTICIPANTS = addresses("participant", 2)
COMMITTED = ("commit_logged",), *((name, each) for name in ("prepared", "committed") for each in PARTICIPANTS)
ABORTED = ("abort_logged",), ("refused", FIRST), ("aborted", FIRST), ("aborted", SECOND)


def tale(address: Address, state: object) -> tuple[Fact, ...]:  # noqa: ARG001  # the signature of a bridge
    """Tell of a run to its end as soon as the coordinator has decided, and never look at a participant."""
    match state:
        case Logged(True):
            return COMMITTED
        case Logged(False):
            return ABORTED
        case _:
            return ()


TWO = evolve(system(network=Network(duplicating=True)), symmetric=())
"""A coordinator and two participants, which the tale tells apart."""
TALE = evolve(BRIDGE, local=tale, happened=lambda *_: (), elements=lambda *_: PARTICIPANTS, most=6)


def test_a_bridge_that_plays_a_script_is_refused_since_it_notices_no_mistake_of_those_at_whom_it_does_not_look() -> None:
    of = protocol("two_phase_commit")
    crossing = cross(TALE, TWO)

    assert (crossing.problem, set(crossing.actions) - {"stutter"}) == (None, set(TALE.model().actions))
    assert unnoticed(TALE, crossable(TALE, of.scopes), of.pitfalls) == ("participant",)
    assert unnoticed(BRIDGE, crossable(BRIDGE, of.scopes), of.pitfalls) == ()


def test_a_role_of_which_a_bridge_says_nothing_is_named_where_it_is_told_what_was_crossed() -> None:
    (question,) = ask(protocol("two_phase_commit"))

    assert question.title.endswith("every action of the model is taken; of each role some mistake is none.")
    assert evolve(question, bridge=evolve(TALE, silent=("participant",))).title.endswith("The model says nothing of participant.")


def test_a_bridge_that_tells_another_thing_each_time_that_it_is_asked_is_refused() -> None:
    asked: Counter[Address] = Counter()

    def by_turns(address: Address, state: object) -> Iterator[Fact]:
        match state:
            case Participating(Phase.ABORTED):
                asked[address] += 1
                yield from (("aborted", address), ("refused", address))[: asked[address]]
            case _:
                yield from BRIDGE.local(address, state)

    problem = cross(evolve(BRIDGE, local=by_turns, most=6), TWO).problem

    assert problem == "what a state of participant0 stands for is another thing when it is asked again"


def test_a_mistake_of_machines_that_are_put_together_shows_nothing_of_a_bridge_about_one_of_them() -> None:
    of = protocol("barrier")
    together = [pitfall for pitfall in of.pitfalls if pitfall.id == "X-3"]

    assert len(together) == 1
    assert unnoticed(BARRIER, crossable(BARRIER, of.scopes), together) == ("barrier",)


def without_second(told: Any) -> frozenset[Any]:
    """Look away from the second participant."""
    return frozenset(fact for fact in told if SECOND not in fact)


@pytest.mark.parametrize(
    ("blind", "by"),
    [
        (evolve(BRIDGE, happened=lambda *given: without_second(BRIDGE.happened(*given))), "what happens"),
        (evolve(BRIDGE, happened=lambda *given: () if given[0] == SECOND else BRIDGE.happened(*given)), "what happens"),
        (evolve(BRIDGE, recalled=lambda *given: [("refused", FIRST)] if given[1] == FIRST else ()), "what is recalled"),
        (evolve(BRIDGE, joined=without_second), "what is joined"),
    ],
)
def test_a_bridge_that_is_blind_to_one_of_those_that_can_be_exchanged_is_refused(blind: Bridge, by: str) -> None:
    with pytest.raises(UntrueSymmetry, match=f"the bridge tells participant0 and participant1 apart, by {by}$"):
        cross(blind, evolve(system(), users=()))
