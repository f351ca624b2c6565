"""Exercise 6, done: as many voters as a majority has, in the leader's own term."""

from __future__ import annotations

from concordant.spec.consensus.raft import History, ServerView
from concordant.spec.vocabulary import Address, Cases, Fault, always_each, case


@always_each(ServerView, under=Fault.LOSS | Fault.DUPLICATION)
def a_leader_has_votes(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever leads a term has the votes of a majority, cast for it in that term."""
    voters = {voter for term, voter, whom in history.votes if (term, whom) == (view.term, server)}
    if view.leads:
        yield case(len(voters) >= history.majority, term=view.term, voters=frozenset(voters), majority=history.majority)
