"""Exercise 3, done: both guards compare weights and numbers."""

from __future__ import annotations

from concordant.checks import Reductions, Scope
from concordant.checks.lessons.ring_election.ring import FOUR, PAIR, TWINS, Identity, Member, system


class MyMember(Member):
    """Compares all of an identity."""

    def comes_before(self, other: Identity) -> bool:
        """Tell whether somebody else may rather be the leader, so that its claim is passed on."""
        return other > self.identity

    def is_own(self, identity: Identity) -> bool:
        """Tell whether a claim is this member's, which has come round."""
        return identity == self.identity


SYSTEM = system(MyMember, identities=FOUR)
ANONYMOUS = system(MyMember, identities=TWINS)
"""Two members without identities, for exercises 4 and 5."""

UP_TO_EXCHANGE = Reductions(symmetry=True)
ALIKE = Scope(
    "alike", "two without identities, up to their exchange", system(MyMember, identities=TWINS, alike=True), reductions=UP_TO_EXCHANGE
)
NUMBERED = Scope("numbered", "the same with numbers", system(MyMember, identities=PAIR, alike=True), reductions=UP_TO_EXCHANGE)
