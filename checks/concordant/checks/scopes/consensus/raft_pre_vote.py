"""The scopes of Raft's pre-vote."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.raft_pre_vote import ELECTIONS, LOGS, SAFETY, system
from concordant.spec.consensus import raft_pre_vote as spec
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)

SCOPES = (
    Scope(
        "deposed",
        "three servers, of which two ask in turn, the second in vain, or not, after the first leads; a client asks the first before that leads, or while it does, and may wait when the second is elected",
        system(
            (("x",),),
            candidates=(S0, S1),
            asked=((S0,),),
            informed=False,
            network=RELIABLE,
            faults=TIMELY,
            promises=(*LOGS, spec.a_server_asks_in_vain),
        ),
        Counts(2_086, 3_775, 37),
    ),
    Scope(
        "copies",
        "three servers, of which one asks; messages are duplicated, and come at any time",
        system(candidates=(S0,), promises=(*ELECTIONS, core.a_leader_is_elected)),
        Counts(284, 2_079, 14),
    ),
    Scope(
        "once_more",
        "two servers, of which one asks, and may ask again in the next term; messages are duplicated, and come at any time",
        system(servers=2, candidates=(S0, S0), promises=(*ELECTIONS, spec.a_voter_is_willing_again)),
        Counts(45, 222, 14),
    ),
    Scope(
        "pair_and_copies",
        "two servers, which ask in turn, and a client of the first; messages are duplicated, and come at any time",
        system((("x",),), servers=2, candidates=(S0, S1), asked=((S0,),), promises=SAFETY),
        Counts(2_092, 17_251, 28),
    ),
    Scope(
        "losses",
        "two servers, of which one asks, and a client; any message is lost any number of times, but not for ever",
        system((("x",),), servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=(*SAFETY, core.a_leader_is_elected)),
        Counts(68, 143, 15),
    ),
    Scope(
        "four_servers",
        "four servers, of which one asks; any message is lost any number of times, but not for ever",
        system(servers=4, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=(*ELECTIONS, core.a_leader_is_elected)),
        Counts(2_357, 7_711, 24),
    ),
    Scope(
        "recovery",
        "two servers, which ask in turn; any message is lost, and the first of them crashes and comes back; a client has a command for it while it leads",
        system(
            (("x",),),
            servers=2,
            candidates=(S0, S1),
            asked=((S0,),),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
            promises=SAFETY,
        ),
        Counts(988, 2_441, 28),
    ),
    Scope(
        "majority",
        "three servers, of which one asks and one stops for good; any message is lost any number of times, but not for ever",
        system(
            candidates=(S0,), network=LOSSY, faults=evolve(TIMELY, crashes=1, who=(S1,)), promises=(*ELECTIONS, core.a_leader_is_elected)
        ),
        Counts(861, 3_249, 19),
    ),
    Scope(
        "replication",
        "two servers, of which one asks, and a client with two commands; messages are duplicated, and come at any time",
        system((("x", "y"),), servers=2, candidates=(S0,), promises=(*LOGS, core.every_request_is_answered)),
        Counts(744, 4_894, 24),
    ),
    Scope(
        "answers",
        "two servers, of which one asks, and the other crashes and comes back; any message is lost any number of times, but not for ever",
        system(
            (("x",),),
            servers=2,
            candidates=(S0,),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            promises=(*LOGS, core.every_request_is_answered),
        ),
        Counts(273, 705, 17),
    ),
    Scope(
        "anybody",
        "three servers, two terms; anybody asks, and nobody is impatient while a message is under way",
        system(terms=2, network=RELIABLE, faults=TIMELY),
        Counts(6_346, 10_203, 40),
        size=Size.MEDIUM,
    ),
    Scope(
        "succession",
        "three servers, of which two ask in turn, and a client",
        system((("x",),), candidates=(S0, S1), network=RELIABLE, faults=TIMELY, promises=SAFETY),
        Counts(3_083, 6_080, 37),
        size=Size.MEDIUM,
    ),
)
