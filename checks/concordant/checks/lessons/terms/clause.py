"""Exercise 6: say what a leader owes to others, and four that you have not seen lead without it."""

from __future__ import annotations

from concordant.spec.consensus.raft import History, ServerView
from concordant.spec.vocabulary import Address, Cases, Fault, always_each, case


@always_each(ServerView, under=Fault.LOSS | Fault.DUPLICATION)
def a_leader_has_votes(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever leads a term has the votes of a majority, cast for it in that term."""
    votes = tuple(whom for _, _, whom in history.votes)  # of each vote: the term, who has cast it, and for whom
    if view.leads:
        yield case(server in votes, term=view.term, votes=votes, majority=history.majority)  # say it here
