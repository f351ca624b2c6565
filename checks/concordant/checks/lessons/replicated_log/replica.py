"""Raft, by somebody who thinks that what most have stored is safe: two guards look at too little.

Servers keep one log of commands, which a leader orders. It is elected for a term: whom may a server vote for? And when is what a
leader has put into its log committed, so that it stays for ever? All that is not written here is that of the reference: `concordant explain raft`.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve

from concordant.refimpl.consensus import raft as reference
from concordant.refimpl.consensus.raft import Leader, Server, State
from concordant.refimpl.machine import Fire, Move, System
from concordant.spec.consensus.raft import Contact, History, Position
from concordant.spec.consensus.raft.clauses import commits, state_machine_safety, what_is_committed_stays
from concordant.spec.vocabulary import Address, Clause, Faults, Network, Seen, addresses


class HastyServer(Server):
    """Votes for whoever stands, and commits whatever a majority stores."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        """Tell whether a candidate may have this server's vote: `last` is where its log ends, `own` where this server's does.

        A position is a term and an index. They are compared by <, >= and so on: by terms, and where those are equal by indices.
        """
        return True

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        """Tell whether a leader may commit its log up to an index. That entry is state.log[index - 1], and has a term; so has the leader, state.term."""
        return self.is_majority(self.copies(role, index))

    def copies(self, role: Leader, index: int) -> int:
        """Count who stores the log up to an index, as far as the leader knows; it counts itself."""
        return sum(stored >= index for stored in role.stored.values())


# ---- what is checked

FIRST, SECOND, THIRD = addresses("server", 3)
Asked: TypeAlias = tuple[tuple[Address, tuple[str, ...]], ...]
"""By client: the server that it asks, once that leads, and the commands that it asks for, one after the other."""
ONE_EACH: Asked = ((FIRST, ("x",)), (SECOND, ("y",)))
TWO_AT_THE_FIRST: Asked = ((FIRST, ("x",)), (FIRST, ("z",)), (SECOND, ("y",)))
ONE_AFTER_THE_OTHER: Asked = ((FIRST, ("x", "y")), (SECOND, ("z",)))
FOUR_TERMS = (FIRST, SECOND, FIRST, SECOND)
TWO_TERMS, THREE_TERMS = FOUR_TERMS[:2], FOUR_TERMS[:3]
"""Who stands for election, one place per term."""
TO_THE_THIRD = ((FIRST, THIRD), (SECOND, THIRD))
TO_BOTH = (*TO_THE_THIRD, (FIRST, SECOND))
"""From whom to whom entries are sent."""


def system(
    server: type[Server] = HastyServer,
    *more: Clause,
    asked: Asked = ONE_EACH,
    stands: tuple[Address, ...] = FOUR_TERMS,
    ways: tuple[tuple[Address, Address], ...] = TO_THE_THIRD,
    network: Network = Network(),
) -> System[History]:
    """Put three servers together, and clients. To have fewer states entries go some ways alone, and no deadline passes while a message is under way."""

    def on_its_way(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Fire) and isinstance(move.trigger, Contact)) or (move.at, move.trigger.to) in ways

    whole = reference.system(
        tuple(commands for _, commands in asked),
        asked=tuple((whom,) for whom, _ in asked),
        candidates=stands,
        informed=True,
        network=network,
        faults=Faults(synchronous=True),
        server=server,
        promises=(what_is_committed_stays, state_machine_safety, commits, *more),
    )
    return evolve(whole, assume=(*whole.assume, on_its_way), symmetric=())


def behind(server: type[Server], *more: Clause) -> System[History]:
    """Let the second server hear of one command, and perhaps not of another, and then stand itself."""
    return system(server, *more, asked=ONE_AFTER_THE_OTHER, stands=TWO_TERMS, ways=TO_BOTH)


SYSTEM = system()
