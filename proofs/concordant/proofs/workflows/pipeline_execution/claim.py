"""Order in pipelines, and that no item is lost, by induction over a model of any size: any number of stages and of items, whatever is made of each, any capacity.

Places lie in a line: a buffer, where a stage works, where it holds what it has made; the next buffer, and so on; last, what was taken out.
Items are ordered as they come out: by number, and the parts of an item in turn, all of them before the item itself, which its stage still has.
Where a place is empty and nobody works there, an item goes past it: the code begins in one step what finds a stage free.
Not covered: how much a buffer holds, since the model lets any hold all, so that what is claimed holds for each capacity; that anything
comes out in the end, of which `progress` says what it can; who is answered what, beside what was taken out; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def pipelines() -> Model:
    """Return the model. `at`: an item is at a place; `overtook`: it came to a place at which something was that comes after it.

    `came`: it was put in or made; `began`: a stage works or has worked on it; `given_up`: it was under way at the end.

    `works`: at that place a stage works; `single`: one item may be there; `taken`: that is what was taken out. `of`: an item is part of another.
    """
    m = Model("pipeline_execution")
    place, item = m.sort("Place"), m.sort("Item")
    le, before, of = m.rigid("le", item, item), m.rigid("before", place, place), m.rigid("of", item, item)
    works, single, taken = (m.rigid(name, place) for name in ("works", "single", "taken"))
    total_order(m, le, item)
    total_order(m, before, place)
    m.axiom("parts_first", "parts come before what they are of", forall(item, item, lambda y, x: Implies(of(y, x), And(le(y, x), y != x))))
    m.axiom(
        "parts_together",
        "what comes before an item and is no part of it comes before its parts",
        forall(item, item, item, lambda y, x, u: Implies(And(of(y, x), le(u, x), u != x, Not(of(u, x))), le(u, y))),
    )
    m.axiom("one_by_one", "a stage works on one item", forall(place, lambda p: Implies(works(p), single(p))))
    m.axiom("taken_last", "what was taken out is the last place", forall(place, place, lambda p, q: Implies(taken(q), before(p, q))))
    m.relation("at", place, item)
    for name in ("overtook", "came", "began", "given_up"):
        m.relation(name, item)
    m.relation("closed")
    m.relation("ended")

    def has_place(s: State, q: Term) -> Term:
        return Implies(single(q), forall(item, lambda y: Not(s.at(q, y))))

    def is_way(s: State, p: Term, q: Term) -> Term:
        """Say that nothing is between two places, and no stage."""
        return And(
            before(p, q),
            p != q,
            forall(place, item, lambda r, y: Implies(And(before(p, r), before(r, q), r != p, r != q), Not(Or(works(r), s.at(r, y))))),
        )

    def overtaking(s: State, q: Term, x: Term) -> Relation:
        return lambda z: Or(s.overtook(z), And(z == x, Not(forall(item, lambda y: Implies(s.at(q, y), le(y, x))))))

    def beginning(s: State, q: Term, x: Term) -> Relation:
        return lambda z: Or(s.began(z), And(z == x, works(q)))

    m.action(
        "put",
        "An item is put in: after all that is there, into the first buffer, or to the first stage if that buffer is empty.",
        lambda s, p, x: {
            "is_open": Not(s.closed()),
            "is_new": Not(s.came(x)),
            "is_first": forall(place, item, lambda r, y: Implies(And(before(r, p), r != p), Not(Or(works(r), s.at(r, y))))),
            "is_later": forall(place, item, lambda q, y: Implies(s.at(q, y), And(le(y, x), y != x))),
            "has_place": has_place(s, p),
        },
        lambda s, p, x: {"at": add(s.at, p, x), "overtook": overtaking(s, p, x), "came": add(s.came, x), "began": beginning(s, p, x)},
        p=place,
        x=item,
    )
    m.action(
        "pass_on",
        "The first item of a place goes on to a later one, past what is empty, but past no stage.",
        lambda s, p, q, x: {
            "is_there": s.at(p, x),
            "is_done": Not(works(p)),
            "is_next": forall(item, lambda y: Implies(s.at(p, y), le(x, y))),
            "is_way": is_way(s, p, q),
            "has_place": has_place(s, q),
        },
        lambda s, p, q, x: {
            "at": lambda r, y: Or(And(s.at(r, y), Not(And(r == p, y == x))), And(r == q, y == x)),
            "overtook": overtaking(s, q, x),
            "began": beginning(s, q, x),
        },
        p=place,
        q=place,
        x=item,
    )
    m.action(
        "make",
        "A stage makes one more part of the item that it works on; it comes after those that are there.",
        lambda s, p, q, x, y: {
            "is_there": s.at(p, x),
            "works": works(p),
            "is_part": of(y, x),
            "is_new": Not(s.came(y)),
            "is_later": forall(place, item, lambda r, u: Implies(And(s.at(r, u), of(u, x)), And(le(u, y), u != y))),
            "is_way": is_way(s, p, q),
            "has_place": has_place(s, q),
        },
        lambda s, p, q, x, y: {  # noqa: ARG005  # updates take the parameters
            "at": add(s.at, q, y),
            "overtook": overtaking(s, q, y),
            "came": add(s.came, y),
            "began": beginning(s, q, y),
        },
        p=place,
        q=place,
        x=item,
        y=item,
    )
    m.action(
        "end_item",
        "A stage ends its work on an item, well or badly.",
        lambda s, p, x: {"is_there": s.at(p, x), "works": works(p)},
        lambda s, p, x: {"at": lambda r, y: And(s.at(r, y), Not(And(r == p, y == x)))},
        p=place,
        x=item,
    )
    m.action("close", "Nothing more is put in.", lambda s: {"is_open": Not(s.closed())}, lambda s: {"closed": add(s.closed)})
    m.action(
        "end",
        "It has ended, and what is under way is given up.",
        lambda s: {"is_closed": s.closed()},
        lambda s: {
            "ended": add(s.ended),
            "at": lambda r, y: And(s.at(r, y), taken(r)),
            "given_up": lambda y: Or(s.given_up(y), exists(place, lambda r: And(s.at(r, y), Not(taken(r))))),
        },
    )
    m.invariant(
        "in_order",
        "What is under way comes after all that is further on, or was taken out.",
        lambda s: forall(
            place,
            item,
            place,
            item,
            lambda p, x, q, y: Implies(And(s.at(p, x), s.at(q, y), before(p, q), p != q), And(le(y, x), y != x)),
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_lost",
        "What was put in or made is under way or was taken out, or a stage has begun with it, or it was given up at the end.",
        lambda s: forall(item, lambda x: Implies(s.came(x), Or(s.began(x), s.given_up(x), exists(place, lambda p: s.at(p, x))))),
        safety=True,
    )
    m.invariant(
        "nothing_comes_back",
        "What a stage has begun with is nowhere but at a stage that works on it.",
        lambda s: forall(place, item, lambda p, x: Implies(And(s.began(x), s.at(p, x)), works(p))),
        safety=True,
    )
    m.invariant(
        "nothing_is_made_up",
        "What is under way, was taken out or was begun was put in or made.",
        lambda s: And(
            forall(place, item, lambda p, x: Implies(s.at(p, x), s.came(x))),
            forall(item, lambda x: Implies(s.began(x), s.came(x))),
        ),
    )
    m.invariant(
        "what_is_worked_on_was_begun",
        "A stage has begun with what it works on.",
        lambda s: forall(place, item, lambda p, x: Implies(And(works(p), s.at(p, x)), s.began(x))),
    )
    m.invariant(
        "nobody_overtakes",
        "Nothing is put in, made or passed on to where something is that comes after it.",
        lambda s: forall(item, lambda x: Not(s.overtook(x))),
        safety=True,
    )
    m.invariant(
        "one_at_a_time",
        "A stage works on one item at a time, and holds one at most.",
        lambda s: forall(place, item, item, lambda p, x, y: Implies(And(single(p), s.at(p, x), s.at(p, y)), x == y)),
        safety=True,
    )
    m.invariant(
        "nothing_after_the_end",
        "When it has ended nothing is under way.",
        lambda s: forall(place, item, lambda p, x: Implies(And(s.ended(), s.at(p, x)), taken(p))),
        safety=True,
    )
    m.invariant("ended_is_closed", "What has ended takes in nothing.", lambda s: Implies(s.ended(), s.closed()), safety=True)
    return m


ITEMS = ((0, 0), (0, 1), (0,), (1, 0), (1,))
"""Two items and parts of them, in order."""


def is_part(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Tell whether an item was made of another, at once or through others.

    >>> is_part((0, 1), (0,)), is_part((0,), (0,))
    (True, False)
    """
    return len(one) > len(other) and one[: len(other)] == other


