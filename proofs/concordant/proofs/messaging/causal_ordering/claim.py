"""Causal order by induction over a model of any size: any number of processes and messages, whatever is lost, repeated or late, and whoever crashes.

A message happened before another if the sender of that had been handed it up, or had sent it, when it sent that (Lamport, 1978). That
what happened before what happened before happened before, too, is proved.
Assumes: the clock of a message tells what its sender had been handed up. That it does is proved of the handlers as far as they are run for
all counts, and explored beyond.
Not covered: that messages are handed up in the end; the handlers for more than two processes, or, on request, three, and with anything
held: of what is held any number may be gone through, each with a clock of its own, and there are no symbols of any number of entries. So
with something held, and in larger groups, `handed_up` is explored, and tied to the model there.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def causal() -> Model:
    """Return the model. `before`: what its sender had been handed up when it sent a message, and told in its clock."""
    m = Model("causal_ordering")
    process = m.sort("Process", "processes")
    message = m.sort("Message")
    m.relation("sent", message)
    m.relation("before", message, message)
    m.relation("delivered", process, message)

    m.action(
        "send",
        "A process sends a new message, tells what it was handed up before, and hands the message up to itself.",
        lambda s, p, x: {"new": Not(s.sent(x))},  # noqa: ARG005  # guards take the parameters
        lambda s, p, x: {
            "sent": add(s.sent, x),
            "before": lambda y, z: Or(s.before(y, z), And(z == x, s.delivered(p, y))),
            "delivered": add(s.delivered, p, x),
        },
        p=process,
        x=message,
    )
    m.action(
        "hand_up",
        "A process is handed up a message that was sent, after all that its clock tells of.",
        lambda s, p, x: {
            "was_sent": s.sent(x),
            "causes": forall(message, lambda y: Implies(s.before(y, x), s.delivered(p, y))),
        },
        lambda s, p, x: {"delivered": add(s.delivered, p, x)},
        p=process,
        x=message,
    )
    m.invariant(
        "causal_order",
        "Who was handed up a message was handed up all that happened before it.",
        lambda s: forall(process, message, message, lambda p, x, y: Implies(And(s.delivered(p, x), s.before(y, x)), s.delivered(p, y))),
        safety=True,
    )
    m.invariant(
        "transitive",
        "What happened before a message that happened before another happened before that, too.",
        lambda s: forall(message, message, message, lambda x, y, z: Implies(And(s.before(x, y), s.before(y, z)), s.before(x, z))),
        safety=True,
    )
    m.invariant(
        "irreflexive",
        "Nothing happened before itself.",
        lambda s: forall(message, lambda x: Not(s.before(x, x))),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What is handed up was sent.",
        lambda s: forall(process, message, lambda p, x: Implies(s.delivered(p, x), s.sent(x))),
        safety=True,
    )
    m.invariant(
        "clocks_tell_of_what_was_sent",
        "A clock is in a message that was sent, and tells of such.",
        lambda s: forall(message, message, lambda x, y: Implies(s.before(x, y), And(s.sent(x), s.sent(y)))),
    )
    return m


def universe(processes: int, messages: int) -> Universe:
    """Return the finite universe of so many processes and messages."""
    names = {"Process": tuple(f"p{number}" for number in range(processes)), "Message": tuple(f"m{number}" for number in range(messages))}
    return Universe(names, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: causal().without_guard(action, guard)


CAUSAL = Proof(
    stem="causal_ordering",
    title="causes_come_first",
    about=__doc__,
    model=causal,
    start=universe(2, 2),
    real=tuple(universe(processes, messages) for processes in range(1, 4) for messages in range(1, 3)),
    mutants=(
        Mutant(
            "hands_up_at_once",
            "A message is handed up as it comes.",
            _without("hand_up", "causes"),
            universe(2, 2),
            (("send", "p0", "m0"), ("send", "p0", "m1"), ("hand_up", "p1", "m1")),
        ),
        Mutant(
            "answers_what_it_lacks",
            "A message is handed up as it comes, and answered: of what happened before it the answer knows nothing.",
            _without("hand_up", "causes"),
            universe(2, 3),
            (("send", "p0", "m0"), ("send", "p0", "m1"), ("hand_up", "p1", "m1"), ("send", "p1", "m2")),
        ),
        Mutant(
            "sends_again",
            "A message is sent once more, under its name, with what was handed up since.",
            _without("send", "new"),
            universe(1, 1),
            (("send", "p0", "m0"), ("send", "p0", "m0")),
        ),
        Mutant(
            "makes_up",
            "A message is handed up that nobody sent.",
            _without("hand_up", "was_sent"),
            universe(1, 1),
            (("hand_up", "p0", "m0"),),
        ),
    ),
)

CAUSES_COME_FIRST = proved(CAUSAL)
