"""The scopes of gossip."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.messaging.gossip import CONVERGENCE, LINE, LOSSY, A, B, C, Exchanges, everybody, flood, system
from concordant.spec.messaging.gossip import goes_both_ways
from concordant.spec.vocabulary import Faults, Network

COPIES = Network(duplicating=True)
BAD = Network(duplicating=True, losses=None)
ROUNDS = Faults(synchronous=True)
"""A node goes on to the next exchange when nothing of the last is under way."""
PAIR, CROWD = everybody(2), everybody(4)
ONE, TWO = ((A, "a"),), ((A, "a"), (B, "b"))

SCOPES = (
    Scope(
        "pushes",
        "two nodes, a rumour at each; exchanges by push in rounds, any number of messages is lost",
        system(TWO, PAIR, exchanges=Exchanges.PUSH, faults=ROUNDS),
        Counts(45, 114, 12),
    ),
    Scope("pulls", "the same by pull", system(TWO, PAIR, exchanges=Exchanges.PULL, faults=ROUNDS), Counts(39, 100, 10)),
    Scope(
        "same_origin",
        "the same, both ways, of two rumours that begin at one node",
        system((*ONE, (A, "b")), PAIR, faults=ROUNDS),
        Counts(57, 138, 8),
    ),
    Scope(
        "rounds",
        "three nodes, a rumour; exchanges both ways in rounds, and losses",
        system(ONE, faults=ROUNDS),
        Counts(49, 125, 9),
    ),
    Scope(
        "copies",
        "two nodes, a rumour; exchanges at any moment, losses, and old messages come again",
        system(ONE, PAIR, network=BAD),
        Counts(164, 1_396, 13),
    ),
    Scope(
        "restarts",
        "two nodes, a rumour at each; in rounds, with losses; one of them crashes and comes up again",
        system(TWO, PAIR, faults=evolve(ROUNDS, crashes=1, recoveries=1, who=(A, B)), promises=(*CONVERGENCE, goes_both_ways)),
        Counts(471, 1_726, 14),
    ),
    Scope(
        "dies",
        "three nodes, a rumour; in rounds by pull, with losses; the first to know it crashes for good",
        system(ONE, exchanges=Exchanges.PULL, faults=evolve(ROUNDS, crashes=1, who=(A,))),
        Counts(151, 660, 13),
    ),
    Scope(
        "in_a_line",
        "three nodes in a line, a rumour at each end; in rounds by push, with losses",
        system(((A, "a"), (C, "b")), LINE, exchanges=Exchanges.PUSH, faults=ROUNDS),
        Counts(120, 322, 20),
    ),
    Scope(
        "mongering",
        "three nodes, a rumour; each pushes it to one other, and makes up in exchanges for what that leaves out or the network loses",
        system(ONE, fanout=1, faults=ROUNDS),
        Counts(203, 609, 10),
    ),
    Scope("flood", "three nodes, a rumour; each pushes what is new to it to all", flood(), Counts(40, 61, 10)),
    Scope(
        "flood_in_a_line",
        "three nodes in a line, a rumour at each end, and copies",
        flood(((A, "a"), (C, "b")), LINE, network=COPIES),
        Counts(36, 108, 11),
    ),
    Scope(
        "flood_with_crashes",
        "three nodes, a rumour and copies; two nodes crash",
        flood(network=COPIES, faults=Faults(crashes=2, who=(A, B, C))),
        Counts(169, 541, 10),
    ),
    Scope(
        "one_push_each",
        "three nodes, a rumour at each of two; each pushes what is new to it to one",
        flood(TWO, fanout=1),
        Counts(196, 364, 15),
    ),
    Scope(
        "flood_of_four",
        "four nodes, a rumour and copies; each pushes it to two",
        flood(peers=CROWD, fanout=2, network=COPIES),
        Counts(860, 6_511, 13),
    ),
    Scope(
        "three_and_a_crash",
        "three nodes, two rumours; exchanges both ways in rounds, losses; one of two nodes crashes for good",
        system(TWO, network=LOSSY, faults=evolve(ROUNDS, crashes=1, who=(A, B))),
        Counts(8_958, 61_202, 22),
        size=Size.MEDIUM,
    ),
    Scope(
        "four_and_a_loss",
        "four nodes, a rumour; exchanges both ways in rounds; a message is lost",
        system(ONE, CROWD, network=Network(losses=1), faults=ROUNDS),
        Counts(336, 719, 14),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_rumours_among_four",
        "four nodes, a rumour at each of two; exchanges both ways in rounds, and losses",
        system(TWO, CROWD, network=Network(losses=None), faults=ROUNDS),
        Counts(2_648, 6_852, 17),
        size=Size.MEDIUM,
    ),
    Scope(
        "five_and_two_losses",
        "five nodes, a rumour; exchanges both ways in rounds; two messages are lost",
        system(ONE, everybody(5), network=Network(losses=2), faults=ROUNDS),
        Counts(1_563, 3_603, 19),
        size=Size.MEDIUM,
    ),
)
