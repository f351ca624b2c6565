"""Strong memory by induction over a model of any size: what stamps say of the operations that they serve.

That the order of stamps is one in which all operations may have taken effect at once, follows from it in `linearization`.
Assumes: nobody lies; stamps are ordered, and a node keeps its copy through crashes.
Not covered: that anything is ever answered.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof
from concordant.proofs.kernel.scenarios import Script
from concordant.proofs.memory.dsm_strong.model import abd

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def universe(nodes: int, *operations: str, stamps: int = 2, values: int = 1, members: int | None = None) -> Universe:
    """Return a finite universe with one key. Operations: such as `0r`, a read at node 0, or `1x`, a write of x at node 1.

    Stamps are in turn of the first node, the second, and so on, above s0 of what nobody has written. Quorums are all sets of `members`
    nodes, by default the smallest majorities. The first value is what is told of what nobody has written.
    """
    names = tuple(f"n{number}" for number in range(nodes))
    quorums = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    known = ("nothing", *"xy"[:values])
    asked = tuple(enumerate(operations or ("0r",)))
    return Universe(
        {
            "Node": names,
            "Quorum": tuple("".join(names[member] for member in each) for each in quorums),
            "Operation": tuple(f"{each[1:]}{number}" for number, each in asked),
            "Key": ("k",),
            "Stamp": tuple(f"s{number}" for number in range(stamps + 1)),
            "Value": known,
        },
        {
            "le": frozenset((low, high) for high in range(stamps + 1) for low in range(high + 1)),
            "member": frozenset((member, number) for number, each in enumerate(quorums) for member in each),
            "at": frozenset((number, int(each[0])) for number, each in asked),
            "reads": frozenset((number,) for number, each in asked if each[1:] == "r"),
            "writes": frozenset((number, known.index(each[1:])) for number, each in asked if each[1:] != "r"),
            "owner": frozenset((number, (number - 1) % nodes) for number in range(1, stamps + 1)),
            "zero": 0,
            "nothing": 0,
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: abd().without_guard(action, guard)


def reads_without_writing_back() -> Model:
    """Return the model in which a read does not wait until a quorum stores what it has found."""
    m = abd()
    guards, reads = m.actions["serve"].guards, m.state().reads

    def weaker(*s: Term, **p: Term) -> dict[str, Term]:
        return {name: Or(reads(p["o"]), term) if name == "quorum_stored" else term for name, term in guards(*s, **p).items()}

    return m.with_guards("serve", weaker)


def takes_what_comes() -> Model:
    """Return the model in which a node stores what comes last."""
    m = abd()
    le, zero = m.state().le, m.state().zero()

    def replaced(s: State, n: Term, k: Term, t: Term) -> Relation:
        return lambda o, x, u: z3.If(And(o == n, x == k), And(t != zero, le(u, t)), s.reached(o, x, u))

    return m.with_updates("store", lambda s, n, o, k, t: {"reached": replaced(s, n, k, t)})  # noqa: ARG005  # as the action has them


def keeps_nothing() -> Model:
    """Return the model in which a node that crashes comes back without its copy."""
    m = abd()
    updates = m.actions["crash"].updates
    return m.with_updates("crash", lambda s, n: {**updates(s, n), "reached": lambda o, k, t: And(s.reached(o, k, t), o != n)})


def _hears(operation: str, own: str, other: str, *, of_own: str = "s0", of_other: str = "s0") -> Script:
    """Ask for an operation, which looks at its own node; another answers it."""
    return ("ask", operation, "k"), ("look", operation, own, "k", of_own), ("answer", other, operation, "k", of_other)


def _stamps(operation: str, own: str, other: str, stamp: str, value: str = "x", *, found: str = "s0") -> Script:
    """Have a write hear of two nodes, and get a stamp."""
    quorum = "".join(sorted((own, other)))
    return *_hears(operation, own, other, of_other=found), ("stamp", operation, own, "k", stamp, value, quorum, other, found)


def _takes(operation: str, own: str, other: str, stamp: str, *, of_own: str = "s0", of_other: str = "s0") -> Script:
    """Have a read hear of two nodes, and take a version."""
    quorum = "".join(sorted((own, other)))
    hears = _hears(operation, own, other, of_own=of_own, of_other=of_other)
    return *hears, ("take", operation, own, "k", stamp, quorum, other, of_other)


def _is_served(operation: str, own: str, other: str, stamp: str) -> Script:
    """Have another node store a version, and the operation done."""
    stores = (("send", operation, stamp), ("store", other, operation, "k", stamp), ("confirm", other, operation, "k", stamp))
    return *stores, ("serve", operation, stamp, "".join(sorted((own, other))))


X_IS_SERVED = (*_stamps("x0", "n0", "n1", "s1"), *_is_served("x0", "n0", "n1", "s1"))
NOTHING_IS_READ = (*_takes("r1", "n2", "n1", "s0"), *_is_served("r1", "n2", "n1", "s0"))
"""After which a read at another node finds nothing."""

ABD = Proof(
    stem="dsm_strong",
    title="in_order_of_stamps",
    about=__doc__,
    model=abd,
    start=universe(2, "0x", "0r", stamps=1),
    real=tuple(universe(nodes, "0x", "0r") for nodes in range(1, 6)),
    mutants=(
        Mutant(
            "reads_without_writing_back",
            "A read is told what it has found, and leaves it to the write to have it stored.",
            reads_without_writing_back,
            universe(5, "0x", "1r", "2r"),
            (
                *_hears("x0", "n0", "n1"),
                ("answer", "n2", "x0", "k", "s0"),
                ("hear", "x0", "n1", "s0"),
                ("stamp", "x0", "n0", "k", "s1", "x", "n0n1n2", "n2", "s0"),  # of which nobody else has heard
                *_hears("r1", "n1", "n0", of_other="s1"),
                ("answer", "n2", "r1", "k", "s0"),
                ("hear", "r1", "n0", "s1"),
                ("take", "r1", "n1", "k", "s1", "n0n1n2", "n2", "s0"),
                ("serve", "r1", "s1", "n0n1n2"),
                *_hears("r2", "n2", "n3"),
                ("answer", "n4", "r2", "k", "s0"),
                ("hear", "r2", "n3", "s0"),
                ("take", "r2", "n2", "k", "s0", "n2n3n4", "n4", "s0"),
                ("serve", "r2", "s0", "n2n3n4"),
            ),
        ),
        Mutant(
            "stamps_by_itself",
            "A write gets a stamp that is later than its own copy, whatever others say.",
            _without("stamp", "later_than_told"),
            universe(3, "1x", "0x"),
            (
                *_stamps("x0", "n1", "n2", "s2"),
                *_is_served("x0", "n1", "n2", "s2"),
                *_stamps("x1", "n0", "n1", "s1", found="s2"),
                *_is_served("x1", "n0", "n1", "s1"),
            ),
        ),
        Mutant(
            "forgets_its_other_writes",
            "A write gets a stamp that is later than what it has heard, whatever else its node has written since.",
            _without("stamp", "later_than_its_copy"),
            universe(2, "0x", "0y", values=2),
            (
                *_hears("x0", "n0", "n1"),
                *_hears("y1", "n0", "n1"),
                ("stamp", "x0", "n0", "k", "s1", "x", "n0n1", "n1", "s0"),
                ("stamp", "y1", "n0", "k", "s1", "y", "n0n1", "n1", "s0"),
            ),
        ),
        Mutant(
            "stamps_without_a_name",
            "All nodes give the same stamps.",
            _without("stamp", "its_name"),
            universe(2, "0x", "1x"),
            (*_hears("x0", "n0", "n1"), *_stamps("x1", "n1", "n0", "s1"), ("stamp", "x0", "n0", "k", "s1", "x", "n0n1", "n1", "s0")),
        ),
        Mutant(
            "stamps_twice",
            "A write gets another stamp when one more node answers.",
            _without("stamp", "first_round"),
            universe(1, "0x"),
            (
                ("ask", "x0", "k"),
                ("answer", "n0", "x0", "k", "s0"),
                ("stamp", "x0", "n0", "k", "s1", "x", "n0", "n0", "s0"),
                ("stamp", "x0", "n0", "k", "s2", "x", "n0", "n0", "s0"),
            ),
        ),
        Mutant(
            "writes_something_else",
            "What is stored is not what was to be written.",
            _without("stamp", "its_value"),
            universe(2, "0x", values=2),
            _stamps("x0", "n0", "n1", "s1", "y"),
        ),
        Mutant(
            "takes_a_write_for_a_read",
            "A write has what it has found stored once more.",
            _without("take", "it_reads"),
            universe(3, "0x", "2r"),
            (*NOTHING_IS_READ, *_takes("x0", "n0", "n1", "s0"), *_is_served("x0", "n0", "n1", "s0")),
        ),
        Mutant(
            "tells_something_else",
            "A read is told what nobody has written.",
            _without("tell", "its_value"),
            universe(3, "0x", "2r"),
            (*NOTHING_IS_READ, ("tell", "r1", "k", "s0", "x")),
        ),
        Mutant(
            "says_done_at_once",
            "A write is told that it is done while its own node alone has its version.",
            _without("finish", "is_done"),
            universe(2, "0x"),
            (*_stamps("x0", "n0", "n1", "s1"), ("finish", "x0")),
        ),
        Mutant(
            "counts_an_old_answer",
            "An answer that was given to another operation counts.",
            _without("hear", "was_told"),
            universe(3, "0x", "2r"),
            (
                *X_IS_SERVED,
                ("ask", "r1", "k"),
                ("hear", "r1", "n1", "s0"),
                ("answer", "n2", "r1", "k", "s0"),
                ("take", "r1", "n2", "k", "s0", "n1n2", "n2", "s0"),
                ("send", "r1", "s0"),
                ("confirm", "n1", "r1", "k", "s0"),
                ("serve", "r1", "s0", "n1n2"),
            ),
        ),
        Mutant(
            "says_so_at_once",
            "A node says that it stores what it does not store.",
            _without("confirm", "has_it"),
            universe(3, "0x", "2r"),
            (
                *_stamps("x0", "n0", "n1", "s1"),
                ("send", "x0", "s1"),
                ("confirm", "n1", "x0", "k", "s1"),
                ("serve", "x0", "s1", "n0n1"),
                *NOTHING_IS_READ,
            ),
        ),
        Mutant(
            "keeps_nothing",
            "A node that crashes comes back without its copy.",
            keeps_nothing,
            universe(3, "0x", "2r"),
            (*X_IS_SERVED, ("crash", "n1"), *NOTHING_IS_READ),
        ),
        Mutant(
            "takes_what_comes",
            "A late message overwrites what was written since.",
            takes_what_comes,
            universe(3, "0x", "1x", "2r"),
            (
                *_stamps("x0", "n0", "n2", "s1"),
                ("send", "x0", "s1"),
                *_stamps("x1", "n1", "n2", "s2"),
                *_is_served("x1", "n1", "n2", "s2"),
                ("store", "n2", "x0", "k", "s1"),
                *_takes("r2", "n2", "n0", "s1", of_own="s1", of_other="s1"),
                *_is_served("r2", "n2", "n0", "s1"),
            ),
        ),
        Mutant(
            "quorums_that_miss",
            "Half of the nodes are asked, and the other half has it.",
            lambda: abd().without_axiom("quorums_meet"),
            universe(2, "0x", "1r", members=1),
            (
                ("ask", "x0", "k"),
                ("answer", "n0", "x0", "k", "s0"),
                ("stamp", "x0", "n0", "k", "s1", "x", "n0", "n0", "s0"),
                ("serve", "x0", "s1", "n0"),
                ("ask", "r1", "k"),
                ("answer", "n1", "r1", "k", "s0"),
                ("take", "r1", "n1", "k", "s0", "n1", "n1", "s0"),
                ("serve", "r1", "s0", "n1"),
            ),
        ),
    ),
)

IN_ORDER_OF_STAMPS = proved(ABD)
