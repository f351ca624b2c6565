"""What holds always of strong memory: what is claimed, what quorums have, and in which round an operation is."""

from __future__ import annotations

import z3

from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.memory.dsm_strong.words import Vocabulary

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def invariants(m: Model, w: Vocabulary) -> None:
    """Declare what holds always: first what is claimed, then what that takes."""
    _claimed(m, w)
    _of_quorums(m, w)
    _of_operations(m, w)


def _claimed(m: Model, w: Vocabulary) -> None:
    operation, key, stamp, value = w.operation, w.key, w.stamp, w.value

    def before(s: State, p: Term, o: Term, k: Term, t: Term) -> Term:
        """Return that an operation was done before another on the same key was asked for, and by which version it was served."""
        return And(s.on(p, k), s.on(o, k), s.precedes(p, o), s.served(p, t))

    m.invariant(
        "no_earlier_version",
        "An operation is served by no earlier version than any on its key that was done before it was asked for.",
        lambda s: forall(
            operation,
            operation,
            key,
            stamp,
            stamp,
            lambda p, o, k, t, u: Implies(And(before(s, p, o, k, t), s.served(o, u)), w.le(t, u)),
        ),
        safety=True,
    )
    m.invariant(
        "a_write_comes_later",
        "A write gets a later stamp than that by which any on its key was served that was done before it was asked for.",
        lambda s: forall(
            operation,
            operation,
            key,
            stamp,
            stamp,
            lambda p, o, k, t, u: Implies(And(before(s, p, o, k, t), s.wrote(o, u)), Not(w.le(u, t))),
        ),
        safety=True,
    )
    m.invariant(
        "one_stamp_one_write",
        "No two writes of a key get one stamp.",
        lambda s: forall(
            operation,
            operation,
            key,
            stamp,
            lambda p, o, k, t: Implies(And(s.wrote(p, t), s.wrote(o, t), s.on(p, k), s.on(o, k)), p == o),
        ),
        safety=True,
    )
    m.invariant(
        "one_write_one_stamp",
        "A write gets one stamp, which is not that of what nobody has written.",
        lambda s: forall(operation, stamp, stamp, lambda o, t, u: Implies(And(s.wrote(o, t), s.wrote(o, u)), And(t == u, t != w.zero))),
        safety=True,
    )
    m.invariant(
        "served_by_its_own",
        "A write is served by the stamp that it has got.",
        lambda s: forall(operation, stamp, value, lambda o, t, v: Implies(And(s.served(o, t), w.writes(o, v)), s.wrote(o, t))),
        safety=True,
    )
    m.invariant(
        "answered_when_done",
        "Nobody is answered before the operation is done.",
        lambda s: forall(operation, lambda o: Implies(s.answered(o), s.done(o))),
        safety=True,
    )
    m.invariant(
        "told_what_is_written",
        "A read is told what is written with the stamp that has served it; nothing, where that is of what nobody has written.",
        lambda s: forall(
            operation,
            key,
            stamp,
            value,
            lambda o, k, t, v: Implies(
                And(s.told(o, v), s.served(o, t), s.on(o, k)), Or(s.written(k, t, v), And(t == w.zero, v == w.nothing))
            ),
        ),
        safety=True,
    )
    m.invariant(
        "written_by_a_write",
        "What is written with a stamp is the value of a write of the key that has got it.",
        lambda s: forall(
            key,
            stamp,
            value,
            lambda k, t, v: Implies(s.written(k, t, v), exists(operation, lambda o: And(s.wrote(o, t), s.on(o, k), w.writes(o, v)))),
        ),
        safety=True,
    )


def _of_quorums(m: Model, w: Vocabulary) -> None:
    node, operation, key, stamp = w.node, w.operation, w.key, w.stamp

    m.invariant(
        "a_quorum_stored_it",
        "When an operation was done, a quorum stored its version.",
        lambda s: forall(operation, lambda p: Implies(s.done(p), exists(w.quorum, lambda q: w.of_all(q, lambda n: s.stored_by(p, n))))),
    )
    m.invariant(
        "who_stored_it_has_it",
        "Whoever stored the version of an operation when that was done has it, or a later one.",
        lambda s: forall(
            node,
            operation,
            key,
            stamp,
            lambda n, p, k, t: Implies(And(s.stored_by(p, n), s.served(p, t), s.on(p, k)), w.copy_is_at_least(s, n, k, t)),
        ),
    )

    def later(s: State, p: Term, o: Term, n: Term, k: Term, t: Term) -> Term:
        """Return that an operation is asked for after another on its key was done, whose version a node stored."""
        return And(s.stored_by(p, n), s.served(p, t), s.on(p, k), s.on(o, k), s.precedes(p, o))

    m.invariant(
        "who_stored_it_tells_it",
        "Whoever stored the version of an operation when that was done tells no earlier one to an operation that was asked for later.",
        lambda s: forall(
            node,
            operation,
            operation,
            key,
            stamp,
            stamp,
            lambda n, p, o, k, t, u: Implies(And(later(s, p, o, n, k, t), s.known(n, o, u)), w.le(t, u)),
        ),
    )
    m.invariant(
        "who_hears_of_them_finds_it",
        "An operation that has heard of one of them has found that version, or a later one.",
        lambda s: forall(
            node,
            operation,
            operation,
            key,
            stamp,
            lambda n, p, o, k, t: Implies(And(later(s, p, o, n, k, t), s.heard(o, n)), w.has_found_at_least(s, o, t)),
        ),
    )
    m.invariant(
        "it_stores_no_earlier_version",
        "What an operation stores is no earlier than what was served before it was asked for.",
        lambda s: forall(
            operation,
            operation,
            key,
            stamp,
            stamp,
            lambda p, o, k, t, u: Implies(And(s.on(p, k), s.on(o, k), s.precedes(p, o), s.served(p, t), s.chose(o, u)), w.le(t, u)),
        ),
    )
    m.invariant(
        "whoever_says_so_has_it",
        "A node that has said to store the version of an operation has that or a later one.",
        lambda s: forall(
            node,
            operation,
            key,
            stamp,
            lambda n, o, k, t: Implies(And(s.acked(n, o), s.chose(o, t), s.on(o, k)), w.copy_is_at_least(s, n, k, t)),
        ),
    )
    m.invariant(
        "its_own_node_has_it",
        "The node of an operation has the version that it stores or a later one.",
        lambda s: forall(
            node,
            operation,
            key,
            stamp,
            lambda n, o, k, t: Implies(And(w.at(o, n), s.chose(o, t), s.on(o, k)), w.copy_is_at_least(s, n, k, t)),
        ),
    )
    m.invariant(
        "its_node_has_what_it_wrote",
        "Of what a write has stamped, the node whose stamp that is has that version or a later one.",
        lambda s: forall(
            node,
            operation,
            key,
            stamp,
            lambda n, o, k, t: Implies(And(s.wrote(o, t), w.owner(t, n), s.on(o, k)), s.reached(n, k, t)),
        ),
    )


