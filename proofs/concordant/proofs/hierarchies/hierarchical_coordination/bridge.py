"""Reports in a tree: what the code's states, plans and reports say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.hierarchies.hierarchical_coordination.claim import reports
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.refimpl.hierarchies.hierarchical_coordination import Engaged
from concordant.spec.hierarchies.hierarchical_coordination import Executed, Gathered, Planned, Up, below
from concordant.spec.vocabulary import Address, Reply, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """Whom somebody awaits: its children, and all below them; whom it credits, and misses."""
    match state:
        case Engaged(plan, _, pending):
            yield "executed", address
            yield from (("awaits", address, each) for child in sorted(pending) for each in sorted(below(plan, child)))
            yield from told(address, state)


def told(address: Address, what: Engaged | Up | Gathered) -> Iterator[Fact]:
    """Whom somebody credits, which of them more than once, and whom it misses."""
    yield from (("credited", address, each) for each in what.credits)
    yield from (("twice", each) for each in what.credits if what.credits.count(each) > 1)
    yield from (("missing", address, each) for each in sorted(what.missing))


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """The tree that was planned, who has done the task, and what was reported."""
    match what:
        case Planned(_, plan):
            yield "placed", at
            yield "below", at, at
            for child, parent in plan.items():
                yield "placed", child
                yield "parent", child, parent
            yield from (("below", each, above) for above in (at, *plan) for each in sorted(below(plan, above)))
        case Executed():
            yield "executed", at
        case Send(_, Up() as report) | Reply(_, Gathered() as report):
            yield "reported", at
            yield from told(at, report)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """Everybody."""
    return tuple(sorted({*processes, *values}))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("hierarchical_coordination", reports, local, happened, elements, rigid, most=25)
