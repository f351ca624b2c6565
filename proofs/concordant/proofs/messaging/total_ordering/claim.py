"""Total order by a sequencer, by induction over a model of any size: any number of processes, messages and places, whatever is lost,
repeated or late.

What a process was handed up is told by places; that it is always the beginning of one order, the same for all, is total order.
Assumes: nobody forges messages; there is one sequencer.
Not covered: that messages are handed up in the end, or once; that the order is a causal one; crashes, but as far as who crashes does nothing
more: they are explored, and not tied to the model; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe, ordered
from concordant.proofs.kernel.models import Model, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def total() -> Model:
    """Return the model. `given`: the sequencer gave this place; `placed`: to this message; `passed`: a process was handed up what is there."""
    m = Model("total_ordering")
    process, message, place = m.sort("Process", "processes"), m.sort("Message"), m.sort("Place")
    le = m.rigid("le", place, place)
    total_order(m, le, place)
    m.relation("sent", message)
    m.relation("given", place)
    m.relation("placed", message, place)
    m.relation("passed", process, place)
    m.relation("delivered", process, message)

    def all_below(p: Term, hold: Callable[[Term], Term]) -> Term:
        return forall(place, lambda q: Implies(And(le(q, p), q != p), hold(q)))

    m.action(
        "send",
        "A process sends a message.",
        lambda s, a: {},  # noqa: ARG005  # guards take the parameters
        lambda s, a: {"sent": add(s.sent, a)},
        a=message,
    )
    m.action(
        "order",
        "The sequencer gives a message the next place.",
        lambda s, a, p: {
            "was_sent": s.sent(a),
            "has_no_place": forall(place, lambda q: Not(s.placed(a, q))),
            "is_free": Not(s.given(p)),
            "is_next": all_below(p, s.given),
        },
        lambda s, a, p: {"given": add(s.given, p), "placed": add(s.placed, a, p)},
        a=message,
        p=place,
    )
    m.action(
        "hand_up",
        "A process is handed up the message in the place that comes next.",
        lambda s, n, a, p: {"has_this_place": s.placed(a, p), "is_next": all_below(p, lambda q: s.passed(n, q))},
        lambda s, n, a, p: {"passed": add(s.passed, n, p), "delivered": add(s.delivered, n, a)},
        n=process,
        a=message,
        p=place,
    )
    m.invariant(
        "total_order",
        "Of two processes one was handed up all that the other was.",
        lambda s: forall(
            process,
            message,
            process,
            message,
            lambda n, a, k, b: Implies(And(s.delivered(n, a), s.delivered(k, b)), Or(s.delivered(n, b), s.delivered(k, a))),
        ),
        safety=True,
    )
    m.invariant(
        "in_the_same_order",
        "Whoever was handed up a message was handed up all that have a place before it.",
        lambda s: forall(
            process,
            message,
            place,
            message,
            place,
            lambda n, a, p, b, q: Implies(And(s.delivered(n, b), s.placed(b, q), s.placed(a, p), le(p, q)), s.delivered(n, a)),
        ),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What was handed up was sent.",
        lambda s: forall(process, message, lambda n, a: Implies(s.delivered(n, a), s.sent(a))),
        safety=True,
    )
    m.invariant(
        "one_message_a_place",
        "A place is given to one message.",
        lambda s: forall(message, message, place, lambda a, b, p: Implies(And(s.placed(a, p), s.placed(b, p)), a == b)),
        safety=True,
    )
    m.invariant(
        "one_place_a_message",
        "A message has one place.",
        lambda s: forall(message, place, place, lambda a, p, q: Implies(And(s.placed(a, p), s.placed(a, q)), p == q)),
        safety=True,
    )
    m.invariant(
        "in_a_place",
        "What was handed up has a place.",
        lambda s: forall(process, message, lambda n, a: Implies(s.delivered(n, a), exists(place, lambda p: s.placed(a, p)))),
        safety=True,
    )
    m.invariant(
        "passed_is_handed_up",
        "What has a place that is passed was handed up.",
        lambda s: forall(process, message, place, lambda n, a, p: Implies(And(s.passed(n, p), s.placed(a, p)), s.delivered(n, a))),
    )
    m.invariant(
        "a_beginning",
        "The places that a process has passed are the beginning of all.",
        lambda s: forall(process, place, place, lambda n, p, q: Implies(And(s.passed(n, p), le(q, p)), s.passed(n, q))),
        safety=True,
    )
    m.invariant(
        "one_by_one",
        "Places are given one by one.",
        lambda s: forall(place, place, lambda p, q: Implies(And(s.given(p), le(q, p)), s.given(q))),
        safety=True,
    )
    m.invariant(
        "placed_was_sent",
        "What has a place was sent.",
        lambda s: forall(message, place, lambda a, p: Implies(s.placed(a, p), s.sent(a))),
    )
    m.invariant(
        "what_a_message_has_was_given",
        "The place of a message was given.",
        lambda s: forall(message, place, lambda a, p: Implies(s.placed(a, p), s.given(p))),
    )
    m.invariant(
        "what_is_passed_was_given",
        "A place that is passed was given.",
        lambda s: forall(process, place, lambda n, p: Implies(s.passed(n, p), s.given(p))),
    )
    return m


def universe(processes: int, messages: int, places: int) -> Universe:
    """Return the finite universe of so many of each, places in their order."""
    sorts = {"Process": ("n", processes), "Message": ("m", messages), "Place": ("p", places)}
    return Universe.of(sorts, {"le": ordered(places)})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: total().without_guard(action, guard)


TOTAL = Proof(
    stem="total_ordering",
    title="total_order",
    about=__doc__,
    model=total,
    start=universe(2, 2, 2),
    real=tuple(universe(processes, messages, messages) for processes in (1, 2, 3) for messages in (1, 2, 3)),
    mutants=(
        Mutant(
            "hands_up_as_it_comes",
            "A message is handed up as it comes.",
            _without("hand_up", "is_next"),
            universe(2, 2, 2),
            (("send", "m0"), ("send", "m1"), ("order", "m0", "p0"), ("order", "m1", "p1"), ("hand_up", "n0", "m1", "p1")),
        ),
        Mutant(
            "does_not_wait_for_its_place",
            "A message is handed up before it has a place.",
            _without("hand_up", "has_this_place"),
            universe(2, 2, 1),
            (("send", "m0"), ("send", "m1"), ("order", "m0", "p0"), ("hand_up", "n0", "m0", "p0"), ("hand_up", "n1", "m1", "p0")),
        ),
        Mutant(
            "gives_a_place_twice",
            "Two messages have one place.",
            _without("order", "is_free"),
            universe(1, 2, 1),
            (("send", "m0"), ("send", "m1"), ("order", "m0", "p0"), ("order", "m1", "p0")),
        ),
        Mutant(
            "orders_copies",
            "A copy has a place of its own.",
            _without("order", "has_no_place"),
            universe(1, 1, 2),
            (("send", "m0"), ("order", "m0", "p0"), ("order", "m0", "p1")),
        ),
        Mutant(
            "makes_up",
            "A message has a place that nobody sent.",
            _without("order", "was_sent"),
            universe(1, 1, 1),
            (("order", "m0", "p0"), ("hand_up", "n0", "m0", "p0")),
        ),
        Mutant(
            "leaves_places_out",
            "A place is left out.",
            _without("order", "is_next"),
            universe(1, 1, 2),
            (("send", "m0"), ("order", "m0", "p1")),
        ),
    ),
)

IN_ONE_ORDER = proved(TOTAL)