def along(last: int) -> dict[str, set[tuple[int, ...]]]:
    """Return what places are, named by how many are behind them: a stage works at every third, and holds one at that behind it.

    >>> along(4)["works"], sorted(along(4)["single"])
    ({(3,)}, [(2,), (3,)])
    """
    places = range(last + 1)
    return {
        "before": {(one, other) for one in places for other in range(one + 1)},
        "works": {(place,) for place in places if place % 3 == 0 and place > 0},
        "single": {(place,) for place in places if place % 3 != 1 and place > 0},
        "taken": {(0,)},
    }


def universe(items: tuple[tuple[int, ...], ...] = ITEMS) -> Universe:
    """Return the finite universe of one stage, and of these items in their order."""
    names = {"Place": ("first", "works", "holds", "last", "taken"), "Item": tuple("".join(map(str, item)) for item in items)}
    rigid = {name: {tuple(4 - place for place in row) for row in rows} for name, rows in along(4).items()}
    le = {(low, high) for high in range(len(items)) for low in range(high + 1)}
    of = {(one, other) for one, y in enumerate(items) for other, x in enumerate(items) if is_part(y, x)}
    return Universe(names, {**rigid, "le": le, "of": of})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: pipelines().without_guard(action, guard)


def drops_what_passes() -> Model:
    """Return the model in which what goes on leaves its place, and comes to no other."""
    m = pipelines()
    updates = m.actions["pass_on"].updates
    return m.with_updates("pass_on", lambda s, **way: {**updates(s, **way), "at": lambda r, y: And(s.at(r, y), Not(y == way["x"]))})


