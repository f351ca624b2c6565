"""Why logs match: each is, up to any of its entries, that of the leader of the entry's term."""

from __future__ import annotations

import z3

from concordant.proofs.consensus.raft.actions import Words
from concordant.proofs.kernel.models import Model, exists, forall

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def logs(m: Model, w: Words) -> None:
    """Declare the conjuncts of the invariant about logs and messages."""
    node, term, index, value = w.node, w.term, w.index, w.value
    m.invariant(
        "log_matching",
        "If the logs of two servers have entries of one term at one index, they are the same up to there.",
        lambda s: forall(
            node,
            node,
            index,
            term,
            value,
            value,
            index,
            term,
            value,
            lambda n, k, i, t, v, z, j, u, x: Implies(
                And(s.entry(n, i, t, v), s.entry(k, i, t, z), w.upto(j, i), s.entry(n, j, u, x)), s.entry(k, j, u, x)
            ),
        ),
        safety=True,
    )
    m.invariant(
        "one_led_entry",
        "The log of the leader of a term has one entry at an index.",
        lambda s: forall(
            term,
            index,
            term,
            value,
            term,
            value,
            lambda r, i, t, v, u, x: Implies(And(s.led(r, i, t, v), s.led(r, i, u, x)), And(t == u, v == x)),
        ),
    )
    m.invariant(
        "logs_are_as_led",
        "Up to an entry, a log is that of the leader of the entry's term.",
        lambda s: forall(
            node,
            index,
            term,
            value,
            index,
            term,
            value,
            lambda n, i, t, v, j, u, x: Implies(And(s.entry(n, i, t, v), w.upto(j, i)), s.entry(n, j, u, x) == s.led(t, j, u, x)),
        ),
    )
    m.invariant(
        "leaders_logs_are_as_led",
        "So is the log of a leader, up to an entry of an earlier term.",
        lambda s: forall(
            term,
            index,
            term,
            value,
            index,
            term,
            value,
            lambda r, i, t, v, j, u, x: Implies(And(s.led(r, i, t, v), w.upto(j, i)), s.led(r, j, u, x) == s.led(t, j, u, x)),
        ),
    )
    m.invariant(
        "a_leader_has_its_log",
        "While it leads, a server has the log of the leader of its term.",
        lambda s: forall(
            node, term, index, term, value, lambda n, t, i, u, v: Implies(s.leads(n, t), s.entry(n, i, u, v) == s.led(t, i, u, v))
        ),
    )
    m.invariant(
        "entries_are_of_terms_entered",
        "A server has left the terms below those of its entries.",
        lambda s: forall(
            node, index, term, value, term, lambda n, i, t, v, u: Implies(And(s.entry(n, i, t, v), w.below(u, t)), s.left(n, u))
        ),
    )
    m.invariant(
        "entries_are_within_reach",
        "A log reaches its entries, which are of real terms and at real indices.",
        lambda s: forall(
            node, index, term, value, lambda n, i, t, v: Implies(s.entry(n, i, t, v), And(i != w.zero, t != w.none, s.reaches(n, i)))
        ),
    )
    m.invariant(
        "a_log_reaches_what_is_before",
        "A log that reaches an index reaches those before it.",
        lambda s: forall(node, index, index, lambda n, i, j: Implies(And(s.reaches(n, i), w.upto(j, i), j != w.zero), s.reaches(n, j))),
    )
    m.invariant(
        "led_entries_are_past",
        "The log of a leader has entries of its own term and of earlier ones.",
        lambda s: forall(
            term, index, term, value, lambda r, i, t, v: Implies(s.led(r, i, t, v), And(i != w.zero, t != w.none, w.le(t, r)))
        ),
    )
    m.invariant(
        "who_led_was_elected",
        "Where there is a log of a leader, somebody was elected.",
        lambda s: forall(
            term,
            lambda r: Implies(exists(index, term, value, lambda i, t, v: s.led(r, i, t, v)), exists(node, lambda n: s.elected(n, r))),
        ),
    )
    m.invariant(
        "what_is_sent_is_led",
        "What was sent in a term is next to each other in its leader's log.",
        lambda s: forall(
            term,
            index,
            term,
            index,
            term,
            value,
            lambda r, j, jt, i, t, v: Implies(
                s.sent(r, j, jt, i, t, v),
                And(
                    s.led(r, i, t, v),
                    w.before(j, i),
                    Or(And(j == w.zero, jt == w.none), exists(value, lambda x: s.led(r, j, jt, x))),
                    forall(index, term, value, lambda k, u, x: Implies(s.led(r, k, u, x), Or(w.upto(k, j), w.upto(i, k)))),
                ),
            ),
        ),
    )
