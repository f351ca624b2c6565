"""Requests and responses: what callers expect, servers keep and users are told says of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.proofs.messaging.request_response.claim import requests
from concordant.refimpl.messaging.request_response import CLIENT, SERVER, Pending, Serving
from concordant.spec.messaging.request_response import Done, Failed, Invoke, Request, Response
from concordant.spec.vocabulary import Address, Below, Crashed, Layers, Map, Reply, Send, Transmit


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a caller expects, and for whom; and what a server has done for callers, not for others. Also of those over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Serving(record=record):
            for asked, outcome in record.items():
                if asked.client.role == CLIENT.role:
                    yield "record", asked.client, Invoke(address, asked.operation), outcome
        case Map():
            for call, pending in state.items():
                if isinstance(pending, Pending):
                    yield "pending", address, pending.user, call


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:
    """Users wait from when they ask until they are answered, or their caller crashes; what callers and servers send was sent."""
    match what:
        case Invoke():
            yield "waits", at, by, what
        case Crashed():
            yield Forget("waits", (at,))
        case Reply(to, answer):
            yield Forget("waits", (at, to))
            if isinstance(answer, Done | Failed):
                yield "told", at, to, asked, answer
        case Send(to, Request(operation)) | Below(Transmit(to, Request(operation))) if at.role == CLIENT.role:
            yield "sent", at, Invoke(to, operation)
        case Send(to, Response(operation, outcome)) | Below(Transmit(to, Response(operation, outcome))) if at.role == SERVER.role:
            if to.role == CLIENT.role:
                yield "response", to, Invoke(at, operation), outcome


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The callers that were asked, what they were asked, by whom, and what became of it."""
    return tuple(sorted(values, key=str))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("request_response", requests, local, happened, elements, rigid, most=3)
