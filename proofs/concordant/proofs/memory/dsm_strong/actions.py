"""What a node does in strong memory: it asks, answers, stamps, stores and crashes."""

from __future__ import annotations

import z3

from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.memory.dsm_strong.words import Vocabulary

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def _without(relation: Relation, o: Term) -> Relation:
    """Return a relation without the rows of an operation, which stands in their first place."""
    return lambda p, *rest: And(relation(p, *rest), p != o)


def actions(m: Model, w: Vocabulary) -> None:
    """Declare all that a node may do."""
    _asking(m, w)
    _storing(m, w)


def _asking(m: Model, w: Vocabulary) -> None:
    node, operation, key, stamp = w.node, w.operation, w.key, w.stamp
    m.action(
        "ask",
        "A node is asked for an operation on a key; some are done before.",
        lambda s, o, k: {"new": Not(s.asked(o))},  # noqa: ARG005  # guards take the parameters
        lambda s, o, k: {
            "asked": add(s.asked, o),
            "on": add(s.on, o, k),
            "precedes": lambda p, q: Or(s.precedes(p, q), And(q == o, s.done(p))),
        },
        o=operation,
        k=key,
    )
    m.action(
        "answer",
        "A node tells an operation the version of its copy.",
        lambda s, n, o, k, t: {"on_the_key": s.on(o, k), "holds": w.holds(s, n, k, t)},
        lambda s, n, o, k, t: {"known": add(s.known, n, o, t)},  # noqa: ARG005  # the key is for the guards
        n=node,
        o=operation,
        k=key,
        t=stamp,
    )

    def hears(s: State, o: Term, n: Term, t: Term) -> dict[str, Relation]:
        return {"heard": add(s.heard, o, n), "found": w.up_to(s.found, o, t)}

    def listens(s: State, o: Term) -> dict[str, Term]:
        return {"first_round": Not(s.stores(o)), "not_over": Not(s.over(o))}

    m.action(
        "hear",
        "An operation in its first round hears the answer of a node.",
        lambda s, o, n, t: {**listens(s, o), "was_told": s.known(n, o, t)},
        hears,
        o=operation,
        n=node,
        t=stamp,
    )
    m.action(
        "look",
        "An operation in its first round looks at the copy of its own node.",
        lambda s, o, n, k, t: {**listens(s, o), "its_node": w.at(o, n), "on_the_key": s.on(o, k), "holds": w.holds(s, n, k, t)},
        lambda s, o, n, k, t: hears(s, o, n, t),  # noqa: ARG005  # the key is for the guards
        o=operation,
        n=node,
        k=key,
        t=stamp,
    )


