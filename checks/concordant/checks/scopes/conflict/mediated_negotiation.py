"""The scopes of mediated negotiations: two parties, or three, whose mediator bargains or chooses."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.conflict.mediated_negotiation import CHOSEN, MEDIATOR, ByScores, system
from concordant.refimpl.machine import Fire, Receive, System
from concordant.spec.conflict.mediated_negotiation import History, Invite, State, WalkAway, position
from concordant.spec.vocabulary import Draw, Faults, Map, Network, addresses

PARTIES = addresses("party", 2)
BOTH_GAIN = (position(3, 1), position(1, 2))
BY_SCORES = ByScores(Map.of({"a": 1, "b": 2}))
PROPOSED = (position(2, 1, least=1, proposal="a"), position(1, 2, least=1, proposal="b"))
SOMEBODY_STOPS = Faults(crashes=1, who=(MEDIATOR, *PARTIES), mid_step=True)
TIMELY = Faults(synchronous=True)


def bargained(draw: Draw) -> System[History]:
    """Draw what one agreement is worth to each of two parties, and the other to the second."""
    first, second = (draw.one_of(f"the first to {party}", (0, 1)) for party in PARTIES)
    return system(position(first, 1), position(second, draw.one_of("the second", (0, 1, 2))), faults=TIMELY)


def chosen(draw: Draw) -> System[History]:
    """Draw what each of two parties proposes, and with how much the second is content."""
    first, second = (draw.one_of(f"{party} proposes", (None, "a", "b")) for party in PARTIES)
    least = draw.one_of("the second is content with", (0, 2))
    parties = (position(1, 1, proposal=first), position(1, 2, least=least, proposal=second))
    return system(*parties, rule=BY_SCORES, faults=TIMELY, promises=CHOSEN)


SCOPES = (
    Family(
        "bargained_in_time",
        "two parties, whatever two agreements are worth to them; all comes in time",
        bargained,
        Counts(144, 192, 7, members=12),
    ),
    Family(
        "chosen_in_time",
        "two parties, whatever they propose, and a choice by scores; all comes in time",
        chosen,
        Counts(216, 288, 7, members=18),
    ),
    Scope(
        "loss",
        "two parties; any number of messages is lost",
        system(*BOTH_GAIN, network=Network(losses=None)),
        Counts(489, 1_672, 8),
    ),
    Scope(
        "crashes",
        "two parties; one of the three stops, also in the middle of a step",
        system(*BOTH_GAIN, faults=SOMEBODY_STOPS),
        Counts(1_125, 3_011, 8),
    ),
    Scope(
        "three",
        "three parties; messages are duplicated and come late",
        system(*BOTH_GAIN, position(1, 1), network=Network(duplicating=True)),
        Counts(575, 1_359, 10),
    ),
    Scope(
        "chosen",
        "two parties, and a choice by scores; a loss, duplication, and one of the three stops",
        system(
            *PROPOSED,
            rule=BY_SCORES,
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, who=(MEDIATOR, *PARTIES)),
            promises=CHOSEN,
        ),
        Counts(1_772, 4_630, 9),
    ),
    Scope(
        "three_and_faults",
        "three parties; a loss, and one of two stops",
        system(*BOTH_GAIN, position(1, 1), network=Network(losses=1), faults=Faults(crashes=1, who=PARTIES)),
        Counts(29_342, 120_443, 12),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = PARTIES

SITUATIONS = (
    Situation(
        "one_is_bound",
        "One party has stated its position, and the other has walked away, which the mediator has not heard.",
        system(*BOTH_GAIN),
        (
            Receive(FIRST, MEDIATOR, Invite()),
            Receive(MEDIATOR, FIRST, State),
            Fire(SECOND, WalkAway()),
        ),
    ),
)
