"""FIFO order by induction over a model of any size: any number of processes, epochs and messages, whatever is lost, repeated or late.

A channel is from one process to another. What a receiver was handed up in an epoch of the sender is told by numbers; that it is always
the beginning of what was sent there is the order, since a number is handed up once, and numbers are given in the order of sending.
Assumes: nobody forges messages; a receiver that crashes keeps its conversations, a sender its epoch.
Not covered: that messages are handed up in the end; how much a buffer holds; that what is handed up is what the number has, beside
that it was sent. The handlers are run for two nodes.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe, ordered
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def fifo() -> Model:
    """Return the model. `used`: a number was given, in an epoch; `sent`: to this message; `passed`: that was handed up, of the
    present epoch; `again`: it was handed up once more.

    `over`: the receiver knows that an epoch has ended; `gap`: it has reported this number as missing; `handed`: it was handed this up.
    """
    m = Model("fifo_ordering")
    channel, epoch, number = m.sort("Channel"), m.sort("Epoch"), m.sort("Number")
    message = m.sort("Message")
    le, before = m.rigid("le", number, number), m.rigid("before", epoch, epoch)
    total_order(m, le, number)
    total_order(m, before, epoch)
    m.relation("used", channel, epoch, number)
    m.relation("sent", channel, epoch, number, message)
    m.relation("over", channel, epoch)
    m.relation("passed", channel, epoch, number)
    m.relation("held", channel, epoch, number, message)
    m.relation("gap", channel, epoch, number)
    m.relation("handed", channel, message)
    m.relation("again", channel, epoch, number)

    def all_below(relation: Relation, c: Term, e: Term, x: Term) -> Term:
        return forall(number, lambda y: Implies(And(le(y, x), y != x), relation(c, e, y)))

    def is_open(s: State, c: Term, e: Term) -> dict[str, Term]:
        """Say that the receiver takes messages of an epoch."""
        return {"is_current": Not(s.over(c, e)), "no_gap": forall(number, lambda y: Not(s.gap(c, e, y)))}

    m.action(
        "send",
        "A process sends a message, under the next number of its epoch.",
        lambda s, c, e, x, a: {"is_new": Not(s.used(c, e, x)), "is_next": all_below(s.used, c, e, x)},  # noqa: ARG005  # guards take the parameters
        lambda s, c, e, x, a: {"used": add(s.used, c, e, x), "sent": add(s.sent, c, e, x, a)},
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.action(
        "begin_anew",
        "A receiver hears of a later epoch, and lays down what it holds of those before.",
        lambda s, c, e: {
            "is_current": Not(s.over(c, e)),
            "was_begun": exists(number, lambda x: s.used(c, e, x)),
        },
        lambda s, c, e: {
            "over": lambda d, f: Or(s.over(d, f), And(d == c, before(f, e), f != e)),
            "passed": lambda d, f, x: And(s.passed(d, f, x), Or(d != c, f == e)),
            "held": lambda d, f, x, a: And(s.held(d, f, x, a), Or(d != c, f == e)),
        },
        c=channel,
        e=epoch,
    )
    m.action(
        "hold",
        "A receiver holds a message that came early.",
        lambda s, c, e, x, a: {
            "was_sent": s.sent(c, e, x, a),
            "is_new": Not(s.passed(c, e, x)),
            "is_last": forall(epoch, lambda f: Implies(And(before(f, e), f != e), s.over(c, f))),
            **is_open(s, c, e),
        },
        lambda s, c, e, x, a: {"held": add(s.held, c, e, x, a)},
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.action(
        "hand_up",
        "A receiver is handed up the message that is next, which came now or was held.",
        lambda s, c, e, x, a: {
            "was_sent": s.sent(c, e, x, a),
            "is_new": Not(s.passed(c, e, x)),
            "is_next": all_below(s.passed, c, e, x),
            "is_last": forall(epoch, lambda f: Implies(And(before(f, e), f != e), s.over(c, f))),
            **is_open(s, c, e),
        },
        lambda s, c, e, x, a: {
            "passed": add(s.passed, c, e, x),
            "handed": add(s.handed, c, a),
            "again": lambda d, f, y: Or(s.again(d, f, y), And(d == c, f == e, y == x, s.passed(c, e, x))),
            "held": lambda d, f, y, b: And(s.held(d, f, y, b), Not(And(d == c, f == e, y == x))),
        },
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.action(
        "report",
        "A receiver reports that what is next is missing, and lays down what it holds.",
        lambda s, c, e, x: {
            "is_missing": Not(s.passed(c, e, x)),
            "is_next": all_below(s.passed, c, e, x),
            **is_open(s, c, e),
        },
        lambda s, c, e, x: {
            "gap": add(s.gap, c, e, x),
            "held": lambda d, f, y, b: And(s.held(d, f, y, b), Not(And(d == c, f == e))),
        },
        c=channel,
        e=epoch,
        x=number,
    )
    m.invariant(
        "in_order",
        "What was handed up of an epoch is the beginning of it: of two numbers the lower was handed up if the higher was.",
        lambda s: forall(channel, epoch, number, number, lambda c, e, x, y: Implies(And(s.passed(c, e, x), le(y, x)), s.passed(c, e, y))),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What was handed up was sent.",
        lambda s: forall(channel, message, lambda c, a: Implies(s.handed(c, a), exists(epoch, number, lambda e, x: s.sent(c, e, x, a)))),
        safety=True,
    )
    m.invariant(
        "nothing_beyond_a_gap",
        "Nothing is handed up from a number on that was reported as missing.",
        lambda s: forall(channel, epoch, number, number, lambda c, e, x, y: Implies(And(s.gap(c, e, x), le(x, y)), Not(s.passed(c, e, y)))),
        safety=True,
    )
    m.invariant(
        "once",
        "A number is handed up once.",
        lambda s: forall(channel, epoch, number, lambda c, e, x: Not(s.again(c, e, x))),
        safety=True,
    )
    m.invariant(
        "one_by_one",
        "Numbers are given one by one.",
        lambda s: forall(channel, epoch, number, number, lambda c, e, x, y: Implies(And(s.used(c, e, x), le(y, x)), s.used(c, e, y))),
        safety=True,
    )
    m.invariant(
        "a_gap_is_what_is_next",
        "What is reported as missing comes right after what was handed up.",
        lambda s: forall(
            channel,
            epoch,
            number,
            number,
            lambda c, e, x, y: Implies(And(s.gap(c, e, x), le(y, x), y != x, Not(s.over(c, e))), s.passed(c, e, y)),
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_held_beyond_a_gap",
        "Of an epoch in which something was reported as missing nothing is held.",
        lambda s: forall(channel, epoch, number, number, message, lambda c, e, x, y, a: Not(And(s.gap(c, e, x), s.held(c, e, y, a)))),
        safety=True,
    )
    m.invariant(
        "held_came_early",
        "What is held was not handed up.",
        lambda s: forall(channel, epoch, number, message, lambda c, e, x, a: Not(And(s.held(c, e, x, a), s.passed(c, e, x)))),
        safety=True,
    )
    m.invariant(
        "one_content",
        "A number of an epoch has one content, and so has what is held under it.",
        lambda s: forall(
            channel,
            epoch,
            number,
            message,
            message,
            lambda c, e, x, a, b: Implies(And(s.sent(c, e, x, a), Or(s.sent(c, e, x, b), s.held(c, e, x, b))), a == b),
        ),
        safety=True,
    )
    m.invariant(
        "nothing_of_what_is_over",
        "Of an epoch that is over nothing is handed up any more, nor held.",
        lambda s: forall(
            channel,
            epoch,
            number,
            message,
            lambda c, e, x, a: Implies(s.over(c, e), And(Not(s.passed(c, e, x)), Not(s.held(c, e, x, a)))),
        ),
        safety=True,
    )
    m.invariant(
        "sent_numbers_are_used",
        "What was sent has a number that was given.",
        lambda s: forall(channel, epoch, number, message, lambda c, e, x, a: Implies(s.sent(c, e, x, a), s.used(c, e, x))),
    )
    m.invariant(
        "held_was_sent",
        "What is held was sent.",
        lambda s: forall(channel, epoch, number, message, lambda c, e, x, a: Implies(s.held(c, e, x, a), s.sent(c, e, x, a))),
    )
    m.invariant(
        "epochs_in_order",
        "Once something of an epoch is handed up, or held, those before it are over.",
        lambda s: forall(
            channel,
            epoch,
            number,
            epoch,
            message,
            lambda c, e, x, f, a: Implies(And(Or(s.passed(c, e, x), s.held(c, e, x, a)), before(f, e), f != e), s.over(c, f)),
        ),
        safety=True,
    )
    return m


def universe(channels: int, epochs: int, numbers: int, messages: int) -> Universe:
    """Return the finite universe of so many of each, epochs and numbers in their order."""
    sorts = {"Channel": ("c", channels), "Epoch": ("e", epochs), "Number": ("n", numbers), "Message": ("m", messages)}
    return Universe.of(sorts, {"le": ordered(numbers), "before": ordered(epochs)})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: fifo().without_guard(action, guard)


FIFO = Proof(
    stem="fifo_ordering",
    title="in_order",
    about=__doc__,
    model=fifo,
    start=universe(1, 2, 2, 1),
    real=tuple(universe(1, epochs, numbers, messages) for epochs in (1, 2) for numbers in (1, 2, 3) for messages in (1, 2)),
    mutants=(
        Mutant(
            "hands_up_as_it_comes",
            "A message is handed up as it comes.",
            _without("hand_up", "is_next"),
            universe(1, 1, 2, 1),
            (("send", "c0", "e0", "n0", "m0"), ("send", "c0", "e0", "n1", "m0"), ("hand_up", "c0", "e0", "n1", "m0")),
        ),
        Mutant(
            "knows_no_copies",
            "A copy of what was handed up is handed up too.",
            _without("hand_up", "is_new"),
            universe(1, 1, 1, 1),
            (("send", "c0", "e0", "n0", "m0"), ("hand_up", "c0", "e0", "n0", "m0"), ("hand_up", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "leaves_numbers_out",
            "A sender counts for all receivers: some numbers are never given to one.",
            _without("send", "is_next"),
            universe(1, 1, 2, 1),
            (("send", "c0", "e0", "n1", "m0"),),
        ),
        Mutant(
            "names_what_came",
            "What is reported as missing is beyond what is.",
            _without("report", "is_next"),
            universe(1, 1, 2, 1),
            (("report", "c0", "e0", "n1"),),
        ),
        Mutant(
            "stays_open",
            "A message is held after a gap was reported.",
            _without("hold", "no_gap"),
            universe(1, 1, 2, 1),
            (("send", "c0", "e0", "n0", "m0"), ("report", "c0", "e0", "n0"), ("hold", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "holds_copies",
            "A copy of what was handed up is held.",
            _without("hold", "is_new"),
            universe(1, 1, 1, 1),
            (("send", "c0", "e0", "n0", "m0"), ("hand_up", "c0", "e0", "n0", "m0"), ("hold", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "makes_up",
            "A message is handed up that nobody sent.",
            _without("hand_up", "was_sent"),
            universe(1, 1, 1, 1),
            (("hand_up", "c0", "e0", "n0", "m0"),),
        ),
        Mutant(
            "numbers_twice",
            "A number is given to two messages of an epoch, as after a crash by a sender that forgets in which it is.",
            _without("send", "is_new"),
            universe(1, 1, 1, 2),
            (("send", "c0", "e0", "n0", "m0"), ("send", "c0", "e0", "n0", "m1")),
        ),
        Mutant(
            "holds_what_it_likes",
            "What is held under a number is replaced by what was not sent under it.",
            _without("hold", "was_sent"),
            universe(1, 1, 2, 2),
            (
                ("send", "c0", "e0", "n0", "m0"),
                ("send", "c0", "e0", "n1", "m0"),
                ("hold", "c0", "e0", "n1", "m1"),
            ),
        ),
        Mutant(
            "goes_on_beyond_a_gap",
            "A message is handed up that was reported as missing.",
            _without("hand_up", "no_gap"),
            universe(1, 1, 1, 1),
            (("send", "c0", "e0", "n0", "m0"), ("report", "c0", "e0", "n0"), ("hand_up", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "does_not_begin_anew",
            "A message of a later epoch is handed up, and the receiver goes on with the epoch before.",
            _without("hand_up", "is_last"),
            universe(1, 2, 1, 1),
            (("send", "c0", "e1", "n0", "m0"), ("hand_up", "c0", "e1", "n0", "m0")),
        ),
        Mutant(
            "takes_what_is_over",
            "A message of an epoch that is over is handed up.",
            _without("hand_up", "is_current"),
            universe(1, 2, 1, 1),
            (
                ("send", "c0", "e0", "n0", "m0"),
                ("send", "c0", "e1", "n0", "m0"),
                ("begin_anew", "c0", "e1"),
                ("hand_up", "c0", "e0", "n0", "m0"),
            ),
        ),
    ),
)

IN_ORDER = proved(FIFO)
