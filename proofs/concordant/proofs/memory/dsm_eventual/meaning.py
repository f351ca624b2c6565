"""Replicated memory: what copies, and what nodes send, tell and say that they heard, mean in the proved model.

Stamps are the model's own, in its order: of each it is known whose it is, and of one with a higher count than another that it is above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.kernel.meaning import WHO, Cast, Meaning, Role, Said, Supposition, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.symbols import SymbolicClass, part_of
from concordant.proofs.memory.dsm_eventual.claim import memory
from concordant.refimpl.machine import Ask, Handled, Step
from concordant.refimpl.memory.dsm_eventual import Copy, Replica
from concordant.spec.memory.dsm_eventual import (
    Delete,
    Found,
    Heard,
    Missing,
    Nothing,
    Read,
    Stamp,
    Update,
    Version,
    Versions,
    Write,
    Written,
)
from concordant.spec.vocabulary import Address, Announce

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = memory()
NODE, KEY, STAMP, VALUE = (*(MODEL.sorts[name] for name in ("Node", "Key", "Stamp")), z3.DeclareSort("Value"))
LE = MODEL.state().le
node_of = naming(NODE)
NAMES = z3.Function("names", STAMP, WHO.sort, z3.BoolSort())
WROTE = z3.Function("wrote", KEY, STAMP, VALUE)
"""Whom a stamp names; and, of a key and a stamp, what was written with it."""
_RANK = z3.Function("rank of key", KEY, z3.IntSort())
A_STAMP_STANDS_FOR_WHAT_IS_WRITTEN = Supposition("a stamp with which nothing was written stands for what is then written with it")


def _made(made: Stamp, term: Term) -> Term:
    """What a node knows of a stamp that it makes: whose it is; and, if its count is larger than another's, that it is above."""
    other = part_of(made.counter)
    above = Not(LE(term, STAMPS.term(other.whole))) if other is not None and other.more > 0 else z3.BoolVal(True)  # Z3's own signature
    return And(NAMES(term, who(made.node)), above)


STAMPS = SymbolicClass(Stamp, "stamps", STAMP, order=LE, made=_made)
SPOKEN = 2
"""Of how many keys is spoken; it does not matter of which."""
KEYS = SymbolicClass(
    str,
    "keys",
    KEY,
    order=lambda low, high: _RANK(low) <= _RANK(high),
    real=lambda term: Or([term == z3.Const(f"key{number}", KEY) for number in range(SPOKEN)]),
)
VALUES = SymbolicClass(object, "values", VALUE, others=(Nothing,))


class Memories(Meaning):
    """Nodes are the model's, and so are keys and stamps; what a key holds with a stamp is what was written with it."""

    stem = "dsm_eventual"
    domains = (STAMPS, KEYS, VALUES)
    number = (STAMPS, "counter")
    by_field: ClassVar = dict.fromkeys(("Version.value", "Write.value"), (VALUES,))
    said = Heard | Written | Found | Missing
    supposes: ClassVar = (A_STAMP_STANDS_FOR_WHAT_IS_WRITTEN,)
    background: ClassVar = {
        "no two processes are one node": forall(WHO.sort, WHO.sort, lambda x, y: Implies(node_of(x) == node_of(y), x == y)),
        "a stamp names one": forall(STAMP, WHO.sort, WHO.sort, lambda t, x, y: Implies(And(NAMES(t, x), NAMES(t, y)), x == y)),
    }
    roles = (
        Role(
            Replica,
            lambda kind, me, cast: kind(me, cast.members),
            ("write", "take", "keep"),
            (Cast(f"{SPOKEN} keys and a peer", members("peer", 1)),),
            lambda _: dict.fromkeys(("Copy.versions", "Update.versions"), SPOKEN),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Copy):
            return unknown(state)
        n, held = node(me), _terms(state.versions)
        here = forall(KEY, STAMP, lambda k, t: s.holds(n, k, t) == Or([And(k == key, t == stamp) for key, stamp, _ in held]))
        return {
            "it holds those versions, and no others": here,
            "of other keys it has heard nothing": forall(KEY, lambda k: s.filled(n, k) == Or([k == key for key, _, _ in held])),
            "what it holds is what was written": And([WROTE(key, stamp) == value for key, stamp, value in held]),
            "it has heard of what it has written itself": forall(
                KEY, STAMP, lambda k, t: Implies(And(s.written(k, t), NAMES(t, who(me))), s.heard(n, k, t))
            ),
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # whoever sends it
        if not isinstance(message, Update):
            return None
        return {"it was written": And([_was_written(s, *each) for each in _terms(message.versions)])}

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what, asked:
            case Heard(key, version), _:
                return {"it has heard of it": _has_heard(s, me, key, version.stamp, version.value)}
            case Written(stamp), Write(key, value):
                return {"it is written, and heard of": _has_heard(s, me, key, stamp, value)}
            case Written(stamp), Delete(key):
                return {"it is written that there is nothing, and heard of": _has_heard(s, me, key, stamp, Nothing())}
            case Found(version), Read(key):
                something = VALUES.term(version.value) != VALUES.term(Nothing())
                return {"it has heard of it": And(something, _has_heard(s, me, key, version.stamp, version.value))}
            case Missing(stamp), Read(key):
                return {} if stamp is None else {"it has heard that there is nothing": _has_heard(s, me, key, stamp, Nothing())}
            case _:
                return None

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        for effect in after.effects:
            match effect:
                case Announce(Heard(key, version)):
                    yield _heard(me, before, move, after.state, key, version)
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        mine = arguments["n"] == node_of(process)
        return And(mine, NAMES(arguments["t"], process)) if action == "write" else mine


def node(address: Address) -> Term:
    """Return the node that a process is."""
    return node_of(who(address))


def _terms(versions: Versions) -> list[tuple[Term, Term, Term]]:
    """List keys, each with the stamp and the value that it holds."""
    return [(KEYS.term(key), STAMPS.term(version.stamp), VALUES.term(version.value)) for key, version in versions.items()]


def _was_written(s: State, key: Term, stamp: Term, value: Term) -> Term:
    return And(s.written(key, stamp), WROTE(key, stamp) == value)


def _has_heard(s: State, me: Address, key: str, stamp: Stamp, value: object) -> Term:
    """Say that a node has heard of what was written: that key, with that stamp and value."""
    of = KEYS.term(key), STAMPS.term(stamp)
    return And(s.heard(node(me), *of), _was_written(s, *of, VALUES.term(value)))


def _heard(me: Address, before: Copy, move: Handled | None, now: Copy, key: str, version: Version) -> Taken:
    """Return what a node does that hears of a version: it writes that, takes it, or keeps what it holds."""
    of = {"n": node(me), "k": KEYS.term(key), "t": STAMPS.term(version.stamp)}
    if isinstance(move, Ask):
        stands = WROTE(of["k"], of["t"]) == VALUES.term(version.value)
        A_STAMP_STANDS_FOR_WHAT_IS_WRITTEN.suppose(str(stands), lambda: stands)
        return "write", of
    known = before.versions.get(key)
    if known is None or now.versions[key].stamp != known.stamp:
        return "take", of
    return "keep", {**of, "u": STAMPS.term(known.stamp)}
