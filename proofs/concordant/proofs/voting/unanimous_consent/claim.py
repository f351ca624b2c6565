"""Unanimity by induction over a model of any size.

Assumes: a coordinator that decides once and does not lie; electors that vote once. Electors that lie are not among the nodes:
what they say can only decline, since the coordinator needs their consent too.
Not covered: that a proposal which all accept is accepted, which needs messages in time.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Not, Implies = z3.And, z3.Not, z3.Implies


def consent() -> Model:
    """Return the model."""
    m = Model("unanimous_consent")
    node = m.sort("Node", "electors")
    for name in ("consented", "vetoed", "told_yes", "told_no"):
        m.relation(name, node)
    m.relation("accepted")
    m.relation("declined")

    m.action(
        "consent",
        "An elector votes yes.",
        lambda s, n: {"not_vetoed": Not(s.vetoed(n))},
        lambda s, n: {"consented": add(s.consented, n)},
        n=node,
    )
    m.action(
        "veto",
        "An elector votes no.",
        lambda s, n: {"not_consented": Not(s.consented(n))},
        lambda s, n: {"vetoed": add(s.vetoed, n)},
        n=node,
    )
    m.action(
        "accept",
        "The coordinator has heard every elector consent.",
        lambda s: {"all_consented": forall(node, lambda n: s.consented(n)), "not_declined": Not(s.declined())},
        lambda s: {"accepted": add(s.accepted)},
    )
    m.action(
        "decline",
        "The coordinator has heard a veto, or waited long enough.",
        lambda s: {"not_accepted": Not(s.accepted())},
        lambda s: {"declined": add(s.declined)},
    )
    m.action(
        "tell_yes",
        "A participant learns that the proposal is accepted.",
        lambda s, n: {"accepted": s.accepted()},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"told_yes": add(s.told_yes, n)},
        n=node,
    )
    m.action(
        "tell_no",
        "A participant learns that the proposal is declined.",
        lambda s, n: {"declined": s.declined()},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"told_no": add(s.told_no, n)},
        n=node,
    )

    m.invariant(
        "acceptance_needs_every_consent",
        "Acceptance means that all have consented.",
        lambda s: Implies(s.accepted(), forall(node, lambda n: s.consented(n))),
        safety=True,
    )
    m.invariant(
        "agreement",
        "Nobody is told yes while another is told no.",
        lambda s: forall(node, node, lambda n, k: Not(And(s.told_yes(n), s.told_no(k)))),
        safety=True,
    )
    m.invariant("one_decision", "The coordinator decides once.", lambda s: Not(And(s.accepted(), s.declined())))
    m.invariant(
        "yes_is_decided", "Who is told yes is told the truth.", lambda s: forall(node, lambda n: Implies(s.told_yes(n), s.accepted()))
    )
    m.invariant("no_is_decided", "Who is told no is told the truth.", lambda s: forall(node, lambda n: Implies(s.told_no(n), s.declined())))
    return m


def universe(nodes: int) -> Universe:
    """Return the finite universe of so many electors."""
    return Universe({"Node": tuple(f"n{number}" for number in range(nodes))}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: consent().without_guard(action, guard)


CONSENT = Proof(
    stem="unanimous_consent",
    title="agreement",
    about=__doc__,
    model=consent,
    start=universe(2),
    real=tuple(universe(nodes) for nodes in range(1, 5)),
    mutants=(
        Mutant(
            "votes_received",
            "The coordinator accepts when the votes that it received are all yes.",
            _without("accept", "all_consented"),
            universe(2),
            (("consent", "n0"), ("veto", "n1"), ("accept",), ("tell_yes", "n0")),
        ),
        Mutant(
            "reopens",
            "A consent that comes after the deadline reverses the decision.",
            _without("accept", "not_declined"),
            universe(2),
            (("consent", "n0"), ("consent", "n1"), ("decline",), ("tell_no", "n0"), ("accept",), ("tell_yes", "n1")),
        ),
        Mutant(
            "assumes_the_best",
            "An elector takes its own consent for the decision.",
            _without("tell_yes", "accepted"),
            universe(2),
            (("consent", "n0"), ("tell_yes", "n0"), ("veto", "n1"), ("decline",), ("tell_no", "n1")),
        ),
    ),
)

AGREEMENT = proved(CONSENT)
