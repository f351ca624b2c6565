"""The scopes of Nakamoto consensus."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.nakamoto_consensus import IN_TIME, SAFETY, TIMELY, system
from concordant.spec.vocabulary import Network

LOSSY = Network(duplicating=True, losses=1)

SCOPES = (
    Scope("two_miners", "two miners, who find two blocks each; a user asks one of them", system(asks=1), Counts(535, 987, 10)),
    Scope(
        "at_once",
        "two miners, who find a block each, but not at the same time, so that it is confirmed at once; a user",
        system(blocks=1, asks=1, depth=0),
        Counts(28, 31, 6),
    ),
    Scope(
        "in_time",
        "two miners, who find two blocks each; every block arrives before the next two are mined",
        system(network=IN_TIME, lucky=False, promises=TIMELY),
        Counts(129, 173, 9),
    ),
    Scope(
        "faults",
        "two miners, who find two blocks each, and a user; messages are duplicated, and one is lost",
        system(asks=1, network=LOSSY, promises=SAFETY),
        Counts(1_119, 2_188, 11),
    ),
    Scope(
        "withheld",
        "two miners, who find a block each, a user, and a liar who has mined one block in secret",
        system(blocks=1, asks=1, secret=1, promises=SAFETY),
        Counts(1_574, 4_383, 11),
    ),
    Scope("three_miners", "three miners, who find two blocks each", system(3), Counts(380_581, 1_733_275, 19), size=Size.LARGE),
    Scope(
        "withheld_at_large",
        "two miners, who find a block each, a user, and a liar who has mined two blocks in secret; two blocks deep is confirmed",
        system(blocks=1, asks=1, depth=2, secret=2, promises=SAFETY),
        Counts(11_931, 53_806, 12),
        size=Size.MEDIUM,
    ),
)
