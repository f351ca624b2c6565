"""The scopes of Raft's log compaction."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.raft_snapshot import SAFETY, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE, LOSSY = Network(), Network(losses=None, copies=1)
TIMELY = Faults(synchronous=True)
S0, S1, S2 = addresses("server", 3)
RIVALS, AT_BOTH = (("x",), ("y",)), ((S0,), (S1,))
ANSWERED = (*SAFETY, core.every_request_is_answered)
STEADY = (*ANSWERED, core.every_server_learns_what_is_committed)

SCOPES = (
    Scope(
        "alone",
        "one server, which leads, crashes, comes back and leads again, and a client that asks twice for each of two commands",
        system(
            (("x", "y"),),
            servers=1,
            candidates=(S0, S0),
            retries=1,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=(S0,)),
            promises=(*SAFETY, spec.entries_follow_a_snapshot),
        ),
        Counts(115, 136, 12),
    ),
    Scope(
        "stable",
        "three servers, of which one leads, and may have forgotten what another lacks",
        system(
            servers=3,
            candidates=(S0,),
            compacting=(S0,),
            network=RELIABLE,
            faults=TIMELY,
            promises=(*STEADY, spec.catches_up_by_a_snapshot),
        ),
        Counts(185, 270, 20),
    ),
    Scope(
        "leader_behind",
        "three servers, of which one leads, compacts what its own disk may not have yet, crashes and comes back",
        system(
            servers=3,
            candidates=(S0,),
            compacting=(S0,),
            network=RELIABLE,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        ),
        Counts(741, 1_223, 22),
    ),
    Scope(
        "losses",
        "two servers, of which one leads, and a client that asks for two commands; any message is lost any number of times, but not for ever",
        system((("x", "y"),), candidates=(S0,), network=LOSSY, faults=TIMELY, promises=STEADY),
        Counts(131, 282, 21),
    ),
    Scope(
        "copies",
        "two servers, of which one leads, and a client that asks for two commands; messages are duplicated, and come when what they are about is forgotten",
        system((("x", "y"),), candidates=(S0,), promises=STEADY),
        Counts(966, 7_383, 23),
    ),
    Scope(
        "in_turn_and_copies",
        "two servers, which lead in turn, and send all of their logs or what these come to; messages are duplicated, and come at any time",
        system(candidates=(S0, S1), asked=((S0,),), inner=SendsAll),
        Counts(1_136, 8_488, 24),
    ),
    Scope(
        "in_turn",
        "two servers, which lead in turn, each with a client of its own, and send all of their logs or what these come to",
        system(RIVALS, candidates=(S0, S1), asked=AT_BOTH, network=RELIABLE, faults=TIMELY, inner=SendsAll, promises=ANSWERED),
        Counts(272, 417, 31),
    ),
    Scope(
        "falls_behind",
        "three servers, of which two lead in turn; the second has forgotten what it is told that the third lacks",
        system(servers=3, candidates=(S0, S1), asked=((S0,),), compacting=(S1,), network=RELIABLE, faults=TIMELY),
        Counts(435, 637, 31),
    ),
    Scope(
        "recovery",
        "two servers, of which one leads, and the other crashes and comes back, with a snapshot or without; any message is lost any number of times, but not for ever",
        system(
            candidates=(S0,),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            promises=ANSWERED,
        ),
        Counts(142, 370, 18),
    ),
    Scope(
        "comes_back_late",
        "two servers, of which the second crashes, and comes back with more than it is sent a snapshot of, and has acknowledged it",
        system(
            (("x", "y"),),
            candidates=(S0, S1, S0),
            asked=((S0,),),
            compacting=(S0,),
            late=S0,
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            inner=SendsAll,
        ),
        Counts(98, 144, 31),
    ),
    Scope(
        "stale_tail",
        "three servers, of which the first has entries that nobody else has, and is sent a snapshot of what the second has put in their place",
        system(
            (("x",), ("z",), ("y",)),
            servers=3,
            candidates=(S0, S1),
            asked=((S0,), (S0,), (S1,)),
            compacting=(S1,),
            sending=(S1,),
            network=RELIABLE,
            faults=TIMELY,
        ),
        Counts(892, 1_402, 26),
    ),
    Scope(
        "third_term",
        "three servers, of which two lead in turn, and the first stands again, before a third that has nothing left but a snapshot",
        system(RIVALS, servers=3, candidates=(S0, S1, S0), asked=AT_BOTH, compacting=(S2,), sending=(S1,), network=RELIABLE, faults=TIMELY),
        Counts(596, 967, 30),
        size=Size.MEDIUM,
    ),
    Scope(
        "stable_and_losses",
        "three servers, of which one leads, and may have forgotten what another lacks; any message is lost any number of times, but not for ever",
        system(
            servers=3,
            candidates=(S0,),
            compacting=(S0,),
            network=LOSSY,
            faults=TIMELY,
            promises=STEADY,
        ),
        Counts(918, 1_980, 21),
        size=Size.MEDIUM,
    ),
    Scope(
        "stable_and_all",
        "three servers, of which one leads, and all compact their logs; any message is lost, and the client asks for two commands",
        system((("x", "y"),), servers=3, candidates=(S0,), network=LOSSY, faults=TIMELY, promises=STEADY),
        Counts(17_505, 42_297, 36),
        size=Size.MEDIUM,
    ),
    Scope(
        "comes_back",
        "two servers, which lead in turn, in three terms; the second of them crashes and comes back, and any message is lost",
        system(
            (("x", "y"),),
            candidates=(S0, S1, S0),
            asked=((S0,),),
            compacting=(S0,),
            network=LOSSY,
            faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S1,)),
            inner=SendsAll,
        ),
        Counts(8_940, 23_834, 36),
        size=Size.MEDIUM,
    ),
)
