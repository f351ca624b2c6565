"""Bully election: of the members that are up the highest leads, and each leader has an epoch that no other has had.

Source: Garcia-Molina, "Elections in a Distributed Computing System" (IEEE Transactions on Computers 1982); Stoller, "Leader Election in
Asynchronous Distributed Systems" (2000), with a failure detector in place of deadlines; Chandra and Toueg, "Unreliable failure
detectors" (1996). Who is higher is decided by priority, and by name where priorities are equal. An epoch is a round and its leader.
Assumes: the members and their priorities are fixed; the latest epoch that a member knows is on its disk. Either a failure detector
tells who is down, or members probe each other on a network on which silence is proof: messages arrive before a deadline passes.
Does not promise: one leader at a time where the detector errs, or who leads comes back. Then two may lead, in two epochs, and whoever
obeys the later epoch only is never led by both; see `leader_decision`. Nor an end without messages that arrive.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Address, Crashed, Deadline, Recovered, Send, Suspected, Trusted


@frozen(order=True)
class Epoch:
    """A reign. Of two the later has the higher round, or, where both rounds are equal, the leader whose name comes later."""

    round: int
    leader: Address


# ---- messages


@frozen
class Election:
    """A member stands, and asks one that is higher to stand, too."""


@frozen
class Coordinator:
    """This epoch has begun, and its leader leads. Also the answer to who tells of an earlier one."""

    epoch: Epoch


@frozen
class AreYouThere:
    """Are you up? Answered by `Here`."""


@frozen
class Here:
    """The sender is up."""


Message: TypeAlias = Election | Coordinator | AreYouThere | Here

# ---- triggers


@frozen
class Probe(Deadline):
    """It is time to ask those on whom a member waits, or whom it follows, whether they are there."""


@frozen
class Silence(Deadline):
    """Who has not answered by now is down."""


# ---- events


@frozen
class Elected:
    """A member begins a reign of its own."""

    epoch: Epoch


@frozen
class Missed:
    """A member has heard nothing from these in time, which it has asked whether they are there."""

    peers: frozenset[Address]


# ---- views


@frozen
class MemberView:
    """What a member knows. `epoch`: the latest; `leader`: whom it follows, perhaps itself, None while it stands; `suspects`: who seems to be down."""

    epoch: Epoch
    leader: Address | None
    suspects: frozenset[Address]


# ---- history


Pair: TypeAlias = tuple[Address, Address]
"""A member, and one of the others."""


@frozen
class History:
    """Which epochs have begun, the first among them, and what was said, and on what grounds. `order`: the members, the lowest first.

    `owed`: what has still to be sent in this step. `proclaimed`: who was said to lead; `probed`: who has asked whom whether it is there;
    `awaited`: who has heard nothing from whom since; `reported`: to whom the detector, or silence, says of whom that it is down.
    `caused`: who has had a cause to stand. Since it was down: `stood`: who has asked others to stand, and was not elected; `reigned`: who
    was elected.
    """

    order: tuple[Address, ...]
    epochs: frozenset[Epoch]
    owed: frozenset[Send] = frozenset()
    proclaimed: frozenset[Address] = frozenset()
    probed: frozenset[Pair] = frozenset()
    awaited: frozenset[Pair] = frozenset()
    reported: frozenset[Pair] = frozenset()
    caused: frozenset[Address] = frozenset()
    stood: frozenset[Address] = frozenset()
    reigned: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # the signature of the kind
        """Fold one happening."""
        match happening:
            case Elected(epoch):
                owed = frozenset(Send(other, Coordinator(epoch)) for other in self.order if other != at)
                return evolve(self, epochs=self.epochs | {epoch}, owed=owed, stood=self.stood - {at}, reigned=self.reigned | {at})
            case Send():
                return self._sent(at, happening)
            case Suspected(peer):
                caused = self.caused | {at} if peer in self.above(at) else self.caused
                return evolve(self, reported=self.reported | {(at, peer)}, caused=caused)
            case Missed(peers):
                return evolve(self, reported=self.reported | {(at, peer) for peer in peers})
            case Trusted(peer):
                return evolve(self, reported=self.reported - {(at, peer)})
            case Crashed():
                awaited, reported = (frozenset(pair for pair in pairs if pair[0] != at) for pairs in (self.awaited, self.reported))
                stood, reigned = self.stood - {at}, self.reigned - {at}
                return evolve(self, owed=frozenset(), awaited=awaited, reported=reported, stood=stood, reigned=reigned)
            case Recovered():
                return evolve(self, caused=self.caused | {at})
            case _:
                return self

    def _sent(self, at: Address, send: Send) -> History:
        to, owed, awaited = send.to, self.owed - {send}, self.awaited - {(send.to, at)}
        match send.message:
            case Election():
                # The first that it asks in a step: it owes the same to all others that are higher.
                if send not in self.owed:
                    owed = frozenset(Send(other, send.message) for other in self.above(at) if other != to)
                return evolve(self, owed=owed, awaited=awaited, caused=self.caused | {to}, stood=self.stood | {at})
            case Coordinator(epoch):
                caused = self.caused | {to} if to in self.above(epoch.leader) else self.caused
                return evolve(self, owed=owed, awaited=awaited, proclaimed=self.proclaimed | {epoch.leader}, caused=caused)
            case AreYouThere():
                probed, awaited = self.probed | {(at, to)}, awaited | {(at, to)}
                return evolve(self, owed=owed, probed=probed, awaited=awaited, caused=self.caused | {at})
            case _:
                return evolve(self, owed=owed, awaited=awaited)

    def above(self, member: Address) -> tuple[Address, ...]:
        """Return who is higher than a member."""
        return self.order[self.order.index(member) + 1 :]

    def doubted(self, member: Address) -> frozenset[Address]:
        """Return of whom a member may think that it is down."""
        return frozenset(peer for to, peer in self.reported if to == member)
