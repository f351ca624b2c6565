"""Bully election by induction over a model of any size: any number of members and epochs, crashes, and mistakes of a detector.

Assumes: the latest epoch that a member knows is never forgotten, and an epoch has the name of one member.
Model: what a member knows only grows, whoever tells it of an epoch, and whether or not that has begun.
Not covered: who is elected, how many lead at a time, and that anybody is: these need a detector, and are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def bully() -> Model:
    """Return the model. `knows`: the epochs up to the latest that a member knows; `begun`: by whom; `again`: epochs that began twice."""
    m = Model("bully_election")
    member, epoch = m.sort("Member", "members"), m.sort("Epoch", "epochs")
    le, named = m.rigid("le", epoch, epoch), m.rigid("named", epoch, member)
    m.axiom("epoch_reflexive", "an epoch is not later than itself", forall(epoch, lambda e: le(e, e)))
    one_name = forall(epoch, member, member, lambda e, n, k: Implies(And(named(e, n), named(e, k)), n == k))
    m.axiom("one_name", "an epoch has the name of one member at most", one_name)

    m.relation("knows", member, epoch)
    m.relation("begun", member, epoch)
    m.relation("again", epoch)
    m.action(
        "hear",
        "A member hears of an epoch, and knows all up to it.",
        lambda s, n, e: {},  # noqa: ARG005  # whoever tells it
        lambda s, n, e: {"knows": lambda k, d: Or(s.knows(k, d), And(k == n, le(d, e)))},
        n=member,
        e=epoch,
    )
    m.action(
        "begin",
        "A member begins an epoch of its own name that is later than all that it knows, and leads.",
        lambda s, n, e: {"own_name": named(e, n), "later": Not(s.knows(n, e))},
        lambda s, n, e: {
            "knows": lambda k, d: Or(s.knows(k, d), And(k == n, le(d, e))),
            "begun": add(s.begun, n, e),
            "again": lambda d: Or(s.again(d), And(d == e, exists(member, lambda k: s.begun(k, e)))),
        },
        n=member,
        e=epoch,
    )
    m.invariant(
        "one_leader_per_epoch",
        "No two members lead in one epoch.",
        lambda s: forall(member, member, epoch, lambda n, k, e: Implies(And(s.begun(n, e), s.begun(k, e)), n == k)),
        safety=True,
    )
    m.invariant("begins_once", "No epoch begins twice.", lambda s: forall(epoch, lambda e: Not(s.again(e))), safety=True)
    m.invariant(
        "has_its_name",
        "Whoever has begun an epoch has given it its name.",
        lambda s: forall(member, epoch, lambda n, e: Implies(s.begun(n, e), named(e, n))),
    )
    m.invariant(
        "knows_its_own",
        "Whoever has begun an epoch knows it for good, so that it begins it no more.",
        lambda s: forall(member, epoch, lambda n, e: Implies(s.begun(n, e), s.knows(n, e))),
    )
    return m


def universe(members: int, epochs: int, *, shared: bool = False) -> Universe:
    """Return a finite universe of members and epochs, which have their names in turn; if `shared`, each has the names of all."""
    names = {(epoch, member) for epoch in range(epochs) for member in range(members) if shared or epoch % members == member}
    return Universe(
        {"Member": tuple(f"n{number}" for number in range(members)), "Epoch": tuple(f"e{number}" for number in range(epochs))},
        {"le": {(low, high) for high in range(epochs) for low in range(high + 1)}, "named": names},
    )


def last_comes_wins() -> Model:
    """Return the model in which a member takes whatever it is told of last for the latest."""
    m = bully()
    le = m.state().le
    return m.with_updates("hear", lambda s, n, e: {"knows": lambda k, d: Or(And(s.knows(k, d), k != n), And(k == n, le(d, e)))})


def _without(guard: str) -> Callable[[], Model]:
    return lambda: bully().without_guard("begin", guard)


BULLY = Proof(
    stem="bully_election",
    title="one_leader_per_epoch",
    about=__doc__,
    model=bully,
    start=universe(2, 2),
    real=tuple(universe(members, epochs) for members in range(1, 5) for epochs in range(1, 5)),
    mutants=(
        Mutant(
            "takes_any_name",
            "A member begins an epoch with another's name.",
            _without("own_name"),
            universe(2, 1),
            (("begin", "n0", "e0"), ("begin", "n1", "e0")),
        ),
        Mutant(
            "begins_what_it_knows",
            "A member begins an epoch that is not later than what it knows.",
            _without("later"),
            universe(1, 1),
            (("begin", "n0", "e0"), ("begin", "n0", "e0")),
        ),
        Mutant(
            "last_comes_wins",
            "A member takes the epoch of which it is told last for the latest.",
            last_comes_wins,
            universe(1, 2),
            (("begin", "n0", "e1"), ("hear", "n0", "e0"), ("begin", "n0", "e1")),
        ),
        Mutant(
            "epochs_without_a_name",
            "An epoch is a round, which every member may begin.",
            lambda: bully().without_axiom("one_name"),
            universe(2, 1, shared=True),
            (("begin", "n0", "e0"), ("begin", "n1", "e0")),
        ),
    ),
)

ONE_LEADER_PER_EPOCH = proved(BULLY)
