"""What goes wrong with reads that leave the log alone: the leader no longer leads, or does not know yet how far its log is committed."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import State, Trigger
from concordant.refimpl.consensus.raft_read_index import SAFETY, Leader, Server, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.common.consistency.objects import Value
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import Command, Committed, Contact, History, NotLeader, Term
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_read_index import Alive, Heartbeat, Message, Request, written
from concordant.spec.vocabulary import Address, Faults, Network, Reply, Send, addresses, broadcast

# ---- mistakes


@frozen
class TrustsItself(Server):
    """Answers a read without asking whether it still leads."""

    def is_confirmed(self, role: Leader, round: int) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TakesOldAnswers(Server):
    """Takes an answer to any heartbeat for one to the last."""

    def is_confirmed(self, role: Leader, round: int) -> bool:
        return super().is_confirmed(role, min(round, 1))


@frozen
class TrustsItsCommit(Server):
    """Takes how far it knows its log to be committed for how far it is."""

    def has_begun(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ReadsItsLog(Server):
    """Answers from all of its log, as if that were committed."""

    def answered(self, state: State, role: Leader) -> Step[State]:
        after = super().answered(state, role)
        told = (evolve(effect, answer=Value(written(state.log))) if isinstance(effect, Reply) else effect for effect in after.effects)
        return step(after.state, *told)


@frozen
class BeginsSilently(Server):
    """Begins its term without an entry."""

    def begin(self, state: State, role: raft.Leader) -> Step[State]:
        return step(evolve(state, role=Leader(role.next, role.stored)))


@frozen
class AsksInOneRound(Server):
    """Gives all its heartbeats the same number."""

    def read(self, state: State, role: Leader, client: Address) -> Step[State]:
        return super().read(state, evolve(role, round=0), client)


@frozen
class AnswersWhoeverAsks(Server):
    """Answers a heartbeat of a term that is over."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Heartbeat) and message.term < state.term:
            return step(state, Send(source, Alive(message.term, message.round)))
        return super().receive(state, source, message)


@frozen
class AsksWithoutLeading(Server):
    """Asks the others whether it leads although it does not."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        after = super().request(state, client, request)
        return (
            after if isinstance(state.role, Leader) else step(after.state, *after.effects, *broadcast(self.peers, Heartbeat(state.term, 1)))
        )


@frozen
class AnswersMoreThanIsAsked(Server):
    """Answers a heartbeat as if it were the next one."""

    def handle(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return super().handle(state, source, evolve(message, round=message.round + 1) if isinstance(message, Heartbeat) else message)


@frozen
class BeginsOnce(Server):
    """Begins with an entry of its own only if its log is empty."""

    def begin(self, state: State, role: raft.Leader) -> Step[State]:
        return step(evolve(state, role=Leader(role.next, role.stored))) if state.log else super().begin(state, role)


@frozen
class SaysYesAtOnce(Server):
    """Confirms a command as soon as it is in its own log."""

    def submitted(self, state: State, role: raft.Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return after.then(lambda state: step(evolve(state, role=role), Reply(client, Committed(len(state.log), state.term))))


@frozen
class TakesBack(Server):
    """Takes back, when it is deposed, commands that may yet be committed."""

    def enter(self, state: State, term: Term) -> Step[State]:
        after = super().enter(state, term)
        return step(after.state, *(Reply(effect.to, NotLeader(None)) if isinstance(effect, Reply) else effect for effect in after.effects))


@frozen
class DropsReaders(Server):
    """Forgets who waits for a read when it is deposed."""

    def enter(self, state: State, term: Term) -> Step[State]:
        return raft.Server.enter(self, state, term)


@frozen
class AsksAhead(Server):
    """Gives its heartbeats the number of the next read."""

    def read(self, state: State, role: Leader, client: Address) -> Step[State]:
        return super().read(state, evolve(role, round=role.round + 1), client)


@frozen
class AsksForNobody(Server):
    """Sends heartbeats also when nobody waits for a read."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        role = state.role
        if isinstance(trigger, Contact) and isinstance(role, Leader) and not role.reads:
            return after.then(lambda state: step(state, Send(trigger.to, Heartbeat(state.term, role.round))))
        return after


@frozen
class KeepsOneReader(Server):
    """Has room for one who waits for a read, and keeps the last."""

    def read(self, state: State, role: Leader, client: Address) -> Step[State]:
        return super().read(state, evolve(role, reads=()), client)


@frozen
class NotesTheNextRound(Server):
    """Notes an answer as if it were to the next round."""

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        return super().confirmed(state, peer, round + 1)


