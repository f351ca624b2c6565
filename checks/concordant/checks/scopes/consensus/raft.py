"""The scopes of Raft."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.raft import SAFETY, STABLE, system
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE, ONE_LOST, LOSSY, DUPLICATING = Network(), Network(losses=1), Network(losses=None, copies=1), Network(duplicating=True)
TIMELY = Faults(synchronous=True)
SERVERS = addresses("server", 3)

SCOPES = (
    Scope(
        "alone",
        "one server, a majority by itself, and a client that asks twice for each of two commands; it crashes before or after its disk has them, and comes back",
        system((("x", "y"),), servers=1, terms=2, retries=1, network=RELIABLE, faults=Faults(crashes=1, recoveries=1, who=SERVERS[:1])),
        Counts(197, 226, 11),
    ),
    Scope(
        "pair_and_loss",
        "two servers, one term; any message is lost any number of times, and comes at any time",
        system(servers=2, network=LOSSY),
        Counts(2_859, 12_292, 21),
    ),
    Scope(
        "pair_and_copies",
        "two servers, two terms; messages are duplicated, and come at any time",
        system(servers=2, terms=2, network=DUPLICATING),
        Counts(5_604, 19_038, 22),
    ),
    Scope(
        "pair_and_recovery",
        "two servers, two terms; any message is lost, and one of the servers crashes and comes back",
        system(servers=2, terms=2, network=LOSSY, faults=evolve(TIMELY, crashes=1, recoveries=1, who=SERVERS[:1])),
        Counts(5_035, 11_623, 22),
    ),
    Scope(
        "retries",
        "two servers, two terms; one message is lost, and the client asks for its command twice",
        system(servers=2, terms=2, retries=1, network=ONE_LOST, faults=TIMELY, promises=(*SAFETY, spec.a_retry_finds_its_command)),
        Counts(2_590, 4_666, 21),
    ),
    Scope(
        "two_commands",
        "two servers, two terms; one message is lost, and the client asks for two commands",
        system((("x", "y"),), servers=2, terms=2, network=ONE_LOST, faults=TIMELY, promises=(*SAFETY, spec.commits_an_older_entry)),
        Counts(3_806, 6_232, 25),
    ),
    Scope(
        "trio",
        "three servers, two terms; nobody is impatient while a message is under way",
        system(terms=2, network=RELIABLE, faults=TIMELY),
        Counts(3_451, 5_511, 27),
    ),
    Scope(
        "trio_and_retries",
        "the same, and the client asks for its command twice",
        system(terms=2, retries=1, network=RELIABLE, faults=TIMELY, promises=(*SAFETY, spec.logs_differ, spec.a_retry_finds_its_command)),
        Counts(13_390, 25_461, 28),
        size=Size.MEDIUM,
    ),
    Scope(
        "trio_and_copies",
        "three servers, one term; messages are duplicated, and come at any time",
        system(network=DUPLICATING),
        Counts(102_392, 369_996, 23),
        size=Size.MEDIUM,
    ),
    Scope(
        "pair_and_two_clients",
        "two servers, one term, and two clients, each with a command; messages are lost, and come at any time",
        system((("x",), ("y",)), servers=2, network=LOSSY),
        Counts(188_001, 1_128_930, 31),
        size=Size.MEDIUM,
    ),
    Scope(
        "stable",
        "three servers, of which the first stands for election, once; any message is lost any number of times, but not for ever",
        system(terms=0, network=LOSSY, faults=TIMELY, promises=(*SAFETY, *STABLE)),
        Counts(702, 1_679, 18),
    ),
    Scope(
        "stable_and_copies",
        "the same with two servers and without loss; messages are duplicated",
        system(servers=2, terms=0, network=DUPLICATING, promises=(*SAFETY, *STABLE)),
        Counts(60, 247, 14),
    ),
    Scope(
        "stable_majority",
        "three servers, of which the first stands for election, once, and the last stops for good",
        system(terms=0, network=LOSSY, faults=evolve(TIMELY, crashes=1, who=SERVERS[2:]), promises=(*SAFETY, *STABLE)),
        Counts(1_819, 7_050, 22),
    ),
)
