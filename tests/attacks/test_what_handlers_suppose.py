"""Meanings and casts that supposed what nobody had proved, or what cannot be: handlers that are wrong were called proved with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.consensus.bully_election.meaning import EPOCHS, Bullies
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT, CountsAMajority
from concordant.proofs.consensus.two_phase_commit.meaning import IS_PARTICIPANT, TwoPhaseCommit
from concordant.proofs.kernel.meaning import WHO, Cast, Said, Taken
from concordant.proofs.kernel.models import State, Term, forall
from concordant.proofs.kernel.role_theorems import refuted_by, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.memory.dsm_eventual import meaning
from concordant.proofs.messaging.causal_ordering.handlers import CLOCKS
from concordant.proofs.messaging.causal_ordering.meaning import A_NAME_IS_OF_A_MESSAGE, MESSAGE, VectorClocks
from concordant.proofs.synchronization.barrier.meaning import Barriers
from concordant.proofs.synchronization.resource_pool.meaning import Pools
from concordant.refimpl.consensus.two_phase_commit import Coordinator, Logged
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.barrier import Barrier
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.spec.consensus.bully_election import Elected
from concordant.spec.synchronization.barrier import NO_PARTY
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


def _nothing_comes_first() -> Term:
    return forall(MESSAGE, MESSAGE, lambda x, z: z3.Not(CLOCKS.now.before(z, x)))


def _it_is_fine_weather() -> Term:
    return z3.Bool("it is fine weather")


@pytest.mark.parametrize("supposes", [_nothing_comes_first, _it_is_fine_weather], ids=["what is false", "what tells nothing"])
def test_what_is_supposed_on_the_way_is_what_its_sentence_says(monkeypatch: pytest.MonkeyPatch, supposes: Callable[[], Term]) -> None:
    """Its sentence is printed, whatever its formula: nobody had a cause, and so whoever waits for none was proved."""
    own = VectorClocks.steps

    def steps(clocks: VectorClocks, *of: Any) -> Iterator[Taken]:
        A_NAME_IS_OF_A_MESSAGE.suppose("what else there is", supposes)
        return own(clocks, *of)

    monkeypatch.setattr(VectorClocks, "steps", steps)
    (theorem, _) = role_theorems(CLOCKS, CLOCKS.roles[0])

    assert f"“{A_NAME_IS_OF_A_MESSAGE.sentence}” is on record beside something else" in theorem.prove().detail


def test_what_is_known_of_all_values_is_what_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """There was but one value, and the text told of all."""
    one = evolve(meaning.VALUES, real=lambda term: term == z3.Const("the only one", meaning.VALUE))
    monkeypatch.setattr(meaning, "VALUES", one)

    class OfOneValue(meaning.Memories):
        domains = (meaning.STAMPS, meaning.KEYS, one)
        by_field: ClassVar = dict.fromkeys(meaning.Memories.by_field, (one,))

    assert "“of all values” is not on record" in stability_theorem(OfOneValue()).prove().detail


@frozen
class TurnsThemAway(Barrier):
    """Tells a party that waits already that it is none."""

    def arrive(self, state: Any, client: Address, party: Address) -> Step[Any]:
        waits = party in self.who_waits(state)
        return step(state, Reply(client, NO_PARTY)) if waits else super().arrive(state, client, party)


def test_of_an_answer_that_means_nothing_in_the_model_no_theorem_says_that_it_is_true() -> None:
    """It was said that all is true that a barrier says."""
    barriers = Barriers()
    (theorem,) = role_theorems(barriers, barriers.roles[0])

    assert refuted_by(barriers, TurnsThemAway) == "nothing"
    assert theorem.claim.endswith("and what it keeps, and says of the model, is then true.")
    assert "; nothing is proved of what Broke, Ready, Rejected say; " in theorem.quantifiers
