"""Exercise 3, done: a vote is for a log that is as far, and an entry of an earlier term is not counted for itself."""

from __future__ import annotations

from concordant.checks.lessons.replicated_log.replica import TWO_AT_THE_FIRST, HastyServer, behind, system
from concordant.refimpl.consensus.raft import Leader, State
from concordant.spec.consensus.raft import Position
from concordant.spec.consensus.raft.clauses import commits_an_older_entry


class MyServer(HastyServer):
    """Votes for those that lack nothing, and commits what no later leader may lack."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        """Tell whether a candidate whose log ends at `last` may have the vote of a server whose log ends at `own`."""
        return last >= own

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        """Tell whether a leader may commit its log up to an index."""
        return state.log[index - 1].term == state.term and self.is_majority(self.copies(role, index))


class CountsEverything(MyServer):
    """Votes as yours do, and commits whatever a majority stores."""

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        """Count, whatever the term of the entry."""
        return HastyServer.may_commit(self, state, role, index)


SYSTEM = system(MyServer, commits_an_older_entry, asked=TWO_AT_THE_FIRST)
BEHIND = behind(MyServer)
"""The second server may lack what the first has committed."""
FIGURE_8 = system(CountsEverything)
"""For exercise 4."""
