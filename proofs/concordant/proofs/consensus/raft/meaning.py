"""Raft: what the states and words of a server mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

import z3

from concordant.proofs.consensus.raft.steps import A_MAJORITY_IS_A_QUORUM, is_led, taken
from concordant.proofs.consensus.raft.terms import (
    COMMANDS,
    INDEX,
    INDICES,
    IS_SERVER,
    LE,
    LONGEST,
    MODEL,
    NODE,
    NUMBERS,
    TERM,
    TERMS,
    UPTO,
    VALUE,
    command_of,
    entries,
    keys,
    node,
    node_of,
    pair,
    servers,
    sizes,
)
from concordant.proofs.kernel.handlers import USER
from concordant.proofs.kernel.meaning import (
    WHO,
    Cast,
    Meaning,
    Role,
    Said,
    Taken,
    unknown,
    who,
)
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import are_first, is_less
from concordant.refimpl.consensus.raft import Candidate, Follower, Leader, Server
from concordant.refimpl.consensus.raft import State as ServerState
from concordant.refimpl.machine import Handled, Step
from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    AppendEntries,
    Command,
    Committed,
    Elected,
    Entry,
    Grant,
    Mismatch,
    NotLeader,
    Outdated,
    Position,
    RequestVote,
    Stored,
    Submit,
    Voted,
)
from concordant.spec.vocabulary import Address, Unknown

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


class Rafts(Meaning):
    """Servers are the model's nodes. What a server was told of what it takes for committed it has applied."""

    stem = "raft"
    domains = (COMMANDS,)
    by_field: ClassVar = {
        **dict.fromkeys(
            (
                *(f"{kind}.term" for kind in ("State", "Position", "Entry", "RequestVote", "Grant", "AppendEntries", "Stored", "Mismatch")),
                *(f"{kind}.term" for kind in ("Outdated", "Voted", "Elected", "Advanced", "Committed")),
            ),
            (TERMS,),
        ),
        **dict.fromkeys(
            (
                *("State.commit", "Leader.next", "Leader.stored", "Position.index", "AppendEntries.commit", "Stored.index"),
                *("Mismatch.index", "Appended.index", "Committed.index"),
            ),
            (INDICES,),
        ),
        "Submit.number": (NUMBERS,),
    }
    said = Voted | Elected | Appended | Advanced | Committed | NotLeader | Unknown
    supposes: ClassVar = (A_MAJORITY_IS_A_QUORUM,)
    uses: ClassVar = (
        *(f"{sort}_{law}" for sort in ("term", "index") for law in ("reflexive", "transitive", "antisymmetric", "total")),
        *("none_is_least", "zero_is_least", "votes_are_in_terms_entered", "candidates_are_in_their_term"),
        *("logs_are_as_led", "leaders_logs_are_as_led", "a_leader_has_its_log", "what_is_claimed_is_led", "what_is_sent_is_led"),
        *("stored_within_the_leaders_log", "unwritten_is_not_stored"),
        *("what_is_committed_is_led", "what_is_committed_is_whole", "what_is_applied_is_committed", "applied_in_terms_entered"),
    )
    then: ClassVar[tuple[str, ...]] = ("what_is_applied_is_committed",)
    background: ClassVar = {
        "no two servers are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_SERVER(x), IS_SERVER(y), node_of(x) == node_of(y)), x == y)
        ),
        "terms and indices are counted from 0": And(are_first(TERMS), are_first(INDICES)),
    }
    roles = (
        Role(
            Server,
            lambda kind, me, cast: kind(me, cast.members[1:]),
            ("enter", "stand", "ask", "vote", "elect", "append", "write", "crash", "claim", "send", "store", "confirm", "commit", "apply"),
            (servers(3, 1),),
            sizes,
            large=(servers(4, 0), servers(3, LONGEST)),
            growing=("State.log", "Leader.waiting"),
            keys=keys,
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, ServerState):
            return unknown(state)
        n, t, log = node(me), TERMS.term(state.term), entries(state.log)
        voted = forall(NODE, lambda d: Not(s.vote(n, t, d))) if state.vote is None else s.vote(n, t, node(state.vote))
        return {
            "it is a server": IS_SERVER(who(me)),
            "it has left the terms below its own, and no others": forall(TERM, lambda u: s.left(n, u) == is_less(LE, u, t)),
            "it has voted in its term as it remembers": voted,
            "who stands or leads has voted for itself": z3.BoolVal(isinstance(state.role, Follower))
            if state.vote is None
            else Or(isinstance(state.role, Follower), who(state.vote) == who(me)),
            "its log has those entries": And([And(s.entry(n, *row), s.reaches(n, row[0])) for row in log]),
            "it has no others": forall(
                INDEX, TERM, VALUE, lambda i, u, v: Implies(s.entry(n, i, u, v), Or([And(i == j, u == ju, v == x) for j, ju, x in log]))
            ),
            "it goes no further": forall(INDEX, lambda i: Implies(s.reaches(n, i), Or([i == j for j, _, _ in log]))),
            **_applied(s, n, INDICES.term(state.commit), log),
            **_role(s, me, t, state.role, log),
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case RequestVote(term, last):
                return {
                    "it stands, with that log": s.asked(node(source), TERMS.term(term), INDICES.term(last.index), TERMS.term(last.term))
                }
            case AppendEntries(term, previous, entry, commit):
                return _appending(s, TERMS.term(term), previous, entry, INDICES.term(commit))
            case Stored(term, index):
                return {"it has stored the log up to there": _stored(s, source, TERMS.term(term), INDICES.term(index))}
            case Mismatch() | Outdated():
                return {}
            case _:
                return None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        another = {"another server sends it": And(IS_SERVER(who(source)), who(source) != who(to))}
        if isinstance(message, Grant):
            return {**another, "it has voted for whom it tells": s.vote(node(source), TERMS.term(message.term), node(to))}
        said = self.message(s, source, message)
        return None if said is None else {**another, **said}

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        n = node(me)
        match what:
            case Voted(term, candidate):
                return {"it has voted": s.vote(n, TERMS.term(term), node(candidate))}
            case Elected(term, voters, log):
                t = TERMS.term(term)
                return {
                    "it is elected": s.elected(n, t),
                    "its voters have voted for it": And([s.vote(node(each), t, n) for each in voters]),
                    "it leads with its log": And([s.led(t, *each) for each in entries(log)]),
                }
            case Appended(index, entry):
                return {"it stands in the log of its leader": s.led(TERMS.term(entry.term), INDICES.term(index), *pair(entry))}
            case Advanced(term, log, servers):
                t, k = TERMS.term(term), INDICES.term(len(log))
                return {
                    "all of it is committed": And([s.committed(t, k, *each) for each in entries(log)]),
                    "those servers store it": And([s.stored(node(each), t, k) for each in servers]),
                }
            case Committed(index, term):
                return {"what it has asked for is committed": _stands_at(s, INDICES.term(index), TERMS.term(term), _asked(asked))}
            case NotLeader() | Unknown():
                return {}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        if not isinstance(state.role, Leader):
            return ()
        waiting = state.role.waiting.items()
        return tuple((client, state.log[place - 1].command) for place, client in waiting if place <= len(state.log))

    def asked_for(self, user: Address, request: Submit) -> Command:
        return Command(user, request.number, request.value)

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        return taken(me, before, move, after, cast)

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        return And(IS_SERVER(process), arguments["n"] == node_of(process))


# ---- what is said


def _applied(s: State, n: Term, commit: Term, log: list[tuple[Term, Term, Term]]) -> Said:
    """What a server takes for committed it has applied."""

    def is_applied(row: tuple[Term, Term, Term]) -> Term:
        return exists(TERM, INDEX, lambda t, k: s.applied(n, t, k, *row))

    applied = [Implies(UPTO(row[0], commit), is_applied(row)) for row in log]
    return {"it takes for committed what its log has": UPTO(commit, INDICES.term(len(log))), "that it has applied": And(applied)}


def _role(s: State, me: Address, t: Term, role: Any, log: list[tuple[Term, Term, Term]]) -> Said:
    n = node(me)
    no_leader = {"it does not lead": forall(TERM, lambda u: Not(s.leads(n, u)))}
    written = {"its disk has its log": And([Not(s.unwritten(n, i)) for i, _, _ in log])}
    match role:
        case Follower():
            return {**written, **no_leader, "it does not stand": Not(s.stands(n, t))}
        case Candidate(votes):
            return {
                **written,
                **no_leader,
                "it stands": s.stands(n, t),
                "it counts itself": Or([who(each) == who(me) for each in votes]),
                "whom it counts has voted for it": And([And(IS_SERVER(who(each)), s.vote(node(each), t, n)) for each in votes]),
            }
        case Leader(next, stored, waiting):
            end, (disk,) = len(log), [INDICES.term(index) for server, index in stored.items() if who(server).eq(who(me))]
            return {
                "it leads": s.leads(n, t),
                "its disk has so much of its log": And([s.unwritten(n, i) == is_less(UPTO, disk, i) for i, _, _ in log]),
                "that is no more than there is": UPTO(disk, INDICES.term(end)),
                "who waits, waits for what is in its log": z3.BoolVal(all(place <= end for place in waiting)),
                "what it sends next is in its log, or comes after it": And(
                    [
                        And(UPTO(INDICES.term(1), INDICES.term(each)), UPTO(INDICES.term(each), INDICES.term(end + 1)))
                        for each in next.values()
                    ]
                ),
                "others have stored the log so far": And(
                    [Or(who(server) == who(me), _stored(s, server, t, INDICES.term(index))) for server, index in stored.items()]
                ),
            }
        case _:
            return unknown(role)


def _stored(s: State, server: Address, t: Term, index: Term) -> Term:
    """A server has stored the log up to an index."""
    zero = INDICES.first[0]
    return forall(INDEX, lambda i: Implies(And(UPTO(i, index), i != zero), s.stored(node(server), t, i)))


def _appending(s: State, t: Term, previous: Position, entry: Entry | None, commit: Term) -> Said:
    j, jt = INDICES.term(previous.index), TERMS.term(previous.term)

    def is_committed(u: Term, k: Term, it: Term, v: Term) -> Term:
        return is_led(s, t, commit, u, k, it, v)

    said = {
        "its leader has the entry before, or there is none": Or(
            And(j == INDICES.first[0], jt == TERMS.first[0]), And(j != INDICES.first[0], s.claimed(t, j, jt))
        ),
        "so much of the leader's log is committed": Or(commit == INDICES.first[0], exists(TERM, INDEX, TERM, VALUE, is_committed)),
    }
    if entry is None:
        return said

    def is_next(i: Term) -> Term:
        at = INDICES.first
        placed = [(j == low) == (i == high) for low, high in pairwise(at)]
        return And(is_less(UPTO, j, i), *placed, s.sent(t, j, jt, i, *pair(entry)), s.claimed(t, i, TERMS.term(entry.term)))

    return {**said, "its leader has sent the entry that comes next": exists(INDEX, is_next)}


def _asked(what: Submit | Command) -> Term:
    """Return the command that a user asks for, or that stands in the log where it waits."""
    return command_of(USER, what.number, what.value) if type(what) is Submit else COMMANDS.term(what)


def _stands_at(s: State, i: Term, it: Term, command: Term) -> Term:
    return exists(TERM, INDEX, lambda t, k: s.committed(t, k, i, it, command))
