"""Raft with read index: a leader of `raft` that notes how far its log is, asks the others whether it still leads, and then answers."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import State, Trigger
from concordant.refimpl.consensus.shared.beginnings import Beginner
from concordant.refimpl.machine import Ask, Fire, Lose, Move, Receive, Step, System, User, step
from concordant.spec.common.consistency.objects import Read, Value
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import Contact, NotLeader, Submit, Term, clauses, position
from concordant.spec.consensus.raft_read_index import Alive, Heartbeat, History, Message, Request, ServerView, written
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Network, Reply, Seen, Send, addresses, broadcast


@frozen
class Reading:
    """Who waits for a read, and the round that is to confirm that the leader leads."""

    client: Address
    round: int


@frozen
class Leader(raft.Leader):
    """A leader that is asked for reads. `round`: the round of heartbeats for the last of them; `heard`: the last that each peer has answered."""

    round: int = 0
    heard: Map[Address, int] = Map()
    reads: tuple[Reading, ...] = ()


@frozen
class Server(Beginner):
    """A server that answers reads while it leads."""

    def begin(self, state: State, role: raft.Leader) -> Step[State]:
        return super().begin(state, Leader(role.next, role.stored))

    # ---- reads

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        if isinstance(request, Read) and isinstance(state.role, Leader):
            return self.read(state, state.role, client)
        return super().request(state, client, request)  # type: ignore[arg-type]  # whoever does not lead looks at nothing that it is asked

    def read(self, state: State, role: Leader, client: Address) -> Step[State]:
        # What is committed is applied, so that from here on the read index itself, the commit of this moment, keeps nobody waiting.
        reading = Reading(client, role.round + 1)
        after = evolve(state, role=evolve(role, round=reading.round, reads=(*role.reads, reading)))
        return step(after, *broadcast(self.peers, Heartbeat(state.term, reading.round))).then(self.serve)

    def serve(self, state: State) -> Step[State] | None:
        """Answer who needs to wait no longer."""
        return self.answered(state, state.role) if isinstance(state.role, Leader) else None

    def answered(self, state: State, role: Leader) -> Step[State]:
        ready = tuple(reading for reading in role.reads if self.may_answer(state, role, reading))
        after = evolve(state, role=evolve(role, reads=tuple(reading for reading in role.reads if reading not in ready)))
        return step(after, *(Reply(reading.client, Value(written(state.log[: state.commit]))) for reading in ready))

    def may_answer(self, state: State, role: Leader, reading: Reading) -> bool:
        return self.has_begun(state) and self.is_confirmed(role, reading.round)

    def has_begun(self, state: State) -> bool:
        # What was committed before this term is in the log of its leader, before the first entry of the term: the leader knows no
        # better how far, since others may have committed without having told it. What this term has committed, it knows.
        return position(state.log, state.commit).term == state.term

    def is_confirmed(self, role: Leader, round: int) -> bool:
        # The hard step. A majority was still in this term after the read was asked for. Whoever leads a later one needs the vote of one of
        # them, which that casts afterwards: until the read was asked for, nobody had committed anything that this leader lacks.
        return self.is_majority(1 + sum(heard >= round for heard in role.heard.values()))

    def advance(self, state: State, role: raft.Leader) -> Step[State]:
        return super().advance(state, role).then(self.serve)

    # ---- heartbeats

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        role = state.role
        if isinstance(trigger, Contact) and isinstance(role, Leader) and role.reads:
            return after.then(lambda state: step(state, Send(trigger.to, Heartbeat(state.term, role.round))))
        return after

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return super().receive(state, source, message)  # type: ignore[arg-type]  # it hands every message of a current term to `handle`

    def handle(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Heartbeat(term, round):
                return step(state, Send(source, Alive(term, round)))
            case Alive(_, round):
                return self.confirmed(state, source, round)
            case _:
                return super().handle(state, source, message)

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        role = state.role
        if not isinstance(role, Leader):
            return None
        heard = role.heard.put(peer, max(round, role.heard.get(peer, 0)))
        return step(evolve(state, role=evolve(role, heard=heard))).then(self.serve)

    def enter(self, state: State, term: Term) -> Step[State]:
        entered = super().enter(state, term)
        reads = state.role.reads if isinstance(state.role, Leader) else ()
        return step(entered.state, *entered.effects, *(Reply(reading.client, NotLeader(None)) for reading in reads))

    def view(self, state: State) -> ServerView:
        shown = super().view(state)
        match state.role:
            case Leader(heard=heard, reads=reads):
                readers = frozenset(reading.client for reading in reads)
                return ServerView(shown.term, shown.vote, shown.leads, shown.log, shown.commit, heard, readers)
            case _:
                return ServerView(shown.term, shown.vote, shown.leads, shown.log, shown.commit)


SAFETY: tuple[Clause, ...] = (
    *(clause for clause in raft.SAFETY if clause not in (clauses.an_answer_is_true, clauses.validity, clauses.commits)),
    spec.linearizable,
    spec.an_answer_is_true,
    spec.a_read_is_confirmed,
    spec.what_is_heard_was_said,
    spec.what_is_heard_stays_heard,
    spec.validity,
    spec.a_leader_begins_its_term,
    spec.a_round_is_true,
    spec.a_read_waits_at_a_leader,
)


def is_later(message: object, term: Term) -> bool:
    """Tell whether a message is of a later term."""
    return isinstance(message, Message) and message.term > term


def is_left_behind(who: Address) -> Callable[[Move, Seen[core.History]], bool]:
    """Assume that once a server has led and committed, it does no more than to answer, and another stands; that just what is sent to it of that
    term is lost, and that its client waits until then.
    """

    def behind(move: Move, seen: Seen[core.History]) -> bool:
        view = seen.views(ServerView)[who]
        over = seen.history.latest_term() > view.term
        match move:
            case Receive(at, _, message):
                return at != who or not is_later(message, view.term)
            case Lose(_, to, message):
                return to == who and is_later(message, view.term)
            case Ask(at):
                return at != who or over
            case Fire(at, trigger):
                return view.commit > 0 and trigger != Contact(who) if at != who else view.commit == 0
            case _:
                return True

    return behind


def asks(script: tuple[str | None, ...]) -> tuple[tuple[Request, ...], ...]:
    """Return the requests of a client: a command for each value, and for None a read."""
    return tuple((Read() if value is None else Submit(number, value),) for number, value in enumerate(script))


def system(
    *scripts: tuple[Address, tuple[str | None, ...]],
    servers: int = 3,
    candidates: tuple[Address, ...],
    behind: Address | None = None,
    informed: bool = True,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[core.History]:
    """Put servers and clients together, as those of Raft are, and for each script a client that asks this of this server, None being a read.

    `candidates`: who stands for election, one place per term. `behind`: a server that hears nothing of terms after its own. `informed`: clients ask only who leads.
    """
    asked = tuple((at,) for at, _ in scripts)
    whole = raft.system(
        ((),) * len(scripts),
        servers=servers,
        candidates=candidates,
        asked=asked,
        informed=informed,
        network=network,
        faults=faults,
        promises=promises,
    )
    names = addresses("server", servers)
    return evolve(
        whole,
        processes={name: server(name, tuple(peer for peer in names if peer != name)) for name in names},
        history=History(whole.history.majority),
        users=tuple(User(user.name, user.at, asks(script)) for user, (_, script) in zip(whole.users, scripts, strict=True)),
        assume=(*whole.assume, *((is_left_behind(behind),) if behind else ())),
    )
