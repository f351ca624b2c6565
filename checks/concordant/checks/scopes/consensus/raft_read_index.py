"""The scopes of Raft's reads."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.raft_read_index import SAFETY, system
from concordant.spec.consensus.raft import clauses
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)
ANSWERING = (*SAFETY, clauses.every_request_is_answered)

SCOPES = (
    Scope(
        "alone",
        "one server, a majority by itself, a client with a command and a reader; it crashes and comes back",
        system(servers=1, candidates=(S0, S0), network=RELIABLE, faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,))),
        Counts(55, 57, 8),
    ),
    Scope(
        "pair_and_copies",
        "two servers, of which one leads, and a reader that asks twice; messages are duplicated, and come at any time",
        system(servers=2, reads=2, candidates=(S0,)),
        Counts(300, 1_779, 20),
    ),
    Scope(
        "pair_and_loss",
        "two servers, of which one leads; any message is lost any number of times, but not for ever, and the reader asks anybody",
        system(servers=2, candidates=(S0,), informed=False, network=LOSSY, faults=TIMELY, promises=ANSWERING),
        Counts(184, 489, 16),
    ),
    Scope(
        "succession",
        "two servers, which lead in turn, and a reader that asks twice",
        system(servers=2, reads=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY),
        Counts(477, 820, 23),
    ),
    Scope(
        "recovery",
        "two servers, which lead in turn; any message is lost, and the second crashes and comes back",
        system(servers=2, candidates=(S0, S1), network=LOSSY, faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,))),
        Counts(1_679, 4_389, 24),
    ),
    Scope(
        "trio",
        "three servers, of which one leads, and answers when one of the others has confirmed",
        system(candidates=(S0,), network=RELIABLE, faults=TIMELY, promises=ANSWERING),
        Counts(560, 1_172, 23),
    ),
    Scope(
        "majority",
        "the same; any message is lost any number of times, but not for ever, and one server stops for good",
        system(candidates=(S0,), network=LOSSY, faults=evolve(TIMELY, crashes=1, who=(S2,)), promises=ANSWERING),
        Counts(10_003, 50_203, 26),
        size=Size.MEDIUM,
    ),
    Scope(
        "rivals",
        "three servers, of which two lead in turn, each with a client of its own, and a reader that asks either",
        system((("x",), ("y",)), candidates=(S0, S1), asked=((S0,), (S1,)), network=RELIABLE, faults=TIMELY),
        Counts(5_544, 11_422, 37),
        size=Size.MEDIUM,
    ),
)
