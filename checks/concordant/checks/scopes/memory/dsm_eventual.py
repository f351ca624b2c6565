"""The scopes of eventually consistent memory: the store, and the counter."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Fire, Receive
from concordant.refimpl.memory.dsm_eventual import COUNTING, PROMISES, READING, A, B, Counting, system
from concordant.spec.memory import dsm_eventual as spec
from concordant.spec.memory.dsm_eventual import Add, Count, Delete, Exchange, Read, Write
from concordant.spec.vocabulary import Faults, Network, addresses

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
ROUNDS = Faults(synchronous=True)
ANY_TIME = Faults()
DIFFERING = (*PROMISES, spec.copies_differ)
ONE, OTHER, THIRD = (A, Write("x", 1)), (B, Write("x", 2)), (addresses("node", 3)[2], Write("x", 3))
READ = ((A, Read("x")), (B, Read("x")))

SCOPES = (
    Scope(
        "two_writes",
        "two nodes write one key; exchanges in rounds, any number of messages is lost",
        system(promises=DIFFERING),
        Counts(47, 112, 6),
    ),
    Scope(
        "reads",
        "each of two nodes writes a key and reads it; the same",
        system((ONE, OTHER, *READ), promises=READING),
        Counts(199, 625, 8),
    ),
    Scope(
        "deletes",
        "a node writes a key, deletes it and reads it, and the other reads it; the same",
        system((ONE, (A, Delete("x")), *READ), promises=READING),
        Counts(131, 401, 8),
    ),
    Scope(
        "two_keys",
        "a node writes two keys; the other deletes one; the same",
        system((ONE, (A, Write("y", 1)), (B, Delete("x")))),
        Counts(214, 611, 8),
    ),
    Scope(
        "copies",
        "two nodes write one key, which one of them reads; exchanges at any moment, losses, and old messages come again",
        system((ONE, (A, Read("x")), OTHER), network=LOST_COPIES, faults=ANY_TIME, promises=(*READING, spec.copies_differ)),
        Counts(195, 1_102, 10),
    ),
    Scope(
        "restarts",
        "two nodes write one key and read it; one of them crashes, also in the middle of a step, and comes up again",
        system((ONE, OTHER, (A, Read("x"))), faults=evolve(ROUNDS, crashes=1, recoveries=1, who=(A,), mid_step=True), promises=READING),
        Counts(490, 1_715, 10),
    ),
    Scope(
        "no_exchanges",
        "three nodes, of which two write one key; no exchanges, and nothing is lost; copies",
        system(nodes=3, exchanges=False, network=COPIES, faults=ANY_TIME),
        Counts(41, 154, 7),
    ),
    Scope(
        "three_nodes",
        "three nodes, of which one writes; exchanges in rounds, any number of messages is lost",
        system((ONE,), 3),
        Counts(22, 53, 5),
    ),
    Scope(
        "counter",
        "a node adds to the counter twice, the other writes what is no number, and counts; exchanges in rounds, losses",
        system(((A, Add(1)), (A, Add(2)), (B, Write("x", "text")), (B, Count())), replica=Counting, promises=COUNTING),
        Counts(275, 946, 9),
    ),
    Scope(
        "counter_with_copies",
        "two nodes add to the counter; exchanges at any moment, losses, and old messages come again",
        system(((A, Add(1)), (B, Add(1)), (A, Count())), replica=Counting, network=LOST_COPIES, faults=ANY_TIME, promises=COUNTING),
        Counts(187, 1_290, 11),
    ),
    Scope(
        "two_write_to_three",
        "three nodes, of which two write one key; exchanges in rounds, any number of messages is lost",
        system((ONE, OTHER), 3),
        Counts(488, 1_556, 8),
        size=Size.MEDIUM,
    ),
    Scope(
        "all_three_write",
        "three nodes, all of which write one key; no exchanges, and nothing is lost; copies",
        system((ONE, OTHER, THIRD), 3, exchanges=False, network=COPIES, faults=ANY_TIME),
        Counts(461, 2_643, 10),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "two_writes_cross",
        "Two nodes write one key, and each is sent the other's version. Both keep the one with the greater stamp, and an exchange changes nothing.",
        system(),
        (
            Ask(A, ANY, ONE[1]),
            Ask(B, ANY, OTHER[1]),
            Receive(B, A, ANY),
            Receive(A, B, ANY),
            Fire(A, Exchange(B)),
            Receive(B, A, ANY),
        ),
    ),
)
