"""The scopes of strongly consistent memory."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Move, Receive, cut_off
from concordant.refimpl.memory.dsm_strong import LOSSY, PROMISES, SAFETY, A, B, C, system
from concordant.spec.common.consistency.objects import Read, Write
from concordant.spec.memory import dsm_strong as spec
from concordant.spec.memory.dsm_strong import History, Known, Query, Stored, Update
from concordant.spec.vocabulary import Faults, Network, Seen, addresses

ONCE = Network()
LOST = Network(losses=None, copies=1)
IN_ROUNDS = Faults(synchronous=True)
READING = (*PROMISES, spec.a_write_is_read)
ANSWERED = (spec.every_request_is_answered, spec.no_deadline_needs_to_pass)
WRITES, READS = (Write(1),), (Read(),)
X_WRITES, Y_READS = (Write(1, "x"),), (Read("y"),)
D, E = addresses("node", 5)[3:]


def after_a_write(move: Move, seen: Seen[History]) -> bool:
    """Assume that the first node is asked for nothing before a write is done."""
    return not isinstance(move, Ask) or move.at != A or bool(seen.history.served)


SCOPES = (
    Scope(
        "two_nodes",
        "two nodes, of which one writes and the other reads; messages are duplicated",
        system(nodes=2, promises=READING),
        Counts(139, 768, 13),
    ),
    Scope(
        "two_writers",
        "two nodes, which both write, and one reads; deadlines wait until nothing is under way",
        system((A, WRITES), (B, (Write(2), Read())), nodes=2, network=ONCE, faults=IN_ROUNDS, promises=READING),
        Counts(240, 365, 16),
    ),
    Scope(
        "two_clients",
        "two nodes; at one of them a client writes, and another writes and reads; the same",
        system((A, WRITES), (A, (Write(2), Read())), nodes=2, network=ONCE, faults=IN_ROUNDS),
        Counts(342, 554, 16),
    ),
    Scope(
        "two_keys",
        "two nodes; one writes two keys and the other reads one",
        system((A, (Write(1, "x"), Write(2, "y"))), (B, (Read("y"),)), nodes=2, network=ONCE, faults=IN_ROUNDS, promises=READING),
        Counts(149, 225, 16),
    ),
    Scope(
        "three_nodes",
        "three nodes; a client writes and then reads; deadlines wait until nothing is under way",
        system((A, (Write(1), Read())), network=ONCE, faults=IN_ROUNDS),
        Counts(2_131, 7_936, 19),
    ),
    Scope("copies", "three nodes, of which one writes; messages are duplicated", system((A, WRITES)), Counts(56, 284, 10)),
    Scope(
        "losses",
        "two nodes, of which one writes; messages are duplicated, and any number is lost",
        system((A, WRITES), nodes=2, network=LOSSY),
        Counts(77, 313, 11),
    ),
    Scope(
        "one_stops",
        "three nodes, of which one writes, and one stops for good",
        system((A, WRITES), network=ONCE, faults=Faults(crashes=1, who=(A, B, C), synchronous=True)),
        Counts(324, 821, 11),
    ),
    Scope(
        "one_stops_and_losses",
        "three nodes, of which one writes, and another stops for good; any number of messages is lost",
        system((A, WRITES), network=LOST, faults=Faults(crashes=1, who=(B,), synchronous=True)),
        Counts(333, 1_303, 12),
    ),
    Scope(
        "everything",
        "two nodes, of which one writes; one crashes, also in the middle of a step, and comes up again; messages are duplicated, and any number is lost",
        system((A, WRITES), nodes=2, network=LOSSY, faults=Faults(crashes=1, recoveries=1, who=(A, B), mid_step=True)),
        Counts(448, 2_187, 13),
    ),
    Scope(
        "restart",
        "two nodes, of which one writes and the other reads; one crashes, and comes up again; messages are lost; deadlines wait until nothing is under way",
        system(nodes=2, network=LOST, faults=Faults(crashes=1, recoveries=1, who=(A, B), synchronous=True), promises=READING),
        Counts(678, 2_041, 14),
    ),
    Scope(
        "one_reads",
        "four nodes, of which one reads; messages are duplicated",
        system((B, READS), nodes=4, promises=ANSWERED),
        Counts(117, 917, 12),
    ),
    Scope(
        "one_reads_and_losses",
        "the same; any number of messages is lost, and deadlines wait until nothing is under way",
        system((B, READS), nodes=4, network=LOST, faults=IN_ROUNDS, promises=(spec.every_request_is_answered,)),
        Counts(482, 2_265, 12),
    ),
    Scope(
        "apart",
        "three nodes, of which one writes, and another writes and reads; they reach each other only through the third",
        evolve(
            system((A, WRITES), (B, (Write(2), Read())), network=ONCE, faults=IN_ROUNDS, promises=SAFETY), assume=(cut_off((A, B), (B, A)),)
        ),
        Counts(193, 283, 16),
    ),
    Scope(
        "two_at_once",
        "four nodes; two clients of one of them use a key each; the last node is out of reach",
        evolve(
            system((A, X_WRITES), (A, Y_READS), nodes=4, network=ONCE, faults=IN_ROUNDS, promises=SAFETY),
            assume=(cut_off((A, D)),),
        ),
        Counts(647, 1_764, 19),
    ),
    Scope(
        "next_to_a_majority",
        "five nodes; one writes, and another, which is not among the three that store that, writes at the same time or later",
        evolve(
            system((A, (Write(2),)), (B, WRITES), nodes=5, network=ONCE, faults=IN_ROUNDS, promises=SAFETY),
            assume=(cut_off((B, A), (A, B), (B, E), (A, D)),),
        ),
        Counts(526, 1_372, 19),
    ),
    Scope(
        "out_of_a_majority",
        "five nodes; one writes, and another, which is among the three that store that, reads thereafter, and hears from two that do not",
        evolve(
            system((A, READS), (B, WRITES), nodes=5, network=ONCE, faults=IN_ROUNDS, promises=SAFETY),
            assume=(cut_off((B, D), (B, E), (A, C)), after_a_write),
        ),
        Counts(263, 716, 23),
    ),
    Scope(
        "two_losses",
        "two nodes; two clients of one of them use a key each; any number of messages is lost; deadlines wait until nothing is under way",
        system((A, X_WRITES), (A, Y_READS), nodes=2, network=LOST, faults=IN_ROUNDS),
        Counts(154, 366, 12),
    ),
    Scope(
        "restart_and_read",
        "two nodes; one crashes, and comes up again, while its client writes and then reads; deadlines wait until nothing is under way",
        system((A, (Write(1), Read())), nodes=2, network=ONCE, faults=Faults(crashes=1, recoveries=1, who=(A,), synchronous=True)),
        Counts(85, 119, 13),
    ),
    Scope(
        "write_and_read",
        "three nodes, of which one writes and another reads",
        system(network=ONCE, faults=IN_ROUNDS, promises=READING),
        Counts(11_929, 48_887, 19),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_read",
        "three nodes, of which one writes, and both others read; the first and the last reach each other only through the second",
        evolve(
            system((A, WRITES), (B, READS), (C, READS), network=ONCE, faults=IN_ROUNDS, promises=READING),
            assume=(cut_off((A, C), (C, A)),),
        ),
        Counts(12_236, 38_705, 20),
        size=Size.MEDIUM,
    ),
    Scope(
        "both_write",
        "three nodes, of which two write",
        system((A, WRITES), (B, (Write(2),)), network=ONCE, faults=IN_ROUNDS),
        Counts(21_759, 90_388, 19),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "found_at_one_node",
        "A write is stored at its own node only. A read has found it there, and may not tell it yet: whoever asks the other two would not find it.",
        system((A, WRITES), (B, READS)),
        (
            Ask(A, ANY, ANY),
            Receive(C, A, Query(1, "")),
            Receive(A, C, Known(1, ANY)),
            Ask(B, ANY, ANY),
            Receive(A, B, Query(1, "")),
            Receive(B, A, Known(1, ANY)),
        ),
    ),
    Situation(
        "written_back",
        "The same: the read has the version stored at a third node, and tells it.",
        system((A, WRITES), (B, READS)),
        (
            Ask(A, ANY, ANY),
            Receive(C, A, Query(1, "")),
            Receive(A, C, Known(1, ANY)),
            Ask(B, ANY, ANY),
            Receive(A, B, Query(1, "")),
            Receive(B, A, Known(1, ANY)),
            Receive(C, B, Update(1, "", ANY)),
            Receive(B, C, Stored(1)),
        ),
    ),
)
