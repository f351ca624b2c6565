"""Exercise 6: say what a leader has from its first moment on, and four logs that you have not seen do not keep it."""

from __future__ import annotations

from concordant.spec.consensus.raft import History, ServerView
from concordant.spec.vocabulary import Address, Cases, Fault, always_each, case


@always_each(ServerView, under=Fault.LOSS)
def a_leader_has_what_was_committed(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever leads a term has all that was committed in terms before it, each entry in its place."""
    due = tuple(each.entry for each in history.committed)  # each.term: the term in which it was committed
    if view.leads and due:
        yield case(view.term > 0, leader=server, log=view.log, due=due)  # say it here
