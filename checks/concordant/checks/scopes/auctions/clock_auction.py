"""The scopes of the clock auction: two bidders and a clock of up to four prices, either way."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.auctions.clock_auction import AUCTIONEER, system
from concordant.refimpl.machine import Fire, Receive, System
from concordant.spec.auctions.clock_auction import CallForBids, GoOn, History, Propose, Way
from concordant.spec.vocabulary import Draw, Faults, Network, addresses

BIDDERS = addresses("bidder", 2)
SOMEBODY_STOPS = Faults(crashes=1, who=(AUCTIONEER, *BIDDERS), mid_step=True)


def in_time(draw: Draw) -> System[History]:
    """Draw which way the clock goes, and the most that each of two bidders would pay: nothing, or a price of the clock."""
    way = draw.one_of("the clock goes", tuple(Way))
    limits = tuple(draw.one_of(f"{bidder} would pay", range(4)) for bidder in BIDDERS)
    return system(*limits, way=way, prices=(1, 2, 3), faults=Faults(synchronous=True))


SCOPES = (
    Family(
        "in_time",
        "two bidders, of any limits, and three prices, either way; nothing is lost and time is over only when nothing is under way",
        in_time,
        Counts(476, 609, 15, members=32),
    ),
    Scope(
        "up_loss",
        "up, four prices, which two bidders would pay; any number of messages is lost",
        system(4, 4, network=Network(losses=None)),
        Counts(969, 2_860, 20),
    ),
    Scope(
        "up_of_three",
        "up, two prices, the first of which three bidders would pay and the second two; messages are duplicated and come late",
        system(1, 2, 2, prices=(1, 2), network=Network(duplicating=True)),
        Counts(535, 2_043, 15),
    ),
    Scope(
        "up_crashes",
        "up, four prices, three of which two bidders would pay; one of the three stops, also in the middle of a step",
        system(3, 3, faults=SOMEBODY_STOPS),
        Counts(1_652, 4_110, 18),
    ),
    Scope(
        "up_everything",
        "up, four prices, a rival who would pay less; a loss, duplication, and one of the three stops",
        system(3, 2, network=Network(duplicating=True, losses=1), faults=Faults(crashes=1, who=(AUCTIONEER, *BIDDERS))),
        Counts(3_668, 13_779, 17),
    ),
    Scope(
        "down_duplication",
        "down, four prices, a rival who would pay less; messages are duplicated and come late, also when the clock has gone on",
        system(3, 2, way=Way.DOWN, network=Network(duplicating=True)),
        Counts(416, 1_630, 13),
    ),
    Scope(
        "down_loss",
        "down, three prices, two of which both would pay; a loss, and duplication",
        system(3, 3, way=Way.DOWN, prices=(2, 3, 4), network=Network(duplicating=True, losses=1)),
        Counts(2_351, 9_113, 13),
    ),
    Scope(
        "down_crashes",
        "down, two prices, the lower of which two bidders would pay; one of the three stops, also in the middle of a step",
        system(3, 3, way=Way.DOWN, prices=(3, 4), faults=SOMEBODY_STOPS),
        Counts(2_172, 7_452, 11),
    ),
    Scope(
        "down_everything",
        "down, four prices, a rival who would pay less; a loss, duplication, and one of the three stops",
        system(3, 2, way=Way.DOWN, network=Network(duplicating=True, losses=1), faults=Faults(crashes=1, who=(AUCTIONEER, *BIDDERS))),
        Counts(23_120, 100_068, 16),
        size=Size.MEDIUM,
    ),
    Scope(
        "up_three",
        "up, four prices, three bidders of different limits; any number of messages is lost",
        system(4, 3, 2, network=Network(losses=None)),
        Counts(28_362, 131_648, 26),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = BIDDERS

SITUATIONS = (
    Situation(
        "a_take_is_under_way",
        "The first takes at 4, and the clock has gone down to 3 when that arrives: it counts for nothing, and it has to take again.",
        system(4, 4, way=Way.DOWN),
        (
            Receive(FIRST, AUCTIONEER, CallForBids(4)),
            Fire(AUCTIONEER, GoOn()),
            Receive(AUCTIONEER, FIRST, Propose(4)),
        ),
    ),
)
