"""Raft with log compaction: a server of `raft` whose log has blanks where its snapshot stands, and which sends that to whoever needs what it has forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Leader
from concordant.refimpl.machine import Crash, Fire, Lose, Move, Process, Step, System, step
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Command,
    Committed,
    Contact,
    Elect,
    Entry,
    Log,
    Position,
    Submit,
    clauses,
)
from concordant.spec.consensus.raft_snapshot import Compact, History, Install, Message, ServerView, Session, Snapshot
from concordant.spec.vocabulary import Address, Clause, Faults, Network, Reply, Seen, Send, addresses

Trigger = raft.Trigger | Compact
NOTHING = Command(Address("nobody", 0), 0, "")


def blanks(last: Position) -> Log:
    """Return what stands in a log for the entries of a snapshot: so many, of which only the term of the last is known.

    >>> len(blanks(Position(1, 2)))
    2
    """
    return (Entry(last.term, NOTHING),) * last.index


@frozen
class State:
    """`core`: the server that it is, with blanks in its log. The snapshot is durable."""

    core: raft.State = raft.State()
    snapshot: Snapshot = Snapshot()

    @property
    def forgotten(self) -> int:
        """How many entries are in the snapshot, and not in the log."""
        return self.snapshot.last.index


@frozen
class Server(Process[State, Message, Submit, Trigger]):
    """A server that compacts its log."""

    core: raft.Server

    def start(self) -> Step[State]:
        return step(State())

    def leads_on(self, state: State, after: Step[raft.State]) -> Step[State]:
        """Return what a step of the server makes of the whole."""
        return Step(evolve(state, core=after.state), after.effects)

    # ---- clients

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        session = self.session(state, client)
        if session and session.number == request.number:
            return step(state, Reply(client, Committed(session.at.index, session.at.term)))
        return self.leads_on(state, self.core.request(state.core, client, request))

    def session(self, state: State, client: Address) -> Session | None:
        """Return what is known of the last command of a client whose entry is forgotten."""
        return state.snapshot.sessions.get(client)

    # ---- compaction

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return (*self.core.armed(state.core), *((Compact(),) if self.may_compact(state) else ()))

    def may_compact(self, state: State) -> bool:
        """Tell whether more is applied than is in the snapshot."""
        return state.forgotten < state.core.commit

    def compact(self, state: State) -> Step[State]:
        index = self.compacts_to(state)
        snapshot = self.extended(state.snapshot, state.core.log[state.forgotten : index])
        return step(State(evolve(state.core, log=self.behind(snapshot, state.core.log)), snapshot))

    def compacts_to(self, state: State) -> int:
        # Only what is committed is never replaced: a snapshot cannot be taken back.
        return state.core.commit

    def extended(self, snapshot: Snapshot, entries: Log) -> Snapshot:
        sessions, last = snapshot.sessions, snapshot.last
        for entry in entries:
            last = Position(entry.term, last.index + 1)
            sessions = sessions.put(entry.command.client, Session(entry.command.number, last))
        return Snapshot(last, sessions, snapshot.applied + entries)

    def behind(self, snapshot: Snapshot, log: Log) -> Log:
        """Return a log in which a snapshot takes the place of what it has applied."""
        return (*self.blanks(snapshot), *log[snapshot.last.index :])

    def blanks(self, snapshot: Snapshot) -> Log:
        return blanks(snapshot.last)

    # ---- snapshots that are sent

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        match trigger:
            case Compact():
                return self.compact(state)
            case Contact(to) if isinstance(state.core.role, Leader) and state.core.role.next[to] <= state.forgotten:
                return step(state, *self.instead(state, to))
            case _:
                return self.leads_on(state, self.core.fire(state.core, trigger))

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:
        """Return what is sent to a peer whose next entry is forgotten."""
        return (Send(to, Install(state.core.term, state.snapshot)),)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Install(term, Snapshot(previous)) | AppendEntries(term, previous) if self.is_forgotten(state, previous):
                # What precedes the end of the snapshot is committed, and so the same at the leader: as if it had asked only about that.
                return self.receive(state, source, AppendEntries(term, state.snapshot.last, None, 0))
            case Install(term, snapshot):
                installed = self.installed(state, snapshot) if term >= state.core.term else state
                return self.receive(installed, source, AppendEntries(term, snapshot.last, None, 0))
            case _:
                after = self.core.receive(state.core, source, message)
                return None if after is None else self.leads_on(state, after)

    def is_forgotten(self, state: State, previous: Position) -> bool:
        return previous.index < state.forgotten

    def installed(self, state: State, snapshot: Snapshot) -> State:
        log = self.behind(snapshot, self.kept(state.core.log, snapshot.last))
        return State(evolve(state.core, log=log, commit=max(state.core.commit, snapshot.last.index)), snapshot)

    def kept(self, log: Log, last: Position) -> Log:
        # The hard step. A log that has the last entry of the snapshot has all that precede it, and what follows may have been acknowledged,
        # and counted. Of one that has another there, or none, nothing that follows is the leader's.
        return log if self.core.has(log, last) else ()

    # ---- crashes

    def survives(self, state: State) -> Iterable[State]:
        return tuple(self.restarted(left, state.snapshot) for left in self.core.survives(state.core))

    def restarted(self, left: raft.State, snapshot: Snapshot) -> State:
        # A leader may have applied, and compacted, what others have stored and its own log on the disk has not.
        return State(raft.State(left.term, left.vote, self.behind(snapshot, left.log), snapshot.last.index), snapshot)

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> ServerView:
        shown = self.core.view(state.core)
        log = state.snapshot.applied + shown.log[state.forgotten :]
        blank = sum(entry.command == NOTHING for entry in shown.log)
        return ServerView(shown.term, shown.vote, shown.leads, log, shown.commit, state.snapshot, blank)


SAFETY: tuple[Clause, ...] = (
    *(clause for clause in raft.SAFETY if clause != clauses.what_is_committed_stays),
    spec.a_snapshot_is_true,
    spec.what_is_in_a_snapshot_is_applied,
    spec.a_log_forgets_what_is_in_the_snapshot,
    spec.a_server_is_set_back_only_to_its_snapshot,
    spec.a_snapshot_never_gets_older,
    spec.what_is_sent_is_a_true_snapshot,
)
"""What Raft promises, and of snapshots. A leader that announces what it has committed names blanks for what it has forgotten: that this is what was
committed before is promised of what servers apply."""


def only(kind: type[Trigger], *who: Address) -> Callable[[Move, Seen[core.History]], bool]:
    """Assume that triggers of this kind fire at these servers alone."""

    def fires(move: Move, seen: Seen[core.History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Fire) and isinstance(move.trigger, kind)) or move.at in who

    return fires


def comes_back_late(leader: Address) -> Callable[[Move, Seen[core.History]], bool]:
    """Assume that this server, when it has committed an entry, compacts its log before it commits more; that then another leads, in silence; and that nobody crashes before it leads again, in term 3, and no message is lost."""

    def in_order(move: Move, seen: Seen[core.History]) -> bool:
        views = seen.views(ServerView)
        committed, compacted = views[leader].commit, views[leader].snapshot.last.index
        match move:
            case Fire(at, Elect()):
                return at == leader or (committed, compacted) == (2, 1)
            case Fire(_, Compact()):
                return committed == 1
            case Fire(at, Contact()):
                return at == leader and compacted == min(committed, 1)
            case Crash():
                return views[leader].term == 3 and views[leader].leads
            case Lose():
                return False
            case _:
                return True

    return in_order


def system(
    scripts: tuple[tuple[str, ...], ...] = (("x",),),
    *,
    servers: int = 2,
    candidates: tuple[Address, ...],
    retries: int = 0,
    asked: tuple[tuple[Address, ...], ...] = (),
    compacting: tuple[Address, ...] = (),
    sending: tuple[Address, ...] = (),
    late: Address | None = None,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    inner: type[raft.Server] = raft.Server,
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[core.History]:
    """Put servers and clients together, as those of Raft are, whose clients ask who leads.

    `compacting`, `sending`: who compacts its log, and who sends entries, or asks for a vote again; by default everybody. `late`: a server that leads twice, as `comes_back_late` says.
    `inner`: the server that each is without snapshots.
    """
    whole = raft.system(
        scripts,
        servers=servers,
        candidates=candidates,
        retries=retries,
        asked=asked,
        informed=True,
        network=network,
        faults=faults,
        promises=promises,
    )
    names = addresses("server", servers)
    return evolve(
        whole,
        processes={name: server(inner(name, tuple(peer for peer in names if peer != name))) for name in names},
        history=History(whole.history.majority),
        assume=(
            *whole.assume,
            *((only(Compact, *compacting),) if compacting else ()),
            *((only(Contact, *sending),) if sending else ()),
            *((comes_back_late(late),) if late else ()),
        ),
    )
