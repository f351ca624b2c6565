"""Why the order of stamps is a linearization, for any operations on a key: what the induction of `claim` shows is all that it takes.

Model: that of `claim`, and what is proved of it. A write has the place of its stamp, also if it is never answered; a read that was served
comes right behind the write whose version has served it.
Not covered: histories of several keys, of which each has an order of its own: linearizability is local (Herlihy and Wing).
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term, exists
from concordant.proofs.memory.dsm_strong.model import abd

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

MODEL = abd()
OPERATION, STAMP, VALUE = (MODEL.sorts[name] for name in ("Operation", "Stamp", "Value"))
S = MODEL.state()
KEY = z3.Const("the key", MODEL.sorts["Key"])
ONE, OTHER, THIRD = (z3.Const(name, OPERATION) for name in ("one", "other", "third"))
T, U, W = (z3.Const(name, STAMP) for name in "tuw")
TOLD = z3.Const("told", VALUE)
ZERO, NOTHING = S.zero(), S.nothing()


def _writes(o: Term) -> Term:
    return exists(VALUE, lambda v: S.writes(o, v))


def _has_place(o: Term, t: Term) -> Term:
    """Return that an operation on the key has the place of a stamp."""
    return And(S.on(o, KEY), Or(And(_writes(o), S.wrote(o, t)), And(S.reads(o), S.served(o, t))))


def _before(p: Term, t: Term, o: Term, u: Term) -> Term:
    """Return that of two operations with the places of these stamps one comes before the other: a write before the reads of its version."""
    return Or(And(S.le(t, u), t != u), And(t == u, _writes(p), S.reads(o)))


def _proved(*names: str) -> dict[str, Term]:
    """Return what is proved of every state, by its sentences."""
    return {MODEL.invariants[name].why.rstrip("."): MODEL.invariants[name].formula(S) for name in names}


def _assumed(*names: str) -> dict[str, Term]:
    return {f"{MODEL.assumed[name]} ({name})": MODEL.axioms[name] for name in names}


def _are_in_order() -> Term:
    """Return that operations have one place each, and that of two of which one is a write one comes before the other; transitively."""
    places = And(_has_place(ONE, T), _has_place(OTHER, U))
    compared = And(places, ONE != OTHER, Or(_writes(ONE), _writes(OTHER)))
    return And(
        Implies(And(_has_place(ONE, T), _has_place(ONE, U)), T == U),
        Implies(compared, z3.Xor(_before(ONE, T, OTHER, U), _before(OTHER, U, ONE, T))),
        Implies(And(_before(ONE, T, OTHER, U), _before(OTHER, U, THIRD, W)), _before(ONE, T, THIRD, W)),
    )


def _agrees_with_real_time() -> Term:
    """Return that nothing comes before what was done before it was asked for."""
    done = And(S.precedes(ONE, OTHER), exists(STAMP, lambda t: S.served(ONE, t)))
    return Implies(And(_has_place(ONE, T), _has_place(OTHER, U), done), Not(_before(OTHER, U, ONE, T)))


def _explains_what_is_told() -> Term:
    """Return that a read is told of the write at its place, which is the last before it; or nothing, at the place of none, before all writes."""
    is_told = And(S.reads(ONE), _has_place(ONE, T), S.told(ONE, TOLD))
    a_write = exists(OPERATION, lambda o: And(S.writes(o, TOLD), _has_place(o, T), _before(o, T, ONE, T)))
    at_its_place = And(_writes(OTHER), _has_place(OTHER, T))
    before_it = And(_writes(THIRD), _has_place(THIRD, W), _before(THIRD, W, ONE, T))
    return Implies(
        is_told,
        And(
            Or(a_write, And(T == ZERO, TOLD == NOTHING)),
            Implies(And(at_its_place, before_it, OTHER != THIRD), _before(THIRD, W, OTHER, T)),
            Implies(T == ZERO, Not(before_it)),
        ),
    )


STAMPS_LINEARIZE = Lemmas(
    "dsm_strong",
    "stamps_linearize",
    "for any number of operations on a key, and any three of them",
    "What is left open is the order of reads of one version: any that agrees with real time will do.",
    (
        Lemma(
            "the order of stamps",
            "Operations with a place are in one order, but for reads of one version; nothing comes before what was done before it was asked "
            "for; and a read is told the value of the last write before it, or nothing where there is none.",
            {
                **_proved(
                    "no_earlier_version",
                    "a_write_comes_later",
                    "one_stamp_one_write",
                    "one_write_one_stamp",
                    "served_by_its_own",
                    "served_once",
                    "told_what_is_written",
                    "written_by_a_write",
                ),
                **_assumed("stamp_transitive", "stamp_antisymmetric", "stamp_total", "zero_is_least", "reads_or_writes"),
            },
            And(_are_in_order(), _agrees_with_real_time(), _explains_what_is_told()),
        ),
    ),
)
THEOREM = STAMPS_LINEARIZE.theorem()
