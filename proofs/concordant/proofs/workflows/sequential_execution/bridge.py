"""Sequences: what the context, the copy, events and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.proofs.workflows.sequential_execution.claim import sequences
from concordant.refimpl.workflows.sequential_execution import Idle, Running
from concordant.spec.vocabulary import Address, Map, Reply
from concordant.spec.workflows.sequential_execution import CANCELLED, Completed, Failed, Started, Succeeds


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one sequencer
    """The context and the copy, which are the same when nothing is under way, and the stage that runs."""
    match state:
        case Idle(context):
            yield from (("context", *row) for row in context.items())
            yield from (("copy", *row) for row in context.items())
        case Running(context, _, stages, copy):
            yield from (("context", *row) for row in context.items())
            yield from (("copy", *row) for row in copy.items())
            yield "running", stages[0].name


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """What a stage was shown and has returned, what was read, and what its client was told: that all of it counts, or nothing."""
    match what:
        case Started(_, sees):
            yield Forget("sees")
            yield from (("sees", *row) for row in sees.items())
        case Succeeds(stage):
            yield "returned", stage, what.returned
        case Reply(_, Completed(context)):
            yield Forget("returned")
            yield from (("counts", *row) for row in context.items())
        case Reply(_, Map() as shown):
            yield from (("read", *row) for row in shown.items())
        case Reply(_, answer) if isinstance(answer, Failed) or answer == CANCELLED:
            yield Forget("returned")


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The names of stages, and what they returned."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("sequential_execution", sequences, local, happened, elements, rigid, most=2)
