"""Pipelines of any length with buffers of any capacity: that something can go on while anything is under way, and somebody takes it out.

Model: that of `claim`, of which the bridge checks that it is the code's. What capacities there are is left open: all that is used of a
full buffer is that something is in it, which is so if it has room for one.
Not covered: that stages end what they work on.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.workflows.pipeline_execution.claim import pipelines

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

MODEL = pipelines()
PLACE, ITEM = MODEL.sorts["Place"], MODEL.sorts["Item"]
S = MODEL.state()
MEMBER, FULL = (z3.Function(name, PLACE, z3.BoolSort()) for name in ("member", "full"))
ONE, NEW, LAST, NEXT = (z3.Const(name, PLACE) for name in ("one", "new", "last", "next"))
FIRST = z3.Const("first", ITEM)
ANTISYMMETRIC = forall(PLACE, PLACE, lambda p, q: Implies(And(S.before(p, q), S.before(q, p)), p == q))


def _is_last(p: Term, *also: Term) -> Term:
    """A place is behind all of the set, and behind these."""
    return And(forall(PLACE, lambda q: Implies(MEMBER(q), S.before(q, p))), *(S.before(q, p) for q in also))


def can(action: str, **arguments: Term) -> Term:
    """Return that an action of the model is enabled."""
    return And(*MODEL.actions[action].guards(S, **arguments).values())


LAST_OF_ALL = forall(PLACE, ITEM, lambda q, y: Implies(And(S.at(q, y), Not(S.taken(q))), S.before(q, LAST)))
SOMETHING_CAN_GO_ON = Lemmas(
    "pipeline_execution",
    "something_can_go_on",
    "for all pipelines of any length, all capacities of one or more, and all that may be under way",
    "By induction on the number of places at which something is under way, one is behind all others: lemmas 1 and 2. "
    "The one behind it has room: lemma 3.",
    (
        Lemma(
            "1, one place",
            "It is behind all of the set.",
            {"every place is before itself or the same": forall(PLACE, lambda p: S.before(p, p))},
            forall(PLACE, lambda q: Implies(q == ONE, S.before(q, ONE))),
        ),
        Lemma(
            "2, one place more",
            "Either that one or the new one is behind all of the larger set.",
            {
                "one is behind all of the smaller set": _is_last(LAST),
                "places lie in a line": forall(PLACE, PLACE, lambda p, q: Or(S.before(p, q), S.before(q, p))),
                "what is before another is before what is behind that": forall(
                    PLACE, PLACE, PLACE, lambda p, q, r: Implies(And(S.before(p, q), S.before(q, r)), S.before(p, r))
                ),
            },
            Or(_is_last(LAST, NEW), _is_last(NEW, NEW)),
        ),
        Lemma(
            "3, room",
            "The place behind the last at which something is under way is not full.",
            {
                "nothing is under way behind it (lemmas 1 and 2)": LAST_OF_ALL,
                "the other place is behind it": And(S.before(LAST, NEXT), LAST != NEXT),
                "no two places are before each other": ANTISYMMETRIC,
                "in what is full there is something": forall(PLACE, lambda q: Implies(FULL(q), exists(ITEM, lambda y: S.at(q, y)))),
                "somebody takes out what there is": forall(PLACE, lambda q: Implies(S.taken(q), Not(FULL(q)))),
            },
            Not(FULL(NEXT)),
        ),
        Lemma(
            "4, the first item of the last place",
            "While something is under way, and somebody takes out what there is, a stage works, or an item can go on to where there is room.",
            {
                "an item is at that place": S.at(LAST, FIRST),
                "it is the first there": forall(ITEM, lambda y: Implies(S.at(LAST, y), S.le(FIRST, y))),
                "nothing is under way behind that place (lemmas 1 and 2)": LAST_OF_ALL,
                "no two places are before each other": ANTISYMMETRIC,
                "another place is the next behind it": And(
                    S.before(LAST, NEXT),
                    LAST != NEXT,
                    forall(PLACE, lambda r: Implies(And(S.before(LAST, r), S.before(r, NEXT)), Or(r == LAST, r == NEXT))),
                ),
                "any number may have been taken out": forall(PLACE, lambda q: Implies(S.taken(q), Not(S.single(q)))),
                "that place has room (lemma 3)": Not(FULL(NEXT)),
            },
            Or(S.works(LAST), And(can("pass_on", p=LAST, q=NEXT, x=FIRST), Not(FULL(NEXT)))),
        ),
    ),
)
THEOREM = SOMETHING_CAN_GO_ON.theorem()
