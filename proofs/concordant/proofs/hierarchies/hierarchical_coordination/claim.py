"""Reports in a tree, by induction over one of any size and shape: nobody is credited twice, and nobody is lost.

Model: a tree grows agent by agent, each below one that has its place; then tasks are done and reported. A parent takes over what
its child has reported, once, or gives the child up with all below it; whoever awaits nobody reports.
Not covered: that reports come, or that anybody gives up; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def reports() -> Model:
    """Return the model. `below(x, n)`: the path of x leads through n, or x is n. `awaits(n, x)`: n has not heard of x. `twice`: was credited again."""
    m = Model("hierarchical_coordination")
    node = m.sort("Node")
    for name in ("placed", "executed", "reported", "twice"):
        m.relation(name, node)
    for name in ("parent", "below", "awaits", "credited", "missing"):
        m.relation(name, node, node)
    _tree(m, node)
    _task(m, node)
    _invariant(m, node)
    _invariant_of_the_tree(m, node)
    return m


def _tree(m: Model, node: z3.SortRef) -> None:
    def untouched(s: State) -> Term:
        return forall(node, lambda a: Not(s.executed(a)))

    m.action(
        "found",
        "A coordinator has a place below nobody.",
        lambda s, n: {},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"placed": add(s.placed, n), "below": add(s.below, n, n)},
        n=node,
    )
    m.action(
        "attach",
        "An agent gets a place below one who has one, before anything is done.",
        lambda s, n, p: {"new": Not(s.placed(n)), "there": s.placed(p), "untouched": untouched(s)},
        lambda s, n, p: {
            "placed": add(s.placed, n),
            "parent": add(s.parent, n, p),
            "below": lambda x, a: Or(s.below(x, a), And(x == n, Or(a == n, s.below(p, a)))),
        },
        n=node,
        p=node,
    )


def _task(m: Model, node: z3.SortRef) -> None:
    def awaits_no_more(s: State, n: Term, c: Term) -> Relation:
        return lambda a, x: And(s.awaits(a, x), Not(And(a == n, s.below(x, c))))

    m.action(
        "execute",
        "Somebody does the task, once its parent has, and awaits all below it.",
        lambda s, n: {
            "placed": s.placed(n),
            "once": Not(s.executed(n)),
            "asked": forall(node, lambda p: Implies(s.parent(n, p), s.executed(p))),
        },
        lambda s, n: {
            "executed": add(s.executed, n),
            "credited": add(s.credited, n, n),
            "awaits": lambda a, x: Or(s.awaits(a, x), And(a == n, x != n, s.below(x, n))),
        },
        n=node,
    )
    m.action(
        "take_over",
        "A parent hears from a child that it awaits, and credits all that the child has credited.",
        lambda s, n, c: {"child": s.parent(c, n), "awaited": s.awaits(n, c), "reported": s.reported(c)},
        lambda s, n, c: {
            "awaits": awaits_no_more(s, n, c),
            "credited": lambda a, x: Or(s.credited(a, x), And(a == n, s.credited(c, x))),
            "missing": lambda a, x: Or(s.missing(a, x), And(a == n, s.missing(c, x))),
            "twice": lambda x: Or(s.twice(x), And(s.credited(n, x), s.credited(c, x))),
        },
        n=node,
        c=node,
    )
    m.action(
        "give_up",
        "A parent gives up a child that it awaits, and all below it are missing.",
        lambda s, n, c: {"child": s.parent(c, n), "awaited": s.awaits(n, c)},
        lambda s, n, c: {
            "awaits": awaits_no_more(s, n, c),
            "missing": lambda a, x: Or(s.missing(a, x), And(a == n, s.below(x, c))),
        },
        n=node,
        c=node,
    )
    m.action(
        "report",
        "Whoever has done the task and awaits nobody reports.",
        lambda s, n: {"executed": s.executed(n), "awaits_nobody": forall(node, lambda x: Not(s.awaits(n, x)))},
        lambda s, n: {"reported": add(s.reported, n)},
        n=node,
    )


def _invariant(m: Model, node: z3.SortRef) -> None:
    m.invariant(
        "nobody_is_lost",
        "Whoever reports credits everybody below it, or names it as missing.",
        lambda s: forall(node, node, lambda n, x: Implies(And(s.reported(n), s.below(x, n)), Or(s.credited(n, x), s.missing(n, x)))),
        safety=True,
    )
    m.invariant("nobody_is_credited_twice", "Nobody is credited again.", lambda s: forall(node, lambda x: Not(s.twice(x))), safety=True)
    m.invariant(
        "a_credit_is_true",
        "Whoever is credited has done the task.",
        lambda s: forall(node, node, lambda n, x: Implies(s.credited(n, x), s.executed(x))),
        safety=True,
    )
    m.invariant(
        "nobody_is_earlier_than_its_parent",
        "Nobody does the task before its parent.",
        lambda s: forall(node, node, lambda n, p: Implies(And(s.executed(n), s.parent(n, p)), s.executed(p))),
        safety=True,
    )
    m.invariant(
        "everybody_is_accounted_for",
        "Of everybody below it somebody who has done the task has heard, or awaits it, or has given it up.",
        lambda s: forall(
            node,
            node,
            lambda n, x: Implies(And(s.executed(n), s.below(x, n)), Or(s.awaits(n, x), s.credited(n, x), s.missing(n, x))),
        ),
    )
    m.invariant(
        "what_one_knows",
        "Only who has done the task credits, misses or awaits others: of those below it, and nobody whom it awaits besides.",
        lambda s: forall(
            node,
            node,
            lambda n, x: And(
                Implies(Or(s.credited(n, x), s.missing(n, x)), And(s.executed(n), s.below(x, n), Not(s.awaits(n, x)))),
                Implies(s.awaits(n, x), s.executed(n)),
            ),
        ),
    )
    m.invariant(
        "a_report_is_final",
        "Who has reported has done the task, and awaits nobody.",
        lambda s: forall(node, node, lambda n, x: Implies(s.reported(n), And(s.executed(n), Not(s.awaits(n, x))))),
    )
    m.invariant(
        "awaited_as_a_whole",
        "With a child all below it are awaited.",
        lambda s: forall(node, node, node, lambda n, c, x: Implies(And(s.parent(c, n), s.awaits(n, c), s.below(x, c)), s.awaits(n, x))),
    )


def _invariant_of_the_tree(m: Model, node: z3.SortRef) -> None:
    m.invariant(
        "children_are_below",
        "Whoever is below a child is below its parent, and no parent is below its child.",
        lambda s: forall(
            node,
            node,
            node,
            lambda c, p, x: Implies(s.parent(c, p), And(Not(s.below(p, c)), Implies(s.below(x, c), s.below(x, p)))),
        ),
    )
    m.invariant(
        "who_has_a_place",
        "Whoever has a place is below itself; only who has one is below or above others, or does the task.",
        lambda s: forall(
            node,
            node,
            lambda x, n: And(
                Implies(s.placed(n), s.below(n, n)),
                Implies(Or(s.below(x, n), s.parent(x, n)), And(s.placed(x), s.placed(n))),
                Implies(s.executed(n), s.placed(n)),
            ),
        ),
    )
    m.invariant(
        "branches_are_apart",
        "Nobody is below two children of one parent.",
        lambda s: forall(
            node,
            node,
            node,
            node,
            lambda c, d, p, x: Implies(And(s.parent(c, p), s.parent(d, p), s.below(x, c), s.below(x, d)), c == d),
        ),
    )


def credits_the_silent() -> Model:
    """Return the model in which whoever was given up is credited."""
    updates = reports().actions["give_up"].updates
    return reports().with_updates(
        "give_up",
        lambda s, n, c: {
            "awaits": updates(s, n=n, c=c)["awaits"],
            "credited": lambda a, x: Or(s.credited(a, x), And(a == n, s.below(x, c))),
        },
    )


def universe(count: int) -> Universe:
    """Return the finite universe of so many agents."""
    return Universe({"Node": ("a", "b", "c", "d")[:count]}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: reports().without_guard(action, guard)


PAIR = (("found", "a"), ("attach", "b", "a"), ("execute", "a"))
DONE = (*PAIR, ("execute", "b"), ("report", "b"), ("take_over", "a", "b"))
REPORTS = Proof(
    stem="hierarchical_coordination",
    title="nobody_is_lost_or_credited_twice",
    about=__doc__,
    model=reports,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 5)),
    mutants=(
        Mutant(
            "counts_again",
            "A report is taken over when it comes again.",
            _without("take_over", "awaited"),
            universe(2),
            (*DONE, ("take_over", "a", "b")),
        ),
        Mutant(
            "reports_early",
            "An agent reports before it has heard of its children.",
            _without("report", "awaits_nobody"),
            universe(2),
            (*PAIR, ("report", "a")),
        ),
        Mutant("credits_the_silent", "Whoever was given up is credited.", credits_the_silent, universe(2), (*PAIR, ("give_up", "a", "b"))),
        Mutant(
            "does_it_unasked",
            "An agent does the task before its parent.",
            _without("execute", "asked"),
            universe(2),
            (("found", "a"), ("attach", "b", "a"), ("execute", "b")),
        ),
        Mutant(
            "two_parents",
            "An agent gets a second place, below another parent.",
            _without("attach", "new"),
            universe(4),
            (
                ("found", "a"),
                ("attach", "b", "a"),
                ("attach", "c", "a"),
                ("attach", "d", "b"),
                ("attach", "d", "c"),
                *(("execute", agent) for agent in "abcd"),
                ("report", "d"),
                *(
                    (action, *agents)
                    for parent in "bc"
                    for action, *agents in (("take_over", parent, "d"), ("report", parent), ("take_over", "a", parent))
                ),
            ),
        ),
    ),
)

NOBODY_IS_LOST_OR_CREDITED_TWICE = proved(REPORTS)
