"""Single-decree Paxos as three machines: proposers choose a value that is safe, acceptors vote, learners count votes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, no_deadline, step
from concordant.spec.consensus.paxos_synod import (
    BUSY,
    Accept,
    Accepted,
    AcceptorView,
    Ballot,
    Began,
    Chosen,
    History,
    LearnerView,
    Nack,
    Preempted,
    Prepare,
    Promise,
    Propose,
    Proposed,
    ProposerView,
    Resend,
    Superseded,
    Vote,
    Voted,
)
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Clause,
    Faults,
    Map,
    Network,
    Reply,
    Send,
    Unknown,
    addresses,
    broadcast,
)

# ---- proposer


@frozen
class Idle:
    """Waits for a request. `round`: the highest that it has used or heard of; durable."""

    round: int = 0


@frozen
class Preparing:
    """Phase 1: gathers promises, on behalf of a client."""

    ballot: Ballot
    client: Address
    value: str
    promises: Map[Address, Vote | None] = Map()


@frozen
class Accepting:
    """Phase 2: gathers votes for its proposal, on behalf of a client whose value that need not be."""

    proposal: Vote
    client: Address
    value: str
    voters: frozenset[Address] = frozenset()


Proposing: TypeAlias = Idle | Preparing | Accepting


@frozen
class Proposer(Process[Proposing, Promise | Accepted | Nack, Propose, Resend]):
    """Runs one ballot for one client at a time."""

    me: Address
    acceptors: tuple[Address, ...]

    def start(self) -> Step[Proposing]:
        return step(Idle())

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if not isinstance(state, Idle):
            return step(state, Reply(client, BUSY))
        ballot = self.next_ballot(state)
        asked = broadcast(self.acceptors, Prepare(ballot))
        return step(Preparing(ballot, client, request.value), Announce(Began(ballot)), *asked)

    def next_ballot(self, state: Idle) -> Ballot:
        return Ballot(state.round + 1, self.me)

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        match message:
            case Promise(ballot, vote):
                if not isinstance(state, Preparing) or ballot != state.ballot:
                    return None
                return self.promised(evolve(state, promises=state.promises.put(source, vote)))
            case Accepted(vote):
                if not isinstance(state, Accepting) or vote != state.proposal:
                    return None
                return self.accepted(evolve(state, voters=state.voters | {source}))
            case Nack(ballot, promised):
                if isinstance(state, Idle) or ballot != self.current(state):
                    return None
                return self.preempted(state, promised)
            case _:
                assert_never(message)

    def promised(self, state: Preparing) -> Step[Proposing]:
        if not self.is_quorum(len(state.promises)):
            return step(state)
        # The hard step. If a value was or may yet be chosen in a lower ballot, some acceptor of this quorum voted for it
        # (majorities meet) and told so when it promised. The highest vote told is of that value: a vote above the ballot
        # in which it was chosen was itself proposed by this rule. Without any vote, nothing below can be chosen any more.
        votes = [vote for vote in state.promises.values() if vote is not None]
        proposal = Vote(state.ballot, self.safe_value(votes, state.value))
        return step(
            Accepting(proposal, state.client, state.value), Announce(Proposed(proposal)), *broadcast(self.acceptors, Accept(proposal))
        )

    def safe_value(self, votes: list[Vote], own: str) -> str:
        return max(votes, key=lambda vote: vote.ballot).value if votes else own

    def accepted(self, state: Accepting) -> Step[Proposing]:
        if not self.is_quorum(len(state.voters)):
            return step(state)
        own = state.proposal.value == state.value
        answer = Chosen(state.proposal) if own else Superseded(state.proposal)
        return step(Idle(state.proposal.ballot.round), Reply(state.client, answer))

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        answer = Preempted(promised) if isinstance(state, Preparing) else Unknown()
        return step(Idle(promised.round), Reply(state.client, answer))

    def is_quorum(self, count: int) -> bool:
        return count > len(self.acceptors) // 2

    def current(self, state: Preparing | Accepting) -> Ballot:
        return state.ballot if isinstance(state, Preparing) else state.proposal.ballot

    def armed(self, state: Proposing) -> tuple[Resend, ...]:
        return () if isinstance(state, Idle) else (Resend(),)

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:  # noqa: ARG002  # there is one trigger
        match state:
            case Preparing(ballot):
                return step(state, *broadcast(self.acceptors, Prepare(ballot)))
            case Accepting(proposal):
                return step(state, *broadcast(self.acceptors, Accept(proposal)))
            case Idle():
                return step(state)
            case _:
                assert_never(state)

    def survives(self, state: Proposing) -> Iterable[Proposing]:
        return (state if isinstance(state, Idle) else Idle(self.current(state).round),)

    def recover(self, state: Proposing) -> Step[Proposing]:
        return step(state)

    def view(self, state: Proposing) -> ProposerView:
        return ProposerView(None if isinstance(state, Idle) else self.current(state))


# ---- acceptor


@frozen
class Acceptor(Process[AcceptorView, Prepare | Accept]):
    """Promises and votes, both durable: its state is all that it shows."""

    learners: tuple[Address, ...]

    def start(self) -> Step[AcceptorView]:
        return step(AcceptorView())

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        match message:
            case Prepare(ballot):
                if state.promised is not None and not self.may_promise(ballot, state.promised):
                    return self.refuse(state, source, Nack(ballot, state.promised))
                return step(evolve(state, promised=ballot), Send(source, Promise(ballot, state.vote)))
            case Accept(vote):
                if state.promised is not None and not self.may_vote(vote.ballot, state.promised):
                    return self.refuse(state, source, Nack(vote.ballot, state.promised))
                return step(
                    AcceptorView(promised=vote.ballot, vote=vote),
                    Announce(Voted(vote)),
                    *broadcast((source, *self.learners), Accepted(vote)),
                )
            case _:
                assert_never(message)

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:
        return ballot >= promised  # equal: the promise was lost, or its Prepare duplicated; it is given again

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:
        return ballot >= promised

    def refuse(self, state: AcceptorView, source: Address, nack: Nack) -> Step[AcceptorView]:
        return step(state, Send(source, nack))

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:
        return (state,)

    def recover(self, state: AcceptorView) -> Step[AcceptorView]:
        return step(state)

    def view(self, state: AcceptorView) -> AcceptorView:
        return state


# ---- learner


@frozen
class Learning:
    """The latest vote heard from each acceptor, and what was learned from them."""

    votes: Map[Address, Vote] = Map()
    chosen: Vote | None = None


@frozen
class Learner(Process[Learning, Accepted]):
    """Announces what is chosen, once."""

    quorum: int

    def start(self) -> Step[Learning]:
        return step(Learning())

    def receive(self, state: Learning, source: Address, message: Accepted) -> Step[Learning] | None:
        known = state.votes.get(source)
        if state.chosen is not None or (known is not None and known.ballot >= message.vote.ballot):
            return None
        votes = state.votes.put(source, message.vote)
        if self.is_chosen(message.vote, votes):
            return step(Learning(votes, message.vote), Announce(Chosen(message.vote)))
        return step(Learning(votes))

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:
        return sum(vote == heard for heard in votes.values()) >= self.quorum

    def view(self, state: Learning) -> LearnerView:
        return LearnerView(state.chosen)


SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.validity,
    spec.one_value_per_ballot,
    spec.a_proposal_is_safe,
    spec.a_promise_never_decreases,
    spec.a_vote_keeps_the_promise,
    spec.a_vote_is_never_forgotten,
    spec.a_message_is_true,
    spec.a_ballot_is_begun_once,
    spec.a_proposal_is_of_the_ballot_prepared,
    spec.a_new_ballot_is_above_the_one_that_preempted_the_last,
    spec.what_is_learned_is_chosen,
    spec.an_answer_is_true,
    spec.what_is_no_yes_has_a_reason,
    spec.nobody_is_answered_twice,
    spec.decides,
    spec.adopts_an_earlier_value,
    spec.is_preempted,
    spec.is_superseded,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.nobody_waits, spec.what_is_chosen_is_learned, spec.every_request_is_answered)


def _beyond(proposals: tuple[tuple[str, ...], ...], learners: int, *, shared: bool) -> tuple[Clause, ...]:
    """Return the clauses that so small a system cannot promise: nobody learns, nobody preempts, no value is the second."""
    rivals, values = len(proposals) > 1, sum(map(len, proposals)) > 1
    none_learns = () if learners else (spec.decides, spec.what_is_learned_is_chosen, spec.what_is_chosen_is_learned)
    in_turn = (spec.a_proposal_is_safe,) if shared else ()
    none_is_refused = () if rivals else (spec.what_is_no_yes_has_a_reason,)
    none_preempts = () if rivals and not shared else (spec.is_preempted,)
    none_tries_again = (
        () if none_preempts == () and max(map(len, proposals)) > 1 else (spec.a_new_ballot_is_above_the_one_that_preempted_the_last,)
    )
    one_value = () if values else (spec.adopts_an_earlier_value, spec.is_superseded, spec.agreement, spec.a_proposal_is_safe)
    return (*none_learns, *none_is_refused, *none_preempts, *none_tries_again, *one_value, *in_turn)


def system(
    proposals: tuple[tuple[str, ...], ...] = (("x",), ("y",)),
    *,
    acceptors: int = 3,
    learners: int = 1,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    proposer: type[Proposer] = Proposer,
    acceptor: type[Acceptor] = Acceptor,
    learner: type[Learner] = Learner,
    promises: tuple[Clause, ...] = PROMISES,
    patient: bool = False,
    shared: bool = False,
) -> System[History]:
    """Put proposers, acceptors and learners together.

    `proposals`: one place per proposer and its user, who asks for these values in turn, each in a ballot of its own; `shared`: one proposer serves all users.
    `promises`: of these, the ones that a system of this size can show. `patient`: proposers wait for ever before they send again, which leaves fewer states to explore.
    """
    names, voters, listeners = (
        addresses("proposer", 1 if shared else len(proposals)),
        addresses("acceptor", acceptors),
        addresses("learner", learners),
    )
    quorum = acceptors // 2 + 1
    return System(
        {
            **{name: proposer(name, voters) for name in names},
            **{name: acceptor(listeners) for name in voters},
            **{name: learner(quorum) for name in listeners},
        },
        History(quorum),
        tuple(clause for clause in promises if clause not in _beyond(proposals, learners, shared=shared)),
        network,
        faults,
        tuple(
            User(Address("user", number), (names[0 if shared else number],), tuple((Propose(value),) for value in values))
            for number, values in enumerate(proposals)
        ),
        assume=(no_deadline,) if patient else (),
        symmetric=(tuple((name,) for name in voters),),
    )
