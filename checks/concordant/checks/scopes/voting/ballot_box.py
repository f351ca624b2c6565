"""The scopes of the ballot box."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.voting.ballot_box import BORDA, CHOICES, HEAVIER, OF_RANKINGS, OF_WEIGHTS, PROMISES, Weighted, system
from concordant.spec.vocabulary import Address, Faults, Network, addresses
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import Cast
from concordant.spec.voting.weighted_vote import Elector

LIARS = (Address("elector", 2), Address("stranger"))
EVERYBODY = (Address("officer"), *addresses("elector", 2))
ALL_NEEDED = tuple(clause for clause in PROMISES if clause is not spec.is_decided_without_a_vote)
FOR_OR_AGAINST = CHOICES[:2]
STOPS = Faults(crashes=1, who=EVERYBODY, mid_step=True)
NO_VOTES = (Cast(("x", "y")),)
NONE_ALONE = Weighted(("x", "y"), (Elector("elector0", 2), Elector("elector1", 1), Elector("elector2", 1)))
NOBODY_DICTATES = tuple(clause for clause in OF_WEIGHTS if clause.name != "a_dictator_decides")
RANKED = (Cast(("x", "y", "z")), Cast(("y", "z")))

SCOPES = (
    Scope(
        "in_time",
        "two electors; nothing is lost, and the deadline passes when nothing is under way",
        system(2, faults=Faults(synchronous=True), promises=ALL_NEEDED),
        Counts(228, 453, 9),
    ),
    Scope(
        "loss",
        "three electors, any number of messages is lost",
        system(choices=FOR_OR_AGAINST, network=Network(losses=None)),
        Counts(2_681, 13_020, 11),
    ),
    Scope(
        "duplication",
        "two electors, messages are duplicated and come late",
        system(2, network=Network(duplicating=True), promises=ALL_NEEDED),
        Counts(249, 996, 8),
    ),
    Scope(
        "crashes",
        "two electors; the officer or an elector stops, also in the middle of a step",
        system(2, choices=FOR_OR_AGAINST, faults=STOPS, promises=ALL_NEEDED),
        Counts(1_189, 3_374, 10),
        size=Size.MEDIUM,
    ),
    Scope(
        "crashes_and_copies",
        "two electors; the officer or an elector stops, also in the middle of a step, and messages are duplicated",
        system(2, choices=FOR_OR_AGAINST, network=Network(duplicating=True), faults=STOPS, promises=ALL_NEEDED),
        Counts(819, 3_447, 9),
    ),
    Scope(
        "liars",
        "two honest electors; a third and a stranger say whatever they like, and messages are lost",
        system(liars=LIARS, network=Network(losses=None)),
        Counts(1_348, 6_151, 9),
    ),
    Scope(
        "one_vote_of_two_lost",
        "one elector and two officers, each of whom counts; a message is lost",
        system(1, 2, choices=FOR_OR_AGAINST, network=Network(losses=1), promises=ALL_NEEDED),
        Counts(197, 582, 10),
    ),
    Scope(
        "two_officers",
        "two electors and two officers, each of whom counts",
        system(2, 2, choices=FOR_OR_AGAINST, network=Network(losses=1), promises=ALL_NEEDED),
        Counts(7_333, 33_142, 15),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_officers_in_time",
        "two electors and two officers; nothing is lost, and the deadline passes when nothing is under way",
        system(2, 2, choices=FOR_OR_AGAINST, faults=Faults(synchronous=True), promises=ALL_NEEDED),
        Counts(1_628, 4_314, 15),
    ),
    Scope(
        "rankings",
        "two electors rank options; nothing is lost, and the deadline passes when nothing is under way",
        system(2, form=BORDA, choices=(*RANKED, Cast(("x", "x"))), faults=Faults(synchronous=True), promises=OF_RANKINGS),
        Counts(176, 372, 9),
    ),
    Scope(
        "rankings_and_faults",
        "an elector ranks options and another lies; a message is lost, others are duplicated, and somebody stops in the middle of a step",
        system(
            2,
            form=BORDA,
            choices=RANKED,
            liars=(Address("elector", 1),),
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, who=EVERYBODY[:2], mid_step=True),
            promises=OF_RANKINGS,
        ),
        Counts(724, 2_637, 9),
    ),
    Scope(
        "second_thoughts",
        "an elector, asked twice, also for what is no vote, and an officer whom two users ask to open the poll, twice each",
        system(1, attempts=2, rivals=1, choices=(*FOR_OR_AGAINST, *NO_VOTES), promises=ALL_NEEDED),
        Counts(267, 972, 10),
    ),
    Scope(
        "partition",
        "three electors and two officers, each of whom counts",
        system(3, 2, choices=FOR_OR_AGAINST),
        Counts(102_795, 485_412, 20),
        size=Size.MEDIUM,
    ),
    Scope(
        "weights_and_faults",
        "an elector of weight 2, and one of weight 1 that lies; a message is lost, others are duplicated, and somebody stops in the middle of a step",
        system(
            2,
            form=HEAVIER,
            liars=(Address("elector", 1),),
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, who=EVERYBODY[:2], mid_step=True),
            promises=OF_WEIGHTS,
        ),
        Counts(787, 2_623, 9),
    ),
    Scope(
        "weights",
        "three electors of weights 2, 1 and 1, any number of whose messages is lost",
        system(form=NONE_ALONE, choices=FOR_OR_AGAINST, network=Network(losses=None), promises=NOBODY_DICTATES),
        Counts(2_681, 13_020, 11),
        size=Size.MEDIUM,
    ),
)
