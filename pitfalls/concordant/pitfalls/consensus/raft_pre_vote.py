"""What goes wrong with Raft's pre-vote: a term that begins too soon, and a leader that is deposed although it is heard."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Leader, State, Trigger
from concordant.refimpl.consensus.raft_pre_vote import ELECTIONS, LOGS, Asking, Server, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus import raft_pre_vote as spec
from concordant.spec.consensus.raft import Contact, History, Log, Outdated, Position, Term
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_pre_vote import LostTouch, Message, PreVote
from concordant.spec.vocabulary import Address, Announce, Faults, Network, Send, addresses

# ---- mistakes


@frozen
class StandsAtOnce(Server):
    """Stands without a question, as Raft does without pre-vote."""

    def stand(self, state: State) -> Step[State]:
        return raft.Server.stand(self, state)


@frozen
class CountsAnswersTwice(Server):
    """Counts who is willing by answers, not by who gave them."""

    def wanted(self, state: State, voter: Address) -> Step[State] | None:
        if isinstance(state.role, Asking) and voter in state.role.wanted_by:
            others = [peer for peer in self.peers if peer not in state.role.wanted_by]
            return super().wanted(state, others[0])
        return super().wanted(state, voter)


@frozen
class TakesOldAnswers(Server):
    """Takes whoever was willing for an earlier term for one that is willing now."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return self.wanted(state, source) if isinstance(message, spec.Willing) else super().receive(state, source, message)


@frozen
class ClaimsMore(Server):
    """Asks as if its log had one entry more."""

    def question(self, state: State) -> PreVote:
        asked = super().question(state)
        return evolve(asked, last=evolve(asked.last, index=asked.last.index + 1))


@frozen
class AsksOnce(Server):
    """Asks each peer once whether it would vote."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return () if isinstance(state.role, Asking) else super().armed(state)


@frozen
class IgnoresLogs(Server):
    """Is willing to vote for candidates with any log."""

    def is_willing(self, state: State, last: Position) -> bool:
        return super().is_willing(evolve(state, log=()), last)


@frozen
class GrantsOnce(Server):
    """Takes a candidate that asks again for one that has its vote already."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        return None if state.vote == candidate else super().asked(state, candidate, last)


@frozen
class LeadsInSilence(Server):
    """Asks on while nobody has answered, and sends nothing once it leads."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        quiet = isinstance(state.role, Leader)
        return tuple(trigger for trigger in super().armed(state) if not (quiet and isinstance(trigger, Contact)))


@frozen
class NeverFits(Server):
    """Finds that nothing fits behind its log."""

    def has(self, log: Log, previous: Position) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class DisownsItsLeader(Server):
    """Would vote for another although it hears from its leader."""

    def is_willing(self, state: State, last: Position) -> bool:
        return self.is_up_to_date(last, state.last)


@frozen
class LosesWhatItNeverHad(Server):
    """Says whenever it asks, or enters a term, that it has lost touch with its leader."""

    def lost_touch(self, state: State) -> tuple[Announce, ...]:  # noqa: ARG002  # that is the mistake
        return (Announce(LostTouch()),)


@frozen
class EntersTheTerm(Server):
    """Enters the term that it is asked about."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        if isinstance(message, PreVote) and message.term > state.term and after is not None:
            return after.then(lambda state: self.enter(state, message.term))
        return after


@frozen
class IsWillingAfterVoting(Server):
    """Would vote in a term that it has begun, although it has voted there."""

    def asked_before(self, state: State, source: Address, term: Term, last: Position) -> Step[State] | None:
        return super().asked_before(evolve(state, term=min(state.term, term - 1)), source, term, last)


@frozen
class TellsAnother(Server):
    """Says that it is willing to the first of its peers."""

    def asked_before(self, state: State, source: Address, term: Term, last: Position) -> Step[State] | None:  # noqa: ARG002
        return super().asked_before(state, self.peers[0], term, last)


@frozen
class TellsTheTermAskedAbout(Server):
    """Tells who is behind the term that it has asked about."""

    def asked_before(self, state: State, source: Address, term: Term, last: Position) -> Step[State] | None:
        return step(state, Send(source, Outdated(term))) if term <= state.term else super().asked_before(state, source, term, last)


# ---- the pitfalls, in systems as small as show them

RELIABLE, LOSSY, TIMELY = Network(), Network(losses=None, copies=1), Faults(synchronous=True)
S0, S1, S2, S3 = addresses("server", 4)

