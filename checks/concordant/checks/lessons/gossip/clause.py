"""Exercise 6: say that what somebody knows all know in the end, and four that you have not seen do not keep it."""

from __future__ import annotations

from concordant.spec.messaging.gossip import History, NodeView
from concordant.spec.vocabulary import Cases, Fair, Fault, Seen, case, eventually


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.CRASH)
def all_come_to_know(seen: Seen[History]) -> Cases:
    """In the end all nodes that are up know the same, which is all that any of them knows."""
    for node, view in seen.views(NodeView).items():
        yield case(isinstance(view.known, frozenset), node=node, up=seen.up(node), knows=view.known)  # say it here
    # and what is owed, in the line above the clause?
