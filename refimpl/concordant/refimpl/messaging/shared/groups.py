"""Groups whose members broadcast to each other."""

from __future__ import annotations

from collections.abc import Sequence

from concordant.refimpl.machine import User
from concordant.spec.vocabulary import Address


def others_of(me: Address, group: tuple[Address, ...]) -> tuple[Address, ...]:
    """Return the others of a group."""
    return tuple(peer for peer in group if peer != me)


def who_ask(asked: Sequence[tuple[Address, object]], group: tuple[Address, ...]) -> tuple[User, ...]:
    """Return for each of a group that is asked something a user who asks it, in this order."""
    requests = {name: tuple((request,) for at, request in asked if at == name) for name in group}
    return tuple(User(Address("user", name.number), (name,), script) for name, script in requests.items() if script)
