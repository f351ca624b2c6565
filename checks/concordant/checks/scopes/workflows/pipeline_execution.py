"""The scopes of pipelines: one, two and three stages, and every capacity up to three."""

from __future__ import annotations

from collections.abc import Callable

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire, System
from concordant.refimpl.workflows.pipeline_execution import CONSUMER, PIPELINE, PRODUCER, parts, system, user
from concordant.spec.vocabulary import Address, Draw, Faults
from concordant.spec.workflows.pipeline_execution import Close, Lines, Put, Stop, Take, Yields
from concordant.spec.workflows.pipeline_execution import clauses as spec

CAPACITIES = (1, 2, 3)
RIVAL, CHAIR = user(Address("rival"), Put()), user(Address("chair"), Stop())
CLOSER = user(Address("closer"), Close(), Stop())
OTHER, ANOTHER = (user(Address("consumer", number), Take()) for number in (1, 2))


def of_every_capacity(stages: int, takes: int | None) -> Callable[[Draw], System[Lines]]:
    """Return the family of pipelines of so many stages with one to three places in each buffer, and one item more than there is room for."""

    def systems(draw: Draw) -> System[Lines]:
        capacities = tuple(draw.one_of(f"capacity {place}", CAPACITIES) for place in range(stages + 1))
        return system(*capacities, items=sum(capacities) + stages + 1, takes=takes)

    return systems


SCOPES = (
    Scope(
        "parts",
        "one stage that makes up to three of an item, and may fail on it; all is taken out, by a client that may cancel",
        system(
            1,
            2,
            items=1,
            made=parts(0, 3, failures=1),
            faults=Faults(cancellations=1),
            examples=(spec.some_come_out_in_parts, spec.a_take_is_withdrawn),
        ),
        Counts(166, 428, 12),
    ),
    Scope(
        "full",
        "two stages, and nobody who takes anything out: one item after the other waits, back to the client that puts them in",
        system(1, 1, 1, items=6, takes=0, examples=(spec.stages_work_at_once, spec.back_pressure_reaches_the_first)),
        Counts(79, 164, 17),
    ),
    Scope("two", "two stages, which make one of each of two items; one is taken out", system(1, 1, 1, takes=1), Counts(80, 192, 13)),
    Scope(
        "waits",
        "one stage behind room for two, and nobody who takes anything out: who puts in may cancel, and waits when it closes",
        system(2, 1, items=5, takes=0, faults=Faults(cancellations=1)),
        Counts(28, 43, 11),
    ),
    Scope(
        "turned_away",
        "a stage that makes nothing while two clients wait to put in, of which one may cancel; one closes, and another stops it",
        system(
            1,
            1,
            items=3,
            takes=0,
            then=(),
            made=parts(1, 0),
            others=(RIVAL, CLOSER, CHAIR),
            faults=Faults(cancellations=1),
            examples=(spec.a_put_is_withdrawn,),
        ),
        Counts(196, 390, 9),
    ),
    Scope(
        "over",
        "two clients that take out the parts of what one puts in and closes; it may be stopped",
        system(1, 1, items=1, takes=0, made=parts(0, 2), others=(OTHER, ANOTHER, CHAIR)),
        Counts(135, 283, 9),
    ),
    Scope(
        "in_vain",
        "one stage that makes nothing of three items, and may fail on two, while another client waits to put in one",
        system(1, 1, items=3, takes=0, made=parts(0, 0, failures=2), others=(RIVAL,)),
        Counts(119, 224, 10),
    ),
    Scope(
        "wait_for_it",
        "two clients that wait for what is made of one item, of which one may cancel",
        system(1, 1, items=1, takes=0, others=(OTHER, ANOTHER), faults=Faults(cancellations=1)),
        Counts(72, 167, 8),
    ),
    Scope(
        "divided",
        "two stages that make none, one or two of an item, and fail on one; two items, all are taken out",
        system(1, 1, 1, items=2, made=parts(0, 2, failures=1)),
        Counts(5_449, 17_839, 19),
        size=Size.MEDIUM,
    ),
    Family(
        "every_capacity_of_one",
        "one stage, and every capacity from one to three of each buffer; all is taken out",
        of_every_capacity(1, None),
        Counts(1_791, 4_086, 34, members=9),
        size=Size.MEDIUM,
    ),
    Family(
        "every_capacity_of_two",
        "two stages, and every capacity from one to three of each buffer; two are taken out, and all else waits",
        of_every_capacity(2, 2),
        Counts(21_600, 62_640, 46, members=27),
        size=Size.LARGE,
    ),
    Scope(
        "three",
        "three stages, filled with items, of which two are taken out",
        system(1, 1, 1, 1, items=8, takes=2),
        Counts(1_963, 6_623, 45),
        size=Size.MEDIUM,
    ),
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
