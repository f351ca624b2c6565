"""Elections: servers enter terms, vote once in each, and lead with the votes of a quorum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import z3
from attrs import frozen

from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall, total_order

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


@frozen(eq=False)
class ElectionNames:
    """The sorts of the model, and what never changes, for those who state something of it."""

    node: Any
    quorum: Any
    term: Any
    member: Relation
    le: Relation

    def below(self, a: Term, b: Term) -> Term:
        """Return that a term is below another."""
        return Not(self.le(b, a))

    def in_term(self, s: State, n: Term, t: Term) -> Term:
        """Return that a term is that of a server: it has left those below, and not this one."""
        return And(Not(s.left(n, t)), forall(self.term, lambda u: Implies(self.below(u, t), s.left(n, u))))

    def enters(self, s: State, n: Term, t: Term) -> Callable[..., Term]:
        """Return which terms are left once a server has entered one."""
        return lambda m, u: Or(s.left(m, u), And(m == n, self.below(u, t)))


def without(relation: Relation, n: Term) -> Relation:
    """Return a relation without the rows of a server, which stands in their first place."""
    return lambda m, *rest: And(relation(m, *rest), m != n)


def elections(m: Model) -> ElectionNames:
    """Declare sorts, relations, actions and invariant of elections."""
    node, quorum, term = m.sort("Node", "servers"), m.sort("Quorum"), m.sort("Term")
    names = ElectionNames(node, quorum, term, m.rigid("member", node, quorum), m.rigid("le", term, term))
    total_order(m, names.le, term)
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(names.member(n, p), names.member(n, q))))
    m.axiom("quorums_meet", "any two quorums have a member in common", meet)

    m.relation("left", node, term)
    m.relation("vote", node, term, node)
    m.relation("stands", node, term)
    m.relation("elected", node, term)
    _actions(m, names)
    _invariant(m, names)
    return names


def _actions(m: Model, names: ElectionNames) -> None:
    node, term = names.node, names.term
    m.action(
        "enter",
        "A server follows, in a later term of which it has heard, or in its own again: it has heard from a leader, or crashed.",
        lambda s, n, t: {"not_left": Not(s.left(n, t))},
        lambda s, n, t: {"left": names.enters(s, n, t), "stands": without(s.stands, n)},
        n=node,
        t=term,
    )
    m.action(
        "stand",
        "A server stands for election in a later term than its own, and votes for itself.",
        lambda s, n, t, u: {"in_term": names.in_term(s, n, t), "later": names.below(t, u)},
        lambda s, n, t, u: {  # noqa: ARG005  # its own term is for the guards
            "left": names.enters(s, n, u),
            "vote": add(s.vote, n, u, n),
            "stands": lambda k, w: Or(And(s.stands(k, w), k != n), And(k == n, w == u)),
        },
        n=node,
        t=term,
        u=term,
    )
    m.action(
        "vote",
        "A server that has not voted in its term votes for whoever asks first.",
        lambda s, n, t, c: {  # noqa: ARG005  # guards take the parameters
            "in_term": names.in_term(s, n, t),
            "not_voted": forall(node, lambda d: Not(s.vote(n, t, d))),
        },
        lambda s, n, t, c: {"vote": add(s.vote, n, t, c)},
        n=node,
        t=term,
        c=node,
    )
    m.action(
        "elect",
        "A candidate that has the votes of a quorum leads.",
        lambda s, n, t, q: {
            "stands": s.stands(n, t),
            "quorum_voted": forall(node, lambda k: Implies(names.member(k, q), s.vote(k, t, n))),
        },
        lambda s, n, t, q: {"elected": add(s.elected, n, t), "stands": without(s.stands, n)},  # noqa: ARG005  # the quorum is for the guard
        n=node,
        t=term,
        q=names.quorum,
    )


def _invariant(m: Model, names: ElectionNames) -> None:
    node, quorum, term = names.node, names.quorum, names.term
    m.invariant(
        "election_safety",
        "At most one leader is elected in a term.",
        lambda s: forall(node, node, term, lambda n, k, t: Implies(And(s.elected(n, t), s.elected(k, t)), n == k)),
        safety=True,
    )
    m.invariant(
        "one_vote",
        "A server votes once in a term, so that two quorums cannot have voted for different candidates.",
        lambda s: forall(node, term, node, node, lambda n, t, c, d: Implies(And(s.vote(n, t, c), s.vote(n, t, d)), c == d)),
    )
    m.invariant(
        "votes_are_in_terms_entered",
        "A server that has voted in a term has left those below, so that it has no vote yet in a term that it enters.",
        lambda s: forall(node, term, node, term, lambda n, t, c, u: Implies(And(s.vote(n, t, c), names.below(u, t)), s.left(n, u))),
    )
    m.invariant(
        "the_elected_have_a_quorum",
        "Of each term, there is a quorum that has voted for whoever is elected in it.",
        lambda s: forall(
            term,
            lambda t: exists(
                quorum,
                lambda q: forall(node, node, lambda n, k: Implies(And(s.elected(n, t), names.member(k, q)), s.vote(k, t, n))),
            ),
        ),
    )
