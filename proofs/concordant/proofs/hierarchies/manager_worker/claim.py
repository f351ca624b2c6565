"""Delegation by induction over a model of any size: any number of managers and workers in any forest, tasks of any number of parts, one after another.

Model: a task is told by its leaves, the parts that have none themselves, however it is divided; what is done has a name, and all leaves
within that are done with it. A manager has leaves left, credits what is done, and awaits one whom it gave some of the leaves; a report takes
the place of what was given. Who crashes, or is given up, is heard no more, and what it had is given to another, or left.
Assumes: a name stays that of one task.
Not covered: who is given what, and that it can do that; that nothing is credited twice, but that nothing is credited and left; that reports
come, and that a task ends, of which the measure says more; the handlers for all states. A manager says in words what is wrong with a task, and
of such texts there are no symbols.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
OF_A_MANAGER = ("left", "credited", "works", "awaits")


def delegation() -> Model:
    """Return the model. `given`: a leaf is in what somebody was given at one time; `done_of`, `left_of`: what the report on it says.

    `going`: a head has a client's task, whose leaves are `planned`; `works`: another manager has what it was given at this time;
    `left`, `credited`: what of that is to be done, and is done; `awaits`: it gave somebody something at this time. `told`, `unfinished`:
    what the client was told, once it `ended`. `within`: a leaf is part of what has this name, at any depth.
    """
    m = Model("manager_worker")
    agent, time, leaf, name = m.sort("Agent", "agents"), m.sort("Time", "times"), m.sort("Leaf", "leaves"), m.sort("Name", "names")
    m.relation("ended")
    for sorts, relations in (
        ((leaf, name), "within"),
        ((leaf,), "planned unfinished"),
        ((name,), "done told"),
        ((time,), "reported"),
        ((time, leaf), "given left_of"),
        ((time, name), "done_of"),
        ((agent,), "busy going"),
        ((agent, leaf), "left"),
        ((agent, name), "credited"),
        ((agent, time), "works awaits"),
    ):
        for relation in relations.split():
            m.relation(relation, *sorts)
    _tasks(m, agent, time, leaf, name)
    _reports(m, agent, time, name)
    _invariant(m, agent, time, leaf, name)
    _invariant_of_managers(m, agent, time, leaf, name)
    return m


def nothing(*_: Term) -> Term:
    """Return that it holds of none."""
    return z3.BoolVal(False)  # Z3's own signature


def freed(s: State, n: Term) -> dict[str, Relation]:
    """Return that a manager has no task any more."""
    of_others = {name: lambda a, x, name=name: And(getattr(s, name)(a, x), a != n) for name in OF_A_MANAGER}
    return {**of_others, "busy": lambda a: And(s.busy(a), a != n), "going": lambda a: And(s.going(a), a != n)}


def _tasks(m: Model, agent: z3.SortRef, time: z3.SortRef, leaf: z3.SortRef, name: z3.SortRef) -> None:
    m.action(
        "accept",
        "A head takes a client's task, when none is under way.",
        lambda s, n: {"none_is_going": forall(agent, lambda a: Not(s.going(a))), "is_free": Not(s.busy(n))},
        lambda s, n: {
            "busy": add(s.busy, n),
            "going": add(s.going, n),
            **dict.fromkeys(("planned", "told", "unfinished", "ended"), nothing),
        },
        n=agent,
    )
    m.action(
        "plan",
        "The task has a leaf, that is left.",
        lambda s, n, x: {"is_going": s.going(n), "nothing_is_done": forall(name, lambda y: Not(s.credited(n, y)))},  # noqa: ARG005
        lambda s, n, x: {"planned": add(s.planned, x), "left": add(s.left, n, x)},
        n=agent,
        x=leaf,
    )
    m.action(
        "name",
        "A leaf is part of something, of which nothing was said yet.",
        lambda s, x, y: {"is_not_done": Not(s.done(y))},  # noqa: ARG005  # guards take the parameters
        lambda s, x, y: {"within": add(s.within, x, y)},
        x=leaf,
        y=name,
    )
    m.action(
        "take",
        "A manager takes what it was given.",
        lambda s, n, t: {"is_free": Not(s.busy(n))},  # noqa: ARG005
        lambda s, n, t: {
            "busy": add(s.busy, n),
            "works": add(s.works, n, t),
            "left": lambda a, x: Or(s.left(a, x), And(a == n, s.given(t, x))),
        },
        n=agent,
        t=time,
    )
    m.action(
        "give",
        "A manager turns to somebody, for the first time or in place of one who is given up.",
        lambda s, n, t: {
            "is_busy": s.busy(n),
            "is_new": And(
                Not(s.reported(t)),
                forall(leaf, lambda x: Not(s.given(t, x))),
                forall(agent, lambda a: Not(Or(s.awaits(a, t), s.works(a, t)))),
            ),
        },
        lambda s, n, t: {"awaits": lambda a, u: Or(And(s.awaits(a, u), a != n), And(a == n, u == t))},
        n=agent,
        t=time,
    )
    m.action(
        "hand_down",
        "It gives it a leaf of those that are left.",
        lambda s, n, t, x: {
            "is_to_whom_it_turned": s.awaits(n, t),
            "is_left": s.left(n, x),
            "is_not_begun": And(Not(s.reported(t)), forall(agent, lambda a: Not(s.works(a, t)))),
        },
        lambda s, n, t, x: {"given": add(s.given, t, x)},  # noqa: ARG005
        n=agent,
        t=time,
        x=leaf,
    )
    m.action(
        "give_up",
        "A manager gives up whom it awaits.",
        lambda s, n: {},  # noqa: ARG005
        lambda s, n: {"awaits": lambda a, u: And(s.awaits(a, u), a != n)},
        n=agent,
    )
    m.action(
        "crash",
        "A manager crashes, or stops for good.",
        lambda s, n: {},  # noqa: ARG005
        freed,
        n=agent,
    )


def _reports(m: Model, agent: z3.SortRef, time: z3.SortRef, name: z3.SortRef) -> None:
    leaf = m.sorts["Leaf"]
    m.action(
        "do",
        "A worker does what it was given, which has a name, and reports it.",
        lambda s, t, y: {"is_once": Not(s.reported(t)), "is_all_of_it": forall(leaf, lambda x: s.given(t, x) == s.within(x, y))},
        lambda s, t, y: {"reported": add(s.reported, t), "done": add(s.done, y), "done_of": add(s.done_of, t, y)},
        t=time,
        y=name,
    )
    m.action(
        "fail",
        "A worker reports that it could not do what it was given.",
        lambda s, t: {"is_once": Not(s.reported(t))},
        lambda s, t: {"reported": add(s.reported, t), "left_of": lambda u, x: Or(s.left_of(u, x), And(u == t, s.given(t, x)))},
        t=time,
    )
    m.action(
        "hear",
        "A manager hears the report that it awaits, which takes the place of what it gave.",
        lambda s, n, t: {"awaited": s.awaits(n, t), "reported": s.reported(t)},
        lambda s, n, t: {
            "awaits": lambda a, u: And(s.awaits(a, u), a != n),
            "left": lambda a, x: Or(And(s.left(a, x), Not(And(a == n, s.given(t, x)))), And(a == n, s.left_of(t, x))),
            "credited": lambda a, y: Or(s.credited(a, y), And(a == n, s.done_of(t, y))),
        },
        n=agent,
        t=time,
    )
    m.action(
        "report",
        "A manager reports what it credits, and what is left; whomever it awaits it awaits no more.",
        lambda s, n, t: {"is_its_own": s.works(n, t), "is_once": Not(s.reported(t))},
        lambda s, n, t: {
            "reported": add(s.reported, t),
            "done_of": lambda u, y: Or(s.done_of(u, y), And(u == t, s.credited(n, y))),
            "left_of": lambda u, x: Or(s.left_of(u, x), And(u == t, s.left(n, x))),
            **freed(s, n),
        },
        n=agent,
        t=time,
    )
    m.action(
        "tell",
        "A head tells its client what it credits, and what is left.",
        lambda s, n: {"is_going": s.going(n)},
        lambda s, n: {"told": lambda y: s.credited(n, y), "unfinished": lambda x: s.left(n, x), "ended": add(s.ended), **freed(s, n)},
        n=agent,
    )


def is_in(name: z3.SortRef, s: State, x: Term, told: Callable[[Term], Term]) -> Term:
    """Return that a leaf is within something of which this holds."""
    return exists(name, lambda y: And(s.within(x, y), told(y)))


def _invariant(m: Model, agent: z3.SortRef, time: z3.SortRef, leaf: z3.SortRef, name: z3.SortRef) -> None:
    m.invariant(
        "done_only_if_all_parts_are",
        "When a client is told what is done, and what is left, every leaf of its task is within what is done, or left: where nothing is left, all parts are done.",
        lambda s: Implies(s.ended(), forall(leaf, lambda x: Implies(s.planned(x), Or(is_in(name, s, x, s.told), s.unfinished(x))))),
        safety=True,
    )
    m.invariant(
        "what_is_told_is_done",
        "What a client is told is done somebody has done, and nothing within it is left.",
        lambda s: forall(name, leaf, lambda y, x: Implies(s.told(y), And(s.done(y), Not(And(s.within(x, y), s.unfinished(x)))))),
        safety=True,
    )
    m.invariant(
        "a_report_is_whole",
        "By a report every leaf that was given is within what is done, or left, and nothing that was not given.",
        lambda s: forall(
            time,
            leaf,
            lambda t, x: Implies(s.reported(t), s.given(t, x) == Or(is_in(name, s, x, lambda y: s.done_of(t, y)), s.left_of(t, x))),
        ),
        safety=True,
    )
    m.invariant(
        "a_report_is_true",
        "What a report says is done somebody has done, and nothing within it is left.",
        lambda s: forall(
            time, leaf, name, lambda t, x, y: Implies(s.done_of(t, y), And(s.done(y), Not(And(s.within(x, y), s.left_of(t, x)))))
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_said_before",
        "Before a report nothing is said to be done, or left.",
        lambda s: forall(time, leaf, name, lambda t, x, y: Implies(Or(s.done_of(t, y), s.left_of(t, x)), s.reported(t))),
    )
    m.invariant(
        "told_is_over", "Once a client is told, no task is under way.", lambda s: forall(agent, lambda a: Not(And(s.ended(), s.going(a))))
    )


def _invariant_of_managers(m: Model, agent: z3.SortRef, time: z3.SortRef, leaf: z3.SortRef, name: z3.SortRef) -> None:
    def has(s: State, a: Term, x: Term) -> Term:
        return Or(s.left(a, x), is_in(name, s, x, lambda y: s.credited(a, y)))

    m.invariant(
        "a_head_has_all",
        "Of a client's task each leaf is left, or credited, by the head that has it.",
        lambda s: forall(agent, leaf, lambda a, x: Implies(And(s.going(a), s.planned(x)), has(s, a, x))),
    )
    m.invariant(
        "a_manager_has_all",
        "Of what a manager was given each leaf is left, or credited, and nothing else.",
        lambda s: forall(agent, time, leaf, lambda a, t, x: Implies(s.works(a, t), s.given(t, x) == has(s, a, x))),
    )
    m.invariant(
        "left_or_credited",
        "What a manager credits is done, and nothing within it is left.",
        lambda s: forall(
            agent, leaf, name, lambda a, x, y: Implies(s.credited(a, y), And(s.done(y), Not(And(s.within(x, y), s.left(a, x)))))
        ),
    )
    m.invariant(
        "what_is_awaited_is_left",
        "What a manager gave whom it awaits is left.",
        lambda s: forall(agent, time, leaf, lambda a, t, x: Implies(And(s.awaits(a, t), s.given(t, x)), s.left(a, x))),
    )
    m.invariant(
        "only_the_busy",
        "Only a manager with a task has something left, credits something or awaits somebody; of a head no other has given it.",
        lambda s: forall(
            agent,
            time,
            leaf,
            name,
            lambda a, t, x, y: And(
                Implies(Or(s.left(a, x), s.credited(a, y), s.works(a, t), s.going(a), s.awaits(a, t)), s.busy(a)),
                Not(And(s.going(a), s.works(a, t))),
            ),
        ),
    )
    m.invariant(
        "one_at_a_time",
        "A manager works on one thing, and awaits one, that nobody else awaits; there is one client's task.",
        lambda s: forall(
            agent,
            agent,
            time,
            time,
            lambda a, b, t, u: And(
                Implies(Or(And(s.works(a, t), s.works(a, u)), And(s.awaits(a, t), s.awaits(a, u))), t == u),
                Implies(Or(And(s.awaits(a, t), s.awaits(b, t)), And(s.going(a), s.going(b))), a == b),
            ),
        ),
    )


def universe(agents: int, times: int, leaves: int) -> Universe:
    """Return the finite universe of so many agents, times at which something is given, and leaves, and as many names."""
    return Universe.of({"Agent": ("a", agents), "Time": ("t", times), "Leaf": ("x", leaves), "Name": ("y", leaves)}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: delegation().without_guard(action, guard)


def drops_what_is_left() -> Model:
    """Return the model in which what comes back is taken for done with."""
    updates = delegation().actions["hear"].updates
    return delegation().with_updates(
        "hear", lambda s, n, t: {**updates(s, n=n, t=t), "left": lambda a, x: And(s.left(a, x), Not(And(a == n, s.given(t, x))))}
    )


def keeps_what_is_credited() -> Model:
    """Return the model in which what is credited is left as well."""
    updates = delegation().actions["hear"].updates
    return delegation().with_updates("hear", lambda s, n, t: {**updates(s, n=n, t=t), "left": lambda a, x: s.left(a, x)})


def reports_what_is_not_done() -> Model:
    """Return the model in which a worker does nothing, and reports it."""
    updates = delegation().actions["do"].updates
    return delegation().with_updates("do", lambda s, t, y: {**updates(s, t=t, y=y), "done": lambda z: s.done(z)})


ASKED = (("accept", "a0"), ("plan", "a0", "x0"), ("give", "a0", "t0"), ("hand_down", "a0", "t0", "x0"))
DONE = (("name", "x0", "y0"), *ASKED, ("do", "t0", "y0"), ("hear", "a0", "t0"), ("tell", "a0"))
DELEGATION = Proof(
    stem="manager_worker",
    title="done_only_if_all_parts_are",
    about=__doc__,
    model=delegation,
    start=universe(2, 2, 1),
    real=(universe(1, 1, 1), universe(2, 2, 1), universe(2, 2, 2)),
    mutants=(
        Mutant(
            "drops_what_is_left",
            "What comes back is done with.",
            drops_what_is_left,
            universe(1, 1, 1),
            (*ASKED, ("fail", "t0"), ("hear", "a0", "t0"), ("tell", "a0")),
        ),
        Mutant(
            "does_a_part_of_it",
            "A worker reports what it did of what it was given as all of that.",
            _without("do", "is_all_of_it"),
            universe(1, 1, 1),
            (*ASKED, ("do", "t0", "y0")),
        ),
        Mutant(
            "reports_what_is_not_done",
            "A worker reports that it did what it did not.",
            reports_what_is_not_done,
            universe(1, 1, 1),
            DONE,
        ),
        Mutant(
            "keeps_what_is_credited",
            "What is credited is left as well.",
            keeps_what_is_credited,
            universe(1, 1, 1),
            DONE,
        ),
        Mutant(
            "hears_what_was_not_said",
            "A manager takes silence for a report: nothing of what it gave is done, and nothing left.",
            _without("hear", "reported"),
            universe(1, 1, 1),
            (*ASKED, ("hear", "a0", "t0"), ("tell", "a0")),
        ),
        Mutant(
            "reports_what_it_never_had",
            "A manager reports on what another was given.",
            _without("report", "is_its_own"),
            universe(2, 1, 1),
            (*ASKED, ("report", "a1", "t0")),
        ),
        Mutant(
            "gives_more_later",
            "What a manager has begun with grows.",
            _without("hand_down", "is_not_begun"),
            universe(2, 1, 2),
            (*ASKED, ("plan", "a0", "x1"), ("fail", "t0"), ("hand_down", "a0", "t0", "x1")),
        ),
    ),
)

DONE_ONLY_IF_ALL_PARTS_ARE = proved(DELEGATION)
