"""The scopes of two-phase commit."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.two_phase_commit import SAFETY, system
from concordant.refimpl.machine import ANY, Ask, Crash, Fire, Receive
from concordant.spec.consensus.two_phase_commit import Commit, Finish, Inquire, Prepare, Vote
from concordant.spec.vocabulary import Address, Faults, Network, addresses

COORDINATOR, MEMBERS = Address("coordinator"), addresses("participant", 3)
DUPLICATING = Network(duplicating=True)

SCOPES = (
    Scope(
        "two_users",
        "one participant; two users ask, the later one while votes come in or afterwards; messages are duplicated",
        system(1, users=2, network=DUPLICATING),
        Counts(67, 216, 9),
    ),
    Scope(
        "two_users_and_faults",
        "the same; any number of messages is lost, and one of the two crashes, also in the middle of a step, and comes back",
        system(
            1,
            users=2,
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR, *MEMBERS[:1]), mid_step=True),
        ),
        Counts(1_979, 10_236, 12),
    ),
    Scope(
        "in_time",
        "two participants; nothing is lost and a deadline passes only when nothing is under way",
        system(faults=Faults(synchronous=True)),
        Counts(231, 534, 10),
    ),
    Scope(
        "one_loss",
        "two participants; messages are duplicated, and one is lost in all its copies",
        system(network=Network(duplicating=True, losses=1)),
        Counts(1_250, 6_348, 15),
    ),
    Scope(
        "stopped",
        "two participants; the coordinator stops for good, and those that are prepared stay so",
        system(network=DUPLICATING, faults=Faults(crashes=1, who=(COORDINATOR,)), promises=SAFETY),
        Counts(352, 1_675, 14),
    ),
    Scope(
        "stopped_in_a_step",
        "two participants; two of the three processes stop for good, also in the middle of a step",
        system(network=DUPLICATING, faults=Faults(crashes=2, who=(COORDINATOR, *MEMBERS[:2]), mid_step=True), promises=SAFETY),
        Counts(1_716, 11_926, 13),
    ),
    Scope(
        "recovery",
        "two participants; anybody crashes, also in the middle of a step, and comes back",
        system(
            network=DUPLICATING,
            faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR, *MEMBERS[:2]), mid_step=True),
        ),
        Counts(1_375, 7_960, 13),
    ),
    Scope(
        "any_loss",
        "two participants; messages are duplicated and any number is lost",
        system(network=Network(duplicating=True, losses=None)),
        Counts(6_729, 46_453, 19),
        size=Size.MEDIUM,
    ),
    Scope(
        "recovery_of_three",
        "three participants; one crash, also in the middle of a step, and a recovery",
        system(3, network=DUPLICATING, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR, *MEMBERS), mid_step=True)),
        Counts(16_111, 129_308, 18),
        size=Size.MEDIUM,
    ),
    Scope(
        "everything",
        "two participants; any loss, duplication, two crashes in the middle of steps and two recoveries",
        system(
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=2, recoveries=2, who=(COORDINATOR, *MEMBERS[:2]), mid_step=True),
        ),
        Counts(106_795, 1_054_742, 19),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = MEMBERS[:2]
ONE_IS_PREPARED = (
    Ask(COORDINATOR, Address("user"), Commit()),
    Receive(FIRST, COORDINATOR, Prepare()),
    Fire(FIRST, Finish(commit=True)),
)

SITUATIONS = (
    Situation(
        "one_vote_is_missing",
        "One participant is prepared and has said so; the coordinator may not commit before it has heard from the other.",
        system(),
        (*ONE_IS_PREPARED, Receive(COORDINATOR, FIRST, Vote(commit=True))),
    ),
    Situation(
        "prepared_and_alone",
        "The coordinator has stopped. The participant that is prepared can neither commit nor abort: it can only ask.",
        system(faults=Faults(crashes=1, who=(COORDINATOR,)), promises=SAFETY),
        (*ONE_IS_PREPARED, Crash(COORDINATOR, ANY), Fire(FIRST, Inquire())),
    ),
)
