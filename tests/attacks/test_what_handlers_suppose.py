"""Meanings and casts that supposed what nobody had proved, or what cannot be: handlers that are wrong were called proved with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3
from attrs import evolve, frozen

from concordant.proofs.consensus.bully_election.meaning import EPOCHS, Bullies
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT, CountsAMajority
from concordant.proofs.consensus.two_phase_commit.meaning import IS_PARTICIPANT, TwoPhaseCommit
from concordant.proofs.kernel.meaning import WHO, Cast, Said
from concordant.proofs.kernel.models import State, forall
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.synchronization.resource_pool.meaning import Pools
from concordant.refimpl.consensus.two_phase_commit import Coordinator, Logged
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.spec.consensus.bully_election import Elected
from concordant.spec.synchronization.resource_pool import CANCELLED
from concordant.spec.vocabulary import Address, Reply

ROLE = COMMIT.roles[0]


def test_with_a_cast_that_cannot_be_nothing_is_proved() -> None:
    """Where a smaller one can be, all was met, and the text told of both."""
    _, two, _ = ROLE.casts
    nobody = Cast("5 participants", two.members, (*two.facts, forall(WHO.sort, lambda x: z3.Not(IS_PARTICIPANT(x)))))

    class OfNobody(TwoPhaseCommit):
        roles = (evolve(ROLE, casts=(ROLE.casts[0], nobody)), *COMMIT.roles[1:])

    expected = "there are never 5 participants: what is assumed of them contradicts itself, and everything would follow"
    assert refuted_by(OfNobody(), CountsAMajority) == expected


@frozen
class CommitsWhenItComesUp(Coordinator):
    """Takes whatever it has logged for a commit."""

    def survives(self, state: Any) -> Iterable[Any]:
        return (state,) if isinstance(state, Logged) else super().survives(state)

    def recover(self, state: Any) -> Step[Any]:
        return super().recover(Logged(commit=True) if isinstance(state, Logged) else state)


def test_what_is_said_of_what_a_crash_leaves_is_proved_also_where_it_leaves_the_state_as_it_was() -> None:
    class Hopeful(TwoPhaseCommit):
        """A meaning by which whatever was logged is a commit, after a crash."""

        def survivor(self, s: State, me: Address, state: Any) -> Said:
            return {"it has logged a commit": s.commit_logged()} if isinstance(state, Logged) else self.state(s, me, state)

    assert refuted_by(Hopeful(), CommitsWhenItComesUp) == "Logged: it has logged a commit"


def test_what_roles_announce_that_nobody_asks_is_to_stay_true() -> None:
    class Careless(Bullies):
        """A meaning by which nothing else has begun or will, once one is elected."""

        def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
            said = super().saying(s, me, what, asked)
            of = [self.model.sorts[name] for name in ("Member", "Epoch")]
            if said is None or not isinstance(what, Elected):
                return said
            return {**said, "nothing else has begun": forall(*of, lambda n, e: z3.Implies(s.begun(n, e), e == EPOCHS.term(what.epoch)))}

    assert "Elected(any Epoch), by begin" in stability_theorem(Careless()).prove().detail


@frozen
class ForgetsWhoCancels(Pool):
    """Does not answer who holds a unit and asks for one more, and takes its unit away where it cancels that."""

    def acquire(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state) if client in state.held else super().acquire(state, client)

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        rest = tuple(other for other in state.waiting if other != client)
        return step(Lending(state.held.drop(client), rest), Reply(client, CANCELLED)).then(self.serve)


def test_who_waits_though_the_state_does_not_tell_may_cancel_too() -> None:
    expected = "user waits on, and its state does not know that, so that it is not run how that one cancels"
    assert refuted_by(Pools(), ForgetsWhoCancels) == expected