BEGUN = (("put", "works", "0"),)
ONE_WAITS = (*BEGUN, ("put", "first", "1"))
ORDER = Proof(
    stem="pipeline_execution",
    title="order_is_kept",
    about=__doc__,
    model=pipelines,
    start=universe(ITEMS[1:3]),
    real=tuple(universe(items) for items in (ITEMS[:1], ITEMS[1:3], ITEMS[:3])),
    mutants=(
        Mutant(
            "takes_the_newest",
            "A buffer is a stack.",
            _without("pass_on", "is_next"),
            universe(),
            (("put", "first", "0"), ("put", "first", "1"), ("pass_on", "first", "works", "1")),
        ),
        Mutant(
            "drops_what_passes",
            "What a stage holds leaves it, and comes nowhere.",
            drops_what_passes,
            universe(),
            (*BEGUN, ("make", "works", "holds", "0", "00"), ("pass_on", "holds", "last", "00")),
        ),
        Mutant(
            "puts_it_in_again",
            "What a stage has ended with is put in once more.",
            _without("put", "is_new"),
            universe(),
            (*BEGUN, ("end_item", "works", "0"), ("put", "first", "0")),
        ),
        Mutant(
            "puts_in_front",
            "An item is put in before others.",
            _without("put", "is_later"),
            universe(),
            (("put", "works", "1"), ("put", "first", "0")),
        ),
        Mutant(
            "passes_by",
            "An item goes past one that is further on.",
            _without("pass_on", "is_way"),
            universe(),
            (*ONE_WAITS, ("pass_on", "first", "holds", "1")),
        ),
        Mutant(
            "makes_earlier_parts",
            "A stage makes parts in no order.",
            _without("make", "is_later"),
            universe(),
            (*BEGUN, ("make", "works", "last", "0", "01"), ("make", "works", "last", "0", "00")),
        ),
        Mutant(
            "makes_parts_of_others",
            "A stage makes a part of an item on which it does not work.",
            _without("make", "is_part"),
            universe(),
            (*BEGUN, ("make", "works", "holds", "0", "10")),
        ),
        Mutant(
            "works_on_two",
            "A stage is given an item while it works on another.",
            _without("pass_on", "has_place"),
            universe(),
            (*ONE_WAITS, ("pass_on", "first", "works", "1")),
        ),
        Mutant(
            "holds_two",
            "A stage goes on while it holds what it has made.",
            _without("make", "has_place"),
            universe(),
            (*BEGUN, ("make", "works", "holds", "0", "00"), ("make", "works", "holds", "0", "01")),
        ),
        Mutant(
            "is_never_closed",
            "Something is put in after the end.",
            _without("put", "is_open"),
            universe(),
            (("close",), ("end",), ("put", "works", "0")),
        ),
        Mutant(
            "ends_while_it_is_open",
            "It has ended, and still takes in items.",
            _without("end", "is_closed"),
            universe(),
            (("end",),),
        ),
    ),
)

ORDER_IS_KEPT = proved(ORDER)
