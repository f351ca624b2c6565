"""Three servers of Raft, of which in the end two are up: who is to lead needs the vote of the other, whose log is longer, and ends in an earlier term.

It is no machine of its own: votes are compared here by those that are given.
"""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.consensus.raft import SAFETY, Server, system
from concordant.refimpl.machine import Crash, Fire, Move, System
from concordant.spec.consensus.raft import Contact, Elect, History, ServerView
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Faults, Network, Seen, addresses

S0, S1, S2 = SERVERS = addresses("server", 3)


def in_order(move: Move, seen: Seen[History]) -> bool:
    """Assume that the first server gets two entries, which it keeps to itself; then the second leads, has the third store an entry, and stops; then the third stands."""
    logs = {server: view.log for server, view in seen.views(ServerView).items()}
    match move:
        case Fire(at, Elect()):
            return {S0: True, S1: len(logs[S0]) > 1, S2: not seen.up(S1)}[at]
        case Fire(at, Contact(to)):
            return (at, to) == (S1, S2)
        case Crash():
            return bool(logs[S2])
        case _:
            return True


def last_vote(server: type[Server] = Server) -> System[History]:
    """Return them; nothing is lost."""
    whole = system(
        (("x",), ("z",), ("y",)),
        candidates=SERVERS,
        asked=((S0,), (S0,), (S1,)),
        informed=True,
        network=Network(),
        faults=Faults(crashes=1, who=(S1,), synchronous=True),
        server=server,
        promises=(*SAFETY, spec.a_leader_is_elected),
    )
    return evolve(whole, assume=(*whole.assume, in_order))
