"""Partial order by a sequencer, by induction over a model of any size: any number of processes, messages, classes and places, whatever is
lost, repeated or late.

What a process was handed up of a class is told by places; that it is always the beginning of one order, the same for all, is their order.
Assumes: nobody forges messages; there is one sequencer.
Not covered: that messages are handed up in the end, or once; that what is unrelated is free; crashes, but as far as who crashes does nothing
more: they are explored, and not tied to the model; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe, ordered
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def partial() -> Model:
    """Return the model. `after`: a message comes after another; `within`: it is of a class; `given`: the sequencer gave this place of
    a class; `placed`: to this message; `passed`: a process was handed up what is there.
    """
    m = Model("partial_ordering")
    process, message, group, place = m.sort("Process", "processes"), m.sort("Message"), m.sort("Class", "classes"), m.sort("Place")
    le = m.rigid("le", place, place)
    total_order(m, le, place)
    m.relation("sent", message)
    m.relation("after", message, message)
    m.relation("within", message, group)
    m.relation("given", group, place)
    m.relation("placed", message, group, place)
    m.relation("passed", process, group, place)
    m.relation("delivered", process, message)

    def all_below(p: Term, hold: Callable[[Term], Term]) -> Term:
        return forall(place, lambda q: Implies(And(le(q, p), q != p), hold(q)))

    def has_all_before(s: State, n: Term, a: Term) -> Term:
        return forall(message, lambda b: Implies(s.after(a, b), s.delivered(n, b)))

    m.action(
        "relate",
        "A process says of a message that it will send what that comes after.",
        lambda s, a, b: {"is_new": Not(s.sent(a))},  # noqa: ARG005  # guards take the parameters
        lambda s, a, b: {"after": add(s.after, a, b)},
        a=message,
        b=message,
    )
    m.action(
        "classify",
        "A process says of a message that it will send of which class it is.",
        lambda s, a, c: {"is_new": Not(s.sent(a)), "has_no_class": forall(group, lambda d: Not(s.within(a, d)))},  # noqa: ARG005  # guards take the parameters
        lambda s, a, c: {"within": add(s.within, a, c)},
        a=message,
        c=group,
    )
    m.action(
        "send",
        "A process sends a message.",
        lambda s, a: {},  # noqa: ARG005
        lambda s, a: {"sent": add(s.sent, a)},
        a=message,
    )
    m.action(
        "order",
        "The sequencer gives a message the next place of its class.",
        lambda s, a, c, p: {
            "was_sent": s.sent(a),
            "is_of_it": s.within(a, c),
            "has_no_place": forall(place, lambda q: Not(s.placed(a, c, q))),
            "is_free": Not(s.given(c, p)),
            "is_next": all_below(p, lambda q: s.given(c, q)),
        },
        lambda s, a, c, p: {"given": add(s.given, c, p), "placed": add(s.placed, a, c, p)},
        a=message,
        c=group,
        p=place,
    )
    m.action(
        "hand_up",
        "A process is handed up a message that is of no class.",
        lambda s, n, a: {
            "was_sent": s.sent(a),
            "has_no_class": forall(group, lambda c: Not(s.within(a, c))),
            "has_all_before": has_all_before(s, n, a),
        },
        lambda s, n, a: {"delivered": add(s.delivered, n, a)},
        n=process,
        a=message,
    )
    m.action(
        "hand_up_in_turn",
        "A process is handed up the message in the place of a class that comes next.",
        lambda s, n, a, c, p: {
            "has_this_place": s.placed(a, c, p),
            "is_next": all_below(p, lambda q: s.passed(n, c, q)),
            "has_all_before": has_all_before(s, n, a),
        },
        lambda s, n, a, c, p: {"passed": add(s.passed, n, c, p), "delivered": add(s.delivered, n, a)},
        n=process,
        a=message,
        c=group,
        p=place,
    )
    m.invariant(
        "dependency_order",
        "Whoever was handed up a message was handed up all that it comes after.",
        lambda s: forall(process, message, message, lambda n, a, b: Implies(And(s.delivered(n, a), s.after(a, b)), s.delivered(n, b))),
        safety=True,
    )
    m.invariant(
        "conflicts_are_ordered",
        "Of two processes one was handed up all of a class that the other was.",
        lambda s: forall(
            process,
            message,
            process,
            message,
            group,
            lambda n, a, k, b, c: Implies(
                And(s.within(a, c), s.within(b, c), s.delivered(n, a), s.delivered(k, b)), Or(s.delivered(n, b), s.delivered(k, a))
            ),
        ),
        safety=True,
    )
    m.invariant(
        "in_the_same_order",
        "Whoever was handed up a message was handed up all that have a place before it, in its class.",
        lambda s: forall(
            process,
            message,
            place,
            message,
            place,
            group,
            lambda n, a, p, b, q, c: Implies(And(s.delivered(n, b), s.placed(b, c, q), s.placed(a, c, p), le(p, q)), s.delivered(n, a)),
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
        "A place of a class is given to one message.",
        lambda s: forall(message, message, group, place, lambda a, b, c, p: Implies(And(s.placed(a, c, p), s.placed(b, c, p)), a == b)),
        safety=True,
    )
    m.invariant(
        "one_place_a_message",
        "A message has one place.",
        lambda s: forall(message, group, place, place, lambda a, c, p, q: Implies(And(s.placed(a, c, p), s.placed(a, c, q)), p == q)),
        safety=True,
    )
    m.invariant(
        "in_a_place",
        "What was handed up of a class has a place there.",
        lambda s: forall(
            process,
            message,
            group,
            lambda n, a, c: Implies(And(s.delivered(n, a), s.within(a, c)), exists(place, lambda p: s.placed(a, c, p))),
        ),
        safety=True,
    )
    m.invariant(
        "a_beginning",
        "The places of a class that a process has passed are the beginning of all.",
        lambda s: forall(process, group, place, place, lambda n, c, p, q: Implies(And(s.passed(n, c, p), le(q, p)), s.passed(n, c, q))),
        safety=True,
    )
    m.invariant(
        "one_by_one",
        "Places are given one by one.",
        lambda s: forall(group, place, place, lambda c, p, q: Implies(And(s.given(c, p), le(q, p)), s.given(c, q))),
        safety=True,
    )
    m.invariant(
        "one_class",
        "A message is of one class, if of any.",
        lambda s: forall(message, group, group, lambda a, c, d: Implies(And(s.within(a, c), s.within(a, d)), c == d)),
        safety=True,
    )
    m.invariant(
        "passed_is_handed_up",
        "What has a place that is passed was handed up.",
        lambda s: forall(
            process, message, group, place, lambda n, a, c, p: Implies(And(s.passed(n, c, p), s.placed(a, c, p)), s.delivered(n, a))
        ),
    )
    m.invariant(
        "placed_was_sent",
        "What has a place was sent, and is of that class.",
        lambda s: forall(message, group, place, lambda a, c, p: Implies(s.placed(a, c, p), And(s.sent(a), s.within(a, c)))),
    )
    m.invariant(
        "what_a_message_has_was_given",
        "The place of a message was given.",
        lambda s: forall(message, group, place, lambda a, c, p: Implies(s.placed(a, c, p), s.given(c, p))),
    )
    m.invariant(
        "what_is_passed_was_given",
        "A place that is passed was given.",
        lambda s: forall(process, group, place, lambda n, c, p: Implies(s.passed(n, c, p), s.given(c, p))),
    )
    return m


def universe(processes: int, messages: int, classes: int, places: int) -> Universe:
    """Return the finite universe of so many of each, places in their order."""
    sorts = {"Process": ("n", processes), "Message": ("m", messages), "Class": ("c", classes), "Place": ("p", places)}
    return Universe.of(sorts, {"le": ordered(places)})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: partial().without_guard(action, guard)


PARTIAL = Proof(
    stem="partial_ordering",
    title="order",
    about=__doc__,
    model=partial,
    start=universe(2, 2, 1, 1),
    real=tuple(universe(processes, messages, classes, messages) for processes in (1, 3) for messages in (1, 3) for classes in (1, 2)),
    mutants=(
        Mutant(
            "hands_up_as_it_comes",
            "A message of a class is handed up as it comes.",
            _without("hand_up_in_turn", "is_next"),
            universe(1, 2, 1, 2),
            (
                *(("classify", "m0", "c0"), ("classify", "m1", "c0"), ("send", "m0"), ("send", "m1")),
                *(("order", "m0", "c0", "p0"), ("order", "m1", "c0", "p1"), ("hand_up_in_turn", "n0", "m1", "c0", "p1")),
            ),
        ),
        Mutant(
            "ignores_classes",
            "A message of a class is handed up as one of none.",
            _without("hand_up", "has_no_class"),
            universe(2, 2, 1, 1),
            (
                *(("classify", "m0", "c0"), ("classify", "m1", "c0"), ("send", "m0"), ("send", "m1")),
                *(("hand_up", "n0", "m0"), ("hand_up", "n1", "m1")),
            ),
        ),
        Mutant(
            "does_not_wait_for_its_place",
            "A message of a class is handed up before it has a place.",
            _without("hand_up_in_turn", "has_this_place"),
            universe(1, 1, 1, 1),
            (("hand_up_in_turn", "n0", "m0", "c0", "p0"),),
        ),
        Mutant(
            "makes_up",
            "A message is handed up that nobody sent.",
            _without("hand_up", "was_sent"),
            universe(1, 1, 1, 1),
            (("hand_up", "n0", "m0"),),
        ),
        Mutant(
            "forgets_what_it_comes_after",
            "A message is handed up without what it comes after.",
            _without("hand_up", "has_all_before"),
            universe(1, 2, 1, 1),
            (("send", "m0"), ("relate", "m1", "m0"), ("send", "m1"), ("hand_up", "n0", "m1")),
        ),
        Mutant(
            "goes_by_places_alone",
            "A message of a class is handed up in its place, without what it comes after.",
            _without("hand_up_in_turn", "has_all_before"),
            universe(1, 2, 1, 1),
            (
                *(("send", "m0"), ("relate", "m1", "m0"), ("classify", "m1", "c0"), ("send", "m1")),
                *(("order", "m1", "c0", "p0"), ("hand_up_in_turn", "n0", "m1", "c0", "p0")),
            ),
        ),
        Mutant(
            "relates_afterwards",
            "What a message comes after is said when it has been sent, and handed up.",
            _without("relate", "is_new"),
            universe(1, 2, 1, 1),
            (("send", "m0"), ("send", "m1"), ("hand_up", "n0", "m1"), ("relate", "m1", "m0")),
        ),
        Mutant(
            "classifies_twice",
            "A message is of two classes.",
            _without("classify", "has_no_class"),
            universe(1, 1, 2, 1),
            (("classify", "m0", "c0"), ("classify", "m0", "c1")),
        ),
        Mutant(
            "classifies_afterwards",
            "The class of a message is said when it has been sent, and handed up.",
            _without("classify", "is_new"),
            universe(1, 1, 1, 1),
            (("send", "m0"), ("hand_up", "n0", "m0"), ("classify", "m0", "c0")),
        ),
        Mutant(
            "gives_a_place_twice",
            "Two messages have one place.",
            _without("order", "is_free"),
            universe(1, 2, 1, 1),
            (
                *(("classify", "m0", "c0"), ("classify", "m1", "c0"), ("send", "m0"), ("send", "m1")),
                *(("order", "m0", "c0", "p0"), ("order", "m1", "c0", "p0")),
            ),
        ),
        Mutant(
            "orders_copies",
            "A copy has a place of its own.",
            _without("order", "has_no_place"),
            universe(1, 1, 1, 2),
            (("classify", "m0", "c0"), ("send", "m0"), ("order", "m0", "c0", "p0"), ("order", "m0", "c0", "p1")),
        ),
        Mutant(
            "leaves_places_out",
            "A place is left out.",
            _without("order", "is_next"),
            universe(1, 1, 1, 2),
            (("classify", "m0", "c0"), ("send", "m0"), ("order", "m0", "c0", "p1")),
        ),
    ),
)

AS_RELATED = proved(PARTIAL)
