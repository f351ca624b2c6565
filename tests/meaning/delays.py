"""A bounded delay, once more: each message is followed with its age, whatever else the system means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from attrs import evolve, fields, frozen

from concordant.refimpl.machine import AnySystem, Ask, Crash, Fire, Forge, Lose, Receive
from concordant.spec.vocabulary import Deadline, Delay, Network
from tests.meaning.plain import Made, Plain
from tests.meaning.worlds import Channel, World, key
from tests.tabulated.random_systems import Ended, Goes, Late, Note, Order, Query, dice, random_system
from tests.tabulated.timed_systems import timed_system

Ages: TypeAlias = "tuple[tuple[Channel, object, int], ...]"
SAYS = {Fire: "trigger", Ask: "request", Receive: "message", Forge: "message"}
"""By the kind of a move, the field that says what it is about."""


@frozen(eq=False)
class Aged(World):
    """A state with all messages in flight, each with how many moves of the kind were made since it was sent."""

    ages: Ages = ()

    def key(self, *, fifo: bool) -> Any:
        """Return what makes it the same as another."""
        return super().key(fifo=fifo), frozenset(Counter((channel, key(message), age) for channel, message, age in self.ages).items())


class Slow(Plain):
    """The meaning of a system on whose delay there is a bound."""

    def begin(self) -> Any:
        """Return the first state with the ages of its messages."""
        world, *others = super().begin()
        return _aged(world, tuple((channel, each, 0) for channel, content in world.flight.items() for each in content)), *others

    def moves(self, world: World) -> Iterator[Made]:
        """Yield every move that leaves no message in flight for too long."""
        assert isinstance(world, Aged)
        for made in super().moves(world):
            ages = self._after(world.ages, made)
            if ages is not None:
                yield made._replace(target=_aged(made.target, ages))

    def _after(self, ages: Ages, made: Made) -> Ages | None:
        delay = self.system.network.delay
        assert delay is not None
        move = made.move.during if isinstance(made.move, Crash) else made.move
        left = list(ages)
        if isinstance(move, Receive | Lose):
            channel = self.names.index(move.source), self.names.index(move.to if isinstance(move, Lose) else move.at)
            equal = [each for each in left if each[0] == channel and key(each[1]) == key(move.message)]
            left.remove(max(equal, key=lambda each: each[2]))
        if type(move) in SAYS and isinstance(getattr(move, SAYS[type(move)]), delay.of):
            if any(age + 1 == delay.moves for _, _, age in left):
                return None
            left = [(channel, message, age + 1) for channel, message, age in left]
        known = Counter((channel, key(message)) for channel, message, _ in left)
        for channel, content in made.target.flight.items():
            for message in content:
                known[channel, key(message)] -= 1
                if known[channel, key(message)] < 0:
                    left.append((channel, message, 0))
        return tuple(left)


def _aged(world: World, ages: Ages) -> Aged:
    return Aged(**{each.name: getattr(world, each.name) for each in fields(World)}, ages=ages)


def delayed_system(seed: int) -> AnySystem:
    """Return the random system of a seed on whose delay there is a bound; for some no run keeps it."""
    draw = dice("delayed", seed)
    system = draw.choice((random_system, random_system, timed_system))(seed)
    network = Network(losses=draw.choice((0, 1, None)), fifo=draw.random() < 0.4) if system.network.duplicating else system.network
    kind = draw.choice((Late, Ended, Goes, Deadline, Note, Note, Query, Order, object))
    return evolve(system, network=evolve(network, delay=Delay(draw.choice((1, 1, 2, 3)), kind)))
