"""The scopes of the sealed-bid auction."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.sealed_bid_auction import AUCTIONEER, FIRST_PRICE, system
from concordant.refimpl.machine import Ask, Fire, Receive
from concordant.spec.auctions.sealed_bid_auction import Close, Closing, Commit, Offer, Reveal
from concordant.spec.auctions.shared.auctions import Direction
from concordant.spec.vocabulary import Address, Faults, Malformed, Network, addresses

BIDDERS = addresses("bidder", 2)
EVERYBODY = (AUCTIONEER, *BIDDERS)
LIARS = (Address("bidder", 2), Address("stranger"))
LIAR_AND_STRANGER = (Address("bidder", 1), Address("stranger"))
TIMELY = Faults(synchronous=True)

SCOPES = (
    Scope(
        "in_time",
        "two bidders, whose users may offer what is no bid; nothing is lost and a deadline passes only when nothing is under way",
        system(offers=(Offer(1), Offer(2), Malformed(Offer(-1))), faults=TIMELY),
        Counts(1_492, 4_892, 12),
    ),
    Scope(
        "first_price",
        "two bidders, at the first price, in a reverse auction",
        system(reserve=1, direction=Direction.REVERSE, rule=first_price, faults=TIMELY, promises=FIRST_PRICE),
        Counts(1_402, 4_289, 12),
    ),
    Scope(
        "duplication",
        "two bidders, whose users offer twice; messages are duplicated and come late",
        system(asks=2, network=Network(duplicating=True)),
        Counts(2_738, 10_231, 14),
    ),
    Scope("loss", "two bidders; any number of messages is lost", system(network=Network(losses=None)), Counts(7_777, 36_293, 13)),
    Scope(
        "crashes",
        "two bidders, who bid the same; one of the three stops, also in the middle of a step",
        system(offers=(Offer(2),), faults=Faults(crashes=1, who=EVERYBODY, mid_step=True)),
        Counts(5_864, 19_086, 13),
    ),
    Scope(
        "liars",
        "two honest bidders, who bid the same; a third and a stranger say whatever they like, and copy what others have said",
        system(3, offers=(Offer(2),), liars=LIARS, network=Network(duplicating=True)),
        Counts(1_611, 3_405, 14),
    ),
    Scope(
        "liars_in_time",
        "an honest bidder, who may bid nothing, or what is no bid; another and a stranger say whatever they like, in time",
        system(offers=(Offer(0), Offer(2), Malformed(Offer(-1)), Malformed(Offer(True))), liars=LIAR_AND_STRANGER, faults=TIMELY),
        Counts(180, 320, 9),
    ),
    Scope(
        "first_price_and_faults",
        "an honest bidder, who may offer what is no bid, and a liar, at the first price; a loss, duplication, and somebody stops",
        system(
            offers=(Offer(2), Offer(3), Malformed(Offer(-1))),
            liars=LIAR_AND_STRANGER[:1],
            rule=first_price,
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, who=EVERYBODY[:2], mid_step=True),
            promises=FIRST_PRICE,
        ),
        Counts(2_878, 7_180, 10),
    ),
    Scope(
        "rivals_and_liars",
        "two honest bidders, who bid this or that; a third and a stranger say whatever they like, and copy what others have said",
        system(3, liars=LIARS, network=Network(duplicating=True)),
        Counts(4_773, 10_444, 14),
        size=Size.MEDIUM,
    ),
    Scope(
        "three",
        "three bidders; nothing is lost and a deadline passes only when nothing is under way",
        system(3, faults=TIMELY),
        Counts(47_348, 220_083, 17),
        size=Size.MEDIUM,
    ),
    Scope(
        "everything",
        "two honest bidders, who bid the same, and two liars; any loss, duplication, and one of the three stops in the middle of a step",
        system(
            3,
            offers=(Offer(2),),
            liars=LIARS,
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=1, who=EVERYBODY, mid_step=True),
        ),
        Counts(468_812, 2_482_187, 22),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = BIDDERS

SITUATIONS = (
    Situation(
        "one_bid_is_open",
        "Both have committed, and one has revealed its bid. The other knows nothing of it, and is bound to its own.",
        system(),
        (
            Ask(FIRST, Address("user"), Offer(1)),
            Receive(AUCTIONEER, FIRST, Commit),
            Ask(SECOND, Address("user", 1), Offer(2)),
            Receive(AUCTIONEER, SECOND, Commit),
            Fire(AUCTIONEER, Close()),
            Receive(FIRST, AUCTIONEER, Closing),
            Receive(AUCTIONEER, FIRST, Reveal),
        ),
    ),
)
