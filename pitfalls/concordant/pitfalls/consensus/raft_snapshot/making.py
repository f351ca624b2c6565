"""What goes wrong with the making of snapshots: when, of what, what they leave out, and what a crash leaves of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft_snapshot import SAFETY, Server, State, blanks, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import History, Log, Submit
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_snapshot import Session, Snapshot
from concordant.spec.vocabulary import Address, Faults, Map, Network, addresses

# ---- mistakes


@frozen
class ForgetsTheLastTerm(Server):
    """Keeps how many entries are in the snapshot, and not the term of the last."""

    def blanks(self, snapshot: Snapshot) -> Log:
        return blanks(evolve(snapshot.last, term=0))


@frozen
class CompactsAllItHas(Server):
    """Puts all of its log into the snapshot, committed or not."""

    def may_compact(self, state: State) -> bool:
        return len(state.core.log) > state.forgotten

    def compacts_to(self, state: State) -> int:
        return len(state.core.log)


@frozen
class KeepsAllOfItsLog(Server):
    """Makes a snapshot, and leaves its log as it is."""

    def compact(self, state: State) -> Step[State]:
        return step(evolve(super().compact(state).state, core=state.core))


@frozen
class CutsItsLogAtTheEnd(Server):
    """Makes a snapshot of what is applied, and forgets all of its log."""

    def compact(self, state: State) -> Step[State]:
        after = super().compact(state).state
        log = blanks(evolve(after.snapshot.last, index=len(after.core.log)))
        return step(evolve(after, core=evolve(after.core, log=log)))


@frozen
class LeavesSessionsOut(Server):
    """Keeps what commands did, and not whose they were."""

    def session(self, state: State, client: Address) -> Session | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class KeepsFirstSessions(Server):
    """Keeps the first command of each client, and never notes the next."""

    def extended(self, snapshot: Snapshot, entries: Log) -> Snapshot:
        made = super().extended(snapshot, entries)
        first = {client: snapshot.sessions.get(client, session) for client, session in made.sessions.items()}
        return evolve(made, sessions=Map.of(first))


@frozen
class StartsFromTheFirst(Server):
    """Comes back as a server that has applied nothing."""

    def restarted(self, left: raft.State, snapshot: Snapshot) -> State:
        return State(left, snapshot)


@frozen
class KeepsSnapshotsInMemory(Server):
    """Cuts its log on the disk, and keeps the snapshot in memory."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(State(evolve(left, log=left.log[state.forgotten :])) for left in self.core.survives(state.core))


@frozen
class StampsItsOwnTerm(Server):
    """Takes the term in which it makes a snapshot for that of the last entry."""

    def compact(self, state: State) -> Step[State]:
        after = super().compact(state).state
        last = evolve(after.snapshot.last, term=state.core.term)
        return step(evolve(after, snapshot=evolve(after.snapshot, last=last)))


@frozen
class BeginsAnew(Server):
    """Makes a snapshot of what its log has, and not of the last snapshot."""

    def extended(self, snapshot: Snapshot, entries: Log) -> Snapshot:
        return evolve(super().extended(snapshot, entries), applied=entries)


