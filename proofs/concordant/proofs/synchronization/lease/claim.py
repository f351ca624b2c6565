"""Leases by induction over a model of any size: any number of agents, leases and crashes, and any readings of clocks.

Assumes: when the server's clock shows the end of a lease, its holder has laid it down: that is what a guard gives that is at least the
skew (`lease.a_guard_covers_the_skew`, for all real readings); the server forgets nothing, an agent not the highest token it was granted.
Not covered: that who asks is served; that the store takes nothing late, which it sees by the tokens alone: its handler is explored only.
What makes an agent lay its lease down, its own clock, is no part of this model, which knows the server's. What handlers do at any reading of
their clocks is proved beside it; that it gives what is assumed here, where clocks are near, says `lease.nothing_that_is_held_has_ended`.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.finite import Universe, ordered
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof
from concordant.proofs.kernel.theorems import EXAMPLE

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def lease() -> Model:
    """Return the model. `passed`: what the server's clock has shown; `seen`: the tokens up to the highest that an agent was granted.

    `has_it`: whose lease runs, as the server thinks; `current`: that lease.
    """
    m = Model("lease")
    agent, token, time = m.sort("Agent", "agents"), m.sort("Token", "tokens"), m.sort("Time", "readings of clocks")
    le, before = m.rigid("le", token, token), m.rigid("before", time, time)
    total_order(m, le, token)
    m.relation("granted", agent, token)
    m.relation("ends", token, time)
    m.relation("current", token)
    m.relation("has_it", agent)
    m.relation("passed", time)
    m.relation("seen", agent, token)
    m.relation("holds", agent, token)
    m.relation("returned", agent, token)

    def without(s: State, a: Term) -> Callable[..., Term]:
        return lambda b, j: And(b != a, s.holds(b, j))

    m.action(
        "grant",
        "The server grants a lease under a higher token, if no lease runs of another.",
        lambda s, a, k, e: {  # noqa: ARG005  # its end may be any
            "higher": forall(agent, token, lambda b, j: Implies(s.granted(b, j), Not(le(k, j)))),
            "is_free": forall(
                agent, token, time, lambda b, j, x: Implies(And(s.has_it(b), s.granted(b, j), s.ends(j, x)), Or(b == a, s.passed(x)))
            ),
        },
        lambda s, a, k, e: {
            "granted": add(s.granted, a, k),
            "ends": add(s.ends, k, e),
            "current": lambda j: j == k,
            "has_it": lambda b: b == a,
        },
        a=agent,
        k=token,
        e=time,
    )
    m.action(
        "free",
        "The server hears that the lease that it granted last was given back.",
        lambda s, a, k: {"is_current": s.current(k), "was_returned": s.returned(a, k)},
        lambda s, a, k: {"current": lambda j: z3.BoolVal(False), "has_it": lambda b: z3.BoolVal(False)},  # noqa: ARG005  # nobody has it
        a=agent,
        k=token,
    )
    m.action(
        "take",
        "An agent takes a lease that was granted to it, runs, and is later than all that it was granted before.",
        lambda s, a, k: {
            "was_granted": s.granted(a, k),
            "runs": forall(time, lambda e: Implies(s.ends(k, e), Not(s.passed(e)))),
            "is_new": Not(s.seen(a, k)),
        },
        lambda s, a, k: {
            "holds": lambda b, j: Or(And(b == a, j == k), And(b != a, s.holds(b, j))),
            "seen": lambda b, j: Or(s.seen(b, j), And(b == a, le(j, k))),
        },
        a=agent,
        k=token,
    )
    m.action(
        "lay_down",
        "An agent lays its lease down: its clock shows the time for that, or it crashes.",
        lambda s, a: {},  # noqa: ARG005  # it may at any time
        lambda s, a: {"holds": without(s, a)},
        a=agent,
    )
    m.action(
        "come_late",
        "An agent hears of a lease that it can use no more, and of none before it.",
        lambda s, a, k: {},  # noqa: ARG005  # what it does not use, it need not ask about
        lambda s, a, k: {"holds": without(s, a), "seen": lambda b, j: Or(s.seen(b, j), And(b == a, le(j, k)))},
        a=agent,
        k=token,
    )
    m.action(
        "give_back",
        "An agent gives back the lease that it holds.",
        lambda s, a, k: {"holds_it": s.holds(a, k)},
        lambda s, a, k: {"holds": without(s, a), "returned": add(s.returned, a, k)},
        a=agent,
        k=token,
    )
    m.action(
        "go_on",
        "The server's clock goes on; whoever held what has ended by then has laid it down, since its clock is not far behind.",
        lambda s, t: {
            "laid_down": forall(agent, token, time, lambda a, k, e: Implies(And(s.holds(a, k), s.ends(k, e)), Not(before(e, t))))
        },
        lambda s, t: {"passed": lambda x: Or(s.passed(x), before(x, t))},
        t=time,
    )
    m.invariant(
        "one_holder",
        "No two agents hold the lease.",
        lambda s: forall(agent, token, agent, token, lambda a, k, b, j: Implies(And(s.holds(a, k), s.holds(b, j)), a == b)),
        safety=True,
    )
    m.invariant(
        "held_as_granted",
        "Who holds a lease was granted it.",
        lambda s: forall(agent, token, lambda a, k: Implies(s.holds(a, k), s.granted(a, k))),
        safety=True,
    )
    m.invariant(
        "held_in_time",
        "Nobody holds a lease whose end the server's clock has shown.",
        lambda s: forall(agent, token, time, lambda a, k, e: Not(And(s.holds(a, k), s.ends(k, e), s.passed(e)))),
        safety=True,
    )
    m.invariant(
        "one_owner",
        "No two agents were granted one token.",
        lambda s: forall(agent, agent, token, lambda a, b, k: Implies(And(s.granted(a, k), s.granted(b, k)), a == b)),
        safety=True,
    )
    m.invariant(
        "has_an_end",
        "Every lease has an end.",
        lambda s: forall(agent, token, lambda a, k: Implies(s.granted(a, k), exists(time, lambda e: s.ends(k, e)))),
    )
    m.invariant(
        "the_server_knows",
        "Of whoever might still use a lease, the server thinks that it has one.",
        lambda s: forall(
            agent,
            token,
            time,
            lambda a, k, e: Implies(
                And(s.granted(a, k), s.ends(k, e), Not(s.passed(e)), Or(Not(s.seen(a, k)), s.holds(a, k))), s.has_it(a)
            ),
        ),
    )
    m.invariant(
        "one_has_it",
        "The server thinks so of no two agents.",
        lambda s: forall(agent, agent, lambda a, b: Implies(And(s.has_it(a), s.has_it(b)), a == b)),
    )
    m.invariant(
        "current_is_theirs",
        "The current lease is of who has it.",
        lambda s: forall(agent, token, lambda a, k: Implies(And(s.current(k), s.granted(a, k)), s.has_it(a))),
    )
    m.invariant(
        "current_is_last",
        "The current lease has the highest token.",
        lambda s: forall(token, agent, token, lambda k, b, j: Implies(And(s.current(k), s.granted(b, j)), le(j, k))),
    )
    m.invariant(
        "seen_below",
        "Who was granted a token takes none below it.",
        lambda s: forall(agent, token, token, lambda a, k, j: Implies(And(s.seen(a, k), le(j, k)), s.seen(a, j))),
    )
    m.invariant(
        "holds_the_last",
        "The lease that an agent holds is the last that it was granted.",
        lambda s: forall(agent, token, token, lambda a, k, j: Implies(s.holds(a, k), And(s.seen(a, k), Implies(s.seen(a, j), le(j, k))))),
    )
    m.invariant(
        "returned_for_good",
        "Who gave a lease back was granted it, and holds it no more.",
        lambda s: forall(agent, token, lambda a, k: Implies(s.returned(a, k), And(s.granted(a, k), s.seen(a, k), Not(s.holds(a, k))))),
    )
    return m


def universe(agents: int, tokens: int, times: int) -> Universe:
    """Return the finite universe of so many agents, tokens and readings, the last two in order."""
    sorts = {"Agent": ("a", agents), "Token": ("k", tokens), "Time": ("t", times)}
    return Universe.of(sorts, {"le": ordered(tokens), "before": ordered(times)})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: lease().without_guard(action, guard)


LEASE = Proof(
    stem="lease",
    title="one_holder",
    about=__doc__,
    model=lease,
    start=universe(2, 2, 2),
    real=tuple(universe(agents, tokens, times) for agents in (1, 2) for tokens in (1, 2, 3) for times in (1, 2, 3)),
    mutants=(
        Mutant(
            "guard_below_skew",
            "The server's clock shows the end of a lease that its holder has not laid down.",
            _without("go_on", "laid_down"),
            universe(2, 2, 1),
            (("grant", "a0", "k0", "t0"), ("take", "a0", "k0"), ("go_on", "t0")),
        ),
        Mutant(
            "lends_twice",
            "A lease is granted while another's runs.",
            _without("grant", "is_free"),
            universe(2, 2, 1),
            (("grant", "a0", "k0", "t0"), ("take", "a0", "k0"), ("grant", "a1", "k1", "t0"), ("take", "a1", "k1")),
        ),
        Mutant(
            "takes_what_it_likes",
            "An agent takes a lease that nobody has granted.",
            _without("take", "was_granted"),
            universe(1, 1, 1),
            (("take", "a0", "k0"),),
        ),
        Mutant(
            "numbers_twice",
            "A token is granted that was granted before.",
            _without("grant", "higher"),
            universe(2, 1, 1),
            (("grant", "a0", "k0", "t0"), ("go_on", "t0"), ("grant", "a1", "k0", "t0")),
        ),
        Mutant(
            "takes_an_old_lease",
            "An agent takes a lease that is older than one that it has given back.",
            _without("take", "is_new"),
            universe(2, 3, 1),
            (
                ("grant", "a0", "k0", "t0"),
                ("grant", "a0", "k1", "t0"),
                ("take", "a0", "k1"),
                ("give_back", "a0", "k1"),
                ("free", "a0", "k1"),
                ("take", "a0", "k0"),
                ("grant", "a1", "k2", "t0"),
                ("take", "a1", "k2"),
            ),
        ),
        Mutant(
            "takes_anything_back",
            "A lease ends because an older one was given back.",
            _without("free", "is_current"),
            universe(2, 3, 1),
            (
                ("grant", "a0", "k0", "t0"),
                ("take", "a0", "k0"),
                ("give_back", "a0", "k0"),
                ("grant", "a0", "k1", "t0"),
                ("take", "a0", "k1"),
                ("free", "a0", "k0"),
                ("grant", "a1", "k2", "t0"),
                ("take", "a1", "k2"),
            ),
        ),
    ),
)

ONE_HOLDER = proved(LEASE)


def _at_the_end(*, covered: bool) -> tuple[list[Term], Term]:
    """Say of the clocks of the server and of a holder that they differ by no more than the skew, and the server's shows the end."""
    server, holder, end, guard, skew = z3.Reals("server holder end guard skew")
    given = [server - holder <= skew, holder - server <= skew, end <= server, *((skew <= guard,) if covered else ())]
    return given, end - guard <= holder


A_GUARD_COVERS_THE_SKEW = theorem(
    "lease.a_guard_covers_the_skew",
    "When the server's clock shows the end of a lease, its holder's shows the end less the guard, if that is at least the skew.",
    "for all real readings, ends, guards and skews",
    lambda: _at_the_end(covered=True),
    why="the holder's clock is behind by the skew at most.",
)
A_SHORT_GUARD_DOES_NOT = theorem(
    "lease.a_short_guard_does_not",
    "A guard that may be less than the skew is not enough.",
    EXAMPLE,
    lambda: _at_the_end(covered=False),
    holds=False,
)
