"""The solutions of the lesson, for its own tests and its grading, and the locks that are hidden from whoever writes a clause."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from attrs import evolve


def repaired(lock: ModuleType) -> tuple[Any, Any]:
    """Return server and client of the repaired lock, made of the module that a student has."""

    class RightServer(lock.Server):  # type: ignore[misc,name-defined]  # the module is loaded from the student's folder
        def may_release(self, state: Any, source: Any, release: Any) -> bool:
            return bool(state.to == source and state.number == release.number)

    class RightClient(lock.Client):  # type: ignore[misc,name-defined]  # as above
        def may_take(self, state: Any, grant: Any) -> bool:
            return bool(grant.number > state.last)

    return RightServer, RightClient


def hidden(lock: ModuleType) -> dict[str, Any]:
    """Return wrong servers by what they do; the client beside them is the repaired one."""
    right, _ = repaired(lock)

    class BelievesAnyRelease(right):  # type: ignore[misc,valid-type]  # as above
        def may_release(self, state: Any, source: Any, release: Any) -> bool:
            return True

    class CountsOnInSecret(right):  # type: ignore[misc,valid-type]  # as above
        def lend(self, state: Any) -> Any:
            lent = right.lend(self, state)
            return evolve(lent, state=evolve(lent.state, number=lent.state.number + len(lent.effects)))

    class LendsToAll(right):  # type: ignore[misc,valid-type]  # as above
        def lend(self, state: Any) -> Any:
            return right.lend(self, evolve(state, to=None))

    class TakesItselfForTheHolder(right):  # type: ignore[misc,valid-type]  # as above
        def lend(self, state: Any) -> Any:
            lent = right.lend(self, state)
            return evolve(lent, state=evolve(lent.state, to=lock.SERVER)) if lent.effects else lent

    return {
        "takes back whatever release it hears of": BelievesAnyRelease,
        "lends under another number than it says": CountsOnInSecret,
        "lends the lock to all who ask": LendsToAll,
        "does not know who has the lock": TakesItselfForTheHolder,
    }
