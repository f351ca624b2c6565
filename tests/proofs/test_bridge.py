"""The bridge: every explored transition is a step of the proved model, and a planted bug is none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.bridge import Crossing, cross
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.registry import protocol
from concordant.checks.semantics.texts import move_text
from concordant.pitfalls.paxos_synod import Amnesiac
from concordant.proofs.bridges import paxos_synod, two_phase_commit
from concordant.proofs.kernel.refinement import Bridge
from concordant.proofs.paxos_synod import paxos
from concordant.proofs.two_phase_commit import commit
from concordant.refimpl.machine import Step
from concordant.refimpl.paxos_synod import Acceptor, system
from concordant.spec.paxos_synod import Accept, AcceptorView, Prepare
from concordant.spec.vocabulary import Address, Faults, Network, addresses

PAXOS, COMMIT = paxos_synod.BRIDGE, two_phase_commit.BRIDGE


def small(stem: str) -> list[Scope]:
    return [scope for scope in protocol(stem).scopes if scope.size is Size.SMALL]


@pytest.mark.parametrize(("bridge", "model"), [(PAXOS, paxos()), (COMMIT, commit())], ids=["paxos_synod", "two_phase_commit"])
def test_every_transition_of_the_small_scopes_is_a_step_of_the_proved_model_and_every_action_is_taken(bridge: Bridge, model: Any) -> None:
    taken: Counter[str] = Counter()
    for scope in small(bridge.stem):
        crossing = cross(bridge, scope.system, scope.reductions)
        assert (scope.name, crossing.problem, crossing.stopped) == (scope.name, None, None)
        taken += crossing.actions

    assert set(taken) - {"stutter"} == set(model.actions)


def test_the_counts_of_a_crossing_are_these() -> None:
    crossing = cross(PAXOS, system((("x",),)))

    assert (crossing.states, crossing.transitions, crossing.abstract_states) == (2_009, 19_809, 57)
    assert crossing.actions == Counter(stutter=15_821, decide=2_112, vote=972, promise=891, propose=12, prepare=1)


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


def test_an_acceptor_that_forgets_is_caught_when_it_crashes() -> None:
    faults = Faults(crashes=1, recoveries=1, who=addresses("acceptor", 3))
    wrong = system((("x",),), learners=0, network=Network(), faults=faults, acceptor=Amnesiac, patient=True)

    problem, length, last = caught(cross(PAXOS, wrong))

    assert problem == "is no step of the proved model: left(acceptor0, None) went"
    assert length == 3
    assert last == "acceptor0 crashes; AcceptorView(None, None) survives"
