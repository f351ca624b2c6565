"""What goes wrong when the members of Raft change: majorities that do not meet, of configurations that are too far from each other."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.raft import Candidate, Leader, State, Trigger
from concordant.refimpl.consensus.raft_membership import Server, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, System
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Contact,
    Elect,
    Grant,
    History,
    Log,
    Message,
    Mismatch,
    RequestVote,
    Stored,
    Written,
)
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_membership import Members
from concordant.spec.vocabulary import Address, Faults, Network, addresses

# ---- mistakes


@frozen
class ChangesBeforeItHasBegun(Server):
    """Changes the members before an entry of its term is committed, as Raft was published in 2014."""

    def has_begun(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ChangesOnceAnythingIsCommitted(Server):
    """Changes the members once an entry is committed, of whatever term."""

    def has_begun(self, state: State) -> bool:
        return state.commit > 0


@frozen
class ChangesBeforeTheLast(Server):
    """Changes the members before its last change is committed."""

    def is_settled(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ChangesManyAtOnce(Server):
    """Makes any servers the members."""

    def may_change(self, state: State, asked: Members) -> bool:
        return self.me in asked and self.is_settled(state) and self.has_begun(state)


@frozen
class RemovesItself(Server):
    """Takes itself for a server like any other."""

    def may_change(self, state: State, asked: Members) -> bool:
        return len(self.members(state.log) ^ asked) == 1 and self.is_settled(state) and self.has_begun(state)


@frozen
class ChangesToTheSame(Server):
    """Takes the members that there are for a change like any other."""

    def may_change(self, state: State, asked: Members) -> bool:
        return super().may_change(state, asked) or (asked == self.members(state.log) and self.is_settled(state) and self.has_begun(state))


@frozen
class KeepsTheFirstMembers(Server):
    """Goes on with the members that it has started with."""

    def members(self, log: Log) -> Members:  # noqa: ARG002  # that is the mistake
        return self.first


@frozen
class AsksTheFirstMembers(Server):
    """Stands before the members that it has started with."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return super().fire(state, trigger) if isinstance(state.role, Leader) else self.among(()).fire(state, trigger)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Grant):
            return self.among(()).receive(state, source, message)
        return super().receive(state, source, message)


@frozen
class StandsAsNoMember(Server):
    """Stands whether it is a member or not."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return self.among(state.log).armed(state)


@frozen
class CountsWhomItAsks(Server):
    """Counts the votes that it asks for."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        if not isinstance(after.state.role, Candidate):
            return after
        return after.then(lambda state: self.among(state.log).voted(evolve(state, role=Candidate(self.members(state.log))), self.me))


