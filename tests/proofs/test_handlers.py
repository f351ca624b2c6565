"""The proofs of handlers: what refutes which mistake, that the shipped ones are among them, and what a theorem reports."""

from __future__ import annotations

from typing import Any

import pytest
import z3
from attrs import evolve, frozen

from concordant.checks.registry import protocol
from concordant.proofs.consensus.bully_election.handlers import BULLIES
from concordant.proofs.consensus.byzantine_broadcast.handlers import BROADCASTS
from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.consensus.pbft.handlers import AGREEING
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT
from concordant.proofs.kernel.assumptions import Assumption, assumptions, runs_of
from concordant.proofs.kernel.handlers import RunningRole
from concordant.proofs.kernel.meaning import ME, Meaning, Said
from concordant.proofs.kernel.models import State
from concordant.proofs.kernel.role_theorems import WrongHandler, refuted_by, role_of, role_theorems
from concordant.proofs.kernel.stability import false_lies, told_apart, unstable
from concordant.proofs.kernel.theorems import ProofStatus, Theorem, collected
from concordant.proofs.ledgers import proofs
from concordant.proofs.memory.dsm_strong.handlers import COPIES
from concordant.proofs.synchronization.barrier.handlers import BARRIERS
from concordant.proofs.synchronization.resource_pool.handlers import POOLS
from concordant.proofs.voting.unanimous_consent.handlers import CONSENT
from concordant.proofs.voting.unanimous_consent.meaning import CHAIR, Unanimity
from concordant.refimpl.consensus.paxos_synod import Acceptor, Learner, Learning, Preparing, Proposer, Proposing
from concordant.refimpl.consensus.two_phase_commit import Coordinating, Coordinator
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Nack, Promise, Propose, Resend, Vote, Voted
from concordant.spec.consensus.two_phase_commit import GiveUp
from concordant.spec.vocabulary import Address, Announce, Reply, Send
from concordant.spec.voting.unanimous_consent import Decision

MEANINGS = {meaning.stem: meaning for meaning in (PAXOS, COMMIT, CONSENT, BARRIERS, POOLS, BROADCASTS, AGREEING, BULLIES, COPIES)}


BRIDGED_ONLY = {
    "adaptive_hierarchy",
    "causal_ordering",
    "centralized_coordinator",
    "dsm_eventual",
    "fifo_ordering",
    "gossip",
    "guaranteed_delivery",
    "hierarchical_coordination",
    "lease",
    "manager_worker",
    "message_bus",
    "partial_ordering",
    "pbft_checkpoints",
    "pipeline_execution",
    "prefetch_execution",
    "publish_subscribe",
    "raft",
    "request_response",
    "result_cache",
    "retry_recovery",
    "sequential_execution",
    "stage_executor",
    "state_checkpoint",
    "supervisor",
    "total_ordering",
    "workflow_engine",
}
"""Some of whose code only the bridge ties to the model: most of these reckon, look into values or read clocks, as their claims say."""


def test_every_inductive_proof_has_proofs_of_the_handlers_of_all_its_roles_or_is_listed() -> None:
    assert {*MEANINGS} | BRIDGED_ONLY == {proof.stem for proof in proofs()}
    for stem, meaning in MEANINGS.items():
        roles = {type(process).__mro__[0] for scope in protocol(stem).scopes for process in scope.system.processes.values()}
        assert {role.kind for role in meaning.roles} == roles


@pytest.mark.thorough  # the theorem of its role asks it too
@pytest.mark.parametrize("wrong", collected(WrongHandler), ids=lambda wrong: f"{wrong.meaning.stem}.{wrong.kind.__name__}")
def test_a_wrong_handler_is_refuted_by_name(wrong: WrongHandler) -> None:
    assert wrong.refuted_by() == wrong.by


# ---- mistakes that only the proofs of handlers are here for


@frozen
class Chatty(Acceptor):
    """Refuses, and announces a vote all the same."""

    def refuse(self, state: AcceptorView, source: Address, nack: Nack) -> Step[AcceptorView]:
        return step(state, Send(source, nack), Announce(Voted(Vote(nack.ballot, "x"))))


@frozen
class SpeaksFirst(Acceptor):
    """Sends a refusal before anybody asks."""

    def start(self) -> Step[AcceptorView]:
        return step(AcceptorView(), Send(self.learners[0], Nack(Ballot(2, self.learners[0]), Ballot(1, self.learners[0]))))


@frozen
class Repeats(Proposer):
    """Asks for votes while it gathers promises."""

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:
        after = super().fire(state, trigger)
        if not isinstance(state, Preparing):
            return after
        return step(after.state, *(Send(to, Accept(Vote(state.ballot, state.value))) for to in self.acceptors))


@frozen
class Forgets(Proposer):
    """Takes every promise for one without a vote."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        return super().receive(state, source, evolve(message, vote=None) if isinstance(message, Promise) else message)


@frozen
class Fails(Learner):
    """Raises at what it did not expect."""

    def receive(self, state: Learning, source: Address, message: Accepted) -> Step[Learning] | None:
        if state.chosen is not None and state.chosen.value != message.vote.value:
            raise RuntimeError("two values")
        return super().receive(state, source, message)


@frozen
class Fast(Proposer):
    """Returns a pair, which is no step."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Any:  # noqa: ARG002  # whatever is asked
        return (state, ())


@frozen
class AnswersAnybody(Coordinator):
    """Answers somebody who has not asked, when it gives up."""

    def fire(self, state: Coordinating, trigger: GiveUp) -> Step[Coordinating]:
        after = super().fire(state, trigger)
        return step(after.state, *(Reply(self.participants[0], e.answer) if isinstance(e, Reply) else e for e in after.effects))


