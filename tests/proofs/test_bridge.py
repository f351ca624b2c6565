"""The bridge: every explored transition is a step of the proved model, and a planted bug is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import z3
from attrs import evolve, frozen

from concordant.checks.bridge import Crossing, cross, crossable, systems, unnoticed
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope
from concordant.checks.registry import protocol
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.semantics.texts import move_text
from concordant.pitfalls.consensus.paxos_synod.voting import Amnesiac, PromisesAnyBallot
from concordant.proofs.bridges import bridges
from concordant.proofs.consensus.paxos_synod import bridge as paxos_synod
from concordant.proofs.consensus.two_phase_commit import bridge as two_phase_commit
from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.kernel.models import Model, forall
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.ledgers import proofs
from concordant.proofs.voting.unanimous_consent import bridge as unanimous_consent
from concordant.refimpl.consensus.paxos_synod import Acceptor, system
from concordant.refimpl.consensus.two_phase_commit import system as commitment
from concordant.refimpl.machine import Step, System
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Prepare
from concordant.spec.vocabulary import Address, Faults, Network, addresses

PAXOS, COMMIT, CONSENT = paxos_synod.BRIDGE, two_phase_commit.BRIDGE, unanimous_consent.BRIDGE


def stem(bridge: Bridge) -> str:
    return bridge.stem


def test_every_inductive_proof_has_a_bridge_to_the_code() -> None:
    assert sorted(map(stem, bridges())) == sorted(proof.stem for proof in proofs())


def small(bridge: Bridge) -> Iterator[tuple[Scope | Family, System[Any]]]:
    """Yield each small scope, and each member of a small family."""
    of = protocol(bridge.stem)
    return ((scope, one) for scope in crossable(bridge, (*of.scopes, *of.families)) for one in systems(scope))


@pytest.mark.parametrize("bridge", bridges(), ids=stem)
def test_transitions_of_small_scopes_are_steps_of_the_proved_model_the_smallest_scopes_first_until_every_action_is_taken(
    bridge: Bridge,
) -> None:
    missing = set(bridge.model().actions)
    for scope, one in sorted(small(bridge), key=lambda pair: pair[0].expected.states if pair[0].expected else 0):
        if missing:
            crossing = cross(bridge, one, scope.reductions)
            assert (scope.name, crossing.problem, crossing.stopped) == (scope.name, None, None)
            missing -= set(crossing.actions)

    assert missing == set()


@pytest.mark.parametrize("bridge", bridges(), ids=stem)
def test_of_each_role_of_which_the_model_speaks_some_mistake_is_noticed(bridge: Bridge) -> None:
    of = protocol(bridge.stem)

    assert unnoticed(bridge, crossable(bridge, (*of.scopes, *of.families)), of.pitfalls) == ()


@pytest.mark.thorough
@pytest.mark.parametrize("bridge", bridges(), ids=stem)
def test_every_transition_of_the_small_scopes_is_a_step_of_the_proved_model_and_every_action_is_taken(bridge: Bridge) -> None:
    taken: Counter[str] = Counter()
    for scope, one in small(bridge):
        crossing = cross(bridge, one, scope.reductions)
        assert (scope.name, crossing.problem, crossing.stopped) == (scope.name, None, None)
        taken += crossing.actions

    assert set(taken) - {"stutter"} == set(bridge.model().actions)


def test_the_counts_of_a_crossing_are_these() -> None:
    crossing = cross(PAXOS, system((("x",),)))

    assert (crossing.states, crossing.transitions, crossing.abstract_states) == (2_009, 19_809, 57)
    assert crossing.actions == Counter(stutter=15_821, decide=2_112, vote=972, promise=891, propose=12, ask=1, prepare=1)


def test_a_system_of_five_acceptors_has_quorums_of_three() -> None:
    five = system((("x",),), acceptors=5, learners=0, network=Network(), patient=True)

    crossing = cross(PAXOS, five, Reductions(symmetry=True, leave_ignored=True))

    assert crossing.problem is None
    assert set(crossing.actions) == {"stutter", "ask", "prepare", "promise", "propose", "vote", "decide"}


@frozen
class VoteLeavesThePromise(Acceptor):
    """Votes, and does not take the vote's ballot for promised."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        return Step(AcceptorView(state.promised, after.state.vote), after.effects) if isinstance(message, Accept) else after


