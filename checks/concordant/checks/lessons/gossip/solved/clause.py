"""Exercise 6, done: of nodes that are up alone, and every peer must be chosen in the end."""

from __future__ import annotations

from concordant.spec.messaging.gossip import History, NodeView
from concordant.spec.vocabulary import Cases, Fair, Fault, Seen, case, eventually


@eventually(Fair.DELIVERY | Fair.CHOICES, under=Fault.LOSS | Fault.CRASH)
def all_come_to_know(seen: Seen[History]) -> Cases:
    """In the end all nodes that are up know the same, which is all that any of them knows."""
    up = {node: view.known for node, view in seen.views(NodeView).items() if seen.up(node)}
    for node, known in up.items():
        yield case(known == frozenset().union(*up.values()), node=node, knows=known)
