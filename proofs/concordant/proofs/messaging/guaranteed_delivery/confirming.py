"""Confirmations for any number of processes, epochs and numbers, by a rank: which of three steps a message has behind it.

Model: that of `claim`, of which the bridge checks that it is the code's.
Not covered: that such steps are taken in the end, which is what fairness is for; senders that give up, or begin a new epoch.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term
from concordant.proofs.messaging.guaranteed_delivery.claim import delivery

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

MODEL = delivery()
S = MODEL.state()
SORTS = {"c": "Channel", "e": "Epoch", "x": "Number", "a": "Message"}
IT = {name: z3.Const(f"its {sort.lower()}", MODEL.sorts[sort]) for name, sort in SORTS.items()}
OTHER = {name: z3.Const(f"any {sort.lower()}", MODEL.sorts[sort]) for name, sort in SORTS.items()}
HEARD = {name: z3.Const(f"heard {SORTS[name].lower()}", MODEL.sorts[SORTS[name]]) for name in "ce"}
BEFORE = z3.Function("before", MODEL.sorts["Epoch"], MODEL.sorts["Epoch"], z3.BoolSort())
PARTS = {"sent": "cexa", "over": "ce", "received": "cex", "acknowledged": "cex", "confirmed": "ca"}
"""What counts of a message, and of which of its parts it is said."""
STEPS = {"hand_up": "received", "acknowledge": "acknowledged", "confirm": "confirmed"}
"""The steps that a message takes in turn, and what then is true of it."""
OPEN = {
    "a message was sent": S.sent(*IT.values()),
    "the receiver knows of no end of its epoch": Not(S.over(IT["c"], IT["e"])),
}


def _is(relation: str) -> Term:
    """Say that something is true of the message."""
    return getattr(S, relation)(*(IT[name] for name in PARTS[relation]))


def _is_after(step: str, given: dict[str, Term], relation: str) -> Term:
    """Say that something is true of the message after a step."""
    action = MODEL.actions[step]
    updates = action.updates(S, **{name: given[name] for name in action.parameters})
    return updates.get(relation, getattr(S, relation))(*(IT[name] for name in PARTS[relation]))


def _can(action: str, given: dict[str, Term]) -> Term:
    named = MODEL.actions[action]
    return And(*named.guards(S, **{name: given[name] for name in named.parameters}).values())


def _keeps(step: str) -> Term:
    """Say that a step, of whatever message, undoes nothing of this one."""
    given = HEARD if step == "begin_anew" else OTHER
    kept = (Implies(_is(relation), _is_after(step, given, relation)) for relation in ("sent", *STEPS.values()))
    return Implies(_can(step, given), And(*kept, Implies(Not(_is("over")), Not(_is_after(step, given, "over")))))


CONFIRMS = Lemmas(
    "guaranteed_delivery",
    "a_sender_can_be_told_in_three_steps",
    "for any number of channels, epochs, numbers and messages, and all that has happened",
    "No step undoes what a message has behind it, while its sender begins no new epoch (lemma 1); and the next of its three can be taken, "
    "whatever was lost (lemma 2). So where each is taken in the end, as who is not told sends again and again, and some copy arrives, its sender is told.",
    (
        Lemma(
            "1, nothing is undone",
            "What was sent, handed up, acknowledged or confirmed is still so after any step, and its epoch not over.",
            {
                "a receiver hears of no epoch of this channel after this one": Implies(HEARD["c"] == IT["c"], BEFORE(HEARD["e"], IT["e"])),
                "of two epochs not each is before the other": MODEL.axioms["epoch_antisymmetric"],
            },
            And(*map(_keeps, MODEL.actions)),
        ),
        Lemma(
            "2, the next step",
            "If it is not remembered it can be handed up, then it is; if it is, it can be acknowledged, then it is; if it is acknowledged, "
            "it can be confirmed, then it is.",
            OPEN,
            And(
                Implies(Not(_is("received")), _can("hand_up", IT)),
                Implies(_is("received"), _can("acknowledge", IT)),
                Implies(_is("acknowledged"), _can("confirm", IT)),
                *(_is_after(step, IT, relation) for step, relation in STEPS.items()),
            ),
        ),
    ),
)
THEOREM = CONFIRMS.theorem()