STANDS_AT_ONCE = Pitfall(
    "raft_pre_vote.StandsAtOnce",
    "A server that was cut off comes back with a term of its own, and deposes a leader that all others hear.",
    breaks=spec.a_candidate_is_wanted,
    subject=system(network=RELIABLE, faults=TIMELY, server=StandsAtOnce),
    length=1,
)
COUNTS_ANSWERS_TWICE = Pitfall(
    "raft_pre_vote.CountsAnswersTwice",
    "One server that is willing says so twice, and is taken for two.",
    breaks=spec.a_candidate_is_wanted,
    subject=system(servers=4, server=CountsAnswersTwice),
    length=4,
)
TAKES_OLD_ANSWERS = Pitfall(
    "raft_pre_vote.TakesOldAnswers",
    "An answer about an earlier term is counted for this one.",
    breaks=spec.a_candidate_is_wanted,
    subject=system(servers=2, terms=2, candidates=(S0, S0), server=TakesOldAnswers),
    length=5,
)
CLAIMS_MORE = Pitfall(
    "raft_pre_vote.ClaimsMore",
    "A server asks with a longer log than it stands on: those that would vote for it do not.",
    breaks=spec.a_candidate_is_wanted,
    subject=system(servers=2, candidates=(S0,), server=ClaimsMore),
    length=3,
)
DISOWNS_ITS_LEADER = Pitfall(
    "raft_pre_vote.DisownsItsLeader",
    "A server that hears from its leader is willing to vote for another, as one does that looks at logs alone.",
    breaks=spec.who_hears_a_leader_wants_no_other,
    subject=system(candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=DisownsItsLeader),
    length=11,
)
IS_WILLING_AFTER_VOTING = Pitfall(
    "raft_pre_vote.IsWillingAfterVoting",
    "A server says that it would vote in a term in which it has: a majority may be willing that will not vote.",
    breaks=spec.who_is_willing_was_asked,
    subject=system(servers=2, candidates=(S0,), server=IsWillingAfterVoting),
    length=5,
)
TELLS_ANOTHER = Pitfall(
    "raft_pre_vote.TellsAnother",
    "A server says that it is willing to somebody who has not asked.",
    breaks=spec.who_is_willing_was_asked,
    subject=system(candidates=(S1,), server=TellsAnother),
    length=2,
)
TELLS_THE_TERM_ASKED_ABOUT = Pitfall(
    "raft_pre_vote.TellsTheTermAskedAbout",
    "Who asks about a term that is over is told of that term only, and stays behind.",
    breaks=spec.who_is_behind_is_told_the_term,
    subject=system(servers=2, candidates=(S0, S0), server=TellsTheTermAskedAbout),
    length=8,
)
LOSES_WHAT_IT_NEVER_HAD = Pitfall(
    "raft_pre_vote.LosesWhatItNeverHad",
    "A server says that it has lost touch with a leader, and had none.",
    breaks=spec.who_loses_touch_had_a_leader,
    subject=system(servers=2, candidates=(S0,), server=LosesWhatItNeverHad),
    length=1,
)
ENTERS_THE_TERM = Pitfall(
    "raft_pre_vote.EntersTheTerm",
    "A question about a term is taken for its beginning: asking deposes the leader, as standing did.",
    breaks=spec.a_term_begins_with_a_candidate,
    subject=system(network=RELIABLE, faults=TIMELY, server=EntersTheTerm),
    length=2,
)
ASKS_ONCE = Pitfall(
    "raft_pre_vote.AsksOnce",
    "A question about the next term is lost, and never asked again.",
    breaks=core.a_leader_is_elected,
    subject=system(
        servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=AsksOnce, promises=(*ELECTIONS, core.a_leader_is_elected)
    ),
    length=2,
)
IGNORES_LOGS = Pitfall(
    "raft_pre_vote.IgnoresLogs",
    "A server is willing to vote for a shorter log than its own, and refuses when it comes to the vote: a term begins in vain.",
    breaks=spec.who_is_willing_would_vote,
    subject=system(
        (("x",),),
        servers=2,
        candidates=(S0, S1),
        asked=((S0,),),
        network=LOSSY,
        faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        server=IgnoresLogs,
    ),
    length=10,
)
GRANTS_ONCE = Pitfall(
    "raft_pre_vote.GrantsOnce",
    "A grant is lost, and the candidate asks again and again: the voter is silent, since it has voted.",
    breaks=core.a_leader_is_elected,
    subject=system(
        servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=GrantsOnce, promises=(*ELECTIONS, core.a_leader_is_elected)
    ),
    length=7,
)


def _answering(server: type[Server]) -> System[History]:
    promises = (*LOGS, core.every_request_is_answered)
    return system((("x",),), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=server, promises=promises)


LEADS_IN_SILENCE = Pitfall(
    "raft_pre_vote.LeadsInSilence",
    "Once it leads, a server sends nothing by itself: no entry reaches the others.",
    breaks=core.every_request_is_answered,
    subject=_answering(LeadsInSilence),
    length=7,
)
NEVER_FITS = Pitfall(
    "raft_pre_vote.NeverFits",
    "A follower refuses each entry, and the leader sends it again and again.",
    breaks=core.every_request_is_answered,
    subject=_answering(NeverFits),
    length=12,
)
