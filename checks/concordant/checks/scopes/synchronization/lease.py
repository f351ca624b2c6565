"""The scopes of leases."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.synchronization.lease import ONCE, PROMISES, SERVER, STORE, system
from concordant.spec.synchronization.lease import Give, Put, Take, a_late_write_is_fenced, one_holder, the_lease_passes_on
from concordant.spec.vocabulary import Clocks, Faults, Network, addresses

FIRST = addresses("agent", 1)
PASSES_ON = (*PROMISES, the_lease_passes_on)
FENCES = (*PROMISES, a_late_write_is_fenced)
JUST_TAKES, TWICE = (Take(),), (*ONCE, *ONCE)

SCOPES = (
    Scope(
        "two_agents",
        "two agents take the lease and write once",
        system(promises=(*PASSES_ON, a_late_write_is_fenced)),
        Counts(2_943, 10_020, 17),
    ),
    Scope(
        "given_back",
        "an agent gives the lease back, which another takes",
        system((Take(), Give()), JUST_TAKES, promises=PASSES_ON),
        Counts(1_416, 4_253, 15),
    ),
    Scope(
        "given_back_late",
        "the same, where the agent crashes twice, asks again, and what it was granted before arrives after all",
        system(
            (*JUST_TAKES, Take(), Give(), Take()),
            JUST_TAKES,
            clocks=Clocks(1),
            faults=Faults(crashes=2, recoveries=2, who=FIRST),
            promises=(one_holder, the_lease_passes_on),
        ),
        Counts(47_776, 186_906, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "apart",
        "clocks differ by up to two, and a lease is used for two less than it is lent",
        system(JUST_TAKES, JUST_TAKES, length=3, guard=2, clocks=Clocks(3, skew=2), promises=PASSES_ON),
        Counts(2_096, 6_804, 16),
    ),
    Scope(
        "crashes",
        "the server or an agent crashes, and comes up again",
        system(JUST_TAKES, JUST_TAKES, faults=Faults(crashes=1, recoveries=1, who=(SERVER, *FIRST)), promises=PASSES_ON),
        Counts(3_456, 11_796, 15),
    ),
    Scope(
        "lossy",
        "a message is lost",
        system(JUST_TAKES, JUST_TAKES, network=Network(losses=1), promises=PASSES_ON),
        Counts(1_024, 3_128, 13),
    ),
    Scope(
        "set_back",
        "a clock is set back: there may be two holders",
        system(JUST_TAKES, JUST_TAKES, clocks=Clocks(2, setbacks=1), promises=PASSES_ON),
        Counts(2_776, 9_086, 14),
    ),
    Scope(
        "late",
        "an agent prolongs its lease, and what it writes under both overtakes; the server or the store crashes, and comes up again",
        system(TWICE, clocks=Clocks(1), faults=Faults(crashes=1, recoveries=1, who=(SERVER, STORE)), promises=FENCES),
        Counts(1_447, 4_405, 15),
    ),
    Scope(
        "late_and_lossy",
        "the same, where one of three writes may be lost, and a clock is set back",
        system((Take(), Put(), Put(), *ONCE), clocks=Clocks(1, setbacks=1), network=Network(losses=1), promises=FENCES),
        Counts(2_454, 7_213, 16),
    ),
    Scope(
        "late_and_apart",
        "the same, where clocks differ by two",
        system(TWICE, length=3, clocks=Clocks(2, skew=2), promises=FENCES),
        Counts(1_002, 2_472, 15),
    ),
)
