"""Delegation: what the state of managers, reports and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.hierarchies.manager_worker.claim import delegation
from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.refimpl.hierarchies.manager_worker import Leading
from concordant.spec.hierarchies.manager_worker import Accepted, Assign, Ended, Report, Succeeds, Task, whole
from concordant.spec.vocabulary import Address, Reply, Send


def leaves(*tasks: Task) -> tuple[str, ...]:
    """The names of the parts that have none themselves; a time is a manager, and its number."""
    return tuple(each.name for task in tasks for each in whole(task) if not each.parts)


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a manager has left, what it credits, for whom it has that, and whom it awaits; workers say nothing here."""
    match state:
        case Leading(lasting, above, left, to, credits):
            yield "busy", address
            yield ("going", address) if above.role == "user" else ("works", address, (above, lasting.last))
            yield from (("left", address, leaf) for leaf in leaves(*left))
            yield from (("credited", address, credit.task) for credit in credits)
            if to is not None:
                yield "awaits", address, (address, sum(lasting.had.values()))


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """What a task consists of, what was given when, what was done and reported of it, and what a client was told."""
    match what:
        case Accepted(_, task):
            yield from map(Forget, ("planned", "told", "unfinished", "ended"))
            yield from (("planned", leaf) for leaf in leaves(task))
            yield from (("within", leaf, each.name) for each in whole(task) for leaf in leaves(each))
        case Send(_, Assign(number, task)):
            yield from (("given", (at, number), leaf) for leaf in leaves(task))
        case Succeeds(name):
            yield "done", name
        case Send(to, Report(number, credits, left)):
            yield "reported", (to, number)
            yield from (("done_of", (to, number), credit.task) for credit in credits)
            yield from (("left_of", (to, number), leaf) for leaf in leaves(*left))
        case Reply(_, Ended(credits, left)):
            yield ("ended",)
            yield from (("told", credit.task) for credit in credits)
            yield from (("unfinished", leaf) for leaf in leaves(*left))


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """Those that were met."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("manager_worker", delegation, local, happened, elements, rigid, most=20)