@frozen
class CountsWhoIsBehind(Server):
    """Takes whatever a follower has stored for all of its log."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return super().receive(state, source, evolve(message, index=len(state.log)) if isinstance(message, Stored) else message)


# ---- the pitfalls, in systems as small as show them

RELIABLE, TIMELY = Network(), Faults(synchronous=True)
S0, S1, S2, S3 = addresses("server", 4)
C0, C1 = addresses("client", 2)
PAIR, TRIO = frozenset({S0, S1}), frozenset({S0, S1, S2})


def elect(leader: Address, term: int, *voters: Address) -> tuple[object, ...]:
    """Stand, and be elected by these and itself."""
    asked = tuple(
        move for voter in voters for move in (Receive(voter, leader, RequestVote(term, ANY)), Receive(leader, voter, Grant(term)))
    )
    return (Fire(leader, Elect), *asked)


def send(leader: Address, peer: Address, answer: type[Stored | Mismatch] = Stored) -> tuple[object, ...]:
    """Send a peer the next entry, which it stores, or which does not match what it has."""
    return (Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, answer))


CROSSING = ((S0, (frozenset({S0, S2, S3}),)), (S1, (frozenset({S1, S2, S3}),)))
CHANGES_BEFORE_IT_HAS_BEGUN = Pitfall(
    "raft_membership.ChangesBeforeItHasBegun",
    "Two leaders change the members that both have found, of which the second does not know of the first: two majorities that do not meet, and one elects who lacks what the other has committed (raft-dev, 2015).",
    breaks=core.what_is_committed_stays,
    subject=system(*CROSSING, first=4, servers=4, candidates=(S0, S1, S0), network=RELIABLE, server=ChangesBeforeItHasBegun),
    length=40,
    schedule=(
        *elect(S0, 1, S1, S2),
        Ask(S0, C0, ANY),  # the second server is to leave: so far only the first knows
        Fire(S0, Written),
        *elect(S1, 2, S2, S3),
        Ask(S1, C1, ANY),  # the first is to leave: its second and third are a majority of the rest
        Fire(S1, Written),
        *send(S1, S2),
        *send(S1, S2),  # here that is committed
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, 3, S3),  # a majority of the first, the third and the fourth
        Fire(S0, Written),
        *send(S0, S3, Mismatch),
        *send(S0, S3, Mismatch),
        *send(S0, S3),
        *send(S0, S3),
        *send(S0, S3),  # and commits: at the first place there are two entries
    ),
    correct=system(*CROSSING, first=4, servers=4, candidates=(S0, S1, S0), network=RELIABLE),
    correct_stops_at=25,
)


def alone(server: type[Server], *scripts: tuple[Address, tuple[str | Members, ...]], informed: bool = True) -> System[History]:
    """One server, which leads; two others may join it."""
    return system(*scripts, first=1, servers=3, candidates=(S0,), informed=informed, network=RELIABLE, faults=TIMELY, server=server)


CHANGES_AT_ONCE = Pitfall(
    "raft_membership.ChangesBeforeItHasBegun/alone",
    "A leader changes the members before an entry of its term is committed.",
    breaks=spec.one_change_at_a_time,
    subject=alone(ChangesBeforeItHasBegun, (S0, (PAIR,))),
    length=2,
)


def pair(server: type[Server], *scripts: tuple[Address, tuple[str | Members, ...]], informed: bool = True) -> System[History]:
    """Two servers, which lead in turn."""
    return system(*scripts, first=2, servers=2, candidates=(S0, S1), informed=informed, network=RELIABLE, faults=TIMELY, server=server)


CHANGES_ONCE_ANYTHING_IS_COMMITTED = Pitfall(
    "raft_membership.ChangesOnceAnythingIsCommitted",
    "A leader knows of an entry of the term before that is committed, and changes the members before one of its own is.",
    breaks=spec.one_change_at_a_time,
    subject=pair(ChangesOnceAnythingIsCommitted, (S1, (frozenset({S1}),))),
    length=14,
)
REMOVES_ITSELF = Pitfall(
    "raft_membership.RemovesItself",
    "A leader removes itself, and goes on leading servers of which it is none.",
    breaks=spec.one_change_at_a_time,
    subject=pair(RemovesItself, (S0, (frozenset({S1}),))),
    length=8,
)
CHANGES_BEFORE_THE_LAST = Pitfall(
    "raft_membership.ChangesBeforeTheLast",
    "A leader adds a second server before that the first is a member is committed.",
    breaks=spec.one_change_at_a_time,
    subject=alone(ChangesBeforeTheLast, (S0, (PAIR,)), (S0, (TRIO,))),
    length=4,
)
REMOVES_BEFORE_THE_LAST = Pitfall(
    "raft_membership.ChangesBeforeTheLast/leaving",
    "A leader removes a second server before that the first is none any more is committed: it goes on alone, and two others are a majority of three.",
    breaks=spec.one_change_at_a_time,
    subject=system(
        (S0, (PAIR,)),
        (S0, (frozenset({S0}),)),
        first=3,
        servers=3,
        candidates=(S0,),
        network=RELIABLE,
        faults=TIMELY,
        server=ChangesBeforeTheLast,
    ),
    length=11,
)
CHANGES_MANY_AT_ONCE = Pitfall(
    "raft_membership.ChangesManyAtOnce",
    "A leader adds two servers by one change: one server was a majority, and the two others are one.",
    breaks=spec.one_change_at_a_time,
    subject=alone(ChangesManyAtOnce, (S0, (TRIO,))),
    length=3,
)
CHANGES_TO_THE_SAME = Pitfall(
    "raft_membership.ChangesToTheSame",
    "A leader takes the members that there are for a change: its log has a configuration that changes nothing, and holds up the next.",
    breaks=spec.one_change_at_a_time,
    subject=alone(ChangesToTheSame, (S0, (frozenset({S0}),))),
    length=3,
)
COMMITS_BY_THE_FIRST_MEMBERS = Pitfall(
    "raft_membership.KeepsTheFirstMembers",
    "A leader counts those who were members at first: it commits by itself although another has joined.",
    breaks=spec.a_commitment_needs_a_majority,
    subject=alone(KeepsTheFirstMembers, (S0, (PAIR,))),
    length=4,
)
ASKS_THE_FIRST_MEMBERS = Pitfall(
    "raft_membership.AsksTheFirstMembers",
    "A server that was removed still counts as a voter.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((S0, (PAIR,)), first=3, servers=3, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=AsksTheFirstMembers),
    length=17,
)
STANDS_AS_NO_MEMBER = Pitfall(
    "raft_membership.StandsAsNoMember",
    "A server that is no member by its own log stands, and with the vote of one that is takes itself for elected.",
    breaks=spec.an_election_needs_a_majority,
    subject=system(first=1, servers=2, candidates=(S1,), network=RELIABLE, faults=TIMELY, server=StandsAsNoMember),
    length=3,
)
COUNTS_WHOM_IT_ASKS = Pitfall(
    "raft_membership.CountsWhomItAsks",
    "A candidate takes the members for its voters: whoever stands leads, and nobody has voted for it but itself.",
    breaks=spec.an_election_needs_a_majority,
    subject=pair(CountsWhomItAsks),
    length=1,
)
COUNTS_WHO_IS_BEHIND = Pitfall(
    "raft_membership.CountsWhoIsBehind",
    "A new member that stores the first entry is counted for all of them.",
    breaks=spec.a_commitment_needs_a_majority,
    subject=alone(CountsWhoIsBehind, (S0, (PAIR,))),
    length=10,
)
