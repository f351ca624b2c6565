"""Raft's log compaction: a server puts what it has applied into a snapshot, forgets those entries, and sends the snapshot to whoever lacks them.

Source: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm" (USENIX ATC 2014), section 7; Ongaro, "Consensus:
Bridging Theory and Practice" (2014), sections 5.1 and 6.3. The machine is that of `raft`, whose log has blanks where the snapshot stands.
Assumes: what `raft` assumes; a snapshot takes the place of the last one, and of the entries in it, in one step on stable storage; a client
asks for its next command once the last was answered, and for no earlier one any more. A snapshot is sent in one message.
Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that anybody ever compacts its log.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.consensus import raft
from concordant.spec.consensus.raft import Log, Position, Term, position
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fault,
    Map,
    Seen,
    Send,
    always_each,
    case,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY

# ---- snapshots


@frozen
class Session:
    """The last command of a client that is applied: its number, and where it stands."""

    number: int
    at: Position


@frozen
class Snapshot:
    """What a log comes to. `last`: the position of its last entry; `sessions`: by client; `applied`: the state of the strictest state machine, one
    that remembers all that it was ever told to do. Servers hand it on, and do not look into it.
    """

    last: Position = Position(0, 0)
    sessions: Map[Address, Session] = Map()
    applied: Log = ()


def snapshot_of(log: Log) -> Snapshot:
    """Return the snapshot of a log.

    >>> snapshot_of(()) == Snapshot()
    True
    """
    places = ((entry.command, Position(entry.term, index)) for index, entry in enumerate(log, 1))
    return Snapshot(position(log, len(log)), Map.of({command.client: Session(command.number, at) for command, at in places}), log)


# ---- messages and triggers


@frozen
class Install:
    """A leader sends its snapshot to a server that lacks entries which are in it. Answered by `Stored`."""

    term: Term
    snapshot: Snapshot


Message: TypeAlias = raft.Message | Install


@frozen
class Compact(Deadline):
    """The log has grown for long enough: a server puts what it has applied into its snapshot."""


# ---- views


@frozen
class ServerView(raft.ServerView):
    """What a server shows, its log with what its snapshot has applied before it. `blanks`: in how many places of the log itself nothing is left."""

    snapshot: Snapshot
    blanks: int


# ---- history


@frozen
class History(raft.History):
    """`sent`: to whom snapshots were sent, and how far they go."""

    sent: frozenset[tuple[Address, int]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = super().after(at, by, happening)
        match happening:
            case Send(to, Install(_, snapshot)):
                return evolve(after, sent=self.sent | {(to, snapshot.last.index)})
            case _:
                return after

    def snapshot(self, index: int) -> Snapshot | None:
        """Return the snapshot of what is committed up to an index; None if so much is not."""
        return snapshot_of(tuple(each.entry for each in self.committed[:index])) if index <= len(self.committed) else None


# ---- clauses


@always_each(ServerView, under=ALL)
def a_snapshot_is_true(view: ServerView, server: Address, history: History) -> Cases:
    """A snapshot is what the committed entries come to, up to its last: what they did, their last position, and what each client has asked for last."""
    if view.snapshot.last.index:
        due = history.snapshot(view.snapshot.last.index)
        yield case(view.snapshot == due, server=server, snapshot=view.snapshot, should_be=due)


@always_each(ServerView, under=ALL)
def what_is_in_a_snapshot_is_applied(view: ServerView, server: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A server has applied what is in its snapshot, also when it comes back with it: none of that is done again."""
    if view.snapshot.last.index:
        yield case(view.snapshot.last.index <= view.commit, server=server, snapshot=view.snapshot, applied=view.commit)


@always_each(ServerView, under=ALL)
def a_log_forgets_what_is_in_the_snapshot(view: ServerView, server: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A log has as many blanks as there are entries in the snapshot: what is there is not kept twice.

    No blank stands behind the snapshot, since nobody has asked for one; so all stand in its place.
    """
    if view.snapshot.last.index:
        yield case(view.blanks == view.snapshot.last.index, server=server, snapshot=view.snapshot, blanks=view.blanks)


@every_step(ServerView, under=ALL)
def a_server_is_set_back_only_to_its_snapshot(before: ServerView, after: ServerView) -> Cases:
    """How far a server has applied its log falls only to the end of the snapshot that it had, as in a crash: not to that of another that it is sent."""
    if before.commit:
        kept = before.commit <= after.commit
        yield case(kept or after.commit == before.snapshot.last.index, before=before.commit, after=after.commit, had=before.snapshot)


@every_step(ServerView, under=ALL)
def a_snapshot_never_gets_older(before: ServerView, after: ServerView) -> Cases:
    """The snapshot of a server is replaced only by one that goes further, and outlives a crash."""
    if before.snapshot.last.index:
        yield case(before.snapshot.last.index <= after.snapshot.last.index, before=before.snapshot, after=after.snapshot)


@on_event(Send, under=ALL)
def what_is_sent_is_a_true_snapshot(before: History, by: Address, event: Send) -> Cases:
    """Whoever sends a snapshot leads its term, and the snapshot is what committed entries come to."""
    if isinstance(event.message, Install):
        due = before.snapshot(event.message.snapshot.last.index)
        leads = (event.message.term, by) in before.leaders
        yield case(leads and event.message.snapshot == due, sends=event.message, leaders=before.leaders, should_be=due)


@sometimes
def catches_up_by_a_snapshot(seen: Seen[History]) -> Cases:
    """A server that was sent a snapshot has it."""
    for server, view in seen.views(ServerView).items():
        yield case((server, view.snapshot.last.index) in seen.history.sent, server=server, snapshot=view.snapshot)


@sometimes
def entries_follow_a_snapshot(seen: Seen[History]) -> Cases:
    """A server has a snapshot, and entries behind it."""
    for server, view in seen.views(ServerView).items():
        yield case(0 < view.snapshot.last.index < len(view.log), server=server, snapshot=view.snapshot, log=view.log)
