"""Systems with few states a level: a counter, and a ring in which tokens go round."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.vocabulary import Address, Cases, Internal, NoHistory, Seen, Send, addresses, always, case


@frozen
class Up(Internal):
    """One more."""


@frozen
class Shown:
    """What a process has counted."""

    count: int
    most: int


@always()
def within(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts further than it may."""
    for shown in seen.views(Shown).values():
        yield case(shown.count <= shown.most)


@frozen
class Counter(Process[int, None, None, Up]):
    """Counts to a bound."""

    most: int

    def start(self) -> Step[int]:
        """Begin with nothing."""
        return step(0)

    def armed(self, state: int) -> tuple[Up, ...]:
        """Count while there is something to count to."""
        return (Up(),) if state < self.most else ()

    def fire(self, state: int, trigger: Up) -> Step[int]:
        """Count."""
        del trigger
        return step(state + 1)

    def view(self, state: int) -> Shown:
        """Show the count."""
        return Shown(state, self.most)


@frozen
class Token:
    """Goes round."""


@frozen
class Node(Process[int, Token, None, None]):
    """Passes a token on to the next, and counts how often, up to a bound."""

    next: Address
    most: int
    begins: bool

    def start(self) -> Step[int]:
        """One begins."""
        return step(0, Send(self.next, Token())) if self.begins else step(0)

    def receive(self, state: int, source: Address, message: Token) -> Step[int] | None:
        """Pass it on."""
        del source
        return step(state + 1, Send(self.next, message)) if state < self.most else None

    def view(self, state: int) -> Shown:
        """Show how often it came by."""
        return Shown(state, self.most)


def counter(most: int) -> System[NoHistory]:
    """Return a counter to so many."""
    return System({Address("counter"): Counter(most)}, NoHistory(), (within,))


def ring(size: int, rounds: int, tokens: int = 1) -> System[NoHistory]:
    """Return a ring of so many processes in which so many tokens go round, each process letting so many pass."""
    nodes = addresses("node", size)
    return System(
        {node: Node(nodes[(place + 1) % size], rounds, place < tokens) for place, node in enumerate(nodes)}, NoHistory(), (within,)
    )
