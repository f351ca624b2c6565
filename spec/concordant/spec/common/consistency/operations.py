"""Operations: what each client asked, when, and what it was answered. A history folds them in, or a recording lists them.

Only who came before whom is known of their times: an operation comes before another if it has ended before that begins.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.spec.common.calls import opens_call
from concordant.spec.vocabulary import Address, CancelAsked, Malformed, Map, Reply, Unknown


@frozen
class Operation:
    """A request of a client, and what became of it.

    `begins` and `ends` are moments of one clock; what happens at equal moments happens at once. `ends` is None where no
    answer came, or `Unknown`: the request may have taken effect, or may yet. One that certainly had no effect is to be left
    out. `at`: who was asked.
    """

    client: Address
    request: object
    begins: int
    ends: int | None = None
    answer: object = None
    at: Address | None = None

    def __attrs_post_init__(self) -> None:
        if self.ends is not None and self.ends < self.begins:
            raise ValueError(f"{self} ends at {self.ends}, before it begins at {self.begins}: both are moments of one clock")

    def before(self, other: Operation) -> bool:
        """Tell whether it has ended before another begins."""
        return self.ends is not None and self.ends < other.begins

    def __str__(self) -> str:
        return f"{self.client}: {self.request}{'' if self.ends is None else f' → {self.answer}'}"


@frozen
class Operations:
    """A part of a history: the operations of each client, in its order.

    Moments are numbered anew: the next one begins with the first request after an answer. So two histories in which the same
    operations come before the same others are equal. It ends only if scripts do: a client that repeats its script is never done.
    """

    by_client: Map[Address, tuple[Operation, ...]] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Operations:
        """Fold one happening; any but a request or an answer changes nothing. A crash leaves what is open without an answer for ever."""
        match happening:
            case Reply(client, answer):
                return self.returned(client, answer, at)
            case CancelAsked() | Malformed():
                return self
            case _ if by != at and opens_call(happening):
                return self.invoked(by, happening, at)
            case _:
                return self

    def invoked(self, client: Address, request: object, at: Address | None = None) -> Operations:
        """Let a client ask."""
        now = self._now
        if any(operation.ends == now for operation in self.all):
            now += 1
        return self._with(client, (*self._of(client), Operation(client, request, now, at=at)))

    def returned(self, client: Address, answer: object, at: Address | None = None) -> Operations:
        """Let a client be answered what it asked last of somebody. Without a request it is not known what was answered."""
        own = self._of(client)
        place = max((place for place, operation in enumerate(own) if operation.at == at and operation.ends is None), default=None)
        if place is None or isinstance(answer, Unknown):
            return self
        done = evolve(own[place], ends=self._now, answer=answer)
        return self._with(client, (*own[:place], done, *own[place + 1 :]))

    @property
    def all(self) -> tuple[Operation, ...]:
        """All operations, those of one client after those of another."""
        return tuple(operation for own in self.by_client.values() for operation in own)

    @property
    def _now(self) -> int:
        return max((operation.begins if operation.ends is None else operation.ends for operation in self.all), default=0)

    def _of(self, client: Address) -> tuple[Operation, ...]:
        return self.by_client.get(client, ())

    def _with(self, client: Address, own: tuple[Operation, ...]) -> Operations:
        return Operations(self.by_client.put(client, own))


def split(operations: Iterable[Operation]) -> tuple[list[Operation], list[Operation]]:
    """Divide operations into those that were answered and those that were not, each in the order in which they began."""
    ordered = sorted(operations, key=lambda operation: operation.begins)
    return [each for each in ordered if each.ends is not None], [each for each in ordered if each.ends is None]
