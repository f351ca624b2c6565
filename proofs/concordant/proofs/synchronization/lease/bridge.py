"""Leases: what the code's states and events say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.synchronization.lease.claim import lease
from concordant.refimpl.machine import AnySystem
from concordant.refimpl.synchronization.lease import Lending, Using
from concordant.spec.synchronization.lease import Leased, Release
from concordant.spec.vocabulary import Address, Send, Ticked


def local(address: Address, state: object) -> Iterator[Fact]:
    """Who has the lease as the server thinks; what an agent holds, and up to which token it was granted leases."""
    match state:
        case Lending(Address() as holder, token):
            yield "has_it", holder
            yield "current", token
        case Using(_, _, held, seen):
            if seen:
                yield "seen", address, LowerElements(seen + 1)
            if held is not None:
                yield "holds", address, held.token


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was granted and given back, and what the server's clock has shown."""
    match what:
        case Leased(to, token, until):
            yield "granted", to, token
            yield "ends", token, until
        case Send(_, Release(token)):
            yield "returned", at, token
        case Ticked(now) if at.role == "server":
            yield "passed", LowerElements(now + 1)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The agents, and whoever else a lease is granted to; tokens and readings from 1 and 0 on, to one beyond the last that is spoken of."""
    if sort == "Agent":
        agents = (address for address in processes if address.role == "agent")
        return tuple(dict.fromkeys((*agents, *sorted(value for value in values if isinstance(value, Address)))))
    return tuple(range(1 if sort == "Token" else 0, max((value for value in values if isinstance(value, int)), default=0) + 2))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Tokens and readings are ordered as numbers are."""
    return {
        name: {(low, high) for low in of[sort] for high in of[sort] if low <= high} for name, sort in (("le", "Token"), ("before", "Time"))
    }


def assumed(system: AnySystem) -> bool:
    """Tell whether clocks differ by no more than the guard, and are not set back."""
    clocks = system.clocks
    return clocks is not None and clocks.skew <= system.history.guard and not clocks.setbacks


BRIDGE = Bridge("lease", lease, local, happened, elements, rigid, assumed=assumed, silent=("store",))
