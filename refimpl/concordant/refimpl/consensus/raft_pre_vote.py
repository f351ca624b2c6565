"""Raft with pre-vote: a server of `raft` whose deadline makes it ask the others first, and which stands only where a majority wants it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Follower, Leader, State, Trigger
from concordant.refimpl.machine import Step, System, step
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_pre_vote as spec
from concordant.spec.consensus.raft import Contact, Outdated, Position, Term, clauses
from concordant.spec.consensus.raft_pre_vote import History, LostTouch, Message, PreVote, Willing
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Network, Send, addresses, broadcast


@frozen
class Asking(Follower):
    """Asks who would vote for it in the next term, and follows nobody. `wanted_by`: who would, among them itself."""

    wanted_by: frozenset[Address] = frozenset()


@frozen
class Server(raft.Server):
    """A server that asks before it stands."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if isinstance(state.role, Asking):
            return tuple(Contact(peer) for peer in self.peers if peer not in state.role.wanted_by)
        return super().armed(state)

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        if isinstance(trigger, Contact) and isinstance(state.role, Asking):
            return step(state, Send(trigger.to, self.question(state)))
        return super().fire(state, trigger)

    def stand(self, state: State) -> Step[State]:
        """Ask, and stand once a majority is willing."""
        asked = broadcast(self.peers, self.question(state))
        return step(evolve(state, role=Asking()), *self.lost_touch(state), *asked).then(lambda state: self.wanted(state, self.me))

    def question(self, state: State) -> PreVote:
        return PreVote(state.term + 1, state.last)

    def wanted(self, state: State, voter: Address) -> Step[State] | None:
        if not isinstance(state.role, Asking):
            return None
        wanted_by = state.role.wanted_by | {voter}
        return super().stand(state) if self.is_majority(len(wanted_by)) else step(evolve(state, role=Asking(wanted_by=wanted_by)))

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case PreVote(term, last):
                return self.asked_before(state, source, term, last)
            case Willing(term):
                return self.wanted(state, source) if term == state.term + 1 else None
            case _:
                return super().receive(state, source, message)

    def asked_before(self, state: State, source: Address, term: Term, last: Position) -> Step[State] | None:
        if term <= state.term:
            return step(state, Send(source, Outdated(state.term)))
        return step(state, Send(source, Willing(term))) if self.is_willing(state, last) else None

    def is_willing(self, state: State, last: Position) -> bool:
        # The hard step. Nobody who hears from a leader helps to depose it: a server that was cut off waits until a majority is
        # without one.
        return not self.has_leader(state) and self.is_up_to_date(last, state.last)

    def has_leader(self, state: State) -> bool:
        return isinstance(state.role, Leader) or (isinstance(state.role, Follower) and state.role.leader is not None)

    def enter(self, state: State, term: Term) -> Step[State]:
        entered = super().enter(state, term)
        return step(entered.state, *self.lost_touch(state), *entered.effects)

    def lost_touch(self, state: State) -> tuple[Announce, ...]:
        return (Announce(LostTouch()),) if self.has_leader(state) else ()


SAFETY: tuple[Clause, ...] = (
    *raft.SAFETY,
    spec.a_candidate_is_wanted,
    spec.who_hears_a_leader_wants_no_other,
    spec.who_loses_touch_had_a_leader,
    spec.who_is_willing_was_asked,
    spec.who_is_willing_would_vote,
    spec.who_is_behind_is_told_the_term,
    spec.a_term_begins_with_a_candidate,
)
ELECTIONS: tuple[Clause, ...] = (*raft.ELECTIONS, *SAFETY[len(raft.SAFETY) :])
"""What is promised of elections alone."""
LOGS: tuple[Clause, ...] = tuple(
    clause for clause in SAFETY if clause not in (clauses.leader_completeness, clauses.what_is_applied_stays_applied)
)
"""What is promised of elections, and of logs where one server leads."""


def system(
    scripts: tuple[tuple[str, ...], ...] = (),
    *,
    servers: int = 3,
    terms: int = 1,
    candidates: tuple[Address, ...] = (),
    asked: tuple[tuple[Address, ...], ...] = (),
    informed: bool = True,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = ELECTIONS,
) -> System[core.History]:
    """Put servers and clients together, as those of Raft are. `candidates`: who asks to be elected, one place per term; `asked`: whom each client asks, where it is `informed` only while that leads."""
    whole = raft.system(
        scripts,
        servers=servers,
        terms=terms,
        candidates=candidates,
        asked=asked,
        informed=informed and bool(asked),
        network=network,
        faults=faults,
        promises=promises,
    )
    names = addresses("server", servers)
    return evolve(
        whole,
        processes={name: server(name, tuple(peer for peer in names if peer != name)) for name in names},
        history=History(whole.history.majority),
    )
