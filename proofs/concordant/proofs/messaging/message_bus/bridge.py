"""Message buses: what mailboxes, handlers and announcements say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.messaging.message_bus.claim import messages
from concordant.refimpl.messaging.message_bus import Carrying
from concordant.spec.messaging.message_bus import DeadLetter, Given, Handled, Message, Posted
from concordant.spec.vocabulary import Address


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one bus
    """What waits for whom, and what handlers have."""
    match state:
        case Carrying(waiting=waiting, running=running):
            for agent, mailbox in waiting.items():
                for message in mailbox:
                    yield from (("waiting", agent, message), ("arrived", agent, message))
            yield from (("running", agent, each.message) for agent, each in running.items())


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was posted, given to handlers, handled, or given up. What concerns nobody arrives at nobody."""
    match what:
        case Posted(message):
            yield "posted", message
        case Given(agent, message):
            yield from (("given", agent, message), ("arrived", agent, message))
        case Handled(agent, message):
            yield "handled", agent, message
        case DeadLetter(agent, message):
            yield from (("dead", agent, message), ("arrived", agent, message))


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The agents, nobody among them, and the messages by number."""
    return tuple(sorted(values, key=str if sort == "Agent" else _number))


def _number(message: Message) -> int:
    return message.number


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Which messages are responses."""
    return {"answers": {(message,) for message in of["Message"] if message.answers is not None}}


BRIDGE = Bridge("message_bus", messages, local, happened, elements, rigid, most=3)
