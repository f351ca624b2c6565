"""The scopes of Raft's change of membership."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope
from concordant.refimpl.consensus.raft_membership import SAFETY, system
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2, _ = addresses("server", 4)
ALONE, PAIR, TRIO = frozenset({S0}), frozenset({S0, S1}), frozenset({S0, S1, S2})

SCOPES = (
    Scope(
        "joins_and_copies",
        "one server, which another joins, and then a command; messages are duplicated, and come at any time",
        system((S0, (PAIR, "x")), first=1, servers=2, candidates=(S0,), promises=(*SAFETY, spec.a_server_joins)),
        Counts(92, 461, 21),
    ),
    Scope(
        "joins_in_turn",
        "two servers, which lead in turn, of which the first removes the second; messages are duplicated, and come at any time",
        system((S0, (ALONE,)), first=2, servers=2, candidates=(S0, S1)),
        Counts(684, 4_407, 23),
    ),
    Scope(
        "leaves",
        "three servers, of which one leads, and removes another; a client has a command for it",
        system(
            (S0, (PAIR,)),
            (S0, ("x",)),
            first=3,
            servers=3,
            candidates=(S0,),
            network=RELIABLE,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_server_leaves),
        ),
        Counts(981, 1_696, 29),
    ),
    Scope(
        "put_off",
        "one server, which two others are to join, one by one, or both at once, asked for before it leads, or while it does",
        system(
            (S0, (PAIR, TRIO)),
            (S0, (frozenset({S0, S2}),)),
            first=1,
            servers=3,
            candidates=(S0,),
            informed=False,
            network=RELIABLE,
            faults=TIMELY,
        ),
        Counts(490, 749, 34),
    ),
    Scope(
        "crossing",
        "two servers, which lead in turn; a third joins by the first, and the first leaves by the second",
        system(
            (S0, (TRIO,)),
            (S1, (frozenset({S1}),)),
            first=2,
            servers=3,
            candidates=(S0, S1),
            network=RELIABLE,
            faults=TIMELY,
            promises=(*SAFETY, spec.a_change_is_undone),
        ),
        Counts(916, 1_546, 43),
    ),
    Scope(
        "losses",
        "one server, which another joins, and then a command; any message is lost",
        system((S0, (PAIR, "x")), first=1, servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY),
        Counts(44, 75, 20),
    ),
    Scope(
        "recovery",
        "one server, which another joins that crashes and comes back; any message is lost",
        system(
            (S0, (PAIR, "x")),
            first=1,
            servers=2,
            candidates=(S0,),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
        ),
        Counts(156, 371, 22),
    ),
    Scope(
        "crashing_leader",
        "two servers, of which the first leads twice, and crashes and comes back in between, and removes the second; any message is lost",
        system(
            (S0, (ALONE,)),
            first=2,
            servers=2,
            candidates=(S0, S0),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        ),
        Counts(775, 1_516, 25),
    ),
)
