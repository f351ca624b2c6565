"""What goes wrong with logs: what is stored, what is dropped, and what is never sent."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, RELIABLE, S0, S1, S2, TIMELY
from concordant.refimpl.consensus.raft import SAFETY, STABLE, Leader, Server, State, Trigger, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, System, step
from concordant.spec.consensus.raft import (
    AppendEntries,
    Command,
    Contact,
    Elect,
    Entry,
    Grant,
    History,
    Log,
    Mismatch,
    Position,
    RequestVote,
    Stored,
)
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Faults, addresses

# ---- mistakes


@frozen
class StoresAnything(Server):
    """Stores an entry whatever precedes it."""

    def has(self, log: Log, previous: Position) -> bool:
        return previous.index <= len(log)


@frozen
class ReplacesTheRest(Server):
    """Drops what follows a stored entry, though nothing contradicts it."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log if entry is None else (*log[:previous], entry)


@frozen
class CutsAtAHeartbeat(Server):
    """Drops what follows the position that a heartbeat names."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log[:previous] if entry is None else super().merged(log, previous, entry)


@frozen
class ClearsItsLog(Server):
    """Begins its term as leader with what is committed, and drops the rest."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        return super().submitted(evolve(state, log=state.log[: state.commit]), role, client, command)


@frozen
class StampsTheNextTerm(Server):
    """Stamps an entry with the term to come."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return step(evolve(after.state, log=(*state.log, Entry(state.term + 1, command))), *after.effects)


@frozen
class PutsNewEntriesFirst(Server):
    """Puts what it appends at the other end."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return step(evolve(after.state, log=(*after.state.log[len(state.log) :], *state.log)), *after.effects)


@frozen
class StaysAtItsEnd(Server):
    """Sends a peer what is next behind its own log, whatever that lacks."""

    def mismatched(self, state: State, peer: Address, index: int) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class SendsOnce(Server):
    """Sends each entry once, and asks each peer once for a vote."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if not isinstance(state.role, Leader):
            return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Contact))
        fresh = {peer for peer in self.peers if state.role.next[peer] <= len(state.log)}
        return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Contact) or trigger.to in fresh)

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        if not isinstance(trigger, Contact) or not isinstance(state.role, Leader):
            return after
        return step(evolve(state, role=evolve(state.role, next=state.role.next.put(trigger.to, len(state.log) + 1))), *after.effects)


# ---- the pitfalls, in systems as small as show them

C0, C1, C2 = addresses("client", 3)


def leading_twice(server: type[Server]) -> System[History]:
    """Return a server alone, which may lead twice."""
    return system((("x", "y"),), servers=1, terms=2, network=RELIABLE, faults=Faults(crashes=1, recoveries=1, who=(S0,)), server=server)


def elect(leader: Address, voter: Address, term: int) -> tuple[object, ...]:
    """Stand, and lead with the vote of one other."""
    return (Fire(leader, Elect), Receive(voter, leader, RequestVote(term, ANY)), Receive(leader, voter, Grant(term)))


def replicate(leader: Address, peer: Address) -> tuple[object, ...]:
    """Send a heartbeat, which does not match, and then the first entry."""
    heartbeat = (Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, Mismatch))
    return (*heartbeat, *store(leader, peer))


def store(leader: Address, peer: Address) -> tuple[object, ...]:
    """Send what is next, and hear that it is stored."""
    return (Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, Stored))


STORES_ANYTHING = Pitfall(
    "raft.StoresAnything",
    "A follower stores an entry behind others than those that precede it in the leader's log.",
    breaks=spec.log_matching,
    subject=system((("x", "z"), ("y",)), terms=3, network=RELIABLE, server=StoresAnything),
    length=21,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S1, Elect),  # in a term in which the others have voted
        *elect(S1, S2, 2),
        Ask(S1, C1, ANY),  # y stays with the second
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, S2, 3),
        *replicate(S0, S2)[:-1],  # x, at a third that has the log of the leader
        Ask(S0, C0, ANY),
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries),  # z, which stands behind x
    ),
    correct=system((("x", "z"), ("y",)), terms=3, network=RELIABLE),
    quick=False,
)
REPLACES_THE_REST = Pitfall(
    "raft.ReplacesTheRest",
    "A follower drops what follows the entry that it is sent, though it has that entry: an old message shortens its log.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system((("x", "y"),), servers=2, candidates=(S0,), server=ReplacesTheRest),
    length=14,
)
CUTS_AT_A_HEARTBEAT = Pitfall(
    "raft.CutsAtAHeartbeat",
    "A follower takes the position that an old heartbeat names for the end of the leader's log.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system(servers=2, network=RELIABLE, server=CutsAtAHeartbeat),
    length=10,
)
PUTS_NEW_ENTRIES_FIRST = Pitfall(
    "raft.PutsNewEntriesFirst",
    "A leader puts a new entry before those of an earlier term.",
    breaks=spec.terms_of_a_log_never_decrease,
    subject=leading_twice(PutsNewEntriesFirst),
    length=6,
)
CLEARS_ITS_LOG = Pitfall(
    "raft.ClearsItsLog",
    "A leader drops what is not committed before it appends.",
    breaks=spec.leader_append_only,
    subject=system((("x",), ("y",)), servers=2, network=RELIABLE, server=ClearsItsLog),
    length=5,
)
STAMPS_THE_NEXT_TERM = Pitfall(
    "raft.StampsTheNextTerm",
    "A leader stamps entries with a term that has not begun.",
    breaks=spec.terms_of_a_log_never_decrease,
    subject=system(servers=2, network=RELIABLE, server=StampsTheNextTerm),
    length=4,
)
SENDS_ONCE = Pitfall(
    "raft.SendsOnce",
    "What a server sends is sent once: it is lost, and its client waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system(servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=SendsOnce, promises=(*SAFETY, *STABLE)),
    length=7,
)
STAYS_AT_ITS_END = Pitfall(
    "raft.StaysAtItsEnd",
    "A new leader never goes back to what a follower lacks: that refuses all that comes behind.",
    breaks=spec.every_request_is_answered,
    subject=system(
        (("x",), ("y",)),
        candidates=(S0, S1),
        asked=((S0,), (S1,)),
        network=RELIABLE,
        faults=TIMELY,
        server=StaysAtItsEnd,
        promises=(*SAFETY, spec.every_request_is_answered),
    ),
    length=22,
)
