"""Plausible mistakes in Raft, each with an attack."""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.consensus.raft.actions import without
from concordant.proofs.consensus.raft.model import raft, universe
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.proofs import Mutant
from concordant.proofs.kernel.scenarios import Script


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: raft().without_guard(action, guard)


def forgets_its_vote() -> Model:
    """Return the model in which a server that crashes comes back without its vote."""
    m = raft()
    updates = m.actions["crash"].updates
    return m.with_updates("crash", lambda s, n, i: {**updates(s, n, i), "vote": without(s.vote, n)})


def cuts_what_it_has() -> Model:
    """Return the model in which a follower that has an entry already drops what follows it all the same."""
    m = raft()
    guards = m.actions["store"].guards
    return m.with_guards("store", lambda *s, **p: {**guards(*s, **p), "new": z3.BoolVal(True)})  # Z3's own signature


def leads(
    server: str, term: str, voter: str, *, last: tuple[str, str] = ("i0", "t0"), own: tuple[str, str] = ("i0", "t0"), past: str
) -> Script:
    """A server that was in a term `past` is elected with one more vote; where its log ends, and the voter's."""
    quorum = "".join(sorted((server, voter)))
    return (
        ("stand", server, past, term),
        ("ask", server, term, *last),
        ("enter", voter, term),
        ("vote", voter, term, server, *last, *own),
        ("elect", server, term, quorum),
    )


N0_LEADS = leads("n0", "t1", "n1", past="t0")
N2_TOO = (
    ("stand", "n2", "t0", "t1"),
    ("ask", "n2", "t1", "i0", "t0"),
    ("vote", "n1", "t1", "n2", "i0", "t0", "i0", "t0"),
    ("elect", "n2", "t1", "n1n2"),
)


def replicated(leader: str, follower: str, term: str, index: str, value: str, *, previous: tuple[str, str] = ("i0", "t0")) -> Script:
    """A leader appends a command, and a follower stores it."""
    return (
        ("append", leader, term, index, value),
        ("send", leader, term, *previous, index, term, value),
        ("store", follower, term, *previous, index, term, value),
    )


def committed(leader: str, follower: str, term: str, index: str) -> Script:
    """Both say that they store it, and it is committed."""
    return (
        ("write", leader),
        ("confirm", leader, term, index, term),
        ("confirm", follower, term, index, term),
        ("commit", leader, term, index, term, "".join(sorted((leader, follower)))),
    )


X_IS_COMMITTED = (*N0_LEADS, *replicated("n0", "n1", "t1", "i1", "x"), *committed("n0", "n1", "t1", "i1"))

