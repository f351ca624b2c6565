"""Why at most one leader is elected in a term."""

from __future__ import annotations

import z3

from concordant.proofs.consensus.raft.actions import Words
from concordant.proofs.kernel.models import Model, exists, forall

And, Not, Implies = z3.And, z3.Not, z3.Implies


def elections(m: Model, w: Words) -> None:
    """Declare the conjuncts of the invariant about terms, votes and candidates."""
    node, quorum, term, index = w.node, w.quorum, w.term, w.index
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
        "terms_are_left_in_order",
        "A server that has left a term has left those below.",
        lambda s: forall(node, term, term, lambda n, t, u: Implies(And(s.left(n, t), w.below(u, t)), s.left(n, u))),
    )
    m.invariant(
        "votes_are_in_terms_entered",
        "A server that has voted in a term has left those below, so that it has no vote yet in a term that it enters.",
        lambda s: forall(node, term, node, term, lambda n, t, c, u: Implies(And(s.vote(n, t, c), w.below(u, t)), s.left(n, u))),
    )
    m.invariant(
        "who_gets_a_vote_has_its_own",
        "Whoever gets a vote has voted for itself.",
        lambda s: forall(node, term, node, lambda n, t, c: Implies(s.vote(n, t, c), s.vote(c, t, c))),
    )
    m.invariant(
        "the_elected_have_a_quorum",
        "Of each term, there is a quorum that has voted for whoever is elected in it.",
        lambda s: forall(
            term,
            lambda t: exists(
                quorum,
                lambda q: forall(node, node, lambda n, k: Implies(And(s.elected(n, t), w.member(k, q)), s.vote(k, t, n))),
            ),
        ),
    )
    m.invariant(
        "the_elected_voted_for_themselves",
        "Whoever is elected has voted for itself, in a real term.",
        lambda s: forall(node, term, lambda n, t: Implies(s.elected(n, t), And(t != w.none, s.vote(n, t, n)))),
    )
    m.invariant(
        "candidates_are_in_their_term",
        "A candidate is in its term, has voted for itself, and is not elected yet.",
        lambda s: forall(
            node, term, lambda n, t: Implies(s.stands(n, t), And(t != w.none, Not(s.left(n, t)), s.vote(n, t, n), Not(s.elected(n, t))))
        ),
    )
    m.invariant(
        "leaders_are_in_their_term",
        "A leader was elected in its term, and is still in it.",
        lambda s: forall(node, term, lambda n, t: Implies(s.leads(n, t), And(s.elected(n, t), Not(s.left(n, t))))),
    )
    m.invariant(
        "whoever_asks_voted_for_itself",
        "Whoever has asked for votes has voted for itself.",
        lambda s: forall(node, term, index, term, lambda n, t, i, it: Implies(s.asked(n, t, i, it), s.vote(n, t, n))),
    )
    m.invariant(
        "what_is_said_of_a_log_is_true",
        "As long as it stands, the log of a candidate ends where it has said.",
        lambda s: forall(
            node, term, index, term, lambda n, t, i, it: Implies(And(s.asked(n, t, i, it), s.stands(n, t)), w.last(s, n, i, it))
        ),
    )