def caught(crossing: Crossing) -> tuple[str | None, int, str]:
    return crossing.problem, len(crossing.trace), move_text(crossing.trace[-1].move)


def test_a_planted_bug_is_caught_at_the_shortest_run_that_shows_it() -> None:
    wrong = system((("x",), ("y",)), learners=0, network=Network(), acceptor=VoteLeavesThePromise, patient=True)

    crossing = cross(PAXOS, wrong, Reductions(leave_ignored=True))

    # acceptor2 never promised this ballot, and votes in it without leaving the lower ones
    assert caught(crossing) == (
        "is no step of the proved model: vote(acceptor2, 1.proposer0, x) came",
        6,
        "acceptor2 receives Accept(Vote(1.proposer0, 'x')) from proposer0",
    )
    assert crossing.actions["no step of the model"] == 1


def test_an_acceptor_that_forgets_is_caught_when_it_crashes() -> None:
    faults = Faults(crashes=1, recoveries=1, who=addresses("acceptor", 3))
    wrong = system((("x",),), learners=0, network=Network(), faults=faults, acceptor=Amnesiac, patient=True)

    assert caught(cross(PAXOS, wrong)) == (
        "is no step of the proved model: left(acceptor0, None) went",
        3,
        "acceptor0 crashes; AcceptorView(None, None) survives",
    )


def test_with_symmetry_the_run_and_what_is_wrong_speak_of_the_same_processes() -> None:
    wrong = system((("x",), ("y",)), learners=0, network=Network(), acceptor=PromisesAnyBallot, patient=True)

    crossing = cross(PAXOS, wrong, Reductions(symmetry=True, leave_ignored=True))

    assert caught(crossing) == (
        "is no step of the proved model: promise(acceptor2, 1.proposer0) came; left(acceptor2, 1.proposer0) went",
        4,
        "acceptor2 receives Prepare(1.proposer0) from proposer0",
    )
    assert move_text(crossing.trace[2].move) == "acceptor2 receives Prepare(1.proposer1) from proposer1"


def test_a_bridge_that_tells_interchangeable_processes_apart_is_refused_under_symmetry() -> None:
    def local(address: Address, state: object) -> Iterable[Fact]:
        """Look away from one acceptor."""
        return PAXOS.local(address, state) if address.number else ()

    with pytest.raises(UntrueSymmetry, match="the bridge tells acceptor0 and acceptor1 apart, by what their states stand for"):
        cross(evolve(PAXOS, local=local), system((("x",),), network=Network(), patient=True), Reductions(symmetry=True))


def test_an_initial_state_that_stands_for_something_is_refused() -> None:
    wrong = evolve(COMMIT, local=lambda address, state: [("prepared", address)] if address.role == "participant" else [])  # noqa: ARG005

    assert cross(wrong, commitment()).problem == (
        "an initial state stands for prepared(participant0), prepared(participant1), not for nothing"
    )


def test_a_step_of_the_model_after_which_its_invariant_is_false_is_named() -> None:
    def nobody_refuses() -> Model:
        m = commit()
        m.invariant("nobody_refuses", "False.", lambda s: forall(m.sorts["Node"], lambda n: z3.Not(s.refused(n))))
        return m

    assert caught(cross(evolve(COMMIT, model=nobody_refuses), commitment())) == (
        "makes invariant nobody_refuses false",
        1,
        "participant0: Abandon()",
    )


def test_elements_that_are_no_real_order_are_found_out_by_the_axioms() -> None:
    crossing = cross(evolve(PAXOS, rigid=lambda of: {**PAXOS.rigid(of), "member": frozenset()}), system((("x",),)))

    assert crossing.problem == "axiom quorums_meet is false of the elements that occurred"
