"""The entry without effect with which a leader of Raft begins its term: once that is committed, all before it is."""

from __future__ import annotations

from attrs import frozen

from concordant.spec.consensus import raft
from concordant.spec.consensus.raft import Command, Entry, Term
from concordant.spec.vocabulary import Address


def beginning(term: Term, leader: Address) -> Command:
    """Return the command with which a leader begins its term. It has no effect."""
    return Command(leader, term, "")


def is_beginning(entry: Entry) -> bool:
    """Tell whether an entry is one with which a leader has begun its term."""
    return entry.command == beginning(entry.term, entry.command.client)


@frozen
class History(raft.History):
    """A history of Raft in which leaders put entries into logs for which nobody has asked."""

    def possible(self) -> frozenset[Command]:
        """Return the commands that may be in a log, also those with which leaders begin."""
        return super().possible() | {beginning(term, leader) for term, leader in self.leaders}
