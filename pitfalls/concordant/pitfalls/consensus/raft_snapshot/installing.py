"""What goes wrong with snapshots that are sent: what is sent instead, what they replace, and what is left of the log."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.replicating import elect, store
from concordant.pitfalls.consensus.raft_snapshot.making import AT_BOTH, C0, C1, RELIABLE, RIVALS, S0, S1, TIMELY, falls_behind
from concordant.refimpl.consensus.raft import Candidate
from concordant.refimpl.consensus.raft_snapshot import SAFETY, Server, State, Trigger, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, System, step
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import Contact, History, Log, Position, Stored, Written
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_snapshot import Compact, Install, Message, Snapshot, snapshot_of
from concordant.spec.vocabulary import Address, Clause, Map, Send

# ---- mistakes


@frozen
class InstallsWhateverComes(Server):
    """Installs a snapshot as if it had none."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return super().receive(State(state.core) if isinstance(message, Install) else state, source, message)


@frozen
class DropsTheRest(Server):
    """Drops all of its log for a snapshot, also what follows that."""

    def kept(self, log: Log, last: Position) -> Log:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class KeepsTheRest(Server):
    """Keeps what follows a snapshot in its log, whatever stands before that."""

    def kept(self, log: Log, last: Position) -> Log:  # noqa: ARG002  # that is the mistake
        return log


@frozen
class SetsItselfBack(Server):
    """Installs a snapshot, and goes on from its end, also where it has applied more."""

    def installed(self, state: State, snapshot: Snapshot) -> State:
        after = super().installed(state, snapshot)
        return evolve(after, core=evolve(after.core, commit=snapshot.last.index))


@frozen
class StoresWhatItHasForgotten(Server):
    """Stores an entry that is in its snapshot as if it were new."""

    def is_forgotten(self, state: State, previous: Position) -> bool:  # noqa: ARG002  # that is the mistake
        return False


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
class SendsNoSessions(Server):
    """Sends what commands did, and not whose they were."""

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:
        return (Send(to, Install(state.core.term, evolve(state.snapshot, sessions=Map()))),)


@frozen
class SendsAnEmptyFile(Server):
    """Sends where its snapshot ends, and nothing of what that holds."""

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:
        return (Send(to, Install(state.core.term, evolve(state.snapshot, applied=()))),)


@frozen
class SendsItsOwnTerm(Server):
    """Sends its term for that of the last entry."""

    def instead(self, state: State, to: Address) -> tuple[Send, ...]:
        last = evolve(state.snapshot.last, term=state.core.term)
        return (Send(to, Install(state.core.term, evolve(state.snapshot, last=last))),)


@frozen
class SendsUnelected(Server):
    """Sends its snapshot as soon as it stands."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        if isinstance(trigger, Contact) and isinstance(state.core.role, Candidate):
            return step(state, *self.instead(state, trigger.to))
        return super().fire(state, trigger)


@frozen
class InstallsInSilence(Server):
    """Installs a snapshot, and does not say so."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        return step(after.state) if after and isinstance(message, Install) else after


# ---- the pitfalls, in systems as small as show them


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


def _comes_back_late(server: type[Server]) -> System[History]:
    """Two servers, of which the second has more than it is sent a snapshot of when the first leads again."""
    return system(
        (("x", "y"),),
        candidates=(S0, S1, S0),
        asked=((S0,),),
        compacting=(S0,),
        late=S0,
        network=RELIABLE,
        faults=TIMELY,
        inner=SendsAll,
        server=server,
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
    "A server is sent a snapshot, and drops all of its log: with that an entry behind, which it has acknowledged.",
    breaks=core.a_majority_stores_what_is_committed,
    subject=_comes_back_late(DropsTheRest),
    length=22,
)
SETS_ITSELF_BACK = Pitfall(
    "raft_snapshot.SetsItselfBack",
    "A server has applied more than is in a snapshot that it is sent; it goes on from the end of that, and does again what follows.",
    breaks=spec.a_server_is_set_back_only_to_its_snapshot,
    subject=_comes_back_late(SetsItselfBack),
    length=25,
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
SENDS_ITS_LOG = Pitfall(
    "raft_snapshot.SendsItsLog",
    "A leader sends what all of its log comes to, committed or not: whoever installs that applies what may still be replaced.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=system((("x",), ("z",)), servers=3, candidates=(S0,), compacting=(S0,), network=RELIABLE, faults=TIMELY, server=SendsItsLog),
    length=13,
)
SENDS_NO_SESSIONS = Pitfall(
    "raft_snapshot.SendsNoSessions",
    "A snapshot is sent without the commands of clients: whoever installs it, and leads, does again what it is asked for again.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=falls_behind(SendsNoSessions),
    length=23,
)
SENDS_AN_EMPTY_FILE = Pitfall(
    "raft_snapshot.SendsAnEmptyFile",
    "A snapshot is sent of which only the beginning is there: whoever installs it has lost all that was done.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=falls_behind(SendsAnEmptyFile),
    length=23,
)
SENDS_ITS_OWN_TERM = Pitfall(
    "raft_snapshot.SendsItsOwnTerm",
    "A snapshot is sent as if its last entry were of the leader's term: whoever installs it refuses what follows that entry, and votes for nobody who has it.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=falls_behind(SendsItsOwnTerm),
    length=23,
)
SENDS_UNELECTED = Pitfall(
    "raft_snapshot.SendsUnelected",
    "A candidate sends its snapshot to those that do not answer, and they follow it.",
    breaks=spec.what_is_sent_is_a_true_snapshot,
    subject=system(candidates=(S0,), server=SendsUnelected),
    length=2,
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
