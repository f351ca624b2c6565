"""What servers do: their elections, their logs, and what becomes committed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall, total_order

And, Or, Not, Implies, If = z3.And, z3.Or, z3.Not, z3.Implies, z3.If


@frozen(eq=False)
class Words:
    """The sorts of the model and what never changes, for those who state something of it."""

    node: Any
    quorum: Any
    term: Any
    index: Any
    value: Any
    member: Relation
    le: Relation
    upto: Relation
    none: Term
    zero: Term

    def below(self, a: Term, b: Term) -> Term:
        """Return that a term is below another."""
        return Not(self.le(b, a))

    def before(self, a: Term, b: Term) -> Term:
        """Return that an index is before another."""
        return Not(self.upto(b, a))

    def all_of(self, q: Term, says: Callable[[Term], Term]) -> Term:
        """Return that something is so of all members of a quorum."""
        return forall(self.node, lambda k: Implies(self.member(k, q), says(k)))

    def in_term(self, s: State, n: Term, t: Term) -> Term:
        """Return that a term is that of a server: it has left those below, and not this one."""
        return And(Not(s.left(n, t)), forall(self.term, lambda u: Implies(self.below(u, t), s.left(n, u))))

    def holds(self, s: State, n: Term, i: Term, t: Term) -> Term:
        """Return that a log has an entry of a term at an index."""
        return exists(self.value, lambda v: s.entry(n, i, t, v))

    def previous(self, s: State, n: Term, i: Term, t: Term) -> Term:
        """Return that a log has a position, which before its first entry is that of no term."""
        return Or(And(i == self.zero, t == self.none), self.holds(s, n, i, t))

    def last(self, s: State, n: Term, i: Term, t: Term) -> Term:
        """Return that a position is the last of a log."""
        return And(self.previous(s, n, i, t), forall(self.index, lambda k: Implies(s.reaches(n, k), self.upto(k, i))))


def without(relation: Relation, n: Term) -> Relation:
    """Return a relation without the rows of a server, which stands in their first place."""
    return lambda m, *rest: And(relation(m, *rest), m != n)


def only(relation: Relation, n: Term, *row: Term) -> Relation:
    """Return a relation in which a server has this row and no other."""
    return lambda m, *rest: If(m == n, And([a == b for a, b in zip(rest, row, strict=True)]), relation(m, *rest))


def words(m: Model) -> Words:
    """Declare the sorts, what never changes, and the relations that do."""
    node, quorum, term = m.sort("Node", "servers"), m.sort("Quorum"), m.sort("Term")
    index, value = m.sort("Index", "indices"), m.sort("Value", "commands")
    le, upto, none, zero = m.rigid("le", term, term), m.rigid("upto", index, index), m.constant("none", term), m.constant("zero", index)
    member = m.rigid("member", node, quorum)
    total_order(m, le, term)
    total_order(m, upto, index)
    m.axiom("none_is_least", "one that stands for no term is the least", forall(term, lambda t: le(none, t)))
    m.axiom("zero_is_least", "one that stands for no index is the least", forall(index, lambda i: upto(zero, i)))
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have a member in common", meet)

    m.relation("left", node, term)
    m.relation("vote", node, term, node)
    m.relation("stands", node, term)
    m.relation("asked", node, term, index, term)
    m.relation("elected", node, term)
    m.relation("leads", node, term)
    m.relation("entry", node, index, term, value)
    m.relation("reaches", node, index)
    m.relation("unwritten", node, index)
    m.relation("led", term, index, term, value)
    m.relation("sent", term, index, term, index, term, value)
    m.relation("claimed", term, index, term)
    m.relation("stored", node, term, index)
    m.relation("committed", term, index, index, term, value)
    m.relation("applied", node, term, index, index, term, value)
    return Words(node, quorum, term, index, value, member, le, upto, none, zero)


def actions(m: Model, w: Words) -> None:
    """Declare all that a server may do."""
    _elections(m, w)
    _logs(m, w)
    _replication(m, w)


def _elections(m: Model, w: Words) -> None:
    node, term, index = w.node, w.term, w.index

    def enters(s: State, n: Term, t: Term) -> Relation:
        return lambda k, u: Or(s.left(k, u), And(k == n, w.below(u, t)))

    m.action(
        "enter",
        "A server follows, in a later term of which it has heard, or in its own again; of its log, its disk then has all.",
        lambda s, n, t: {"not_left": Not(s.left(n, t))},
        lambda s, n, t: {
            "left": enters(s, n, t),
            "stands": without(s.stands, n),
            "leads": without(s.leads, n),
            "unwritten": without(s.unwritten, n),
        },
        n=node,
        t=term,
    )
    m.action(
        "stand",
        "A server that does not lead stands for election in a later term than its own, and votes for itself.",
        lambda s, n, t, u: {"in_term": w.in_term(s, n, t), "later": w.below(t, u), "follows": Not(s.leads(n, t))},
        lambda s, n, t, u: {  # noqa: ARG005  # its own term is for the guards
            "left": enters(s, n, u),
            "vote": add(s.vote, n, u, n),
            "stands": only(s.stands, n, u),
        },
        n=node,
        t=term,
        u=term,
    )
    m.action(
        "ask",
        "A candidate asks for votes, and says how far its log goes.",
        lambda s, n, t, i, it: {"stands": s.stands(n, t), "last": w.last(s, n, i, it)},
        lambda s, n, t, i, it: {"asked": add(s.asked, n, t, i, it)},
        n=node,
        t=term,
        i=index,
        it=term,
    )
    m.action(
        "vote",
        "A server that has not voted in its term votes for a candidate whose log is as up to date as its own.",
        lambda s, n, t, c, i, it, j, jt: {
            "in_term": w.in_term(s, n, t),
            "not_voted": forall(node, lambda d: Not(s.vote(n, t, d))),
            "was_asked": s.asked(c, t, i, it),
            "last": w.last(s, n, j, jt),
            "up_to_date": Or(w.below(jt, it), And(jt == it, w.upto(j, i))),
        },
        lambda s, n, t, c, i, it, j, jt: {"vote": add(s.vote, n, t, c)},  # noqa: ARG005  # positions are for the guards
        n=node,
        t=term,
        c=node,
        i=index,
        it=term,
        j=index,
        jt=term,
    )
    m.action(
        "elect",
        "A candidate that has the votes of a quorum leads, with its log.",
        lambda s, n, t, q: {"stands": s.stands(n, t), "quorum_voted": w.all_of(q, lambda k: s.vote(k, t, n))},
        lambda s, n, t, q: {  # noqa: ARG005  # the quorum is for the guard
            "elected": add(s.elected, n, t),
            "stands": without(s.stands, n),
            "leads": add(s.leads, n, t),
            "led": lambda u, i, it, v: Or(s.led(u, i, it, v), And(u == t, s.entry(n, i, it, v))),
        },
        n=node,
        t=term,
        q=w.quorum,
    )


def _logs(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value
    m.action(
        "append",
        "A leader puts a command at the end of its log; its disk does not have it yet.",
        lambda s, n, t, i, v: {  # noqa: ARG005  # guards take the parameters
            "leads": s.leads(n, t),
            "beyond": And(i != w.zero, forall(index, lambda k: Implies(s.reaches(n, k), w.before(k, i)))),
        },
        lambda s, n, t, i, v: {
            "entry": add(s.entry, n, i, t, v),
            "reaches": lambda k, j: Or(s.reaches(k, j), And(k == n, j != w.zero, w.upto(j, i))),
            "unwritten": lambda k, j: Or(s.unwritten(k, j), And(k == n, j != w.zero, w.upto(j, i), Not(s.reaches(n, j)))),
            "led": add(s.led, t, i, t, v),
        },
        n=node,
        t=term,
        i=index,
        v=value,
    )
    m.action(
        "write",
        "The disk of a server has all of its log.",
        lambda s, n: {},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"unwritten": without(s.unwritten, n)},
        n=node,
    )
    m.action(
        "crash",
        "A server crashes. What its disk does not have, it may lose from some index on; it stands and leads no longer.",
        lambda s, n, i: {"unwritten": forall(index, lambda k: Implies(And(s.reaches(n, k), w.before(i, k)), s.unwritten(n, k)))},
        lambda s, n, i: {
            "entry": lambda k, j, t, v: And(s.entry(k, j, t, v), Or(k != n, w.upto(j, i))),
            "reaches": lambda k, j: And(s.reaches(k, j), Or(k != n, w.upto(j, i))),
            "unwritten": without(s.unwritten, n),
            "stands": without(s.stands, n),
            "leads": without(s.leads, n),
            "applied": without(s.applied, n),
        },
        n=node,
        i=index,
    )


def _replication(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value

    def applies(s: State, n: Term, t: Term, k: Term, i: Term) -> Relation:
        """Return what is applied, with the log of a server up to an index, and by which commitment, in place of what it had applied."""
        return lambda m, x, y, j, u, v: If(m == n, And(x == t, y == k, w.upto(j, i), s.entry(n, j, u, v)), s.applied(m, x, y, j, u, v))

    m.action(
        "claim",
        "A leader says that it has an entry.",
        lambda s, n, t, i, it: {"leads": s.leads(n, t), "holds": w.holds(s, n, i, it)},
        lambda s, n, t, i, it: {"claimed": add(s.claimed, t, i, it)},  # noqa: ARG005  # the leader is for the guards
        n=node,
        t=term,
        i=index,
        it=term,
    )
    m.action(
        "send",
        "A leader sends an entry of its log, with the position before it.",
        lambda s, n, t, j, jt, i, it, v: {
            "leads": s.leads(n, t),
            "holds": s.entry(n, i, it, v),
            "previous": w.previous(s, n, j, jt),
            "next": And(w.before(j, i), forall(index, lambda k: Implies(s.reaches(n, k), Or(w.upto(k, j), w.upto(i, k))))),
        },
        lambda s, n, t, j, jt, i, it, v: {  # noqa: ARG005  # the leader is for the guards
            "sent": add(s.sent, t, j, jt, i, it, v),
            "claimed": add(s.claimed, t, i, it),
        },
        n=node,
        t=term,
        j=index,
        jt=term,
        i=index,
        it=term,
        v=value,
    )
    m.action(
        "store",
        "A follower that has the position before an entry, and not the entry, stores it, and drops what follows that position.",
        lambda s, n, t, j, jt, i, it, v: {
            "in_term": w.in_term(s, n, t),
            "follows": Not(s.stands(n, t)),
            "was_sent": s.sent(t, j, jt, i, it, v),
            "previous": w.previous(s, n, j, jt),
            "new": Not(s.entry(n, i, it, v)),
        },
        lambda s, n, t, j, jt, i, it, v: {  # noqa: ARG005  # the term is for the guards
            "entry": lambda k, x, u, z: If(
                k == n, Or(And(s.entry(n, x, u, z), w.upto(x, j)), And(x == i, u == it, z == v)), s.entry(k, x, u, z)
            ),
            "reaches": lambda k, x: If(k == n, And(x != w.zero, w.upto(x, i)), s.reaches(k, x)),
            "unwritten": without(s.unwritten, n),
        },
        n=node,
        t=term,
        j=index,
        jt=term,
        i=index,
        it=term,
        v=value,
    )
    m.action(
        "confirm",
        "A server whose disk has an entry that is the leader's, or is the leader, says that it stores the log up to there.",
        lambda s, n, t, i, it: {
            "in_term": w.in_term(s, n, t),
            "of_the_leader": Or(s.leads(n, t), s.claimed(t, i, it)),
            "holds": w.holds(s, n, i, it),
            "written": Not(s.unwritten(n, i)),
        },
        lambda s, n, t, i, it: {  # noqa: ARG005  # the entry's term is for the guards
            "stored": lambda k, u, x: Or(s.stored(k, u, x), And(k == n, u == t, w.upto(x, i)))
        },
        n=node,
        t=term,
        i=index,
        it=term,
    )
    m.action(
        "commit",
        "A leader commits its log up to an entry of its own term that a quorum stores, and applies it.",
        lambda s, n, t, i, it, q: {
            "leads": s.leads(n, t),
            "holds": w.holds(s, n, i, it),
            "own_term": it == t,
            "quorum_stored": w.all_of(q, lambda k: s.stored(k, t, i)),
        },
        lambda s, n, t, i, it, q: {  # noqa: ARG005  # the quorum is for the guard
            "committed": lambda u, k, j, jt, v: Or(s.committed(u, k, j, jt, v), And(u == t, k == i, w.upto(j, i), s.entry(n, j, jt, v))),
            "applied": applies(s, n, t, i, i),
        },
        n=node,
        t=term,
        i=index,
        it=term,
        q=w.quorum,
    )
    m.action(
        "apply",
        "A server applies its log up to an index, all of which a leader has committed, of a term that this server has entered.",
        lambda s, n, t, k, i: {
            "entered": forall(term, lambda u: Implies(w.below(u, t), s.left(n, u))),
            "was_committed": forall(
                index, term, value, lambda j, u, v: Implies(And(w.upto(j, i), s.entry(n, j, u, v)), s.committed(t, k, j, u, v))
            ),
        },
        lambda s, n, t, k, i: {"applied": applies(s, n, t, k, i)},
        n=node,
        t=term,
        k=index,
        i=index,
    )
