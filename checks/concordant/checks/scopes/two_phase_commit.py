"""The scopes of two-phase commit."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.two_phase_commit import SAFETY, system
from concordant.spec.vocabulary import Address, Faults, Network, addresses

COORDINATOR, MEMBERS = Address("coordinator"), addresses("participant", 3)
DUPLICATING = Network(duplicating=True)
SYMMETRY = Reductions(symmetry=True)

SCOPES = (
    Scope(
        "in_time",
        "three participants; nothing is lost and a deadline passes only when nothing is under way",
        system(3, faults=Faults(synchronous=True)),
        Counts(1_149, 3_160, 14),
    ),
    Scope(
        "any_loss",
        "two participants; messages are duplicated and any number is lost",
        system(network=Network(duplicating=True, losses=None)),
        Counts(7_937, 52_161, 19),
    ),
    Scope(
        "stopped",
        "three participants; the coordinator stops for good, and those that are prepared stay so",
        system(3, network=DUPLICATING, faults=Faults(crashes=1, who=(COORDINATOR,)), promises=SAFETY),
        Counts(4_984, 29_861, 19),
    ),
    Scope(
        "recovery",
        "two participants; any two crashes, also in the middle of a step, and everybody comes back",
        system(
            network=DUPLICATING,
            faults=Faults(crashes=2, recoveries=2, who=(COORDINATOR, *MEMBERS[:2]), mid_step=True),
        ),
        Counts(5_054, 35_879, 14),
    ),
    Scope(
        "recovery_of_three",
        "three participants; one crash, also in the middle of a step, and a recovery",
        system(3, network=DUPLICATING, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR, *MEMBERS), mid_step=True)),
        Counts(22_737, 169_960, 18),
        size=Size.MEDIUM,
    ),
    Scope(
        "everything",
        "two participants; any loss, duplication, two crashes in the middle of steps and two recoveries",
        system(
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=2, recoveries=2, who=(COORDINATOR, *MEMBERS[:2]), mid_step=True),
        ),
        Counts(136_400, 1_322_729, 20),
        size=Size.MEDIUM,
    ),
)
