"""A third decision procedure, written from the definitions alone: a nested search of the product with the negated property.

What is owed strongly is guessed: either from some moment on it is never possible again, or it is done again and again. Then all that
is left to ask is whether some run comes again and again to each of a number of things, which a counter makes one thing (a
generalized Büchi automaton), and a depth-first search within another finds (Courcoubetis, Vardi, Wolper and Yannakakis, 1992).
A run that stays where it is for ever goes around a loop of its own that does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, TypeAlias

from attrs import define, field, frozen

from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.refimpl.machine import Fire, Receive, Suspect, System, Tick, Trust
from concordant.spec.vocabulary import Address, AlwaysPossible, Eventually, Fair, InfinitelyOften

Duty: TypeAlias = object
"""What is owed: a move."""
Node: TypeAlias = tuple[int, int]
"""A state, and which thing the run comes to next."""
Out: TypeAlias = Callable[[Node], Iterator[tuple[Node, bool]]]
"""The transitions of the product: the target, and whether the run has come once more to all things."""


@frozen(eq=False)
class Arrow:
    """A transition: its target, and what it does that is owed, None for nothing."""

    target: int
    does: Duty | None


@define(eq=False)
class Whole:
    """All states and transitions of a system, found by a search of its own. Too many states are a ValueError."""

    semantics: Semantics
    most: int
    states: list[State] = field(factory=list, init=False)
    moves: list[list[tuple[Any, int]]] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.states = list(self.semantics.initial())
        numbers = {self.states[0]: 0}
        for state in self.states:  # which grows
            self.moves.append([])
            for taken, target in self.semantics.successors(state):
                if target not in numbers:
                    numbers[target] = len(self.states)
                    self.states.append(target)
                    if len(self.states) > self.most:
                        raise ValueError(f"more than {self.most} states")
                self.moves[-1].append((taken.move, numbers[target]))


def duty(semantics: Semantics, state: State, move: Any, given: Fair) -> tuple[Duty, bool] | None:
    """Return what a move is that is owed to somebody, and whether strongly."""
    match move:
        case Receive() if Fair.DELIVERY in given:
            return move, True
        case Tick(at=at):
            return (move, False) if Fair.TIME in given and not _leaves_another_behind(semantics, state, at) else None
        case Trust(peer=peer) if not _is_up(semantics, state, peer):
            return None
        case Suspect(peer=peer) if _is_up(semantics, state, peer):
            return None
        case Fire() | Suspect() | Trust() if Fair.CHOICES in given:
            return move, True
        case Fire() | Suspect() | Trust() if Fair.TRIGGERS in given:
            return move, False
        case _:
            return None


def is_violated(system: System[Any], clause: Eventually[Any] | InfinitelyOften[Any], most: int) -> bool | None:
    """Tell whether some fair run breaks a clause; None where there are too many states, or too much is owed strongly."""
    semantics = Semantics(system)
    try:
        whole = Whole(semantics, most)
    except ValueError:
        return None
    fails = [any(not case.holds for case in clause.cases(Snapshot(semantics.parts, state))) for state in whole.states]
    arrows: list[list[Arrow]] = []
    strong: set[Duty] = set()
    weak: set[Duty] = set()
    for state, moves in zip(whole.states, whole.moves, strict=True):
        arrows.append([])
        for move, target in moves:
            owed = duty(semantics, state, move, clause.given)
            if owed is not None:
                (strong if owed[1] else weak).add(owed[0])
            arrows[-1].append(Arrow(target, None if owed is None else owed[0]))
    if len(strong) > 6:
        return None
    always = isinstance(clause, InfinitelyOften)
    inside = {number for number, failed in enumerate(fails) if failed or not always}
    possible = [{arrow.does for arrow in out} - {None} for out in arrows]
    return any(_runs(arrows, possible, weak, strong - gone, _without(inside, possible, gone), fails) for gone in _subsets(strong))


def is_lost(system: System[Any], clause: AlwaysPossible[Any], most: int) -> bool | None:
    """Tell whether from some state none can be reached in which all cases hold, by a search from each; None where there are too many."""
    semantics = Semantics(system)
    try:
        whole = Whole(semantics, most)
    except ValueError:
        return None
    good = [all(case.holds for case in clause.cases(Snapshot(semantics.parts, state))) for state in whole.states]

    def ends_well(start: int) -> bool:
        met = [start]
        for state in met:  # which grows
            for move, target in whole.moves[state]:
                if target not in met and _is_its_own(semantics, whole.states[state], move):
                    met.append(target)
        return any(good[state] for state in met)

    return not all(map(ends_well, range(len(good))))


def _is_its_own(semantics: Semantics, state: State, move: Any) -> bool:
    if isinstance(move, Tick):
        return not _leaves_another_behind(semantics, state, move.at)
    if isinstance(move, Trust):
        return _is_up(semantics, state, move.peer)
    if isinstance(move, Suspect):
        return not _is_up(semantics, state, move.peer)
    return type(move).__name__ in {"Receive", "Ask", "Fire", "Recover"}


def _is_up(semantics: Semantics, state: State, peer: Address) -> bool:
    number = semantics.parts.index[peer]
    return semantics.parts.steps.locals[number][state.locals[number]].up


def _leaves_another_behind(semantics: Semantics, state: State, at: Address) -> bool:
    """Tell whether a clock that goes on is already ahead of another: fewer steps lead from that one to it than the skew allows."""
    own, clocks = state.dials[semantics.parts.index[at]], semantics.system.clocks
    assert own is not None
    assert clocks is not None
    others = [dial.ticks for dial in state.dials if dial is not None]
    if not clocks.wraps:
        return min(others) < own.ticks
    return any((other + steps) % (clocks.horizon + 1) == own.ticks for other in others for steps in range(1, clocks.skew + 1))


def _subsets(duties: set[Duty]) -> Iterator[frozenset[Duty]]:
    ordered = sorted(duties, key=repr)
    return (frozenset(chosen) for size in range(len(ordered) + 1) for chosen in combinations(ordered, size))


def _without(inside: set[int], possible: list[set[Duty]], gone: frozenset[Duty]) -> set[int]:
    return {state for state in inside if not possible[state] & gone}


def _runs(
    arrows: list[list[Arrow]], possible: list[set[Duty]], weak: set[Duty], done: set[Duty], inside: set[int], fails: list[bool]
) -> bool:
    """Tell whether a run within some states comes again and again to a failure, to all that is to be done, and to where what is owed weakly is done or not possible."""
    things: list[tuple[Duty | None, bool]] = [(None, False), *((each, False) for each in done), *((each, True) for each in weak)]

    def passes(thing: tuple[Duty | None, bool], state: int, arrow: Arrow) -> bool:
        what, is_weak = thing
        return fails[state] if what is None else arrow.does == what or (is_weak and what not in possible[state])

    def out(node: Node) -> Iterator[tuple[Node, bool]]:
        state, place = node
        for arrow in (*arrows[state], Arrow(state, None)):
            if arrow.target in inside:
                after = place
                while after < len(things) and passes(things[after], state, arrow):
                    after += 1
                yield (arrow.target, after % len(things)), after == len(things)

    seen: set[Node] = set()
    return any(_nested((start, 0), out, seen) for start in sorted(inside))


def _nested(root: Node, out: Out, seen: set[Node]) -> bool:
    """Tell whether a transition that counts, met on the way back of a depth-first search, lies on a cycle."""
    if root in seen:
        return False
    seen.add(root)
    path = [(root, out(root))]
    while path:
        node, left = path[-1]
        following = next(left, None)
        if following is not None:
            if following[0] not in seen:
                seen.add(following[0])
                path.append((following[0], out(following[0])))
            continue
        path.pop()
        for target, counts in out(node):
            if counts and (target == node or _reaches(target, node, out)):
                return True
    return False


def _reaches(start: Node, wanted: Node, out: Out) -> bool:
    waiting, met = [start], {start}
    while waiting:
        for target, _ in out(waiting.pop()):
            if target == wanted:
                return True
            if target not in met:
                met.add(target)
                waiting.append(target)
    return False
