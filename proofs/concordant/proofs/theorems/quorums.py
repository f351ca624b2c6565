"""Quorums, for all numbers of agents: which sizes make any two quorums meet, and why none smaller will do.

Claim: what each theorem says. Assumes: a fixed set of agents, of which at most f lie, where f is mentioned.
The axiom `quorums_meet` of the proof of Paxos is `majorities_meet` here, or `weighted_majorities_meet`, or `flexible_quorums_meet`.
Not covered: electorates that change by more than one agent at a time; quorums that are no matter of numbers, such as grids.
"""

from __future__ import annotations

from typing import TypeAlias

import z3

from concordant.proofs.kernel.counting import Sets, theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

And = z3.And
FOR_ALL = "for all numbers of agents"
Claim: TypeAlias = tuple[list[Term], Term]
"""Hypotheses, and a goal."""


def _majorities(*, strict: bool) -> Claim:
    s = Sets("A", "B")
    a, b, n = 2 * s.size("A"), 2 * s.size("B"), s.size()
    return [*s.facts, n > 0, *((a > n, b > n) if strict else (a >= n, b >= n))], s.size("A", "B") >= 1


MAJORITIES_MEET = theorem(
    "quorums.majorities_meet",
    "Two majorities have a member in common.",
    FOR_ALL,
    lambda: _majorities(strict=True),
    why="together A and B have more than n members, counted twice where they meet; there are only n.",
)
HALVES_MISS = theorem("quorums.halves_miss", "Exactly half is not enough.", EXAMPLE, lambda: _majorities(strict=False), holds=False)


def _changing(*, by: int) -> Claim:
    """A majority of some agents, and one of those and some more."""
    s = Sets("before", "A", "B")
    before, after = s.size("before"), s.size()
    sizes = [before > 0, after == before + by, s.size("A", outside=("before",)) == 0]
    return [*s.facts, *sizes, 2 * s.size("A") > before, 2 * s.size("B") > after], s.size("A", "B") >= 1


NEIGHBOURING_MAJORITIES_MEET = theorem(
    "quorums.neighbouring_majorities_meet",
    "A majority of some agents and a majority of those and one more have a member in common: members may come and go one at a time.",
    FOR_ALL,
    lambda: _changing(by=1),
    why="of n + 1 agents the one majority has more than n / 2, the other more than (n + 1) / 2: together at least n + 2.",
)
MAJORITIES_TWO_APART_MISS = theorem(
    "quorums.majorities_two_apart_miss", "Two more at a time are too many.", EXAMPLE, lambda: _changing(by=2), holds=False
)


def _weighted(*, strict: bool) -> Claim:
    s = Sets("A", "B", weighted=True)
    a, b, total = 2 * s.weight("A"), 2 * s.weight("B"), s.weight()
    half = (a > total, b > total) if strict else (a >= total, b >= total)
    return [*s.facts, total > 0, *half], And(s.size("A", "B") >= 1, s.weight("A", "B") > 0)


WEIGHTED_MAJORITIES_MEET = theorem(
    "quorums.weighted_majorities_meet",
    "Two sets with more than half of the weight have a member of positive weight in common.",
    "for all agents and all real weights that are not negative",
    lambda: _weighted(strict=True),
    why="as for majorities, with weights in place of numbers.",
)
HALF_OF_THE_WEIGHT_MISSES = theorem(
    "quorums.half_of_the_weight_misses", "Half of the weight is not enough.", EXAMPLE, lambda: _weighted(strict=False), holds=False
)


def _weighted_quorums(*, strict: bool) -> Claim:
    s = Sets("A", "B", weighted=True)
    p, q = z3.Reals("p q")
    total = s.weight()
    enough = p + q > total if strict else p + q >= total
    return [*s.facts, total > 0, enough, s.weight("A") >= p, s.weight("B") >= q], And(s.size("A", "B") >= 1, s.weight("A", "B") > 0)


WEIGHTED_QUORUMS_MEET = theorem(
    "quorums.weighted_quorums_meet",
    "A set of weight p or more and one of q or more have a member of positive weight in common, if p + q is more than the whole weight; two of q, if 2q is.",
    "for all agents, all real weights that are not negative, all p and q",
    lambda: _weighted_quorums(strict=True),
    why="together they weigh at least p + q, counted twice where they meet; and there is less. With p = q it is that of two quorums.",
)
WEIGHTED_QUORUMS_MISS = theorem(
    "quorums.weighted_quorums_miss",
    "p + q of the whole weight is not enough.",
    EXAMPLE,
    lambda: _weighted_quorums(strict=False),
    holds=False,
)


