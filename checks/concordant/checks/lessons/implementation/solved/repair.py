"""Exercise 3, done: it says what it has voted, and who has promised asks, instead of giving up."""

from __future__ import annotations

from concordant.checks.lessons.implementation.participant import Participant


class MyParticipant(Participant):
    """What is written here is taken instead of what stands in participant.py."""

    def vote(self) -> bool:
        """Say again what it has voted."""
        return self.log != "aborted"

    def recover(self) -> None:
        """Come back: with its work lost, or with a promise to keep."""
        if self.log in ("working", "prepared"):
            self.on_timeout()
