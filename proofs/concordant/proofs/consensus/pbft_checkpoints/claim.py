"""PBFT's checkpoints by induction over a model of any size.

Assumes: at most f of n replicas lie, and signatures cannot be forged; the honest ones do not forget. Only they are in the model: of a quorum,
and of whoever has signed a certificate, it knows the honest members, and what liars sign limits nobody. That the honest parts of two
quorums meet is `quorums.byzantine_quorums_meet`.
Who the primary is, and what it proposes, is not in the model: it may lie, and what counts is what the others sign. Nor are the window, and what
is discarded: what was signed stays signed, also where nobody keeps it.
Not covered: that anything is executed; in which order; what users are told; changes of view, whose agreement is `pbft.agreement`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def pbft_checkpoints() -> Model:
    """Return the model."""
    m = Model("pbft_checkpoints")
    node, quorum = m.sort("Node", "honest replicas"), m.sort("Quorum")
    number, request = m.sort("Number", "sequence numbers"), m.sort("Request")
    reached = m.sort("Reached", "states: what was executed, in order")
    member = m.rigid("member", node, quorum)
    holds = m.rigid("holds", reached, number, request)
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have an honest member in common", meet)

    m.relation("vote", node, number, request)
    m.relation("has", node, number, request)
    m.relation("signed", node, reached)
    m.relation("stable", node, reached)

    def voted(s: State, q: Term, i: Term, d: Term) -> Term:
        return forall(node, lambda n: Implies(member(n, q), s.vote(n, i, d)))

    def certified(s: State, q: Term, t: Term) -> Term:
        return forall(node, lambda n: Implies(member(n, q), s.signed(n, t)))

    m.action(
        "vote",
        "A replica signs a request under a number, by its own or another's choice.",
        lambda s, n, i, d: {"once": forall(request, lambda e: Not(s.vote(n, i, e)))},  # noqa: ARG005  # guards take the parameters
        lambda s, n, i, d: {"vote": add(s.vote, n, i, d)},
        n=node,
        i=number,
        d=request,
    )
    m.action(
        "execute",
        "A replica executes a request on which a quorum has voted, and signs a state: of this request, and of what it had before.",
        lambda s, n, i, d, t, q: {
            "quorum_voted": voted(s, q, i, d),
            "nothing_else": forall(number, request, lambda j, e: Implies(holds(t, j, e), Or(s.has(n, j, e), And(j == i, e == d)))),
        },
        lambda s, n, i, d, t, q: {  # noqa: ARG005  # the quorum is for the guard
            "has": add(s.has, n, i, d),
            "signed": add(s.signed, n, t),
        },
        n=node,
        i=number,
        d=request,
        t=reached,
        q=quorum,
    )
    m.action(
        "stabilize",
        "A checkpoint that a quorum has signed is stable for a replica, which takes over of the state what it has not.",
        lambda s, n, t, q: {"quorum_signed": certified(s, q, t)},  # noqa: ARG005  # guards take the parameters
        lambda s, n, t, q: {  # noqa: ARG005  # the quorum is for the guard
            "stable": add(s.stable, n, t),
            "has": lambda k, j, e: Or(s.has(k, j, e), And(k == n, holds(t, j, e))),
        },
        n=node,
        t=reached,
        q=quorum,
    )

    m.invariant(
        "agreement",
        "Two replicas that have a request under one number, executed or taken over, have the same.",
        lambda s: forall(
            node,
            node,
            number,
            request,
            request,
            lambda n, k, i, d, e: Implies(And(s.has(n, i, d), s.has(k, i, e)), d == e),
        ),
        safety=True,
    )
    m.invariant(
        "stable_agree",
        "Two states that are stable, for whomever, hold the same request under a number that both have.",
        lambda s: forall(
            node,
            node,
            reached,
            reached,
            number,
            request,
            request,
            lambda n, k, t, u, i, d, e: Implies(And(s.stable(n, t), s.stable(k, u), holds(t, i, d), holds(u, i, e)), d == e),
        ),
        safety=True,
    )
    m.invariant(
        "stable_is_signed",
        "A quorum has signed what is stable for somebody.",
        lambda s: forall(reached, lambda t: Implies(exists(node, lambda n: s.stable(n, t)), exists(quorum, lambda q: certified(s, q, t)))),
        safety=True,
    )
    m.invariant(
        "signed_is_had",
        "Whoever has signed a state has all that it holds.",
        lambda s: forall(
            node,
            reached,
            number,
            request,
            lambda n, t, i, d: Implies(And(s.signed(n, t), holds(t, i, d)), s.has(n, i, d)),
        ),
        safety=True,
    )
    m.invariant(
        "stable_is_had",
        "For whom a state is stable, it has all that the state holds.",
        lambda s: forall(
            node,
            reached,
            number,
            request,
            lambda n, t, i, d: Implies(And(s.stable(n, t), holds(t, i, d)), s.has(n, i, d)),
        ),
        safety=True,
    )
    m.invariant(
        "vote_once",
        "A replica signs one request under a number.",
        lambda s: forall(node, number, request, request, lambda n, i, d, e: Implies(And(s.vote(n, i, d), s.vote(n, i, e)), d == e)),
    )
    m.invariant(
        "had_has_a_quorum",
        "A quorum has voted for what somebody has.",
        lambda s: forall(
            number, request, lambda i, d: Implies(exists(node, lambda n: s.has(n, i, d)), exists(quorum, lambda q: voted(s, q, i, d)))
        ),
    )
    return m


def universe(nodes: int, numbers: int, requests: str = "xy", *, members: int = 0) -> Universe:
    """Return a finite universe: honest replicas n0 and so on, numbers i1 and so on, and all states of these, called by what they hold.

    Quorums are majorities of the honest, or sets of `members`; `requests`: one letter each.
    """
    names = tuple(f"n{place}" for place in range(nodes))
    quorums = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    states = tuple(state for length in range(numbers + 1) for state in product(range(len(requests)), repeat=length))
    return Universe(
        {
            "Node": names,
            "Quorum": tuple("".join(names[place] for place in each) for each in quorums),
            "Number": tuple(f"i{place}" for place in range(1, numbers + 1)),
            "Request": tuple(requests),
            "Reached": tuple("".join(requests[each] for each in state) or "nothing" for state in states),
        },
        {
            "member": frozenset((place, which) for which, each in enumerate(quorums) for place in each),
            "holds": frozenset((which, place, each) for which, state in enumerate(states) for place, each in enumerate(state)),
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: pbft_checkpoints().without_guard(action, guard)


def _moves_its_marks_alone() -> Model:
    """A checkpoint becomes stable for a replica that is behind, and stays behind."""
    return pbft_checkpoints().with_updates("stabilize", lambda s, n, t, q: {"stable": add(s.stable, n, t)})  # noqa: ARG005  # as there


def _vote(number: str, request: str, *who: str) -> tuple[tuple[str, ...], ...]:
    return tuple(("vote", each, number, request) for each in who)


def _execute(number: str, request: str, state: str, *who: str, quorum: str = "n0n1") -> tuple[tuple[str, ...], ...]:
    return tuple(("execute", each, number, request, state, quorum) for each in who)


PBFT_CHECKPOINTS = Proof(
    stem="pbft_checkpoints",
    title="agreement",
    about=__doc__,
    model=pbft_checkpoints,
    start=universe(1, 1, "x"),
    real=tuple(universe(nodes, 2) for nodes in range(1, 6)),
    mutants=(
        Mutant(
            "votes_twice",
            "A replica votes for whatever is proposed under a number.",
            _without("vote", "once"),
            universe(3, 1),
            (
                *_vote("i1", "x", "n0", "n1"),
                *_vote("i1", "y", "n1", "n2"),
                *_execute("i1", "x", "x", "n0"),
                *_execute("i1", "y", "y", "n2", quorum="n1n2"),
            ),
        ),
        Mutant(
            "votes_twice_and_certifies",
            "The same: there are two certificates for one number.",
            _without("vote", "once"),
            universe(3, 1),
            (
                *_vote("i1", "x", "n0", "n1"),
                *_vote("i1", "y", "n1", "n2"),
                *_execute("i1", "x", "x", "n0", "n1"),
                *_execute("i1", "y", "y", "n1", "n2", quorum="n1n2"),
                ("stabilize", "n0", "x", "n0n1"),
                ("stabilize", "n2", "y", "n1n2"),
            ),
        ),
        Mutant(
            "executes_at_once",
            "A replica executes what it is told, without a quorum of votes.",
            _without("execute", "quorum_voted"),
            universe(2, 1),
            (*_execute("i1", "x", "x", "n0"), *_execute("i1", "y", "y", "n1")),
        ),
        Mutant(
            "signs_anything",
            "A replica signs a state to which it has not come.",
            _without("execute", "nothing_else"),
            universe(2, 1),
            (*_vote("i1", "x", "n0", "n1"), *_execute("i1", "x", "y", "n0")),
        ),
        Mutant(
            "believes_who_shows_it",
            "A checkpoint is stable for a replica as soon as somebody shows it.",
            _without("stabilize", "quorum_signed"),
            universe(2, 1),
            (*_vote("i1", "x", "n0", "n1"), *_execute("i1", "x", "x", "n0"), ("stabilize", "n1", "y", "n0n1")),
        ),
        Mutant(
            "moves_its_marks_alone",
            "A replica that is behind moves its window on, and has not the state that it begins with.",
            _moves_its_marks_alone,
            universe(3, 1),
            (*_vote("i1", "x", "n0", "n1"), *_execute("i1", "x", "x", "n0", "n1"), ("stabilize", "n2", "x", "n0n1")),
        ),
        Mutant(
            "quorums_that_miss",
            "Two quorums have only liars in common: there are three times as many replicas as liars, and no more.",
            lambda: pbft_checkpoints().without_axiom("quorums_meet"),
            universe(2, 1, members=1),
            (
                ("vote", "n0", "i1", "x"),
                ("execute", "n0", "i1", "x", "x", "n0"),
                ("vote", "n1", "i1", "y"),
                ("execute", "n1", "i1", "y", "y", "n1"),
            ),
        ),
    ),
)

AGREEMENT = proved(PBFT_CHECKPOINTS)