def _flexible(*, strict: bool) -> Claim:
    s = Sets("A", "B")
    p, q = z3.Ints("p q")
    enough = p + q > s.size() if strict else p + q >= s.size()
    return [*s.facts, p >= 1, q >= 1, enough, s.size("A") >= p, s.size("B") >= q], s.size("A", "B") >= 1


FLEXIBLE_QUORUMS_MEET = theorem(
    "quorums.flexible_quorums_meet",
    "A quorum of p for phase 1 and one of q for phase 2 meet if p + q > n (Howard, Malkhi and Spiegelman, 2016).",
    f"{FOR_ALL} n, all p and q",
    lambda: _flexible(strict=True),
    why="as for majorities. Two quorums of the same phase need not meet: only a promise must hear of a vote.",
)
FLEXIBLE_QUORUMS_MISS = theorem(
    "quorums.flexible_quorums_miss", "p + q = n is not enough.", EXAMPLE, lambda: _flexible(strict=False), holds=False
)


def _fast(*, strict: bool) -> Claim:
    s = Sets("A", "F", "G")
    n, q, f = s.size(), z3.Int("classic"), z3.Int("fast")
    enough = q + 2 * f > 2 * n if strict else q + 2 * f >= 2 * n
    sizes = [s.size("A") >= q, s.size("F") >= f, s.size("G") >= f, q <= n, f <= n, q >= 1, f >= 1]
    return [*s.facts, enough, *sizes], s.size("A", "F", "G") >= 1


FAST_QUORUMS_MEET = theorem(
    "quorums.fast_quorums_meet",
    "A classic quorum of q and two fast ones of f have a member in common if q + 2f > 2n (Lamport, Fast Paxos, 2006).",
    f"{FOR_ALL} n, all q and f",
    lambda: _fast(strict=True),
    why="at most n - q agents are missing from the one and n - f from each of the others: fewer than n together.",
)
FAST_QUORUMS_MISS = theorem("quorums.fast_quorums_miss", "q + 2f = 2n is not enough.", EXAMPLE, lambda: _fast(strict=False), holds=False)


def _byzantine() -> Claim:
    """Quorums of ceil((n + f + 1) / 2) agents, of which at most f lie."""
    return _ceiling(smaller=0)


def _byzantine_but_one() -> Claim:
    """The same less one, where there is a liar, and where enough are honest."""
    hypotheses, goal = _ceiling(smaller=1)
    n, f = Sets("A", "B", "liars").size(), z3.Int("f")
    return [*hypotheses, f >= 1, n > 3 * f], goal


def _ceiling(*, smaller: int) -> Claim:
    s = Sets("A", "B", "liars")
    n, f, q = s.size(), z3.Int("f"), z3.Int("quorum")
    ceiling = And(2 * q >= n + f + 1, 2 * q <= n + f + 2)
    sizes = [s.size("liars") <= f, s.size("A") >= q - smaller, s.size("B") >= q - smaller]
    return [*s.facts, f >= 0, ceiling, *sizes], s.size("A", "B", outside=("liars",)) >= 1


BYZANTINE_QUORUMS_MEET = theorem(
    "quorums.byzantine_quorums_meet",
    "Two quorums of ceil((n + f + 1) / 2) have an honest member in common, if at most f lie (Malkhi and Reiter, 1998).",
    f"{FOR_ALL} n, all f",
    _byzantine,
    why="they have at least 2q - n ≥ f + 1 members in common, of which at most f lie.",
)
ONE_FEWER_MISSES = theorem("quorums.one_fewer_misses", "One agent fewer is not enough.", EXAMPLE, _byzantine_but_one, holds=False)


def _available() -> Claim:
    n, f, q = z3.Ints("n f quorum")
    return [f >= 0, n > 3 * f, 2 * q >= n + f + 1, 2 * q <= n + f + 2], n - f >= q