MUTANTS = (
    Mutant(
        "votes_twice",
        "A server votes for everybody who asks.",
        _without("vote", "not_voted"),
        universe(3, 1, 0, 1),
        (*N0_LEADS, *N2_TOO),
    ),
    Mutant(
        "votes_ahead",
        "A server votes in a term that it does not enter.",
        _without("vote", "in_term"),
        universe(3, 1, 0, 1),
        (
            ("stand", "n0", "t0", "t1"),
            ("ask", "n0", "t1", "i0", "t0"),
            ("vote", "n1", "t1", "n0", "i0", "t0", "i0", "t0"),
            ("elect", "n0", "t1", "n0n1"),
            *leads("n1", "t1", "n2", past="t0"),
        ),
    ),
    Mutant(
        "forgets_its_vote",
        "A server that crashes comes back without its vote.",
        forgets_its_vote,
        universe(3, 1, 0, 1),
        (*N0_LEADS, ("crash", "n1", "i0"), *N2_TOO),
    ),
    Mutant(
        "elects_itself",
        "A candidate leads without waiting for votes.",
        _without("elect", "quorum_voted"),
        universe(2, 1, 0, 1),
        (("stand", "n0", "t0", "t1"), ("elect", "n0", "t1", "n0n1"), ("stand", "n1", "t0", "t1"), ("elect", "n1", "t1", "n0n1")),
    ),
    Mutant(
        "quorums_that_miss",
        "Two quorums need not have a member in common.",
        lambda: raft().without_axiom("quorums_meet"),
        universe(2, 1, 0, 1, members=1),
        (("stand", "n0", "t0", "t1"), ("elect", "n0", "t1", "n0"), ("stand", "n1", "t0", "t1"), ("elect", "n1", "t1", "n1")),
    ),
    Mutant(
        "stores_anything",
        "A follower stores an entry behind whatever its log has.",
        _without("store", "previous"),
        universe(3, 1, 2, 2),
        (
            *N0_LEADS,
            *replicated("n0", "n1", "t1", "i1", "x"),
            ("append", "n0", "t1", "i2", "y"),
            ("send", "n0", "t1", "i1", "t1", "i2", "t1", "y"),
            ("enter", "n2", "t1"),
            ("store", "n2", "t1", "i1", "t1", "i2", "t1", "y"),  # without the entry before
        ),
    ),
    Mutant(
        "appends_everywhere",
        "A server that does not lead takes commands.",
        _without("append", "leads"),
        universe(3, 1, 1, 2),
        (*N0_LEADS, ("append", "n0", "t1", "i1", "x"), ("append", "n1", "t1", "i1", "y")),
    ),
    Mutant(
        "votes_for_any_log",
        "A server votes for a candidate whose log is behind its own.",
        _without("vote", "up_to_date"),
        universe(3, 2, 1, 2),
        (*X_IS_COMMITTED, *leads("n2", "t2", "n1", past="t0", own=("i1", "t1"))),
    ),
    Mutant(
        "commits_any_term",
        "A leader commits an entry of an earlier term that a quorum stores: figure 8 of the paper.",
        _without("commit", "own_term"),
        universe(3, 4, 1, 2),
        (
            *N0_LEADS,
            ("append", "n0", "t1", "i1", "x"),
            *leads("n2", "t2", "n1", past="t0"),
            ("append", "n2", "t2", "i1", "y"),
            ("enter", "n0", "t2"),
            *leads("n0", "t3", "n1", past="t2", last=("i1", "t1")),
            ("send", "n0", "t3", "i0", "t0", "i1", "t1", "x"),
            ("store", "n1", "t3", "i0", "t0", "i1", "t1", "x"),
            ("confirm", "n0", "t3", "i1", "t1"),
            ("confirm", "n1", "t3", "i1", "t1"),
            ("commit", "n0", "t3", "i1", "t1", "n0n1"),  # of an earlier term
            ("enter", "n2", "t3"),
            *leads("n2", "t4", "n1", past="t3", last=("i1", "t2"), own=("i1", "t1")),
            ("send", "n2", "t4", "i0", "t0", "i1", "t2", "y"),
            ("store", "n1", "t4", "i0", "t0", "i1", "t2", "y"),
            ("confirm", "n2", "t4", "i1", "t2"),
            ("confirm", "n1", "t4", "i1", "t2"),
            ("commit", "n2", "t4", "i1", "t2", "n1n2"),
        ),
    ),
    Mutant(
        "commits_without_a_quorum",
        "A leader commits what it alone stores.",
        _without("commit", "quorum_stored"),
        universe(3, 2, 1, 2),
        (
            *N0_LEADS,
            ("append", "n0", "t1", "i1", "x"),
            ("commit", "n0", "t1", "i1", "t1", "n0n1"),
        ),
    ),
    Mutant(
        "counts_itself_at_once",
        "A leader counts itself before its disk has the entry, and crashes.",
        _without("confirm", "written"),
        universe(3, 1, 1, 1),
        (
            *N0_LEADS,
            *replicated("n0", "n1", "t1", "i1", "x"),
            ("confirm", "n0", "t1", "i1", "t1"),
            ("confirm", "n1", "t1", "i1", "t1"),
            ("commit", "n0", "t1", "i1", "t1", "n0n1"),
            ("crash", "n0", "i0"),
        ),
    ),
    Mutant(
        "loses_its_log",
        "A server that crashes comes back without what its disk has.",
        _without("crash", "unwritten"),
        universe(3, 1, 1, 1),
        (*X_IS_COMMITTED, ("crash", "n1", "i0")),
    ),
    Mutant(
        "applies_anything",
        "A server applies what its log has, whether it is committed or not.",
        _without("apply", "was_committed"),
        universe(3, 2, 1, 2),
        (
            *N0_LEADS,
            ("append", "n0", "t1", "i1", "x"),
            ("apply", "n0", "t1", "i1", "i1"),  # which nobody else has
            *leads("n2", "t2", "n1", past="t0"),
            *replicated("n2", "n1", "t2", "i1", "y"),
            *committed("n2", "n1", "t2", "i1"),
        ),
    ),
    Mutant(
        "confirms_anything",
        "A follower says that it stores an entry that its leader does not have.",
        _without("confirm", "of_the_leader"),
        universe(3, 2, 1, 2),
        (
            *N0_LEADS,
            ("append", "n0", "t1", "i1", "x"),
            *leads("n2", "t2", "n1", past="t0"),
            ("append", "n2", "t2", "i1", "y"),
            ("enter", "n0", "t2"),
            ("confirm", "n0", "t2", "i1", "t1"),  # of another leader
            ("write", "n2"),
            ("confirm", "n2", "t2", "i1", "t2"),
            ("commit", "n2", "t2", "i1", "t2", "n0n2"),
        ),
    ),
    Mutant(
        "cuts_what_it_has",
        "A follower drops what follows an entry that it has already: an old message shortens its log.",
        cuts_what_it_has,
        universe(3, 1, 2, 2),
        (
            *N0_LEADS,
            *replicated("n0", "n1", "t1", "i1", "x"),
            *replicated("n0", "n1", "t1", "i2", "y", previous=("i1", "t1")),
            *committed("n0", "n1", "t1", "i2"),
            ("store", "n1", "t1", "i0", "t0", "i1", "t1", "x"),
        ),
    ),
)
