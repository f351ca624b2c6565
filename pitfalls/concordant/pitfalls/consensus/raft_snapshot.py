"""What goes wrong when Raft compacts its log: what a snapshot leaves out, when it is made, what it replaces, and what is left of the log."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.replicating import elect, store
from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft_snapshot import SAFETY, Server, State, blanks, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, System, step
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import Contact, History, Log, Position, Stored, Written
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_snapshot import Compact, Install, Session, Snapshot, snapshot_of
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Network, Send, addresses

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
class InstallsWhateverComes(Server):
    """Installs a snapshot although it has applied more than that."""

    def is_news(self, state: State, snapshot: Snapshot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class DropsTheRest(Server):
    """Drops all of its log for a snapshot, also what follows that."""

    def rest(self, log: Log, last: Position) -> Log:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class KeepsTheRest(Server):
    """Keeps what follows a snapshot in its log, whatever stands before that."""

    def rest(self, log: Log, last: Position) -> Log:
        return log[last.index :]


@frozen
class StoresWhatItHasForgotten(Server):
    """Stores an entry that is in its snapshot as if it were new."""

    def is_forgotten(self, state: State, previous: Position) -> bool:  # noqa: ARG002  # that is the mistake
        return False


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
class SendsItsLog(Server):
    """Makes a snapshot of all of its log for whoever lacks something."""

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:
        log = state.snapshot.applied + state.core.log[state.forgotten :]
        return (Send(to, Install(state.core.term, snapshot_of(log))),)


@frozen
class SendsNothingInstead(Server):
    """Has nothing to send to whoever lacks what it has forgotten."""

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class InstallsInSilence(Server):
    """Installs a snapshot, and does not say so."""

    def install(self, state: State, source: Address, snapshot: Snapshot) -> Step[State]:
        return step(super().install(state, source, snapshot).state)


# ---- the pitfalls, in systems as small as show them

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)
C0, C1 = addresses("client", 2)
AT_BOTH = ((S0,), (S1,))
RIVALS = (("x",), ("y",))


def _alone(server: type[Server], scripts: tuple[tuple[str, ...], ...] = (("x", "y"),), retries: int = 0) -> System[History]:
    """One server, which leads, and may crash, come back and lead again."""
    faults = Faults(crashes=1, recoveries=1, who=(S0,))
    return system(scripts, servers=1, candidates=(S0, S0), retries=retries, network=RELIABLE, faults=faults, server=server)


def _in_turn(server: type[Server], *promised: Clause) -> System[History]:
    """Two servers, which lead in turn, and send all of their logs or what these come to."""
    return system(
        RIVALS,
        candidates=(S0, S1),
        asked=AT_BOTH,
        network=RELIABLE,
        faults=TIMELY,
        inner=SendsAll,
        server=server,
        promises=(*SAFETY, *promised),
    )


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
INSTALLS_WHATEVER_COMES = Pitfall(
    "raft_snapshot.InstallsWhateverComes",
    "A snapshot that comes late is installed over a newer one: what is forgotten, and not in the old one, is lost.",
    breaks=spec.a_snapshot_never_gets_older,
    subject=system(RIVALS, candidates=(S0, S1), asked=AT_BOTH, inner=SendsAll, server=InstallsWhateverComes),
    length=26,
    schedule=(
        *elect(S0, S1, 1),
        Ask(S0, C0, ANY),
        Fire(S0, Written),
        *store(S0, S1),
        *store(S0, S1)[:2],  # that it is committed
        *elect(S1, S0, 2),
        Ask(S1, C1, ANY),
        Fire(S1, Written),
        Fire(S1, Compact),
        Fire(S1, Contact(S0)),
        Receive(S0, S1, Install),  # of the first entry; it will come again
        Receive(S1, S0, Stored),
        *store(S1, S0),
        *store(S1, S0)[:2],
        Fire(S0, Compact),
        Receive(S0, S1, Install),
    ),
    correct=system(RIVALS, candidates=(S0, S1), asked=AT_BOTH, inner=SendsAll),
)
DROPS_THE_REST = Pitfall(
    "raft_snapshot.DropsTheRest",
    "A server that has come back, and does not know what is committed, is sent a snapshot, and drops all of its log: with that an entry behind, which it has acknowledged.",
    breaks=core.a_majority_stores_what_is_committed,
    subject=system(
        (("x", "y"),),
        candidates=(S0, S1, S0),
        asked=((S0,),),
        compacting=(S0,),
        late=S0,
        network=LOSSY,
        faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
        inner=SendsAll,
        server=DropsTheRest,
    ),
    length=24,
)
KEEPS_THE_REST = Pitfall(
    "raft_snapshot.KeepsTheRest",
    "A server has entries of a leader that nobody followed; it installs a snapshot in place of the first, and keeps the second behind it.",
    breaks=core.terms_of_a_log_never_decrease,
    subject=system(
        (("x",), ("z",), ("y",)),
        servers=3,
        candidates=(S0, S1),
        asked=((S0,), (S0,), (S1,)),
        compacting=(S1,),
        sending=(S1,),
        network=RELIABLE,
        faults=TIMELY,
        server=KeepsTheRest,
    ),
    length=19,
)
STORES_WHAT_IT_HAS_FORGOTTEN = Pitfall(
    "raft_snapshot.StoresWhatItHasForgotten",
    "An entry that is in the snapshot comes again, and is stored as if it were new: what follows it is dropped, though it was acknowledged.",
    breaks=core.a_majority_stores_what_is_committed,
    subject=system((("x", "y"),), candidates=(S0,), server=StoresWhatItHasForgotten),
    length=15,
)
STARTS_FROM_THE_FIRST = Pitfall(
    "raft_snapshot.StartsFromTheFirst",
    "A server comes back with its snapshot, and applies its log to it from the first entry on, which is in there already.",
    breaks=spec.what_is_in_a_snapshot_is_applied,
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
SENDS_ITS_LOG = Pitfall(
    "raft_snapshot.SendsItsLog",
    "A leader sends what all of its log comes to, committed or not: whoever installs that applies what may still be replaced.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=system((("x",), ("z",)), servers=3, candidates=(S0,), compacting=(S0,), network=RELIABLE, faults=TIMELY, server=SendsItsLog),
    length=13,
)
SENDS_NOTHING_INSTEAD = Pitfall(
    "raft_snapshot.SendsNothingInstead",
    "A leader has forgotten what a server lacks, and has nothing else to send: that server stays behind for ever.",
    breaks=core.every_server_learns_what_is_committed,
    subject=system(
        servers=3,
        candidates=(S0,),
        compacting=(S0,),
        network=RELIABLE,
        faults=TIMELY,
        server=SendsNothingInstead,
        promises=(*SAFETY, core.every_server_learns_what_is_committed),
    ),
    length=20,
)
INSTALLS_IN_SILENCE = Pitfall(
    "raft_snapshot.InstallsInSilence",
    "A server installs a snapshot, and its leader does not hear of it: it is sent the same again and again, and never what follows.",
    breaks=core.every_request_is_answered,
    subject=_in_turn(InstallsInSilence, core.every_request_is_answered),
    length=21,
)
