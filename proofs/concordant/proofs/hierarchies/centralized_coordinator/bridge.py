"""Central coordination: what the coordinator's state, events and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.hierarchies.centralized_coordinator.claim import coordination
from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.refimpl.hierarchies.centralized_coordinator import Common, Performing
from concordant.spec.hierarchies.centralized_coordinator import Performed
from concordant.spec.hierarchies.shared.runs import Accepted
from concordant.spec.hierarchies.supervisor import Succeeds
from concordant.spec.vocabulary import Address, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # there is one coordinator, and agents say nothing here
    """The task that is under way, what of it is left, what is known to be done, and the common state."""
    match state:
        case Performing(common, left=left, results=results):
            yield ("going",)
            yield from (("left", subtask.name) for subtask in left)
            yield from (("heard", name) for name in results)
            yield from local(address, common)
        case Common(world):
            yield from (("common", name) for name in world)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """What a task consists of, what agents have done of it, and what its client was told."""
    match what:
        case Accepted(_, subtasks):
            yield from map(Forget, ("planned", "done", "told", "performed"))
            yield from (("planned", subtask.name) for subtask in subtasks)
        case Succeeds(run):
            yield "done", run.subtask
        case Reply(_, Performed(results)):
            yield ("performed",)
            yield from ((relation, name) for relation in ("told", "counts") for name in results)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The names of subtasks."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("centralized_coordinator", coordination, local, happened, elements, rigid, most=5)
