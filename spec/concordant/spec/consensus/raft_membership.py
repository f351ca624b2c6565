"""Raft's change of membership, one server at a time: the configuration is an entry of the log, and in force as soon as it is in there.

Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 4.1, with its repair: Ongaro, "bug in single-server membership
changes" (raft-dev, 2015). A leader changes nothing before an entry of its own term is committed, for which it begins the term with one.
The machine is that of `raft`, whose peers are those of the latest configuration in its log.
Assumes: what `raft` assumes, but for servers that are fixed. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that a leader can be removed, for none removes itself; that a server that was removed disturbs nobody.
Not proved: what is promised here for every number of servers, changes and terms, since the theorems of `raft` are about fixed servers. It is
explored, in small scopes; of what it rests on only that neighbouring majorities meet is proved for all sizes, as a theorem of `quorums`.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    Command,
    Committed,
    Elected,
    Entry,
    Log,
    NotLeader,
    ServerView,
    Stored,
    Submit,
    Term,
)
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.shared import beginnings
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    Send,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY
Members: TypeAlias = frozenset[Address]


@frozen(order=True)
class Configuration(Command):
    """A command that makes these servers the members."""

    members: Members


def members(log: Log, first: Members) -> Members:
    """Return who is a member by a log: those of its latest configuration; the first ones, if there is none.

    >>> sorted(members((), frozenset({Address("server", 0)})))
    [server0]
    """
    changes = tuple(entry.command for entry in log if isinstance(entry.command, Configuration))
    return changes[-1].members if changes else first


def is_majority(servers: Members, of: Members) -> bool:
    """Tell whether servers are members, and more than half of them."""
    return servers <= of and 2 * len(servers) > len(of)


# ---- requests and answers


@frozen
class Change:
    """A client asks that these be the members. Answered by `Committed`, `NotLeader`, `Unknown` or `NOT_NOW`."""

    number: int
    members: Members


Request: TypeAlias = Submit | Change
NOT_NOW = Rejected("a leader changes one server but itself, once its last change and an entry of its term are committed")

# ---- history


@frozen
class History(beginnings.History):
    """`first`: the members at first. `changes`: the configurations that were asked for. `logs`: by leader, its log, as it has told. `stored`: who has said in which term how far its log is the leader's."""

    first: Members = frozenset()
    changes: frozenset[Command] = frozenset()
    logs: Map[Address, Log] = Map()
    stored: frozenset[tuple[Address, Term, int]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = super().after(at, by, happening)
        match happening:
            case Change(number, asked):
                return evolve(after, changes=self.changes | {Configuration(by, number, "", asked)})
            case Elected(_, _, log):
                return evolve(after, logs=self.logs.put(at, log))
            case Appended(index, entry):
                return evolve(after, logs=self.logs.put(at, (*self.logs.get(at, ())[: index - 1], entry)))
            case Send(_, Stored(term, index)):
                return evolve(after, stored=self.stored | {(at, term, index)})
            case _:
                return after

    def possible(self) -> frozenset[Command]:
        """Return the commands that may be in a log, also those that change the members."""
        return super().possible() | self.changes

    def leading(self, server: Address) -> Members:
        """Return the members by the log of a leader."""
        return members(self.logs.get(server, ()), self.first)

    def may_change(self, leader: Address, asked: Members) -> bool:
        """Tell whether a leader may make these the members: itself among them, and one server more or less than in a change that is committed, as is an entry of its term."""
        own, term = self.leading(leader), self.led(leader)
        known = tuple(each for each in self.committed if each.term <= term)
        settled = members(tuple(each.entry for each in known), self.first) == own
        return leader in asked and len(own ^ asked) == 1 and settled and any(each.term == term for each in known)

    @property
    def configured(self) -> int:
        """How many changes are committed."""
        return sum(isinstance(each.entry.command, Configuration) for each in self.committed)


# ---- clauses


@on_event(Elected, under=ALL)
def an_election_needs_a_majority(before: History, by: Address, event: Elected) -> Cases:
    """Whoever is elected has the votes of a majority of the members by its log, and counts no others."""
    own = members(event.log, before.first)
    voters = before.voters(event.term, by)
    yield case(event.voters <= voters and is_majority(event.voters, own), counted=event.voters, voted=voters, members=own)


@on_event(Advanced, under=ALL)
def a_commitment_needs_a_majority(before: History, by: Address, event: Advanced) -> Cases:
    """What a leader commits is stored by a majority of the members by its log, committed or not, as each of the others has told it."""
    own = before.leading(by)
    told = {server for server, term, index in before.stored if term == event.term and index >= len(event.log)}
    yield case(
        event.servers <= told | {by} and is_majority(event.servers, own), stored_by=event.servers, told_by=frozenset(told), members=own
    )


@on_event(Appended, under=ALL)
def one_change_at_a_time(before: History, by: Address, event: Appended) -> Cases:
    """A leader adds or removes one other server, once it has committed an entry of its term, and so all that its log has of earlier ones; and its last change.

    Then two configurations of which one is in force somewhere have majorities that meet. Without the entry of its own term two leaders
    may each change the configuration that both have found: these two differ by two servers, and each has a majority of its own.
    """
    if isinstance(event.entry.command, Configuration):
        to = event.entry.command.members
        yield case(before.may_change(by, to), changes=before.leading(by), to=to, committed=before.committed)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A yes to a change names where that is committed, and only a change is put off that its leader may not make; all else is answered as Raft does."""
    request = before.calls.open.get(Call(event.to, by))
    if isinstance(request, Change) and isinstance(event.answer, Committed):
        committed = tuple(each.entry for each in before.committed)
        own = Entry(event.answer.term, Configuration(event.to, request.number, "", request.members))
        yield case(committed[event.answer.index - 1 : event.answer.index] == (own,), told=event.answer, asked=request, committed=committed)
    elif event.answer == NOT_NOW:
        put_off = isinstance(request, Change) and before.led(by) > 0 and not before.may_change(by, request.members)
        yield case(put_off, told=event.answer, asked=request, changes=before.leading(by), committed=before.committed)
    else:
        yield from core.an_answer_is_true.cases(before, by, event)


@on_event(Reply, under=Fault.LOSS | Fault.DUPLICATION)
def whoever_follows_says_whom(before: History, by: Address, event: Reply) -> Cases:
    """Whoever has stored what the leader of the latest term sent, and has not crashed since, sends clients there: members change, and a client may not know them."""
    latest = before.latest_term()
    if isinstance(event.answer, NotLeader) and any((server, term) == (by, latest) for server, term, _ in before.stored):
        yield case((latest, event.answer.hint) in before.leaders, told=event.answer, term=latest, leaders=before.leaders)


@always_each(ServerView, under=ALL)
def a_leader_tells_its_log(view: ServerView, server: Address, history: History) -> Cases:
    """The log of a leader is that with which it was elected, and what it has said that it has appended."""
    if view.leads:
        yield case(view.log == history.logs.get(server), server=server, log=view.log, told=history.logs.get(server))


@always_each(ServerView, under=ALL)
def a_change_waits_where_it_is(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever waits for a change waits at a leader that has it in its log: whoever is deposed, or may not make it, says so at once."""
    for call, asked in history.calls.open.items():
        if call.at == server and isinstance(asked, Change):
            due = Configuration(call.user, asked.number, "", asked.members)
            yield case(view.leads and any(entry.command == due for entry in view.log), server=server, waits_for=asked, log=view.log)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """Every request is answered in the end, if all servers are up and nobody stands against the leader. Promised only where that is so."""
    if seen.history.calls.open or seen.history.calls.answered:
        yield case(not seen.waiting(), waiting=seen.waiting())


@always_each(ServerView, under=ALL)
def validity(view: ServerView, server: Address, history: History) -> Cases:
    """A log holds only what a client has asked for, and was not told that it was not done, changes that were asked for, and the entries with which leaders have begun."""
    yield from core.validity.cases(view, server, history)


@sometimes
def a_server_joins(seen: Seen[History]) -> Cases:
    """A change is committed by which there are more members."""
    for each in seen.history.committed:
        if isinstance(each.entry.command, Configuration):
            yield case(len(each.entry.command.members) > len(seen.history.first), change=each)


@sometimes
def a_server_leaves(seen: Seen[History]) -> Cases:
    """A change is committed by which there are fewer members."""
    for each in seen.history.committed:
        if isinstance(each.entry.command, Configuration):
            yield case(len(each.entry.command.members) < len(seen.history.first), change=each)


@sometimes
def a_change_is_undone(seen: Seen[History]) -> Cases:
    """A leader has other members by its log than one that lacks its last change, and is elected after it."""
    own = {server: seen.history.leading(server) for server in seen.history.logs}
    if own:
        yield case(len(set(own.values())) > 1 and seen.history.configured == 0, members=own)
