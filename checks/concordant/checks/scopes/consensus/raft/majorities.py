"""Scopes of Raft in which one copy, or one vote, makes a majority, or does not."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.scopes.consensus.raft import RELIABLE, S0, S1, S2, TIMELY, sending
from concordant.refimpl.consensus.last_vote import last_vote
from concordant.refimpl.consensus.raft import system

SCOPES = (
    Scope(
        "four_servers_store",
        "four servers, of which one leads, and sends its entry to two others: half of them have it before a majority has",
        sending(system(servers=4, candidates=(S0,), asked=((S0,),), informed=True, network=RELIABLE, faults=TIMELY), (S0, S1), (S0, S2)),
        Counts(133, 217, 23),
    ),
    Scope(
        "last_vote",
        "three servers, which lead in turn; the first keeps two entries to itself, and the second stops for good once the third has stored another: the third needs the vote of the first",
        last_vote(),
        Counts(194, 323, 26),
    ),
)
