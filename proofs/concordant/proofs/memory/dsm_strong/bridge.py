"""Strong memory: what the code's states and words say of the proved model's relations.

An operation is what a node was asked for by its number, counted here as it is there. Messages name it by that; what is announced, and the
answer, by the client, who waits for one at a time. A stamp is announced without either: two writes of one value by two clients of a node are
not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from attrs import frozen

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.memory.dsm_strong.model import abd
from concordant.refimpl.memory.dsm_strong import Asking, State, Storing
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.memory.dsm_strong import UNWRITTEN, Known, Request, Served, Stamped, Stored, Update
from concordant.spec.vocabulary import Address, Crashed, Reply, Send

NOTHING = UNWRITTEN.value


@frozen(cache_hash=True)
class AskedOf:
    """The operation with this number at a node."""

    node: Address
    number: int
    client: Address
    request: Request


NONE = AskedOf(Address("nobody"), 0, Address("nobody"), Read())
"""An operation that nobody has asked for: a sort has an element."""


def local(address: Address, state: object) -> Iterator[Fact]:
    """The copy of a node, and its operations that are not over: whom one has heard, and what it has found, or what it stores."""
    match state:
        case State(copy, _, running):
            for key, version in copy.items():
                yield "reached", address, key, LowerElements(version.stamp)
                yield "reached", address, key, version.stamp
            for number, each in running.items():
                yield from _running(address, number, each)


def _running(address: Address, number: int, running: Asking | Storing) -> Iterator[Fact]:
    match running:
        case Asking(client, request, latest, heard):
            operation = AskedOf(address, number, client, request)
            yield from (("heard", operation, node) for node in heard)
            if latest != UNWRITTEN:
                yield "found", operation, LowerElements(latest.stamp)
                yield "found", operation, latest.stamp
        case Storing(client, key, version, answer):
            request = Write(version.value, key) if answer == Done() else Read(key)
            operation = AskedOf(address, number, client, request)
            yield "stores", operation
            yield "chose", operation, version.stamp


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What is written with a stamp."""
    match what:
        case Stamped(key, version):
            yield "written", key, version.stamp, version.value


def recalled(facts: frozenset[Fact], at: Address, by: Address, what: object) -> Iterator[Fact]:
    """What an operation was told and has sent, which stamp has served it, how it was answered, and what was done before it."""
    asked = [fact[1] for fact in facts if fact[0] == "asked"]
    match what:
        case Read() | Write():
            operation = AskedOf(at, 1 + sum(each.node == at for each in asked), by, what)
            yield "asked", operation
            yield "on", operation, what.key
            yield from (("precedes", fact[1], operation) for fact in facts if fact[0] == "done")
        case Send(to, Known(number, version)):
            yield from (("known", at, each, version.stamp) for each in asked if (each.node, each.number) == (to, number))
        case Send(to, Stored(number)):
            yield from (("acked", at, each) for each in asked if (each.node, each.number) == (to, number))
        case Send(_, Update(number, _, version)):
            yield from (("update", each, version.stamp) for each in asked if (each.node, each.number) == (at, number))
        case Stamped(key, version):
            wrote = {fact[1] for fact in facts if fact[0] == "wrote"}
            mine = (each for each in asked if each.node == at and each.request == Write(version.value, key) and each not in wrote)
            yield from (("wrote", each, version.stamp) for each in _last(mine))
        case Served(client, stamp):
            for each in _last(each for each in asked if (each.node, each.client) == (at, client)):
                yield from (("served", each, stamp), ("done", each), ("over", each), ("stored_by", each, at))
                yield from (("stored_by", each, fact[1]) for fact in facts if fact[0] == "acked" and fact[2] == each)
        case Reply(client, answer):
            for each in _last(each for each in asked if (each.node, each.client) == (at, client)):
                yield "answered", each
                if isinstance(answer, Value):
                    yield "told", each, answer.value
        case Crashed():
            yield from (("over", each) for each in asked if each.node == at)


def _last(operations: Iterator[AskedOf]) -> tuple[AskedOf, ...]:
    """Return the last of some operations of a node, if there are any."""
    return tuple(sorted(operations, key=lambda each: each.number))[-1:]


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The nodes and their majorities; the operations, keys, stamps and values that occurred, with what nobody has written."""
    nodes = tuple(address for address in processes if address.role == "node")
    match sort:
        case "Node":
            return nodes
        case "Quorum":
            return tuple(combinations(nodes, len(nodes) // 2 + 1))
        case "Operation":
            return tuple(sorted(values, key=lambda each: (each.node, each.number))) or (NONE,)
        case "Key":
            return tuple(sorted(values)) or ("",)
        case "Stamp":
            return tuple(sorted({UNWRITTEN.stamp, *values}))
        case _:
            return (NOTHING, *sorted(values - {NOTHING}, key=repr))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Stamps are ordered as they are in the code, and are of the node that they name; what an operation is says what it was asked for."""
    stamps, operations = of["Stamp"], of["Operation"]
    return {
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
        "at": {(each, each.node) for each in operations if each.node in of["Node"]},
        "reads": {(each,) for each in operations if isinstance(each.request, Read)},
        "writes": {
            (each, each.request.value) for each in operations if isinstance(each.request, Write) and each.request.value in of["Value"]
        },
        "owner": {(stamp, stamp.node) for stamp in stamps if stamp.node in of["Node"]},
        "le": {(low, high) for place, high in enumerate(stamps) for low in stamps[: place + 1]},
        "zero": UNWRITTEN.stamp,
        "nothing": NOTHING,
    }


BRIDGE = Bridge("dsm_strong", abd, local, happened, elements, rigid, most=4, recalled=recalled)
