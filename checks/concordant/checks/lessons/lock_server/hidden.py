"""What the lesson's fourth exercise is graded with: the repaired lock, and four that are wrong."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.checks.lessons.lock_server.lock import SERVER, Lending, Release, Server, system
from concordant.checks.lessons.lock_server.solved.repair import MyClient, MyServer
from concordant.refimpl.machine import Step, System
from concordant.spec.vocabulary import Address, Clause, NoHistory


@frozen
class BelievesAnyRelease(MyServer):
    """Takes back whatever release it hears of."""

    def may_release(self, state: Lending, source: Address, release: Release) -> bool:
        """Say yes."""
        return True


@frozen
class CountsOnInSecret(MyServer):
    """Lends under another number than it says."""

    def lend(self, state: Lending) -> Step[Lending]:
        """Lend, and count once more."""
        lent = super().lend(state)
        return Step(evolve(lent.state, number=lent.state.number + len(lent.effects)), lent.effects)


@frozen
class LendsToAll(MyServer):
    """Lends the lock to all who ask."""

    def lend(self, state: Lending) -> Step[Lending]:
        """Lend, whoever has the lock."""
        return super().lend(evolve(state, to=None))


@frozen
class TakesItselfForTheHolder(MyServer):
    """Does not know who has the lock."""

    def lend(self, state: Lending) -> Step[Lending]:
        """Lend, and note itself."""
        lent = super().lend(state)
        return Step(evolve(lent.state, to=SERVER), lent.effects) if lent.effects else lent


WRONG: dict[str, type[Server]] = {
    "takes back whatever release it hears of": BelievesAnyRelease,
    "lends under another number than it says": CountsOnInSecret,
    "lends the lock to all who ask": LendsToAll,
    "does not know who has the lock": TakesItselfForTheHolder,
}


def right(clause: Clause) -> tuple[System[NoHistory]]:
    """Return the repaired lock, which promises a clause besides."""
    return (system(MyServer(), MyClient, clause),)


def wrong(clause: Clause) -> dict[str, System[NoHistory]]:
    """Return the wrong locks by what they do; the clients are right."""
    return {what: system(server(), MyClient, clause) for what, server in WRONG.items()}
