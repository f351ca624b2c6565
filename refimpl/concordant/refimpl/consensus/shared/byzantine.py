"""How many are enough, where some of them lie (Malkhi and Reiter, "Byzantine Quorum Systems", 1998), and what these may say."""

from __future__ import annotations

from attrs import frozen

from concordant.spec.vocabulary import Address, Send


@frozen
class Sizes:
    """So many participants, of whom at most so many lie. There must be more than three times as many."""

    members: int
    liars: int

    @property
    def quorum(self) -> int:
        """How many it takes that any two such sets have an honest member in common: (n + f + 1) / 2, rounded up."""
        return (self.members + self.liars) // 2 + 1

    @property
    def witnesses(self) -> int:
        """How many it takes that one of them is honest: f + 1."""
        return self.liars + 1

    @property
    def lasting(self) -> int:
        """How many it takes that enough witnesses among them are honest, whom everybody will hear: 2f + 1."""
        return self.liars + self.witnesses


def tells(to: tuple[Address, ...], *messages: object) -> tuple[Send, ...]:
    """List each of some messages to each of some processes."""
    return tuple(Send(each, message) for each in to for message in messages)
