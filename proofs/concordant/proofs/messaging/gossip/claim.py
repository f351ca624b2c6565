"""Gossip by induction over a model of any size: any number of nodes and rumours, whoever has which peers, pushes and exchanges alike.

Model: a rumour is its name with what it says, so that one which was altered is another. Messages are lost, come twice or come late: what
was sent may be heard at any time, or never.
Assumes: a node keeps what it knows through crashes.
Not covered: that a node learns a rumour once; that rumours are heard, of which `spreading` says what can happen; the handlers for all
states, since they count what a node knows.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

Implies = z3.Implies


def gossip() -> Model:
    """Return the model. `spread`: somebody asked for it; `learned`: a node has said that it heard of a rumour; `sent`: it has passed it on."""
    m = Model("gossip")
    node, rumour = m.sort("Node"), m.sort("Rumour")
    m.relation("spread", rumour)
    for name in ("learned", "knows", "sent"):
        m.relation(name, node, rumour)

    m.action(
        "begin",
        "A node is asked to spread a rumour that is new, and knows it.",
        lambda s, n, r: {"new": z3.Not(s.spread(r))},  # noqa: ARG005  # guards take the parameters
        lambda s, n, r: {"spread": add(s.spread, r), "learned": add(s.learned, n, r), "knows": add(s.knows, n, r)},
        n=node,
        r=rumour,
    )
    m.action(
        "pass_on",
        "A node sends a rumour that it knows, to anybody.",
        lambda s, n, r: {"knows": s.knows(n, r)},
        lambda s, n, r: {"sent": add(s.sent, n, r)},
        n=node,
        r=rumour,
    )
    m.action(
        "learn",
        "A node hears of a rumour that another has sent, and knows it.",
        lambda s, n, o, r: {"was_sent": s.sent(o, r)},  # noqa: ARG005
        lambda s, n, o, r: {"learned": add(s.learned, n, r), "knows": add(s.knows, n, r)},  # noqa: ARG005
        n=node,
        o=node,
        r=rumour,
    )

    m.invariant(
        "nothing_is_forgotten",
        "A node knows whatever it has learned.",
        lambda s: forall(node, rumour, lambda n, r: Implies(s.learned(n, r), s.knows(n, r))),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What a node knows somebody was asked to spread, in these words.",
        lambda s: forall(node, rumour, lambda n, r: Implies(s.knows(n, r), s.spread(r))),
        safety=True,
    )
    m.invariant(
        "nobody_tells_what_it_does_not_know",
        "A node knows what it has sent.",
        lambda s: forall(node, rumour, lambda n, r: Implies(s.sent(n, r), s.knows(n, r))),
        safety=True,
    )
    return m


def forgets() -> Model:
    """Return the model in which a node that hears of a rumour does not keep it."""
    return gossip().with_updates("learn", lambda s, n, o, r: {"learned": add(s.learned, n, r)})  # noqa: ARG005


def universe(nodes: int, rumours: int) -> Universe:
    """Return the finite universe of so many nodes and rumours."""
    return Universe(
        {"Node": tuple(f"n{number}" for number in range(nodes)), "Rumour": tuple(f"r{number}" for number in range(rumours))}, {}
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: gossip().without_guard(action, guard)


GOSSIP = Proof(
    stem="gossip",
    title="nothing_is_forgotten_or_made_up",
    about=__doc__,
    model=gossip,
    start=universe(2, 1),
    real=tuple(universe(nodes, rumours) for nodes in range(1, 4) for rumours in range(1, 3)),
    mutants=(
        Mutant(
            "hears_of_what_nobody_sent",
            "A node hears of a rumour that nobody has sent.",
            _without("learn", "was_sent"),
            universe(1, 1),
            (("learn", "n0", "n0", "r0"),),
        ),
        Mutant(
            "sends_what_it_does_not_know",
            "A node sends a rumour that it does not know.",
            _without("pass_on", "knows"),
            universe(1, 1),
            (("pass_on", "n0", "r0"),),
        ),
        Mutant(
            "forgets",
            "A node says that it has heard of a rumour, and does not keep it.",
            forgets,
            universe(2, 1),
            (("begin", "n0", "r0"), ("pass_on", "n0", "r0"), ("learn", "n1", "n0", "r0")),
        ),
    ),
)

NOTHING_IS_FORGOTTEN_OR_MADE_UP = proved(GOSSIP)
