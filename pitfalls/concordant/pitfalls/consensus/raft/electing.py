"""What goes wrong in elections: votes, who counts them, and for whom they are."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.raft import ELECTIONS, SAFETY, Candidate, Server, State, Trigger, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.raft import AppendEntries, Grant, Message, Outdated, Position, RequestVote, Term, position
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Send, addresses, broadcast

# ---- mistakes


@frozen
class GrantsEverybody(Server):
    """Votes for whoever asks."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        return super().asked(evolve(state, vote=None), candidate, last)


@frozen
class GrantsWithoutVoting(Server):
    """Grants a vote that it has given to another."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return step(state, Send(candidate, Grant(state.term)))


@frozen
class IgnoresLogs(Server):
    """Votes for candidates with any log."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class CountsVotesTwice(Server):
    """Counts grants, not who gave them."""

    def voted(self, state: State, voter: Address) -> Step[State] | None:
        if isinstance(state.role, Candidate) and voter in state.role.votes:
            others = [peer for peer in self.peers if peer not in state.role.votes]
            return super().voted(state, others[0])
        return super().voted(state, voter)


@frozen
class KeepsItsVoters(Server):
    """Stands again with the votes that it was given before."""

    def stand(self, state: State) -> Step[State]:
        after = super().stand(state)
        match state.role, after.state.role:
            case Candidate(earlier), Candidate(votes):
                return step(evolve(after.state, role=Candidate(earlier | votes)), *after.effects)
            case _:
                return after


@frozen
class CountsOldVotes(Server):
    """Counts a grant whatever its term."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Grant) and message.term < state.term:
            return self.voted(state, source)
        return super().receive(state, source, message)


@frozen
class ComparesLengths(Server):
    """Votes for whoever has a log as long as its own."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        return last.index >= own.index


@frozen
class StandsInItsTerm(Server):
    """Stands again without a new term."""

    def stand(self, state: State) -> Step[State]:
        return super().stand(evolve(state, term=max(state.term - 1, 0)))


@frozen
class VotesForNobody(Server):
    """Stands, and counts a vote of its own that it has not cast."""

    def stand(self, state: State) -> Step[State]:
        term = state.term + 1
        asked = broadcast(self.peers, RequestVote(term, state.last))
        return step(evolve(state, term=term, vote=None, role=Candidate(frozenset({self.me}))), *asked)


@frozen
class StatesWhatIsCommitted(Server):
    """Tells its voters of what it knows to be committed only."""

    def stand(self, state: State) -> Step[State]:
        after = super().stand(state)
        asked = RequestVote(after.state.term, position(state.log, state.commit))
        return step(after.state, *(Send(effect.to, asked) if isinstance(effect, Send) else effect for effect in after.effects))


@frozen
class KeepsItsVote(Server):
    """Enters a later term with the vote of an earlier one."""

    def enter(self, state: State, term: Term) -> Step[State]:
        after = super().enter(state, term)
        return step(evolve(after.state, vote=state.vote), *after.effects)


@frozen
class GrantsOnce(Server):
    """Takes a candidate that asks again for one that has its vote already."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        return None if state.vote == candidate else super().asked(state, candidate, last)


@frozen
class AsksOnce(Server):
    """Asks each peer once for a vote."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return () if isinstance(state.role, Candidate) else super().armed(state)


@frozen
class KeepsQuiet(Server):
    """Takes no notice of leaders and candidates of earlier terms."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return None if message.term < state.term else super().receive(state, source, message)


@frozen
class HeedsThePast(Server):
    """Obeys leaders of earlier terms."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, AppendEntries) and message.term < state.term:
            return super().receive(evolve(state, term=message.term), source, message)
        return super().receive(state, source, message)


@frozen
class HalfIsEnough(Server):
    """Takes half of the servers for a majority."""

    def is_majority(self, count: int) -> bool:
        return 2 * count >= len(self.peers) + 1


@frozen
class SendsEntriesUnelected(Server):
    """Sends heartbeats as soon as it stands."""

    def message(self, state: State, to: Address) -> RequestVote | AppendEntries:
        message = super().message(state, to)
        return message if isinstance(message, AppendEntries) else AppendEntries(state.term, state.last, None, state.commit)


