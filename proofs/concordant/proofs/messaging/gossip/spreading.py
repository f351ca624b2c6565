"""Gossip among any number of nodes: while a node lacks a rumour that another knows, one can be told of it, and then fewer lack it.

Model: that of `claim`, of which the bridge checks that it is the code's. Of a connected graph of peers this alone is used: a set of nodes
that has a member, and all peers of its members, has all nodes.
Not covered: that such a message is sent and arrives, which is what fairness is for; nodes that crash for good.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.messaging.gossip.claim import gossip

And, Not, Implies = z3.And, z3.Not, z3.Implies

MODEL = gossip()
NODE, RUMOUR = MODEL.sorts["Node"], MODEL.sorts["Rumour"]
S = MODEL.state()
PEER = z3.Function("peer", NODE, NODE, z3.BoolSort())
LACKED = z3.Function("lacks it afterwards", NODE, z3.BoolSort())
TELLS, HEARS, KNOWING, LACKING = (z3.Const(name, NODE) for name in ("tells", "hears", "knowing", "lacking"))
IT = z3.Const("it", RUMOUR)


def _knows(n: Term) -> Term:
    return S.knows(n, IT)


SPREADS = Lemmas(
    "gossip",
    "somebody_can_be_told_until_all_know",
    "for any number of nodes, all connected graphs of peers, and all that nodes know",
    "The number of nodes that lack a rumour never grows, since nothing is forgotten; while there are any, it can be lessened (lemma 1, and "
    "lemma 2 of the nodes that it gives). So where such messages are sent and arrive in the end, all nodes know it after as many as there are.",
    (
        Lemma(
            "1, at the edge",
            "Somebody who knows it has a peer who does not.",
            {
                "a node knows it": _knows(KNOWING),
                "a node does not": Not(_knows(LACKING)),
                "if peers of all who know it know it, all do, as peers are connected": Implies(
                    And(_knows(KNOWING), forall(NODE, NODE, lambda a, b: Implies(And(_knows(a), PEER(a, b)), _knows(b)))),
                    forall(NODE, _knows),
                ),
            },
            exists(NODE, NODE, lambda a, b: And(_knows(a), PEER(a, b), Not(_knows(b)))),
        ),
        Lemma(
            "2, one message",
            "It can be sent by a node that knows it; and who lacks it once it has arrived lacked it before, but not the other way round.",
            {
                "who sends it knows it (lemma 1)": _knows(TELLS),
                "who hears of it does not (lemma 1)": Not(_knows(HEARS)),
                "then lack it those who lacked it and did not hear of it": forall(
                    NODE, lambda a: LACKED(a) == Not(MODEL.actions["learn"].updates(S, n=HEARS, o=TELLS, r=IT)["knows"](a, IT))
                ),
            },
            And(
                *MODEL.actions["pass_on"].guards(S, n=TELLS, r=IT).values(),
                forall(NODE, lambda a: Implies(LACKED(a), Not(_knows(a)))),
                Not(_knows(HEARS)),
                Not(LACKED(HEARS)),
            ),
        ),
    ),
)
THEOREM = SPREADS.theorem()
