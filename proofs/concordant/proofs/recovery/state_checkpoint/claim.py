"""Checkpoints by induction over a model of any size: any number of agents and states, of pages in each, of files and names, and of crashes.

The disk takes over what is cached when it likes, page by page and name by name, and a crash is that the rest of the cache is gone: so of
what is not synced it may leave any part.

Assumes: a name is changed at once or not at all; a new file holds nothing.
Not covered: that a save ends; how many checkpoints are kept, under which numbers, and that the one that stays is the newest;
the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def checkpoints() -> Model:
    """Return the model. `part`: what a state is, page by page; `of`: which state a file holds; `cache` and `named`: what programs see of the disk.

    `whose`: of which agent a name is; `saved`: an agent was told that a state of its own is saved.
    """
    m = Model("state_checkpoint")
    state, page, text = m.sort("State", "states"), m.sort("Page", "pages"), m.sort("Text", "texts")
    file, name, agent = m.sort("File", "files"), m.sort("Name", "names"), m.sort("Agent", "agents")
    m.relation("given", state)
    m.relation("part", state, page, text)
    m.relation("of", file, state)
    m.relation("cache", file, page, text)
    m.relation("disk", file, page, text)
    m.relation("named", name, file)
    m.relation("durable", name, file)
    m.relation("loaded", state)
    m.relation("saved", agent)
    whose = m.rigid("whose", name, agent)

    def is_whole(s: State, f: Term, v: Term) -> Term:
        return forall(page, text, lambda p, t: Implies(s.part(v, p, t), s.disk(f, p, t)))

    def stays(s: State, a: Term, which: Callable[[Term], Term]) -> Term:
        return exists(name, file, lambda m, g: And(which(m), whose(m, a), s.named(m, g), s.durable(m, g)))

    m.action(
        "give",
        "A state is to be saved, that no file holds: it has this text on this page.",
        lambda s, v, p, t: {"is_in_no_file": forall(file, lambda f: Not(s.of(f, v)))},  # noqa: ARG005
        lambda s, v, p, t: {"given": add(s.given, v), "part": add(s.part, v, p, t)},
        v=state,
        p=page,
        t=text,
    )
    m.action(
        "write",
        "A state is written into a new file.",
        lambda s, f, v: {
            "is_given": s.given(v),
            "is_new": And(forall(state, lambda w: Not(s.of(f, w))), forall(page, text, lambda p, t: Not(s.cache(f, p, t)))),
        },
        lambda s, f, v: {
            "of": add(s.of, f, v),
            "cache": lambda g, p, t: Or(s.cache(g, p, t), And(g == f, s.part(v, p, t))),
        },
        f=file,
        v=state,
    )
    m.action(
        "flush",
        "The disk takes over a page of a file.",
        lambda s, f, p: {},  # noqa: ARG005
        lambda s, f, p: {"disk": lambda g, q, t: Or(s.disk(g, q, t), And(g == f, q == p, s.cache(f, p, t)))},
        f=file,
        p=page,
    )
    m.action(
        "rename",
        "A file that is synced gets a checkpoint's name, which no other has.",
        lambda s, n, f, v: {
            "is_free": forall(file, lambda g: Not(s.named(n, g))),
            "holds_a_state": s.of(f, v),
            "is_synced": is_whole(s, f, v),
        },
        lambda s, n, f, v: {"named": lambda m, g: Or(And(s.named(m, g), m != n), And(m == n, g == f))},  # noqa: ARG005
        n=name,
        f=file,
        v=state,
    )
    m.action(
        "remove",
        "A checkpoint's name is removed, while another of the same agent is on the disk.",
        lambda s, n: {"another_stays": forall(agent, lambda a: Implies(whose(n, a), stays(s, a, lambda m: m != n)))},
        lambda s, n: {"named": lambda m, g: And(s.named(m, g), m != n)},
        n=name,
    )
    m.action(
        "acknowledge",
        "An agent is told that its state is saved, whose name is on the disk.",
        lambda s, a: {"is_on_the_disk": stays(s, a, lambda _: z3.BoolVal(True))},  # Z3's own signature
        lambda s, a: {"saved": add(s.saved, a)},
        a=agent,
    )
    m.action(
        "flush_name",
        "The disk takes over what has a name.",
        lambda s, n: {},  # noqa: ARG005
        lambda s, n: {"durable": lambda m, g: Or(And(s.durable(m, g), m != n), And(m == n, s.named(n, g)))},
        n=name,
    )
    m.action(
        "forget",
        "A file without a name is gone.",
        lambda s, f: {"has_no_name": forall(name, lambda n: Not(Or(s.named(n, f), s.durable(n, f))))},
        lambda s, f: {
            "of": lambda g, v: And(s.of(g, v), g != f),
            "cache": lambda g, p, t: And(s.cache(g, p, t), g != f),
            "disk": lambda g, p, t: And(s.disk(g, p, t), g != f),
        },
        f=file,
    )
    m.action(
        "crash",
        "What is not on the disk is gone; a file of which not all is there holds no state.",
        lambda s: {},  # noqa: ARG005
        lambda s: {
            "cache": lambda f, p, t: s.disk(f, p, t),
            "named": lambda n, f: s.durable(n, f),
            "of": lambda f, v: And(s.of(f, v), is_whole(s, f, v)),
        },
    )
    m.action(
        "load",
        "The state of a file with a checkpoint's name is loaded.",
        lambda s, n, f, v: {"is_named": s.named(n, f), "holds_it": s.of(f, v)},
        lambda s, n, f, v: {"loaded": add(s.loaded, v)},  # noqa: ARG005
        n=name,
        f=file,
        v=state,
    )

    def entered(s: State, n: Term, f: Term) -> Term:
        return Or(s.named(n, f), s.durable(n, f))

    m.invariant(
        "every_checkpoint_is_of_a_state",
        "What has a checkpoint's name, on the disk or in the cache, is a file that holds a state, whatever a crash has left.",
        lambda s: forall(name, file, lambda n, f: Implies(entered(s, n, f), exists(state, lambda v: s.of(f, v)))),
        safety=True,
    )
    m.invariant(
        "and_of_no_other",
        "No file holds two states.",
        lambda s: forall(file, state, state, lambda f, v, w: Implies(And(s.of(f, v), s.of(f, w)), v == w)),
        safety=True,
    )
    m.invariant(
        "nothing_else_is_in_it",
        "On no page of a file that holds a state is there anything but what that has there: no mix of two.",
        lambda s: forall(file, state, page, text, lambda f, v, p, t: Implies(And(s.of(f, v), s.cache(f, p, t)), s.part(v, p, t))),
        safety=True,
    )
    m.invariant(
        "nothing_is_missing",
        "All that a state has is on the disk, in a file that has a checkpoint's name.",
        lambda s: forall(
            name,
            file,
            state,
            page,
            text,
            lambda n, f, v, p, t: Implies(And(entered(s, n, f), s.of(f, v), s.part(v, p, t)), s.disk(f, p, t)),
        ),
        safety=True,
    )
    m.invariant(
        "one_is_always_there",
        "Of an agent that was told so a file has a checkpoint's name on the disk, whenever there is a crash, and in the cache.",
        lambda s: forall(agent, lambda a: Implies(s.saved(a), stays(s, a, lambda _: z3.BoolVal(True)))),
        safety=True,
    )
    m.invariant(
        "what_is_loaded_was_given",
        "What is loaded was to be saved.",
        lambda s: forall(state, lambda v: Implies(s.loaded(v), s.given(v))),
        safety=True,
    )
    m.invariant(
        "the_disk_is_behind",
        "What is on the disk is in the cache.",
        lambda s: forall(file, page, text, lambda f, p, t: Implies(s.disk(f, p, t), s.cache(f, p, t))),
    )
    m.invariant(
        "what_is_written_was_given",
        "A state that a file holds was to be saved.",
        lambda s: forall(file, state, lambda f, v: Implies(s.of(f, v), s.given(v))),
    )
    return m


def universe(states: int, pages: int, files: int, names: int) -> Universe:
    """Return the finite universe of so many states, pages, files and names of one agent, with as many texts as states."""
    sizes = {"State": states, "Page": pages, "Text": states, "File": files, "Name": names, "Agent": 1}
    letters = {"State": "v", "Page": "p", "Text": "t", "File": "f", "Name": "n", "Agent": "a"}
    whose = frozenset((number, 0) for number in range(names))
    return Universe.of({sort: (letters[sort], size) for sort, size in sizes.items()}, {"whose": whose})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: checkpoints().without_guard(action, guard)


NAMED = (("give", "v0", "p0", "t0"), ("write", "f0", "v0"), ("flush", "f0", "p0"), ("rename", "n0", "f0", "v0"))
CHECKPOINTS = Proof(
    stem="state_checkpoint",
    title="recovery_sees_no_mix",
    about=__doc__,
    model=checkpoints,
    start=universe(1, 1, 1, 2),
    real=tuple(universe(states, pages, 2, 1) for states in (1, 2) for pages in (1, 2)),
    mutants=(
        Mutant(
            "renames_what_is_not_synced",
            "A file gets a checkpoint's name before it is on the disk.",
            _without("rename", "is_synced"),
            universe(1, 1, 1, 1),
            (("give", "v0", "p0", "t0"), ("write", "f0", "v0"), ("rename", "n0", "f0", "v0")),
        ),
        Mutant(
            "renames_what_a_crash_has_left",
            "A file that holds no state gets a checkpoint's name.",
            _without("rename", "holds_a_state"),
            universe(1, 1, 1, 1),
            (("rename", "n0", "f0", "v0"),),
        ),
        Mutant(
            "writes_over",
            "A state is written over another, in the same file.",
            _without("write", "is_new"),
            universe(2, 1, 1, 1),
            (("give", "v0", "p0", "t0"), ("give", "v1", "p0", "t1"), ("write", "f0", "v0"), ("write", "f0", "v1")),
        ),
        Mutant(
            "removes_the_last",
            "The only checkpoint of an agent is removed.",
            _without("remove", "another_stays"),
            universe(1, 1, 1, 1),
            (*NAMED, ("flush_name", "n0"), ("acknowledge", "a0"), ("remove", "n0")),
        ),
        Mutant(
            "takes_another_s_name",
            "A file gets a name that another has, before the disk knows: a crash leaves either, and the cache but one.",
            _without("rename", "is_free"),
            universe(1, 1, 2, 1),
            (
                *NAMED,
                ("flush_name", "n0"),
                ("acknowledge", "a0"),
                ("write", "f1", "v0"),
                ("flush", "f1", "p0"),
                ("rename", "n0", "f1", "v0"),
            ),
        ),
        Mutant(
            "says_so_too_early",
            "An agent is told that its state is saved while the name is in the cache only.",
            _without("acknowledge", "is_on_the_disk"),
            universe(1, 1, 1, 1),
            (("acknowledge", "a0"),),
        ),
        Mutant(
            "loads_what_it_has_not",
            "What is loaded is in no file.",
            _without("load", "holds_it"),
            universe(2, 1, 1, 1),
            (
                ("give", "v0", "p0", "t0"),
                ("write", "f0", "v0"),
                ("flush", "f0", "p0"),
                ("rename", "n0", "f0", "v0"),
                ("load", "n0", "f0", "v1"),
            ),
        ),
    ),
)

RECOVERY_SEES_NO_MIX = proved(CHECKPOINTS)
