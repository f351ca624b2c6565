"""Why what is committed stays: as long as a quorum may store an entry of the current term, every later leader has it."""

from __future__ import annotations

import z3

from concordant.proofs.consensus.raft.actions import Words
from concordant.proofs.kernel.models import Model, State, Term, exists, forall

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def commitments(m: Model, w: Words) -> None:
    """Declare the conjuncts of the invariant about what is stored and committed."""
    _claims(m, w)
    _disks(m, w)
    _stored(m, w)
    _committed(m, w)
    _applied(m, w)


def _claims(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value
    m.invariant(
        "leader_completeness",
        "Whoever leads a term has all entries that were committed in an earlier one.",
        lambda s: forall(
            term,
            index,
            index,
            term,
            value,
            node,
            term,
            lambda t, k, i, it, v, n, u: Implies(And(s.committed(t, k, i, it, v), w.below(t, u), s.leads(n, u)), s.entry(n, i, it, v)),
        ),
        safety=True,
    )
    m.invariant(
        "what_is_committed_stays",
        "No two different entries are committed at one index, by whichever leaders.",
        lambda s: forall(
            term,
            index,
            term,
            value,
            term,
            index,
            term,
            value,
            index,
            lambda t, k, it, v, u, j, ju, x, i: Implies(
                And(s.committed(t, k, i, it, v), s.committed(u, j, i, ju, x)), And(it == ju, v == x)
            ),
        ),
        safety=True,
    )
    m.invariant(
        "a_majority_stores_what_is_committed",
        "Of each entry that a leader has committed, there is a quorum whose logs have it.",
        lambda s: forall(
            term,
            index,
            index,
            term,
            lambda t, k, i, it: exists(
                w.quorum,
                lambda q: forall(node, value, lambda n, v: Implies(And(w.member(n, q), s.committed(t, k, i, it, v)), s.entry(n, i, it, v))),
            ),
        ),
        safety=True,
    )


def _disks(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value
    m.invariant(
        "unwritten_is_at_the_end",
        "What the disk does not have is at the end of a log.",
        lambda s: forall(
            node, index, index, lambda n, i, j: Implies(And(s.unwritten(n, i), w.upto(i, j), s.reaches(n, j)), s.unwritten(n, j))
        ),
    )
    m.invariant(
        "unwritten_is_not_stored",
        "What the disk does not have, a server has not said in its term that it stores.",
        lambda s: forall(node, term, index, lambda n, t, i: Implies(And(s.unwritten(n, i), s.stored(n, t, i)), s.left(n, t))),
    )
    m.invariant(
        "unwritten_is_of_a_leader",
        "What the disk does not have, its server has appended as the leader that it still is.",
        lambda s: forall(node, term, index, value, lambda n, t, i, v: Implies(And(s.unwritten(n, i), s.entry(n, i, t, v)), s.leads(n, t))),
    )


def _stored(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value
    m.invariant(
        "what_is_claimed_is_led",
        "What a leader has said that it has is in its log.",
        lambda s: forall(term, index, term, lambda t, i, it: Implies(s.claimed(t, i, it), exists(value, lambda v: s.led(t, i, it, v)))),
    )
    m.invariant(
        "stored_in_a_term_with_a_leader",
        "Where somebody has said that it stores something, somebody was elected.",
        lambda s: forall(
            term, lambda t: Implies(exists(node, index, lambda n, i: s.stored(n, t, i)), exists(node, lambda n: s.elected(n, t)))
        ),
    )
    m.invariant(
        "stored_within_the_leaders_log",
        "Nobody has said that it stores more than its leader has, so that what a leader appends is new.",
        lambda s: forall(
            node, node, term, index, lambda n, k, t, i: Implies(And(s.stored(n, t, i), s.leads(k, t)), Or(i == w.zero, s.reaches(k, i)))
        ),
    )
    m.invariant(
        "stored_in_terms_entered",
        "Who has said in a term that it stores something has left those below.",
        lambda s: forall(node, term, index, term, lambda n, t, i, u: Implies(And(s.stored(n, t, i), w.below(u, t)), s.left(n, u))),
    )


def _committed(m: Model, w: Words) -> None:
    node, quorum, term, index, value = w.node, w.quorum, w.term, w.index, w.value

    def choosable(s: State, t: Term, i: Term, v: Term, q: Term, n: Term) -> Term:
        """An entry of its leader's own term that a quorum may still store, and that a member of it has stored."""
        may_store = w.all_of(q, lambda k: Or(s.stored(k, t, i), Not(s.left(k, t))))
        return And(s.led(t, i, t, v), may_store, w.member(n, q), s.stored(n, t, i))

    m.invariant(
        "choosable_entries_are_kept",
        "Who stores an entry that may still be committed keeps it.",
        lambda s: forall(
            term,
            index,
            value,
            quorum,
            node,
            lambda t, i, v, q, n: Implies(choosable(s, t, i, v, q, n), s.entry(n, i, t, v)),
        ),
    )
    m.invariant(
        "choosable_entries_are_led",
        "Every later leader has an entry that may still be committed.",
        lambda s: forall(
            term,
            index,
            value,
            quorum,
            node,
            term,
            node,
            lambda t, i, v, q, n, u, k: Implies(And(choosable(s, t, i, v, q, n), w.le(t, u), s.elected(k, u)), s.led(u, i, t, v)),
        ),
    )
    m.invariant(
        "votes_are_for_choosable_entries",
        "So has every candidate that got a vote of who stores it.",
        lambda s: forall(
            term,
            index,
            value,
            quorum,
            node,
            term,
            node,
            lambda t, i, v, q, n, u, c: Implies(
                And(choosable(s, t, i, v, q, n), w.below(t, u), s.vote(n, u, c), s.stands(c, u)), s.entry(c, i, t, v)
            ),
        ),
    )
    m.invariant(
        "a_quorum_has_stored_what_is_committed",
        "A quorum has said that it stores what a leader has committed.",
        lambda s: forall(
            term,
            index,
            lambda t, k: Implies(
                exists(index, term, value, lambda i, it, v: s.committed(t, k, i, it, v)),
                exists(quorum, lambda q: w.all_of(q, lambda n: s.stored(n, t, k))),
            ),
        ),
    )
    m.invariant(
        "what_is_committed_is_led",
        "What a leader has committed is its log up to an entry of its own term.",
        lambda s: forall(
            term,
            index,
            index,
            term,
            value,
            lambda t, k, i, it, v: Implies(
                s.committed(t, k, i, it, v), And(w.upto(i, k), s.led(t, i, it, v), exists(value, lambda x: s.led(t, k, t, x)))
            ),
        ),
    )
    m.invariant(
        "what_is_committed_is_whole",
        "A leader that has committed its log up to an index has committed all of it up to there.",
        lambda s: forall(
            term,
            index,
            index,
            term,
            value,
            index,
            term,
            value,
            lambda t, k, i, it, v, j, u, x: Implies(
                And(s.committed(t, k, i, it, v), s.led(t, j, u, x), w.upto(j, k)), s.committed(t, k, j, u, x)
            ),
        ),
    )


def _applied(m: Model, w: Words) -> None:
    node, term, index, value = w.node, w.term, w.index, w.value

    def has_applied(s: State, n: Term, i: Term, it: Term, v: Term) -> Term:
        return exists(term, index, lambda t, k: s.applied(n, t, k, i, it, v))

    m.invariant(
        "state_machine_safety",
        "No two servers apply different entries at one index.",
        lambda s: forall(
            node,
            index,
            term,
            value,
            lambda n, i, it, v: Implies(
                has_applied(s, n, i, it, v),
                forall(node, term, value, lambda o, ju, x: Implies(has_applied(s, o, i, ju, x), And(it == ju, v == x))),
            ),
        ),
        safety=True,
    )
    m.invariant(
        "what_is_applied_is_committed",
        "A server has applied only what a leader has committed, and its log has that.",
        lambda s: forall(
            node,
            term,
            index,
            index,
            term,
            value,
            lambda n, t, k, i, u, v: Implies(s.applied(n, t, k, i, u, v), And(s.committed(t, k, i, u, v), s.entry(n, i, u, v))),
        ),
        safety=True,
    )
    m.invariant(
        "applied_in_terms_entered",
        "A server that has applied what was committed in a term has left those below.",
        lambda s: forall(
            node,
            term,
            lambda n, t: Implies(
                exists(index, index, term, value, lambda k, i, u, v: s.applied(n, t, k, i, u, v)),
                forall(term, lambda x: Implies(w.below(x, t), s.left(n, x))),
            ),
        ),
    )