BYZANTINE_QUORUMS_ARE_THERE = theorem(
    "quorums.byzantine_quorums_are_there",
    "The honest agents alone are a quorum of ceil((n + f + 1) / 2).",
    f"{FOR_ALL} n > 3f, all f",
    _available,
    why="n - f ≥ (n + f + 2) / 2 as soon as n ≥ 3f + 2, and for n = 3f + 1 both sides are 2f + 1.",
)


def _two_f_plus_one(*, most: int, least: int | None = None) -> Claim:
    """The quorum of 2f + 1 that the documents use, among at most 3f + `most` agents, and where given at least 3f + `least`."""
    s = Sets("A", "B", "liars")
    n, f = s.size(), z3.Int("f")
    sizes = [s.size("liars") <= f, s.size("A") >= 2 * f + 1, s.size("B") >= 2 * f + 1]
    number = [n <= 3 * f + most, *([] if least is None else [n >= 3 * f + least, f >= 1])]
    return [*s.facts, f >= 0, *number, *sizes], s.size("A", "B", outside=("liars",)) >= 1


def _two_quorums_apart() -> Claim:
    """Take the first 2f + 1 agents and the last; let those in both lie. The numbers of all regions are given."""
    n, f = z3.Ints("n f")
    both = z3.If(4 * f + 2 > n, 4 * f + 2 - n, 0)
    alone, neither = 2 * f + 1 - both, n - (4 * f + 2 - both)
    return [f >= 0, n >= 3 * f + 2], And(
        both >= 0, alone >= 0, neither >= 0, alone + both == 2 * f + 1, both + 2 * alone + neither == n, both <= f
    )


TWO_F_PLUS_ONE_IS_SAFE = theorem(
    "quorums.two_f_plus_one_is_safe",
    "Two quorums of 2f + 1 have an honest member in common, if there are at most 3f + 1 agents.",
    f"{FOR_ALL} n ≤ 3f + 1, all f",
    lambda: _two_f_plus_one(most=1),
    why="they have at least 2(2f + 1) - (3f + 1) = f + 1 members in common, of which at most f lie.",
)
TWO_F_PLUS_ONE_IS_UNSAFE_BEYOND = theorem(
    "quorums.two_f_plus_one_is_unsafe_beyond",
    "With more agents, there are always two quorums of 2f + 1 whose common members, at most f, all lie.",
    f"{FOR_ALL} n ≥ 3f + 2, all f",
    _two_quorums_apart,
    why="take the first 2f + 1 agents and the last 2f + 1: at most f are in both.",
)
TWO_F_PLUS_ONE_IS_UNSAFE = theorem(
    "quorums.two_f_plus_one_is_unsafe",
    "With 3f + 2 agents a quorum of 2f + 1 is not enough.",
    EXAMPLE,
    lambda: _two_f_plus_one(most=2, least=2),
    holds=False,
)


def _witness(*, more: int) -> Claim:
    s = Sets("A", "liars")
    f = z3.Int("f")
    return [*s.facts, f >= 1, s.size("liars") <= f, s.size("A") >= f + more], s.size("A", outside=("liars",)) >= 1


def _witnesses(*, of: int) -> Claim:
    s = Sets("A", "liars")
    f = z3.Int("f")
    return [*s.facts, f >= 0, s.size("liars") <= f, s.size("A") >= 2 * f + of], s.size("A", outside=("liars",)) >= f + 1


F_PLUS_ONE_HAVE_A_WITNESS = theorem(
    "quorums.f_plus_one_have_a_witness",
    "Among f + 1 agents one is honest, if at most f lie.",
    f"{FOR_ALL}, all f ≥ 1",
    lambda: _witness(more=1),
    why="there are not enough liars to fill the set.",
)
TWO_F_PLUS_ONE_HOLD_WITNESSES = theorem(
    "quorums.two_f_plus_one_hold_f_plus_one_witnesses",
    "Among 2f + 1 agents f + 1 are honest, if at most f lie.",
    f"{FOR_ALL}, all f",
    lambda: _witnesses(of=1),
    why="at most f of them lie.",
)
TWO_F_HOLD_FEWER = theorem(
    "quorums.two_f_hold_fewer", "Among 2f agents there may be fewer.", EXAMPLE, lambda: _witnesses(of=0), holds=False
)
F_HAVE_NONE = theorem("quorums.f_have_none", "Among f agents there may be none.", EXAMPLE, lambda: _witness(more=0), holds=False)
