"""Following a specification: which of its states may be reached by what was shown so far, as a part of the history.

The specification is explored whole, and made deterministic by the subset construction (Rabin and Scott, 1959), so that a history
holds one number more. It is exact for every run, however long.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from attrs import define, evolve, field, frozen

from concordant.checks.misuse import Misuse
from concordant.checks.semantics.observations import Wider
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.refimpl.machine import Specification, System
from concordant.spec.vocabulary import Address, likeness

MOST = 100_000
"""How many states a specification may have."""
ROOM = 16
"""How many specifications are remembered."""


@frozen(eq=False)
class Automaton:
    """What a specification may show, place by place. `places`: by place and what is shown, the next place; `resting`: where it may rest."""

    places: dict[tuple[int, Hashable], int]
    resting: frozenset[int]


def following(system: System[Any]) -> System[Any]:
    """Return a system whose history also follows its specification, and otherwise is what it was to whoever reads it."""
    specification = system.refines
    if specification is None or system.symmetric:
        raise Misuse(
            "a system that refines another declares no symmetry: what it is compared with may tell its processes apart; leave symmetric out"
        )
    return evolve(system, history=following_of(specification)(system.history), refines=None)


@lru_cache(ROOM)
def following_of(specification: Specification[Any]) -> type[Wider]:
    """Return the class of the histories that follow a specification: one, so that those of two searches are the same."""
    if specification.system.within:
        raise Misuse(
            "the specification that a system refines has a bound: what it may show beyond that would be unknown; "
            "leave within out, and make its users' scripts shorter"
        )
    automaton = automaton_of(specification)
    shows = specification.shows

    @frozen
    class Following(Wider):
        """A history, and the place of the specification; None where it could not have shown that. `shown`: what was shown last."""

        _place: int | None = 0
        shown: object = None

        def after(self, at: Address, by: Address, happening: object) -> Following:
            own, shown = self.own.after(at, by, happening), shows(at, by, happening)
            if shown is None or self._place is None:
                return Following(own, self._place, self.shown)
            return Following(own, automaton.places.get((self._place, likeness(shown))), shown)

        @property
        def follows(self) -> bool:
            return self._place is not None

        @property
        def may_rest(self) -> bool:
            return self._place in automaton.resting

        @property
        def shows(self) -> Callable[[Address, Address, object], object]:
            return shows

    return Following


def automaton_of(specification: Specification[Any]) -> Automaton:
    """Explore a specification and make it deterministic; one of more than `MOST` states is a Misuse."""
    graph = _Graph(specification)
    first = graph.closed(frozenset({graph.start}))
    numbers = {first: 0}
    places: dict[tuple[int, Hashable], int] = {}
    waiting = [first]
    while waiting:
        here = waiting.pop()
        for shown, targets in graph.shown_in(here).items():
            there = graph.closed(targets)
            if there not in numbers:
                numbers[there] = len(numbers)
                waiting.append(there)
            places[numbers[here], shown] = numbers[there]
    return Automaton(places, frozenset(number for some, number in numbers.items() if some & graph.resting))


Node = tuple[State | None, tuple[Hashable, ...]]
"""A state, once all of this is shown; None before the first steps of the processes."""


@define(eq=False, repr=False)
class _Graph:
    """The states of a specification. `silent`: where it can go unseen; `steps`: by what is shown."""

    specification: Specification[Any]
    start: Node = field(init=False)
    silent: dict[Node, set[Node]] = field(factory=dict, init=False)
    steps: dict[Node, list[tuple[Hashable, Node]]] = field(factory=dict, init=False)
    resting: set[Node] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        semantics = Semantics(self.specification.system)
        begun = [each for process in range(len(semantics.parts.addresses)) for each in semantics.parts.steps.start(process).happenings]
        initial = semantics.begin()[0]
        self.start = initial, self._shown(begun)
        waiting = [initial]
        seen = {initial}
        self._lead(self.start)
        while waiting:
            state = waiting.pop()
            moved = False
            for label, target in semantics.successors(state):
                moved |= target != state and semantics.moves_by_itself(state, label.move)
                after: Node = target, self._shown(semantics.parts.steps.happened[label.happened] if label.happened else ())
                self.silent.setdefault((state, ()), set()).add(after)
                self._lead(after)
                if target not in seen:
                    if len(seen) == MOST:
                        raise Misuse(f"the specification has more than {MOST:,} states; make its scripts shorter")
                    seen.add(target)
                    waiting.append(target)
            if not moved and semantics.time is None:  # while there are clocks, time goes on
                self.resting.add((state, ()))

    def _shown(self, happenings: Iterable[tuple[Address, Address, object]]) -> tuple[Hashable, ...]:
        shown = [self.specification.shows(*each) for each in happenings]
        return tuple(likeness(each) for each in shown if each is not None)

    def _lead(self, node: Node) -> None:
        """Let what a move shows be shown one after the other."""
        state, left = node
        while left:
            self.steps.setdefault((state, left), [(left[0], (state, left[1:]))])
            left = left[1:]

    def closed(self, nodes: Iterable[Node]) -> frozenset[Node]:
        """Add what is reached unseen."""
        found = set(nodes)
        waiting = list(found)
        while waiting:
            for target in self.silent.get(waiting.pop(), ()):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)

    def shown_in(self, nodes: Iterable[Node]) -> dict[Hashable, set[Node]]:
        """Return what can be shown next, and where that leads."""
        found: dict[Hashable, set[Node]] = {}
        for node in nodes:
            for shown, target in self.steps.get(node, ()):
                found.setdefault(shown, set()).add(target)
        return found
