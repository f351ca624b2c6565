"""Exactly-once delivery by induction over a model of any size: any number of processes, epochs and numbers, whatever is lost, repeated or late.

A channel is from one process to another. A message has a number in an epoch of its sender; a receiver remembers the numbers of what it
was handed up until that epoch is over, and acknowledges what it remembers. It may crash in between, and do so later.
Assumes: nobody forges messages; a receiver that crashes keeps what it has received, and of which epoch that is, a sender its epoch.
Not covered: that messages are handed up, and senders told, in the end, of which `confirming` says what can happen; a link that hands up
every copy, or acknowledges nothing; that what is handed up is what the number has, beside that it was sent; the handlers of more than two
nodes, with more than one message that is pending at a time, beside the one that is asked for: an outbox is gone through, and there are no
symbols of any number of entries; those of a link that keeps all on its disk, `Durable`, which are explored. A receiver may remember any
number of numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe, ordered
from concordant.proofs.kernel.models import Model, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def delivery() -> Model:
    """Return the model. `used`: a number was given, in an epoch; `sent`: to this message; `received`: the receiver remembers the number, of the epoch that it is in.

    `over`: the receiver knows that an epoch has ended; `acknowledged`: it has said that it has this; `handed`: it was handed it up;
    `again`: it was handed up what it may have been before; `confirmed`: the sender knows.
    """
    m = Model("guaranteed_delivery")
    channel, epoch, number, message = m.sort("Channel"), m.sort("Epoch"), m.sort("Number"), m.sort("Message")
    before = m.rigid("before", epoch, epoch)
    total_order(m, before, epoch)
    m.relation("used", channel, epoch, number)
    m.relation("sent", channel, epoch, number, message)
    m.relation("over", channel, epoch)
    m.relation("received", channel, epoch, number)
    m.relation("acknowledged", channel, epoch, number)
    m.relation("handed", channel, message)
    m.relation("again", channel, epoch, number)
    m.relation("confirmed", channel, message)

    m.action(
        "send",
        "A process sends a message under a new number of its epoch.",
        lambda s, c, e, x, a: {"is_new": Not(s.used(c, e, x))},  # noqa: ARG005  # guards take the parameters
        lambda s, c, e, x, a: {"used": add(s.used, c, e, x), "sent": add(s.sent, c, e, x, a)},
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.action(
        "begin_anew",
        "A receiver hears of a later epoch, and forgets the numbers of those before.",
        lambda s, c, e: {
            "is_current": Not(s.over(c, e)),
            "is_later": forall(epoch, number, lambda f, x: Implies(s.received(c, f, x), before(f, e))),
        },
        lambda s, c, e: {
            "over": lambda d, f: Or(s.over(d, f), And(d == c, before(f, e), f != e)),
            "received": lambda d, f, x: And(s.received(d, f, x), Or(d != c, f == e)),
        },
        c=channel,
        e=epoch,
    )
    m.action(
        "hand_up",
        "A receiver is handed up a message whose number it does not remember, of an epoch that is not over.",
        lambda s, c, e, x, a: {
            "was_sent": s.sent(c, e, x, a),
            "is_new": Not(s.received(c, e, x)),
            "is_current": Not(s.over(c, e)),
        },
        lambda s, c, e, x, a: {
            "received": add(s.received, c, e, x),
            "handed": add(s.handed, c, a),
            "again": lambda d, f, y: Or(
                s.again(d, f, y), And(d == c, f == e, y == x, Or(s.received(c, e, x), s.acknowledged(c, e, x), s.over(c, e)))
            ),
        },
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.action(
        "acknowledge",
        "A receiver acknowledges a message whose number it remembers.",
        lambda s, c, e, x: {"is_remembered": s.received(c, e, x)},
        lambda s, c, e, x: {"acknowledged": add(s.acknowledged, c, e, x)},
        c=channel,
        e=epoch,
        x=number,
    )
    m.action(
        "confirm",
        "A sender hears that a message of its was acknowledged.",
        lambda s, c, e, x, a: {"was_sent": s.sent(c, e, x, a), "was_acknowledged": s.acknowledged(c, e, x)},
        lambda s, c, e, x, a: {"confirmed": add(s.confirmed, c, a)},  # noqa: ARG005
        c=channel,
        e=epoch,
        x=number,
        a=message,
    )
    m.invariant(
        "once",
        "Nothing is handed up under a number that is remembered, or was ever acknowledged, nor of an epoch that is over.",
        lambda s: forall(channel, epoch, number, lambda c, e, x: Not(s.again(c, e, x))),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What was handed up was sent.",
        lambda s: forall(channel, message, lambda c, a: Implies(s.handed(c, a), exists(epoch, number, lambda e, x: s.sent(c, e, x, a)))),
        safety=True,
    )
    m.invariant(
        "confirmed_is_delivered",
        "What a sender knows to be handed up was.",
        lambda s: forall(channel, message, lambda c, a: Implies(s.confirmed(c, a), s.handed(c, a))),
        safety=True,
    )
    m.invariant(
        "remembered_is_delivered",
        "What is remembered, or was acknowledged, was handed up.",
        lambda s: forall(
            channel,
            epoch,
            number,
            message,
            lambda c, e, x, a: Implies(And(Or(s.received(c, e, x), s.acknowledged(c, e, x)), s.sent(c, e, x, a)), s.handed(c, a)),
        ),
        safety=True,
    )
    m.invariant(
        "one_content",
        "A number of an epoch has one content.",
        lambda s: forall(
            channel,
            epoch,
            number,
            message,
            message,
            lambda c, e, x, a, b: Implies(And(s.sent(c, e, x, a), s.sent(c, e, x, b)), a == b),
        ),
        safety=True,
    )
    m.invariant(
        "remembered_or_over",
        "The number of what was acknowledged is remembered, until its epoch is over.",
        lambda s: forall(channel, epoch, number, lambda c, e, x: Implies(s.acknowledged(c, e, x), Or(s.received(c, e, x), s.over(c, e)))),
    )
    m.invariant(
        "numbers_are_used",
        "What was sent has a number that was given, and so has what is remembered, or was acknowledged.",
        lambda s: forall(
            channel,
            epoch,
            number,
            message,
            lambda c, e, x, a: Implies(Or(s.sent(c, e, x, a), s.received(c, e, x), s.acknowledged(c, e, x)), s.used(c, e, x)),
        ),
    )
    m.invariant(
        "nothing_of_what_is_over",
        "Of an epoch that is over no number is remembered.",
        lambda s: forall(channel, epoch, number, lambda c, e, x: Not(And(s.over(c, e), s.received(c, e, x)))),
        safety=True,
    )
    return m


def universe(channels: int, epochs: int, numbers: int, messages: int) -> Universe:
    """Return the finite universe of so many of each, epochs in their order."""
    sorts = {"Channel": ("c", channels), "Epoch": ("e", epochs), "Number": ("n", numbers), "Message": ("m", messages)}
    return Universe.of(sorts, {"before": ordered(epochs)})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: delivery().without_guard(action, guard)


SENT = ("send", "c0", "e0", "n0", "m0")
UP = ("hand_up", "c0", "e0", "n0", "m0")
ACK = ("acknowledge", "c0", "e0", "n0")
DELIVERY = Proof(
    stem="guaranteed_delivery",
    title="exactly_once",
    about=__doc__,
    model=delivery,
    start=universe(1, 2, 1, 1),
    real=tuple(universe(1, epochs, numbers, messages) for epochs in (1, 2, 3) for numbers in (1, 2) for messages in (1, 2)),
    mutants=(
        Mutant(
            "knows_no_copies",
            "A copy of a message is handed up too.",
            _without("hand_up", "is_new"),
            universe(1, 1, 1, 1),
            (SENT, UP, UP),
        ),
        Mutant(
            "takes_what_is_over",
            "A late copy of an epoch whose numbers are forgotten is handed up.",
            _without("hand_up", "is_current"),
            universe(1, 2, 1, 1),
            (SENT, UP, ("begin_anew", "c0", "e1"), UP),
        ),
        Mutant(
            "goes_back",
            "A receiver forgets the numbers of a later epoch, as one that takes any other epoch for a new one.",
            _without("begin_anew", "is_later"),
            universe(1, 2, 1, 1),
            (
                ("send", "c0", "e1", "n0", "m0"),
                ("hand_up", "c0", "e1", "n0", "m0"),
                ("acknowledge", "c0", "e1", "n0"),
                ("begin_anew", "c0", "e0"),
                ("hand_up", "c0", "e1", "n0", "m0"),
            ),
        ),
        Mutant(
            "acknowledges_first",
            "A message is acknowledged that was not handed up.",
            _without("acknowledge", "is_remembered"),
            universe(1, 1, 1, 1),
            (SENT, ACK, ("confirm", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "makes_up",
            "A message is handed up that nobody sent.",
            _without("hand_up", "was_sent"),
            universe(1, 1, 1, 1),
            (UP,),
        ),
        Mutant(
            "numbers_twice",
            "A number is given to two messages of an epoch, as after a crash by a sender that forgets in which it is: the second is taken for a copy.",
            _without("send", "is_new"),
            universe(1, 1, 1, 2),
            (SENT, UP, ("send", "c0", "e0", "n0", "m1")),
        ),
        Mutant(
            "believes_any_acknowledgement",
            "An acknowledgement of another message, or epoch, is taken for one of this.",
            _without("confirm", "was_acknowledged"),
            universe(1, 1, 1, 1),
            (SENT, ("confirm", "c0", "e0", "n0", "m0")),
        ),
        Mutant(
            "confirms_another",
            "A message is confirmed by what acknowledges another with its number.",
            _without("confirm", "was_sent"),
            universe(1, 1, 1, 2),
            (SENT, UP, ACK, ("confirm", "c0", "e0", "n0", "m1")),
        ),
    ),
)

EXACTLY_ONCE = proved(DELIVERY)
