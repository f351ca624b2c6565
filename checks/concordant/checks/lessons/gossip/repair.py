"""Exercise 4: repair the two guards, and nothing else. `concordant check repair.py` says what is still wrong."""

from __future__ import annotations

from concordant.checks.lessons.gossip.rumour import HastyNode, system
from concordant.refimpl.messaging.gossip import Exchanges
from concordant.spec.messaging.gossip import Name
from concordant.spec.vocabulary import Address


class MyNode(HastyNode):
    """Leaves nobody out."""

    def partners(self) -> tuple[Address, ...]:
        """Return the peers with which it has exchanges, one after the other."""
        return self.peers[:1]

    def differ(self, mine: frozenset[Name], theirs: frozenset[Name]) -> bool:
        """Tell whether there is anything to give or to want, by what is known here and there."""
        return len(mine) != len(theirs)


PUSH = system(MyNode)
PULL = system(MyNode, exchanges=Exchanges.PULL)
BOTH = system(MyNode, exchanges=Exchanges.BOTH)
