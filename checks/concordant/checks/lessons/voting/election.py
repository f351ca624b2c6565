"""Three voters rank three candidates, and a rule says who is elected: here Borda's, by which places are added up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import TypeAlias

from attrs import frozen

from concordant.checks import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Draw, Map, RuleClause, truthful

VOTERS = ("ann", "bob", "cid")
CANDIDATES = ("x", "y", "z")
Ranking: TypeAlias = tuple[str, ...]


@frozen
class Ballots:
    """How each voter ranks the candidates, the best first."""

    by: Map[str, Ranking]


Rule: TypeAlias = Callable[[Ballots], str]


def ballots(**by: str) -> Ballots:
    """Write rankings down: `ballots(ann="xyz", bob="yzx", cid="zxy")`."""
    return Ballots(Map.of({voter: tuple(ranking) for voter, ranking in by.items()}))


def points(ballots: Ballots, candidate: str) -> int:
    """Add up how many candidates each voter puts below this one."""
    return sum(len(ranking) - 1 - ranking.index(candidate) for ranking in ballots.by.values())


def borda(ballots: Ballots) -> str:
    """Elect whoever has most points; of equals who comes first by name."""
    return max(CANDIDATES, key=lambda candidate: points(ballots, candidate))


def beats(ballots: Ballots, one: str, other: str) -> bool:
    """Tell whether most voters put one candidate above the other."""
    above = sum(ranking.index(one) < ranking.index(other) for ranking in ballots.by.values())
    return 2 * above > len(ballots.by)


# ---- what must hold


def gain(ballots: Ballots, voter: str, elected: str) -> int:
    """Say how many candidates a voter, whose ranking in `ballots` is the truth, puts below the one elected."""
    ranking = ballots.by[voter]
    return len(ranking) - 1 - ranking.index(elected)


def lie(ballots: Ballots, voter: str, draw: Draw) -> Ballots:
    """Let a voter hand in any other ranking."""
    return Ballots(ballots.by.put(voter, draw.one_of("the lie", tuple(permutations(CANDIDATES)))))


def voters(ballots: Ballots) -> tuple[str, ...]:
    """Anybody may lie."""
    return tuple(ballots.by)


nobody_gains_by_a_lie = truthful(voters, lie, gain)

# ---- what is checked


def three_ballots(draw: Draw) -> Ballots:
    """Draw three rankings."""
    return Ballots(Map.of({voter: draw.one_of(voter, tuple(permutations(CANDIDATES))) for voter in VOTERS}))


def grid(rule: Rule, *promises: RuleClause) -> Grid:
    """Let a rule promise something of every profile."""
    return Grid("three", "three voters, three candidates", Mechanism(rule, three_ballots, promises))


BORDA = grid(borda, nobody_gains_by_a_lie)
