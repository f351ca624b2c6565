"""Replicated memory: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

That no two writes of a key have one stamp is a guard of `write`: a node has heard of all that it has written itself, and counts on.
Assumes: a node keeps what it holds through crashes.
Not covered: more than two keys in a copy or a message; that versions are heard at all; the counter.
"""

from __future__ import annotations

from attrs import frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.memory.dsm_eventual.meaning import Memories
from concordant.refimpl.machine import Step, step
from concordant.refimpl.memory.dsm_eventual import Copy, Replica
from concordant.spec.memory.dsm_eventual import Exchange, Found, Missing, Update, Version
from concordant.spec.vocabulary import Address, Map, Send

MEMORIES = Memories()


@frozen
class LastArrivalWins(Replica):
    """Holds what it has heard last."""

    def is_newer(self, known: Version | None, version: Version) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class FirstWins(Replica):
    """Keeps what it holds."""

    def is_newer(self, known: Version | None, version: Version) -> bool:  # noqa: ARG002
        return known is None


@frozen
class CountsFromOne(Replica):
    """Stamps a write by 1, whatever it has heard."""

    def written(self, state: Copy, client: Address, key: str, value: object) -> Step[Copy]:
        done = super().written(Copy(), client, key, value)
        return Step(self.put(state, key, done.state.versions[key]), done.effects)


@frozen
class StampsInAnothersName(Replica):
    """Stamps a write by the name of its first peer."""

    def written(self, state: Copy, client: Address, key: str, value: object) -> Step[Copy]:
        return Replica(self.peers[0], self.peers).written(state, client, key, value)


@frozen
class KeepsNothing(Replica):
    """Comes up again with nothing, and writes what it wrote before."""

    def survives(self, state: Copy) -> tuple[Copy, ...]:  # noqa: ARG002
        return (Copy(),)


@frozen
class HearsNothing(Replica):
    """Takes what it is sent, and does not say so."""

    def receive(self, state: Copy, source: Address, message: Update) -> Step[Copy]:
        return step(super().receive(state, source, message).state)


@frozen
class ReadsWhatIsDeleted(Replica):
    """Tells of what was deleted as of a value."""

    def held(self, state: Copy, key: str) -> Found | Missing:
        version = state.versions.get(key)
        return Missing() if version is None else Found(version)


@frozen
class MixesKeys(Replica):
    """Sends in an exchange what one key holds under all."""

    def fire(self, state: Copy, trigger: Exchange) -> Step[Copy]:
        (first, *_) = state.versions.values()
        return step(state, Send(trigger.peer, Update(Map(tuple((key, first) for key in state.versions)))))


WRONG = tuple(
    WrongHandler(MEMORIES, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (LastArrivalWins, "guard take.newer", "Update", "dsm_eventual.last_arrival_wins"),
        (FirstWins, "guard keep.older", "Update", "dsm_eventual.first_wins"),
        (CountsFromOne, "guard write.new", "Write", "dsm_eventual.counts_its_own"),
        (StampsInAnothersName, "guard write.new", "Write", None),
        (KeepsNothing, "Copy: it holds those versions, and no others", "crash and recovery", None),
        (HearsNothing, "Copy: it holds those versions, and no others", "Update", None),
        (ReadsWhatIsDeleted, "Found: it has heard of it", "Read", None),
        (MixesKeys, "Update: it was written", "Exchange", None),
    )
)
HANDLERS = tuple(theorem for role in MEMORIES.roles for theorem in role_theorems(MEMORIES, role, WRONG))
STABLE = stability_theorem(MEMORIES)
