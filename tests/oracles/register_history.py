"""What clients of a register saw, as Stateright's linearizability tester records it, and whether it is linearizable.

Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects" (TOPLAS 1990).
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Address, Map


@frozen
class Write:
    value: str


@frozen
class Read:
    pass


@frozen
class Written:
    """The answer to a write; that to a read is the value."""


Operation: TypeAlias = Write | Read
Answer: TypeAlias = Written | str
Finished: TypeAlias = Map[Address, int]
"""How many operations of each other client were completed; a client with none is absent."""


@frozen
class Pending:
    """An operation begun, and what was finished when it began."""

    operation: Operation
    finished: Finished


@frozen
class Completed:
    """An operation with its answer, and what was finished when it began."""

    operation: Operation
    finished: Finished
    answer: Answer


@frozen
class Thread:
    """The operations of one client, in its order."""

    completed: tuple[Completed, ...] = ()
    pending: Pending | None = None


@frozen
class RegisterHistory:
    """What each client did and saw."""

    threads: Map[Address, Thread]

    @classmethod
    def of(cls, clients: tuple[Address, ...]) -> Self:
        return cls(Map.of({client: Thread() for client in clients}))

    def invoked(self, client: Address, operation: Operation) -> Self:
        counts = {other: len(thread.completed) for other, thread in self.threads.items() if other != client and thread.completed}
        thread = evolve(self.threads[client], pending=Pending(operation, Map.of(counts)))
        return evolve(self, threads=self.threads.put(client, thread))

    def returned(self, client: Address, answer: Answer) -> Self:
        """Complete the pending operation of a client; without one, nothing is known to have been asked."""
        thread = self.threads[client]
        if thread.pending is None:
            return self
        done = Completed(thread.pending.operation, thread.pending.finished, answer)
        return evolve(self, threads=self.threads.put(client, Thread((*thread.completed, done))))


def is_linearizable(history: RegisterHistory, value: str = "") -> bool:
    """Tell whether some order of the operations explains the answers; those pending may have taken effect, or not."""
    return _explained(history.threads, Map.of(dict.fromkeys(history.threads, 0)), value)


def _explained(threads: Map[Address, Thread], done: Map[Address, int], value: str) -> bool:
    """Tell whether the rest can be ordered, after the first `done` operations of each client left this value."""
    if all(done[client] >= len(thread.completed) for client, thread in threads.items()):
        return True
    for client, thread in threads.items():
        place = done[client]
        following = thread.completed[place] if place < len(thread.completed) else thread.pending if place == len(thread.completed) else None
        if following is None or any(done[other] < count for other, count in following.finished.items()):
            continue
        match following:
            case Completed(Read(), _, answer) if answer != value:
                continue
            case Completed(Write(after)) | Pending(Write(after)):
                pass
            case _:
                after = value
        if _explained(threads, done.put(client, place + 1), after):
            return True
    return False
