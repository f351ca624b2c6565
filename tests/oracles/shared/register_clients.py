"""Clients of a register in Stateright (`src/actor/register.rs`): each writes once at one server and then reads once at another."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from concordant.refimpl.machine import Process, Step, step
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.common.consistency.operations import Operation, Operations
from concordant.spec.vocabulary import Address, Announce, Cases, Seen, Send, case, sometimes

# ---- messages; `request` numbers the requests of all clients


@frozen
class Put:
    request: int
    value: str


@frozen
class Get:
    request: int


@frozen
class PutOk:
    request: int


@frozen
class GetOk:
    request: int
    value: str


# ---- events and history


@frozen
class Invoked:
    request: Read | Write


@frozen
class Returned:
    answer: Done | Value


@frozen
class Record:
    operations: Operations = Operations()

    def after(self, at: Address, by: Address, happening: object) -> Record:  # noqa: ARG002  # clients speak for themselves
        match happening:
            case Invoked(request):
                return Record(self.operations.invoked(at, request))
            case Returned(answer):
                return Record(self.operations.returned(at, answer))
            case _:
                return self


def observed(record: Record) -> tuple[Operation, ...]:
    return record.operations.all


@sometimes
def a_value_is_read(seen: Seen[Record]) -> Cases:
    """A client has read what a client wrote."""
    for operation in seen.history.operations.all:
        yield case(isinstance(operation.answer, Value) and operation.answer != Value(""), operation=operation)


# ---- clients


@frozen
class ClientState:
    """The request that is waited for, None at the end."""

    awaiting: int | None


@frozen
class Client(Process[ClientState, PutOk | GetOk]):
    """Writes its value at one server, then reads at another. `actor`: its number among all actors there."""

    actor: int
    value: str
    writes_at: Address
    reads_at: Address

    def start(self) -> Step[ClientState]:
        return step(ClientState(self.actor), Announce(Invoked(Write(self.value))), Send(self.writes_at, Put(self.actor, self.value)))

    def view(self, state: ClientState) -> ClientState:
        return state

    def receive(self, state: ClientState, source: Address, message: PutOk | GetOk) -> Step[ClientState] | None:  # noqa: ARG002  # any server
        if message.request != state.awaiting:
            return None
        second = 2 * self.actor
        match message:
            case PutOk():
                return step(ClientState(second), Announce(Returned(Done())), Announce(Invoked(Read())), Send(self.reads_at, Get(second)))
            case GetOk(_, value):
                return step(ClientState(None), Announce(Returned(Value(value))))
            case _:
                assert_never(message)


def asking_clients(count: int, servers: tuple[Address, ...]) -> dict[Address, Client]:
    """Return so many clients. Each asks the server that its number among all actors points to, and then the next one."""
    actors = range(len(servers), len(servers) + count)
    return {
        Address("client", number): Client(actor, "ABCDEFGH"[number], servers[actor % len(servers)], servers[(actor + 1) % len(servers)])
        for number, actor in enumerate(actors)
    }