@frozen
class TellsTheNextTerm(Server):
    """Tells who is behind of the term that comes next."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return step(state, Send(source, Outdated(state.term + 1))) if message.term < state.term else super().receive(state, source, message)


# ---- the pitfalls, in systems as small as show them

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
S0, S1, S2 = addresses("server", 3)
TIMELY = Faults(synchronous=True)
"""Nobody is impatient while a message is under way, which leaves fewer states to explore."""

NO_TERMS = Pitfall(
    "RFT-4",
    "There are no terms in which a server votes once: two servers are elected, each orders commands by itself, and servers apply them in different orders.",
    breaks=spec.election_safety,
    subject=system((), network=RELIABLE, server=GrantsEverybody),
    length=6,
)
NO_TERMS_CAST = Pitfall(
    "RFT-4/cast",
    "A server votes twice in a term.",
    breaks=spec.a_vote_is_cast_once,
    subject=system((), network=RELIABLE, server=GrantsEverybody),
    length=3,
)
IGNORES_LOGS = Pitfall(
    "RFT-5",
    "Votes are given without a look at the candidate's log: its term begins without an entry that is committed, and overwrites it.",
    breaks=spec.leader_completeness,
    subject=system(candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=IgnoresLogs),
    length=13,
)
COUNTS_VOTES_TWICE = Pitfall(
    "raft.CountsVotesTwice",
    "A candidate counts a duplicated grant twice, and leads four servers with two votes.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((), servers=4, server=CountsVotesTwice),
    length=4,
)
KEEPS_ITS_VOTERS = Pitfall(
    "raft.KeepsItsVoters",
    "A candidate that was one vote short stands again, with the votes of the term before: it leads four servers, of which two have voted for it.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((), servers=4, candidates=(S0, S0), network=Network(losses=2), faults=TIMELY, server=KeepsItsVoters, promises=ELECTIONS),
    length=8,
)
COUNTS_OLD_VOTES = Pitfall(
    "raft.CountsOldVotes",
    "A candidate stands again, and then a vote of the term before comes late: it counts for a term in which nobody has cast it.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((), servers=2, candidates=(S0, S0), network=RELIABLE, server=CountsOldVotes, promises=ELECTIONS),
    length=4,
)
STANDS_IN_ITS_TERM = Pitfall(
    "raft.StandsInItsTerm",
    "A server that has voted in a term stands in that term.",
    breaks=spec.a_term_never_decreases,
    subject=system(servers=2, server=StandsInItsTerm, network=RELIABLE),
    length=3,
)
VOTES_FOR_NOBODY = Pitfall(
    "raft.VotesForNobody",
    "A candidate counts a vote of its own that it has not cast.",
    breaks=spec.a_message_is_true,
    subject=system(servers=2, server=VotesForNobody, network=RELIABLE),
    length=1,
)
GRANTS_WITHOUT_VOTING = Pitfall(
    "raft.GrantsWithoutVoting",
    "A server grants a vote, and keeps no record of it.",
    breaks=spec.a_message_is_true,
    subject=system(servers=2, server=GrantsWithoutVoting, network=RELIABLE),
    length=2,
)
HALF_IS_ENOUGH = Pitfall(
    "raft.HalfIsEnough",
    "Half of the servers are taken for a majority: one of two leads by its own vote.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((), servers=2, network=RELIABLE, server=HalfIsEnough),
    length=1,
)
EACH_APPLIES_ITS_OWN = Pitfall(
    "raft.HalfIsEnough/applied",
    "Half of the servers are taken for a majority: both halves commit, and apply different commands.",
    breaks=spec.state_machine_safety,
    subject=system((("x",), ("y",)), servers=2, network=RELIABLE, server=HalfIsEnough),
    length=6,
)
SENDS_ENTRIES_UNELECTED = Pitfall(
    "raft.SendsEntriesUnelected",
    "A candidate sends heartbeats, and those that would not vote for it follow it.",
    breaks=spec.a_message_is_true,
    subject=system((), servers=2, network=RELIABLE, server=SendsEntriesUnelected, promises=ELECTIONS),
    length=2,
)
TELLS_THE_NEXT_TERM = Pitfall(
    "raft.TellsTheNextTerm",
    "Who is behind is told of a term that nobody has begun.",
    breaks=spec.a_message_is_true,
    subject=system((), servers=2, terms=2, network=RELIABLE, server=TellsTheNextTerm, promises=ELECTIONS),
    length=4,
)
STATES_WHAT_IS_COMMITTED = Pitfall(
    "raft.StatesWhatIsCommitted",
    "A candidate says how far it knows its log to be committed, not how far it goes: whoever has as much as it refuses to vote for it.",
    breaks=spec.a_leader_stood_on_its_log,
    subject=system(servers=2, candidates=(S0, S1), network=LOSSY, faults=TIMELY, server=StatesWhatIsCommitted),
    length=13,
)
KEEPS_ITS_VOTE = Pitfall(
    "raft.KeepsItsVote",
    "A server takes its vote along into a later term: whom it voted for there it never voted for again.",
    breaks=spec.a_message_is_true,
    subject=system(servers=2, terms=2, server=KeepsItsVote, network=LOSSY, faults=TIMELY),
    length=5,
)
HEEDS_THE_PAST = Pitfall(
    "raft.HeedsThePast",
    "A server obeys a leader whose term is over, and goes back to that term.",
    breaks=spec.a_term_never_decreases,
    subject=system(servers=2, candidates=(S0, S1), server=HeedsThePast, network=RELIABLE),
    length=6,
)
GRANTS_ONCE = Pitfall(
    "raft.GrantsOnce",
    "A grant is lost, and the candidate asks again and again: the voter is silent, since it has voted.",
    breaks=spec.a_leader_is_elected,
    subject=system(
        (), servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=GrantsOnce, promises=(*ELECTIONS, spec.a_leader_is_elected)
    ),
    length=5,
)
ASKS_ONCE = Pitfall(
    "raft.AsksOnce",
    "A candidate whose question is lost does not ask again.",
    breaks=spec.a_leader_is_elected,
    subject=system(
        (), servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=AsksOnce, promises=(*ELECTIONS, spec.a_leader_is_elected)
    ),
    length=2,
)
KEEPS_QUIET = Pitfall(
    "raft.KeepsQuiet",
    "Nobody tells a leader that a later term has begun, whose candidate has crashed: it leads on, followed by nobody, and its client waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system(
        servers=2,
        candidates=(S0, S1),
        network=LOSSY,
        faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
        server=KeepsQuiet,
        promises=(*SAFETY, spec.every_request_is_answered),
    ),
    length=9,
)