def _of_operations(m: Model, w: Vocabulary) -> None:
    node, operation, key, stamp, value = w.node, w.operation, w.key, w.stamp, w.value
    m.invariant(
        "one_key",
        "An operation that is on a key was asked for, and is on no other.",
        lambda s: forall(operation, key, key, lambda o, k, x: Implies(And(s.on(o, k), s.on(o, x)), And(k == x, s.asked(o)))),
    )
    m.invariant(
        "who_is_told_was_asked",
        "Nobody tells an operation anything before it was asked for.",
        lambda s: forall(node, operation, stamp, lambda n, o, t: Implies(s.known(n, o, t), s.asked(o))),
    )
    m.invariant(
        "who_hears_is_in_its_first_round",
        "An operation that has heard of somebody was asked for, and is in its first round.",
        lambda s: forall(operation, node, lambda o, n: Implies(s.heard(o, n), And(s.asked(o), Not(s.stores(o)), Not(s.over(o))))),
    )
    m.invariant(
        "who_stores_is_in_its_second_round",
        "An operation that has chosen a version was asked for, and is in its second round.",
        lambda s: forall(operation, stamp, lambda o, t: Implies(s.chose(o, t), And(s.asked(o), s.stores(o), Not(s.over(o))))),
    )
    m.invariant(
        "it_stores_one_version",
        "An operation stores one version.",
        lambda s: forall(operation, stamp, stamp, lambda o, t, u: Implies(And(s.chose(o, t), s.chose(o, u)), t == u)),
    )
    m.invariant(
        "what_is_sent_is_stored",
        "An operation sends the version that it stores, or is over.",
        lambda s: forall(operation, stamp, lambda o, t: Implies(s.update(o, t), Or(s.chose(o, t), s.over(o)))),
    )
    m.invariant(
        "who_is_confirmed_is_in_its_second_round",
        "An operation whose version somebody says to store is in its second round, or over.",
        lambda s: forall(node, operation, lambda n, o: Implies(s.acked(n, o), Or(s.stores(o), s.over(o)))),
    )
    m.invariant(
        "who_is_in_its_second_round_was_asked",
        "An operation in its second round was asked for.",
        lambda s: forall(operation, lambda o: Implies(s.stores(o), s.asked(o))),
    )
    m.invariant(
        "who_wrote_is_in_its_second_round",
        "A write that has a stamp was asked for, and is in its second round, or over.",
        lambda s: forall(operation, stamp, lambda o, t: Implies(s.wrote(o, t), And(s.asked(o), Or(s.stores(o), s.over(o))))),
    )
    m.invariant(
        "a_write_stores_what_it_wrote",
        "A write stores the version that it has stamped.",
        lambda s: forall(operation, stamp, value, lambda o, t, v: Implies(And(s.chose(o, t), w.writes(o, v)), s.wrote(o, t))),
    )
    m.invariant(
        "served_once",
        "An operation that was served is done, and by one version.",
        lambda s: forall(operation, stamp, stamp, lambda o, t, u: Implies(And(s.served(o, t), s.served(o, u)), And(t == u, s.done(o)))),
    )
    m.invariant(
        "what_is_done_is_over",
        "What somebody stored until it was done is done; that was asked for, and is over.",
        lambda s: forall(
            operation, node, lambda o, n: And(Implies(s.stored_by(o, n), s.done(o)), Implies(s.done(o), And(s.asked(o), s.over(o))))
        ),
    )
    m.invariant(
        "what_precedes_is_done",
        "What precedes an operation is done, and the operation was asked for.",
        lambda s: forall(operation, operation, lambda p, o: Implies(s.precedes(p, o), And(s.done(p), s.asked(o)))),
    )
    m.invariant(
        "who_is_told_is_answered",
        "Whoever is told a value is answered by that.",
        lambda s: forall(operation, value, lambda o, v: Implies(s.told(o, v), s.answered(o))),
    )
