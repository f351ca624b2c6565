"""What the lesson's sixth exercise is graded with: the repaired ring, and four that are wrong."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.lessons.ring_election.ring import PAIR, Claim, History, Identity, Leads, Member, Standing, system
from concordant.checks.lessons.ring_election.solved.repair import MyMember
from concordant.refimpl.machine import Step, System
from concordant.spec.vocabulary import Address, Clause


class TakesWeightsForNames(MyMember):
    """Takes a claim of its own weight for its own."""

    def is_own(self, identity: Identity) -> bool:
        """Compare weights."""
        return identity.weight == self.identity.weight


class BelievesClaims(MyMember):
    """Takes for the leader whoever would be."""

    def receive(self, state: Standing, source: Address, message: Claim | Leads) -> Step[Standing]:
        """Note what is claimed."""
        after = super().receive(state, source, message)
        return after if isinstance(message, Leads) else Step(evolve(after.state, leader=message.of), after.effects)


class NotesAnotherNumber(MyMember):
    """Writes down another number than it hears."""

    def led(self, state: Standing, leader: Identity) -> Step[Standing]:
        """Note it with a number that nobody has."""
        return super().led(state, evolve(leader, number=7))


class TakesItselfForTheLeader(MyMember):
    """Takes itself for the leader once there is one."""

    def led(self, state: Standing, leader: Identity) -> Step[Standing]:
        """Note itself."""
        return super().led(state, self.identity)


WRONG: dict[str, type[Member]] = {
    "takes a claim of its own weight for its own": TakesWeightsForNames,
    "takes for the leader whoever would be": BelievesClaims,
    "writes down another number than it hears": NotesAnotherNumber,
    "takes itself for the leader once there is one": TakesItselfForTheLeader,
}


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return rings of three and of two that are repaired, which promise a clause besides."""
    return system(MyMember, clause), system(MyMember, clause, identities=PAIR)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong rings by what their members do."""
    return {what: system(member, clause) for what, member in WRONG.items()}
