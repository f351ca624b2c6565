"""Pipelines: what buffers, stages and what was taken out say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.workflows.pipeline_execution.claim import along, is_part, pipelines
from concordant.refimpl.workflows.pipeline_execution import Flow
from concordant.spec.vocabulary import Address, Reply
from concordant.spec.workflows.pipeline_execution import Accepted, Began, Ended, Item, Taken


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one pipeline
    """Where each item is, by how many places are behind that, and whether it is closed or has ended. What is somewhere has come."""
    match state:
        case Flow(buffers, stages, ended=ended, is_open=is_open, under_way=under_way):
            yield from (("came", item) for item in under_way)
            for behind, buffer in enumerate(reversed(buffers)):
                yield from (("at", 3 * behind + 1, item) for item in buffer)
            for behind, work in enumerate(reversed(stages)):
                if work is not None:
                    yield "at", 3 * behind + 3, work.item
                    yield from (("at", 3 * behind + 2, held) for held in (work.held,) if held is not None)
            yield from () if is_open else (("closed",),)
            yield from (("ended",),) if ended else ()


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """An item was accepted, begun or taken out, or a client was told that it has ended, and what was given up."""
    match what:
        case Reply(_, Accepted(number)):
            yield "came", (number,)
        case Began(_, item):
            yield from (("came", item), ("began", item))
        case Reply(_, Taken(item)):
            yield from (("came", item), ("at", 0, item))
        case Reply(_, Ended(given_up=given_up)):
            yield ("ended",)
            for item in given_up:
                yield from (("came", item), ("given_up", item))


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The places of all stages that are met, the first one first; the items, each behind its parts."""
    if sort == "Place":
        return tuple(range(_first(values), -1, -1))
    return tuple(sorted(values, key=_with_an_end))


def _first(places: frozenset[int]) -> int:
    """Return the buffer in front of the first stage that is met: every stage has three places, and one is behind the last."""
    return -(-(max((4, *places)) - 1) // 3) * 3 + 1


def _with_an_end(item: Item) -> tuple[tuple[int, ...], ...]:
    return (*((0, part) for part in item), (1,))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Items are ordered as they are listed; places are what `along` says of their numbers."""
    items = of["Item"]
    le = {(low, high) for place, high in enumerate(items) for low in items[: place + 1]}
    return {**along(of["Place"][0]), "le": le, "of": {(one, other) for one in items for other in items if is_part(one, other)}}


BRIDGE = Bridge("pipeline_execution", pipelines, local, happened, elements, rigid, most=12)
