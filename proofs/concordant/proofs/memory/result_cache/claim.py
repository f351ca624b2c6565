"""Caches of results by induction over a model of any size: any number of readers, keys and calls.

A call is *current* from when it is made until its generation ends: it fails, or is invalidated, evicted or too old.

Assumes: the number of a call was not used before.
Not covered: that calls come back; how much is kept, and for how long; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def cache() -> Model:
    """Return the model. `wants`: for which key a reader asked last; `got`: what it was told since; `early`: made before the last invalidation."""
    m = Model("result_cache")
    reader, key, call = m.sort("Reader", "readers"), m.sort("Key", "keys"), m.sort("Call", "calls")
    m.relation("made", call)
    m.relation("called", key, call)
    m.relation("running", call)
    m.relation("current", key, call)
    m.relation("early", key, call)
    m.relation("wants", reader, key)
    m.relation("waits", reader, call)
    m.relation("got", reader, call)

    m.action(
        "ask",
        "A reader that waits for nothing asks for a key.",
        lambda s, r, k: {"waits_for_nothing": forall(call, lambda c: Not(s.waits(r, c)))},  # noqa: ARG005
        lambda s, r, k: {
            "wants": lambda q, j: Or(And(s.wants(q, j), q != r), And(q == r, j == k)),
            "got": lambda q, c: And(s.got(q, c), q != r),
        },
        r=reader,
        k=key,
    )
    m.action(
        "call",
        "What a reader asked for is called for, unless a call for it is current.",
        lambda s, r, k, c: {
            "is_new": Not(s.made(c)),
            "is_wanted": s.wants(r, k),
            "none_is_current": forall(call, lambda d: Not(s.current(k, d))),
        },
        lambda s, r, k, c: {
            "made": add(s.made, c),
            "called": add(s.called, k, c),
            "running": add(s.running, c),
            "current": add(s.current, k, c),
            "waits": add(s.waits, r, c),
        },
        r=reader,
        k=key,
        c=call,
    )
    m.action(
        "join",
        "A reader waits for the call for its key that runs and is current.",
        lambda s, r, k, c: {"is_wanted": s.wants(r, k), "is_current": s.current(k, c), "runs": s.running(c)},
        lambda s, r, k, c: {"waits": add(s.waits, r, c)},  # noqa: ARG005
        r=reader,
        k=key,
        c=call,
    )
    m.action(
        "hit",
        "A reader is told what the current call for its key has brought.",
        lambda s, r, k, c: {"is_wanted": s.wants(r, k), "is_current": s.current(k, c), "has_come_back": Not(s.running(c))},
        lambda s, r, k, c: {"got": add(s.got, r, c)},  # noqa: ARG005
        r=reader,
        k=key,
        c=call,
    )
    m.action(
        "come_back",
        "A call comes back, and who waits for it is told; whether it is current stays as it is.",
        lambda s, c: {},  # noqa: ARG005
        lambda s, c: {
            "running": lambda d: And(s.running(d), d != c),
            "waits": lambda r, d: And(s.waits(r, d), d != c),
            "got": lambda r, d: Or(s.got(r, d), And(d == c, s.waits(r, d))),
        },
        c=call,
    )
    m.action(
        "fail",
        "A call fails, which ends its generation, and who waits for it waits no more.",
        lambda s, c: {},  # noqa: ARG005
        lambda s, c: {
            "running": lambda d: And(s.running(d), d != c),
            "current": lambda j, d: And(s.current(j, d), d != c),
            "waits": lambda r, d: And(s.waits(r, d), d != c),
        },
        c=call,
    )
    m.action(
        "invalidate",
        "A key is invalidated: no call for it is current any more, and all calls are early.",
        lambda s, k: {},  # noqa: ARG005
        lambda s, k: {
            "current": lambda j, d: And(s.current(j, d), j != k),
            "early": lambda j, d: Or(s.early(j, d), And(j == k, s.made(d))),
        },
        k=key,
    )
    m.action(
        "end",
        "The generation of a call ends: it has made room, or is too old.",
        lambda s, k, c: {},  # noqa: ARG005
        lambda s, k, c: {"current": lambda j, d: And(s.current(j, d), Not(And(j == k, d == c)))},
        k=key,
        c=call,
    )
    m.action(
        "leave",
        "A reader waits no more.",
        lambda s, r: {},  # noqa: ARG005
        lambda s, r: {"waits": lambda q, c: And(s.waits(q, c), q != r)},
        r=reader,
    )

    m.invariant(
        "single_flight",
        "Of one key at most one call is current: it is called for at most once in a generation.",
        lambda s: forall(key, call, call, lambda k, c, d: Implies(And(s.current(k, c), s.current(k, d)), c == d)),
        safety=True,
    )
    m.invariant(
        "nothing_early_is_current",
        "No call that was made before an invalidation of its key is current after it.",
        lambda s: forall(key, call, lambda k, c: Not(And(s.early(k, c), s.current(k, c)))),
        safety=True,
    )
    m.invariant(
        "a_result_is_of_what_was_asked",
        "What a reader is told is the result of a call for the key for which it asked last.",
        lambda s: forall(reader, key, call, lambda r, k, c: Implies(And(s.got(r, c), s.wants(r, k)), s.called(k, c))),
        safety=True,
    )
    m.invariant(
        "a_result_has_come_back",
        "No reader is told the result of a call that runs.",
        lambda s: forall(reader, call, lambda r, c: Not(And(s.got(r, c), s.running(c)))),
        safety=True,
    )
    m.invariant(
        "who_waits_waits_for_what_it_wants",
        "Who waits for a call waits for one for the key for which it asked last.",
        lambda s: forall(reader, key, call, lambda r, k, c: Implies(And(s.waits(r, c), s.wants(r, k)), s.called(k, c))),
        safety=True,
    )
    m.invariant(
        "who_waits_waits_for_what_runs",
        "Nobody waits for a call that does not run.",
        lambda s: forall(reader, call, lambda r, c: Implies(s.waits(r, c), s.running(c))),
        safety=True,
    )
    m.invariant(
        "one_wish",
        "A reader asked for one key last.",
        lambda s: forall(reader, key, key, lambda r, k, j: Implies(And(s.wants(r, k), s.wants(r, j)), k == j)),
    )
    m.invariant(
        "current_calls_were_made",
        "A call that is current for a key was made for it.",
        lambda s: forall(key, call, lambda k, c: Implies(s.current(k, c), s.called(k, c))),
    )
    m.invariant(
        "calls_were_made", "A call for a key was made.", lambda s: forall(key, call, lambda k, c: Implies(s.called(k, c), s.made(c)))
    )
    m.invariant("running_calls_were_made", "A call that runs was made.", lambda s: forall(call, lambda c: Implies(s.running(c), s.made(c))))
    m.invariant(
        "told_calls_were_made",
        "A call whose result was told was made.",
        lambda s: forall(reader, call, lambda r, c: Implies(s.got(r, c), s.made(c))),
    )
    m.invariant(
        "early_calls_were_made", "An early call was made.", lambda s: forall(key, call, lambda k, c: Implies(s.early(k, c), s.made(c)))
    )
    return m


def fills_late() -> Model:
    """Return the model in which whatever comes back is current."""
    m = cache()
    updates = m.actions["come_back"].updates

    def late(s: State, c: Term) -> dict[str, Callable[..., Term]]:
        return {**updates(s, c), "current": lambda k, d: Or(s.current(k, d), And(d == c, s.called(k, d)))}

    return m.with_updates("come_back", late)


def universe(readers: int, keys: int, calls: int) -> Universe:
    """Return the finite universe of so many readers, keys and calls."""
    sizes = {"Reader": readers, "Key": keys, "Call": calls}
    return Universe({sort: tuple(f"{sort[0].lower()}{number}" for number in range(size)) for sort, size in sizes.items()}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: cache().without_guard(action, guard)


CACHE = Proof(
    stem="result_cache",
    title="single_flight",
    about=__doc__,
    model=cache,
    start=universe(2, 1, 2),
    real=tuple(universe(readers, keys, 2) for readers in (1, 2) for keys in (1, 2)),
    mutants=(
        Mutant(
            "calls_for_each",
            "Whoever asks before a result is there calls for it.",
            _without("call", "none_is_current"),
            universe(2, 1, 2),
            (("ask", "r0", "k0"), ("ask", "r1", "k0"), ("call", "r0", "k0", "c0"), ("call", "r1", "k0", "c1")),
        ),
        Mutant(
            "fills_late",
            "What comes back after an invalidation is kept.",
            fills_late,
            universe(1, 1, 1),
            (("ask", "r0", "k0"), ("call", "r0", "k0", "c0"), ("invalidate", "k0"), ("come_back", "c0")),
        ),
        Mutant(
            "joins_any_call",
            "A reader waits for any call that runs.",
            _without("join", "is_current"),
            universe(2, 2, 1),
            (("ask", "r0", "k0"), ("ask", "r1", "k1"), ("call", "r0", "k0", "c0"), ("join", "r1", "k1", "c0")),
        ),
        Mutant(
            "waits_for_what_is_there",
            "A reader waits for a call that has come back.",
            _without("join", "runs"),
            universe(1, 1, 1),
            (("ask", "r0", "k0"), ("call", "r0", "k0", "c0"), ("come_back", "c0"), ("join", "r0", "k0", "c0")),
        ),
        Mutant(
            "keys_by_stage",
            "A reader is told what was computed for another key.",
            _without("hit", "is_current"),
            universe(2, 2, 1),
            (("ask", "r0", "k0"), ("ask", "r1", "k1"), ("call", "r0", "k0", "c0"), ("come_back", "c0"), ("hit", "r1", "k1", "c0")),
        ),
        Mutant(
            "tells_before_it_knows",
            "A reader is told the result of a call that runs.",
            _without("hit", "has_come_back"),
            universe(1, 1, 1),
            (("ask", "r0", "k0"), ("call", "r0", "k0", "c0"), ("hit", "r0", "k0", "c0")),
        ),
    ),
)

SINGLE_FLIGHT = proved(CACHE)
