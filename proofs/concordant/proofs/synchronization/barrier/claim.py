"""Barriers by induction over a model of any size: any number of parties, and of rounds.

Assumes: what the barrier does when the last party comes is one step. Of which rounds are earlier than which nothing is assumed.
Not covered: that waits end, of which `filling` says what can happen. That the model is the code is not claimed here: the bridge checks it of every step of explored scopes, the
proofs of the handlers for all states of a barrier of up to three parties.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def barrier() -> Model:
    """Return the model. `there`: a party has come in a round, and has not left before that passed."""
    m = Model("barrier")
    party = m.sort("Party", "parties")
    round = m.sort("Round")
    earlier = m.rigid("earlier", round, round)
    m.relation("there", party, round)
    m.relation("passed", party, round)

    def waits(s: State, p: Term, r: Term) -> Term:
        return And(s.there(p, r), Not(s.passed(p, r)))

    def is_next(s: State, r: Term) -> dict[str, Term]:
        return {
            "later": forall(party, round, lambda q, t: Implies(s.passed(q, t), earlier(t, r))),
            "same": forall(party, round, lambda q, t: Implies(waits(s, q, t), t == r)),
        }

    m.action(
        "arrive",
        "A party comes, in a round later than all that have passed, and the same for which others wait.",
        lambda s, p, r: is_next(s, r),  # noqa: ARG005  # guards take the parameters
        lambda s, p, r: {"there": add(s.there, p, r)},
        p=party,
        r=round,
    )
    m.action(
        "release",
        "The last party comes, and all pass.",
        lambda s, p, r: {"all_there": forall(party, lambda q: Or(q == p, s.there(q, r))), **is_next(s, r)},
        lambda s, p, r: {"there": add(s.there, p, r), "passed": lambda q, t: Or(s.passed(q, t), t == r)},
        p=party,
        r=round,
    )
    m.action(
        "withdraw",
        "A party that waits goes.",
        lambda s, p, r: {"waits": waits(s, p, r)},
        lambda s, p, r: {"there": lambda q, t: And(s.there(q, t), Not(And(q == p, t == r)))},
        p=party,
        r=round,
    )
    m.action(
        "break_up",
        "All that wait go: time has run out, one has gone, or the barrier is reset.",
        lambda s: {},  # noqa: ARG005
        lambda s: {"there": lambda q, t: And(s.there(q, t), s.passed(q, t))},
    )

    m.invariant(
        "all_have_come",
        "Nobody passes a round in which not all parties have come.",
        lambda s: forall(party, party, round, lambda p, q, r: Implies(s.passed(p, r), s.there(q, r))),
        safety=True,
    )
    m.invariant(
        "all_pass",
        "If one passes a round, all do.",
        lambda s: forall(party, party, round, lambda p, q, r: Implies(s.passed(p, r), s.passed(q, r))),
        safety=True,
    )
    m.invariant(
        "one_round",
        "All who wait, wait for the same round.",
        lambda s: forall(party, party, round, round, lambda p, q, r, t: Implies(And(waits(s, p, r), waits(s, q, t)), r == t)),
        safety=True,
    )
    m.invariant(
        "rounds_follow",
        "Who waits, waits for a round later than all that have passed.",
        lambda s: forall(party, party, round, round, lambda p, q, r, t: Implies(And(waits(s, p, r), s.passed(q, t)), earlier(t, r))),
        safety=True,
    )
    return m


def lets_one_pass() -> Model:
    """Return the model in which only the last party passes."""
    return barrier().with_updates("release", lambda s, p, r: {"there": add(s.there, p, r), "passed": add(s.passed, p, r)})


def universe(parties: int, rounds: int) -> Universe:
    """Return the finite universe of so many parties and rounds, in their order."""
    order = frozenset((low, high) for high in range(rounds) for low in range(high))
    names = {"Party": tuple(f"p{number}" for number in range(parties)), "Round": tuple(f"r{number}" for number in range(rounds))}
    return Universe(names, {"earlier": order})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: barrier().without_guard(action, guard)


BARRIER = Proof(
    stem="barrier",
    title="nobody_passes_alone",
    about=__doc__,
    model=barrier,
    start=universe(2, 2),
    real=tuple(universe(parties, rounds) for parties in range(1, 4) for rounds in range(1, 4)),
    mutants=(
        Mutant(
            "counts_arrivals",
            "All pass when as many have come, whoever they are.",
            _without("release", "all_there"),
            universe(2, 1),
            (("release", "p0", "r0"),),
        ),
        Mutant(
            "lets_one_pass",
            "The last party that comes passes, and nobody else.",
            lets_one_pass,
            universe(2, 1),
            (("arrive", "p0", "r0"), ("release", "p1", "r0")),
        ),
        Mutant(
            "goes_back",
            "A party waits for a round that has passed.",
            _without("arrive", "later"),
            universe(1, 2),
            (("release", "p0", "r1"), ("arrive", "p0", "r0")),
        ),
        Mutant(
            "mixes_rounds",
            "A party waits for a round for which the others do not.",
            _without("arrive", "same"),
            universe(2, 2),
            (("arrive", "p0", "r0"), ("arrive", "p1", "r1")),
        ),
    ),
)

NOBODY_PASSES_ALONE = proved(BARRIER)
