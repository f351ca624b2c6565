"""Waits at a barrier of any size, by a rank: how many parties are missing from the round for which somebody waits.

Model: that of `claim`, of which the bridge checks that it is the code's.
Not covered: that parties come, which nobody owes; waits that are cut short, which end by that.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.synchronization.barrier.claim import barrier

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

MODEL = barrier()
PARTY, ROUND = MODEL.sorts["Party"], MODEL.sorts["Round"]
S = MODEL.state()
WAITING, COMES, ANY = (z3.Const(name, PARTY) for name in ("waiting", "comes", "any"))
THIS, THAT = z3.Const("this", ROUND), z3.Const("that", ROUND)
LACKED = z3.Function("is missing afterwards", PARTY, z3.BoolSort())
WAITS = {"a party waits for a round": And(S.there(WAITING, THIS), Not(S.passed(WAITING, THIS)))}


def _can(action: str) -> Term:
    """Say that a party may take a step, for this round."""
    return And(*MODEL.actions[action].guards(S, p=COMES, r=THIS).values())


def _is_there(action: str, who: Term, party: Term, of: Term) -> Term:
    """Say that one is there, for this round, once another has taken a step for some round."""
    return MODEL.actions[action].updates(S, p=party, r=of)["there"](who, THIS)


FILLS = Lemmas(
    "barrier",
    "a_wait_ends_when_all_have_come",
    "for any number of parties and rounds, and all that has happened",
    "While a party waits the barrier takes whoever is missing, and all pass with the last (lemma 1); nobody becomes missing by what others "
    "do, unless a wait is cut short (lemma 2); and whoever comes makes those that are missing fewer (lemma 3). So where waits are not cut "
    "short and all come in the end, all pass after as many as there are.",
    (
        Lemma(
            "1, it goes on",
            "Any party may come for that round, and where no other is missing, all pass with it.",
            {
                **WAITS,
                **{
                    f"{MODEL.invariants[name].why} (invariant)": MODEL.invariants[name].formula(S)
                    for name in ("one_round", "rounds_follow")
                },
            },
            And(_can("arrive"), Or(exists(PARTY, lambda a: And(a != COMES, Not(S.there(a, THIS)))), _can("release"))),
        ),
        Lemma(
            "2, nothing is undone",
            "Whoever was there is there when another has come, for whatever round, whether all pass with it or not.",
            WAITS,
            And(*(_is_there(action, WAITING, ANY, THAT) for action in ("arrive", "release"))),
        ),
        Lemma(
            "3, one party",
            "Who is missing once it has come was missing before, but not the other way round.",
            {
                "a party is missing, and comes (lemma 1)": Not(S.there(COMES, THIS)),
                "then those are missing who were, and have not come": forall(
                    PARTY, lambda a: LACKED(a) == Not(_is_there("arrive", a, COMES, THIS))
                ),
            },
            And(forall(PARTY, lambda a: Implies(LACKED(a), Not(S.there(a, THIS)))), Not(S.there(COMES, THIS)), Not(LACKED(COMES))),
        ),
    ),
)
THEOREM = FILLS.theorem()
