"""What the model of strong memory speaks of: nodes with copies, and operations in two rounds, each of a quorum.

`reached` and `found` go down with the order: whoever has a version has reached all stamps up to its. Of an operation that is over, since it
was served or its node has crashed, nothing is left but what was said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.models import Model, Relation, State, Term, exists, forall, total_order

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


@frozen(eq=False)
class Vocabulary:
    """The sorts, what never changes, and what is said of a state in one word."""

    node: Any
    quorum: Any
    operation: Any
    key: Any
    stamp: Any
    value: Any
    member: Relation
    at: Relation
    reads: Relation
    writes: Relation
    owner: Relation
    le: Relation
    zero: Term
    nothing: Term

    def copy_is_at_least(self, s: State, n: Term, k: Term, t: Term) -> Term:
        """Return that the copy of a node is of this version or of a later one."""
        return Or(t == self.zero, s.reached(n, k, t))

    def holds(self, s: State, n: Term, k: Term, t: Term) -> Term:
        """Return that the copy of a node is of this version."""
        return And(self.copy_is_at_least(s, n, k, t), forall(self.stamp, lambda u: Implies(s.reached(n, k, u), self.le(u, t))))

    def has_found_at_least(self, s: State, o: Term, t: Term) -> Term:
        """Return that the latest that an operation has found is this version or a later one."""
        return Or(t == self.zero, s.found(o, t))

    def of_all(self, q: Term, says: Callable[[Term], Term]) -> Term:
        """Return that something is so of all members of a quorum."""
        return forall(self.node, lambda n: Implies(self.member(n, q), says(n)))

    def up_to(self, relation: Relation, *row: Term) -> Relation:
        """Return a relation with one more row and all below it; what nobody has written adds none."""
        *begin, t = row

        def reaches(*places: Term) -> Term:
            *here, u = places
            return Or(relation(*places), And(*(a == b for a, b in zip(here, begin, strict=True)), t != self.zero, self.le(u, t)))

        return reaches


def _functional(relation: Relation, sort: Any, of: Any) -> Term:
    """Return that an element of a sort stands in a relation to one at most."""
    return forall(sort, of, of, lambda x, y, z: Implies(And(relation(x, y), relation(x, z)), y == z))


def words(m: Model) -> Vocabulary:
    """Declare the sorts, what never changes, and the relations that do."""
    node, quorum, operation = m.sort("Node"), m.sort("Quorum"), m.sort("Operation")
    key, stamp, value = m.sort("Key"), m.sort("Stamp"), m.sort("Value")
    member, at = m.rigid("member", node, quorum), m.rigid("at", operation, node)
    reads, writes = m.rigid("reads", operation), m.rigid("writes", operation, value)
    owner, le = m.rigid("owner", stamp, node), m.rigid("le", stamp, stamp)
    zero, nothing = m.constant("zero", stamp), m.constant("nothing", value)
    total_order(m, le, stamp)
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have a member in common", meet)
    m.axiom("zero_is_least", "the stamp of what nobody has written is the least", forall(stamp, lambda t: le(zero, t)))
    m.axiom("one_node", "an operation is at one node", _functional(at, operation, node))
    m.axiom("one_owner", "a stamp is of one node", _functional(owner, stamp, node))
    m.axiom("reads_or_writes", "a read is no write", forall(operation, value, lambda o, v: Not(And(reads(o), writes(o, v)))))

    m.relation("asked", operation)
    m.relation("on", operation, key)
    m.relation("precedes", operation, operation)
    m.relation("known", node, operation, stamp)
    m.relation("heard", operation, node)
    m.relation("found", operation, stamp)
    m.relation("stores", operation)
    m.relation("chose", operation, stamp)
    m.relation("wrote", operation, stamp)
    m.relation("written", key, stamp, value)
    m.relation("reached", node, key, stamp)
    m.relation("update", operation, stamp)
    m.relation("acked", node, operation)
    m.relation("served", operation, stamp)
    m.relation("done", operation)
    m.relation("stored_by", operation, node)
    m.relation("over", operation)
    m.relation("answered", operation)
    m.relation("told", operation, value)
    return Vocabulary(node, quorum, operation, key, stamp, value, member, at, reads, writes, owner, le, zero, nothing)
