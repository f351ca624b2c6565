"""Message buses by induction over a model of any size: any number of agents and messages, and mailboxes of any room.

Model: a message arrives at an agent, or at nobody, who is an agent here too. There it waits, or its handler has it, until that has ended
with it or it is a dead letter. So of any finite number that have arrived, those of each kind add up to all.
Not covered: at whom a message is to arrive, beyond that it does at somebody; that handlers end; the handlers for all states, which are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def messages() -> Model:
    """Return the model. `arrived`: a message is or was at an agent; `given`: its handler has or had it; `running`: it has it now.

    `answers`: a message is a response. One that a handler awaits is given to it beside the message that it has.
    """
    m = Model("message_bus")
    agent, message = m.sort("Agent"), m.sort("Message")
    answers = m.rigid("answers", message)
    m.relation("posted", message)
    for name in ("arrived", "waiting", "given", "running", "handled", "dead"):
        m.relation(name, agent, message)

    def is_free(s: State, a: Term) -> Term:
        return forall(message, lambda y: Not(s.running(a, y)))

    def without(relation: Relation, a: Term, x: Term) -> Relation:
        return lambda b, y: And(relation(b, y), Not(And(b == a, y == x)))

    def arrives(s: State, a: Term, x: Term, *to: str) -> dict[str, Relation]:
        return {"posted": add(s.posted, x), **{name: add(getattr(s, name), a, x) for name in ("arrived", *to)}}

    for name, does, guards, to in (
        ("arrive", "A message is posted, and waits in a mailbox.", lambda s, a, x: {}, ("waiting",)),  # noqa: ARG005
        (
            "arrive_and_begin",
            "A message is posted, and given to a handler that has none.",
            lambda s, a, x: {"is_free": is_free(s, a)},  # noqa: ARG005
            ("given", "running"),
        ),
        (
            "respond",
            "A response is posted, and given to the handler that awaits it.",
            lambda s, a, x: {"answers": answers(x)},  # noqa: ARG005
            ("given",),
        ),
        ("refuse", "A message is posted, and is a dead letter at once.", lambda s, a, x: {}, ("dead",)),  # noqa: ARG005
    ):
        m.action(
            name,
            does,
            lambda s, a, x, guards=guards: {"is_new": Not(s.arrived(a, x)), **guards(s, a, x)},
            lambda s, a, x, to=to: arrives(s, a, x, *to),
            a=agent,
            x=message,
        )
    m.action(
        "begin",
        "A message that waits is given to a handler that has none.",
        lambda s, a, x: {"waits": s.waiting(a, x), "is_free": is_free(s, a)},
        lambda s, a, x: {"waiting": without(s.waiting, a, x), "given": add(s.given, a, x), "running": add(s.running, a, x)},
        a=agent,
        x=message,
    )
    m.action(
        "discard",
        "A message that waits becomes a dead letter.",
        lambda s, a, x: {"waits": s.waiting(a, x)},
        lambda s, a, x: {"waiting": without(s.waiting, a, x), "dead": add(s.dead, a, x)},
        a=agent,
        x=message,
    )
    for name, does, into in (
        ("end", "A handler ends well with a message.", "handled"),
        ("fail", "A handler fails of a message, is cancelled or takes too long: that is a dead letter.", "dead"),
    ):
        m.action(
            name,
            does,
            lambda s, a, x: {"is_running": s.running(a, x)},
            lambda s, a, x, into=into: {"running": without(s.running, a, x), into: add(getattr(s, into), a, x)},
            a=agent,
            x=message,
        )

    m.invariant(
        "nothing_is_lost",
        "A message that has arrived waits, or is with a handler, or a handler has ended well with it, or it is a dead letter, or it is a "
        "response that a handler was given.",
        lambda s: forall(
            agent,
            message,
            lambda a, x: Implies(
                s.arrived(a, x),
                Or(s.waiting(a, x), s.running(a, x), s.handled(a, x), s.dead(a, x), And(answers(x), s.given(a, x))),
            ),
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_counted_twice",
        "None of that is so of one that waits, and of others one at most.",
        lambda s: forall(
            agent,
            message,
            lambda a, x: And(
                Not(And(s.waiting(a, x), Or(s.given(a, x), s.handled(a, x), s.dead(a, x)))),
                Not(And(s.running(a, x), Or(s.handled(a, x), s.dead(a, x)))),
                Not(And(s.handled(a, x), s.dead(a, x))),
            ),
        ),
        safety=True,
    )
    m.invariant(
        "all_that_is_posted_arrives",
        "Every message that was posted has arrived, at an agent or at nobody.",
        lambda s: forall(message, lambda x: Implies(s.posted(x), exists(agent, lambda a: s.arrived(a, x)))),
        safety=True,
    )
    m.invariant(
        "nothing_is_made_up",
        "What arrives was posted.",
        lambda s: forall(agent, message, lambda a, x: Implies(s.arrived(a, x), s.posted(x))),
        safety=True,
    )
    m.invariant(
        "one_at_a_time",
        "A handler has one message at a time.",
        lambda s: forall(agent, message, message, lambda a, x, y: Implies(And(s.running(a, x), s.running(a, y)), x == y)),
        safety=True,
    )
    m.invariant(
        "only_what_arrives",
        "What waits, was given or is a dead letter has arrived; what a handler has, or has ended well with, it was given.",
        lambda s: forall(
            agent,
            message,
            lambda a, x: And(
                Implies(Or(s.waiting(a, x), s.given(a, x), s.dead(a, x)), s.arrived(a, x)),
                Implies(Or(s.running(a, x), s.handled(a, x)), s.given(a, x)),
            ),
        ),
    )
    return m


def drops(action: str, *relations: str) -> Model:
    """Return the model in which an action leaves some relations as they are."""
    m = messages()
    updates = m.actions[action].updates
    return m.with_updates(action, lambda s, a, x: {name: new for name, new in updates(s, a=a, x=x).items() if name not in relations})


def universe(agents: int = 1, count: int = 2) -> Universe:
    """Return the finite universe of so many agents and messages, of which the first is a response."""
    names = {"Agent": tuple(f"a{number}" for number in range(agents)), "Message": tuple(f"m{number}" for number in range(count))}
    return Universe(names, {"answers": {(0,)}})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: messages().without_guard(action, guard)


WAITS = (("arrive", "a0", "m1"),)
MESSAGES = Proof(
    stem="message_bus",
    title="every_message_is_accounted_for",
    about=__doc__,
    model=messages,
    start=universe(),
    real=(universe(1, 1), universe(2, 2)),
    mutants=(
        Mutant(
            "forgets_what_failed",
            "What a handler fails of is gone.",
            lambda: drops("fail", "dead"),
            universe(),
            (("arrive_and_begin", "a0", "m1"), ("fail", "a0", "m1")),
        ),
        Mutant(
            "gives_it_again",
            "A message is given to a handler, and waits on.",
            lambda: drops("begin", "waiting"),
            universe(),
            (*WAITS, ("begin", "a0", "m1")),
        ),
        Mutant(
            "loses_what_is_posted",
            "A message is posted, and dropped where there is no room.",
            lambda: drops("refuse", "arrived", "dead"),
            universe(),
            (("refuse", "a0", "m1"),),
        ),
        Mutant("makes_up", "A message waits in a mailbox that nobody has posted.", lambda: drops("arrive", "posted"), universe(), WAITS),
        Mutant(
            "runs_two",
            "A handler is given a message while it has another.",
            _without("begin", "is_free"),
            universe(),
            (*WAITS, ("arrive_and_begin", "a0", "m0"), ("begin", "a0", "m1")),
        ),
        Mutant(
            "arrives_again",
            "A message arrives once more where it was.",
            _without("arrive", "is_new"),
            universe(),
            (("refuse", "a0", "m1"), *WAITS),
        ),
        Mutant(
            "gives_beside",
            "What is no response is given to a handler beside the message that it has, and nobody asks what becomes of it.",
            _without("respond", "answers"),
            universe(),
            (("respond", "a0", "m1"),),
        ),
    ),
)

EVERY_MESSAGE_IS_ACCOUNTED_FOR = proved(MESSAGES)