@frozen
class TakesAllForDone(Server):
    """Takes whatever a client asks that is in its snapshot for what it has done, and says nothing."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        return step(state) if self.session(state, client) else super().request(state, client, request)


# ---- the pitfalls, in systems as small as show them

RELIABLE = Network()
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)
C0, C1 = addresses("client", 2)
AT_BOTH = ((S0,), (S1,))
RIVALS = (("x",), ("y",))


def _alone(server: type[Server], scripts: tuple[tuple[str, ...], ...] = (("x", "y"),), retries: int = 0) -> System[History]:
    """One server, which leads, and may crash, come back and lead again."""
    faults = Faults(crashes=1, recoveries=1, who=(S0,))
    return system(scripts, servers=1, candidates=(S0, S0), retries=retries, network=RELIABLE, faults=faults, server=server)


def falls_behind(server: type[Server]) -> System[History]:
    """Three servers, of which two lead in turn, and the second has forgotten what the third lacks."""
    return system(servers=3, candidates=(S0, S1), asked=((S0,),), compacting=(S1,), network=RELIABLE, faults=TIMELY, server=server)


FORGETS_THE_LAST_TERM = Pitfall(
    "raft_snapshot.ForgetsTheLastTerm",
    "A snapshot says how many entries are in it, and not of which term the last is: its server votes for one whose log ends earlier, and what was committed is gone.",
    breaks=core.leader_completeness,
    subject=system(
        RIVALS,
        servers=3,
        candidates=(S0, S1, S0),
        asked=AT_BOTH,
        compacting=(S2,),
        sending=(S1,),
        network=RELIABLE,
        faults=TIMELY,
        server=ForgetsTheLastTerm,
    ),
    length=22,
)
COMPACTS_ALL_IT_HAS = Pitfall(
    "raft_snapshot.CompactsAllItHas",
    "A server puts entries into its snapshot that are not committed, and can never be replaced there.",
    breaks=spec.what_is_in_a_snapshot_is_applied,
    subject=_alone(CompactsAllItHas),
    length=3,
)
KEEPS_ALL_OF_ITS_LOG = Pitfall(
    "raft_snapshot.KeepsAllOfItsLog",
    "A server makes a snapshot, and forgets nothing of what is in it: its log grows for ever.",
    breaks=spec.a_log_forgets_what_is_in_the_snapshot,
    subject=_alone(KeepsAllOfItsLog),
    length=4,
)
CUTS_ITS_LOG_AT_THE_END = Pitfall(
    "raft_snapshot.CutsItsLogAtTheEnd",
    "A server forgets all of its log, of which the snapshot has only what is applied: what follows that is gone.",
    breaks=spec.a_log_forgets_what_is_in_the_snapshot,
    subject=_alone(CutsItsLogAtTheEnd),
    length=5,
)
LEAVES_SESSIONS_OUT = Pitfall(
    "raft_snapshot.LeavesSessionsOut",
    "What commands did is in the snapshot, and not whose they were: a client asks again, and its command is done twice.",
    breaks=core.exactly_once,
    subject=_alone(LeavesSessionsOut, (("x",),), retries=1),
    length=5,
)
KEEPS_FIRST_SESSIONS = Pitfall(
    "raft_snapshot.KeepsFirstSessions",
    "Of each client the first command is noted in the snapshot, and none that follows.",
    breaks=spec.a_snapshot_is_true,
    subject=_alone(KeepsFirstSessions),
    length=7,
)
STARTS_FROM_THE_FIRST = Pitfall(
    "raft_snapshot.StartsFromTheFirst",
    "A server comes back with its snapshot, and applies its log to it from the first entry on, which is in there already.",
    breaks=spec.what_is_in_a_snapshot_is_applied,
    subject=_alone(StartsFromTheFirst),
    length=5,
)
SETS_BACK_TOO_FAR = Pitfall(
    "raft_snapshot.StartsFromTheFirst/alone",
    "A server that crashes has applied less than is in its snapshot.",
    breaks=spec.a_server_is_set_back_only_to_its_snapshot,
    subject=_alone(StartsFromTheFirst),
    length=5,
)
KEEPS_SNAPSHOTS_IN_MEMORY = Pitfall(
    "raft_snapshot.KeepsSnapshotsInMemory",
    "The log is cut on the disk before the snapshot is there: a crash, and neither has what was committed.",
    breaks=core.a_majority_stores_what_is_committed,
    subject=_alone(KeepsSnapshotsInMemory),
    length=5,
)
COMES_BACK_WITHOUT_IT = Pitfall(
    "raft_snapshot.KeepsSnapshotsInMemory/alone",
    "A server comes back without its snapshot.",
    breaks=spec.a_snapshot_never_gets_older,
    subject=_alone(KeepsSnapshotsInMemory),
    length=5,
)
STAMPS_ITS_OWN_TERM = Pitfall(
    "raft_snapshot.StampsItsOwnTerm",
    "A snapshot is stamped with the term in which it is made, and not with that of its last entry.",
    breaks=spec.a_snapshot_is_true,
    subject=falls_behind(StampsItsOwnTerm),
    length=19,
)
BEGINS_ANEW = Pitfall(
    "raft_snapshot.BeginsAnew",
    "The second snapshot is made of what the log has, and leaves out what the first had.",
    breaks=spec.a_snapshot_is_true,
    subject=_alone(BeginsAnew),
    length=7,
)
TAKES_ALL_FOR_DONE = Pitfall(
    "raft_snapshot.TakesAllForDone",
    "Whatever a client asks whose first command is in the snapshot is taken for that: its second is never done, nor answered.",
    breaks=core.every_request_is_answered,
    subject=system(
        (("x", "y"),),
        servers=1,
        candidates=(S0,),
        network=RELIABLE,
        server=TakesAllForDone,
        promises=(*SAFETY, core.every_request_is_answered),
    ),
    length=5,
)
