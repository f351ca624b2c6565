"""Raft as one machine: a server follows, stands for election, or leads; its term, vote and log outlive a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Fire, Move, Process, Step, System, User, step
from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    AppendEntries,
    Command,
    Committed,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    History,
    Log,
    Message,
    Mismatch,
    NotLeader,
    Outdated,
    Position,
    RequestVote,
    ServerView,
    Stored,
    Submit,
    Term,
    Voted,
    Written,
    position,
)
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Seen, Send, Unknown, addresses, broadcast

# ---- states


@frozen
class Follower:
    """Follows the leader of its term, once it has heard from it."""

    leader: Address | None = None


@frozen
class Candidate:
    """Gathers votes, among them its own."""

    votes: frozenset[Address]


@frozen
class Leader:
    """Replicates its log. `next`: what each peer is sent next; `stored`: how far each server, itself included, has this log on its disk;
    `waiting`: who waits for which index.
    """

    next: Map[Address, int]
    stored: Map[Address, int]
    waiting: Map[int, Address] = Map()


@frozen
class State:
    """`term`, `vote` and `log` are durable, of a leader the log as far as its disk has it."""

    term: Term = 0
    vote: Address | None = None
    log: Log = ()
    commit: int = 0
    role: Follower | Candidate | Leader = Follower()

    @property
    def last(self) -> Position:
        """The last position of the log."""
        return position(self.log, len(self.log))


Trigger: TypeAlias = Elect | Contact | Written


@frozen
class Server(Process[State, Message, Submit, Trigger]):
    """One of a fixed set of servers."""

    me: Address
    peers: tuple[Address, ...]

    def start(self) -> Step[State]:
        return step(State())

    # ---- clients

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        match state.role:
            case Leader():
                return self.submitted(state, state.role, client, Command(client, request.number, request.value))
            case Follower(leader):
                return step(state, Reply(client, NotLeader(leader)))
            case Candidate():
                return step(state, Reply(client, NotLeader(None)))
            case _:
                assert_never(state.role)

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        index = self.find(state.log, command)
        if index is None:
            log = (*state.log, Entry(state.term, command))
            after = evolve(state, log=log, role=evolve(role, waiting=role.waiting.put(len(log), client)))
            return step(after, Announce(Appended(len(log), log[-1])))
        if index <= state.commit:
            return step(state, Reply(client, Committed(index, position(state.log, index).term)))
        return step(evolve(state, role=evolve(role, waiting=role.waiting.put(index, client))))

    def find(self, log: Log, command: Command) -> int | None:
        """Find where a command stands already: its client asks again."""
        return next((index for index, entry in enumerate(log, 1) if entry.command == command), None)

    # ---- what happens inside

    def armed(self, state: State) -> tuple[Trigger, ...]:
        match state.role:
            case Follower():
                return (Elect(),)
            case Candidate(votes):
                return (Elect(), *(Contact(peer) for peer in self.peers if peer not in votes))
            case Leader(stored=stored):
                written = (Written(),) if stored[self.me] < len(state.log) else ()
                return (*written, *(Contact(peer) for peer in self.peers))
            case _:
                assert_never(state.role)

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        match trigger:
            case Elect():
                return self.stand(state)
            case Contact(to):
                return step(state, Send(to, self.message(state, to)))
            case Written():
                return step(state).then(lambda state: self.stored(state, self.me, len(state.log)))
            case _:
                assert_never(trigger)

    def stand(self, state: State) -> Step[State]:
        candidate = evolve(state, term=state.term + 1, vote=self.me, role=Candidate(frozenset()))
        asked = broadcast(self.peers, RequestVote(candidate.term, state.last))
        return step(candidate, Announce(Voted(candidate.term, self.me)), *asked).then(lambda state: self.voted(state, self.me))

    def message(self, state: State, to: Address) -> RequestVote | AppendEntries:
        if not isinstance(state.role, Leader):
            return RequestVote(state.term, state.last)
        index = state.role.next[to]
        entry = (*state.log, None)[index - 1]
        return AppendEntries(state.term, position(state.log, index - 1), entry, state.commit)

    # ---- messages

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if message.term < state.term:
            return step(state, Send(source, Outdated(state.term))) if isinstance(message, RequestVote | AppendEntries) else None
        if message.term == state.term:
            return self.handle(state, source, message)
        return self.enter(state, message.term).then(lambda state: self.handle(state, source, message))

    def enter(self, state: State, term: Term) -> Step[State]:
        """Enter a later term, in which this server has no vote cast and no role yet."""
        deposed = state.role.waiting.values() if isinstance(state.role, Leader) else ()
        return step(evolve(state, term=term, vote=None, role=Follower()), *(Reply(client, Unknown()) for client in deposed))

    def handle(self, state: State, source: Address, message: Message) -> Step[State] | None:
        """Take a message of the current term."""
        match message:
            case RequestVote(_, last):
                return self.asked(state, source, last)
            case Grant():
                return self.voted(state, source)
            case AppendEntries():
                return self.append(evolve(state, role=Follower(source)), source, message)
            case Stored(_, index):
                return self.stored(state, source, index)
            case Mismatch(_, index):
                return self.mismatched(state, source, index)
            case Outdated():
                return None
            case _:
                assert_never(message)

    # ---- elections

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        if state.vote == candidate:
            return step(state, Send(candidate, Grant(state.term)))  # the first was lost, or asked for twice
        if state.vote is not None or not self.is_up_to_date(last, state.last):
            return None
        return step(evolve(state, vote=candidate), Announce(Voted(state.term, candidate)), Send(candidate, Grant(state.term)))

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        # Whoever stored an entry that is committed votes only for a log that has it, and an election needs one of them.
        return last >= own

    def voted(self, state: State, voter: Address) -> Step[State] | None:
        if not isinstance(state.role, Candidate):
            return None
        votes = state.role.votes | {voter}
        if not self.is_majority(len(votes)):
            return step(evolve(state, role=Candidate(votes)))
        # It stood on its log, which its new term has written.
        stored = Map.of({self.me: len(state.log), **dict.fromkeys(self.peers, 0)})
        next = Map.of(dict.fromkeys(self.peers, len(state.log) + 1))
        return step(evolve(state, role=Leader(next, stored)), Announce(Elected(state.term, votes, state.log)))

    def is_majority(self, count: int) -> bool:
        return count > (len(self.peers) + 1) // 2

    # ---- replication

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        previous = message.previous
        if not self.has(state.log, previous):
            return step(state, Send(leader, Mismatch(state.term, previous.index)))
        log = self.merged(state.log, previous.index, message.entry)
        index = previous.index + (message.entry is not None)
        # Beyond `index` the log may differ from the leader's.
        commit = max(state.commit, min(message.commit, index))
        return step(evolve(state, log=log, commit=commit), Send(leader, Stored(state.term, index)))

    def has(self, log: Log, previous: Position) -> bool:
        return previous.index <= len(log) and position(log, previous.index) == previous

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        """Store an entry. What follows it is dropped only if the entry is new: an old message must not shorten the log."""
        if entry is None or log[previous:][:1] == (entry,):
            return log
        return (*log[:previous], entry)

    def stored(self, state: State, server: Address, index: int) -> Step[State] | None:
        role = state.role
        if not isinstance(role, Leader) or index <= role.stored[server]:
            return None
        role = evolve(role, stored=role.stored.put(server, index))
        if server != self.me:
            role = evolve(role, next=role.next.put(server, index + 1))
        return self.advance(evolve(state, role=role), role)

    def mismatched(self, state: State, peer: Address, index: int) -> Step[State] | None:
        role = state.role
        if not isinstance(role, Leader) or not role.stored[peer] < index < role.next[peer]:
            return None
        return step(evolve(state, role=evolve(role, next=role.next.put(peer, index))))

    def advance(self, state: State, role: Leader) -> Step[State]:
        index = max(filter(lambda index: self.may_commit(state, role, index), range(state.commit + 1, len(state.log) + 1)), default=None)
        if index is None:
            return step(state)
        answers = [Reply(who, Committed(place, position(state.log, place).term)) for place, who in role.waiting.items() if place <= index]
        waiting = Map(tuple((place, who) for place, who in role.waiting.items() if place > index))
        after = evolve(state, commit=index, role=evolve(role, waiting=waiting))
        servers = frozenset(server for server, stored in role.stored.items() if stored >= index)
        return step(after, Announce(Advanced(state.term, state.log[:index], servers)), *answers)

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        # The hard step. A majority that stores an entry of this term votes for nobody whose log lacks it, since no other
        # last position is as high. Of an earlier term's entry that is not true: a leader of a term in between, which few
        # have heard of, may still be elected and replace it (figure 8). It is committed along with the first entry after it.
        own_term = position(state.log, index).term == state.term
        return own_term and self.is_majority(sum(stored >= index for stored in role.stored.values()))

    # ---- crashes

    def survives(self, state: State) -> Iterable[State]:
        written = state.role.stored[self.me] if isinstance(state.role, Leader) else len(state.log)
        return tuple(State(state.term, state.vote, state.log[:length]) for length in range(written, len(state.log) + 1))

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> ServerView:
        return ServerView(state.term, state.vote, isinstance(state.role, Leader), state.log, state.commit)


ELECTIONS: tuple[Clause, ...] = (
    spec.election_safety,
    spec.a_vote_is_cast_once,
    spec.an_election_needs_a_majority,
    spec.a_term_never_decreases,
    spec.a_vote_is_remembered,
    spec.a_message_is_true,
    spec.a_leader_stood_on_its_log,
)
"""What is promised of elections alone."""
SAFETY: tuple[Clause, ...] = (
    *ELECTIONS,
    spec.leader_append_only,
    spec.log_matching,
    spec.terms_of_a_log_never_decrease,
    spec.leader_completeness,
    spec.a_leader_commits_entries_of_its_own_term,
    spec.what_is_committed_stays,
    spec.a_majority_stores_what_is_committed,
    spec.state_machine_safety,
    spec.what_is_applied_stays_applied,
    spec.exactly_once,
    spec.validity,
    spec.an_answer_is_true,
    spec.linearizable,
    spec.nobody_is_answered_twice,
    spec.nobody_waits_at_a_follower,
    spec.nobody_waits_for_what_is_committed,
    spec.commits,
)
"""What is promised whoever stands for election."""
STABLE: tuple[Clause, ...] = (spec.a_leader_is_elected, spec.every_request_is_answered, spec.every_server_learns_what_is_committed)
"""What is promised where nobody stands against a leader."""


def stands_in_turn(candidates: tuple[Address, ...]) -> Callable[[Move, Seen[History]], bool]:
    """Assume that in each term only the server at its place stands for election, and after the last of them nobody."""

    def in_turn(move: Move, seen: Seen[History]) -> bool:
        if not (isinstance(move, Fire) and isinstance(move.trigger, Elect)):
            return True
        term = seen.views(ServerView)[move.at].term
        return term < len(candidates) and candidates[term] == move.at

    return in_turn


def asks_leaders(move: Move, seen: Seen[History]) -> bool:
    """Assume that clients ask only who leads."""
    return not isinstance(move, Ask) or seen.views(ServerView)[move.at].leads


def system(
    scripts: tuple[tuple[str, ...], ...] = (("x",),),
    *,
    servers: int = 3,
    terms: int = 1,
    candidates: tuple[Address, ...] = (),
    retries: int = 0,
    asked: tuple[tuple[Address, ...], ...] = (),
    informed: bool = False,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[History]:
    """Put servers and clients together.

    `scripts`: one place per client, which asks for these commands in turn; `asked`: whom each of them asks, by default any server;
    `informed`: only while that leads; `retries`: how often it asks for each again. `candidates`: who stands for election, one place per term; by default anybody does, and the scope ends beyond `terms`.
    """
    names = addresses("server", servers)
    clients = addresses("client", len(scripts))

    def within(seen: Seen[History]) -> bool:
        return seen.history.latest_term() <= terms

    return System(
        {name: server(name, tuple(peer for peer in names if peer != name)) for name in names},
        History(servers // 2 + 1),
        promises,
        network,
        faults,
        tuple(
            User(name, at, tuple((Submit(number, value),) for number, value in enumerate(values) for _ in range(retries + 1)))
            for name, at, values in zip(clients, asked or (names,) * len(clients), scripts, strict=True)
        ),
        assume=(*((stands_in_turn(candidates),) if candidates else ()), *((asks_leaders,) if informed else ())),
        within=() if candidates else (within,),
        symmetric=(tuple((name,) for name in names if name not in (*candidates, *chain(*asked), *faults.who)),),
    )
