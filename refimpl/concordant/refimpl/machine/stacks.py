"""Stacks: two layers that are one process. The upper one sends, the lower one carries, and neither knows the other.

1. An upper layer is any process. It says `Send` and hears `receive`, whatever carries its messages.
2. A link takes `Transmit(to, message)`, which what stands above it asks, and hands up by the effect `Deliver(source, message)`.
3. Whatever happens below is marked, so that no layer takes the other's triggers and events for its own.

Every input goes through both layers in one step. A link on its own, asked by users, is a whole system too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, fields, frozen, has

from concordant.refimpl.machine.process import AnyProcess, Process, Step, step
from concordant.spec.vocabulary import (
    NO_EVENTS,
    Address,
    Announce,
    Below,
    CompletionBelow,
    DeadlineBelow,
    Deliver,
    Effect,
    HandUp,
    InternalBelow,
    Layers,
    Reply,
    Send,
    Ticks,
    Transmit,
    lowered,
)

A = TypeVar("A")
Taken: TypeAlias = Step[Any] | None
MARKED = (Below, DeadlineBelow, CompletionBelow, InternalBelow, HandUp)
"""What marks something as happening below: no layer says it, nor does a user."""


class BrokenLayer(Exception):  # noqa: N818  # like BrokenProcess
    """A layer broke a rule. The text names the layer, by its place and class, and the rule."""

    def __init__(self, place: str, layer: AnyProcess, what: str) -> None:
        super().__init__(f"the layer {place}, {type(layer).__name__}, {what}")
        self.place, self.layer, self.what = place, layer, what


@frozen
class Over(Process[Layers, Any, Any, Any]):
    """A layer over another. `me`: the address that both have. Three are stacked from the bottom: `Over(me, a, Over(me, b, c))`."""

    me: Address
    above: AnyProcess
    below: AnyProcess

    def __attrs_post_init__(self) -> None:
        if isinstance(self.above, Over):
            raise TypeError(f"{self.me}: a stack stands above another layer; stack from the bottom, as Over(me, a, Over(me, b, c))")

    # ---- inputs

    def start(self) -> Step[Layers]:
        return self._begun(self._above("start()", self.above.start), self._below("start()", self.below.start))

    def receive(self, state: Layers, source: Address, message: Any) -> Step[Layers] | None:
        return self._from_below(state, self._below("receive", lambda: self.below.receive(state.below, source, message)))

    def request(self, state: Layers, client: Address, request: Any) -> Step[Layers] | None:
        if isinstance(request, MARKED):
            raise BrokenLayer("below", self.below, f"is asked {request!r} by {client}; what happens below, the stack alone says")
        return self._from_above(state, self._above("request", lambda: self.above.request(state.above, client, request)))

    def cancel(self, state: Layers, client: Address) -> Step[Layers] | None:
        return self._from_above(state, self._above("cancel", lambda: self.above.cancel(state.above, client)))

    def armed(self, state: Layers) -> tuple[Any, ...]:
        above, below = self._listed("armed(state)", lambda: self.above.armed(state.above), lambda: self.below.armed(state.below))
        if any(isinstance(trigger, MARKED) for trigger in above):
            raise BrokenLayer("above", self.above, "arms a trigger of the layer below; only a stack does")
        return (*above, *(_tried("below", self.below, partial(lowered, trigger)) for trigger in below))

    def fire(self, state: Layers, trigger: Any) -> Step[Layers]:
        match trigger:
            case DeadlineBelow(below) | CompletionBelow(below) | InternalBelow(below):
                place, layer, inner = "below", self.below, below
                fired = self._from_below(state, self._below("fire", lambda: self.below.fire(state.below, below)))
            case _:
                place, layer, inner = "above", self.above, trigger
                fired = self._from_above(state, self._above("fire", lambda: self.above.fire(state.above, trigger)))
        if fired is None:
            raise BrokenLayer(place, layer, f"returned None of fire(state, {inner!r}): what is armed can happen")
        return fired

    def suspect(self, state: Layers, peer: Address) -> Step[Layers] | None:
        """Let both layers hear it, the lower one first."""
        heard = self._from_below(state, self._below("suspect", lambda: self.below.suspect(state.below, peer)))
        return self._and_above(state, heard, "suspect", lambda now: self.above.suspect(now, peer))

    def trust(self, state: Layers, peer: Address) -> Step[Layers] | None:
        """Let both layers hear it, the lower one first."""
        heard = self._from_below(state, self._below("trust", lambda: self.below.trust(state.below, peer)))
        return self._and_above(state, heard, "trust", lambda now: self.above.trust(now, peer))

    def tick(self, state: Layers, now: Ticks) -> Step[Layers] | None:
        """Let both layers read the clock, the lower one first."""
        heard = self._from_below(state, self._below("tick", lambda: self.below.tick(state.below, now)))
        return self._and_above(state, heard, "tick", lambda above: self.above.tick(above, now))

    def survives(self, state: Layers) -> Iterable[Layers]:
        """List what may be left of both: each layer keeps what it keeps, whatever the other lost. What waits between them is lost."""
        left = self._listed(
            "survives(state)", lambda: tuple(self.above.survives(state.above)), lambda: tuple(self.below.survives(state.below))
        )
        return tuple(Layers(above, below) for above, below in product(*left))

    def recover(self, state: Layers) -> Step[Layers]:
        above = self._above("recover(state)", lambda: self.above.recover(state.above))
        return self._begun(above, self._below("recover(state)", lambda: self.below.recover(state.below)))

    def view(self, state: Layers) -> Layers:
        above, below = self._listed("view(state)", lambda: (self.above.view(state.above),), lambda: (self.below.view(state.below),))
        return Layers(above[0], below[0])

    # ---- from one layer to the other

    def hand_up(self, state: Layers, delivered: Deliver) -> Step[Layers]:
        """Let the layer above receive what the one below has delivered."""
        source, message = delivered.source, delivered.message
        taken = self._from_above(state, self._above("receive", lambda: self.above.receive(state.above, source, message)))
        return step(state) if taken is None else taken

    def _begun(self, above: Taken, below: Taken) -> Step[Layers]:
        """Begin both layers, the lower one first. It has nothing to hand up yet: the upper one has not begun."""
        if above is None or below is None:
            raise BrokenLayer(
                *(("above", self.above) if above is None else ("below", self.below)), "returned None; return step(state, *effects)"
            )
        if any(isinstance(effect, Deliver) for effect in below.effects):
            raise BrokenLayer("below", self.below, "delivers before the layer above has begun; arm an Internal that delivers")
        carried = self._carried(Layers(above.state, None), below)
        return carried.then(lambda state: self._from_above(state, above))

    def _and_above(self, state: Layers, heard: Taken, what: str, call: Callable[[Any], Taken]) -> Taken:
        """Go on with the layer above, after the one below has heard of something, or taken no notice."""
        so_far = step(state) if heard is None else heard
        told = self._from_above(so_far.state, self._above(what, lambda: call(so_far.state.above)))
        return heard if told is None else so_far.then(lambda _: told)

    def _from_below(self, state: Layers, taken: Taken) -> Taken:
        return None if taken is None else self._carried(state, taken)

    def _from_above(self, state: Layers, taken: Taken) -> Taken:
        """Make a step of the layer above: what it sends, the one below is asked to carry."""
        if taken is None:
            return None
        so_far: Step[Layers] = step(evolve(state, above=taken.state))
        for effect in taken.effects:
            so_far = so_far.then(partial(self._asked, effect))
        return so_far

    def _asked(self, effect: Effect, state: Layers) -> Step[Layers]:
        match effect:
            case Send(to, message):
                asked = Transmit(to, message)
                taken = self._below("request", lambda: self.below.request(state.below, self.me, asked))
                if taken is None:
                    raise BrokenLayer(
                        "below", self.below, f"does not take {asked!r}; a link takes every message, and holds or drops it itself"
                    )
                carried = self._carried(state, taken)
                return step(carried.state, Announce(Below(asked)), *carried.effects)
            case Announce(event):
                _require_event("above", self.above, event)
                return step(state, effect)
            case _:
                return step(state, effect)

    def _carried(self, state: Layers, taken: Step[Any]) -> Step[Layers]:
        """Make a step of the layer below: what it delivers goes up, and what it announces is marked as its own."""
        so_far: Step[Layers] = step(evolve(state, below=taken.state))
        for effect in taken.effects:
            so_far = so_far.then(partial(self._said, effect))
        return so_far

    def _said(self, effect: Effect, state: Layers) -> Step[Layers]:
        match effect:
            case Deliver():
                handed = self.hand_up(state, effect)
                return step(handed.state, Announce(Below(effect)), *handed.effects)
            case Announce(event):
                if not isinstance(self.below, Over):  # a stack has seen to its own layers
                    _require_event("below", self.below, event)
                return step(state, Announce(Below(event)))
            case Reply():
                raise BrokenLayer("below", self.below, f"answers {effect.to}; nobody waits for a link: announce it")
            case _:
                return step(state, effect)

    # ---- calling a layer, so that what it does wrong has its name

    def _above(self, what: str, call: Callable[[], Any]) -> Taken:
        return _called("above", self.above, what, call)

    def _below(self, what: str, call: Callable[[], Any]) -> Taken:
        return _called("below", self.below, what, call)

    def _listed(self, what: str, above: Callable[[], Any], below: Callable[[], Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        found = _tried("above", self.above, above), _tried("below", self.below, below)
        for place, layer, values in (("above", self.above, found[0]), ("below", self.below, found[1])):
            if not isinstance(values, tuple):
                raise BrokenLayer(place, layer, f"returned {values!r} of {what}; return a tuple")
        return found


@frozen
class OverQueue(Over):
    """Two layers that run as two tasks of one process: what is delivered waits between them until the upper one turns to it."""

    def armed(self, state: Layers) -> tuple[Any, ...]:
        return (*Over.armed(self, state), *((HandUp(),) if state.waiting else ()))

    def fire(self, state: Layers, trigger: Any) -> Step[Layers]:
        if isinstance(trigger, HandUp):
            return Over.hand_up(self, evolve(state, waiting=state.waiting[1:]), state.waiting[0])
        return Over.fire(self, state, trigger)

    def hand_up(self, state: Layers, delivered: Deliver) -> Step[Layers]:
        """Let it wait."""
        return step(evolve(state, waiting=(*state.waiting, delivered)))


def _require_event(place: str, layer: AnyProcess, event: object) -> None:
    if isinstance(event, MARKED):
        raise BrokenLayer(place, layer, f"announces {event!r}; what happens below, the stack alone says")
    if isinstance(event, NO_EVENTS):
        raise BrokenLayer(place, layer, f"announces {event!r}; an event is a class of the spec, and this happens otherwise")


def layers_of(process: AnyProcess) -> tuple[AnyProcess, ...]:
    """Return the processes of which one is made, from the top: of a stack its layers, of any other itself."""
    return (*layers_of(process.above), *layers_of(process.below)) if isinstance(process, Over) else (process,)


def machines_in(process: AnyProcess) -> tuple[AnyProcess, ...]:
    """Return a process and those that it holds, as a stack holds its layers: it may say what any of them may."""
    kind = type(process)
    held = [getattr(process, part.name) for part in fields(kind)] if has(kind) else []
    return (process, *(machine for each in held if isinstance(each, Process) for machine in machines_in(each)))


def is_put_together(process: AnyProcess) -> bool:
    """Tell whether a process holds machines, and is no stack: its states are its own, and what is known of one of them alone says nothing of it."""
    return not isinstance(process, Over) and len(machines_in(process)) > 1


def _called(place: str, layer: AnyProcess, what: str, call: Callable[[], Any]) -> Taken:
    """Return the step that a layer makes; what is no step is a BrokenLayer."""
    taken = _tried(place, layer, call)
    if taken is None:
        return None
    if not isinstance(taken, Step):
        raise BrokenLayer(place, layer, f"returned {taken!r} of {what}; return step(state, *effects), or None for no effect")
    if not isinstance(taken.effects, tuple):
        raise BrokenLayer(place, layer, f"returned the effects {taken.effects!r}, which are no tuple; return step(state, *effects)")
    return taken


def _tried(place: str, layer: AnyProcess, call: Callable[[], A]) -> A:
    try:
        return call()
    except BrokenLayer as error:
        raise BrokenLayer(f"{place}.{error.place}", error.layer, error.what) from error
    except Exception as error:
        raise BrokenLayer(place, layer, f"raised {type(error).__name__}: {error}") from error
