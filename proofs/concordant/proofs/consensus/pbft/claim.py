"""PBFT across views by induction over a model of any size.

Assumes: at most f of n replicas lie, and signatures cannot be forged; the honest ones do not forget. Only they are in the model: of a quorum,
and of whoever has signed a certificate, it knows the honest members, and what liars sign limits nobody. That the honest parts of two
quorums meet is `quorums.byzantine_quorums_meet`.
Which replica is the primary of a view is not in the model: whoever proposes may lie, and what counts is what the others sign.
Not covered: that anything is decided; that a client has asked for it, which whoever signs it looks at; what clients are told, for which f + 1 have a witness, `quorums.f_plus_one_have_a_witness`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def pbft() -> Model:
    """Return the model."""
    m = Model("pbft")
    node, quorum = m.sort("Node", "honest replicas"), m.sort("Quorum")
    view, request = m.sort("View"), m.sort("Request")
    le, member = m.rigid("le", view, view), m.rigid("member", node, quorum)
    none, first = m.constant("none", view), m.constant("first", view)
    total_order(m, le, view)
    least = forall(view, lambda v: And(le(none, v), Implies(v != none, le(first, v))))
    m.axiom("none_and_first_are_least", "one that stands for none is the least, and the first view is the next", And(least, none != first))
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have an honest member in common", meet)

    m.relation("left", node, view)
    m.relation("changed", node, view)
    m.relation("prepare", node, view, request)
    m.relation("commit", node, view, request)
    m.relation("decided", view, request)

    def below(a: Term, b: Term) -> Term:
        return Not(le(b, a))

    def signed(s: State, q: Term, v: Term, d: Term) -> Term:
        return forall(node, lambda n: Implies(member(n, q), s.prepare(n, v, d)))

    m.action(
        "change",
        "A replica leaves all lower views, and shows its latest certificate, which is that of its latest commit.",
        lambda s, n, v: {},  # noqa: ARG005  # guards take the parameters
        lambda s, n, v: {
            "changed": add(s.changed, n, v),
            "left": lambda k, w: Or(s.left(k, w), And(k == n, below(w, v))),
        },
        n=node,
        v=view,
    )

    def shown(s: State, q: Term, v: Term, u: Term) -> Term:
        """Return that nobody in a quorum shows a certificate later than u; with none, that nobody shows any."""
        return forall(node, view, request, lambda n, w, e: Implies(And(member(n, q), below(w, v), s.commit(n, w, e)), le(w, u)))

    m.action(
        "prepare",
        "A replica signs a proposal, by its own or another's choice: that of the latest certificate which a quorum shows, or any where it shows none.",
        lambda s, n, v, d, q, u, p: {
            "not_left": Not(s.left(n, v)),
            "once": forall(request, lambda e: Not(s.prepare(n, v, e))),
            "quorum_changed": Or(v == first, forall(node, lambda k: Implies(member(k, q), s.changed(k, v)))),
            "latest": Or(v == first, shown(s, q, v, u)),
            "certificate": Or(v == first, u == none, And(below(u, v), signed(s, p, u, d))),
        },
        lambda s, n, v, d, q, u, p: {"prepare": add(s.prepare, n, v, d)},  # noqa: ARG005  # the rest is for the guards
        n=node,
        v=view,
        d=request,
        q=quorum,
        u=view,
        p=quorum,
    )
    m.action(
        "commit",
        "A replica commits to a request that a quorum has signed.",
        lambda s, n, v, d, q: {"real_view": v != none, "not_left": Not(s.left(n, v)), "quorum_signed": signed(s, q, v, d)},
        lambda s, n, v, d, q: {"commit": add(s.commit, n, v, d)},  # noqa: ARG005  # the quorum is for the guard
        n=node,
        v=view,
        d=request,
        q=quorum,
    )
    m.action(
        "decide",
        "A replica decides what a quorum has committed to.",
        lambda s, v, d, q: {"quorum_committed": forall(node, lambda n: Implies(member(n, q), s.commit(n, v, d)))},
        lambda s, v, d, q: {"decided": add(s.decided, v, d)},  # noqa: ARG005  # the quorum is for the guard
        v=view,
        d=request,
        q=quorum,
    )

    m.invariant(
        "agreement",
        "Two decisions, in whichever views, name the same request.",
        lambda s: forall(view, request, view, request, lambda v, d, u, e: Implies(And(s.decided(v, d), s.decided(u, e)), d == e)),
        safety=True,
    )
    m.invariant(
        "prepare_once",
        "A replica signs one request in a view.",
        lambda s: forall(node, view, request, request, lambda n, v, d, e: Implies(And(s.prepare(n, v, d), s.prepare(n, v, e)), d == e)),
    )
    m.invariant(
        "commit_has_a_quorum",
        "A quorum has signed what somebody commits to.",
        lambda s: forall(
            view, request, lambda v, d: Implies(exists(node, lambda n: s.commit(n, v, d)), exists(quorum, lambda q: signed(s, q, v, d)))
        ),
    )
    m.invariant(
        "decided_has_a_quorum",
        "A quorum has committed to what is decided.",
        lambda s: forall(
            view,
            request,
            lambda v, d: Implies(
                s.decided(v, d), exists(quorum, lambda q: forall(node, lambda n: Implies(member(n, q), s.commit(n, v, d))))
            ),
        ),
    )
    m.invariant(
        "changed_has_left",
        "Whoever has come to a view has left all lower ones.",
        lambda s: forall(node, view, view, lambda n, v, w: Implies(And(s.changed(n, v), below(w, v)), s.left(n, w))),
    )
    m.invariant(
        "nothing_in_no_view",
        "In the view that stands for none nobody commits.",
        lambda s: forall(node, request, lambda n, d: Not(s.commit(n, none, d))),
    )
    m.invariant(
        "nothing_else_below_a_prepare",
        "No other request can be decided any more below what is signed: some member of each quorum has left without committing to it.",
        lambda s: forall(
            view,
            view,
            request,
            request,
            quorum,
            lambda v, u, d, e, q: Implies(
                And(below(u, v), u != none, d != e, exists(node, lambda n: s.prepare(n, v, d))),
                exists(node, lambda n: And(member(n, q), s.left(n, u), Not(s.commit(n, u, e)))),
            ),
        ),
    )
    return m


def universe(nodes: int, views: int, requests: str = "xy", *, members: int = 0) -> Universe:
    """Return a finite universe: honest replicas n0 and so on, and so many real views, from v1, above v0 that stands for none.

    Quorums are majorities of the honest, or sets of `members`; `requests`: one letter each.
    """
    names = tuple(f"n{number}" for number in range(nodes))
    quorums = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    return Universe(
        {
            "Node": names,
            "Quorum": tuple("".join(names[member] for member in each) for each in quorums),
            "View": tuple(f"v{number}" for number in range(views + 1)),
            "Request": tuple(requests),
        },
        {
            "le": frozenset((low, high) for high in range(views + 1) for low in range(high + 1)),
            "member": frozenset((member, number) for number, each in enumerate(quorums) for member in each),
            "none": 0,
            "first": 1,
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: pbft().without_guard(action, guard)


def _signs(view: str, request: str, *who: str, quorum: str, latest: str = "v0", by: str = "n0n1") -> tuple[tuple[str, ...], ...]:
    """Have replicas sign a request, of which a quorum shows the latest certificate, signed by another."""
    return tuple(("prepare", each, view, request, quorum, latest, by) for each in who)


def _decides(view: str, request: str, *who: str, quorum: str, latest: str = "v0", by: str = "n0n1") -> tuple[tuple[str, ...], ...]:
    """Have two replicas sign a request, commit to it and decide it."""
    together = "".join(sorted(who))
    commits = tuple(("commit", each, view, request, together) for each in who)
    return (*_signs(view, request, *who, quorum=quorum, latest=latest, by=by), *commits, ("decide", view, request, together))


def _change(view: str, *who: str) -> tuple[tuple[str, ...], ...]:
    return tuple(("change", each, view) for each in who)


IN_THE_FIRST = _decides("v1", "x", "n0", "n1", quorum="n0n1")
ANOTHER = (*IN_THE_FIRST, *_change("v2", "n1", "n2"), *_decides("v2", "y", "n1", "n2", quorum="n1n2"))
"""Two have decided in the first view, of whom one comes to the second, where another request is decided."""

OLDER = (  # n0 has a certificate for x from the first view; y is decided in the second; the third takes the older certificate
    *_signs("v1", "x", "n0", "n1", quorum="n0n1"),
    ("commit", "n0", "v1", "x", "n0n1"),
    *_change("v2", "n1", "n2"),
    *_decides("v2", "y", "n1", "n2", quorum="n1n2"),
    *_change("v3", "n0", "n1"),
    *_decides("v3", "x", "n0", "n1", quorum="n0n1", latest="v1"),
)
UNSIGNED = (*IN_THE_FIRST, *_change("v3", "n1", "n2"), *_decides("v3", "y", "n1", "n2", quorum="n1n2", latest="v2", by="n1n2"))
"""The third view shows a certificate of the second, in which nobody has signed anything."""

PBFT = Proof(
    stem="pbft",
    title="agreement",
    about=__doc__,
    model=pbft,
    start=universe(1, 2, "x"),
    real=tuple(universe(nodes, 3) for nodes in range(1, 6)),
    mutants=(
        Mutant(
            "signs_twice",
            "A replica signs each proposal of a view.",
            _without("prepare", "once"),
            universe(3, 1),
            (*IN_THE_FIRST, *_decides("v1", "y", "n1", "n2", quorum="n1n2")),
        ),
        Mutant(
            "commits_to_anything",
            "A replica commits to what it likes, without a certificate.",
            _without("commit", "quorum_signed"),
            universe(2, 1),
            tuple(
                step
                for request in "xy"
                for step in (*(("commit", each, "v1", request, "n0n1") for each in ("n0", "n1")), ("decide", "v1", request, "n0n1"))
            ),
        ),
        Mutant(
            "commits_late",
            "A replica commits in a view that it has left.",
            _without("commit", "not_left"),
            universe(3, 2),
            (
                *_signs("v1", "x", "n0", "n1", quorum="n0n1"),
                *_change("v2", "n0", "n1"),
                *_decides("v2", "y", "n0", "n1", quorum="n0n1"),
                ("commit", "n0", "v1", "x", "n0n1"),
                ("commit", "n1", "v1", "x", "n0n1"),
                ("decide", "v1", "x", "n0n1"),
            ),
        ),
        Mutant(
            "lets_the_primary_choose",
            "Nobody looks at the certificates that a quorum shows.",
            _without("prepare", "latest"),
            universe(3, 2),
            ANOTHER,
        ),
        Mutant(
            "older_certificate",
            "Any certificate that is shown will do, not the latest alone.",
            _without("prepare", "latest"),
            universe(3, 3),
            OLDER,
        ),
        Mutant(
            "reads_no_certificate",
            "A certificate is believed without its signatures.",
            _without("prepare", "certificate"),
            universe(3, 3),
            UNSIGNED,
        ),
        Mutant(
            "too_few_come",
            "A proposal of a later view needs no quorum that has come to it.",
            _without("prepare", "quorum_changed"),
            universe(3, 2),
            (
                *_signs("v1", "x", "n0", "n1", quorum="n0n1"),
                *_signs("v2", "y", "n1", "n2", quorum="n1n2"),
                ("commit", "n0", "v1", "x", "n0n1"),
                ("commit", "n1", "v1", "x", "n0n1"),
                ("decide", "v1", "x", "n0n1"),
                ("commit", "n1", "v2", "y", "n1n2"),
                ("commit", "n2", "v2", "y", "n1n2"),
                ("decide", "v2", "y", "n1n2"),
            ),
        ),
        Mutant(
            "quorums_that_miss",
            "Two quorums have only liars in common: there are three times as many replicas as liars, and no more.",
            lambda: pbft().without_axiom("quorums_meet"),
            universe(2, 1, members=1),
            (
                ("prepare", "n0", "v1", "x", "n0", "v0", "n0"),
                ("commit", "n0", "v1", "x", "n0"),
                ("decide", "v1", "x", "n0"),
                ("prepare", "n1", "v1", "y", "n1", "v0", "n1"),
                ("commit", "n1", "v1", "y", "n1"),
                ("decide", "v1", "y", "n1"),
            ),
        ),
    ),
)

AGREEMENT = proved(PBFT)
