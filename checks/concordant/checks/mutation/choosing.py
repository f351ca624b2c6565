"""Which mutants of a subject are judged, and judging them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import Record
from concordant.checks.mutation.running import side_by_side
from concordant.checks.mutation.subjects import Subject

MANY = 4
"""Of so many mutants of a subject or fewer, each computes for itself what it needs."""


def sampled(subject: Subject, share: float, seed: str) -> tuple[Mutant, ...]:
    """Return a share of the mutants of a subject, drawn by a seed: each by itself, so that a new one moves no other."""
    chance = random.Random()  # noqa: S311  # it chooses what is tried
    chosen = []
    for mutant in subject.mutants:
        chance.seed(f"{seed} {subject.stem} {mutant.name}")
        if chance.random() < share:
            chosen.append(mutant)
    return tuple(chosen)


def judged(
    subject: Subject,
    mutants: Sequence[Mutant],
    jobs: int,
    until: float | None = None,
    known: Mapping[str, Record] | None = None,
    hear: Callable[[Record], None] = lambda _: None,
) -> tuple[Record, ...]:
    """Judge mutants of a subject, in the order of its mutants; where time is over, only some. `known`: what is not judged again, by name. `hear`: is told each new record."""
    records = dict(known or {})
    left = [mutant for mutant in mutants if mutant.name not in records]
    for mutant, record in side_by_side(left, subject.prepare(len(left) > MANY), jobs, until) if left else ():
        records[mutant.name] = record
        hear(record)
    return tuple(records[mutant.name] for mutant in mutants if mutant.name in records)
