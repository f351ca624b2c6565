"""Raft: which actions of the model a step of a server is. A wrong one is refused, a missing one missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from concordant.proofs.consensus.raft.terms import (
    COMMANDS,
    INDEX,
    INDICES,
    IS_SERVER,
    LE,
    NODE,
    QUORUM,
    TERM,
    TERMS,
    VALUE,
    S,
    node,
    node_of,
    pair,
    term_at,
)
from concordant.proofs.kernel.meaning import Cast, Supposition, Taken, chosen, require_here, who
from concordant.proofs.kernel.models import State, Term, exists, forall
from concordant.refimpl.consensus.raft import Follower
from concordant.refimpl.consensus.raft import State as ServerState
from concordant.refimpl.machine import Fire, Handled, Receive, Step
from concordant.spec.consensus.raft import Advanced, Appended, AppendEntries, Elected, Entry, Position, RequestVote, Stored, Voted, Written
from concordant.spec.vocabulary import Address, Announce, Send

A_MAJORITY_IS_A_QUORUM = Supposition("any majority of the servers is a quorum")


def taken(me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
    """Yield the actions that a step is, in their order."""
    if before is None:
        return
    now, n, t = after.state, node(me), TERMS.term(after.state.term)
    match move:
        case None:
            yield "crash", {"n": n, "i": INDICES.term(len(now.log))}
        case Receive() if now.term != before.term or (isinstance(now.role, Follower) and not isinstance(before.role, Follower)):
            yield "enter", {"n": n, "t": t}
        case Fire(_, Written()):
            yield "write", {"n": n}
        case _:
            pass
    if isinstance(move, Receive) and isinstance(move.message, AppendEntries):
        yield from _followed(n, before, now, move.message)
    for effect in after.effects:
        match effect:
            case Announce(event):
                yield from _announced(me, before, move, event, cast)
            case Send(_, RequestVote(term, last)):
                yield "ask", {"n": n, "t": TERMS.term(term), "i": INDICES.term(last.index), "it": TERMS.term(last.term)}
            case Send(_, AppendEntries(term, previous, entry)):
                yield from _sent(n, TERMS.term(term), previous, entry)
            case Send(_, Stored(term, index)):
                if index != 0:
                    yield "confirm", {"n": n, "t": TERMS.term(term), "i": INDICES.term(index), "it": term_at(now.log, index)}
            case _:
                pass


def _followed(n: Term, before: ServerState, now: ServerState, message: AppendEntries) -> Iterator[Taken]:
    """Yield what a follower does with what its leader sends: it stores the entry, and applies what it is told is committed."""
    t, entry = TERMS.term(message.term), message.entry
    if entry is not None and now.log is not before.log:
        j, jt = INDICES.term(message.previous.index), TERMS.term(message.previous.term)
        i = INDICES.term(message.previous.index + 1)
        yield "store", {"n": n, "t": t, "j": j, "jt": jt, "i": i, **_entry(entry)}
    if now.commit is before.commit:
        return
    u, k, commit = z3.Const("its term", TERM), z3.Const("its end", INDEX), INDICES.term(message.commit)

    def by(u: Term, k: Term) -> Term:
        return exists(TERM, VALUE, lambda it, v: is_led(S, t, commit, u, k, it, v))

    chosen("the commitment that it is told of", (u, k), by)
    yield "apply", {"n": n, "t": u, "k": k, "i": INDICES.term(now.commit)}


def _announced(me: Address, before: ServerState, move: Handled | None, event: Any, cast: Cast) -> Iterator[Taken]:
    n = node(me)
    match event:
        case Voted(term, candidate) if isinstance(move, Receive) and isinstance(move.message, RequestVote):
            last, own = move.message.last, before.last
            asked = {"i": INDICES.term(last.index), "it": TERMS.term(last.term)}
            has = {"j": INDICES.term(own.index), "jt": TERMS.term(own.term)}
            yield "vote", {"n": n, "t": TERMS.term(term), "c": node(candidate), **asked, **has}
        case Voted(term):
            yield "stand", {"n": n, "t": TERMS.term(before.term), "u": TERMS.term(term)}
        case Elected(term, voters):
            yield "elect", {"n": n, "t": TERMS.term(term), "q": _quorum(cast, tuple(voters))}
        case Appended(index, entry):
            yield "append", {"n": n, "t": TERMS.term(entry.term), "i": INDICES.term(index), "v": COMMANDS.term(entry.command)}
        case Advanced(term, log, servers):
            end = {"n": n, "t": TERMS.term(term), "i": INDICES.term(len(log)), "it": TERMS.term(log[-1].term)}
            if any(each == me for each in servers):
                yield "confirm", end
            yield "commit", {**end, "q": _quorum(cast, tuple(servers))}
        case _:
            pass


def _sent(n: Term, t: Term, previous: Position, entry: Entry | None) -> Iterator[Taken]:
    j, jt = INDICES.term(previous.index), TERMS.term(previous.term)
    if previous.index != 0:
        yield "claim", {"n": n, "t": t, "i": j, "it": jt}
    if entry is not None:
        yield "send", {"n": n, "t": t, "j": j, "jt": jt, "i": INDICES.term(previous.index + 1), **_entry(entry)}


def _entry(entry: Entry) -> dict[str, Term]:
    return dict(zip(("it", "v"), pair(entry), strict=True))


def _quorum(cast: Cast, voters: tuple[Address, ...]) -> Term:
    """Return a quorum of these servers: any majority is one. Where they are too few, any quorum, of which nothing is known."""
    different: list[Address] = []
    for each in voters:
        if each not in different:
            different.append(each)
    majority = len(cast.members) // 2 + 1
    if len(different) < majority:
        return z3.Const("some quorum", QUORUM)
    terms = [who(each) for each in different[:majority]]
    require_here([("who is counted is a server", IS_SERVER(term)) for term in terms])
    q = z3.Const(f"quorum of {terms}", QUORUM)
    A_MAJORITY_IS_A_QUORUM.suppose(str(q), lambda: forall(NODE, lambda n: S.member(n, q) == z3.Or([n == node_of(term) for term in terms])))
    return q


def is_led(s: State, t: Term, commit: Term, u: Term, k: Term, it: Term, v: Term) -> Term:
    """In a term up to this, an entry at an index was committed, and the leader of this term has it."""
    return z3.And(LE(u, t), s.committed(u, k, commit, it, v), s.led(t, commit, it, v))
