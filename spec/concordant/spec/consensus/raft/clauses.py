"""What Raft promises, clause by clause."""

from __future__ import annotations

from itertools import combinations

from concordant.spec.common import calls
from concordant.spec.consensus.raft import (
    Advanced,
    AppendEntries,
    Command,
    Committed,
    Elected,
    Entry,
    Grant,
    History,
    Log,
    NotLeader,
    Outdated,
    RequestVote,
    ServerView,
    Submit,
    Voted,
    position,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Reply,
    Seen,
    Send,
    Unknown,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


def _logs(seen: Seen[History]) -> tuple[tuple[Address, Log], ...]:
    return tuple((server, view.log) for server, view in seen.views(ServerView).items())


# ---- elections


@always(under=ALL)
def election_safety(seen: Seen[History]) -> Cases:
    """At most one leader is elected in a term.

    A leader has the votes of a majority, two majorities meet, and whoever is in both has voted once.
    """
    pairs = combinations(sorted(seen.history.leaders), 2)
    rivals = tuple((one, other) for one, other in pairs if one[0] == other[0])
    if seen.history.leaders:
        yield case(not rivals, rivals=rivals)


@on_event(Voted, under=ALL)
def a_vote_is_cast_once(before: History, by: Address, event: Voted) -> Cases:
    """A server votes once in a term, and in no term before one in which it has voted."""
    cast = tuple(sorted((term, whom) for term, voter, whom in before.votes if voter == by))
    yield case(all(term < event.term for term, _ in cast), votes=event, before=cast)


@on_event(Elected, under=ALL)
def an_election_needs_a_majority(before: History, by: Address, event: Elected) -> Cases:
    """Whoever is elected has the votes of a majority, and counts no others."""
    voters = before.voters(event.term, by)
    yield case(event.voters <= voters and len(event.voters) >= before.majority, counted=event.voters, voted=voters)


@every_step(ServerView, under=ALL)
def a_term_never_decreases(before: ServerView, after: ServerView) -> Cases:
    """The term of a server never decreases, and its vote in a term is never changed or forgotten, not even in a crash."""
    kept = before.term < after.term or before.vote in (None, after.vote)
    yield case(before.term <= after.term and kept, before=before, after=after)


@always_each(ServerView, under=ALL)
def a_vote_is_remembered(view: ServerView, server: Address, history: History) -> Cases:
    """While a term lasts, a server remembers whom it voted for in it, also through a crash."""
    cast = tuple(whom for term, voter, whom in sorted(history.votes) if (term, voter) == (view.term, server))
    if cast:
        yield case(view.vote in cast, server=server, term=view.term, cast=cast, remembers=view.vote)


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """Whoever asks for votes stands in that term, whoever grants one has cast it, whoever sends entries leads, and has committed what it says; and a term that is told has begun."""
    match event.message:
        case RequestVote(term):
            yield case(by in before.voters(term, by), stands_in=term, votes=before.votes)
        case Grant(term):
            yield case(by in before.voters(term, event.to), grants_in=term, votes=before.votes)
        case AppendEntries(term, _, _, commit):
            yield case(
                (term, by) in before.leaders and commit <= len(before.committed),
                leads=term,
                leaders=before.leaders,
                says_committed=commit,
                committed=before.committed,
            )
        case Outdated(term):
            yield case(term <= before.latest_term(), tells=term, latest=before.latest_term())


@always_each(ServerView, under=ALL)
def a_leader_stood_on_its_log(view: ServerView, server: Address, history: History) -> Cases:
    """A leader has told its voters how far its log went before its term."""
    stated = frozenset(last for term, candidate, last in history.stated if (term, candidate) == (view.term, server))
    if view.leads and stated:
        before = tuple(entry for entry in view.log if entry.term < view.term)
        yield case(stated == {position(before, len(before))}, server=server, stated=stated, log=view.log)


# ---- logs


@every_step(ServerView, under=ALL)
def leader_append_only(before: ServerView, after: ServerView) -> Cases:
    """While it leads, a server never changes or removes an entry of its log."""
    if before.leads and after.leads:
        yield case(after.log[: len(before.log)] == before.log, before=before.log, after=after.log)


@always(under=ALL)
def log_matching(seen: Seen[History]) -> Cases:
    """Two logs that hold entries of one term at one index are the same up to there.

    A leader puts one entry at an index, and an entry is stored only behind the one that precedes it in the leader's log.
    """
    for (one, first), (other, second) in combinations(_logs(seen), 2):
        alike = [place for place, pair in enumerate(zip(first, second, strict=False), 1) if pair[0].term == pair[1].term]
        if alike:
            yield case(first[: alike[-1]] == second[: alike[-1]], servers=(one, other), logs=(first, second))


@always_each(ServerView, under=ALL)
def terms_of_a_log_never_decrease(view: ServerView, server: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The terms of a log never decrease along it, and none is above the server's own."""
    if view.log:
        terms = tuple(entry.term for entry in view.log)
        yield case(terms == tuple(sorted(terms)) and terms[-1] <= view.term, server=server, terms=terms, own=view.term)


@always_each(ServerView, under=ALL)
def leader_completeness(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever leads a term has all entries that were committed in an earlier one.

    The term that counts is that in which an entry was committed, not the entry's own: in between, a leader may lack it.
    """
    due = tuple(each.entry for each in history.committed if each.term < view.term)
    if view.leads and due:
        yield case(view.log[: len(due)] == due, leader=server, term=view.term, log=view.log, committed=due)


@on_event(Advanced, under=ALL)
def a_leader_commits_entries_of_its_own_term(before: History, by: Address, event: Advanced) -> Cases:
    """What a leader commits ends with an entry of its own term; older entries are committed along with it."""
    yield case((event.term, by) in before.leaders and event.log[-1].term == event.term, term=event.term, commits=event.log)


@on_event(Advanced, under=ALL)
def what_is_committed_stays(before: History, by: Address, event: Advanced) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A leader commits on, behind what was committed before it."""
    known = tuple(each.entry for each in before.committed)
    shared = min(len(known), len(event.log))
    yield case(event.log[:shared] == known[:shared], commits=event.log, committed=known)


@always(under=ALL)
def a_majority_stores_what_is_committed(seen: Seen[History]) -> Cases:
    """What is committed stands in the logs of a majority for ever, down or up."""
    committed = tuple(each.entry for each in seen.history.committed)
    if committed:
        having = tuple(server for server, log in _logs(seen) if log[: len(committed)] == committed)
        yield case(len(having) >= seen.history.majority, committed=committed, stored_by=having)


@always(under=ALL)
def state_machine_safety(seen: Seen[History]) -> Cases:
    """Servers apply the same commands in the same order: each of them a part from the start of what is committed."""
    committed = tuple(each.entry for each in seen.history.committed)
    applied = tuple((server, view.committed) for server, view in seen.views(ServerView).items() if view.commit)
    wrong = tuple((server, log) for server, log in applied if log != committed[: len(log)])
    short = tuple(server for server, view in seen.views(ServerView).items() if view.commit > len(view.log))
    if applied:
        yield case(not wrong and not short, applied=wrong, committed=committed, beyond_their_logs=short)


@every_step(ServerView, under=Fault.LOSS | Fault.DUPLICATION)
def what_is_applied_stays_applied(before: ServerView, after: ServerView) -> Cases:
    """How far a server knows its log to be committed never decreases while it is up."""
    if before.commit:
        yield case(before.commit <= after.commit, before=before.commit, after=after.commit)


# ---- clients


@always_each(ServerView, under=ALL)
def exactly_once(view: ServerView, server: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No log holds a command twice, however often its client asks for it."""
    commands = [entry.command for entry in view.log]
    again = tuple(command for place, command in enumerate(commands) if command in commands[:place])
    if commands:
        yield case(not again, server=server, log=view.log, again=again)


@always_each(ServerView, under=ALL)
def validity(view: ServerView, server: Address, history: History) -> Cases:
    """A log holds only what a client has asked for, and nothing of which it was told everywhere that it was not done."""
    if view.log:
        possible = history.possible()
        strange = tuple(entry for entry in view.log if entry.command not in possible)
        yield case(not strange, server=server, strange=strange, may_be_done=possible)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A yes names where the client's own command is committed; *not leader* comes from a server that does not lead, and hints at who did in its term; *unknown* from one that is deposed."""
    match event.answer:
        case Committed(index, term):
            committed = frozenset((place, each.entry) for place, each in enumerate(before.committed, 1))
            told = frozenset((index, Entry(term, command)) for command in before.open_at(by, event.to))
            yield case(told <= committed, told=told, committed=committed)
        case NotLeader(hint):
            yield case(hint is None or before.led(hint) > before.led(by), told=event.answer, leaders=before.leaders)
        case Unknown():
            yield case(0 < before.led(by) < before.latest_term(), led=before.led(by), latest=before.latest_term())
        case answer:
            yield case(False, told=answer)  # there is no other


@on_event(Reply, under=ALL)
def linearizable(before: History, by: Address, event: Reply) -> Cases:
    """A command takes effect at one moment between the first asking and the answer: it stands behind all that was answered before it was asked for."""
    request = before.calls.open.get(Call(event.to, by))
    if isinstance(event.answer, Committed) and isinstance(request, Submit):
        floor = before.asked.get(Command(event.to, request.number, request.value), 0)
        yield case(floor < event.answer.index, told=event.answer, answered_before=floor)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


@always_each(ServerView, under=ALL)
def nobody_waits_at_a_follower(view: ServerView, server: Address, history: History) -> Cases:
    """A client waits only at a server that leads: whoever is deposed says so at once."""
    waiting = history.open_at(server)
    if waiting:
        yield case(view.leads, server=server, waiting=waiting)


@always_each(ServerView, under=ALL)
def nobody_waits_for_what_is_committed(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever waits at a server waits for what that does not know to be committed, even if it has asked for it before."""
    waiting = history.open_at(server)
    if waiting:
        late = tuple(entry for entry in view.committed if entry.command in waiting)
        yield case(not late, server=server, waiting=waiting, late=late)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION | Fault.CRASH)
def a_leader_is_elected(seen: Seen[History]) -> Cases:
    """Somebody leads in the end, if a majority stays up and nobody stands against it. Promised only where that is so."""
    leading = tuple(server for server, view in seen.views(ServerView).items() if view.leads)
    up = tuple(server for server in seen.views(ServerView) if seen.up(server))
    if len(up) >= seen.history.majority:
        yield case(bool(leading), up=up)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """Every request is answered in the end, if a majority stays up and nobody stands against its leader. Promised only where that is so."""
    up = tuple(server for server in seen.views(ServerView) if seen.up(server))
    if len(up) >= seen.history.majority:
        yield case(not seen.waiting(), waiting=seen.waiting(), up=up)


@eventually(Fair.DELIVERY | Fair.CHOICES, under=Fault.LOSS | Fault.DUPLICATION)
def every_server_learns_what_is_committed(seen: Seen[History]) -> Cases:
    """Every server applies in the end what is committed, if nobody stands against the leader. Promised only where that is so."""
    for server, view in seen.views(ServerView).items():
        if seen.history.committed:
            yield case(view.commit == len(seen.history.committed), server=server, applied=view.commit, committed=seen.history.committed)


# ---- what must be possible


@sometimes
def a_candidate_stands_again(seen: Seen[History]) -> Cases:
    """A candidate that was not elected stands in the next term."""
    for term, candidate in sorted((term, voter) for term, voter, whom in seen.history.votes if voter == whom):
        again = candidate in seen.history.voters(term + 1, candidate)
        yield case(again and (term, candidate) not in seen.history.leaders, candidate=candidate, term=term)


@sometimes
def commits(seen: Seen[History]) -> Cases:
    """A command is committed."""
    for each in seen.history.committed:
        yield case(True, committed=each)


@sometimes
def commits_an_older_entry(seen: Seen[History]) -> Cases:
    """An entry is committed in a later term than its own, along with a newer one."""
    for each in seen.history.committed:
        yield case(each.entry.term < each.term, committed=each)


@sometimes
def logs_differ(seen: Seen[History]) -> Cases:
    """Two servers hold different entries at one index, of which one will be replaced."""
    for (_, first), (_, second) in combinations(_logs(seen), 2):
        yield case(any(one != other for one, other in zip(first, second, strict=False)), logs=(first, second))


@sometimes
def a_retry_finds_its_command(seen: Seen[History]) -> Cases:
    """A client waits at a leader for a command that an earlier leader has appended."""
    for server, view in seen.views(ServerView).items():
        for command in sorted(seen.history.open_at(server)):
            older = any(entry.command == command and entry.term < view.term for entry in view.log)
            yield case(older, server=server, waits_for=command, log=view.log)
