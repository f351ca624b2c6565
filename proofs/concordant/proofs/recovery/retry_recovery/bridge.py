"""Retries: what attempts, effects and answers of the code say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.recovery.retry_recovery.claim import retries
from concordant.refimpl.recovery.retry_recovery import Serving
from concordant.spec.recovery.retry_recovery import Acted, Done, Execute, Failed, GaveUp, Perform, Performed, Sent, work
from concordant.spec.vocabulary import Address, Reply, Send


@frozen(order=True)
class Job:
    """An execution of an agent, by its number."""

    agent: Address
    number: int


def local(address: Address, state: object) -> Iterator[Fact]:
    """What an agent has on its disk as done."""
    if isinstance(state, Serving):
        for key in state.record:
            yield "recorded", work(address, 0, key)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was sent, done, said and told. What has no key is on no disk: that it was done is what its agent knows of it."""
    match what:
        case Send(to, Perform(attempt, _, key)):
            yield "sent", Sent(to, attempt), Job(to, attempt.job), work(to, attempt.job, key)
        case Send(_, Performed(attempt)):
            yield "answered", Sent(at, attempt)
        case Send(_, Failed(attempt)):
            yield "failed", Sent(at, attempt)
        case Acted(attempt, key):
            yield "acted", Sent(at, attempt), work(at, attempt.job, key)
            if key is None:
                yield "recorded", work(at, attempt.job, key)
        case Reply(_, Done(attempt)) if isinstance(asked, Execute):
            yield "told", Job(asked.agent, attempt.job), work(asked.agent, attempt.job, asked.key)
        case Reply(_, GaveUp(attempt)) if isinstance(asked, Execute):
            yield "given_up", Job(asked.agent, attempt.job)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The attempts, executions and works that are spoken of."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Which works have a key."""
    return {"keyed": {(each,) for each in of["Work"] if each.key}}


BRIDGE = Bridge("retry_recovery", retries, local, happened, elements, rigid)
