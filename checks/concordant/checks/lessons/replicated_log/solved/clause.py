"""Exercise 6, done: the log of a leader begins with all that was committed before its term."""

from __future__ import annotations

from concordant.spec.consensus.raft import History, ServerView
from concordant.spec.vocabulary import Address, Cases, Fault, always_each, case


@always_each(ServerView, under=Fault.LOSS)
def a_leader_has_what_was_committed(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever leads a term has all that was committed in terms before it, each entry in its place."""
    due = tuple(each.entry for each in history.committed if each.term < view.term)
    if view.leads and due:
        yield case(view.log[: len(due)] == due, leader=server, log=view.log, due=due)
