"""The scopes of pipelines: one, two and three stages, and every capacity up to three."""

from __future__ import annotations

from collections.abc import Callable

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire, System
from concordant.refimpl.workflows.pipeline_execution import CONSUMER, PIPELINE, PRODUCER, parts, system, user
from concordant.spec.vocabulary import Address, Draw, Faults
from concordant.spec.workflows import pipeline_execution as spec
from concordant.spec.workflows.pipeline_execution import Close, Lines, Put, Stop, Take, Yields

CAPACITIES = (1, 2, 3)
CHAIR, RIVAL = user(Address("chair"), Close(), Stop()), user(Address("rival"), Put(), Take())


def of_every_capacity(stages: int) -> Callable[[Draw], System[Lines]]:
    """Return the family of pipelines of so many stages with buffers of one to three places each, and of items one more than there is room for."""

    def systems(draw: Draw) -> System[Lines]:
        capacities = tuple(draw.one_of(f"capacity {place}", CAPACITIES) for place in range(stages + 1))
        return system(*capacities, items=sum(capacities) + stages + 1)

    return systems


SCOPES = (
    Scope(
        "parts",
        "one stage that makes none, one or two of an item, and may fail on it; all is taken out, by a client that may cancel",
        system(1, 1, items=1, made=parts(0, 2, failures=1), faults=Faults(cancellations=1), examples=(spec.some_come_out_in_parts,)),
        Counts(86, 211, 10),
    ),
    Scope(
        "full",
        "two stages, and nobody who takes anything out: one item after the other waits, back to the client that puts them in",
        system(1, 1, 1, items=6, takes=0, examples=(spec.stages_work_at_once, spec.back_pressure_reaches_the_first)),
        Counts(79, 164, 17),
    ),
    Scope("two", "two stages, which make one of each of two items; one is taken out", system(1, 1, 1, takes=1), Counts(80, 192, 13)),
    Scope(
        "stopped",
        "two clients put in and take out, of which one may cancel; a third closes, and then stops it",
        system(1, 1, items=1, takes=1, then=(), others=(RIVAL, CHAIR), faults=Faults(cancellations=1)),
        Counts(192, 492, 11),
    ),
    Scope(
        "divided",
        "two stages that make none, one or two of an item, and fail on one; three items, all are taken out",
        system(1, 1, 1, items=3, made=parts(0, 2, failures=1)),
        size=Size.MEDIUM,
    ),
    Family(
        "every_capacity_of_one", "one stage, and every capacity from one to three of each buffer", of_every_capacity(1), size=Size.MEDIUM
    ),
    Family(
        "every_capacity_of_two", "two stages, and every capacity from one to three of each buffer", of_every_capacity(2), size=Size.LARGE
    ),
    Scope("three", "three stages and ten items, one more than there is room for", system(1, 1, 1, 1, items=8), size=Size.LARGE),
)

ONE_COMES_OUT = (Ask(PIPELINE, PRODUCER, Put()), Fire(PIPELINE, Yields(0)))
SITUATIONS = (
    Situation(
        "held",
        "The stage has made a second item, and holds it: nobody has taken the first one out.",
        system(1, 1, made=parts(1, 2)),
        (*ONE_COMES_OUT, Fire(PIPELINE, Yields(0))),
    ),
    Situation(
        "draining",
        "It is closed with an item under way, and somebody waits for that.",
        system(1, 1, items=1),
        (Ask(PIPELINE, CONSUMER, Take()), Ask(PIPELINE, PRODUCER, Put()), Ask(PIPELINE, PRODUCER, Close())),
    ),
)
