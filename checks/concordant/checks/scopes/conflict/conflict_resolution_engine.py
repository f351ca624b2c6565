"""The scopes of the engine of conflict resolution."""

from __future__ import annotations

from itertools import permutations

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.conflict_resolution_engine import engine, on_malformed
from concordant.spec.conflict.conflict_resolution_engine import (
    AGENTS,
    FIRST,
    RESOURCES,
    SECOND,
    Batch,
    Conflict,
    Declines,
    Kind,
    Raises,
    Shares,
    Value,
    batches_at_large,
    inexact,
    one_conflict,
    subjects,
    two_conflicts,
)
from concordant.spec.vocabulary import Draw, Map


def two_that_may_err(draw: Draw) -> Batch:
    """Draw two conflicts of one kind, about one thing or two; each strategy answers each as it should, finds nothing or ends with an error."""
    kind = draw.one_of("kind", tuple(Kind))
    conflicts = []
    for number in range(2):
        name = f"conflict{number}"
        rightly = Value(number) if kind is Kind.VALUE else Shares(Map.of(dict.fromkeys(AGENTS, 1)))
        answers = {each: draw.one_of(f"{each} answers {name}", (rightly, Declines(), Raises("timeout"))) for each in (FIRST, SECOND)}
        conflicts.append(Conflict(name, kind, draw.one_of(f"{name} is about", subjects(kind)[: number + 1]), AGENTS, Map.of(answers)))
    return Batch(tuple(conflicts), FIRST, SECOND, Map.of(dict.fromkeys(RESOURCES, 2)))


def of_three_strategies(draw: Draw) -> Batch:
    """Draw a conflict, to which three strategies answer each as it should, find nothing or end with an error; and which is asked, and which then."""
    kind = draw.one_of("kind", tuple(Kind))
    rightly = Value(1) if kind is Kind.VALUE else Shares(Map.of(dict.fromkeys(AGENTS, 1)))
    three = (FIRST, SECOND, "negotiation")
    answers = {each: draw.one_of(f"{each} answers", (rightly, Declines(), Raises("timeout"))) for each in three}
    strategy, fallback = draw.one_of("asked", tuple(permutations(three, 2)))
    return Batch((Conflict("conflict0", kind, subjects(kind)[0], AGENTS, Map.of(answers)),), strategy, fallback, Map.of({"memory": 2}))


SCOPES = (
    Grid(
        "one",
        "a conflict, to which both strategies answer anything; amounts 0 and 1; at random up to four conflicts",
        engine(one_conflict),
        (0, 1),
        at_random=batches_at_large,
        expected=Profiles(576, 576, 4_032),
    ),
    Grid(
        "two",
        "two conflicts about one thing or two, which strategies answer as they should or not at all",
        engine(two_conflicts),
        (0, 1),
        expected=Profiles(216, 252, 2_052),
    ),
    Grid(
        "two_and_errors",
        "two conflicts about one thing or two, of which there is enough for one; each strategy answers as it should, finds nothing or errs",
        engine(two_that_may_err),
        expected=Profiles(324, 360, 3_078),
        size=Size.MEDIUM,
    ),
    Grid(
        "inexact", "a conflict to which the strategy answers by what is no amount", engine(inexact), (0, 1), expected=Profiles(112, 84, 784)
    ),
    Grid("malformed", "a batch of two conflicts with one flaw", on_malformed(), (0, 1), expected=Profiles(28, 20, 56)),
    Grid(
        "three_strategies",
        "a conflict and three strategies, of which any is asked and any other if that does not answer; each answers, finds nothing or errs",
        engine(of_three_strategies),
        (0, 1),
        expected=Profiles(324, 324, 2_268),
    ),
)
