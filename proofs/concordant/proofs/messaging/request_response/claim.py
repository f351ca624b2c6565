"""Requests and responses by induction over a model of any size: any number of callers, users, calls and outcomes.

Model: a caller expects responses to calls, each for a user; a server carries operations out, keeps the outcome, and responds.
Assumes: who sends a response is known, so that one of another server is none; a user asks its caller for the next thing when it was answered.
Not covered: that calls end; why one is given up; who only pretends to be a caller or a server; the handlers for all states, which
are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Not, Implies = z3.And, z3.Not, z3.Implies


def requests() -> Model:
    """Return the model. `pending`: what a caller expects, and for whom; `waits`: which user waits for what; `record`: what a server has on disk.

    `sent`: a request went out; `response`: that outcome went out; `told`: a user was told that outcome of its call, now or before.
    """
    m = Model("request_response")
    caller, call, user, outcome = m.sort("Caller"), m.sort("Call"), m.sort("User"), m.sort("Outcome")
    m.relation("pending", caller, user, call)
    m.relation("waits", caller, user, call)
    m.relation("sent", caller, call)
    m.relation("record", caller, call, outcome)
    m.relation("response", caller, call, outcome)
    m.relation("told", caller, user, call, outcome)

    def without(relation: Relation, c: Term, u: Term, k: Term) -> Relation:
        return lambda d, v, j: And(relation(d, v, j), Not(And(d == c, v == u, j == k)))

    def ended(s: State, c: Term, u: Term, k: Term) -> dict[str, Relation]:
        return {"pending": without(s.pending, c, u, k), "waits": without(s.waits, c, u, k)}

    m.action(
        "ask",
        "A user that waits for nothing asks its caller for what nobody waits for there.",
        lambda s, c, u, k: {
            "waits_for_nothing": forall(call, lambda j: Not(s.waits(c, u, j))),
            "is_not_pending": forall(user, lambda v: Not(s.pending(c, v, k))),
        },
        lambda s, c, u, k: {"pending": add(s.pending, c, u, k), "waits": add(s.waits, c, u, k)},
        c=caller,
        u=user,
        k=call,
    )
    m.action(
        "send",
        "A caller sends the request of a call that it expects a response to.",
        lambda s, c, u, k: {"is_pending": s.pending(c, u, k)},
        lambda s, c, u, k: {"sent": add(s.sent, c, k)},  # noqa: ARG005  # updates take the parameters
        c=caller,
        u=user,
        k=call,
    )
    m.action(
        "carry_out",
        "A server carries out what was sent to it, and has no outcome of it yet.",
        lambda s, c, k, o: {"was_sent": s.sent(c, k), "is_new": forall(outcome, lambda p: Not(s.record(c, k, p)))},  # noqa: ARG005
        lambda s, c, k, o: {"record": add(s.record, c, k, o)},
        c=caller,
        k=call,
        o=outcome,
    )
    m.action(
        "respond",
        "A server sends the outcome that it has on disk.",
        lambda s, c, k, o: {"is_on_record": s.record(c, k, o)},
        lambda s, c, k, o: {"response": add(s.response, c, k, o)},
        c=caller,
        k=call,
        o=outcome,
    )
    m.action(
        "answer",
        "A caller tells who waits for it the response to a call, and expects none any more.",
        lambda s, c, u, k, o: {"is_pending": s.pending(c, u, k), "was_sent": s.response(c, k, o)},
        lambda s, c, u, k, o: {**ended(s, c, u, k), "told": add(s.told, c, u, k, o)},
        c=caller,
        u=user,
        k=call,
        o=outcome,
    )
    m.action(
        "give_up",
        "A caller tells who waits that nothing is known, or was sent, and expects no response any more.",
        lambda s, c, u, k: {"is_pending": s.pending(c, u, k)},
        lambda s, c, u, k: ended(s, c, u, k),
        c=caller,
        u=user,
        k=call,
    )
    m.action(
        "crash",
        "A caller crashes, and forgets everything; its users wait no more.",
        lambda s, c: {},  # noqa: ARG005
        lambda s, c: {
            "pending": lambda d, v, j: And(s.pending(d, v, j), d != c),
            "waits": lambda d, v, j: And(s.waits(d, v, j), d != c),
        },
        c=caller,
    )

    m.invariant(
        "pending_is_waiting",
        "A caller expects a response to a call for a user if, and only if, that user waits for it.",
        lambda s: forall(caller, user, call, lambda c, u, k: s.pending(c, u, k) == s.waits(c, u, k)),
        safety=True,
    )
    m.invariant(
        "one_user_for_each_call",
        "For no call two users wait at one caller.",
        lambda s: forall(caller, user, user, call, lambda c, u, v, k: Implies(And(s.pending(c, u, k), s.pending(c, v, k)), u == v)),
        safety=True,
    )
    m.invariant(
        "one_call_for_each_user",
        "No user waits for two calls at one caller.",
        lambda s: forall(caller, user, call, call, lambda c, u, k, j: Implies(And(s.waits(c, u, k), s.waits(c, u, j)), k == j)),
        safety=True,
    )
    m.invariant(
        "at_most_once",
        "No server has two outcomes of one operation.",
        lambda s: forall(caller, call, outcome, outcome, lambda c, k, o, p: Implies(And(s.record(c, k, o), s.record(c, k, p)), o == p)),
        safety=True,
    )
    m.invariant(
        "nothing_unasked",
        "What a server has carried out was sent to it.",
        lambda s: forall(caller, call, outcome, lambda c, k, o: Implies(s.record(c, k, o), s.sent(c, k))),
        safety=True,
    )
    m.invariant(
        "an_answer_is_true",
        "Who is told an outcome is told that which the server has.",
        lambda s: forall(caller, user, call, outcome, lambda c, u, k, o: Implies(s.told(c, u, k, o), s.record(c, k, o))),
        safety=True,
    )
    m.invariant(
        "a_response_is_true",
        "A response gives the outcome that its server has.",
        lambda s: forall(caller, call, outcome, lambda c, k, o: Implies(s.response(c, k, o), s.record(c, k, o))),
    )
    return m


def leaks() -> Model:
    """Return the model in which a caller goes on expecting a response to what it has given up."""
    m = requests()
    updates = m.actions["give_up"].updates
    return m.with_updates("give_up", lambda s, c, u, k: {"waits": updates(s, c=c, u=u, k=k)["waits"]})


def universe(calls: int = 2, users: int = 2, outcomes: int = 2) -> Universe:
    """Return the finite universe of one caller, and so many calls, users and outcomes."""
    sizes = {"Caller": ("c", 1), "Call": ("k", calls), "User": ("u", users), "Outcome": ("o", outcomes)}
    return Universe({sort: tuple(f"{name}{number}" for number in range(size)) for sort, (name, size) in sizes.items()}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: requests().without_guard(action, guard)


ASKED = ("ask", "c0", "u0", "k0")
SENT = (ASKED, ("send", "c0", "u0", "k0"))
REQUESTS = Proof(
    stem="request_response",
    title="pending_is_waiting",
    about=__doc__,
    model=requests,
    start=universe(1, 1, 1),
    real=(universe(1, 1, 1), universe()),
    mutants=(
        Mutant("leaks", "A call that is given up stays pending.", leaks, universe(), (ASKED, ("give_up", "c0", "u0", "k0"))),
        Mutant(
            "takes_it_twice",
            "A caller takes a call that is pending for another user.",
            _without("ask", "is_not_pending"),
            universe(),
            (ASKED, ("ask", "c0", "u1", "k0")),
        ),
        Mutant(
            "asks_on",
            "A user asks for the next thing before it is answered.",
            _without("ask", "waits_for_nothing"),
            universe(),
            (ASKED, ("ask", "c0", "u0", "k1")),
        ),
        Mutant(
            "carries_out_copies",
            "A server carries out every request that comes.",
            _without("carry_out", "is_new"),
            universe(),
            (*SENT, ("carry_out", "c0", "k0", "o0"), ("carry_out", "c0", "k0", "o1")),
        ),
        Mutant(
            "begins_unasked",
            "A server carries out what nobody sent.",
            _without("carry_out", "was_sent"),
            universe(),
            (("carry_out", "c0", "k0", "o0"),),
        ),
        Mutant(
            "believes_anybody",
            "A caller takes a response that the server did not send.",
            _without("answer", "was_sent"),
            universe(),
            (*SENT, ("answer", "c0", "u0", "k0", "o0")),
        ),
    ),
)

PENDING_IS_WAITING = proved(REQUESTS)
