"""The scopes of the ballot box."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.voting.ballot_box import CHOICES, PROMISES, system
from concordant.spec.vocabulary import Address, Faults, Network, addresses
from concordant.spec.voting import ballot_box as spec

LIARS = (Address("elector", 2), Address("stranger"))
EVERYBODY = (Address("officer"), *addresses("elector", 2))
ALL_NEEDED = tuple(clause for clause in PROMISES if clause is not spec.is_decided_without_a_vote)
FOR_OR_AGAINST = CHOICES[:2]

SCOPES = (
    Scope(
        "in_time",
        "three electors; nothing is lost, and the deadline passes when nothing is under way",
        system(faults=Faults(synchronous=True)),
        Counts(2_368, 6_764, 12),
    ),
    Scope(
        "loss",
        "three electors, any number of messages is lost",
        system(choices=FOR_OR_AGAINST, network=Network(losses=None)),
        Counts(2_681, 13_020, 11),
    ),
    Scope(
        "duplication",
        "three electors, messages are duplicated and come late",
        system(network=Network(duplicating=True)),
        Counts(2_699, 15_870, 11),
    ),
    Scope(
        "crashes",
        "two electors; the officer or an elector stops, also in the middle of a step",
        system(2, faults=Faults(crashes=1, who=EVERYBODY, mid_step=True), promises=ALL_NEEDED),
        Counts(1_502, 5_135, 9),
    ),
    Scope(
        "crashes_and_copies",
        "the same, and messages are duplicated",
        system(2, network=Network(duplicating=True), faults=Faults(crashes=1, who=EVERYBODY, mid_step=True), promises=ALL_NEEDED),
        Counts(1_044, 5_377, 8),
    ),
    Scope(
        "liars",
        "two honest electors; a third and a stranger say whatever they like, and messages are lost",
        system(liars=LIARS, network=Network(losses=None)),
        Counts(1_348, 6_151, 9),
    ),
    Scope(
        "two_officers",
        "two electors and two officers, each of whom counts",
        system(2, 2, choices=FOR_OR_AGAINST, network=Network(losses=1), promises=ALL_NEEDED),
        Counts(7_333, 33_142, 15),
    ),
    Scope(
        "second_thoughts",
        "two electors, each of whose users tries to vote twice",
        system(2, attempts=2, promises=ALL_NEEDED),
        Counts(1_089, 5_173, 11),
    ),
    Scope(
        "partition",
        "three electors and two officers, each of whom counts",
        system(3, 2, choices=FOR_OR_AGAINST),
        Counts(102_795, 485_412, 20),
        size=Size.MEDIUM,
    ),
)