def _storing(m: Model, w: Vocabulary) -> None:
    node, operation, key, stamp, value, quorum = w.node, w.operation, w.key, w.stamp, w.value, w.quorum

    def has_asked(s: State, o: Term, n: Term, k: Term, q: Term, last: Term, u: Term) -> dict[str, Term]:
        return {
            "its_node": w.at(o, n),
            "on_the_key": s.on(o, k),
            "quorum_heard": w.of_all(q, lambda each: Or(each == last, s.heard(o, each))),
            "was_told": Or(s.known(last, o, u), And(last == n, w.holds(s, n, k, u))),
            "first_round": Not(s.stores(o)),
            "not_over": Not(s.over(o)),
        }

    def stores(s: State, o: Term, n: Term, k: Term, t: Term) -> dict[str, Relation]:
        return {
            "heard": _without(s.heard, o),
            "found": _without(s.found, o),
            "stores": add(s.stores, o),
            "chose": add(s.chose, o, t),
            "reached": w.up_to(s.reached, n, k, t),
        }

    m.action(
        "stamp",
        "A write that hears the last of a quorum gets a stamp of its node, later than all that it has found and than the copy there, which has it now.",
        lambda s, o, n, k, t, v, q, last, u: {
            **has_asked(s, o, n, k, q, last, u),
            "its_value": w.writes(o, v),
            "its_name": w.owner(t, n),
            "later_than_told": Not(w.le(t, u)),
            "later_than_found": forall(stamp, lambda x: Implies(s.found(o, x), Not(w.le(t, x)))),
            "later_than_its_copy": Not(s.reached(n, k, t)),
        },
        lambda s, o, n, k, t, v, q, last, u: {  # noqa: ARG005  # who answers is for the guards
            **stores(s, o, n, k, t),
            "wrote": add(s.wrote, o, t),
            "written": add(s.written, k, t, v),
        },
        o=operation,
        n=node,
        k=key,
        t=stamp,
        v=value,
        q=quorum,
        last=node,
        u=stamp,
    )
    m.action(
        "take",
        "A read that hears the last of a quorum takes the latest version that it has found, and its own copy has it now.",
        lambda s, o, n, k, t, q, last, u: {
            **has_asked(s, o, n, k, q, last, u),
            "it_reads": w.reads(o),
            "found": Or(t == u, w.has_found_at_least(s, o, t)),
            "latest": And(w.le(u, t), forall(stamp, lambda x: Implies(s.found(o, x), w.le(x, t)))),
        },
        lambda s, o, n, k, t, q, last, u: stores(s, o, n, k, t),  # noqa: ARG005  # who answers is for the guards
        o=operation,
        n=node,
        k=key,
        t=stamp,
        q=quorum,
        last=node,
        u=stamp,
    )
    m.action(
        "send",
        "An operation in its second round asks others to store its version.",
        lambda s, o, t: {"chose": s.chose(o, t)},
        lambda s, o, t: {"update": add(s.update, o, t)},
        o=operation,
        t=stamp,
    )
    m.action(
        "store",
        "A node stores the version of an operation, unless it has a later one.",
        lambda s, n, o, k, t: {"was_sent": s.update(o, t), "on_the_key": s.on(o, k)},  # noqa: ARG005  # guards take the parameters
        lambda s, n, o, k, t: {"reached": w.up_to(s.reached, n, k, t)},  # noqa: ARG005  # the operation is for the guards
        n=node,
        o=operation,
        k=key,
        t=stamp,
    )
    m.action(
        "confirm",
        "A node that has the version of an operation, or a later one, says so.",
        lambda s, n, o, k, t: {"was_sent": s.update(o, t), "on_the_key": s.on(o, k), "has_it": w.copy_is_at_least(s, n, k, t)},
        lambda s, n, o, k, t: {"acked": add(s.acked, n, o)},  # noqa: ARG005  # the version is for the guards
        n=node,
        o=operation,
        k=key,
        t=stamp,
    )
    m.action(
        "serve",
        "An operation whose version a quorum stores, its own node counted, is done.",
        lambda s, o, t, q: {"chose": s.chose(o, t), "quorum_stored": w.of_all(q, lambda n: Or(s.acked(n, o), w.at(o, n)))},
        lambda s, o, t, q: {  # noqa: ARG005  # the quorum is for the guards
            "served": add(s.served, o, t),
            "done": add(s.done, o),
            "stored_by": lambda p, n: Or(s.stored_by(p, n), And(p == o, Or(s.acked(n, o), w.at(o, n)))),
            "over": add(s.over, o),
            "stores": _without(s.stores, o),
            "chose": _without(s.chose, o),
        },
        o=operation,
        t=stamp,
        q=quorum,
    )
    m.action(
        "tell",
        "A read is told the value of the version that has served it; nothing, where that is what nobody has written.",
        lambda s, o, k, t, v: {
            "it_reads": w.reads(o),
            "on_the_key": s.on(o, k),
            "was_served": s.served(o, t),
            "its_value": Or(s.written(k, t, v), And(t == w.zero, v == w.nothing)),
        },
        lambda s, o, k, t, v: {"told": add(s.told, o, v), "answered": add(s.answered, o)},  # noqa: ARG005  # the version is for the guards
        o=operation,
        k=key,
        t=stamp,
        v=value,
    )
    m.action(
        "finish",
        "A write is told that it is done.",
        lambda s, o: {"it_writes": Not(w.reads(o)), "is_done": s.done(o)},
        lambda s, o: {"answered": add(s.answered, o)},
        o=operation,
    )

    def elsewhere(relation: Relation, n: Term) -> Relation:
        return lambda p, *rest: And(relation(p, *rest), Not(w.at(p, n)))

    m.action(
        "crash",
        "A node crashes: its operations are over, and its copy is there as it was.",
        lambda s, n: {},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {
            "over": lambda p: Or(s.over(p), And(s.asked(p), w.at(p, n))),
            **{name: elsewhere(getattr(s, name), n) for name in ("heard", "found", "stores", "chose")},
        },
        n=node,
    )
