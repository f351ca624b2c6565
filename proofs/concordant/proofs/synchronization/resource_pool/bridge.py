"""Pools: what the code's states and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.proofs.synchronization.resource_pool.claim import pool
from concordant.refimpl.synchronization.resource_pool import Lending
from concordant.spec.synchronization.resource_pool import HOLDS_ONE, Acquire, Granted, Released
from concordant.spec.vocabulary import Address, Rejected, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one pool
    """Who holds which unit, and who waits."""
    match state:
        case Lending(held, waiting):
            for agent, unit in held.items():
                yield "holds", agent, unit
            for agent in waiting:
                yield "waits", agent


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """What an agent was told that it holds, and that it holds nothing, until it asks for a unit or gets one."""
    match what:
        case Acquire():
            yield Forget("let_go", (by,))
        case Reply(to, Granted(unit)):
            yield Forget("let_go", (to,))
            yield "granted", to, unit
        case Reply(to, Released() | Rejected() as answer) if answer != HOLDS_ONE:
            yield "let_go", to


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The agents that came, and the units that were lent."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("resource_pool", pool, local, happened, elements, rigid, most=3)
