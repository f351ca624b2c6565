"""Paxos by induction over a model of any size.

Assumes: what an acceptor has promised and voted is never forgotten; nobody lies; two proposals of one round do not come from
two proposers (a round carries its proposer); the values that users ask for are distinct.
Model: Padon et al., "Paxos Made EPR" (OOPSLA 2017), section 4, with more actions: what users ask for and are refused, and a promise that is
made and never sent, since a crash can come between the two. Voting leaves every lower round, as the reference implementation does.
Not covered: that anything is ever decided. That the model is the code is not claimed here: the bridge checks it of every step
of explored scopes, the proofs of the handlers for all states of a process.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def paxos() -> Model:
    """Return the model."""
    m = Model("paxos_synod")
    node, quorum = m.sort("Node", "acceptors"), m.sort("Quorum")
    round, value = m.sort("Round"), m.sort("Value")
    le, member, none = m.rigid("le", round, round), m.rigid("member", node, quorum), m.constant("none", round)
    total_order(m, le, round)
    m.axiom("none_is_least", "one that stands for none is the least", forall(round, lambda r: le(none, r)))
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have a member in common", meet)

    m.relation("asked", value)
    m.relation("refused", value)
    m.relation("prepared", round)
    m.relation("promise", node, round)
    m.relation("left", node, round)
    m.relation("proposal", round, value)
    m.relation("vote", node, round, value)
    m.relation("decided", round, value)

    def below(a: Term, b: Term) -> Term:
        return Not(le(b, a))

    def leaves(s: State, n: Term, r: Term) -> Callable[..., Term]:
        return lambda m, q: Or(s.left(m, q), And(m == n, below(q, r)))

    m.action(
        "ask",
        "A user asks that a value be chosen; no other user asks for it.",
        lambda s, v: {"not_asked": Not(s.asked(v))},
        lambda s, v: {"asked": add(s.asked, v)},
        v=value,
    )
    m.action(
        "refuse",
        "A user is told no.",
        lambda s, v: {"was_asked": s.asked(v), "not_proposed": forall(round, lambda r: Not(s.proposal(r, v)))},
        lambda s, v: {"refused": add(s.refused, v)},
        v=value,
    )
    m.action(
        "prepare",
        "A proposer begins a round.",
        lambda s, r: {"real_round": r != none},  # noqa: ARG005  # guards take the state
        lambda s, r: {"prepared": add(s.prepared, r)},
        r=round,
    )
    m.action(
        "promise",
        "An acceptor promises to take no further part in lower rounds, and says so.",
        lambda s, n, r: {"was_prepared": s.prepared(r), "not_left": Not(s.left(n, r))},
        lambda s, n, r: {"promise": add(s.promise, n, r), "left": leaves(s, n, r)},
        n=node,
        r=round,
    )
    m.action(
        "leave",
        "An acceptor promises, and crashes before it has said so.",
        lambda s, n, r: {"real_round": r != none},  # noqa: ARG005  # guards take the state
        lambda s, n, r: {"left": leaves(s, n, r)},
        n=node,
        r=round,
    )

    def told(s: State, r: Term, q: Term) -> Callable[..., Term]:
        return lambda n, p, w: And(member(n, q), below(p, r), s.vote(n, p, w))

    m.action(
        "propose",
        "A proposer that a quorum has promised proposes the value of the highest vote in it; if there is none, one that was asked for.",
        lambda s, r, q, h, v: {
            "fresh": forall(value, lambda w: Not(s.proposal(r, w))),
            "quorum_promised": forall(node, lambda n: Implies(member(n, q), s.promise(n, r))),
            "highest_vote": Or(
                And(h == none, s.asked(v), Not(s.refused(v)), forall(node, round, value, lambda n, p, w: Not(told(s, r, q)(n, p, w)))),
                And(
                    h != none,
                    exists(node, lambda n: told(s, r, q)(n, h, v)),
                    forall(node, round, value, lambda n, p, w: Implies(told(s, r, q)(n, p, w), le(p, h))),
                ),
            ),
        },
        lambda s, r, q, h, v: {"proposal": add(s.proposal, r, v)},  # noqa: ARG005  # the rest is for the guards
        r=round,
        q=quorum,
        h=round,
        v=value,
    )
    m.action(
        "vote",
        "An acceptor votes for a proposal of a round that it has not left, and leaves the lower ones.",
        lambda s, n, r, v: {"real_round": r != none, "not_left": Not(s.left(n, r)), "was_proposed": s.proposal(r, v)},
        lambda s, n, r, v: {"vote": add(s.vote, n, r, v), "left": leaves(s, n, r)},
        n=node,
        r=round,
        v=value,
    )
    m.action(
        "decide",
        "Somebody counts a quorum of votes for one value in one round.",
        lambda s, r, v, q: {"quorum_voted": forall(node, lambda n: Implies(member(n, q), s.vote(n, r, v)))},
        lambda s, r, v, q: {"decided": add(s.decided, r, v)},  # noqa: ARG005  # the quorum is for the guard
        r=round,
        v=value,
        q=quorum,
    )

    m.invariant(
        "agreement",
        "Two decisions name the same value.",
        lambda s: forall(round, value, round, value, lambda r, v, p, w: Implies(And(s.decided(r, v), s.decided(p, w)), v == w)),
        safety=True,
    )
    m.invariant(
        "validity",
        "A value that is decided was asked for.",
        lambda s: forall(round, value, lambda r, v: Implies(s.decided(r, v), s.asked(v))),
        safety=True,
    )
    m.invariant(
        "a_no_is_true",
        "A value that was refused is never decided.",
        lambda s: forall(round, value, lambda r, v: Not(And(s.decided(r, v), s.refused(v)))),
        safety=True,
    )
    m.invariant(
        "one_proposal",
        "A round has one proposal, so that its votes are for one value.",
        lambda s: forall(round, value, value, lambda r, v, w: Implies(And(s.proposal(r, v), s.proposal(r, w)), v == w)),
    )
    m.invariant(
        "proposals_were_asked_for",
        "A proposal is of a value that was asked for and not refused.",
        lambda s: forall(round, value, lambda r, v: Implies(s.proposal(r, v), And(s.asked(v), Not(s.refused(v))))),
    )
    m.invariant(
        "a_no_was_asked_for",
        "A value that was refused was asked for.",
        lambda s: forall(value, lambda v: Implies(s.refused(v), s.asked(v))),
    )
    m.invariant(
        "votes_are_proposed",
        "A vote is for the proposal of its round.",
        lambda s: forall(node, round, value, lambda n, r, v: Implies(s.vote(n, r, v), s.proposal(r, v))),
    )
    m.invariant(
        "decisions_have_a_quorum",
        "A decision has a quorum of votes behind it, which meets every other quorum.",
        lambda s: forall(
            round,
            value,
            lambda r, v: Implies(s.decided(r, v), exists(quorum, lambda q: forall(node, lambda n: Implies(member(n, q), s.vote(n, r, v))))),
        ),
    )
    m.invariant(
        "promises_are_kept",
        "Who has promised a round has left all lower ones.",
        lambda s: forall(node, round, round, lambda n, r, p: Implies(And(s.promise(n, r), below(p, r)), s.left(n, p))),
    )
    m.invariant(
        "nothing_else_below_a_proposal",
        "No other value can be decided any more below a proposal: some member of each quorum has left without voting for it.",
        lambda s: forall(
            round,
            round,
            value,
            value,
            quorum,
            lambda r, p, v, w, q: Implies(
                And(below(p, r), s.proposal(r, v), v != w), exists(node, lambda n: And(member(n, q), s.left(n, p), Not(s.vote(n, p, w))))
            ),
        ),
    )
    m.invariant(
        "no_votes_in_no_round",
        "The round that stands for none has no votes.",
        lambda s: forall(node, value, lambda n, v: Not(s.vote(n, none, v))),
    )
    return m


def universe(nodes: int, rounds: int, values: int, *, members: int | None = None) -> Universe:
    """Return a finite universe; `rounds` are the real ones, above the round r0 that stands for none.

    Quorums are all sets of `members` nodes, by default the smallest majorities.
    """
    names = tuple(f"n{number}" for number in range(nodes))
    quorums = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    return Universe(
        {
            "Node": names,
            "Quorum": tuple("".join(names[member] for member in each) for each in quorums),
            "Round": tuple(f"r{number}" for number in range(rounds + 1)),
            "Value": ("x", "y", "z", "w")[:values],
        },
        {
            "le": frozenset((low, high) for high in range(rounds + 1) for low in range(high + 1)),
            "member": frozenset((member, number) for number, each in enumerate(quorums) for member in each),
            "none": 0,
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: paxos().without_guard(action, guard)


def any_earlier_vote() -> Model:
    """Return the model in which a proposer adopts some earlier vote that it is told of, not the highest."""
    m = paxos()
    guards = m.actions["propose"].guards
    node, round, value = (m.sorts[name] for name in ("Node", "Round", "Value"))
    s0 = m.state()

    def weaker(s: State, r: Term, q: Term, h: Term, v: Term) -> dict[str, Any]:
        def told(n: Term, p: Term, w: Term) -> Term:
            return And(s0.member(n, q), Not(s0.le(r, p)), s.vote(n, p, w))

        some = exists(node, lambda n: told(n, h, v))
        nobody = forall(node, round, value, lambda n, p, w: Not(told(n, p, w)))
        none = s0.none()
        return {**guards(s, r, q, h, v), "highest_vote": Or(And(h == none, s.asked(v), Not(s.refused(v)), nobody), And(h != none, some))}

    return m.with_guards("propose", weaker)


STEPS_OF_A_ROUND = (("prepare", "r1"), ("promise", "n0", "r1"), ("promise", "n1", "r1"))
TWO_ASKED = (("ask", "x"), ("ask", "y"))
TWO_VALUES = (  # x is voted for by one, y is decided by the other two, and the third round takes the older vote
    *TWO_ASKED,
    *STEPS_OF_A_ROUND,
    ("propose", "r1", "n0n1", "r0", "x"),
    ("vote", "n0", "r1", "x"),
    ("prepare", "r2"),
    ("promise", "n1", "r2"),
    ("promise", "n2", "r2"),
    ("propose", "r2", "n1n2", "r0", "y"),
    ("vote", "n1", "r2", "y"),
    ("vote", "n2", "r2", "y"),
    ("decide", "r2", "y", "n1n2"),
    ("prepare", "r3"),
    ("promise", "n0", "r3"),
    ("promise", "n1", "r3"),
    ("propose", "r3", "n0n1", "r1", "x"),
    ("vote", "n0", "r3", "x"),
    ("vote", "n1", "r3", "x"),
    ("decide", "r3", "x", "n0n1"),
)
OWN_VALUE = (  # the second round does not listen, and nobody has asked for its value
    ("ask", "x"),
    *STEPS_OF_A_ROUND,
    ("propose", "r1", "n0n1", "r0", "x"),
    ("vote", "n0", "r1", "x"),
    ("vote", "n1", "r1", "x"),
    ("decide", "r1", "x", "n0n1"),
    ("prepare", "r2"),
    ("promise", "n1", "r2"),
    ("promise", "n2", "r2"),
    ("propose", "r2", "n1n2", "r0", "y"),
    ("vote", "n1", "r2", "y"),
    ("vote", "n2", "r2", "y"),
    ("decide", "r2", "y", "n1n2"),
)
LATE_VOTES = (  # two acceptors vote in a round that they have promised away
    *TWO_ASKED,
    *STEPS_OF_A_ROUND,
    ("propose", "r1", "n0n1", "r0", "x"),
    ("prepare", "r2"),
    ("promise", "n0", "r2"),
    ("promise", "n1", "r2"),
    ("propose", "r2", "n0n1", "r0", "y"),
    ("vote", "n0", "r1", "x"),
    ("vote", "n1", "r1", "x"),
    ("decide", "r1", "x", "n0n1"),
    ("vote", "n0", "r2", "y"),
    ("vote", "n1", "r2", "y"),
    ("decide", "r2", "y", "n0n1"),
)
TWO_QUORUMS = (  # each of two acceptors is a quorum by itself
    *TWO_ASKED,
    ("prepare", "r1"),
    ("promise", "n0", "r1"),
    ("propose", "r1", "n0", "r0", "x"),
    ("vote", "n0", "r1", "x"),
    ("decide", "r1", "x", "n0"),
    ("prepare", "r2"),
    ("promise", "n1", "r2"),
    ("propose", "r2", "n1", "r0", "y"),
    ("vote", "n1", "r2", "y"),
    ("decide", "r2", "y", "n1"),
)

PAXOS = Proof(
    stem="paxos_synod",
    title="agreement",
    about=__doc__,
    model=paxos,
    start=universe(3, 1, 1),
    real=tuple(universe(nodes, 2, 2) for nodes in range(1, 8)),
    mutants=(
        Mutant("own_value", "A proposer proposes what it likes.", _without("propose", "highest_vote"), universe(3, 2, 2), OWN_VALUE),
        Mutant(
            "any_earlier_vote",
            "A proposer adopts some earlier vote, not the highest.",
            any_earlier_vote,
            universe(3, 3, 2),
            TWO_VALUES,
            hidden=universe(3, 2, 2),
        ),
        Mutant(
            "late_votes",
            "An acceptor votes in a round that it has promised away.",
            _without("vote", "not_left"),
            universe(3, 2, 2),
            LATE_VOTES,
        ),
        Mutant(
            "refuses_what_it_proposed",
            "A user is told no whose value is proposed.",
            _without("refuse", "not_proposed"),
            universe(3, 1, 1),
            (
                ("ask", "x"),
                *STEPS_OF_A_ROUND,
                ("propose", "r1", "n0n1", "r0", "x"),
                ("refuse", "x"),
                ("vote", "n0", "r1", "x"),
                ("vote", "n1", "r1", "x"),
                ("decide", "r1", "x", "n0n1"),
            ),
        ),
        Mutant(
            "quorums_that_miss",
            "Two quorums need not have a member in common.",
            lambda: paxos().without_axiom("quorums_meet"),
            universe(2, 2, 2, members=1),
            TWO_QUORUMS,
        ),
    ),
)

AGREEMENT = proved(PAXOS)
