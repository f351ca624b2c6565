"""What each clause says at one place of a run: of the state there, and of the move that led to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from attrs import field, frozen

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.traces import Path
from concordant.checks.refuting.along import last_of
from concordant.checks.semantics.promises import is_promised
from concordant.checks.semantics.semantics import Semantics
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, Clause, EveryStep, OnEvent, Sometimes


class Here(Enum):
    """What a clause says at a place. Values are what is printed."""

    TRUE = "true here"
    FALSE = "false here"
    UNPROMISED = "false here, where it is not promised"
    REACHED = "reached here"
    NOT_REACHED = "not reached here"
    SILENT = "without a case here"
    OF_PATHS = "about whole paths"


TELLING = (Here.FALSE, Here.UNPROMISED, Here.REACHED)
"""Where a case tells what a clause says."""


@frozen
class Truth:
    """A clause, what it says at a place, and of one that is false or reached there the facts of its first case that tells so."""

    clause: Clause
    here: Here
    facts: Mapping[str, object] = field(factory=dict)


def truths(semantics: Semantics, path: Path, clauses: Sequence[Clause] = ()) -> tuple[Truth, ...]:
    """Judge where a run ends each clause that the system promises, in the order of the promises, or these alone."""
    asked = semantics.parts.observations.asked
    before = len(asked)
    try:
        return tuple(_truths(semantics, path, clauses or semantics.system.promises))
    finally:
        del asked[before:]  # nothing is asked once more at an end, as of a search: there are as many judges as places


def _truths(semantics: Semantics, path: Path, clauses: Sequence[Clause]) -> Iterator[Truth]:
    tallies = _of_state(semantics, path, clauses).tallies | _of_last_move(semantics, path, clauses).tallies
    for clause in clauses:
        tally = tallies.get(clause.id)
        if tally is None:
            yield Truth(clause, Here.OF_PATHS)
            continue
        facts = {} if tally.telling is None else tally.telling.facts
        if isinstance(clause, Sometimes):
            yield Truth(clause, Here.NOT_REACHED if tally.telling is None else Here.REACHED, facts)
        elif tally.telling is not None:
            yield Truth(clause, Here.FALSE if is_promised(clause, semantics.system) else Here.UNPROMISED, facts)
        else:
            yield Truth(clause, Here.TRUE if tally.cases else Here.SILENT)


def _of_state(semantics: Semantics, path: Path, clauses: Sequence[Clause]) -> Judge:
    """Judge the last state of a run."""
    here = last_of(path)
    judge = _judge(semantics, clauses, (Always, AlwaysEach, AtRest, Sometimes))
    judge.visit(here)
    for taken, target in semantics.successors(here):
        judge.cross(here, taken, target)
    judge.leave(here)
    return judge


def _of_last_move(semantics: Semantics, path: Path, clauses: Sequence[Clause]) -> Judge:
    """Judge the last move of a run; of one without moves, what the first steps of the processes announce."""
    start, steps = path
    judge = _judge(semantics, clauses, (EveryStep, OnEvent))
    if steps:
        for tally in judge.tallies.values():
            tally.cases, tally.telling = 0, None  # a judge begins with the first steps, which are not this move
        judge.cross(steps[-2][1] if len(steps) > 1 else start, *steps[-1])
    return judge


def _judge(semantics: Semantics, clauses: Sequence[Clause], kinds: tuple[type[Clause], ...]) -> Judge:
    return Judge(semantics, decided(clause for clause in clauses if isinstance(clause, kinds))[0])
