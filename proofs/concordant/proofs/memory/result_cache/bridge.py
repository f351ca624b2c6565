"""Caches of results: what the code's states and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, Forget, LowerElements
from concordant.proofs.memory.result_cache.claim import cache
from concordant.refimpl.memory.result_cache import Caching
from concordant.spec.memory.result_cache import Called, Get, Invalidate, Invalidated, Value
from concordant.spec.vocabulary import Address, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one cache
    """Which calls run and who waits for them; current is what has a lease, and what is kept."""
    match state:
        case Caching(_, running, kept):
            for call, flight in running.items():
                yield "running", call
                for reader in flight.waiting:
                    yield "waits", reader, call
                if flight.has_lease:
                    yield "current", flight.key, call
            for each in kept:
                yield "current", each.value.key, each.value.call


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """Which calls were made, and before which invalidation; what a reader asked for last, and was told since."""
    match what:
        case Get(key):
            yield Forget("wants", (by,))
            yield Forget("got", (by,))
            yield "wants", by, key
        case Called(call, key):
            yield "made", call
            yield "called", key, call
        case Reply(to, Value(_, call)):
            yield "got", to, call
        case Reply(_, Invalidated(last)) if isinstance(asked, Invalidate):
            yield "early", asked.key, LowerElements(last + 1)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The readers and keys that were met; calls from 1 on, to one beyond the last that is spoken of."""
    return tuple(range(1, max(values, default=0) + 2)) if sort == "Call" else tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("result_cache", cache, local, happened, elements, rigid)
