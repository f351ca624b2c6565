"""The scopes of leases."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.synchronization.lease import ONCE, PROMISES, SERVER, STORE, system
from concordant.spec.synchronization.lease import (
    Give,
    Put,
    Take,
)
from concordant.spec.synchronization.lease.clauses import (
    a_late_write_is_fenced,
    one_holder,
    the_lease_passes_on,
    what_is_given_back_is_lent_early,
    who_was_refused_asks_again,
    who_was_too_late_asks_again,
)
from concordant.spec.vocabulary import Clocks, Faults, Network, addresses

FIRST, SECOND = addresses("agent", 2)
PASSES_ON = (*PROMISES, the_lease_passes_on)
LENT_EARLY = (*PASSES_ON, what_is_given_back_is_lent_early)
ASKS_AGAIN = (*PROMISES, who_was_refused_asks_again)
FENCES = (*PROMISES, a_late_write_is_fenced)
JUST_TAKES, TWICE = (Take(),), (*ONCE, *ONCE)

SCOPES = (
    Scope(
        "two_agents",
        "two agents take the lease",
        system(JUST_TAKES, JUST_TAKES, promises=PASSES_ON),
        Counts(708, 1_858, 13),
    ),
    Scope(
        "both_write",
        "two agents take the lease, and both write; one gives it back",
        system((*ONCE, Give()), ONCE, promises=(*PASSES_ON, a_late_write_is_fenced)),
        Counts(7_645, 25_679, 19),
        size=Size.MEDIUM,
    ),
    Scope(
        "given_back",
        "an agent gives the lease back, which another takes",
        system((Take(), Give()), JUST_TAKES, clocks=Clocks(1), promises=LENT_EARLY),
        Counts(600, 1_716, 12),
    ),
    Scope(
        "prolonged",
        "an agent prolongs its lease, or asks again when it came too late, and gives back the old one or the new one",
        system((Take(), Take(), Give()), promises=(*PROMISES, who_was_too_late_asks_again)),
        Counts(601, 1_115, 13),
    ),
    Scope(
        "refused",
        "an agent is refused, and asks again",
        system(JUST_TAKES, (Take(), Take()), clocks=Clocks(1), promises=ASKS_AGAIN),
        Counts(780, 2_200, 13),
    ),
    Scope(
        "given_back_late",
        "an agent crashes twice, asks again and gives back, and what it was granted before arrives after all",
        system(
            (*JUST_TAKES, Take(), Give(), Take()),
            JUST_TAKES,
            clocks=Clocks(1),
            faults=Faults(crashes=2, recoveries=2, who=(FIRST,)),
            promises=(one_holder, the_lease_passes_on),
        ),
        Counts(70_460, 261_638, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "older",
        "an agent crashes twice, while what it was granted before is on its way",
        system((Take(), Take(), Take()), clocks=Clocks(1), faults=Faults(crashes=2, recoveries=2, who=(FIRST,))),
        Counts(2_647, 6_356, 16),
    ),
    Scope(
        "apart",
        "clocks differ by up to two, and a lease is used for two less than it is lent",
        system(JUST_TAKES, JUST_TAKES, length=3, guard=2, clocks=Clocks(3, skew=2), promises=PASSES_ON),
        Counts(2_636, 8_192, 16),
        size=Size.MEDIUM,
    ),
    Scope(
        "apart_for_one",
        "the same, for as long as nobody else has it",
        system(JUST_TAKES, JUST_TAKES, length=3, guard=2, clocks=Clocks(2, skew=2)),
        Counts(1_164, 3_560, 13),
    ),
    Scope(
        "crashes",
        "an agent crashes, and comes up again",
        system(JUST_TAKES, JUST_TAKES, clocks=Clocks(1), faults=Faults(crashes=1, recoveries=1, who=(SECOND,))),
        Counts(1_072, 3_260, 12),
    ),
    Scope(
        "server_crashes",
        "the server crashes, and comes up again, and the lease ends",
        system(JUST_TAKES, JUST_TAKES, faults=Faults(crashes=1, recoveries=1, who=(SERVER,)), promises=PASSES_ON),
        Counts(2_574, 8_127, 15),
        size=Size.MEDIUM,
    ),
    Scope(
        "lossy",
        "a message is lost",
        system(JUST_TAKES, JUST_TAKES, clocks=Clocks(1), network=Network(losses=1)),
        Counts(496, 1_376, 10),
    ),
    Scope(
        "late",
        "an agent prolongs its lease, and what it writes under both overtakes; the server or the store crashes, and comes up again",
        system(TWICE, clocks=Clocks(1), faults=Faults(crashes=1, recoveries=1, who=(SERVER, STORE)), promises=FENCES),
        Counts(1_641, 4_848, 15),
    ),
    Scope(
        "late_and_lossy",
        "the same, where one of three writes may be lost",
        system((Take(), Put(), Put(), *ONCE), clocks=Clocks(1), network=Network(losses=1), promises=FENCES),
        Counts(1_004, 2_641, 15),
    ),
    Scope(
        "late_and_set_back",
        "the same, where a clock is set back",
        system(TWICE, clocks=Clocks(1, setbacks=1), promises=FENCES),
        Counts(911, 2_096, 14),
    ),
    Scope(
        "late_and_apart",
        "the same, where clocks differ by two",
        system(TWICE, length=3, clocks=Clocks(2, skew=2), promises=FENCES),
        Counts(1_074, 2_580, 15),
    ),
)