@frozen
class NotesWhatCameLast(Server):
    """Notes of each peer the answer that came last, not the latest."""

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        role = state.role
        forgetful = evolve(state, role=evolve(role, heard=role.heard.drop(peer))) if isinstance(role, Leader) else state
        return super().confirmed(forgetful, peer, round)


@frozen
class AsksOnce(Server):
    """Sends each heartbeat once."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return raft.Server.fire(self, state, trigger)


@frozen
class CountsFollowersOnly(Server):
    """Counts the followers that have answered, and not the leader itself."""

    def is_confirmed(self, role: Leader, round: int) -> bool:
        return self.is_majority(sum(heard >= round for heard in role.heard.values()))


@frozen
class LooksOnlyWhenConfirmed(Server):
    """Looks for who may be answered when a heartbeat is answered, and not when it has committed more."""

    def advance(self, state: State, role: raft.Leader) -> Step[State]:
        return raft.Server.advance(self, state, role)


# ---- the pitfalls, in systems as small as show them

RELIABLE, LOSSY, TIMELY = Network(), Network(losses=None, copies=1), Faults(synchronous=True)
S0, S1, _ = addresses("server", 3)


def _deposed(server: type[Server]) -> System[History]:
    """A leader that is cut off from another, which is elected and writes."""
    scripts = (S1, ("y",)), (S0, (None,))
    return system(*scripts, candidates=(S0, S1), behind=S0, network=LOSSY, faults=TIMELY, server=server)


def _pair(server: type[Server], network: Network = RELIABLE) -> System[History]:
    """Two servers that lead in turn: what the first has written, the second is asked for."""
    return system((S0, ("x",)), (S1, (None,)), servers=2, candidates=(S0, S1), network=network, faults=TIMELY, server=server)


def _alone(server: type[Server]) -> System[History]:
    promises = (*SAFETY, core.every_request_is_answered)
    return system((S0, (None,)), servers=1, candidates=(S0,), network=RELIABLE, server=server, promises=promises)


TRUSTS_ITSELF = Pitfall(
    "raft_read_index.TrustsItself",
    "A leader answers reads by itself: it was cut off, another was elected, and what that has written is not in the answer.",
    breaks=spec.linearizable,
    subject=_deposed(TrustsItself),
    length=28,
)
TRUSTS_ITS_COMMIT = Pitfall(
    "raft_read_index.TrustsItsCommit",
    "A new leader answers from what it knows to be committed: the last leader has committed more, and told its client, but not the others.",
    breaks=spec.linearizable,
    subject=_pair(TrustsItsCommit),
    length=17,
)
TAKES_OLD_ANSWERS = Pitfall(
    "raft_read_index.TakesOldAnswers",
    "That a majority has once confirmed a leader is taken for good: it may be deposed between two reads.",
    breaks=spec.a_read_is_confirmed,
    subject=system((S0, (None, None)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=TakesOldAnswers),
    length=11,
)
COUNTS_ITSELF = Pitfall(
    "raft_read_index.TrustsItself/confirmed",
    "A leader answers a read without having asked anybody.",
    breaks=spec.a_read_is_confirmed,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=TrustsItself),
    length=8,
)
ANSWERS_BEFORE_IT_HAS_BEGUN = Pitfall(
    "raft_read_index.TrustsItsCommit/confirmed",
    "A new leader answers a read before anything of its term is committed.",
    breaks=spec.a_read_is_confirmed,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=TrustsItsCommit),
    length=6,
)
NOTES_THE_NEXT_ROUND = Pitfall(
    "raft_read_index.NotesTheNextRound",
    "An answer to a heartbeat is taken for one to the next: a read that is not asked for yet is confirmed.",
    breaks=spec.what_is_heard_was_said,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=NotesTheNextRound),
    length=6,
)
NOTES_WHAT_CAME_LAST = Pitfall(
    "raft_read_index.NotesWhatCameLast",
    "An old answer comes late, and takes the place of the latest.",
    breaks=spec.what_is_heard_stays_heard,
    subject=system((S0, (None, None)), servers=2, candidates=(S0,), server=NotesWhatCameLast),
    length=14,
)
ASKS_AHEAD = Pitfall(
    "raft_read_index.AsksAhead",
    "A heartbeat has the number of a read that nobody has asked for yet: the answer will confirm that, too.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AsksAhead),
    length=4,
)
ASKS_FOR_NOBODY = Pitfall(
    "raft_read_index.AsksForNobody",
    "A leader sends heartbeats for ever, though nobody waits for a read.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AsksForNobody),
    length=5,
)
KEEPS_ONE_READER = Pitfall(
    "raft_read_index.KeepsOneReader",
    "There is room for one who waits for a read: the next takes the place, and the first is never answered.",
    breaks=spec.a_read_waits_at_a_leader,
    subject=system((S0, (None,)), (S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=KeepsOneReader),
    length=5,
)
READS_ITS_LOG = Pitfall(
    "raft_read_index.ReadsItsLog",
    "A read is told what is in the log of the leader, and not committed: it may yet be replaced.",
    breaks=spec.an_answer_is_true,
    subject=system((S0, ("x",)), (S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=ReadsItsLog),
    length=11,
)
BEGINS_SILENTLY = Pitfall(
    "raft_read_index.BeginsSilently",
    "A leader appends nothing of its own: until a client writes, it never learns how far its log is committed.",
    breaks=spec.a_leader_begins_its_term,
    subject=system((S0, ("x",)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=BeginsSilently),
    length=4,
)
BEGINS_ONCE = Pitfall(
    "raft_read_index.BeginsOnce",
    "Only the first leader begins its term with an entry of its own.",
    breaks=spec.a_leader_begins_its_term,
    subject=system((S1, ("y",)), servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=BeginsOnce),
    length=11,
)
SAYS_YES_AT_ONCE = Pitfall(
    "raft_read_index.SaysYesAtOnce",
    "A command is confirmed before a majority has it.",
    breaks=spec.an_answer_is_true,
    subject=system((S0, ("x",)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=SaysYesAtOnce),
    length=4,
)
ASKS_WITHOUT_LEADING = Pitfall(
    "raft_read_index.AsksWithoutLeading",
    "A server that does not lead asks the others whether it does.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), informed=False, network=RELIABLE, faults=TIMELY, server=AsksWithoutLeading),
    length=1,
)
ANSWERS_MORE_THAN_IS_ASKED = Pitfall(
    "raft_read_index.AnswersMoreThanIsAsked",
    "A heartbeat is answered as if it were the next one: that would confirm a read that is not asked for yet.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AnswersMoreThanIsAsked),
    length=5,
)
ASKS_IN_ONE_ROUND = Pitfall(
    "raft_read_index.AsksInOneRound",
    "All heartbeats are alike: an answer to one that was sent before the read counts for the read.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None, None)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AsksInOneRound),
    length=11,
)
ANSWERS_WHOEVER_ASKS = Pitfall(
    "raft_read_index.AnswersWhoeverAsks",
    "A server answers a heartbeat of a term that is over: the leader of that is confirmed by who has voted for another.",
    breaks=spec.a_round_is_true,
    subject=_deposed(AnswersWhoeverAsks),
    length=12,
)
TAKES_BACK = Pitfall(
    "raft_read_index.TakesBack",
    "A leader that is deposed says of a command in its log that it was not done.",
    breaks=spec.validity,
    subject=_pair(TakesBack),
    length=7,
)
DROPS_READERS = Pitfall(
    "raft_read_index.DropsReaders",
    "A leader that is deposed forgets who waits for a read, and has no answer to give any more.",
    breaks=spec.a_read_waits_at_a_leader,
    subject=system((S0, (None,)), servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=DropsReaders),
    length=7,
)
ASKS_ONCE = Pitfall(
    "raft_read_index.AsksOnce",
    "A heartbeat is lost, and is not sent again: the leader replicates on, and its reader waits.",
    breaks=core.every_request_is_answered,
    subject=system(
        (S0, (None,)),
        servers=2,
        candidates=(S0,),
        network=LOSSY,
        faults=TIMELY,
        server=AsksOnce,
        promises=(*SAFETY, core.every_request_is_answered),
    ),
    length=14,
)
LOOKS_ONLY_WHEN_CONFIRMED = Pitfall(
    "raft_read_index.LooksOnlyWhenConfirmed",
    "A single server is asked before its first entry is on its disk, and does not look again when it is: nobody sends it anything.",
    breaks=core.every_request_is_answered,
    subject=_alone(LooksOnlyWhenConfirmed),
    length=3,
)
A_LEADER_ALONE = Pitfall(
    "raft_read_index.CountsFollowersOnly",
    "Only followers that answer a heartbeat are counted: a single server never answers a read.",
    breaks=core.every_request_is_answered,
    subject=_alone(CountsFollowersOnly),
    length=3,
)