@frozen
class SaysSomethingElse(Coordinator):
    """Announces what its model does not know."""

    def fire(self, state: Coordinating, trigger: GiveUp) -> Step[Coordinating]:
        after = super().fire(state, trigger)
        return step(after.state, *after.effects, Announce(Voted(Vote(Ballot(1, self.participants[0]), "x"))))


@pytest.mark.parametrize(
    ("meaning", "kind", "by"),
    [
        (PAXOS, Chatty, "guard vote.not_left"),
        (PAXOS, SpeaksFirst, "Nack: a higher ballot was promised"),
        (PAXOS, Repeats, "Accept: it was proposed"),
        (PAXOS, Forgets, "Preparing: of promise 0, its vote is the sender's highest below the ballot"),
        (PAXOS, Fails, "it raises RuntimeError: two values"),
        (PAXOS, Fast, "it returns {Idle(0), {}}, which is no step"),
        (COMMIT, AnswersAnybody, "it answers somebody who does not wait"),
        (COMMIT, SaysSomethingElse, "it says what the model does not know: Voted(Vote(Ballot(1, participant0), 'x'))"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_says_or_keeps_what_is_not_so_is_refuted(meaning: Meaning, kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(meaning, kind) == by


def test_a_class_of_another_protocol_is_none_of_the_roles() -> None:
    with pytest.raises(ValueError, match="Coordinator is none of Acceptor, Proposer, Learner; derive it from one"):
        role_of(PAXOS, Coordinator)


# ---- assumptions, lies, and what a theorem reports


def test_an_assumption_that_a_step_makes_untrue_is_named() -> None:
    n = z3.Const("n", PAXOS.model.sorts["Node"])
    r = z3.Const("r", PAXOS.model.sorts["Round"])
    nothing = Assumption("Nothing", "an acceptor that has promised nothing", lambda s: {"promised": z3.Not(s.promise(n, r))})

    assert list(unstable(PAXOS, (nothing,))) == ["an acceptor that has promised nothing, by promise"]


def test_an_assumption_that_can_never_hold_shows_nothing() -> None:
    never = Assumption("The impossible", "the impossible", lambda _: {"no": z3.BoolVal(False)})

    assert list(unstable(PAXOS, (never,))) == ["The impossible can never be, so that nothing is shown"]


def test_a_state_may_be_made_untrue_by_its_owner_only() -> None:
    owned = [each for each in assumptions(COMMIT, runs_of(COMMIT)) if each.owner is not None]

    assert list(unstable(COMMIT, owned)) == []
    assert "Participating(PREPARED, False), by commit" in list(unstable(COMMIT, [evolve(each, owner=None) for each in owned]))


class Gullible(Unanimity):
    """The meaning in which every decision is true, whoever sends it."""

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        if isinstance(message, Decision):
            return super().message(s, CHAIR, message)
        return super().message(s, source, message)


def test_what_a_liar_may_say_must_mean_nothing() -> None:
    meaning = Gullible()

    assert list(false_lies(meaning, runs_of(meaning))) == [
        "Decision(False) of a liar says something",
        "Decision(True) of a liar says something",
    ]


class Selfish(Unanimity):
    """The meaning in which a message says of whoever runs what it should say of who sends it."""

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:  # noqa: ARG002
        return super().message(s, ME, message)


def test_a_message_means_the_same_of_whoever_sends_it_to_whomever() -> None:
    meaning = Unanimity()
    selfish = Selfish()

    assert list(told_apart(meaning, runs_of(meaning))) == []
    assert list(told_apart(selfish, runs_of(selfish))) == [
        f"{each} means something else of another sender" for each in ("Vote(True)", "Decision(False)", "Decision(True)")
    ]


def test_a_theorem_fails_where_its_handler_is_refuted_or_a_wrong_one_is_not() -> None:
    (acceptor,) = (role for role in PAXOS.roles if role.kind is Acceptor)
    harmless = WrongHandler(PAXOS, Acceptor, "guard vote.not_left", "Accept")

    (refuted,) = role_theorems(PAXOS, evolve(acceptor, kind=Anyhow))
    (missed,) = role_theorems(PAXOS, acceptor, (harmless,))

    assert (refuted.prove().standing, refuted.prove().detail) == (ProofStatus.FAILED, "guard vote.not_left")
    assert (missed.prove().standing, missed.prove().detail) == (
        ProofStatus.FAILED,
        "not refuted as expected: Acceptor, by nothing at Accept, not by guard vote.not_left",
    )


@frozen
class Anyhow(Acceptor):
    """Votes in any ballot."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


def test_nothing_fires_in_a_process_that_arms_nothing() -> None:
    prober, member = (RunningRole(BULLIES, role, role.kind, role.casts[0]) for role in BULLIES.roles)

    assert {each.name for each in prober.inputs()} - {each.name for each in member.inputs()} == {"Probe", "Silence"}


def test_a_page_lists_every_shape_of_state_and_every_input() -> None:
    (theorem,) = (each for each in collected(Theorem) if each.id == "two_phase_commit.coordinator_takes_steps_of_the_model")
    lines = "\n".join(theorem.explain() if theorem.explain else ())

    for part in (
        "  Claim: Whatever its state, the input and its sender, the shipped Coordinator takes enabled steps",
        "    Collecting(any Address, {any Address, any Address})\n",
        "    Logged(False)\n",
        "    Vote(True)\n",
        "  TellsTheOpposite: Tells its user the opposite of what it has decided.\n    refuted by guard log_commit.all_prepared, at Vote",
    ):
        assert part in lines
