"""Publish and subscribe by induction over a model of any size: any number of agents, subscriptions and publications, whatever is lost, repeated or late.

Model: a reader is an agent with a topic, and has one subscription at a time, each with a queue of its own at the broker. Publications
are ordered as the broker takes them; where one is handed that is no later than another before it, something is amiss.
Assumes: no agent crashes, which would end what it is handed.
Not covered: that what is published is handed; to whom it is; when it is answered; the handlers for all states, which are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def subscriptions() -> Model:
    """Return the model. `of`: whose a subscription is; `initial`: there from the start; `came` or `gone`: what is not so from the start.

    `own`: a reader published that itself; `waiting`: in the queue of a subscription; `parcel`: sent for it; `passed`: no later than the last that was handed for it.
    """
    m = Model("publish_subscribe")
    reader, subscription, publication = m.sort("Reader"), m.sort("Subscription"), m.sort("Publication")
    of, initial, le = m.rigid("of", subscription, reader), m.rigid("initial", subscription), m.rigid("le", publication, publication)
    total_order(m, le, publication)
    m.axiom(
        "one_at_the_start",
        "no reader has two subscriptions at the start",
        forall(subscription, subscription, reader, lambda s, t, r: Implies(And(initial(s), initial(t), of(s, r), of(t, r)), s == t)),
    )
    m.axiom(
        "of_one_reader",
        "a subscription is one reader's",
        forall(subscription, reader, reader, lambda s, r, q: Implies(And(of(s, r), of(s, q)), r == q)),
    )
    m.relation("came", subscription)
    m.relation("gone", subscription)
    m.relation("published", publication)
    for name in ("waiting", "parcel", "passed"):
        m.relation(name, subscription, publication)
    for name in ("own", "handed", "amiss"):
        m.relation(name, reader, publication)

    def wants(s: State, of_it: Term) -> Term:
        return Or(s.came(of_it), And(initial(of_it), Not(s.gone(of_it))))

    def is_latest(s: State, x: Term) -> Term:
        return forall(publication, lambda y: Implies(s.published(y), le(y, x)))

    m.action(
        "publish",
        "The broker takes a publication of an agent, after all others.",
        lambda s, r, x: {"is_latest": is_latest(s, x), "is_new": Not(s.published(x))},  # noqa: ARG005  # guards take the parameters
        lambda s, r, x: {"published": add(s.published, x), "own": add(s.own, r, x)},
        r=reader,
        x=publication,
    )
    m.action(
        "enqueue",
        "The broker puts the latest publication into a queue of another, before that was handed it.",
        lambda s, t, x: {
            "was_taken": s.published(x),
            "is_latest": is_latest(s, x),
            "was_not_handed": forall(reader, lambda r: Implies(of(t, r), Not(s.handed(r, x)))),
            "is_another's": forall(reader, lambda r: Implies(of(t, r), Not(s.own(r, x)))),
        },
        lambda s, t, x: {"waiting": add(s.waiting, t, x)},
        t=subscription,
        x=publication,
    )
    m.action(
        "send",
        "The broker sends what is in a queue.",
        lambda s, t, x: {"waits": s.waiting(t, x)},
        lambda s, t, x: {"parcel": add(s.parcel, t, x)},
        t=subscription,
        x=publication,
    )
    m.action(
        "take_off",
        "The broker takes a publication off a queue, or gives the queue up.",
        lambda s, t, x: {},  # noqa: ARG005
        lambda s, t, x: {"waiting": lambda u, y: And(s.waiting(u, y), Not(And(u == t, y == x)))},
        t=subscription,
        x=publication,
    )
    m.action(
        "subscribe",
        "A reader that has no subscription wants a new one.",
        lambda s, t, r: {
            "is_of": of(t, r),
            "is_later": Not(initial(t)),
            "is_only_one": forall(subscription, lambda u: Implies(of(u, r), Not(wants(s, u)))),
            "is_new": forall(publication, lambda x: Not(Or(s.waiting(t, x), s.parcel(t, x)))),
        },
        lambda s, t, r: {"came": add(s.came, t)},  # noqa: ARG005  # updates take the parameters
        t=subscription,
        r=reader,
    )

    def leaving(s: State, t: Term) -> dict[str, Relation]:
        return {
            "came": lambda u: And(s.came(u), u != t),
            "gone": lambda u: Or(s.gone(u), And(u == t, initial(t))),
            "passed": lambda u, x: And(s.passed(u, x), u != t),
        }

    def may_hand(s: State, t: Term, r: Term, x: Term) -> dict[str, Term]:
        return {"is_of": of(t, r), "is_current": wants(s, t), "was_sent": s.parcel(t, x), "is_next": Not(s.passed(t, x))}

    def handing(s: State, r: Term, x: Term) -> dict[str, Relation]:
        is_later = forall(publication, lambda z: Implies(s.handed(r, z), Not(le(x, z))))
        return {"handed": add(s.handed, r, x), "amiss": lambda q, y: Or(s.amiss(q, y), And(q == r, y == x, Not(is_later)))}

    m.action(
        "leave",
        "A reader wants a subscription no more.",
        lambda s, t: {},  # noqa: ARG005  # one that it has not it may leave
        leaving,
        t=subscription,
    )
    m.action(
        "hand",
        "A reader is handed what was sent for the subscription that it has, if it is later than the last of that.",
        may_hand,
        lambda s, t, r, x: {**handing(s, r, x), "passed": lambda u, y: Or(s.passed(u, y), And(u == t, le(y, x)))},
        t=subscription,
        r=reader,
        x=publication,
    )
    m.action(
        "hand_the_last",
        "A reader is handed something, and wants the subscription no more.",
        may_hand,
        lambda s, t, r, x: {**handing(s, r, x), **leaving(s, t)},
        t=subscription,
        r=reader,
        x=publication,
    )

    m.invariant(
        "the_log_is_a_subsequence",
        "Whatever a subscriber is handed was published after all that it was handed before.",
        lambda s: forall(reader, publication, lambda r, x: Not(s.amiss(r, x))),
        safety=True,
    )
    m.invariant(
        "nothing_is_made_up",
        "What a subscriber is handed was published.",
        lambda s: forall(reader, publication, lambda r, x: Implies(s.handed(r, x), s.published(x))),
        safety=True,
    )
    m.invariant(
        "nobody_is_handed_its_own",
        "Nobody is handed what it has published.",
        lambda s: forall(reader, publication, lambda r, x: Not(And(s.handed(r, x), s.own(r, x)))),
        safety=True,
    )
    m.invariant(
        "what_is_under_way_is_later",
        "What waits or was sent for the subscription that a reader has is later than what it was handed, if it has not passed that.",
        lambda s: forall(
            reader,
            subscription,
            publication,
            publication,
            lambda r, t, x, y: Implies(
                And(of(t, r), wants(s, t), Or(s.waiting(t, x), s.parcel(t, x)), s.handed(r, y)),
                Or(s.passed(t, y), And(le(y, x), y != x)),
            ),
        ),
    )
    m.invariant(
        "all_before_is_passed",
        "What is before something that was passed was passed.",
        lambda s: forall(subscription, publication, publication, lambda t, x, y: Implies(And(s.passed(t, y), le(x, y)), s.passed(t, x))),
    )
    m.invariant(
        "one_at_a_time",
        "A reader has one subscription at a time.",
        lambda s: forall(
            reader, subscription, subscription, lambda r, t, u: Implies(And(of(t, r), of(u, r), wants(s, t), wants(s, u)), t == u)
        ),
    )
    m.invariant(
        "what_is_under_way_is_anothers",
        "What waits or was sent for a reader was published, and not by that.",
        lambda s: forall(
            reader,
            subscription,
            publication,
            lambda r, t, x: Implies(Or(s.waiting(t, x), s.parcel(t, x)), And(s.published(x), Implies(of(t, r), Not(s.own(r, x))))),
        ),
    )
    return m


def universe(publications: int = 2) -> Universe:
    """Return the finite universe of two readers, of whom one has subscriptions, the second of them later, and so many publications."""
    numbers = range(publications)
    names = {"Reader": ("r", "w"), "Subscription": ("first", "second"), "Publication": tuple(f"x{number}" for number in numbers)}
    le = {(low, high) for high in numbers for low in range(high + 1)}
    return Universe(names, {"of": {(0, 0), (1, 0)}, "initial": {(0,)}, "le": le})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: subscriptions().without_guard(action, guard)


def _sent(subscription: str, publication: str) -> tuple[tuple[str, ...], ...]:
    return (("publish", "w", publication), ("enqueue", subscription, publication), ("send", subscription, publication))


HANDED = (*_sent("first", "x0"), ("hand", "first", "r", "x0"))
AGAIN = (("leave", "first"), ("subscribe", "second", "r"))
LOG = Proof(
    stem="publish_subscribe",
    title="the_log_is_a_subsequence",
    about=__doc__,
    model=subscriptions,
    start=universe(),
    real=(universe(1), universe(2), universe(3)),
    mutants=(
        Mutant("takes_copies", "A reader is handed whatever comes.", _without("hand", "is_next"), universe(), (*HANDED, HANDED[-1])),
        Mutant(
            "takes_what_is_old",
            "A reader is handed what was sent for a subscription that it has ended.",
            _without("hand", "is_current"),
            universe(),
            (*_sent("first", "x0"), *AGAIN, *_sent("second", "x1"), ("hand", "second", "r", "x1"), ("hand", "first", "r", "x0")),
        ),
        Mutant(
            "keeps_the_last",
            "What was published last is kept for who subscribes next, also for who was handed it.",
            _without("enqueue", "was_not_handed"),
            universe(),
            (*HANDED, *AGAIN, ("enqueue", "second", "x0"), ("send", "second", "x0"), ("hand", "second", "r", "x0")),
        ),
        Mutant(
            "has_two",
            "A reader has two subscriptions at a time.",
            _without("subscribe", "is_only_one"),
            universe(),
            (
                AGAIN[1],
                *_sent("first", "x0"),
                ("enqueue", "second", "x0"),
                ("send", "second", "x0"),
                ("hand", "first", "r", "x0"),
                ("hand", "second", "r", "x0"),
            ),
        ),
        Mutant(
            "hears_itself",
            "A publication is for all that are subscribed, also for its publisher.",
            _without("enqueue", "is_another's"),
            universe(),
            (("publish", "r", "x0"), *_sent("first", "x0")[1:], ("hand", "first", "r", "x0")),
        ),
        Mutant(
            "makes_up", "A reader is handed what nobody sent.", _without("hand", "was_sent"), universe(), (("hand", "first", "r", "x0"),)
        ),
    ),
)

THE_LOG_IS_A_SUBSEQUENCE = proved(LOG)
