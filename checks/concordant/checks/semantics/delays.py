"""Bounded delay: how long each message has been in flight, counted in moves of a kind, and which moves that leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import define

from concordant.checks.misuse import Misuse
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.rows import BrokenSystem
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Ask, Crash, Fire, Forge, Lose, Move, Receive
from concordant.spec.vocabulary import Delay

Steps: TypeAlias = list[tuple[Taken, State]]
"""Moves, each with the state after it."""
Ages: TypeAlias = tuple[tuple[int, int], ...]
"""Each message in flight by number, and how many moves of the kind were made since it was sent; sorted."""


@define(eq=False, repr=False)
class Delays:
    """What a bound on the delay makes of the moves of a system. Of equal messages the one that was sent first is received first."""

    parts: Parts
    delay: Delay

    def begun(self, state: State) -> State:
        """Return a first state in which all messages were just sent."""
        return state._replace(ages=tuple(sorted((message, 0) for message in self._in_flight(state).elements())))

    def kept(self, state: State, moves: Steps, goes_on: Callable[[State, Steps], bool]) -> Iterator[tuple[Taken, State]]:
        """Yield the moves that leave no message in flight for too long, with the ages after them.

        Where the system could go on, but not so, that is a BrokenSystem: of what comes later nothing would be judged.
        """
        found = [(taken, target._replace(ages=ages)) for taken, target in moves if (ages := self._after(state, taken, target)) is not None]
        if not goes_on(state, found) and goes_on(state, moves):
            raise self._broken(state)
        yield from found

    def _broken(self, state: State) -> BrokenSystem:
        """Return the error for a state in which the system could go on, but for the delay."""
        flight = self.parts.environment.flight
        held = ", ".join(text(flight.messages[message][1]) for message, _ in state.ages)
        kind, moves = self.delay.of.__name__, self.delay.moves
        return BrokenSystem(
            f"Delay({moves}, {kind}) cannot be kept with {held} in flight: whatever goes on leaves one of them there for too long; "
            f"let it be of triggers or requests, or of more moves than Delay({moves}, …)"
        )

    def _after(self, state: State, taken: Taken, target: State) -> Ages | None:
        """Return the ages after a move; None where some message would have to be received before."""
        move = taken.move.during if isinstance(taken.move, Crash) else taken.move
        left = list(state.ages)
        if isinstance(move, Receive | Lose):
            number = self._number(move)
            left.remove(max(each for each in left if each[0] == number))
        if any(isinstance(each, self.delay.of) for each in _about(move)):
            left = [(message, age + 1) for message, age in left]
            if any(age >= self.delay.moves for _, age in left):
                return None
        sent = self._in_flight(target) - Counter(message for message, _ in left)
        return tuple(sorted((*left, *((message, 0) for message in sent.elements()))))

    def _in_flight(self, state: State) -> Counter[int]:
        flight = self.parts.environment.flight
        return Counter(message for block in state.flight for message in flight.blocks[block].messages)

    def _number(self, move: Receive | Lose) -> int:
        source, to = (move.source, move.at) if isinstance(move, Receive) else (move.source, move.to)
        channel = self.parts.index[source] * len(self.parts.addresses) + self.parts.index[to]
        return self.parts.environment.flight.message(channel, move.message)


def _about(move: Move | None) -> tuple[object, ...]:
    """Return what a move is about: the trigger that fires, the request that is made, the message that is received; of others nothing."""
    match move:
        case Fire(_, trigger):
            return (trigger,)
        case Ask(_, _, request):
            return (request,)
        case Receive(_, _, message) | Forge(_, _, message):
            return (message,)
        case _:
            return ()


def require_exact(*, reduced: bool) -> None:
    """Check that a search with a bounded delay leaves nothing out; a Misuse otherwise."""
    if reduced:
        raise Misuse("a bounded delay counts every message that is received; leave symmetry and leave_ignored off")
