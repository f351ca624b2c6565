"""Quorums, for all numbers of agents: which sizes make any two quorums meet, and why none smaller will do."""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import Sets, theorem
from concordant.proofs.kernel.models import Term

And = z3.And
FOR_ALL = "for all numbers of agents"


def _majorities(*, strict: bool) -> tuple[list[Term], Term]:
    s = Sets("A", "B")
    half = (
        (2 * s.size("A") > s.size(), 2 * s.size("B") > s.size()) if strict else (2 * s.size("A") >= s.size(), 2 * s.size("B") >= s.size())
    )
    return [*s.facts, s.size() > 0, *half], s.size("A", "B") >= 1


MAJORITIES_MEET = theorem("quorums.majorities_meet", "Two majorities have a member in common.", FOR_ALL, lambda: _majorities(strict=True))
HALVES_MISS = theorem("quorums.halves_miss", "Exactly half is not enough.", "an example", lambda: _majorities(strict=False), holds=False)


def _weighted(*, strict: bool) -> tuple[list[Term], Term]:
    s = Sets("A", "B", weighted=True)
    total = s.weight()
    half = (2 * s.weight("A") > total, 2 * s.weight("B") > total) if strict else (2 * s.weight("A") >= total, 2 * s.weight("B") >= total)
    return [*s.facts, total > 0, *half], And(s.size("A", "B") >= 1, s.weight("A", "B") > 0)


WEIGHTED_MAJORITIES_MEET = theorem(
    "quorums.weighted_majorities_meet",
    "Two sets with more than half of the weight have a member of positive weight in common.",
    "for all agents and all real weights that are not negative",
    lambda: _weighted(strict=True),
)
HALF_OF_THE_WEIGHT_MISSES = theorem(
    "quorums.half_of_the_weight_misses", "Half of the weight is not enough.", "an example", lambda: _weighted(strict=False), holds=False
)


def _flexible(*, strict: bool) -> tuple[list[Term], Term]:
    s = Sets("A", "B")
    p, q = z3.Ints("p q")
    enough = p + q > s.size() if strict else p + q >= s.size()
    return [*s.facts, p >= 0, q >= 0, s.size() > 0, enough, s.size("A") >= p, s.size("B") >= q], s.size("A", "B") >= 1


FLEXIBLE_QUORUMS_MEET = theorem(
    "quorums.flexible_quorums_meet",
    "A quorum of p for phase 1 and one of q for phase 2 meet if p + q > n (Howard, Malkhi and Spiegelman, 2016).",
    f"{FOR_ALL} n, all p and q",
    lambda: _flexible(strict=True),
)
FLEXIBLE_QUORUMS_MISS = theorem(
    "quorums.flexible_quorums_miss", "p + q = n is not enough.", "an example", lambda: _flexible(strict=False), holds=False
)


def _fast(*, strict: bool) -> tuple[list[Term], Term]:
    s = Sets("A", "F", "G")
    n, q, f = s.size(), z3.Int("classic"), z3.Int("fast")
    enough = q + 2 * f > 2 * n if strict else q + 2 * f >= 2 * n
    sizes = [s.size("A") >= q, s.size("F") >= f, s.size("G") >= f, q <= n, f <= n, q >= 0, f >= 0]
    return [*s.facts, n > 0, enough, *sizes], s.size("A", "F", "G") >= 1


FAST_QUORUMS_MEET = theorem(
    "quorums.fast_quorums_meet",
    "A classic quorum of q and two fast ones of f have a member in common if q + 2f > 2n (Lamport, Fast Paxos, 2006).",
    f"{FOR_ALL} n, all q and f",
    lambda: _fast(strict=True),
)
FAST_QUORUMS_MISS = theorem(
    "quorums.fast_quorums_miss", "q + 2f = 2n is not enough.", "an example", lambda: _fast(strict=False), holds=False
)


def _byzantine(*, smaller: int) -> tuple[list[Term], Term]:
    """Quorums of ceil((n + f + 1) / 2) agents, less `smaller`, of which at most f lie."""
    s = Sets("A", "B", "L")
    n, f, q = s.size(), z3.Int("f"), z3.Int("quorum")
    ceiling = And(2 * q >= n + f + 1, 2 * q <= n + f + 2)
    sizes = [s.size("L") <= f, s.size("A") >= q - smaller, s.size("B") >= q - smaller]
    return [*s.facts, f >= 0, n > 3 * f, ceiling, *sizes], s.size("A", "B", outside=("L",)) >= 1


BYZANTINE_QUORUMS_MEET = theorem(
    "quorums.byzantine_quorums_meet",
    "Two quorums of ceil((n + f + 1) / 2) have an honest member in common, if at most f lie (Malkhi and Reiter, 1998).",
    f"{FOR_ALL} n > 3f, all f",
    lambda: _byzantine(smaller=0),
)
ONE_FEWER_MISSES = theorem(
    "quorums.one_fewer_misses", "One agent fewer is not enough.", "an example", lambda: _byzantine(smaller=1), holds=False
)


def _available() -> tuple[list[Term], Term]:
    n, f, q = z3.Ints("n f quorum")
    return [f >= 0, n > 3 * f, 2 * q >= n + f + 1, 2 * q <= n + f + 2], n - f >= q


BYZANTINE_QUORUMS_ARE_THERE = theorem(
    "quorums.byzantine_quorums_are_there",
    "The honest agents alone are a quorum of ceil((n + f + 1) / 2).",
    f"{FOR_ALL} n > 3f, all f",
    _available,
)


def _two_f_plus_one(*, agents: int) -> tuple[list[Term], Term]:
    """The quorum of 2f + 1 that the documents use, among at most 3f + `agents` agents."""
    s = Sets("A", "B", "L")
    n, f = s.size(), z3.Int("f")
    sizes = [s.size("L") <= f, s.size("A") >= 2 * f + 1, s.size("B") >= 2 * f + 1]
    return [*s.facts, f >= 0, n <= 3 * f + agents, n >= 3 * f + agents, *sizes], s.size("A", "B", outside=("L",)) >= 1


def _two_f_plus_one_or_fewer() -> tuple[list[Term], Term]:
    s = Sets("A", "B", "L")
    n, f = s.size(), z3.Int("f")
    sizes = [s.size("L") <= f, s.size("A") >= 2 * f + 1, s.size("B") >= 2 * f + 1]
    return [*s.facts, f >= 0, n <= 3 * f + 1, *sizes], s.size("A", "B", outside=("L",)) >= 1


TWO_F_PLUS_ONE_IS_SAFE = theorem(
    "quorums.two_f_plus_one_is_safe",
    "Two quorums of 2f + 1 have an honest member in common, if there are at most 3f + 1 agents.",
    f"{FOR_ALL} n ≤ 3f + 1, all f",
    _two_f_plus_one_or_fewer,
)
TWO_F_PLUS_ONE_IS_UNSAFE = theorem(
    "quorums.two_f_plus_one_is_unsafe",
    "With 3f + 2 agents a quorum of 2f + 1 is not enough.",
    "an example",
    lambda: _two_f_plus_one(agents=2),
    holds=False,
)


def _witness() -> tuple[list[Term], Term]:
    s = Sets("A", "L")
    f = z3.Int("f")
    return [*s.facts, f >= 0, s.size("L") <= f, s.size("A") >= f + 1], s.size("A", outside=("L",)) >= 1


F_PLUS_ONE_HAVE_A_WITNESS = theorem(
    "quorums.f_plus_one_have_a_witness", "Among f + 1 agents one is honest, if at most f lie.", f"{FOR_ALL}, all f", _witness
)
