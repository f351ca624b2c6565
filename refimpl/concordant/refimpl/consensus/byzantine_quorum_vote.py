"""A vote where some lie as one machine that every voter runs: it votes, is ready, and decides."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Ask, Byzantine, Fire, KnownViolation, Process, Receive, Step, System, User, step
from concordant.spec.consensus import byzantine_quorum_vote as spec
from concordant.spec.consensus.byzantine_quorum_vote import (
    PROPOSER,
    Cast,
    Decided,
    History,
    Proposal,
    Propose,
    Ready,
    Verdict,
    VerdictView,
    Vote,
    Voted,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast


@frozen
class Voting:
    """Counts what each voter said last, itself among them; those that do not lie say one thing. `proposal`: the one that it votes on."""

    proposal: str | None = None
    votes: Map[Address, Verdict] = Map()
    readies: Map[Address, Verdict] = Map()


@frozen
class Done:
    """Holds the vote for decided. Whoever waits for others will hear enough of them without it."""

    verdict: Verdict


State: TypeAlias = Voting | Done
Message: TypeAlias = Proposal | Vote | Ready


@frozen
class Voter(Process[State, Message, Propose, Cast]):
    """One of several voters, all of whom know the proposer and each other."""

    me: Address
    peers: tuple[Address, ...]
    sizes: Sizes

    def start(self) -> Step[State]:
        return step(Voting())

    def request(self, state: State, client: Address, request: Propose) -> Step[State] | None:  # noqa: ARG002  # nobody is answered
        if not self.may_propose() or isinstance(state, Done) or state.proposal is not None:
            return None
        return step(evolve(state, proposal=request.value), *broadcast(self.peers, Proposal(request.value)))

    def may_propose(self) -> bool:
        return self.me == PROPOSER

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(state, Done) or source not in self.peers:
            return None
        match message:
            case Proposal(value):
                return self.proposed(state, value) if self.is_proposer(source) else None
            case Vote(verdict):
                return self.voted(state, source, verdict)
            case Ready(verdict):
                return self.considered(evolve(state, readies=state.readies.put(source, verdict)), verdict)
            case _:
                assert_never(message)

    def is_proposer(self, source: Address) -> bool:
        return source == PROPOSER

    def proposed(self, state: Voting, value: str) -> Step[State] | None:
        return step(evolve(state, proposal=value)) if state.proposal is None else None

    def armed(self, state: State) -> tuple[Cast, ...]:
        return (Cast(accepts=True), Cast(accepts=False)) if isinstance(state, Voting) and self.may_vote(state) else ()

    def may_vote(self, state: Voting) -> bool:
        return state.proposal is not None and self.me not in state.votes

    def fire(self, state: State, trigger: Cast) -> Step[State]:
        if isinstance(state, Done) or state.proposal is None:
            return step(state)  # it is not armed then
        verdict = Verdict(state.proposal, trigger.accepts)
        voted = self.voted(state, self.me, verdict)
        return step(voted.state, Announce(Voted(verdict)), *broadcast(self.peers, Vote(verdict)), *voted.effects)

    def voted(self, state: Voting, voter: Address, verdict: Verdict) -> Step[State]:
        return self.considered(evolve(state, votes=state.votes.put(voter, verdict)), verdict)

    def considered(self, state: Voting, verdict: Verdict) -> Step[State]:
        """Be ready for a verdict that was just heard, if that is safe."""
        # The hard step. As in `byzantine_broadcast`: two quorums of votes have an honest voter in common, who votes once; and of f
        # + 1 that are ready one is honest. 2f + 1 that are ready leave f + 1 honest ones, who make everybody ready.
        if self.me in state.readies or not self.may_be_ready(state, verdict):
            return self.counted(state, verdict)
        counted = self.counted(evolve(state, readies=state.readies.put(self.me, verdict)), verdict)
        return step(counted.state, *broadcast(self.peers, Ready(verdict)), *counted.effects)

    def counted(self, state: Voting, verdict: Verdict) -> Step[State]:
        """Decide, if enough are ready."""
        return step(Done(verdict), Announce(Decided(verdict))) if self.may_decide(state, verdict) else step(state)

    def may_be_ready(self, state: Voting, verdict: Verdict) -> bool:
        return count(state.votes, verdict) >= self.sizes.quorum or count(state.readies, verdict) >= self.sizes.witnesses

    def may_decide(self, state: Voting, verdict: Verdict) -> bool:
        return count(state.readies, verdict) >= self.sizes.lasting

    def view(self, state: State) -> VerdictView:
        return VerdictView(state.verdict if isinstance(state, Done) else None)


def count(said: Map[Address, Verdict], verdict: Verdict) -> int:
    """Count who said so."""
    return sum(heard == verdict for heard in said.values())


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.a_decision_has_enough_votes,
    spec.a_voter_votes_once,
    spec.a_voter_decides_once,
    spec.is_accepted,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.all_decide_or_none)
OF_AN_HONEST_PROPOSER: tuple[Clause, ...] = (
    spec.a_vote_is_on_the_proposal,
    spec.what_all_vote_is_decided,
    spec.everybody_votes,
    spec.is_rejected,
)


def system(
    members: int = 4,
    *,
    faulty: int = 1,
    liars: tuple[Address, ...] = (),
    lies: tuple[Send, ...] = (),
    asked: tuple[str, ...] = ("x",),
    network: Network = Network(),
    faults: Faults = Faults(),
    voter: type[Voter] = Voter,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put so many voters together, who are prepared for so many that lie; the first is the proposer.

    `asked`: for each voter, from the first, the values of one letter that a user asks it to propose in turn. `lies`: what liars may
    say. `promises`: by default what fits the proposer, who may be a liar.
    """
    everybody = addresses("voter", members)
    honest = tuple(name for name in everybody if name not in liars)
    sizes = Sizes(members, faulty)
    promised = (*PROMISES, *OF_AN_HONEST_PROPOSER) if PROPOSER in honest else PROMISES
    return System(
        {name: voter(name, tuple(other for other in everybody if other != name), sizes) for name in honest},
        History(frozenset(honest), sizes.quorum - faulty),
        promised if promises is None else promises,
        network,
        faults,
        tuple(
            User(Address("user", number), (everybody[number],), tuple((Propose(value),) for value in values))
            for number, values in enumerate(asked)
            if everybody[number] in honest
        ),
        tuple(Byzantine(name, lambda _: lies) for name in liars),
    )


V0, V1, V2, V3 = addresses("voter", 4)
YES, NO = Verdict("x", accepts=True), Verdict("x", accepts=False)

SPLIT = KnownViolation(
    spec.always_decides,
    "Two voters disagree, and neither vote has a quorum. To decide all the same is to solve consensus.",
    system(2, faulty=0, promises=(spec.always_decides,)),
    (
        Ask(V0, Address("user"), Propose("x")),
        Fire(V0, Cast(accepts=True)),
        Receive(V1, V0, Proposal("x")),
        Fire(V1, Cast(accepts=False)),
        Receive(V0, V1, Vote(NO)),
        Receive(V1, V0, Vote(YES)),
    ),
)
